"""What the cells of a table mean, and what its columns are for: dates, amounts with their units, codes, parties …"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache

import msgspec

from ingest.extract.amounts import Unit, is_range, plain, unit_named, unit_of
from ingest.extract.layout import InOrder
from ingest.extract.parties import Parties
from ingest.extract.tables import Sheet
from ingest.lang.numerals import number
from ingest.lang.rules import languages, words
from ingest.model import Amount, Cell, CellKind, CellValue, Column, DateMention, Span, Table, TimeMention
from ingest.text import fold, squeeze

_WORD = re.compile(r"\w")
_NUMBER = re.compile(r"(?P<sign>[-–−+]?)(?P<open>\(?)(?P<figure>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)(?P<close>\)?)")
_CODE = re.compile(r"(?=[^a-z]*\d)(?=[^a-z]*[A-Z])[A-Z0-9][A-Z0-9./_-]{1,14}")
_PLAIN_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_ -]{0,14}")
_EACH = re.compile(r"\s*(?:(?:per|an?|each)\b|[/每])", re.IGNORECASE)
_BETWEEN_LANGUAGES = re.compile(r"\s*(?:[,/、;&\n]|\band\b|及|和|与)\s*", re.IGNORECASE)
_AND = re.compile(r"\band\b|[及和与]", re.IGNORECASE)
_NOTE = re.compile(r"\((?:[^()]|\([^()]*\))*\)\s*$")
_BETWEEN_PARTIES = re.compile(r"\b(?:and|or|all|the|every|each|any)\b|[及和与或各]|所有|全体", re.IGNORECASE)
Reading = tuple[CellKind, str, str | None]
"""The kind of a cell, its value, and its unit."""
_FILE = re.compile(
    r"(?:pdf|xml|csv|html?|json|xlsx?|docx?|txt|excel|word|ascii|(?:plain |fixed )?text|文本|纯文字|电子表格|试算表)(?: file)?",
    re.IGNORECASE,
)
_LONG = 60
"""A cell longer than this is text, whatever the heading of its column says."""


class Reader:
    """Reads the cells of tables. `masked` is the folded text, as `Parties` wants it."""

    def __init__(self, text: str, masked: str, folded: str, amounts: Sequence[Amount], parties: Parties) -> None:
        self.text, self.masked, self.folded, self.parties = text, masked, folded, parties
        self._amounts = InOrder(amounts)

    def typed(self, table: Table, sheet: Sheet) -> Table:
        """The table with the types of its columns and the values of its cells."""
        units, headings = self._units(table, sheet), [_headed(heading) for heading in sheet.folded_headings]
        cells: list[CellValue] = []
        filled: Counter[int] = Counter()
        for cell in sheet.grid.cells:
            said = self.folded[slice(*cell.span)].strip() if cell.row >= sheet.header else ""
            if said:
                filled[cell.col] += not _says_none(said)
                if found := self._cell(cell, said, sheet, headings[cell.col], units[cell.col]):
                    cells.append(found)
        return msgspec.structs.replace(table, columns=tuple(_columns(sheet, cells, filled)), cells=tuple(cells))

    def _units(self, table: Table, sheet: Sheet) -> list[Unit | None]:
        """The unit of bare numbers in each column: its lowest heading gives it, else one above that, else the caption."""
        captioned = unit_of(fold(table.caption)) if table.caption else None
        return [
            next((unit for heading in reversed(sheet.headings_over(col)) if (unit := unit_of(fold(heading)))), captioned)
            for col in range(sheet.grid.width)
        ]

    def _cell(self, cell: Cell, said: str, sheet: Sheet, heading: str | None, unit: Unit | None) -> CellValue | None:
        """What a cell says; `heading` is what stands in its column by its heading."""
        found = (
            self._moment(sheet.dates[cell], sheet.times[cell], cell.span)
            or self._amount(cell.span)
            or _figure(said, heading, unit)
            or in_words(said)
            or _duration(said)
            or _language(said)
            or self._party(cell.span)
            or _named(said, heading, sheet.string(cell))
        )
        if found is None:
            return None
        kind, value, counted = found
        return CellValue(row=cell.row, col=cell.col, kind=kind, value=value, unit=counted, span=cell.span)

    def _moment(self, days: Sequence[DateMention], clock: Sequence[TimeMention], span: Span) -> Reading | None:
        """Days, clock times or both, where nothing else stands in the cell but a note in brackets, which names no day, at its end."""
        if not (days or clock):
            return None
        rest = _without(self.folded, span, [item.span for item in (*days, *clock)])
        if _WORD.search(_AND.sub(" ", rest)):
            note = self._note(span)
            if note is None or any(day.span[1] > note for day in days):
                return None
            days, clock = [day for day in days if day.span[1] <= note], [item for item in clock if item.span[1] <= note]
            return self._moment(days, clock, (span[0], note))
        if not days:
            return "time", " ".join(f"{item.time}/{item.end_time}" if item.end_time else item.time for item in clock), None
        kind: CellKind = "date" if all(day.start == day.end for day in days) else "period"
        return kind, " ".join(map(_interval, days)), None

    def _note(self, span: Span) -> int | None:
        """Where the note in brackets begins that ends a cell."""
        found = _NOTE.search(self.folded[slice(*span)])
        return span[0] + found.start() if found and found.start() else None

    def _amount(self, span: Span) -> Reading | None:
        """A sum, rate or quantity, or a range of them, that is the whole cell, but for what it is paid for (`HK$5 per contract`)."""
        found = self._amounts.within(span)
        ranges = is_range(self.folded, found)
        if len(found) != 1 and not ranges:
            return None
        amount = found[0]
        before, behind = self.folded[span[0] : amount.span[0]], self.folded[found[-1].span[1] : span[1]]
        if _WORD.search(before) or (_WORD.search(behind) and not _EACH.match(behind)):
            return None
        kind: CellKind = "amount" if amount.kind == "money" else amount.kind
        if ranges:
            return kind, f"{amount.value}/{found[-1].value}", amount.unit
        value = (
            -amount.value if before.strip() in ("-", "–", "−", "(") and (before.strip() != "(" or behind.strip() == ")") else amount.value
        )
        return kind, str(value), amount.unit

    def _party(self, span: Span) -> Reading | None:
        """Names of parties and what joins them."""
        found = self.parties.find(self.text, self.masked, span) if span[1] - span[0] <= _LONG else []
        rest = _without(self.folded, span, [party.span for party in found])
        if not found or _WORD.search(_BETWEEN_PARTIES.sub(" ", rest)):
            return None
        return "party", "; ".join(party.name for party in found), None


def _without(folded: str, span: Span, taken: Sequence[Span]) -> str:
    """A part of the text without what was understood in it."""
    parts, at = [], span[0]
    for start, end in sorted(taken):
        parts.append(folded[at:start])
        at = max(at, end)
    return " ".join([*parts, folded[at : span[1]]])


def _interval(day: DateMention) -> str:
    start, end = (one.isoformat() if one else ".." for one in (day.start, day.end))
    if start != end:
        return f"{start}/{end}"
    clock = "/".join(filter(None, (day.time, day.end_time)))
    return f"{start}T{clock}" if clock else start


def _figure(said: str, heading: str | None, unit: Unit | None) -> Reading | None:
    """A bare number counts what its column is headed by; under the heading of codes it is one."""
    match = _NUMBER.fullmatch(said)
    if match is None or heading == "code" or bool(match["open"]) != bool(match["close"]):
        return None
    if unit is None and re.match(r"0\d", match["figure"]):
        return "code", said, None
    value = Decimal(match["figure"].replace(",", "")) * (unit.scale if unit else 1)
    value = plain(-value if match["sign"] in ("-", "–", "−") or match["open"] else value)
    if unit is None:
        return "number", str(value), None
    return unit.kind, str(value), unit.unit


def in_words(said: str) -> Reading | None:
    """A number of things in words: half an index point, 十張合約; `said` is folded and nothing else stands in it."""
    for language in languages().values():
        hit = language.sections["counts"].whole(said)
        if hit is None:
            continue
        words = (hit["count"] or "").lower()
        count = language.words.get("count", {}).get(words, number(words))
        value = Decimal("0.5") if hit["half"] else Decimal("0.25") if hit["quarter"] else Decimal(str(count)) if count is not None else None
        unit = unit_named(hit["unit"] or "", language)
        if value is not None and unit is not None:
            return "quantity", str(plain(value)), unit
    return None


def _duration(said: str) -> Reading | None:
    found = duration(said)
    return ("period", *found) if found else None


def duration(said: str) -> tuple[str, str | None] | None:
    """A length of time as an ISO duration, and the sort of day that it counts; `said` is folded and nothing else stands in it."""
    for language in languages().values():
        hit = language.sections["periods"].whole(said)
        if hit and (count := number(hit["count"] or "")) is not None:
            return _iso(count, (hit["kind"] or "").lower())
    return None


_BUSINESS = re.compile(r"business|clearing|trading|working|[营交工结]")


def _iso(count: int, word: str) -> tuple[str, str | None]:
    for pattern, form in (
        (r"minute|分", "PT{}M"),
        (r"hour|小时", "PT{}H"),
        (r"week|星期", "P{}W"),
        (r"month|月", "P{}M"),
        (r"year|年", "P{}Y"),
    ):
        if re.search(pattern, word):
            return form.format(count), None
    return f"P{count}D", "business day" if _BUSINESS.search(word) else None


def _language(said: str) -> Reading | None:
    """One language or several."""
    if len(said) > _LONG:
        return None
    names = [name.strip().lower() for name in _BETWEEN_LANGUAGES.split(said) if name]
    tags = _tags()
    return ("language", " ".join(tags[name] for name in names), None) if names and all(name in tags for name in names) else None


@cache
def _tags() -> dict[str, str]:
    """The tag of each language by its folded name."""
    return {name: str(tag) for language in languages().values() for name, tag in language.words["language"].items()}


HEADED: Sequence[CellKind] = ("code", "contract", "place", "party")


@lru_cache(maxsize=1024)
def _headed(heading: str) -> str | None:
    """What the folded heading of a column says that stands in it, where a cell alone does not show it."""
    said = heading.lower()
    for kind in HEADED:
        if any(word in said for language in languages().values() for word in language.lists[f"{kind}_headings"]):
            return kind
    return None


def _named(said: str, heading: str | None, printed: str) -> Reading | None:
    """A code by its look; a contract, place or party by the heading over it, where the cell is short enough for a name."""
    if _says_none(said):
        return None
    if _CODE.fullmatch(said) or (heading == "code" and _PLAIN_CODE.fullmatch(said)):
        return ("contract" if heading == "contract" else "code"), said, None
    for kind in HEADED[1:]:
        if heading == kind and len(said) <= _LONG and "\n" not in said and not _FILE.fullmatch(said):
            return kind, squeeze(printed), None
    return None


def _says_none(said: str) -> bool:
    return not _WORD.search(said) or said.lower().strip(" .") in _nothing()


@cache
def _nothing() -> frozenset[str]:
    return frozenset(words("no_value"))


def _columns(sheet: Sheet, cells: Sequence[CellValue], filled: Mapping[int, int]) -> list[Column]:
    """Each column is what most of its filled cells are; free text where there is no such kind. `filled` counts them by column."""
    by_column: dict[int, list[CellValue]] = {}
    for cell in cells:
        by_column.setdefault(cell.col, []).append(cell)
    return [_column(col, " – ".join(sheet.headings_over(col)), by_column.get(col, []), filled[col]) for col in range(sheet.grid.width)]


def _column(col: int, heading: str, cells: Sequence[CellValue], filled: int) -> Column:
    heading = squeeze(heading)
    if not cells:
        return Column(col=col, heading=heading, kind="text")
    kinds = Counter(cell.kind for cell in cells)
    if kinds["date"]:  # a schedule has days and intervals of days in one column
        kinds["date"] += kinds.pop("period", 0)
    kind, count = kinds.most_common(1)[0]
    if 2 * count <= filled:
        return Column(col=col, heading=heading, kind="text")
    units = {cell.unit for cell in cells if cell.kind == kind}
    return Column(col=col, heading=heading, kind=kind, unit=units.pop() if len(units) == 1 else None)
