"""Documentation is true: generated parts are as they would be written, and everything that has a name is described."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
from pathlib import Path
from types import ModuleType

import click
import pytest
from PIL import Image

from ingest.issuers import houses
from kb.checks import CHECKS
from kb.cli import circulars

ROOT = Path(__file__).parents[1]


def load(path: Path) -> ModuleType:
    """A program outside the packages as a module."""
    spec = importlib.util.spec_from_file_location(f"tools_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


docs = load(ROOT / "tools" / "docs.py")
PAGES = docs.pages()


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_generated_parts_are_up_to_date(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text == docs.rewritten(text), "run make docs"


def test_every_generated_part_stands_on_a_page() -> None:
    used = {part["name"] for path in PAGES for part in docs.PART.finditer(path.read_text("utf-8"))}
    assert used == set(docs.PARTS)


@pytest.mark.parametrize("name", [name for name, _ in docs.commands(circulars)])
def test_every_command_is_described_with_an_example(name: str) -> None:
    shown = page("cli.md").partition(f"## {name}\n")[2].partition("\n## ")[0]
    assert len(re.findall(rf"\b{name}\b", shown)) >= 2, "a usage line and an example"


@pytest.mark.parametrize("name", [name for name, _ in docs.commands(circulars)])
def test_examples_are_commands_that_there_are(name: str) -> None:
    for line in re.findall(rf"^ *circulars {name}( .*)?$", page("cli.md").partition(f"## {name}\n")[2].partition("\n## ")[0], re.MULTILINE):
        command = circulars.get_command(click.Context(circulars), name)
        typed = shlex.split(line.split(" > ")[0].split(" | ")[0], comments=True)
        options, _, _ = command.make_parser(docs.context_of(command, circulars)).parse_args(typed)
        assert set(options.get("only") or ()) <= set(CHECKS)


def test_help_is_laid_out() -> None:
    assert "\\b" not in page("cli.md")


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_is_described(name: str) -> None:
    assert re.search(rf"^\| `{name}` \| \S[^|]+ \| [^|]+ \|$", page("checks.md"), re.MULTILINE)


@pytest.mark.parametrize("code", houses())
def test_every_house_is_described(code: str) -> None:
    assert re.search(rf"^\| `{code}` \| \S", page("houses.md"), re.MULTILINE)


@pytest.mark.parametrize("name", docs.shape())
def test_every_column_is_described(name: str) -> None:
    section = page("columns.md").partition(f"## {name}\n")[2].partition("\n## ")[0]
    described = re.findall(r"^\| `(\w+)` \| [^|]* \| \S.* \|$", section, re.MULTILINE)
    assert {column for column, _ in docs.shape()[name]} - set(described) == set()


def required() -> list[str]:
    text = (ROOT / "pyproject.toml").read_text("utf-8").partition("\ndependencies = [")[2].partition("]")[0]
    return re.findall(r'"([\w-]+)', text)


@pytest.mark.parametrize("package", required())
def test_every_dependency_is_described(package: str) -> None:
    row = re.search(rf"^\| {package} \| (\S.*) \| (\S.*) \| \d{{4}}-\d\d-\d\d \| [\d.]+ \|$", page("dependencies.md"), re.MULTILINE)
    assert row
    assert "GPL" not in row[2]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_within_the_documentation_lead_somewhere(path: Path) -> None:
    prose = re.sub(r"^```.*?^```|(`+)(?!`).*?(?<!`)\1(?!`)", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    targets = re.findall(r"\]\((?!\w+:|#)([^)#]+)", prose)
    assert not [target for target in targets if not (path.parent / target).exists()]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_prose_has_a_sentence_a_line(path: Path) -> None:
    prose = re.sub(
        r"```.*?```|<!-- generated.*?<!-- end -->|^[|#> ].*$|^\d+\. .*$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    assert not re.findall(r"^.*[a-z)`][.!?] +[A-Z].*$", prose, re.MULTILINE)


# Pictures --------------------------------------------------------------------------------------------------------------

IMAGE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<path>[^)]+)\)")
IMAGES = [(path, image["words"], path.parent / image["path"]) for path in PAGES for image in IMAGE.finditer(path.read_text("utf-8"))]


@pytest.mark.parametrize(("path", "words", "image"), IMAGES, ids=lambda value: value.name if isinstance(value, Path) else "")
def test_a_picture_is_there_is_small_and_says_in_words_what_it_shows(path: Path, words: str, image: Path) -> None:
    with Image.open(image) as drawn:
        assert drawn.format == "PNG"
        assert 200 <= drawn.width <= 2400
        assert 100 <= drawn.height <= 2400
    assert image.stat().st_size < 150_000
    assert len(words.split()) >= 3


def test_the_readme_shows_the_site() -> None:
    assert {image.stem for path, _, image in IMAGES if path.name == "README.md"} == set(load(ROOT / "tools" / "pictures.py").PICTURES)


def test_no_picture_lies_there_unused() -> None:
    assert {image.resolve() for _, _, image in IMAGES} == {path.resolve() for path in (ROOT / "docs").rglob("*.png")}


@pytest.mark.skipif(
    shutil.which("chromium") is None and os.environ.get("CIRCULARS_REQUIRE_BROWSER") != "1", reason="pictures are made by chromium"
)
def test_pictures_can_be_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = load(ROOT / "tools" / "pictures.py")
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    pictures.main()
    for name in pictures.PICTURES:
        with Image.open(tmp_path / f"{name}.png") as made, Image.open(ROOT / "docs" / "pictures" / f"{name}.png") as shown:
            assert made.size == shown.size
            assert len(made.getcolors(1 << 24) or ()) > 8, "a page, and not a white sheet"
