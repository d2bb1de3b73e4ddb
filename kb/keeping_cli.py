"""The commands that take a knowledge base elsewhere and keep it safe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.errors import CircularError
from kb.cli import circulars, database, form, language, needs_output, plain, put, warn

if TYPE_CHECKING:
    from kb.saying import Voice


def a_site(_: click.Context, __: click.Parameter, address: str | None) -> str | None:
    """The address of a site, as typed."""
    from kb.export import site_of

    try:
        return site_of(address) if address else None
    except CircularError as error:
        raise click.BadParameter(str(error)) from error


@circulars.command()
@form("csv", "xlsx", "jsonl", "ics")
@click.option(
    "--view", metavar="NAME", help="The view to export; docs/columns.md lists them.  [default: upcoming; of a calendar calendar_entries]"
)
@click.option(
    "--site",
    metavar="URL",
    envvar="CIRCULARS_SITE",
    show_envvar=True,
    callback=a_site,
    help="Where the site of this knowledge base is published: rows and entries then lead to the pages of their circulars.",
)
@language
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
@database
def export(form: str, view: str | None, site: str | None, voice: Voice, output: Path | None, db: Path) -> None:
    """Export a view for other tools: CSV with the mark that Excel needs, a workbook, JSON Lines, or a calendar.

    In JSON Lines each column has one type, days are ISO 8601 and nothing is nested, so that it becomes Parquet as it is.
    A calendar has the obligations: whole days, or times in Hong Kong. It tells as well what was moved, done, withdrawn or merged since.
    Columns have their names, and cells their values, in every language: programs read them.

    \b
    Example:
      circulars export --output due.csv
      circulars export --format ics --site https://circulars.example --output due.ics
      circulars export --view who_to_call --format xlsx --output contacts.xlsx
    """
    from kb import export as exports
    from kb import store

    needs_output(form, output)
    with store.open_to_read(db) as opened:
        answer = exports.ask(opened, view or (exports.CALENDAR if form == "ics" else exports.VIEW), site)
    if site and exports.PAGE not in answer.header:
        warn(voice("Rows of {view} name no circular, so none has an address.", view=answer.view))
    put(exports.render(answer, form, voice), output)


@circulars.command()
@click.argument("path")
@database
def forget(path: str, db: Path) -> None:
    """Take a file out of the knowledge base with all that it said; of a folder or an e-mail, all that was added from it.

    The file need not be there any more, and nothing on the disk is touched. What was decided stays in the log; decisions that
    no longer fit are told on standard error.

    \b
    Example:
      circulars forget inbox/wrong-notice.pdf
    """
    from ingest.issuers import houses
    from kb import leaving
    from kb.lives_cli import deciding

    with deciding(db) as opened:
        forgotten = leaving.forget(opened, path, houses())
    for taken, still in forgotten.paths:
        click.echo(plain(f"{taken}: forgotten{f'; the same file is still known as {still}, with what it says' if still else ''}"))
    for told in forgotten.touched:
        warn(told)


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
