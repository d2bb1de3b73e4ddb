"""Lines that go over the edge of their page lose the words there, so that no part of a date is taken for a whole one; that is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_factory import missing, printed

from ingest.formats import cut
from ingest.formats.leaf import Run
from ingest.model import Box
from ingest.pipeline import parse
from ingest.settings import Settings

SIZE, WIDE, PAGE = 10.0, 5.0, 300.0


def run(text: str, left: float) -> Run:
    return Run(text, (left, 100.0, left + WIDE * len(text), 100.0 + SIZE), SIZE, 7)


def kept(text: str, *, left: float | None = None, right: float = PAGE + 2) -> list[str]:
    """What is kept of a line that begins or ends there."""
    one = run(text, right - WIDE * len(text) if left is None else left)

    def box_of(place: int) -> Box:
        at = one.box[0] + WIDE * (place - one.start)
        return at, one.box[1], at + WIDE, one.box[3]

    runs, lines = cut.whole([one], PAGE, box_of)
    assert lines in ([], [text])
    assert all(part.box == (box_of(part.start)[0], *one.box[1:2], box_of(part.start + len(part.text) - 1)[2], one.box[3]) for part in runs)
    return [part.text for part in runs] if lines else ["whole"]


@pytest.mark.parametrize(("text", "left"), [
    ("The tests take place on 25 March 20", "The tests take place on"),
    ("The form is due by Monday, 7 June 2", "The form is due by"),
    ("The form is due by 25 M", "The form is due by"),
    ("It closes on the day at 5:30 p", "It closes on the day at"),
    ("The fee is raised to HK$12,0", "The fee is raised to"),
    ("Please call the desk at 2979 74", "Please call the desk at"),
    ("Forms are sent to all particip", "Forms are sent to all"),
    ("不遲於2027年3月25日下午5", "不遲於"),
    ("參與者須於2027年3月2", "參與者須於"),
    ("參與者須提交表格及所", "參與者須提交表格"),
])  # fmt: skip
def test_the_end_of_a_line_at_the_edge_is_left_out_with_the_figures_before_it(text: str, left: str) -> None:
    assert kept(text) == [left]


@pytest.mark.parametrize(("text", "left"), [
    ("5 March 2027 is the day of the tests", "is the day of the tests"),
    ("icipants return the form", "return the form"),
    ("年3月5日起參與者須交回表格", "參與者須交回表格"),
])  # fmt: skip
def test_so_is_the_beginning_of_a_line_at_the_left_edge(text: str, left: str) -> None:
    assert kept(text, left=-3) == [left]


@pytest.mark.parametrize("right", [PAGE - 20, PAGE - 4, PAGE + 40])
def test_a_line_that_ends_before_the_edge_is_whole_and_so_is_one_of_which_all_is_there(right: float) -> None:
    assert kept("The tests take place on 25 March 2027", right=right) == ["whole"]


def test_a_date_cut_by_chromium_is_none_and_told() -> None:
    if reason := missing("chromium"):
        pytest.skip(reason)
    line = "<p>The tests of the new system take place on 25 March 2027 and no other day of the year.</p>"
    style = "@page {{ size: A5 }} body {{ font: {}pt 'Liberation Sans'; white-space: nowrap; width: 1400px }}"
    pages = [f"<meta charset=utf-8><style>{style.format(size / 4)}</style>{line}" for size in range(40, 160, 3)]
    found = [parse(data, Path("a.pdf"), Settings()) for data in printed("chromium", pages)]
    assert {str(date.start) for one in found for date in one.dates} == {"2027-03-25"}
    assert {tuple(warn.code for warn in one.warnings) for one in found if not one.dates} == {("cut-text",)}
    assert {one.text.rstrip(".")[-2:] for one in found if not one.warnings} == {"ar"}  # all of the line is there
