"""The thread of a circular: what it amends, replaces, reminds of or cites and what does that to it.

Along it dates move, and what several circulars ask for in turn is one obligation.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from itertools import product

from sqlite_utils import Database

from kb import matters, store
from kb.matters import Issue
from kb.moves import CHANGING, moves
from kb.obligations import Obligation

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


# Obligations ---------------------------------------------------------------------------------------------------------

STRONGEST = ("replaces", "amends", "reissue", "reminds", "appends", "cites")

MOST_CIRCULARS = 200
"""A matter is followed over so many circulars: what more of them tell is no single act."""


def oblige(db: Database, circulars: Collection[int]) -> None:
    """Work out anew the obligations of these circulars, as far as they are still there, and of those that tell of the same acts."""
    matter = Matters(db)
    done: set[int] = set()
    for circular in sorted(matter.near(circulars)):
        if circular not in done:
            members = matter.of(circular)
            done |= members
            store.put_obligations(db, members, *matter.obligations(members))


class Matters:
    """The circulars that tell of the same acts; each is read once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.issues = cache(self.read_issues)
        self.all_ties = cache(self.read_ties)
        self.speaks = cache(self.find_speaking)

    def near(self, circulars: Collection[int]) -> set[int]:
        """These circulars, what they are tied to, and what shares obligations with any of those."""
        return store.sharing(self.db, {*circulars, *(end for tie in store.tied(self.db, circulars) for end in tie[:2])})

    def of(self, start: int) -> set[int]:
        """The circulars of one matter: step by step all that tell of the same act, or take it back, or did so until now."""
        members: set[int] = set()
        edge = {start}
        while edge:
            members |= edge
            found = store.sharing(self.db, edge)
            if len(members) < MOST_CIRCULARS:
                found |= {end for circular in edge for tie in self.ties(circular) if self.speaks(*tie) for end in tie[:2]}
            edge = found - members
        return members

    def ties(self, circular: int) -> list[tuple[int, int, str]]:
        """The ties of a circular: the newer, the older and how it speaks; none with what is background for many."""
        return [tie for tie in self.all_ties(circular) if all(len(self.all_ties(end)) <= MOST_TIES for end in tie[:2])]

    def obligations(self, members: Collection[int]) -> tuple[list[int], list[Obligation]]:
        """The obligations of one matter, with the rows of the expressions that their members count."""
        ties = {tie for circular in members for tie in self.ties(circular) if {*tie[:2]} <= {*members}}
        issues = sorted((issue for circular in members for issue in self.issues(circular)), key=matters.order)
        rows = [row for issue in issues for row in issue.rows]
        return rows, matters.merged(issues, ties)

    def find_speaking(self, newer: int, older: int, relation: str) -> bool:
        """Whether a circular tells again, takes back or corrects what an earlier one asks for."""
        both = sorted((*self.issues(older), *self.issues(newer)), key=matters.order)
        ties = {(newer, older, relation)}
        known = list(matters.bonds(both, ties))
        return bool(known) or any(matters.withdrawals(both, ties)) or any(matters.spoken_of(both, ties, known))

    def read_ties(self, circular: int) -> frozenset[tuple[int, int, str]]:
        """Every tie of a circular, once for each other one, by the strongest word for it."""
        strongest: dict[tuple[int, int], str] = {}
        for newer, older, relation in store.tied(self.db, [circular]):
            known = strongest.get((newer, older))
            strongest[newer, older] = relation if known is None else min(known, relation, key=STRONGEST.index)
        return frozenset((newer, older, relation) for (newer, older), relation in strongest.items())

    def read_issues(self, circular: int) -> list[Issue]:
        told = store.of_circular(self.db, circular)
        return matters.issues(circular, [(one.id, one.expression) for one in told]) if told else []
