"""A day for each class of those who act: `by the following dates: (a) Class A: 3 March; (b) Class B: 10 March`.

The line above says what must be done and how strongly, each item who (or of what) and by when.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.duties import Modal, action_of, bearers, subject_of_list
from ingest.extract.leads import MARK
from ingest.extract.parties import Parties
from ingest.lang.rules import word_list
from ingest.model import Modality, Span
from ingest.text import fold, squeeze

_DATE = r"(?:\ufdd2\ufdd3*\s*,?\s*(?:on\s+)?)?\ufdd0\ufdd1*(?:\s*[,(]?\s*(?:at\s+|by\s+)?\ufdd2\ufdd3*\)?)?"
_WORDS = r"(?P<{}>[^:;,.。；，\n\ufdd0-\ufddf]{{1,60}}?)"
_END = r"(?:\s*或?[之以]?前)?\s*(?:[;；,，.。、]\s*)?(?:(?:and|or)\b|[及和与]|$)?\s*$"
_ITEM = re.compile(
    rf"{_WORDS.format('who')}\s*(?:\s[-–—]\s|[:：]|\s(?=by\b|on\b|no\b|not\b))\s*(?:(?:by|on|on\s+or\s+before|(?:no|not)\s+later\s+than)\s+)?(?P<day>{_DATE}){_END}"
    rf"|(?P<day2>{_DATE})\s*(?:\s[-–—]\s|[:：]|\sfor\b)\s*{_WORDS.format('who2')}{_END}"
)
_SPLIT = re.compile(
    r"[;；]|(?<=[\ufdd0\ufdd1])\s*[,，、]?\s*(?:(?:and|or)\s+)?(?=\([a-z0-9]{1,3}\))|(?<=[\ufdd0\ufdd1])\s*(?:,\s*)?(?:and|及|和)\s+(?=[A-Z甲乙丙])"
)


@dataclass(frozen=True, slots=True)
class Classed:
    """One item of such a list: where it stands, its day, and who must do what."""

    span: Span
    day: Span
    bearer: tuple[str, ...]
    modality: Modality
    action: str | None


@dataclass(frozen=True, slots=True)
class _Lead:
    bearer: tuple[str, ...]
    modality: Modality
    action: str | None


def classed(
    parties: Parties, text: str, masked: str, paragraphs: Sequence[Span], verbs_in: Callable[[Span], list[Modal]]
) -> Iterator[Classed]:
    """The items of all such lists, within a sentence or in the paragraphs below it."""
    for at, paragraph in enumerate(paragraphs):
        for colon in _COLON.finditer(masked, *paragraph):
            low = max(paragraph[0], colon.start() - REACH)
            if not _NAMES_DAYS.search(masked, low, colon.start()):
                continue
            found = word_list("days_below").search(masked, low, colon.end())
            if found is None or found.end() < colon.start() - GAP:
                continue
            begins = max(paragraph[0], colon.start() - LONGEST)
            start = max((stop.end() for stop in _STOP.finditer(masked, begins, colon.start())), default=begins)
            lead = _lead(parties, text, masked, (start, colon.start()), found, verbs_in)
            if lead is None:
                continue
            end = min(paragraph[1], colon.end() + LONGEST)
            below = not masked[colon.end() : end].strip(" \ufddc-–—")
            items = _below(masked, paragraphs, at + 1) if below else _inside(masked, (colon.end(), end))
            told = [one for one in (_item(parties, text, masked, item, lead) for item in items) if one is not None]
            if len(told) > 1:
                yield from told


REACH, GAP = 160, 40  # how far before the colon the words for the days begin and end
LONGEST = 1_000  # of a line above a list, and of a list within a sentence
_COLON = re.compile(r":(?!\d)")
_NAMES_DAYS = re.compile(
    fold(r"(?i:dates?|deadlines?|schedule|time-?\s?table|limits?|cut-offs?)\b|日\s?期|限\s?期|期\s?限|時\s?間\s?表|時\s?限|日\s?程")
)
_STOP = re.compile(r"[.。]\s+|[。]")


def _lead(
    parties: Parties, text: str, masked: str, sentence: Span, found: re.Match[str], verbs_in: Callable[[Span], list[Modal]]
) -> _Lead | None:
    """What the line above says: what is to be done stands before its words for the days in English, and behind them in Chinese."""
    stated = found["what"] or found["what2"]
    verbs = [verb for verb in verbs_in(sentence) if not verb.negated]
    if not verbs:
        place = found.span("what" if found["what"] else "what2")
        who = parties.find(text, masked, place)
        action = (
            None if who and who[-1].span[1] >= place[1] - 1 else action_of(text, place)
        )  # 各類參與者的截止日期如下: nothing is said to do
        return _Lead(subject_of_list(parties, text, masked, sentence), "must", action) if stated else None
    verb = verbs[-1]
    before = action_of(text, (verb.span[1], found.start())) if verb.span[1] < found.start() else None
    behind = action_of(text, (found.end(), sentence[1])) if found.end() < sentence[1] else None
    action = before if before and len(before) > 2 else behind
    return _Lead(bearers(parties, text, masked, sentence, verb, verbs), verb.modality, action)


def _below(masked: str, paragraphs: Sequence[Span], first: int) -> Iterator[Span]:
    for at in range(first, len(paragraphs)):
        paragraph = paragraphs[at]
        if _ITEM.fullmatch(masked, _behind_mark(masked, paragraph), _trimmed(masked, paragraph)) is None:
            return
        yield paragraph


def _inside(masked: str, span: Span) -> Iterator[Span]:
    low = span[0]
    for cut in _SPLIT.finditer(masked, *span):
        yield low, cut.start()
        low = cut.end()
    yield low, span[1]


def _behind_mark(masked: str, span: Span) -> int:
    low = span[0]
    while low < span[1] and masked[low].isspace():
        low += 1
    mark = MARK.match(masked, low, span[1])
    return mark.end() if mark else low


def _trimmed(masked: str, span: Span) -> int:
    high = span[1]
    while high > span[0] and masked[high - 1].isspace():
        high -= 1
    return high


def _item(parties: Parties, text: str, masked: str, span: Span, lead: _Lead) -> Classed | None:
    low, high = _behind_mark(masked, span), _trimmed(masked, span)
    match = _ITEM.fullmatch(masked, low, high)
    if match is None:
        return None
    name = "who" if match["who"] else "who2"
    who = squeeze(text[slice(*match.span(name))]).strip()
    day = match.span("day" if match["day"] else "day2")
    ends = max(match.end(name), day[1])
    mark = masked.find("\ufdd0", *day)
    place = (mark, mark + len(_ONE_DATE.match(masked, mark)[0]))  # type: ignore[index]  # the item has a date
    if word_list("class_names").search(match[name]) or parties.find(text, masked, match.span(name)):
        return Classed((low, ends), place, (parties.name(who),), lead.modality, lead.action)
    return Classed((low, ends), place, lead.bearer, lead.modality, f"{lead.action}: {who}" if lead.action else who)


_ONE_DATE = re.compile(r"\ufdd0\ufdd1*")
