"""Which deadline an entry of a timetable holds: both are facts of the same text, found apart."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from ingest.model import Expression


def held(expression: Expression) -> Iterator[tuple[int, int]]:
    """The places of an event and of the deadline that stands in it; the one on the event's last day, where there are several."""
    order = sorted(range(len(expression.deadlines)), key=lambda place: expression.deadlines[place].span)
    starts = [expression.deadlines[place].span[0] for place in order]
    for number, event in enumerate(expression.events):
        low, high = event.span
        # A deadline's quote is the entry or a part of it, or the cell that holds the entry: the one before may reach into it.
        first = max(bisect.bisect_left(starts, low) - 1, 0)
        inside = [place for place in order[first : bisect.bisect_left(starts, high)] if expression.deadlines[place].span[1] > low]
        if inside:
            day = event.end or event.start
            yield number, min(inside, key=lambda place: expression.deadlines[place].stated != day)
