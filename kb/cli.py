"""The command `circulars`: parses what is typed, calls one function, prints what it gives.

Data goes to standard output, everything else to standard error. Heavy libraries are imported by the commands that need
them, so that help appears at once.
"""

from __future__ import annotations

import errno
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import wraps
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ingest.errors import CircularError, UnreadableSource
from kb.interrupt import heard

if TYPE_CHECKING:
    from ingest.settings import Settings
    from kb.comparison import Comparison, Inside
    from kb.due import Due
    from kb.intake import Reader, Summary
    from kb.saying import Voice
    from kb.sheets import Numbered

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
        click.option("--memory", type=click.IntRange(min=1), metavar="MB", help="Give up a file that needs more. [default: 1000]"),
        click.option("--timeout", type=click.IntRange(min=1), metavar="SECONDS", help="Give up a file that takes longer. [default: 30]"),
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

# Reading -------------------------------------------------------------------------------------------------------------


@circulars.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@limits
@click.pass_context
def read(ctx: click.Context, files: tuple[Path, ...], how: Settings) -> None:
    """Print what circulars say: one JSON object a line, one line a circular.

    A file is one circular; an e-mail is as many as are attached to it. Needs no database. What cannot be read is one line on
    standard error; the others go on.

    \b
    Example:
      circulars read notice.html notice-zh.txt > facts.jsonl
    """
    from kb.reading import answers, prepare

    prepare(how)
    from ingest.contract import line

    failed = False
    for one in chain.from_iterable(answers(files, how)):
        if isinstance(one, UnreadableSource):
            failed = True
            warn(str(one))
        else:
            click.echo(line(one))
    ctx.exit(int(failed))


@circulars.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--csv", "form", flag_value="csv", help="One row a line, with the mark that Excel needs; an empty line parts tables.")
@click.option("--html", "form", flag_value="html", help="One page, merged cells and all.")
@click.option("--xlsx", "form", flag_value="xlsx", help="A workbook, a sheet for each table; dates and numbers are such. Needs --output.")
@click.option("--table", "number", type=click.IntRange(1), metavar="N", help="Just this table, counted through all files.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of printing.")
@limits
@click.pass_context
def tables(ctx: click.Context, files: tuple[Path, ...], form: str | None, number: int | None, output: Path | None, how: Settings) -> None:
    """Print the tables of files, for people who want just those.

    What cannot be read is one line on standard error; the others go on, and the exit status is 1.

    \b
    Example:
      circulars tables notice.pdf
      circulars tables notice.pdf --table 2 --csv --output fees.csv
      circulars tables notice-en.pdf notice-zh.pdf --xlsx --output schedules.xlsx
    """
    from kb.reading import answers, prepare

    if form == "xlsx" and output is None:
        raise click.UsageError("a workbook is no text to print; say where it goes by --output")
    prepare(how)
    from kb import sheets

    expressions, failed = [], False
    for one in chain.from_iterable(answers(files, how)):
        if isinstance(one, UnreadableSource):
            failed = True
            warn(str(one))
        else:
            expressions.append(one)
    chosen = sheets.chosen(sheets.numbered(expressions), number)
    if not chosen:
        warn("No tables.")
    if form == "xlsx" and output is not None:
        output.write_bytes(sheets.as_xlsx(chosen))
    else:
        text = {"csv": sheets.as_csv, "html": sheets.as_html, None: show_sheets}[form](chosen)
        if output is None:
            click.echo(text, nl=form == "html")
        else:
            output.write_text(text, "utf-8", newline="")
    ctx.exit(int(failed))


def show_sheets(tables: Sequence[Numbered]) -> str:
    """Tables with frames, as wide as the terminal; in a pipe as wide as they are."""
    from rich.box import SQUARE
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    from kb import sheets

    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else WIDE, color_system=None, highlight=False)
    with console.capture() as captured:
        for one in tables:
            rows = [[Text(plain(cell)) for cell in row] for row in one.table.rows]
            heads = list(zip(*one.table.rows[: one.table.header], strict=True)) or [()] * len(rows[0])
            columns = (Column(Text(plain("\n".join(filter(None, head))))) for head in heads)
            shown = Table(*columns, box=SQUARE, show_header=bool(one.table.header), show_lines=True)
            for row in rows[one.table.header :]:
                shown.add_row(*row)
            console.print(Text(plain(sheets.title(one))))
            console.print(shown)
    return "\n".join([*(line.rstrip() for line in captured.get().splitlines()), ""])


@circulars.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Read so many files at a time. [default: one for each core]")
@click.option("--dask", metavar="ADDRESS", help="Read on the Dask cluster at tcp://host:port. Needs circular-kb[dask] here and there.")
@database
@limits
@click.pass_context
def add(ctx: click.Context, paths: tuple[str, ...], jobs: int | None, dask: str | None, db: Path, how: Settings) -> None:
    """Add circulars to a knowledge base: files, folders with all below them, or patterns.

    Files that were added before and have not changed are left alone, unless the program or its rules have: then they are
    read again. A changed file replaces what it said. A file that cannot be read does not stop the others. Ctrl-C keeps
    what was added so far; the next time the rest is read.

    \b
    Example:
      circulars add inbox/ 'archive/**/*.html' --db circulars.db
      circulars add archive/ -j 8 --timeout 120
    """
    from ingest.settings import cores
    from kb import intake

    if dask and jobs:
        raise click.UsageError("--jobs is for this machine; a cluster reads as many files at a time as it has threads")
    summary = added(db, paths, intake.remote(how, dask) if dask else intake.reader(how, jobs or cores()))
    again = f" {summary.again} read again," if summary.again else ""
    click.echo(f"{summary.read} read,{again} {summary.unchanged} unchanged, {len(summary.failed)} failed")
    for told in (*summary.failed, *summary.touched):
        warn(str(told))
    ctx.exit(int(bool(summary.failed)))


def added(db: Path, paths: Sequence[str], read: Reader | None = None) -> Summary:
    """Add what these names stand for, with a progress bar on a terminal."""
    import msgspec

    from ingest.issuers import houses
    from kb import intake, store

    found = intake.collect(paths)
    with store.open_db(db) as opened, progress("Adding", len(found.files)) as step:
        summary = intake.add(opened, found.files, houses(), read, step)
    return msgspec.structs.replace(summary, failed=(*found.failed, *summary.failed))


# Agreement -----------------------------------------------------------------------------------------------------------


def only_checks(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of checks, each of which must exist."""
    if names:
        from kb.checks import CHECKS

        for name in names:
            if name not in CHECKS:
                raise click.BadParameter(f"there is no check {name!r}; `circulars checks` lists them")
    return names


@circulars.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--only", multiple=True, callback=only_checks, metavar="NAME", help="Run just this check; may be repeated.")
@click.option("--decided", is_flag=True, help="What is accepted, explained or fixed as well; else it is counted.")
@form("text", "json")
@language
@glossary
@database
@limits
@click.pass_context
def check(
    ctx: click.Context, files: tuple[Path, ...], only: tuple[str, ...], *, decided: bool, form: str, voice: Voice, db: Path, how: Settings
) -> None:
    """Find what does not agree.

    Without files: in every pair of the knowledge base, and inside each of its circulars. With files: inside each file;
    that needs no database. The exit status is 0 if all agree, 1 if there is an open error, 2 if something could not be read.

    \b
    Example:
      circulars check
      circulars check --only same-deadlines --format json
      circulars check notice.html
    """
    ctx.exit(check_files(files, only, form, voice, how) if files else check_database(db, only, form, voice, decided=decided))


def check_files(files: Sequence[Path], only: tuple[str, ...], form: str, voice: Voice, how: Settings) -> int:
    """Check each file against itself; gives the exit status."""
    from kb.reading import answers, prepare

    prepare(how)
    from ingest.issuers import houses
    from kb import agreement

    expressions, failed = [], 0
    for one in chain.from_iterable(answers(files, how)):
        if isinstance(one, UnreadableSource):
            failed = 2
            warn(str(one))
        else:
            expressions.append(one)
    found = list(agreement.insides(expressions, houses(), only))
    show_findings([], found, form, voice)
    return failed or agreement.status(finding for one in found for finding in one.findings)


def check_database(db: Path, only: tuple[str, ...], form: str, voice: Voice, *, decided: bool) -> int:
    """Check every pair and every circular of a knowledge base; gives the exit status."""
    import msgspec

    from ingest.issuers import houses
    from kb import agreement, judged, store, verdicts

    with store.open_to_read(db) as opened:
        compared = list(agreement.pairs(opened, houses(), only))
        found = list(agreement.insides(store.expressions(opened), houses(), only, verdicts.Decisions(opened)))
    every = [finding for one in compared for finding in one.findings] + [finding for one in found for finding in one.findings]
    if not decided:
        compared = [msgspec.structs.replace(one, findings=judged.open_ones(one.findings)) for one in compared]
        found = [msgspec.structs.replace(one, findings=judged.open_ones(one.findings)) for one in found]
    show_findings(compared, found, form, voice)
    if not decided and (told := judged.counted(every, voice)):
        warn(voice("Left out: {counts}; --decided shows them.", counts=told))
    return agreement.status(every)


def show_findings(compared: Sequence[Comparison], found: Sequence[Inside], form: str, voice: Voice) -> None:
    """Comparisons and what stands inside circulars: one JSON array, or text that leaves out where nothing was found."""
    import msgspec

    from kb import report, reports

    compared, found = [reports.in_words(one, voice) for one in compared], [reports.in_words(one, voice) for one in found]
    if form == "json":
        parts = [*(report.render(one, "json") for one in compared), *(msgspec.json.encode(one).decode() for one in found)]
        click.echo("[" + ",\n".join(part.strip() for part in parts) + "]")
        return
    for one in compared:
        click.echo(report.render(one, "text", voice))
    for told in found:
        if told.findings:
            click.echo(report.findings_text(told.path, told.findings, voice))
    if not compared and not any(told.findings for told in found):
        click.echo(voice("Nothing to report."))


@circulars.command()
def checks() -> None:
    """List the checks: their names for --only, and what each holds to be so.

    \b
    Example:
      circulars checks
    """
    from kb.checks import CHECKS

    show_table(("Check", "What ought to hold"), [(name, one.description) for name, one in sorted(CHECKS.items())])


@circulars.command()
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path))
@form("text", "json", "markdown", "html", "sarif", "xlsx")
@language
@glossary
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
@limits
@click.pass_context
def diff(ctx: click.Context, left: Path, right: Path, form: str, voice: Voice, output: Path | None, how: Settings) -> None:
    """Compare two circulars: siblings from two houses, two languages, or two issues.

    Needs no database. The exit status is 0 if they agree, 1 if there is an error, 2 if they could not be compared.

    \b
    Example:
      circulars diff hkscc-en.html seoch-en.txt
      circulars diff notice-en.txt notice-zh.txt --format html --output notice.html
    """
    from kb.reading import one, prepare

    needs_output(form, output)
    prepare(how)
    from ingest.issuers import houses
    from kb import agreement, report, reports
    from kb.checks import compare

    told = reports.report([compare(one(left, how), one(right, how), houses())], voice=voice)
    (comparison,) = told.comparisons
    put(f"{report.render(comparison, form, voice)}\n".encode() if form in report.FORMATS else reports.render(told, form), output)
    ctx.exit(2 if comparison.relation == "unrelated" else agreement.status(comparison.findings))


@circulars.command()
@click.option("--circular", "number", metavar="NUMBER", help="Just this circular: its pairs, and what it says against itself.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Just circulars issued on or after this day.")
@form("text", "json", "markdown", "html", "sarif", "xlsx")
@language
@glossary
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
@database
def report(number: str | None, since: datetime | None, form: str, voice: Voice, output: Path | None, db: Path) -> None:
    """Report what does not agree, with both quotes, why it matters, and what was compared and found equal.

    The same knowledge base gives the same bytes. Circulars whose day of issue nobody can tell are never left out by --since.

    \b
    Example:
      circulars report --format html --output report.html
      circulars report --circular CD/OES/SEOCH/005/2027
      circulars report --since 2027-01-01 --format sarif --output findings.sarif
    """
    from ingest.issuers import houses
    from kb import agreement, reports, store

    needs_output(form, output)
    with store.open_to_read(db) as opened:
        whole = agreement.report(opened, houses(), number, since.date() if since else None, voice)
    put(reports.render(whole, form), output)


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


# Deadlines -----------------------------------------------------------------------------------------------------------


def a_period(_: click.Context, __: click.Parameter, text: str) -> timedelta:
    """A length of time, as typed."""
    from kb.due import period

    try:
        return period(text)
    except CircularError as error:
        raise click.BadParameter(str(error)) from error


@circulars.command()
@click.option(
    "--within",
    default="30d",
    callback=a_period,
    show_default=True,
    metavar="PERIOD",
    help="How far ahead to look: days (30d) or weeks (6w).",
)
@click.option("--party", help="Only what binds this party: CP, 參與者.")
@click.option("--house", help="Only circulars of this house: SEOCH.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day to look from (YYYY-MM-DD); today if not given.")
@click.option("--all", "whole", is_flag=True, help="Whatever the day; those without a date are listed apart.")
@form("table", "json", "csv")
@database
def due(*, within: timedelta, party: str | None, house: str | None, on: datetime | None, whole: bool, form: str, db: Path) -> None:
    """List what falls due: who must do what, and by when.

    One line is one obligation: all that a circular says of one act, in its body, its schedule and both languages.

    \b
    Example:
      circulars due --within 30d --party CP
      circulars due --on 2027-01-11 --within 12w --house SEOCH --format csv
    """
    from kb import due as dues
    from kb import store

    day = on.date() if on else date.today()  # noqa: DTZ011 - deadlines are days where the user is
    with store.open_to_read(db) as opened:
        found = dues.everything(opened) if whole else dues.within(opened, day, within)
        undated = dues.undated(opened) if whole else []
    chosen, apart = dues.chosen(found, party, house), dues.chosen(undated, party, house)
    if form != "table":
        click.echo({"json": dues.as_json, "csv": dues.as_csv}[form]([*chosen, *apart]))
        return
    show_due(chosen)
    if apart:
        click.echo("\nWithout a date:")
        show_due(apart)
    if not chosen and not apart:
        warn(
            "Nothing falls due."
            if whole
            else f"Nothing falls due within {within} from {day}. --all lists everything, --on takes another day."
        )


def show_due(found: Sequence[Due]) -> None:
    """A table of obligations, and below it how the statements of some of them disagree."""
    from kb import due as dues

    if not found:
        return
    show_table(dues.HEADINGS, [dues.line(one) for one in found])
    for told in dues.disagreements(found):
        click.echo(plain(f"! {told}"))


# Over the whole base -------------------------------------------------------------------------------------------------


@circulars.command()
@click.option("--house", help="Only circulars of this house: SEOCH.")
@form("table", "json")
@database
def gaps(house: str | None, form: str, db: Path) -> None:
    """List what is missing: numbers of a series, the other language or sibling of a circular, and circulars that are cited.

    A language or a sibling is missed where three in four circulars of the series have it, and three at least.

    \b
    Example:
      circulars gaps --house HKSCC
    """
    from kb import questions, store

    with store.open_to_read(db) as opened:
        found = questions.gaps(opened, house)
    if form == "json":
        show_json(found)
    elif lines := questions.gap_lines(found):
        show_table(("House", "Missing", "Which", "As told by"), lines)
    else:
        warn("Nothing is missing, as far as what is there tells.")


@circulars.command()
@click.option("--party", required=True, help="Who is bound: 'Designated Bank', CP, 參與者.")
@click.option("--house", help="Only circulars of this house: SEOCH.")
@form("table", "json")
@database
def who(party: str, house: str | None, form: str, db: Path) -> None:
    """List whom a party can call about what: the contacts of the circulars that bind it, the newest first.

    \b
    Example:
      circulars who --party "Designated Bank"
    """
    from kb import questions, store

    with store.open_to_read(db) as opened:
        found = questions.who(opened, party, house)
    if form == "json":
        show_json(found)
    elif found:
        show_table(("House", "Kind", "Contact", "Name", "About", "Number", "Issued", "Circulars"), list(map(questions.call_line, found)))
    else:
        warn(f"No circular that binds {party} names a contact.")


@circulars.command()
@click.argument("number")
@form("table", "json")
@database
def history(number: str, form: str, db: Path) -> None:
    """Print how the matter of a circular went on: its corrections and reminders, and which dates moved, when and by whom.

    A date is followed by the words of its act. It is firmed where a later circular narrows a vague one or confirms a
    tentative one, and moved where a correction or replacement tells another.

    \b
    Example:
      circulars history CD/OES/CCASS/013/2023
    """
    from kb import questions, store

    with store.open_to_read(db) as opened:
        found = questions.history(opened, number)
    if form == "json":
        show_json(found)
        return
    show_table(("Issued", "House", "Number", "Title", "Ties"), list(map(questions.version_line, found.versions)))
    if found.moves:
        click.echo()
        show_table(("On", "Date", "What", "Before", "After", "By", "In"), list(map(questions.move_line, found.moves)))


@circulars.command()
@click.option("--since", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The first day to tell of (YYYY-MM-DD).")
@click.option("--house", help="Only circulars of this house: SEOCH.")
@form("table", "json")
@database
def changes(since: datetime, house: str | None, form: str, db: Path) -> None:
    """List what has been added since a day: circulars, dates that they moved or firmed, and what they disagree on.

    \b
    Example:
      circulars changes --since 2026-07-01 --house HKSCC
    """
    from kb import questions, store

    with store.open_to_read(db) as opened:
        found = questions.changes(opened, since.date(), house)
    if form == "json":
        show_json(found)
    elif found:
        show_table(("Added", "What", "House", "Number", "Of what", "Before", "After"), list(map(questions.change_line, found)))
    else:
        warn(f"Nothing has been added since {since:%Y-%m-%d}.")


def show_json(found: Any) -> None:
    """Values as one JSON text."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))


# What there is to know -----------------------------------------------------------------------------------------------


@circulars.command()
@form("table", "json")
def houses(form: str) -> None:
    """List the houses whose circulars are known: code, names, and the house above each.

    \b
    Example:
      circulars houses
    """
    import msgspec

    from ingest.issuers import houses as known

    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(list(known().values())), indent=2))
        return
    rows = [(house.code, house.name.en[0], house.name.zh[0], house.parent or "") for house in known().values()]
    show_table(("Code", "English", "Chinese", "Part of"), rows)


@circulars.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--fact", type=click.IntRange(1), metavar="N", help="The fact to show, by its number in the list.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where the picture goes, instead of beside you.")
@limits
def show(file: Path, fact: int | None, output: Path | None, how: Settings) -> None:
    """List the facts of a file, or draw the page of one with its quote outlined.

    \b
    Example:
      circulars show notice.pdf
      circulars show notice.pdf --fact 12
    """
    from kb import reading
    from kb import show as shown

    expression = reading.one(file, how)
    if fact is None:
        rows = [
            (str(one.number), one.kind, str(one.fact.page or ""), shown.value(one.fact), " ".join(one.fact.quote.split()))
            for one in shown.facts(expression)
        ]
        show_table(("No.", "Kind", "Page", "Value", "Quote"), rows)
        return
    one = shown.chosen(expression, fact)
    target = output or Path(f"{file.stem}-fact{fact}.png")
    target.write_bytes(shown.picture(file, one.fact, how))
    click.echo(f"{target}: page {one.fact.page}, {one.kind}: {' '.join(one.fact.quote.split())}")


@circulars.command()
def schema() -> None:
    """Print the JSON Schema of what `circulars read` prints.

    \b
    Example:
      circulars schema > circular.schema.json
    """
    import msgspec

    from ingest.contract import schema as of_contract

    click.echo(msgspec.json.format(msgspec.json.encode(of_contract()), indent=2))


@circulars.command()
@form("csv", "xlsx", "jsonl", "ics")
@click.option(
    "--view", metavar="NAME", help="The view to export; docs/columns.md lists them.  [default: upcoming; of a calendar calendar_entries]"
)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
@database
def export(form: str, view: str | None, output: Path | None, db: Path) -> None:
    """Export a view for other tools: CSV with the mark that Excel needs, a workbook, JSON Lines, or a calendar.

    In JSON Lines each column has one type, days are ISO 8601 and nothing is nested, so that it becomes Parquet as it is.
    A calendar has the obligations: whole days, or times in Hong Kong. It tells as well what was moved, done, withdrawn or merged since.

    \b
    Example:
      circulars export --output due.csv
      circulars export --format ics --output due.ics
      circulars export --view who_to_call --format xlsx --output contacts.xlsx
    """
    from kb import export as exports
    from kb import store

    needs_output(form, output)
    with store.open_to_read(db) as opened:
        put(exports.render(exports.ask(opened, view or (exports.CALENDAR if form == "ics" else exports.VIEW)), form), output)


# Keeping it safe -----------------------------------------------------------------------------------------------------


@circulars.command()
@database
@click.pass_context
def doctor(ctx: click.Context, db: Path) -> None:
    """Look a knowledge base through: a line for each fault, and exit status 1 if there is one.

    Pages and indexes, rows that point to nothing, facts without a text, gaps in a list of facts, and whether every quote
    stands in its text where it is said to stand. Nothing is changed.

    \b
    Example:
      circulars doctor --db circulars.db
    """
    from kb.doctor import examine

    health = examine(db)
    for fault in health.faults:
        click.echo(plain(fault))
    if not health.faults:
        click.echo(f"Whole: {health.circulars} circulars, {health.expressions} texts, {health.facts} facts.")
    ctx.exit(int(bool(health.faults)))


@circulars.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@database
def backup(path: Path, *, force: bool, db: Path) -> None:
    """Copy the knowledge base to PATH, also while it is added to.

    The copy is what the knowledge base was at one moment. It is checked before it takes its name.

    \b
    Example:
      circulars backup copies/circulars-2026-07-31.db
    """
    from kb.backup import backup as run

    run(db, path, force=force)
    click.echo(f"{path}: {path.stat().st_size:,} bytes")


# Publication ---------------------------------------------------------------------------------------------------------


def address(command: Command) -> Command:
    """The options of a server."""
    port = click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes any that is free.")
    host = click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets other machines in.")
    opening = click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
    return port(host(opening(command)))


@circulars.command()
@database
@address
def serve(db: Path, port: int, host: str, open_browser: bool) -> None:
    """Show a knowledge base in the browser: what is due, circulars with their facts, pairs with what differs.

    \b
    Example:
      circulars serve --db circulars.db --open
    """
    from kb import store
    from kb.serve import serve as run

    store.open_to_read(db).close()
    run(db, host, port, open_browser)


@circulars.command()
@click.option("--db", type=click.Path(path_type=Path), help="Keep the knowledge base here; one that is thrown away if not given.")
@click.option(
    "--serve/--no-serve", "serving", default=True, envvar="DEMO_SERVE", show_envvar=True, help="Show it in the browser afterwards."
)
@address
def demo(db: Path | None, serving: bool, port: int, host: str, open_browser: bool) -> None:
    """Add the examples, print what falls due and what disagrees, and serve them until Ctrl-C.

    \b
    Example:
      circulars demo --no-serve
    """
    from kb.resources import examples

    with tempfile.TemporaryDirectory(prefix="circulars-") as folder:
        path = db or Path(folder) / "demo.db"
        for error in added(path, [str(examples())]).failed:
            warn(str(error))
        show_demo(path)
        if serving:
            from kb.serve import serve as run

            run(path, host, port, open_browser)


def show_demo(db: Path) -> None:
    """What falls due after the examples were issued, and the pairs in which something is wrong."""
    from ingest.issuers import houses
    from kb import agreement, report, store
    from kb import due as dues

    with store.open_to_read(db) as opened:
        found = dues.everything(opened)
        wrong = [one for one in agreement.pairs(opened, houses()) if agreement.status(one.findings)]
    issued = min((one.issued for one in found if one.issued), default=None)
    click.echo(f"Upcoming deadlines (the examples were issued on {issued})\n" if issued else "Upcoming deadlines\n")
    show_due(found)
    click.echo("\nDisagreements\n")
    for one in wrong:
        click.echo(report.render(one, "text"))


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


# The other commands take what stands above, so they are loaded below it.
from kb import glossary_cli as _glossary_cli  # noqa: E402, F401
from kb import lives_cli as _lives_cli  # noqa: E402, F401
from kb import search_cli as _search_cli  # noqa: E402, F401
from kb import site_cli as _site_cli  # noqa: E402, F401
