"""The command as typed: data on standard output, one line an error on standard error, exit status 0, 1 or 2."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.errors import UnreadableSource
from ingest.model import Deadline, Expression, Source
from kb import intake, store
from kb.cli import circulars
from kb.due import Due, binds
from kb.obligations import obligations

ROOT = Path(__file__).parents[1]
CORPUS = Path(__file__).parent / "circulars"
FIRST = CORPUS / "01-2fa-login"
SEEDS = ROOT.parent / "shared" / "seeds"
ENGLISH, CHINESE = FIRST / "hkcc-en.html", FIRST / "hkcc-zh.html"
NOBODY = 65534


def run(*arguments: object) -> Result:
    """The command in this process; an exception that is no exit is a failure of the test."""
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


def process(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-c", "from kb.cli import circulars; circulars()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)  # type: ignore[call-overload,no-any-return]


@contextmanager
def asked(db: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a database that has to be whole, closed again."""
    connection = sqlite3.connect(db)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    yield connection
    connection.close()


def stored(db: Path) -> list[str]:
    """The names of the files that a database has read."""
    with asked(db) as connection:
        return sorted(Path(path).name for (path,) in connection.execute("SELECT path FROM sources"))


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


# A knowledge base with a few obligations, made without a reader ------------------------------------------------------------


def act(action: str, due: date | None, bearer: tuple[str, ...] = ("CPs",), **fields: object) -> Deadline:
    values = {
        "quote": "by",
        "span": (0, 2),
        "rule": "test",
        "stated": due,
        "relation": "by",
        "due": due,
        "action": action,
        "bearer": bearer,
    }
    return Deadline(**{**values, **fields})


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("due") / "some.db"
    acts = {
        "SEOCH": (
            act("pay\x1b[31m", date(2026, 7, 31), time="18:00"),
            act("file", date(2026, 8, 30)),
            act("report", None, quote="within 5 days"),
        ),
        "HKCC": (act("付款", date(2026, 8, 7), ("參與者",)), act("confirm", date(2026, 7, 1), ("Clearing Participants",))),
    }
    with store.open_db(path) as opened:
        for house, deadlines in acts.items():
            source = Source(path=f"{house}.txt", sha256=house, media_type="text/plain")
            told = Expression(source=source, lang="en", issuer=house, number=f"{house}/1", text="by", deadlines=deadlines)
            added = store.add(opened, [told])
            store.put_obligations(opened, added.circulars, added.expressions, obligations([told]))
    return path


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--on", "2026-07-31", "--within", "30d"], ["pay", "付款", "file"]),
        (["--on", "2026-07-31", "--within", "1w"], ["pay", "付款"]),
        (["--on", "2026-08-01", "--within", "29"], ["付款", "file"]),
        (["--on", "2026-06-30", "--within", "0d"], []),
        (["--on", "2026-07-31", "--house", "seoch"], ["pay", "file"]),
        (["--on", "2026-07-31", "--party", "CP"], ["pay", "file"]),
        (["--on", "2026-07-01", "--party", "clearing participant"], ["confirm", "pay"]),
        (["--on", "2026-07-31", "--party", "參與者"], ["付款"]),
        (["--on", "9999-12-31", "--within", "9999w"], []),
        (["--all"], ["confirm", "pay", "付款", "file", "report"]),
        (["--all", "--house", "HKCC"], ["confirm", "付款"]),
    ],
)
def test_due_lists_what_falls_due_earliest_first(db: Path, options: list[str], expected: list[str]) -> None:
    result = run("due", "--db", db, "--format", "json", *options)
    assert result.exit_code == 0
    assert [(one["action"] or one["action_zh"]).partition("\x1b")[0] for one in json.loads(result.stdout)] == expected


def test_due_is_the_same_as_json_and_as_csv(db: Path) -> None:
    as_json = json.loads(run("due", "--db", db, "--all", "--format", "json").stdout)
    printed = run("due", "--db", db, "--all", "--format", "csv").stdout
    assert printed.startswith("\ufeffid,due,"), "Excel takes it for another charset without the mark"
    as_csv = list(csv.DictReader(io.StringIO(printed.removeprefix("\ufeff"))))
    assert [row["id"] for row in as_csv] == [one["id"] for one in as_json]
    assert [row["bearer"] for row in as_csv] == ["; ".join(one["bearer"]) for one in as_json]
    assert [row["due"] or None for row in as_csv] == [one["due"] for one in as_json]


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        (["--house", "XYZ"], 2, "Error: no house 'XYZ' is known; `circulars houses` lists them"),
        (["--house", "sfc", "--all"], 0, "Nothing falls due."),
        (["--house", "SFC", "--on", "2020-01-01"], 0, "Nothing falls due within 30 days from 2020-01-01. --all lists everything, --on takes another day."),
        (["--party", "Martians", "--all"], 0, "No obligation names Martians."),
    ],
)  # fmt: skip
def test_due_says_why_it_lists_nothing(db: Path, options: list[str], status: int, told: str) -> None:
    result = run("due", "--db", db, *options)
    assert (result.exit_code, result.stdout, result.stderr.splitlines()[0]) == (status, "", told)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--on", "2020-01-01"], "由2020-01-01起30日內沒有到期事項。--all列出全部，--on以另一日起計。"),
        (["--on", "2050-01-01"], "由2050-01-01起30日內沒有到期事項；另有{n}項待辦責任的限期早於該日。--all列出全部，--on以另一日起計。"),
        (["--on", "2050-01-01", "--format", "json"], "另有{n}項待辦責任的限期早於該日（2050-01-01）；--all亦會列出。"),
        (["--party", "Martians", "--all"], "沒有責任事項提及Martians。"),
        (["--house", "sfc", "--all"], "沒有到期事項。"),
    ],
)
def test_the_notes_of_due_are_told_in_chinese_too(db: Path, options: list[str], told: str) -> None:
    open_ones = len(json.loads(run("due", "--db", db, "--all", "--format", "json").stdout))
    undated = sum(not one["due"] for one in json.loads(run("due", "--db", db, "--all", "--format", "json").stdout))
    assert run("due", "--db", db, "--language", "zh", *options).stderr.splitlines()[0] == told.format(n=open_ones - undated)


def test_a_check_of_no_file_that_can_be_read_says_nothing_of_what_it_found(tmp_path: Path) -> None:
    result = run("check", tmp_path / "none.txt")
    assert (result.exit_code, result.stdout, "no such file" in result.stderr) == (2, "", True)


@pytest.mark.parametrize("question", [["gaps"], ["who", "--party", "CP"], ["changes", "--since", "2020-01-01"], ["search", "fee"]])
def test_a_house_that_nobody_knows_is_refused(db: Path, question: list[str]) -> None:
    result = run(*question, "--db", db, "--house", "XYZ")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no house 'XYZ' is known" in result.stderr


def test_due_of_a_party_tells_how_many_name_nobody(tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text(NOTICE + "\nDate\tEvent\n20 July 2026\tDeadline for the connectivity check\n", "utf-8")
    run("add", notice, "--db", tmp_path / "some.db")
    result = run("due", "--db", tmp_path / "some.db", "--all", "--party", "CP")
    assert result.stderr.splitlines() == ["1 more name nobody; without --party they are listed."]


@pytest.mark.parametrize(("on", "days", "listed"), [
    ("2027-03-11", "0d", False),
    ("2027-03-12", "0d", True),  # a Friday, the last business day
    ("2027-03-11", "1d", True),
    ("2027-03-14", "0d", True),  # the Sunday itself
    ("2027-03-15", "9d", False),
])  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_day_without_business_is_due_from_the_business_day_before(
    tmp_path: Path, on: str, days: str, listed: bool, language: str
) -> None:
    notice = tmp_path / "notice.txt"
    text = {
        "en": "HONG KONG SECURITIES CLEARING COMPANY LIMITED\n\nDate: 1 February 2027\n\nSubject: Survey\n\n"
        "CPs must return the survey before 15 March 2027 (Monday).\n",
        "zh": "香港中央結算有限公司\n\n日期：2027年2月1日\n\n事項：調查\n\n參與者必須於2027年3月15日（星期一）前交回調查表格。\n",
    }
    notice.write_text(text[language], "utf-8")
    run("add", notice, "--db", tmp_path / "some.db")
    result = run("due", "--db", tmp_path / "some.db", "--on", on, "--within", days)
    assert ("2027-03-14 Sun (Fri 03-12)" in result.stdout) == listed
    assert ("1 open obligation was due before" in result.stderr) == (on > "2027-03-14")


def test_what_is_open_and_was_due_before_is_counted(db: Path) -> None:
    result = run("due", "--db", db, "--on", "2026-07-31", "--house", "HKCC")
    assert result.stderr == "1 open obligation was due before 2026-07-31; --all lists them too.\n"


def test_due_in_a_pipe_is_one_line_an_obligation_and_the_undated_apart(db: Path) -> None:
    printed = lines(run("due", "--db", db, "--all").stdout)
    assert [line.split()[0] for line in printed] == ["Due", "2026-07-01", "2026-07-31", "2026-08-07", "2026-08-30", "Without", "Due", "no"]


def test_a_circular_cannot_steer_the_terminal(db: Path) -> None:
    assert "\x1b" not in run("due", "--db", db, "--all").stdout


def test_nothing_due_is_said_on_standard_error(db: Path) -> None:
    result = run("due", "--db", db, "--on", "2030-01-01")
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(lines(result.stderr)) == 1


@pytest.mark.parametrize("options", [["--within", "soon"], ["--on", "1 July"], ["--format", "xml"]])
def test_due_says_what_it_expects(db: Path, options: list[str]) -> None:
    result = run("due", "--db", db, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert options[0] in result.stderr


@pytest.mark.parametrize(
    ("bearer", "party", "bound"),
    [
        ("CPs", "CP", True),
        ("CPs", "Clearing Participants", True),
        ("Clearing Participants", "cps", True),
        ("DBs", "CP", False),
        ("參與者", "參與者", True),
        ("General Participants", "Direct Clearing Participants", False),
    ],
)
def test_a_party_is_known_by_its_name_and_its_initials(bearer: str, party: str, bound: bool) -> None:
    nothing = dict.fromkeys(Due.__struct_fields__)
    assert binds(Due(**{**nothing, "bearer": (bearer,)}), party) is bound


# Help --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(circulars.commands))
def test_every_command_shows_an_example(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"\n    circulars {name}" in result.stdout.partition("  Example:")[2]
    assert "\\b" not in result.stdout


@pytest.mark.parametrize("name", sorted(name for name in circulars.commands if name in {"add", "check", "due", "serve"}))
def test_the_database_can_be_named_by_option_or_environment(name: str) -> None:
    text = run(name, "--help").stdout
    assert "--db" in text
    assert "CIRCULARS_DB" in text
    assert "circulars.db" in text


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys, kb.cli; print([name for name in ('spacy', 'datasette', 'bs4', 'rich', 'sqlite_utils', 'lxml') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.parametrize("arguments", [["nonsense"], ["read"], ["add"], ["diff", "one"], ["check", "--only", "no-such-check"]])
def test_a_usage_error_has_exit_status_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_houses_and_schema_need_no_database() -> None:
    assert {house["code"] for house in json.loads(run("houses", "--format", "json").stdout)} >= {"HKSCC", "SEOCH", "HKCC"}
    assert "SEOCH" in run("houses").stdout
    assert json.loads(run("schema").stdout)["$defs"]["Expression"]["type"] == "object"


def test_every_check_is_listed_with_what_it_holds() -> None:
    from kb.checks import CHECKS

    printed = lines(run("checks").stdout)
    assert [line.split()[0] for line in printed[1:]] == sorted(CHECKS)
    assert all(len(line.split()) > 2 for line in printed)


# Reading and adding ------------------------------------------------------------------------------------------------------------


def test_read_prints_one_object_a_line_in_the_order_given() -> None:
    result = run("read", CHINESE, ENGLISH)
    assert (result.exit_code, result.stderr) == (0, "")
    assert [(told["lang"], told["number"]) for told in map(json.loads, result.stdout.splitlines())] == [
        ("zh-Hant", "CD/OES/HKCC/073/2026"),
        ("en", "CD/OES/HKCC/073/2026"),
    ]


def test_adding_twice_reads_once(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    assert run("add", FIRST, "--db", path).stdout == "4 read, 0 unchanged, 0 failed\n"
    with asked(path) as connection:
        before = list(connection.iterdump())
        assert connection.execute("SELECT count(*) FROM circulars WHERE number = 'CD/OES/HKCC/073/2026'").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM obligations").fetchone()[0] > 0
        assert connection.execute("SELECT count(*) FROM pairs WHERE relation = 'translation'").fetchone()[0] >= 1
    again = run("add", FIRST, "--db", path)
    assert (again.exit_code, again.stdout) == (0, "0 read, 4 unchanged, 0 failed\n")
    assert again.stderr.startswith("not read, being of no kind that is read, or links to folders (5 .json): ")
    with asked(path) as connection:
        assert list(connection.iterdump()) == before


def test_what_another_edition_has_read_is_read_again_and_keeps_its_status(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    run("add", FIRST, "--db", path)
    states = "SELECT id, due, status FROM obligations ORDER BY id"
    with asked(path) as connection:
        dated = [name for (name,) in connection.execute("SELECT id FROM obligations WHERE due IS NOT NULL")]
    for name in dated:
        assert run("done", name, "--who", "Amy", "--db", path).exit_code == 0
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE sources SET edition = NULL WHERE path LIKE '%hkcc-%'")
        connection.execute("DELETE FROM amounts")
        before = connection.execute(states).fetchall()
    assert run("add", FIRST, "--db", path).stdout == "0 read, 2 read again, 2 unchanged, 0 failed\n"
    assert run("add", FIRST, "--db", path).stdout == "0 read, 4 unchanged, 0 failed\n"
    with asked(path) as connection:
        assert connection.execute(states).fetchall() == before
        assert "done" in {status for *_, status in before}
        assert connection.execute("SELECT count(DISTINCT edition) FROM sources").fetchone() == (1,)


def test_a_file_that_cannot_be_read_again_keeps_what_it_said(tmp_path: Path) -> None:
    path, file = tmp_path / "some.db", tmp_path / "notice.txt"
    file.write_text(NOTICE, "utf-8")
    run("add", file, "--db", path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE sources SET edition = 'older'")
    refused = run("add", file, "--db", path, "--memory", "50")
    assert refused.stdout == "0 read, 0 unchanged, 1 failed\n"
    with asked(path) as connection:
        assert connection.execute("SELECT count(*) FROM obligations").fetchone() == (1,)


def test_a_batch_more_than_one_transaction_long_gives_the_same_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, single = tmp_path / "whole.db", tmp_path / "single.db"
    run("add", CORPUS, "--db", whole)
    monkeypatch.setattr(intake, "BATCH", 1)
    run("add", CORPUS, "--db", single)
    query = (
        'SELECT min(a.path, b.path), max(a.path, b.path), relation FROM pairs JOIN expressions AS l ON l.id = "left" JOIN sources AS a ON '
        'a.sha256 = l.source JOIN expressions AS r ON r.id = "right" JOIN sources AS b ON b.sha256 = r.source ORDER BY 1, 2'
    )
    with asked(whole) as one, asked(single) as other:
        assert one.execute(query).fetchall() == other.execute(query).fetchall()
        count = "SELECT count(*), sum(due IS NULL), sum(conflict IS NOT NULL) FROM obligations"
        assert one.execute(count).fetchone() == other.execute(count).fetchone()


def test_a_changed_file_replaces_what_it_said(tmp_path: Path) -> None:
    path, file = tmp_path / "some.db", tmp_path / "notice.txt"
    for day in ("16 July 2026 (Thursday)", "17 July 2026 (Friday)"):
        file.write_text(NOTICE.replace("16 July 2026 (Thursday)", day), "utf-8")
        assert run("add", file, "--db", path).stdout == "1 read, 0 unchanged, 0 failed\n"
    with asked(path) as connection:
        assert connection.execute("SELECT due FROM obligations").fetchall() == [("2026-07-17",)]
        assert connection.execute("SELECT count(*) FROM circulars").fetchone() == (1,)


def test_a_path_is_kept_as_seen_from_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(ENGLISH, inbox)
    monkeypatch.chdir(inbox)
    run("add", ENGLISH.name, CHINESE, "--db", "../some.db")
    with asked(tmp_path / "some.db") as connection:
        assert set(connection.execute("SELECT path FROM sources").fetchall()) == {(f"inbox/{ENGLISH.name}",), (str(CHINESE),)}


def test_folders_patterns_and_names_give_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "deep" / ".hidden").mkdir(parents=True)
    for name in ("a.txt", "deep/b.HTML", "deep/c.json", "deep/.d.txt", "deep/.hidden/e.txt"):
        (tmp_path / name).write_text("x", "utf-8")
    found = intake.collect([str(tmp_path), str(tmp_path / "**" / "*.txt"), str(tmp_path / "deep" / "c.json"), str(tmp_path / "*.pdf")])
    assert [file.relative_to(tmp_path).as_posix() for file in found.files] == ["a.txt", "deep/b.HTML", "deep/c.json"]
    assert [str(error) for error in found.failed] == [f"{tmp_path}/*.pdf: no file matches"]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (Path.exists, "No such file"),
        (Path.mkdir, "no circulars in this folder"),
        (os.mkfifo, "not a regular file"),
        (lambda path: path.symlink_to(path), "symbolic link"),
    ],
)
def test_a_name_that_is_no_file_is_told_with_its_reason(tmp_path: Path, make: Callable[[Path], None], reason: str) -> None:
    path = tmp_path / "thing"
    make(path)
    [error] = intake.collect([str(path)]).failed
    assert isinstance(error, UnreadableSource)
    assert str(path) in str(error)
    assert reason.lower() in str(error).lower()


def test_what_is_no_file_inside_a_folder_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "waiting.pdf")
    (tmp_path / "notice.txt").write_text("CIRCULAR", "utf-8")
    found = intake.collect([str(tmp_path)])
    assert (found.files, [error.reason for error in found.failed]) == ((tmp_path / "notice.txt",), ["not a regular file"])


PAGE = b"<!DOCTYPE html><html><body><p>CIRCULAR</p></body></html>"


def test_of_a_folder_nothing_is_passed_over_silently(tmp_path: Path) -> None:
    inbox, elsewhere = tmp_path / "inbox", tmp_path / "elsewhere"
    for folder in (inbox / "deep", elsewhere):
        folder.mkdir(parents=True)
    kinds = {
        "notice.txt": b"CIRCULAR",
        "notice.aspx": PAGE,
        "download": b"%PDF-1.7\n",
        "deep/saved.mail": b"From: a@b.example\r\nTo: c@d.example\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\n\r\nHello",
        "fees.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "deep/all.zip": b"PK\x03\x04",
        "letter": b"Dear Sirs",
        "~$notice.docx": b"Amy",
        "Thumbs.db": b"x",
        ".DS_Store": b"x",
    }
    for name, data in kinds.items():
        (inbox / name).write_bytes(data)
    (inbox / "loop").symlink_to(inbox)
    (inbox / "other").symlink_to(elsewhere)
    found = intake.collect([str(inbox), str(inbox / "letter")])
    names = [file.relative_to(inbox).as_posix() for file in found.files]
    assert names == ["deep/saved.mail", "download", "notice.aspx", "notice.txt", "letter"]
    assert [file.relative_to(inbox).as_posix() for file in found.left] == ["deep/all.zip", "fees.xls", "loop", "other"]
    assert not found.failed


def test_add_names_what_it_does_not_read(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    shutil.copy(ENGLISH, tmp_path / "inbox")
    for number in range(12):
        (tmp_path / "inbox" / f"sheet{number:02}.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    result = run("add", str(tmp_path / "inbox"), "--db", str(tmp_path / "some.db"))
    assert "1 read, 0 unchanged, 0 failed" in result.output
    assert "(12 .xls)" in result.output
    assert result.output.rstrip().endswith("sheet09.xls and 2 more")


# Bad input -----------------------------------------------------------------------------------------------------------------------

NOTICE = """CIRCULAR

Date: 6 July 2026

Subject: Fee

Participants are reminded to read this circular with care, and to keep it with their records for seven years.

CPs must pay the fee by 16 July 2026 (Thursday).
"""

UNREADABLE: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "garbage.txt": random.Random(7).randbytes(20_000),
    "picture.html": b"\x89PNG\r\n\x1a\n" + random.Random(8).randbytes(2_000),
    "archive.txt": b"PK\x03\x04" + bytes(200),
    "huge.txt": b"All work and no play. " * 2_400_000,
}

ODD: dict[str, bytes] = {
    "latin.txt": NOTICE.replace("CPs", "Caf\u00e9s").encode("latin-1"),
    "nul.txt": NOTICE.replace("fee", "f\0ee").encode(),
    "undated.txt": b"CIRCULAR\n\nSubject: Fee\n\nParticipants are reminded to keep their records.\n",
    "two.txt": (NOTICE + "\f" + NOTICE.replace("6 July", "7 July").replace("Fee", "Levy")).encode(),
    "page.txt": f"<html><body><p>{NOTICE}</p></body></html>".encode(),
    "plain.html": NOTICE.encode(),
    "utf16.txt": NOTICE.encode("utf-16"),
    "long-line.txt": NOTICE.replace("\n", " ").encode() * 500,
    "surrogate.txt": NOTICE.encode() + b"\xed\xa0\x80",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_line_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    bad, path = tmp_path / name, tmp_path / "some.db"
    bad.write_bytes(UNREADABLE[name])
    told = run("read", bad, ENGLISH)
    assert (told.exit_code, len(told.stdout.splitlines()), len(lines(told.stderr))) == (1, 1, 1)
    assert str(bad) in told.stderr
    added = run("add", bad, ENGLISH, "--db", path)
    assert (added.exit_code, added.stdout, len(lines(added.stderr))) == (1, "1 read, 0 unchanged, 1 failed\n", 1)
    assert str(bad) in added.stderr
    assert stored(path) == [ENGLISH.name]


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_read_or_told_and_the_database_stays_whole(tmp_path: Path, name: str) -> None:
    odd, path = tmp_path / name, tmp_path / "some.db"
    odd.write_bytes(ODD[name])
    told = run("read", odd)
    assert (told.exit_code, len(told.stdout.splitlines()), len(lines(told.stderr))) in {(0, 1, 0), (1, 0, 1)}
    added = run("add", odd, ENGLISH, "--db", path)
    assert (added.exit_code, len(lines(added.stderr))) == (told.exit_code, told.exit_code)
    assert set(stored(path)) == {ENGLISH.name, *([] if told.exit_code else [name])}


@pytest.mark.parametrize("arguments", [["read"], ["check"], ["diff", ENGLISH]])
@pytest.mark.parametrize("thing", ["missing.txt", "folder"])
def test_a_missing_file_or_a_folder_is_one_line(tmp_path: Path, arguments: list[object], thing: str) -> None:
    (tmp_path / "folder").mkdir()
    result = run(*arguments, tmp_path / thing)
    assert (result.exit_code, len(lines(result.stderr))) == (1 if arguments == ["read"] else 2, 1)
    assert thing in result.stderr


def test_a_file_name_that_is_not_utf_8_is_read_and_kept(tmp_path: Path) -> None:
    file, path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/n\xffotice.txt")), tmp_path / "some.db"
    file.write_text(NOTICE, "utf-8")
    assert run("read", file).exit_code == 0
    assert run("add", tmp_path, "--db", path).stdout == "1 read, 0 unchanged, 0 failed\n"
    assert stored(path) == ["n\ufffdotice.txt"]


def test_a_closed_pipe_ends_reading_without_a_word() -> None:
    command = [sys.executable, "-c", "from kb.cli import circulars; circulars()", "read", *[str(ENGLISH)] * 40]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_standard_output_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-c", "from kb.cli import circulars; circulars()", "read", str(ENGLISH)]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (result.returncode, len(lines(result.stderr))) == (2, 1)
    assert "space" in result.stderr


# Bad databases -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["add", ENGLISH], ["due"], ["check"], ["serve"]])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a database" * 100])
def test_a_bad_database_is_one_line_that_names_it(tmp_path: Path, arguments: list[object], content: bytes) -> None:
    path = tmp_path / "missing" / "some.db"
    if content:
        path = tmp_path / "some.db"
        path.write_bytes(content)
    result = run(*arguments, "--db", path)
    assert (result.exit_code, result.stdout, len(lines(result.stderr))) == (2, "", 1)
    assert str(path) in result.stderr


def test_a_question_makes_no_database(tmp_path: Path) -> None:
    assert run("due", "--db", tmp_path / "some.db").exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that anybody may enter, for tests that give up the rights of root."""
    folder = Path(tempfile.mkdtemp(prefix="circulars-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of root, whom no file mode stops."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_read_only_database_answers_and_is_not_changed(public: Path) -> None:
    path = public / "some.db"
    shutil.copy(ENGLISH, public)
    run("add", public / ENGLISH.name, "--db", path)
    (public / "new.txt").write_text(NOTICE, "utf-8")
    before = path.read_bytes()
    path.chmod(0o444)
    public.chmod(0o555)
    with nobody():
        told = run("due", "--db", path, "--all")
        refused = run("add", public / "new.txt", "--db", path)
    public.chmod(0o755)
    assert (told.exit_code, refused.exit_code, len(lines(refused.stderr))) == (0, 2, 1)
    assert "2026-08-07" in told.stdout
    assert str(path) in refused.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("room", [0, 40_000, 120_000])
def test_a_full_disk_is_one_line_and_leaves_what_was_there(tmp_path: Path, room: int) -> None:
    path, inbox = tmp_path / "some.db", tmp_path / "inbox"
    inbox.mkdir()
    for number in range(60):  # far apart, or every two of them would be compared
        day = date(2015, 1, 1) + timedelta(days=40 * number)
        text = NOTICE.replace("6 July 2026", f"{day:%d %B %Y}").replace("16 July 2026 (Thursday)", f"{day + timedelta(days=20):%d %B %Y}")
        (inbox / f"{number}.txt").write_text(text + "The rest of this page is here to take room.\n" * 150, "utf-8")
    run("add", ENGLISH, "--db", path)
    limit = path.stat().st_size + room
    result = process("add", inbox, "--db", path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert (result.returncode, len(lines(result.stderr))) == (2, 1), result.stderr
    assert str(path) in result.stderr
    assert ENGLISH.name in stored(path)
    assert run("add", inbox, "--db", path).exit_code == 0
    assert len(stored(path)) == 61


# Agreement -----------------------------------------------------------------------------------------------------------------------


def test_diff_prints_the_same_comparison_in_every_form(tmp_path: Path) -> None:
    told = json.loads(run("diff", ENGLISH, CHINESE, "--format", "json").stdout)
    assert told["relation"] == "translation"
    assert {"left", "right", "findings"} <= told.keys()
    for form in ("text", "markdown", "html"):
        result = run("diff", ENGLISH, CHINESE, "--format", form, "--output", tmp_path / form)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "2026" in (tmp_path / form).read_text("utf-8")


def test_check_of_a_file_needs_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check", CORPUS / "05-rollout" / "hkcc-zh.txt", "--format", "json")
    [told] = json.loads(result.stdout)
    assert told["path"] == str(CORPUS / "05-rollout" / "hkcc-zh.txt")
    assert any(finding["level"] == "warning" for finding in told["findings"])
    assert list(tmp_path.iterdir()) == []


def test_check_of_a_database_tells_pairs_and_circulars(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    run("add", FIRST, "--db", path)
    result = run("check", "--db", path, "--format", "json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert sum("path" in one for one in told) == 4
    assert any(one.get("relation") == "translation" for one in told)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside this tree")
def test_the_seeds_agree_but_for_body_against_schedule(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    run("add", *sorted(SEEDS.glob("*.txt")), "--db", path)
    result = run("check", "--db", path, "--format", "json")
    inside = [one for one in json.loads(result.stdout) if "path" in one]
    assert result.exit_code == 0
    assert [len([finding for finding in one["findings"] if finding["level"] == "warning"]) for one in inside] == [2, 2]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside this tree")
def test_the_seeds_have_three_obligations_each(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    run("add", *sorted(SEEDS.glob("*.txt")), "--db", path)
    told = json.loads(run("due", "--db", path, "--on", "2023-04-03", "--format", "json").stdout)
    days = ["2023-04-19"] * 2 + ["2023-04-27"] * 4
    assert [(one["due"], one["conflict"] is not None) for one in told] == [(day, day == "2023-04-27") for day in days]


# The demonstration ---------------------------------------------------------------------------------------------------------------


def test_the_demonstration_prints_deadlines_and_the_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_SERVE", "0")
    result = run("demo")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2027-03-18" in result.stdout
    assert "2027-03-19" in result.stdout.partition("Disagreements")[2]


# As a module ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", ["kb.agreement_cli", "kb.lives_cli", "kb.questions_cli", "kb.site_cli"])
def test_each_family_of_commands_can_be_imported_first(module: str) -> None:
    assert subprocess.run([sys.executable, "-c", f"import {module}"], check=False, timeout=60).returncode == 0


def test_the_module_runs_as_the_command_does() -> None:
    told = subprocess.run([sys.executable, "-m", "kb.cli", "checks"], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert told.stdout == run("checks").stdout
