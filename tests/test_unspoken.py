"""Notices that ask without a word of duty: who stands before the day and what to do behind it, or `CPs to return the form by D`."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Deadline
from ingest.pipeline import parse
from ingest.settings import Settings

CHINESE = "上海证券交易所\n\n日期：2026年10月12日\n\n主题：有关安排\n\n"
ENGLISH = "Date: 12 October 2026\n\nSubject: Arrangements\n\n"

ASKED = [
    ("各会员单位次月10日前报送交易数据。", "before - | 会员单位 | 报送交易数据"),
    ("各會員單位次月10日前報送交易數據。", "before - | 會員單位 | 報送交易數據"),
    ("次月10日前报送。", "before - |  | 报送"),
    ("证券公司每月终了后15个工作日内报送月度报表。", "within - | 证券公司 | 报送月度报表"),
    ("證券公司每月終了後十五個工作日內報送月報。", "within - | 證券公司 | 報送月報"),
    ("每季度结束后10个工作日内，会员向本所报送报告。", "within - | 会员 | 向本所报送报告"),
    ("会员单位收到本通知后5个交易日内报送方案。", "within - | 会员单位 | 报送方案"),
    ("結算參與人T+1日16:00前完成資金劃付。", "before - 16:00 | 結算參與人 | 完成資金劃付"),
    ("参测单位10月24日18:00前提交测试报告。", "before 2026-10-24 18:00 | 参测单位 | 提交测试报告"),
    ("上市公司2026年10月31日前披露第三季度报告。", "before 2026-10-30 | 上市公司 | 披露第三季度报告"),
    ("各单位10月20日前将名单报送本公司。", "before 2026-10-19 | 单位 | 将名单报送本公司"),
    ("自即日起至2026年12月31日止，各会员单位报送自查情况。", "until 2026-12-31 | 会员单位 | 报送自查情况"),
    ("Participants to return the forms by 30 October 2026.", "by 2026-10-30 | Participants | return the forms"),
    (
        "Clearing Participants to submit the reply within 3 business days of this notice.",
        "within 2026-10-15 | Clearing Participants | submit the reply",
    ),
    (
        "CPs and DCPs to confirm the balance no later than 5:00 p.m. on 16 October 2026.",
        "by 2026-10-16 17:00 | CPs, DCPs | confirm the balance",
    ),
]

# Applications of an earlier day, what happened before this circular, and what the house itself will do.
TOLD = [
    "会员于2026年11月5日前提交的申请将获受理。",
    "會員於2026年9月5日前完成升級。",
    "本所于2026年10月30日前公布名单。",
    "参与者10月30日前提交申请者，收费减半。",
    "自即日起至10月31日止，收费减半。",
]


def read(said: str) -> tuple[Deadline, ...]:
    head = ENGLISH if said.isascii() else CHINESE
    return parse(f"{head}{said}\n".encode(), Path("notice.txt"), Settings()).deadlines


def form(deadline: Deadline) -> str:
    when = " ".join(filter(None, (deadline.relation, str(deadline.due or "-"), deadline.time)))
    return f"{when} | {', '.join(deadline.bearer)} | {deadline.action or ''}"


@pytest.mark.parametrize(("said", "meaning"), ASKED)
def test_a_notice_without_a_word_of_duty_says_who_must_do_what_by_when(said: str, meaning: str) -> None:
    assert [(form(deadline), deadline.modality) for deadline in read(said)] == [(meaning, "must")]


@pytest.mark.parametrize("said", TOLD)
def test_what_is_told_of_a_day_asks_nothing(said: str) -> None:
    assert read(said) == ()
