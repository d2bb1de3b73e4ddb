"""Circulars, or facts of one kind, by their words."""

from __future__ import annotations

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from kb.search import COMMON, IS_COMMON, KINDS, Hit, hits, newest, statement
from kb.site.base import knowledge_base, rows
from kb.site.interface import interface_of, to_day
from kb.site.page import PAGE, choices, count_from, one_of, render, text
from kb.terms import question

LONGEST = 500
"""So much of a question is read."""


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
        common = not kind and (await rows(database, IS_COMMON, match=wanted.match, common=COMMON))[0][0]
        query = newest(any(narrowed.values())) if common else statement(kind or None)
        answer: list[Any] = await rows(database, query, match=wanted.match, limit=PAGE, offset=(page - 1) * PAGE, **narrowed)
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
        **await choices(database, interface.lang),
    )
