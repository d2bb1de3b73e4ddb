"""Plain text, as extracted from PDF or saved from a page: tables by tabs or pipes, Markdown and HTML remains, page lines.

Lines are sorted into runs (a table, a heading, other text), markup is taken off each run, and the rest is the text.
Line breaks stay where they were: a hard-wrapped paragraph is one block of several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec

from ingest.errors import Unrecognised
from ingest.formats import charset, flat, furniture, ragged, signs, spaced
from ingest.formats.draft import Draft, Piece, Slot
from ingest.formats.flattened import run_together
from ingest.formats.flow import Part
from ingest.formats.markup import settle, strip
from ingest.formats.tables import Layout
from ingest.model import BlockKind, Cell, Document, Link, Span, Warn
from ingest.settings import Settings

MEDIA_TYPE = "text/plain"

SKIP_LINK = re.compile(r"Skip to|跳[至到]", re.IGNORECASE)
LETTERHEAD = re.compile(
    r"\d|[:：。]|有限公司|LIMITED|Authority|Commission|[局會会所院]\s*$|CIRCULAR|NOTICE|通告|通函|通知|公告", re.IGNORECASE
)
HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*?)[ \t]*#*$")
PIPE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
PIPE = re.compile(r"(?<!\\)\|")
PARTED = re.compile(r"\s\|(?=\s|$)")
PIPED = 3  # lines with as many bars between their cells are a table, without any ruling
BULLET_START = re.compile(rf"(?:<[^<>]*>|[\s*_])*[{signs.BULLETS}]")
BULLET = re.compile(rf"[{signs.BULLETS}]")
CELL_MARKS = re.compile(rf"[*_<&\[\\{signs.BULLETS}]")
RunKind = Literal["table", "pipe", "flat", "spaced", "heading", "text"]


SENTENCE_ENDS = (".", ":", "。", "：")
GOES_ON = tuple("/-–(,，、:：")  # a line that ends so goes on, however short it is


@dataclass(slots=True)
class Run:
    """Lines of one kind, `above` of them empty before it; `table` says which cells the lines of one that was found again are."""

    kind: RunKind
    above: int
    lines: list[str] = field(default_factory=list)
    table: flat.Flat | spaced.Spaced | None = None


def sniff(data: bytes, name: str) -> float:  # noqa: ARG001  every format is asked alike
    """Any bytes may be text; a format that knows its own bytes is surer."""
    return 0.5


def read(data: bytes, name: str, how: Settings | None = None) -> Document:  # noqa: ARG001  every format is read alike
    """The document in a text file."""
    decoded = charset.decode(data, name)
    settled = settle(decoded.text)
    found = _found(_without_furniture(_lines(settled.text)))
    runs = _runs(found.lines, found.tables, found.kept)
    if not runs:
        raise Unrecognised(name, "no text in it")
    struck = [Warn(code="struck-text", message=f"{settled.struck} characters of struck-out text were left out")] if settled.struck else []
    document = run_together(_compose(runs).document(MEDIA_TYPE, (*decoded.warnings, *struck)), "plain")
    tables = [document.text[slice(*grid.span)] for grid in document.grids]
    lost = [flat.lost(line) for line in map(found.lines.__getitem__, found.lost) if not any(line in table for table in tables)]
    return msgspec.structs.replace(document, warnings=(*document.warnings, *lost))


# Lines and runs ---------------------------------------------------------------------------------------------------------


def _lines(text: str) -> list[str]:
    return [line.rstrip(" \u3000\xa0") for line in furniture.tidy(text).split("\n")]


def _without_furniture(lines: list[str]) -> list[str]:
    """Page numbers and the like leave a page break, the date of a web page at either end an empty line."""
    lines = _without_running_heads(_without_menu(lines))
    lines = [line and (spaced.PAGE_BREAK if furniture.is_page_line(line) else line) for line in lines]
    filled = [index for index, line in enumerate(lines) if line and not line.isspace() and not furniture.is_rule(line)]
    for index in (*filled[:3], *filled[-3:]):
        if furniture.is_edge_line(lines[index]):
            lines[index] = ""
    return lines


def _without_running_heads(lines: list[str]) -> list[str]:
    """A line that heads every page with its number at the margin (`HKEX CLEARING      Page 2 of 3`) stands once, without the number."""
    heads = {at: match["said"].strip() for at, line in enumerate(lines) if (match := RUNNING.fullmatch(line))}
    seen: set[str] = set()
    out = list(lines)
    for at, said in heads.items():
        if list(heads.values()).count(said) > 1:
            out[at] = spaced.PAGE_BREAK if said in seen else said
            seen.add(said)
    return out


# The number stands in a column of its own, right or left of what is said on every page.
RUNNING = re.compile(
    r"\s*(?P<said>\S.{2,100}?)\s{3,}(?:Page\s+\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?|第\s*\d{1,3}\s*[頁页].{0,12})", re.IGNORECASE
)


def _without_menu(lines: list[str]) -> list[str]:
    """A skip link at the top begins the menu: the lines below it, up to the first empty one, go with it."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if not lines[first : first + 1] or not SKIP_LINK.match(lines[first].strip(furniture.MARKS)) or not furniture.is_page_line(lines[first]):
        return lines
    last = first + 1
    while last < len(lines) and lines[last].strip() and len(lines[last]) <= 40 and not LETTERHEAD.search(lines[last]):
        last += 1
    return lines[last:] if last == len(lines) or not lines[last].strip() else lines[first + 1 :]


class Found(NamedTuple):
    """The lines without their rulings, the tables found again in them by their first lines, and the first line of each that is lost.

    `kept` are the lines of a table whose columns are lost: they stay as they are.
    """

    lines: list[str]
    tables: dict[int, flat.Flat | spaced.Spaced]
    lost: list[int]
    kept: frozenset[int]


def _found(lines: list[str]) -> Found:
    """Tables by their columns first, then rows whose columns lost their places, then one cell a line in what is left."""
    columns = spaced.search(lines)
    taken = _numbers(columns.found)
    if copied := list(ragged.search(lines, taken)):
        lines = list(lines)
        for table in copied:
            lines[table.first : table.last + 1] = ["\t".join(row) for row in table.rows] or lines[table.first : table.last + 1]
        again = _numbers(copied)
        lost = [one for one in columns.lost if again.isdisjoint(range(one.first, one.last + 1))]
        columns = columns._replace(lost=(*lost, *(spaced.Lost(one.first, one.last) for one in copied if not one.rows)))
    kept = _numbers(columns.lost)
    shown = ["" if number not in taken and furniture.is_rule(line) else line for number, line in enumerate(lines)]
    lines_left = flat.search(["\t" if number in taken or number in kept else line for number, line in enumerate(shown)])
    tables: dict[int, flat.Flat | spaced.Spaced] = {table.first: table for table in columns.found}
    tables.update((found.first, found) for found in lines_left.found)
    return Found(shown, tables, sorted([*(table.first for table in columns.lost), *lines_left.lost]), kept)


def _numbers(tables: Sequence[spaced.Spaced | spaced.Lost | ragged.Ragged]) -> frozenset[int]:
    return frozenset(number for table in tables for number in range(table.first, table.last + 1))


def _runs(lines: list[str], found: Mapping[int, flat.Flat | spaced.Spaced], kept: frozenset[int]) -> list[Run]:
    """Neighbouring lines of one kind; an empty line ends a run, save inside a table that goes over a page or was found again."""
    runs: list[Run] = []
    above = done = 0
    new_page = False
    for index, line in enumerate(lines):
        if index < done:
            continue
        if (table := found.get(index)) is not None:
            done = table.last + 1
            runs.append(Run("flat" if isinstance(table, flat.Flat) else "spaced", above, lines[index:done], table))
            above, new_page = 0, False
            continue
        if not line or line.isspace():
            above += 1
            new_page |= line == spaced.PAGE_BREAK
            continue
        joined = new_page and bool(runs) and _continues(runs[-1], line)
        new_page = False
        if joined:
            above = 0
            if line == runs[-1].lines[0]:
                continue
        kind: RunKind = "text" if index in kept else _kind_of(line, lines, index, runs[-1].kind if runs and not above else None)
        if not runs or above or kind == "heading" or runs[-1].kind != kind:
            runs.append(Run(kind, above))
        runs[-1].lines.append(line)
        above = 0
    return runs


def _continues(table: Run, line: str) -> bool:
    """A table goes on below a page line if the columns are as many; its headings may be repeated there."""
    return table.kind == "table" and 0 < line.count("\t") == table.lines[0].count("\t")


def _kind_of(line: str, lines: list[str], index: int, previous: RunKind | None) -> RunKind:
    if "\t" in line:
        return "table"
    if previous == "table" and _goes_on(line, lines, index):
        return "table"
    if "|" in line and (previous == "pipe" or _begins_pipes(line, lines, index)):
        return "pipe"
    return "heading" if line[0] == "#" and HEADING.match(line) else "text"


def _goes_on(line: str, lines: list[str], index: int) -> bool:
    """A line without tab inside a table: a further bullet of the cell above it, or a row that lost its trailing tabs.

    A sentence above a line with other columns leads from one table to the next.
    """
    if BULLET_START.match(line):
        return True
    for number, below in enumerate(lines[index + 1 : index + 4], index + 1):
        if not below.strip():
            return False
        if "\t" in below:
            above = next((one for one in reversed(lines[:index]) if "\t" in one), below)
            leads = any(one.rstrip().endswith(SENTENCE_ENDS) for one in lines[index:number])
            return not leads or above.count("\t") == below.count("\t")
    return False


def _begins_pipes(line: str, lines: list[str], index: int) -> bool:
    below = lines[index + 1] if index + 1 < len(lines) else ""
    bars, rows = line.count("|"), lines[index : index + PIPED]
    if bars > 1 and len(rows) == PIPED and all(len(PARTED.findall(row)) == row.count("|") == bars for row in rows):
        return True
    return "|" in below and (PIPE_RULE.match(below) is not None or (line.strip()[0] == below.strip()[0] == "|" and line.strip()[-1] == "|"))


def preformatted(text: str) -> tuple[list[Part], list[Warn]]:
    """What stands in a text whose lines are kept as they are: its tables, the lines between them, and a warning for each table lost."""
    lines = text.split("\n")
    columns = spaced.search(lines)
    runs = _runs(lines, {table.first: table for table in columns.found}, _numbers(columns.lost))
    tables = _tables(runs)
    parts = [
        Part(run.above + 1, "table", Piece(""), layout=tables[index])
        if index in tables
        else Part(run.above + 1, "text", Piece("\n".join(run.lines)), soft=True)
        for index, run in enumerate(runs)
    ]
    return parts, [flat.lost(lines[table.first]) for table in columns.lost]


# Composing --------------------------------------------------------------------------------------------------------------


def _compose(runs: list[Run]) -> Draft:
    draft = Draft()
    tables = _tables(runs)
    caption: Span | None = None
    marks = ""  # of the table above: `# …` and `* …` below it are footnotes then, not a heading and a bullet
    for index, run in enumerate(runs):
        draft.gap(run.above + 1)
        if index in tables:
            table = tables[index]
            rule = "plain.columns" if run.kind == "spaced" else "plain.rows"
            draft.grid(table.slots, table.height, table.width, header=table.header, caption=caption, rule=rule, doubts=table.doubts)
            marks = "".join(mark for mark in "#*" if any(mark in slot.piece.text for slot in table.slots))
            caption = None
        elif isinstance(run.table, flat.Flat):
            _write_flat(draft, run.lines, run.table, caption)
            marks, caption = "", None
        elif run.kind == "heading" and not ("#" in marks and run.lines[0].startswith("# ")):
            _write_heading(draft, run.lines[0])
            caption = None
        else:
            before_table = index + 1 in tables or (index + 1 < len(runs) and runs[index + 1].table is not None)
            caption = _write_text(draft, run, before_table, _sentence_follows(runs, index), marks)
            marks = marks if signs.is_note(run.lines[0]) else ""
    return draft


def _write_heading(draft: Draft, line: str) -> None:
    match = HEADING.match(line)
    level, words = (match[1], match[2]) if match else ("##", line)
    draft.block("title" if level == "#" else "section_header", strip(words))


def _write_text(draft: Draft, run: Run, before_table: bool, before_sentence: bool, marks: str) -> Span | None:
    """Write the lines, mark the blocks in them; the caption's span where the last line is one."""
    piece = strip(_bullets_apart("\n".join(run.lines)))
    start, _ = draft.write(piece)
    spans = list(_block_spans(piece.text))
    for number, (begin, end) in enumerate(spans):
        line = piece.text[begin:end]
        last = number == len(spans) - 1
        if last and before_table and (captioned := _caption_start(line, alone=len(spans) == 1)) is not None:
            if captioned:
                draft.mark(_kind_of_block(line[:captioned], False), _trim(start + begin, line[:captioned]))
            return draft.mark("caption", _trim(start + begin + captioned, line[captioned:]))
        kind = _kind_of_block(line, len(spans) == 1 and "\n" not in line, before_sentence, marks)
        draft.mark(kind, _trim(start + begin, line))
    return None


def _block_spans(text: str) -> Iterator[Span]:
    """A list item or a footnote begins a block of its own, and so does what follows a broken-off line of wrapped text."""
    lines = text.split("\n")
    full = _full_width(lines)
    start = at = 0
    for index, line in enumerate(lines):
        ended = full > 0 and index > 0 and signs.width(lines[index - 1]) < full and lines[index - 1][-1:] not in GOES_ON
        broken_off = ended and not line[:1].islower()
        if at and (broken_off or signs.is_list_item(line) or signs.is_note(line)):
            yield start, at - 1
            start = at
        at += len(line) + 1
    yield start, len(text)


def _full_width(lines: list[str]) -> float:
    """A line shorter than this ended there instead of being wrapped (text from a PDF may lack blank lines); 0 where nothing is wrapped."""
    if len(lines) < 4:
        return 0.0
    widths = [signs.width(line) for line in lines]
    widest = max(widths)
    wrapped = sum(width >= 0.85 * widest for width in widths)
    return 0.75 * widest if widest >= 56 and wrapped >= 2 else 0.0


def _caption_start(block: str, alone: bool) -> int | None:
    """Where the caption begins in the block that stands before a table; the last line, if others stand above it."""
    start = block.rfind("\n") + 1
    line = block[start:]
    if signs.is_caption(line) and (signs.NAMED_CAPTION.match(line.strip()) or (alone and not start)):
        return start
    return None


def _kind_of_block(line: str, alone: bool, before_sentence: bool = False, marks: str = "") -> BlockKind:
    if alone and signs.is_heading(line):
        return "section_header"
    if signs.is_note(line) and ("*" in marks or line.lstrip()[:2] != "* "):
        return "footnote"
    if signs.is_list_item(line):
        return "list_item"
    return "section_header" if alone and before_sentence and signs.is_bare_heading(line) else "text"


def _sentence_follows(runs: list[Run], index: int) -> bool:
    """Below a heading stands a paragraph: longer than a line, or ending like a sentence."""
    if index + 1 >= len(runs) or runs[index + 1].kind != "text":
        return False
    last = runs[index + 1].lines[-1]
    return len(runs[index + 1].lines[0]) > len(runs[index].lines[0]) and last.endswith((".", "。", ":", "：", ".*", "。*"))


def _trim(start: int, text: str) -> Span:
    begin = start + len(text) - len(text.lstrip())
    return begin, max(begin, start + len(text.rstrip()))


# Tables -----------------------------------------------------------------------------------------------------------------


def _tables(runs: list[Run]) -> dict[int, Layout]:
    """The table of each run that is one."""
    found: dict[int, Layout] = {}
    for index, run in enumerate(runs):
        if isinstance(run.table, spaced.Spaced):
            found[index] = _spaced_layout(run.table)
        elif run.kind in ("table", "pipe"):
            filled = [flat.Row(tuple(row)) for row in _pipe_rows(run.lines)] if run.kind == "pipe" else flat.refilled(_tab_rows(run.lines))
            rows = _rows([row.cells for row in filled])
            if rows and _is_grid(rows):
                found[index] = _layout(rows, run, [(at, row.doubt) for at, row in enumerate(filled, 1) if row.doubt is not None])
    return found


def _spaced_layout(table: spaced.Spaced) -> Layout:
    reach = {(row, col): columns for row, col, columns in table.reach}
    slots = [
        Slot(row, col, cell, colspan=reach.get((row, col), 1))
        for row, line in enumerate(table.rows)
        for col, cell in enumerate(map(_cell, line))
        if cell.text
    ]
    header = signs.header_rows(table.rows) if table.header is None else table.header
    return Layout(tuple(slots), len(table.rows), len(table.rows[0]), header, None)


def _layout(rows: list[list[Piece]], run: Run, doubts: Sequence[tuple[int, str]]) -> Layout:
    ruled = run.kind == "pipe" and len(run.lines) > 1 and PIPE_RULE.match(run.lines[1]) is not None
    slots = tuple(Slot(row, col, cell) for row, line in enumerate(rows) for col, cell in enumerate(line) if cell.text)
    header = 1 if ruled else signs.header_rows([[cell.text for cell in row] for row in rows])
    return Layout(slots, len(rows), len(rows[0]), header, None, tuple(doubts))


def _rows(raw: Sequence[Sequence[str]]) -> list[list[Piece]]:
    """The table's cells without markup, all rows of one width, no empty column at the right."""
    rows = [[_cell(cell) for cell in row] for row in raw]
    width = max((col + 1 for row in rows for col, cell in enumerate(row) if cell.text), default=0)
    return [(row + [Piece("")] * width)[:width] for row in rows]


def _tab_rows(lines: list[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in lines:
        if rows and "\t" not in line and BULLET_START.match(line):
            rows[-1][-1] += "\n" + line
        else:
            rows.append(line.split("\t"))
    return rows


def _pipe_rows(lines: list[str]) -> list[list[str]]:
    outer = all(line.strip().startswith("|") for line in lines)
    rows = [PIPE.split(line.strip()) for line in lines if not PIPE_RULE.match(line)]
    return [row[1 : -1 if not row[-1].strip() else None] if outer else row for row in rows]


def _cell(raw: str) -> Piece:
    """A cell's text: no markup, no white space around it, one bullet a line."""
    if not CELL_MARKS.search(raw):
        return Piece(raw.strip())
    if BULLET_START.match(raw):
        raw = _apart(raw)
    piece = strip(raw)
    text = piece.text.strip()
    if not piece.links or text == piece.text:
        return Piece(text, piece.links)
    cut = len(piece.text) - len(piece.text.lstrip())
    spans = ((max(link.span[0] - cut, 0), min(link.span[1] - cut, len(text)), link.target) for link in piece.links)
    return Piece(text, tuple(Link(span=(begin, end), target=target) for begin, end, target in spans))


def _is_grid(rows: list[list[Piece]]) -> bool:
    """At least two rows and two columns that are filled, and neither a letterhead nor a list set with tabs."""
    filled = [row for row in rows if sum(bool(cell.text) for cell in row) > 1]
    if len(rows) < 2 or not filled:
        return False
    words = [[cell.text for cell in row] for row in rows]
    return not signs.is_letterhead(words) and not signs.is_numbered_list(words)


def _write_flat(draft: Draft, lines: list[str], table: flat.Flat, caption: Span | None) -> None:
    """The lines as they stand, each a cell or part of one; a line that was wrapped within a cell is made whole."""
    first, places = table.first, list[Span]()
    wrapped = {at - first for row in table.rows for top, bottom in row for at in range(top + 1, bottom + 1)}
    for number, line in enumerate(lines):
        if number in wrapped and line[:1].islower():
            draft.write(Piece(" "))
        elif number:
            draft.gap(1)
        places.append(draft.write(strip("" if line == spaced.PAGE_BREAK else line)))
    cells = [
        Cell(row=row, col=col, span=(places[top - first][0], places[bottom - first][1]))
        for row, line in enumerate(table.rows)
        for col, (top, bottom) in enumerate(line)
    ]
    draft.grid_over(cells, len(table.rows), len(table.rows[0]), (places[0][0], len(draft)), header=1, caption=caption, rule="plain.lines")


def _bullets_apart(text: str) -> str:
    """Bullets that were run together, one a line."""
    if "•" not in text:
        return text
    return "\n".join(_apart(line) if BULLET_START.match(line) else line for line in text.split("\n"))


def _apart(line: str) -> str:
    starts = [match.start() for match in BULLET.finditer(line)][1:]
    pieces = [line[start:end].rstrip() for start, end in zip([0, *starts], [*starts, len(line)], strict=True)]
    return "\n".join(pieces)
