"""Hours of other time zones: which zone the hour of a deadline is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ingest.model import Deadline, Expression, Span
from kb.moments import zones
from kb.wording import narrow

WARNING = "other-zone"
"""What the reader warns of where an hour is of another zone; a text without it is not searched."""

_WORDS = re.compile(r"“(.+?)”", re.DOTALL)


def zone_of(expression: Expression, deadline: Deadline) -> str | None:
    """The zone of a deadline's hour where it is not that of Hong Kong: its IANA name, or the words of the text where they name none."""
    if deadline.time is None or all(warning.code != WARNING for warning in expression.warnings):
        return None
    low, high = deadline.span
    printed = [one.span for one in expression.times if deadline.time in (one.time, one.end_time)]
    nearest = min(printed, key=lambda span: max(span[0] - high, low - span[1], 0), default=None)
    return next((zone for span, zone in abroad(expression) if nearest and span[0] <= nearest[0] and nearest[1] <= span[1]), None)


def abroad(expression: Expression) -> Iterator[tuple[Span, str]]:
    """Where a text prints the hours of other zones, and which zone that is; the reader's warnings have the words."""
    for warning in expression.warnings:
        if warning.code == WARNING and (words := _WORDS.match(warning.message)):
            said = " ".join(words[1].split())
            for found in re.finditer(re.escape(words[1]), expression.text):
                yield found.span(), named(said) or said


def named(words: str) -> str | None:
    """The zone that these words name, by the longest of its names: `Central European` is not `Central`."""
    found = [
        (len(name), zone) for name, zone in _names().items() if re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", narrow(words))
    ]
    return max(found)[1] if found else None


@cache
def _names() -> Mapping[str, str]:
    return {name: zone for zone, names in zones().items() for name in names}
