"""What `circulars read` prints: every field of the contract, valid against its own schema, and true to the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest import contract, formats
from ingest.errors import UnreadableSource
from ingest.issuers import houses
from ingest.model import Expression, Source
from ingest.pipeline import expression, read

CIRCULARS = sorted(p for p in (Path(__file__).parent / "circulars").rglob("*") if p.suffix in {".txt", ".html"})
EVIDENCE = ("dates", "times", "deadlines", "duties", "contacts", "references", "definitions", "amounts", "events", "unexplained")
FIELDS = {
    "": "schema source lang issuer number issued title text dates times deadlines contacts references tables events unexplained warnings",
    "source": "path sha256 media_type pages",
    "dates": "start end approx time end_time weekday_ok year_inferred relative quote span page bbox rule",
    "times": "time end_time quote span page bbox rule",
    "deadlines": "stated relation due due_business time bearer action consequence tentative modality quote span page bbox rule",
    "contacts": "kind value label title org role quote span page bbox rule",
    "references": "number issued relation title quote span page bbox rule",
    "tables": "caption header rows merged span page bbox rule",
    "events": "start end time end_time title table row quote span page bbox rule",
    "unexplained": "quote span why",
}


@pytest.fixture(scope="module", params=CIRCULARS, ids=lambda path: f"{path.parent.name}/{path.name}")
def printed(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(json.loads(contract.line(read(request.param))))


def test_a_line_is_valid_against_the_schema(printed: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(contract.schema()).validate(printed)


def test_a_line_has_every_field_of_the_contract(printed: dict[str, Any]) -> None:
    missing = {}
    for kind, names in FIELDS.items():
        facts = [printed] if not kind else printed[kind] if isinstance(printed[kind], list) else [printed[kind]]
        missing[kind] = {name for fact in facts for name in names.split() if name not in fact}
    assert {kind: names for kind, names in missing.items() if names} == {}


def test_every_quote_stands_where_its_span_says(printed: dict[str, Any]) -> None:
    text = printed["text"]
    assert [
        (kind, fact["quote"])
        for kind in EVIDENCE
        for fact in printed[kind]
        if text[slice(*fact["span"])] != fact["quote"] or not fact["quote"]
    ] == []


def test_the_schema_refuses_what_is_no_line() -> None:
    validator = jsonschema.Draft202012Validator(contract.schema())
    assert not validator.is_valid({"schema": 1})
    assert not validator.is_valid({**json.loads(contract.line(read(CIRCULARS[0]))), "lang": "French"})


@pytest.mark.parametrize("path", CIRCULARS[:4], ids=lambda path: path.name)
def test_a_line_is_read_back_as_it_was(path: Path) -> None:
    before = read(path)
    assert contract.parse(contract.line(before)) == before


def told(text: str) -> Expression | None:
    try:
        document = formats.read(text.encode("utf-8", "surrogatepass"), "circular.txt")
    except UnreadableSource:
        return None
    return expression(document, Source(path="circular.txt", sha256="0" * 64, media_type=document.media_type), houses())


WORDS = st.sampled_from(
    [
        "28 April 2023",
        "(Friday)",
        "before",
        "by",
        "no later than",
        "CPs must",
        "should",
        "register",
        "Ref. No.:",
        "CD/OES/CCASS/013/2023",
        "Subject: Test",
        "2979 7111",
        "\n",
        "\n\n",
        "\t",
        ", ",
        ". ",
        "2026年7月21、22及23日",
        "（星期五）",
        "或之前",
        "參與者必須",
        "不遲於",
        "下午5時30分",
        "起",
        "至",
        "截止日期",
        "<ul>",
        "<li>",
        "• ",
        "**",
        "www.hkex.example",
        "within 3 business days after",
        "31 June 2026",
        "12:00 noon",
        "Date\tEvent\n",
        "28 April 2023\tDeadline for X\n",
    ]
)


@example("<ul>")  # a page without words
@example("28 April 2023\tDeadline for X\nDate\tEvent\n<ul>")  # an empty paragraph at its end
@example("28 April 2023 Date\tEvent\n Date\tEvent\n 參與者必須 \n • ")  # an item without words
@settings(max_examples=150)
@given(st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join), st.text(max_size=300)))
def test_no_text_breaks_the_reading_and_every_span_resolves(text: str) -> None:
    found = told(text)
    if found is not None:
        assert [fact for kind in EVIDENCE for fact in getattr(found, kind) if found.text[slice(*fact.span)] != fact.quote] == []


@pytest.mark.parametrize(
    "piece",
    ["1 ", "(", "的", "A ", ", ", "28 April ", "2026年", "must ", "於", "/", "a@", "、日", "星期", "12:", "CP) (", "\t", "x" * 99 + " "],
)
def test_a_long_run_of_anything_is_read_in_bounded_time(piece: str) -> None:
    """Fifty thousand characters: patterns that try again and again would take hours, not seconds."""
    assert told("Date: 3 May 2026\n\n" + piece * (50_000 // len(piece))) is not None
