"""A circular as a sequence of comparable pieces: sentences, table rows, and the subject line."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ingest.model import Expression, Lang, Span, Table
from kb.facts import Mention, mentions
from kb.wording import chinese, narrow, squeeze

UnitKind = Literal["subject", "sentence", "row", "heading"]

# A full stop ends a sentence unless it ends an abbreviation or stands in a number; a Chinese one always does.
_END = re.compile(
    r"[。！？](?=[^」』”’）)]|$)[」』”’）)*_]*"
    r"|(?<!\bNo)(?<!\bNos)(?<!\bRef)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bCo)(?<!\bLtd)(?<!\bSt)(?<!\bi\.e)(?<!\be\.g)(?<!\b[ap]\.m)(?<!\bc\.c)(?<!\b[A-Z])"
    r"[.!?][\"”’)\]*_]*(?=\s+[\"“‘(\[*^]*[A-Z0-9•])"
)
_ENUMERATED = re.compile(r"^\s*(?:[(（]?(?:\d{1,2}|[a-z]|[ivx]+)[)）.、]|[•●▪◦‧·\-–*^#]|[一二三四五六七八九十甲乙丙丁]{1,3}、)")
_FURNITURE = re.compile(
    r"^\W*(?:Page\s*\d+(?:\s*(?:of|/)\s*\d+)?|第\s*\d+\s*[頁页](?:[，,]?\s*共\s*\d+\s*[頁页])?|\d{1,3}|[\W_]*)\W*$", re.IGNORECASE
)
_ENQUIRY = re.compile(r"^\W*(?:Enquir(?:y|ies)|Contacts?|查詢|查询|聯絡人|联络人)\s*(?:Enquir(?:y|ies))?\W*", re.IGNORECASE)
# The label and its line; where nothing else stands on it, the next line that is not empty.
_ENQUIRY_LINE = re.compile(
    r"^\W*(?:Enquir(?:y|ies)|查詢|查询)\s*(?:Enquir(?:y|ies))?[^\S\n]*[:：.]?(?:[^\S\n]*\S[^\n]*|\s*\n\s*[^\n]+)",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE_END = re.compile(r"[.!?。！？；;][\"”’」』)）\]]*[^\S\n]*$", re.MULTILINE)
# A line of the heading that stands below the subject: the circular's own number or day, whom it is to.
_FIELD = re.compile(
    r"\s*\n\s*(?:(?:Our\s+)?Ref(?:erence)?|Circular|Date|To|From|Attention|Attn|Enquir(?:y|ies)|Hotline|(?:通[告函]|文件)?(?:編號|编号)|本?[局會处處署所]?(?:檔號|档号)|文號|文号|日期|[查詢询熱热線线]{2}|致)\.?(?:[^\S\n]*No\.?)?[^\S\n]*[:：][^\n]*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:(?:編號|编号|檔號|日期|事項|事项|查詢|通告|通函|Our|Ref|No|Reference|Date|Subject|Enquiry|CIRCULAR|From|To)(?:[\s.:：/]+|$)|(?:編號|日期|事項|查詢|通告))+$",
    re.IGNORECASE,
)
_WRAPPED_AT = 56


class Unit(NamedTuple):
    """A piece of the text: `cells` are the filled cells of a row; `paragraph` numbers the paragraph, or the table."""

    kind: UnitKind
    span: Span
    text: str
    mentions: tuple[Mention, ...]
    cells: tuple[tuple[str, Span], ...] = ()
    paragraph: int = 0
    own: bool = False
    """Stands in the heading of the circular, where a house gives its own number and contacts."""


class Layout(NamedTuple):
    """The units of one expression: the heading apart from the body."""

    subject: Unit | None
    head: tuple[Unit, ...]
    body: tuple[Unit, ...]
    lang: Lang


def layout(expression: Expression) -> Layout:
    """Cut an expression into its heading and the units of its body."""
    found = _Facts(mentions(expression))
    subject = _subject(expression, found)
    pieces = sorted([*_rows(expression, found), *_sentences(expression, found)], key=lambda unit: unit.span)
    limit = _heading_end(expression, subject)
    head = tuple(
        unit._replace(own=True)
        for unit in pieces
        if unit.span[0] < limit or (_ENQUIRY.match(unit.text) and unit.kind != "row" and _early(unit, expression))
    )
    spans = {unit.span for unit in head}
    return Layout(subject, head, tuple(unit for unit in pieces if unit.span not in spans), expression.lang)


class _Facts:
    """Mentions by place."""

    def __init__(self, found: list[Mention]) -> None:
        self._all = found
        self._starts = [mention.span[0] for mention in found]

    def within(self, span: Span) -> tuple[Mention, ...]:
        first, last = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        return tuple(mention for mention in self._all[first:last] if mention.span[1] <= span[1] + 2)


def _early(unit: Unit, expression: Expression) -> bool:
    return unit.span[0] < len(expression.text) * 0.6


def _subject(expression: Expression, found: _Facts) -> Unit | None:
    if not expression.title:
        return None
    span = Squeezed(expression.text).find(expression.title)
    if span is None:
        return None
    return Unit("subject", span, expression.text[span[0] : span[1]], found.within(span))


def _heading_end(expression: Expression, subject: Unit | None) -> int:
    """Where the body begins: after the subject, if the subject stands near the top."""
    if subject is None or subject.span[0] > max(1500, len(expression.text) // 2):
        return 0
    end = subject.span[1]
    while field := _FIELD.match(expression.text, end):
        end = field.end()
    enquiry = _ENQUIRY_LINE.search(expression.text, end, end + 400)
    # Enquiries at the end of a short circular follow its body: a line that ends a sentence is no heading.
    if enquiry and not _SENTENCE_END.search(expression.text, end, enquiry.start()):
        end = enquiry.end()
    return end


# Rows -----------------------------------------------------------------------------------------------------------------


def _rows(expression: Expression, found: _Facts) -> Iterator[Unit]:
    for number, table in enumerate(expression.tables):
        yield from (row._replace(paragraph=number) for row in _table_rows(expression, table, found))


def _table_rows(expression: Expression, table: Table, found: _Facts) -> Iterator[Unit]:
    start, end = table.span
    squeezed = Squeezed(expression.text[start:end])
    cursor = 0
    heading = table.rows[0] if table.header else ()
    for number, row in enumerate(table.rows):
        if number >= table.header and row == heading:
            continue  # repeated at the top of the next page
        cells: list[tuple[str, Span]] = []
        for cell in row:
            place = squeezed.find(cell, cursor) if cell.strip() else None
            if place is not None:
                cells.append((cell, (place[0] + start, place[1] + start)))
                cursor = place[1]
        if cells:
            span = min(s for _, (s, _) in cells), max(e for _, (_, e) in cells)
            yield Unit(
                "heading" if number < table.header else "row",
                span,
                " | ".join(squeeze(cell) for cell, _ in cells),
                tuple(mention for _, place in cells for mention in found.within(place)),
                tuple(cells),
            )


class Squeezed:
    """A text without white space that knows where its characters stood."""

    def __init__(self, text: str) -> None:
        self._offsets = [offset for offset, char in enumerate(text) if not char.isspace()]
        self._text = "".join(narrow(text[offset]) for offset in self._offsets)

    def find(self, wanted: str, start: int = 0) -> Span | None:
        """The first place at or after `start` where the words stand, whatever white space they hold."""
        bare = narrow("".join(wanted.split()))
        at = self._text.find(bare, bisect_left(self._offsets, start)) if bare else -1
        return (self._offsets[at], self._offsets[at + len(bare) - 1] + 1) if at >= 0 else None


# Sentences ------------------------------------------------------------------------------------------------------------


def _sentences(expression: Expression, found: _Facts) -> Iterator[Unit]:
    text = expression.text
    for number, (start, end) in enumerate(_paragraphs(expression)):
        for piece in _cut(text, start, end):
            span = _trim(text, piece)
            bare = text[span[0] : span[1]]
            if span[0] < span[1] and not _FURNITURE.match(bare) and not _LABEL.match(bare):
                yield Unit("sentence", span, squeeze(bare), found.within(span), paragraph=number)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for match in _END.finditer(text, start, end):
        yield at, match.end()
        at = match.end()
    yield at, end


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in "*_#"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "*_#"):
        end -= 1
    return start, end


def _paragraphs(expression: Expression) -> Iterator[Span]:
    """Lines outside tables, a wrapped line joined with what it goes on to."""
    blocks = _Blocks(expression)
    open_at: int | None = None
    last = (0, 0)
    for line in _lines(expression):
        if open_at is None:
            open_at = line[0]
        elif not (blocks.same(last, line) or _goes_on(expression.text, last, line)):
            yield open_at, last[1]
            open_at = line[0]
        last = line
    if open_at is not None:
        yield open_at, last[1]


class _Blocks:
    """Which block of the layout a line belongs to."""

    def __init__(self, expression: Expression) -> None:
        self._spans = sorted(block.span for block in expression.blocks if block.kind != "table")
        self._starts = [start for start, _ in self._spans]

    def same(self, left: Span, right: Span) -> bool:
        """Do two lines lie in one block?"""
        index = bisect_left(self._starts, left[0] + 1) - 1
        return index >= 0 and right[1] <= self._spans[index][1]


def _lines(expression: Expression) -> Iterator[Span]:
    tables = [table.span for table in expression.tables]
    for match in re.finditer(r"[^\n]+", expression.text):
        start, end = match.span()
        if not match.group().strip():
            continue
        for left, right in tables:
            if left < end and start < right:
                start, end = (start, left) if start < left else (right, end)
        if start < end:
            yield start, end


def _goes_on(text: str, last: Span, line: Span) -> bool:
    """Was the line broken only because it was full? Then nothing but one line end stands between, and no list begins."""
    before, after = text[last[0] : last[1]].rstrip(), text[line[0] : line[1]]
    if text[last[1] : line[0]].strip(" \t\r") != "\n" or _ENUMERATED.match(after) or "\t" in before + after:
        return False
    if _ENQUIRY.match(before) or _ENQUIRY.match(after):
        return False
    return _width(before) >= _WRAPPED_AT and not re.search(r"[.!?:;。！？：；]$", before)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def closed(text: str) -> bool:
    """Does it end as a sentence or the words before a list do, and not as a heading does?"""
    return bool(re.search(r"[.。!！;；:：]\W*$", text))


def words(text: str, lang: Lang) -> int:
    """How long a text is, in words; two Chinese characters are about one."""
    if chinese(lang):
        return len(re.findall(r"[\u3400-\u9fff]", text)) // 2 + len(re.findall(r"[A-Za-z0-9]+", text))
    return len(re.findall(r"\w+", text))
