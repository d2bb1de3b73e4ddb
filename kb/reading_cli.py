"""The commands that read: files, their tables and facts, and whole folders into a knowledge base."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.errors import UnreadableSource
from kb.cli import WIDE, circulars, database, limits, plain, progress, show_table, warn

if TYPE_CHECKING:
    from ingest.settings import Settings
    from kb.intake import Reader, Summary
    from kb.sheets import Numbered


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
    what was added so far; the next time the rest is read. Of a folder, what is of no kind that is read is named.

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
    copies = f" ({summary.copies} of them {'copies of others' if summary.copies > 1 else 'a copy of another'})" if summary.copies else ""
    click.echo(f"{summary.read} read,{again} {summary.unchanged} unchanged{copies}, {len(summary.failed)} failed")
    for told in (*summary.failed, *summary.touched):
        warn(str(told))
    if summary.left:
        warn(passed_over(summary.left))
    ctx.exit(int(bool(summary.failed)))


NAMED = 10  # so many files are named that were left out; of a folder of pictures and sheets nobody reads them all


def passed_over(left: Sequence[Path]) -> str:
    """What a folder holds and is of no kind that is read: nobody shall think that it was."""
    kinds = Counter(path.suffix.lower() or "without suffix" for path in left)
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    names = ", ".join(map(str, left[:NAMED])) + (f" and {len(left) - NAMED} more" if len(left) > NAMED else "")
    return f"not read, being of no kind that is read, or links to folders ({counted}): {names}"


def added(db: Path, paths: Sequence[str], read: Reader | None = None) -> Summary:
    """Add what these names stand for, with a progress bar on a terminal."""
    import msgspec

    from ingest.issuers import houses
    from kb import intake, leaving, store

    found = intake.collect(paths)
    with store.open_db(db) as opened, progress("Adding", len(found.files)) as step:
        summary = intake.add(opened, found.files, houses(), read, step)
        for path in leaving.gone(opened, paths):
            warn(f"{path} is no longer there; what it said stays until `circulars forget` takes it out")
    return msgspec.structs.replace(
        summary, failed=(*found.failed, *summary.failed), left=tuple(path for path in found.left if not is_of_base(path, db))
    )


def is_of_base(path: Path, db: Path) -> bool:
    """Whether a file is the knowledge base itself, or one that SQLite keeps beside it (`circulars.db-wal`)."""
    return path.resolve().parent == db.resolve().parent and path.name.removeprefix(db.name) in ("", "-wal", "-shm", "-journal")


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
@click.option(
    "--of", "name", type=click.Choice(("read", "diff", "check")), default="read", show_default=True, help="The command whose JSON it is."
)
def schema(name: str) -> None:
    """Print the JSON Schema of what a command prints: of a line of `circulars read`, or of `diff` and `check` with --format json.

    \b
    Example:
      circulars schema > circular.schema.json
      circulars schema --of diff
    """
    import msgspec

    from ingest import contract
    from kb.comparison import Inside, Told

    shape = contract.schema_of_list(Told, Inside) if name == "check" else contract.schema(Told) if name == "diff" else contract.schema()
    click.echo(msgspec.json.format(msgspec.json.encode(shape), indent=2))
