"""Level rules between the rows of a table that has no upright ones: which columns they part, and the rows that they make."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.formats import kinds
from ingest.formats.entries import Body, Piece, Placed, by_column, entry_of, look_alike, reads_on
from ingest.formats.stretches import THIN, Row, Strip
from ingest.model import Box

ACROSS = 0.8  # of a table's width: a level rule that parts rows is no shorter


class Rule(NamedTuple):
    """A level rule below the columns that it parts."""

    at: float
    cols: frozenset[int]


def level_rules(rulings: Iterable[Box]) -> Iterator[Box]:
    """The level rules, and the upper and lower ends of shades, which part rows as well."""
    for x0, y0, x1, y1 in rulings:
        if x1 - x0 <= 8 * THIN:
            continue
        if y1 - y0 <= THIN:
            yield x0, y0, x1, y1
        else:
            yield x0, y0, x1, y0
            yield x0, y1, x1, y1


def rules_between(level: Sequence[Box], columns: Sequence[Strip], lines: Sequence[Row]) -> list[Rule]:
    """The level rules through most columns of the table, from its first line to its last; a merged cell interrupts them."""
    top, bottom = lines[0].middle, lines[-1].middle
    drawn: dict[float, list[Strip]] = {}
    last: float | None = None
    for box in level:
        at = (box[1] + box[3]) / 2
        if top < at < bottom:
            place = last if last is not None and at - last <= THIN else at
            drawn.setdefault(place, []).append((box[0], box[2]))
            last = place
    rules = [Rule(at, frozenset(_under(drawn[at], columns))) for at in sorted(drawn)]
    return [rule for rule in rules if 2 * len(rule.cols) >= len(columns)]


def _under(drawn: Sequence[Strip], columns: Sequence[Strip]) -> Iterator[int]:
    """The columns of which most is covered."""
    for col, (left, right) in enumerate(columns):
        if sum(max(0.0, min(end, right) - max(begin, left)) for begin, end in drawn) >= ACROSS * (right - left):
            yield col


def crossed(rules: Sequence[Rule], top: float, bottom: float, col: int | None = None) -> bool:
    """Does a rule (one below this column) go through between two heights?"""
    low, high = (bisect.bisect(rules, at, key=lambda rule: rule.at) for at in (top, bottom))
    return any(col is None or col in rule.cols for rule in rules[low:high])


def part_groups(pieces: Sequence[Piece], columns: int, rules: Sequence[Rule]) -> bool:
    """Do the rules part groups of rows, as those above and below a total do? Two lines between them have a cell in every column,
    and in most columns figures, dates or times of one look.
    """
    lines = [list(line) for _, line in itertools.groupby(pieces, key=lambda piece: piece.line)]
    for upper, lower in itertools.pairwise(lines):
        if len(upper) < columns or len(lower) < columns or crossed(rules, upper[0].middle, lower[0].middle):
            continue
        pairs = list(zip(upper, lower, strict=True)) if len(upper) == len(lower) else []
        if any(reads_on(above.text, below.text) for above, below in pairs):
            continue
        if 2 * sum(look_alike(above, below) or _are_numbers(above, below) for above, below in pairs) > columns:
            return True
    return False


def _are_numbers(upper: Piece, lower: Piece) -> bool:
    return kinds.kind(upper.text) == kinds.kind(lower.text) == "number"


def between_rules(pieces: Sequence[Piece], rules: Sequence[Rule]) -> Body | None:
    """Each row has its rule below it; where that leaves out a column, the cell there reaches over the next row. None with an empty row."""
    placed: list[Placed] = []
    for column in by_column(pieces):
        own = [number for number, rule in enumerate(rules, 1) if column[0].col in rule.cols]
        ends = [0, *own, len(rules) + 1]
        places = [rules[number - 1].at for number in own]
        between: dict[int, list[Piece]] = {}
        for piece in column:
            between.setdefault(bisect.bisect(places, piece.middle), []).append(piece)
        placed += [Placed(entry_of(chain, None), ends[index], ends[index + 1]) for index, chain in between.items()]
    rows: list[Strip] = []
    for row in range(len(rules) + 1):
        mine = [cell.entry for cell in placed if (cell.row, cell.end) == (row, row + 1)]
        if not mine:
            return None
        rows.append((min(entry.top for entry in mine), max(entry.bottom for entry in mine)))
    return Body(rows, placed)
