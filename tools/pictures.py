"""Make the pictures of the site that README.md and the tutorial show: the pages of the examples, as Chromium draws them.

Run by `make pictures`. A picture is as a reader's screen shows it, in few colours so that it stays small.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright

from ingest.issuers import houses
from kb import intake, resources, serve, store

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
WIDTH, SCALE, COLOURS = 1100, 1, 128

PICTURES = {
    "home": ("/?on=2027-01-15&days=70&lang=en", 860),
    "pair": ("{disagreeing}", 820),
    "calendar": ("/calendar?month=2027-03&lang=en", 860),
    "findings": ("/findings?lang=en", 620),
}
"""Each picture with its page and how much of it is shown, in pixels from the top."""


@contextmanager
def site(base: Path) -> Iterator[str]:
    """The address of a server over a knowledge base."""
    listener = serve.listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(serve.datasette_for(base).app(), log_level="warning"))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    running.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        running.join()


def disagreeing(base: Path) -> str:
    """The page of the circular in two languages that do not agree."""
    with store.open_to_read(base) as db:
        (pair,) = db.execute(
            "select pairs.id from pairs join findings on findings.pair = pairs.id where relation = 'translation' and level = 'error'"
        ).fetchone()
    return f"/pair/{pair}?lang=en"


def drawn(page: Page, address: str, height: int) -> bytes:
    """The upper part of a page as a PNG of few colours."""
    page.goto(address, wait_until="networkidle")
    taken = page.screenshot(
        clip={"x": 0, "y": 0, "width": WIDTH, "height": min(height, page.evaluate("document.documentElement.scrollHeight"))}, full_page=True
    )
    image = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(made := io.BytesIO(), "PNG", optimize=True)
    return made.getvalue()


def main() -> None:
    """Draw every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium") or sys.exit("chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "circulars.db"
        with store.open_db(base) as db:
            intake.add(db, sorted(path for path in resources.examples().iterdir() if path.suffix in {".html", ".txt"}), houses())
        with site(base) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            page = browser.new_page(
                viewport={"width": WIDTH, "height": 900}, device_scale_factor=SCALE, color_scheme="light", locale="en-GB"
            )
            for name, (path, height) in PICTURES.items():
                picture = drawn(page, address + path.format(disagreeing=disagreeing(base)), height)
                (FOLDER / f"{name}.png").write_bytes(picture)
                print(f"docs/pictures/{name}.png: {len(picture) / 1000:.0f} kB")
            browser.close()


if __name__ == "__main__":
    main()
