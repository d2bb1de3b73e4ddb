"""How fast the pages of a large knowledge base answer: p95 for one visitor, eight visitors at once, and the server's memory.

    python bench/site.py [--circulars N] [--seconds S] [--base FILE] [--write]

A base is made of the circulars in tests/circulars: read once, then copied with other numbers, days and dues. The server is
`circulars serve`. The exit status is 1 where a figure is above its bound, or an answer fails. `--write` puts the figures into
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import written

from ingest.issuers import houses
from kb import intake, store
from kb.schema import FACTS

CIRCULARS = Path(__file__).parents[1] / "tests" / "circulars"
OWN = {"id", "circular", "expression", "pair", "left", "right", "deadline", "event", "reference"}
"""Columns that are keys: a copy has its own."""

DAYS = {"issued", "due", "due_business", "start", "end", "stated"}
"""Columns that are days: a copy lies on other ones."""

FEW = 0
"""Beyond the first, so many facts of a kind are kept of each text: about a dozen, with the deadlines."""

BOUNDS = {"page": 0.100, "json": 0.050, "search": 0.150}
"""Seconds in which 95 of 100 answers are there."""

MEMORY = 300_000_000

# A base -----------------------------------------------------------------------------------------------------------------


def make(path: Path, circulars: int) -> None:
    """A base of at least so many circulars."""
    with store.open_db(path) as db:
        files = [str(file) for file in sorted(CIRCULARS.rglob("*")) if file.suffix in (".txt", ".html")]
        intake.add(db, intake.collect(files).files, houses())
        with store.writing(db):
            for table in FACTS:
                kept = "SELECT deadline FROM obligation_deadlines" if table == "deadlines" else "0"
                db.execute(f'DELETE FROM "{table}" WHERE ordinal > ? AND id NOT IN ({kept})', [FEW])
        own = db.execute("SELECT count(*) FROM circulars").fetchone()[0]
        tables = ["circulars", "sources", "paths", "expressions", *FACTS, "pairs", "findings", "obligations", "obligation_deadlines"]
        tables += ["event_deadlines", "own_numbers", "bearers", "calendar_told"]
        columns = {table: [column.name for column in db[table].columns] for table in tables}
        for table in tables:
            db.execute(f'CREATE TEMP TABLE "first_{table}" AS SELECT * FROM "{table}"')
        for start in range(1, -(-circulars // own), 100):
            with store.writing(db):
                for copy in range(start, min(start + 100, -(-circulars // own))):
                    for table in tables:
                        header = ", ".join(f'"{name}"' for name in columns[table])
                        values = ", ".join(copied(table, name, copy) for name in columns[table])
                        db.execute(f'INSERT INTO "{table}" ({header}) SELECT {values} FROM "first_{table}"')


def copied(table: str, name: str, copy: int) -> str:
    """What a column of the copy with this number holds, in SQL."""
    column = f'"{name}"'
    text = {("obligations", "id"), ("obligation_deadlines", "obligation"), ("findings", "name"), ("sources", "sha256")}
    text |= {("obligations", "uid"), ("calendar_told", "uid"), ("calendar_told", "obligation")}
    if (table, name) in text or name in {"number", "source", "path"}:
        return f"{column} || '-{copy}'"
    if name in OWN:
        return f"{column} + {copy * 1_000_000}"
    return f"date({column}, '{copy * 37 % 3650 - 1800} days')" if name in DAYS else column


# A server ---------------------------------------------------------------------------------------------------------------


@contextmanager
def served(path: Path) -> Iterator[tuple[str, int]]:
    """Its address and its process."""
    command = [sys.executable, "-c", "from kb.cli import circulars; circulars()", "serve", "--port", "0", "--db", str(path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        found = next(filter(None, (re.search(r"http://\S+", line) for line in server.stderr)))  # after what there is to tell of the base
        try:
            yield found[0].rstrip("/"), server.pid
        finally:
            server.send_signal(signal.SIGINT)


def most_memory(process: int) -> int:
    """Bytes that a process has held at most; nothing is known of it outside Linux."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) * 1024 if found else 0


def busy(process: int) -> float:
    """Seconds of processor time that a process has taken; nothing is known of it outside Linux."""
    status = Path(f"/proc/{process}/stat")
    if not status.exists():
        return 0.0
    fields = status.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def addresses(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Addresses to ask for, by what they are; always the same ones."""
    chosen = random.Random(11)
    with store.open_to_read(path) as db:
        ids = [row[0] for row in db.execute("SELECT id FROM circulars")]
        pairs = [row[0] for row in db.execute("SELECT id FROM pairs")]
    days = [f"202{year}-{month:02d}-01" for year in range(4, 10) for month in (2, 7, 11)]
    return {
        "home": [("page", f"/?on={day}") for day in days],
        "circular": [("page", f"/circular/{one}") for one in chosen.sample(ids, 20)],
        "pair": [("page", f"/pair/{one}") for one in chosen.sample(pairs, 20)],
        "calendar": [("page", f"/calendar?month={day[:7]}") for day in days],
        "findings": [("page", f"/findings?page={page}") for page in range(1, 12)],
        "houses": [("page", "/houses")] * 5,
        "gaps": [("page", "/gaps")] * 5,
        "named query": [("page", f"/circulars/{name}?{asking}") for name, asking in named()],
        "json": [("json", f"/circulars/{table}.json?_size=50") for table in ("circulars", "deadlines", "events", "upcoming", "contacts")]
        + [("json", f"/circulars/circulars/{one}.json") for one in chosen.sample(ids, 10)],
        "search": [("search", f"/search?q={quote(word)}") for word in ("結算", "參與", "通告", "deadline", "participants", "電郵", "系統")],
    }


def named() -> list[tuple[str, str]]:
    """The named queries, each with what an analyst would ask."""
    from kb.serve import metadata

    answers = {
        "house": "SEOCH",
        "party": "CPs",
        "days": "30",
        "kind": "tel",
        "month": "2026-07",
        "number": "CT/140/26",
        "since": "2026-01-01",
    }
    queries = metadata()["databases"]["circulars"]["queries"]
    return [(name, urlencode({key: answers.get(key, "") for key in query.get("params", ())})) for name, query in queries.items()]


# Measuring --------------------------------------------------------------------------------------------------------------


def times(client: httpx.Client, paths: list[tuple[str, str]], rounds: int) -> tuple[list[float], int]:
    """Seconds for each answer, and how many are errors; each address is asked for once before, so nothing is timed on its first read."""
    found, wrong = [], 0
    for turn in range(rounds + 1):
        for _, path in paths:
            start = time.perf_counter()
            wrong += client.get(path).is_error
            if turn:
                found.append(time.perf_counter() - start)
    return found, wrong


def p95(found: list[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]


def crowd(address: str, paths: list[str], clients: int, seconds: float) -> tuple[int, list[str]]:
    """How many answers so many clients get in a time, and what went wrong."""
    until, answered, wrong = time.monotonic() + seconds, [0] * clients, list[str]()

    def ask(number: int) -> None:
        chosen = random.Random(number)
        with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
            while time.monotonic() < until:
                path = chosen.choice(paths)
                try:
                    client.get(path).raise_for_status()
                    answered[number] += 1
                except httpx.HTTPError as error:
                    wrong.append(f"{path}: {error}")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered), wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--circulars", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--base", type=Path, help="keep the base here, or use the one that is there")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.base or Path(folder) / "site.db"
        if not path.exists():
            make(path, options.circulars)
        return measured(path, options)


TOLD = """\
The pages of {base}, asked for by one visitor; every address once before, so that nothing is timed on its first read.
Busy is what the server's processor works for an answer: the rest of the time other programs had it.

| pages | p95 ms | median ms | busy ms | bound ms | errors |
|---|---|---|---|---|---|
{table}

{crowd}"""


def measured(path: Path, options: argparse.Namespace) -> int:
    with store.open_to_read(path) as db:
        circulars = db.execute("SELECT count(*) FROM circulars").fetchone()[0]
        facts = sum(db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in FACTS)
    base = f"a base of {circulars:,} circulars with {facts:,} facts, {path.stat().st_size / 1e6:,.0f} MB"
    print(base)
    failed, table = False, []
    with served(path) as (address, process), httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        asked = addresses(path)
        for name, paths in asked.items():
            before = busy(process)
            took, wrong_ones = times(client, paths, options.rounds)
            each, bound = (busy(process) - before) / (len(paths) * (options.rounds + 1)), BOUNDS[paths[0][0]]
            failed |= p95(took) > bound or wrong_ones > 0
            figures = (p95(took), sorted(took)[len(took) // 2], each, bound)
            table.append(f"| {name} | {' | '.join(f'{figure * 1e3:.0f}' for figure in figures)} | {wrong_ones} |")
            print(table[-1], flush=True)
        every = [path for paths in asked.values() for _, path in paths]
        count, wrong = crowd(address, every, options.clients, options.seconds)
        memory = most_memory(process)
    failed |= bool(wrong) or memory > MEMORY
    told = f"{options.clients} visitors at once for {options.seconds:.0f} s get {count:,} answers, {len(wrong)} of them an error"
    told += f"; the server has held {memory / 1e6:.0f} MB at most."
    print(told, *wrong[:5], sep="\n")
    if options.write:
        written.write("The site", TOLD.format(base=base, table="\n".join(table), crowd=told))
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
