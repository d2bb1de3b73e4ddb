"""Pages of files beside their facts: drawn from the file as it was read, and from no other."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from site_fixture import get, page, words

from ingest.issuers import houses
from kb import intake, serve, store

LINES = ("Circular No. CD/EX/017/2026", "Subject: New form", "Clearing Participants must submit Form 7 by 15 January 2027.")


def printed(path: Path, lines: tuple[str, ...] = LINES) -> Path:
    canvas = Canvas(str(path), invariant=1)
    for place, line in enumerate(lines):
        canvas.drawString(72, 760 - 40 * place, line)
    canvas.save()
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return printed(tmp_path / "notice <b>.pdf")


@pytest.fixture
def site(file: Path, tmp_path: Path) -> Any:
    base = tmp_path / "base.db"
    with store.open_db(base) as db:
        intake.add(db, [file], houses())
    return serve.datasette_for(base)


def test_the_page_of_a_fact_is_shown_with_its_quote_framed(site: Any) -> None:
    [link] = page(site, "/circular/1?lang=en").select('a[href^="/picture/deadlines/"]')
    shown = page(site, link["href"])
    assert "by 15 January 2027" in words(shown.blockquote)
    [image] = shown.select("img")
    answer = get(site, image["src"])
    drawn = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert answer.headers["content-type"] == "image/png"
    framed = [place for place in ((x, y) for x in range(drawn.width) for y in range(drawn.height)) if coloured(drawn.getpixel(place))]
    scale = drawn.width / 595.27
    assert framed
    assert all(abs(y / scale - (841.89 - 680)) < 30 for _, y in framed)


def coloured(pixel: Any) -> bool:
    return max(pixel) - min(pixel) > 80


@pytest.mark.parametrize(("lang", "said"), [("en", "no longer where it was read"), ("zh", "檔案已不在原來位置")])
def test_a_file_that_is_gone_is_told(site: Any, file: Path, lang: str, said: str) -> None:
    file.unlink()
    assert said in words(page(site, f"/picture/deadlines/1?lang={lang}").main)
    assert not page(site, f"/picture/deadlines/1?lang={lang}").select("img")
    assert (get(site, "/picture/deadlines/1.png").status_code, "no longer" in get(site, "/picture/deadlines/1.png").text) == (404, True)


def test_another_file_of_the_same_name_is_not_shown(site: Any, file: Path) -> None:
    printed(file, ("Subject: Something else", "by 16 January 2027"))
    assert "has changed" in words(page(site, "/picture/deadlines/1?lang=en").main)
    assert get(site, "/picture/deadlines/1.png").status_code == 404


@pytest.mark.parametrize(
    "path", ["/picture/deadlines/99", "/picture/tables/1", "/picture/decisions/1", "/picture/deadlines/99999999999999999999999"]
)
def test_what_has_no_place_on_a_page_has_no_picture(site: Any, path: str) -> None:
    assert get(site, path).status_code == get(site, f"{path}.png").status_code == 404


def test_facts_of_a_text_lead_to_no_picture(tmp_path: Path) -> None:
    base, text = tmp_path / "base.db", tmp_path / "notice.txt"
    text.write_text("\n".join(LINES))
    with store.open_db(base) as db:
        intake.add(db, [text], houses())
    assert not page(serve.datasette_for(base), "/circular/1").select('a[href^="/picture/"]')
