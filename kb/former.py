"""By what an obligation is known again, so that it keeps its name, and with it what people decided on it.

Files are read anew and circulars come and go; what was told before is laid beside what is told now, and only questions are asked.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Hashable, Mapping, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from kb.obligations import Obligation

DECIDED = (
    "SELECT act FROM decisions WHERE kind = 'obligation' AND subject = ? AND act IN ('done', 'waive', 'reopen') ORDER BY id DESC LIMIT 1"
)
"""What was decided last on an obligation."""


class Place(NamedTuple):
    """Where a deadline stands: the language, the span, and the words."""

    lang: str
    span_start: int
    span_end: int
    quote: str

    @property
    def words(self) -> tuple[str, str]:
        return self.lang, self.quote


class Former:
    """The obligations that some circulars had, so that the new ones can take over their names, and with them what was decided."""

    def __init__(self, db: Database, circulars: Collection[int]) -> None:
        self.db = db
        circular = json.dumps(sorted(circulars))
        mine = "SELECT id FROM obligations WHERE circular IN (SELECT value FROM json_each(?))"
        self.left = [row[0] for row in db.execute(f"{mine} ORDER BY due IS NULL, due, id", [circular])]
        self.decided = {name for name in self.left if db.execute(DECIDED, [name]).fetchone()}
        self.deadlines: dict[str, list[Hashable]] = defaultdict(list)
        self.places: dict[str, list[Hashable]] = defaultdict(list)
        self.acts: dict[str, list[Hashable]] = defaultdict(list)
        self.quotes: dict[str, list[Hashable]] = defaultdict(list)
        held = """
            SELECT m.obligation, m.deadline FROM obligation_deadlines AS m JOIN obligations AS o ON o.id = m.obligation
            WHERE o.circular IN (SELECT value FROM json_each(?))
        """
        for name, deadline in db.execute(held, [circular]):
            self.deadlines[name].append(deadline)
        query = """
            SELECT p.obligation, o.action, o.action_zh, p.lang, p.span_start, p.span_end, p.quote
            FROM obligation_places AS p JOIN obligations AS o ON o.id = p.obligation
            WHERE o.circular IN (SELECT value FROM json_each(?))
        """
        for name, action, action_zh, *told in db.execute(query, [circular]):
            place = Place(*told)
            self.places[name].append(place)
            self.acts[name].append((action, action_zh, place.words))
            self.quotes[name].append(place.words)

    def names(self, found: Sequence[Obligation], deadlines: Sequence[Sequence[int]], places: Sequence[Sequence[Place]]) -> list[str]:
        """A name for each new obligation, the surest likeness first; what one takes over is nobody else's any more.

        The same deadline makes two the same; so do the same words at the same place, the same act by the same words
        elsewhere, the name, or the words alone. Words and places count only where no other obligation has them, then or now.
        """
        words = [[place.words for place in told] for told in places]
        acts = [[(one.action, one.action_zh, quote) for quote in told] for one, told in zip(found, words, strict=True)]
        given: dict[int, str] = {}
        self.share(given, deadlines, self.deadlines, alone=False)
        self.share(given, places, self.places, alone=True)
        self.share(given, acts, self.acts, alone=True)
        for index, one in enumerate(found):
            heirs = [old for old in self.left if old.partition("-")[0] == one.id]
            if index not in given and heirs:
                self.take(given, index, heirs[0])
        self.share(given, words, self.quotes, alone=True)
        for index, one in enumerate(found):
            if index not in given:
                given[index] = self.unused(one.id, {*given.values(), *self.left})
        return [given[index] for index in range(len(found))]

    def share(
        self, given: dict[int, str], new: Sequence[Sequence[Hashable]], old: Mapping[str, Sequence[Hashable]], *, alone: bool
    ) -> None:
        """Give names to those that have something in common with a former one; of several the one that somebody has decided on."""
        now, then = (Counter(mark for marks in groups for mark in set(marks)) for groups in (new, old.values()))
        for index, own in enumerate(new):
            known = {mark for mark in own if not alone or now[mark] == then[mark] == 1}
            candidates = [name for name in self.left if not known.isdisjoint(old.get(name, ()))]
            if index not in given and candidates:
                self.take(given, index, min(candidates, key=lambda name: name not in self.decided))

    def take(self, given: dict[int, str], index: int, name: str) -> None:
        given[index] = name
        self.left.remove(name)

    def unused(self, name: str, taken: Container[str]) -> str:
        """The name, numbered if another has it: two circulars without a number can have the same issuer, day and title."""
        known = "SELECT count(*) FROM obligations WHERE id = ?"
        candidate, count = name, 1
        while candidate in taken or self.db.execute(known, [candidate]).fetchone()[0]:
            count += 1
            candidate = f"{name}-{count}"
        return candidate
