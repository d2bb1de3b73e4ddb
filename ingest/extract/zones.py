"""Clock times of other time zones: they are told as they are printed, which is no hour of Hong Kong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.lang.rules import word_list
from ingest.model import Span, TimeMention

REACH = 40


def abroad(masked: str, times: Iterable[TimeMention]) -> Iterator[Span]:
    """The clock times beside which another zone stands, with its words: `23:59 UTC`, 倫敦時間下午5時. `masked` has times laid over."""
    before, behind = word_list("zone_before"), word_list("zone_behind")
    for time in times:
        low, high = time.span
        if match := behind.match(masked, high, high + REACH):
            yield low, match.end()
        elif match := before.search(masked, max(0, low - REACH), low):
            yield match.start(), high
