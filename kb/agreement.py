"""What does not agree: in every pair and inside every circular of a knowledge base, or inside files."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from sqlite_utils import Database

from ingest.errors import CircularError
from ingest.model import Expression, Finding, House
from kb import checks, lives, questions, reviewed, store, verdicts
from kb.comparison import Comparison, Inside
from kb.judged import open_ones
from kb.saying import ENGLISH, Voice
from kb.verdicts import Decisions

if TYPE_CHECKING:
    from kb.reports import Listing, Report


WANTED = """
SELECT id FROM expressions AS e
WHERE (:number IS NULL OR upper(number) = :number OR :number IN (SELECT upper(value) FROM json_each(e.other_numbers)))
AND (:since IS NULL OR issued IS NULL OR issued >= :since)
AND (:house IS NULL OR circular IN (SELECT id FROM circulars WHERE issuer = :house COLLATE NOCASE))
"""


def wanted(db: Database, number: str | None = None, since: date | None = None, house: str | None = None) -> set[int]:
    """The expressions of a circular, of those issued since a day, or whose day nobody can tell, and of a house; None stands for all."""
    questions.refuse_unknown(db, house)
    asked = {"number": number and "".join(number.split()).upper(), "since": since and since.isoformat(), "house": house}
    found = {row[0] for row in db.execute(WANTED, asked)}
    if number and not found:
        narrowed = (f" of {house}" if house else "") + (f" issued since {since}" if since else "")
        raise CircularError(f"there is no circular {number}{narrowed}")
    return found


def report(
    db: Database,
    houses: Mapping[str, House],
    number: str | None = None,
    since: date | None = None,
    voice: Voice = ENGLISH,
    house: str | None = None,
) -> Report:
    """What does not agree, with what was compared: everything, or what has to do with a circular, those since a day, or a house."""
    from kb.reports import Told, report

    chosen, decided = wanted(db, number, since, house), verdicts.Decisions(db)
    told = (
        Told(expression=one.expression, findings=decided.judge(list(checks.inside(one.expression, houses)), one.expression, one.expression))
        for one in store.stored_all(db)
        if one.id in chosen
    )
    return report(pairs(db, houses, among=chosen), told, lists(db, chosen, voice), voice)


def lists(db: Database, chosen: Collection[int], voice: Voice) -> list[Listing]:
    """The obligations on which somebody has decided, and the reviewed facts, of these expressions."""
    from kb.reports import Listing

    query = (
        "SELECT o.id FROM expressions AS e JOIN obligations AS o ON o.circular = e.circular WHERE e.id IN (SELECT value FROM json_each(?))"
    )
    ours = {row[0] for row in db.execute(query, [json.dumps(sorted(chosen))])}
    held = [one for one in lives.obligations(db) if one.id in ours and (one.decided_by or one.owner or one.corrected_by)]
    facts = [one for one in reviewed.decided(db).values() if one.expression in chosen]
    found = (
        ("Obligations", lives.HEADINGS, tuple(lives.line(one, one.id, voice) for one in held)),
        ("Reviewed facts", reviewed.HEADINGS, tuple(reviewed.line(one, voice) for one in facts)),
    )
    return [Listing(name=voice.word(name), header=tuple(map(voice.word, header)), rows=rows) for name, header, rows in found if rows]


def pairs(
    db: Database, houses: Mapping[str, House], only: Sequence[str] = (), among: Collection[int] | None = None
) -> Iterator[Comparison]:
    """Every pair of the knowledge base, compared, with what was decided; or those with a side among these expressions."""
    decided = verdicts.Decisions(db)

    @lru_cache(maxsize=256)
    def told(number: int) -> Expression:
        return store.expression(db, number)

    for left, right in store.paired(db):
        if among is not None and left not in among and right not in among:
            continue
        one = checks.compare(told(left), told(right), houses, only)
        yield msgspec.structs.replace(one, findings=decided.judge(one.findings, one.left, one.right))


def insides(
    expressions: Iterable[Expression], houses: Mapping[str, House], only: Sequence[str] = (), decided: Decisions | None = None
) -> Iterator[Inside]:
    """Every expression, checked against itself, with what was decided on each finding."""
    for one in expressions:
        found = tuple(checks.inside(one, houses, only))
        yield Inside(path=one.source.path, findings=decided.judge(found, one, one) if decided else found)


def status(findings: Iterable[Finding]) -> int:
    """The exit status: 1 if something is wrong and open, 0 if all agree but for what was expected, decided or cannot be judged."""
    return int(any(finding.level == "error" for finding in open_ones(findings)))
