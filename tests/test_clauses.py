"""Whose clause it is: what failing brings, what the house does itself, and which line a time belongs to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

HEAD = "Date: 16 November 2026\n\nSubject: Matters\n\n"


def read(body: str) -> Expression:
    return parse((HEAD + body + "\n").encode(), Path("circular.txt"), Settings())


DUE = date(2026, 12, 18)


@pytest.mark.parametrize(
    ("said", "bearer", "action", "modality"),
    [
        (
            "Complete the set-up by 18 December 2026, failing which HKSCC may decline the participation.",
            (),
            "Complete the set-up",
            "must",
        ),
        (
            "CPs shall observe the following:\n\n(a) complete the set-up by 18 December 2026, failing which HKSCC may decline it; and\n\n(b) keep it.",
            ("CPs",),
            "complete the set-up",
            "must",
        ),
        (
            "By 18 December 2026, failing which their access may be suspended, CPs must return the form.",
            ("CPs",),
            "return the form",
            "must",
        ),
        ("於2026年12月18日或之前完成設定，否則香港結算可拒絕其參與。", (), "完成設定", "must"),
        (
            "各參與者應辦理以下事項：\n\n(a) 於2026年12月18日或之前完成設定，否則香港結算可拒絕其參與；\n\n(b) 交回表格。",
            ("參與者",),
            "完成設定",
            "should",
        ),
        # What may be done, and no word of failing, stays a permission.
        ("CPs may return the form by 18 December 2026.", ("CPs",), "return the form", "may"),
        ("參與者可於2026年12月18日或之前交回表格。", ("參與者",), "交回表格", "may"),
    ],
)
def test_what_failing_brings_is_no_duty_of_the_deadline(said: str, bearer: tuple[str, ...], action: str, modality: str) -> None:
    (found,) = read(said).deadlines
    assert (found.stated, found.bearer, found.action, found.modality) == (DUE, bearer, action, modality)


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("參與者須於2026年12月18日或之前交回表格，香港結算可要求補充資料。", [("must", ("參與者",))]),
        ("參與者須交回表格，本所可要求補充資料。", [("must", ("參與者",))]),
        ("CPs must return the form by 18 December 2026, and the Exchange may ask for more.", [("must", ("CPs",))]),
        ("CPs must return the form by 18 December 2026, and we may ask for more.", [("must", ("CPs",))]),
        ("參與者須於2026年12月18日或之前交回表格，並可於其後補充資料。", [("must", ("參與者",)), ("may", ("參與者",))]),
        ("CPs must return the form by 18 December 2026 and may ask for more.", [("must", ("CPs",)), ("may", ("CPs",))]),
    ],
)
def test_what_the_house_may_do_is_no_permission_of_those_whom_it_binds(said: str, bound: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(duty.modality, duty.bearer) for duty in read(said).duties] == bound


@pytest.mark.parametrize(
    ("said", "quote", "fits"),
    [
        ("The test is on Sat – Sun, 20 – 21 February 2027.", "Sat – Sun, 20 – 21 February 2027", True),
        ("The test runs from Saturday to Sunday, 20-21 February 2027.", "Saturday to Sunday, 20-21 February 2027", True),
        ("The test is on Fri – Sun, 20 – 21 February 2027.", "Fri – Sun, 20 – 21 February 2027", False),
        ("The test is on Sat – Mon, 20 – 21 February 2027.", "Sat – Mon, 20 – 21 February 2027", False),
        ("The test is on Saturday, 20 – 21 February 2027.", "Saturday, 20 – 21 February 2027", True),
    ],
)
def test_two_weekdays_before_an_interval_are_those_of_its_ends(said: str, quote: str, fits: bool) -> None:
    mention = read(said).dates[1]
    assert (mention.quote, mention.start, mention.end, mention.weekday_ok) == (quote, date(2027, 2, 20), date(2027, 2, 21), fits)


def test_a_time_at_the_end_of_a_line_is_not_that_of_the_next_lines_day_where_it_has_its_own() -> None:
    day = read("Rehearsal 1 runs 09:00 17:30\n18 December 2026, 5:00 p.m.\nRehearsal 2 runs 09:00 17:30").dates[1]
    assert (day.start, day.time) == (DUE, "17:00")


def test_a_day_and_its_time_may_be_parted_by_the_end_of_a_line() -> None:
    day = read("CPs must return the form to HKSCC by 5:00 p.m. on\n18 December 2026.").dates[1]
    assert (day.start, day.time) == (DUE, "17:00")


@pytest.mark.parametrize(
    ("said", "bearers"),
    [
        ("HKCC Participants (“HKCC Participants”, each an “HP”) are invited to a test. HPs must register by 18 December 2026.", [("HP",)]),
        ("Responsible Officers (ROs) must file the return by 18 December 2026.", [("ROs",)]),
        # What is abbreviated in the plural may be a thing.
        ("Market rehearsals (“MRs”) are held in spring. MRs must be completed by 18 December 2026.", [()]),
        ("The application programming interfaces (APIs) must be tested by 18 December 2026.", [()]),
    ],
)
def test_those_who_are_bound_are_people(said: str, bearers: list[tuple[str, ...]]) -> None:
    assert [fact.bearer for fact in read(said).deadlines] == bearers


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("CPs may give notice on or before 18 December 2026 (12:00 noon Hong Kong time).", "12:00"),
        ("CPs must file by 18 December 2026 (Friday) (at 5:00 p.m.).", "17:00"),
        ("CPs must file by 18 December 2026 (9:00 a.m. to 5:00 p.m.).", "17:00"),
        ("參與者須於2026年12月18日（中午12時）或之前交回。", "12:00"),
        ("參與者須於2026年12月18日（星期五）（下午5時）或之前交回。", "17:00"),
        ("參與者須於2026年12月18日或之前（下午5時）交回。", "17:00"),
        ("CPs must file by 18 December 2026 (the office opens at 9:00 a.m.).", None),
        ("參與者須於2026年12月18日或之前（辦公室上午9時開放）交回。", None),
    ],
)
def test_the_time_in_brackets_behind_its_day_is_that_of_the_deadline(said: str, time: str | None) -> None:
    (found,) = read(said).deadlines
    assert (found.stated, found.time) == (DUE, time)
