"""A circular: its obligations and findings, and every language version beside its facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Row
from typing import NamedTuple

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import Request, Response

from kb.site.base import ALSO_AT, KINDS, knowledge_base, rows
from kb.site.interface import interface_of
from kb.site.marks import Mark, Region, regions
from kb.site.page import OBLIGATIONS, key_of, link_maker, missing, obligation, render, texts

TOLD_IN = """
    where o.id in (
      select m.obligation from expressions x join deadlines n on n.expression = x.id join obligation_deadlines m on m.deadline = n.id
      where x.circular = :circular)
"""
OF_CIRCULAR = OBLIGATIONS + TOLD_IN + "order by o.due is null, o.due, o.time, o.id"


CIRCULAR = "select c.*, h.name_en, h.name_zh from circulars c left join houses h on h.code = c.issuer where c.id = :circular"

EXPRESSIONS = f"""
    select e.*, s.path, s.media_type, s.pages, s.sha256, {ALSO_AT}
    from expressions e join sources s on s.sha256 = e.source
    where e.circular = :circular
    order by substr(e.lang, 1, 2) <> :lang, e.lang, e.id
"""  # noqa: S608 - both parts are ours


FINDINGS = """
    select f.*, e.lang, d.who as decided_by, d.at as decided_at,
      json_extract(d.content, '$.why') as reason, json_extract(d.content, '$.by') as fixed_by
    from findings f
    join expressions e on e.id = f.expression
    left join decisions d on d.id = (select max(n.id) from decisions n where n.kind = 'finding' and n.subject = f.name)
"""

BY_LEVEL = "order by f.state <> 'open', case f.level when 'error' then 0 when 'warning' then 1 else 2 end, f.left_start, f.id"

FINDINGS_OF_CIRCULAR = FINDINGS + "where e.circular = :circular and +f.pair is null " + BY_LEVEL


LIVES_OF_CIRCULAR = "select * from all_obligations where circular = :circular and coalesce(decided_by, owner, corrected_by) is not null"

REVIEWED_FACTS_OF_CIRCULAR = "select * from reviewed_facts where circular = :circular order by decided_at desc, id, expression"

PAIRS_OF_CIRCULAR = """
    select p.id, p.relation, o.circular, o.lang, own.lang as own_lang, c.issuer, c.number, c.title_en, c.title_zh, h.name_en, h.name_zh,
      (select count(*) from findings f where f.pair = p.id and f.level = 'error' and f.state = 'open') as errors,
      (select count(*) from findings f where f.pair = p.id and f.level = 'warning' and f.state = 'open') as warnings
    from expressions own
    join pairs p on p."left" = own.id or p."right" = own.id
    join expressions o on o.id = case own.id when p."left" then p."right" else p."left" end
    join circulars c on c.id = o.circular
    left join houses h on h.code = c.issuer
    where own.circular = :circular and (o.circular <> :circular or own.id = p."left")
    order by case p.relation when 'translation' then 0 when 'reissue' then 1 else 2 end, c.issuer, own.lang, o.lang
"""

CITATIONS = """
    select relation, cited as circular, coalesce(cited_number, min(cited_title), min(quote)) as named, min(cited_issued) as issued,
      0 as back
    from citations where circular = :circular group by relation, cited, coalesce(cited_number, quote)
    union all
    select relation, circular, coalesce(number, min(quote)), min(issued), 1 from citations
    where cited = :circular and circular <> :circular group by relation, circular
    order by back, issued, named limit 60
"""
"""What a circular cites, whether it is here or not, and what cites it."""

MOVES = """
    select change, act, coalesce(old_start, old_end) as before, coalesce(new_start, new_end) as after, old_time, new_time, changed_on,
      changed_in, stated_in, older_circular, newer_circular, max(new_quote) as quote, lang
    from (
      select * from history where older_circular = :circular union all select * from history where newer_circular = :circular
    )
    group by change, act, before, after, old_time, new_time, changed_in, stated_in order by changed_on, after limit 60
"""
"""Which of its days moved, or which days of earlier circulars it moved; each side for itself, or no index serves."""

CITED = "select id, number from circulars where number in (select value from json_each(:numbers))"


async def facts_of(database: Database, expression: int) -> dict[str, list[Row]]:
    """The facts of one text by kind, and its blocks."""
    by_kind = {}
    for kind in (*KINDS, "blocks"):
        # The name of the table is one of ours; nothing of a request enters the statement.
        by_kind[kind] = await rows(database, f"select * from [{kind}] where expression = :e order by ordinal", e=expression)  # noqa: S608
    return by_kind


class Version(NamedTuple):
    """One language version: its row, its facts by kind, and its text with the places of the facts."""

    row: Row
    facts: Mapping[str, Sequence[Row]]
    text: Sequence[Region]
    other_numbers: tuple[str, ...]


def fact_marks(facts: Mapping[str, Sequence[Row]]) -> list[Mark]:
    """A mark for each fact that has a place in the text; a click leads to the fact in the list."""
    return [
        Mark(row["span_start"], row["span_end"], f"{kind}-{row['id']}", kind, f"fact-{kind}-{row['id']}")
        for kind in KINDS
        if kind not in ("tables", "warnings")
        for row in facts[kind]
    ]


def finding_marks(findings: Iterable[Row], side: str) -> list[Mark]:
    """A mark for each quote of the findings on one side; a click leads to the finding."""
    return [
        Mark(row[f"{side}_start"], row[f"{side}_end"], f"{side}-{row['id']}", row["level"], f"finding-{row['id']}")
        for row in findings
        if row[f"{side}_start"] is not None
    ]


async def version(database: Database, row: Row, findings: Sequence[Row]) -> Version:
    """A language version whose text shows its facts and what was found to disagree within it."""
    facts, own = await facts_of(database, row["id"]), [finding for finding in findings if finding["expression"] == row["id"]]
    marks = [*finding_marks(own, "left"), *finding_marks(own, "right"), *fact_marks(facts)]
    return shown(row, facts, marks)


def shown(row: Row, facts: Mapping[str, Sequence[Row]], marks: Sequence[Mark]) -> Version:
    text = list(regions(row["text"], facts["blocks"], facts["tables"], marks))
    return Version(row, {kind: facts[kind] for kind in KINDS if facts[kind]}, text, texts(row["other_numbers"]))


async def circular(datasette: Datasette, request: Request) -> Response:
    """A circular: its obligations and findings, and every language version beside its facts."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    number = key_of(request)
    found = await rows(database, CIRCULAR, circular=number)
    if not found:
        return await missing(datasette, request, interface, "missing_circular", number)
    findings = await rows(database, FINDINGS_OF_CIRCULAR, circular=number)
    versions = [await version(database, row, findings) for row in await rows(database, EXPRESSIONS, circular=number, lang=interface.lang)]
    cited = [row["number"] for one in versions for row in one.facts.get("references", ()) if row["number"]]
    return await render(
        datasette,
        request,
        interface,
        "circular.html",
        circular=found[0],
        versions=versions,
        kinds=KINDS,
        obligations=[obligation(row) for row in await rows(database, OF_CIRCULAR, circular=number, lang=interface.lang)],
        lives={row["id"]: row for row in await rows(database, LIVES_OF_CIRCULAR, circular=number)},
        reviewed=await rows(database, REVIEWED_FACTS_OF_CIRCULAR, circular=number),
        findings=findings,
        pairs=await rows(database, PAIRS_OF_CIRCULAR, circular=number),
        citations=await rows(database, CITATIONS, circular=number),
        moves=await rows(database, MOVES, circular=number),
        cited={row["number"]: row["id"] for row in await rows(database, CITED, numbers=json.dumps(cited))},
    )


async def expression(datasette: Datasette, request: Request) -> Response:
    """A language version has its place on the page of its circular."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    number = key_of(request)
    found = await rows(database, "select circular from expressions where id = :expression", expression=number)
    if not found:
        return await missing(datasette, request, interface, "missing_expression", number)
    return Response.redirect(link_maker(datasette, request)(f"/circular/{found[0]['circular']}") + f"#expression-{number}")
