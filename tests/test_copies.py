"""One file that lies in several places is kept once, with each of its paths; it goes when the last of them does."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from thread_factory import CORRECTION, FIRST

from kb import doctor
from kb.cli import circulars

UNNUMBERED = """CIRCULAR

Date: 6 July 2026

Subject: Fee

CPs must pay the fee by 16 July 2026 (Friday).
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


def asked(db: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(query).fetchall()


def paths(db: Path) -> list[tuple[object, ...]]:
    return asked(db, "SELECT s.path, p.path FROM paths AS p JOIN sources AS s ON s.sha256 = p.source ORDER BY 1, 2")


def whole(db: Path) -> bool:
    return doctor.examine(db).faults == () and run("audit", "--verify", "--db", db).exit_code == 0


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A base with one file."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    (tmp_path / "a" / "first.txt").write_text(FIRST, "utf-8")
    assert run("add", tmp_path / "a", "--db", tmp_path / "some.db").exit_code == 0
    return tmp_path / "some.db"


def test_a_copy_is_told_and_its_path_is_kept(db: Path) -> None:
    shutil.copy(db.parent / "a" / "first.txt", db.parent / "b" / "second.txt")
    assert run("add", db.parent / "b", "--db", db).stdout == "0 read, 1 unchanged (1 of them a copy of another), 0 failed\n"
    assert run("add", db.parent / "b", "--db", db).stdout == "0 read, 1 unchanged, 0 failed\n"
    assert paths(db) == [("a/first.txt", "a/first.txt"), ("a/first.txt", "b/second.txt")]
    assert asked(db, "SELECT path, also_at, more, number FROM copies") == [("a/first.txt", "b/second.txt", 1, "CD/OES/CCASS/071/2026")]
    assert whole(db)


def test_copies_that_come_together_are_kept_like_those_that_come_later(tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt", "3.txt"):
        (tmp_path / name).write_text(FIRST, "utf-8")
    assert run("add", tmp_path, "--db", tmp_path / "some.db").stdout == "1 read, 2 unchanged (2 of them copies of others), 0 failed\n"
    assert paths(tmp_path / "some.db") == [("1.txt", "1.txt"), ("1.txt", "2.txt"), ("1.txt", "3.txt")]


@pytest.mark.parametrize(("taken", "left"), [("a/first.txt", "b/second.txt"), ("b/second.txt", "a/first.txt")])
def test_a_copy_that_is_taken_out_leaves_the_other_with_its_facts(db: Path, taken: str, left: str) -> None:
    facts = "SELECT id, circular FROM expressions UNION ALL SELECT id, due FROM deadlines UNION ALL SELECT id, status FROM obligations"
    shutil.copy(db.parent / "a" / "first.txt", db.parent / "b" / "second.txt")
    run("add", db.parent / "b", "--db", db)
    before = asked(db, facts)
    assert (
        run("forget", db.parent / taken, "--db", db).stdout
        == f"{taken}: forgotten; the same file is still known as {left}, with what it says\n"
    )
    assert (asked(db, facts), paths(db)) == (before, [(left, left)])
    assert whole(db)
    assert run("forget", db.parent / left, "--db", db).stdout == f"{left}: forgotten\n"
    assert (asked(db, facts), paths(db)) == ([], [])
    assert whole(db)


def test_other_bytes_in_place_of_one_copy_leave_what_the_other_says(db: Path) -> None:
    shutil.copy(db.parent / "a" / "first.txt", db.parent / "b" / "second.txt")
    run("add", db.parent, "--db", db)
    (db.parent / "a" / "first.txt").write_text(CORRECTION, "utf-8")
    assert run("add", db.parent, "--db", db).stdout == "1 read, 1 unchanged, 0 failed\n"
    assert paths(db) == [("a/first.txt", "a/first.txt"), ("b/second.txt", "b/second.txt")]
    assert asked(db, "SELECT count(*) FROM expressions") == [(2,)]
    assert whole(db)


def test_what_is_read_again_keeps_all_its_paths_and_the_one_that_it_is_known_by(db: Path) -> None:
    shutil.copy(db.parent / "a" / "first.txt", db.parent / "b" / "second.txt")
    run("add", db.parent, "--db", db)
    before = asked(db, "SELECT s.path, s.added, p.path, p.added FROM paths AS p JOIN sources AS s ON s.sha256 = p.source ORDER BY 3")
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE sources SET edition = 'older'")
    assert run("add", db.parent / "b", "--db", db).stdout == "0 read, 1 read again, 0 unchanged, 0 failed\n"
    again = asked(db, "SELECT s.path, s.added, p.path, p.added FROM paths AS p JOIN sources AS s ON s.sha256 = p.source ORDER BY 3")
    assert again == before
    [(name, _)] = asked(db, "SELECT id, due FROM obligations WHERE due IS NOT NULL ORDER BY due LIMIT 1")
    fact = asked(db, "SELECT number FROM expressions")[0][0]
    reviewed = run("review", fact, "--kind", "deadlines", "--db", db).stdout.split()
    run("accept", next(word for word in reviewed if word.startswith("x-")), "--who", "Amy", "--why", "so", "--db", db)
    assert name
    assert len(paths(db)) == 2
    assert whole(db)


def test_a_text_without_number_is_known_by_the_path_that_is_left(tmp_path: Path) -> None:
    """Its findings have other names then, as they have when a file without a number is renamed; that is told."""
    db = tmp_path / "some.db"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(UNNUMBERED, "utf-8")
    run("add", tmp_path, "--db", db)
    [(finding,)] = asked(db, "SELECT id FROM all_findings WHERE \"check\" = 'weekday-inside'")
    run("explain", finding, "--who", "Amy", "--why", "a slip", "--db", db)
    told = run("forget", tmp_path / "a.txt", "--db", db)
    assert "no longer found; Amy decided on it" in told.stderr
    assert asked(db, "SELECT state FROM all_findings WHERE \"check\" = 'weekday-inside'") == [("open",)]
    assert asked(db, "SELECT was, why FROM findings_changed") == [("explained", "a slip")]
    assert whole(db)


def mail(*texts: tuple[str, str]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "a@b.example", "Circulars", "Mon, 06 Jul 2026 10:00:00 +0800"
    message.set_content("Please find the circulars attached.")
    for name, text in texts:
        message.add_attachment(text, filename=name)
    return message.as_bytes()


def test_an_attachment_that_lies_elsewhere_too_stays_when_the_mail_goes(db: Path) -> None:
    (db.parent / "b" / "one.eml").write_bytes(mail(("x.txt", FIRST), ("y.txt", CORRECTION)))
    (db.parent / "b" / "two.eml").write_bytes(mail(("z.txt", FIRST)))
    run("add", db.parent / "b", "--db", db)
    text = asked(db, "SELECT path FROM paths WHERE path LIKE '%.txt' ORDER BY path")
    assert text[0] == ("a/first.txt",)
    assert [path for (path,) in text if str(path).startswith("b/")] == ["b/one.eml/x.txt", "b/one.eml/y.txt", "b/two.eml/z.txt"]
    run("forget", db.parent / "b", "--db", db)
    assert asked(db, "SELECT number FROM circulars") == [("CD/OES/CCASS/071/2026",)]
    assert paths(db)[0][1] == "a/first.txt"
    assert whole(db)


def test_a_copy_of_a_mail_has_copies_of_what_is_attached(tmp_path: Path) -> None:
    db = tmp_path / "some.db"
    (tmp_path / "one.eml").write_bytes(mail(("x.txt", FIRST), ("y.txt", CORRECTION)))
    run("add", tmp_path, "--db", db)
    shutil.copy(tmp_path / "one.eml", tmp_path / "two.eml")
    assert run("add", tmp_path, "--db", db).stdout == "0 read, 2 unchanged (1 of them a copy of another), 0 failed\n"
    both = [f"{name}.eml{part}" for name in ("one", "two") for part in ("", "/x.txt", "/y.txt")]
    assert [path for _, path in paths(db)] == [path for part in (both[::3], both[1::3], both[2::3]) for path in part]
    run("forget", tmp_path / "one.eml", "--db", db)
    assert asked(db, "SELECT path FROM paths ORDER BY path") == [("two.eml",), ("two.eml/x.txt",), ("two.eml/y.txt",)]
    assert asked(db, "SELECT count(*) FROM expressions") == [(2,)]
    assert run("add", tmp_path, "--db", db).stdout == "0 read, 2 unchanged (1 of them a copy of another), 0 failed\n"
    assert whole(db)


def test_a_part_that_is_taken_out_of_a_mail_comes_back_with_it(tmp_path: Path) -> None:
    """Also where the text of the mail is a circular itself."""
    db = tmp_path / "some.db"
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "Circular"
    message.set_content(CORRECTION)
    message.add_attachment(FIRST, filename="x.txt")
    (tmp_path / "one.eml").write_bytes(message.as_bytes())
    run("add", tmp_path, "--db", db)
    assert asked(db, "SELECT count(*) FROM expressions") == [(2,)]
    assert run("forget", tmp_path / "one.eml" / "x.txt", "--db", db).stdout == "one.eml/x.txt: forgotten\n"
    assert asked(db, "SELECT count(*) FROM expressions") == [(1,)]
    assert whole(db)
    run("add", tmp_path, "--db", db)
    assert asked(db, "SELECT count(*) FROM expressions") == [(2,)]
    assert whole(db)
