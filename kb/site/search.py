"""Circulars, or facts of one kind, by their words; without words those that are chosen by house, party or day, the newest first."""

from __future__ import annotations

from itertools import groupby
from sqlite3 import Row
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from kb.search import COMMON, CONDITIONS, IS_COMMON, KINDS, Hit, hits, newest, statement
from kb.site.base import kept_rows, knowledge_base, rows
from kb.site.interface import interface_of, to_day
from kb.site.page import PAGE, choices, count_from, one_of, render, text
from kb.terms import question

ALL = f"""
    select c.*, h.name_en, h.name_zh, (select group_concat(x.lang, ' ') from expressions x where x.circular = c.id) as langs
    from circulars c left join houses h on h.code = c.issuer where {CONDITIONS}
    order by c.issued desc, c.id desc limit :limit offset :offset
"""  # noqa: S608 - both parts are ours
HERE = """
    select c.issuer, h.name_en, h.name_zh, substr(c.issued, 1, 4) as year, count(*) as circulars
    from circulars c left join houses h on h.code = c.issuer group by c.issuer, year order by c.issuer is null, c.issuer, year desc
"""
"""What can be chosen where nothing is: the houses, and the years in which each wrote."""

COUNT_ALL = f"select count(*) from circulars c where {CONDITIONS}"  # noqa: S608 - both parts are ours

LONGEST = 500
"""So much of a question is read."""


async def search(datasette: Datasette, request: Request) -> Response:
    """Circulars, or facts of one kind, by their words, or as they are chosen; who asks for nothing is shown what there is to choose."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    typed, kind, page = text(request, "q")[:LONGEST], one_of(request, "in", KINDS), count_from(request, "page")
    days = {name: text(request, name) if to_day(text(request, name)) else "" for name in ("since", "until")}
    asked = {"q": typed, "in": kind, "house": text(request, "house"), "party": text(request, "party"), **days}
    narrowed = {name: asked[name] or None for name in ("house", "party", "since", "until")}
    place = {"limit": PAGE, "offset": (page - 1) * PAGE}
    found: list[Hit] = []
    listed: list[Row] = []
    here: list[Row] = []
    total = 0
    if typed:
        wanted = question(typed)
        common = not kind and (await rows(database, IS_COMMON, match=wanted.match, common=COMMON))[0][0]
        query = newest(any(narrowed.values())) if common else statement(kind or None)
        answer: list[Any] = await rows(database, query, match=wanted.match, **place, **narrowed)
        found, total = hits(answer, wanted.terms), answer[0]["total"] if answer else 0
    elif not any(narrowed.values()):
        here = await kept_rows(database, HERE)
    else:
        listed, total = await rows(database, ALL, **place, **narrowed), (await kept_rows(database, COUNT_ALL, **narrowed))[0][0]
    return await render(
        datasette,
        request,
        interface,
        "search.html",
        typed=typed,
        kind=kind,
        kinds=KINDS,
        found=found,
        listed=listed,
        houses_here={code: list(years) for code, years in groupby(here, key=lambda row: row["issuer"])},
        total=total,
        page=page,
        pages=-(-total // PAGE),
        query=lambda **changes: {name: str(value) for name, value in {**asked, **changes}.items() if value},
        chosen=asked,
        **await choices(database, interface.lang),
    )
