"""Letters and numbers that tell one form, part or phase from the next."""

from __future__ import annotations

import pytest

from kb.labels import differ, labels


@pytest.mark.parametrize(
    ("act", "found"),
    [
        ("return the Form A to the house", {"a"}),
        ("Forms A, B and C", {"a", "b", "c"}),
        ("Parts I to III", {"1", "2", "3"}),
        ("Annexes A-C", {"a", "b", "c"}),
        ("Form CR-16B", {"cr16b"}),
        ("Phase 2B", {"2b"}),
        ("the second tranche", {"2"}),
        ("the 2nd tranche", {"2"}),
        ("交回表格甲", {"甲"}),
        ("表格（甲）", {"甲"}),
        ("交回第一批及第二批文件", {"1", "2"}),
        ("附件一至三", {"1", "2", "3"}),
        ("第3季度", {"3"}),
        ("提交A類股份", {"a"}),
        ("甲部及乙部", {"甲", "乙"}),
        ("return the form to A", set()),
        ("classes of shares", set()),
        ("提交表格一式兩份", set()),
        ("附表一覽", set()),
        ("大部分文件", set()),
    ],
)
def test_labels_are_read(act: str, found: set[str]) -> None:
    assert {label for told in labels(act).values() for label in told} == found


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("return Form A", "return Form B", True),
        ("return Form A", "return the form", False),
        ("return Form A", "return Forms A and B", False),
        ("complete Part I of Form B", "complete Part 1 of Form B", False),
        ("complete Part I of Form B", "complete Part II of Form B", True),
        ("complete Part 1", "complete Form 2", False),
        ("the first tranche", "Tranche 2", True),
        ("the second tranche", "Tranche II", False),
        ("Classes A and B", "Class C", True),
        ("提交第一階段文件", "提交階段二文件", True),
        ("提交第一阶段文件", "提交第1階段文件", False),
        ("交回第三季申報表", "交回第三季度申報表", False),
        ("交回乙部", "交回乙部分", False),
    ],
)
def test_acts_are_told_apart_by_labels_of_one_kind(one: str, other: str, differs: bool) -> None:
    assert differ(one, other) is differ(other, one) is differs
