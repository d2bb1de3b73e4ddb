"""The figures of docs/accuracy.md: what is kept of a measurement, and that the corpus it names was measured."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import accuracy

FIGURES = accuracy.load()


def test_the_first_reader_is_ours_and_has_every_kind_of_fact() -> None:
    own = FIGURES.readers[0]
    kinds = {name.partition(".")[0] for name in own.scores}
    assert own.name == "circular-kb"
    assert {"header", "dates", "times", "deadlines", "contacts", "references", "tables", "events", "unexplained"} <= kinds


@pytest.mark.parametrize("reader", FIGURES.readers, ids=lambda reader: reader.name)
def test_a_reader_has_scores_and_speed_of_each_language_that_it_reads(reader: accuracy.Reader) -> None:
    wanted = {f"{kind}.{lang}" for kind in ("dates", "times") for lang in reader.langs}
    assert wanted <= set(reader.scores)
    assert wanted <= set(reader.by_value)
    assert set(reader.speed) == set(reader.langs)


@pytest.mark.parametrize("reader", FIGURES.readers, ids=lambda reader: reader.name)
def test_rates_follow_from_their_counts(reader: accuracy.Reader) -> None:
    for score in [*reader.scores.values(), *reader.by_value.values()]:
        assert score.p == pytest.approx(score.right / (score.right + score.extra) if score.right + score.extra else 1, abs=1e-4)
        assert score.r == pytest.approx(score.right / (score.right + score.missing) if score.right + score.missing else 1, abs=1e-4)


def test_all_readers_were_asked_for_the_same_facts() -> None:
    counts = {(name, s.right + s.missing) for reader in FIGURES.readers for name, s in reader.by_value.items() if not name.endswith(".mul")}
    assert len(counts) == len({name for name, _ in counts})


def test_figures_of_another_shape_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="schema"):
        msgspec.json.decode(b'{"schema": 2}', type=accuracy.Figures)
