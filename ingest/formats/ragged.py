"""Tables in text whose columns lost their places: every row on its line, its cells a few spaces apart, as many everywhere.

So they come out of a mail or a page that was copied: wide white became two spaces, and nothing stands below anything. Headings and
rows of as many cells are the proof, as far as `wrapped` asks for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.formats import signs, wrapped
from ingest.formats.flat import WIDEST
from ingest.formats.kinds import LONG

FAR = 400  # characters of a row
APART = (2, 3, 4)  # spaces between two cells; where white fills up columns, it is not the same everywhere
WIDE = 3  # columns, and rows, that no two columns of prose have
TRIES = 3  # lines right below each other that are taken for headings: what stands above them was not parted by an empty one
ROWS = 2  # full ones below the headings
_WHITE = re.compile("[ \u3000\xa0]{2,}")


class Ragged(NamedTuple):
    """A table on lines `first` to `last` (included), its cells by rows; some rows may have lost empty ones. Without rows it is lost."""

    first: int
    last: int
    rows: tuple[tuple[str, ...], ...]


def search(lines: Sequence[str], taken: frozenset[int]) -> Iterator[Ragged]:
    """The tables on lines that no other reader has taken."""
    done = -1
    tried = 0  # lines below the last empty one that were taken for headings
    for at, line in enumerate(lines):
        tried = tried if line.strip() else 0
        if ("  " not in line and "\u3000" not in line) or at <= done or at in taken or len(line) > FAR or "\t" in line:
            continue
        tried += 1
        found = _table(lines, at, taken) if tried <= TRIES else None
        if found is not None:
            yield found
            done = found.last


def _split(line: str, apart: int) -> tuple[str, ...] | None:
    """The cells of a line; several times the white between two of them stands around empty ones. None where it fits no number of cells."""
    said = line.strip(" \u3000\xa0")
    cells: list[str] = []
    at = 0
    for white in _WHITE.finditer(said):
        count, rest = divmod(len(white[0]), apart)
        if rest:
            return None
        cells += [said[at : white.start()], *[""] * (count - 1)]
        at = white.end()
    return (*cells, said[at:])


def _table(lines: Sequence[str], at: int, taken: frozenset[int]) -> Ragged | None:
    """The table whose headings stand on this line."""
    white = _WHITE.search(lines[at].strip(" \u3000\xa0"))
    apart = len(white[0]) if white else 0
    heads = _split(lines[at], apart) if apart in APART else None
    if heads is None or not 2 <= len(heads) <= WIDEST or not all(wrapped.is_short(head) and wrapped.may_head(head) for head in heads):
        return None
    rows: list[tuple[str, ...]] = []
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if not line.strip() or number in taken or len(line) > FAR or "\t" in line or "|" in line:
            break
        row = _split(line, apart)
        if row is None:
            return None
        rows.append(row)
    while rows and len(rows[-1]) == 1:  # a line of text below
        rows.pop()
    full = [row for row in rows if len(row) == len(heads)]
    fits = all(len(row) <= len(heads) and all(signs.width(cell) <= LONG for cell in row) for row in rows)
    if fits and len(full) >= ROWS and 2 * len(full) > len(rows) and wrapped.is_proved(heads, full):
        return Ragged(at, at + len(rows), (heads, *rows))
    return Ragged(at, at + len(rows), ()) if _was_table(heads, rows) else None


def _was_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Three cells a row, again and again, or headings that can be nothing else above rows with dates, times, numbers or codes?"""
    if len(heads) >= WIDE and sum(len(row) == len(heads) for row in rows) >= WIDE:
        return True
    keyed = sum(len(row) > 1 and any(wrapped.sort(cell) in wrapped.KEYS for cell in row) for row in rows)
    titled = sum(wrapped.titled([head]) for head in heads)
    return 2 * titled >= len(heads) >= WIDE and keyed > ROWS
