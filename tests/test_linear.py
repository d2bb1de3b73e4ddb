"""Reading takes time in proportion to the text: nothing that is found is laid beside everything else that is."""

from __future__ import annotations

from pathlib import Path

import pytest
from growth import grows_in_proportion

from ingest.pipeline import parse_all, warm
from ingest.settings import Settings

HEAD = "Ref. No.: CD/OES/CCASS/001/2027\nDate: 11/01/2027\nSubject: Relay lines\n\n"

REPEATED = {
    "rows without a year": "\n1 May\tDeadline for forms at 5:00 p.m.",
    "rows in Chinese": "\n5月1日\t截止日期 下午5時",
    "columns of spaces": "\n1 May 2027    Forms are due    5:00 p.m.",
    "labels": "\nDate: 5 May",
    "headings": "\n\nSECTION 5\n\n1 May: forms",
    "one line": "CPs must return the form no later than 5 p.m. on 8 May 2027. On 9 June call Mr. Chan at 2979 7111, ",
    "one sentence": "CPs must return the form no later than 5 p.m. on 8 May if it rains and call Mr. Chan, ",
    "one line in Chinese": "參與者須於5月8日下午5時或之前交回表格，翌日付款。查詢請電2979 7111，",
    "one sentence in Chinese": "若參與者須於5月8日下午5時或之前交回表格，翌日付款，",
    "relative days": "on 5 May 2027, and the following business day, ",
    "open intervals": "until 5 May ",
    "dates": "1 January 2027 ",
    "rows below an empty cell": "\n\tx",
    "telephone list": "\nDesk\t2979 7111",
    "one long word": "XX",
    "masked telephones": "Tel 29XX XXXX or c***@example.com or desk(at)example.com, ",
    "run together": "Subject: Forms Date: 3 May 2027 Ref. No.: CT/012/27 Dear Sir ",
    "rules cited": "\n\n1.1 Rule 405 of the Rules amends Circular Ref. No. CD/OES/CCASS/001/2026 dated 5 May 2026",
}


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED.keys())
def test_eight_times_the_text_takes_about_eight_times_as_long(piece: str) -> None:
    def work(characters: int) -> None:
        list(parse_all((HEAD + piece * (characters // len(piece))).encode(), Path("notice.txt"), Settings()))

    warm()
    assert grows_in_proportion(work, 7_500 if piece.isascii() else 3_000)
