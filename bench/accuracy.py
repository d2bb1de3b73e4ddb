"""The figures of docs/accuracy.md: their shape in kb/accuracy.json, and the tables that are made of them.

`bench/language.py` measures them, `tools/docs.py` puts the tables into the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

FIGURES = Path(__file__).parents[1] / "kb" / "accuracy.json"
LANGUAGES = {"en": "English", "zh": "Chinese", "mul": "both in one file"}
COUNTED = ("dates", "times", "deadlines", "contacts", "references", "events", "unexplained")


class Score(msgspec.Struct, frozen=True):
    """Precision, recall and their harmonic mean, and the counts that they come from."""

    p: float
    r: float
    f1: float
    right: int
    extra: int
    missing: int


Scores = dict[str, Score]


class Corpus(msgspec.Struct, frozen=True):
    """The texts of a language: how many, how long, and how many facts of each kind the gold holds."""

    documents: int
    characters: int
    facts: dict[str, int]


class Reader(msgspec.Struct, frozen=True):
    """What was measured of one reader: scores by `kind.language`, speed in characters a second of processor time by language."""

    name: str
    version: str
    langs: tuple[str, ...]
    form: str
    speed: dict[str, float]
    scores: Scores
    by_value: Scores
    failed: int = 0


class Gains(msgspec.Struct, frozen=True):
    """What a change did to the facts of all stored circulars: since which commit, of how many, and a row for each field that changed."""

    since: str
    circulars: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Figures(msgspec.Struct, frozen=True):
    """All of kb/accuracy.json. The first reader is ours; `missing` names those that were not there to be asked."""

    schema: Literal[1]
    measured: date
    machine: str
    corpus: dict[str, Corpus]
    readers: tuple[Reader, ...]
    missing: tuple[str, ...] = ()
    blind: dict[str, str] = {}
    gains: Gains | None = None


def load() -> Figures:
    """The committed figures. Raises msgspec.ValidationError where they have another shape."""
    return msgspec.json.decode(FIGURES.read_bytes(), type=Figures)


def store(figures: Figures) -> None:
    """Keep the figures."""
    FIGURES.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1) + b"\n")


# Tables ------------------------------------------------------------------------------------------------------------------


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def thousands(rate: float | None) -> str:
    """Thousands of characters a second; of slow readers with a digit behind the point."""
    return "" if rate is None else f"{rate / 1000:,.0f}" if rate >= 10_000 else f"{rate / 1000:.1f}"


def readers_table(figures: Figures, kind: str) -> str:
    """Every reader of each language, the best F1 by value first."""
    rows = []
    for lang in ("en", "zh"):
        key = f"{kind}.{lang}"
        for one in sorted((r for r in figures.readers if lang in r.langs), key=lambda r: -r.by_value[key].f1):
            place, value = one.scores[key], one.by_value[key]
            cells = [f"{figure:.3f}" for figure in (value.p, value.r, value.f1, place.f1)]
            rows.append([LANGUAGES[lang], f"{one.name} {one.version}", *cells, thousands(one.speed.get(lang))])
    return table(("language", "reader", "P", "R", "F1", "F1 with the place", "thousand characters/s"), rows)


def own_table(figures: Figures) -> str:
    """All kinds of facts that we find, by language."""
    scores = figures.readers[0].scores
    rows = []
    for kind in dict.fromkeys(name.rpartition(".")[0] for name in scores):
        for lang in figures.corpus:
            if one := scores.get(f"{kind}.{lang}"):
                counts = f"{one.right}/{one.extra}/{one.missing}"
                rows.append([kind, LANGUAGES[lang], *(f"{figure:.3f}" for figure in (one.p, one.r, one.f1)), counts])
    return table(("kind", "language", "P", "R", "F1", "right/extra/missing"), rows)


def corpus_table(figures: Figures) -> str:
    """How large the corpus is, and how many facts its gold holds."""
    rows = [
        [LANGUAGES[lang], str(one.documents), f"{one.characters:,}", *(str(one.facts.get(kind, 0)) for kind in COUNTED)]
        for lang, one in figures.corpus.items()
    ]
    return table(("language", "documents", "characters", *COUNTED), rows)


def forms_table(figures: Figures) -> str:
    """In which form each other reader gets the text."""
    rows = [[f"{one.name} {one.version}", one.form, str(one.failed)] for one in figures.readers[1:]]
    rows += [[name, "not there when this was measured", ""] for name in figures.missing]
    return table(("reader", "gets the text", "errors raised"), rows)


def speed_table(figures: Figures) -> str:
    """How fast we find all facts in plain text."""
    rates = figures.readers[0].speed
    return table(
        ("all facts from plain text", "million characters/s"), [[LANGUAGES[lang], f"{rate / 1e6:.2f}"] for lang, rate in rates.items()]
    )


def blind_texts(figures: Figures) -> str:
    """What the blind tests say of themselves."""
    parts = []
    for name, said in figures.blind.items():
        quoted = "\n".join(f"> {line}".rstrip() for line in said.splitlines())
        parts.append(f"### {name}\n\n{quoted}\n")
    return "\n".join(parts)


def gains_table(figures: Figures) -> str:
    """Facts gained, lost and changed by field."""
    gains = figures.gains
    if gains is None:
        return "Not measured.\n"
    head = f"{gains.circulars} circulars, since `{gains.since}`.\n"
    return f"{head}\n{table(gains.columns, gains.rows)}" if gains.rows else f"{head}No fact has changed.\n"


def when(figures: Figures) -> str:
    return f"Measured on {figures.measured.isoformat()} on {figures.machine}.\n"
