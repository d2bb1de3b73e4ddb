"""A table on a page whose rows cannot be told is never lost in silence: its headings say where it stood."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from page_factory import Words, leaf, read

from ingest.formats import untold
from ingest.formats.leaf import Run
from ingest.formats.lines import Line

Lines = Sequence[tuple[float, Sequence[tuple[float, str]]]]  # how far down a line stands; where words begin, and the words

# As LibreOffice prints them: cells in the middle of their rows, so that no line holds a row, and a day beside two or three of them.
CENTRED: Lines = [
    (376, [(58, "Settlement"), (240, "Cut-off for")]), (382, [(148, "Trade Date"), (400, "Remarks")]), (388, [(70, "Day"), (245, "input")]),
    (417, [(148, "23 Dec 2026")]), (423, [(240, "12:30 p.m.")]), (429, [(148, "(Wed)")]),
    (438, [(58, "29 Dec 2026"), (320, "Two batches will be settled; duty")]), (450, [(58, "(Tue)"), (320, "is collected in the second one")]),
    (459, [(148, "24 Dec 2026")]), (465, [(240, "3:00 p.m.")]), (471, [(148, "(Thu)")]),
]  # fmt: skip
CENTRED_ZH: Lines = [
    (123, [(58, "日期"), (198, "時間"), (271, "步驟"), (454, "參與者")]),
    (157, [(58, "2027年11月6日（星期"), (198, "上午9時"), (271, "登入系統"), (454, "所有參與者")]),
    (196, [(198, "上午10時30"), (271, "輸入交收指示，並確認對手")]), (215, [(58, "六）"), (198, "分"), (271, "指示")]),
    (248, [(454, "直接結算參")]), (256, [(198, "下午2時"), (271, "下載報表")]), (265, [(454, "與者")]),
    (299, [(198, "上午9時30"), (454, "所有參與者")]), (308, [(271, "轉換至後備中心")]), (317, [(198, "分")]),
    (325, [(58, "2027年11月13日（星期")]), (342, [(58, "六）")]), (351, [(198, "下午3時"), (271, "核對結餘")]),
]  # fmt: skip
LETTERHEAD: Lines = [
    (100, [(60, "Ref."), (300, "Date")]), (114, [(60, "CD/OES/1/2027"), (300, "3 May 2027")]), (128, [(60, "To all Participants")]),
]  # fmt: skip
LABELS: Lines = [
    (100, [(60, "Date:"), (300, "Time:")]), (114, [(60, "3 May 2027"), (300, "09:00")]), (128, [(60, "To all"), (300, "10:00")]),
]  # fmt: skip
SIGNED: Lines = [
    (100, [(60, "Ada Chan"), (300, "Ben Lee")]), (114, [(60, "Head of Risk"), (300, "Head of Trading")]), (128, [(60, "Risk"), (300, "Trading")]),
]  # fmt: skip


def aligned_line(line: Sequence[tuple[float, str]]) -> Line:
    """A line of such words."""
    runs = tuple(Run(said, (left, 100.0, left + 5 * len(said), 110.0), 10.0, 0) for left, said in line)
    return Line(runs, (runs[0].box[0], 100.0, runs[-1].box[2], 110.0), 1, 540.0, " ".join(run.text for run in runs), 10.0, 105.0)


def page(lines: Lines) -> list[Words]:
    return [(left, top, text) for top, line in lines for left, text in line]


@pytest.mark.parametrize(("lines", "said"), [(CENTRED, "Trade Date Remarks"), (CENTRED_ZH, "日期 時間 步驟 參與者")])
def test_headings_above_rows_that_nobody_can_tell_are_a_lost_table(lines: Lines, said: str) -> None:
    found = read(leaf(page(lines[:2])), leaf(page(lines[2:]), number=2))
    assert found.grids == ()
    assert [(warn.code, warn.message, warn.page) for warn in found.warnings] == [("table-lost", f"a table lost its columns: {said}", 1)]


@pytest.mark.parametrize(("line", "lost"), [
    (((60, "Dec 2028"), (320, "28 December 2028 and 29 December 2028")), True),
    (((60, "* Half day"), (320, "12:30")), False),
    (((60, "Tel:"), (320, "2979 7000")), False),
    (((60, "Ada Chan"), (320, "Ben Lee")), False),
])  # fmt: skip
def test_a_row_that_its_table_lost_is_told(line: Sequence[tuple[float, str]], *, lost: bool) -> None:
    lines = [None, aligned_line(line)]
    assert list(untold.lost(lines)) == ([1] if lost else [])


@pytest.mark.parametrize("lines", [LETTERHEAD, LABELS, SIGNED, CENTRED_ZH[:2], CENTRED_ZH[1:]])
def test_words_that_head_no_rows_are_no_lost_table(lines: Lines) -> None:
    assert read(leaf(page(lines))).warnings == ()
