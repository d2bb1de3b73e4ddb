"""A table proves itself: totals add up, days follow each other, and a weekday in a cell of its own is that of the date beside it.

A table that is announced has to follow.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from ingest.extract import arithmetic
from ingest.formats import kinds, wrapped
from ingest.lang.rules import languages
from ingest.model import TABLE_LOST, Block, CellValue, Grid, Table, Warn
from ingest.text import fold

_SUMMED = ("amount", "quantity", "number", "percentage")
_DIGIT = re.compile(r"\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEEKDAY = re.compile(r"\W*(?:(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|(?:星期|周|礼拜)(?P<zh>[一二三四五六日天]))\W*", re.IGNORECASE)
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def doubts(table: Table, number: int) -> Iterator[Warn]:
    """A warning for each cell that contradicts its table; `number` counts the tables from 1."""
    for code, found in (
        ("table-total", itertools.chain(_totals(table), arithmetic.odd(table))),
        ("table-weekday", _weekdays(table)),
        ("table-order", itertools.chain(_disordered(table), _twice(table), _reversed(table), _backwards(table))),
    ):
        for cell, message in found:
            yield Warn(code=code, message=f"table {number}, row {cell.row + 1}, column {cell.col + 1}: {message}", page=table.page)
    for row, col in sorted(_torn(table)):
        message = f"table {number}, row {row + 1}, column {col + 1}: may be the rest of the cell above it"
        yield Warn(code="table-rows", message=message, page=table.page)
    for row, col in _without_day(table):
        message = f"table {number}, row {row + 1}, column {col + 1}: its day may be the last one in the cell above it"
        yield Warn(code="table-rows", message=message, page=table.page)
    for row in _headed_again(table):
        yield Warn(code="table-columns", message=f"table {number}, row {row + 1}: another table may begin here", page=table.page)


def shifted(grids: Sequence[Grid]) -> Iterator[Warn]:
    """A warning for each row whose cells may stand in the wrong columns; the tables count from 1."""
    for number, grid in enumerate(grids, 1):
        for row, doubt in grid.doubts:
            yield Warn(code="table-columns", message=f"table {number}, row {row}: {doubt}", page=grid.page)


# Another table ----------------------------------------------------------------------------------------------------------


RUN = 2  # rows above and below that show what a column holds


def _headed_again(table: Table) -> Iterator[int]:
    """Rows of words alone, one in each column, above and below which a column holds days here and figures there; or headings below days.

    Two tables with columns at one place are so written one below the other by programs that cannot set them side by side.
    """
    rows = table.rows
    for row in range(table.header + RUN, len(rows) - RUN):
        words = rows[row]
        if len(words) < 2 or not all(words) or any(map(_DIGIT.search, words)):
            continue
        if any(_differ([one[col] for one in rows[table.header : row]], [one[col] for one in rows[row + 1 :]]) for col in range(len(words))):
            yield row
            return
    last = len(rows) - 1
    if last - table.header >= RUN and wrapped.titled(rows[last]) and all(map(_are_values, zip(*rows[last - RUN : last], strict=True))):
        yield last


def _are_values(cells: Sequence[str]) -> bool:
    """Are they all days, or all times or figures?"""
    (sort, *others) = {kinds.kind(cell) for cell in cells}
    return not others and sort in ("date", "time", "number")


def _differ(above: Sequence[str], below: Sequence[str]) -> bool:
    """Are these cells days, all of them, and those figures, or the reverse?"""
    if not _DIGIT.search(above[-1]) or not _DIGIT.search(below[0]):
        return False
    sorts = kinds.kind(above[-1]), kinds.kind(below[0])
    return set(sorts) == {"date", "number"} and all(
        kinds.kind(cell) == sort for sort, cells in zip(sorts, (above, below), strict=True) for cell in cells
    )


# Cells torn apart -------------------------------------------------------------------------------------------------------


def _torn(table: Table) -> Iterator[tuple[int, int]]:
    """Cells without rulings around them that go on with the one above: in the middle of a sentence or bracket, or with its year.

    Where words begin in small letters elsewhere in their column, such a beginning tells nothing.
    """
    if not table.rule.endswith("aligned"):
        return
    for col in range(len(table.rows[0])):
        cells = [(row, table.rows[row][col].strip()) for row in range(table.header, len(table.rows))]
        torn = [row for (_, upper), (row, lower) in itertools.pairwise(cells) if upper and lower and _goes_on(upper, lower)]
        small = [row for row, said in cells if said[:1].islower() and row not in torn]
        first = next((said for _, said in cells if said), "")
        if not small and not first[:1].islower() and 2 * len(torn) < len(cells):
            yield from ((row, col) for row in torn)


def _without_day(table: Table) -> Iterator[tuple[int, int]]:
    """The one empty cell without rulings around it, in a column of days, below the one cell that holds two, merged or not.

    Where the end of a page breaks the row, its day stands above what it belongs to.
    """
    if not table.rule.endswith("aligned"):
        return
    days = {(cell.row, cell.col): len(cell.value.split()) for cell in table.cells if cell.kind == "date"}
    for column in table.columns:
        places = [(row, column.col) for row in range(table.header, len(table.rows))]
        empty = [place for place in places if not table.rows[place[0]][place[1]].strip()]
        several = [place for place in places if days.get(place, 1) > 1]
        if len(several) == 1 and empty == [(several[0][0] + 1, column.col)] and sum(place in days for place in places) >= SEVERAL_DAYS:
            yield empty[0]


SEVERAL_DAYS = 2  # cells with a day show that each row has one


def _goes_on(upper: str, lower: str) -> bool:
    if _YEAR.fullmatch(lower):
        return _NO_YEAR.search(upper) is not None and kinds.kind(upper) == "date"
    if kinds.kind(lower) in ("date", "time", "number", "code", "none"):
        return False
    return bool(_OPEN_END.search(upper) or _CLOSES.match(lower)) or (lower[:1].islower() and upper[-1:].isalpha())


_OPEN_END = re.compile(r"[(（][^)）]*$|[,，、]$|(?:\b(?:and|or|to|of|the|from|with|by)|(?<!普)及|[至由])$", re.IGNORECASE)
_CLOSES = re.compile(r"[)）,，、。;；]")
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?")
_NO_YEAR = re.compile(r"^(?!.*(?:19|20)\d\d)")


# Totals -----------------------------------------------------------------------------------------------------------------


def _totals(table: Table) -> Iterator[tuple[CellValue, str]]:
    """Totals that are not the sum of what stands above them; nothing is said of a column with a gap or two units."""
    if not any(cell.kind in _SUMMED for cell in table.cells):
        return
    labelled = [row for row in range(table.header, len(table.rows)) if _is_total(table.rows[row])]
    if not labelled:
        return
    headings = [row for row in range(table.header, len(table.rows)) if row not in labelled and _is_heading(table, row)]
    across, down = _covered(table)
    for col in range(len(table.rows[0])):
        values = {cell.row: cell for cell in table.cells if cell.col == col and cell.kind in _SUMMED and "/" not in cell.value}
        for row in labelled:
            above = [one for one in range(table.header, row) if one not in headings and (one, col) not in down]
            cell = values.get(row)
            if cell is None or len(above) < 2 or any((one, col) in across for one in (*above, row)):
                continue
            if any(one not in values or values[one].unit != cell.unit for one in above):
                continue
            parts = {one: Decimal(values[one].value) for one in above}
            rounded = cell.kind == "percentage"
            if not any(_equal(Decimal(cell.value), terms, rounded=rounded) for terms in _readings(parts, labelled, headings)):
                yield cell, f"{table.rows[row][col]} is not the sum of the rows above it"


def _is_heading(table: Table, row: int) -> bool:
    """Words over the rows below: a row with one cell, and no figure in it."""
    filled = [col for col, cell in enumerate(table.rows[row]) if cell]
    return len(filled) == 1 and filled[0] == 0 and not any(cell.row == row and cell.kind in _SUMMED for cell in table.cells)


def _covered(table: Table) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Places whose figure counts for several columns (`across`), and those that the cell above reaches down to (`down`)."""
    across, down = set(), set()
    figures = {(cell.row, cell.col) for cell in table.cells if cell.kind in _SUMMED}
    for merge in table.merged:
        places = {(merge.row + below, merge.col + right) for below in range(merge.rowspan) for right in range(merge.colspan)}
        if merge.colspan > 1 and (merge.row, merge.col) in figures:
            across |= places
        elif merge.colspan == 1:
            down |= places - {(merge.row, merge.col)}
    return across, down


def _is_total(row: Sequence[str]) -> bool:
    first = next((cell for cell in row if cell), "")
    return any(label.search(fold(first)) for label in _labels())


@cache
def _labels() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(label) for language in languages().values() for label in language.lists["total_labels"])


def _readings(parts: dict[int, Decimal], labelled: Sequence[int], headings: Sequence[int]) -> Iterator[list[Decimal]]:
    """What a total may add up: all single rows, those since the last total or heading, or the totals above it."""
    totals = [row for row in parts if row in labelled]
    yield [value for row, value in parts.items() if row not in labelled]
    if headings and (under := [value for row, value in parts.items() if row > headings[-1]]):
        yield under
    for heading in headings:
        yield [value for row, value in parts.items() if row > heading and row not in labelled]
    if totals:
        yield [value for row, value in parts.items() if row > totals[-1]]
        yield [parts[row] for row in totals]
        yield [value for row, value in parts.items() if row > totals[-1] or row in totals]


def _equal(total: Decimal, terms: Sequence[Decimal], *, rounded: bool = False) -> bool:
    """Equal within what rounding each term may have cost; whole numbers are taken as `rounded` where they are percentages."""
    digits = [value.as_tuple().exponent for value in (total, *terms)]
    last = Decimal(1).scaleb(min((digit for digit in digits if isinstance(digit, int)), default=0))
    rounding = last * len(terms) / 2 if last < 1 or rounded else Decimal(0)
    return abs(total - sum(terms, Decimal(0))) <= rounding


# Weekdays ---------------------------------------------------------------------------------------------------------------


def _weekdays(table: Table) -> Iterator[tuple[CellValue, str]]:
    """A weekday that is the whole of a cell, in a row with one date."""
    days: dict[int, list[CellValue]] = {}
    bare = {column.col for column in table.columns if _HEADING.fullmatch(fold(column.heading))}
    for cell in table.cells:
        if cell.kind == "date":
            days.setdefault(cell.row, []).append(cell)
    for row, cells in days.items():
        if len(cells) != 1 or not _DAY.match(cells[0].value) or " " in cells[0].value:
            continue
        named = [_weekday(text) or (_bare(text) if col in bare else None) for col, text in enumerate(table.rows[row])]
        printed = [_ORDER.index(name) for name in named if name]
        true = date.fromisoformat(cells[0].value[:10]).weekday()
        if len(printed) == 1 and printed[0] != true:
            yield cells[0], f"{cells[0].value[:10]} is a {_NAMES[true]}, not a {_NAMES[printed[0]]}"


_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDER = "一二三四五六日"
_HEADING = re.compile(r"\W*(?:星期|周|礼拜)几?\W*|\W*day(?: of (?:the )?week)?\W*", re.IGNORECASE)
_BARE = re.compile(r"[(（]?([一二三四五六日天])[)）]?")


def _weekday(text: str) -> str | None:
    """The day by its Chinese number; None for a cell that says something else."""
    match = _WEEKDAY.fullmatch(fold(text))
    if match is None:
        return None
    return _ORDER[_ENGLISH.index(match["en"].lower())] if match["en"] else match["zh"].replace("天", "日")


def _bare(text: str) -> str | None:
    """The day in a column that is headed 星期 or `Day`, where the number alone is enough."""
    match = _BARE.fullmatch(fold(text).strip())
    return match[1].replace("天", "日") if match else None


# Order ------------------------------------------------------------------------------------------------------------------


ENOUGH = 5  # days below each other whose order is no accident
YEARS = 4  # likewise, where one is of another year than those above and below it
PAIRS = 4  # rows with two days, of which all but one have them in one order


def _disordered(table: Table) -> Iterator[tuple[CellValue, str]]:
    """The one day that stands out of order in a column of days that is otherwise in order, from early to late or late to early."""
    for column in table.columns:
        cells = [cell for cell in table.cells if cell.col == column.col and _DAY.fullmatch(cell.value[:10])]
        if column.kind != "date" or len(cells) < YEARS:
            continue
        days = [cell.value[:10] for cell in cells]
        for falling in (False, True):
            breaks = [at for at in range(1, len(days)) if (days[at] > days[at - 1] if falling else days[at] < days[at - 1])]
            odd = _odd_one(days, breaks[0], falling=falling) if len(breaks) == 1 else None
            if odd is None or (len(days) < ENOUGH and not _is_of_other_year(days, odd)):
                continue
            if not _begins_again(table, cells[breaks[0]], column.col):
                neighbour = days[breaks[0] - 1] if odd == breaks[0] else days[breaks[0]]
                yield cells[odd], f"{days[odd]} stands {'below' if odd == breaks[0] else 'above'} {neighbour}; the other days are in order"


def _twice(table: Table) -> Iterator[tuple[CellValue, str]]:
    """The one day that stands twice in a rising column of trade dates, with two different days beside it."""
    columns = [column.col for column in table.columns if column.kind == "date"]
    days = {(cell.row, cell.col): cell for cell in table.cells if _DAY.fullmatch(cell.value)}
    for column in table.columns:
        if column.col not in columns or not any(one.search(fold(column.heading).lower()) for one in _once()):
            continue
        cells = [cell for cell in table.cells if cell.col == column.col and _DAY.fullmatch(cell.value)]
        steps = [(upper, lower) for upper, lower in itertools.pairwise(cells) if upper.value >= lower.value]
        if len(cells) < ENOUGH or len(steps) != 1 or steps[0][0].value != steps[0][1].value:
            continue
        upper, lower = steps[0]
        beside = [(days.get((upper.row, col)), days.get((lower.row, col))) for col in columns if col != column.col]
        if any(one and other and one.value != other.value for one, other in beside):
            yield lower, f"{lower.value} stands twice; the other days stand once"


@cache
def _once() -> tuple[re.Pattern[str], ...]:
    """Headings of days of which each stands once."""
    return tuple(re.compile(one) for language in languages().values() for one in language.lists["once_headings"])


def _is_of_other_year(days: Sequence[str], at: int) -> bool:
    """Are the days above and below of one year, and this one of another?"""
    return 0 < at < len(days) - 1 and days[at - 1][:4] == days[at + 1][:4] != days[at][:4]


def _begins_again(table: Table, cell: CellValue, col: int) -> bool:
    """Does another list begin in this row? Its first cell stands in a row above already."""
    first = table.rows[cell.row][0]
    return col > 0 and bool(first) and any(row[0] == first for row in table.rows[table.header : cell.row])


def _reversed(table: Table) -> Iterator[tuple[CellValue, str]]:
    """The one row in which a day is before that of the column beside it, where it is after it in all others, or the reverse."""
    columns = [column.col for column in table.columns if column.kind == "date"]
    cells = {(cell.row, cell.col): cell for cell in table.cells if cell.kind == "date" and _DAY.fullmatch(cell.value[:10])}
    for left, right in itertools.pairwise(columns):
        pairs = [(cells[row, left], cells[row, right]) for row in range(len(table.rows)) if (row, left) in cells and (row, right) in cells]
        if len(pairs) < PAIRS:
            continue
        for sign in (1, -1):
            odd = [pair for pair in pairs if (pair[0].value[:10] > pair[1].value[:10]) - (pair[0].value[:10] < pair[1].value[:10]) == sign]
            others = [pair for pair in pairs if pair not in odd]
            if len(odd) == 1 and all(pair[0].value[:10] != pair[1].value[:10] for pair in others):
                side = "before" if sign > 0 else "after"
                yield odd[0][1], f"{odd[0][1].value[:10]} is {side} {odd[0][0].value[:10]} beside it; in the other rows it is not"


def _backwards(table: Table) -> Iterator[tuple[CellValue, str]]:
    """Hours that end before they begin (5:00 p.m. to 2:00 p.m.), unless they may go on over midnight (10:00 p.m. to 2:00 a.m.)."""
    for cell in table.cells:
        hours = _HOURS.fullmatch(cell.value)
        if hours and (int(hours["last"]) - int(hours["first"])) % 24 >= MOST_HOURS and hours["first"] > hours["last"]:
            yield cell, f"{hours['from']} to {hours['to']} ends before it begins"


_HOURS = re.compile(r"(?P<from>(?P<first>\d\d):\d\d)/(?P<to>(?P<last>\d\d):\d\d)")
MOST_HOURS = 17  # a window over midnight is shorter


def _odd_one(days: Sequence[str], at: int, *, falling: bool) -> int | None:
    """Which of the two days at a break has to go so that the rest is in order; the lower one where either would do."""
    for odd in (at, at - 1):
        rest = [*days[:odd], *days[odd + 1 :]]
        if rest == sorted(rest, reverse=falling):
            return odd
    return None


# Announced and missing --------------------------------------------------------------------------------------------------


def missing(text: str, folded: str, blocks: Sequence[Block], grids: Sequence[Grid]) -> Iterator[Warn]:
    """A warning where a table is announced (`the table below`, 下表) and neither a table nor a list follows."""
    last = max((grid.span[0] for grid in grids), default=0)
    for sign, pattern in _announced():
        at = folded.find(sign, last)
        while at >= 0:
            match = pattern.search(folded, max(at - REACH, last), at + REACH)
            if match and not _listed_below(blocks, match.end()):
                yield Warn(code=TABLE_LOST, message=f"announced and not there: {' '.join(text[slice(*match.span())].split())}")
                return
            at = folded.find(sign, at + REACH)


REACH = 40  # characters of an announcement on either side of its sign


@cache
def _announced() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each language the word that every announcement of a table has, and the announcements."""
    return tuple(
        (language.lists["table_sign"][0], re.compile("|".join(language.lists["table_announced"]))) for language in languages().values()
    )


def _listed_below(blocks: Sequence[Block], at: int) -> bool:
    """Is what follows the paragraph a list instead?"""
    below = next((block for block in blocks if block.span[0] >= at), None)
    return below is not None and below.kind == "list_item"
