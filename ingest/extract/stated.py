"""The days that a cell of dates states: without those that it gives up (`originally 21 April`), as periods and single days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from ingest.lang.rules import compose, languages
from ingest.model import DateMention, Span, TimeMention
from ingest.text import fold

Period = Sequence[DateMention]
"""The days of one list or range, in order."""


def periods(text: str, cell: Span, days: Sequence[DateMention], times: Sequence[TimeMention] = ()) -> list[Period]:
    """The days of a cell that hold. A list or range is one period; `or` and `backup date` part two.

    A day in a bracket behind another one is a remark about it, as is a day behind `originally` or `except`;
    `moved to` and an arrow give up what stands before them.
    """
    if len(days) == 1 and not text[cell[0] : days[0].span[0]].strip():
        return [days]
    kept: list[list[DateMention]] = []
    aside = False
    for gap, day in _gaps(text, cell, days, times):
        opened = gap.rfind("(")
        if opened > gap.rfind(")"):
            aside = bool(kept) and not (_joins(gap[:opened]) or _JOINS.match(gap[opened + 1 :].lstrip()))
        elif ")" in gap:
            aside = False
        if _listed("moved_to").search(gap):
            kept, aside = [[day]], False
        elif aside or _listed("set_aside").search(gap) or _listed("moved").search(gap):
            continue
        elif not kept or _listed("alternatives").search(gap):
            kept.append([day])
        elif _goes_up(kept[-1][-1], day):
            kept[-1].append(day)
        elif _LISTED.fullmatch(gap):
            kept.append([day])
    return list[Period](kept)


def _gaps(text: str, cell: Span, days: Sequence[DateMention], times: Sequence[TimeMention]) -> Iterator[tuple[str, DateMention]]:
    """Each day with the folded words between it and the one before, clock times left out."""
    said = list(fold(text[slice(*cell)]))
    for time in times:
        low, high = (at - cell[0] for at in time.span)
        said[low:high] = " " * (high - low)
    at = 0
    for day in days:
        low, high = (place - cell[0] for place in day.span)
        yield "".join(said[at:low]), day
        at = high


def _joins(gap: str) -> bool:
    return _JOINS.search(gap) is not None


_JOINS = re.compile(r"\b(?:to|until|till|through|and)\b|[–—~&,、\n/;-]|[至到及和与]", re.IGNORECASE)
_LISTED = re.compile(r"(?:\b(?:and|on)\b|[&,、/;及和与\s])+", re.IGNORECASE)


def _goes_up(before: DateMention, day: DateMention) -> bool:
    return before.start is None or day.start is None or before.start <= day.start


def whole(period: Period) -> DateMention:
    """The days of a list or range as one, from the first to the last."""
    if len(period) == 1:
        return period[0]
    ends = [day.end for day in period if day.end is not None]
    return msgspec.structs.replace(period[0], end=max(ends) if len(ends) == len(period) else None)


def line_by_line(text: str, days: Sequence[Period], lines: int) -> bool:
    """Does each line of a cell state one day, as many as the lines beside it? Then the two are pairs."""
    single = [day for period in days for day in period]
    gaps = [text[before.span[1] : day.span[0]] for before, day in pairwise(single)]
    return lines == len(single) > 1 and all(_NEXT_LINE.search(gap) for gap in gaps)


_NEXT_LINE = re.compile(r"\A(?!.*(?:\b(?:to|until|till|and|or)|[–—~&,、至到及和或-])\s*\n)[^\n]*\n[^\n]*\Z")


@cache
def _listed(name: str) -> re.Pattern[str]:
    phrases = [compose(phrase, {}, name) for language in languages().values() for phrase in language.lists.get(name, ())]
    return re.compile("|".join(f"(?:{phrase})\\s*$" for phrase in phrases))
