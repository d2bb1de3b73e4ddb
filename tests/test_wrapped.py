"""A circular whose lines are wrapped at a width, as in mails and in text saved from a terminal, says what it says unwrapped."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest

from ingest.extract.unwrapped import unwrapped
from ingest.formats import plain
from ingest.model import Expression
from ingest.pipeline import FACTS, parse, parse_all
from ingest.settings import Settings
from ingest.text import is_wide

PAIRS = sorted((Path(__file__).parent / "pairs").glob("*.txt"))
WIDTHS = (60, 72, 96)
TOKEN = re.compile(r"[A-Za-z0-9@.,:/()-]+|.")


def columns(said: str) -> int:
    return sum(2 if is_wide(char) else 1 for char in said)


def wrapped(text: str, width: int) -> str:
    """The text with each line of prose over several; rows of tables stay as they are."""
    return "\n".join(
        line
        if "\t" in line or "|" in line
        else "\n".join(broken(line, width))
        if any(map(is_wide, line))
        else "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
        for line in text.split("\n")
    )


def broken(line: str, width: int) -> Iterator[str]:
    """A Chinese line, broken between any two characters, but for those that may not begin a line."""
    said = ""
    for token in TOKEN.findall(line):
        if columns(said + token) > width and token not in "，。、；：」）":
            yield said
            said = ""
        said += token
    yield said


@cache
def read(text: str) -> Expression:
    return parse(text.encode(), Path("a.txt"), Settings())


def bare(said: str | None) -> str:
    return "".join((said or "").split())


def facts(text: str) -> dict[str, object]:
    said = read(text)
    return {
        "title": bare(said.title),
        "number": said.number,
        "issued": said.issued,
        "issuer": said.issuer,
        "deadlines": Counter((one.relation, one.due, one.time, one.bearer, bare(one.action), one.modality) for one in said.deadlines),
        "duties": Counter((one.modality, one.bearer, bare(one.action)) for one in said.duties),
        "dates": Counter((bare(one.quote), one.start, one.end) for one in said.dates),
        "references": Counter((one.number, one.issued) for one in said.references),
        "contacts": Counter((one.kind, one.value) for one in said.contacts),
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_what_is_wrapped_says_what_it_says_in_whole_lines(path: Path, width: int) -> None:
    text = path.read_text(encoding="utf-8")
    assert facts(wrapped(text, width)) == facts(text)


@pytest.mark.parametrize("path", PAIRS[:12], ids=lambda path: path.stem)
def test_places_are_those_of_the_text_as_printed(path: Path) -> None:
    text = wrapped(path.read_text(encoding="utf-8"), 60)
    said = read(text)
    assert said.text.count("\n") >= text.strip().count("\n") - 2
    for name in FACTS:
        for fact in getattr(said, name):
            assert said.text[slice(*fact.span)] == fact.quote
    for item in said.unexplained:
        assert said.text[slice(*item.span)] == item.quote
    assert all(0 <= block.span[0] <= block.span[1] <= len(said.text) for block in said.blocks)


LINES = {
    "prose": ("All clearing participants shall hand in the form by hand\nbefore noon on the day that stands in the notice of the\nclearing house and keep a copy of what they have sent to\nit.", True),
    "chinese": ("\n".join(broken("所有結算參與者須於2027年1月8日（星期五）下午五時正或之前遞交表格，並須保留副本最少七年；逾期遞交者須繳付附加費，而附加費的數額將由本公司於收到表格後另行通知。", 60)), True),
    "items": ("Forms to be handed in by the end of the present month of\nEach member keeps copies of the forms it has handed\nNo fees.", False),
    "whole": ("Members must reply.\nMembers must pay.", False),
    "labels": ("Subject: a notice of the clearing house to its members on fees\nDate: 4 January 2027\nTo: all members", False),
}  # fmt: skip


@pytest.mark.parametrize(("text", "joined"), LINES.values(), ids=LINES)
def test_lines_are_joined_only_where_most_are_full(text: str, joined: bool) -> None:
    document = plain.read(text.encode(), "a.txt")
    found = unwrapped(document)
    assert (found is not None) == joined
    if found is not None:
        assert "\n" not in found.document.text
        assert bare(found.document.text) == bare(text)


@pytest.mark.parametrize("stem", ["p10_en", "p17_zh", "p31_zh"])
def test_a_wrapped_mail_says_what_its_text_says(stem: str) -> None:
    text = next(path for path in PAIRS if path.stem == stem).read_text(encoding="utf-8")
    mail = EmailMessage()
    mail["Subject"], mail["Date"] = "Circular", "Mon, 2 Nov 2026 10:00:00 +0800"
    mail.set_content(wrapped(text, 72))
    (said,) = parse_all(mail.as_bytes(), Path("a.eml"), Settings())
    assert isinstance(said, Expression)
    assert {one.value for one in said.contacts} == {one.value for one in read(text).contacts}
    assert bare(said.title) == bare(read(text).title)
    assert [one.due for one in said.deadlines] == [one.due for one in read(text).deadlines]
