"""Which dates moved from one circular to a later one about the same matter, and which vague ones were firmed up.

An act is known again by its words, so what is told in other words is not followed; where two acts fit as well as each
other, neither is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from ingest.model import Clock, Deadline, Event, Expression, Span, Value
from kb import schedules
from kb.obligations import ALIKE, HAN, act_likeness, obligations

Change = Literal["moved", "firmed"]
Script = Literal["en", "zh"]

MOST_ACTS = 200
"""Acts of one circular that are followed: a real one has a tenth, and a hostile one could take hours."""

CHANGING = frozenset(("amends", "replaces", "reissue"))
"""How a circular is tied to an earlier one whose dates it may move; any other only makes a vague one firm, or says that it was moved."""


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_BY_SO_MUCH = r"(?:\s+by\s+(?:[\w-]+\s+){1,4}?|\s+)"
MOVED = re.compile(
    rf"\b(?:extended|postponed|deferred|rescheduled|revised|amended|changed|moved|advanced|brought\s+forward|put\s+back){_BY_SO_MUCH}"
    r"(?:from|to|until|till)\b"
    r"|\b(?:extend|postpone|defer|move|change|revise|amend|advance|bring\s+forward|put\s+back)(?:s|d|ed|red)?\s+(?:the|its|our)\s+"
    r"(?:[a-z]+\s+){0,2}(?:deadline|closing\s+date|due\s+date|cut-off|last\s+(?:day|date))"
    rf"|\b(?:instead|in\s+place|in\s+lieu)\s+of\s+(?:(?:by|on|before|until|the|original)\s+)*\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})\b"
    r"|(?:延[長长後后期遲迟]|順延|顺延|展延|押後|押后|提前|推遲|推迟|改期?|修訂|修订|更改)\s*(?:至|到|為|为|於|于)"
    r"|(?:而非|代替|取代)(?:原定|原來|原来|原先)?[的之於于]?\s*(?:\d{4}\s*年)?\s*\d{1,2}\s*月",
    re.IGNORECASE,
)
"""Words that say that a day or an hour was moved."""

_END = re.compile(r"[。；;\n]|\.\s+(?=[A-Z\u3400-\u9fff])")
"""A full stop within an abbreviation (`5:00 p.m. on`) ends nothing."""


_ABBREVIATED = re.compile(r"\b(?:No|Nos|Ref|Refs|Mr|Ms|Mrs|Dr|Para|Paras|Sec|St|Cap|[Tt]el)\Z")

LONGEST = 1000
"""Characters of a sentence on either side of what is looked at."""


class Stated(Value, frozen=True, kw_only=True):
    """When an act is due or takes place, as one circular tells it; both days are included, None is not known."""

    fact: Literal["deadline", "event"]
    act: str
    script: Script
    start: date | None
    end: date | None
    time: Clock | None
    tentative: bool
    quote: str
    span: Span


class Move(Value, frozen=True, kw_only=True):
    """One act of which a later circular tells another day or time than an earlier one."""

    change: Change
    old: Stated
    new: Stated


def moves(older: Expression, newer: Expression, relation: str) -> list[Move]:
    """The dates of the older circular that the newer one tells otherwise; a vague one that it narrows is firmed, any other moved."""
    before, after = list(stated(older)), list(stated(newer))
    if len(before) > MOST_ACTS or len(after) > MOST_ACTS:
        return []
    found = [Move(change=change(old, new), old=old, new=new) for old, new in again(before, after) if not same_day(old, new)]
    return [move for move in found if relation in CHANGING or move.change == "firmed" or amended(newer.text, move.new.span, move.new.act)]


def amended(text: str, span: Span, act: str | None) -> bool:
    """Whether the sentence around a day says that it was moved: `has been extended to`, 改為; the act's own words do not count."""
    begin, stop = sentence(text, span)
    return bool(MOVED.search(text[begin:stop].replace(act, "") if act else text[begin:stop]))


def sentence(text: str, span: Span) -> Span:
    """The sentence or line around a span, as far as a sentence may go."""
    first, last = max(0, span[0] - LONGEST), min(len(text), span[1] + LONGEST)
    begin = max((end.end() for end in _ends(text, first, span[0])), default=first)
    stop = next(_ends(text, span[1], last), None)
    return begin, stop.start() if stop else last


def _ends(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """Where sentences end; `Ref. No.` is not the end of one."""
    return (end for end in _END.finditer(text, first, last) if not _ABBREVIATED.search(text[max(0, end.start() - 8) : end.start()]))


def stated(expression: Expression) -> Iterator[Stated]:
    """The acts of a circular, each once: its obligations, and the entries of its timetables that are no deadlines."""
    for obligation in obligations([expression]):
        yield of_deadline(expression.deadlines[obligation.members[0].deadline])
    held = {event for event, _ in schedules.held(expression)}
    yield from (of_event(event) for place, event in enumerate(expression.events) if place not in held)


def of_deadline(deadline: Deadline) -> Stated:
    act = deadline.action or deadline.quote
    return Stated(
        fact="deadline",
        act=act,
        script=script(act),
        start=deadline.due,
        end=deadline.due,
        time=deadline.time,
        tentative=deadline.tentative,
        quote=deadline.quote,
        span=deadline.span,
    )


def of_event(event: Event) -> Stated:
    return Stated(
        fact="event",
        act=event.title,
        script=script(event.title),
        start=event.start,
        end=event.end,
        time=event.time,
        tentative=False,
        quote=event.quote,
        span=event.span,
    )


def script(act: str) -> Script:
    return "zh" if HAN.search(act) else "en"


def again(before: Sequence[Stated], after: Sequence[Stated]) -> Iterator[tuple[Stated, Stated]]:
    """The acts that both tell, as far as they fit each other only."""
    alike = [
        (same_day(old, new), score, i, j)
        for i, old in enumerate(before)
        for j, new in enumerate(after)
        if old.fact == new.fact and old.script == new.script and (score := act_likeness(old.act, new.act, old.script)) >= ALIKE
    ]
    return ((before[i], after[j]) for i, j in matched(alike))


def matched(alike: Sequence[tuple[bool, float, int, int]]) -> Iterator[tuple[int, int]]:
    """Who belongs together, by places, of all that are alike: those of the same day first, then the others, the surest first.

    Where two fit as well as each other on another day, neither is taken.
    """
    gone: set[tuple[str, int]] = set()
    for same, score, i, j in sorted(alike, key=lambda tie: (-tie[0], -tie[1], tie[2:])):
        if ("old", i) in gone or ("new", j) in gone:
            continue
        rivals = [
            tie
            for tie in alike
            if tie[:2] == (same, score) and (tie[2] == i) != (tie[3] == j) and not {("old", tie[2]), ("new", tie[3])} & gone
        ]
        if same or not rivals:
            yield i, j
            gone |= {("old", i), ("new", j)}


def same_day(old: Stated, new: Stated) -> bool:
    """Whether both tell the same days and no other time; what was tentative and is so no longer is not the same."""
    times = {old.time, new.time} - {None}
    return (old.start, old.end) == (new.start, new.end) and len(times) < 2 and old.tentative <= new.tentative


def change(old: Stated, new: Stated) -> Change:
    """Firmed: the new days lie within the old ones and are fewer, an open end is closed, or what was tentative is confirmed."""
    return "firmed" if narrows(old, new) or confirms(old, new) else "moved"


def narrows(old: Stated, new: Stated) -> bool:
    """Whether the new days lie within the old ones and are fewer; what has no day yet may be any."""
    inside = (old.start or date.min) <= (new.start or date.min) and (new.end or date.max) <= (old.end or date.max)
    return inside and (old.start, old.end) != (new.start, new.end)


def confirms(old: Stated, new: Stated) -> bool:
    """The same days, tentative before and no longer so."""
    return (old.start, old.end) == (new.start, new.end) and old.tentative and not new.tentative
