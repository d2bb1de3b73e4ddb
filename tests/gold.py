"""Expressions built from gold files: what a perfect reader would hand over.

A quote of the gold is placed where it stands in the text, white space and width folded; items come in reading order, so
the second mention of a date is looked for after the first.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import msgspec

from ingest.model import Block, Expression, Source, Span

SHARED = Path(__file__).parents[1].parent / "shared"
LISTS = ("dates", "times", "deadlines", "contacts", "references")
MEDIA = {".txt": "text/plain", ".html": "text/html", ".pdf": "application/pdf"}


class Places:
    """Finds quotes in a text, white space and width folded."""

    def __init__(self, text: str) -> None:
        self.offsets: list[int] = []
        folded: list[str] = []
        for offset, char in enumerate(text):
            for form in unicodedata.normalize("NFKC", char):
                if not form.isspace():
                    folded.append(form)
                    self.offsets.append(offset)
        self.folded = "".join(folded)

    def find(self, quote: str, start: int = 0) -> Span | None:
        wanted = re.sub(r"\s+", "", unicodedata.normalize("NFKC", quote))
        first = next((i for i, offset in enumerate(self.offsets) if offset >= start), len(self.offsets))
        at = self.folded.find(wanted, first)
        if not wanted or at < 0:
            return None
        return self.offsets[at], self.offsets[at + len(wanted) - 1] + 1


def text_of(path: Path) -> str:
    """The text of a development circular without its markup; plain enough for tests that have no reader."""
    raw = path.read_text("utf-8")
    if path.suffix == ".html":
        raw = re.sub(r"(?s)<(head|script|style|nav|aside|footer|header|form)\b.*?</\1>", "", raw)
        raw = re.sub(r"</t[dh]>\s*(?=<t[dh])", "\t", raw)
        raw = re.sub(r"(?i)</?(?:li|ul|tr|p|div|h\d|table|br|ol)\b[^>]*>", "\n", raw)
    return html.unescape(re.sub(r"<[^>]+>|(?<!\w)\*{1,2}(?=\S)|(?<=\S)\*\*", "", raw))


def expression_from_gold(gold: dict[str, Any], text: str) -> Expression:
    """The expression that the gold describes, over this text; a fact whose quote does not stand in the text is left out."""
    places = Places(text)
    source = gold.get("source") or {}
    values: dict[str, Any] = {kind: _placed(gold.get(kind) or [], places, text) for kind in LISTS}
    values["unexplained"] = [
        {"quote": text[span[0] : span[1]], "span": span, "why": item.get("why", "gold")}
        for item in gold.get("unexplained") or []
        if (span := places.find(item["quote"]))
    ]
    values["tables"] = list(_tables(gold.get("tables") or [], places, text))
    return msgspec.convert(
        {
            **{key: gold.get(key) for key in ("lang", "issuer", "number", "issued", "title")},
            **values,
            "other_numbers": gold.get("other_numbers") or [],
            "text": text,
            "source": msgspec.to_builtins(
                Source(
                    path=str(source.get("path") or gold.get("file") or "gold"),
                    sha256=hashlib.sha256(text.encode()).hexdigest(),
                    media_type=source.get("media_type") or "text/plain",
                )
            ),
            "blocks": msgspec.to_builtins(_paragraphs(text)),
        },
        Expression,
        strict=False,
    )


def load(path: Path, text: str | None = None) -> Expression:
    """The gold beside a document, over the document's text."""
    gold = json.loads((path.parent / f"{path.stem}.gold.json").read_text("utf-8"))
    return expression_from_gold(gold, text if text is not None else text_of(path))


def _placed(items: list[dict[str, Any]], places: Places, text: str) -> list[dict[str, Any]]:
    out, cursor = [], 0
    for item in items:
        quote = item.get("quote") or item.get("value") or item.get("number")
        span = places.find(str(quote), cursor) or places.find(str(quote)) or _value(item, places)
        if span is None:
            continue
        cursor = max(cursor, span[0]) if span[0] >= cursor else cursor
        known = {key: value for key, value in item.items() if key not in ("optional", "also", "note") and value is not None}
        for key in ("stated", "due", "due_business", "start", "end"):
            if key in item:
                known[key] = item[key]
        out.append({**known, "quote": text[span[0] : span[1]], "span": span, "rule": "gold"})
    return out


def _value(item: dict[str, Any], places: Places) -> Span | None:
    local = str(item.get("value") or "").removeprefix("+852")
    return places.find(local) or (places.find(f"{local[:4]}-{local[4:]}") if local.isdigit() else None)


def _tables(tables: list[dict[str, Any]], places: Places, text: str) -> list[dict[str, Any]]:
    out, cursor = [], 0
    for table in tables:
        spans = []
        heading = places.find("".join(table["rows"][0]), cursor)
        cursor = heading[0] if heading else cursor
        for row in table["rows"]:
            for cell in row:
                if cell and (span := places.find(cell, cursor)):
                    spans.append(span)
                    cursor = span[0] if span[0] - cursor < 4000 else cursor
        if spans:
            start, end = min(s for s, _ in spans), max(e for _, e in spans)
            known = {key: table[key] for key in ("caption", "header", "rows", "merged", "page") if key in table}
            out.append({**known, "span": (start, end), "rule": "gold"})
            cursor = end
    return out


def _paragraphs(text: str) -> tuple[Block, ...]:
    return tuple(Block(kind="text", span=m.span()) for m in re.finditer(r"[^\n]+", text) if m.group().strip())


def words_of(gold: dict[str, Any]) -> str:
    """A text made of nothing but the quotes of a gold file, in their order: enough for what compares facts."""
    heading = [gold.get(key) for key in ("number", "issued", "title")]
    quotes = [item.get("quote") or item.get("value") for kind in LISTS for item in gold.get(kind) or []]
    rows = ["\t".join(row) for table in gold.get("tables") or [] for row in table["rows"]]
    return "\n\n".join(str(line) for line in [*heading, *quotes, *rows] if line)
