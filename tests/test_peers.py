"""The other readers of dates, where they are installed: each answers in the form that is translated and scored."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import language
from language import PEERS, Peer, Text

from ingest.model import Expression, Source

SENTENCES = {
    "en": "7 August 2026\nThe office opens at 09:30.",
    "zh": "2026年8月7日\n辦事處於上午9時30分開放。",
}
GOLD = {"issued": "2026-07-06"}


def text(lang: str) -> Text:
    source = Source(path=f"{lang}.txt", sha256="", media_type="text/plain")
    whole = Expression(source=source, lang="en", text=SENTENCES[lang])
    return Text(Path(f"{lang}.txt"), {**GOLD, "lang": lang}, whole)


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_reader_that_is_installed_finds_the_month_of_a_plain_date(peer: Peer) -> None:
    if language.command(peer) is None:
        pytest.skip(f"{peer.name} is not installed: make bench-language")
    texts = [text(lang) for lang in peer.langs]
    told = language.ask(peer, texts)
    assert told is not None
    assert told.failed == 0
    for answer, one in zip(told.answers, texts, strict=True):
        assert "2026-08" in {fact["start"][:7] for fact in answer["dates"]}  # one of them drops the day
        for fact in [*answer["dates"], *answer["times"]]:
            start, end = fact["span"]
            assert one.expression.text[start:end] == fact["quote"]


def test_a_text_is_read_by_line_and_cell_in_its_own_language() -> None:
    both = Text(
        Path("both.txt"),
        {**GOLD, "lang": "mul"},
        Expression(source=Source(path="", sha256="", media_type="text/plain"), lang="mul", text="Date\t1 May 2026\n日期\t2026年5月1日"),
    )
    chosen = next(peer for peer in PEERS if peer.lines and peer.langs == ("en", "zh"))
    assert list(language.pieces(both, chosen)) == [
        ("en", 0, "Date"),
        ("en", 5, "1 May 2026"),
        ("zh", 16, "日期"),
        ("zh", 19, "2026年5月1日"),
    ]


@pytest.mark.skipif(not language.SCORE.exists(), reason="the scoring program is not at hand")
@pytest.mark.parametrize(
    ("gold", "found", "counts"),
    [
        ([("7 August", "2026-08-07")], [("Friday, 7 August", "2026-08-07")], (1, 0, 0)),
        ([("7 August", "2026-08-07")], [("elsewhere", "2026-08-07")], (1, 0, 0)),
        ([("7 August", "2026-08-07")], [("7 August", "2025-08-07")], (0, 1, 1)),
        ([("7 August", "2026-08-07")], [("7 August", "2026-08-07"), ("7 August", "2026-08-07")], (1, 1, 0)),
        ([("7 August", "2026-08-07"), ("7 August", "2026-08-07")], [("7 August", "2026-08-07")], (1, 0, 1)),
    ],
)
def test_by_value_the_place_of_a_quote_does_not_matter(
    gold: list[tuple[str, str]], found: list[tuple[str, str]], counts: tuple[int, int, int]
) -> None:
    wanted, had = ([{"quote": quote, "start": day, "end": day} for quote, day in side] for side in (gold, found))
    assert language.matched(language.gains.scoring(), "dates", {"dates": wanted}, {"dates": had}) == counts
