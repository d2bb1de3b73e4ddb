"""The command that searches."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli import circulars, database, form, house, language, plain, show_json, warn
from kb.search import KINDS, Hit

if TYPE_CHECKING:
    from kb.saying import Voice

DAY = click.DateTime(["%Y-%m-%d"])


@circulars.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--in", "kind", type=click.Choice(KINDS), help="Search facts of this kind, instead of whole circulars.")
@house
@click.option("--party", help="Only circulars that bind this party, as they name it: CPs, 參與者.")
@click.option("--since", type=DAY, metavar="DATE", help="Only circulars issued on or after this day (YYYY-MM-DD).")
@click.option("--until", type=DAY, metavar="DATE", help="Only circulars issued on or before this day (YYYY-MM-DD).")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N", help="So many hits at the most.")
@form("text", "json")
@language
@database
def search(
    words: tuple[str, ...],
    *,
    kind: str | None,
    house: str | None,
    party: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    form: str,
    voice: Voice,
    db: Path,
) -> None:
    """Find circulars, or facts of one kind, by their words: the best first, with the words around each hit.

    Chinese in either script finds both; English words are found in all their forms. Words side by side must all be there.
    Known are "exact phrases", AND, OR, NOT (also -word), brackets, and word* for all words that begin so.

    \b
    Example:
      circulars search 雙重認證 登記
      circulars search 'rehearsal AND (HKSCC OR SEOCH) -typhoon' --since 2026-01-01
      circulars search hotline --in contacts --house SEOCH
    """
    from kb import store
    from kb.questions import refuse_unknown
    from kb.search import COMMON, IS_COMMON, hits, newest, statement
    from kb.terms import question

    asked = question(" ".join(words))
    values = {"match": asked.match, "house": house, "party": party, "limit": limit, "offset": 0}
    days = {name: day and day.date().isoformat() for name, day in (("since", since), ("until", until))}
    with store.open_to_read(db) as opened:
        refuse_unknown(opened, house)
        common = kind is None and opened.execute(IS_COMMON, {"match": asked.match, "common": COMMON}).fetchone()[0]
        query = newest(bool(house or party or since or until)) if common else statement(kind)
        cursor = opened.execute(query, {**values, **days})
        header = [column[0] for column in cursor.description]
        rows = [dict(zip(header, row, strict=True)) for row in cursor]
    found = hits(rows, asked.terms)
    if form == "json":
        show_json([{**hit._asdict(), "excerpt": [part._asdict() for part in hit.excerpt]} for hit in found])
        return
    for hit in found:
        show(hit, voice)
    if not found:
        warn(voice("Nothing is found."))
    elif rows[0]["total"] > len(found):
        warn(voice("{n} of {total} hits; --limit shows more.", n=len(found), total=rows[0]["total"]))


def show(hit: Hit, voice: Voice) -> None:
    """A hit in two lines: the circular, and the words around what was found, which stands out on a terminal."""
    head = (hit.house, hit.number, hit.issued, voice.word(hit.lang), hit.title)
    click.echo(click.style(plain("  ".join(filter(None, head))), bold=True))
    words = (click.style(plain(part.text), fg="yellow", bold=True) if part.hit else plain(part.text) for part in hit.excerpt)
    click.echo(f"    {''.join(words)}")
