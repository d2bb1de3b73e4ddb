"""What a comparison of two circulars says, and what one says against itself."""

from __future__ import annotations

from typing import Literal

from ingest.model import Expression, Finding, Value

PairRelation = Literal["sibling", "translation", "reissue", "unrelated"]


class Agreed(Value, frozen=True, kw_only=True):
    """How many facts of one kind were compared and found equal."""

    check: str
    count: int


class Comparison(Value, frozen=True, kw_only=True):
    """Two expressions, how they belong together, where they differ, and how much of them is equal."""

    left: Expression
    right: Expression
    relation: PairRelation
    evidence: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    agreed: tuple[Agreed, ...] = ()


class Inside(Value, frozen=True, kw_only=True):
    """What one circular says against itself."""

    path: str
    findings: tuple[Finding, ...]
