"""The year of a day that prints none, where only the issue date tells it: what is still to be done is not put before the circular."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import parse
from ingest.settings import Settings

HEAD = "Hong Kong Securities Clearing Company Limited\n\nDate: 4 January 2027\n\nSubject: Fees\n\n"


@pytest.mark.parametrize(
    ("text", "day", "guessed"),
    [
        ("CPs must pay the fee by 28 December.", "2027-12-28", True),
        ("參與者須於12月28日或之前繳費。", "2027-12-28", True),
        ("Date\tEvent\n3 May\tA\n28 Dec\tLaunch\n", "2027-12-28", True),
        ("CPs must pay the fee by 2 January.", "2027-01-02", True),
        ("CPs must pay the fee by 3 February.", "2027-02-03", False),
        ("CPs must pay the fee by 30 November.", "2027-11-30", False),
        ("CPs must pay the fee by 28 December 2026.", "2026-12-28", False),
        ("The fee was paid on 28 December.", "2026-12-28", False),
    ],
)
def test_a_day_to_come_is_in_the_year_of_the_circular_or_after_and_doubted_where_it_has_just_gone(
    text: str, day: str, guessed: bool
) -> None:
    found = parse((HEAD + text).encode(), Path("a.txt"), Settings())
    assert str(found.dates[-1].start) == day
    assert ("year-assumed" in {warning.code for warning in found.warnings}) == guessed
