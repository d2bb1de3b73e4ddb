"""The calendar of a month: each day with what is due and what timetables name."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from sqlite3 import Row
from typing import NamedTuple

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from kb.site.base import knowledge_base, rows
from kb.site.interface import HONG_KONG, interface_of, to_day
from kb.site.page import Obligation, choices, obligation, render, text

MONTH = """
    select o.*, c.issuer, c.number, c.title_en, c.title_zh, h.name_en, h.name_zh,
      null as quote, null as lang, null as deadline, 0 as quote_start, '' as around,
      (select count(*) from obligation_deadlines m where m.obligation = o.id) as members
    from obligations o join circulars c on c.id = o.circular left join houses h on h.code = c.issuer
    where o.withdrawn is null and o.due between :start and :end and (:house = '' or c.issuer = :house)
      and (:party = '' or exists (select 1 from json_each(o.bearer) where value = :party))
    order by o.due, o.time is null, o.time, c.issuer, o.id
"""

ENTRIES = """
    with near as materialized (
      select id from events where start is "end" and "end" between :start and :end
      union all
      select id from events where start is not "end" and coalesce(start, "end") <= :end and coalesce("end", start) >= :start
    )
    select v.id, v.start, v."end", v.time, v.end_time, v.title, v.circular, v.lang, v.house as issuer, v.number,
      h.name_en, h.name_zh
    from near n cross join calendar_events v on v.id = n.id left join houses h on h.code = v.house
    where (:house = '' or v.house = :house)
      and (:party = '' or exists (
        select 1 from obligation_statements s join obligations o on o.id = s.obligation, json_each(o.bearer) b
        where s.circular = v.circular and b.value = :party))
      and v.expression = (
        select x.id from expressions x where x.circular = v.circular order by substr(x.lang, 1, 2) <> :lang, x.id limit 1)
    order by coalesce(v.start, v."end"), v."end", v.circular, v.id limit 2000
"""
"""An entry without an end stands in the month in which it begins, one without a beginning where it ends."""


class Day(NamedTuple):
    """A day on the calendar: its date, whether it is in the month, what is due on it, and the entries of timetables for it alone."""

    date: date
    inside: bool
    due: Sequence[Obligation]
    entries: Sequence[Row]


ON_A_DAY = 8
"""So many obligations, and so many entries, are shown on a day; the day leads to the rest."""

MOST_BANDS = 50
"""So many entries of several days are shown; the named query `schedule` has the rest."""


class Band(NamedTuple):
    """An entry of several days, with the part of the shown weeks that it takes, in per cent."""

    row: Row
    left: float
    width: float


def month_of(request: Request, today: date) -> date:
    """The first day of the month that is asked for; of this one where none is, or none that makes sense."""
    first = to_day(f"{text(request, 'month')}-01")
    return first if first and 1900 < first.year < 2200 else today.replace(day=1)


def weeks_of(first: date, due: Iterable[Row], entries: Iterable[Row]) -> list[list[Day]]:
    """The weeks that a month touches, from Monday, each day with what lies on it."""
    by_day: dict[str, list[Obligation]] = {}
    for row in due:
        by_day.setdefault(row["due"], []).append(obligation(row))
    alone: dict[str, list[Row]] = {}
    for row in entries:
        if row["start"] == row["end"]:
            alone.setdefault(row["start"], []).append(row)

    def day(one: date) -> Day:
        key = one.isoformat()
        return Day(one, one.month == first.month, by_day.get(key, ()), alone.get(key, ()))

    return [[day(one) for one in week] for week in calendar.Calendar().monthdatescalendar(first.year, first.month)]


def band(row: Row, start: date, end: date) -> Band:
    """Where an entry of several days lies between two days; what reaches out of them is cut."""
    first, last = max(to_day(row["start"]) or start, start), min(to_day(row["end"]) or end, end)
    share = 100 / ((end - start).days + 1)
    return Band(row, round((first - start).days * share, 2), round(((last - first).days + 1) * share, 2))


async def month(datasette: Datasette, request: Request) -> Response:
    """A month: each day with what is due and what timetables name; entries of several days as bands."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    today = datetime.now(HONG_KONG).date()
    first = month_of(request, today)
    shown = list(calendar.Calendar().itermonthdates(first.year, first.month))
    asked = {"house": text(request, "house"), "party": text(request, "party")}
    values = {**asked, "start": shown[0].isoformat(), "end": shown[-1].isoformat(), "lang": interface.lang}
    due, entries = await rows(database, MONTH, **values), await rows(database, ENTRIES, **values)
    return await render(
        datasette,
        request,
        interface,
        "calendar.html",
        first=first,
        today=today,
        weeks=weeks_of(first, due, entries),
        bands=[band(row, shown[0], shown[-1]) for row in entries if row["start"] != row["end"]],
        shown=shown,
        on_a_day=ON_A_DAY,
        most_bands=MOST_BANDS,
        before=(first - timedelta(days=1)).strftime("%Y-%m"),
        after=(first + timedelta(days=31)).strftime("%Y-%m"),
        chosen=asked,
        query=lambda **changes: {name: str(value) for name, value in {**asked, **changes}.items() if value},
        **await choices(database),
    )
