"""How well and how fast scans are recognised: digital PDFs are printed, put askew, soiled and compressed, and read again.

    python bench/ocr.py FOLDER [--dpi 150,200,300] [--engine ours,tesseract] [--pages N]

What the text layer of the PDF says is the truth. Counted are characters, words and numbers whatever their order, since
engines go through columns and cells in different ways; reading order is tested elsewhere. Prints rows for `docs/ocr.md`.
"""

from __future__ import annotations

import argparse
import io
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
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
    """The first page of each PDF that has a text layer."""
    for path in sorted(folder.rglob("*.pdf"))[: most or None]:
        try:
            page = pdfium.PdfDocument(path)[0]
        except pdfium.PdfiumError:
            continue
        text = page.get_textpage().get_text_range()
        if len(text) > 200 and not garbage.why(text):
            yield text, page


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dpi", default="150,200,300")
    parser.add_argument("--engine", default=",".join(ENGINES))
    parser.add_argument("--pages", type=int, default=0)
    asked = parser.parse_args()
    print("| engine | dpi | " + " | ".join(KINDS) + " | s a page | MB |")
    print("|---" * (len(KINDS) + 4) + "|")
    for name in asked.engine.split(","):
        for dpi in map(int, asked.dpi.split(",")):
            chance, counts, seconds, read = np.random.default_rng(7), {kind: [0, 0, 0] for kind in KINDS}, 0.0, 0
            for text, page in pages(asked.folder, asked.pages):
                image = scanned(page, dpi, chance)
                start = time.perf_counter()
                found = ENGINES[name](image, *page.get_size())
                seconds, read = seconds + time.perf_counter() - start, read + 1
                for kind, pattern in KINDS.items():
                    want, got = Counter(re.findall(pattern, text)), Counter(re.findall(pattern, found))
                    for place, count in enumerate(((want & got).total(), want.total(), got.total())):
                        counts[kind][place] += count
            f1 = " | ".join(f"{2 * both / max(want + got, 1):.4f}" for both, want, got in counts.values())
            peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
            print(f"| {name} | {dpi} | {f1} | {seconds / max(read, 1):.1f} | {peak // 1000} |", flush=True)
    sys.exit(0)


if __name__ == "__main__":
    main()
