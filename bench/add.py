"""How fast a folder of mixed files is added, and added again: files a second, new and unchanged, and the memory of the command itself.

    python bench/add.py [FILES] [--jobs N]

Circulars as text, web pages, e-mails with a page attached, Word files and PDFs, in English and Chinese, by two houses; every number,
day and sentence drawn anew, so that none is a copy of another but one in twenty, which is.
The second run knows each file by its hash and reads none.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from pdf_content import Content, Lang, content
from pdf_factory import by_reportlab

FORMATS = ("txt", "html", "eml", "docx", "html", "pdf")
COPIES = 20
"""One file in so many is a copy of the one before it."""


def circular(number: int) -> Content:
    """A circular unlike every other; each comes in both languages, one after the other."""
    lang: Lang = "zh-Hant" if number % 2 else "en"
    return content(number // 2, lang, sections=1, events=4)


def text(told: Content) -> bytes:
    rows = ["\t".join(cells) for cells in told.rows]
    return "\n\n".join([*(part.text for part in told.parts), "\n".join(rows), *(part.text for part in told.rest)]).encode()


def page(told: Content) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}" for cell in cells) for cells in told.rows)
    before, behind = ("".join(f"<p>{escape(part.text)}</p>" for part in parts) for parts in (told.parts, told.rest))
    return f"<!doctype html><meta charset=utf-8><title>{escape(told.head)}</title>{before}<table>{rows}</table>{behind}".encode()


def word(told: Content) -> bytes:
    from docx import Document

    document, stream = Document(), io.BytesIO()
    for part in told.parts:
        document.add_paragraph(part.text)
    table = document.add_table(rows=len(told.rows), cols=len(told.rows[0]))
    for row, cells in zip(table.rows, told.rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    for part in told.rest:
        document.add_paragraph(part.text)
    document.save(stream)
    return stream.getvalue()


def mail(told: Content) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Circular", "desk@relay.example", "all@relay.example"
    message.set_content("Please find the circular attached.")
    message.add_attachment(page(told), maintype="text", subtype="html", filename="circular.html")
    message.set_boundary(f"part-{hashlib.sha256(told.head.encode()).hexdigest()[:16]}")  # else it is drawn anew, and a copy is none
    return message.as_bytes()


MAKERS: dict[str, Callable[[Content], bytes]] = {"txt": text, "html": page, "eml": mail, "docx": word}


def fill(folder: Path, count: int) -> None:
    """Make so many files; the PDFs at once, since their fonts are cut out of large ones."""
    originals = [number - (number % COPIES == COPIES - 1) for number in range(count)]
    kinds = [FORMATS[original % len(FORMATS)] for original in originals]
    ours = sorted({original for original, kind in zip(originals, kinds, strict=True) if kind == "pdf"})
    pdfs = dict(zip(ours, by_reportlab([("ruled", circular(original)) for original in ours]), strict=True))
    for number, (original, kind) in enumerate(zip(originals, kinds, strict=True)):
        data = pdfs[original] if kind == "pdf" else MAKERS[kind](circular(original))
        (folder / f"{number:05}.{kind}").write_bytes(data)


def add(folder: Path, db: Path, jobs: int) -> tuple[float, int, str]:
    """Seconds that the command takes, the most bytes that it holds itself (0 where there is no /proc), and what it says."""
    command = [sys.executable, "-c", "from kb.cli import circulars; circulars(prog_name='circulars')", "add", str(folder), "--db", str(db)]
    start, peak = time.monotonic(), 0
    with subprocess.Popen([*command, "-j", str(jobs)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        while True:
            peak = max(peak, held(run.pid))
            try:
                said, _ = run.communicate(timeout=0.1)
                break
            except subprocess.TimeoutExpired:
                continue
    seconds = time.monotonic() - start
    if run.returncode:
        raise SystemExit(f"circulars add ended with {run.returncode}: {said}")
    return seconds, peak, said.strip()


def held(pid: int) -> int:
    """The most bytes that a process has held until now; 0 where the system does not say, or it has ended."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc", str(pid), "status").read_text("ascii"))
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def main(words: Sequence[str]) -> int:
    """Print both runs; the exit status is 1 where the second one takes a tenth of the first or more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=int, nargs="?", default=2000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    wanted = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as home:
        folder, db = Path(home) / "inbox", Path(home) / "circulars.db"
        folder.mkdir()
        fill(folder, wanted.files)
        runs = [add(folder, db, wanted.jobs) for _ in range(2)]
    print(f"{'circulars add':14} {'files':>6} {'s':>8} {'files/s':>9} {'MB':>5}   said")
    for name, (seconds, peak, said) in zip(("new", "unchanged"), runs, strict=True):
        print(f"{name:14} {wanted.files:6} {seconds:8.1f} {wanted.files / seconds:9.0f} {peak / 1e6:5.0f}   {said}")
    print(f"the second run took {runs[1][0] / runs[0][0]:.3f} of the first")
    return int(runs[1][0] * 10 >= runs[0][0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
