"""Where a quote stands in the file itself, for files that are text; what was read out of one may lack its markup and line ends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.model import Expression, Span

MOST_BYTES = 20_000_000
"""A larger text is not looked into again."""


def texts(expressions: Iterable[Expression]) -> Mapping[str, str]:
    """The text of each file in UTF-8 that still stands where it was read, and is still the same, by its hash."""
    found = ((one.source.sha256, _text(one)) for one in expressions if one.source.media_type.startswith("text/"))
    return {sha256: text for sha256, text in found if text is not None}


def _text(expression: Expression) -> str | None:
    path = Path(expression.source.path)
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return None
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != expression.source.sha256:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def place(text: str, expression: Expression, span: Span) -> Span | None:
    """The same words in the file; None where they are printed otherwise, or more or less often than in what was read."""
    start, end = span
    words = expression.text[start:end]
    for wanted in dict.fromkeys((words, words.replace("\n", "\r\n"))):
        if wanted and text.count(wanted) == expression.text.count(words):
            at = -1
            for _ in range(expression.text.count(words, 0, start) + 1):
                at = text.find(wanted, at + 1 if at < 0 else at + len(wanted))
            return (at, at + len(wanted)) if at >= 0 else None
    return None
