"""Columns of deadlines: known by their headings, whatever else stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

HEAD = "Hong Kong Securities Clearing Company Limited\n\nDate: 4 January 2027\n\nSubject: Dates\n\nThe filing dates are below.\n\n"


def read(table: str) -> Expression:
    return parse((HEAD + table).encode(), Path("a.txt"), Settings())


def due(table: str) -> list[str]:
    return [" ".join(filter(None, (str(item.due), item.time, item.action))) for item in read(table).deadlines]


@pytest.mark.parametrize(
    ("heading", "action"),
    [
        ("Deadline for submission", "submission"),
        ("Deadline for submission of Form A", "submission of Form A"),
        ("Deadline of application", "application"),
        ("Last date for payment", "payment"),
        ("Latest time for lodging", "lodging"),
        ("Latest submission date", "submission"),
        ("Submit by", "Submit"),
        ("To be completed by", "To be completed"),
        ("Submission deadline", "Submission"),
        ("最遲提交日期", "提交"),
        ("截止申請日期", "申請"),
        ("提交截止日期", "提交"),
    ],
)
def test_a_heading_that_names_a_deadline_makes_its_days_due(heading: str, action: str) -> None:
    assert due(f"Fund\t{heading}\nFund A\t3 May 2027\nFund B\t4 May 2027\n") == [f"2027-05-03 {action}", f"2027-05-04 {action}"]


@pytest.mark.parametrize("heading", ["Last trading day", "Approved by", "Launch date", "最後交易日", "推出日期", "截止過戶日期"])
def test_other_headings_of_dates_make_no_deadline(heading: str) -> None:
    assert due(f"Fund\t{heading}\nFund A\t3 May 2027\nFund B\t4 May 2027\n") == []


@pytest.mark.parametrize(
    ("heading", "cell", "time"),
    [
        ("Reply deadline (5:00 p.m.)", "3 May 2027", "17:00"),
        ("回覆截止日期（下午5時）", "2027年5月3日", "17:00"),
        ("Reply deadline (5:00 p.m.)", "12 noon on 3 May 2027", "12:00"),
    ],
)
def test_a_clock_time_in_the_heading_is_for_days_without_one(heading: str, cell: str, time: str) -> None:
    assert [item.time for item in read(f"Fund\t{heading}\nFund A\t{cell}\nFund B\t4 May 2027\n").deadlines] == [time, "17:00"]


@pytest.mark.parametrize(
    "table",
    [
        "Participant\tReply deadline\nGroup A\t3 May 2027\nGroup B\tN/A\nGroup C\tN/A\n",
        "參與者\t回覆截止日期\n甲組\t2027年5月3日\n乙組\t不適用\n",
        "Date\tEvent\n3 May 2027\tDeadline for Form A\nTBC\tB\nTBC\tC\n",
        "Step\tDate\tAction\n1\t3 May 2027\tDeadline for Form A\n2\tT+2\tB\n3\tWithin 3 days\tC\n",
        "Event\tDeadline for Form A\tLaunch\nDate\t3 May 2027\t4 May 2027\n",
    ],
)
def test_cells_that_state_no_day_do_not_lose_the_ones_that_do(table: str) -> None:
    found = read(table)
    assert [str(item.due) for item in found.deadlines] == ["2027-05-03"]
    assert "2027-05-03" in {str(event.start) for event in found.events}


def test_one_date_among_other_words_makes_no_column_of_dates() -> None:
    found = read("Form\tRemark\nA\tfirst used on 3 May 2027\nB\tnew\nC\t4 May 2027\nD\told\n")
    assert (found.deadlines, found.events) == ((), ())


def test_a_timetable_says_who_acts_and_what_is_to_be_done_in_columns_of_their_own() -> None:
    """The parties of 參與者 stay whole, and a cell with by when on it is one deadline."""
    table = "時限\t負責方\t須辦事項\n2027年5月3日 17:30\t結算參與者與託管商\t交回結果\n2027年5月10日前\t指定銀行\t確認簽署人\n"
    told = [(str(item.due), item.time, item.bearer, item.action) for item in read(table).deadlines]
    assert told == [("2027-05-03", "17:30", ("結算參與者", "託管商"), "交回結果"), ("2027-05-09", None, ("指定銀行",), "確認簽署人")]
    assert read(table).duties == ()
