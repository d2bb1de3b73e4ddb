"""Folding keeps every place, marks cover what they stand for, and numerals come back as they went."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lang.numerals import chinese, number
from ingest.text import BOUNDARY, MARKS, Mask, fold, squeeze


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("text", "folded"), [
    ("２０２６年８月", "2026年8月"),
    ("（星期五）：，", "(星期五):,"),
    ("⽇⽉", "日月"),
    ("於電郵結算", "于电邮结算"),
    ("A\u00a0B\u3000C", "A B C"),
    ("plain text", "plain text"),
    ("28\u2011Apr\u20102027 5\u223630 2979\u22127111 日期︰", "28-Apr-2027 5:30 2979-7111 日期:"),
    ("3–5 May — “a” • b", "3–5 May — “a” • b"),
    ("3² May, 28 April⁵ 2027, 2026¹²年", "3  May, 28 April  2027, 2026  年"),
    ("\ufdd0", "\ufffd"),
])  # fmt: skip
def test_forms_are_levelled(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "squeezed"), [
    ("a  b\n c", "a b c"),
    ("市場演習及推出時間\n表", "市場演習及推出時間表"),
    ("CCASS\n系統", "CCASS 系統"),
    ("", ""),
])  # fmt: skip
def test_line_breaks_leave_no_gap_between_chinese_characters(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


def test_a_mark_covers_its_span_and_nothing_else() -> None:
    mask = Mask("by 3 May 2026 or").lay("date", [(3, 13)])
    assert len(mask.text) == 16
    assert mask.text[3] == MARKS["date"]
    assert mask.text[:3] + mask.text[13:] == "by  or"


def test_boundaries_stand_between_cells_and_paragraphs() -> None:
    mask = Mask.of("one\n\ntwo\tthree", [(0, 3), (5, 8), (9, 14)])
    assert mask.text == f"one{BOUNDARY * 2}two{BOUNDARY}three"
    assert mask.flat() == "one\n\ntwo\nthree"


@given(st.integers(min_value=0, max_value=99))
def test_a_number_in_words_comes_back(value: int) -> None:
    assert number(chinese(value)) == value


@pytest.mark.parametrize(("text", "value"), [
    ("12", 12), ("０３", 3), ("二○二六", 2026), ("二零二三", 2023), ("廿八", 28), ("卅", 30), ("卅一", 31), ("三十", 30),
    ("九十三", 93), ("一百一十", 110), ("十二 ", 12), ("", None), ("十十", None), ("月", None),
])  # fmt: skip
def test_numerals(text: str, value: int | None) -> None:
    assert number(fold(text)) == value
