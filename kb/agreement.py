"""What does not agree: in every pair and inside every circular of a knowledge base, or inside files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlite_utils import Database

from ingest.errors import CircularError
from ingest.model import Expression, Finding, House, Value
from kb import checks, store
from kb.comparison import Comparison

if TYPE_CHECKING:
    from kb.reports import Report


class Inside(Value, frozen=True, kw_only=True):
    """What one circular says against itself."""

    path: str
    findings: tuple[Finding, ...]


WANTED = """
SELECT id FROM expressions AS e
WHERE (:number IS NULL OR upper(number) = :number OR :number IN (SELECT upper(value) FROM json_each(e.other_numbers)))
AND (:since IS NULL OR issued IS NULL OR issued >= :since)
"""


def wanted(db: Database, number: str | None, since: date | None) -> set[int]:
    """The expressions of a circular, and of those issued since a day, or whose day nobody can tell; None stands for all."""
    asked = {"number": number and "".join(number.split()).upper(), "since": since and since.isoformat()}
    found = {row[0] for row in db.execute(WANTED, asked)}
    if number and not found:
        raise CircularError(f"there is no circular {number}" + (f" issued since {since}" if since else ""))
    return found


def report(db: Database, houses: Mapping[str, House], number: str | None = None, since: date | None = None) -> Report:
    """What does not agree, with what was compared: everything, or what has to do with a circular or with those since a day."""
    from kb.reports import Told, report

    chosen = wanted(db, number, since)
    told = (
        Told(expression=one.expression, findings=tuple(checks.inside(one.expression, houses)))
        for one in store.stored_all(db)
        if one.id in chosen
    )
    return report(pairs(db, houses, among=chosen), told)


def pairs(
    db: Database, houses: Mapping[str, House], only: Sequence[str] = (), among: Collection[int] | None = None
) -> Iterator[Comparison]:
    """Every pair of the knowledge base, compared; or those with a side among these expressions."""

    @lru_cache(maxsize=256)
    def told(number: int) -> Expression:
        return store.expression(db, number)

    for left, right in store.paired(db):
        if among is not None and left not in among and right not in among:
            continue
        yield checks.compare(told(left), told(right), houses, only)


def insides(expressions: Iterable[Expression], houses: Mapping[str, House], only: Sequence[str] = ()) -> Iterator[Inside]:
    """Every expression, checked against itself."""
    for expression in expressions:
        yield Inside(path=expression.source.path, findings=tuple(checks.inside(expression, houses, only)))


def status(findings: Iterable[Finding]) -> int:
    """The exit status: 1 if something is wrong, 0 if all agree but for what was expected or cannot be judged."""
    return int(any(finding.level == "error" for finding in findings))
