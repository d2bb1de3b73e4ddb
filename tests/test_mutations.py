"""One fact of a text changed at a time: the comparison tells it, and tells it where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutating import SPOTS, changes, share
from pair_factory import TEXTS, edited

from ingest import pipeline
from ingest.issuers import houses
from kb.wording import chinese

CIRCULARS = Path(__file__).parent / "circulars"
BOTH = [("HKSCC en", "HKSCC zh"), ("HKSCC zh", "HKSCC en"), ("HKSCC en", "SEOCH en"), ("SEOCH en", "HKSCC en")]
REAL = [
    ("09-office-hours/mpfa-en.html", "09-office-hours/mpfa-zh.txt"),
    ("12-stock-connect-days/sehk-amend-en.html", "12-stock-connect-days/sehk-amend-zh.html"),
]


@pytest.mark.parametrize(("left", "right"), BOTH)
def test_nearly_every_change_of_one_fact_is_told(left: str, right: str) -> None:
    told = share(edited(left), TEXTS[right], houses())
    assert told.made.total() >= 50
    assert told.whole >= 0.98, told.missed


@pytest.mark.parametrize(("left", "right"), REAL)
@pytest.mark.parametrize("turned", [False, True])
def test_of_real_translations_at_least_nineteen_in_twenty_changes_are_told(left: str, right: str, turned: bool) -> None:
    one, other = (pipeline.read(CIRCULARS / name) for name in ((right, left) if turned else (left, right)))
    told = share(one, other.text, houses())
    assert chinese(one.lang) != chinese(other.lang)
    assert told.whole >= 0.95, told.missed


def test_every_family_of_changes_is_met() -> None:
    texts = (*TEXTS.values(), *(path.read_text("utf-8") for path in CIRCULARS.rglob("*.txt")))
    met = {change.family for text in texts for change in changes(text)}
    assert {spot.family for spot in SPOTS} <= met
    assert met >= {"row dropped", "item dropped", "sentence dropped", "duty dropped", "swapped cells", "order"}
