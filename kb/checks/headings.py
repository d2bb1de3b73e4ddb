"""Heading rows that one side of a pair has and the other has not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kb.checks.align import Match
from kb.checks.pairing import Paired
from kb.checks.units import Layout, Unit, closed
from kb.facts import Key, Kind


class LostHeading(NamedTuple):
    """A heading row that the other side lacks, and the row below it; not `sure` where its words may stand above the other table."""

    heading: Unit
    first: Unit
    left: bool
    sure: bool


class _Table(NamedTuple):
    """The rows of a table, and the unit of the text that stands before it."""

    headings: list[Unit]
    rows: list[Unit]
    before: Unit | None


def lost_headings(pair: Paired) -> list[LostHeading]:
    """The heading rows that one side has and the other has not, of tables whose rows answer each other from the first one on."""
    left, right = map(_tables, pair.layouts)
    answers = Counter(
        (match.left[0].paragraph, match.right[0].paragraph) for match in pair.answered if match.left[0].kind == match.right[0].kind == "row"
    )
    partners: dict[int, int] = {}
    for (mine, yours), _ in answers.most_common():
        if mine not in partners and yours not in partners.values():
            partners[mine] = yours
    both = [(left[mine], right[yours]) for mine, yours in sorted(partners.items())]
    return [lost for mine, yours in both for lost in (*_lost(pair, mine, yours, True), *_lost(pair, yours, mine, False))]


def _tables(layout: Layout) -> dict[int, _Table]:
    found: dict[int, _Table] = {}
    for before, unit in pairwise((None, *layout.body)):
        if unit is not None and unit.kind in ("row", "heading"):
            table = found.setdefault(unit.paragraph, _Table([], [], before))
            (table.rows if unit.kind == "row" else table.headings).append(unit)
    return found


def _lost(pair: Paired, mine: _Table, yours: _Table, left: bool) -> Iterator[LostHeading]:
    if not mine.headings or not mine.rows or not yours.rows:
        return
    first = mine.rows[0]
    answer = next((_sides(match, left)[1] for match in pair.matches if first in _sides(match, left)[0]), ())
    if yours.headings:
        # A row at the top of the page is taken for a heading where no other is there.
        gone = not answer and _facts(yours.headings) == _facts([first]) != _facts(mine.headings) and bool(_facts([first]))
    else:
        gone = yours.rows[0] in answer
    if gone:
        lone = [unit for match in pair.matches for unit in _sides(match, left)[1] if not _sides(match, left)[0]]
        sure = yours.before is None or yours.before not in lone or closed(yours.before.text)
        yield LostHeading(mine.headings[0], first, left, sure)


def _sides(match: Match, left: bool) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    return (match.left, match.right) if left else (match.right, match.left)


def _facts(units: Sequence[Unit]) -> set[tuple[Kind, Key]]:
    return {(mention.kind, mention.key) for unit in units for mention in unit.mentions}
