"""Knowledge bases of every earlier version of the schema, with rows, are brought up to date and lose nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from ingest.issuers import houses
from kb import doctor, intake, lives, store
from kb.migrations import VERSION
from kb.resources import examples

BASES = sorted((Path(__file__).parent / "bases").glob("*.sql"))
AMOUNTS = """
    SELECT e.lang, a.quote, a.value, a.unit FROM amounts AS a JOIN expressions AS e ON e.id = a.expression ORDER BY 1, a.span_start
"""
HELD = """
    SELECT e.lang, v.title, d.stated
    FROM event_deadlines AS h JOIN events AS v ON v.id = h.event JOIN deadlines AS d ON d.id = h.deadline
    JOIN expressions AS e ON e.id = v.expression ORDER BY 1, v.ordinal
"""
NOW_IN = {"calendar_gone": ("calendar_told", "obligation IS NULL")}
"""Tables whose rows another one has taken over, and which of its rows they are."""
Rows = list[tuple[object, ...]]


def loaded(base: Path, path: Path) -> dict[str, tuple[list[str], Rows]]:
    """Put a frozen base at a path; gives its tables with their columns and rows, but for what a program fills itself."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(base.read_text("utf-8"))
        old = Database(connection)
        own = [name for name in old.table_names() if "_fts" in name or name == "settings"]
        tables = [name for name in old.table_names() if not name.startswith(("_", "sqlite_")) and name not in own]
        return {name: asked(old, name, [column.name for column in old[name].columns]) for name in tables}


def asked(db: Database, table: str, columns: list[str], condition: str = "1") -> tuple[list[str], Rows]:
    header = ", ".join(f'"{name}"' for name in columns)
    return columns, db.execute(f'SELECT {header} FROM "{table}" WHERE {condition} ORDER BY {header}').fetchall()


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What this version makes of the files that the frozen bases were made of."""
    path = tmp_path_factory.mktemp("fresh") / "fresh.db"
    added(path)
    return path


def added(path: Path) -> intake.Summary:
    files = [str(file) for file in sorted(examples().glob("seoch-*"))]
    with store.open_db(path) as db:
        return intake.add(db, intake.collect(files).files, houses())


def questions(path: Path, query: str) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_every_earlier_version_is_frozen() -> None:
    there = {int(base.stem) for base in BASES}
    assert there >= set(range(1, VERSION)), "run tools/bases.py with the version that is missing"


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.stem)
def test_a_frozen_base_is_of_its_version_and_has_rows_of_every_kind(base: Path, tmp_path: Path) -> None:
    tables = loaded(base, tmp_path / "old.db")
    assert questions(tmp_path / "old.db", "PRAGMA user_version") == [(int(base.stem),)]
    assert all(tables[name][1] for name in ("circulars", "expressions", "dates", "deadlines", "tables", "events", "pairs", "findings"))


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.stem)
def test_an_earlier_version_is_brought_up_to_date_and_keeps_every_row(base: Path, tmp_path: Path, fresh: Path) -> None:
    before = loaded(base, tmp_path / "old.db")
    with store.open_db(tmp_path / "old.db") as db, store.open_db(fresh) as new:
        assert doctor.made(db) == doctor.made(new)
        before.pop("settings", None)  # what the program notes for itself when it opens a base
        for table, (columns, rows) in before.items():
            kept, condition = NOW_IN.get(table, (table, "1"))
            assert asked(db, kept, columns, condition) == (columns, rows), table
    assert doctor.examine(tmp_path / "old.db").faults == ()


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.stem)
@pytest.mark.parametrize("query", [AMOUNTS, HELD], ids=["amounts", "event_deadlines"])
def test_what_a_step_works_out_is_what_a_new_base_has(base: Path, tmp_path: Path, fresh: Path, query: str) -> None:
    loaded(base, tmp_path / "old.db")
    store.open_db(tmp_path / "old.db").close()
    assert questions(tmp_path / "old.db", query) == questions(fresh, query)


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.stem)
def test_an_earlier_version_goes_on_where_it_was(base: Path, tmp_path: Path, fresh: Path) -> None:
    """The files are read again, say what a new base says, and what people had done stays done."""
    path = tmp_path / "old.db"
    loaded(base, path)
    summary = added(path)
    assert (summary.read, summary.unchanged + summary.again, summary.failed) == (0, 2, ())
    told = "SELECT lang, number, title, text FROM expressions ORDER BY lang"
    assert questions(path, told) == questions(fresh, told)
    facts = "SELECT e.lang, d.stated, d.due, d.quote FROM deadlines AS d JOIN expressions AS e ON e.id = d.expression ORDER BY 1, d.ordinal"
    assert questions(path, facts) == questions(fresh, facts)
    done = "SELECT id FROM obligations WHERE status = 'done'"
    assert questions(path, done) == [(min(name for (name,) in questions(fresh, "SELECT id FROM obligations")),)]
    assert doctor.examine(path).faults == ()


def test_calendars_go_on_from_what_an_earlier_version_told(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    loaded(BASES[12], path)
    entries = "SELECT uid, due, time, status, sequence, house, number, issued, action, action_zh FROM calendar_entries ORDER BY uid"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO calendar_gone VALUES ('gone', '2027-01-08', '17:00', 3, 'SEOCH', NULL, NULL, 'return it', NULL)")
        (own,) = connection.execute("SELECT min(uid) FROM obligations WHERE due IS NOT NULL").fetchone()
        connection.execute("INSERT INTO calendar_gone VALUES (?, '2027-01-08', NULL, 5, NULL, NULL, NULL, NULL, NULL)", [own])
        connection.commit()
    before = questions(path, entries)
    store.open_db(path).close()
    assert questions(path, entries) == before
    assert ("gone", "CANCELLED", 3) in [(row[0], row[3], row[4]) for row in before]
    assert [row[4] for row in before if row[0] == own] in ([6], [7])
    assert doctor.examine(path).faults == ()


def test_an_earlier_version_takes_over_the_entries_of_a_new_base_and_cancels_its_own(tmp_path: Path, fresh: Path) -> None:
    """An obligation that was named by an earlier reading keeps its ID and life; its entry gets the name that it has everywhere."""
    path = tmp_path / "old.db"
    loaded(BASES[9], path)
    named = "first-read-otherwise"
    with closing(sqlite3.connect(path)) as connection:
        (old,) = connection.execute("SELECT max(id) FROM obligations WHERE status = 'open' AND due IS NOT NULL").fetchone()
        for table, column in (("obligations", "id"), ("obligation_deadlines", "obligation"), ("obligation_places", "obligation")):
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [named, old])
        connection.execute("UPDATE sources SET edition = 'another'")
        connection.commit()
    with store.open_db(path) as db:
        lives.decide(db, named, "assign", "Amy Chan", owner="Client desk")
    alive = "SELECT uid, due, status FROM calendar_entries WHERE status <> 'CANCELLED' ORDER BY uid"
    assert (named, "CONFIRMED") in [(uid, status) for uid, _, status in questions(path, alive)]
    added(path)
    done = questions(path, "SELECT uid FROM obligations WHERE status = 'done'")
    assert questions(path, alive) == [row for row in questions(fresh, alive) if row[:1] not in done]
    assert questions(path, "SELECT status, sequence FROM calendar_entries WHERE uid = 'first-read-otherwise'") == [("CANCELLED", 1)]
    owned = "SELECT o.uid, a.owner FROM obligations AS o JOIN all_obligations AS a ON a.id = o.id WHERE a.owner IS NOT NULL"
    assert questions(path, owned) == [(old, "Client desk")]
