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
