"""Many files at once: whoever reads them, and however many at a time, the same is kept in the same order."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count as count_from
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from ingest.issuers import houses
from ingest.settings import Settings
from kb import intake, store, terms
from kb.cli import circulars

if TYPE_CHECKING:
    from ingest.isolation import Answer
    from kb.intake import Reader, Summary

ROOT = Path(__file__).parents[1]
CORPUS = Path(__file__).parent / "circulars"
EXAMPLES = ROOT / "examples"
COMMAND = [sys.executable, "-c", "from kb.cli import circulars; circulars()", "add"]
NOTICE = "Date: 6 July 2026\n\nSubject: Fee {0}\n\nCPs must pay fee {0} by 16 July 2026 (Thursday).\n"


def add(db: Path, files: Iterable[Path], read: Reader | None = None, step: Callable[[], None] = lambda: None) -> Summary:
    with store.open_db(db) as opened:
        return intake.add(opened, list(files), houses(), read, step)


def dump(db: Path) -> list[str]:
    """All that a database holds, which has to be whole."""
    connection = sqlite3.connect(db)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    told = list(connection.iterdump())
    connection.close()
    return told


def notices(folder: Path, count: int) -> list[Path]:
    """Small circulars, each a little different."""
    folder.mkdir(exist_ok=True)
    files = [folder / f"{number:04}.txt" for number in range(count)]
    for number, file in enumerate(files):
        file.write_text(NOTICE.format(number), "utf-8")
    return files


def nobody(files: Iterable[Path]) -> Iterator[Answer]:
    """A reader that must not be asked."""
    assert not list(files)
    return iter(())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The corpus and the examples, with a few files that cannot be read, some of them twice."""
    place = tmp_path / "inbox"
    for name in ("01-2fa-login", "05-rollout"):
        shutil.copytree(CORPUS / name, place / "corpus" / name, ignore=shutil.ignore_patterns("*.json"))
    shutil.copytree(EXAMPLES, place / "examples", ignore=shutil.ignore_patterns("*.md"))
    for name, data in {"a.txt": b"", "corpus/b.pdf": b"%PDF-1.7", "z.txt": b"", "y.txt": b"\0\1\2" * 100}.items():
        (place / name).write_bytes(data)
    notices(place / "notices", 8)
    shutil.copy(place / "notices" / "0007.txt", place / "notices" / "9999.txt")
    return place


def test_the_database_does_not_depend_on_how_many_files_are_read_at_a_time(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 5)
    files = intake.collect([str(folder)]).files
    [first, *others] = [
        outcome(tmp_path / f"{name}.db", files, read)
        for name, read in {
            "one": intake.reader(Settings()),
            "three": intake.reader(Settings(), 3),
            "here": intake.reader(Settings(isolate=False)),
        }.items()
    ]
    counts, failed, _ = first
    assert (counts, [Path(error.split(": ")[0]).name for error in failed]) == ((len(files) - 5, 1), ["a.txt", "b.pdf", "y.txt", "z.txt"])
    for other in others:
        assert other == first


def outcome(db: Path, files: Iterable[Path], read: Reader) -> tuple[tuple[int, int], list[str], list[str]]:
    """What came of an addition: how many were read and unchanged, what failed, and all that the database holds."""
    summary = add(db, files, read)
    held = [re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.]*(Z|\+00:00)", "NOW", row) for row in dump(db)]
    return (summary.read, summary.unchanged), [str(error) for error in summary.failed], held


def test_files_that_were_added_are_not_read_again(tmp_path: Path) -> None:
    files, db, steps = notices(tmp_path / "inbox", 5), tmp_path / "some.db", list[None]()
    add(db, files)
    before = dump(db)
    summary = add(db, files, nobody, lambda: steps.append(None))
    assert (summary.read, summary.unchanged, summary.failed, len(steps)) == (0, 5, (), 5)
    assert dump(db) == before


def test_a_copy_of_what_a_changed_file_said_is_not_lost_with_it(tmp_path: Path) -> None:
    [changed], db = notices(tmp_path / "inbox", 1), tmp_path / "some.db"
    add(db, [changed])
    copy = Path(shutil.copy(changed, tmp_path / "inbox" / "copy.txt"))
    changed.write_text(NOTICE.format("new"), "utf-8")
    steps = list[None]()
    summary = add(db, [changed, copy], step=lambda: steps.append(None))
    assert (summary.read, summary.unchanged, summary.copies, summary.failed, len(steps)) == (1, 1, 1, (), 2)
    with store.open_to_read(db) as opened:
        assert [told.title for told in store.expressions(opened)] == ["Fee 0", "Fee new"]


def test_ctrl_c_keeps_what_was_added_and_leaves_no_process(tmp_path: Path) -> None:
    notices(tmp_path / "inbox", 1500)
    db, arguments = tmp_path / "some.db", [*COMMAND, str(tmp_path / "inbox"), "--db", str(tmp_path / "some.db"), "-j", "2"]
    hear_ctrl_c()
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        deadline = time.monotonic() + 60
        while not count(db) and time.monotonic() < deadline:
            time.sleep(0.02)
        below = children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        told, error = process.communicate(timeout=30)
    assert (process.returncode, told, error.strip()) == (1, "", "Aborted!")
    assert len(below) >= 3
    assert not [pid for pid in below if alive(pid)]
    kept = count(db)
    assert 0 < kept < 1500
    assert kept % intake.BATCH == 0
    dump(db)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # what SQLite drops, Python may tell of
@pytest.mark.parametrize("at", [1, 10])
def test_ctrl_c_inside_a_function_that_sqlite_calls_ends_the_command_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    # SQLite drops the KeyboardInterrupt and says that a function failed: that is no error to tell of.
    hear_ctrl_c()
    notices(tmp_path / "inbox", 3)
    called = count_from(1)

    def cut(text: str) -> str:
        if next(called) == at:
            signal.raise_signal(signal.SIGINT)
        return text

    monkeypatch.setattr(terms, "cut", cut)
    result = CliRunner().invoke(circulars, ["add", str(tmp_path / "inbox"), "--db", str(tmp_path / "some.db"), "--no-isolate"])
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (1, "", "Aborted!")
    assert next(called) > at
    assert count(tmp_path / "some.db") == 0
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def hear_ctrl_c() -> None:
    """As a terminal starts a command: what a shell starts in the background ignores Ctrl-C, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def count(db: Path) -> int:
    """How many files a database holds; none if there is no such table yet."""
    try:
        connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
        found = connection.execute("SELECT count(*) FROM sources").fetchone()[0]
        connection.close()
    except sqlite3.OperationalError:
        return 0
    return int(found)


def children(pid: int) -> set[int]:
    """The processes below this one."""
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = [tuple(map(int, line.split())) for line in table.splitlines()]
    found = {pid}
    for _ in parents:
        found |= {child for child, parent in parents if parent in found}
    return found - {pid}


def alive(pid: int) -> bool:
    stat = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout.strip()
    return bool(stat) and not stat.startswith("Z")


def test_a_terminal_shows_how_fast_it_goes_and_how_long_it_takes(tmp_path: Path) -> None:
    notices(tmp_path / "inbox", 20)
    ours, theirs = pty.openpty()
    arguments = [*COMMAND, str(tmp_path / "inbox"), "--db", str(tmp_path / "some.db")]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = bytearray()
        try:
            while data := os.read(ours, 4096):
                shown += data
        except OSError:  # Linux's way to say that the other side is closed
            pass
        os.close(ours)
        assert process.stdout is not None
        assert process.stdout.read() == b"20 read, 0 unchanged, 0 failed\n"
    assert re.search(r"20/20.*\d+\.\d/s.*0:00:0\d", shown.decode(), re.DOTALL)
