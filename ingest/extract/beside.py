"""People without `Mr` or `Ms` beside a number or address of theirs: `Ada Kwong 2211 6175 / Peter Lo 2211 6180`.

Only a surname of Hong Kong tells them from a desk (`Client Services 2211 6175`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ingest.lang.rules import languages
from ingest.model import Contact

_REACH = 60


def find_beside(text: str, masked: str, reached: Iterable[Contact]) -> Iterator[Contact]:
    """The persons named right before telephone numbers and e-mail addresses."""
    for contact in reached:
        if contact.kind not in ("tel", "email"):
            continue
        low = contact.span[0]
        begin = max(0, low - _REACH)
        match = _NAMED.search(masked, max(begin, masked.rfind("\n", begin, low) + 1), low)
        if match is not None and _of_a_person(match["name"]):
            span = match.span("name")
            yield Contact(kind="person", value=text[slice(*span)], quote=text[slice(*span)], span=span, rule="person.beside")


_WORD = r"[A-Z](?:[a-z]+(?:-[A-Z]?[a-z]+)*|[A-Z]+|\.)(?![A-Za-z.])"
_NAMED = re.compile(
    rf"(?:^|(?<=[\n\ufddc])|[:/;,(\t•|]\s*|(?<![A-Za-z])[a-z]+\s|\d\s|\s\s)(?P<name>{_WORD}(?:[ ]{_WORD}){{1,3}})"
    r"[\s,:;()\ufddc–-]*(?:(?:at|on|by|[Tt]el(?:ephone)?|[Dd]irect(?:\s+line)?|[Pp]hone|[Ee]-?mail)\b\.?[\s:(]*)*\+?$"
)
_PLACES = frozenset({"Kwai Chung", "Kwun Tong", "Yau Tong", "Sha Tin"})
_TITLES = frozenset({"Mr", "Ms", "Mrs", "Miss", "Mdm", "Madam", "Dr", "Prof"})


def _of_a_person(name: str) -> bool:
    """Does a surname stand last (Peter Lo), or first in capitals (CHAN Tai Man)?"""
    words = name.split()
    if words[0].rstrip(".") in _TITLES or name in _PLACES:
        return False
    return words[-1] in _surnames() or " ".join(words[-2:]) in _surnames() or (words[0].isupper() and words[0].title() in _surnames())


@cache
def _surnames() -> frozenset[str]:
    return frozenset(languages()["en"].lists["surnames"])
