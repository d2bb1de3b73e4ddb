"""Review in the browser: what `circulars serve --reviewers FILE` adds to the site, for those who are signed in.

A published site has none of it: it holds no account and no route that writes. Whoever decides here writes through the same store
into the same log as at the command line, under the name of the account. A form is taken only from a page of this site (a token,
and what the browser says of where it comes from), from somebody whose account is there now, and only if what it is about is
still as it was shown.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import Request, Response
from pluggy import HookimplMarker

from ingest.errors import CircularError
from ingest.model import Span
from kb import posted, review, store
from kb.lives import Held
from kb.log import Entry
from kb.posted import Kind, Refused, Written
from kb.reviewed import Reviewed
from kb.signing import OPEN, SIGN_IN, form_of, from_this_site, refused, reviewer_of, sign_in, single
from kb.site.base import REVIEWABLE, knowledge_base, rows
from kb.site.interface import Interface, interface_of
from kb.site.marks import sentence_around
from kb.site.page import OBLIGATIONS, guarded, key_of, link_maker, missing, obligation, render
from kb.verdicts import Verdict

hookimpl = HookimplMarker("datasette")

Page = Callable[[Datasette, Request, Interface, str], Awaitable[Response]]


def for_reviewers(pattern: str, show: Page, write: Page | None = None) -> tuple[str, Callable[..., Any]]:
    """The route of a page that only reviewers see, and of its form, if it has one."""

    async def page(datasette: Datasette, request: Request) -> Response:
        interface = interface_of(datasette, request)
        if datasette not in OPEN:
            return await refused(datasette, request, interface, 404, "missing_page")
        who = reviewer_of(datasette, request)
        if who is None:
            return await refused(datasette, request, interface, 403, "review_forbidden")
        if request.method in ("GET", "HEAD"):
            return await show(datasette, request, interface, who)
        if request.method != "POST" or write is None:
            return await refused(datasette, request, interface, 405, "review_method")
        if not from_this_site(request):
            return await refused(datasette, request, interface, 403, "review_elsewhere")
        return await write(datasette, request, interface, who)

    return guarded(pattern, page)


# Pages ---------------------------------------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A fact in a list, and what a form says of it to show that it was seen so."""

    fact: Reviewed
    stamp: str


class Spot(NamedTuple):
    """Where a fact stands: its words inside their sentence, its row, and the same words read as other facts."""

    span: Span
    before: str
    after: str
    anchor: str | None
    near: tuple[Reviewed, ...]


RESTLESS = """
    select id, kind, state, number, circular, reading, decided_by, decided_at, quote, lang from reviewed_facts
    where reading = 'changed' or (reading = 'gone' and state <> 'rejected') group by id order by decided_at desc limit 100
"""
CHANGED = """
    select n.id, n.was, n.decided_by, n.decided_at, n.why, f.message, f.number, f."check" from findings_changed n
    join all_findings f on f.id = n.id group by n.id order by n.decided_at desc limit 100
"""
MOVED = """
    select id, status, due, decided_due, decided_by, decided_at, number, action, action_zh from all_obligations
    where id in (select subject from decisions where kind = 'obligation') and decided_due is not null order by decided_at desc limit 100
"""
LATEST = "select id, at, who, kind, subject, act, content from decisions order by id desc limit 50"
WRITTEN = "select * from decisions where id between :first and :last and who = :who order by id"


async def desk(datasette: Datasette, request: Request, interface: Interface, who: str) -> Response:
    """What was decided and no longer fits what is read now, what is open, and what was decided last."""
    database = await knowledge_base(datasette)
    return await render(
        datasette,
        request,
        interface,
        "review.html",
        restless=await rows(database, RESTLESS),
        changed=await rows(database, CHANGED),
        moved=await rows(database, MOVED),
        latest=[(row, json.loads(row["content"])) for row in await rows(database, LATEST)],
        who=who,
    )


async def list_facts(datasette: Datasette, request: Request, interface: Interface, who: str, wrong: Refused | None = None) -> Response:
    """All facts of a circular, those of its header too, to be accepted or rejected several at a time."""
    database, number = await knowledge_base(datasette), key_of(request)
    circular = await rows(database, "select * from circulars where id = :circular", circular=number)
    if not circular:
        return await missing(datasette, request, interface, "missing_circular", number)
    texts = await rows(database, "select id, lang from expressions where circular = :circular order by lang, id", circular=number)

    def listed() -> list[Seen]:
        with store.open_to_read(place_of(datasette)) as db:
            found = review.facts(db, [row["id"] for row in texts])
            return [Seen(one, posted.stamp(one, posted.decisions_on(db, "fact", one.id))) for one in found]

    every = await asyncio.to_thread(listed)
    kinds = list(dict.fromkeys(one.fact.kind for one in every))
    kind = request.args.get("kind") if request.args.get("kind") in kinds else None
    return await render(
        datasette,
        request,
        interface,
        "review_facts.html",
        status=wrong.status if wrong else 200,
        circular=circular[0],
        facts=[one for one in every if kind in (None, one.fact.kind)],
        kinds=kinds,
        kind=kind,
        langs=list(dict.fromkeys(row["lang"] for row in texts)),
        wrong=told(interface, wrong),
        written=await written(datasette, request, who),
    )


async def decide_several(datasette: Datasette, request: Request, interface: Interface, who: str) -> Response:
    try:
        form = await form_of(request)
        rows_written = await asyncio.to_thread(posted.decide_on_facts, place_of(datasette), form.get("fact", []), single(form), who)
    except CircularError as error:
        return await list_facts(datasette, request, interface, who, as_refusal(error))
    return back(datasette, request, rows_written)


async def show(
    datasette: Datasette,
    request: Request,
    interface: Interface,
    who: str,
    wrong: Refused | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    """One obligation, finding or fact: what it says, what was decided on it, and the form to decide."""
    kind: Kind = request.url_vars["kind"]
    name = request.url_vars["name"]

    def looked_up() -> tuple[Any, list[Entry], Spot | None]:
        with store.open_to_read(place_of(datasette)) as db:
            found = posted.thing(db, kind, name)
            return found, posted.decisions_on(db, kind, name), spot_of(db, found) if isinstance(found, Reviewed) else None

    try:
        found, log, spot = await asyncio.to_thread(looked_up)
    except Refused as error:
        return await render(datasette, request, interface, "missing.html", status=error.status, message=told(interface, error), why="")
    beside = BESIDE[kind](await knowledge_base(datasette), found, spot, interface.lang)
    return await render(
        datasette,
        request,
        interface,
        f"review_{kind}.html",
        status=wrong.status if wrong else 200,
        found=found,
        seen=posted.stamp(found, log),
        log=[(row, json.loads(row.content)) for row in reversed(log)],
        typed=typed or {},
        wrong=told(interface, wrong),
        written=await written(datasette, request, who),
        **await beside,
    )


async def beside_obligation(database: Database, found: Held, _: Spot | None, lang: str) -> dict[str, Any]:
    """An obligation in its words, and the owners that there are."""
    item = await rows(database, OBLIGATIONS + "where o.id = :name", name=found.id, lang=lang)
    return {"item": obligation(item[0]), "owners": [row["owner"] for row in await rows(database, OWNERS)]}


async def beside_finding(database: Database, found: Verdict, _: Spot | None, __: str) -> dict[str, Any]:
    """A finding with its circular, and others over the same words."""
    row = await rows(database, "select * from all_findings where id = :name limit 1", name=found.id)
    return {"row": row[0], "alike": await rows(database, OVERLAPPING, name=found.id)}


async def beside_fact(database: Database, found: Reviewed, spot: Spot | None, _: str) -> dict[str, Any]:
    """What of a fact may be corrected, where it stands, and what was found over its words."""
    circular = await rows(database, "select circular from expressions where id = :e", e=found.expression or -1)
    span = {"text": found.expression, "first": spot.span[0], "last": spot.span[1]} if spot else None
    return {
        "fields": posted.fields(found) if found.expression is not None and found.read is not None else [],
        "spot": spot,
        "circular": circular[0] if circular else None,
        "findings": await rows(database, TOUCHING, **span) if span else [],
    }


BESIDE: Mapping[Kind, Callable[..., Awaitable[dict[str, Any]]]] = {
    "obligation": beside_obligation,
    "finding": beside_finding,
    "fact": beside_fact,
}

OWNERS = "select distinct json_extract(content, '$.owner') as owner from decisions where act = 'assign' order by 1 limit 200"

OVERLAPPING = """
    select distinct v.id, v.message, v."check", v.state from findings f
    join findings n on n.id in (
        select id from findings where pair = f.pair union all
        select id from findings where f.pair is null and expression = f.expression and pair is null)
      and n.name <> f.name and n.level <> 'note'
      and (n.left_start < f.left_end and n.left_end > f.left_start or n.right_start < f.right_end and n.right_end > f.right_start)
    join all_findings v on v.id = n.name
    where f.name = :name order by v.state <> 'open', v.id limit 20
"""
"""Other findings over the same words: one cause is often told several times."""

TOUCHING = """
    select distinct v.id, v.message, v."check", v.state from findings f join all_findings v on v.id = f.name
    where f.level <> 'note' and f.state = 'open' and (
      f.expression = :text and (f.left_start < :last and f.left_end > :first
        or f.pair is null and f.right_start < :last and f.right_end > :first)
      or f.pair in (select id from pairs where "right" = :text) and f.right_start < :last and f.right_end > :first)
    order by v.id limit 20
"""
"""Open findings over the words of a fact: what a correction of it alone may leave."""


def spot_of(db: Any, found: Reviewed) -> Spot | None:
    """Where a fact stands in its text."""
    if found.expression is None:
        return None
    try:
        span = review.told_now(db, found)["span"]
    except CircularError:
        return None
    if span is None:
        return None
    start, end = span
    text = store.as_it_was_read(db, found.expression).text
    before, after = sentence_around(text[max(0, start - 400) : end + 400], min(start, 400), min(start, 400) + end - start)
    query = f"select id from [{found.kind}] where expression = ? and span_start = ? and span_end = ? order by id limit 1"  # noqa: S608 - a kind of ours
    row = db.execute(query, [found.expression, start, end]).fetchone()
    near = tuple(one for one in review.over(db, found.expression, span) if one.id != found.id)
    return Spot((start, end), before, after, f"{found.kind}-{row[0]}" if row else None, near)


async def decide(datasette: Datasette, request: Request, interface: Interface, who: str) -> Response:
    """Write what the form says, and show what holds now."""
    form: dict[str, str] = {}
    try:
        form = single(await form_of(request))
        done = await asyncio.to_thread(posted.decide, place_of(datasette), request.url_vars["kind"], request.url_vars["name"], form, who)
    except CircularError as error:
        return await show(datasette, request, interface, who, as_refusal(error), form)
    return back(datasette, request, done)


PLACE = "select expression, span_start, span_end, ordinal from [{}] where id = :row"


async def by_row(datasette: Datasette, request: Request, interface: Interface, _: str) -> Response:
    """The page of the fact that a row of the database holds."""
    kind, number = request.url_vars["kind"], key_of(request)
    found = await rows(await knowledge_base(datasette), PLACE.format(kind), row=number)

    def name() -> str | None:
        with store.open_to_read(place_of(datasette)) as db:
            return review.name_of_row(db, kind, number)

    named = await asyncio.to_thread(name) if found else None
    if named is None:
        return await missing(datasette, request, interface, "review_missing", number)
    return Response.redirect(link_maker(datasette, request)(f"/review/fact/{named}"))


def place_of(datasette: Datasette) -> Path:
    """Where the knowledge base lies."""
    return Path(next(database.path for name, database in datasette.databases.items() if not name.startswith("_") and database.path))


def as_refusal(error: CircularError) -> Refused:
    """Why a decision cannot be, as a page tells it; another's writing is no fault of the form."""
    if isinstance(error, Refused):
        return error
    if "locked" in str(error):
        return Refused("review_busy", 503)
    return Refused("review_cannot", why=str(error))


def told(interface: Interface, wrong: Refused | None) -> str | None:
    if wrong is None:
        return None
    return interface.say(wrong.key, **{name: interface.voice.message(value) for name, value in wrong.values.items()})


def back(datasette: Datasette, request: Request, done: Written) -> Response:
    """To the same page, which then shows what was written; loading it again sends nothing again."""
    asked = {name: value for name in ("lang", "kind") if (value := request.args.get(name))}
    return Response.redirect(f"{datasette.urls.path(request.path)}?{urlencode({**asked, 'row': done.first, 'to': done.last})}", status=303)


async def written(datasette: Datasette, request: Request, who: str) -> list[Any]:
    """The rows of the log that the last form wrote, if the address names any of this reviewer's."""
    first, last = request.args.get("row") or "", request.args.get("to") or ""
    if not (first.isdecimal() and last.isdecimal() and len(first + last) < 30):
        return []
    return list(await rows(await knowledge_base(datasette), WRITTEN, first=int(first), last=int(last), who=who))


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return routes()


def routes() -> list[tuple[str, Callable[..., Any]]]:
    """Every page of review; those with a form are the only ones of the site that write."""
    return [
        (rf"^{SIGN_IN}$", sign_in),
        for_reviewers(r"^/review$", desk),
        for_reviewers(r"^/review/circular/(?P<id>\d+)$", list_facts, decide_several),
        for_reviewers(rf"^/review/(?P<kind>{'|'.join(REVIEWABLE)})/(?P<id>\d+)$", by_row),
        for_reviewers(r"^/review/(?P<kind>obligation|finding|fact)/(?P<name>[\w.-]+)$", show, decide),
    ]
