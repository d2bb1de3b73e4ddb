"""A circular whose lines are wrapped at a width, as in mails and in text saved from a terminal, says what it says unwrapped."""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

PAIRS = sorted((Path(__file__).parent / "pairs").glob("*_en.txt"))
WIDTHS = (60, 72, 96)


def wrapped(text: str, width: int) -> str:
    """The text with each line of prose over several; rows of tables stay as they are."""
    return "\n".join(
        line if "\t" in line or "|" in line else "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
        for line in text.split("\n")
    )


@cache
def read(text: str) -> Expression:
    return parse(text.encode(), Path("a.txt"), Settings())


def facts(text: str) -> dict[str, object]:
    said = read(text)
    return {
        "title": said.title,
        "number": said.number,
        "issued": said.issued,
        "issuer": said.issuer,
        "deadlines": sorted((one.relation, str(one.due), str(one.time), one.modality or "") for one in said.deadlines),
        "contacts": sorted((one.kind, one.value) for one in said.contacts),
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_wrapped_english_says_what_it_says_in_whole_lines(path: Path, width: int) -> None:
    text = path.read_text(encoding="utf-8")
    assert facts(wrapped(text, width)) == facts(text)
