"""How well and how fast scans are recognised: digital PDFs are printed, put askew, soiled and compressed, and read again.

    python bench/ocr.py FOLDER [--dpi 200] [--engine ours,tesseract] [--pages 4] [--write]

What the text layer of the PDF says is the truth. Counted are characters, words and numbers whatever their order, since
engines go through columns and cells in different ways; reading order is tested elsewhere. Pages are spread over the folder.
Prints the table of `docs/ocr.md`, with the processor seconds that a page takes, or writes it there; four pages take a minute
or two. An engine that is not installed is left out.
"""

from __future__ import annotations

import argparse
import io
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from ingest.formats import garbage, ocr

Picture = NDArray[np.uint8]
KINDS = {
    "Han characters": r"[\u3400-\u9fff]",
    "letters": r"[A-Za-z]",
    "digits": r"\d",
    "English words": r"(?<![A-Za-z])[A-Za-z]{2,}(?![A-Za-z])",
    "numbers": r"\d+",
}


def pages(folder: Path, most: int) -> Iterator[tuple[str, pdfium.PdfPage]]:
    """The first pages of so many PDFs that have a text layer, from all over the folder."""
    found = []
    for path in sorted(folder.rglob("*.pdf")):
        try:
            page = pdfium.PdfDocument(path)[0]
        except pdfium.PdfiumError:
            continue
        text = page.get_textpage().get_text_range()
        if len(text) > 200 and not garbage.why(text):
            found.append((text, page))
    for place in range(min(most, len(found))):
        yield found[place * len(found) // min(most, len(found))]


def scanned(page: pdfium.PdfPage, dpi: int, chance: np.random.Generator) -> Picture:
    """The page as an office scanner gives it: up to 2 degrees askew, soft, grey, noisy, JPEG at quality 55."""
    sheet = page.render(scale=dpi / 72).to_pil().convert("L")
    sheet = sheet.rotate(float(chance.uniform(-2, 2)), resample=Image.Resampling.BICUBIC, fillcolor=255)
    sheet = sheet.filter(ImageFilter.GaussianBlur(dpi / 400))
    grey = np.asarray(sheet, dtype=float) * 0.92 + 8 + chance.normal(0, 8, (sheet.height, sheet.width))
    packed = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype("uint8")).save(packed, "JPEG", quality=55)
    return np.asarray(Image.open(packed))


def ours(image: Picture, width: float, height: float) -> str:
    return "\n".join(run.text for run in ocr.leaf(image, 1, width, height).runs)


def tesseract(image: Picture, width: float, height: float) -> str:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        Image.fromarray(image).save(file.name)
        dpi = round((image.shape[1] / width + image.shape[0] / height) * 36)
        command = ["tesseract", file.name, "-", "-l", "chi_tra+eng", "--psm", "3", "--dpi", str(dpi)]
        return subprocess.run(
            command, capture_output=True, text=True, check=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"}
        ).stdout


ENGINES: dict[str, Callable[[Picture, float, float], str]] = {"ours": ours, "tesseract": tesseract}


INSTALLED: dict[str, Callable[[], bool]] = {"ours": ocr.available, "tesseract": lambda: shutil.which("tesseract") is not None}
NAMES = {"ours": "rapidocr, as used here", "tesseract": "tesseract `chi_tra+eng`"}
DOCS = Path(__file__).parents[1] / "docs" / "ocr.md"


def processor() -> float:
    """Processor seconds of this process and of the programs that it has run."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def measured(name: str, dpi: int, sheets: Sequence[tuple[str, pdfium.PdfPage]]) -> str:
    """A row of the table: how well one engine reads these pages at so many dots an inch."""
    chance, counts, seconds = np.random.default_rng(7), {kind: [0, 0, 0] for kind in KINDS}, 0.0
    for text, page in sheets:
        image = scanned(page, dpi, chance)
        start = processor()
        found = ENGINES[name](image, *page.get_size())
        seconds += processor() - start
        for kind, pattern in KINDS.items():
            want, got = Counter(re.findall(pattern, text)), Counter(re.findall(pattern, found))
            for place, count in enumerate(((want & got).total(), want.total(), got.total())):
                counts[kind][place] += count
    f1 = " | ".join(f"{2 * both / max(want + got, 1):.3f}" for both, want, got in counts.values())
    return f"| {NAMES[name]} | {dpi} | {f1} | {seconds / len(sheets):.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dpi", default="200")
    parser.add_argument("--engine", default=",".join(ENGINES))
    parser.add_argument("--pages", type=int, default=4)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    sheets = list(pages(asked.folder, asked.pages))
    if not sheets:
        sys.exit(f"{asked.folder}: no PDF with a text layer in it")
    table = [f"| engine | dpi | {' | '.join(KINDS)} | processor seconds a page |", "|---" * (len(KINDS) + 3) + "|"]
    print("\n".join(table))
    for name in asked.engine.split(","):
        for dpi in map(int, asked.dpi.split(",")):
            if INSTALLED[name]():
                table.append(measured(name, dpi, sheets))
                print(table[-1], flush=True)
    if asked.write:
        text, former = DOCS.read_text("utf-8"), re.compile(r"\| engine \| dpi \|.*?(?=\n\n)", re.DOTALL)
        DOCS.write_text(former.sub(lambda _: "\n".join(table), text), "utf-8")


if __name__ == "__main__":
    main()
