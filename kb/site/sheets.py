"""Rows of any table, view or query for spreadsheets: a workbook, and CSV that Excel reads as it is meant."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Mapping, Sequence
from sqlite3 import Row
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from kb.cells import BOM, harmless, typed
from kb.site.interface import interface_of
from kb.workbook import Sheet, workbook

MOST = 5_000
"""So many rows has a workbook; a second sheet says that there are more. CSV has them all."""

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def as_workbook(
    datasette: Datasette,
    columns: Sequence[str],
    rows: Sequence[Row],
    table: str | None,
    query_name: str | None,
    request: Request,
    data: Mapping[str, Any],
) -> Response:
    """All rows that the address asks for, not one page of them, up to `MOST`."""
    columns = tuple(columns)
    whole = [[row[name] for name in columns] for row in rows]
    following = data.get("next")
    while following and len(whole) <= MOST:
        page = await further(datasette, request, following)
        whole += [[row[name] for name in columns] for row in page["rows"]]
        following = page["next"]
    name = (table or query_name or "query")[:31]
    sheets = [Sheet(name, columns, typed(columns, whole[:MOST]))]
    if following or len(whole) > MOST or (data.get("truncated") and not table):
        told = interface_of(datasette, request).say("sheet_cut", n=min(len(whole), MOST))
        sheets.append(Sheet("!", (told,), []))
    made = await asyncio.to_thread(workbook, sheets)
    return Response(made, headers={"content-disposition": f'attachment; filename="{name}.xlsx"'}, content_type=KIND)


async def further(datasette: Datasette, request: Request, following: str) -> Any:
    """The page of a table that begins there, asked for by who asks for the workbook."""
    here = parse_qsl(request.query_string, keep_blank_values=True)
    asked = [(name, value) for name, value in here if name not in ("_next", "_size", "_shape")]
    asked += [("_next", following), ("_size", "max"), ("_shape", "objects"), ("_nocount", "1"), ("_nofacet", "1")]
    known = {name: value for name in ("cookie", "authorization") if (value := request.headers.get(name))}
    answer = await datasette.client.get(f"{request.path.removesuffix('.xlsx')}.json?{urlencode(asked)}", headers=known)
    answer.raise_for_status()
    return answer.json()


def for_excel(send: Any) -> Any:
    """What sends CSV on so that Excel takes it for UTF-8 and runs none of it; Datasette writes one row at a time."""
    begun = False

    async def sent(message: Any) -> None:
        nonlocal begun
        if message["type"] == "http.response.body" and message.get("body"):
            out = io.StringIO()
            rows = csv.reader(io.StringIO(message["body"].decode(), newline=""))
            csv.writer(out, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
            message = {**message, "body": ((BOM if not begun else "") + out.getvalue()).encode()}
            begun = True
        await send(message)

    return sent
