"""Chinese rules read text that breaks anywhere: every example means the same when its characters are set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import dates, times
from ingest.lang.rules import languages
from ingest.lang.spacing import loosen, set_apart
from ingest.text import Mask, fold

ZH = languages()["zh"]
HAN = re.compile(r"(?<=[一-鿿])(?=[一-鿿])")


def examples(section: str) -> list[str]:
    return [text for rule in ZH.sources[section].values() for text in rule.examples]


def broken(text: str) -> Iterator[str]:
    """The text with all its Chinese characters set apart, and with each pair of neighbours parted by a line's end."""
    yield HAN.sub(" ", text)
    for gap in HAN.finditer(text):
        yield f"{text[: gap.start()]}\n{text[gap.start() :]}"


def days(text: str) -> list[tuple[object, ...]]:
    return [(c.first, c.last, c.relative, c.business, c.this_year, c.month_shift) for c in dates.candidates(fold(text))]


def clocks(text: str) -> list[tuple[str, str | None]]:
    masked = Mask(fold(text))
    masked = masked.lay("date", (c.span for c in dates.candidates(masked.text)))
    return [(t.time, t.end_time) for t in times.find_times(text, masked.text)]


@pytest.mark.parametrize("text", examples("dates"))
def test_a_date_reads_the_same_when_its_characters_are_set_apart(text: str) -> None:
    assert {form: days(form) for form in broken(text)} == {form: days(text) for form in broken(text)}


@pytest.mark.parametrize("text", examples("times"))
def test_a_time_reads_the_same_when_its_characters_are_set_apart(text: str) -> None:
    assert {form: clocks(form) for form in broken(text)} == {form: clocks(text) for form in broken(text)}


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("上午", "上 午|上\n午|上午", "上  午|午"),
        ("(?:星期|周)(?P<day>[一二三])", "星期一|星 期 一|周\n二", "星x期一|期一"),
        ("(?<![毋無])須", "須", "毋須|毋 須|無\n須"),
        ("可(?!能)", "可", "可能|可 能"),
        ("[一二三]{1,3}日", "一日|二 三\n日", "日"),
        (r"\d日", "1日", "1 日"),
    ],
)
def test_a_loosened_pattern_leaves_room_between_chinese_characters_only(pattern: str, yes: str, no: str) -> None:
    loose = re.compile(loosen(pattern))
    assert [bool(loose.search(text)) for text in yes.split("|")] == [True] * len(yes.split("|"))
    assert [bool(loose.search(text)) for text in no.split("|")] == [False] * len(no.split("|"))


@given(st.text(alphabet="上午星期一二三", min_size=1, max_size=8), st.data())
def test_a_loosened_word_is_found_wherever_it_breaks(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=1, max_value=len(word)))
    assert re.fullmatch(loosen(word), f"{word[:at]}\n{word[at:]}".strip())


def test_a_trigger_is_sought_in_every_form() -> None:
    assert (set_apart("通告"), set_apart("人"), set_apart("(20")) == (("通告", "通 告", "通\n告"), ("人",), ("(20",))
