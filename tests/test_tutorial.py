"""The tutorial is true: every command on a page runs, prints what stands below it, and its addresses lead somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from test_docs import load

ROOT = Path(__file__).parents[1]

if sys.platform == "win32":
    pytest.skip("a terminal is needed", allow_module_level=True)

transcripts = load(ROOT / "tools" / "transcripts.py")


def fences(text: str) -> list[str]:
    """The kinds of the blocks of a page."""
    return re.findall(r"^```(\S+)$", text, re.MULTILINE)


def test_the_tutorial_is_among_the_pages_that_are_run() -> None:
    assert "tutorial.md" in {page.name for page in transcripts.pages()}


@pytest.mark.parametrize("page", transcripts.pages(), ids=lambda page: page.name)
def test_every_command_prints_what_stands_below_it(page: Path) -> None:
    text = page.read_text("utf-8")
    addresses = [re.sub(r"^http://127\.0\.0\.1:8001", "", address) for address in re.findall(r"`(http://127\.0\.0\.1:8001[^`]*)`", text)]
    seen: list[tuple[str, int, str]] = []

    def visit(site: str) -> None:
        for address in addresses:
            with urllib.request.urlopen(site + address, timeout=60) as answer:
                seen.append((address, answer.status, answer.headers.get_content_type()))

    assert transcripts.run(text, visit) == text, "run make docs"
    assert [(address, status) for address, status, _ in seen] == [(address, 200) for address in addresses]
    kinds = {".ics": "text/calendar", ".atom": "application/atom+xml"}
    assert all(kind == kinds.get(Path(address.partition("?")[0]).suffix, "text/html") for address, _, kind in seen)


def test_what_the_page_on_extending_adds_passes_the_tests_of_the_project() -> None:
    text = (ROOT / "docs" / "extending.md").read_text("utf-8")
    with transcripts.session(copied=True) as place:
        for step in transcripts.STEP.finditer(text):
            if step["how"]:
                transcripts.put(step["how"], step["path"], step["body"], place)
        project = place.parent / "project"
        (project / "tests").mkdir()
        for path in (ROOT / "tests").glob("*.py"):
            shutil.copy(path, project / "tests")
        chosen = ["tests/test_rules.py", "tests/test_issuers.py", "-k", "yearfirst or HKBC"]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", str(project), *chosen]
        env = {**os.environ, "PYTHONPATH": str(project)}
        run = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    assert int(re.findall(r"(\d+) passed", run.stdout)[0]) >= 6


def test_the_tutorial_shows_no_command_that_is_not_run() -> None:
    assert set(fences((ROOT / "docs" / "tutorial.md").read_text("utf-8"))) == {"console"}


@pytest.mark.parametrize(
    "needed", ["add", "due", "diff", "show", "review", "correct", "done", "search", "report", "export", "serve", "publish"]
)
def test_the_tutorial_has_the_first_commands(needed: str) -> None:
    assert re.search(rf"^\$ circulars {needed}\b", (ROOT / "docs" / "tutorial.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("$ echo 1\n", "$ echo 1\n1\n"),
        ("$ echo 1\n2\n", "$ echo 1\n1\n"),
        ("$ true\nold\n", "$ true\n"),
        ("$ printf 'a  \\nb\\n'\n$ echo c\n", "$ printf 'a  \\nb\\n'\na\nb\n$ echo c\nc\n"),
        ("$ pwd\n", "$ pwd\n.\n"),
        ("$ echo 'Adding ━━━━ 4/4 1/s' && echo done\n", "$ echo 'Adding ━━━━ 4/4 1/s' && echo done\ndone\n"),
    ],
)
def test_a_session_is_shown_as_it_is_typed_and_answered(typed: str, shown: str) -> None:
    assert transcripts.run(f"# Page\n\n```console\n{typed}```\n") == f"# Page\n\n```console\n{shown}```\n"


def test_the_blocks_of_a_page_are_one_session() -> None:
    text = "```console\n$ echo kept > file\n```\n\nand then\n\n```console\n$ cat file\nkept\n```\n"
    assert transcripts.run(text) == text


def test_a_command_that_fails_stops_the_page() -> None:
    with pytest.raises(transcripts.Failed, match="status 2"):
        transcripts.run("```console\n$ circulars due --db none.db\n```\n")


def test_no_block_of_a_page_of_this_kind_is_in_another_language() -> None:
    assert transcripts.run("```text\n$ false\n```\n") == "```text\n$ false\n```\n"
