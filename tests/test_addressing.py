"""Who issued a circular that names nobody, by whom it addresses; and of which day a cited circular is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings


def read(text: str) -> Expression:
    return parse(text.encode(), Path("a.txt"), Settings())


def circular(number: str, to: str, first: str) -> str:
    return f"CIRCULAR\nSubject: Arrangements\nRef. No.: {number}\nDate: 23 March 2027\n{to}\n\n{first}\n\nRoger Lee\nManaging Director\n"


@pytest.mark.parametrize(
    ("number", "to", "first", "issuer"),
    [
        ("CD/OMS/DCASS/021/2027", "", "SEOCH Participants are requested to note the following adjustment.", "SEOCH"),
        ("CD/OMS/DCASS/021/2027", "To: All HKCC Participants", "Participants are requested to note the following.", "HKCC"),
        ("OPS/2027/15-A", "", "CCASS Participants should note the arrangements below.", "HKSCC"),
        ("CT/056/27", "", "China Connect Exchange Participants (CCEPs) are reminded of the holidays.", "SEHK"),
        ("CT/056/27", "To: All Futures Exchange Participants", "Participants are reminded of the holidays.", "HKFE"),
        ("CT/056/27", "", "Exchange Participants (EPs) are reminded of the holidays.", None),
        ("CT/056/27", "", "SEHK Participants and HKFE Participants are reminded of the holidays.", None),
        ("OPS/2027/15-A", "", "Trustees should note the arrangements below.", None),
        ("OPS/2027/15-A", "", "Participants should note the arrangements below.", None),
        ("結算／2027／15", "致：中央結算系統參與者", "參與者請注意下列安排。", "HKSCC"),
    ],
)
def test_a_house_that_is_not_named_is_told_by_whom_it_addresses(number: str, to: str, first: str, issuer: str | None) -> None:
    assert read(circular(number, to, first)).issuer == issuer


@pytest.mark.parametrize(
    ("signed", "issuer"),
    [("Training Team, PCPD", "PCPD"), ("Operations Department of the HKMA", "HKMA"), ("The staff, PCPD", None), ("A reader of PCPD", None)],
)
def test_a_department_signs_for_its_house(signed: str, issuer: str | None) -> None:
    body = "The survey is open now, and members who wish to take part may do so in the usual way on its page."
    assert read(f"Subject: Survey\nNo. 3/2027\nDate: 15 March 2027\n\n{body}\n\nRegards\n{signed}\n").issuer == issuer


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (
            "the announcement made by SHL dated 26 February 2027, the circular of the Exchange (Ref. No. MKD/EDM/015/27) dated 11 March 2027",
            11,
        ),
        ("the announcement dated 26 February 2027, the circular of the Exchange (Ref. No. MKD/EDM/015/27) and Chapter 4A", None),
        ("what was announced on 26 February 2027, circular MKD/EDM/015/27 (11 March 2027)", 11),
        ("the press release of 26 February 2027 and the circular (MKD/EDM/015/27, dated 11 March 2027)", 11),
        ("the circular of 11 March 2027 (Ref. No. MKD/EDM/015/27)", 11),
        ("the circular dated 11 March 2027 (MKD/EDM/015/27) of which paragraph 3 is amended", 11),
        ("本公司於2027年2月26日發出的公告、通告（編號：MKD/EDM/015/27，日期為2027年3月11日）", 11),
        ("本公司2027年2月26日的公告及MKD/EDM/015/27號通告（2027年3月11日）", 11),
    ],
)
def test_the_day_right_behind_a_number_is_that_of_its_circular(said: str, day: int | None) -> None:
    text = circular("CT/056/27", "", f"Please refer to {said}." if said.isascii() else f"請參閱{said}。")
    (cited,) = (reference for reference in read(text).references if reference.number == "MKD/EDM/015/27")
    assert (cited.issued.day if cited.issued else None) == day
