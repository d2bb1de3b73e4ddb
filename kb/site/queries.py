"""The named queries: what an analyst asks most, with its choices and its answer in the reader's language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from sqlite3 import Row
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from markupsafe import Markup

from kb.site.base import CHECKS, kept_rows, knowledge_base, rows
from kb.site.interface import Interface, interface_of, to_day
from kb.site.page import choices, link_maker, render, text

CONTACTS = ("tel", "fax", "email", "url", "person", "address")

MOST_ROWS = 2000
"""So many rows are shown on a page, whatever `limit` says; CSV has them all."""

TERMS = {
    **{name: name for name in ("modality", "level", "lang", "state", "reading", "change", "half")},
    "relation": "citation",
}
"""Columns that hold a word of a closed vocabulary, and which one."""

DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[\d:]+Z)?")

LINKS = {"circular": "/circular/{}", "newer_circular": "/circular/{}", "pair": "/pair/{}", "expression": "/expression/{}"}
"""Columns that hold keys, and the page of such a key."""


def named(datasette: Datasette) -> dict[str, Mapping[str, Any]]:
    """The named queries of all databases, by their names."""
    databases: Mapping[str, Any] = datasette.metadata("databases") or {}
    return {name: query for database in databases.values() for name, query in database.get("queries", {}).items()}


def pattern(datasette: Datasette) -> str:
    """The addresses of the named queries; what ends in `.json` or `.csv` stays Datasette's."""
    return rf"^/(?P<database>[^/]+)/(?P<name>{'|'.join(sorted(named(datasette))) or '(?!)'})$"


def parties_in(value: str) -> list[str]:
    """The parties of a row, which some queries give as JSON and others as words."""
    return list(map(str, json.loads(value))) if value.startswith("[") else value.split(", ")


OTHERS: Mapping[str, Callable[[Interface, str], str]] = {
    "kind": lambda interface, value: interface.words.get(f"contact_{value}") or interface.term("kind", value),
    "check": Interface.check,
    "conflict": lambda interface, value: interface.voice.disagreement(value),
    "message": Interface.message,
    "what": Interface.message,
    "missing": lambda interface, value: interface.term("lang", "zh-Hant" if value == "zh" else value) if value in ("en", "zh") else value,
    "why": Interface.message,
    "value": Interface.fact,
    "read_now": Interface.fact,
    **dict.fromkeys(("left_value", "right_value", "before", "after"), Interface.value),
    "bearer": lambda interface, value: ", ".join(interface.parties(parties_in(value))),
}
"""Columns that are told in words of the page."""


def shown(column: str, row: Row, interface: Interface, link: Callable[..., str]) -> object:
    """What a cell shows: days, words of ours and messages as the language has them, keys as links, all else as it stands."""
    value = row[column]
    if value is None:
        return ""
    if column in LINKS:
        return Markup('<a href="{}">{}</a>').format(link(LINKS[column].format(value)), interface.say("open_page"))
    if not isinstance(value, str):
        return value
    if day := DAY.fullmatch(value):
        return interface.weekday(day[1])
    if column in TERMS:
        return interface.term(TERMS[column], value)
    return OTHERS[column](interface, value) if column in OTHERS else value


def sensible(param: str, typed: str) -> str:
    """What is typed for a parameter; nothing where it is no day, month or number and should be one."""
    if param in ("on", "since"):
        return typed if to_day(typed) else ""
    if param == "month":
        return typed if to_day(f"{typed}-01") else ""
    return "" if param == "days" and not re.fullmatch(r"\d{1,4}", typed, re.ASCII) else typed


def most(typed: str) -> int:
    """How many rows are asked for: as many as `limit` says, up to `MOST_ROWS`; 200 where it says nothing."""
    return min(int(typed), MOST_ROWS) if typed.isascii() and typed.isdigit() and int(typed) else 200


async def query(datasette: Datasette, request: Request) -> Response:
    """A named query: what it tells, its choices, and its rows."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    name, actor = request.url_vars["name"], request.actor
    await datasette.ensure_permissions(actor, [("view-query", (database.name, name)), ("view-database", database.name), "view-instance"])
    found = named(datasette)[name]
    asked = {param: sensible(param, text(request, param)) for param in found["params"] if param not in ("limit", "lang")}
    limit = most(text(request, "limit"))
    values = {**asked, "limit": str(limit), "lang": interface.lang}
    listed = await (kept_rows if limit == 200 else rows)(database, found["sql"], **{param: values[param] for param in found["params"]})
    columns, link = listed[0].keys() if listed else (), link_maker(datasette, request)
    return await render(
        datasette,
        request,
        interface,
        "named_query.html",
        name=name,
        query=found,
        columns=columns,
        listed=[[shown(column, row, interface, link) for column in columns] for row in listed],
        limit=limit,
        chosen=asked,
        options={
            "kind": [(kind, interface.term("contact", kind)) for kind in CONTACTS],
            "check": [(row["name"], interface.check(row["name"])) for row in await kept_rows(database, CHECKS)],
        },
        address=lambda **changes: {key: value for key, value in {**asked, **changes}.items() if value},
        **await choices(database, interface.lang),
    )
