"""What `make gains` says of two versions of the same circular."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import gains
from gains import Change, compare, facts, told

ROOT = Path(__file__).parents[1]


def mention(quote: str, day: str, at: int = 0, **more: Any) -> dict[str, Any]:
    return {"quote": quote, "start": day, "end": day, "span": [at, at + len(quote)], "page": None, "bbox": None, "rule": "r", **more}


FIRST, SECOND = mention("28 April 2023", "2023-04-28", 10), mention("2 May 2023", "2023-05-02", 50)


@pytest.mark.parametrize(
    ("old", "new", "differ"),
    [
        ([FIRST, SECOND], [SECOND, FIRST], []),
        ([FIRST], [{**FIRST, "rule": "another", "page": 2}], []),
        ([FIRST], [mention("28 April 2023", "2023-04-28", 90)], []),
        ([FIRST], [FIRST, SECOND], [(None, SECOND)]),
        ([FIRST, SECOND], [FIRST], [(SECOND, None)]),
        ([FIRST, FIRST], [FIRST], [(FIRST, None)]),
        ([FIRST], [{**FIRST, "time": "17:00"}], [(FIRST, {**FIRST, "time": "17:00"})]),
        ([FIRST], [mention("April 2023", "2023-04-01", 13)], [(FIRST, mention("April 2023", "2023-04-01", 13))]),
        ([FIRST], [SECOND], [(FIRST, None), (None, SECOND)]),
    ],
)
def test_two_lists_of_facts_differ_in(old: list[Any], new: list[Any], differ: list[Any]) -> None:
    assert list(compare(old, new)) == differ


def test_a_field_of_the_head_is_one_fact_or_none() -> None:
    assert facts({"number": "CT/01/23"}, "number") == [{"quote": "CT/01/23"}]
    assert facts({"number": None}, "number") == []


def test_changes_of_the_head_are_told_with_both_values() -> None:
    [change] = gains.changes("a.txt", {"number": "CT/01/23"}, {"number": "CT/01/28"})
    assert told(change) == "  ~ a.txt: CT/01/28 | quote CT/01/23 → CT/01/28"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (None, {"title": "Fees", "dates": [FIRST]}, "  + a.txt: Fees | "),
        ({"title": "Fees", "dates": [FIRST]}, None, "  - a.txt: Fees | "),
    ],
)
def test_a_document_that_one_version_cannot_read_is_one_change(old: Any, new: Any, line: str) -> None:
    assert [told(change) for change in gains.between("a.txt", old, new)] == [line]


def test_a_document_that_neither_version_can_read_has_not_changed() -> None:
    assert list(gains.between("a.txt", None, None)) == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (Change("a.txt", "dates", "gained", None, FIRST, now=True), "  + a.txt: 28 April 2023 | start 2023-04-28, end 2023-04-28 | right"),
        (Change("a.txt", "dates", "lost", FIRST, None), "  - a.txt: 28 April 2023 | start 2023-04-28, end 2023-04-28"),
        (
            Change("a.txt", "dates", "changed", FIRST, {**FIRST, "time": "17:00"}, was=False, now=True),
            "  ~ a.txt: 28 April 2023 | time None → 17:00 | wrong → right",
        ),
    ],
)
def test_a_change_is_told_in_a_line(change: Change, line: str) -> None:
    assert told(change) == line


def test_long_values_are_told_from_where_they_differ() -> None:
    start = "nominate at least two officers in the portal before the day"
    assert gains.turned(f"{start} on which it opens.", f"{start} on which it opens") == "…ich it opens. → …ich it opens"
    assert gains.turned("17:00", "17:30") == "17:00 → 17:30"


def test_sums_count_what_is_right_now_and_was_not() -> None:
    found = [
        Change("a.txt", "dates", "gained", None, FIRST, now=True),
        Change("a.txt", "dates", "changed", FIRST, SECOND, was=False, now=True),
        Change("a.txt", "dates", "lost", SECOND, None, was=False),
        Change("a.txt", "duties", "lost", SECOND, None),
    ]
    assert gains.summary(found) == [("dates", "1", "1", "1", "+2", "-2"), ("duties", "0", "1", "0", "", "")]


@pytest.mark.skipif(not gains.SCORE.exists(), reason="the scoring program is not at hand")
def test_gold_says_which_fact_is_right() -> None:
    gold = {"number": "CT/01/23", "dates": [{"quote": "28 April 2023", "start": "2023-04-28", "end": "2023-04-28"}]}
    old = {"number": "CT/01/23", "dates": [mention("28 April 2023", "2023-04-27")]}
    new = {"number": "CT/01/28", "dates": [FIRST, SECOND]}
    assert [(change.field, change.kind, change.was, change.now) for change in gains.changes("a.txt", old, new, gold)] == [
        ("number", "changed", True, False),
        ("dates", "changed", False, True),
        ("dates", "gained", None, False),
    ]


def test_a_version_reads_a_circular_on_the_tree_it_is_given() -> None:
    sample = ROOT / "examples" / "seoch-en.txt"
    answers = gains.answers(ROOT, [sample])
    assert [fact["quote"] for fact in answers[str(sample)]["deadlines"]]
    assert list(gains.changes("seoch-en.txt", answers[str(sample)], answers[str(sample)])) == []
