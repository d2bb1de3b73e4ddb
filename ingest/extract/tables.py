"""Tables as grids of strings, and schedules as events."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from ingest.extract.halves import part_of_day
from ingest.extract.layout import InOrder, within
from ingest.extract.stated import Period, line_by_line, periods, whole
from ingest.extract.times import timed
from ingest.lang.rules import languages, word_list, words
from ingest.model import Cell, Clock, DateMention, Event, Grid, Merge, Span, Table, TimeMention, Unexplained
from ingest.text import fold, squeeze

GROUPED = -1
"""Stands for the column of dates where a date over all columns heads the rows below it."""
BULLETS = "•●▪◦‧・○■□➢-–*"
_WORD = re.compile(r"\w")
_WEEK = re.compile(r"星期|週|周|禮拜|礼拜|[()（）\s]")
_DATE_LIKE = re.compile(r"[\d()（）]|\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b|[星期週周]", re.IGNORECASE)
ORDINAL = re.compile(
    r"[(（]?(?:(?:[A-Za-z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2}){0,2}[a-z]?|[IVXivx]{1,5}|[A-Za-z]|第?[一二三四五六七八九十]{1,3}[節节期項项]?)[.)）、]?"
)
_BULLET = re.compile(rf"^\s*[{re.escape(BULLETS)}]\s*")


def table(grid: Grid, text: str, header: int) -> Table:
    """The grid as strings; covered cells are empty."""
    rows = [[""] * grid.width for _ in range(grid.height)]
    merged = []
    for cell in grid.cells:
        rows[cell.row][cell.col] = text[slice(*cell.span)]
        if cell.rowspan > 1 or cell.colspan > 1:
            merged.append(Merge(row=cell.row, col=cell.col, rowspan=cell.rowspan, colspan=cell.colspan))
    return Table(
        caption=squeeze(text[slice(*grid.caption)]) if grid.caption else None,
        header=header,
        rows=tuple(tuple(row) for row in rows),
        merged=tuple(merged),
        span=grid.span,
        page=grid.page,
        bbox=grid.bbox,
        rule=grid.rule,
    )


def contract_months(grids: Sequence[Grid], text: str, dates: Sequence[DateMention], issued: date | None) -> list[DateMention]:
    """The dates; in a column of contract months, or beside a day of that month in every row, `Feb 27` is February 2027 and no day.

    `issued` is the day of issue, without which nothing tells how near such a month is.
    """
    months: dict[Span, DateMention] = {}
    if issued is None or not grids or not any(_is_month_and_figures(day) for day in dates):
        return list(dates)
    for grid in grids:
        days, rows = InOrder(within(dates, grid.span)), dict[int, list[DateMention]]()
        for cell in grid.cells:
            rows.setdefault(cell.row, []).extend(days.within(cell.span))
        for col in range(grid.width):
            said = [cell for cell in grid.cells if cell.col == col and _WORD.search(text, *cell.span)]
            read = {cell.row: month for cell in said if (month := _month_of(text, cell, days.within(cell.span), issued))}
            above = [cell for cell in said if cell.row not in read]
            if not read or any(cell.row > min(read) for cell in above):
                continue
            named = any(word_list("month_headings").search(fold(text[slice(*cell.span)]).lower()) for cell in above)
            if named or (len(read) > 1 and all(any(_is_in(day, month) for day in rows[row]) for row, month in read.items())):
                months |= {month.span: month for month in read.values()}
    return [months.get(day.span, day) for day in dates]


def _is_month_and_figures(day: DateMention) -> bool:
    return day.rule == "en.dates.monthday" and day.start == day.end


def _month_of(text: str, cell: Cell, days: Sequence[DateMention], issued: date) -> DateMention | None:
    """The month that a cell names with a year of two figures, which is near that of issue."""
    if len(days) != 1 or not _is_month_and_figures(days[0]) or days[0].quote != text[slice(*cell.span)].strip() or days[0].start is None:
        return None
    year, month = 2000 + days[0].start.day, days[0].start.month
    if not -1 <= year - issued.year <= LONGEST_LISTED or not re.search(r"\D\d\d$", days[0].quote):
        return None
    opens = date(year, month, 1)
    closes = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return msgspec.structs.replace(days[0], start=opens, end=closes, year_inferred=False, weekday_ok=None)


def _is_in(day: DateMention, month: DateMention) -> bool:
    return day.start is not None and month.start is not None and (day.start.year, day.start.month) == (month.start.year, month.start.month)


LONGEST_LISTED = 6  # years ahead that contracts are listed


class Sheet:
    """A grid with the dates and times that stand in its cells."""

    def __init__(self, grid: Grid, text: str, dates: Sequence[DateMention], times: Sequence[TimeMention]) -> None:
        self.grid, self.text = grid, text
        self.at: dict[tuple[int, int], Cell] = {}
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for col in range(cell.col, cell.col + cell.colspan):
                    self.at[row, col] = cell
        self._strings = {cell.span: text[slice(*cell.span)].strip() for cell in grid.cells}
        self._entries: dict[Span, list[Entry]] = {}
        self._periods: dict[Span, list[Period]] = {}
        self._columns: dict[int, list[Cell | None]] = {}
        self._filled: dict[int, list[Cell]] = {}
        self.headed: dict[str, list[int]] = {}  # kept by those who ask for columns of some kind row by row
        for cell in grid.cells:
            if self.string(cell):
                self._filled.setdefault(cell.row, []).append(cell)
        days, clock = InOrder(within(dates, grid.span)), InOrder(within(times, grid.span))
        self.dates = {cell: days.within(cell.span) for cell in grid.cells}
        self.times = {cell: clock.within(cell.span) for cell in grid.cells}
        self.header = self._header() if grid.header is None else grid.header
        self._over = [self._headings_over(col) for col in range(grid.width)]
        self.headings = [next(reversed(over), "") for over in self._over]
        self.folded_headings = [fold(heading) for heading in self.headings]
        self.heading_days = [self._heading_days(col) for col in range(self.grid.width)]
        self.groups: dict[int, Cell] = {}
        self.date_columns = self._date_columns()
        self.group_titles = self._group_titles()
        self.time_column = self._time_column()
        if not self.date_columns:
            self._group_by_dates()

    def _header(self) -> int:
        """Rows above the first that has a date or a digit of its own; the first row is a heading unless it reads like the second."""
        first = [cell.col for cell in self.filled(0) if self._is_date(cell)]
        if first and self.grid.height > 1:
            return 0 if first == [cell.col for cell in self.filled(1) if self._is_date(cell)] else 1
        return 1 if self.grid.height > 1 else 0

    def filled(self, row: int) -> list[Cell]:
        """The cells of a row that are not empty, its own ones only."""
        return self._filled.get(row, [])

    def string(self, cell: Cell) -> str:
        return self._strings[cell.span]

    def is_ditto(self, cell: Cell) -> bool:
        """Does a cell say what the one above it says (″, `ditto`, 同上)?"""
        said = self.string(cell)
        return 0 < len(said) <= LONGEST_DITTO and _ditto().fullmatch(fold(said).lower()) is not None

    def entries(self, cell: Cell) -> list[Entry]:
        """The bullets or lines of a cell; deadlines and events both ask for them."""
        found = self._entries.get(cell.span)
        if found is None:
            found = self._entries[cell.span] = entries(self.text, cell.span)
        return found

    def periods(self, cell: Cell) -> list[Period]:
        """The days that a cell of dates states; deadlines and events both ask for them."""
        found = self._periods.get(cell.span)
        if found is None:
            found = self._periods[cell.span] = periods(self.text, cell.span, self.dates[cell], self.times[cell])
        return found

    def dated_entries(self, when: Cell, cell: Cell) -> Iterator[tuple[Entry, Period]]:
        """Each entry of a cell with each of the periods beside it; where as many lines stand beside as many days, line by line."""
        items, days = self.entries(cell), self.periods(when)
        if line_by_line(self.text, days, len(items)):
            single = [day for period in days for day in period]
            yield from ((item, (day,)) for item, day in zip(items, single, strict=True))
            return
        yield from ((item, period) for period in days for item in items)

    def body(self) -> range:
        return range(self.header, self.grid.height)

    def rows(self) -> Iterator[int]:
        """The rows of the body, but for dates and words that head the others."""
        return (row for row in self.body() if row not in self.groups and row not in self.group_titles)

    def _group_titles(self) -> frozenset[int]:
        """Rows of words alone in the first column, `Before the meeting` and `After the meeting`: the first of them has no day above it."""
        if not self.date_columns or 0 in self.date_columns:
            return frozenset()
        alone = [row for row in self.body() if [cell.col for cell in self.filled(row)] == [0]]
        heads = len(alone) > 1 and alone[0] == self.header and all(upper + 1 < lower for upper, lower in itertools.pairwise(alone))
        return frozenset(alone) if heads and alone[-1] + 1 < self.grid.height else frozenset()

    def _group_by_dates(self) -> None:
        """Where dates over all columns head the rows of a timetable, these are in no column: they stand for one of their own."""
        filled = ((row, self.filled(row)) for row in self.body())
        self.groups = {row: cells[0] for row, cells in filled if len(cells) == 1 and cells[0].col == 0 and self._is_date(cells[0])}
        others = [row for row in self.rows() if self.filled(row)]
        if self.groups and others and min(self.groups) < others[-1]:
            self.time_column = self._time_column()
            named = any(_headed_by(self, col, words("event_headings")) for col in range(self.grid.width))
            if len(others) >= len(self.groups) and (self.time_column is not None or named):
                self.date_columns = [GROUPED]
                return
        self.groups = {}

    def headings_over(self, col: int) -> tuple[str, ...]:
        """The headings over a column from top to bottom, those over several columns among them."""
        return self._over[col]

    def _headings_over(self, col: int) -> tuple[str, ...]:
        cells = dict.fromkeys(cell for row in range(self.header) if (cell := self._heading_cell(row, col)) is not None)
        return tuple(name for name in map(self.string, cells) if name)

    def _heading_cell(self, row: int, col: int) -> Cell | None:
        """The heading in this row; over an empty place between others that of the place before, if the last row has one for either.

        So headings over several columns look in a text, which merges no cells.
        """
        cell, last = self.at.get((row, col)), self.header - 1
        if (cell and self.string(cell)) or row == last or not self._has_words(last, col):
            return cell
        left = col - 1
        while left > 0 and not self._has_words(row, left) and self._has_words(last, left):
            left -= 1
        return self.at.get((row, left)) if left > 0 and self._has_words(last, left) else cell

    def _has_words(self, row: int, col: int) -> bool:
        cell = self.at.get((row, col))
        return cell is not None and bool(self.string(cell))

    def _heading_days(self, col: int) -> list[DateMention]:
        """The single days that head a column, where a heading, a line or a bracket opens; none where something begins or ends there."""
        for row in range(self.header):
            cell = self.at.get((row, col))
            days = self.dates[cell] if cell is not None else []
            if cell is None or not days or any(word in fold(self.string(cell)).lower() for word in words("lasting_headings")):
                continue
            before = self.text[cell.span[0] : days[0].span[0]]
            if _OPENS_PART.search(before) and all(day.start is not None and day.start == day.end and day.time is None for day in days):
                return days
        return []

    def _date_columns(self) -> list[int]:
        """Columns in whose body most cells that say something are a date, or begin with one; headed by dates or deadlines, some."""
        dated = [0] * self.grid.width
        other: dict[int, list[Cell]] = {}
        for row in self.body():
            for cell in self.filled(row):
                if self.at.get((row, cell.col)) is cell and not self.is_ditto(cell):
                    if self._is_date(cell):
                        dated[cell.col] += 1
                    else:
                        other.setdefault(cell.col, []).append(cell)
        return [col for col in range(self.grid.width) if dated[col] and self._is_for_dates(col, dated[col], other.get(col, []))]

    def _is_for_dates(self, col: int, dated: int, other: Sequence[Cell]) -> bool:
        if dated > len(other):
            return True
        heading = self.folded_headings[col]
        if _date_label().search(heading) or due_column(heading):
            return True
        return dated > sum(not _says_none(self, cell) for cell in other)

    def _is_date(self, cell: Cell) -> bool:
        dates = self.dates[cell]
        return bool(dates) and _mostly(dates, cell)

    def inherited(self, row: int, col: int) -> Cell | None:
        """The cell, or the filled one above it where it is empty or says ditto."""
        if col not in self._columns:
            self._columns[col] = self._handed_down(col)
        return self._columns[col][row - self.header] if row >= self.header else None

    def _handed_down(self, col: int) -> list[Cell | None]:
        """For each row of the body the last filled cell of a column so far."""
        found: list[Cell | None] = []
        last = None
        for row in self.body():
            cell = self.groups.get(row) if col == GROUPED else None if row in self.groups else self.at.get((row, col))
            last = cell if cell is not None and self.string(cell) and not self.is_ditto(cell) else last
            found.append(last)
        return found

    def _time_column(self) -> int | None:
        """The column that gives the rows' clock times: one without dates in which most filled cells begin with a time."""
        for col in range(self.grid.width):
            if col in self.date_columns:
                continue
            cells = [self.at[row, col] for row in self.rows() if (row, col) in self.at and self.string(self.at[row, col])]
            timed_cells = [cell for cell in cells if self.times[cell] and self.opens(cell, self.times[cell][0])]
            if cells and 2 * len(timed_cells) > len(cells):
                return col
        return None

    def opens(self, cell: Cell, time: TimeMention) -> bool:
        """Does the cell begin with the time, or with `By 12:00 noon`?"""
        before = self.text[cell.span[0] : time.span[0]]
        return len(before) < 4 or _TO_A_TIME.fullmatch(before) is not None


_OPENS_PART = re.compile(r"(?:^|[(（\n:：–—-])\s*(?:on\s+|於)?$", re.IGNORECASE)
_TO_A_TIME = re.compile(
    r"\s*(?:by|before|at|from|until|till|up\s+to|after|around|(?:no|not)\s+later\s+than|on\s+or\s+before)\s+", re.IGNORECASE
)


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]


def _mostly(dates: Sequence[DateMention], cell: Cell) -> bool:
    """Does the cell begin with a date, or consist of little else?"""
    covered = sum(m.span[1] - m.span[0] for m in dates)
    return dates[0].span[0] - cell.span[0] <= 2 or 2 * covered > cell.span[1] - cell.span[0]


def rows_timed(sheet: Sheet) -> dict[Span, TimeMention]:
    """The clock time of its row for each date without one of its own, by the date's place; none for a day of rows at several times."""
    columns, col = sheet.date_columns, sheet.time_column
    found: dict[Span, TimeMention] = {}
    several: set[Span] = set()
    if len(columns) != 1 and (col is None or col - 1 not in columns):
        return found
    date_col = columns[0] if len(columns) == 1 or col is None else col - 1  # of several days the one right before the time
    for row in sheet.body():
        cell = sheet.at.get((row, date_col))
        source = _timing(sheet, row, date_col, col) if col is not None else _only_entry(sheet, row, date_col)
        if cell is not None and source is not None and not sheet.times[source] and source.row == row and col is not None:
            several.update(day.span for period in sheet.periods(cell) for day in period)  # an hour that was not understood
            continue
        if cell is None or source is None or not sheet.times[source]:
            continue
        for mention in (day for period in sheet.periods(cell) for day in period):
            if mention.time is not None or mention.end_time is not None:
                continue
            time = sheet.times[source][0]
            before = found.setdefault(mention.span, time)
            if (before.time, before.end_time) != (time.time, time.end_time):
                several.add(mention.span)
    return {place: time for place, time in found.items() if place not in several}


def _timing(sheet: Sheet, row: int, date_col: int, col: int) -> Cell | None:
    """The cell with the time of a row: the one above holds for an empty one, but not for another event on another day."""
    cell, when = sheet.inherited(row, col), sheet.inherited(row, date_col)
    if cell is None or when is None or cell is sheet.at.get((row, col)) or cell.row >= when.row:
        return cell
    named = any(own.row == row and _headed_by(sheet, own.col, words("event_headings")) for own in sheet.filled(row))
    return None if named else cell


def _only_entry(sheet: Sheet, row: int, date_col: int) -> Cell | None:
    """Without a time column a row's time stands in its one entry, unless the entry has a date of its own."""
    cells = [cell for cell in sheet.filled(row) if cell.col != date_col]
    if len(cells) != 1 or "\n" in sheet.string(cells[0]) or sheet.dates[cells[0]]:
        return None
    return cells[0]


def undated(sheet: Sheet) -> Iterator[Unexplained]:
    """What leaves a row of a timetable without a day: a cell in a column of dates that states none, a row above its first date.

    Below days that head columns, a time that is not of that day.
    """
    for _, below, _ in _below_days(sheet):
        if sheet.times[below] and _names_other_day(sheet, below.span):
            yield _doubt(sheet, below, "a time of another day than its heading's")
    for col in _should_be_dated(sheet):
        for row in sheet.rows():
            cell = sheet.at.get((row, col))
            if cell is not None and sheet.string(cell):
                if cell.row == row and not sheet.periods(cell) and not _says_none(sheet, cell) and not sheet.is_ditto(cell):
                    yield _doubt(sheet, cell, "no date in a column of dates")
            elif sheet.inherited(row, col) is None and len(sheet.date_columns) == 1 and sheet.filled(row):
                yield _doubt(sheet, sheet.filled(row)[0], "a row of a timetable without a date")


def _should_be_dated(sheet: Sheet) -> list[int]:
    """The columns of dates, and those that are headed so and have at least one."""
    headed = [col for col, heading in enumerate(sheet.folded_headings) if _date_label().search(heading)]
    some = {cell.col for cell in sheet.grid.cells if cell.row >= sheet.header and sheet.dates[cell]}
    return sorted({*sheet.date_columns, *(col for col in headed if col in some)})


def _says_none(sheet: Sheet, cell: Cell) -> bool:
    """A dash, `N/A`, or a heading over the rows below it."""
    said = sheet.string(cell)
    if cell.colspan > 1 or not _WORD.search(said) or fold(said).lower().strip(" .") in words("no_value"):
        return True
    return len(sheet.filled(cell.row)) == 1 and not _DATE_LIKE.search(said)


def _doubt(sheet: Sheet, cell: Cell, why: str) -> Unexplained:
    span = _entry(sheet.text, cell.span).span
    return Unexplained(quote=sheet.text[slice(*span)], span=span, why=why)


class Entry(NamedTuple):
    """One bullet or line of a cell."""

    title: str
    span: Span


def entries(text: str, cell: Span) -> list[Entry]:
    """The bullets or lines of a cell, without their bullets; an unmarked line continues the bullet above it."""
    lines: list[tuple[Span, re.Match[str] | None]] = []
    at, marked = cell[0], False
    for line in text[slice(*cell)].split("\n"):
        if line and not line.isspace():
            bullet = _BULLET.match(line)
            marked |= bullet is not None
            lines.append(((at + bullet.end() if bullet else at, at + len(line)), bullet))
        at += len(line) + 1
    joined: list[Span] = []
    for span, bullet in lines:
        if marked and joined and not bullet:
            joined[-1] = joined[-1][0], span[1]
        else:
            joined.append(span)
    return [_entry(text, span) for span in joined]


def _entry(text: str, span: Span) -> Entry:
    said = text[slice(*span)].rstrip()
    high = span[0] + len(said)
    said = said.lstrip()
    return Entry(squeeze(said), (high - len(said), high))


def events(sheet: Sheet, index: int, dates: Mapping[Span, DateMention]) -> list[Event]:
    """One event an entry and period. `dates` gives the mentions with the times of their rows."""
    columns = sheet.date_columns
    if not columns:
        return _by_heading(sheet, index)
    if len(columns) > 1:
        return _by_cell(sheet, columns, index, dates)
    titles = title_columns(sheet, columns[0])
    found: list[Event] = []
    for row in sheet.rows():
        found += _row_events(sheet, row, columns[0], titles, index, dates)
    return found


def _by_cell(sheet: Sheet, columns: Sequence[int], index: int, dates: Mapping[Span, DateMention]) -> list[Event]:
    """A calendar with several date columns: each day or row of days is an event titled by its column's heading."""
    found = []
    for row in sheet.body():
        for col in columns:
            cell = sheet.at.get((row, col))
            if cell is None or cell.row != row or not sheet.headings[col]:
                continue
            mentions = [dates.get(place.span, place) for period in sheet.periods(cell) for place in period]
            found += [_event(when, None, sheet.headings[col], when.span, sheet.text, index, row) for when in mentions if _is_of_days(when)]
    return found


def _is_of_days(when: DateMention) -> bool:
    """A day, or days from one to another; a whole month (that of a contract, of what is reported) is no event."""
    if when.start is None or when.end is None or when.approx is not None:
        return False
    return when.start.day != 1 or (when.end + timedelta(days=1)).day != 1


def _by_heading(sheet: Sheet, index: int) -> list[Event]:
    """A timetable whose days head its columns: a clock time below one is an event of its row; beside a column of times words are.

    `Activity | Normal day | 24 December 2026` is how half-day trading is announced: what is normal has no day and is no event.
    """
    found: list[Event] = []
    for row, cell, days in _below_days(sheet):
        label = _row_label(sheet, row)
        row_time = _time_of_row(sheet, row, GROUPED) if label is None else None
        for item in sheet.entries(cell):
            own = [m for m in sheet.times[cell] if _inside(m.span, item.span)]
            if own and label is not None and not _names_other_day(sheet, item.span):
                title = _title_below(sheet, cell, item, own, label)
                found += [_event(day, time, title, item.span, sheet.text, index, row) for day in days for time in own]
            elif row_time is not None and not own and not _says_none(sheet, cell):
                found += [_event(day, row_time, item.title, item.span, sheet.text, index, row) for day in days]
    return found


def _below_days(sheet: Sheet) -> Iterator[tuple[int, Cell, list[DateMention]]]:
    """The cells of the body without a date of their own, below a heading of days, with their rows."""
    if sheet.date_columns:
        return
    for row in sheet.rows():
        for cell in sheet.filled(row):
            if cell.colspan == 1 and not sheet.dates[cell] and (days := sheet.heading_days[cell.col]):
                yield row, cell, days


def _names_other_day(sheet: Sheet, span: Span) -> bool:
    """`5:00 p.m. on the next day`: the day of the heading is not meant."""
    said = fold(sheet.text[slice(*span)]).lower()
    return any(word in said for word in words("other_days"))


def _row_label(sheet: Sheet, row: int) -> Cell | None:
    """What a row is called: the first column that tells, but for those of times and those below days."""
    for col in title_columns(sheet, GROUPED):
        if not sheet.heading_days[col] and (cell := sheet.inherited(row, col)) is not None and not sheet.times[cell]:
            return cell
    return None


def _title_below(sheet: Sheet, cell: Cell, item: Entry, times: Sequence[TimeMention], label: Cell) -> str:
    """What happens at a time below a day: one of several entries says it itself, else the row does, with the heading below the day's."""
    own = sheet.text[slice(*item.span)]
    for time in reversed(times):
        own = own[: time.span[0] - item.span[0]] + own[time.span[1] - item.span[0] :]
    if len(sheet.entries(cell)) > 1 and _WORD.search(own):
        return item.title
    title, lowest = squeeze(sheet.string(label)), sheet.at.get((sheet.header - 1, cell.col))
    named = lowest is not None and not sheet.dates[lowest] and sheet.string(lowest)
    return f"{title} ({squeeze(named)})" if named else title


def _row_events(sheet: Sheet, row: int, col: int, titles: Sequence[int], index: int, dates: Mapping[Span, DateMention]) -> list[Event]:
    when = sheet.inherited(row, col)
    if when is None:
        return []
    cell = next((cell for title in titles if (cell := _titling(sheet, row, title)) and cell is not when), None)
    if cell is None:
        return []
    row_time = _time_of_row(sheet, row, col)
    found = []
    for item, days in sheet.dated_entries(when, cell):
        mentions = [dates.get(m.span, m) for m in days]
        if _are_months(mentions):
            continue
        period = whole(mentions)
        if row_time is not None and (period.time is None or when.row != row):
            period = timed(period, row_time)
        elif row_time is None and when.row != row and _has_other_hour(sheet, row):
            period = msgspec.structs.replace(period, time=None, end_time=None)
        found.append(_entry_event(sheet, item, period, cell, index, row, alone=len(sheet.entries(cell)) == 1))
    return found


def _has_other_hour(sheet: Sheet, row: int) -> bool:
    """Does a row say in the column of times what is no time that was understood? That of the row above is not its own then."""
    cell = sheet.at.get((row, sheet.time_column)) if sheet.time_column is not None else None
    return cell is not None and cell.row == row and bool(sheet.string(cell)) and not sheet.is_ditto(cell)


def _titling(sheet: Sheet, row: int, col: int) -> Cell | None:
    """What a row's event is called by in this column: a remark is its row's own, any other title also holds for empty cells below."""
    if _headed_by(sheet, col, words("remark_headings")):
        cell = sheet.at.get((row, col))
        return cell if cell is not None and sheet.string(cell) else None
    return sheet.inherited(row, col)


def _are_months(mentions: Sequence[DateMention]) -> bool:
    """A list of months (the delivery months of a contract) is no period in which something happens."""
    return len(mentions) > 1 and all(
        m.start is not None and m.end is not None and m.start.day == 1 and (m.end + timedelta(days=1)).day == 1 for m in mentions
    )


def _headed_by(sheet: Sheet, col: int, words: Sequence[str]) -> bool:
    """Does the heading of a column hold one of these words?"""
    heading = sheet.folded_headings[col].lower()
    return any(word in heading for word in words)


@lru_cache(maxsize=1024)
def due_column(heading: str) -> tuple[str, Span] | None:
    """The rule for a folded heading that names a deadline, and where its action stands; the same headings stand over many tables."""
    for language in languages().values():
        for hit in language.sections["duecolumns"].find(heading):
            return hit.rule.name, hit.span("action") if hit["action"] else (0, 0)
    return None


LONGEST_DITTO = 16


@cache
def _ditto() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in words("ditto")))


@cache
def _date_label() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{label})" for label in words("date_labels")))


def _time_of_row(sheet: Sheet, row: int, date_col: int) -> TimeMention | None:
    col = sheet.time_column
    cell = _timing(sheet, row, date_col, col) if col is not None else None
    return sheet.times[cell][0] if cell is not None and sheet.times[cell] else None


def title_columns(sheet: Sheet, date_col: int) -> list[int]:
    """The columns that may say what happens: those whose heading says so, then the others that are neither date nor time.

    A column with a cell over several rows (the phase that they are part of) comes behind those without, what only counts the rows
    (1, II, 第三) last.
    """
    columns = [col for col in range(sheet.grid.width) if col not in (date_col, sheet.time_column) and not _tells_hours(sheet, col)]
    columns = [col for col in columns if not _tells_parts_of_days(sheet, col) and not _tells_weekdays(sheet, col)]
    headings = (*words("event_headings"), *words("remark_headings"))
    named = [col for col in columns if _headed_by(sheet, col, headings)]
    sure = len(named) < 2  # whose heading alone says so
    order = [*named, *(col for col in columns if col not in named)]
    return sorted(order, key=lambda col: (_counts_rows(sheet, col), not sure and _goes_over_rows(sheet, col)))


def _goes_over_rows(sheet: Sheet, col: int) -> bool:
    """Has a column a cell over several rows, or an empty one below a filled one?"""
    cells = [sheet.at.get((row, col)) for row in sheet.rows() if sheet.filled(row)]
    return any(cell is None or cell.rowspan > 1 or not sheet.string(cell) for cell in cells[1:])


def _tells_hours(sheet: Sheet, col: int) -> bool:
    """Is there nothing but hours in a further column, as in one of afternoons beside one of mornings? Some may say none."""
    cells = [cell for row in sheet.body() for cell in sheet.filled(row) if cell.col == col and cell.colspan == 1]
    timed = [cell for cell in cells if sheet.times[cell] and sheet.opens(cell, sheet.times[cell][0])]
    return sheet.time_column is not None and bool(timed) and all(cell in timed or _says_none(sheet, cell) for cell in cells)


def _tells_parts_of_days(sheet: Sheet, col: int) -> bool:
    """Is there nothing but parts of the day in a column: AM, 下午?"""
    said = [fold(sheet.string(cell)) for row in sheet.body() for cell in sheet.filled(row) if cell.col == col and cell.colspan == 1]
    return bool(said) and all(map(part_of_day, said))


def _tells_weekdays(sheet: Sheet, col: int) -> bool:
    """Is there nothing but days of the week in a column, under a heading: Thu, 星期三, (四)?"""
    said = [
        _WEEK.sub("", sheet.string(cell)) for row in sheet.body() for cell in sheet.filled(row) if cell.col == col and cell.colspan == 1
    ]
    return bool(said) and all(any(language.word("weekday", one) is not None for language in languages().values()) for one in said)


def _counts_rows(sheet: Sheet, col: int) -> bool:
    """Is there nothing but numbers in a column (2, 3.1, A4), each row with another? One may be broken where its column is narrow."""
    said = ["".join(sheet.string(cell).split()) for row in sheet.body() for cell in sheet.filled(row) if cell.col == col]
    return len(said) > 1 and len(set(said)) == len(said) and all(ORDINAL.fullmatch(one) for one in said)


def _entry_event(sheet: Sheet, item: Entry, period: DateMention, cell: Cell, index: int, row: int, *, alone: bool) -> Event:
    """An entry may have a day (同日) and a time of its own; the row's time is for the entries without."""
    own_dates = [m for m in sheet.dates[cell] if _inside(m.span, item.span) and m.relative]
    own_times = [m for m in sheet.times[cell] if _inside(m.span, item.span)]
    if own_dates:
        return _event(own_dates[0], own_times[0] if own_times else None, item.title, item.span, sheet.text, index, row)
    time = own_times[0] if own_times and period.time is None and alone else None
    return _event(period, time, item.title, item.span, sheet.text, index, row)


def _event(when: DateMention, time: TimeMention | None, title: str, span: Span, text: str, index: int, row: int) -> Event:
    clock: Clock | None = time.time if time else when.time
    end_clock = time.end_time if time else when.end_time
    return Event(
        quote=text[slice(*span)],
        span=span,
        rule="schedule.row",
        start=when.start,
        end=when.end,
        time=clock,
        end_time=end_clock,
        title=title,
        table=index,
        row=row,
    )
