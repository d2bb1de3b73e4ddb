"""What does not agree: in every pair and inside every circular of a knowledge base, or inside files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from sqlite_utils import Database

from ingest.model import Expression, Finding, House, Value
from kb import checks, store
from kb.comparison import Comparison


class Inside(Value, frozen=True, kw_only=True):
    """What one circular says against itself."""

    path: str
    findings: tuple[Finding, ...]


def pairs(db: Database, houses: Mapping[str, House], only: Sequence[str] = ()) -> Iterator[Comparison]:
    """Every pair of the knowledge base, compared."""

    @lru_cache(maxsize=256)
    def told(number: int) -> Expression:
        return store.expression(db, number)

    for left, right in store.paired(db):
        yield checks.compare(told(left), told(right), houses, only)


def insides(expressions: Iterable[Expression], houses: Mapping[str, House], only: Sequence[str] = ()) -> Iterator[Inside]:
    """Every expression, checked against itself."""
    for expression in expressions:
        yield Inside(path=expression.source.path, findings=tuple(checks.inside(expression, houses, only)))


def status(findings: Iterable[Finding]) -> int:
    """The exit status: 1 if something is wrong, 0 if all agree but for what was expected or cannot be judged."""
    return int(any(finding.level == "error" for finding in findings))
