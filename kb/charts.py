"""What the pictures of a report draw, in per cent of their width: how pairs agree, and where the dates of two sides lie.

Each picture stands in a table that says the same in words and figures, so nothing is told by a picture alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from ingest.model import Expression, Finding, Side
from kb.comparison import Comparison
from kb.judged import open_ones
from kb.saying import Voice

EDGE = 2.0
"""Per cent that stay free at both ends of a line of time, so that a mark on the first or last day is whole."""

INTERVAL = re.compile(r"(?P<start>\d{4}-\d\d-\d\d)(?:/(?P<end>\d{4}-\d\d-\d\d))?")
"""A day or an interval, as findings give it."""

Kind = Literal["wrong", "doubtful", "clean"]
Which = Literal["left", "right"]
Days = tuple[date, date]


class Part(NamedTuple):
    """A stretch of a bar."""

    kind: Kind
    left: float
    width: float


class Share(NamedTuple):
    """How many pairs agree, are doubtful, or disagree, and the bar that shows it."""

    name: str
    wrong: int
    doubtful: int
    clean: int
    parts: tuple[Part, ...]


class Mark(NamedTuple):
    """A day, which has no width, or an interval, of one side."""

    side: Which
    left: float
    width: float


class Line(NamedTuple):
    """Days that are told otherwise on the other side, or on one side only."""

    checks: str
    left: str | None
    right: str | None
    difference: str
    marks: tuple[Mark, ...]


class Timeline(NamedTuple):
    """From the first to the last day of all that are drawn: every date that the sides state, and line by line those that differ."""

    first: date
    last: date
    stated: tuple[Mark, ...]
    lines: tuple[Line, ...]


# Agreement -----------------------------------------------------------------------------------------------------------


def by_relation(comparisons: Sequence[Comparison], voice: Voice) -> list[Share]:
    """Pairs by what they are to each other; one that was not compared agrees in nothing and is none."""
    compared = related(comparisons)
    relations = dict.fromkeys(sorted(one.relation for one in compared))
    return [share(voice.word(name), [open_ones(one.findings) for one in compared if one.relation == name]) for name in relations]


def by_check(comparisons: Sequence[Comparison], voice: Voice) -> list[Share]:
    """Pairs by each check that finds an error or a warning in one of them at least."""
    found = [open_ones(one.findings) for one in related(comparisons)]
    checks = sorted({finding.check for findings in found for finding in findings if finding.level != "note"})
    return [share(voice.check(name), [[one for one in findings if one.check == name] for findings in found]) for name in checks]


def related(comparisons: Sequence[Comparison]) -> list[Comparison]:
    return [one for one in comparisons if one.relation != "unrelated"]


def share(name: str, pairs: Sequence[Iterable[Finding]]) -> Share:
    """The pairs with these findings, parted into those with an error, those with a warning only, and the others."""
    kinds = [kind_of(findings) for findings in pairs]
    parts, left = [], 0.0
    for kind in ("wrong", "doubtful", "clean"):
        width = round(100 * kinds.count(kind) / len(kinds), 2)
        if width:
            parts.append(Part(kind, round(left, 2), width))
        left += width
    return Share(name, kinds.count("wrong"), kinds.count("doubtful"), kinds.count("clean"), tuple(parts))


def kind_of(findings: Iterable[Finding]) -> Kind:
    levels = {finding.level for finding in findings}
    return "wrong" if "error" in levels else "doubtful" if "warning" in levels else "clean"


# Dates ---------------------------------------------------------------------------------------------------------------


def timeline(findings: Iterable[Finding], left: Expression, right: Expression | None, voice: Voice) -> Timeline | None:
    """Where the days of findings lie, and all days of both sides; None where no finding tells of one. One circular has no right side."""
    told: dict[tuple[Days | None, Days | None], list[str]] = {}
    for one in findings:
        sides = days_of(one.left), days_of(one.right)
        if sides[0] != sides[1]:
            told.setdefault(sides, []).append(one.check)
    if not told:
        return None
    stated: list[tuple[Which, Days]] = [*(("left", days) for days in dated(left)), *(("right", days) for days in dated(right))]
    every = [day for _, days in stated for day in days] + [day for sides in told for days in sides if days for day in days]
    first, last = min(every), max(every)

    def mark(side: Which, days: Days) -> Mark:
        begin, end = (EDGE + (100 - 2 * EDGE) * (day - first).days / max((last - first).days, 1) for day in days)
        return Mark(side, round(begin, 2), round(end - begin, 2))

    lines = []
    for ours, theirs in sorted(told, key=lambda sides: [(days is None, days or ()) for days in sides]):
        checks = voice.series(map(voice.check, dict.fromkeys(told[ours, theirs])))
        marks = ([mark("left", ours)] if ours else []) + ([mark("right", theirs)] if theirs else [])
        lines.append(Line(checks, in_words(ours, voice), in_words(theirs, voice), difference(ours, theirs, voice), tuple(marks)))
    return Timeline(first, last, tuple(mark(side, days) for side, days in dict.fromkeys(stated)), tuple(lines))


def days_of(side: Side | None) -> Days | None:
    """The first and last day of a side whose value is a day or an interval."""
    match = INTERVAL.fullmatch(side.value) if side else None
    if match is None:
        return None
    start = date.fromisoformat(match["start"])
    return start, date.fromisoformat(match["end"]) if match["end"] else start


def dated(expression: Expression | None) -> list[Days]:
    """The dates that an expression states; of an open interval the end that there is."""
    if expression is None:
        return []
    return [(start, end) for one in expression.dates if (start := one.start or one.end) and (end := one.end or one.start)]


def in_words(days: Days | None, voice: Voice) -> str | None:
    if days is None:
        return None
    start, end = days
    return start.isoformat() if start == end else voice("{start} to {end}", start=start, end=end)


def difference(ours: Days | None, theirs: Days | None, voice: Voice) -> str:
    """How much later or earlier the right side is; of intervals that begin on one day, how they end.

    A vague day that became exact is no later one: it lies within what was said.
    """
    if ours is None or theirs is None:
        return voice("on one side only")
    if ours[0] < theirs[0] and theirs[1] <= ours[1]:
        return voice("narrower, within it")
    if theirs[0] < ours[0] and ours[1] <= theirs[1]:
        return voice("wider, around it")
    at = 0 if ours[0] != theirs[0] else 1
    days = (theirs[at] - ours[at]).days
    told = voice.many(abs(days), "day")
    if at:
        return voice("ends {days} later", days=told) if days > 0 else voice("ends {days} earlier", days=told)
    return voice("{days} later", days=told) if days > 0 else voice("{days} earlier", days=told)
