"""The words that everything else speaks: facts as frozen values, in the shape that `circulars read` prints.

A fact is evidence first: it says where it stands, then what it means. Spans count Unicode code points of
`Expression.text`, start included, end excluded. Dates are intervals with both ends included; an open end is None.
Clock times are `HH:MM`; `24:00` is the midnight that ends a day, so they are strings and not `datetime.time`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

import msgspec

Span = tuple[int, int]
Box = tuple[float, float, float, float]
Clock = str

Lang = Literal["en", "zh-Hant", "zh-Hans", "mul"]
Approx = Literal["early", "mid", "late"]
Relation = Literal["by", "before", "until", "within", "at-least-before", "on"]
Modality = Literal["must", "should", "may"]
ContactKind = Literal["tel", "fax", "email", "url", "person", "address"]
Citation = Literal["cites", "amends", "replaces", "reminds", "appends"]
AmountKind = Literal["money", "percentage", "quantity"]
CellKind = Literal[
    "date", "time", "period", "amount", "percentage", "quantity", "number", "code", "contract", "language", "place", "party", "text"
]
BlockKind = Literal["title", "section_header", "text", "list_item", "table", "caption", "footnote"]


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen value; two with the same content are equal."""


class Evidence(Value, frozen=True, kw_only=True):
    """Where a fact stands: `text[span[0]:span[1]] == quote`. `page` counts from 1; `bbox` is x0, top, x1, bottom in points."""

    quote: str
    span: Span
    page: int | None = None
    bbox: Box | None = None
    rule: str


class DateMention(Evidence, frozen=True, kw_only=True):
    """A calendar date or interval that the text mentions. `weekday_ok` is None where no weekday is printed."""

    start: date | None
    end: date | None
    approx: Approx | None = None
    time: Clock | None = None
    end_time: Clock | None = None
    weekday_ok: bool | None = None
    year_inferred: bool = False
    relative: bool = False


class TimeMention(Evidence, frozen=True, kw_only=True):
    """A clock time, or a range of them."""

    time: Clock
    end_time: Clock | None = None


class Deadline(Evidence, frozen=True, kw_only=True):
    """The last moment by which somebody must, should or may act.

    `stated` is the printed date, `due` the last day on which acting is in time, `due_business` the house's last
    business day not after it. `why` says why `due` or `due_business` is None.
    """

    stated: date | None
    relation: Relation
    due: date | None
    due_business: date | None = None
    time: Clock | None = None
    bearer: tuple[str, ...] = ()
    action: str | None = None
    consequence: str | None = None
    tentative: bool = False
    modality: Modality = "must"
    why: str | None = None


class Duty(Evidence, frozen=True, kw_only=True):
    """Who must, should or may do what; the quote is the sentence."""

    bearer: tuple[str, ...] = ()
    modality: Modality
    action: str | None = None


class Contact(Evidence, frozen=True, kw_only=True):
    """A way to reach somebody, in vCard's terms. `value` is the normal form (E.164, lower-case host)."""

    kind: ContactKind
    value: str
    label: str | None = None
    title: str | None = None
    org: str | None = None
    role: Literal["signatory"] | None = None


class Reference(Evidence, frozen=True, kw_only=True):
    """Another document that this one cites."""

    number: str | None = None
    issued: date | None = None
    relation: Citation = "cites"
    title: str | None = None


class Definition(Evidence, frozen=True, kw_only=True):
    """A term that the text introduces in brackets: `Clearing Participants (CPs)`, 香港中央結算有限公司（「香港結算」）."""

    term: str
    full: str


class Amount(Evidence, frozen=True, kw_only=True):
    """A sum, a rate or a number of things: `HK$5 million`, 百分之五, `10 lots`.

    `unit` is the currency of money (ISO 4217; None where only a dollar sign or 元 is printed), `%` or `bp` of a percentage,
    the thing counted of a quantity (`lot`, `contract`, `share`; None for a bare `5 million`).
    """

    kind: AmountKind
    value: Decimal
    unit: str | None = None


class Merge(Value, frozen=True, kw_only=True):
    """A merged cell: its place in the grid and how far it reaches."""

    row: int
    col: int
    rowspan: int
    colspan: int


class Column(Value, frozen=True, kw_only=True):
    """What the cells of a column are for the most part; `unit` where all that have one share it."""

    col: int
    heading: str
    kind: CellKind
    unit: str | None = None


class CellValue(Value, frozen=True, kw_only=True):
    """What a cell below the heading says, where that is no free text.

    `value` is an ISO date (`2027-01-08`, with its time `2027-01-08T17:00`, several parted by spaces), a clock time or range
    (`14:30/16:00`), an interval or a duration (`2027-01-08/2027-01-12`, `P3M`), a decimal number or a range of them (`5/10`), a
    language (BCP 47), or the words of a code, contract, place or party. `unit` is as in Amount; `business day` of a duration so counted.
    """

    row: int
    col: int
    kind: CellKind
    value: str
    unit: str | None = None
    span: Span


class Table(Value, frozen=True, kw_only=True):
    """A table as a full grid of strings; a covered or empty cell is "". `header` counts the header rows.

    `columns` and `cells` tell what stands in it by type: one column each, and each cell of the body that is no free text.
    """

    caption: str | None = None
    header: int = 1
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merge, ...] = ()
    columns: tuple[Column, ...] = ()
    cells: tuple[CellValue, ...] = ()
    span: Span
    page: int | None = None
    bbox: Box | None = None
    rule: str


class Event(Evidence, frozen=True, kw_only=True):
    """One entry of a schedule; `table` and `row` count from 0, header rows included."""

    start: date | None
    end: date | None
    time: Clock | None = None
    end_time: Clock | None = None
    title: str
    table: int
    row: int


class Unexplained(Value, frozen=True, kw_only=True):
    """What looked like a fact and could not be understood."""

    quote: str
    span: Span
    why: str


TIME_LIMIT = "time-limit"
"""The code of the warning that a page was not read for want of time: read again with more of it, the file says more."""


TABLE_LOST = "table-lost"
"""The code of the warning that a table stands in the text without its columns, or does not stand there at all."""


class Warn(Value, frozen=True, kw_only=True):
    """Something about the file that a reader of the facts has to know."""

    code: str
    message: str
    page: int | None = None


class Block(Value, frozen=True, kw_only=True):
    """A piece of layout, by docling's labels."""

    kind: BlockKind
    span: Span
    page: int | None = None


class Source(Value, frozen=True, kw_only=True):
    """The file as published."""

    path: str
    sha256: str
    media_type: str
    pages: int | None = None


class Expression(Value, frozen=True, kw_only=True):
    """One language version of a circular, read: what `circulars read` prints, one JSON object a line."""

    schema: int = 1
    source: Source
    lang: Lang
    issuer: str | None = None
    number: str | None = None
    other_numbers: tuple[str, ...] = ()
    issued: date | None = None
    title: str | None = None
    text: str
    dates: tuple[DateMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    duties: tuple[Duty, ...] = ()
    contacts: tuple[Contact, ...] = ()
    references: tuple[Reference, ...] = ()
    definitions: tuple[Definition, ...] = ()
    amounts: tuple[Amount, ...] = ()
    tables: tuple[Table, ...] = ()
    events: tuple[Event, ...] = ()
    blocks: tuple[Block, ...] = ()
    unexplained: tuple[Unexplained, ...] = ()
    warnings: tuple[Warn, ...] = ()


# Houses ---------------------------------------------------------------------------------------------------------------


class Bilingual(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same list of words in English and in Traditional Chinese."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


class KnownContact(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A contact that a house is known to publish, in normal form."""

    kind: ContactKind
    value: str
    label: str | None = None


class House(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A house that issues circulars: one TOML file each in `ingest/issuers`.

    `name` is the full legal name first, then other full spellings; `short` what texts call it; `systems` its systems;
    `parties` whom it addresses, abbreviations beside full forms; `namesakes` others whose name holds one of its own
    (銀保監局 is not 保監局); `number` regular expressions of its own reference
    numbers, proved by `examples` and `counterexamples`; `counterparts` the houses that send siblings of its circulars;
    `calendar` which business days count;
    `country` is the one of telephone numbers that print none.
    """

    code: str
    name: Bilingual
    short: Bilingual = Bilingual()
    systems: Bilingual = Bilingual()
    parties: Bilingual = Bilingual()
    namesakes: Bilingual = Bilingual()
    number: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    parent: str | None = None
    calendar: Literal["hk", "none"] = "hk"
    country: Literal["852", "853", "86", "886", "1", "33", "44", "61", "65", "81"] = "852"
    contacts: tuple[KnownContact, ...] = ()


# What a reader hands over -------------------------------------------------------------------------------------------


class Cell(Value, frozen=True, kw_only=True):
    """A cell that has content of its own: its place in the grid, its reach, and its part of the text."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    span: Span


class Grid(Value, frozen=True, kw_only=True):
    """A table as the reader sees it. `header` is None where the layout does not tell which rows are headings.

    `doubts` names rows, from 1, whose cells may stand in the wrong columns, and says why.
    """

    width: int
    height: int
    cells: tuple[Cell, ...]
    span: Span
    header: int | None = None
    caption: Span | None = None
    page: int | None = None
    bbox: Box | None = None
    doubts: tuple[tuple[int, str], ...] = ()
    rule: str


class Link(Value, frozen=True, kw_only=True):
    """A hyperlink: the part of the text that carries it, and where it leads."""

    span: Span
    target: str


class Places(Protocol):
    """What knows where on its page a part of the text stands, as long as the file is open."""

    def at(self, span: Span) -> tuple[int, Box | None] | None:
        """The page where it begins, and the box of its part there; None where it stands on none."""
        ...


class Document(Value, frozen=True, kw_only=True):
    """A file without its format: the text in reading order, and the layout as spans into it; `places` where there are pages.

    `furniture` are the running heads and feet of its pages, which are no part of the text; `subject` is that of the mail whose text it is,
    `sent` the day on which its sender wrote it, where it neither answers nor passes on another.
    """

    text: str
    blocks: tuple[Block, ...]
    grids: tuple[Grid, ...] = ()
    links: tuple[Link, ...] = ()
    media_type: str
    pages: int | None = None
    places: Places | None = None
    warnings: tuple[Warn, ...] = ()
    furniture: tuple[str, ...] = ()
    subject: str | None = None
    sent: date | None = None


# What a comparison says ---------------------------------------------------------------------------------------------

Level = Literal["error", "warning", "note"]


class Side(Value, frozen=True, kw_only=True):
    """One side of a finding: the value in the contract's form, and the shortest quote that shows it."""

    value: str
    quote: str | None = None
    span: Span | None = None
    page: int | None = None


class Finding(Value, frozen=True, kw_only=True):
    """One difference, in SARIF's sense: which check, how bad, in words, and what stands on either side.

    Where one side lacks what the other says, `near` is the passage of that side beside which it belongs. It is no part of what
    the finding says, so a finding keeps its name wherever that is.
    """

    check: str
    level: Level
    message: str
    left: Side | None = None
    right: Side | None = None
    near: Side | None = None
