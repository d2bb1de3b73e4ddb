"""Pages of the files that circulars came as, with a quote outlined: what `circulars serve` adds to the site.

A published site has neither the files nor what draws them. A page is drawn by a confined reader from the file as it was read;
one that is gone, or is another one now, is told and never shown.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Row
from typing import Any, NamedTuple

import msgspec
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import Request, Response
from pluggy import HookimplMarker

from ingest import isolation
from ingest.drawing import Wanted
from ingest.errors import CircularError
from ingest.loading import load
from ingest.settings import settings
from kb.schema import EVIDENCED
from kb.site.base import knowledge_base, rows
from kb.site.interface import Interface, interface_of
from kb.site.page import guarded, key_of, missing, render

hookimpl = HookimplMarker("datasette")

DRAWING = threading.Lock()
"""One page is drawn at a time; whoever asks meanwhile waits."""

PLACE = """
    select f.id, f.quote, f.page, f.x0, f.top, f.x1, f.bottom, e.lang, e.circular, c.number, c.title_en, c.title_zh, s.path, s.sha256
    from [{}] f join expressions e on e.id = f.expression join sources s on s.sha256 = e.source join circulars c on c.id = e.circular
    where f.id = :fact and f.page is not null and f.x0 is not null
"""


class Place(NamedTuple):
    """Where a fact stands: its row with page and box, and the file."""

    row: Row
    file: Path


async def page(datasette: Datasette, request: Request) -> Response:
    """The page of a fact as it was published, or why it cannot be shown."""
    interface, place = interface_of(datasette, request), await placed(datasette, request)
    if place is None:
        return await missing(datasette, request, interface, "missing_picture", key_of(request))
    wrong = await asyncio.to_thread(file_of, place, interface)
    return await render(
        datasette,
        request,
        interface,
        "picture.html",
        kind=request.url_vars["kind"],
        place=place.row,
        file=place.file.name,
        wrong=wrong if isinstance(wrong, str) else None,
    )


async def picture(datasette: Datasette, request: Request) -> Response:
    """The page itself, as PNG."""
    interface, place = interface_of(datasette, request), await placed(datasette, request)
    if place is None:
        return Response.text(interface.say("missing_picture", id=request.url_vars["id"]), status=404)
    drawn = await asyncio.to_thread(drawn_from, place, interface)
    if isinstance(drawn, str):
        return Response.text(drawn, status=404)
    return Response(drawn, content_type="image/png", headers={"cache-control": "private, max-age=300"})


async def placed(datasette: Datasette, request: Request) -> Place | None:
    """Where a fact stands, if it has a place on a page."""
    kind = request.url_vars["kind"]
    if kind not in EVIDENCED:
        return None
    database = await knowledge_base(datasette)
    found = await rows(database, PLACE.format(kind), fact=key_of(request))
    return place_of(found[0], database) if found else None


def place_of(row: Row, database: Database) -> Place:
    """Paths are stored as they are seen from the knowledge base."""
    return Place(row, Path(database.path or "").absolute().parent / row["path"])


def file_of(place: Place, interface: Interface) -> bytes | str:
    """The file as it was read; else, in words, why there is none."""
    try:
        data = load(place.file, settings())
    except CircularError:
        return interface.say("picture_gone")
    return data if hashlib.sha256(data).hexdigest() == place.row["sha256"] else interface.say("picture_changed")


def drawn_from(place: Place, interface: Interface) -> bytes | str:
    """The page as PNG with a frame around the quote; else, in words, why there is none."""
    data = file_of(place, interface)
    if isinstance(data, str):
        return data
    wanted = Wanted(page=place.row["page"], bbox=(place.row["x0"], place.row["top"], place.row["x1"], place.row["bottom"]), data=data)
    try:
        with DRAWING:
            return isolation.draw(str(place.file), msgspec.msgpack.encode(wanted), settings())
    except CircularError:
        return interface.say("picture_fails")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [
        guarded(r"^/picture/(?P<kind>[a-z]+)/(?P<id>\d+)$", page),
        guarded(r"^/picture/(?P<kind>[a-z]+)/(?P<id>\d+)\.png$", picture),
    ]
