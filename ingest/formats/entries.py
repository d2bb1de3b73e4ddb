"""The cells of a table without rulings: pieces of lines in their columns, and which of them are one cell, by their words and places."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.formats import signs
from ingest.formats.blocks import Wide
from ingest.formats.leaf import FIRST_WORD, Run
from ingest.formats.stretches import Reach, Row, Strip
from ingest.model import Box

NEARER = 1.12  # lines of one cell are nearer to each other than those of two rows, by this factor
LEADING = 1.8  # lines of one cell are no further apart than this, in heights of the type

_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+)*")
_OPENED = re.compile(r"[(（\[「][^)）\]」]*$")
_GOES_ON = re.compile(
    r"(?:[–—-]|(?:[,，、&]|(?:^|\s|(?<!\d)\d{1,2})[–—-]|\b(?:and|or|to|of|the|from)|[至和及或由])(?:\s*\d{1,2})?)$", re.IGNORECASE
)
_CONTINUES = re.compile(r"[(（][^\W\d_]|[)）,，、。;；]|(?:and|or)\b|(?:to|until)\s+\d")
_COUNTED, _COUNT_LAST = re.compile(r"[日月年時分]"), re.compile(r"[\d〇○零一二三四五六七八九十廿卅]$")
_LETTER_LAST = re.compile(r"[^\W\d_]$")


class Piece(NamedTuple):
    """What stands in one column of a line; `first` is the width of its first word."""

    line: int
    col: int
    box: Box
    size: float
    text: str
    first: float
    across: int = 1  # columns that it goes over

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


class Entry(NamedTuple):
    """Pieces of one column that are one cell, and its extent from the top of its first line to the bottom of its last."""

    col: int
    top: float
    bottom: float
    pieces: tuple[Piece, ...]


Group = list[Entry]


class Placed(NamedTuple):
    """A cell in the rows of its table, `end` not included."""

    entry: Entry
    row: int
    end: int


class Body(NamedTuple):
    """The cells of a table, and the extent of each of its rows."""

    rows: list[Strip]
    cells: list[Placed]


def pieces_of(lines: Sequence[Row], columns: Sequence[Strip], wide: Wide) -> list[Piece]:
    """The lines as pieces, line by line and from left to right."""
    found: list[Piece] = []
    for number, line in enumerate(lines):
        reach = wide.get(number, ())
        for col, group in itertools.groupby(line.runs, key=lambda run: _held(reach, _column(columns, run))):
            runs = list(group)
            across = next((end - begin for begin, end in reach if begin == col), 1)
            box = (
                min(run.box[0] for run in runs),
                min(run.box[1] for run in runs),
                max(run.box[2] for run in runs),
                max(run.box[3] for run in runs),
            )
            text = " ".join(run.text for run in runs)
            found.append(Piece(number, col, box, max(run.size for run in runs), text, _first(runs[0]), across))
    return found


def _held(reach: Reach, col: int) -> int:
    """The first of the columns that a cell goes over which holds this one; else this."""
    return next((begin for begin, end in reach if begin <= col < end), col)


def _column(columns: Sequence[Strip], run: Run) -> int:
    return max((index for index, column in enumerate(columns) if run.box[0] >= column[0] - 1), default=0)


def _first(run: Run) -> float:
    """The width of the first word."""
    word = FIRST_WORD.match(run.text)
    if run.first is not None or word is None:
        return run.first or 0.0
    return (run.box[2] - run.box[0]) * signs.width(word[0]) / max(1, signs.width(run.text))


def by_column(pieces: Iterable[Piece]) -> list[list[Piece]]:
    columns: dict[int, list[Piece]] = {}
    for piece in pieces:
        columns.setdefault(piece.col, []).append(piece)
    return list(columns.values())


def rights_of(pieces: Iterable[Piece]) -> dict[int, float]:
    """How far the words of each column reach."""
    right: dict[int, float] = {}
    for piece in pieces:
        if piece.across == 1:
            right[piece.col] = max(right.get(piece.col, 0.0), piece.box[2])
    return right


def entry_of(pieces: Sequence[Piece], leading: float | None) -> Entry:
    """A cell; with the line's height known, its extent does not depend on which letters stand in it."""
    if leading is None:
        return Entry(pieces[0].col, min(piece.box[1] for piece in pieces), max(piece.box[3] for piece in pieces), tuple(pieces))
    return Entry(pieces[0].col, pieces[0].middle - leading / 2, pieces[-1].middle + leading / 2, tuple(pieces))


def stacked(rows: Sequence[Sequence[Piece]]) -> Body:
    """Rows of whole lines: what stands in one column is one cell. A first cell whose words go on in the row below reaches over it."""
    extents: list[Strip] = []
    first: list[Placed] = []
    others: list[Placed] = []
    for number, row in enumerate(rows):
        entries = [entry_of(column, None) for column in by_column(row)]
        extents.append((min(one.top for one in entries), max(one.bottom for one in entries)))
        for entry in entries:
            above = first[-1] if first and first[-1].end == number else None
            if entry.col:
                others.append(Placed(entry, number, number + 1))
            elif above is not None and reads_on(above.entry.pieces[-1].text, entry.pieces[0].text):
                first[-1] = Placed(entry_of((*above.entry.pieces, *entry.pieces), None), above.row, number + 1)
            else:
                first.append(Placed(entry, number, number + 1))
    return Body(extents, [*first, *others])


def leading_of(pieces: Sequence[Piece]) -> float | None:
    """How far apart the lines of one cell are, if nearer than two rows: most pieces as near as that are broken lines, no cells."""
    pairs = [pair for column in by_column(pieces) for pair in itertools.pairwise(column)]
    distances = [lower.middle - upper.middle for upper, lower in pairs]
    if not distances or max(distances) <= NEARER * min(distances):
        return None
    nearest = min(distances)
    if nearest > LEADING * max(piece.size for piece in pieces):
        return None
    near = [pair for pair, distance in zip(pairs, distances, strict=True) if distance <= NEARER * nearest]
    rows = {
        (upper.line, lower.line)
        for upper, lower in near
        if (look_alike(upper, lower) or upper.text == lower.text) and not reads_on(upper.text, lower.text)
    }
    right = rights_of(pieces)
    broken = sum((upper.line, lower.line) not in rows and not are_two_cells(upper, lower, right[upper.col]) for upper, lower in near)
    return nearest if 2 * broken > len(near) else None


def are_two_cells(upper: Piece, lower: Piece, right: float) -> bool:
    """Does one cell end and another begin? They look alike (09:00, 10:30), or the second could have gone on in the line of the first."""
    if reads_on(upper.text, lower.text):
        return False
    return look_alike(upper, lower) or (not signs.is_list_item(lower.text) and has_room(upper, lower, right))


def look_alike(upper: Piece, lower: Piece) -> bool:
    """Digits at the same places, as in `3 May (Monday)` and `14 June (Friday)`; two bullets of one cell may well be so."""
    return signs.DIGIT.search(upper.text) is not None and lower.text[0] not in signs.BULLETS and _shape(upper.text) == _shape(lower.text)


def _shape(text: str) -> str:
    """`9 A (A)` for `3 May (Monday)`."""
    return _LETTERS.sub("A", _DIGITS.sub("9", text))


def has_room(upper: Piece, lower: Piece, right: float) -> bool:
    """Would the first word of the lower line have found room behind the upper one?"""
    return upper.box[2] + lower.first + 0.4 * upper.size < right


def reads_on(upper: str, lower: str) -> bool:
    """Do the words say that a line goes on: `24 May 2027` / `(Monday)`, `2027年5月24日（星期` / `一）`, `24 and` / `25 May 2027`?"""
    upper = upper.rstrip()
    if signs.LABEL.fullmatch(upper):
        return False  # `To` above `Subject`
    if _OPENED.search(upper) or _GOES_ON.search(upper) or _CONTINUES.match(lower):
        return True
    if _COUNTED.match(lower) and _COUNT_LAST.search(upper):
        return True  # 2027年5月24 / 日, but not 美元 above 日圓
    return lower[:1].islower() and _LETTER_LAST.search(upper) is not None


def is_key(text: str) -> bool:
    """A date, a numeral, a code."""
    return bool(signs.DIGIT.search(text[:4])) or signs.is_list_item(text) or signs.DATED.search(text.lower()) is not None
