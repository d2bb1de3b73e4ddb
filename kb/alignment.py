"""Which passage of a text stands beside which of another one: by the facts and words they share, in order.

This lays texts out for reading; what does not agree is found by the checks. It knows neither database nor pipeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Passage(NamedTuple):
    """A paragraph, heading or table: its kind, the facts in it in their normal form, and its words."""

    kind: str
    facts: frozenset[str]
    words: frozenset[str]


FACTS, WORDS, KIND, PLACE = 4.0, 3.0, 0.6, 0.6
"""What it counts that two passages share their facts, their words, their kind, and their place in the text."""

ENOUGH = 0.7
"""Below it, two passages do not stand side by side."""

MOST = 1000
"""Texts of more passages are laid side by side one to one: alignment takes time and memory by the product."""


def aligned(left: Sequence[Passage], right: Sequence[Passage]) -> list[tuple[int | None, int | None]]:
    """The places of passages side by side, in the order of both texts; None where one has no counterpart."""
    if max(len(left), len(right)) > MOST:
        return [
            (place if place < len(left) else None, place if place < len(right) else None) for place in range(max(len(left), len(right)))
        ]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    worth = [
        [alike(one, other, row / len(left), column / len(right)) for column, other in enumerate(right)] for row, one in enumerate(left)
    ]
    for row in range(len(left) - 1, -1, -1):
        for column in range(len(right) - 1, -1, -1):
            together = best[row + 1][column + 1] + worth[row][column] if worth[row][column] >= ENOUGH else 0.0
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    return list(walk(best, worth))


def walk(best: Sequence[Sequence[float]], worth: Sequence[Sequence[float]]) -> list[tuple[int | None, int | None]]:
    """The way through the table that is worth most."""
    rows, columns, row, column = len(best) - 1, len(best[0]) - 1, 0, 0
    out: list[tuple[int | None, int | None]] = []
    while row < rows or column < columns:
        here = best[row][column]
        if row < rows and column < columns and worth[row][column] >= ENOUGH and here == best[row + 1][column + 1] + worth[row][column]:
            out.append((row, column))
            row, column = row + 1, column + 1
        elif row < rows and (column == columns or here == best[row + 1][column]):
            out.append((row, None))
            row += 1
        else:
            out.append((None, column))
            column += 1
    return out


def alike(left: Passage, right: Passage, here: float, there: float) -> float:
    """How much speaks for two passages to be one: none where both have facts and share none."""
    if left.facts and right.facts and not left.facts & right.facts:
        return 0.0
    return (
        FACTS * share(left.facts, right.facts)
        + WORDS * share(left.words, right.words)
        + KIND * (left.kind == right.kind)
        + PLACE * (1 - abs(here - there))
        - (0.3 if bool(left.facts) != bool(right.facts) else 0.0)
    )


def share(left: frozenset[str], right: frozenset[str]) -> float:
    """What two sets have in common, of all that is in either."""
    return len(left & right) / len(left | right) if left and right else 0.0
