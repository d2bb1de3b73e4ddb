"""What is due, day by day, with the entries of timetables, what does not agree, and what is new."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from sqlite3 import Row
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from datasette.views.index import IndexView

from kb import clock
from kb.site.base import ENTRIES_OF_DAYS, found_knowledge_base, kept_rows, rows
from kb.site.interface import interface_of, to_day
from kb.site.page import MOST_BANDS, OBLIGATIONS, Obligation, band, choices, count_from, obligation, render

DAYS = 30
MAX_DAYS = 3660
ON_A_PAGE = 100
"""So many obligations on one page; the days go on on the next."""


OPEN_ONES = """
    where o.status = 'open' and o.withdrawn is null and (:house = '' or c.issuer = :house)
      and (:party = '' or exists (select 1 from json_each(o.bearer) where value = :party))
"""

WITH_CIRCULAR = "from obligations o join circulars c on c.id = o.circular" + OPEN_ONES
FROM_THE_NEWEST = "from circulars c cross join obligations o on o.circular = c.id" + OPEN_ONES
IN_DAYS = WITH_CIRCULAR + "and o.due between :start and :end"
COUNT_DUE = "select count(*) " + IN_DAYS


def few(chosen: str, order: str) -> str:
    """The query for a few obligations: first which ones, then all that is shown of them, so that nothing is looked up in vain."""
    return f"{OBLIGATIONS} where o.id in (select o.id {chosen} order by {order} limit :limit offset :offset) order by {order}"


DUE = few(IN_DAYS, "o.due, o.time is null, o.time, c.issuer, o.id")
UNDATED = few(FROM_THE_NEWEST + "and o.due is null", "c.issued desc, c.id desc, o.id")


NEIGHBOURS = f"""
    select (select o.due {WITH_CIRCULAR} and o.due < :start order by o.due desc limit 1) as last,
      (select o.due {WITH_CIRCULAR} and o.due > :end order by o.due limit 1) as next
"""

PERIODS = f"""
    with {ENTRIES_OF_DAYS}, first_ones as materialized (
      select *, count(*) over () as of_all from told order by coalesce(start, "end"), "end", circular, id limit :most_bands
    )
    select v.id, v.start, v."end", v.time, v.end_time, v.title, v.quote, v.expression,
      c.id as circular, c.issuer, c.number, c.title_en, c.title_zh, h.name_en, h.name_zh, e.lang, n.of_all
    from first_ones n cross join events v on v.id = n.id
    join expressions e on e.id = v.expression
    join circulars c on c.id = n.circular
    left join houses h on h.code = n.issuer
    order by coalesce(v.start, v."end"), v."end", c.id, v.ordinal
"""  # noqa: S608 - both parts are ours

OPEN_FINDINGS = """
    with told as materialized (
      select pair, min(expression) as expression, sum(level = 'error') as errors, sum(level = 'warning') as warnings
      from findings where state = 'open' and level <> 'note' and pair is not null group by pair
      union all
      select null, expression, sum(level = 'error'), sum(level = 'warning')
      from findings where state = 'open' and level <> 'note' and pair is null group by expression
    )
    select f.pair, p.relation, e.circular, l.title_en, l.title_zh, l.number, l.issuer, e.lang,
      oe.circular as other, r.title_en as other_title_en, r.title_zh as other_title_zh,
      r.number as other_number, r.issuer as other_issuer, oe.lang as other_lang,
      f.errors, f.warnings
    from told f
    join expressions e on e.id = f.expression
    join circulars l on l.id = e.circular
    left join pairs p on p.id = f.pair
    left join expressions oe on oe.id = p."right"
    left join circulars r on r.id = oe.circular
    where :house = '' or :house in (l.issuer, r.issuer)
    order by f.errors desc, f.warnings desc, l.issued desc, f.pair limit 12
"""

NEWEST = """
    select c.*, h.name_en, h.name_zh,
      (select group_concat(x.lang, ' ') from expressions x where x.circular = c.id) as langs
    from circulars c left join houses h on h.code = c.issuer
    where :house = '' or c.issuer = :house
    order by c.issued desc, c.id desc limit 12
"""


class Filters(NamedTuple):
    """What the home page is asked for. `rejected` names the parameters that made no sense."""

    on: date
    days: int = DAYS
    house: str = ""
    party: str = ""
    rejected: tuple[str, ...] = ()

    @property
    def end(self) -> date:
        return self.on + timedelta(days=self.days)

    @property
    def before(self) -> date:
        """The first of as many days before these."""
        return self.on - timedelta(days=self.days + 1)

    @property
    def after(self) -> date:
        return self.end + timedelta(days=1)

    def query(self, **changes: object) -> dict[str, str]:
        """The parameters of a link to the same page, with changes."""
        values = {"on": self.on.isoformat(), "days": self.days, "house": self.house, "party": self.party, **changes}
        return {key: str(value) for key, value in values.items() if value not in ("", None)}


def filters_of(request: Request, today: date) -> Filters:
    """The filters of the address; a value that makes no sense is left out and named."""
    rejected = []
    on, days = request.args.get("on") or "", request.args.get("days") or ""
    start = to_day(on)
    if on and (start is None or not 1900 < start.year < 2200):
        rejected.append("on")
        start = None
    if days and not (re.fullmatch(r"\d{1,4}", days, re.ASCII) and int(days) <= MAX_DAYS):
        rejected.append("days")
        days = ""
    house, party = request.args.get("house") or "", request.args.get("party") or ""
    return Filters(start or today, int(days or DAYS), house, party, tuple(rejected))


def by_day(found: Iterable[Row]) -> dict[str, list[Obligation]]:
    days: dict[str, list[Obligation]] = {}
    for row in found:
        days.setdefault(row["due"], []).append(obligation(row))
    return days


async def home(datasette: Datasette, request: Request, send: Any) -> Response:
    """What is due, on the timetables, in disagreement, and new; without a knowledge base Datasette's own first page."""
    database = await found_knowledge_base(datasette)
    if database is None:
        return await IndexView.as_view(datasette)(request, send)
    interface = interface_of(datasette, request)
    today = clock.today()
    filters = filters_of(request, today)
    asked = {"start": filters.on.isoformat(), "end": filters.end.isoformat(), "house": filters.house, "party": filters.party}
    asked["lang"] = interface.lang
    count = (await rows(database, COUNT_DUE, **asked))[0][0]
    page, pages = count_from(request, "page"), max(1, -(-count // ON_A_PAGE))
    periods = await rows(database, PERIODS, **asked, most_bands=MOST_BANDS)
    due = await rows(database, DUE, **asked, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
    return await render(
        datasette,
        request,
        interface,
        "home.html",
        today=today,
        filters=filters,
        days=by_day(due),
        count=count,
        page=page,
        pages=pages,
        neighbours=(await rows(database, NEIGHBOURS, **asked))[0],
        undated=[obligation(row) for row in await rows(database, UNDATED, **asked, limit=50, offset=0)],
        periods=[band(row, filters.on, filters.end) for row in periods],
        more_periods=periods[0]["of_all"] - len(periods) if periods else 0,
        findings=await kept_rows(database, OPEN_FINDINGS, house=filters.house),
        newest=await rows(database, NEWEST, house=filters.house),
        **await choices(database, interface.lang),
    )
