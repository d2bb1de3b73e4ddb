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


@pytest.mark.parametrize("numbers", [("A1", "A2", "A3"), ("1.1", "1.2", "2.1"), ("(a)", "(b)", "(c)"), ("B-1", "B-2", "B-3")])
@pytest.mark.parametrize("ditto", ["″", "ditto", "-do-", "同上", "〃"])
def test_a_number_is_no_action_and_ditto_says_what_stands_above(numbers: tuple[str, ...], ditto: str) -> None:
    rows = (
        f"{numbers[0]}\tAppoint a manager\tIT Team\t3 May 2027",
        f"{numbers[1]}\tTest\t{ditto}\t{ditto}",
        f"{numbers[2]}\tReply\tLegal\t4 May 2027",
    )
    found = read("\n".join(("Item\tTask\tOwner\tDue date", *rows, "")))
    assert [(str(one.due), one.action, one.bearer) for one in found.deadlines] == [
        ("2027-05-03", "Appoint a manager", ("IT Team",)),
        ("2027-05-03", "Test", ("IT Team",)),
        ("2027-05-04", "Reply", ("Legal",)),
    ]
    assert [event.title for event in found.events] == ["Appoint a manager", "Test", "Reply"]
    assert found.unexplained == ()


@pytest.mark.parametrize(
    ("table", "months"),
    [
        ("Contract month\tLimit\nFeb 27\t500\nMar 27\t400\n", ["2027-02-01/2027-02-28", "2027-03-01/2027-03-31"]),
        ("合約月份\t上限\nFeb 27\t500\nMar 27\t400\n", ["2027-02-01/2027-02-28", "2027-03-01/2027-03-31"]),
        ("Expiry\tLast day\nFeb 27\t25 February 2027\nJan 28\t28 January 2028\n", ["2027-02-01/2027-02-28", "2028-01-01/2028-01-31"]),
        ("Contract month\tLimit\nFeb-27\t500\nJan-28\t400\n", ["2027-02-01/2027-02-28", "2028-01-01/2028-01-31"]),
        ("Expiry\tLimit\nFeb 27\t500\nJan 28\t400\n", ["2027-02-27/2027-02-27", "2027-01-28/2027-01-28"]),
        ("Day\tNotice\nFeb 27\t25 February 2027\nMar 31\t28 March 2027\n", ["2027-02-27/2027-02-27", "2027-03-31/2027-03-31"]),
    ],
)
def test_a_contract_month_is_no_day(table: str, months: list[str]) -> None:
    assert [f"{one.start}/{one.end}" for one in read(table).dates if one.rule.endswith(("monthday", "shortmonth"))] == months


def test_words_that_head_groups_of_rows_are_no_events() -> None:
    rows = "Before the meeting\t\nLast day of dealings\t3 May 2027\nAfter the meeting\t\nResults\t10 May 2027\n"
    found = read(f"Event\tDate\n{rows}")
    assert [(str(one.start), one.title) for one in found.events] == [("2027-05-03", "Last day of dealings"), ("2027-05-10", "Results")]


@pytest.mark.parametrize(("phase", "activity"), [("Phase", "Activity"), ("階段", "活動")])
def test_what_several_rows_are_part_of_titles_none_of_them(phase: str, activity: str) -> None:
    rows = "Tests\t3 May 2027\tTests open\n\t4 May 2027\tReports come back\nLaunch\t10 May 2027\tRoll-out\n"
    assert [event.title for event in read(f"{phase}\tDate\t{activity}\n{rows}").events] == ["Tests open", "Reports come back", "Roll-out"]
