"""Tables in text whose columns are set apart by spaces, tab stops or a ruling below the headings.

Columns are where all lines of a table are white below the white between its headings. What stands in them becomes rows as
`wrapped` proves them; where headings and values stand in columns and the rows cannot be told, the table is lost.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ingest.formats import drawn, furniture, headless, kinds, signs, wrapped
from ingest.formats.wrapped import Entry, Row
from ingest.text import fold

PAGE_BREAK = "\f"
FAR = 300  # characters of a line that holds a row
STOP = 8  # columns from one tab stop to the next
HEAD_LINES = 3  # lines of one heading at most
NEAR = 7  # lines, in which a value stands below its heading
GLANCE = 30  # lines of a table that are looked at before all are
APART = 2  # empty lines within a table at most, but at the end of a page

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_COLUMN_RULE = re.compile(r"\s*[-=]{2,}(?: +[-=]{2,})+\s*")
_LEADS_ON = re.compile(r"(?:\b(?i:of|on|to|from|by|at|and|until|before|after)|[,(–-])$")
_WHITE = re.compile("[ \t\u3000\xa0]{2}|[\t\u3000]")

Measure = Callable[[str], int]


class Spaced(NamedTuple):
    """A table found in lines `first` to `last` (included): its rows, headings first; `reach` tells how many columns a merged cell takes."""

    first: int
    last: int
    rows: tuple[Row, ...]
    header: int | None
    reach: tuple[tuple[int, int, int], ...] = ()


class Lost(NamedTuple):
    """Lines in which a table stands without its columns; one that is not `told` is none for all that is known."""

    first: int
    last: int
    told: bool = True


class Search(NamedTuple):
    """The tables in some lines, and those that are lost."""

    found: tuple[Spaced, ...]
    lost: tuple[Lost, ...]


def search(lines: Sequence[str]) -> Search:
    """Tables drawn with characters, or set apart by white space."""
    found: list[Spaced | Lost] = []
    done = 0
    for at, line in enumerate(lines):
        if at < done or not line or len(line) > FAR:
            continue
        if drawn.begins(lines, at):
            found.append(_from_drawing(lines, at))
        elif (
            _WHITE.search(line.strip(" \t\u3000\xa0"))
            and not _is_rule(line)
            and (table := _headed(lines, at, done) or _headless(lines, at))
        ):
            found.append(table)
        done = found[-1].last + 1 if found else 0
    lost = tuple(one for one in found if isinstance(one, Lost) and one.told)
    return Search(tuple(one for one in found if isinstance(one, Spaced)), lost)


def _from_drawing(lines: Sequence[str], at: int) -> Spaced | Lost:
    grid = drawn.read(lines, at)
    return Spaced(at, grid.last, grid.rows, grid.header, grid.reach) if grid.rows else Lost(at, grid.last)


def _headless(lines: Sequence[str], at: int) -> Spaced | None:
    """Dated rows below an empty line, or below one that announces them."""
    if at and lines[at - 1].strip() and not _is_announced(lines, at):
        return None
    number = range(at, len(lines))
    below = list(itertools.takewhile(lambda line: line.strip() and len(line) <= FAR and "\t" not in line, map(lines.__getitem__, number)))
    for measure in MEASURES if len(below) >= headless.ROWS else ():
        if found := headless.read([_laid_out(line, measure) for line in below]):
            return Spaced(at, at + found.lines - 1, found.rows, 0)
    return None


# Places on a line -----------------------------------------------------------------------------------------------------


def _wide(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _wider(char: str) -> int:
    """As fonts for Chinese do it: `–` and `•` are as wide as a Chinese character."""
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def _counted(char: str) -> int:  # noqa: ARG001  every measure is asked alike
    """As programs pad that know no wide characters."""
    return 1


MEASURES: tuple[Measure, ...] = (_wide, _wider, _counted)


def _laid_out(line: str, measure: Measure) -> str:
    """The line with a place for each of its columns: a wide character is followed by NUL, white space is spaces."""
    if line.isascii() and "\t" not in line:
        return line
    parts: list[str] = []
    at = 0
    for char in line:
        if char == "\t":
            part = " " * (STOP - at % STOP)
        else:
            part = (" " if char in "\u3000\xa0" else char).ljust(measure(char), " " if char == "\u3000" else "\0")
        parts.append(part)
        at += len(part)
    return "".join(parts)


def _ink(line: str) -> int:
    """The places that are not white, as bits."""
    return sum(1 << at for at, char in enumerate(line) if char != " ")


def _cells(line: str, cuts: Sequence[int]) -> Row:
    """What stands on a line from cut to cut."""
    return tuple(line[low:high].replace("\0", "").strip() for low, high in itertools.pairwise((*cuts, len(line))))


def _apart(line: str, cut: int) -> int:
    """How many places are white around a cut."""
    return cut - len(line[:cut].rstrip(" ")) + len(line[cut:]) - len(line[cut:].lstrip(" "))


def _gaps(ink: int, least: int) -> list[tuple[int, int]]:
    """The white between the first and the last place that is not, as wide as that or wider."""
    shown = bin(ink)[:1:-1]  # from left to right
    return [(gap.end() - len(gap[1]), gap.end()) for gap in re.finditer(rf"1(0{{{least},}})(?=1)", shown)]


def _white(ink: int, gap: tuple[int, int]) -> tuple[int, int] | None:
    """The widest stretch that is white in all lines within a gap."""
    stretches = [(run.start(), run.end()) for run in re.finditer("0+", bin(ink | 1 << gap[1])[:1:-1][gap[0] : gap[1]])]
    start, end = max(stretches, key=lambda one: (one[1] - one[0], one[0]), default=(0, 0))
    return (gap[0] + start, gap[0] + end) if end > start else None


def _is_rule(line: str) -> bool:
    return furniture.is_rule(line.strip()) or _COLUMN_RULE.fullmatch(line) is not None


# Below headings -------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A line in a table: its number, its places, and what stands above it."""

    number: int
    shown: str
    gap: int
    ruled: bool
    paged: bool


def _headed(lines: Sequence[str], at: int, floor: int) -> Spaced | Lost | None:
    """The table whose headings begin on this line; the lines where it is lost, if it is."""
    lost: Lost | None = None
    for measure in MEASURES:
        shown = functools.partial(_laid_out, measure=measure)
        if not _promises(lines, at, shown):
            return lost
        proved: list[_Try] = []
        for tried in _tries(lines, at, shown, floor):
            outcome = tried.outcome(GLANCE)
            if isinstance(outcome, Spaced):
                proved.append(tried)
            else:
                lost = lost or (outcome and tried.lost())
        if proved:
            best = next((tried for tried in proved if tried.sure), proved[0])
            return best.outcome(None) or Lost(at, at, told=False)
        if all(line.isascii() for line in lines[at : at + HEAD_LINES]):
            break
    return lost


def _tries(lines: Sequence[str], at: int, shown: Callable[[str], str], floor: int) -> Iterator[_Try]:
    """The ways to take the lines from here as headings, the lowest first; a first column without heading comes before one with."""
    for height in range(1, HEAD_LINES + 1):
        heads = lines[at : at + height]
        if len(heads) < height or not heads[-1].strip() or _is_rule(heads[-1]) or not _may_head(shown(heads[-1])):
            return
        if len(heads[0]) - len(heads[0].lstrip()) > 1:
            yield _Try(lines, at, height, shown, floor, stub=True)
        yield _Try(lines, at, height, shown, floor, stub=False)


def _segments(shown: str) -> list[str]:
    return [segment[0].replace("\0", "") for segment in _SEGMENT.finditer(shown)]


def _may_head(shown: str) -> bool:
    return len(shown) <= FAR and _may_head_all(_segments(shown), shown)


def _may_head_all(heads: Sequence[str], shown: str) -> bool:
    """Headings, of which those behind the first column may be days."""
    first = 0 if shown[:1] != " " else 1
    return all(wrapped.may_head(head) or wrapped.is_day(head, col) for col, head in enumerate(heads, first))


def _promises(lines: Sequence[str], at: int, shown: Callable[[str], str]) -> bool:
    """Do headings stand here, and values below them? Most lines say no at once."""
    below = [line for line in lines[at + 1 : at + NEAR] if len(line) <= FAR]
    if "\t" in lines[at] and _have_their_tabs([lines[at], *below]):  # asked first: it spares most lines of such tables the rest
        return False
    laid = shown(lines[at])
    heads = _segments(laid)
    if len(heads) < 2 or not _may_head_all(heads, laid):
        return False
    if not all(wrapped.is_short(head) or wrapped.is_day(head) for head in heads):
        return False
    if wrapped.titled(heads) or _is_announced(lines, at):
        return True
    return any(wrapped.sort(said) in wrapped.KEYS for line in below for said in _segments(shown(line)))


def _is_announced(lines: Sequence[str], at: int) -> bool:
    """Does the text above, right before a line or behind empty ones, end with a colon, or say that something stands below?"""
    above = next((line.strip() for line in reversed(lines[max(at - 1 - APART, 0) : at]) if line.strip()), "")
    return above.endswith((":", "：")) or (above.endswith((".", "。")) and kinds.words("announcing").search(fold(above)) is not None)


class _Try:
    """Headings of so many lines, and the lines below them that are white where they are; a `stub` is a first column without heading."""

    def __init__(self, lines: Sequence[str], at: int, height: int, shown: Callable[[str], str], floor: int, *, stub: bool) -> None:
        self.lines, self.at, self.height, self.shown, self.floor = lines, at, height, shown, floor
        self.groups: dict[int, str] = {}  # dates over several columns, by their lines, which head the rows below them
        self.heads = [shown(line) for line in lines[at : at + height]]
        below = lines[at + height] if at + height < len(lines) else ""
        self.ruled = _COLUMN_RULE.fullmatch(below) is not None
        self.head_ink = functools.reduce(int.__or__, map(_ink, self.heads), 0)
        self.gaps = _gaps(_ink(below), 1) if self.ruled else _gaps(self.head_ink, 2)
        self.indent = len(bin(self.head_ink)) - len(bin(self.head_ink).rstrip("0"))
        self.stub = stub and self.indent > 1 and not self.ruled
        if self.stub:
            self.gaps.insert(0, (0, self.indent))

    def outcome(self, most: int | None) -> Spaced | Lost | None:
        """The table, of which only so many lines are looked at; where it is lost, if it is."""
        if not self.gaps or any(_white(self.head_ink, gap) is None for gap in self.gaps):
            return None
        body, broken = self._body(most)
        if rest := self._behind(body, GLANCE):
            cuts = self._cuts([*body, *rest])
            return self._lost(self._headings(cuts)[0], self._entries([*body, *rest], cuts))
        taken = len(body)
        while taken:
            cuts = self._cuts(body[:taken])
            entries = self._entries(body[:taken], cuts)
            heads, upper = self._headings(cuts)
            if self._goes_on_above(cuts) or self._ends_with_group(cuts):
                return None
            found = wrapped.read(heads, entries, first=wrapped.room_of(cuts[1]))
            if found is None or self._goes_on_below(body[taken:], cuts):
                return self._lost(heads, entries)
            self.sure = found.sure
            if found.lines == taken:
                if taken == len(body) and broken:
                    return self._lost(heads, entries)
                return self._table(heads, upper, self._grouped(found, body), body[taken - 1].number)
            taken = found.lines
        return None

    sure = False

    def lost(self) -> Lost:
        """All lines that the table takes, though its rows cannot be told."""
        body, _ = self._body(None)
        return Lost(self.at, [*body, *self._behind(body, None)][-1].number)

    def _behind(self, body: Sequence[_Line], most: int | None) -> list[_Line]:
        """The lines behind a row at the top, first or second, with a cell that goes over its column; none where there is only one."""
        over = body[-1].number + 1 if body else self.at + self.height
        while over < len(self.lines) and (not self.lines[over].strip() or _is_rule(self.lines[over])):
            over += 1
        if len(body) > 1 or over == len(self.lines) or len(_SEGMENT.findall(self.shown(self.lines[over]))) < 2:
            return []
        rest, _ = self._body(most, over + 1)
        return rest if len(rest) > 1 else []

    def _body(self, most: int | None, start: int | None = None) -> tuple[list[_Line], bool]:
        """The lines below that leave the gaps white; whether the first that does not looks like one of them."""
        found: list[_Line] = []
        ink = self.head_ink
        gap, ruled, paged = 0, False, False
        number = start or self.at + self.height
        while number < len(self.lines) and len(found) != most:
            line = self.lines[number]
            if not line.strip() or line == PAGE_BREAK or _is_rule(line):
                paged |= line == PAGE_BREAK
                ruled |= bool(line.strip()) and line != PAGE_BREAK
                gap += not line.strip()
                number += 1
            elif gap > APART and not paged:
                break
            elif (gap or paged) and self._repeats(number):
                number += self.height
                paged = True
            else:
                shown = self.shown(line)
                more = ink | _ink(shown)
                if len(shown) > FAR or drawn.begins(self.lines, number) or (paged and self._heads_page(number, shown)):
                    break
                if not all(self._parted(more, shown, one) for one in self.gaps):
                    if not self._heads_group(number, shown, ink):
                        return found, not gap and bool(found) and len(_SEGMENT.findall(shown)) > 1
                    self.groups[number] = shown.replace("\0", "").strip()
                    gap, ruled, paged = 0, False, False
                    number += 1
                    continue
                found.append(_Line(number, shown, gap, ruled, paged))
                ink, gap, ruled, paged = more, 0, False, False
                number += 1
        return found, False

    def _heads_page(self, number: int, shown: str) -> bool:
        """Is the first line of a page one that stands alone there, in no first column: its running head?"""
        below = self.lines[number + 1 : number + 2]
        return shown[:1] == " " and len(_SEGMENT.findall(shown)) == 1 and bool(below) and not below[0].strip()

    def _parted(self, ink: int, shown: str, gap: tuple[int, int]) -> bool:
        """Does the line leave white what all lines do, and room enough around it?"""
        white = _white(ink, gap)
        if white is None or (self.stub and gap[0] == 0 == white[0]):
            return False
        if self.ruled or not shown[white[1] :].strip() or _apart(shown, white[1]) > 1:
            return True
        tabs = "\t" in self.lines[self.at]  # they part cells themselves, however little white they leave
        return not tabs and white[1] == gap[1] and self._fills_its_column(shown, gap)

    def _fills_its_column(self, shown: str, gap: tuple[int, int]) -> bool:
        """Does a cell fill its column up to one space before the next, right below whose heading the line goes on?

        Another gap of the line is wide then, or all that is left a date, a time or a number; a line of prose has one space everywhere.
        """
        value, whole = (kinds.kind(said.replace("\0", "").strip()) for said in (shown[gap[1] :], shown))
        leads_on = _LEADS_ON.search(shown[: gap[1]].rstrip()) is not None  # Monday, 3 May 2027; Week of 3 May 2027
        if value in ("date", "time", "number") and whole != value and not leads_on:
            return True
        others = [other for other in self.gaps if other != gap]
        return any(shown[other[1] : other[1] + 1].strip() and not shown[other[1] - 2 : other[1]].strip() for other in others)

    def _heads_group(self, number: int, shown: str, ink: int) -> bool:
        """Is the line a date over several columns, right above a row in them?"""
        said = shown.replace("\0", "").strip()
        below = next((line for line in self.lines[number + 1 : number + 1 + APART] if line.strip()), "")
        if shown[:1] == " " or self.stub or kinds.kind(said) != "date" or len(_SEGMENT.findall(shown)) > 1:
            return False
        row = self.shown(below)
        return len(_SEGMENT.findall(row)) > 1 and all(self._parted(ink | _ink(row), row, one) for one in self.gaps)

    def _repeats(self, number: int) -> bool:
        """Are the headings repeated here, as at the top of a page?"""
        again = self.lines[number : number + self.height]
        return [line.split() for line in again] == [line.split() for line in self.lines[self.at : self.at + self.height]]

    def _cuts(self, body: Sequence[_Line]) -> list[int]:
        """Where the columns begin."""
        ink = functools.reduce(int.__or__, (_ink(line.shown) for line in body), self.head_ink)
        return [0, *(white[1] for gap in self.gaps if (white := _white(ink, gap)) is not None)]

    def _entries(self, body: Sequence[_Line], cuts: Sequence[int]) -> list[Entry]:
        """The lines by their columns."""
        found = []
        for line in body:
            cells = _cells(line.shown, cuts)
            found.append(Entry(line.number, cells, line.gap, line.ruled, line.paged))
        return found

    def _goes_on_above(self, cuts: Sequence[int]) -> bool:
        """Does the text above stand in the same columns? Then these are columns of text."""
        first = min(self._first or self.at, self.at)
        above = self.lines[first - 1] if first else ""
        if not above.strip() or above == PAGE_BREAK or _is_rule(above) or len(above) > FAR:
            return False
        segments = list(_SEGMENT.finditer(self.shown(above)))
        if len(segments) > 1:
            return not segments[0][0].replace("\0", "").endswith((":", "："))
        return segments[0].start() >= cuts[1] and not _crosses(segments[0].span(), cuts)

    def _ends_with_group(self, cuts: Sequence[int]) -> bool:
        """Is the last of these lines no heading, but heads a group of rows? It has one cell, that the line above had room for."""
        if self.height == 1:
            return False
        above, last = (_cells(head, cuts) for head in self.heads[-2:])
        return bool(above[0] and last[0]) and not any(last[1:]) and wrapped.fits(above[0], last[0], wrapped.room_of(cuts[1]))

    def _goes_on_below(self, body: Sequence[_Line], cuts: Sequence[int]) -> bool:
        """Does the text below the rows stand in the same columns, and is not headed by others?"""
        following = self._entries(body[:1], cuts)
        return any(entry.filled > 1 and not (entry.apart and all(map(wrapped.may_head, entry.cells))) for entry in following)

    def _headings(self, cuts: Sequence[int]) -> tuple[list[str], list[tuple[int, Row]]]:
        """The heading of each column, and the lines above that head several of them."""
        said = [_cells(head, cuts) for head in self.heads]
        over: list[tuple[int, Row]] = []
        for number in range(self.at - 1, max(self.floor, self.at - HEAD_LINES) - 1, -1):
            line = self.lines[number]
            if not line.strip() or line == PAGE_BREAK or _is_rule(line) or len(line) > FAR or "\t" in line:
                break
            shown = self.shown(line)
            cells = _cells(shown, cuts)
            segments = list(_SEGMENT.finditer(shown))
            if not _may_head(shown) or (cells[0] and len(segments) < 2) or over:
                break
            if any(_crosses(segment.span(), cuts) for segment in segments):
                if cells[0] or not all(said[0]):
                    break
                over.append((number, _placed(segments, cuts)))
            else:
                said.insert(0, cells)
                self._first = number
        if len(said) > 1 and not over and _are_over_groups(said[-2], said[-1]):
            over.append((self.at + self.height - 2, tuple(_stacked(said[:-1]))))
            del said[:-1]
        return _stacked(said), over

    _first: int | None = None

    def _grouped(self, found: wrapped.Body, body: Sequence[_Line]) -> list[Row]:
        """The rows with the dates that head them."""
        rows: list[Row] = []
        above = self.at
        for row, line in zip(found.rows, found.starts, strict=True):
            rows += ((said, *("" for _ in row[1:])) for number, said in self.groups.items() if above < number < line <= body[-1].number)
            rows.append(row)
            above = line
        return rows

    def _table(self, heads: Sequence[str], over: Sequence[tuple[int, Row]], rows: Sequence[Row], last: int) -> Spaced | None:
        first = min([self.at, *([self._first] if self._first is not None else []), *(number for number, _ in over)])
        table = (*(cells for _, cells in over), tuple(heads), *rows)
        if signs.is_contents(table) or signs.is_contact_block(table):
            return None
        if _have_their_tabs(self.lines[first : last + 1]):
            return None
        while first > self.floor and _COLUMN_RULE.fullmatch(self.lines[first - 1]):
            first -= 1
        while last + 1 < len(self.lines) and _COLUMN_RULE.fullmatch(self.lines[last + 1]):
            last += 1
        return Spaced(first, last, table, len(over) + 1)

    def _lost(self, heads: Sequence[str], entries: Sequence[Entry]) -> Lost | None:
        tabs = any("\t" in line for line in self.lines[self.at : entries[-1].line + 1])
        table = (tuple(heads), *(entry.cells for entry in entries))
        if tabs or signs.is_contents(table) or signs.is_contact_block(table):
            return None
        if not wrapped.was_table(heads, entries) and not (_is_announced(self.lines, self.at) and wrapped.are_full(heads, entries)):
            return None
        return Lost(self.at, entries[-1].line)


def _stacked(lines: Sequence[Row]) -> list[str]:
    """The heading of each column, from its lines."""
    heads = [" ".join(filter(None, column)) for column in zip(*lines, strict=True)]
    return [re.sub("(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", head) for head in heads]


def _are_over_groups(upper: Row, lower: Row) -> bool:
    """Do headings stand over groups of others that repeat: `Before | | After |` above `Strike | Multiplier | Strike | Multiplier`?"""
    named = [col for col, head in enumerate(lower) if head]
    first = named[0] if named else 0
    groups = [col for col in named if upper[col]]
    if not groups or groups[0] != first or len(groups) < 2 or len(groups) == len(named) or named != list(range(first, len(lower))):
        return False
    ends = [*groups[1:], len(lower)]
    return len({lower[start:end] for start, end in zip(groups, ends, strict=True)}) == 1


def _have_their_tabs(lines: Sequence[str]) -> bool:
    """Do tabs part the cells themselves, as many in each line?"""
    counts = {line.count("\t") for line in lines if "\t" in line}
    return len(counts) == 1 and not any(_WHITE.search(line.strip()) for line in lines if "\t" not in line)


def _crosses(span: tuple[int, int], cuts: Sequence[int]) -> bool:
    return any(span[0] < cut < span[1] for cut in cuts[1:])


def _placed(segments: Sequence[re.Match[str]], cuts: Sequence[int]) -> Row:
    """Headings over several columns, each in the first column below it."""
    cells = [""] * len(cuts)
    for segment in segments:
        col = max(at for at, cut in enumerate(cuts) if cut <= segment.start())
        cells[max(col, 1)] = segment[0].replace("\0", "")
    return tuple(cells)
