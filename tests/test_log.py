"""The log of decisions only grows, and a row that was changed, taken out or put in is named."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from kb import lives, store
from kb.log import Entry, first_broken, next_entry, seal

TEXT = st.text(max_size=8)


@pytest.fixture
def db() -> Iterator[Database]:
    with store.open_db(":memory:") as opened:
        for number in range(5):
            store.decide(opened, "Amy", "obligation", f"{number:08}", "assign", {"owner": f"desk {number}", "note": "請核對"})
        yield opened


def unguarded(db: Database) -> Database:
    """The database as somebody leaves it who wants to rewrite the log."""
    for name in lives.TRIGGERS:
        db.execute(f"DROP TRIGGER {name}")
    return db


def resealed(db: Database, number: int) -> None:
    """Give a row the hash of what it says now."""
    row = Entry(*db.execute("SELECT * FROM decisions WHERE id = ?", [number]).fetchone())
    db.execute("UPDATE decisions SET hash = ? WHERE id = ?", [seal(row), number])


def chain(said: list[tuple[str, dict[str, str]]]) -> list[Entry]:
    entries: list[Entry] = []
    for who, content in said:
        entries.append(next_entry(entries[-1] if entries else None, "2026-07-06T00:00:00Z", who, "finding", "f-1", "accept", content))
    return entries


@given(st.lists(st.tuples(TEXT, st.dictionaries(TEXT, TEXT, max_size=3)), max_size=5))
def test_a_log_as_it_was_written_is_whole(said: list[tuple[str, dict[str, str]]]) -> None:
    assert first_broken(chain(said)) is None


@given(st.lists(st.tuples(TEXT, st.dictionaries(TEXT, TEXT, max_size=2)), min_size=1, max_size=4), st.data())
def test_any_other_word_in_a_row_breaks_it(said: list[tuple[str, dict[str, str]]], data: st.DataObject) -> None:
    entries = chain(said)
    place = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(("at", "who", "kind", "subject", "act", "content")))
    entries[place] = entries[place]._replace(**{field: getattr(entries[place], field) + data.draw(st.text(min_size=1, max_size=3))})
    broken = first_broken(entries)
    assert broken is not None
    assert broken.row == place + 1


def test_a_new_log_is_whole(db: Database) -> None:
    assert lives.broken(db) == []
    assert [(entry.id, entry.act) for entry in lives.log(db)] == [(number, "assign") for number in range(1, 6)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET who = 'Ben' WHERE id = 2",
        "DELETE FROM decisions WHERE id = 5",
        "INSERT INTO decisions SELECT 9, at, who, kind, subject, act, content, previous, hash FROM decisions WHERE id = 5",
        "INSERT INTO decisions SELECT 6, at, who, kind, subject, act, content, previous, hash FROM decisions WHERE id = 5",
        "INSERT OR REPLACE INTO decisions SELECT 2, at, 'Ben', kind, subject, act, content, previous, hash FROM decisions WHERE id = 2",
        "REPLACE INTO decisions SELECT * FROM decisions WHERE id = 5",
    ],
)
def test_sql_cannot_change_the_log(db: Database, statement: str) -> None:
    before = lives.log(db)
    with pytest.raises(sqlite3.IntegrityError, match="decision"):
        db.execute(statement)
    assert lives.log(db) == before


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE decisions SET who = 'Ben' WHERE id = 3", 3),
        ("UPDATE decisions SET content = replace(content, 'desk', 'table')", 1),
        ("UPDATE decisions SET at = '2020-01-01T00:00:00Z' WHERE id = 5", 5),
        ("UPDATE decisions SET who = x'00ff' WHERE id = 4", 4),
        ("UPDATE decisions SET previous = hash WHERE id = 2", 2),
        ("DELETE FROM decisions WHERE id = 1", 1),
        ("DELETE FROM decisions WHERE id = 4", 4),
        ("INSERT INTO decisions SELECT 6, at, who, kind, subject, act, content, previous, hash FROM decisions WHERE id = 5", 6),
    ],
)
def test_a_log_that_was_rewritten_names_the_first_broken_row(db: Database, statement: str, row: int) -> None:
    unguarded(db).execute(statement)
    assert lives.broken(db)[0].split()[:2] == ["row", str(row)]


def test_a_row_sealed_anew_breaks_the_next_one(db: Database) -> None:
    unguarded(db).execute("UPDATE decisions SET who = 'Ben' WHERE id = 3")
    resealed(db, 3)
    assert lives.broken(db)[0] == "row 4 does not follow the row before"


def test_missing_guards_are_told(db: Database) -> None:
    assert lives.broken(unguarded(db)) == [f"the trigger {name}, which guards the log, is gone" for name in lives.TRIGGERS]


def test_rows_cut_off_at_the_end_are_found_by_a_hash_noted_earlier(db: Database) -> None:
    head = lives.log(db)[-1].hash
    assert lives.broken(db, head) == []
    unguarded(db).execute("DELETE FROM decisions WHERE id > 3")
    assert not [told for told in lives.broken(db) if told.startswith("row ")]
    assert lives.broken(db, head)[0] == f"no row has the hash {head}: rows are missing at the end"


def test_writers_at_the_same_time_make_one_whole_log(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    store.open_db(path).close()

    def write(who: str) -> None:
        with store.open_db(path) as db:
            for number in range(10):
                store.decide(db, who, "obligation", "x", "assign", {"owner": str(number)})

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, ("Amy", "Ben", "Cat")))
    with store.open_to_read(path) as db:
        assert lives.broken(db) == []
        assert Counter(entry.who for entry in lives.log(db)) == {"Amy": 10, "Ben": 10, "Cat": 10}
