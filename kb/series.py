"""The series that a reference number belongs to, and its place there, so that what is missing between two can be told."""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
# The SFC's own shape, `25EC14`: year, kind, count.
_SHORT = re.compile(r"(?P<kind>\d{2}[A-Z]{1,3})(?P<place>\d{1,4})")


class Place(NamedTuple):
    """A series, as its numbers with `#` for the count (`CD/OES/CCASS/#/2023`), and that of one of them."""

    series: str
    at: int


def place(number: str) -> Place | None:
    """Where a number stands in its series; None where it has no year, so that nothing tells the count from other digits."""
    if short := _SHORT.fullmatch(number):
        return Place(f"{short['kind']}#", int(short["place"]))
    groups = list(_DIGITS.finditer(number))
    years = [group for group in groups if _YEAR.fullmatch(group.group())]
    if not years:
        return None
    year = years[-1]
    behind = [group for group in groups if group.start() > year.start()]
    before = [group for group in groups if group.end() < year.start()]
    found = (behind or before)[-1:]
    if not found or len(found[0].group()) > 6:
        return None
    start, end = found[0].span()
    return Place(f"{number[:start]}#{number[end:]}", int(found[0].group()))
