"""A comparison in every format: complete, harmless, and the same each time."""

from __future__ import annotations

import json
import unicodedata
from html.parser import HTMLParser

import msgspec
import pytest
from pair_factory import edited, pair

from ingest.issuers import houses
from ingest.model import Finding, Side
from kb.checks import compare, inside
from kb.comparison import Comparison
from kb.report import findings_json, findings_text, render, tally

HOSTILE = '<script>alert(1)</script>\x1b[31m "onload="x" | `rm` \u202eevil'
EDITS = (("下午5時正", "下午6時正"), ("應致電", "須致電"), ("2979 7408", "2979 7409"))
FORMATS = ("text", "json", "markdown", "html")


def differing() -> Comparison:
    return pair("translation", *EDITS)


def hostile() -> Comparison:
    side = Side(value=HOSTILE, quote=HOSTILE, span=(0, 1), page=3)
    left, right = (msgspec.structs.replace(edited(which), title=HOSTILE, number=HOSTILE) for which in ("HKSCC en", "HKSCC zh"))
    return Comparison(
        left=left,
        right=right,
        relation="translation",
        findings=(Finding(check="text", level="error", message=HOSTILE, left=side, right=side),),
    )


@pytest.mark.parametrize("form", FORMATS)
def test_same_comparison_same_bytes(form: str) -> None:
    assert render(differing(), form) == render(compare(edited("HKSCC en"), edited("HKSCC zh", *EDITS), houses()), form)


@pytest.mark.parametrize("form", FORMATS)
def test_each_finding_shows_both_sides(form: str) -> None:
    out = render(differing(), form)
    for words in ("17:00", "18:00", "+85229797408", "+85229797409"):
        assert words in out.replace("\\", "")


def test_json_is_the_contract() -> None:
    data = json.loads(render(differing(), "json"))
    assert data["relation"] == "translation"
    assert data["left"]["sha256"] == edited("HKSCC en").source.sha256
    (clock,) = [finding for finding in data["findings"] if finding["check"] == "times"]
    assert set(clock) == {"check", "level", "message", "left", "right", "near"}
    assert set(clock["left"]) == {"value", "quote", "span", "page"}
    assert (clock["level"], clock["left"]["value"], clock["right"]["value"]) == ("error", "17:00", "18:00")
    assert data["agreed"]["dates"] > 5


def test_html_tells_hashes_counts_and_what_is_equal() -> None:
    page = render(differing(), "html")
    for expression in (differing().left, differing().right):
        assert expression.source.sha256 in page
    assert "2 errors, 1 warning" in page.lower()
    assert "Compared and found equal" in page


def test_html_needs_nothing_from_elsewhere() -> None:
    page = render(differing(), "html")
    assert not [word for word in ("src=", "<link", "<script", "@import", "url(") if word in page]


def test_hostile_text_is_only_text() -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.seen: set[str] = set()
            self.attributes: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.seen.add(tag)
            self.attributes.update(name for name, _ in attrs)

    parser = Tags()
    parser.feed(render(hostile(), "html"))
    assert "script" not in parser.seen
    assert "onload" not in parser.attributes
    assert "<script" not in render(hostile(), "markdown")
    for form in ("text", "markdown"):
        assert not {char for char in render(hostile(), form) if char in "\x1b\u202e"}


def test_a_hostile_cell_does_not_break_the_markdown_table() -> None:
    rows = [line for line in render(hostile(), "markdown").splitlines() if line.startswith("| text |")]
    assert [row.replace("\\|", "").count("|") for row in rows] == [5]


def test_terminal_lines_are_a_hundred_columns_wide_at_most_and_errors_come_first() -> None:
    lines = render(differing(), "text").splitlines()
    assert max(sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) for line in lines) <= 100
    levels = [line.split()[0] for line in lines if line.startswith(("  error", "  warning", "  note"))]
    assert levels == sorted(levels, key=("error", "warning", "note").index)


def test_unrelated_circulars_say_so_and_no_more() -> None:
    comparison = Comparison(left=edited("HKSCC en"), right=edited("SEOCH en"), relation="unrelated", evidence=("nothing shared",))
    assert "nothing was compared" in render(comparison, "text")
    assert "no difference" not in render(comparison, "text")


def test_findings_inside_one_circular() -> None:
    found = inside(edited("HKSCC en", ("21 July 2026 (Tuesday)", "21 July 2026 (Monday)")), houses())
    assert "a.txt: 1 error" in findings_text("a.txt", found)
    assert findings_text("b.txt", []) == "b.txt: nothing contradicts itself"
    data = json.loads(findings_json([("a.txt", found), ("b.txt", [])]))
    assert [(item["path"], len(item["findings"])) for item in data] == [("a.txt", 1), ("b.txt", 0)]


def test_tally_counts_levels() -> None:
    assert tuple(tally(differing().findings)) == (2, 1, 0)
