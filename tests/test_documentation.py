"""The documentation as a site: it builds without a warning, every page is reached, and nothing in it is fetched from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(path.stem for path in DOCS.glob("*.md") if path.stem != "index")

pytest.importorskip("sphinx", reason="the extra `docs` is not installed")


def build(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """The site as `make docs-site` makes it, elsewhere."""
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", "--doctree-dir", f"{out}.doctrees"]
    return subprocess.run([*command, str(source), str(out)], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("documentation") / "html"
    built = build(DOCS, out)
    assert (built.returncode, built.stderr) == (0, "")
    return out


def page(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "lxml")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_in_the_navigation_and_on_the_first_page(site: Path, name: str) -> None:
    first = page(site, "index")
    assert first.select_one(f'.sidebar-tree a[href="{name}.html"]')
    assert first.select_one(f'article a[href="{name}.html"]')


def test_the_first_page_and_the_navigation_have_one_order(site: Path) -> None:
    first = page(site, "index")
    told = [link["href"] for link in first.select("article table td:first-child a")]
    assert told == [link["href"] for link in first.select(".sidebar-tree li.toctree-l1 > a")]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_title_and_is_called_by_it_everywhere(site: Path, name: str) -> None:
    title = (DOCS / f"{name}.md").read_text("utf-8").partition("\n")[0].removeprefix("# ")
    made, first = page(site, name), page(site, "index")
    assert [heading.find(string=True) for heading in made.select("article h1")] == [title], "a page of the generator has taken its place"
    assert {link.get_text() for link in first.select(f'article table a[href="{name}.html"], .sidebar-tree a[href="{name}.html"]')} == {
        title
    }


def test_the_parts_of_the_navigation_are_those_of_the_first_page(site: Path) -> None:
    first = page(site, "index")
    parts = [heading.find(string=True) for heading in first.select("article h2")]
    assert parts == [caption.get_text(strip=True) for caption in first.select(".sidebar-tree .caption")]


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        made = BeautifulSoup(path.read_text("utf-8"), "lxml")
        fetched = [tag.get("src") or tag.get("href") for tag in made.select("script[src], img[src], iframe[src], link[href]")]
        assert not [address for address in fetched if re.match(r"(?:\w+:)?//", address)], path.name
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert not re.findall(r"@import|url\(\s*[\"']?(?:https?:)?//", styles)


def test_the_site_is_searched_without_a_server(site: Path) -> None:
    index = (site / "searchindex.js").read_text("utf-8")
    assert {f'"{name}.md"' for name in PAGES} <= set(re.findall(r'"[\w-]+\.md"', index))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# First\n\n[gone](gone.md)\n", "gone.md"),
        ("# First\n\n[part](#no-such-heading)\n", "no-such-heading"),
        ("# First\n\n![gone](gone.png)\n", "gone.png"),
    ],
)
def test_a_broken_link_stops_the_build(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / "docs" / "conf.py").write_bytes((DOCS / "conf.py").read_bytes())
    (tmp_path / "docs" / "index.md").write_text(text, encoding="utf-8")
    built = build(tmp_path / "docs", tmp_path / "html")
    assert built.returncode != 0
    assert said in built.stderr


def test_a_page_that_no_list_names_stops_the_build(tmp_path: Path) -> None:
    test = tmp_path / "docs"
    test.mkdir()
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (test / "conf.py").write_bytes((DOCS / "conf.py").read_bytes())
    (test / "index.md").write_text("# First\n", encoding="utf-8")
    (test / "alone.md").write_text("# Alone\n", encoding="utf-8")
    built = build(test, tmp_path / "html")
    assert built.returncode != 0
    assert "alone.md" in built.stderr
