"""The thread of a circular: what it amends, replaces, reminds of or cites and what does that to it.

Along it dates move, and what several circulars ask for in turn is one obligation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import product

from sqlite_utils import Database

from ingest.model import Expression
from kb import matters, store
from kb.matters import Issue
from kb.moves import CHANGING, Move, moves
from kb.obligations import Obligation
from kb.revisions import NEVER, moment

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
    """Keep the dates that moved between two circulars, or from issue to issue of one, in each language by itself."""
    before = store.of_circular(db, older)
    after = before if older == newer else store.of_circular(db, newer)
    found = {
        (old.id, new.id): moves(old.expression, new.expression, relation)
        for old, new in sorted(product(before, after), key=lambda ends: [(moment(end.expression) or NEVER, end.id) for end in ends[::-1]])
        if old.expression.lang == new.expression.lang and is_later(old.expression, new.expression, again=older == newer)
    }
    for (old, new), told in found.items():
        store.put_moves(db, old, new, [move for move in told if older != newer or not told_between(move, old, new, found)])


def is_later(old: Expression, new: Expression, *, again: bool) -> bool:
    """Whether the second text came out after the first; of two circulars of one day the one that speaks of the other did."""
    one, other = moment(old), moment(new)
    if one is None or other is None:
        return False
    return one < other if again else one.day <= other.day


def told_between(move: Move, old: int, new: int, found: Mapping[tuple[int, int], Sequence[Move]]) -> bool:
    """Whether an issue between the two has moved the day so already, or is the one from which the last has moved it."""
    between = [middle for first, middle in found if first == old and (middle, new) in found]
    return any(step.new.span == move.new.span for middle in between for step in found[middle, new]) or any(
        told_alike(step, move) for middle in between for step in found[old, middle]
    )


def told_alike(one: Move, other: Move) -> bool:
    """Whether two moves are of one statement to the same day and time."""
    return one.old.span == other.old.span and (one.new.start, one.new.end, one.new.time) == (other.new.start, other.new.end, other.new.time)


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
