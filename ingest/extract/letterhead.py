"""The issuer of a house that no file describes: its name in the letterhead or below the signature, and its initials.

`The Hong Kong Institute of Trust Professionals (HKITP)` is HKITP. Initials alone prove nothing: the text has to print them, in
brackets behind the name, as the first part of the circular's own number, or in an address of the house (`enquiry@hkitp.org.hk`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.lang.rules import languages
from ingest.model import Span

HEAD_LINES, TAIL_LINES = 4, 8
LONGEST = 90
_SMALL = frozenset(("of", "and", "the", "for", "on", "in", "&"))
_HOME = frozenset(("hong", "kong"))
_LEGAL = frozenset(("limited", "ltd", "ltd.", "company", "incorporated", "inc", "inc.", "pte", "pty", "plc", "bhd", "berhad", "sdn"))
_WORD = r"[A-Z][\w’'.-]*"
_NAME = re.compile(
    rf"(?P<name>(?:(?:{_WORD}|of|and|the|for|on|in|&),?\s+){{1,10}}{_WORD})(?:\s*\(\s*(?P<initials>[A-Z][A-Z&]{{1,9}})\s*\))?"
)
_SENDER = re.compile(r"From\s*:\s*(?:[^,\n<]*,\s*)?(?=[A-Z])")
_LOGO = re.compile(r"\W*(?i:logo)\W+(?=[A-Z])")  # what a page prints where its picture is missing
_OF_HOUSE = re.compile(r"(?<![\w/-])([A-Z]{2,8})\s+(?:Circular|Notice|Bulletin|Advisory)\s+N[oO]\b")  # JFIU Circular No. 2/2026
_HOSTS = re.compile(r"@([A-Za-z0-9.-]+)|\bwww\.([A-Za-z0-9.-]+)")


def house_line(text: str, lines: Sequence[Span]) -> re.Match[str] | None:
    """The name of a house in the first lines of the text, or of who sent a mail."""
    for low, high in lines[:HEAD_LINES]:
        sender, logo = _SENDER.match(text, low, high), _LOGO.match(text, low, high)
        before = sender or logo
        name = _named(text, before.end() if before else low, high, whole=sender is None)
        if name is not None:
            return name
        if text[low:high].isascii() and not _LETTERHEAD_FIRST.fullmatch(text, low, high):
            return None
    return None


_LETTERHEAD_FIRST = re.compile(r"\W*|(?i:\[?logo\]?|circular|notice)")


def signing_line(text: str, lines: Sequence[Span]) -> re.Match[str] | None:
    """The name of a house that stands alone on one of the last lines."""
    found = (_named(text, *line, whole=True) for line in reversed(lines[HEAD_LINES:][-TAIL_LINES:]))
    return next((name for name in found if name is not None), None)


def acronym(text: str, lines: Sequence[Span]) -> str | None:
    """The letters by which a house calls itself in its letterhead (`LCH Limited`, `ASX Market Notice`) and again in the text."""
    found = (_ACRONYM.match(text, low, high) for low, high in lines[:ACRONYM_LINES])
    said = next((match["said"] for match in found if match), None) or next((text[low:high] for low, high in lines[:1]), "")
    said = said if _LETTERS.fullmatch(said) else None
    again = said and len(re.findall(rf"(?<![\w/-]){re.escape(said)}(?![\w/-])", text)) > PRINTED_OFTEN
    return said if again else None


_LETTERS = re.compile(  # alone on the first line
    r"(?!(?:MEMO|NOTICE|URGENT|DRAFT|FINAL|ANNEX|FAQ|COPY|HOME|MENU|NEWS|TO|FROM|RE)\b)[A-Z]{2,6}"
)
ACRONYM_LINES, PRINTED_OFTEN, INTRODUCED_LINES = 6, 2, 8
_ACRONYM = re.compile(
    r"(?:(?:From|FROM)\s*:\s*)?(?P<said>[A-Z]{2,6})\s+"
    r"(?:(?:Limited|Ltd|plc|PLC|Inc|Clearing(?:\s+(?:House|Corporation))?|Clear)\.?(?=\s*$|\s{2})|(?:[A-Z][a-z]+\s+){0,2}(?:Circular|Notice|Advisory|Bulletin)\b)",
    re.MULTILINE,
)


def introduced(text: str, lines: Sequence[Span], body: int) -> str | None:
    """The initials of an institution that stands alone on one of the first lines and that the body begins to speak of by its name.

    `Japan Securities Clearing Corporation ("JSCC") will make amendments`; `body` is where that begins.
    """
    for low, high in lines[:INTRODUCED_LINES]:
        name = _named(text, low, high, whole=True)
        if name is None:
            continue
        spelt = r"\s+".join(re.escape(word) for word in name["name"].split())
        begins = rf"\s*(?:The\s+)?{spelt}\s*\(\s*(?:the\s+)?[“\"‘']?(?P<said>[A-Z][A-Z&]{{1,9}})[”\"’']?\s*\)\s+[a-z]"
        if said := re.compile(begins).match(text, body):
            return said["said"]
    return None


def initials(text: str, name: re.Match[str], number: str | None) -> str | None:
    """The initials by which the text calls the house; None where it prints none."""
    if name["initials"]:
        return name["initials"]
    fits = _all_initials(name["name"])
    return max((said for said in _printed(text, name["name"], number) if said in fits), key=len, default=None)


def _named(text: str, low: int, high: int, *, whole: bool) -> re.Match[str] | None:
    """The name of an institution with which the stretch begins; `whole` where nothing may stand behind it but across a gap."""
    match = _NAME.match(text, low, min(high, low + 2 * LONGEST))
    if match is None or len(match["name"]) > LONGEST or (whole and text[match.end() : min(high, match.end() + 2)].strip()):
        return None
    return match if any(word.strip(",").casefold() in _institutions() for word in match["name"].split()) else None


@cache
def _institutions() -> frozenset[str]:
    return frozenset(languages()["en"].lists["institutions"])


def _printed(text: str, name: str, number: str | None) -> Iterator[str]:
    """What may be the initials of the house, in capitals."""
    spelt = r"\s+".join(re.escape(word) for word in name.split())
    for match in re.finditer(rf"(?i:{spelt})\s*\(\s*(?:the\s+)?[“\"‘']?(?P<said>[A-Z][A-Z&]{{1,9}})\b", text):
        yield match["said"]
    if number:
        yield from re.findall(r"[A-Z]{2,10}", number)[:1]
    yield from _OF_HOUSE.findall(text)
    for match in _HOSTS.finditer(text):
        yield from (part.upper() for part in (match[1] or match[2]).split("."))


def _all_initials(name: str) -> frozenset[str]:
    """Every way to write the name by its initials: with or without `Hong Kong`, the legal form at its end, and the small words."""
    words = [word.strip(",").casefold() for word in name.split()]
    ends = [len(words)]
    while ends[-1] > 1 and words[ends[-1] - 1] in _LEGAL:
        ends.append(ends[-1] - 1)
    ends += [end - 2 for end in ends[-1:] if end > 4 and words[end - 2] == "of"]  # National Stock Exchange of India
    left_out = itertools.product(((), _HOME), ((), _SMALL))
    forms = [[word for word in words[:end] if word not in home and word not in small] for home, small in left_out for end in ends]
    return frozenset("".join(word[0] for word in form).upper() for form in forms if len(form) > 1)
