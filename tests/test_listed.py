"""What a list must do stands in its items; who, how strongly and often by when stands in the line above."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings


def circular(body: str) -> Expression:
    return parse(f"Date: 16 November 2026\n\nSubject: Matters\n\n{body}\n".encode(), Path("x.txt"), Settings())


OPENINGS = (":", " –", " :-", " —", ":—", "")


@pytest.mark.parametrize("opening", OPENINGS)
def test_items_under_what_somebody_is_required_to_are_duties_however_the_line_ends(opening: str) -> None:
    read = circular(
        f"Trustees are required to{opening}\n\n(i) stop new input;\n(ii) deliver the file by noon on 24 November 2026; and\n(iii) tell members."
    )
    assert [(duty.bearer, duty.modality, duty.action) for duty in read.duties] == [
        (("Trustees",), "must", "stop new input"),
        (("Trustees",), "must", "deliver the file by noon on 24 November 2026"),
        (("Trustees",), "must", "tell members"),
    ]
    assert [(due.due.isoformat() if due.due else None, due.time, due.bearer, due.action) for due in read.deadlines] == [
        ("2026-11-24", "12:00", ("Trustees",), "deliver the file")
    ]


@pytest.mark.parametrize(
    ("body", "action", "acts"),
    [
        (
            "Each Participant shall, by 3 December 2026:\n(a) appoint an officer; and\n(b) tell HKSCC the name.",
            "appoint an officer; tell HKSCC the name",
            ["appoint an officer", "tell HKSCC the name"],
        ),
        (
            "By 3 December 2026, CPs must –\n(a) appoint an officer; and\n(b) tell HKSCC the name.",
            "appoint an officer; tell HKSCC the name",
            ["appoint an officer", "tell HKSCC the name"],
        ),
        (
            "參與者須於2026年12月3日或之前：\n(a) 委任一名主任；及\n(b) 通知香港結算。",
            "委任一名主任; 通知香港結算",
            ["委任一名主任", "通知香港結算"],
        ),
    ],
)
def test_a_day_over_a_list_is_the_deadline_of_its_items(body: str, action: str, acts: list[str]) -> None:
    read = circular(body)
    assert [(str(due.due), due.action) for due in read.deadlines] == [("2026-12-03", action)]
    assert [duty.action for duty in read.duties] == acts
    assert read.unexplained == ()


@pytest.mark.parametrize(
    ("body", "acts"),
    [
        ("參與者須：\n(一) 更新系統；\n(二) 通知其客戶。\n\n系統已經開放。", ["更新系統", "通知其客戶"]),
        (
            "CPs must:\n- in case of difficulty, call the hotline\n- keep a copy\n\nThe office is open.",
            ["in case of difficulty, call the hotline", "keep a copy"],
        ),
        ("CPs must:\n(a) update their systems; and\n(i) this is a note\n(b) keep a copy.", ["update their systems", "keep a copy"]),
    ],
)
def test_items_are_duties_in_the_words_of_their_clause(body: str, acts: list[str]) -> None:
    assert [duty.action for duty in circular(body).duties] == acts


@pytest.mark.parametrize(
    "body",
    [
        "CPs should note the following:\n(a) the form is available online\n(b) the office is closed",
        "CPs must update their systems.\n(a) the form is online",
    ],
)
def test_a_list_of_statements_asks_for_nothing(body: str) -> None:
    assert len(circular(body).duties) == 1


def test_what_is_asked_of_those_who_fail_is_a_duty_of_its_own() -> None:
    read = circular(
        "AIs should submit the plan by 3 December 2026, failing which a written explanation should be provided to the HKMA no later than 10 December 2026."
    )
    assert [(str(due.due), due.bearer, due.action) for due in read.deadlines] == [
        ("2026-12-03", ("AIs",), "submit the plan"),
        ("2026-12-10", (), "provided to the HKMA"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Paper forms will only be accepted if they reach the SFC on or before 30 November 2026.",
        "Only applications received by 30 November 2026 will be considered.",
        "只有於2026年11月30日或之前送達的表格方會獲受理。",
    ],
)
def test_what_alone_is_accepted_tells_the_last_day(body: str) -> None:
    assert [(str(due.due), due.relation) for due in circular(body).deadlines] == [("2026-11-30", "by")]


def test_initials_end_no_clause() -> None:
    assert [duty.action for duty in circular("Please contact Mr K. W. Lee at 2292 1401.").duties] == ["contact Mr K. W. Lee at 2292 1401"]


@pytest.mark.parametrize(
    ("body", "due", "time", "action"),
    [
        (
            "The Exchange must receive the undertaking at or before 4:30 p.m. on 30 November 2026.",
            "2026-11-30",
            "16:30",
            "receive the undertaking",
        ),
        ("Contributions remain payable on or before 10 December 2026 through the existing channels.", "2026-12-10", None, "payable"),
        ("The undertaking is to reach the Authority by 4 December 2026.", "2026-12-04", None, "reach the Authority"),
    ],
)
def test_what_must_be_there_by_a_moment_is_a_deadline(body: str, due: str, time: str | None, action: str) -> None:
    assert [(str(found.due), found.time, found.action) for found in circular(body).deadlines] == [(due, time, action)]


@pytest.mark.parametrize(
    "body",
    [
        "If the signal is cancelled at or before 12:00 noon on 3 December 2026, trading will resume.",
        "The system remains available until 3 December 2026.",
    ],
)
def test_what_may_happen_by_a_moment_is_none(body: str) -> None:
    assert circular(body).deadlines == ()


@pytest.mark.parametrize("opening", ["各受託人須 –", "各受託人須：", "各受託人須——"])
def test_days_in_items_of_a_chinese_list_are_deadlines(opening: str) -> None:
    read = circular(
        f"{opening}\n\n(i) 停止處理新申請；\n(ii) 於2026年11月24日正午前將資料檔送交積金易公司；及\n(iii) 在生效日期後10個工作天內提交報告。"
    )
    assert [(str(due.due), due.relation, due.time, due.bearer) for due in read.deadlines] == [
        ("2026-11-24", "before", "12:00", ("受託人",)),
        ("None", "within", None, ("受託人",)),
    ]


def test_a_period_that_ends_on_a_day_is_no_deadline_of_what_is_owed_for_it() -> None:
    read = circular("截至2026年10月31日止供款期的供款仍須於2026年11月10日或之前繳付。")
    assert [(str(due.due), due.action) for due in read.deadlines] == [("2026-11-10", "繳付")]


def test_in_any_event_is_no_part_of_what_is_to_be_done() -> None:
    read = circular("受託人須立即通知本局，無論如何不得遲於2026年12月7日中午12時。")
    assert [(str(due.due), due.action) for due in read.deadlines] == [("2026-12-07", "立即通知本局")]


SCHEDULE = """Date                         Event
13 Sep 2027                  Launch of the test environment
By 25 Oct 2027               Completion of internal system change
By 30 Oct 2027               Payment of interest
4 Nov 2027                   Launch Date"""


def test_what_a_row_names_as_a_noun_is_done_by_its_day() -> None:
    assert [(str(due.due), due.relation, due.action) for due in circular(SCHEDULE).deadlines] == [
        ("2027-10-25", "by", "Completion of internal system change")
    ]


@pytest.mark.parametrize(
    ("body", "due"),
    [
        ("1. CPs should return the form:\n\n(a) by post; or\n\n(b) through the portal,\n\non or before 30 November 2026.", [("2026-11-30", "CPs", None)]),
        ("(a) CPs should return the form:\n\n(i) by post; or\n\n(ii) through the portal,\n\nby 30 November 2026.", [("2026-11-30", "CPs", None)]),
        ("2. CPs must:\n\n2.1 test the link by 2 December 2026;\n\n2.2 keep records.", [("2026-12-02", "CPs", "test the link")]),
        ("(h) CPs must:\n\n- keep records;\n\n(i) HKSCC will publish them by 20 November 2026.", []),
        ("1. CPs must:\n\n1. back up by 20 November 2026;\n\n2. report by 21 November 2026.\n\n2. HKSCC will publish them by 22 November 2026.",
         [("2026-11-20", "CPs", "back up"), ("2026-11-21", "CPs", "report")]),
        ("(g) CPs must:\n\n(i) report by 20 November 2026.", [("2026-11-20", "CPs", "report")]),
        ("3. CPs must:\n\n- keep records.\n\n4. HKSCC will open the portal by 20 November 2026.", []),
        ("二、參與者應辦理下列事項：\n（一）更新規格。\n（二）至遲於2026年11月27日前回傳結果。", [("2026-11-26", "參與者", "回傳結果")]),
        ("參與者可以下列方式交回表格：\n\n(a) 郵寄；或\n\n(b) 電郵，\n\n並於2026年11月30日或之前送達。", [("2026-11-30", "參與者", "送達")]),
    ],
)  # fmt: skip
def test_the_line_over_a_list_holds_for_the_levels_below_and_for_the_day_behind_it(
    body: str, due: list[tuple[str, str, str | None]]
) -> None:
    read = circular(f"This circular tells all participants of the arrangements for their returns in the coming year.\n\n{body}")
    assert [(str(one.due), "".join(one.bearer), one.action) for one in read.deadlines] == due
