"""Obligations have a life of their own, which outlives reading anew."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import kb.store
from kb import lives, store
from kb.cli import circulars
from kb.obligations import obligations

NOTICE = """Date: 6 July 2026

Subject: Fees

Ref. No.: CD/OES/SEOCH/005/2026

Clearing Participants must return the form by 17 July 2026.

Clearing Participants must pay the fee by 31 July 2026.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, "utf-8")
    return path


@pytest.fixture
def db(tmp_path: Path, file: Path) -> Iterator[Path]:
    path = tmp_path / "some.db"
    assert run("add", file, "--db", path).exit_code == 0
    yield path
    assert run("audit", "--verify", "--db", path).exit_code == 0


def held(db: Path, *options: str) -> list[dict[str, Any]]:
    """The obligations as the command prints them."""
    found: list[dict[str, Any]] = json.loads(run("obligations", "--format", "json", "--db", db, *options).stdout)
    return found


def states(db: Path) -> dict[str, str]:
    return {one["id"]: one["status"] for one in held(db)}


def ids(db: Path) -> list[str]:
    """The names of the obligations, the earliest first."""
    return [one["id"] for one in held(db)]


def decide(db: Path, command: str, name: str, *options: str) -> Result:
    result = run(command, name, "--who", "Amy", "--db", db, *options)
    assert result.exit_code == 0, result.output
    return result


def other_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the reader is another one."""
    monkeypatch.setattr(kb.store, "edition", lambda: "another")


def test_a_new_obligation_is_open_and_nobodys(db: Path) -> None:
    life = ("status", "owner", "note", "evidence", "decided_by", "decided_at", "decided_due")
    assert [[one[name] for name in life] for one in held(db)] == [["open", *[None] * 6]] * 2


def test_a_life_is_told_with_who_why_and_on_which_evidence(db: Path, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.pdf"
    receipt.write_bytes(b"paid")
    form, fee = ids(db)
    decide(db, "assign", fee, "--owner", "Client desk")
    decide(db, "done", fee, "--note", "已繳", "--evidence", str(receipt))
    [one] = held(db, "--state", "done")
    assert (one["id"], one["owner"], one["note"], one["decided_by"]) == (fee, "Client desk", "已繳", "Amy")
    assert one["evidence"] == f"{receipt} sha256:{hashlib.sha256(b'paid').hexdigest()}"
    assert [other["id"] for other in held(db, "--owner", "client desk")] == [fee]
    decide(db, "waive", form)
    assert states(db) == {form: "not applicable", fee: "done"}
    decide(db, "reopen", fee, "--note", "the cheque came back")
    assert states(db) == {form: "not applicable", fee: "open"}
    assert [other["id"] for other in held(db, "--state", "waived")] == [form]
    log = json.loads(run("audit", "--format", "json", "--db", db).stdout)
    assert [(row["act"], row["subject"], row["who"]) for row in log] == [
        (act, name, "Amy") for act, name in (("assign", fee), ("done", fee), ("waive", form), ("reopen", fee))
    ]


@pytest.mark.parametrize("command", ["done", "waive"])
def test_what_is_done_or_waived_leaves_the_lists(db: Path, command: str) -> None:
    form, fee = ids(db)
    decide(db, command, form[:6])
    due = json.loads(run("due", "--all", "--format", "json", "--db", db).stdout)
    assert [one["id"] for one in due] == [fee]
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT id FROM upcoming").fetchall() == [(fee,)]
        assert connection.execute("SELECT count(*) FROM all_obligations").fetchone() == (2,)


def test_the_same_as_csv_and_as_a_table(db: Path) -> None:
    form, _ = ids(db)
    decide(db, "done", form, "--note", "sent\x1b[31m")
    rows = list(csv.DictReader(io.StringIO(run("obligations", "--format", "csv", "--db", db).stdout.removeprefix("\ufeff"))))
    assert [(row["id"], row["status"]) for row in rows] == list(states(db).items())
    shown = run("obligations", "--db", db).stdout
    assert form[:8] in shown
    assert "\x1b" not in shown


# Read anew ------------------------------------------------------------------------------------------------------------


def test_a_life_survives_the_same_file(db: Path, file: Path) -> None:
    decide(db, "done", ids(db)[0])
    before = held(db)
    assert run("add", file, "--db", db).stdout == "0 read, 1 unchanged, 0 failed\n"
    assert held(db) == before


def test_a_life_survives_another_edition_of_the_rules(db: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(db, "done", ids(db)[0])
    before = held(db)
    other_edition(monkeypatch)
    result = run("add", file, "--db", db)
    assert result.stdout == "0 read, 1 read again, 0 unchanged, 0 failed\n"
    assert result.stderr == ""
    assert held(db) == before


def test_a_life_survives_rules_that_read_the_act_in_other_words(db: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form, _ = ids(db)
    decide(db, "done", form)
    before = states(db)
    other_edition(monkeypatch)
    monkeypatch.setattr("kb.obligations.act_keys", lambda groups: [f"other words {number}" for number, _ in enumerate(groups)])
    assert run("add", file, "--db", db).stderr == ""
    assert states(db) == before


def test_a_new_obligation_does_not_inherit_the_state_of_one_in_the_same_words(db: Path, file: Path) -> None:
    form, _ = ids(db)
    decide(db, "done", form)
    earlier = "Clearing Participants must return the form by 10 July 2026.\n\n"
    file.write_text(NOTICE.replace("Clearing Participants must return", f"{earlier}Clearing Participants must return"), "utf-8")
    run("add", file, "--db", db)
    assert {one["due"]: one["status"] for one in held(db)} == {"2026-07-10": "open", "2026-07-17": "done", "2026-07-31": "open"}


def test_a_done_obligation_whose_day_moves_is_told(db: Path, file: Path) -> None:
    form, _ = ids(db)
    decide(db, "done", form)
    file.write_text(NOTICE.replace("17 July", "24 July"), "utf-8")
    result = run("add", file, "--db", db)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"obligation {form} of CD/OES/SEOCH/005/2026 is due 2026-07-24; it was due 2026-07-17 when Amy decided")
    assert [one["decided_due"] for one in held(db)] == ["2026-07-17", None]
    assert "was due 2026-07-17 then" in run("obligations", "--db", db).stdout
    assert run("add", file, "--db", db).stderr == "", "what is known is not told again"


def test_a_decision_whose_obligation_is_gone_is_told(db: Path, file: Path) -> None:
    form, _ = ids(db)
    decide(db, "done", form)
    file.write_text(NOTICE.replace("Clearing Participants must return the form by 17 July 2026.\n\n", ""), "utf-8")
    assert "is no longer found; Amy decided on it (done" in run("add", file, "--db", db).stderr
    with store.open_to_read(db) as opened:
        assert len(lives.adrift(opened)) == 1
        assert opened.execute("SELECT subject, number FROM decisions_adrift").fetchall() == [(form, "CD/OES/SEOCH/005/2026")]
    file.write_text(NOTICE, "utf-8")
    run("add", file, "--db", db)
    assert states(db)[form] == "done", "it is there again, and what was decided holds"


def test_states_made_from_the_log_again_are_the_same(db: Path) -> None:
    form, fee = ids(db)
    for command, name in (("done", form), ("waive", fee), ("reopen", form), ("done", form)):
        decide(db, command, name)
    before = held(db)
    with store.open_db(db) as opened:
        parts = store.of_circular(opened, 1)
        store.put_obligations(opened, [1], [part.id for part in parts], obligations([part.expression for part in parts]))
    assert held(db) == before


def test_several_are_decided_on_at_a_time(db: Path) -> None:
    names = ids(db)
    result = run("done", *names, names[0], "--who", "Amy", "--db", db)
    assert [line.split(" ")[:2] for line in result.stdout.splitlines()] == [[name, "done:"] for name in names]
    assert set(states(db).values()) == {"done"}
    assert [line.split(" ")[:2] for line in decide(db, "reopen", names[0]).stdout.splitlines()] == [[names[0], "open"]]


def test_what_it_was_before_is_said_beside_a_second_decision(db: Path) -> None:
    name = ids(db)[0]
    assert decide(db, "done", name).stderr == ""
    assert decide(db, "waive", name).stderr.startswith(f"{name} was done (Amy, 20")
    decide(db, "reopen", name)
    assert "opened again: Amy, 20" in run("obligations", "--db", db).stdout
    assert "已重新開啟：Amy、20" in run("obligations", "--language", "zh", "--db", db).stdout
    again = run("reopen", name, "--who", "Amy", "--db", db)
    assert (again.exit_code, again.stderr) == (2, f"Error: {name} is open; nobody has done or waived it\n")


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("zzzzzz", "--who", "Amy"), "there is no obligation 'zzzzzz'"),
        (("ab", "--who", "Amy"), "too short"),
        (("abcd",), "--who"),
        (("{id}", "--who", "  "), "needs the name"),
        (("{id}", "--who", "Amy", "--evidence", "/nowhere/receipt.pdf"), "No such file"),
        (("{id}", "ZZZZZZ", "--who", "Amy"), "there is no obligation 'ZZZZZZ'"),
    ],
)
def test_a_decision_that_makes_no_sense_is_one_line_and_leaves_no_row(db: Path, options: tuple[str, ...], reason: str) -> None:
    result = run("done", *(option.replace("{id}", ids(db)[0]) for option in options), "--db", db)
    assert result.exit_code == 2
    assert reason in result.stderr.splitlines()[-1]
    assert run("audit", "--db", db).stderr == "Nothing has been decided.\n"


def test_a_name_that_several_begin_with_is_refused_with_all_of_them() -> None:
    with pytest.raises(lives.CircularError, match="is not one obligation: abcd1, abcd2"):
        lives.one_of("obligation", "abcd", ["abcd1", "abcd2"])
    assert lives.one_of("obligation", "abcd", ["abcd", "abcd-2"]) == "abcd"
    assert lives.short(["abcdefgh1", "abcdefgh2", "b2345678x"]) == {
        "abcdefgh1": "abcdefgh1",
        "abcdefgh2": "abcdefgh2",
        "b2345678x": "b2345678",
    }


def test_a_decision_makes_no_database(tmp_path: Path) -> None:
    assert "no such database" in run("done", "abcd", "--who", "Amy", "--db", tmp_path / "some.db").stderr
    assert list(tmp_path.iterdir()) == []


# The log --------------------------------------------------------------------------------------------------------------


def test_verify_names_the_first_broken_row_and_a_state_of_which_the_log_knows_nothing(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "other.db"
    run("add", file, "--db", path)
    form, fee = ids(path)
    for name in (form, fee, form):
        decide(path, "done", name)
    head = run("audit", "--verify", "--db", path).stdout.split()[-1]
    assert run("audit", "--verify", "--head", head, "--db", path).exit_code == 0
    with closing(sqlite3.connect(path)) as connection, connection:
        for name in lives.TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE decisions SET who = 'Ben' WHERE id = 2")
        connection.execute("UPDATE obligations SET status = 'open' WHERE id = ?", [fee])
    result = run("audit", "--verify", "--db", path)
    assert result.exit_code == 1
    assert result.stdout == ""
    told = result.stderr.splitlines()
    assert told[0] == f"{path}: row 2 is not what its hash was made of"
    assert told[-1] == f"{path}: obligation {fee} is open, but done in the log"
