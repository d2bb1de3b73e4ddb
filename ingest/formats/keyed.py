"""Rows of lines that are all equally far apart: a row begins with a new key (a date, a number) in the first column, or a second cell."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from ingest.formats.entries import Body, Piece, are_two_cells, has_room, is_key, look_alike, reads_on, rights_of, stacked
from ingest.formats.levels import Rule, crossed


def by_keys(pieces: Sequence[Piece], rules: Sequence[Rule]) -> Body:
    """Rows of lines that are equally far apart: a row begins with a new first cell, or with several cells."""
    right = rights_of(pieces)
    lines = [list(group) for _, group in itertools.groupby(pieces, key=lambda piece: piece.line)]
    keyed = _is_keyed(lines)
    rows: list[list[Piece]] = []
    above: dict[int, Piece] = {}
    for line in lines:
        parted = not rows or crossed(rules, rows[-1][-1].middle, line[0].middle)
        parted |= any(piece.across > 1 for piece in line)
        if parted or _begins(line, above, right, keyed=keyed):
            rows.append([])
        rows[-1] += line
        above = {piece.col: piece for piece in line}
    return stacked(list(_with_first_group(rows)))


def _with_first_group(rows: Sequence[list[Piece]]) -> Iterator[list[Piece]]:
    """The rows; where words alone in the first column head groups further down, those right below the headings do so too."""
    first, *others = rows
    lone = [piece for piece in first if piece.line > first[0].line]
    groups = [row for row in others[:-1] if len(row) == 1 and row[0].col == 0]
    if groups and len(lone) == 1 and lone[0].col == 0 and first[1].line == first[0].line and not reads_on(first[0].text, lone[0].text):
        yield [piece for piece in first if piece is not lone[0]]
        yield lone
    else:
        yield first
    yield from others


def _is_keyed(lines: Sequence[Sequence[Piece]]) -> bool:
    """Do most lines with several cells begin with a date or a number?"""
    firsts = [line[0].text for line in lines if len(line) > 1 and line[0].col == 0]
    return 2 * sum(is_key(text) for text in firsts) > len(firsts)


def _begins(line: Sequence[Piece], above: dict[int, Piece], right: dict[int, float], *, keyed: bool) -> bool:
    """Does a row begin with this line? `above` is what stands in the line above it, by column."""
    first = line[0]
    upper = above.get(first.col)
    if first.col == 0:
        if upper is None:
            return not keyed or is_key(first.text) or len(line) == 1
        if reads_on(upper.text, first.text):
            return any(piece.col in above and look_alike(above[piece.col], piece) for piece in line[1:])
        if keyed:
            return is_key(first.text) or len(line) > 1 or has_room(upper, first, right[0])
        return len(line) > 1 or has_room(upper, first, right[0])
    if len(line) == 1:
        return False
    known = [(above[piece.col], piece) for piece in line if piece.col in above]
    if any(look_alike(upper, lower) for upper, lower in known):
        return True
    if any(reads_on(upper.text, lower.text) for upper, lower in known):
        return False
    return len(known) < len(line) or any(are_two_cells(upper, lower, right[lower.col]) for upper, lower in known)
