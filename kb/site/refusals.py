"""What is told where an address leads nowhere, or asks for what cannot be: on a page of ours, to programs in their own form."""

from __future__ import annotations

import re
import sqlite3
import traceback
from typing import NamedTuple

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError

from kb.site.base import found_knowledge_base
from kb.site.interface import interface_of
from kb.site.page import render

FAULTS = re.compile(r"disk|locked|busy|readonly|corrupt|malformed database|unable to open|out of memory|no such (?:table|function)")
"""What SQLite says where the file, the machine or a query of ours is at fault, and not what was asked."""


class Refusal(NamedTuple):
    """An answer that is none: its status, what to tell of it by its key, and in words of Datasette or SQLite why."""

    status: int
    key: str
    why: str = ""


def refusal(exception: Exception) -> Refusal | None:
    """What an exception tells whoever asked; None where the fault is not theirs."""
    if isinstance(exception, QueryInterrupted) or isinstance(exception.__context__, QueryInterrupted):
        return Refusal(503, "too_long")
    if isinstance(exception, Base400):
        return Refusal(exception.status, "missing_page" if exception.status == 404 else "refused", str(exception.args[0]))
    if isinstance(exception, DatasetteError):
        if isinstance(exception.__context__, sqlite3.Error) and FAULTS.search(exception.message):
            return None
        # Datasette leaves the status at 500 for a column that is not there and the like.
        return Refusal(400 if exception.status == 500 else exception.status, "refused", exception.message)
    return Refusal(400, "refused", str(exception)) if reads_filters(exception) else None


def reads_filters(exception: Exception) -> bool:
    """Whether it came up while the filters or the page of an address were read: no JSON where it should be, no number, no column."""
    modules = [frame.f_globals.get("__name__") for frame, _ in traceback.walk_tb(exception.__traceback__)]
    wrong_number = isinstance(exception, ValueError) and modules[-1:] == ["datasette.views.table"]
    return wrong_number or (isinstance(exception, (ValueError, LookupError, TypeError)) and "datasette.filters" in modules)


async def refused(datasette: Datasette, request: Request, told: Refusal) -> Response | None:
    """The answer in the form that was asked for; None, for Datasette's own, where there is no knowledge base to lead back to."""
    if await found_knowledge_base(datasette) is None:
        return None
    interface = interface_of(datasette, request)
    message = interface.say("forbidden_known" if told.key == "forbidden" and request.actor else told.key)
    if request.path.endswith(".json"):
        answer = {"ok": False, "error": told.why or message, "status": told.status, "title": None}
        return Response.json(answer, status=told.status)
    if request.path.endswith(".csv"):
        return Response.text(f"{message} {told.why}".strip(), status=told.status)
    why = "" if told.status in (403, 404) else told.why
    return await render(datasette, request, interface, "missing.html", status=told.status, message=message, why=why, refused=told.status)
