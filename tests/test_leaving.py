"""A file that is taken out leaves nothing behind but the log; the rest is as if it had never been there."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from thread_factory import CORRECTION, FIRST, TEXTS

from kb import doctor
from kb.cli import circulars

ALL = {"first": FIRST, "zh": TEXTS["zh"], "correction": CORRECTION}
TEXT = {**ALL, "copy": f"{FIRST}\nAnother last line.\n"}
STATE = {
    "obligations": "SELECT due, time, action, action_zh, conflict, sequence, withdrawn_by FROM all_obligations ORDER BY 1, 2, 3, 4",
    "circulars": "SELECT issuer, number, issued, title_en, title_zh FROM circulars ORDER BY number, issued",
    "pairs": "SELECT a.number, a.lang, b.number, b.lang, p.relation FROM pairs AS p "
    'JOIN expressions AS a ON a.id = p."left" JOIN expressions AS b ON b.id = p."right" ORDER BY 1, 2, 3, 4',
    "findings": "SELECT name, state FROM findings ORDER BY 1",
    "moves": "SELECT change, act, old_end, new_end FROM history ORDER BY 1, 2",
    "dangling": "SELECT number, cited_number FROM dangling_references ORDER BY 1, 2",
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


def filled(folder: Path, *names: str) -> Path:
    (folder / "in").mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / "in" / f"{name}.txt").write_text(TEXT[name], "utf-8")
        assert run("add", folder / "in" / f"{name}.txt", "--db", folder / "some.db").exit_code == 0
    return folder / "some.db"


def asked(db: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(query).fetchall()


def whole(db: Path) -> bool:
    return doctor.examine(db).faults == () and run("audit", "--verify", "--db", db).exit_code == 0


@pytest.mark.parametrize("name", ALL)
def test_what_is_left_is_what_there_would_be_without_the_file(tmp_path: Path, name: str) -> None:
    db = filled(tmp_path / "with", *ALL)
    path = tmp_path / "with" / "in" / f"{name}.txt"
    path.unlink()
    result = run("forget", path, "--db", db)
    assert (result.exit_code, result.stdout) == (0, f"in/{name}.txt: forgotten\n")
    without = filled(tmp_path / "without", *(one for one in ALL if one != name))
    assert {what: asked(db, query) for what, query in STATE.items()} == {what: asked(without, query) for what, query in STATE.items()}
    assert whole(db)


def test_a_copy_carries_on_when_the_first_is_taken_out(tmp_path: Path) -> None:
    """The first of several copies stands for all of them in pairs, so the next has to take its place."""
    db = filled(tmp_path / "with", "first", "zh", "copy")
    run("forget", tmp_path / "with" / "in" / "first.txt", "--db", db)
    without = filled(tmp_path / "without", "zh", "copy")
    assert {what: asked(db, query) for what, query in STATE.items()} == {what: asked(without, query) for what, query in STATE.items()}
    assert len(asked(db, STATE["pairs"])) == 1
    assert whole(db)


def test_what_was_decided_stays_in_the_log_and_holds_when_the_file_comes_back(tmp_path: Path) -> None:
    db = filled(tmp_path, "first")
    [(name, _)] = asked(db, "SELECT id, due FROM obligations WHERE due IS NOT NULL ORDER BY due LIMIT 1")
    run("done", name, "--who", "Amy", "--db", db)
    result = run("forget", tmp_path / "in", "--db", db)
    assert f"obligation {name} of CD/OES/CCASS/071/2026 is no longer found; Amy decided on it (done, " in result.stderr
    assert asked(db, "SELECT count(*) FROM circulars") == asked(db, "SELECT count(*) FROM sources") == [(0,)]
    assert whole(db)
    filled(tmp_path, "first")
    assert asked(db, "SELECT status FROM obligations ORDER BY due IS NULL, due LIMIT 1") == [("done",)]


def test_a_file_that_is_not_there_is_told_and_nothing_changes(tmp_path: Path) -> None:
    db = filled(tmp_path, "first")
    result = run("forget", tmp_path / "in" / "fir", "--db", db)
    assert result.exit_code != 0
    assert "no such file in this knowledge base" in result.stderr
    assert asked(db, "SELECT count(*) FROM sources") == [(1,)]


def test_a_folder_that_is_added_again_tells_which_files_are_gone(tmp_path: Path) -> None:
    db = filled(tmp_path, "first", "correction")
    assert run("add", tmp_path / "in", "--db", db).stderr == ""
    (tmp_path / "in" / "first.txt").unlink()
    result = run("add", tmp_path / "in", "--db", db)
    assert result.stderr == "in/first.txt is no longer there; what it said stays until `circulars forget` takes it out\n"
    assert run("add", tmp_path / "in" / "correction.txt", "--db", db).stderr == ""
    assert len(json.loads(run("due", "--all", "--format", "json", "--db", db).stdout)) > 0
