"""The knowledge base behind the pages, and what several of them ask it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from sqlite3 import Connection, Row
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound

HOUSES = "select h.* from houses h where exists (select 1 from circulars c where c.issuer = h.code) order by h.code"
ALSO_AT = "(select group_concat(p.path, char(10)) from paths p where p.source = s.sha256 and p.path <> s.path) as also_at"
"""Where else the file of a source lies, a line each."""

CHECKS = 'select distinct "check" as name from findings order by 1'

OWN_NAME = """
    ((b.value glob '*[^ -~]*') = (:lang = 'zh')
      or not exists (select 1 from json_each(o.bearer) n where (n.value glob '*[^ -~]*') = (:lang = 'zh')))
"""
"""Whether `b` is a party as the reader's language names it, or as the other one does where the obligation `o` has no name in it."""

PARTIES = f"""
    select distinct b.value as party from (select distinct bearer from obligations) o, json_each(o.bearer) b where {OWN_NAME} order by 1
"""  # noqa: S608 - both parts are ours

ENTRIES_OF_DAYS = """
    near as materialized (
      select id, expression, start, "end" from events where start is "end" and "end" between :start and :end
      union all
      select id, expression, start, "end" from events
      where start is not "end" and coalesce(start, "end") between date(:start, '-92 days') and :end and coalesce("end", start) >= :start
      union all
      select id, expression, start, "end" from events
      where julianday("end") - julianday(start) > 92 and coalesce("end", start) >= :start
        and coalesce(start, "end") < date(:start, '-92 days')
    ),
    told as materialized (
      select n.id, n.start, n."end", e.circular, c.issuer
      from near n cross join expressions e indexed by expressions_works on e.id = n.expression cross join circulars c on c.id = e.circular
      where (:house = '' or c.issuer = :house)
        and (:party = '' or exists (
          select 1 from expressions x join deadlines d on d.expression = x.id join obligation_deadlines m on m.deadline = d.id
          join obligations o on o.id = m.obligation, json_each(o.bearer) b
          where x.circular = c.id and b.value = :party))
        and e.id = (select x.id from expressions x where x.circular = e.circular order by substr(x.lang, 1, 2) <> :lang, x.id limit 1)
    )
"""
"""The entries of timetables that touch some days, each told once: by the circular's text in the reader's language.

An entry without an end stands where it begins, one without a beginning where it ends. Indexes find those that begin up to a
quarter before the days, and the few that are longer than a quarter.
"""

# In the order in which the facts of a text are listed; blocks are its layout.
KINDS = (
    *("deadlines", "unexplained", "warnings", "contacts", "references", "tables", "events", "definitions", "duties"),
    *("dates", "times", "amounts"),
)


REVIEWABLE = tuple(kind for kind in KINDS if kind not in ("unexplained", "warnings", "tables"))
"""The kinds of facts that a reviewer may decide on."""


async def rows(database: Database, sql: str, **values: object) -> list[Row]:
    found: list[Row] = (await database.execute(sql, values)).rows
    return found


MOST_KEPT = 200
"""So many answers about one knowledge base are kept."""


class Kept:
    """Answers to questions about the whole of a knowledge base, until it changes.

    SQLite tells each connection whether another one has written since (`PRAGMA data_version`). The answers are those of all
    connections: the first one that sees a change drops them, and what was asked before that change is not put there any more.
    """

    def __init__(self) -> None:
        self.lock, self.age, self.answers = threading.Lock(), 0, dict[tuple[str, tuple[object, ...]], list[Row]]()
        self.seen = threading.local()

    def rows(self, connection: Connection, sql: str, values: Mapping[str, object]) -> list[Row]:
        version, asked = connection.execute("PRAGMA data_version").fetchone()[0], (sql, tuple(values.items()))
        with self.lock:
            if getattr(self.seen, "state", None) != (connection, version):
                self.seen.state = connection, version
                self.answers.clear()
                self.age += 1
            age, found = self.age, self.answers.get(asked)
        if found is None:
            found = connection.execute(sql, values).fetchall()
            with self.lock:
                if age == self.age:
                    if len(self.answers) >= MOST_KEPT:
                        self.answers.clear()
                    self.answers[asked] = found
        return found


KEPT: WeakKeyDictionary[Database, Kept] = WeakKeyDictionary()


async def kept_rows(database: Database, sql: str, **values: object) -> list[Row]:
    """The answer to a question about the whole knowledge base, which takes long in a large one and is the same until it changes."""
    kept, limit = KEPT.setdefault(database, Kept()), database.ds.sql_time_limit_ms

    def ask(connection: Connection) -> list[Row]:
        with sqlite_timelimit(connection, limit):
            try:
                return kept.rows(connection, sql, values)
            except sqlite3.OperationalError as error:
                if error.args == ("interrupted",):
                    raise QueryInterrupted(error, sql, values) from error
                raise

    found: list[Row] = await database.execute_fn(ask)
    return found


async def found_knowledge_base(datasette: Datasette) -> Database | None:
    """The first database with the tables of a knowledge base."""
    for database in datasette.databases.values():
        if {"circulars", "expressions", "obligations"} <= set(await database.table_names()):
            return database
    return None


async def knowledge_base(datasette: Datasette) -> Database:
    database = await found_knowledge_base(datasette)
    if database is None:
        raise NotFound("None of the databases served here holds circulars.")
    return database
