"""Columns of prose: lines side by side that are a text, broken at the edge of its columns, and no rows of a table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.formats.entries import NEARER, Piece, by_column
from ingest.formats.stretches import ROWS

WHITE = 40  # ends of paragraphs in columns of prose; no page has more
SENTENCES = 9.0  # heights of the type: no column of whole sentences is narrower
FULL = 0.8  # of the others' width: how wide the first line of a last column of prose is
PROSE = 12.0  # heights of the type: no column of prose is narrower

_NEXT_SENTENCE = re.compile(r"。[^」』）)\s]|[a-z)]\.\s+[A-Z]")


def are_columns_of_prose(pieces: Sequence[Piece]) -> bool:
    """Side by side, lines that go on to the right edge of their columns from the first on, equally far apart: a text, broken, no rows.

    A paragraph may end in one column; where rows end, all columns have white at the same height.
    """
    columns = by_column(pieces)
    if len(columns) > 1 and (all(map(_runs_on, columns)) or _end_early(columns)):
        return True
    steps = [lower.middle - upper.middle for column in columns for upper, lower in itertools.pairwise(column)]
    if len(columns) < 2 or not all(map(_is_filled, columns)):
        return False
    white = [
        (number, upper.middle, lower.middle)
        for number, column in enumerate(columns)
        for upper, lower in itertools.pairwise(column)
        if lower.middle - upper.middle > NEARER * min(steps)
    ]
    return (
        not any(one[0] != other[0] and one[1] < other[2] and other[1] < one[2] for one, other in itertools.combinations(white[:WHITE], 2))
        and len(white) <= WHITE
    )


def _end_early(columns: Sequence[Sequence[Piece]]) -> bool:
    """Three columns or more that run on but for the last, which begins as wide as they are: the text ended in it."""
    *others, last = columns
    return len(others) > 1 and all(map(_runs_on, others)) and _extent(last[:1]) > FULL * min(map(_extent, others))


def _extent(column: Sequence[Piece]) -> float:
    return max(piece.box[2] for piece in column) - min(piece.box[0] for piece in column)


def _runs_on(column: Sequence[Piece]) -> bool:
    """Is a column wide, without a heading of a few words, and does a sentence begin in it behind the end of another, on one line?"""
    left, right = min(piece.box[0] for piece in column), max(piece.box[2] for piece in column)
    headed = 2 * (column[0].box[2] - left) < right - left
    wide = right - left > SENTENCES * column[0].size
    return wide and not headed and len(column) >= ROWS and any(_NEXT_SENTENCE.search(piece.text) for piece in column)


def _is_filled(column: Sequence[Piece]) -> bool:
    """Is a column wide, and do most of its lines, the first among them, reach its right edge, each ending in the middle of a sentence?"""
    left, right = min(piece.box[0] for piece in column), max(piece.box[2] for piece in column)
    full = [piece.box[2] > right - 2 * piece.size for piece in column[:-1]]
    ended = sum(piece.text.rstrip().endswith((".", "。")) for piece in column[:-1])
    return right - left > PROSE * column[0].size and len(full) > 1 and full[0] and 3 * sum(full) >= 2 * len(full) and 3 * ended <= len(full)
