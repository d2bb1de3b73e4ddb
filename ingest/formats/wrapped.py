"""Lines of a table by their columns, put together as rows: which lines begin a row, which go on with it, and what proves that.

A row begins where the column of dates, times, numbers or codes begins anew, at a ruling or an empty line, or where nothing
else can be: a word would have found room on the line above, so that no line was broken there.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from ingest.formats import flat, kinds, signs
from ingest.formats.signs import width
from ingest.text import fold

Sort = kinds.Kind | Literal["contact"]
Row = tuple[str, ...]

HEADING = 60  # columns that a heading takes at most, all of its lines together
LONGEST = 400  # columns of a cell at most, all of its lines together; columns of text are longer
SHORT = 32  # columns of a line of a heading at most
HAN = 10  # Chinese characters of a line of a heading at most
TRANSLATED = 6  # characters of a line, one of which is Chinese where it translates the one above it
TITLE = 5  # words of a heading that alone has to tell a table from two columns of text
KEYS: tuple[Sort, ...] = ("date", "time", "number", "code", "contact", "mark")

_HAN = re.compile("[\u3400-\u9fff]")
_CAPITAL = re.compile("[A-Z\u3400-\u9fff(（]")
_FIRST_WORD = re.compile("[\x21-\u2e7f]+|\\S[，。、；：！？）」』]*")
_NO_HEAD = re.compile(r"\d,\d|[\t:：。;；!！?？，、「」《》]|[.,](?=\s)|,$")
_UNBALANCED = re.compile(r"^[^(（]*[)）]|[(（][^)）]*$")
_LEADS_ON = re.compile(r"(?:\b(?i:to|and|or|from|by|until|before|after|on)|[-–—,&/(（至及和由、年月])$")
_FOLLOWS = re.compile(r"(?i:to|and|or|noon|midnight|onwards|[ap]\.?m)\b|[-–—&/(（至及和、]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]$")
_WIDE_GAP = re.compile(r"\S {3,}\S")
_LAST_HAN = re.compile("^(?:[^\u3400-\u9fff]*)$|[\u3400-\u9fff]{1,2}(?=[^\u3400-\u9fff]*$)")
_DAY = re.compile(r"\d{1,2}\s*[月日號]")


class Entry(NamedTuple):
    """A line by its columns; `gap` empty lines above it, or a ruling, or the end of a page."""

    line: int
    cells: Row
    gap: int = 0
    ruled: bool = False
    paged: bool = False

    @property
    def apart(self) -> bool:
        return (self.gap > 0 or self.ruled) and not self.paged

    @property
    def filled(self) -> int:
        return sum(map(bool, self.cells))


class Body(NamedTuple):
    """The rows below the headings, on which lines they begin, and how many they take; `sure` that the first of these is no heading."""

    rows: tuple[Row, ...]
    lines: int
    sure: bool
    starts: tuple[int, ...]


# What a cell says -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def sort(cell: str) -> Sort:
    """What a cell is; a telephone or an address of mail is a contact."""
    if kinds.words("contacts").fullmatch(fold(cell).strip()):
        return "contact"
    said = kinds.kind(cell)
    if said == "text" and cell[-1:] in ")）" and (bare := _BRACKET.sub("", cell)) and (kind := kinds.kind(bare)) in ("date", "time"):
        return kind  # 12:30 (approx.)
    return said


def may_head(cell: str) -> bool:
    """A few words that are no value and no sentence."""
    if width(cell) > HEADING or _NO_HEAD.search(cell):
        return False
    said = sort(cell.rstrip("."))
    if said == "date":
        return kinds.words("since").match(fold(cell)) is not None
    return said in ("text", "code") or _YEAR.fullmatch(cell) is not None


def may_head_all(heads: Sequence[str]) -> bool:
    """Is each of them a heading, but for the first, which may lack? A day may head any column but the first."""
    return all(heads[1:]) and all(
        not head or is_day(head, col) or (may_head(head) and not _UNBALANCED.search(head) and not _is_unfinished(head))
        for col, head in enumerate(heads)
    )


def is_day(head: str, col: int = 1) -> bool:
    """A date that heads a column behind the first, as in `Activity | Normal | 24 December 2026 (half-day)`."""
    return col > 0 and width(head) <= HEADING and sort(_BRACKET.sub("", head) or head) == "date"


def _is_unfinished(head: str) -> bool:
    return kinds.words("unfinished").search(fold(head)) is not None


def is_short(head: str) -> bool:
    """A few words that begin as headings do."""
    return (
        (_CAPITAL.match(head) is not None or head[:1].isdigit())
        and len(head.split()) <= TITLE
        and width(head) <= SHORT
        and len(_HAN.findall(head)) <= HAN
    )


def names(head: str, kind: Sort) -> bool:
    """Does the heading say that such cells stand below it?"""
    if kind in ("code", "contact"):
        return kinds.words(f"{kind}_headings").search(fold(head)) is not None
    return kind in ("date", "time", "number") and flat.names(head, kind)


def titled(heads: Sequence[str]) -> bool:
    """Are all of them words that head columns, written as headings are? In Chinese the last word tells."""
    return all(is_short(head) and len(head.split()) < TITLE and flat.is_title(_LAST_HAN.findall(head)[-1]) for head in heads)


def fits(upper: str, lower: str, room: int) -> bool:
    """Would the first word of the lower line have found room on the upper one? Then no line was broken there."""
    first = _FIRST_WORD.match(lower)
    return first is not None and width(upper) + len(signs.joint(upper, lower)) + width(first[0]) <= room


def joined(lines: Sequence[str], room: int) -> str:
    """The lines of a cell: what was broken is made whole; bullets, translations and lines that ended early keep to theirs."""
    text = ""
    for upper, lower in itertools.pairwise(("", *lines)):
        broken = not fits(upper, lower, room) or lower[:1].islower() or _LEADS_ON.search(upper)
        translated = bool(_HAN.search(lower[:TRANSLATED])) and not _HAN.search(text)
        own_line = signs.is_list_item(lower) or translated or not broken
        text += lower if not text else "\n" + lower if own_line else signs.joint(upper, lower) + lower
    return text


# Which lines are a row ------------------------------------------------------------------------------------------------


def room_of(columns: int) -> int:
    """How wide a cell may be at least in a column that begins so far left of the next: no program wraps it long before."""
    return columns * 2 // 3


def read(heads: Sequence[str], entries: Sequence[Entry], *, drawn: bool = False, first: int = 0) -> Body | None:
    """The rows below these headings, if one way to put the lines together is proved; `drawn` where lines are drawn around the cells.

    `first` is how wide a cell of the first column may be at least.
    """
    rooms = [max(width(cell) for cell in column) for column in zip(heads, *(entry.cells for entry in entries), strict=True)]
    for groups in _ways(heads, entries, [max(first, rooms[0]), *rooms[1:]], drawn=drawn):
        rows = tuple(_row(group, rooms) for group in groups)
        if is_proved(heads, rows, drawn=drawn):
            values = [any(sort(cell) in KEYS for cell in entry.cells) for entry in entries]
            return Body(rows, sum(map(len, groups)), values[0] or not any(values), tuple(group[0].line for group in groups))
    return None


def _row(group: Sequence[Entry], rooms: Sequence[int]) -> Row:
    columns = zip(*(entry.cells for entry in group), strict=True)
    return tuple(joined([line for line in column if line], room) for column, room in zip(columns, rooms, strict=True))


def _ways(heads: Sequence[str], entries: Sequence[Entry], rooms: Sequence[int], *, drawn: bool) -> Iterator[list[list[Entry]]]:
    """The ways to put the lines together, the surest first."""
    blocks = _by_block(entries, drawn=drawn)
    if drawn and len(blocks) > 1 and not _all_full(blocks):
        yield blocks
    for col, kind in _keys(heads, entries):
        if rows := _Keyed(heads[0], entries, col, kind, rooms).rows():
            yield rows
    if len(blocks) > 1:
        yield blocks
    if titled(heads) or drawn:
        yield from _by_room(entries, rooms)


def _keys(heads: Sequence[str], entries: Sequence[Entry]) -> list[tuple[int, Sort]]:
    """The columns that may tell where rows begin: those first whose heading names what stands in them, and those further left."""
    found: list[tuple[bool, int, Sort]] = []
    for col, head in enumerate(heads):
        sorts = [sort(entry.cells[col]) for entry in entries if entry.cells[col]]
        kind = max(KEYS, key=sorts.count)
        if sorts.count(kind) > 1 or (kind in sorts and len(entries) == 1) or (sorts and names(head, "date")):
            named = next((one for one in KEYS if names(head, one) and one in sorts), None)
            broken = named is None and kind not in sorts and names(head, "date")
            found.append((named is None and not broken, col, "date" if broken else named or kind))
    return [(col, kind) for _, col, kind in sorted(found)]


def _by_block(entries: Sequence[Entry], *, drawn: bool) -> list[list[Entry]]:
    """What stands between two empty lines or rulings is a row, as long as its first line has more than one cell."""
    blocks: list[list[Entry]] = []
    for entry in entries:
        if not blocks or entry.apart:
            if entry.filled < 2 and not drawn:
                break
            blocks.append([entry])
        else:
            blocks[-1].append(entry)
    return blocks


def _all_full(blocks: Sequence[Sequence[Entry]]) -> bool:
    """Are all lines rows of their own, so that the rulings part groups of them?"""
    return any(len(block) > 1 for block in blocks) and all(all(entry.cells) for block in blocks for entry in block)


def _by_room(entries: Sequence[Entry], rooms: Sequence[int]) -> Iterator[list[list[Entry]]]:
    """Rows of words alone: each line is proved to begin one, or to go on with the one above."""
    rows = [[entry] for entry in entries[:1]]
    for above, entry in itertools.pairwise(entries):
        if entry.apart:
            if entry.gap > 1 or entry.filled < 2:
                break
            rows.append([entry])
            continue
        both = [(upper, lower, room) for upper, lower, room in zip(above.cells, entry.cells, rooms, strict=True) if upper and lower]
        roomy = any(fits(upper, lower, room) and not signs.is_list_item(lower) for upper, lower, room in both)
        if entry.cells[0] and all(entry.cells) and roomy:
            rows.append([entry])
        elif not entry.cells[0] and not roomy:
            rows[-1].append(entry)
        else:
            return
    if len(rows) > 1:
        yield rows


class _Keyed:
    """Puts lines together by the column whose cells say where a row begins."""

    def __init__(self, head: str, entries: Sequence[Entry], col: int, kind: Sort, rooms: Sequence[int]) -> None:
        self.head, self.entries, self.col, self.kind, self.rooms = head, entries, col, kind, rooms
        self.said = ""
        scripts = [_HAN.search(entry.cells[col]) is not None for entry in entries if sort(entry.cells[col]) == kind]
        self.bilingual = len(scripts) > 1 and scripts == [False, True] * (len(scripts) // 2)

    def rows(self) -> list[list[Entry]]:
        """The rows as far as they go; none where a line may belong to either of two."""
        rows: list[list[Entry]] = []
        for at, entry in enumerate(self.entries):
            verdict = self._verdict(at, first=not rows)
            if verdict == "end":
                break
            if verdict == "doubt":
                return []
            if verdict == "on":
                rows[-1].append(entry)
                cell = entry.cells[self.col]
                self.said += signs.joint(self.said, cell) + cell if cell else ""
            else:
                rows.append([entry])
                self.said = entry.cells[self.col]
        while rows and rows[-1][0].filled == 1 and len(rows[-1]) == 1:
            rows.pop()
        return rows

    def _verdict(self, at: int, *, first: bool) -> Literal["row", "on", "end", "doubt"]:
        entry = self.entries[at]
        cell = entry.cells[self.col]
        if cell and self._is_row(at, cell, first=first):
            return "doubt" if not first and self._reads_on(at) else "row"
        heads_group = entry.filled == 1 and bool(entry.cells[0]) and self._begins(at + 1)
        if first:
            heads_group = heads_group and (
                entry.apart or signs.is_list_item(entry.cells[0]) or fits(self.head, entry.cells[0], self.rooms[0])
            )
            return "row" if heads_group else "doubt"
        if entry.apart:
            return "row" if heads_group or self._sums_up(entry) else self._end(at)
        if cell:
            goes_on = self._goes_on(at, cell) or (entry.filled == 1 and sort(cell) == self.kind)
            return "on" if goes_on else "row" if heads_group or self._had_room(at) else "doubt"
        if not entry.cells[0]:
            return self._below_empty(at)
        if self._was_broken(at) and not (heads_group and signs.is_list_item(entry.cells[0])):
            return "on"
        return "row" if heads_group or entry.filled > 1 else self._end(at)

    def _below_empty(self, at: int) -> Literal["row", "on", "doubt"]:
        """What a line is whose first cell is empty: a row of the key above where all its cells begin anew, or one does with a value.

        `9:30 a.m. | Logon` above `11:00 a.m. | Order entry` are two rows; in doubt they are neither one nor two.
        """
        above, entry = self.entries[at - 1], self.entries[at]
        if entry.filled < 2 or self.bilingual:
            return "on"
        if above.filled < 2:
            return self._below_wrapped(at)
        beside = [
            (upper, lower, room) for upper, lower, room in zip(above.cells[1:], entry.cells[1:], self.rooms[1:], strict=True) if lower
        ]
        known = [one for one in beside if one[0]]
        if any(upper != lower and _is_one_cell(upper, lower) for upper, lower, _ in known):
            return "on"
        begun = sum(upper == lower or fits(upper, lower, room) for upper, lower, room in known)
        full = all(entry.cells[1:]) and len(known) > 1
        if known and (begun == len(known) or (full and begun > (len(known) == 2))):
            return "row"
        if full and len(known) > 2:
            return "doubt"
        again = any(sort(upper) == sort(lower) in ("date", "time") for upper, lower, _ in beside)
        if not again:
            return "on"
        return "row" if any(fits(*one) for one in beside if sort(one[1]) == "text") else "doubt"

    def _below_wrapped(self, at: int) -> Literal["row", "on", "doubt"]:
        """What a line with a time of its own is, below one that only goes on with a cell of its row: each cell begins anew, or none."""
        entry, cells = self.entries[at], list[str]()
        for col in range(1, len(entry.cells)):
            above = (self.entries[one].cells for one in range(at - 1, -1, -1))
            cells.append(next((one[col] for one in above if one[col] or one[0]), ""))
        rooms = [*self.rooms[1:-1], math.inf]  # nothing tells how wide the last column is
        beside = [one for one in zip(cells, entry.cells[1:], rooms, strict=True) if all(one[:2])]
        if not any(sort(upper) == sort(lower) == "time" for upper, lower, _ in beside):
            return "on"
        on = [
            (upper, lower)
            for upper, lower, room in beside
            if _is_one_cell(upper, lower) or (room < math.inf and not fits(upper, lower, int(room)))
        ]
        return "row" if not on else "doubt" if len(on) < len(beside) else "on"

    def _end(self, at: int) -> Literal["end", "doubt"]:
        """The end of the table, if no row follows before other headings do."""
        below = itertools.takewhile(lambda entry: not (entry.filled > 1 and all(map(may_head, entry.cells))), self.entries[at : at + 6])
        return "doubt" if any(entry.filled > 1 and sort(entry.cells[self.col]) == self.kind for entry in below) else "end"

    def _had_room(self, at: int) -> bool:
        """Is the first column so short above that this line cannot go on with it?"""
        upper, lower = self.entries[at - 1].cells[0], self.entries[at].cells[0]
        return self.col > 0 and bool(upper) and bool(lower) and fits(upper, lower, self.rooms[0]) and not lower[0].islower()

    def _is_row(self, at: int, cell: str, *, first: bool) -> bool:
        """Does the key begin anew here, with something beside it?"""
        entry = self.entries[at]
        if entry.filled < 2 or (not first and not entry.apart and self._goes_on(at, cell)):
            return False
        return self._begins(at)

    def _begins(self, at: int) -> bool:
        """Is the key of a row complete on this line, or with those below it?"""
        said = ""
        for number, entry in enumerate(self.entries[at : at + 3]):
            cell = entry.cells[self.col]
            if not cell or (number and entry.apart):
                return False
            if number and sort(cell) == self.kind and not _LEADS_ON.search(said) and not signs.DIGIT.search(said):
                return False
            said += signs.joint(said, cell) + cell
            if sort(said) in (self.kind, "none") or (entry.filled > 1 and {sort(said), self.kind} == {"date", "time"}):
                return True
            if self.kind not in ("date", "time"):
                return False
        return False

    def _goes_on(self, at: int, cell: str) -> bool:
        """Does the cell go on with the key above: `3 May` and `2027`, `3 May 2027 to` and `7 May 2027`?"""
        if not self.said:
            return False
        if self.bilingual and _HAN.search(cell):
            return True
        if sort(self.said) == self.kind:
            if self.said[-1] in "年月":
                return _DAY.match(cell) is not None
            if sort(cell) == self.kind or (not _FOLLOWS.match(cell) and self._begins(at)):
                return bool(_LEADS_ON.search(self.said) or _FOLLOWS.match(cell))
        return sort(self.said + signs.joint(self.said, cell) + cell) == self.kind

    def _was_broken(self, at: int) -> bool:
        """Does the first column go on here with the line above?"""
        upper, lower = self.entries[at - 1].cells[0], self.entries[at].cells[0]
        return bool(upper) and (not fits(upper, lower, self.rooms[0]) or lower[0].islower() or lower[0] in signs.BULLETS)

    def _reads_on(self, at: int) -> bool:
        """May the line go on with the row above all the same, as one whose key has several lines?"""
        above, entry = self.entries[at - 1], self.entries[at]
        if entry.apart:
            return False
        for col, (upper, lower) in enumerate(zip(above.cells, entry.cells, strict=True)):
            if col == self.col or not upper or not lower or fits(upper, lower, self.rooms[col]):
                continue
            if (lower[0].islower() and not upper[0].islower()) or (not entry.cells[0] and _HAN.match(lower) and sort(lower) == "text"):
                return True
        return False

    def _sums_up(self, entry: Entry) -> bool:
        """A row below a ruling that has no key: totals."""
        return entry.ruled and entry.gap == 0 and bool(entry.cells[0]) and entry.filled > 1


def _is_one_cell(upper: str, lower: str) -> bool:
    """Do two lines of a column belong together by their words: a bullet, a translation, a word that leads on, a small letter?"""
    translated = _HAN.search(lower[:TRANSLATED]) is not None and not _HAN.search(upper)
    follows = _FOLLOWS.match(lower) is not None and (signs.DIGIT.search(upper) is not None or lower[0].islower())
    leads_on = _LEADS_ON.search(upper) is not None or follows or _UNBALANCED.search(upper) is not None
    return translated or leads_on or lower[0].islower() or signs.is_list_item(lower)


# What proves it -------------------------------------------------------------------------------------------------------


def is_proved(heads: Sequence[str], rows: Sequence[Row], *, drawn: bool = False) -> bool:
    """Two rows or more whose cells are of the kinds that their headings name, or headings that can be nothing else."""
    full = [row for row in rows if sum(map(bool, row)) > 1]
    if drawn:
        return bool(full)
    if len(full) < 2 or not may_head_all(heads):
        return False
    typed = {col: kind for col in range(len(heads)) if (kind := _kind_of_all([row[col] for row in full])) is not None}
    if any(_WIDE_GAP.search(cell) or width(cell) > LONGEST for row in rows for cell in row):
        return False
    days = [col for col, head in enumerate(heads) if is_day(head, col) and not may_head(head)]
    if days:
        return _are_below_days(heads, full, days)
    if any(names(heads[col], kind) for col, kind in typed.items()):
        return True
    if "mark" in typed.values() and all(head == "" or is_short(head) for head in heads):
        return True
    if any(_mostly_named(head, [row[col] for row in full]) for col, head in enumerate(heads)):
        return True
    if all(map(is_short, heads)) and len(full) > 2 and typed.get(0) in ("date", "time", "number", "code") and all(row[0] for row in full):
        return True
    values = [col for col, kind in typed.items() if kind in ("date", "time", "number", "code")]
    if len(values) > 1 and len(full) > 2 and all(head == "" or is_short(head) for head in heads):
        return True
    return titled(heads) or (not heads[0] and _typed_across(full))


def _are_below_days(heads: Sequence[str], rows: Sequence[Row], days: Sequence[int]) -> bool:
    """Are there times or numbers below days that head columns, and words before them? Or words below two days or beside times?

    The first line of a list, as `Last trading day | 3 May 2027`, has dates or words below it, or no word before it that heads columns.
    """
    titled_first = not heads[0] or flat.is_title(heads[0], alone=True)
    if not all(row[0] for row in rows) or (len(heads) == 2 and not titled_first):
        return False
    below = [sort(row[col]) for col in days for row in rows if row[col]]
    if "date" in below or "prose" in below:
        return False
    if (len(days) > 1 and all(map(all, rows))) or (titled_first and all(sort(row[0]) == "time" for row in rows)):
        return True
    return all(one in ("time", "number", "none") for one in below) and sum(one in ("time", "number") for one in below) > 1


def _kind_of_all(cells: Sequence[str]) -> Sort | None:
    """The kind that all cells of a column have, where there are two; None where there are several."""
    found = [kind for cell in cells if cell and (kind := sort(cell)) != "none"]
    return found[0] if len(found) > 1 and len(set(found)) == 1 and found[0] in KEYS else None


def _mostly_named(head: str, cells: Sequence[str]) -> bool:
    """Has the column more than words what its heading names?"""
    sorts = [sort(cell) for cell in cells if cell]
    return any(names(head, kind) and 2 <= (count := sorts.count(kind)) > len(sorts) - count for kind in KEYS)


def _typed_across(rows: Sequence[Row]) -> bool:
    """Has each row dates, or times, or numbers in all its columns?"""
    return all(row[0] for row in rows) and all(_kind_of_all(row[1:]) in ("date", "time", "number") for row in rows)


def was_table(heads: Sequence[str], entries: Sequence[Entry]) -> bool:
    """Do headings and what stands below them show that these are the columns of a table, whatever its rows?"""
    if not may_head_all(heads):
        return False
    if titled(heads) and sum(entry.filled > 1 for entry in entries) > 2:
        return True
    if sum("mark" in map(sort, entry.cells) for entry in entries) > 2:
        return True
    firsts = [sort(entry.cells[0]) for entry in entries if entry.cells[0]]
    dated = sum(one in ("date", "time") for one in firsts)
    if all(map(is_short, heads)) and firsts[:1] in (["date"], ["time"]) and 2 < dated > len(firsts) - dated:
        return True
    for col, head in enumerate(heads):
        cells = [entry.cells[col] for entry in entries if entry.cells[col]]
        first = {sort(cells[0]), sort(" ".join(cells[:2]))} if cells else set()
        sorts = list(map(sort, cells))
        if any(names(head, kind) and sorts.count(kind) > 1 and kind in first for kind in KEYS if kind != "code"):
            return True
    return False


def are_full(heads: Sequence[str], entries: Sequence[Entry]) -> bool:
    """Columns of a few words each, below as many headings that no rule knows, without an empty place in three lines?

    Two columns may be anything that stands side by side: none of them has labels, a list or sentences.
    """
    block = [*entries[:1], *itertools.takewhile(lambda entry: not entry.apart, entries[1:])]
    if len(block) < 3 or not may_head_all(heads) or not all(map(is_short, heads)) or not all(all(entry.cells) for entry in block):
        return False
    if len(heads) > 2:
        return True
    said = [cell for entry in block for cell in entry.cells]
    return (
        len(heads) == 2
        and all(_CAPITAL.match(head) for head in heads)
        and all(len(entry.cells[0]) <= SHORT and not signs.is_list_item(entry.cells[0]) for entry in block)
        and not any(
            signs.is_label(cell) or cell.endswith((":", "：", ".", "。", ";", "；", ",")) or sort(cell) == "contact" for cell in said
        )
    )
