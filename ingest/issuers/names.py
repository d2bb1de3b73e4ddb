"""Where a text names a house: one pattern for all names of all houses.

The names make a tree of characters, which becomes one regular expression; the longest name that fits wins. Each character
stands for all its forms (證 and 证, 香 and its compatibility form), so the text itself is never folded. Between two Chinese
characters or two words there may be a gap of spaces and one line break, or nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from ingest.model import House, Span, Value
from ingest.text import fold

GAP = r"[^\S\n]*+\n?+[^\S\n]*+"
# A Latin name is no part of a word, an address (HKEX.com) or a reference number (SEOCH/057/2023).
WORD_BEFORE = r"(?<![A-Za-z0-9_@].)"
WORD_AFTER = r"(?![A-Za-z0-9_@]|\s?/\s?\d|\.[a-z])"

SUBSIDIARY_OF = re.compile(r"subsidiar(?:y|ies)\s+of\s+(?:the\s+)?\Z", re.IGNORECASE)
WHOLLY_OWNED = re.compile(r"\s*(?:[的之]\s*)?全\s*[資资]\s*附\s*[屬属]")
REACH = 40
NEVER = r"(?!)"

ENDS = frozenset({"", WORD_AFTER})
Node = dict[str, "Node"]


class NameHit(Value, frozen=True, kw_only=True):
    """A house named in a text.

    `full` tells a legal name from a short one; `parent_bracket`, that the house is named only as the owner of another:
    (A wholly-owned subsidiary of …), （…全資附屬公司）.
    """

    span: Span
    code: str
    full: bool
    parent_bracket: bool


class Name(Value, frozen=True, kw_only=True):
    """A spelling of a house's name; `code` is None for a namesake, which only keeps others from matching inside it."""

    spelling: str
    code: str | None
    full: bool


def recognise(text: str, houses: Mapping[str, House]) -> list[NameHit]:
    """Every house that the text names, in reading order; names do not overlap, the longest wins."""
    pattern, names = _compiled(tuple(houses.values()))
    hits = []
    for match in pattern.finditer(text):
        name = _meant(match.group(), names)
        if name is not None and name.code is not None:
            bracket = _as_owner(text, match.span())
            hits.append(NameHit(span=match.span(), code=name.code, full=name.full, parent_bracket=bracket))
    return hits


@lru_cache(maxsize=4096)
def key(spelling: str) -> str:
    """What all forms of a name share: folded, without spaces, in small letters."""
    return "".join(fold(spelling).split()).casefold()


def _meant(found: str, names: Mapping[str, tuple[Name, ...]]) -> Name | None:
    """A full name may stand in capitals; a short one stands as it is written (IA, HKEx), else it is another word."""
    plain = " ".join(found.split())
    return next((name for name in names[key(found)] if name.full or not plain.isascii() or name.spelling == plain), None)


def _as_owner(text: str, span: Span) -> bool:
    start, end = span
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    return SUBSIDIARY_OF.search(before) is not None or WHOLLY_OWNED.match(after) is not None


# The pattern ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _compiled(houses: tuple[House, ...]) -> tuple[re.Pattern[str], Mapping[str, tuple[Name, ...]]]:
    by_key: dict[str, tuple[Name, ...]] = {}
    tree: Node = {}
    for name in _names(houses):
        by_key[key(name.spelling)] = (*by_key.get(key(name.spelling), ()), name)
        _grow(tree, _pieces(name.spelling))
    return re.compile(_from_first(tree) if tree else NEVER), by_key


def _names(houses: Iterable[House]) -> Iterator[Name]:
    for house in houses:
        for words, code, full in ((house.name, house.code, True), (house.short, house.code, False), (house.namesakes, None, True)):
            for spelling in (*words.en, *words.zh):
                yield Name(spelling=spelling, code=code, full=full)


def _pieces(spelling: str) -> Iterator[str]:
    """One pattern a character. The first letter is a capital, as in any name: most of a text is passed over at once."""
    previous = ""
    for position, char in enumerate(fold(spelling)):
        if not char.isspace():
            gap = GAP if position and not (_latin(previous) and _latin(char)) else ""
            yield gap + _forms(char if position == 0 else char.lower() + char.upper())
        previous = char
    yield WORD_AFTER if _latin(previous) else ""


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _grow(tree: Node, pieces: Iterable[str]) -> None:
    for piece in pieces:
        tree = tree.setdefault(piece, {})


def _from_first(tree: Node) -> str:
    """The first character as one class, which the matcher finds fast; then the branch that it belongs to."""
    every = "".join(first.strip("[]") for first in tree)
    branches = (f"(?<={first}){WORD_BEFORE if first.isascii() else ''}{_after(node)}" for first, node in tree.items())
    return f"[{every}](?:{'|'.join(branches)})"


def _after(node: Node) -> str:
    """What may follow; a longer name is tried before the end of a shorter one."""
    branches = [piece + _after(node[piece]) for piece in sorted(node, key=ENDS.__contains__)]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})" if branches else ""


def _forms(chars: str) -> str:
    """A class of these characters and whatever folds to them."""
    variants = _variants()
    return "[" + "".join(re.escape(form) for char in dict.fromkeys(chars) for form in (char, *variants.get(char, ()))) + "]"


@cache
def _variants() -> Mapping[str, tuple[str, ...]]:
    """The inverse of `fold` for Han characters and radicals."""
    every = "".join(map(chr, (*range(0x2E80, 0xA000), *range(0xF900, 0xFB00))))
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for raw, folded in zip(every, fold(every), strict=True):
        if raw != folded:
            forms[folded].append(raw)
    return {char: tuple(raws) for char, raws in forms.items()}
