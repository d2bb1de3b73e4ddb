"""Days that a circular calls by a name (`Record date: 21 August 2026`, 生效日期為…, `on 4 May 2026 (the “Launch Date”)`).

What is due `at least three business days before the record date` can then be counted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from ingest.lang.spacing import loosen
from ingest.model import DateMention
from ingest.text import fold

NEAR = 60  # characters in which a name stands beside its day
_GAP = r"(?:[^\S\n]{2,}|[\s\ufddc]*\ufddc[\s\ufddc]*)"  # the space between two columns
_BEFORE = re.compile(
    r"(?P<name>(?:[A-Za-z][A-Za-z-]*\s+){1,3}(?:date|day|deadline))"
    rf"(?:\s*:\s*|\s+(?:is|was|will\s+be|shall\s+be|falls\s+on)\s+(?:on\s+)?|{_GAP})$",
    re.IGNORECASE,
)
_BEFORE_ZH = re.compile(rf"(?P<name>[一-鿿]{{1,8}}日期?)(?:\s*:\s*|\s*{loosen('(?:将?[为是]|定于|订于|定为)')}\s*|{_GAP})$")
# What happens on the day may stand between it and its name: 自…起實施（下稱「實施日」）, `on … at noon (the “Launch Date”)`.
_BEHIND = re.compile(
    r"[^()\d.,;:。、”」\n]{0,40}\(\s*(?:the\s+|以?下[称简统合]+|[即统合]称?)?\s*[“\"「‘'](?P<name>[^”\"」’'()]{2,40})[”\"」’']\s*\)"
)
_MEANS = re.compile(
    rf"[“\"「‘'](?P<name>[^”\"」’'()]{{2,40}})[”\"」’']\s*(?:shall\s+mean|means|refers\s+to|is|will\s+be|{loosen('(?:是指|指|即|[为是])')})\s*[:,]?\s*(?:\ufdd2\ufdd3*\s*,?\s*(?:on\s+)?)?$"
)
# What is called by a name before it is told when it takes place: an exercise (the “BCP Exercise”) will take place on ….
_EVENT = re.compile(
    r"\(\s*(?:the\s+)?[“\"‘'](?P<name>[^”\"’'()]{2,40})[”\"’']\s*\)\s*(?:(?:will|shall|is|has\s+been|to)\s+)+"
    r"(?:(?:be\s+)?(?:held|conducted|launched|scheduled|arranged|rolled\s+out)|take\s+place|commence|begin|start|go\s+live)\s+(?:to\s+take\s+place\s+)?(?:on|for)\s+$"
)
_HAPPENS = re.compile(r"\s+(?:begins|starts|commences|takes\s+place|is\s+held|goes\s+live|is\s+launched)$")
# 本公告自2026年12月1日起施行: 自本公告施行之日 counts from that day.
_OWN_PAPER = re.compile(r"(?P<paper>本[一-鿿]{2,4}?)(?:将|应|须|拟)?[自由于从]$")
_TAKES_EFFECT = re.compile(rf".?起?(?:正式|开始)?{loosen('(?:施行|实施|生效|执行)')}")
_EFFECTS = ("施行", "实施", "生效", "执行")
_OPENING = re.compile(r"^(?:the|its|such|said|该|有关|上述|拟|其)\s*")


class Named:
    """The days with a name, looked for when one is asked for."""

    def __init__(self, text: str, masked: str, dates: Iterable[DateMention]) -> None:
        self._text, self._masked, self._dates = text, masked, dates
        self._days: dict[str, set[date]] | None = None

    def day(self, said: str) -> date | None:
        """The one day of this name (`the record date`); None where there is none, or more than one."""
        if self._days is None:
            self._days = self._found()
        days = self._days.get(_plain(said), set())
        return next(iter(days)) if len(days) == 1 else None

    def _found(self) -> dict[str, set[date]]:
        days: defaultdict[str, set[date]] = defaultdict(set)
        for mention in self._dates:
            if mention.start is not None and mention.end in (mention.start, None):
                for name in self._names(mention):
                    days[name].add(mention.start)
        return dict(days)

    def _names(self, mention: DateMention) -> Iterator[str]:
        low, high = mention.span
        before = self._masked[max(0, low - NEAR) : low]
        if hit := _BEFORE.search(before):
            words = hit["name"].split()
            yield from (_plain(" ".join(words[at:])) for at in range(len(words) - 1))
        elif hit := _BEFORE_ZH.search(before):
            yield from (_plain(hit["name"][at:]) for at in range(len(hit["name"]) - 2))
        if event := _EVENT.search(self._masked, max(0, low - 2 * NEAR), low):
            yield _plain(event["name"])
        if means := _MEANS.search(before):
            yield _plain(means["name"])
        if (own := _OWN_PAPER.search(before)) and _TAKES_EFFECT.match(fold(self._text[high - 1 : high + NEAR])):
            yield from (_plain(f"{own['paper']}{effect}{day}") for effect in _EFFECTS for day in ("", "日", "之日"))
        if behind := _BEHIND.match(fold(self._text[high : high + NEAR])):
            yield _plain(behind["name"])


def _plain(said: str) -> str:
    """A name without its article, in small letters; 生效日 and 生效日期 are one."""
    return _HAPPENS.sub("", _OPENING.sub("", " ".join(fold(said).lower().split()))).removesuffix("期")
