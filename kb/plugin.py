"""The pages of the knowledge base hung into Datasette, and what makes them safe to put on a network.

The pages (`kb.site`) read SQL and column names, and of the project only how words are searched (`kb.terms`) and what findings say
(`kb.saying`), so that a published site needs these files, the templates and the stylesheet only. Everything that comes from a
circular is untrusted: it is escaped, and the pages run no script.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils.asgi import Request, Response
from markupsafe import Markup
from pluggy import HookimplMarker

from kb.site.api import routes as api
from kb.site.calendar import month
from kb.site.circular import circular, expression
from kb.site.data import frame, in_our_frame, note_language, page_of_ours
from kb.site.feeds import routes as feeds
from kb.site.findings import findings
from kb.site.gaps import gaps
from kb.site.home import home
from kb.site.houses import houses
from kb.site.overview import overview
from kb.site.page import OWN_POLICY, guarded
from kb.site.pair import pair
from kb.site.quality import quality
from kb.site.queries import pattern, query
from kb.site.refusals import Refusal, refusal, refused
from kb.site.search import search
from kb.site.sheets import as_workbook, for_excel
from kb.terms import question

hookimpl = HookimplMarker("datasette")

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
)

# Templates of Datasette that hold a script of their own; everything else in its pages comes from files.
DATASETTE_SCRIPTS = ("_close_open_menus.html",)


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    env.filters["from_json"] = json.loads


@hookimpl(trylast=True)
def prepare_connection(conn: Any) -> None:
    """Datasette's own search boxes cut what is typed as the indexes are cut; last, so that it stands for Datasette's function."""
    conn.create_function("escape_fts", 1, lambda typed: question(typed or "").match)


@hookimpl
def register_output_renderer() -> dict[str, Any]:
    return {"extension": "xlsx", "render": as_workbook}


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None, template: str, database: str | None) -> dict[str, Any]:
    return frame(datasette, request, template, database)


@hookimpl
def forbidden(datasette: Datasette, request: Request, message: str) -> Callable[[], Any]:
    async def told() -> Any:
        return await refused(datasette, request, Refusal(403, "forbidden", message)) or Response.text(message, status=403)

    return told


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Any]]]:
    return [
        guarded(r"^/(?P<format>)$", home),
        guarded(r"^/circular/(?P<id>\d+)$", circular),
        guarded(r"^/expression/(?P<id>\d+)$", expression),
        guarded(r"^/pair/(?P<id>\d+)$", pair),
        guarded(r"^/search$", search),
        guarded(r"^/calendar$", month),
        guarded(r"^/houses$", houses),
        guarded(r"^/findings$", findings),
        guarded(r"^/gaps$", gaps),
        guarded(r"^/overview$", overview),
        guarded(r"^/quality$", quality),
        guarded(pattern(datasette), query),
        *(guarded(*route) for route in (*feeds(), *api())),
    ]


@hookimpl(tryfirst=True)
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Any] | None:
    """What is not here or cannot be asked is told by us, faults of the program by Datasette."""
    told = refusal(exception)
    return None if told is None else lambda: refused(datasette, request, told)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """Every answer says what a browser may do with it; a page of ours has already said so more strictly."""
    # Datasette would print every page that it refuses with all its variables, which takes a second, and fail where it cannot.
    pm.get_plugin("datasette.handle_exception").rich = None
    policy = datasette_policy(datasette)

    def wrap(app: Any) -> Any:
        async def secured(scope: Any, receive: Any, send: Any) -> None:
            async def send_secured(message: Any) -> None:
                if message["type"] == "http.response.start":
                    headers = secure(message.get("headers", []), OWN_POLICY.encode() if framed else policy)
                    headers += [(b"vary", b"Accept-Language")] if framed and not any(name.lower() == b"vary" for name, _ in headers) else []
                    message = {**message, "headers": personal(headers) if known(scope) else headers}
                await send(message)

            note_language(scope)
            framed = in_our_frame(datasette, str(scope.get("path", "/")))
            await app(await lean(datasette, scope), receive, for_excel(send_secured) if wants_excel(scope) else send_secured)

        return secured

    return wrap


JSON_OF_A_TABLE = re.compile(r"/(?P<database>[^/]+)/(?P<table>[^/]+)\.json")


async def lean(datasette: Datasette, scope: Any) -> Any:
    """A program that asks for rows gets no facets, and of a view no count, unless it asks for them: each reads the table through."""
    found = JSON_OF_A_TABLE.fullmatch(scope["path"]) if scope["type"] == "http" else None
    if found is None or found["database"] not in datasette.databases:
        return scope
    asked = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    added = [] if any(name.startswith(("_facet", "_nofacet")) for name in asked) else [b"_nofacet=1"]
    if not {"_nocount", "_search"} & asked.keys() and found["table"] in await datasette.databases[found["database"]].view_names():
        added.append(b"_nocount=1")
    return {**scope, "query_string": b"&".join(filter(None, [scope["query_string"], *added]))}


def secure(headers: Iterable[tuple[bytes, bytes]], policy: bytes) -> list[tuple[bytes, bytes]]:
    found = list(headers)
    present = {name.lower() for name, _ in found}
    return found + [pair for pair in ((b"content-security-policy", policy), *SECURITY_HEADERS) if pair[0] not in present]


def wants_excel(scope: Any) -> bool:
    """Whether CSV is asked for as Excel wants it."""
    return str(scope.get("path", "")).endswith(".csv") and b"_bom=1" in scope.get("query_string", b"").split(b"&")


def known(scope: Any) -> bool:
    """Whether a request says who asks, to Datasette or to a proxy in front of it."""
    return any(name == b"authorization" or (name == b"cookie" and b"ds_actor=" in value) for name, value in scope.get("headers", []))


def personal(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer for somebody who is signed in, which nobody between may keep for others."""
    return [pair for pair in headers if pair[0].lower() != b"cache-control"] + [(b"cache-control", b"private, no-store")]


def datasette_policy(datasette: Datasette) -> bytes:
    """The policy for Datasette's own pages: of inline scripts those that Datasette ships, known by their hashes."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts(datasette))
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ).encode()


def scripts(datasette: Datasette) -> Iterator[str]:
    """The inline scripts of Datasette's templates."""
    for name in DATASETTE_SCRIPTS:
        source, _, _ = datasette.jinja_env.loader.get_source(datasette.jinja_env, name)
        yield from re.findall(r"<script>(.*?)</script>", source, re.DOTALL)


KEY_COLUMNS = {
    "circular": "/circular/{}",
    "pair": "/pair/{}",
    "expression": "/expression/{}",
    "left": "/expression/{}",
    "right": "/expression/{}",
}
LIST_COLUMNS = ("bearer", "other_numbers", "rows", "merged", "evidence")


@hookimpl
def render_cell(value: Any, column: str, datasette: Datasette) -> Markup | str | None:
    """Keys of circulars, expressions and pairs lead to their pages; JSON lists read as text."""
    key = value.get("value") if isinstance(value, dict) else value
    if column in KEY_COLUMNS and isinstance(key, int):
        label = value.get("label") or key if isinstance(value, dict) else key
        return Markup('<a href="{}">{}</a>').format(page_of_ours(datasette, KEY_COLUMNS[column].format(key)), label)
    if column in LIST_COLUMNS and isinstance(value, str) and value.startswith("["):
        return listed(value)
    return None


def listed(value: str) -> str | None:
    """A JSON list as a line, a list of lists as a line each; None for what only looks like one."""
    try:
        items = json.loads(value)
    except ValueError:
        return None
    lines = [" | ".join(map(str, item)) if isinstance(item, list) else str(item) for item in items]
    return ("\n" if any(isinstance(item, list) for item in items) else ", ").join(lines) or "–"
