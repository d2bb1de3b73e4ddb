"""The commands for what does not agree: in files, in pairs, and in the whole base."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.errors import UnreadableSource
from kb.cli import (
    circulars,
    database,
    form,
    glossary,
    house,
    language,
    limits,
    needs_output,
    only_checks,
    put,
    show_table,
    warn,
    warn_of_older_reading,
)

if TYPE_CHECKING:
    from ingest.settings import Settings
    from kb.comparison import Comparison, Inside
    from kb.saying import Voice


@circulars.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--only", multiple=True, callback=only_checks, metavar="NAME", help="Run just this check; may be repeated.")
@click.option("--decided", is_flag=True, help="What is accepted, explained or fixed as well; else it is counted.")
@house
@form("text", "json")
@language
@glossary
@database
@limits
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[Path, ...],
    only: tuple[str, ...],
    *,
    decided: bool,
    house: str | None,
    form: str,
    voice: Voice,
    db: Path,
    how: Settings,
) -> None:
    """Find what does not agree.

    Without files: in every pair of the knowledge base, and inside each of its circulars. With files: inside each file;
    that needs no database. The exit status is 0 if all agree, 1 if there is an open error, 2 if something could not be read.

    \b
    Example:
      circulars check
      circulars check --only deadlines --format json
      circulars check notice.html
    """
    if files and house:
        raise click.UsageError("--house chooses from the knowledge base; files are all checked")
    ctx.exit(check_files(files, only, form, voice, how) if files else check_database(db, only, form, voice, decided=decided, house=house))


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
    if found or form == "json":  # where no file could be read, there is nothing to say of any
        show_findings([], found, form, voice)
    return failed or agreement.status(finding for one in found for finding in one.findings)


def check_database(db: Path, only: tuple[str, ...], form: str, voice: Voice, *, decided: bool, house: str | None = None) -> int:
    """Check every pair and every circular of a knowledge base, or those of a house; gives the exit status."""
    import msgspec

    from ingest.issuers import houses
    from kb import agreement, judged, store, verdicts

    with store.open_to_read(db) as opened:
        warn_of_older_reading(opened, voice)
        chosen = agreement.wanted(opened, house=house)
        compared = list(agreement.pairs(opened, houses(), only, among=chosen))
        ours = (one.expression for one in store.stored_all(opened) if one.id in chosen)
        found = list(agreement.insides(ours, houses(), only, verdicts.Decisions(opened)))
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
@language
def checks(voice: Voice) -> None:
    """List the checks: their names for --only, and what each holds to be so.

    \b
    Example:
      circulars checks
    """
    from kb.checks import CHECKS

    headings = list(map(voice.word, ("Check", "What ought to hold")))
    show_table(headings, [(voice.check(name), voice(one.description)) for name, one in sorted(CHECKS.items())])


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
@house
@form("text", "json", "markdown", "html", "sarif", "xlsx")
@language
@glossary
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
@database
def report(
    *, number: str | None, since: datetime | None, house: str | None, form: str, voice: Voice, output: Path | None, db: Path
) -> None:
    """Report what does not agree, with both quotes, why it matters, and what was compared and found equal.

    A pair is told where one of its sides is asked for. Circulars whose day of issue nobody can tell are never left out by --since.
    The same knowledge base gives the same bytes.

    \b
    Example:
      circulars report --format html --output report.html
      circulars report --circular CD/OES/SEOCH/005/2027
      circulars report --house SEOCH --since 2027-01-01 --format sarif --output findings.sarif
    """
    from ingest.issuers import houses
    from kb import agreement, reports, store

    needs_output(form, output)
    with store.open_to_read(db) as opened:
        warn_of_older_reading(opened, voice)
        whole = agreement.report(opened, houses(), number, since.date() if since else None, voice, house)
    put(reports.render(whole, form), output)
