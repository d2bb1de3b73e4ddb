"""Tables as grids of strings, and schedules as events."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from ingest.extract.layout import within
from ingest.extract.times import timed
from ingest.lang.rules import languages
from ingest.model import Cell, Clock, DateMention, Event, Grid, Merge, Span, Table, TimeMention
from ingest.text import squeeze

BULLETS = "•●▪◦‧・○■□➢-–*"
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


class Sheet:
    """A grid with the dates and times that stand in its cells."""

    def __init__(self, grid: Grid, text: str, dates: Sequence[DateMention], times: Sequence[TimeMention]) -> None:
        self.grid, self.text = grid, text
        self.at: dict[tuple[int, int], Cell] = {}
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for col in range(cell.col, cell.col + cell.colspan):
                    self.at[row, col] = cell
        dates, times = within(dates, grid.span), within(times, grid.span)
        self.dates = {cell: within(dates, cell.span) for cell in grid.cells}
        self.times = {cell: within(times, cell.span) for cell in grid.cells}
        self._strings: dict[Span, str] = {}
        self.header = self._header() if grid.header is None else grid.header
        self.headings = [self._heading(col) for col in range(grid.width)]
        self.date_columns = self._date_columns()
        self.time_column = self._time_column()

    def _header(self) -> int:
        """Rows above the first that has a date or a digit of its own; the first row is a heading unless it reads like the second."""
        first = self.filled(0)
        if first and any(self.dates[cell] and _mostly(self.dates[cell], cell) for cell in first) and self.grid.height > 1:
            second = self.filled(1)
            same = [c.col for c in first if self.dates[c] and _mostly(self.dates[c], c)] == [
                c.col for c in second if self.dates[c] and _mostly(self.dates[c], c)
            ]
            return 0 if same else 1
        return 1 if self.grid.height > 1 else 0

    def filled(self, row: int) -> list[Cell]:
        """The cells of a row that are not empty, its own ones only."""
        return [cell for cell in self.grid.cells if cell.row == row and self.string(cell)]

    def string(self, cell: Cell) -> str:
        found = self._strings.get(cell.span)
        if found is None:
            found = self._strings[cell.span] = self.text[slice(*cell.span)].strip()
        return found

    def body(self) -> range:
        return range(self.header, self.grid.height)

    def _heading(self, col: int) -> str:
        """The lowest heading over a column."""
        names = [self.string(self.at[row, col]) for row in range(self.header) if (row, col) in self.at]
        return next((name for name in reversed(names) if name), "")

    def _date_columns(self) -> list[int]:
        """Columns in whose body most filled cells are a date, or begin with one."""
        columns = []
        for col in range(self.grid.width):
            cells = [
                self.at[row, col]
                for row in self.body()
                if (row, col) in self.at and self.at[row, col].row == row and self.at[row, col].col == col
            ]
            filled = [cell for cell in cells if self.string(cell)]
            dated = [cell for cell in filled if self.dates[cell] and _mostly(self.dates[cell], cell)]
            if dated and 2 * len(dated) > len(filled):
                columns.append(col)
        return columns

    def inherited(self, row: int, col: int) -> Cell | None:
        """The cell, or the filled one above it where it is empty."""
        for above in range(row, self.header - 1, -1):
            cell = self.at.get((above, col))
            if cell is not None and self.string(cell):
                return cell
        return None

    def _time_column(self) -> int | None:
        """The column that gives the rows' clock times: one without dates in which most filled cells begin with a time."""
        for col in range(self.grid.width):
            if col in self.date_columns:
                continue
            cells = [self.at[row, col] for row in self.body() if (row, col) in self.at and self.string(self.at[row, col])]
            timed_cells = [cell for cell in cells if self.times[cell] and self.times[cell][0].span[0] - cell.span[0] < 4]
            if cells and 2 * len(timed_cells) > len(cells):
                return col
        return None


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]


def _mostly(dates: Sequence[DateMention], cell: Cell) -> bool:
    """Does the cell begin with a date, or consist of little else?"""
    covered = sum(m.span[1] - m.span[0] for m in dates)
    return dates[0].span[0] - cell.span[0] <= 2 or 2 * covered > cell.span[1] - cell.span[0]


def rows_timed(sheet: Sheet) -> dict[Span, TimeMention]:
    """The clock time of its row for each date without one of its own, by the date's place."""
    columns, col = sheet.date_columns, sheet.time_column
    found: dict[Span, TimeMention] = {}
    if len(columns) != 1:
        return found
    for row in sheet.body():
        cell = sheet.at.get((row, columns[0]))
        source = sheet.inherited(row, col) if col is not None else _only_entry(sheet, row, columns[0])
        if cell is None or source is None or not sheet.times[source]:
            continue
        for mention in sheet.dates[cell]:
            if mention.time is None and mention.end_time is None:
                found[mention.span] = sheet.times[source][0]
    return found


def _only_entry(sheet: Sheet, row: int, date_col: int) -> Cell | None:
    """Without a time column a row's time stands in its one entry, unless the entry has a date of its own."""
    cells = [cell for cell in sheet.filled(row) if cell.col != date_col]
    if len(cells) != 1 or "\n" in sheet.string(cells[0]) or sheet.dates[cells[0]]:
        return None
    return cells[0]


@dataclass(frozen=True, slots=True)
class Entry:
    """One bullet or line of a cell."""

    title: str
    span: Span


def entries(sheet: Sheet, cell: Cell) -> list[Entry]:
    """The bullets or lines of a cell, without their bullets; an unmarked line continues the bullet above it."""
    low, high = cell.span
    lines: list[Span] = []
    at = low
    for line in sheet.text[low:high].split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    marked = any(_BULLET.match(sheet.text[slice(*span)]) for span in lines)
    joined: list[Span] = []
    for span in lines:
        if not sheet.text[slice(*span)].strip():
            continue
        if marked and joined and not _BULLET.match(sheet.text[slice(*span)]):
            joined[-1] = joined[-1][0], span[1]
        else:
            joined.append(span)
    return [_entry(sheet.text, span) for span in joined]


def _entry(text: str, span: Span) -> Entry:
    low, high = span
    bullet = _BULLET.match(text[low:high])
    low += bullet.end() if bullet else 0
    while high > low and text[high - 1].isspace():
        high -= 1
    while low < high and text[low].isspace():
        low += 1
    return Entry(squeeze(text[low:high]), (low, high))


def events(sheet: Sheet, index: int, dates: Mapping[Span, DateMention]) -> list[Event]:
    """One event an entry and period. `dates` gives the mentions with the times of their rows."""
    columns = sheet.date_columns
    if not columns:
        return []
    if len(columns) > 1:
        return _by_cell(sheet, columns, index, dates)
    found: list[Event] = []
    for row in sheet.body():
        found += _row_events(sheet, row, columns[0], index, dates)
    return found


def _by_cell(sheet: Sheet, columns: Sequence[int], index: int, dates: Mapping[Span, DateMention]) -> list[Event]:
    """A calendar with several date columns: each day is an event titled by its column's heading."""
    found = []
    for row in sheet.body():
        for col in columns:
            cell = sheet.at.get((row, col))
            if cell is None or cell.row != row or not sheet.headings[col]:
                continue
            mentions = [dates.get(place.span, place) for place in sheet.dates[cell]]
            days = [mention for mention in mentions if mention.start is not None and mention.start == mention.end]
            found += [_event(day, None, sheet.headings[col], day.span, sheet.text, index, row) for day in days]
    return found


def _row_events(sheet: Sheet, row: int, col: int, index: int, dates: Mapping[Span, DateMention]) -> list[Event]:
    when = sheet.inherited(row, col)
    if when is None:
        return []
    mentions = [dates.get(m.span, m) for m in sheet.dates[when]]
    if not mentions:
        return []
    period = _period(mentions)
    cell = _title_cell(sheet, row, col)
    if cell is None:
        return []
    items = entries(sheet, cell)
    row_time = _time_of_row(sheet, row)
    if period.time is None and row_time is not None:
        period = timed(period, row_time)
    return [_entry_event(sheet, item, period, cell, index, row, alone=len(items) == 1) for item in items]


def _time_of_row(sheet: Sheet, row: int) -> TimeMention | None:
    col = sheet.time_column
    cell = sheet.inherited(row, col) if col is not None else None
    return sheet.times[cell][0] if cell is not None and sheet.times[cell] else None


def _period(mentions: Sequence[DateMention]) -> DateMention:
    """The days of a list as one period, from the first to the last."""
    if len(mentions) == 1:
        return mentions[0]
    return msgspec.structs.replace(mentions[0], end=mentions[-1].end)


def _title_cell(sheet: Sheet, row: int, date_col: int) -> Cell | None:
    """The cell that says what happens: by the column's heading, else the first column of text that is neither date nor time."""
    time_col = sheet.time_column
    columns = [col for col in range(sheet.grid.width) if col not in (date_col, time_col)]
    words = tuple(word for language in languages().values() for word in language.lists.get("event_headings", ()))
    named = [col for col in columns if any(word in sheet.headings[col].lower() for word in words)]
    for col in [*named, *(c for c in columns if c not in named)]:
        cell = sheet.inherited(row, col)
        if cell is not None:
            return cell
    return None


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
