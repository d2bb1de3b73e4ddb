"""Passages stand beside what says the same in the other text; one that is left out leaves a gap."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_fixture import page, words

from ingest.issuers import houses
from kb import intake, store
from kb.alignment import MOST, Passage, aligned
from kb.serve import datasette_for


def passage(facts: str = "", text: str = "", kind: str = "text") -> Passage:
    return Passage(kind, frozenset(facts.split()), frozenset(text.split()))


HEAD, FIRST, SECOND, TABLE = passage(kind="title"), passage("2027-01-15 17:00"), passage("2027-03-01"), passage("2027-04-01", kind="table")


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        ((HEAD, FIRST, SECOND, TABLE), (HEAD, FIRST, SECOND, TABLE), [(0, 0), (1, 1), (2, 2), (3, 3)]),
        ((HEAD, FIRST, SECOND, TABLE), (HEAD, FIRST, TABLE), [(0, 0), (1, 1), (2, None), (3, 2)]),
        ((HEAD, SECOND), (HEAD, FIRST, SECOND), [(0, 0), (None, 1), (1, 2)]),
        ((FIRST,), (SECOND,), [(0, None), (None, 0)]),
        ((), (FIRST,), [(None, 0)]),
        ((), (), []),
        ((passage(text="a form is due"),), (passage(text="another"), passage(text="a form is due")), [(None, 0), (0, 1)]),
        ((passage("x", "CCASS hotline"),), (passage("x", "CCMS hotline"),), [(0, 0)]),
    ],
)
def test_passages_with_the_same_facts_or_words_stand_side_by_side(
    left: tuple[Passage, ...], right: tuple[Passage, ...], pairs: list[tuple[int | None, int | None]]
) -> None:
    assert aligned(left, right) == pairs


some = st.builds(passage, st.sampled_from(["", "a", "b", "a b"]), st.sampled_from(["", "x y", "y z"]), st.sampled_from(["text", "table"]))


@given(st.lists(some, max_size=12), st.lists(some, max_size=12))
def test_every_passage_stands_once_and_in_order(left: list[Passage], right: list[Passage]) -> None:
    found = aligned(left, right)
    assert [one for one, _ in found if one is not None] == list(range(len(left)))
    assert [other for _, other in found if other is not None] == list(range(len(right)))


@given(st.lists(some, max_size=12))
def test_a_text_stands_beside_itself(text: list[Passage]) -> None:
    alone = [one for one, other in aligned(text, text) if other is None]
    assert not [place for place in alone if text[place].facts]


def test_texts_of_thousands_of_passages_are_laid_out_in_no_time() -> None:
    found = aligned([FIRST] * (MOST + 1), [SECOND] * 3)
    assert list(chain(*found[:3])) == [0, 0, 1, 1, 2, 2]
    assert len(found) == MOST + 1


MPFA = Path(__file__).parent / "circulars" / "09-office-hours"


def test_a_pair_is_shown_passage_by_passage(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "mpfa.db") as db:
        assert not intake.add(db, intake.collect([str(MPFA / "mpfa-en.html"), str(MPFA / "mpfa-zh.txt")]).files, houses()).failed
    shown = page(datasette_for(tmp_path / "mpfa.db"), "/pair/1")
    rows = [row.find_all("div", recursive=False) for row in shown.select(".paper.pair .row")]
    assert {tuple(cell["lang"] for cell in row) for row in rows} == {("en", "zh-Hant")}
    beside = {words(english): words(chinese) for english, chinese in rows}
    assert beside["Dear Sirs,"] == "執事先生："
    assert beside["Opening hours and contacts"] == "辦公時間及聯絡方法"
    assert [chinese[:4] for english, chinese in beside.items() if english.startswith("Calls to the old line")] == ["撥往舊號"]
    assert [words(row) for row in shown.select(".paper.pair .row:has(.gap)")] == [
        "(Stephanie Ko) Head (Supervision)"
    ]  # one block in Chinese
