"""Pictures of the whole: how much is due in which week, when by house and party, how vague days became exact, and how pairs agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from sqlite3 import Row
from typing import NamedTuple

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from kb import clock
from kb.site.base import OWN_NAME, kept_rows, knowledge_base
from kb.site.interface import interface_of, to_day
from kb.site.page import choices, render, text

WEEKS = 26
"""So many weeks are shown, from the one that holds the first day."""

THINNEST = 0.8
"""Per cent of a strip that a day takes at least, so that it is seen."""

MOST_LINES = 12
"""So many parties, and so many days that became exact, are shown."""

OPEN = "o.status = 'open' and o.withdrawn is null and o.due between :start and :end and (:house = '' or c.issuer = :house)"

BY_WEEK = f"""
    select date(o.due, 'weekday 0', '-6 days') as monday, c.issuer, count(*) as n
    from obligations o join circulars c on c.id = o.circular where {OPEN} group by monday, c.issuer order by monday, c.issuer
"""  # noqa: S608 - ours

BY_HOUSE = f"""
    select c.issuer as name, o.due, count(*) as n from obligations o join circulars c on c.id = o.circular
    where {OPEN} group by c.issuer, o.due order by c.issuer is null, c.issuer, o.due
"""  # noqa: S608 - ours

BY_PARTY = f"""
    with found as materialized (
      select b.value as name, o.due, count(*) as n from obligations o join circulars c on c.id = o.circular, json_each(o.bearer) b
      where {OPEN} and {OWN_NAME} group by b.value, o.due
    ),
    most as (select name, sum(n) as all_of_it from found group by name order by all_of_it desc, name limit :most)
    select f.name, f.due, f.n from most m join found f on f.name = m.name order by m.all_of_it desc, f.name, f.due
"""  # noqa: S608 - all parts are ours

FIRMED = """
    select h.act, h.old_start, h.old_end, h.new_start, h.new_end, h.changed_on, h.changed_in, h.newer_circular, h.lang
    from history h where h.change = 'firmed' and (:house = '' or h.changed_by = :house)
    order by h.changed_on desc, h.newer_circular desc, h.act limit :most
"""

AGREEMENT = """
    with told as materialized (
      select p.id, p.relation, coalesce(max(f.level = 'error'), 0) as wrong, coalesce(max(f.level = 'warning'), 0) as doubtful
      from pairs p left join findings f on f.pair = p.id and f.state = 'open' and f.level <> 'note'
      where :house = '' or exists (
        select 1 from expressions e join circulars c on c.id = e.circular where e.id in (p."left", p."right") and c.issuer = :house)
      group by p.id
    )
    select relation, count(*) as pairs, sum(wrong) as errors, sum(doubtful and not wrong) as warnings
    from told group by relation order by relation
"""


class Bar(NamedTuple):
    """A stretch of a bar or a strip, in per cent from the left; `level` says how dark it is, from 1 to 4."""

    left: float
    width: float
    level: int = 1


class Week(NamedTuple):
    """A week by its Monday: how many obligations there are in all, of which house how many, and how long its bar is."""

    monday: date
    total: int
    houses: Sequence[tuple[str | None, int]]
    bar: Bar


class Strip(NamedTuple):
    """What is due for one house or party: its days on the line of all weeks."""

    name: str | None
    total: int
    first: str
    marks: Sequence[Bar]


class Firming(NamedTuple):
    """A vague day and the exact one that it became, both on the stretch from the first to the last day of all that are shown."""

    row: Row
    vague: Bar
    exact: Bar


def weeks_of(found: Iterable[Row], first: date) -> list[Week]:
    """Every week from the first Monday on, also those in which nothing is due."""
    by_monday = {monday: [(row["issuer"], row["n"]) for row in rows] for monday, rows in groupby(found, key=lambda row: row["monday"])}
    counts = [sum(n for _, n in by_monday.get((first + timedelta(weeks=at)).isoformat(), ())) for at in range(WEEKS)]
    most = max(*counts, 1)
    return [
        Week(monday, count, by_monday.get(monday.isoformat(), ()), Bar(0, round(100 * count / most, 2)))
        for monday, count in ((first + timedelta(weeks=at), counts[at]) for at in range(WEEKS))
    ]


def strips(found: Iterable[Row], first: date) -> list[Strip]:
    """A line for each name, with a mark on each day; the darker, the more is due."""
    days = 7 * WEEKS
    made = []
    for name, group in groupby(found, key=lambda row: row["name"]):
        rows = list(group)
        marks = [
            Bar(round(100 * (day - first).days / days, 2), max(round(100 / days, 2), THINNEST), min(row["n"], 4))
            for row in rows
            if (day := to_day(row["due"]))
        ]
        made.append(Strip(name, sum(row["n"] for row in rows), rows[0]["due"], marks))
    return made


def firmings(found: Sequence[Row]) -> list[Firming]:
    """Each change as two stretches of the days that all of them touch."""
    touched = [day for row in found for day in map(to_day, (row["old_start"], row["old_end"], row["new_start"], row["new_end"])) if day]
    if not touched:
        return []
    first, days = min(touched), (max(touched) - min(touched)).days + 1

    def bar(start: str | None, end: str | None) -> Bar:
        low, high = to_day(start) or to_day(end) or first, to_day(end) or to_day(start) or first
        return Bar(round(100 * (low - first).days / days, 2), round(100 * ((high - low).days + 1) / days, 2))

    return [Firming(row, bar(row["old_start"], row["old_end"]), bar(row["new_start"], row["new_end"])) for row in found]


async def overview(datasette: Datasette, request: Request) -> Response:
    """The pictures, of all houses or of one; every picture is also a table."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    house, today = text(request, "house"), clock.today()
    start = to_day(text(request, "on")) or today
    start = start if 1900 < start.year < 2200 else today
    first = start - timedelta(days=start.weekday())
    asked = {"house": house, "start": first.isoformat(), "end": (first + timedelta(weeks=WEEKS, days=-1)).isoformat()}
    firmed = await kept_rows(database, FIRMED, house=house, most=MOST_LINES)
    return await render(
        datasette,
        request,
        interface,
        "overview.html",
        chosen={"house": house, "on": start.isoformat()},
        last=first + timedelta(weeks=WEEKS, days=-1),
        first=first,
        weeks=weeks_of(await kept_rows(database, BY_WEEK, **asked), first),
        by_house=strips(await kept_rows(database, BY_HOUSE, **asked), first),
        by_party=strips(await kept_rows(database, BY_PARTY, **asked, lang=interface.lang, most=MOST_LINES), first),
        firmed=firmings(firmed),
        agreement=await kept_rows(database, AGREEMENT, house=house),
        **await choices(database, interface.lang),
    )
