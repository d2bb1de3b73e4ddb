"""Text wrapped at a width, as mails and terminals leave it, read in whole lines.

Facts are found in a text whose wrapped lines are joined, and tell their places in the text as printed: a name of a party, a number
or a date broken over a line end is then whole, in Chinese too, where no space stands between words.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import msgspec

from ingest.model import Block, Document, Expression, Span
from ingest.text import is_wide

Told = TypeVar("Told", bound=msgspec.Struct)

WIDTHS = range(40, 121)  # columns; a Chinese character takes two
FULL_LINES = 3  # as many lines end where the next word had no room: fewer may be by chance
FULL_LINES_WIDE = 2  # Chinese lines, whose next character takes two columns, hardly ever end there by chance
WIDER = 3  # as many lines may be wider: a long address, a ruling
HANGING = 2  # columns of a punctuation mark that may not begin a line

_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]+")
_CLOSING = "，。、；：！？」』）》〉】〕,.;:!?)]%"
# What had to go to the next line together: a word, or a Chinese character, with the punctuation that may not be parted from it.
_UNIT = re.compile(rf"[「『（《〈【〔(\[]*(?:[^\s\u2e80-\uffef]+|\S)[{re.escape(_CLOSING)}]*")
_CELLS = re.compile(r"\t|\S[ \u3000]{3,}\S|\s\|\s")
_ENDED = re.compile(r"[.。;；:：!！?？]$")
# What begins a line of its own: a mark of a list, a label.
_BEGINS = re.compile(
    r"[•●○◦▪■□–—*·‧※☐☑✓➢-]\s*\S"
    r"|[(（\[]?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})[)）.、\]](?!\d)"
    r"|[A-Z][\w.&/’'-]*(?:\s[\w.&/()’'-]+){0,4}\s?[:：](?:\s|$)"
    r"|[\u4e00-\u9fff][\u4e00-\u9fff\s]{0,6}[\u4e00-\u9fff]\s?[:：]"
)
_DASH = re.compile(r"[–—-]\s")
_ADDRESSED = re.compile(r"(?:Joint\s+)?[Cc]ircular\s+to\s")  # the subject stands below
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_LOWER = re.compile(r"[a-z]{2}|[a-z]\s|[,，、。；)）」]")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A document whose wrapped lines are joined, and where each of its characters stands in the text as printed."""

    document: Document
    printed: Document
    places: Sequence[int]

    def as_printed(self, told: Expression) -> Expression:
        """The facts with their places and quotes in the text as printed."""
        return msgspec.structs.replace(self._moved(told), text=self.printed.text, blocks=self.printed.blocks)

    def _moved(self, told: Told) -> Told:
        changed: dict[str, object] = {}
        for name in told.__struct_fields__:
            value = getattr(told, name)
            if name == "span" and value is not None:
                changed[name] = span = self._span(value)
                if hasattr(told, "quote"):
                    changed["quote"] = self.printed.text[slice(*span)]
            elif isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
                changed[name] = tuple(self._moved(one) for one in value)
        return msgspec.structs.replace(told, **changed) if changed else told

    def _span(self, span: Span) -> Span:
        low, high = span
        return (self.places[low], self.places[high - 1] + 1) if high > low else (self.places[low], self.places[low])


def unwrapped(document: Document) -> Unwrapped | None:
    """The document in whole lines; None where its lines are not wrapped."""
    text = document.text
    joints = list(_joints(text, document))
    if not joints:
        return None
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for low, high, glue in joints:
        parts += (text[at:low], glue)
        places += (*range(at, low), *([low] if glue else ()))
        at = high
    parts.append(text[at:])
    places += range(at, len(text) + 1)
    ends = [high for _, high, _ in joints]
    lost = list(itertools.accumulate((high - low - len(glue) for low, high, glue in joints), initial=0))

    def moved(span: Span) -> Span:
        low, high = (place - lost[bisect.bisect_right(ends, place)] for place in span)
        return low, high

    def carried(told: Told) -> Told:
        changed: dict[str, object] = {"span": moved(told.span)} if hasattr(told, "span") else {}
        if getattr(told, "caption", None) is not None:
            changed["caption"] = moved(told.caption)  # type: ignore[attr-defined]
        if hasattr(told, "cells"):
            changed["cells"] = tuple(carried(cell) for cell in told.cells)
        return msgspec.structs.replace(told, **changed)

    blocks: list[Block] = []
    for block in map(carried, document.blocks):
        if blocks and block.span[0] <= blocks[-1].span[1] + 1 and places[block.span[0]] in ends:
            blocks[-1] = msgspec.structs.replace(blocks[-1], span=(blocks[-1].span[0], block.span[1]))
        else:
            blocks.append(block)
    whole = msgspec.structs.replace(
        document,
        text="".join(parts),
        blocks=tuple(blocks),
        grids=tuple(map(carried, document.grids)),
        links=tuple(map(carried, document.links)),
    )
    return Unwrapped(whole, document, places)


def _joints(text: str, document: Document) -> Iterator[tuple[int, int, str]]:
    """The line ends to be joined, each with what stands for it: nothing beside a Chinese character, else a space."""
    pairs = [pair for span in _runs(text, document.blocks) if "\n" in text[slice(*span)] for pair in _pairs(text, span)]
    width = _width([pair for pair in pairs if pair.prose])
    for pair in pairs:
        if not width or pair.alone or not pair.fills(width):
            continue
        low, high = pair.end
        last, first = text[low - 1], text[high]
        bare = is_wide(last) or is_wide(first) or (last == "-" and text[low - 2].isalpha() and first.isalpha())
        yield low, high, "" if bare else " "


def _runs(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """Blocks of text; one that a dash begins, and no other near it, may go on from the line above."""
    begins = [_DASH.match(text, block.span[0]) is not None for block in blocks]
    for at, block in enumerate(blocks):
        low, high = block.span
        if begins[at] and sum(begins[max(0, at - 2) : at + 3]) == 1 and at and blocks[at - 1].kind != "table":
            above = text.rfind("\n", 0, low - 1) + 1
            yield max(above, blocks[at - 1].span[0]), low + len(text[low:high].split("\n", 1)[0])
        if block.kind != "table":
            yield block.span


class _Pair(NamedTuple):
    """Two lines of a block: where the upper one ends and the lower begins, the columns that the upper takes, from its indent on,
    and those that the first word of the lower would have needed; whether that begins something of its own, sentences stand there,
    the lines are Chinese, and the upper ends in a mark that may hang over.
    """

    end: Span
    taken: int
    needed: int
    alone: bool
    prose: bool
    wide: bool
    hangs: bool

    def fills(self, width: int) -> bool:
        return self.taken <= width + HANGING * self.hangs and self.taken + self.needed > width


def _pairs(text: str, block: Span) -> Iterator[_Pair]:
    lines = [found.span() for found in _LINE.finditer(text, *block)]
    marks = Counter(text[low] for low, _ in lines)
    ended = bool(lines) and _ENDED.search(text[slice(*lines[-1])]) is not None
    for line, after in itertools.pairwise(lines):
        above, below = text[slice(*line)], text[slice(*after)]
        unit = _UNIT.match(below)
        wide = is_wide(above[-1]) and is_wide(below[0])
        taken = _taken(text[text.rfind("\n", 0, line[0]) + 1 : line[1]])
        cells = _CELLS.search(above) is not None or _CELLS.search(below) is not None
        alone = cells or text.count("\n", line[1], after[0]) > 1 or _stands_alone(above, below, listed=marks[below[0]] > 1)
        needed = _taken(unit[0] if unit else "") + (not wide)
        yield _Pair((line[1], after[0]), taken, needed, alone, ended and not cells, wide or is_wide(above[0]), above[-1] in _CLOSING)


def _taken(said: str) -> int:
    return len(said) + sum(map(len, _WIDE.findall(said)))


def _width(pairs: Sequence[_Pair]) -> int:
    """The width at which most lines are full, and hardly any wider; 0 where they are of any length."""
    found = (0, 0)
    for width in sorted({pair.taken for pair in pairs} & set(WIDTHS), reverse=True):
        if sum(pair.taken > width and not pair.fills(width) for pair in pairs) > WIDER:
            break
        full = [pair for pair in pairs if pair.fills(width)]
        enough = FULL_LINES_WIDE if all(pair.wide for pair in full) else FULL_LINES
        if len(full) >= enough and 2 * len(full) >= len(pairs):
            found = max(found, (len(full), width))
    return found[1]


def _stands_alone(above: str, below: str, *, listed: bool) -> bool:
    """Does the lower of two lines begin something of its own?"""
    if _LOWER.match(below):
        return False
    if _DASH.match(below) and not listed and not _ENDED.search(above):
        return False  # `… Order Gateway / – 18 October 2025`
    return _ENDED.search(above) is not None or _ADDRESSED.match(above) is not None or _BEGINS.match(below) is not None
