"""Families of wordings that no rule had read: each gap met in one circular, with the other ways in which the same is said, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Deadline, Expression
from ingest.pipeline import parse
from ingest.settings import Settings

EN = "Date: 16 November 2026\n\nSubject: Some arrangements\n\nTo: All Participants\n\n"
ZH = "日期：2026年11月16日\n\n事項：有關安排\n\n致：各參與者\n\n"


def told(said: str) -> Expression:
    return parse(((EN if said.isascii() or said[0].isascii() else ZH) + said + "\n").encode(), Path("a.txt"), Settings())


def form(one: Deadline) -> str:
    """`relation due time`, with `-` for what is not known."""
    return f"{one.relation} {one.due or '-'} {one.time or '-'}"


def due(said: str) -> list[str]:
    return [form(one) for one in told(said).deadlines]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("CPs must reply by 5:00 p.m. US time on 31 March 2027.", "by 2027-03-31 17:00"),
        ("CPs must reply by 5:00 p.m. (U.K. time) on 31 March 2027.", "by 2027-03-31 17:00"),
        ("The file is due at 09:00 UK time on 31 March 2027.", "on 2027-03-31 09:00"),
        ("The deadline is 5:00 p.m. US Eastern time on 31 March 2027.", "on 2027-03-31 17:00"),
        ("The first call is made on 21 April 2027. Cover must be received by 09:00 UK time on that day.", "by 2027-04-21 09:00"),
        ("參與者須於2027年3月31日英國時間上午9時前回覆。", "before 2027-03-31 09:00"),
        ("參與者須於英國時間2027年3月31日上午9時前回覆。", "before 2027-03-31 09:00"),
        ("參與者須於2027年3月31日美國時間下午5時或之前回覆。", "by 2027-03-31 17:00"),
        ("參與者須不遲於2027年3月31日（美國東部時間下午5時）回覆。", "by 2027-03-31 17:00"),
    ],
)
def test_an_hour_of_another_zone_keeps_its_day_and_is_told_as_printed(said: str, expected: str) -> None:
    found = told(said)
    assert ([form(one) for one in found.deadlines], [one.code for one in found.warnings]) == ([expected], ["other-zone"])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("修訂自2027年3月1日起實施（「實施日」）。參與者須不遲於實施日完成測試。", "by 2027-03-01 -"),
        ("新規則自2027年3月1日起生效（下稱「生效日」）。參與者須於生效日前完成測試。", "before 2027-02-28 -"),
        ("「登記截止日」指2027年3月31日。參與者須於登記截止日前登記。", "before 2027-03-31 -"),
        ("「登記截止日期」是指2027年3月31日下午5時。參與者須於登記截止日期或之前登記。", "by 2027-03-31 -"),
        ("“Registration Deadline” means 31 March 2027. Participants must register by the Registration Deadline.", "by 2027-03-31 -"),
        (
            "It takes effect on 1 March 2027 at the open of business (the “Launch Date”). CPs must test by the Launch Date.",
            "by 2027-03-01 -",
        ),
        ("Forms must reach us before the Closing Date. “Closing Date” means 5:00 p.m. on 31 March 2027.", "before 2027-03-31 -"),
        ("“Record Date” means 1 March 2027. The “Record Date” is 8 March 2027. CPs must act by the Record Date.", "by - -"),
    ],
)
def test_a_day_is_known_by_the_name_that_the_text_gives_it(said: str, expected: str) -> None:
    assert due(said) == [expected]


@pytest.mark.parametrize(
    ("said", "reached", "doubted"),
    [
        ("Call 1-800-938-555 for help.", [], ["1-800-938-555"]),
        ("Call our hotline +852 1234 567 for help.", [], ["+852 1234 567"]),
        ("Call (852) 2979 71111 for help.", [], ["(852) 2979 71111"]),
        ("Please contact the desk at 03-2034 7700 ext. 7215.", [], ["03-2034 7700"]),
        ("請致電1-800-938-555查詢。", [], ["1-800-938-555"]),
        ("電話：0755-2590 1188、2590 1196。", ["tel +8675525901188", "tel +8675525901196"], []),
        ("Tel: (02) 2369-5678, 2369-5679", ["tel +886223695678", "tel +886223695679"], []),
        ("Enquiries: 2526 4417 (tel), 2526 4418 (fax).", ["tel +85225264417", "fax +85225264418"], []),
        ("查詢：2526 4417（電話）、2526 4418（傳真）。", ["tel +85225264417", "fax +85225264418"], []),
        ("Lots 1234-567-890 were sold.", [], []),
    ],
)
def test_digits_of_no_known_number_are_doubted_and_the_others_keep_their_area(said: str, reached: list[str], doubted: list[str]) -> None:
    found = told(said)
    assert ([f"{one.kind} {one.value}" for one in found.contacts], [one.quote for one in found.unexplained]) == (reached, doubted)


@pytest.mark.parametrize(
    ("letter", "reached", "doubted"),
    [
        ("澳門金融管理局\n\n日期：2027年3月1日\n\n如有查詢，請致電 8395 2123。", ["+85383952123"], []),
        ("Monetary Authority of Singapore\n\nDate: 1 March 2027\n\nPlease call 6229 9123.", ["+6562299123"], []),
        ("某某金融交易所\n\n关于安排的通知\n\n各会员单位：\n\n请致电 5888 1234 联系。", [], ["5888 1234"]),
        ("香港某會\n\n关于安排的通知\n\n各会员单位：\n\n请致电 5888 1234 联系。", ["+85258881234"], []),
    ],
)
def test_a_number_without_a_country_is_of_the_house_that_prints_it(letter: str, reached: list[str], doubted: list[str]) -> None:
    found = parse(letter.encode(), Path("a.txt"), Settings())
    assert ([one.value for one in found.contacts], [one.quote for one in found.unexplained]) == (reached, doubted)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The application window will be open from 1 March 2027 until it closes on 31 March 2027.", ["on 2027-03-31 -"]),
        ("The portal will open on 1 March 2027 and will close at 5:00 p.m. on 31 March 2027.", ["on 2027-03-31 17:00"]),
        ("Applications are now being accepted until 31 March 2027.", ["until 2027-03-31 -"]),
        ("The registration page is open until noon on 31 March 2027.", ["until 2027-03-31 12:00"]),
        ("Applications, which open on 1 March 2027, close on 31 March 2027.", ["on 2027-03-31 -"]),
        ("Applications will be accepted from 1 March 2027, with the window closing on 31 March 2027.", ["on 2027-03-31 -"]),
        ("The museum is open until 31 March 2027.", []),
        ("The waiver was granted on 1 March 2026 and is valid until 31 March 2027.", []),
        ("申請由2027年3月1日起開放接受，至2027年3月31日關閉。", ["until 2027-03-31 -"]),
        ("現正接受申請，直至2027年3月31日下午5時。", ["until 2027-03-31 17:00"]),
        ("申請由2027年3月1日起接受，於2027年3月31日截止。", ["on 2027-03-31 -"]),
        ("登記由2027年3月1日開始，2027年3月31日截止。", ["on 2027-03-31 -"]),
        ("提名期自2027年3月1日起，至3月31日結束。", ["until 2027-03-31 -"]),
        ("測試由2027年3月1日起，至2027年3月31日結束。", []),
        ("參與者須留意，優惠由2027年3月1日起，至2027年3月31日結束。", []),
    ],
)
def test_what_opens_and_closes_is_due_when_it_closes(said: str, expected: list[str]) -> None:
    assert due(said) == expected


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("申請由2027年3月1日起接受，於2027年3月31日截止。", "申請"),
        ("網上登記於2027年3月1日開放，至3月31日截止。", "網上登記"),
        ("本會現正接受報名，直至2027年3月31日。", "報名"),
    ],
)
def test_a_window_is_for_what_the_sentence_names_before_its_days(said: str, action: str) -> None:
    assert [one.action for one in told(said).deadlines] == [action]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The deadlines are 3 March 2027 and 31 March 2027 respectively.", ["on 2027-03-03 -", "on 2027-03-31 -"]),
        ("The deadlines for Forms A and B are 3 March 2027 and 5:00 p.m. on 31 March 2027.", ["on 2027-03-03 -", "on 2027-03-31 17:00"]),
        ("The closing dates for the two rounds are 3 and 31 March 2027.", ["on 2027-03-03 -", "on 2027-03-31 -"]),
        ("The deadlines were 3 March 2026 and 31 March 2026.", []),
        ("The Exchange gave EPs until 31 March 2027 to reply.", ["until 2027-03-31 -"]),
        ("The SFC has set a deadline of 5:00 p.m. on 31 March 2027 for replies.", ["on 2027-03-31 17:00"]),
        ("The latest date for filing which is 31 March 2027 will not be extended.", ["on 2027-03-31 -"]),
        ("The return is made up to 15 January 2027 and must be filed by the 31st of that month.", ["by 2027-01-31 -"]),
        ("CPs must report by the 31st of that month.", ["by - -"]),
    ],
)
def test_a_last_day_said_in_other_words_is_one(said: str, expected: list[str]) -> None:
    assert due(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("A surcharge will be imposed if payment is not made by 31 March 2027.", ["by 2027-03-31 - payment"]),
        ("If the annual fee has not been paid by 31 March 2027, the licence lapses.", ["by 2027-03-31 - annual fee"]),
        ("Should payment not be received by noon on 31 March 2027, the licence will lapse.", ["by 2027-03-31 12:00 payment"]),
        ("Firms that have not paid by 31 March 2027 must tell us.", []),
        ("如未能於2027年3月31日前繳付，將徵收附加費。", ["before 2027-03-30 - 繳付"]),
        ("如參與者未能於2027年3月31日前繳費，其登記將予撤回。", ["before 2027-03-30 - 繳費"]),
        ("如未能於2027年3月31日或之前提交，保監局可採取進一步行動。", ["by 2027-03-31 - 提交"]),
        ("如於2027年3月31日或之前未有收到確認，有關申請將予撤回。", ["by 2027-03-31 - 確認"]),
        ("如未能於2027年3月31日前完成測試，本公司將另行通知。", []),
        ("如未能於2027年3月31日前公布，申請將予取消。", []),
    ],
)
def test_a_day_is_the_last_one_where_failing_by_it_costs_something(said: str, expected: list[str]) -> None:
    assert [f"{form(one)} {one.action}" for one in told(said).deadlines] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Key dates\n\nOur deadline for instructions    29 October 2027, 12:00 (Hong Kong time)", ["on 2027-10-29 12:00"]),
        ("Key dates\n\nRecord date    29 October 2027", []),
        ("POs shall file by 22 October 2027, and report within 2 market days thereafter.", ["by 2027-10-22 -", "within 2027-10-26 -"]),
        ("EPs must register between 24 May 2027 and 4 June 2027 (5:30 p.m.).", ["until 2027-06-04 17:30"]),
        ("Systems have to be ready by the end of the simulation period.", ["by - -"]),
        ("重要日期\n\n本公司截止收取指示：2027年5月4日下午3時", ["on 2027-05-04 15:00"]),
        ("提交期限由原訂的2027年3月31日順延至2027年4月30日。", ["on 2027-04-30 -"]),
        ("首份申報表的呈交時限獲延長至2028年5月15日。", ["on 2028-05-15 -"]),
        ("凡於2027年8月31日或以前繳交者，可獲減收港幣200元。", ["by 2027-08-31 -"]),
        ("機構須於2027年5月4日後兩個銀行營業日內付款。", ["within 2027-05-06 -"]),
    ],
)
def test_a_deadline_of_another_layout_or_in_other_words_is_due(said: str, expected: list[str]) -> None:
    assert due(said) == expected


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Rules apply not later than 12 months from 31 May 2027.", ["2027-05-31/2027-05-31"]),
        ("Rules apply from 31 May 2027.", ["2027-05-31/.."]),
        ("Files are sent as from the evening of 12 March 2027.", ["2027-03-12/.."]),
        ("Members may ask for a refund until the end of August 2027.", ["2027-08-21/2027-08-31"]),
        ("首次申報的資料月份為116年9月。", ["2027-09-01/2027-09-30"]),
    ],
)
def test_an_interval_is_as_wide_as_the_text_says(said: str, days: list[str]) -> None:
    assert [f"{one.start or '..'}/{one.end or '..'}" for one in told(said).dates if one.start != one.end or one.quote[0] in "31"][
        -1:
    ] == days


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("The test runs on 14 April 2027 between 10:00 and 12:30.", ["2027-04-14 10:00-12:30"]),
        ("櫃位於2027年6月7日至17日期間的平日上午九時至下午六時開放。", ["2027-06-07 09:00-18:00"]),
    ],
)
def test_a_day_takes_the_hours_that_stand_behind_it(said: str, times: list[str]) -> None:
    assert [f"{one.start} {one.time}-{one.end_time}" for one in told(said).dates if one.time] == times


BODY = "\n\nWe write to tell you that the fees for the service are changed as set out below, and what members have to do.\n"


@pytest.mark.parametrize(
    ("head", "issuer", "number", "issued", "title"),
    [
        ("Circular\nDateJune 18, 2027\nSubjectChange of fees", None, None, "2027-06-18", "Change of fees"),
        ("Circular\nDateFriday, 18 June 2027\nSubjectChange of fees", None, None, "2027-06-18", "Change of fees"),
        ("Ref\tDate\tSubject\nABC/12/2027\t18 June 2027\tChange of fees for all", None, "ABC/12/2027", "2027-06-18", "Change of fees for all"),
        ("編號\t日期\t事項\nABC/12/2027\t2027年6月18日\t費用調整安排", None, "ABC/12/2027", "2027-06-18", "費用調整安排"),
        ("證監會\n\n通函\n\n2027年6月18日\n\n致持牌法團的通函", "SFC", None, "2027-06-18", "致持牌法團的通函"),
        ("Circular No. CMI 05/2027\n\n18 June 2027\n\nDear Sir\n\nCHANGE OF FEES", None, "CMI05/2027", "2027-06-18", "CHANGE OF FEES"),
        ("Members’ Circular 2027-19\n\nIssued 18 June 2027\n\nChange of Fees", None, "2027-19", "2027-06-18", "Change of Fees"),
        ("傳閱文件第 007/B/2027-DSB/AMCM 號\n\n日期：2027年6月18日\n\n事由：費用", "AMCM", "007/B/2027-DSB/AMCM", "2027-06-18", "費用"),
        ("CB/2027/11 號會員通告\n\n日期：2027年6月18日\n\n題目：費用", None, "CB/2027/11", "2027-06-18", "費用"),
        ("Reference   CN-2027-33\nDate        18 June 2027\nSubject     Change of fees\nISIN        HK00000977", None, "CN-2027-33", "2027-06-18", "Change of fees"),
        ("某局文件\n\n东汇发〔2027〕31号\n\n某局关于费用安排的通知\n\n辖内各中心支局，各外汇指定银行：", None, "东汇发〔2027〕31号", None, "某局关于费用安排的通知"),
    ],
)  # fmt: skip
def test_a_head_of_another_design_is_read(head: str, issuer: str | None, number: str | None, issued: str | None, title: str) -> None:
    found = parse((head + BODY).encode(), Path("a.txt"), Settings())
    assert (found.issuer, found.number, found.issued and str(found.issued), found.title) == (issuer, number, issued, title)


@pytest.mark.parametrize(
    ("said", "doubted"),
    [
        ("The rehearsal is on 5 June 2027 and the fallback on 12 June 2027. CPs must report by 6:00 p.m. on the same day.", True),
        ("Tests are held on 5 June 2027 and 12 June 2027, and CPs must report by 6:00 p.m. on the same day.", True),
        ("The rehearsal is on 5 June 2027. CPs must report by 6:00 p.m. on the same day.", False),
        ("To withdraw scrip on 2 June 2027 CPs must apply by 11:00 a.m. on 1 June 2027. CPs may cancel until 4:30 p.m. on the same day.", False),
        ("測試定於2027年6月5日，後備日為2027年6月12日。參與者須於同日下午6時前匯報。", True),
        ("測試定於2027年6月5日及6月12日舉行，參與者須於同日下午6時前匯報。", True),
        ("測試自2027年6月5日起籌備，於2027年6月12日舉行，參與者須於同日下午6時前匯報。", False),
    ],
)  # fmt: skip
def test_the_same_day_is_doubted_where_several_days_are_named(said: str, doubted: bool) -> None:
    found = told(said)
    assert [one.quote for one in found.unexplained if "several days" in one.why] == (
        ["the same day" if said[0] == "T" else "同日"] if doubted else []
    )
    assert (found.deadlines[-1].due is None) is doubted
