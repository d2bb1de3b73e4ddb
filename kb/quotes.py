"""A quote as a reader needs to see it: with the words around it, and with those marked that differ from the other side."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from ingest.model import Expression, Side

AROUND = 60
"""So many characters of the same line are shown before and after a quote."""
LONGEST = 600
"""Of a longer quote the beginning is shown; comparing two of them word by word would take long and say little."""

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[.,:'’-][A-Za-z0-9]+)*|\s+|.", re.DOTALL)
_HAN = re.compile(r"[\u3400-\u9fff]")


class Piece(NamedTuple):
    """Part of a text, and whether it is what differs."""

    text: str
    marked: bool = False


def shown(side: Side, other: Side | None, expression: Expression) -> list[Piece]:
    """The quote of a side of this expression in its line; where both sides are in one script, the words that differ are marked."""
    quote = side.quote if side.quote is not None else side.value
    within = marked(quote, other.quote) if other and other.quote and side.quote else [Piece(cut(quote), marked=True)]
    if side.span is None:
        return within
    before, after = around(expression.text, *side.span)
    return [piece for piece in (Piece(before), *within, Piece(after)) if piece.text]


def marked(quote: str, other: str) -> list[Piece]:
    """A quote, cut into what the other one says too and what it does not."""
    if quote == other or bool(_HAN.search(quote)) != bool(_HAN.search(other)) or max(len(quote), len(other)) > LONGEST:
        return [Piece(cut(quote), marked=True)]
    ours, theirs = _TOKEN.findall(quote), _TOKEN.findall(other)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    pieces = [Piece("".join(ours[start:end]), tag != "equal") for tag, start, end, _, _ in blocks if start < end]
    return pieces or [Piece(quote, marked=True)]


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands in the same line before and after a span, as far as it is shown."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    before = ("…" if start - AROUND > line else "") + text[max(line, start - AROUND) : start]
    after = text[end : min(stop, end + AROUND)] + ("…" if end + AROUND < stop else "")
    return before, after
