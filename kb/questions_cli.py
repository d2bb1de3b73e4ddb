"""The commands that answer questions over the whole base: what falls due, what is missing, whom to call, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.errors import CircularError
from kb.cli import circulars, database, form, house, language, plain, show_json, show_table, warn, warn_of_older_reading

if TYPE_CHECKING:
    from kb.due import Due
    from kb.saying import Voice


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
@house
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day to look from (YYYY-MM-DD); today in Hong Kong if none is given.",
)
@click.option("--all", "whole", is_flag=True, help="Whatever the day; those without a date are listed apart.")
@form("table", "json", "csv")
@language
@database
def due(
    *, within: timedelta, party: str | None, house: str | None, on: datetime | None, whole: bool, form: str, voice: Voice, db: Path
) -> None:
    """List what falls due: who must do what, and by when.

    One line is one obligation: all that a circular says of one act, in its body, its schedule and both languages.

    A day without business is listed from the last business day before it on, which stands behind it. What is open and was due
    before is counted on standard error.

    \b
    Example:
      circulars due --within 30d --party CP
      circulars due --on 2027-01-11 --within 12w --house SEOCH --format csv
    """
    from kb import clock, questions, store
    from kb import due as dues

    day = on.date() if on else clock.today()
    with store.open_to_read(db) as opened:
        warn_of_older_reading(opened, voice)
        questions.refuse_unknown(opened, house)
        if party and not dues.is_bound(opened, party):
            warn(voice("No obligation names {party}.", party=party))
        found = dues.everything(opened) if whole else dues.within(opened, day, within)
        undated = dues.undated(opened) if whole else []
        over = [] if whole else dues.chosen(dues.overdue(opened, day), party, house)
    chosen, apart = dues.chosen(found, party, house), dues.chosen(undated, party, house)
    if party and (nameless := sum(not one.bearer for one in dues.chosen([*found, *undated], None, house))):
        warn(voice("{n} more name nobody; without --party they are listed.", n=nameless))
    past = (
        voice("1 open obligation was due before" if len(over) == 1 else "{n} open obligations were due before", n=len(over))
        if over
        else None
    )
    if past and (chosen or form != "table"):
        warn(voice("{told} {day}; --all lists them too.", told=past, day=day))
    if form == "json":
        click.echo(dues.as_json([*chosen, *apart]))
        return
    if form == "csv":
        click.echo(dues.as_csv([*chosen, *apart]), nl=False)
        return
    show_due(chosen, voice)
    if apart:
        click.echo("\n" + voice("Without a date:"))
        show_due(apart, voice)
    if not chosen and not apart:
        if whole:
            warn(voice("Nothing falls due."))
        else:
            window = voice("Nothing falls due within {days} days from {day}", days=within.days, day=day)
            hint = voice("--all lists everything, --on takes another day.")
            warn(voice("{told}. {hint}", told=voice.clauses((window, past)), hint=hint))


def headings(voice: Voice, *names: str) -> list[str]:
    """The header of a table."""
    return list(map(voice.word, names))


def show_due(found: Sequence[Due], voice: Voice) -> None:
    """A table of obligations, and below it how the statements of some of them disagree."""
    from kb import due as dues

    if not found:
        return
    show_table(list(map(voice.word, dues.HEADINGS)), [dues.line(one, voice) for one in found])
    for told in dues.disagreements(found, voice):
        click.echo(plain(f"! {told}"))


@circulars.command()
@house
@form("table", "json")
@language
@database
def gaps(house: str | None, form: str, voice: Voice, db: Path) -> None:
    """List what is missing: numbers of a series, the other language or sibling of a circular, and circulars that are cited.

    A language or a sibling is missed where three in four circulars of the series have it, and three at least.

    \b
    Example:
      circulars gaps --house HKSCC
    """
    from kb import questions, store

    with store.open_to_read(db) as opened:
        questions.refuse_unknown(opened, house)
        found = questions.gaps(opened, house)
    if form == "json":
        show_json(found)
    elif lines := questions.gap_lines(found, voice):
        show_table(headings(voice, "House", "Missing", "Which", "As told by"), lines)
    else:
        warn(voice("Nothing is missing, as far as what is there tells."))


@circulars.command()
@click.option("--party", required=True, help="Who is bound: 'Designated Bank', CP, 參與者.")
@house
@form("table", "json")
@language
@database
def who(party: str, house: str | None, form: str, voice: Voice, db: Path) -> None:
    """List whom a party can call about what: the contacts of the circulars that bind it, the newest first.

    \b
    Example:
      circulars who --party "Designated Bank"
    """
    from kb import questions, store

    with store.open_to_read(db) as opened:
        questions.refuse_unknown(opened, house)
        found = questions.who(opened, party, house)
    if form == "json":
        show_json(found)
    elif found:
        header = headings(voice, "House", "Kind", "Contact", "Name", "About", "Number", "Issued", "Circulars")
        show_table(header, [questions.call_line(one, voice) for one in found])
    else:
        warn(voice("No circular that binds {party} names a contact.", party=party))


@circulars.command()
@click.argument("number")
@form("table", "json")
@language
@database
def history(number: str, form: str, voice: Voice, db: Path) -> None:
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
    header = headings(voice, "Issued", "House", "Number", "Title", "Ties")
    show_table(header, [questions.version_line(one, voice) for one in found.versions])
    if found.moves:
        click.echo()
        header = headings(voice, "On", "Date", "What", "Before", "After", "By", "In")
        show_table(header, [questions.move_line(one, voice) for one in found.moves])


@circulars.command()
@click.option("--since", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The first day to tell of (YYYY-MM-DD).")
@house
@form("table", "json")
@language
@database
def changes(since: datetime, house: str | None, form: str, voice: Voice, db: Path) -> None:
    """List what has been added since a day: circulars, dates that they moved or firmed, and what they disagree on.

    \b
    Example:
      circulars changes --since 2026-07-01 --house HKSCC
    """
    from kb import questions, store
    from kb.saying import ENGLISH

    with store.open_to_read(db) as opened:
        questions.refuse_unknown(opened, house)
        found = questions.changes(opened, since.date(), house, voice if form == "table" else ENGLISH)
    if form == "json":
        show_json(found)
    elif found:
        header = headings(voice, "Added", "What", "House", "Number", "Of what", "Before", "After")
        show_table(header, [questions.change_line(one, voice) for one in found])
    else:
        warn(voice("Nothing has been added since {day}.", day=f"{since:%Y-%m-%d}"))


@circulars.command()
@form("table", "json")
@language
def houses(form: str, voice: Voice) -> None:
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
    show_table(headings(voice, "Code", "In English", "In Chinese", "Part of"), rows)
