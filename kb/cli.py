"""The command `circulars`: its group, the options that commands share, and how they print.

The commands stand by family in modules of their own; each parses what is typed, calls one function and prints what it gives.
Data goes to standard output, everything else to standard error. Heavy libraries are imported by the commands that need
them, so that help appears at once.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ingest.errors import CircularError
from kb.interrupt import heard

if TYPE_CHECKING:
    from sqlite_utils import Database

    from kb.saying import Voice

Command = TypeVar("Command", bound=Callable[..., Any])

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
WIDE = 10_000
"""The width of a table in a pipe: no cell is cut."""


class Circulars(click.Group):
    """A group whose errors are one line each."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what goes wrong on purpose, or on the way out, is told in one line with exit status 2."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        with heard() as interrupted:
            try:
                result = super().invoke(ctx)
                sys.stdout.flush()
            except Exception as error:
                if interrupted():  # and what failed, failed by that
                    raise click.Abort from error
                if line := in_one_line(error):
                    raise Failure(plain(line)) from error
                raise
        return result


class Failure(click.ClickException):
    """An error of one line that ends the command."""

    exit_code = 2


def in_one_line(error: Exception) -> str | None:
    """What went wrong on purpose, or on the way out; None for any other error, and for a reader who has seen enough (EPIPE)."""
    if isinstance(error, CircularError):
        return str(error)
    if isinstance(error, OSError) and error.errno != errno.EPIPE:
        reason = str(error.strerror or error)
        return f"{error.filename}: {reason}" if error.filename else reason
    return None


@click.group(cls=Circulars, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="circular-kb", prog_name="circulars")
def circulars() -> None:
    """Read regulatory circulars, keep what they say, and find where they disagree.

    \b
    Example:
      circulars add inbox/
      circulars due --within 30d --party CP
      circulars check
    """


def database(command: Command) -> Command:
    """The option `--db`."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        default="circulars.db",
        envvar="CIRCULARS_DB",
        show_default=True,
        show_envvar=True,
        help="The knowledge base.",
    )(command)


COUNTED = click.IntRange(1, 999_999)  # of seconds, or megabytes


def limits(command: Command) -> Command:
    """What reading a file may cost, and how it is read: the options, and with them the argument `how`."""

    @wraps(command)
    def limited(*arguments: Any, timeout: int | None, memory: int | None, **others: Any) -> Any:
        import msgspec

        from ingest.settings import settings

        named = {name: others.pop(name) for name in ("password", "ocr", "ocr_garbage", "ocr_compare", "isolate")}
        stated = {"seconds": timeout, "memory": memory and memory * 1_000_000, **named}
        how = msgspec.structs.replace(settings(), **{name: value for name, value in stated.items() if value is not None})
        return command(*arguments, how=how, **others)

    for option in (
        click.option("--isolate/--no-isolate", default=None, help="Read each file in a confined process (the default), or in this one."),
        click.option("--ocr/--no-ocr", default=None, help="Recognise pages without text, where OCR is installed (the default)."),
        click.option("--ocr-garbage", is_flag=True, default=None, help="Recognise pages whose text layer makes no sense as well."),
        click.option("--ocr-compare", is_flag=True, default=None, help="Recognise every page, and tell where its text has other numbers."),
        click.option("--password", metavar="TEXT", help="Opens encrypted files. CIRCULARS_PASSWORD does not show in lists of processes."),
        click.option("--memory", type=COUNTED, metavar="MB", help="Give up a file that needs more. [default: 1000]"),
        click.option("--timeout", type=COUNTED, metavar="SECONDS", help="Give up a file that takes longer. [default: 30]"),
    ):
        limited = option(limited)
    return limited  # type: ignore[return-value]  # it takes what the command takes, but for `how`


def form(*names: str) -> Callable[[Command], Command]:
    """The option `--format`; the first name is the default."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True, help="How to print it.")


def a_voice(_: click.Context, __: click.Parameter, language: str) -> Voice:
    """The words of this language."""
    from kb.saying import Voice

    return Voice(language)


language = click.option(
    "--language",
    "voice",
    type=click.Choice(("en", "zh")),
    default="en",
    callback=a_voice,
    show_default=True,
    help="In which language it is told; what circulars say stays as printed.",
)


def a_house(_: click.Context, __: click.Parameter, code: str | None) -> str | None:
    """The code of a house as typed; nothing typed is no house."""
    return code or None


house = click.option("--house", callback=a_house, metavar="CODE", help="Only circulars of this house: SEOCH.")
"""Whether there is such a house is asked where the knowledge base is open: it may hold others than those that are known."""


def only_checks(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of checks, each of which must exist."""
    if names:
        from kb.checks import CHECKS

        for name in names:
            if name not in CHECKS:
                raise click.BadParameter(f"there is no check {name!r}; `circulars checks` lists them")
    return names


def own_glossary(_: click.Context, __: click.Parameter, path: Path | None) -> None:
    """Let the comparisons know the words of this file as well."""
    from kb.own_words import add_glossary

    add_glossary(path)


glossary = click.option(
    "--glossary",
    type=click.Path(path_type=Path, exists=True),
    envvar="CIRCULARS_GLOSSARY",
    show_envvar=True,
    callback=own_glossary,
    expose_value=False,
    help="Words of both languages besides those that come with the program: a TOML file, or a folder of them.",
)


# On the terminal and in a pipe ---------------------------------------------------------------------------------------


def show_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table: fitted to a terminal, one line a row in a pipe."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    table = Table(*header, box=SIMPLE_HEAD if terminal else None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    if terminal:
        Console().print(table)
        return
    console = Console(width=WIDE, color_system=None, highlight=False)
    with console.capture() as captured:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def plain(text: str) -> str:
    """Text without control characters: a circular must not steer the terminal that shows it."""
    return CONTROL.sub("\ufffd", text)


def warn(message: str) -> None:
    """One line on standard error."""
    click.echo(plain(message), err=True)


def warn_of_older_reading(db: Database, voice: Voice | None = None) -> None:
    """Say how many files another version has read, which may have told less."""
    from kb import store
    from kb.saying import ENGLISH

    if count := store.outdated(db):
        one = "1 file was read by another version; `circulars add` of the same file reads it anew."
        more = "{n} files were read by another version; `circulars add` of the same files reads them anew."
        warn((voice or ENGLISH)(one if count == 1 else more, n=count))


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, nothing in a pipe; gives what to call after each step."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Files a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text("" if speed is None else f"{speed:.1f}/s")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


def show_json(found: Any) -> None:
    """Values as one JSON text."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))


def needs_output(form: str, output: Path | None) -> None:
    """A workbook goes into a file."""
    if form == "xlsx" and output is None:
        raise click.UsageError("a workbook is no text to print; say where it goes by --output")


def put(data: bytes, output: Path | None) -> None:
    """Into a file as it is, or onto standard output."""
    if output is None:
        click.echo(data, nl=False)
    else:
        output.write_bytes(data)


if __name__ == "__main__":  # the commands below know this module, with its group, by its own name
    import_module("kb.cli").circulars(prog_name="circulars")

# The commands take what stands above, so they are loaded below it.
from kb import agreement_cli as _agreement_cli  # noqa: E402, F401
from kb import glossary_cli as _glossary_cli  # noqa: E402, F401
from kb import keeping_cli as _keeping_cli  # noqa: E402, F401
from kb import lives_cli as _lives_cli  # noqa: E402, F401
from kb import questions_cli as _questions_cli  # noqa: E402, F401
from kb import reading_cli as _reading_cli  # noqa: E402, F401
from kb import search_cli as _search_cli  # noqa: E402, F401
from kb import site_cli as _site_cli  # noqa: E402, F401
