"""Days that a circular calls by a name, and deadlines that count from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Deadline
from ingest.pipeline import parse
from ingest.settings import Settings


def deadlines(text: str) -> tuple[Deadline, ...]:
    head = "日期：2026年6月1日\n事項：安排\n\n" if not text.isascii() else "Date: 1 June 2026\nSubject: Arrangements\n\n"
    return parse((head + text).encode(), Path("notice.txt"), Settings()).deadlines


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Record date: 21 August 2026\n\nCPs must deposit scrip at least three settlement days before the record date.", "2026-08-18"),
        ("The Effective Date is 4 May 2027. CPs shall reply within 5 business days after the effective date.", "2027-05-11"),
        (
            'It starts on 4 January 2027 (the "Launch Date"). CPs must register at least 10 business days before the Launch Date.',
            "2026-12-17",
        ),
        ("Date\tEvent\n21 August 2026\tRecord date\n\nCPs must act at least 3 days before the record date.", None),
        ("Event\tDate\nRecord date\t21 August 2026\n\nCPs must act at least 3 days before the record date.", "2026-08-18"),
        ("Record date: 21 August 2026\nRecord date: 28 August 2026\n\nCPs must act at least 3 days before the record date.", None),
        ("Record date: 21 August 2026\n\nCPs must act at least 3 days before the launch date.", None),
        ("記錄日期：2026年8月21日\n\n參與者須於記錄日期前最少三個交收日存入證書。", "2026-08-18"),
        ("本規則的生效日期為2026年8月21日。參與者須於生效日後十日內提交表格。", "2026-08-31"),
        ("新平台將於2027年1月4日（「推出日」）推出。參與者須於推出日十個營業日前登記。", "2026-12-17"),
        ("記錄日期：2026年8月21日\n記錄日期：2026年8月28日\n\n參與者須於記錄日期前最少三個交收日存入證書。", None),
        ("記錄日期：2026年8月21日\n\n參與者須於推出日前最少三個交收日存入證書。", None),
    ],
)
def test_a_deadline_counts_from_the_one_day_of_that_name(text: str, due: str | None) -> None:
    (found,) = deadlines(text)
    assert (found.due and found.due.isoformat()) == due
    assert found.stated is None
