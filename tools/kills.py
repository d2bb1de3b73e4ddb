"""What a kill leaves behind: `circulars add` over good files, while it, its keeper or a worker is killed at a random moment.

Whatever is killed, the database is sound and what is in it is whole: each circular has what an undisturbed run gives it. Without a
worker the batch goes on and misses nothing; without its keeper it ends by itself with one line; and nothing outlives it. The same
command typed again brings the rest.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from processes import began, below, parent
from robust_files import good

FILES = 60
"""Files of a run, which are kept in two batches."""
CHAINS = 2
"""Databases that are added to side by side, run after run."""
LIMIT = 120.0
"""Seconds after which a run counts as hanging."""
KINDS = ("worker", "keeper", "command")

WHOLE = """
    SELECT s.path, s.sha256, e.lang, e.number, e.title, length(e.text),
        (SELECT count(*) FROM dates WHERE expression = e.id), (SELECT count(*) FROM deadlines WHERE expression = e.id),
        (SELECT count(*) FROM times WHERE expression = e.id), (SELECT count(*) FROM duties WHERE expression = e.id),
        (SELECT count(*) FROM blocks WHERE expression = e.id),
        (SELECT group_concat(due) FROM obligations WHERE circular = e.circular)
    FROM sources AS s LEFT JOIN expressions AS e ON e.source = s.sha256
"""

Rows = set[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended: the status, None if it had to be ended; what it complained of; what was killed; who was left."""

    status: int | None
    complaints: str
    victim: str
    left: tuple[int, ...]


def killed(count: int) -> list[str]:
    """What did not hold in so many runs, and a line that sums them up."""
    if not count or not Path("/proc/self/stat").is_file():
        return []
    with tempfile.TemporaryDirectory() as home:
        folders = [filled(Path(home), number) for number in range(-(-count // CHAINS))]
        start = time.monotonic()
        run(folders[:1], Path(home, "first.db"))
        seconds = time.monotonic() - start
        run(folders, Path(home, "first.db"))
        expected = rows(Path(home, "first.db"))
        with ThreadPoolExecutor(CHAINS) as pool:
            told = list(
                pool.map(lambda chain: list(chained(Path(home, f"chain-{chain}.db"), folders, expected, seconds, chain)), range(CHAINS))
            )
    met = [victim for lines in told for victim, _ in lines if victim]
    print(f"\n{len(met)} of {len(folders) * CHAINS} runs met with a kill: {', '.join(f'{met.count(kind)} of a {kind}' for kind in KINDS)}")
    return [wrong for lines in told for _, wrong in lines if wrong]


def filled(home: Path, number: int) -> Path:
    """A folder of good files, unlike those of the other folders."""
    folder = home / f"inbox-{number:02}"
    folder.mkdir()
    for file in range(FILES):
        (folder / f"{file:03}.txt").write_bytes(good(1000 * (number + 1) + file))
    return folder


def chained(db: Path, folders: list[Path], expected: Rows, seconds: float, chain: int) -> Iterator[tuple[str, str]]:
    """Run after run into one database, each with its kill: who was killed and, a line for each, what did not hold."""
    dice = random.Random(chain)  # noqa: S311 - the same moments in every run, as far as the machine allows
    for number, folder in enumerate(folders):
        kind = KINDS[(number + chain) % len(KINDS)]
        ended = run([folder], db, kind, dice.uniform(0.05, 1.0) * seconds)
        yield ended.victim, ""
        there = rows(db) if db.is_file() else set()
        yield from (("", f"after the kill of a {kind}: {wrong}") for wrong in wronged(ended, there, expected, folder, db))
    run(folders, db)
    if rows(db) != expected:
        yield "", f"chain {chain}: typed again, the command brings {len(rows(db))} circulars; expected {len(expected)} alike"


def wronged(ended: Run, there: Rows, expected: Rows, folder: Path, db: Path) -> Iterator[str]:
    """What does not hold after a run."""
    if ended.status is None:
        yield f"the command did not end within {LIMIT:.0f} s"
    if "Traceback" in ended.complaints:
        yield f"a traceback: {ended.complaints[-500:]}"
    if ended.victim in ("", "worker") and ended.status != 0:
        yield f"the batch did not go on: {ended.complaints[-300:]}"
    if ended.victim in ("", "worker") and sum(str(row[0]).startswith(f"{folder.name}/") for row in there) != FILES:
        yield "files are missing"
    if ended.victim == "keeper" and ended.status not in (0, 2) and "has ended" not in ended.complaints:
        yield f"the command ended with {ended.status}: {ended.complaints[-300:]}"
    yield from (f"process {pid} outlived the command" for pid in ended.left)
    if db.is_file():
        yield from unsound(db)
    yield from (f"not whole: {row}" for row in sorted(there - expected, key=str)[:3])


def unsound(db: Path) -> Iterator[str]:
    """What SQLite itself finds wrong with the database."""
    connection = sqlite3.connect(db)
    yield from (f"integrity_check: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok")
    yield from (f"foreign_key_check: {row}" for row in connection.execute("PRAGMA foreign_key_check"))
    connection.close()


def rows(db: Path) -> Rows:
    """Every file in the database with what is told of it; none where the command was killed before it made its tables."""
    connection = sqlite3.connect(db)
    made = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'obligations'").fetchone()[0]
    found = set(connection.execute(WHOLE)) if made else set()
    connection.close()
    return found


def run(folders: list[Path], db: Path, kind: str = "", after: float = 0) -> Run:
    """The command over folders; after so many seconds one of its processes is killed, if it is still there."""
    command = [
        sys.executable,
        "-c",
        "from kb.cli import circulars; circulars(prog_name='circulars')",
        "add",
        *map(str, folders),
        "--db",
        str(db),
    ]
    with tempfile.TemporaryFile("w+") as err:
        running = subprocess.Popen([*command, "-j", "2"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err)
        victim, seen = "", {}
        if kind:
            until = time.monotonic() + after
            while running.poll() is None and not (victim and time.monotonic() > until):
                seen.update((pid, began(pid)) for pid in below(running.pid))
                if not victim and time.monotonic() > until:
                    victim = strike(running.pid, kind)
                time.sleep(0.02)
        try:
            status: int | None = running.wait(LIMIT)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
            status = None
        err.seek(0)
        return Run(status, err.read(), victim, tuple(left(seen)))


def strike(root: int, kind: str) -> str:
    """Kill the command, its keeper or one of the workers; gives what was killed, nothing where there is none yet or any more."""
    processes = below(root)
    if kind == "command":
        chosen = [root]
    else:
        keepers = [pid for pid in processes if parent(Path("/proc", str(pid))) == root]
        chosen = keepers if kind == "keeper" else [pid for pid in processes if pid not in keepers]
    try:
        for pid in chosen[:1]:
            os.kill(pid, signal.SIGKILL)
            return kind
    except ProcessLookupError:
        pass
    return ""


def left(seen: dict[int, str]) -> list[int]:
    """Those of these processes that are still there after five seconds."""
    remaining = [pid for pid, start in seen.items() if start]
    for _ in range(50):
        remaining = [pid for pid in remaining if began(pid) == seen[pid]]
        if not remaining:
            break
        time.sleep(0.1)
    return remaining
