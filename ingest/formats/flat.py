"""Tables that lost their columns on the way to text: one cell a line, or rows run together in one paragraph.

Only what can be proved is a table again: headings that name their column, and rows that all have the same kinds of cells
below them. Where the headings stand and the rows do not fit, the table is lost: the text stays, and the reader says so.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.formats import kinds, signs
from ingest.formats.kinds import Kind, words
from ingest.lang.rules import Found
from ingest.model import TABLE_LOST, Span, Warn
from ingest.text import fold

WIDEST = 8  # columns
HEADING = 40  # columns that a heading takes at most
AHEAD = 16  # cells below a heading that show whether a table stood there
MARKS = 3  # on lines of their own that show a check-list
VALUES = 4  # likewise, dates, times and numbers below headings side by side
LISTED = 6  # short lines below the one that announces them may be a table of words
LONGEST = 80  # lines of such a table that are looked at
CLOSED = (".", ":", "。", "：")
WORDY = 28  # columns: a name or a few words are no longer
QUOTED = 60  # so many characters of a line show which one is meant

_HEADS: dict[Kind, str] = {"date": "date_headings", "time": "time_headings", "number": "number_headings"}  # the words that name each kind
VALUED: tuple[Kind, ...] = ("date", "time", "number", "mark")
_NO_HEAD = re.compile(r"[\d\t:：。，,;；.!?？]")
_UNIT = re.compile(r"[(（][^()（）]{1,12}[)）]|(?:HK|US)\$|[%％$]")
_TITLES = re.compile(r"(?:[A-Z(/&][\w()/&-]*\s+){2,12}|[\u3400-\u9fff（）()/]{2,12}(?:\s+[\u3400-\u9fff（）()/]{2,12}){1,8}\s*")


class Unit(NamedTuple):
    """What may be a cell: lines `first` to `last` (included), `gap` empty ones above."""

    first: int
    last: int
    gap: int
    text: str
    kind: Kind


class Flat(NamedTuple):
    """A table found again: for each row, headings first, the lines that each cell takes (first and last)."""

    rows: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def first(self) -> int:
        return self.rows[0][0][0]

    @property
    def last(self) -> int:
        return self.rows[-1][-1][1]


class Search(NamedTuple):
    """The tables in some lines, and the first line of each that is lost."""

    found: tuple[Flat, ...]
    lost: tuple[int, ...]


def lost(said: str, page: int | None = None) -> Warn:
    """The warning that a table, which begins with these words, stands in the text without its columns."""
    return Warn(code=TABLE_LOST, message=f"a table lost its columns: {shown(said)}", page=page)


def shown(said: str) -> str:
    """The first line of some words, as far as a warning quotes it."""
    line = said.partition("\n")[0]
    return (line if len(line) <= QUOTED else line[:QUOTED].rsplit(None, 1)[0] + " …").strip()


# One cell a line ------------------------------------------------------------------------------------------------------


def search(lines: Sequence[str]) -> Search:
    """Tables of which every cell stands on a line, or in a paragraph, of its own."""
    marks = [at for at, line in enumerate(lines) if 0 < len(line) <= kinds.MARK and kinds.kind(line) == "mark"]
    words_lost = [at + 1 for at, line in enumerate(lines) if line[-1:] in CLOSED and _are_short(lines, at + 1) and _announces(line)]
    untitled = not any(_starts(lines, at, marks) for at in range(len(lines)))
    told = [first for start in words_lost if (first := _of_words(lines, start)) is not None]
    if untitled:
        return Search((), tuple(told))
    by_line, by_paragraph = _units(lines, together=False), _units(lines, together=True)
    found: list[Flat] = []
    lost: list[tuple[int, int, int]] = []  # the first line, that of the first value, and how far nothing else is lost
    done = -1
    for at, unit in enumerate(by_line):
        if unit.first <= done or not _starts(lines, unit.first, marks):
            continue
        table = _proved(by_line, at) or _proved_around(by_paragraph, unit) or _keyed(by_line, at)
        if table is not None and lost and lost[-1][0] < table.first < lost[-1][1]:
            continue  # only some of the headings that stand here
        if table is not None:
            found.append(table)
            done = table.last
        elif (not lost or unit.first > lost[-1][2]) and _was_table(by_line, at):
            value = next(below for below in by_line[at + 1 :] if below.kind in VALUED)
            lost.append((unit.first, value.first, by_line[min(at + AHEAD, len(by_line) - 1)].last))
    missed = [first for first, _, _ in lost]
    for first in told:
        if not any(abs(first - other) < AHEAD for other in missed):
            missed.append(first)
    left = [first for first in sorted(missed) if not any(table.first <= first <= table.last for table in found)]
    return Search(tuple(found), tuple(left))


def _announces(line: str) -> bool:
    """Does a line end with a colon, or end a sentence that says that something stands below?"""
    end = line.rstrip()[-1:]
    return end in (":", "：") or (end in (".", "。") and words("announcing").search(fold(line)) is not None)


def _are_short(lines: Sequence[str], start: int) -> bool:
    """Are the next lines that are not empty as short as cells, without bullets and labels?"""
    below: list[str] = []
    for line in lines[start : start + 2 * LISTED]:
        if line and not line.isspace():
            short = len(line) <= HEADING
            if "\t" in line or (not short and len(below) < 3) or line.rstrip()[-1:] in CLOSED:
                return False
            below.append(line)
            if len(below) == LISTED:
                break
    shorts = sum(len(line) <= HEADING for line in below)
    return len(below) == LISTED and shorts > 3 and not any(signs.is_list_item(line) or signs.is_label(line) for line in below)


def _of_words(lines: Sequence[str], start: int) -> int | None:
    """The first line of a table of words that stands, one cell a line, below the line that announces it; None where a list may be.

    Its headings name columns, or the cells below are of the same kinds again and again.
    """
    below = [unit._replace(first=unit.first + start) for unit in _units(lines[start : start + 2 * LONGEST], together=False)][:LONGEST]
    gap = below[1].gap if len(below) > 1 else 0
    block = list(itertools.takewhile(lambda unit: unit.gap == gap or unit is below[0], below))
    for width in range(2, WIDEST + 1):
        heads, body = block[:width], block[width:]
        if len(body) < 2 * width or not all(unit.kind == "text" and _may_head(unit.text) for unit in heads):
            continue
        titles = sum(is_title(unit.text) for unit in heads)
        if 2 * titles > width and titles > 1 and not is_title(body[0].text):
            return block[0].first
        rows = [tuple(unit.kind for unit in body[at : at + width]) for at in range(0, 3 * width, width)]
        if len(body) >= 3 * width and len(set(rows)) == 1 and set(rows[0]) & set(VALUED) and "prose" not in rows[0]:
            return block[0].first
    return None


def _starts(lines: Sequence[str], at: int, marks: Sequence[int]) -> bool:
    """May a table begin near this line: a heading that names its column, or any above the marks of a check-list (those lines)?"""
    if marks and _may_head(lines[at]) and lines[at].strip():
        below = bisect.bisect(marks, at)
        first = not below or marks[below - 1] < at - 2 * AHEAD
        if first and below + MARKS <= len(marks) and marks[below + MARKS - 1] < at + 2 * AHEAD:
            return True
    return _is_head(lines[at]) and _typed_below(lines, at)


def _is_head(line: str) -> bool:
    if not 0 < len(line) <= HEADING or _NO_HEAD.search(line):
        return False
    return (any(names(line, kind) for kind in _HEADS) or is_title(line, alone=True)) and _may_head(line)


def _typed_below(lines: Sequence[str], at: int) -> bool:
    """Do two lines of dates, times or numbers stand near below this one? Most headings are none, and this is soon told."""
    found: list[Kind] = []
    for line in lines[at + 1 : at + 2 * AHEAD]:
        if "\t" in line:
            return False
        if len(line) <= HEADING and (signs.DIGIT.search(line) or "月" in line) and (kind := kinds.kind(line)) in _HEADS:
            if kind in found:
                return True
            found.append(kind)
    return False


def _may_head(line: str) -> bool:
    """A few words without a number, a stop or a bullet."""
    return signs.width(line) <= HEADING and not _NO_HEAD.search(line) and not signs.is_list_item(line)


def _units(lines: Sequence[str], *, together: bool) -> list[Unit]:
    """The lines that are not empty; bullets below each other are one, and all lines of a paragraph where they go `together`."""
    units: list[Unit] = []
    gap = 0
    for index, line in enumerate(lines):
        if not line or line.isspace():
            gap += 1
            continue
        bullet = line.lstrip()[:1] in signs.BULLETS
        above = units[-1] if units and not gap else None
        if above is not None and (together or (bullet and above.text.lstrip()[:1] in signs.BULLETS)):
            text = f"{above.text}\n{line}"
            units[-1] = Unit(above.first, index, above.gap, text, "prose" if "\t" in line else above.kind if bullet else kinds.kind(text))
        else:
            units.append(Unit(index, index, gap, line, "prose" if "\t" in line else kinds.kind(line)))
        gap = 0
    return units


def _proved_around(units: Sequence[Unit], head: Unit) -> Flat | None:
    """The same among paragraphs, if the heading is one."""
    at = next((at for at, unit in enumerate(units) if unit.first == head.first == unit.last), None)
    return None if at is None else _proved(units, at)


def _proved(units: Sequence[Unit], at: int) -> Flat | None:
    """The table one of whose headings stands here: the only way in which everything fits, or the only one with known headings."""
    fitting = [
        (start, table)
        for width in range(2, WIDEST + 1)
        for start in range(max(at - width + 1, 0), at + 1)
        if (table := _table(units, start, width, at - start)) is not None
    ]
    named = [table for start, table in fitting if all(is_title(unit.text) for unit in units[start : start + len(table.rows[0])])]
    sure = named if len(fitting) > 1 else [table for _, table in fitting]
    return sure[0] if len(sure) == 1 else None


def _table(units: Sequence[Unit], start: int, width: int, headed: int) -> Flat | None:
    """The table of this width whose headings begin here; the heading in the column `headed` says what stands below it."""
    heads, first = units[start : start + width], units[start + width : start + 2 * width]
    if len(first) < width or not all(unit.kind == "text" and _may_head(unit.text) for unit in heads):
        return None
    if any(unit.gap > max(first[1].gap, 1) for unit in heads[1:]):
        return None
    typed = {col: unit.kind for col, unit in enumerate(first) if unit.kind not in ("text", "none", "prose")}
    if headed not in typed or not names(heads[headed].text, typed[headed]):
        return None
    if typed.get(0) == "mark":
        return None  # the names of what is marked come first
    if any(kind == "date" and not names(heads[col].text, kind) for col, kind in typed.items()):
        return None
    if any(_UNIT.fullmatch(unit.text.strip()) for unit in heads):
        return None  # a row of units below the headings
    if any(col not in typed and _may_head(unit.text) and is_title(unit.text, alone=True) for col, unit in enumerate(first)):
        return None  # a heading among the cells: the headings begin further down
    rows = [heads]
    at = start + width
    while len(row := units[at : at + width]) == width and _like(row, typed, headed):
        rows.append(row)
        at += width
    if len(rows) < 3 or not _spaced(rows[1:]) or not _ended(units, at, rows, typed[headed]):
        return None
    return Flat(tuple(tuple((unit.first, unit.last) for unit in row) for row in rows))


def names(head: str, kind: Kind) -> bool:
    """Does the heading say that dates, times or numbers stand below it, if such do?"""
    return kind not in _HEADS or words(_HEADS[kind]).search(fold(head)) is not None


def is_title(head: str, *, alone: bool = False) -> bool:
    """A word that stands in headings, `alone` or among others."""
    said = fold(head).strip()
    patterns = [words(section) for section in (*_HEADS.values(), "word_headings")]
    return any(pattern.fullmatch(said) if alone else pattern.search(said) for pattern in patterns)


def are_words_apart(rows: Sequence[Sequence[str]]) -> bool:
    """Words side by side that are no table: no heading names its column, and no cell is a date, a time, a number, a code, a
    mark or a telephone.

    So stand lists of names in columns, addresses, steps and definitions. Three columns or more with longer words are a table, and
    so is what counts its rows by single characters.
    """
    counted = {row[0].strip() for row in rows if len(row[0].strip()) == 1}
    if len(counted) == len(rows) >= VALUES:
        return False
    if any(_may_head(cell) and words("word_headings").search(fold(cell)) for cell in rows[0] if signs.width(cell) <= WORDY):
        return False
    cells = [cell for row in rows for cell in row if cell]
    if len(rows[0]) > 2 and any(signs.width(cell) > WORDY for cell in cells):
        return False
    if any(words("contacts").fullmatch(fold(cell).strip()) for cell in cells):
        return False
    return all(kinds.kind(cell) in ("text", "none", "prose") for cell in cells)


def _like(row: Sequence[Unit], typed: dict[int, Kind], headed: int) -> bool:
    """Has each cell the kind that its column has in the first row? An empty one (a dash, N/A) may stand beside the headed one."""
    for col, unit in enumerate(row):
        if unit.kind == "prose":
            return False
        if col in typed:
            if unit.kind != typed[col] and (unit.kind != "none" or col == headed):
                return False
        elif unit.kind in typed.values():
            return False
    return True


def _spaced(rows: Sequence[Sequence[Unit]]) -> bool:
    """Is the white above the cells of a column the same in all rows?"""
    inner = {tuple(unit.gap for unit in row[1:]) for row in rows}
    return len(inner) == 1 and len({row[0].gap for row in rows[1:]}) <= 1


def _ended(units: Sequence[Unit], end: int, rows: Sequence[Sequence[Unit]], key: Kind) -> bool:
    """Does the table stop here? Not if the next row is only misshapen, or the last cell may go on."""
    if end == len(units):
        return True
    following, width = units[end], len(rows[0])
    between = rows[-1][0].gap
    if following.gap > max(between, rows[-1][1].gap):
        return True
    if any(unit.kind == key and unit.gap <= between for unit in units[end : end + width]):
        return False
    tight = following.gap == 0
    return not tight or following.kind == "prose" or signs.is_note(following.text) or signs.is_label(following.text)


def _keyed(units: Sequence[Unit], at: int) -> Flat | None:
    """Two columns, the first of dates: whatever stands between two dates is the second cell of one row."""
    if len(units) < at + 6 or not names(units[at].text, "date") or units[at + 1].gap or units[at + 2].kind != "date":
        return None
    if units[at + 1].kind != "text" or not _may_head(units[at + 1].text):
        return None
    if not units[at].gap and at and _may_head(units[at - 1].text) and units[at - 1].kind == "text":
        return None
    rows: list[list[Unit]] = []
    white: int | None = None
    for unit in units[at + 2 :]:
        if unit.kind == "date" and (len(rows) < 2 or unit.gap == white):
            white = unit.gap if len(rows) == 1 else white
            rows.append([unit])
        elif unit.gap or unit.kind == "prose":
            break
        elif words("dates").match(fold(unit.text).strip()):
            return None  # a date with more words may be the next row or a part of this
        else:
            rows[-1].append(unit)
    if len(rows) < 3 or any(len(row) < 2 for row in rows):
        return None
    end = rows[-1][-1].last
    following = next((unit for unit in units if unit.first > end), None)
    if following is not None and following.gap <= (white or 0):
        return None
    body = (((row[0].first, row[0].last), (row[1].first, row[-1].last)) for row in rows)
    return Flat((tuple((unit.first, unit.last) for unit in units[at : at + 2]), *body))


def _was_table(units: Sequence[Unit], at: int) -> bool:
    """Headings side by side above a number of dates, or known ones above dates, times and numbers, each on a line of its own."""
    beside = [units[near] for near in (at - 1, at + 1) if 0 <= near < len(units)]
    if not any(one.kind == "text" and _may_head(one.text) for one in beside):
        return False
    below = units[at + 1 : at + AHEAD]
    first = next((place for place, unit in enumerate(below) if unit.kind in VALUED), None)
    if first is None or not all(unit.kind in ("text", "code") for unit in below[:first]):
        return False
    sorts = [unit.kind for unit in below]
    if names(units[at].text, "date") and sorts.count("date") > 2 and first < WIDEST and "code" not in sorts[:first]:
        return True
    heads = list(itertools.takewhile(lambda unit: unit.kind == "text" and _may_head(unit.text), units[at : at + WIDEST]))
    known = any(is_title(unit.text, alone=True) for unit in heads)
    titled = sum(is_title(unit.text) for unit in heads) if known else 0
    even = all(unit.gap <= 1 for unit in below[:VALUES])
    return even and titled > 1 and sum(sort in VALUED for sort in sorts) >= VALUES


# Run together ---------------------------------------------------------------------------------------------------------


class Line(NamedTuple):
    """A table whose rows were run together in one paragraph: the place of each cell in it."""

    rows: tuple[tuple[Span, ...], ...]


def run_together(paragraph: str) -> Line | None:
    """The rows of a schedule in one paragraph: headings, then a date, perhaps a time, and words, again and again."""
    if paragraph.count("20") < 3:  # three dates have three years
        return None
    folded = fold(paragraph)
    head = _run_heading(folded)
    days = list(words("days").finditer(folded)) if head else []
    if head is None or len(days) < 3 or days[0].start() != head.span()[1] or not _apart(folded, days):
        return None
    columns = [name for name in ("date", "time", "event") if head[name] is not None]
    rows = [tuple(head.span(name) for name in columns)]
    ends = [*(day.start() for day in days[1:]), len(paragraph)]
    for day, end in zip(days, ends, strict=True):
        cells = [day.span()]
        if head["time"] is not None:
            clock = words("clocks").match(folded, day.end(), end)
            if clock is None:
                return None
            cells.append(_trimmed(paragraph, *clock.span()))
        cells.append(_trimmed(paragraph, cells[-1][1], end))
        said = folded[slice(*cells[-1])]
        if not said or words("sentences").search(said) or signs.width(said) > kinds.LONG:
            return None
        rows.append(tuple(cells))
    return Line(tuple(rows))


def heads_rows(paragraph: str) -> bool:
    """Nothing but the headings of a table whose rows are paragraphs of their own?"""
    head = _run_heading(f"{fold(paragraph)}\n.")
    return head is not None and head.span()[1] > len(paragraph)


def _run_heading(folded: str) -> Found | None:
    section = kinds.rules("run_headings")
    return section.found(match) if (match := section.pattern.match(folded)) else None


def is_row(paragraph: str) -> bool:
    """Does it begin like the row of such a table?"""
    return words("days").match(fold(paragraph)) is not None


def _apart(folded: str, days: Sequence[re.Match[str]]) -> bool:
    """Is none of these dates part of a row's words (`by 3 May 2027`)?"""
    return not any(words("before_dates").search(folded[: day.start()][-12:]) for day in days)


def _trimmed(text: str, start: int, end: int) -> Span:
    said = text[start:end]
    return start + len(said) - len(said.lstrip()), start + len(said.rstrip())


def are_titles(paragraph: str) -> bool:
    """Nothing but several headings on a line, two of which are the usual words of one?"""
    if len(paragraph) > 3 * HEADING or _TITLES.fullmatch(f"{paragraph} ") is None:
        return False
    return sum(is_title(word, alone=True) for word in paragraph.split()) > 1


def was_run_together(paragraph: str) -> bool:
    """Headings and at once dates in one paragraph, of which nobody can tell the rows any more; dates that begin lines are a list."""
    titles = _TITLES.match(paragraph) if paragraph.count("20") > 2 else None
    if titles is None or not names(titles[0], "date"):
        return False
    days = list(words("days").finditer(folded := fold(paragraph)))
    if len(days) < 3 or words("sentences").search(folded[: days[0].start()]) or days[0].start() > 2 * HEADING + titles.end():
        return False
    return sum(paragraph[: day.start()].rstrip(" ")[-1:] != "\n" for day in days) > 1


# Missing tabs ---------------------------------------------------------------------------------------------------------


class Row(NamedTuple):
    """The cells of a row in their columns; `doubt` says in which way tabs are missing from it."""

    cells: tuple[str, ...]
    doubt: str | None = None


PROVED = "cells are missing; the others stand where their kinds leave no choice"
GUESSED = "not as many cells as the other rows; their columns are guessed"
NARROWED = "more cells than the other rows; they stand where their kinds leave no choice"
MOST_BEYOND = 3  # cells more than there are columns
LONGEST_BEYOND = 60  # characters of a cell that is quoted


def refilled(rows: Sequence[Sequence[str]]) -> list[Row]:
    """The rows at one width. A row that is too short or too long is put right where the kinds of its cells leave no choice."""
    if groups := narrowed(rows):
        fitted = [[" ".join(row[cell] for cell in group) for group in groups[at]] if at in groups else row for at, row in enumerate(rows)]
        return [row._replace(doubt=NARROWED) if at in groups else row for at, row in enumerate(refilled(fitted))]
    width = max((len(row) for row in rows), default=0)
    full = [row for row in rows if len(row) == width]
    if len(full) == len(rows) or len(full) < 3:
        return [Row((*row, *[""] * (width - len(row))), None if len(row) in (1, width) else GUESSED) for row in rows]
    columns = [_column([row[col] for row in full[1:] if row[col].strip()]) for col in range(width)]
    return [_refilled(tuple(row), columns, head=at == 0) for at, row in enumerate(rows)]


def beyond(cell: str) -> str:
    """What is said of a row with a cell for which there is no column."""
    words = " ".join(cell.split())[:LONGEST_BEYOND]
    return f"more cells than the other rows; “{words}” stands behind their columns"


def narrowed(rows: Sequence[Sequence[str]]) -> dict[int, tuple[tuple[int, ...], ...]]:
    """For each row with more cells than most: which of them stand in each column, where their kinds leave no choice.

    An empty cell too many goes; a date, time or number in two cells is one where its column has nothing else.
    """
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    usual = [row for row in rows if len(row) == width]
    if not 2 <= width <= WIDEST or len(usual) < 3 or 2 * len(usual) <= len(rows) or len(usual) == len(rows):
        return {}
    columns = [_column([row[col] for row in usual[1:] if row[col].strip()]) for col in range(width)]
    found: dict[int, tuple[tuple[int, ...], ...]] = {}
    for at, row in enumerate(rows):
        if at and width < len(row) <= width + MOST_BEYOND:
            ways = list(itertools.islice(_gathered(row, columns), 2))
            if len(ways) == 1:
                found[at] = ways[0]
    return found


def _gathered(row: Sequence[str], columns: Sequence[Kind | None]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """The ways to have the filled cells of a row in all columns, in order, one in each or several that are one value."""
    filled = [at for at, cell in enumerate(row) if cell.strip()]
    for cuts in itertools.combinations(range(1, len(filled)), len(columns) - 1):
        groups = [tuple(filled[low:high]) for low, high in itertools.pairwise((0, *cuts, len(filled)))]
        if all(_is_value([row[at] for at in group], kind) for group, kind in zip(groups, columns, strict=True)):
            yield tuple(groups)


def _is_value(cells: Sequence[str], column: Kind | None) -> bool:
    if len(cells) == 1:
        return _fits(cells[0], column)
    return column in ("date", "time", "number") and kinds.kind(" ".join(cells)) == column and kinds.kind(cells[-1]) != "none"


def _column(cells: Sequence[str]) -> Kind | None:
    """The kind that all cells of a column have; None where there are several."""
    found = {kinds.kind(cell) for cell in cells} - {"none"}
    found = {"text" if kind == "prose" else kind for kind in found}
    return found.pop() if len(found) == 1 else None


def _refilled(row: tuple[str, ...], columns: Sequence[Kind | None], *, head: bool) -> Row:
    plain = (*row, *[""] * (len(columns) - len(row)))
    if len(row) in (1, len(columns)) or head:
        return Row(plain)
    ways = set(itertools.islice(_placings(_split(row, columns), columns), 2))
    return Row(ways.pop(), PROVED) if len(ways) == 1 else Row(plain, GUESSED)


def _split(row: tuple[str, ...], columns: Sequence[Kind | None]) -> list[str]:
    """The cells of a row; one that begins with days or a time is two where a column holds nothing else."""
    return [part for cell in row for part in _parted(cell.strip(), columns)]


def _parted(cell: str, columns: Sequence[Kind | None]) -> tuple[str, ...]:
    if kinds.kind(cell) in ("text", "prose"):
        for kind, token in (("date", "days"), ("time", "clocks")):
            if kind in columns and (match := words(token).match(fold(cell))) and (rest := cell[match.end() :].strip()):
                return cell[: match.end()].strip(), rest
    return (cell,)


def _placings(row: Sequence[str], columns: Sequence[Kind | None]) -> Iterator[tuple[str, ...]]:
    """Every way to put the cells in columns of their kinds, in order."""
    if not row:
        yield ("",) * len(columns)
        return
    for col in range(len(columns) - len(row) + 1):
        if _fits(row[0], columns[col]):
            for rest in _placings(row[1:], columns[col + 1 :]):
                yield (*("",) * col, row[0], *rest)


def _fits(cell: str, column: Kind | None) -> bool:
    found = kinds.kind(cell)
    return not cell.strip() or column is None or found in (column, "none") or (column == "text" and found in ("prose", "code"))
