"""Findings have a life: accepted, explained or fixed by somebody, and so they stay when they are found again."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import kb.store
from kb.cli import circulars
from kb.naming import Said, finding_names, text_name
from kb.resources import examples

CHINESE = "seoch-zh.html"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The two languages of a circular that disagree on one deadline."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for path in sorted(examples().glob("seoch-*")):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def db(tmp_path: Path, folder: Path) -> Iterator[Path]:
    path = tmp_path / "some.db"
    assert run("add", folder, "--db", path).exit_code == 0
    yield path
    assert run("audit", "--verify", "--db", path).exit_code == 0


def told(db: Path, *options: str) -> list[dict[str, Any]]:
    """The findings as the command prints them."""
    found: list[dict[str, Any]] = json.loads(run("findings", "--format", "json", "--db", db, *options).stdout)
    return found


def decide(db: Path, command: str, name: str, *options: str) -> Result:
    result = run(command, name, "--who", "Amy", "--db", db, *options)
    assert result.exit_code == 0, result.output
    return result


# Names ----------------------------------------------------------------------------------------------------------------

SIDES = st.builds(Said, st.sampled_from("ab"), st.sampled_from((None, "1")), st.sampled_from((None, "x", "y")))
FOUND = st.lists(st.tuples(st.sampled_from(("dates", "times")), SIDES, SIDES), max_size=5)


@given(FOUND)
def test_names_tell_findings_apart_and_do_not_depend_on_which_side_is_left(found: list[tuple[str, Said, Said]]) -> None:
    names = finding_names(found)
    assert len(set(names)) == len(found)
    assert finding_names([(check, right, left) for check, left, right in found]) == names


def test_a_text_is_known_by_house_number_and_language_or_by_its_file() -> None:
    assert text_name("SEOCH", "X/1", "en", "a.txt") == text_name("SEOCH", "X/1", "en", "b.txt")
    assert text_name("SEOCH", "X/1", "en", "a.txt") != text_name("SEOCH", "X/1", "zh-Hant", "a.txt")
    assert text_name("SEOCH", None, "en", "a.txt") == "a.txt"


LATER = """Ref. No.: CD/OES/SEOCH/006/2027
Date: 18/01/2027

THE SEHK OPTIONS CLEARING HOUSE LIMITED

CIRCULAR

Subject: Office Hours

The office moves to another floor.
"""


# Lives ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "options", "state"),
    [
        ("explain", ("--why", "各有限期"), "explained"),
        ("accept", ("--why", "English prevails"), "accepted"),
        ("fixed", ("--by", "CD/OES/SEOCH/006/2027"), "fixed"),
    ],
)
def test_a_verdict_is_told_with_who_and_why_and_leaves_the_counts(db: Path, command: str, options: tuple[str, str], state: str) -> None:
    (db.parent / "later.txt").write_text(LATER, "utf-8")
    run("add", db.parent / "later.txt", "--db", db)
    [one] = told(db)
    assert (one["state"], one["check"], one["decided_by"]) == ("open", "deadlines", None)
    decide(db, command, one["id"][:8], *options)
    [after] = told(db, "--state", state)
    assert (after["id"], after["decided_by"], after["why"] or after["fixed_by"]) == (one["id"], "Amy", options[1])
    assert told(db, "--state", "open") == []
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT sum(errors) FROM circulars_with_findings").fetchone() in {(0,), (None,)}
    assert options[1] in run("findings", "--db", db).stdout
    decide(db, "reopen", one["id"])
    assert [again["id"] for again in told(db, "--state", "open")] == [one["id"]]


def test_a_verdict_survives_the_same_files_and_another_edition_of_the_rules(
    db: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(db, "accept", told(db)[0]["id"], "--why", "English prevails")
    before = told(db, "--notes")
    assert run("add", folder, "--db", db).stdout == "0 read, 2 unchanged, 0 failed\n"
    assert told(db, "--notes") == before
    monkeypatch.setattr(kb.store, "edition", lambda: "another")
    result = run("add", folder, "--db", db)
    assert result.stdout == "0 read, 2 read again, 0 unchanged, 0 failed\n"
    assert result.stderr == ""
    assert told(db, "--notes") == before


def test_a_verdict_survives_a_pair_whose_sides_change_places(db: Path, folder: Path) -> None:
    [one] = told(db)
    decide(db, "accept", one["id"], "--why", "English prevails")
    english = folder / "seoch-en.txt"
    english.write_text(english.read_text("utf-8") + "\n", "utf-8")
    assert run("add", folder, "--db", db).stderr == ""
    [after] = told(db)
    assert (after["id"], after["state"]) == (one["id"], "accepted")


def test_a_finding_that_says_something_else_is_open_and_the_old_verdict_is_told(db: Path, folder: Path) -> None:
    [one] = told(db)
    decide(db, "accept", one["id"], "--why", "English prevails")
    chinese = folder / CHINESE
    chinese.write_text(chinese.read_text("utf-8").replace("3月19日（星期五）", "3月22日（星期一）"), "utf-8")
    result = run("add", folder, "--db", db)
    assert result.stderr.startswith(f"finding {one['id']} of CD/OES/SEOCH/005/2027 is no longer found; Amy decided on it (accept")
    assert {after["state"] for after in told(db)} == {"open"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("explain", "f-zzzz", "--who", "Amy", "--why", "so"), "there is no finding 'f-zzzz'"),
        (("accept", "{id}", "--who", "Amy"), "--why"),
        (("fixed", "{id}", "--who", "Amy", "--by", "X/9"), "there is no circular 'X/9'"),
        (("fixed", "{id}", "--who", "Amy", "--by", "CD/OES/SEOCH/005/2027"), "is the circular of the finding itself, and was printed once"),
        (("reopen", "{id}", "--who", "Amy"), "is open; nobody has accepted or explained it"),
        (("done", "{id}", "--who", "Amy"), "(that is a finding)"),
        (
            ("explain", "CD/OES/SEOCH/005/2027", "--who", "Amy", "--why", "x"),
            "there is no finding 'CD/OES/SEOCH/005/2027' (that is a circular)",
        ),
        (("explain", "{id}", "f-zzzz", "--who", "Amy", "--why", "x"), "there is no finding 'f-zzzz'"),
    ],
)
def test_a_verdict_that_makes_no_sense_is_one_line_and_leaves_no_row(db: Path, arguments: tuple[str, ...], reason: str) -> None:
    result = run(*(part.replace("{id}", told(db)[0]["id"]) for part in arguments), "--db", db)
    assert result.exit_code == 2
    assert reason in result.stderr.splitlines()[-1]
    assert run("audit", "--db", db).stderr == "Nothing has been decided.\n"


def test_a_state_of_which_the_log_knows_nothing_is_found(db: Path) -> None:
    [one] = told(db)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE findings SET state = 'accepted' WHERE name = ?", [one["id"]])
    result = run("audit", "--verify", "--db", db)
    assert result.exit_code == 1
    assert result.stderr == f"{db}: finding {one['id']} is accepted, but open in the log\n"
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE findings SET state = 'open'")


def test_a_decided_finding_says_so_beside_the_obligation_whose_statements_it_is_about(db: Path) -> None:
    [finding] = [one for one in told(db) if one["check"] == "deadlines"]
    marked = "disagrees (explained: Amy)"

    def due() -> str:
        return run("due", "--all", "--db", db).stdout

    assert "disagrees" in due()
    assert marked not in due()
    decide(db, "explain", finding["id"], "--why", "English prevails")
    assert marked in due()
    assert "\n! " in due()
    assert "Disagrees (explained: Amy): " in run("export", "--format", "ics", "--db", db).stdout.replace("\r\n ", "")
    decide(db, "reopen", finding["id"])
    assert marked not in due()
