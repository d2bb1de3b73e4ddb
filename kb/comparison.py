"""What a comparison of two circulars says, and what one says against itself."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ingest.model import Expression, Finding, Lang, Value

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


class Heading(Value, frozen=True, kw_only=True):
    """What names an expression: the file and its hash, the circular and its language."""

    path: str
    sha256: str
    lang: Lang
    issuer: str | None
    number: str | None
    issued: date | None
    title: str | None


class Told(Value, frozen=True, kw_only=True):
    """A comparison as `circulars diff --format json` prints it: each side by its heading only.

    `governs` is the side whose language prevails, None where the circulars do not say; `agreed` counts what was compared and
    found equal, by check.
    """

    left: Heading
    right: Heading
    relation: PairRelation
    evidence: tuple[str, ...]
    governs: Literal["left", "right"] | None
    agreed: dict[str, int]
    findings: tuple[Finding, ...]
