"""What other people's tools fetch again and again: obligations as a calendar, and what is new as Atom (RFC 4287)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from sqlite3 import Row
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from feedgenerator import Atom1Feed
from markupsafe import escape

from kb import clock
from kb.ical import calendar
from kb.search import CONDITIONS
from kb.site.base import kept_rows, knowledge_base, rows
from kb.site.interface import Interface, interface_of, to_day
from kb.site.page import OWN_POLICY, link_maker, text
from kb.terms import question

PAST = timedelta(days=90)
"""So long ago an obligation may have been due and still be in a calendar that names no first day."""

MOST_ENTRIES = 5_000
"""So many entries of a calendar are written; the last one says that there are more."""

NEWEST = 50
"""So many entries has a feed."""

ENTRIES = """
    select k.* from calendar_entries k
    where k.due >= :since and (:house = '' or k.house = :house)
      and (:party = '' or k.obligation in (select b.id from obligations b, json_each(b.bearer) where value = :party))
      and (:match = '' or k.obligation in (
        select b.id from obligations b join expressions e on e.circular = b.circular
        where e.id in (select rowid from expressions_fts where expressions_fts match :match)))
    order by k.due, k.time, k.uid limit :limit
"""

KNOWN_HOUSE = "select code from houses where code = :house collate nocase"

CIRCULARS = f"""
    select c.id as circular, c.issuer, c.number, c.title_en, c.title_zh, c.issued, max(s.added) as added, min(s.sha256) as source
    from circulars c join expressions e on e.circular = c.id join sources s on s.sha256 = e.source
    where {CONDITIONS} and (:match is null or e.id in (select rowid from expressions_fts where expressions_fts match :match))
    group by c.id order by added desc, c.issued desc, c.id desc limit :limit
"""  # noqa: S608 - both parts are ours

CHANGES = """
    select v.*, c.title_en, c.title_zh, c.issuer from changes v left join circulars c on c.id = v.circular
    where v.change in ('moved', 'firmed', 'withdrawn') and (:house is null or v.house = :house)
    order by v.day desc, v.circular desc limit :limit
"""

FINDINGS = """
    select f.name, f.level, f."check", f.message, f.pair, f.left_value, f.right_value, f.left_quote, f.right_quote,
      max(s.added, coalesce(r.added, s.added)) as added, c.id as circular, c.issuer, c.number, c.title_en, c.title_zh
    from findings f join expressions e on e.id = f.expression join circulars c on c.id = e.circular join sources s on s.sha256 = e.source
    left join pairs p on p.id = f.pair left join expressions x on x.id = p."right" left join sources r on r.sha256 = x.source
    left join circulars d on d.id = x.circular
    where f.state = 'open' and f.level <> 'note' and (:house is null or c.issuer = :house or d.issuer = :house)
    order by added desc, f.level, f.name limit :limit
"""


class Item(NamedTuple):
    """An entry of a feed: what makes it the same one next time, its words, where it leads, and when it came."""

    key: str
    title: str
    summary: str
    path: str
    moment: datetime


def routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(r"^/feeds/obligations\.ics$", obligations), *((rf"^/feeds/(?P<name>{name})\.atom$", atom) for name in FEEDS)]


async def known_house(datasette: Datasette, request: Request) -> str:
    """The house that is asked for. One that nobody knows is no feed, so that a slip in an address is not taken for silence."""
    house = text(request, "house")
    if not house:
        return ""
    found = await rows(await knowledge_base(datasette), KNOWN_HOUSE, house=house)
    if not found:
        raise NotFound(f"There is no house {house}.")
    return str(found[0]["code"])


async def obligations(datasette: Datasette, request: Request) -> Response:
    """Obligations with a day as a calendar to subscribe to: all of them, or those of a house, of a party, of a search."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    house, party, words = await known_house(datasette, request), text(request, "party"), text(request, "q")
    since = to_day(text(request, "since")) or clock.today() - PAST
    match = question(words).match if words else ""
    asked = {"house": house, "party": party, "match": match, "since": since.isoformat(), "limit": MOST_ENTRIES + 1}
    found = [told(row, interface) for row in await rows(database, ENTRIES, **asked)]
    link = link_maker(datasette, request)

    def address(row: Mapping[str, Any]) -> str | None:
        return datasette.absolute_url(request, link(f"/circular/{row['circular']}")) if row["circular"] else None

    made = calendar(
        found[:MOST_ENTRIES],
        name=" · ".join(filter(None, [interface.say("name"), house, party, words])),
        link=address,
        alarms=text(request, "alarm") != "0",
        subscribed=True,
        labels=labels(interface),
        note=interface.say("calendar_cut", n=MOST_ENTRIES) if len(found) > MOST_ENTRIES else "",
    )
    return answer(request, made, "text/calendar; charset=utf-8", interface)


def told(row: Row, interface: Interface) -> dict[str, Any]:
    """An entry with the words of ours in it as the language has them."""
    conflict, settled = row["conflict"], row["conflict_decided"]
    return {
        **dict(row),
        "modality": interface.term("modality", row["modality"]) if row["modality"] else None,
        "conflict": interface.voice.disagreement(conflict) if conflict else None,
        "conflict_decided": interface.voice.settled(settled) if settled else None,
        "title_en": interface.first(row["title_en"], row["title_zh"]),
    }


def labels(interface: Interface) -> dict[str, str]:
    """How the parts of a description are told."""
    columns = {"bearer": "bearer", "modality": "modality", "number": "circular", "due_business": "due_business", "conflict": "conflict"}
    named = {part: interface.words[f"column_{column}"] for part, column in columns.items()}
    named |= {"zone": interface.say("other_zone"), "withdrawn_by": interface.say("withdrawn_by")}
    return {part: f"{label}{'{settled}' * (part == 'conflict')}{interface.say('colon')}{{value}}" for part, label in named.items()}


async def atom(datasette: Datasette, request: Request) -> Response:
    """What is new: circulars, days that moved, disagreements; of one house if it is asked for."""
    interface, name = interface_of(datasette, request), request.url_vars["name"]
    house = await known_house(datasette, request)
    asked, items = FEEDS[name]
    words = text(request, "q")
    values: dict[str, object] = {"house": house or None, "limit": NEWEST}
    if name == "circulars":
        values |= {"party": text(request, "party") or None, "match": question(words).match if words else None, "since": None, "until": None}
    found = items(await kept_rows(await knowledge_base(datasette), asked, **values), interface)
    link = link_maker(datasette, request)
    site = datasette.metadata().get("title")
    feed = Atom1Feed(
        title=" · ".join(filter(None, [interface.say(f"feed_{name}"), house, words])),
        link=datasette.absolute_url(request, link("/")),
        description="",
        language=interface.tag,
        feed_url=request.url,
        feed_guid=f"urn:uuid:{uuid5(NAMESPACE_URL, request.url)}",
        author_name=interface.half(site) if site else interface.say("name"),
    )
    for item in found:
        feed.add_item(
            title=item.title,
            link=datasette.absolute_url(request, link(item.path)),
            description=str(escape(item.summary)),  # the library says that it is HTML
            unique_id=f"urn:uuid:{uuid5(NAMESPACE_URL, item.key)}",
            pubdate=item.moment,
            updateddate=item.moment,
        )
    out = BytesIO()
    feed.write(out, "utf-8")
    return answer(request, out.getvalue(), "application/atom+xml; charset=utf-8", interface)


def moment_of(added: str) -> datetime:
    """A moment of the knowledge base, or the beginning of a day of Hong Kong."""
    if len(added) == len("2026-01-01"):
        return datetime.combine(date.fromisoformat(added), datetime.min.time(), clock.HONG_KONG)
    return datetime.fromisoformat(added).astimezone(UTC)


def headed(row: Row, what: str) -> str:
    return " ".join(filter(None, [row["issuer"], row["number"]])) + (": " if row["issuer"] or row["number"] else "") + what


def new_circulars(found: Iterable[Row], interface: Interface) -> list[Item]:
    return [
        Item(
            f"circular {row['issuer']} {row['number'] or row['source']} {row['issued']}",
            headed(row, interface.title(row)),
            " · ".join(filter(None, [row["title_en"], row["title_zh"], interface.day(row["issued"])])),
            f"/circular/{row['circular']}",
            moment_of(row["added"]),
        )
        for row in found
    ]


def moved_days(found: Iterable[Row], interface: Interface) -> list[Item]:
    return [
        Item(
            f"change {row['change']} {row['issuer']} {row['number']} {row['what']} {row['before']} {row['after']}",
            headed(row, f"{interface.term('change', row['change'])}{interface.say('colon')}{row['what'] or ''}"),
            " → ".join(interface.day(row[side]) or "–" for side in ("before", "after")),
            f"/circular/{row['circular']}",
            moment_of(row["day"]),
        )
        for row in found
    ]


def open_findings(found: Iterable[Row], interface: Interface) -> list[Item]:
    return [
        Item(
            f"finding {row['name']}",
            headed(row, interface.message(row["message"])),
            " | ".join(row[side] or "–" for side in ("left_quote", "right_quote")),
            f"/pair/{row['pair']}" if row["pair"] else f"/circular/{row['circular']}",
            moment_of(row["added"]),
        )
        for row in found
    ]


FEEDS: Mapping[str, tuple[str, Callable[[Iterable[Row], Interface], list[Item]]]] = {
    "circulars": (CIRCULARS, new_circulars),
    "changes": (CHANGES, moved_days),
    "findings": (FINDINGS, open_findings),
}
"""The feeds by their names: what they ask, and how a row is told."""


def answer(request: Request, data: bytes, kind: str, interface: Interface) -> Response:
    """The bytes, or that they are the ones that the reader has already."""
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"etag": tag, "vary": "Accept-Language", "content-language": interface.tag, "content-security-policy": OWN_POLICY}
    if request.headers.get("if-none-match") == tag:
        return Response("", status=304, headers=headers)
    return Response(data, headers=headers, content_type=kind)
