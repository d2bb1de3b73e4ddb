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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Under the circular of 4 May 2019, CPs must reply by 29 January.", "2027-01-29"),
        ("CPs should reply by 29 January. The circular issued on 4 May 2019 no longer applies.", "2027-01-29"),
        ("根據2019年5月4日發出的通告，參與者須於1月29日前回覆。", "2027-01-29"),
        ("參與者應在6月10日前報送。2015年5月4日發布的《關於賬戶的通知》同時廢止。", "2027-06-10"),
        ("The notice issued on 4 May 2026 said that CPs must reply by 29 June.", "2026-06-29"),
        ("本會於2019年5月4日致函參與者，要求其於6月30日前回覆。", "2019-06-30"),
    ],
)
def test_what_is_to_be_done_is_not_in_the_year_of_an_old_paper_that_is_cited(text: str, day: str) -> None:
    found = parse((HEAD + text).encode(), Path("a.txt"), Settings())
    assert [str(mention.start) for mention in found.dates if mention.year_inferred] == [day]
