"""What siblings say differently by design: each house's own names, systems, parties, numbers and contacts.

Both sides' words map to one placeholder, so that what is left over is a difference of substance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from ingest.model import Expression, House
from kb.wording import narrow

HOUSE, SYSTEM, PARTY = "§house", "§system", "§party"

# `Clearing Participants (CPs)`, 期權結算所參與者（「參與者」）: a party and the name that the text gives it are one.
_DEFINED = rf"{PARTY}\s*[(（]\s*(?:the\s+)?[\"“「『']?{PARTY}[\"”」』']?\s*[)）]"
_JOINED = rf"{PARTY}(?:\s*(?:,|、|and/or|and|or|及|和|或|以及|与)\s*(?:each\s+|每[名家])?{PARTY})+"


class Terms(NamedTuple):
    """The compiled words of the houses that a pair belongs to."""

    pattern: re.Pattern[str]
    kinds: Mapping[str, str]


def terms(houses: Iterable[House], spoken: Iterable[Expression] = ()) -> Terms:
    """The words of these houses, and the parties that these texts define for themselves."""
    return _compiled(tuple(houses), frozenset(word for expression in spoken for word in _defined_parties(expression)))


@lru_cache(maxsize=64)
def _compiled(houses: tuple[House, ...], parties: frozenset[str]) -> Terms:
    kinds: dict[str, str] = {}
    for house in houses:
        kinds.update(dict.fromkeys(_folded(*house.parties.en, *house.parties.zh), PARTY))
    kinds.update(dict.fromkeys(_folded(*parties), PARTY))
    for house in houses:
        kinds.update(dict.fromkeys(_folded(*house.systems.en, *house.systems.zh), SYSTEM))
        kinds.update(dict.fromkeys(_folded(house.code, *house.name.en, *house.name.zh, *house.short.en, *house.short.zh), HOUSE))
    words = sorted(kinds, key=len, reverse=True)
    return Terms(re.compile(f"{_english(words)}|{_chinese(words)}", re.IGNORECASE), kinds)


def _folded(*words: str) -> list[str]:
    return [_fold(word) for word in words]


def _fold(word: str) -> str:
    """Lower case, one space between English words and none between Chinese ones, wherever the line was broken."""
    return ("" if re.search(r"[\u3400-\u9fff]", word) else " ").join(narrow(word).lower().split())


def _english(words: Iterable[str]) -> str:
    """An abbreviation is no part of a longer one, nor of a code or an address; tried at the start of words only."""
    known = [r"\s+".join(map(re.escape, word.split())) for word in words if word.isascii()]
    return rf"(?<![\w@/.])(?:{'|'.join(known)})(?![\w@])" if known else "(?!)"


def _chinese(words: Iterable[str]) -> str:
    """A line may have been broken anywhere in a Chinese name."""
    known = ["".join(word.split()) for word in words if not word.isascii()]
    if not known:
        return "(?!)"
    first = "".join(sorted({re.escape(word[0]) for word in known}))
    broken = "|".join(r"\s*".join(map(re.escape, word)) for word in known)
    return f"(?=[{first}])(?:{broken})"


def _defined_parties(expression: Expression) -> list[str]:
    return [
        item.term
        for item in expression.definitions
        if re.search(r"articipant|參與者|参与者|nstitution|機構|ember|會員|rustee|受託人", item.full)
    ]


def marks(text: str, known: Terms) -> list[tuple[int, int, str]]:
    """Where the text uses such words: start, end, placeholder. An abbreviation counts only as it is written."""
    out = []
    for match in known.pattern.finditer(narrow(text)):
        kind = known.kinds.get(_fold(match.group()))
        if kind and not (match.group().islower() and len(match.group()) <= 4):
            out.append((*match.span(), kind))
    return out


def replaced(text: str, known: Terms) -> str:
    """The text with a placeholder for each such word."""
    out, at = [], 0
    for start, end, kind in marks(text, known):
        out += [text[at:start], f" {kind} "]
        at = end
    plain = " ".join("".join([*out, text[at:]]).split())
    return joined(plain)


def joined(text: str) -> str:
    """A party with its short name, and a list of parties, as one party."""
    for pattern in (_DEFINED, _JOINED):
        text = re.sub(pattern, PARTY, text)
    return text
