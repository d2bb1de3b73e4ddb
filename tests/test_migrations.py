"""The shape of the database: its marks, its tables as the types have them, its views, and what it refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database
from thread_factory import CHINESE, FIRST, REMINDER, SIBLING, WITHDRAWAL, kept

from ingest.model import Expression, Source
from kb import lives, store, verdicts
from kb.migrations import APPLICATION_ID, HISTORY, VERSION, WITHDRAWN, ZONES, migration
from kb.schema import FACTS, HEADER, names

VIEWS = {
    "copies",
    "all_findings",
    "findings_changed",
    "calendar_entries",
    "all_obligations",
    "decisions_adrift",
    "reviewed_facts",
    "corrections",
    "upcoming",
    "obligations_by_party",
    "obligation_statements",
    "circulars_with_findings",
    "who_to_call",
    "deadlines_view",
    "calendar_events",
    "table_columns",
    "table_cells",
    "schedule_cells",
    "citations",
    "dangling_references",
    "number_gaps",
    "missing_halves",
    "history",
    "who_by_party",
    "changes",
}


@pytest.fixture
def db() -> Iterator[Database]:
    with store.open_db(":memory:") as opened:
        yield opened


def columns(db: Database, table: str) -> set[str]:
    return {column.name for column in db[table].columns}


def test_a_new_database_carries_our_mark_and_the_number_of_the_last_step(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "new.db") as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert migration.pending(db) == []


def test_every_step_has_a_number_in_order() -> None:
    numbers = [int(step.name.partition("_")[0]) for step in migration.pending(Database(memory=True))]
    assert numbers == list(range(1, VERSION + 1))


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    store.open_db(path).close()
    before = path.read_bytes()
    store.open_db(path).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("table", FACTS)
def test_a_table_has_the_columns_of_its_type(db: Database, table: str) -> None:
    assert columns(db, table) == {"id", "expression", "ordinal", *names(FACTS[table])}


def test_expressions_and_sources_have_the_columns_of_their_types(db: Database) -> None:
    assert columns(db, "expressions") == {"id", "circular", "source", *names(Expression, HEADER)}
    assert columns(db, "sources") == {*names(Source), "added", "edition"}


def test_every_view_can_be_asked(db: Database) -> None:
    assert set(db.view_names()) == VIEWS
    for view in VIEWS:
        assert db.execute(f"SELECT * FROM {view}").fetchall() == []


def test_what_is_due_is_found_by_an_index(db: Database) -> None:
    plan = db.execute("EXPLAIN QUERY PLAN SELECT * FROM obligations WHERE due BETWEEN '2026-01-01' AND '2026-01-31'").fetchall()
    assert "obligations_due" in plan[0][-1]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO expressions (circular, source, lang, other_numbers, text) VALUES (7, 'x', 'en', '[]', '')",
        "INSERT INTO circulars (issuer) VALUES ('NOBODY')",
        "INSERT INTO obligations (id, circular, relation, bearer, modality, tentative) VALUES ('x', 7, 'by', '[]', 'must', 0)",
        "INSERT INTO blocks (expression, ordinal, kind, span_start, span_end) VALUES (7, 0, 'text', 0, 0)",
    ],
)
def test_a_row_that_hangs_on_nothing_is_refused(db: Database, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO obligations (id, circular, relation, bearer, modality, tentative) VALUES ('x', 1, 'sometime', '[]', 'must', 0)",
        "INSERT INTO obligations VALUES ('x', 1, NULL, NULL, NULL, 'by', '[]', NULL, NULL, NULL, 'must', 0, NULL, 'maybe', 0, NULL, '', NULL)",
        "INSERT INTO obligations VALUES ('x', 1, NULL, NULL, NULL, 'by', '[]', NULL, NULL, NULL, 'must', 0, NULL, 'open', -1, NULL, '', NULL)",
        "INSERT INTO findings (expression, \"check\", level, message) VALUES (1, 'c', 'fatal', 'm')",
    ],
)
def test_a_word_outside_the_vocabulary_is_refused(db: Database, statement: str) -> None:
    db.execute("INSERT INTO circulars DEFAULT VALUES")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        db.execute(statement)


def test_a_database_of_the_first_step_gets_the_amounts_of_its_texts() -> None:
    db = Database(memory=True)
    migration.apply(db, stop_before="002_amounts_and_typed_cells")
    text = "On 5 May 2026 Participants pay HK$5,000 or 0.5%.\n\n罰款五百萬元。"
    db.execute("INSERT INTO circulars DEFAULT VALUES")
    db.execute("INSERT INTO sources (sha256, path, media_type) VALUES ('x', 'a.txt', 'text/plain')")
    db.execute("INSERT INTO expressions (circular, source, lang, other_numbers, text) VALUES (1, 'x', 'mul', '[]', ?)", [text])
    for ordinal, (start, end) in enumerate([(0, 48), (50, len(text))]):
        db.execute("INSERT INTO blocks VALUES (NULL, 1, ?, 'text', ?, ?, NULL)", [ordinal, start, end])
    migration.apply(db)
    wanted = [("HK$5,000", 5000, "HKD"), ("0.5%", 0.5, "%"), ("五百萬元", 5_000_000, None)]
    assert db.execute("SELECT quote, value, unit FROM amounts ORDER BY ordinal").fetchall() == wanted
    assert db.execute("SELECT count(*) FROM amounts WHERE value > 1000").fetchone() == (2,)


@pytest.mark.parametrize(("view", "script"), [("calendar_entries", ZONES), ("who_by_party", HISTORY), ("changes", WITHDRAWN)])
def test_a_view_that_was_made_anew_has_the_rows_that_it_had(view: str, script: str) -> None:
    """Two languages that disagree, two houses, a circular that is taken back, decisions, and an entry that is gone."""
    disagreeing = CHINESE.replace("7月15日（星期三）", "7月16日（星期四）")
    with store.open_db(":memory:") as db:
        kept(db, first=FIRST, zh=disagreeing, sibling=SIBLING, reminder=REMINDER, withdrawal=WITHDRAWAL)
        name = db.execute("SELECT id FROM upcoming ORDER BY id").fetchone()[0]
        lives.decide(db, name, "done", "Amy Chan", note="sent by courier")
        for (finding,) in db.execute("SELECT DISTINCT name FROM findings WHERE level <> 'note' ORDER BY name").fetchall():
            verdicts.decide(db, finding, "accept", "Amy Chan", why="a misprint")
        db.execute(
            """
            INSERT INTO calendar_told SELECT uid || '-gone', NULL, due, time, 'CANCELLED', sequence + 1, house, number, issued, action, action_zh, zone
            FROM calendar_told WHERE obligation = ?
        """,
            [name],
        )
        former = script[script.rindex(f"CREATE VIEW {view} AS") :].split(";", maxsplit=1)[0]
        db.execute(former.replace(f"VIEW {view}", "TEMP VIEW former"))
        header = store.listed(column[0] for column in db.execute("SELECT * FROM former").description)
        was, now = (db.execute(f"SELECT {header} FROM {name} ORDER BY {header}").fetchall() for name in ("former", view))
        told = [
            db.execute(f"SELECT count({column}) FROM calendar_entries").fetchone()[0]
            for column in ("withdrawn_by", "conflict", "conflict_decided")
        ]
    assert was
    assert all(told)
    assert now == was
