"""Freeze a small knowledge base of a version of the schema: tests/bases/NNN.sql, which tests bring up to date ever after.

    python tools/bases.py [VERSION]

Made once for each version, when it is released, by running its migrations and filling its tables with what the examples say;
of columns that came later nothing is kept. One obligation is marked as done, so that people's work is in it too. A base that
is there is never written again: it stands for what is on people's disks.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from ingest.issuers import houses
from kb import intake, lives, store
from kb.migrations import APPLICATION_ID, VERSION, migration
from kb.resources import examples

BASES = Path(__file__).parents[1] / "tests" / "bases"

INDEX = re.compile(r"""INSERT INTO sqlite_master\b|PRAGMA writable_schema\b|(INSERT INTO|CREATE TABLE) ["']\w+_fts""")
"""What a dump says of full-text indexes. They are frozen empty and without the mark that they are filled, so a program fills them."""


def frozen(version: int) -> str:
    """The base of a version, as SQL."""
    with closing(sqlite3.connect(":memory:")) as connection, store.open_db(":memory:") as filled:
        old = store.taught(Database(connection))
        later = next((step.name for step in migration.pending(old) if int(step.name[:3]) > version), None)
        migration.apply(old, stop_before=later)
        fill(filled)
        for table in old.table_names():
            if not table.startswith(("_", "sqlite_")) and "_fts" not in table and table != "settings":
                carry(filled, old, table)
        connection.execute("UPDATE _sqlite_migrations SET applied_at = '2026-01-01 00:00:00+00:00'")
        connection.commit()
        marks = f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {version};\n"
        made = connection.execute("SELECT sql || ';' FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name")
        return "\n".join([*(line for line in connection.iterdump() if not INDEX.match(line)), *(sql for (sql,) in made)]) + f"\n{marks}"


def fill(db: Database) -> None:
    """Read the examples, and do one thing that they ask for."""
    intake.add(db, intake.collect([str(path) for path in sorted(examples().glob("seoch-*"))]).files, houses())
    for table in ("sources", "paths"):
        alone = "replace(path, rtrim(path, replace(path, '/', '')), '')"
        db.execute(f"UPDATE {table} SET path = {alone}, added = '2026-01-01T00:00:00Z'")  # noqa: S608 - names of our own tables
    lives.decide(db, min(lives.all_names(db)), "done", "Amy Chan", note="sent by courier")


def carry(new: Database, old: Database, table: str) -> None:
    """Copy the rows of a table, as far as the older one has columns for them."""
    there = {column.name for column in new[table].columns}
    kept = [column.name for column in old[table].columns if column.name in there]
    header = ", ".join(f'"{name}"' for name in kept)
    rows = new.execute(f'SELECT {header} FROM "{table}" ORDER BY 1').fetchall()  # noqa: S608 - names of our own tables
    old.conn.execute("PRAGMA foreign_keys = OFF")
    old.conn.executemany(f'INSERT INTO "{table}" ({header}) VALUES ({", ".join("?" for _ in kept)})', rows)  # noqa: S608


def main() -> None:
    """Freeze the version that is asked for, or the one of this program."""
    version = int(sys.argv[1]) if len(sys.argv) > 1 else VERSION
    target = BASES / f"{version:03}.sql"
    if not 1 <= version <= VERSION:
        sys.exit(f"there is no version {version}; the newest is {VERSION}")
    if target.exists():
        sys.exit(f"{target} is there; what is on people's disks does not change")
    target.write_text(frozen(version), "utf-8")
    print(f"{target}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
