"""More pages of the site: search, the calendar of a month, houses and parties, findings with their life, and what is missing."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from sqlite3 import Row
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import Request, Response

from kb.plugin import (
    HONG_KONG,
    HOUSES,
    PARTIES,
    Obligation,
    count_from,
    interface_of,
    knowledge_base,
    obligation,
    render,
    rows,
    to_day,
)
from kb.search import KINDS, Hit, hits, statement
from kb.terms import question

PAGE = 20
"""So many hits on a page of the search."""

LONGEST = 500
"""So much of a question is read."""


def text(request: Request, name: str) -> str:
    """A parameter of the address, without white space around it."""
    return (request.args.get(name) or "").strip()


def one_of(request: Request, name: str, known: Iterable[str]) -> str:
    """A parameter that is one of these words, else nothing."""
    value = text(request, name)
    return value if value in known else ""


async def choices(database: Database) -> dict[str, Any]:
    """What the lists of houses and parties offer."""
    return {"houses": await rows(database, HOUSES), "parties": await rows(database, PARTIES)}


# Search -----------------------------------------------------------------------------------------------------------------


async def search(datasette: Datasette, request: Request) -> Response:
    """Circulars, or facts of one kind, by their words."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    typed, kind, page = text(request, "q")[:LONGEST], one_of(request, "in", KINDS), count_from(request, "page")
    days = {name: text(request, name) if to_day(text(request, name)) else "" for name in ("since", "until")}
    asked = {"q": typed, "in": kind, "house": text(request, "house"), "party": text(request, "party"), **days}
    found: list[Hit] = []
    total = 0
    if typed:
        wanted = question(typed)
        narrowed = {name: asked[name] or None for name in ("house", "party", "since", "until")}
        answer: list[Any] = await rows(
            database, statement(kind or None), match=wanted.match, limit=PAGE, offset=(page - 1) * PAGE, **narrowed
        )
        found, total = hits(answer, wanted.terms), answer[0]["total"] if answer else 0
    return await render(
        datasette,
        request,
        interface,
        "search.html",
        typed=typed,
        kind=kind,
        kinds=KINDS,
        found=found,
        total=total,
        page=page,
        pages=-(-total // PAGE),
        query=lambda **changes: {name: str(value) for name, value in {**asked, **changes}.items() if value},
        chosen=asked,
        **await choices(database),
    )


# Calendar ---------------------------------------------------------------------------------------------------------------

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
      select id from events where coalesce(start, "end") <= :end and coalesce("end", start) >= :start
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
        before=(first - timedelta(days=1)).strftime("%Y-%m"),
        after=(first + timedelta(days=31)).strftime("%Y-%m"),
        chosen=asked,
        query=lambda **changes: {name: str(value) for name, value in {**asked, **changes}.items() if value},
        **await choices(database),
    )


# Houses and parties -----------------------------------------------------------------------------------------------------

ALL_HOUSES = """
    select h.*, count(*) as circulars, max(c.issued) as newest,
      (select count(*) from obligations o join circulars x on x.id = o.circular where x.issuer = h.code and o.status = 'open'
        and o.withdrawn is null and o.due >= :today) as open,
      (select min(o.due) from obligations o join circulars x on x.id = o.circular where x.issuer = h.code and o.status = 'open'
        and o.withdrawn is null and o.due >= :today) as next
    from houses h join circulars c on c.issuer = h.code group by h.code order by h.code
"""

ALL_PARTIES = """
    select p.value as party, count(*) as open, min(o.due) as next, group_concat(distinct c.issuer) as houses
    from obligations o, json_each(o.bearer) p join circulars c on c.id = o.circular
    where o.status = 'open' and o.withdrawn is null and o.due >= :today group by p.value order by open desc, party limit 200
"""

CONTACTS = """
    select kind, value, label, title, org, house, house_en, house_zh, max(issued) as issued, circular, count(distinct circular) as circulars
    from who_to_call where house = :house and role is null and kind <> 'url'
    group by kind, value order by circulars desc, kind, value limit 40
"""


async def houses(datasette: Datasette, request: Request) -> Response:
    """The houses with what they want next, and the parties that are bound; of one house also its contacts."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    today, house = datetime.now(HONG_KONG).date().isoformat(), text(request, "house")
    return await render(
        datasette,
        request,
        interface,
        "houses.html",
        listed=await rows(database, ALL_HOUSES, today=today),
        parties=await rows(database, ALL_PARTIES, today=today),
        house=house,
        contacts=await rows(database, CONTACTS, house=house) if house else (),
    )


# Findings ---------------------------------------------------------------------------------------------------------------

STATES = ("open", "accepted", "explained", "fixed")
LEVELS = ("error", "warning", "note")
FINDINGS = """
    select f.*, h.name_en, h.name_zh, count(*) over () as total
    from all_findings f left join houses h on h.code = f.house
    where f.state = :state and (:level = '' and f.level <> 'note' or f.level = :level)
      and (:check = '' or f."check" = :check) and (:house = '' or f.house = :house)
    order by f.level = 'warning', f.level = 'note', f.issued desc, f.number, f.id limit :limit offset :offset
"""
TALLY = "select state, level, count(*) as n from findings where level <> 'note' group by 1, 2"
CHECKS = 'select distinct "check" as name from findings order by 1'


async def findings(datasette: Datasette, request: Request) -> Response:
    """What does not agree, and what has become of it: open, accepted, explained, or fixed by a later circular."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    page = count_from(request, "page")
    asked = {
        "state": one_of(request, "state", STATES) or "open",
        "level": one_of(request, "level", LEVELS),
        "check": text(request, "check"),
        "house": text(request, "house"),
    }
    found = await rows(database, FINDINGS, limit=PAGE, offset=(page - 1) * PAGE, **asked)
    total = found[0]["total"] if found else 0
    tally: dict[str, int] = {}
    for row in await rows(database, TALLY):
        tally[row["state"]] = tally.get(row["state"], 0) + row["n"]
    return await render(
        datasette,
        request,
        interface,
        "findings.html",
        found=found,
        total=total,
        page=page,
        pages=-(-total // PAGE),
        states=STATES,
        levels=LEVELS,
        tally=tally,
        checks=await rows(database, CHECKS),
        houses=await rows(database, HOUSES),
        chosen=asked,
        query=lambda **changes: {name: str(value) for name, value in {**asked, **changes}.items() if value},
    )


# What is missing --------------------------------------------------------------------------------------------------------

COVERAGE = """
    select c.issuer, h.name_en, h.name_zh, substr(c.issued, 1, 4) as year, count(distinct c.id) as circulars, count(*) as texts,
      count(distinct case when e.lang = 'en' then c.id end) as english,
      count(distinct case when substr(e.lang, 1, 2) = 'zh' then c.id end) as chinese,
      sum((select count(*) from unexplained u where u.expression = e.id)) as unexplained,
      sum((select count(*) from warnings w where w.expression = e.id)) as warnings
    from circulars c join expressions e on e.circular = c.id left join houses h on h.code = c.issuer
    group by c.issuer, year order by c.issuer is null, c.issuer, year desc
"""
NUMBERS = "select * from number_gaps where :house = '' or house = :house order by house, series, first_missing limit 300"
HALVES = "select * from missing_halves where :house = '' or house = :house order by issued desc, number limit 300"
DANGLING = "select * from dangling_references where :house = '' or house = :house order by issued desc, number, cited_number limit 300"


async def gaps(datasette: Datasette, request: Request) -> Response:
    """What is here by house and year, and what seems to be missing: numbers, languages, siblings, cited circulars."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    house = text(request, "house")
    asked: dict[str, Any] = {name: await rows(database, sql, house=house) for name, sql in GAPS.items()}
    return await render(datasette, request, interface, "gaps.html", house=house, coverage=await rows(database, COVERAGE), **asked)


GAPS: Mapping[str, str] = {"numbers": NUMBERS, "halves": HALVES, "dangling": DANGLING}

ROUTES: Sequence[tuple[str, Callable[..., Any]]] = (
    (r"^/search$", search),
    (r"^/calendar$", month),
    (r"^/houses$", houses),
    (r"^/findings$", findings),
    (r"^/gaps$", gaps),
)
