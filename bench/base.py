"""How well and how fast a whole base is paired and checked: precision, recall, time at two sizes, and memory.

    python bench/base.py [SIZES…] [--jobs N] [--write]

A base is made with known truth (tests/base_factory.py) and read by the real reader; pairing and checking are timed without
the reading. The exit status is 1 where precision or recall is below 0.99, or where a circular of the largest base takes half as long
again as one of the smallest. `--write` puts the figures into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import written
from base_factory import Base, Circular, base
from pair_factory import told

from ingest.issuers import houses
from ingest.model import Expression
from kb import checks, pairs

ENOUGH = 0.99
SLOWER = 1.5


class Run(NamedTuple):
    """What one size gives: seconds for pairing and for checking, how right the pairs are, and bytes of memory at most."""

    circulars: int
    pairing: float
    checking: float
    precision: float
    recall: float
    memory: int
    wrong: list[str]


def read(circular: Circular) -> Expression:
    return told(circular.text, circular.name)


def run(made: Base, jobs: int) -> Run:
    """Read a base, pair it and check every pair."""
    with ProcessPoolExecutor(jobs) as pool:
        expressions = list(pool.map(read, made.circulars, chunksize=50))
    known = houses()
    start = time.process_time()
    found = pairs.find(expressions, known)
    paired = time.process_time()
    for pair in found:
        checks.compare(expressions[pair.left], expressions[pair.right], known)
    checked = time.process_time()
    told_pairs = {(*sorted((pair.left, pair.right)), pair.relation) for pair in found}
    right = len(told_pairs & made.pairs)
    wrong = [f"{relation}: {made.circulars[a].name} {made.circulars[b].name}" for a, b, relation in sorted(told_pairs ^ made.pairs)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(len(made.circulars), paired - start, checked - paired, right / len(told_pairs), right / len(made.pairs), peak, wrong)


TOLD = """\
Bases with known truth: circulars of several houses with their sisters, translations, re-issues, corrections and templates of other days.
Pairing and checking are timed by processor time on one core, without the reading; precision and recall are those of the pairs found.

| circulars | pairing s | checking s | ms each | precision | recall | peak MB |
|---|---|---|---|---|---|---|"""


def row(one: Run) -> str:
    """A line of a Markdown table."""
    times = f"{one.pairing:.1f} | {one.checking:.1f} | {cost(one) * 1000:.1f}"
    return f"| {one.circulars:,} | {times} | {one.precision:.4f} | {one.recall:.4f} | {one.memory / 1e6:.0f} |"


def main(words: Sequence[str]) -> int:
    """Print a line for each size; the exit status is 1 where something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 4000])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    wanted = parser.parse_args(words)
    runs = [run(base(size), wanted.jobs) for size in sorted(wanted.sizes)]
    print(f"{'base':8} {'pairing s':>10} {'checking s':>11} {'ms each':>8} {'precision':>10} {'recall':>7} {'MB':>6}")
    for one in runs:
        times = f"{one.circulars:<8} {one.pairing:10.2f} {one.checking:11.2f} {cost(one) * 1000:8.2f}"
        print(f"{times} {one.precision:10.4f} {one.recall:7.4f} {one.memory / 1e6:6.0f}")
        for line in one.wrong[:10]:
            print(f"  wrong or missing, {line}")
    if wanted.write:
        written.write("Pairs and checks over a whole base", "\n".join([TOLD, *map(row, runs)]))
    right = all(one.precision >= ENOUGH and one.recall >= ENOUGH for one in runs)
    return int(not right or cost(runs[-1]) > SLOWER * cost(runs[0]))


def cost(one: Run) -> float:
    """Seconds of pairing and checking for each circular."""
    return (one.pairing + one.checking) / one.circulars


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
