"""How fast circulars are read, for each second of one core: copies with one changed word each, after start-up, with the peak of memory.

    python bench/read.py [COPIES]

The first row is the floor: to read the bytes, hash and decode them, without looking at what they say. Where the
directory `../shared/seeds` exists, its circulars are measured as well. Each sample runs in a process of its own.
"""

from __future__ import annotations

import hashlib
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from ingest.pipeline import read

ROOT = Path(__file__).parents[1]
HOTLINE = re.compile(r"2979 \d{4}")
WARM_UP = 20
MIB = 2**20 if sys.platform == "darwin" else 2**10  # macOS counts bytes, Linux kibibytes


def samples() -> list[Path]:
    """The examples, and the seeds where they are at hand."""
    seeds = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
    return [*sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in {".html", ".txt"}), *seeds]


def copies(sample: Path, folder: Path, count: int) -> Iterator[Path]:
    """Copies that differ in name and in one word, so that nothing can be remembered from one to the next."""
    text = sample.read_text("utf-8")
    for number in range(count):
        path = folder / f"{number:05}{sample.suffix}"
        path.write_text(HOTLINE.sub(f"2979 {number:04}", text, count=1), "utf-8")
        yield path


def floor(path: Path) -> str:
    """The least that any reader does."""
    data = path.read_bytes()
    return hashlib.sha256(data).hexdigest() + data.decode("utf-8")


def rate(work: Callable[[Path], object], paths: list[Path]) -> float:
    """Documents a second of processor time, after a few that pay for the start."""
    for path in paths[:WARM_UP]:
        work(path)
    start = time.process_time()
    for path in paths[WARM_UP:]:
        work(path)
    return (len(paths) - WARM_UP) / (time.process_time() - start)


def measure(name: str, sample: Path, count: int) -> tuple[float, float]:
    """Documents a second and peak memory in MiB, of a process that does nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        speed = rate({"floor": floor, "read": read}[name], list(copies(sample, Path(folder), count + WARM_UP)))
    return speed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB


def main(count: int = 1000) -> None:
    """Print a row for each sample, with its ratio to the floor and to the first sample."""
    print(f"{'sample':28} {'kB':>6} {'docs/s':>9} {'of floor':>9} {'to first':>9} {'peak MiB':>9}")
    first = 0.0
    for index, sample in enumerate(samples()):
        with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
            bottom, _ = pool.submit(measure, "floor", sample, count).result()
            speed, peak = pool.submit(measure, "read", sample, count).result()
        size = sample.stat().st_size / 1000
        if not index:
            print(f"{'floor (bytes, hash, decode)':28} {size:6.1f} {bottom:9.0f} {1:9.3f}")
            first = speed
        print(f"{sample.name:28} {size:6.1f} {speed:9.0f} {speed / bottom:9.3f} {speed / first:9.2f} {peak:9.0f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
