"""Whether a knowledge base is whole: SQLite's own checks, nothing that hangs on nothing, and every quote where it is said to stand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import quote

from sqlite_utils import Database

from ingest.errors import BadDatabase
from kb import lives, store, terms
from kb.migrations import VERSION
from kb.schema import EVIDENCED, FACTS, names

MOST = 20
"""So many faults of one kind are told one by one; the rest is counted."""

Texts = Mapping[int, str]


class Checkup(Protocol):
    """Looks at one thing; its name leads each line that it gives."""

    __name__: str

    def __call__(self, db: Database) -> Iterator[str]: ...


class Health(NamedTuple):
    """What was looked at, and a line for each fault: none means that the knowledge base is whole."""

    circulars: int
    expressions: int
    facts: int
    faults: tuple[str, ...]


def examine(path: Path) -> Health:
    """Look through a knowledge base without changing it; a BadDatabase where there is none, or one of somebody else."""
    try:
        with opened(path) as db:
            # Where the tables themselves are not to be trusted, what lies in them says nothing.
            faults = told(db, (schema, damage, dangling)) or told(db, (orphans, reviewed, log, gaps, evidence, search))
            counts = () if faults else (rows(db, "circulars"), rows(db, "expressions"), sum(rows(db, table) for table in FACTS))
            return Health(*(counts or (0, 0, 0)), faults)
    except sqlite3.DatabaseError as error:
        return Health(0, 0, 0, (f"damage: {error}",))


def opened(path: Path) -> Database:
    """The database as it is, for questions only: an older one is not brought up to date."""
    store.refuse_place(path)
    if not path.exists():
        raise BadDatabase(f"{path}: no such database")
    try:
        return store.connected(f"file:{quote(str(path.absolute()))}?mode=ro", path)
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise BadDatabase(f"{path}: not a SQLite database") from error
        raise


def damaged(path: Path) -> str | None:
    """The first thing that SQLite finds wrong with a file, of whatever version; None where all is in order."""
    try:
        with opened(path) as db:
            return next(damage(db), None)
    except sqlite3.DatabaseError as error:
        return str(error)


def told(db: Database, checkups: Sequence[Checkup]) -> tuple[str, ...]:
    """The faults that these find, a line each."""
    return tuple(line for checkup in checkups for line in few(checkup.__name__, checkup(db)))


def few(name: str, faults: Iterator[str]) -> Iterator[str]:
    """The first faults of one kind, and how many more there are."""
    yield from (f"{name}: {fault}" for fault in islice(faults, MOST))
    if more := sum(1 for _ in faults):
        yield f"{name}: and {more} more"


def rows(db: Database, table: str) -> int:
    return int(db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


# The file and its tables ---------------------------------------------------------------------------------------------


def schema(db: Database) -> Iterator[str]:
    """The tables, indexes and views are those of this version."""
    if store.version(db) != VERSION:
        yield f"version {store.version(db)}, this program makes {VERSION}; `{store.ADDED_BY}` brings it up to date"
        return
    with store.open_db(":memory:") as fresh:
        wanted, there = made(fresh), made(db)
    for name, statement in wanted.items():
        if name not in there:
            yield f"{name[0]} {name[1]} is missing"
        elif there[name] != statement:
            yield f"{name[0]} {name[1]} is not as it was made"


def made(db: Database) -> dict[tuple[str, str], str]:
    """What made each table, index, view and trigger; what SQLite keeps for itself left out."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND substr(name, 1, 1) <> '_' AND name NOT LIKE 'sqlite_%'"
    return {(kind, name): statement for kind, name, statement in db.execute(query)}


def damage(db: Database) -> Iterator[str]:
    """SQLite finds every page and index in order."""
    for (found,) in db.execute("PRAGMA integrity_check"):
        if found != "ok":
            yield from str(found).splitlines()


def dangling(db: Database) -> Iterator[str]:
    """Every row that points to another finds it."""
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"{table}, row {row}, points to a row of {parent} that is not there"


# What lies in them ---------------------------------------------------------------------------------------------------

ORPHANS = {
    "circular {} is told by no file": "SELECT id FROM circulars WHERE id NOT IN (SELECT circular FROM expressions)",
    "file {} tells nothing": (
        "SELECT path FROM sources WHERE media_type <> 'message/rfc822' AND sha256 NOT IN (SELECT source FROM expressions)"
    ),
    "file {} is not known by its path": (
        "SELECT path FROM sources AS s WHERE NOT EXISTS (SELECT 1 FROM paths AS p WHERE p.source = s.sha256 AND p.path = s.path)"
    ),
    "obligation {} has no deadline": "SELECT id FROM obligations WHERE id NOT IN (SELECT obligation FROM obligation_deadlines)",
    "obligation {} has no deadline of its circular": (
        "SELECT id FROM obligations AS o WHERE NOT EXISTS (SELECT 1 FROM obligation_deadlines AS m "
        "JOIN deadlines AS d ON d.id = m.deadline JOIN expressions AS e ON e.id = d.expression "
        "WHERE m.obligation = o.id AND e.circular = o.circular)"
    ),
    "deadline {} belongs to several obligations": "SELECT deadline FROM obligation_deadlines GROUP BY deadline HAVING count(*) > 1",
    "deadline {} belongs to no obligation": "SELECT id FROM deadlines WHERE id NOT IN (SELECT deadline FROM obligation_deadlines)",
    "event {} holds a deadline of another text": (
        "SELECT v.id FROM event_deadlines AS h JOIN events AS v ON v.id = h.event JOIN deadlines AS d ON d.id = h.deadline "
        "WHERE v.expression <> d.expression"
    ),
    "obligation {} stands where none of its deadlines does": (
        "SELECT DISTINCT p.obligation FROM obligation_places AS p WHERE NOT EXISTS (SELECT 1 FROM obligation_deadlines AS m "
        "JOIN deadlines AS d ON d.id = m.deadline JOIN expressions AS e ON e.id = d.expression WHERE m.obligation = p.obligation "
        "AND (e.lang, d.span_start, d.span_end, d.quote) = (p.lang, p.span_start, p.span_end, p.quote))"
    ),
    "obligation {} does not know where all of its deadlines stand": (
        "SELECT m.obligation FROM obligation_deadlines AS m GROUP BY m.obligation "
        "HAVING count(*) <> (SELECT count(*) FROM obligation_places AS p WHERE p.obligation = m.obligation)"
    ),
    "reference {} is tied to the circular that it stands in": (
        'SELECT c.reference FROM cited AS c JOIN "references" AS r ON r.id = c.reference JOIN expressions AS e ON e.id = r.expression '
        "WHERE e.circular = c.circular"
    ),
    "number {} is that of no text that has it": (
        "SELECT o.number FROM own_numbers AS o JOIN expressions AS e ON e.id = o.expression "
        "WHERE o.number IS NOT e.number AND o.number NOT IN (SELECT value FROM json_each(e.other_numbers))"
    ),
    "expression {} is not found by its number": (
        "SELECT id FROM expressions AS e WHERE number IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM own_numbers AS o WHERE o.expression = e.id AND o.number = e.number)"
    ),
    "party {} is bound by no deadline or duty of its text": (
        "SELECT party FROM bearers AS b WHERE NOT EXISTS (SELECT 1 FROM deadlines AS d, json_each(d.bearer) AS p "
        "WHERE d.expression = b.expression AND p.value = b.party) AND NOT EXISTS (SELECT 1 FROM duties AS d, json_each(d.bearer) AS p "
        "WHERE d.expression = b.expression AND p.value = b.party)"
    ),
    "expression {} is not found by a party that it binds": (
        "SELECT d.expression FROM (SELECT expression, bearer FROM deadlines UNION ALL SELECT expression, bearer FROM duties) AS d, "
        "json_each(d.bearer) AS p WHERE NOT EXISTS (SELECT 1 FROM bearers AS b WHERE b.expression = d.expression AND b.party = p.value)"
    ),
    "move {} lies between two languages": (
        "SELECT m.id FROM moves AS m JOIN expressions AS o ON o.id = m.older JOIN expressions AS n ON n.id = m.newer WHERE o.lang <> n.lang"
    ),
    "fact {} rests on a decision about something else": (
        "SELECT v.name FROM reviews AS v JOIN decisions AS d ON d.id = v.decision "
        "WHERE (d.kind, d.subject, d.act) <> ('fact', v.name, v.act)"
    ),
    "finding {} has no name": "SELECT id FROM findings WHERE name = ''",
    "finding {} is not about its pair": (
        'SELECT f.id FROM findings AS f JOIN pairs AS p ON p.id = f.pair WHERE f.expression NOT IN (p."left", p."right")'
    ),
}


def orphans(db: Database) -> Iterator[str]:
    """Nothing is there without what it belongs to."""
    for fault, query in ORPHANS.items():
        yield from (fault.format(name) for (name,) in db.execute(query))


def reviewed(db: Database) -> Iterator[str]:
    """What people decided on is among what holds, and what is rejected is not."""
    for table in EVIDENCED:
        query = f"""
            SELECT p.review FROM review_places AS p JOIN reviews AS v ON v.name = p.review
            LEFT JOIN "{table}" AS f ON f.expression = p.expression AND f.ordinal = p.ordinal
            WHERE p.kind = '{table}' AND (f.id IS NULL) <> (v.act = 'reject')
        """
        yield from (f"fact {name} of {table} is not as it was decided" for (name,) in db.execute(query))


def log(db: Database) -> Iterator[str]:
    """No decision was changed, and what follows from each is so."""
    yield from lives.broken(db)


def gaps(db: Database) -> Iterator[str]:
    """The facts of a kind are all there: they are numbered from 0 without a hole."""
    for table in FACTS:
        query = f'SELECT expression, count(*), max(ordinal) + 1 FROM "{table}" GROUP BY expression HAVING count(*) <> max(ordinal) + 1'
        yield from (f"expression {number}: {there} of {wanted} {table}" for number, there, wanted in db.execute(query))


def evidence(db: Database) -> Iterator[str]:
    """Every quote stands in its text where its span says, and every span lies inside."""
    texts: Texts = dict(db.execute("SELECT id, text FROM expressions"))
    for table, kind in FACTS.items():
        fields = names(kind)
        if "span_start" in fields:
            said = "quote" if "quote" in fields else "NULL"
            query = f'SELECT id, expression, {said}, span_start, span_end FROM "{table}"'
            yield from (f"{table}, row {row}: {wrong}" for row, *place in db.execute(query) for wrong in misplaced(texts, *place))
    yield from cells(db, texts)
    yield from sides(db, texts)
    yield from moved(db, texts)
    yield from read(db, texts)


def misplaced(texts: Texts, expression: int, said: str | None, start: int, end: int) -> Iterator[str]:
    """Why a span is not the place of its quote; nothing where it is."""
    text = texts[expression]
    if not 0 <= start <= end <= len(text):
        yield f"characters {start} to {end} of a text of {len(text)}"
    elif said is not None and text[start:end] != said:
        yield f"at characters {start} to {end} stands {text[start:end][:40]!r}, not {said[:40]!r}"


def search(db: Database) -> Iterator[str]:
    """The full-text indexes hold the words of their tables, no more and no less."""
    if store.cut_by(db) != terms.edition():
        yield f"the indexes are those of another edition of this program; `{store.ADDED_BY}` brings them up to date"
    else:
        yield from (f"the index of {table} does not hold the words of its table" for table in store.out_of_step(db))


def cells(db: Database, texts: Texts) -> Iterator[str]:
    """The spans of typed cells."""
    for row, expression, found in db.execute("SELECT id, expression, cells FROM tables WHERE cells <> '[]'"):
        for cell in json.loads(found):
            yield from (f"tables, row {row}, a cell: {wrong}" for wrong in misplaced(texts, expression, None, *cell["span"]))


def sides(db: Database, texts: Texts) -> Iterator[str]:
    """The quotes of findings: of a pair, left and right; of one circular, both in it."""
    query = """
        SELECT f.id, coalesce(p."left", f.expression), coalesce(p."right", f.expression),
            left_quote, left_start, left_end, right_quote, right_start, right_end
        FROM findings AS f LEFT JOIN pairs AS p ON p.id = f.pair
    """
    for row, left, right, *places in db.execute(query):
        for expression, (said, start, end) in ((left, places[:3]), (right, places[3:])):
            if start is not None:
                yield from (f"findings, row {row}: {wrong}" for wrong in misplaced(texts, expression, said, start, end))


def moved(db: Database, texts: Texts) -> Iterator[str]:
    """The quotes of the dates that moved, in the older text and in the newer one."""
    for side, text in (("old", "older"), ("new", "newer")):
        query = f"SELECT id, {text}, {side}_quote, {side}_span_start, {side}_span_end FROM moves"
        yield from (f"moves, row {row}: {wrong}" for row, *place in db.execute(query) for wrong in misplaced(texts, *place))


def read(db: Database, texts: Texts) -> Iterator[str]:
    """The quotes of reviewed facts, as they were read."""
    for name, expression, found in db.execute("SELECT review, expression, read FROM review_places WHERE read LIKE '{%'"):
        fact = json.loads(found)
        yield from (f"fact {name}: {wrong}" for wrong in misplaced(texts, expression, fact["quote"], *fact["span"]))
