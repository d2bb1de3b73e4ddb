"""The calendar of a month: each day with what is due and what timetables name."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from sqlite3 import Row
from typing import NamedTuple

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from kb import clock
from kb.site.base import ENTRIES_OF_DAYS, knowledge_base, rows
from kb.site.interface import interface_of, to_day
from kb.site.page import MOST_BANDS, band, choices, render, text

MONTH = """
    with placed as (
      select o.id, count(*) over (partition by o.due) as of_day,
        row_number() over (partition by o.due order by o.time is null, o.time, c.issuer, o.id) as place
      from obligations o join circulars c on c.id = o.circular
      where o.withdrawn is null and o.due between :start and :end and (:house = '' or c.issuer = :house)
        and (:party = '' or exists (select 1 from json_each(o.bearer) where value = :party))
    )
    select o.*, p.of_day, c.issuer, c.number, c.title_en, c.title_zh, h.name_en, h.name_zh
    from placed p cross join obligations o on o.id = p.id join circulars c on c.id = o.circular left join houses h on h.code = c.issuer
    where p.place <= :on_a_day order by o.due, p.place
"""

ENTRIES = f"""
    with {ENTRIES_OF_DAYS}, placed as (
      select *, count(*) over (partition by start is "end", iif(start is "end", start, '')) as of_day,
        row_number() over (
          partition by start is "end", iif(start is "end", start, '') order by coalesce(start, "end"), "end", circular, id) as place
      from told
    )
    select v.id, v.start, v."end", v.time, v.end_time, v.title, p.circular, e.lang, p.of_day, p.issuer, h.name_en, h.name_zh
    from placed p cross join events v on v.id = p.id join expressions e on e.id = v.expression left join houses h on h.code = p.issuer
    where p.place <= iif(p.start is p."end", :on_a_day, :most_bands) order by coalesce(v.start, v."end"), p.place
"""  # noqa: S608 - both parts are ours
"""The first entries of each day, and the first of several days, each with how many there are of its kind."""


class Day(NamedTuple):
    """A day on the calendar: whether it is in the month, what is due on it, the entries for it alone, and how many more there are."""

    date: date
    inside: bool
    due: Sequence[Row]
    entries: Sequence[Row]
    more: int


ON_A_DAY = 5
"""So many obligations, and so many entries, are shown on a day; the day leads to the rest."""


def month_of(request: Request, today: date) -> date:
    """The first day of the month that is asked for; of this one where none is, or none that makes sense."""
    first = to_day(f"{text(request, 'month')}-01")
    return first if first and 1900 < first.year < 2200 else today.replace(day=1)


def weeks_of(first: date, due: Iterable[Row], entries: Iterable[Row]) -> list[list[Day]]:
    """The weeks that a month touches, from Monday, each day with what lies on it."""
    by_day: dict[str, list[Row]] = {}
    for row in due:
        by_day.setdefault(row["due"], []).append(row)
    alone: dict[str, list[Row]] = {}
    for row in entries:
        if row["start"] == row["end"]:
            alone.setdefault(row["start"], []).append(row)

    def day(one: date) -> Day:
        acts, named = by_day.get(one.isoformat(), ()), alone.get(one.isoformat(), ())
        return Day(one, one.month == first.month, acts, named, sum(found[0]["of_day"] - len(found) for found in (acts, named) if found))

    return [[day(one) for one in week] for week in calendar.Calendar().monthdatescalendar(first.year, first.month)]


async def month(datasette: Datasette, request: Request) -> Response:
    """A month: each day with what is due and what timetables name; entries of several days as bands."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    today = clock.today()
    first = month_of(request, today)
    shown = list(calendar.Calendar().itermonthdates(first.year, first.month))
    asked = {"house": text(request, "house"), "party": text(request, "party")}
    values = {**asked, "start": shown[0].isoformat(), "end": shown[-1].isoformat(), "on_a_day": ON_A_DAY}
    due = await rows(database, MONTH, **values)
    entries = await rows(database, ENTRIES, **values, lang=interface.lang, most_bands=MOST_BANDS)
    bands = [row for row in entries if row["start"] != row["end"]]
    return await render(
        datasette,
        request,
        interface,
        "calendar.html",
        first=first,
        today=today,
        weeks=weeks_of(first, due, entries),
        bands=[band(row, shown[0], shown[-1]) for row in bands],
        more_bands=bands[0]["of_day"] - len(bands) if bands else 0,
        shown=shown,
        before=(first - timedelta(days=1)).strftime("%Y-%m"),
        after=(first + timedelta(days=31)).strftime("%Y-%m"),
        chosen=asked,
        query=lambda **changes: {name: str(value) for name, value in {**asked, **changes}.items() if value},
        **await choices(database, interface.lang),
    )
