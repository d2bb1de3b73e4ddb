"""Hostile and damaged files through `circulars add`, good ones in between: who ends the batch, outgrows it or corrupts it?

    python tools/robust.py [--seconds 30] [--memory 1000] [--jobs 2] [--damaged 1900] [--only REGEX] [--keep FOLDER]

More than 2,000 cases, the same in every run; `tests/robust_files.py` makes them. These must hold: the command ends by itself
and without a traceback; every good file is in the database; every case is either there or named once with the reason, as its
verdict asks; no worker is larger than its limit, and none is left behind; the database is sound; nothing from outside a file
is quoted. Then every case that was thought of is read once more alone and on the clock; and the command is run over good files
while it, the process that keeps its readers, or a reader is killed (`tools/kills.py`). Exit status 1 if anything does not hold.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from kills import killed, left, unsound
from processes import began, below, resident
from robust_files import CANARY, Case, bombs, cases, good

from ingest.errors import UnreadableSource
from ingest.settings import Settings

BETWEEN = 10
SLACK = 5.0
"""Seconds that a kill and a new worker may take beyond the limit."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A file in the inbox; of a good one `case` is None."""

    path: Path
    case: Case | None


@dataclass(slots=True)
class Watched:
    """What was seen of the command and all processes below it."""

    status: int | None = None
    seconds: float = 0
    said: str = ""
    complaints: str = ""
    peak: int = 0
    seen: dict[int, str] = field(default_factory=dict)


def place(folder: Path, chosen: Iterator[Case]) -> list[Placed]:
    """The inbox: after every ten cases a good file."""
    placed: list[Placed] = []
    for number, case in enumerate(chosen):
        if number % BETWEEN == 0:
            path = folder / f"{number:05}-.good.txt"
            path.write_bytes(good(number))
            placed.append(Placed(path, None))
        path = folder / f"{number:05}-{case.name}"
        case.place(path)
        placed.append(Placed(path, case))
    return placed


# The command, watched ---------------------------------------------------------------------------------------------------


def add(folder: Path, db: Path, options: argparse.Namespace) -> Watched:
    """Run the command over the inbox; meanwhile note how large the processes below it become."""
    command = [sys.executable, "-c", "from kb.cli import circulars; circulars(prog_name='circulars')", "add", str(folder), "--db", str(db)]
    command += ["-j", str(options.jobs), "--timeout", str(options.seconds), "--memory", str(options.memory)]
    watched, start = Watched(), time.monotonic()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env={**os.environ, "PYTHONUTF8": "1"})
        ended = threading.Event()
        watcher = threading.Thread(target=watch, args=(running.pid, ended, watched))
        watcher.start()
        try:
            watched.status = running.wait(options.deadline)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        ended.set()
        watcher.join()
        watched.seconds = time.monotonic() - start
        out.seek(0)
        err.seek(0)
        watched.said, watched.complaints = out.read(), err.read()
    return watched


def watch(root: int, ended: threading.Event, watched: Watched) -> None:
    """Until it ends, note every process below this one and the largest resident size; nothing where there is no /proc."""
    while not ended.wait(0.2):
        for pid in below(root):
            watched.seen[pid] = began(pid)
            watched.peak = max(watched.peak, resident(pid))


# What must hold ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the files: their reasons by path, and the hashes and paths of what was read."""

    reasons: Mapping[str, Sequence[str]]
    hashes: frozenset[str]
    paths: frozenset[str]

    def read(self, placed: Placed, folder: Path) -> bool:
        """Whether a file is in the database, under its own name, by its bytes, or by a part of it."""
        name = placed.path.relative_to(folder.parent).as_posix()
        if name in self.paths or any(path.startswith(f"{name}/") for path in self.paths):
            return True
        return placed.path.is_file() and hashed(placed.path) in self.hashes

    def refused(self, placed: Placed) -> str:
        """Why a file was refused, its parts included; empty if it was not."""
        return " | ".join(self.reasons.get(str(placed.path), ()))


def hashed(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def outcome(watched: Watched, db: Path, placed: Sequence[Placed]) -> Outcome:
    """Read the command's complaints and its database."""
    reasons: dict[str, list[str]] = {}
    names = {str(one.path) for one in placed}
    for line in watched.complaints.splitlines():
        path, _, reason = line.partition(": ")
        while path not in names and "/" in path:
            path, _, part = path.rpartition("/")
            reason = f"{part}: {reason}"
        reasons.setdefault(path, []).append(reason)
    connection = sqlite3.connect(db)
    rows = connection.execute("SELECT sha256, path FROM sources").fetchall()
    connection.close()
    return Outcome(reasons, frozenset(sha256 for sha256, _ in rows), frozenset(path for _, path in rows))


def violations(watched: Watched, placed: Sequence[Placed], folder: Path, db: Path, options: argparse.Namespace) -> Iterator[str]:
    """Everything that should have held and did not."""
    if watched.status is None:
        yield f"the batch did not end within {options.deadline} s"
    elif watched.status not in (0, 1):
        yield f"the command ended with status {watched.status}: {watched.complaints[-500:]}"
    if "Traceback" in watched.complaints:
        yield f"a traceback: …{watched.complaints[watched.complaints.index('Traceback') :][:2000]}"
    if watched.peak > options.memory * 1_000_000:
        yield f"a process below the command grew to {watched.peak / 1e6:.0f} MB"
    yield from (f"process {pid} outlived the command" for pid in left(watched.seen))
    yield from unsound(db)
    if CANARY.encode() in db.read_bytes() + watched.complaints.encode():
        yield "a file of the machine was quoted"
    found = outcome(watched, db, placed)
    for one in placed:
        yield from wronged(one, found, folder)


def wronged(one: Placed, found: Outcome, folder: Path) -> Iterator[str]:
    """What is wrong with what became of one file."""
    read, reason = found.read(one, folder), found.refused(one)
    if one.case is None:
        if not read:
            yield f"{one.path.name}: a good file was not read: {reason or 'nothing was said'}"
        return
    if not read and not reason:
        yield f"{one.path.name}: neither read nor refused"
    if one.case.verdict == "read" and not read:
        yield f"{one.path.name}: must be read; {reason}"
    if one.case.verdict == "refused" and (read or not re.search(one.case.says, reason)):
        asked = f" with {one.case.says!r}" if one.case.says else ""
        yield f"{one.path.name}: must be refused{asked}; {'was read' if read else reason or 'nothing was said'}"


# Alone and on the clock -------------------------------------------------------------------------------------------------


def alone(placed: Sequence[Placed], options: argparse.Namespace) -> Iterator[tuple[float, str, str]]:
    """Seconds, name and what came of it, of each of these files read by a confined process of its own, so many at a time."""
    files = [one.path for one in placed if one.case and one.path.is_file()]
    with ProcessPoolExecutor(options.jobs) as pool:
        yield from pool.map(clocked, files, repeat(Settings(seconds=options.seconds, memory=options.memory * 1_000_000)))


def clocked(path: Path, how: Settings) -> tuple[float, str, str]:
    from kb.reading import answers

    start = time.monotonic()
    [answer] = answers([path], how)
    told = [part.reason if isinstance(part, UnreadableSource) else "read" for part in answer]
    return time.monotonic() - start, path.name, told[0]


def kinds(found: Outcome) -> Counter[str]:
    """How often a reason was given, with what differs from file to file left out."""
    ours = (re.sub(r"\d+(\.\d+)?", "N", reason) for reasons in found.reasons.values() for reason in reasons)
    return Counter(re.split(r"[;(]| in it", reason.split(": ", 1)[-1])[0].strip()[:76] for reason in ours)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=30, help="limit for one file (30)")
    parser.add_argument("--memory", type=int, default=1000, help="limit for one file in MB (1000)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="files at a time (one for each core)")
    parser.add_argument("--damaged", type=int, default=1900, help="about so many damaged files (1900)")
    parser.add_argument("--deadline", type=int, default=1200, help="seconds after which the batch counts as hanging (1200)")
    parser.add_argument("--only", default="", help="only the cases whose name matches")
    parser.add_argument("--keep", type=Path, help="make the files and the database in this folder, and keep them")
    parser.add_argument("--kills", type=int, default=36, help="so many runs of the command of which a process is killed (36)")
    parser.add_argument("--no-clock", action="store_true", help="do not read the bombs once more alone")
    return parser.parse_args()


def main() -> int:
    """Make the files, run the command, say what held."""
    wanted = options()
    with tempfile.TemporaryDirectory() as temporary:
        home = wanted.keep or Path(temporary)
        folder, db, canary = home / "inbox", home / "circulars.db", home / "canary"
        folder.mkdir(parents=True)
        canary.write_text(CANARY, "utf-8")
        placed = place(folder, (case for case in cases(canary, wanted.damaged) if re.search(wanted.only, case.name)))
        watched = add(folder, db, wanted)
        wrong = list(violations(watched, placed, folder, db, wanted))
        found = outcome(watched, db, placed)
        summary(placed, watched, found)
        if not wanted.no_clock:
            by_hand = {case.name for case in bombs(canary)}
            slow = sorted(alone([one for one in placed if one.case and one.case.name in by_hand], wanted), reverse=True)
            wrong += [f"{name}: took {seconds:.1f} s alone" for seconds, name, _ in slow if seconds > wanted.seconds + SLACK]
            print(f"\nThe slowest of {len(slow)} read alone (limit {wanted.seconds} s, {wanted.memory} MB)")
            for seconds, name, told in slow[:15]:
                print(f"  {seconds:5.1f} s  {name:32} {told[:90]}")
    wrong += killed(wanted.kills)
    print(f"\n{len(wrong)} violations")
    for line in wrong:
        print(f"  {line}")
    return int(bool(wrong))


def summary(placed: Sequence[Placed], watched: Watched, found: Outcome) -> None:
    """Print what became of the batch."""
    hostile = [one for one in placed if one.case]
    print(f"{len(hostile)} hostile or damaged files, {len(placed) - len(hostile)} good ones between them")
    print(f"{watched.seconds:.0f} s, largest process {watched.peak / 1e6:.0f} MB; it said: {watched.said.strip()}")
    for reason, count in kinds(found).most_common(25):
        print(f"  {count:5}  {reason}")


if __name__ == "__main__":
    sys.exit(main())
