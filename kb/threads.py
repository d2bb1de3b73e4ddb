"""The thread of a circular: what it amends, replaces, reminds of or cites and what does that to it, and the dates that moved on the way."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product

from sqlite_utils import Database

from kb import store
from kb.moves import CHANGING, moves

ONE_MATTER = CHANGING | {"reminds"}
"""The ties that hold one matter together; a circular is also cited for its background."""

MOST_TIES = 40
"""A circular that more others speak of is background for them all: their dates are not laid beside its own."""


def follow(db: Database, circulars: Collection[int]) -> None:
    """Tie these circulars to those that they cite and that cite them, and keep which dates moved between them."""
    store.resolve(db, circulars)
    ties = store.tied(db, circulars)
    degree: dict[int, int] = {}
    for newer, older, _ in ties:
        for end in (newer, older):
            degree[end] = degree.get(end, 0) + 1
    strongest: dict[tuple[int, int], str] = {}
    for newer, older, relation in ties:
        if degree[newer] <= MOST_TIES and degree[older] <= MOST_TIES and (relation in CHANGING or (newer, older) not in strongest):
            strongest[newer, older] = relation
    for (newer, older), relation in strongest.items():
        compare(db, older, newer, relation)
    for circular in store.printed_again(db, circulars):
        compare(db, circular, circular, "reissue")


def compare(db: Database, older: int, newer: int, relation: str) -> None:
    """Keep the dates that moved between two circulars, or between two issues of one, in each language by itself."""
    before = store.of_circular(db, older)
    after = before if older == newer else store.of_circular(db, newer)
    for old, new in product(before, after):
        mine, yours = old.expression, new.expression
        if mine.lang != yours.lang or not mine.issued or not yours.issued:
            continue
        if mine.issued < yours.issued or (older != newer and mine.issued == yours.issued):
            store.put_moves(db, old.id, new.id, moves(mine, yours, relation))
