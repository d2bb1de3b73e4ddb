"""Clock times of other time zones: they are told as they are printed, which is no hour of Hong Kong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ingest.lang.rules import compose, languages
from ingest.model import Span, TimeMention

REACH = 40


def abroad(masked: str, times: Iterable[TimeMention]) -> Iterator[Span]:
    """The clock times beside which another zone stands, with its words: `23:59 UTC`, 倫敦時間下午5時. `masked` has times laid over."""
    before, behind = _listed("zone_before"), _listed("zone_behind")
    for time in times:
        low, high = time.span
        if match := behind.match(masked, high, high + REACH):
            yield low, match.end()
        elif match := before.search(masked, max(0, low - REACH), low):
            yield match.start(), high


@cache
def _listed(name: str) -> re.Pattern[str]:
    phrases = [compose(phrase, {}, name) for language in languages().values() for phrase in language.lists.get(name, ())]
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases))
