"""Every page is HTML without a fault: it parses without an error, its keys are single, and what refers to a part of it finds that part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from review_fixture import Visitor, asked, made
from site_fixture import filled, get, poisoned
from tinyhtml5.parser import HTMLParser

from kb.serve import datasette_for

PATHS = (
    *(
        "/?on=2027-01-01",
        "/?on=2027-01-01&days=90&party=CPs",
        "/circular/1",
        "/circular/2",
        "/pair/1",
        "/pair/2",
        "/calendar?month=2027-01",
    ),
    *("/search", "/search?q=form", "/search?q=form&in=deadlines", "/search?house=HKSCC", "/findings", "/findings?level=note"),
    *(
        "/houses",
        "/houses?house=HKSCC",
        "/gaps",
        "/quality",
        "/overview?on=2027-01-01",
        "/overview?house=HKSCC",
        "/circular/999",
        "/nowhere",
        "/-/login",
    ),
    *("/circulars", "/circulars?sql=select+1", "/circulars?sql=select+wrong", "/circulars/upcoming", "/circulars/expressions/1"),
    *("/circulars/due_soon?on=2027-01-01", "/circulars/deadlines?_facet=relation&due__gt=2026-01-01"),
)
REFERRING = ("aria-labelledby", "aria-describedby", "for", "headers")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    folder = tmp_path_factory.mktemp("html")
    return datasette_for(filled(folder / "matter.db")), datasette_for(poisoned(filled(folder / "hostile.db")))


def faults(html: str) -> list[object]:
    """What is wrong with a page by itself."""
    parser = HTMLParser()
    parser.parse(html)
    keys = [element["id"] for element in BeautifulSoup(html, "lxml").select("[id]")]
    return [*parser.errors, *(key for key in set(keys) if keys.count(key) > 1)]


def missing(html: str) -> set[str]:
    """What a page refers to in itself and does not have."""
    shown = BeautifulSoup(html, "lxml")
    wanted = {one for name in REFERRING for element in shown.select(f"[{name}]") for one in str(element[name]).split()}
    wanted |= {link["href"][1:] for link in shown.select('a[href^="#"]')}
    return wanted - {element["id"] for element in shown.select("[id]")}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_html_without_a_fault(sites: tuple[Any, Any], path: str, lang: str) -> None:
    asked = f"{path}{'&' if '?' in path else '?'}{'_lang' if path.startswith('/circulars') else 'lang'}={lang}"
    for site in sites:
        answer = get(site, asked)
        assert answer.status_code in (200, 400, 404)
        assert faults(answer.text) == []
        if site is sites[0]:  # the attacks before each text have moved what the facts of the other one are pinned to
            assert missing(answer.text) == set()
        assert BeautifulSoup(answer.text, "lxml").html["lang"] == {"en": "en", "zh": "zh-Hant"}[lang]


def test_a_fault_is_found() -> None:
    assert faults('<!DOCTYPE html><title>x</title><p id="a">x</p></p>') != []
    assert faults('<!DOCTYPE html><title>x</title><p id="a">x</p><i id="a"></i>') == ["a"]
    assert faults('<!DOCTYPE html><title>x</title><p id="a">x</p>') == []
    assert missing('<p id="a"><a href="#b">x</a><a href="#a">y</a></p>') == {"b"}


def test_the_pages_of_review_are_html(tmp_path: Path) -> None:
    made(tmp_path)
    visitor = Visitor(tmp_path, "zh").signed_in()
    db = tmp_path / "some.db"
    names = [f"/review/finding/{name}" for (name,) in asked(db, "SELECT name FROM findings")]
    names += [f"/review/obligation/{name}" for (name,) in asked(db, "SELECT id FROM obligations")]
    for path in ("/sign-in", "/review", "/review/circular/1", "/review/deadlines/1", "/circular/1", "/findings", *names):
        html = visitor.ask("GET", path).text
        if path == "/review/deadlines/1":
            html = visitor.ask("GET", visitor.ask("GET", path).headers["location"]).text
        assert (path, faults(html), missing(html)) == (path, [], set())
