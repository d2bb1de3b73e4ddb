"""What does not agree, and what has become of it."""

from __future__ import annotations

import json

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from kb.site.base import CHECKS, HOUSES, kept_rows, knowledge_base, rows
from kb.site.interface import interface_of
from kb.site.page import PAGE, count_from, one_of, render, text

STATES = ("open", "accepted", "explained", "fixed")
LEVELS = ("error", "warning", "note")
CHOSEN = """
    from findings f join expressions e on e.id = f.expression join circulars c on c.id = e.circular
    where f.state = :state and (:level = '' and f.level <> 'note' or f.level = :level)
      and (:check = '' or f."check" = :check)
      and (:house = '' or c.issuer = :house or f.pair in (
        select p.id from circulars d join expressions x on x.circular = d.id join pairs p on p."right" = x.id where d.issuer = :house))
"""
COUNT = "select count(*) " + CHOSEN
NAMES = f"""
    select f.name {CHOSEN}
    order by f.level = 'warning', f.level = 'note', c.issued desc, c.number, f.name limit :limit offset :offset
"""
FINDINGS = """
    select f.*, h.name_en, h.name_zh, n.was, n.decided_by as was_by, n.decided_at as was_at, n.why as was_why, n.fixed_by as was_fixed_by
    from all_findings f left join houses h on h.code = f.house left join findings_changed n on n.id = f.id
    where f.id in (select value from json_each(:names))
    order by f.level = 'warning', f.level = 'note', f.issued desc, f.number, f.id
"""
TALLY = "select state, level, count(*) as n from findings where level <> 'note' group by 1, 2"


async def findings(datasette: Datasette, request: Request) -> Response:
    """What does not agree, and what has become of it: open, accepted, explained, or fixed by a later circular."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    page = count_from(request, "page")
    asked = {
        "state": one_of(request, "state", STATES) or "open",
        "level": one_of(request, "level", LEVELS),
        "check": text(request, "check"),
        "house": text(request, "house"),
    }
    total = (await kept_rows(database, COUNT, **asked))[0][0]
    names = [row["name"] for row in await kept_rows(database, NAMES, limit=PAGE, offset=(page - 1) * PAGE, **asked)]
    found = await rows(database, FINDINGS, names=json.dumps(names))
    tally: dict[str, int] = {}
    for row in await kept_rows(database, TALLY):
        tally[row["state"]] = tally.get(row["state"], 0) + row["n"]
    return await render(
        datasette,
        request,
        interface,
        "findings.html",
        found=found,
        total=total,
        page=page,
        pages=-(-total // PAGE),
        states=STATES,
        levels=LEVELS,
        tally=tally,
        checks=await kept_rows(database, CHECKS),
        houses=await kept_rows(database, HOUSES),
        chosen=asked,
        query=lambda **changes: {name: str(value) for name, value in {**asked, **changes}.items() if value},
    )
