"""What Datasette answers, and the sign-in of its plugin, in the frame and the languages of the other pages."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs

from datasette.app import Datasette
from datasette.utils import path_with_replaced_args
from datasette.utils.asgi import Request

from kb.site.interface import asked_language, interface_of
from kb.site.page import surroundings

FRAMED = {"database.html", "query.html", "table.html", "row.html", "password_login.html", "logout.html"}
"""The templates of ours that Datasette, or a plugin, fills."""

SIGNING = ("/-/login", "/-/logout")

LANGUAGE: ContextVar[str | None] = ContextVar("language", default=None)
"""The language that the address asks for, for cells: Datasette does not tell them what was asked."""


def note_language(scope: Mapping[str, Any]) -> None:
    """Keep what a request asks for where its cells find it."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    LANGUAGE.set(next((asked[name][0] for name in ("_lang", "lang") if asked.get(name, [""])[0] in ("en", "zh")), None))


def page_of_ours(datasette: Datasette, path: str) -> str:
    """The address of a page of ours, in the language that was asked for."""
    lang = LANGUAGE.get()
    return str(datasette.urls.path(path)) + (f"?lang={lang}" if lang else "")


def in_our_frame(datasette: Datasette, path: str) -> bool:
    """Whether a database, a table, a row, a query or the sign-in is asked for: their pages are ours, and run no script."""
    return path in SIGNING or path.split("/")[1].partition(".")[0] in datasette.databases


def frame(datasette: Datasette, request: Request | None, template: str, database: str | None) -> dict[str, Any]:
    """What our templates that Datasette fills need beyond what it gives them."""
    if request is None or template not in FRAMED:
        return {}
    interface = interface_of(datasette, request)
    databases: Mapping[str, Any] = datasette.metadata("databases") or {}
    described: Mapping[str, Any] = databases.get(database or "", {}).get("tables", {})
    places = {name: place for place, name in enumerate(described)}
    other = "en" if interface.lang == "zh" else "zh"
    return {
        **surroundings(datasette, request, interface),
        "described": described,
        "as_described": lambda listed: sorted(listed, key=lambda one: places.get(one["name"], len(places))),
        "in_other_language": datasette.urls.path(path_with_replaced_args(request, {"_lang": other})),
        "same_with": lambda **changes: datasette.urls.path(path_with_replaced_args(request, {"_next": None, **changes})),
        "chosen_language": asked_language(request),
    }
