"""Where a later circular speaks of a day that an earlier one gave, without telling the act in a way that is understood.

`For "18 March", please read "1 April"`, `the deadline of 18 March is amended`: what is due stays as it was, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import islice

from ingest.model import Expression, Span
from kb.moves import MOST_ACTS, MOVED, script, sentence
from kb.obligations import ALIKE, SAME, Script, act_likeness

_CORRECTED = re.compile(
    r"\b(?:should|to)\s+(?:now\s+)?(?:be\s+)?read\b|\bplease\s+read\b|\bshall\s+read\b|\b(?:is|are|be)\s+(?:replaced|substituted)\s+(?:by|with)\b"
    r"|應[為作讀]|应[为作读]|更正[為为]|取代",
    re.IGNORECASE,
)


def spoken_of(
    expression: Expression, acts: Mapping[Script, str], days: Collection[date], explained: Collection[Span]
) -> Iterator[tuple[date, ...]]:
    """The days of each sentence that moves or corrects something and prints one of these days, or has the act's words and another day.

    A sentence with one of the `explained` spans in it is understood already, unless it has the act's own words.
    """
    text = expression.text
    seen: set[Span] = set()
    for form in (MOVED, _CORRECTED):
        for found in islice(form.finditer(text), MOST_ACTS):
            begin, stop = sentence(text, found.span())
            if (begin, stop) in seen:
                continue
            seen.add((begin, stop))
            told = tuple(
                dict.fromkeys(one.start for one in expression.dates if begin <= one.span[0] < stop and one.start and one.start == one.end)
            )
            alike = _alike(acts, text[begin:stop])
            if any(begin <= start < stop for start, _ in explained) and alike < ALIKE:
                continue
            if (told and alike >= SAME) or {*days} & {*told}:
                yield told


def _alike(acts: Mapping[Script, str], whole: str) -> float:
    """How much of the act's words a sentence has, in the language of the sentence."""
    act = acts.get(script(whole))
    return act_likeness(act, whole, script(whole)) if act else 0.0
