"""A program for a test: `circulars add` is killed at random moments, again and again, and what is left is looked at.

    python tests/killing.py KILLS FOLDER

The command runs in a forked process, so that it has begun to write when most kills come. Each batch that it finishes is told
through a pipe. After a kill, what was told must be there, what is there must be whole, and the next run goes on with the rest;
when nothing is left to add, the base must be that of an undisturbed run, and a new one is begun. A line for each thing that does
not hold; the last line says how many kills met the command, how many of them between its first and its last batch.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from robust_files import good

from kb import doctor, intake, store
from kb.cli import circulars

FILES, BATCH = 24, 3
PATIENCE = 240.0
WHOLE = """
    SELECT s.path, e.lang, e.number, e.title, e.text, c.number,
        (SELECT group_concat(quote) FROM dates WHERE expression = e.id), (SELECT group_concat(quote) FROM deadlines WHERE expression = e.id),
        (SELECT count(*) FROM duties WHERE expression = e.id), (SELECT count(*) FROM blocks WHERE expression = e.id),
        (SELECT count(*) FROM findings WHERE expression = e.id AND pair IS NULL),
        (SELECT group_concat(due) FROM obligations WHERE circular = e.circular)
    FROM expressions AS e JOIN sources AS s ON s.sha256 = e.source JOIN circulars AS c ON c.id = e.circular
"""

Rows = set[tuple[object, ...]]


class Ended(NamedTuple):
    """Whether a run was killed, and how many texts it had told to be kept."""

    killed: bool
    told: int


def add(folder: Path, db: Path, pipe: int) -> None:
    """The command; after each transaction it tells how many texts are kept."""
    intake.BATCH = BATCH
    writing = store.writing

    @contextmanager
    def told(opened: Any) -> Iterator[None]:
        with writing(opened):
            yield
        if not opened.conn.in_transaction:
            os.write(pipe, b"%d\n" % opened.execute("SELECT count(*) FROM expressions").fetchone()[0])

    store.writing = told
    circulars(["add", str(folder), "--db", str(db), "--no-isolate", "-j", "1"], standalone_mode=False)


def run(folder: Path, db: Path, after: float | None) -> Ended:
    """The command in a process of its own, killed after so many seconds if it still runs."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            add(folder, db, theirs)
        finally:
            failed = sys.exc_info()[0] is not None
            if failed:
                traceback.print_exc()
            os._exit(int(failed))
    os.close(theirs)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)  # it is still ours to wait for, so no other process can have its number
    with os.fdopen(ours) as pipe:
        counts = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    return Ended(os.WIFSIGNALED(status), int(counts[-1]) if counts else 0)


def rows(db: Path) -> Rows:
    """Every text that is kept, with what is told of it; none where the command was killed before it made its tables."""
    with closing(sqlite3.connect(db)) as connection:
        made = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'obligations'").fetchone()[0]
        return set(connection.execute(WHOLE)) if made else set()


def wrong(ended: Ended, db: Path, expected: Rows) -> Iterator[str]:
    """What does not hold after a run."""
    there = rows(db) if db.exists() else set()
    if len(there) < ended.told:
        yield f"{ended.told} texts were kept, {len(there)} are there"
    if len(there) % BATCH:
        yield f"{len(there)} texts are no whole number of batches"
    yield from (f"not whole: {row[0]}" for row in there - expected)
    if there:
        yield from doctor.examine(db).faults
    if not ended.killed and there != expected:
        yield f"an undisturbed run ends with {len(there)} texts of {len(expected)}"


def main() -> None:
    """Kill the command so many times."""
    kills, home = int(sys.argv[1]), Path(sys.argv[2])
    folder = home / "inbox"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number:03}.txt").write_bytes(good(number))
    # The first run loads what the others inherit; the second says how long one takes.
    run_here = home / "first.db"
    circulars(["add", str(folder), "--db", str(run_here), "--no-isolate", "-j", "1"], standalone_mode=False)
    expected = rows(run_here)
    start = time.monotonic()
    run(folder, home / "second.db", None)
    seconds = time.monotonic() - start
    dice = random.Random(7)
    met, within, base = 0, 0, 0
    db = home / "base-0.db"
    while met < kills and time.monotonic() - start < PATIENCE:
        ended = run(folder, db, dice.uniform(0, seconds))
        met += ended.killed
        within += ended.killed and 0 < len(rows(db) if db.exists() else ()) < FILES
        for line in wrong(ended, db, expected):
            print(f"kill {met}: {line}")
        if not ended.killed or len(rows(db) if db.exists() else ()) == FILES:
            if ended.killed:
                for line in wrong(run(folder, db, None), db, expected):
                    print(f"after kill {met}: {line}")
            db.unlink(missing_ok=True)
            base += 1
            db = home / f"base-{base}.db"
    print(f"{met} kills, {within} of them between the first and the last batch, {base} bases finished")


if __name__ == "__main__":
    main()
