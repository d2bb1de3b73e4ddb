"""The knowledge base behind the pages, and what several of them ask it."""

from __future__ import annotations

from sqlite3 import Row

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import NotFound

HOUSES = "select distinct h.* from houses h join circulars c on c.issuer = h.code order by h.code"
PARTIES = "select distinct b.value as party from (select distinct bearer from obligations) o, json_each(o.bearer) b order by 1"

# In the order in which the facts of a text are listed; blocks are its layout.
KINDS = (
    *("deadlines", "unexplained", "warnings", "contacts", "references", "tables", "events", "definitions", "duties"),
    *("dates", "times", "amounts"),
)


async def rows(database: Database, sql: str, **values: object) -> list[Row]:
    found: list[Row] = (await database.execute(sql, values)).rows
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
