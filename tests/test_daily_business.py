"""Wordings of every day's circulars: cut-offs of one day, who is asked by whom, when and how before what, days of a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

HEADS = {
    "en": "HONG KONG MONETARY AUTHORITY\n\nDate: 14 September 2026\n\nSubject: Test\n\nThis letter is for authorized institutions (AIs). ",
    "zh": "香港中央結算有限公司\n\n日期：2026年9月14日\n\n事由：測試\n\n",
}


def read(said: str) -> Expression:
    return parse((HEADS["en" if said.isascii() or "“" in said else "zh"] + said + "\n").encode(), Path("circular.txt"), Settings())


@pytest.mark.parametrize(
    ("said", "due", "time", "action"),
    [
        ("The cut-off time for input of DIs on 30 September 2026 will be advanced to 3:45 p.m.", "2026-09-30", "15:45", "input of DIs"),
        ("On 24 December 2026, the cut-off for stock withdrawal is brought forward from 4:00 p.m. to 11:00 a.m.", "2026-12-24", "11:00", "stock withdrawal"),
        ("The last input time for Delivery Instructions on 4 May 2027 is 7:00 p.m.", "2027-05-04", "19:00", "Delivery Instructions"),
        ("2026年9月30日的股份提取截止時間為上午11時。", "2026-09-30", "11:00", "股份提取"),
        ("輸入交收指示的截止時間於2026年9月30日將提前至下午3時45分。", "2026-09-30", "15:45", "輸入交收指示"),
        ("2026年12月24日繳付款項的時限由下午4時改為中午12時。", "2026-12-24", "12:00", "繳付款項"),
    ],
)  # fmt: skip
def test_the_cut_off_of_one_day_is_a_deadline(said: str, due: str, time: str, action: str) -> None:
    [deadline] = read(said).deadlines
    assert (str(deadline.due), deadline.time, deadline.action) == (due, time, action)


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("The meeting on 5 October 2026 will be held at 3:00 p.m.", "15:00"),
        ("Trading on 24 December 2026 will end at 12:30 p.m.", "12:30"),
        ("Files dated 5 October 2026 are available after 7:00 p.m.", None),
        ("Applications of 5 October 2026 will be processed at the latest by 5:00 p.m. on 6 October 2026.", None),
        ("2026年12月24日的交易時段將於中午12時結束。", "12:00"),
        ("10月5日的會議將於下午三時舉行。", "15:00"),
        ("2026年12月24日收到的申請將於12月28日下午5時處理。", None),
    ],
)
def test_a_day_has_the_time_at_which_something_happens_on_it(said: str, time: str | None) -> None:
    assert read(said).dates[1].time == time


@pytest.mark.parametrize(
    ("said", "bearer", "modality", "action"),
    [
        ("The HKMA expects the Board and senior management of AIs to review their controls.", ("AIs",), "should", "review their controls"),
        ("The SFC requires the board of directors of each licensed corporation to approve the plan.", ("licensed corporation",), "must", "approve the plan"),
        ("AIs are expected by the HKMA to report without delay.", ("AIs",), "should", "report without delay"),
        ("Licensed corporations are required by section 118 to report at once.", ("Licensed corporations",), "must", "report at once"),
        ("It is expected that intermediaries will submit the return.", ("intermediaries",), "should", "submit the return"),
        ("受託人須自轉制日起，於每月終結後10個工作天內，向積金局遞交報表。", ("受託人",), "must", "自轉制日起，於每月終結後10個工作天內，向積金局遞交報表"),
        ("結算參與者須在交收日前一天，按附件的格式，提交報告。", ("結算參與者",), "must", "在交收日前一天，按附件的格式，提交報告"),
        ("參與者須不遲於2027年3月15日下午5時30分，將樣本送交本公司。", ("參與者",), "must", "不遲於2027年3月15日下午5時30分，將樣本送交本公司"),
    ],
)  # fmt: skip
def test_a_duty_says_who_and_what(said: str, bearer: tuple[str, ...], modality: str, action: str) -> None:
    [duty] = read(said).duties
    assert (duty.bearer, duty.modality, duty.action) == (bearer, modality, action)


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("結算參與者須在交收日前一天，按附件的格式，提交報告。", "按附件的格式，提交報告"),
        ("參與者須不遲於2027年3月15日下午5時30分，將樣本送交本公司。", "將樣本送交本公司"),
        ("參與者須於2027年3月15日或之前，把填妥的表格交回本公司。", "把填妥的表格交回本公司"),
        ("The return must be filed within 10 business days after the month-end (i.e. no later than 14 October 2026).", "return filed"),
    ],
)
def test_a_deadline_says_what(said: str, action: str) -> None:
    assert {deadline.action for deadline in read(said).deadlines} == {action}


@pytest.mark.parametrize(
    "said",
    [
        "2026年12月24日（星期四，聖誕節前夕）及12月31日為半日市，當日不設下午交易時段。",
        "9月23日、24日達成的交易，其交收日分別為9月28日和30日，參與者應於當日11:00前備足資金。",
    ],
)
def test_the_day_of_several_is_in_doubt(said: str) -> None:
    found = read(said)
    assert [(one.quote, one.why) for one in found.unexplained] == [("當日", "one of several days that are named before")]
    assert not any(mention.relative for mention in found.dates)


def test_every_module_of_a_list_is_cited() -> None:
    found = read("This follows the manual’s modules SA-2 “Outsourcing”, IC-1 and OR-2 “Operational Resilience”; see Form A-2.")
    assert [cited.number for cited in found.references] == ["SA-2", "IC-1", "OR-2"]


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("通告\n\n事項：\t交收安排\n查詢：\t熱線：2979 7111\n檔案編號：\tCD/CA/CCASS/118/2026\t\t日期：2026年9月14日\n\n參與者須留意。\n", "CD/CA/CCASS/118/2026", "交收安排"),
        ("CIRCULAR\n\nSubject:\tFees\nEnquiry:\thotline : 2979 7111\nReference:\tCD/CA/CCASS/119/2026\t\tDate: 14 September 2026\n\nPlease note.\n", "CD/CA/CCASS/119/2026", "Fees"),
    ],
)  # fmt: skip
def test_a_head_set_with_tabs_is_no_table(text: str, number: str, title: str) -> None:
    found = parse(text.encode(), Path("circular.txt"), Settings())
    assert (found.number, str(found.issued), found.title) == (number, "2026-09-14", title)
    assert not found.tables
    assert not found.unexplained
    assert not found.warnings


@pytest.mark.parametrize(
    "table",
    ["Stock\tLast Withdrawal Date\n700\t23 Sep 2026 (4:00 p.m.)\n5\t24 Sep 2026 (4:00 p.m.)", "股份\t最後提取日期\n700\t2026年9月23日下午4時\n5\t2026年9月24日下午4時"],
)  # fmt: skip
def test_the_last_day_to_withdraw_is_a_deadline(table: str) -> None:
    found = read(("Dates:" if table.isascii() else "日期如下：") + f"\n\n{table}")
    assert [(str(one.due), one.time) for one in found.deadlines] == [("2026-09-23", "16:00"), ("2026-09-24", "16:00")]


def test_milestones_say_by_when() -> None:
    said = "The following milestones apply:\n\n- By end-July 2027: confirmation to be returned\n- Before 3 August 2027: submit the form\n- On or before 4 August 2027 – reply to HKFE\n- 5 August 2027: launch"
    found = [(one.relation, str(one.due), one.action) for one in read(said).deadlines]
    assert found == [
        ("by", "2027-07-31", "confirmation to be returned"),
        ("before", "2027-08-02", "submit the form"),
        ("by", "2027-08-04", "reply to HKFE"),
    ]


@pytest.mark.parametrize(
    ("first", "issuer"),
    [
        ("HKFE CIRCULAR", "HKFE"),
        ("SEHK Notice", "SEHK"),
        ("期交所通告", "HKFE"),
        ("證監會新聞稿", "SFC"),
        ("HKFE users of the portal", None),
    ],
)
def test_a_short_name_above_its_circular_is_the_issuer(first: str, issuer: str | None) -> None:
    text = f"{first}\n\nSubject: Limits\nRef. No.: MKD/EQD/14/26\nDate: 22 May 2026\n\nMembers must file it by 3 June 2026.\n"
    assert parse(text.encode(), Path("circular.txt"), Settings()).issuer == issuer


@pytest.mark.parametrize("label", ["本署檔號", "本局檔號", "本會檔號", "本公司檔號"])
def test_the_number_below_the_title_is_no_title(label: str) -> None:
    text = f"保險業監管局\n\n致：所有獲授權保險人\n\n有關更新申報表事宜\n\n{label}：INS/TEC/10\n日期：2026年3月3日\n\n獲授權保險人須於2026年4月30日或之前回覆。\n"
    found = parse(text.encode(), Path("circular.txt"), Settings())
    assert (found.number, found.title) == ("INS/TEC/10", "有關更新申報表事宜")


def test_who_pays_late_is_told_what_we_may_do() -> None:
    found = read("資料使用者須在2026年10月30日下午六時前，以附件一的表格，向本署提交名單。逾期未交者，本署可發出執行通知。")
    assert [(duty.bearer, duty.action) for duty in found.duties] == [
        (("資料使用者",), "在2026年10月30日下午六時前，以附件一的表格，向本署提交名單"),
    ]
    assert [one.action for one in found.deadlines] == ["以附件一的表格，向本署提交名單"]


@pytest.mark.parametrize(
    ("said", "due"), [("AIs須於通函發出之日起計一個月內完成篩查。", "2026-10-14"), ("AIs須於該通函發出之日起計一個月內完成篩查。", "None")]
)
def test_the_circular_counts_from_its_own_day(said: str, due: str) -> None:
    [deadline] = read(said).deadlines
    assert str(deadline.due) == due


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "A copy should be sent to us by 30 June 2027 (for banks) and 30 September 2027 (for all other AIs).",
            [("2027-06-30", ("banks",), "sent to us"), ("2027-09-30", ("AIs",), "sent to us")],
        ),
        (
            "AIs must return the form by 3 March 2027 (Class A) or 31 March 2027 (Class B).",
            [("2027-03-03", ("AIs",), "return the form (Class A)"), ("2027-03-31", ("AIs",), "return the form (Class B)")],
        ),
        ("AIs must return the form by 3 March 2027 (Wednesday) or, failing that, tell us.", [("2027-03-03", ("AIs",), "return the form")]),
    ],
)
def test_each_of_several_has_its_day(said: str, expected: list[tuple[str, tuple[str, ...], str]]) -> None:
    assert [(str(one.due), one.bearer, one.action) for one in read(said).deadlines] == expected


def test_a_condition_in_brackets_is_of_its_own_line() -> None:
    found = read("First closing date : 26 August 2027 (unless revised)\nMarket deadline : 4:00 p.m. on 27 August 2027").deadlines
    assert [(str(one.due), one.time, one.action) for one in found] == [("2027-08-26", None, None), ("2027-08-27", "16:00", None)]


@pytest.mark.parametrize(
    ("said", "modality", "action"),
    [
        ("AIs are to perform a gap analysis.", "must", "perform a gap analysis"),
        ("未有參加測試的參與者，將不獲准於9月15日接駁新系統。", "must", "不獲准於9月15日接駁新系統"),
    ],
)
def test_what_is_to_be_done_and_what_is_not_allowed(said: str, modality: str, action: str) -> None:
    [duty] = read(said).duties
    assert (duty.modality, duty.action) == (modality, action)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("截止日期\t參與者須於2027年3月18日或之前交回表格。\n地點\t香港中環\n", "a.txt"),
        ("<table><tr><td>截止日期<td>參與者須於2027年3月18日或之前交回表格。<tr><td>查詢<td>2979 7111</table>", "a.html"),
        (
            "| Item | Action required |\n|---|---|\n| Form A | CPs must return it by 18 March 2027. |\n| Form B | No action is needed. |\n",
            "a.txt",
        ),
    ],
)
def test_a_sentence_in_a_cell_may_be_a_deadline(text: str, name: str) -> None:
    head = "香港中央結算有限公司\n\n日期：2026年9月14日\n\n事由：測試\n\n"
    head = head if name == "a.txt" else "".join(f"<p>{line}</p>" for line in head.split("\n\n"))
    found = parse((head + text).encode(), Path(name), Settings())
    assert [(str(one.due), one.relation) for one in found.deadlines] == [("2027-03-18", "by")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "報告須於2027年6月30日（銀行）及2027年9月30日（其他機構）或之前提交。",
            [("2027-06-30", ("銀行",), "提交"), ("2027-09-30", (), "提交 (其他機構)")],
        ),
        (
            "參與者須於2027年6月30日（甲類）、7月30日（乙類）及8月31日（丙類）或之前交回表格。",
            [
                ("2027-06-30", ("參與者",), "交回表格 (甲類)"),
                ("2027-07-30", ("參與者",), "交回表格 (乙類)"),
                ("2027-08-31", ("參與者",), "交回表格 (丙類)"),
            ],
        ),
        ("參與者須於2027年6月30日（星期三）或之前交回表格。", [("2027-06-30", ("參與者",), "交回表格")]),
        (
            "參與者須於10月30日或之前交回表格，並於11月30日或之前繳費。",
            [("2026-10-30", ("參與者",), "交回表格"), ("2026-11-30", ("參與者",), "繳費")],
        ),
        (
            "參與者須於10月30日或之前交回表格及於11月30日或之前繳付費用。",
            [("2026-10-30", ("參與者",), "交回表格"), ("2026-11-30", ("參與者",), "繳付費用")],
        ),
    ],
)
def test_each_of_several_has_its_day_in_chinese(said: str, expected: list[tuple[str, tuple[str, ...], str]]) -> None:
    assert [(str(one.due), one.bearer, one.action) for one in read(said).deadlines] == expected


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("AIs must report within 5 days after 3 May 2027 (for banks) and 10 May 2027 (for others).", ["2027-05-08"]),
        ("AIs must report at least 3 days before 3 May 2027 (for banks) and 10 May 2027 (for others).", ["2027-04-30"]),
    ],
)
def test_a_day_to_count_from_is_not_due_itself(said: str, due: list[str]) -> None:
    assert [str(one.due) for one in read(said).deadlines] == due


@pytest.mark.parametrize(
    ("said", "days", "doubts"),
    [
        ("2027年4月5日為清明節翌日，當日休市。", ["2027-04-05", "2027-04-05"], []),
        ("2027年4月5日（清明節翌日）休市，翌日恢復。", ["2027-04-05", "2027-04-06"], []),
        ("日期\t內容\n2027年10月2日（星期六）\t假期（國慶日翌日）\n2027年9月16日\t中秋節翌日", ["2027-10-02", "2027-09-16"], []),
        ("於2027年9月10日公布，並於中秋節翌日恢復交易。", ["2027-09-10"], ["中秋節翌日"]),
        ("於中秋節翌日恢復交易。", [], ["中秋節翌日"]),
        ("Trading resumes on the day following the Mid-Autumn Festival.", [], ["the day following the Mid-Autumn Festival"]),
    ],
)
def test_a_holiday_is_called_by_another_day(said: str, days: list[str], doubts: list[str]) -> None:
    found = read(said)
    assert [str(day.start) for day in found.dates if day.start != found.issued] == days
    assert [doubt.quote for doubt in found.unexplained] == doubts


@pytest.mark.parametrize(
    ("said", "due", "modality", "action"),
    [
        ("Please settle the annual fee by the end of this month.", "2026-09-30", "must", "settle the annual fee"),
        ("Please settle the annual fee before the end of next month.", "2026-10-31", "must", "settle the annual fee"),
        ("The survey is open now and will remain open until Thu 1 Oct 2026 (23:59 HKT).", "2026-10-01 23:59", "may", "The survey"),
        ("The portal will stay open for submission until 6:00 p.m. on 1 October 2026.", "2026-10-01 18:00", "may", "The portal"),
        ("For instance, the return for July 2026 is due on or before 13 October 2026.", "2026-10-13", "must", "the return for July 2026"),
        ("Accordingly, the form is due on 13 October 2026.", "2026-10-13", "must", "the form"),
    ],
)
def test_a_day_told_by_its_month_or_by_what_stays_open(said: str, due: str, modality: str, action: str) -> None:
    (found,) = read(said).deadlines
    assert (" ".join(filter(None, (str(found.due), found.time))), found.modality, found.action) == (due, modality, action)


def test_the_end_of_a_month_that_is_not_said_is_told() -> None:
    found = read("AIs must file the report by the end of the month.")
    assert (found.deadlines, [doubt.quote for doubt in found.unexplained]) == ((), ["the end of the month"])


@pytest.mark.parametrize(
    ("said", "actions"),
    [
        ("保險人如需延期，應最少於2026年10月3日前14日提出申請。", ["最少於2026年10月3日前14日提出申請"]),
        ("參與者如須更改授權簽署人，須於2026年10月3日前遞交表格。", ["於2026年10月3日前遞交表格"]),
        ("若需要協助，請致電2211 6100。", ["致電2211 6100"]),
    ],
)
def test_what_one_may_need_is_no_duty(said: str, actions: list[str]) -> None:
    assert [duty.action for duty in read(said).duties] == actions


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("Registration opens at 9:00 a.m. on 18 May 2027 and closes at 6:00 p.m. on 27 May 2027.", "2027-05-27 18:00"),
        ("Registration opens on 18 May 2027 at 9:00 a.m. and closes on 27 May 2027.", "2027-05-27"),
        ("Nominations open 9 am on Tuesday 18 May 2027 and close at 6 pm, Thursday 27 May 2027.", "2027-05-27 18:00"),
        ("The deadline has been extended from 5:00 p.m. on 3 May 2027 to 14 May 2027.", "2027-05-14"),
        ("The deadline has been extended from 12:00 noon on 3 May 2027 to 5:30 p.m. on 14 May 2027.", "2027-05-14 17:30"),
    ],
)
def test_the_hour_of_another_day_is_not_that_of_the_last_one(said: str, due: str) -> None:
    (found,) = read(said).deadlines
    assert " ".join(filter(None, (str(found.due), found.time))) == due


@pytest.mark.parametrize(
    ("said", "duties"),
    [
        (
            "AIs must not trade for clients after 3 May 2027 and shall close the accounts.",
            ["AIs: must not trade for clients after 3 May 2027", "AIs: close the accounts"],
        ),
        ("Where client agreements have to be amended, AIs should give clients notice.", ["AIs: give clients notice"]),
        ("If an AI is required to post additional margin, it must pay at once.", ["AIs: pay at once"]),
        ("If you need to change the form, please call us.", [": call us"]),
        ("Where a default occurs, AIs are required to report it, and must stop.", ["AIs: report it", "AIs: stop"]),
        (
            "AIs should:\n\n(a) test the plan;\n\n(b) where agreements have to be amended, give clients notice; and\n\n(c) keep records.",
            ["AIs: test the plan", "AIs: where agreements have to be amended, give clients notice", "AIs: keep records"],
        ),
        (
            "參與者應：\n\n• 測試系統；\n\n• 如須修訂協議，給予客戶通知；及\n\n• 備存紀錄。",
            ["參與者: 測試系統", "參與者: 如須修訂協議，給予客戶通知", "參與者: 備存紀錄"],
        ),
    ],
)
def test_a_condition_asks_for_nothing_and_a_second_verb_of_whom_the_first_does(said: str, duties: list[str]) -> None:
    assert [f"{', '.join(duty.bearer)}: {duty.action}" for duty in read(said).duties] == duties


def test_an_item_in_chinese_without_a_mark_has_its_deadline() -> None:
    items = "<ul><li>測試系統，並於2026年10月3日前匯報結果；</li><li>備存紀錄；及</li><li>於2026年10月5日前回覆。</li></ul>"
    said = f"<html><body><p>香港中央結算有限公司</p><p>日期：2026年9月14日</p><p>事由：測試</p><p>參與者應：</p>{items}</body></html>"
    found = parse(said.encode(), Path("circular.html"), Settings())
    assert [(one.bearer, one.action, str(one.due)) for one in found.deadlines] == [
        (("參與者",), "匯報結果", "2026-10-02"),
        (("參與者",), "回覆", "2026-10-04"),
    ]


def test_a_day_in_brackets_is_no_part_of_the_act() -> None:
    found = read("申報表須於期間結束後一個月內（即2026年10月31日（星期六）或之前）透過網站提交。")
    assert [one.action for one in found.deadlines] == ["透過網站提交", "透過網站提交"]


@pytest.mark.parametrize(
    ("said", "due", "action"),
    [
        ("To be returned by fax on or before 26 February 2027.", "2027-02-26", "returned by fax"),
        ("Reply slip (To be returned by 26 February 2027)", "2027-02-26", "returned"),
        ("(To be completed and returned to the HKMA not later than 26 February 2027)", "2027-02-26", "completed and returned to the HKMA"),
        ("Kindly RSVP by 19 March 2027.", "2027-03-19", "Kindly RSVP"),
        ("For return by 19 March 2027.", "2027-03-19", "For return"),
        ("（請於2027年2月26日或之前以傳真交回）", "2027-02-26", "以傳真交回"),
    ],
)
def test_a_slip_says_when_it_is_to_be_returned(said: str, due: str, action: str) -> None:
    assert [(str(one.due), one.action) for one in read(said).deadlines] == [(due, action)]


@pytest.mark.parametrize(
    ("said", "bearer", "action"),
    [
        ("客戶按金之追收須最遲於2026年10月3日上午十時正前完成。", (), "客戶按金之追收完成"),
        ("參與者系統的更新應於2026年10月3日前完成。", (), "參與者系統的更新完成"),
        ("參與者按規定須於2026年10月3日前繳付按金。", ("參與者",), "繳付按金"),
        ("如上述人員有任何變更，須於2026年10月3日前通知本局。", (), "通知本局"),
        ("如參與者有任何變更，須於2026年10月3日前通知本局。", ("參與者",), "通知本局"),
        ("負責人於2026年10月3日前，須核實紀錄。", ("負責人",), "核實紀錄"),
    ],
)
def test_what_belongs_to_a_party_or_changes_bears_nothing(said: str, bearer: tuple[str, ...], action: str) -> None:
    (found,) = read(said).deadlines
    assert (found.bearer, found.action) == (bearer, action)


def test_a_sentence_on_failing_names_who_and_what_it_brings() -> None:
    said = "如參與者未能於2026年10月3日上午9時正前補足按金，本公司或會採取行動，毋須另行通知。"
    (found,) = read(said).deadlines
    assert (found.bearer, found.action, found.consequence) == (("參與者",), "補足按金", said)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("The report for Q1 2027 is due 30 April 2027.", ["2027-04-30"]),
        ("All positions must be closed out by the end of the T+1 Session on 3 May 2027.", ["2027-05-03"]),
        ("AIs must deposit funds by 10:00 on the morning of 3 May 2027.", ["2027-05-03 10:00"]),
        ("AIs must deposit funds by 8:00 on the evening of 3 May 2027.", ["2027-05-03 20:00"]),
        ("AIs must report by next Monday, 10 May 2027.", ["2027-05-10"]),
        ("Applications not received by 5:00 p.m. on 31 March 2027 will be rejected.", ["2027-03-31 17:00"]),
        ("請於2027年5月10日（下星期一）前回覆。", ["2027-05-09"]),
        ("The cut-off on 31 December 2026 will be 4:00 p.m. instead of 5:00 p.m.", ["2026-12-31 16:00"]),
    ],
)
def test_a_last_day_with_its_hour_in_other_words(said: str, due: list[str]) -> None:
    assert [" ".join(filter(None, (str(one.due), one.time))) for one in read(said).deadlines] == due


@pytest.mark.parametrize(
    "said",
    [
        "The cut-off will be 4:00 p.m. instead of 5:00 p.m. on 31 December 2026.",
        "Trading closes at 4:00 p.m. (instead of the usual 5:00 p.m.) on 31 December 2026.",
        "2026年12月31日的截止時間為下午4時而非下午5時。",
    ],
)
def test_an_hour_that_does_not_hold_is_no_day_s(said: str) -> None:
    (day,) = (one for one in read(said).dates if one.start != read(said).issued)
    assert day.time == "16:00"


def test_a_weekday_that_nobody_dates_is_told() -> None:
    found = read("AIs should complete the test between 3 and 7 May 2027, and report by the following Monday.")
    assert [doubt.quote for doubt in found.unexplained] == ["the following Monday"]


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("AIs must deposit funds by 10:00 a.m. on 3 May 2027 and confirm by 11:00 a.m.", ["2027-05-03 10:00", "2027-05-03 11:00"]),
        ("AIs must pay by 5:00 p.m. on 3 May 2027 and confirm by 9:00 a.m.", ["2027-05-03 17:00", "None 09:00"]),
        ("AIs must register by 9:00 a.m. on 3 May 2027 and report by 5:00 p.m. every day.", ["2027-05-03 09:00", "None 17:00"]),
        ("AIs must register by 9:00 a.m. on 3 May 2027 and thereafter report by 5:00 p.m.", ["2027-05-03 09:00", "None 17:00"]),
        ("參與者須於2027年5月3日上午10時前存入款項，並於上午11時前確認。", ["2027-05-03 10:00", "2027-05-03 11:00"]),
        ("參與者須於2027年5月3日上午10時前存入款項，其後每日於上午11時前確認。", ["2027-05-03 10:00", "None 11:00"]),
        ("AIs must test by 10:00 a.m. on 3 May 2027 and report by 5:00 p.m. on Friday.", ["2027-05-03 10:00", "None 17:00"]),
        ("AIs must test by 10:00 a.m. on 3 May 2027 and report by 5:00 p.m. two days later.", ["2027-05-03 10:00", "None 17:00"]),
        (
            "AIs must test by 10:00 a.m. on 3 May 2027 and report by 5:00 p.m. on the business day after the launch.",
            ["2027-05-03 10:00", "None 17:00"],
        ),
        ("AIs must test by 10:00 a.m. on 3 May 2027 and, if it fails, report by 5:00 p.m.", ["2027-05-03 10:00", "None 17:00"]),
        ("參與者須於2027年5月3日上午10時前測試，並於星期五下午5時前匯報。", ["2027-05-03 10:00", "None 17:00"]),
        ("參與者須於2027年5月3日上午10時前測試，並於兩日後下午5時前匯報。", ["2027-05-03 10:00", "None 17:00"]),
        ("參與者須於2027年5月3日上午10時前測試，並於推出翌日下午5時前匯報。", ["2027-05-03 10:00", "None 17:00"]),
    ],
)
def test_a_later_hour_of_a_sentence_is_one_of_the_same_day(said: str, hours: list[str]) -> None:
    assert [f"{one.due} {one.time}" for one in read(said).deadlines] == hours


def test_an_hour_that_was_given_up_is_no_day_s() -> None:
    (day,) = (one for one in read("截止時間由下午5時提前至2027年5月3日下午4時。").dates if one.start and one.start.year == 2027)
    assert day.time == "16:00"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("CPs must, and DCPs may, complete the test by 3 May 2027.", [("CPs", "must"), ("DCPs", "may")]),
        ("CPs shall, and EPs should, complete the test no later than 3 May 2027.", [("CPs", "must"), ("EPs", "should")]),
        ("CPs must, and DCPs need not, complete the test by 3 May 2027.", [("CPs", "must")]),
    ],
)
def test_each_of_two_parties_has_its_own_verb_for_one_act(said: str, expected: list[tuple[str, str]]) -> None:
    found = read(said)
    assert [(*item.bearer, item.modality) for item in found.deadlines] == expected
    assert {item.action for item in found.deadlines} == {"complete the test"}
    assert {item.action for item in found.duties} == {said.partition(", ")[2].partition(", ")[2].rstrip(".")}


@pytest.mark.parametrize(
    ("said", "bearer"),
    [
        ("The Commission reminds licensed corporations that they must file the returns by 6 May 2027.", "licensed corporations"),
        ("This circular reminds firms that they must file the returns by 6 May 2027.", "firms"),
        ("We would like to remind Clearing Participants that they should file the returns by 6 May 2027.", "Clearing Participants"),
        ("The SFC informed licensed corporations that they must file the returns by 6 May 2027.", "licensed corporations"),
        ("Sponsors must tell their clients that they should reply by 6 May 2027.", "Sponsors"),
    ],
)
def test_who_is_told_acts_and_not_who_tells(said: str, bearer: str) -> None:
    assert [item.bearer for item in read(said).deadlines] == [(bearer,)]


@pytest.mark.parametrize(
    ("said", "due", "time", "action"),
    [
        ("CPs must return the form by c.o.b. 24 November 2027.", "2027-11-24", None, "return the form"),
        ("Response required by 22 Sep 2027, 5.00pm", "2027-09-22", "17:00", "Response"),
        ("Funding required by 09:00 on 3 September 2027.", "2027-09-03", "09:00", "Funding"),
        ("Registration required by 5 May 2027 from each CP.", "2027-05-05", None, "Registration"),
    ],
)
def test_a_note_of_what_is_required_is_a_deadline(said: str, due: str, time: str | None, action: str) -> None:
    (item,) = read(said).deadlines
    assert (str(item.due), item.time, item.action) == (due, time, action)
