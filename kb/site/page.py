"""What every page needs: what its address asks for, an obligation in its words, links, and the answer with its policy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from sqlite3 import Row
from typing import Any, NamedTuple
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.utils import async_call_with_supported_arguments
from datasette.utils.asgi import Request, Response
from jinja2 import Environment

from kb.site.base import HOUSES, PARTIES, REVIEWABLE, found_knowledge_base, kept_rows, knowledge_base
from kb.site.interface import Interface, asked_language, to_day
from kb.site.marks import sentence_around

PAGE = 20
"""So many hits or findings on a page."""

PICTURES = "kb.pictures"
"""The plugin that draws pages of files, where there is one: a published site has none."""

REVIEWING = "kb.reviewing"
"""The plugin that lets reviewers decide, where there is one: a published site has none."""

SIGN_IN = "/-/login"
"""Where datasette-auth-passwords asks for the password."""

DOORS: WeakKeyDictionary[Datasette, str] = WeakKeyDictionary()
"""Where a site of which nobody told Datasette asks for the password: one with reviewers."""

OWN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)


def guarded(pattern: str, view: Callable[..., Any]) -> tuple[str, Callable[..., Any]]:
    """The route of a page that only those see who may see the knowledge base."""

    async def page(datasette: Datasette, request: Request, send: Any) -> Any:
        database = await found_knowledge_base(datasette)
        asked = ["view-instance"] if database is None else [("view-database", database.name), "view-instance"]
        await datasette.ensure_permissions(request.actor, asked)
        return await async_call_with_supported_arguments(view, datasette=datasette, request=request, send=send)

    return pattern, page


def text(request: Request, name: str) -> str:
    """A parameter of the address, without white space around it."""
    return (request.args.get(name) or "").strip()


def one_of(request: Request, name: str, known: Iterable[str]) -> str:
    """A parameter that is one of these words, else nothing."""
    value = text(request, name)
    return value if value in known else ""


async def choices(database: Database, lang: str) -> dict[str, Any]:
    """What the lists of houses and parties offer."""
    return {"houses": await kept_rows(database, HOUSES), "parties": await kept_rows(database, PARTIES, lang=lang)}


def count_from(request: Request, name: str, most: int = 10_000) -> int:
    """A parameter that counts from 1; 1 for what makes no sense."""
    value = request.args.get(name) or ""
    return min(max(int(value), 1), most) if re.fullmatch(r"\d{1,6}", value, re.ASCII) else 1


def key_of(request: Request) -> int:
    """The key in the address; one that SQLite cannot hold is as good as none."""
    number = int(request.url_vars["id"])
    return number if number < 2**63 else -1


def texts(value: str | None) -> tuple[str, ...]:
    """A column that holds a JSON list of strings, or one string."""
    try:
        found = json.loads(value or "[]")
    except ValueError:
        return (value or "",)
    return tuple(map(str, found)) if isinstance(found, list) else (str(found),)


async def missing(datasette: Datasette, request: Request, interface: Interface, key: str, number: int) -> Response:
    message = interface.say(key, id=request.url_vars["id"] if number < 0 else number)
    return await render(datasette, request, interface, "missing.html", status=404, message=message)


class Obligation(NamedTuple):
    """An obligation with its words as printed: the quote of its earliest deadline inside its sentence."""

    row: Row
    bearer: tuple[str, ...]
    before: str
    quote: str | None
    after: str


def obligation(row: Row) -> Obligation:
    bearer = tuple(json.loads(row["bearer"] or "[]"))
    if row["quote"] is None:
        return Obligation(row, bearer, "", None, "")
    start = row["quote_start"]
    before, after = sentence_around(row["around"], start, start + len(row["quote"]))
    return Obligation(row, bearer, before, row["quote"], after)


OBLIGATIONS = """
    select o.*, (select v.conflict_decided from all_obligations v where v.id = o.id) as conflict_decided,
      c.issuer, c.number, c.title_en, c.title_zh, h.name_en, h.name_zh, w.number as withdrawn_by,
      d.id as deadline, d.quote, e.lang, min(d.span_start, 400) as quote_start,
      substr(e.text, max(d.span_start - 400, 0) + 1, min(d.span_start, 400) + length(d.quote) + 400) as around,
      (select count(*) from obligation_deadlines m where m.obligation = o.id) as members,
      (select n.consequence from obligation_deadlines m join deadlines n on n.id = m.deadline join expressions x on x.id = n.expression
        where o.consequence is not null and m.obligation = o.id and n.consequence is not null and substr(x.lang, 1, 2) = :lang
        order by m.governs desc, m.ordinal limit 1) as consequence_here
    from obligations o
    join circulars c on c.id = o.circular
    left join circulars w on w.id = o.withdrawn
    left join houses h on h.code = c.issuer
    left join deadlines d on d.id = (
      select n.id from obligation_deadlines m join deadlines n on n.id = m.deadline join expressions x on x.id = n.expression
      where m.obligation = o.id
      order by m.governs desc, substr(x.lang, 1, 2) <> :lang, m.ordinal limit 1)
    left join expressions e on e.id = d.expression
"""


MOST_BANDS = 50
"""So many entries of timetables are drawn as bands; further links lead to the rest."""


class Band(NamedTuple):
    """An entry of a timetable and the part of the shown days that it takes, in per cent from the left."""

    row: Row
    left: float
    width: float


def band(row: Row, start: date, end: date) -> Band:
    """Where an entry lies between two days; what reaches out of them is cut."""
    first, last = max(to_day(row["start"]) or start, start), min(to_day(row["end"]) or end, end)
    share = 100 / ((end - start).days + 1)
    return Band(row, round((first - start).days * share, 2), round(((last - first).days + 1) * share, 2))


def safe_target(kind: str, value: str) -> str | None:
    """Where a click on a contact leads; None for what is not plainly a number, an address or a web page."""
    if kind == "tel" and re.fullmatch(r"\+?\d{3,15}", value):
        return f"tel:{value}"
    if kind == "email" and re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", value, re.ASCII):
        return f"mailto:{value}"
    if kind == "url" and re.match(r"https?://[^\s/]", value):
        return value
    return None


def link_maker(datasette: Datasette, request: Request) -> Callable[..., str]:
    """A function that makes links inside the site; a language that was asked for in the address stays asked for."""
    lang = asked_language(request)

    def link(path: str, **query: str) -> str:
        query = {"lang": lang, **query} if lang else query
        return str(datasette.urls.path(path)) + (f"?{urlencode(query)}" if query else "")

    return link


def surroundings(datasette: Datasette, request: Request, interface: Interface) -> dict[str, Any]:
    """What the frame of every page needs, ours and Datasette's: the words, the way to the other pages, and who publishes."""
    return {
        "t": interface,
        "link": link_maker(datasette, request),
        "keep": lambda url: kept_language(str(url), asked_language(request)),
        "asked_of": lambda **asked: {name: value for name, value in asked.items() if value},
        "here": request.path,
        "site": datasette.metadata(),
        "actor": request.actor,
        "sign_in": SIGN_IN if datasette.plugin_config("datasette-auth-passwords") else DOORS.get(datasette),
        "signed_in": bool(request.actor) and "ds_actor" in request.cookies,
        "reviewer": pm.has_plugin(REVIEWING) and bool(request.actor) and "reviews" in request.actor,
        "sign_in_asked": {"next": request.full_path} if datasette in DOORS and request.method == "GET" else {},
        "csrftoken": request.scope.get("csrftoken", str),
    }


def kept_language(url: str, lang: str | None) -> str:
    """The address of one of Datasette's own pages, whose language stays the one that was asked for."""
    return f"{url}{'&' if '?' in url else '?'}_lang={lang}" if lang else url


@lru_cache(maxsize=4)
def plain(environment: Environment) -> Environment:
    """The same templates without waiting: ours wait for nothing, and asking at every value whether to takes half of the time."""
    return environment.overlay(enable_async=False)


async def render(
    datasette: Datasette, request: Request, interface: Interface, template: str, status: int = 200, **context: object
) -> Response:
    """A page of ours: no script, no style but the stylesheet, nothing from elsewhere."""
    own = {
        **surroundings(datasette, request, interface),
        "safe_target": safe_target,
        "asked": request.args,
        "reviewable": REVIEWABLE,
        "pictures": pm.has_plugin(PICTURES),
        "database": (await knowledge_base(datasette)).name,
        "urls": datasette.urls,
    }
    html = plain(datasette.jinja_env).get_template(template).render(**own, **context)
    headers = {"content-security-policy": OWN_POLICY, "content-language": interface.tag, "vary": "Accept-Language"}
    return Response.html(html, status=status, headers=headers)
