"""How fast PDFs are read, beside others on the same files: pages a second of one core, and peak memory.

    python bench/pdf.py [--count 20] [--write]

Of each producer that is here, so many circulars of three to four pages: their schedule ruled, without rulings, or none. Each
reader runs in a process of its own, after a few files that pay for its start. `--write` puts the figures, with machine
and versions, into docs/benchmarks.md. The ceiling is pdfium's text and nothing else.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import written
from pdf_factory import PRODUCERS, Layout, Producer, documents, missing

LAYOUTS: tuple[Layout, ...] = ("ruled", "borderless", "none")
WARM_UP = 3
MIB = 2**20 if sys.platform == "darwin" else 2**10  # macOS counts bytes, Linux kibibytes


# The readers ------------------------------------------------------------------------------------------------------------


def facts(path: Path) -> None:
    """Ours, all of it: layout, tables, facts, their places."""
    from ingest.pipeline import read

    read(path)


def layout(path: Path) -> None:
    """Ours without the facts: paragraphs in reading order, tables."""
    from ingest import formats

    formats.read(path.read_bytes(), path.name)


def pdfplumber_loop(path: Path) -> None:
    """What most programs do."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(path.read_bytes())) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()


def pdfium_text(path: Path) -> None:
    """The ceiling: text and nothing else."""
    import pypdfium2

    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        for page in document:
            page.get_textpage().get_text_range()


def pdftotext(path: Path) -> None:
    """Poppler's program: a process for each file, its start included."""
    subprocess.run(["pdftotext", "-layout", str(path), "-"], stdout=subprocess.DEVNULL, check=True)


READERS: dict[str, Callable[[Path], None]] = {
    "pdfplumber text + tables": pdfplumber_loop,
    "circular-kb, layout and tables": layout,
    "circular-kb, all facts": facts,
    "pdfium, text only": pdfium_text,
    "poppler pdftotext -layout": pdftotext,
}
BASE, CEILING = "pdfplumber text + tables", "pdfium, text only"


# Measuring --------------------------------------------------------------------------------------------------------------


class Figure(NamedTuple):
    """What one reader needs for the files of one producer: pages a second of processor time, peak memory in MiB."""

    pages: float
    peak: float


def used() -> float:
    """Processor time of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(name: str, paths: Sequence[Path], pages: int) -> Figure:
    """Read them all, in a process that does nothing else."""
    logging.disable()  # pdfminer complains of fonts that it reads all the same
    reader = READERS[name]
    for path in paths[:WARM_UP]:
        reader(path)
    start = used()
    for path in paths:
        reader(path)
    spent = used() - start
    return Figure(pages / spent, peak(resource.RUSAGE_CHILDREN if name.startswith("poppler") else resource.RUSAGE_SELF))


def peak(who: int) -> float:
    """The most memory in MiB that was in use; Linux counts what stood in the parent at the start too, but not in VmHWM."""
    told = re.search(r"^VmHWM:\s*(\d+) kB", text(Path("/proc/self/status")), re.MULTILINE)
    if told and who == resource.RUSAGE_SELF:
        return int(told[1]) / 1024
    return resource.getrusage(who).ru_maxrss / MIB


def samples(producer: Producer, folder: Path, count: int) -> tuple[list[Path], int]:
    """So many files of a producer, and how many pages they have."""
    rounds = -(-count // (2 * len(LAYOUTS)))
    paths, pages = [], 0
    for made in list(documents(producer, LAYOUTS, count=rounds))[:count]:
        path = folder / made.name
        path.write_bytes(made.data)
        paths.append(path)
        pages += made.pages
    return paths, pages


def figures(count: int) -> Iterator[tuple[Producer, int, dict[str, Figure]]]:
    """For each producer that is here: its pages, and a figure for each reader."""
    names = [name for name in READERS if not name.startswith("poppler") or shutil.which("pdftotext")]
    for producer in PRODUCERS:
        if reason := missing(producer):
            print(f"{producer}: left out, {reason}", file=sys.stderr)
            continue
        with (
            tempfile.TemporaryDirectory() as folder,
            ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool,
        ):
            paths, pages = samples(producer, Path(folder), count)
            yield producer, pages, {name: pool.submit(measure, name, paths, pages).result() for name in names}


# Telling ----------------------------------------------------------------------------------------------------------------


def rows(producer: Producer, pages: int, found: dict[str, Figure]) -> Iterator[str]:
    """The lines of a Markdown table."""
    base, ceiling = found[BASE].pages, found[CEILING].pages
    for name, (speed, peak) in found.items():
        yield f"| {producer} ({pages} pages) | {name} | {speed:.0f} | {speed / base:.1f} | {speed / ceiling:.2f} | {peak:.0f} |"


HEAD = """\
| PDFs by | reader | pages/s | to pdfplumber | of pdfium's text | peak MiB |
|---|---|---|---|---|---|"""

TOLD = """\
In one run over the same files: circulars of three to five pages in English and Chinese, written for this project.
Their schedule is ruled, has no rulings, or there is none.
The figures are pages a second of processor time on one core; ratios travel between machines, pages a second do not.
Peak memory is that of a process which does nothing else.
pdftotext is a program of its own: its figure includes one start for each file.

{table}

Versions: {versions}.
"""


def text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.exists() else ""


def versions() -> str:
    """Of everything that was measured or made the files."""
    told = [f"{name} {version(name)}" for name in ("circular-kb", "pypdfium2", "pdfplumber", "weasyprint", "reportlab")]
    for command, name in (
        (["chromium", "--version"], "Chromium"),
        (["soffice", "--version"], "LibreOffice"),
        (["pdftotext", "-v"], "pdftotext"),
    ):
        if shutil.which(command[0]):
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if found := re.search(r"\d+(\.\d+)+", run.stdout + run.stderr):
                told.append(f"{name} {found[0]}")
    return ", ".join(told)


def main() -> None:
    """Print the table; write it down where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20, help="files of each producer (20)")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    wanted = parser.parse_args()
    print(HEAD, flush=True)
    lines = [HEAD]
    for producer, pages, found in figures(wanted.count):
        told = list(rows(producer, pages, found))
        print("\n".join(told), flush=True)
        lines += told
    if wanted.write:
        written.write("PDFs", TOLD.format(table="\n".join(lines), versions=versions()))


if __name__ == "__main__":
    main()
