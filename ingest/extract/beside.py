"""People without `Mr` or `Ms` beside a number or address of theirs: `Ada Kwong 2211 6175 / Peter Lo 2211 6180`.

Only a surname of Hong Kong tells them from a desk (`Client Services 2211 6175`), or a mailbox that is called like them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ingest.lang.rules import languages
from ingest.model import Contact, Span
from ingest.text import squeeze

_REACH = 100


def find_beside(text: str, masked: str, reached: Iterable[Contact]) -> Iterator[Contact]:
    """The persons named right before telephone numbers and e-mail addresses, or in brackets right behind them."""
    for contact in reached:
        if contact.kind not in ("tel", "email"):
            continue
        low = contact.span[0]
        start = max(0, low - _REACH, masked.rfind("\n", max(0, low - _REACH), low) + 1)
        match = next((one for one in _shown(masked, start, contact.span) if _is_person(one)), None)
        match = match or (_whose_mailbox(masked, (start, low), contact.value) if contact.kind == "email" else None)
        if match is None:
            continue
        span, post = match.span("name"), match.groupdict().get("post")
        quote = text[slice(*span)]
        yield Contact(kind="person", value=quote, title=squeeze(post) if post else None, quote=quote, span=span, rule="person.beside")


def _whose_mailbox(masked: str, before: Span, mailbox: str) -> re.Match[str] | None:
    """The name from which a mailbox has its own: `Marcus Oakley, Head of Product, at marcus.oakley@…`, `… or moakley@…`."""
    local = mailbox.partition("@")[0]
    for match in _OF_MAILBOX.finditer(masked, *before):
        first, last = match["name"].split()[0].lower(), match["name"].split()[-1].lower()
        desk = _listed("org_words").search(match["name"]) or _listed("desk_words").search(match["name"])
        goes_before = _CAPITAL_BEFORE.search(masked, before[0], match.start())
        if last in local and (first in local or local.startswith(first[0])) and not desk and not goes_before:
            return match
    return None


_CAPITAL_BEFORE = re.compile(r"(?<![A-Za-z])(?!Contact|Please|E-?mail|Enquir|Attn|Attention)[A-Z][a-z]+\s+$")  # Ms Tan | Hui Min
_OF_MAILBOX = re.compile(
    r"(?<![A-Za-z.])(?<!Mr )(?<!Ms )(?<!Mr\. )(?<!Ms\. )(?<!Mrs )(?<!Miss )(?<!Mrs\. )(?:(?:Dr|Prof)\.?\s+)?"
    r"(?P<name>[A-Z][a-z]+(?:[ ][A-Z]\.)?[ ][A-Z][a-z]{2,}(?:-[A-Z]?[a-z]+)?)(?![A-Za-z]|[ ][A-Z][a-z])"
)


def _shown(masked: str, start: int, number: Span) -> Iterator[re.Match[str]]:
    """Where a name may stand, the nearest first."""
    for shape in (_NAMED, _WITH_POST):
        if found := shape.search(masked, start, number[0]):
            yield found
    if behind := _BEHIND.match(masked, number[1]):
        yield behind


_WORD = r"[A-Z](?:[a-z]+(?:-[A-Z]?[a-z]+)*|[A-Z]+|\.)(?![A-Za-z.])"
_NAME = rf"(?:^|(?<=[\n\ufddc])|[:/;,(\t•|]\s*|(?<![A-Za-z])[a-z]+\s|\d\s|\s\s)(?P<name>{_WORD}(?:[ ]{_WORD}){{1,3}})"
_TO_NUMBER = r"[\s,:;()\ufddc–-]*(?:(?:at|on|by|[Tt]el(?:ephone)?|[Dd]irect(?:\s+line)?|[Pp]hone|[Ee]-?mail)\b\.?[\s:(]*)*\+?$"
_NAMED = re.compile(_NAME + _TO_NUMBER)
# Estella Chiu, Vice President`, `Wong Ho Yin (Manager, Listing)`, `Ada Kwong of the Settlement Department`.
_POST = r"\s*[,(]\s*(?:(?:our|the)\s+)?(?P<post>[A-Z][A-Za-z, &’'-]{2,50}?)\)?|\s+(?:of|from)\s+(?:the\s+|our\s+)?[A-Z][A-Za-z &-]{2,40}?"
_WITH_POST = re.compile(rf"{_NAME}(?:{_POST}){_TO_NUMBER}")
_BEHIND = re.compile(rf"[ ]?\((?P<name>{_WORD}(?:[ ]{_WORD}){{1,3}})\)")
_PLACES = frozenset({"Hong Kong", "Kwai Chung", "Kwun Tong", "Yau Tong", "Sha Tin"})
_TITLES = frozenset({"Mr", "Ms", "Mrs", "Miss", "Mdm", "Madam", "Dr", "Prof"})


@cache
def _listed(name: str) -> re.Pattern[str]:
    return re.compile("|".join(languages()["en"].lists[name]))


def _is_person(match: re.Match[str]) -> bool:
    """A name with a surname, and beside it a post if anything: brackets and posts hold names of which the surname stands first too."""
    post = match.groupdict().get("post")
    return (not post or _listed("title_words").search(post) is not None) and _of_a_person(match["name"], first=match.re is not _NAMED)


def _of_a_person(name: str, *, first: bool) -> bool:
    """Does a surname stand last (Peter Lo), or first in capitals (CHAN Tai Man), or `first` of three words (Wong Ho Yin)?"""
    words = name.split()
    if words[0].rstrip(".") in _TITLES or " ".join(words[:2]) in _PLACES or _listed("org_words").search(name):
        return False
    first = words[0].isupper() or (first and len(words) == 3)
    return words[-1] in _surnames() or " ".join(words[-2:]) in _surnames() or (first and words[0].title() in _surnames())


@cache
def _surnames() -> frozenset[str]:
    return frozenset(languages()["en"].lists["surnames"])
