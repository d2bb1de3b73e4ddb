"""What is here by house and year, and what seems to be missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from kb.site.base import kept_rows, knowledge_base
from kb.site.interface import interface_of
from kb.site.page import render, text

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


GAPS: Mapping[str, str] = {"numbers": NUMBERS, "halves": HALVES, "dangling": DANGLING}


async def gaps(datasette: Datasette, request: Request) -> Response:
    """What is here by house and year, and what seems to be missing: numbers, languages, siblings, cited circulars."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    house = text(request, "house")
    asked: dict[str, Any] = {name: await kept_rows(database, sql, house=house) for name, sql in GAPS.items()}
    return await render(datasette, request, interface, "gaps.html", house=house, coverage=await kept_rows(database, COVERAGE), **asked)
