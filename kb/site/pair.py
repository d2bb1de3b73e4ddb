"""Two expressions: what they disagree on, then both texts side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from sqlite3 import Row

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import Request, Response

from kb.alignment import Passage, aligned
from kb.site.base import ALSO_AT, knowledge_base, rows
from kb.site.circular import BY_LEVEL, FINDINGS, Version, facts_of, finding_marks, shown
from kb.site.interface import interface_of
from kb.site.marks import Region
from kb.site.page import key_of, missing, render, texts

EXPRESSION = f"""
    select e.*, s.path, s.media_type, s.pages, s.sha256, {ALSO_AT},
      c.issuer as house, h.name_en, h.name_zh, c.title_en, c.title_zh
    from expressions e join sources s on s.sha256 = e.source
    join circulars c on c.id = e.circular left join houses h on h.code = c.issuer
    where e.id = :expression
"""  # noqa: S608 - both parts are ours


FINDINGS_OF_PAIR = FINDINGS + "where f.pair = :pair " + BY_LEVEL


PAIR = "select * from pairs where id = :pair"


async def side_of_pair(database: Database, expression: int, findings: Sequence[Row], side: str) -> Version:
    row = (await rows(database, EXPRESSION, expression=expression))[0]
    facts = await facts_of(database, expression)
    return shown(row, facts, finding_marks(findings, side))


async def pair(datasette: Datasette, request: Request) -> Response:
    """Two expressions: what they disagree on, then both texts side by side."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    number = key_of(request)
    found = await rows(database, PAIR, pair=number)
    if not found:
        return await missing(datasette, request, interface, "missing_pair", number)
    findings = await rows(database, FINDINGS_OF_PAIR, pair=number)
    left = await side_of_pair(database, found[0]["left"], findings, "left")
    right = await side_of_pair(database, found[0]["right"], findings, "right")
    return await render(
        datasette,
        request,
        interface,
        "pair.html",
        pair=found[0],
        evidence=[interface.message(one) for one in texts(found[0]["evidence"])],
        open_findings=[row for row in findings if row["level"] != "note" and row["state"] == "open"],
        decided=[row for row in findings if row["state"] != "open"],
        expected=[row for row in findings if row["level"] == "note" and row["state"] == "open"],
        left=left,
        right=right,
        side_by_side=side_by_side(left, right),
    )


def side_by_side(left: Version, right: Version) -> list[tuple[Region | None, Region | None]]:
    """The passages of two texts as they correspond."""
    found = aligned(passages(left), passages(right))
    return [(None if one is None else left.text[one], None if other is None else right.text[other]) for one, other in found]


NORMAL = {"dates": ("start", "end"), "times": ("time",), "contacts": ("value",), "references": ("number",), "amounts": ("value", "unit")}
"""Facts that say the same in every language, and the columns that say it."""

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]*|[\u3400-\u9fff]")


def passages(version: Version) -> list[Passage]:
    """Each region of a text with what can be compared of it."""
    facts = [
        (row["span_start"], "|".join(str(row[name]) for name in names))
        for kind, names in NORMAL.items()
        for row in version.facts.get(kind, ())
    ]
    text = version.row["text"]
    return [
        Passage(
            region.kind,
            frozenset(fact for start, fact in facts if region.start <= start < region.end),
            frozenset(word.lower() for word in WORD.findall(text, region.start, region.end)),
        )
        for region in version.text
    ]
