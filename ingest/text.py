"""Text that can be searched without losing its place.

`fold` gives a text of the same length in which width, script variants and compatibility forms are levelled, so a span
in the folded text is a span in the original. `Mask` lays marks of one kind over the places that are already
understood, so that later rules can say "a date" without spelling it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ingest.model import Span

# Noncharacters: reserved for internal use, so no published text may hold them (readers remove them).
MARKS = {"date": "\ufdd0", "time": "\ufdd2", "number": "\ufdd4", "link": "\ufdd6", "tel": "\ufdd8", "term": "\ufdda"}
BOUNDARY = "\ufddc"  # between cells, rows and paragraphs: no rule reads across it
TAIL = {kind: chr(ord(mark) + 1) for kind, mark in MARKS.items()}
# Runs of characters that folding may change; the first one stands apart, because the matcher looks for a class fast and for a
# repetition slowly. Between the spaces and the radicals is punctuation that stays as it is, but for a few signs.
WIDE = re.compile(r"[^\x00-\x7f\u200b-\u200f\u2013-\u206f\u207a-\u2211\u2213\u2214\u2216-\u2235\u2237-\u2e7f][^\x00-\x7f]*")
# What is printed like a hyphen (a soft one that is still there was drawn on a page), a slash or a colon (︰ is the second colon of Big5).
ALIKE = {**dict.fromkeys((0xAD, 0x2010, 0x2011, 0x2012, 0x2212), "-"), 0x2215: "/", 0x2236: ":", 0xFE30: ":"}
COMPATIBLE = (
    (0x2E80, 0x2FE0), (0xF900, 0xFB00), (0xFF01, 0xFF5F), (0x3000, 0x3001),
    (0x00A0, 0x00A1), (0x2000, 0x200B), (0xFE10, 0xFE1A), (0xFE30, 0xFE6C),
)  # fmt: skip
# The number of a note stands above the line between words that belong together: `3² May`, 2026¹年.
RAISED = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"), " ")
RESERVED = dict.fromkeys(range(0xFDD0, 0xFDF0))


@cache
def folds() -> dict[int, str]:
    """What `fold` makes of a character, by its code: full width, wide spaces, signs printed alike, compatibility forms, Traditional."""
    table = {**ALIKE, **RAISED}
    for start, end in COMPATIBLE:
        for code in range(start, end):
            form = unicodedata.normalize("NFKC", chr(code))
            if len(form) == 1 and form != chr(code):
                table[code] = form
    simplified = _simplified()
    for code, form in list(table.items()):
        table[code] = simplified.get(ord(form), form)
    for code, form in simplified.items():
        table.setdefault(code, form)
    for code in RESERVED:
        table[code] = "\ufffd"
    return table


def _simplified() -> dict[int, str]:
    """OpenCC's dictionary of characters, Traditional to Simplified: one to one, so offsets hold."""
    return {ord(traditional): forms[0] for traditional, forms in _dictionary("TSCharacters")}


@cache
def traditional() -> dict[str, str]:
    """The first Traditional form of each character that is Simplified only."""
    both = _simplified()
    return {
        simplified: forms[0] for simplified, forms in _dictionary("STCharacters") if simplified not in forms and ord(simplified) not in both
    }


def _dictionary(name: str) -> Iterator[tuple[str, list[str]]]:
    package = find_spec("opencc")  # found, not imported: the converter itself is not needed
    if package is None or package.origin is None:
        raise ImportError("opencc-python-reimplemented is not installed")
    path = Path(package.origin).parent / "dictionary" / f"{name}.txt"
    for line in path.read_text("utf-8").splitlines():
        char, _, forms = line.partition("\t")
        if len(char) == len(forms.split(" ")[0]) == 1:
            yield char, forms.split(" ")


def fold(text: str) -> str:
    """Level width, script and compatibility forms for matching; the length stays."""
    table = folds()
    return text if text.isascii() else WIDE.sub(lambda run: run[0].translate(table), text)


def squeeze(text: str) -> str:
    """White space folded to single spaces; none is left where a line was broken between two Chinese characters."""
    words = text.split()
    if text.isascii():
        return " ".join(words)
    out = words[:1]
    for word in words[1:]:
        glue = "" if is_wide(word[0]) and is_wide(out[-1][-1]) else " "
        out.append(glue + word)
    return "".join(out)


def is_wide(char: str) -> bool:
    """Does a character take two columns?"""
    return not char.isascii() and unicodedata.east_asian_width(char) in "WF"


class Mask:
    """The folded text, with marks over what is already understood. It keeps its length."""

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def of(cls, folded: str, units: Sequence[Span]) -> Mask:
        """The text with boundaries between its units (cells and paragraphs, in order)."""
        parts, at = [], 0
        for start, end in units:
            if start > at:
                parts.append(BOUNDARY * (start - at))
            if end > at:
                parts.append(folded[max(start, at) : end])
                at = end
        parts.append(BOUNDARY * (len(folded) - at))
        return cls("".join(parts))

    def flat(self) -> str:
        """The text with line breaks for boundaries, for rules that read across paragraphs (the head's labels)."""
        return self.text.replace(BOUNDARY, "\n")

    def lay(self, kind: str, spans: Iterable[Span]) -> Mask:
        """A new mask on which each span is one mark of this kind; spans must not overlap."""
        parts, at = [], 0
        for start, end in sorted(spans):
            if start < at:
                continue
            parts += [self.text[at:start], MARKS[kind], TAIL[kind] * (end - start - 1)]
            at = end
        parts.append(self.text[at:])
        return Mask("".join(parts))
