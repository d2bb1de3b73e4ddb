"""The pages of the knowledge base inside Datasette: what is due, a circular beside its facts, a pair side by side.

It reads SQL and column names, and of the project only how words are searched (`kb.terms`) and what findings say
(`kb.saying`), so that a published site needs
these files, the templates and the stylesheet only. Everything that comes from a circular is untrusted: it is escaped, and the
pages run no script.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tomllib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from sqlite3 import Row
from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import NotFound, Request, Response
from datasette.views.index import IndexView
from markupsafe import Markup, escape
from pluggy import HookimplMarker

from kb.alignment import Passage, aligned
from kb.saying import said
from kb.terms import question

hookimpl = HookimplMarker("datasette")

# Hong Kong has kept UTC+8 without summer time since 1979; a fixed offset needs no zone database on the server.
HONG_KONG = timezone(timedelta(hours=8))

DAYS = 30
MAX_DAYS = 3660
ON_A_PAGE = 100
"""So many obligations on one page; the days go on on the next."""

# Language ---------------------------------------------------------------------------------------------------------------


class Interface:
    """The words of the pages in one language, and how that language writes days."""

    def __init__(self, lang: str, words: Mapping[str, Any]) -> None:
        self.lang, self.words = lang, words

    def __getitem__(self, key: str) -> Any:
        return self.words[key]

    @property
    def tag(self) -> str:
        return "zh-Hant" if self.lang == "zh" else "en"

    def say(self, key: str, **values: object) -> str:
        return str(self.words[key]).format(**values)

    def finding(self, message: str) -> str:
        """What a finding says."""
        return said(message, self.lang)

    def count(self, key: str, n: int) -> str:
        """A number of things; English has a form of its own for one."""
        return self.say(f"{key}_one" if n == 1 else key, n=n)

    def term(self, kind: str, value: str | None) -> str:
        """A word of a closed vocabulary; what is not in it is shown as it stands."""
        return str(self.words.get(f"{kind}_{value}", value or ""))

    def day(self, day: str | None) -> str:
        """An ISO day as the language writes it; what is no day is shown as it stands."""
        known = to_day(day)
        if known is None:
            return day or ""
        return self.say("year_month_day", year=known.year, month=self.words["months"][known.month - 1], day=known.day)

    def weekday(self, day: str) -> str:
        """An ISO day with its weekday."""
        known = to_day(day)
        if known is None:
            return day
        return self.say("weekday_day", weekday=self.words["weekdays"][known.weekday()], day=self.day(day))

    def interval(self, start: str | None, end: str | None) -> str:
        if start and end:
            return self.day(start) if start == end else f"{self.day(start)} – {self.day(end)}"
        if start:
            return self.say("onwards", day=self.day(start))
        return self.say("until", day=self.day(end)) if end else ""

    def put(self, relation: str, day: str | None) -> str:
        """How a deadline is put, with its day if that is to be named."""
        return self.term("relation", relation).replace("{day}", self.day(day)).strip()

    def away(self, day: str, today: date) -> str:
        """How far a day is from today; nothing for days that are gone."""
        known = to_day(day)
        days = (known - today).days if known else -1
        if days < 0:
            return ""
        return str(self.words[("today", "tomorrow")[days]]) if days < 2 else self.say("in_days", n=days)

    def first(self, english: str | None, chinese: str | None) -> str | None:
        """What stands in this language, else what stands in the other."""
        return (chinese or english) if self.lang == "zh" else (english or chinese)

    def parties(self, named: Sequence[str]) -> list[str]:
        """The parties as this language names them, where it names any; an obligation carries those of both."""
        own = [party for party in named if party.isascii() == (self.lang == "en")]
        return own or list(named)


def to_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def interface_of(datasette: Datasette, request: Request) -> Interface:
    """The language that `?lang=` names, else the one that the browser prefers."""
    asked = request.args.get("lang")
    lang = asked if asked in ("en", "zh") else preferred_language(request.headers.get("accept-language", ""))
    source, _, _ = datasette.jinja_env.loader.get_source(datasette.jinja_env, "interface.toml")
    sections = tomllib.loads(source).values()
    return Interface(lang, {key: word[lang] for section in sections for key, word in section.items()})


def preferred_language(header: str) -> str:
    """English or Chinese, whichever an Accept-Language header weighs more; English where it names neither."""
    weights = {"en": 0.0, "zh": 0.0}
    for found in re.finditer(r"(en|zh)(?:-[\w-]+)?\s*(?:;\s*q=([01](?:\.\d+)?))?\s*(?:,|$)", header.lower()):
        weights[found[1]] = max(weights[found[1]], float(found[2] or 1))
    return "zh" if weights["zh"] > weights["en"] else "en"


# Text with marks --------------------------------------------------------------------------------------------------------


class Mark(NamedTuple):
    """A part of a text that is marked: the id to jump to, the style, and the id that a click on it leads to."""

    start: int
    end: int
    id: str
    style: str
    target: str


class Cell(NamedTuple):
    """A cell of a table as it is shown."""

    content: Markup
    heading: bool
    rowspan: int = 1
    colspan: int = 1


class Region(NamedTuple):
    """A piece of layout as it is shown: a paragraph, a heading or a table."""

    kind: str
    content: Markup | None = None
    id: str = ""
    caption: str | None = None
    printed: bool = False
    rows: Sequence[Sequence[Cell]] = ()
    start: int = 0
    end: int = 0


def marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """The part of a text as HTML with its marks, each inside those that hold it."""
    inside = sorted((clip(mark, start, end) for mark in marks if mark.start < end and mark.end > start), key=outermost_first)
    return Markup().join(pieces(text, start, end, inside, ""))


def outermost_first(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def clip(mark: Mark, start: int, end: int) -> Mark:
    """The part of a mark between two bounds; only the part with its beginning keeps the id, since an id stands once."""
    return mark._replace(start=max(mark.start, start), end=min(mark.end, end), id=mark.id if mark.start >= start else "")


def pieces(text: str, start: int, end: int, marks: Iterable[Mark], target: str) -> Iterator[Markup]:
    """Text and marks in turn. HTML knows no crossing elements: a mark that leaves another one is cut where it does."""
    waiting, cursor = deque(marks), start
    while waiting:
        mark = waiting.popleft()
        yield leaf(text[cursor : mark.start], target)
        inner, rest = [], []
        while waiting and waiting[0].start < mark.end:
            other = waiting.popleft()
            inner.append(clip(other, mark.start, mark.end))
            if other.end > mark.end:
                rest.append(clip(other, mark.end, other.end))
        content = Markup().join(pieces(text, mark.start, mark.end, inner, mark.target))
        yield Markup('<mark class="{}"{}>{}</mark>').format(mark.style, Markup(' id="{}"').format(mark.id) if mark.id else "", content)
        waiting, cursor = deque(sorted([*rest, *waiting], key=outermost_first)), mark.end
    yield leaf(text[cursor:end], target)


def leaf(text: str, target: str) -> Markup:
    return Markup('<a href="#{}">{}</a>').format(target, text) if target and text.strip() else escape(text)


def regions(text: str, blocks: Sequence[Row], tables: Sequence[Row], marks: Sequence[Mark]) -> Iterator[Region]:
    """The whole text in reading order: tables as tables, blocks as blocks, and what no block covers as text."""
    cursor = 0
    for kind, start, end, table in layout(text, blocks, tables):
        if text[cursor:start].strip():
            yield Region("text", marked(text, cursor, start, marks), start=cursor, end=start)
        if table is not None:
            yield table_region(text, table, marks)._replace(start=start, end=end)
        else:
            yield Region(kind, marked(text, start, end, marks), start=start, end=end)
        cursor = end
    if text[cursor:].strip():
        yield Region("text", marked(text, cursor, len(text), marks), start=cursor, end=len(text))


def layout(text: str, blocks: Sequence[Row], tables: Sequence[Row]) -> Iterator[tuple[str, int, int, Row | None]]:
    """Blocks and tables in order, none over another; a table goes before the block that it fills."""
    found: list[tuple[str, int, int, Row | None]] = [("table", row["span_start"], row["span_end"], row) for row in tables]
    found += [(row["kind"], row["span_start"], row["span_end"], None) for row in blocks]
    cursor = 0
    for kind, start, end, table in sorted(found, key=lambda item: (item[1], item[3] is None)):
        if start >= cursor and text[start:end].strip():
            yield kind, start, end, table
            cursor = end


def table_region(text: str, table: Row, marks: Sequence[Mark]) -> Region:
    """A table with the marks in its cells; a table whose cells are not the text's own is shown as it was stored."""
    rows: list[list[str]] = json.loads(table["rows"])
    spans = cell_spans(text, table["span_start"], table["span_end"], rows)
    reach = {(merge["row"], merge["col"]): merge for merge in json.loads(table["merged"] or "[]")}
    covered = {place for merge in reach.values() for place in covered_by(merge)}

    def cell(row: int, col: int) -> Cell:
        span = spans.get((row, col)) if spans is not None else None
        merged = reach.get((row, col), {})
        return Cell(
            marked(text, *span, marks) if span else escape(rows[row][col]),
            row < (table["header"] or 0),
            merged.get("rowspan", 1),
            merged.get("colspan", 1),
        )

    cells = [[cell(row, col) for col in range(len(line)) if (row, col) not in covered] for row, line in enumerate(rows)]
    return Region("table", id=f"tables-{table['id']}", caption=table["caption"], printed=stands_near(text, table), rows=cells)


def stands_near(text: str, table: Row) -> bool:
    """Whether the caption is a line of the text beside the table, so that it need not be shown again."""
    return bool(table["caption"]) and table["caption"] in text[max(table["span_start"] - 300, 0) : table["span_end"] + 300]


def covered_by(merged: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for row in range(merged["row"], merged["row"] + merged["rowspan"]):
        for col in range(merged["col"], merged["col"] + merged["colspan"]):
            if (row, col) != (merged["row"], merged["col"]):
                yield row, col


def cell_spans(text: str, start: int, end: int, rows: Sequence[Sequence[str]]) -> dict[tuple[int, int], tuple[int, int]] | None:
    """Where each filled cell stands in the text, reading row by row; None if one is not there."""
    spans, cursor = {}, start
    for row, line in enumerate(rows):
        for col, cell in enumerate(line):
            if not cell.strip():
                continue
            found = re.compile(r"\s*".join(map(re.escape, cell.split()))).search(text, cursor, end)
            if found is None:
                return None
            spans[row, col], cursor = found.span(), found.end()
    return spans


SENTENCE_END = re.compile(r"[。；！？\n\t]|(?<=[a-z)\d])[.;!?](?=\s+[A-Z(•]|\s*$)")


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a quote in its sentence; a line or a cell ends a sentence too."""
    begin = max((found.end() for found in SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = SENTENCE_END.search(text, end)
    return text[begin:start].lstrip(" •"), text[end : stop.end() if stop else len(text)].rstrip()


# Queries ----------------------------------------------------------------------------------------------------------------

OBLIGATIONS = """
    select o.*, c.issuer, c.number, c.title_en, c.title_zh, h.name_en, h.name_zh, w.number as withdrawn_by,
      d.id as deadline, d.quote, e.lang, min(d.span_start, 400) as quote_start,
      substr(e.text, max(d.span_start - 400, 0) + 1, min(d.span_start, 400) + length(d.quote) + 400) as around,
      (select count(*) from obligation_deadlines m where m.obligation = o.id) as members
    from obligations o
    join circulars c on c.id = o.circular
    left join circulars w on w.id = o.withdrawn
    left join houses h on h.code = c.issuer
    left join deadlines d on d.id = (
      select n.id from obligation_deadlines m join deadlines n on n.id = m.deadline join expressions x on x.id = n.expression
      where m.obligation = o.id
      order by m.governs desc, substr(x.lang, 1, 2) <> :lang, m.ordinal limit 1)
    left join expressions e on e.id = d.expression
"""

OPEN_ONES = """
    where o.status = 'open' and o.withdrawn is null and (:house = '' or c.issuer = :house)
      and (:party = '' or exists (select 1 from json_each(o.bearer) where value = :party))
"""

WITH_CIRCULAR = "from obligations o join circulars c on c.id = o.circular" + OPEN_ONES
IN_DAYS = WITH_CIRCULAR + "and o.due between :start and :end"
COUNT_DUE = "select count(*) " + IN_DAYS


def few(chosen: str, order: str) -> str:
    """The query for a few obligations: first which ones, then all that is shown of them, so that nothing is looked up in vain."""
    return f"{OBLIGATIONS} where o.id in (select o.id {chosen} order by {order} limit :limit offset :offset) order by {order}"


DUE = few(IN_DAYS, "o.due, o.time is null, o.time, c.issuer, o.id")
UNDATED = few(WITH_CIRCULAR + "and o.due is null", "c.issued desc, c.id desc, o.id")
TOLD_IN = """
    where o.id in (
      select m.obligation from expressions x join deadlines n on n.expression = x.id join obligation_deadlines m on m.deadline = n.id
      where x.circular = :circular)
"""
OF_CIRCULAR = OBLIGATIONS + TOLD_IN + "order by o.due is null, o.due, o.time, o.id"

NEIGHBOURS = f"""
    select (select o.due {WITH_CIRCULAR} and o.due < :start order by o.due desc limit 1) as last,
      (select o.due {WITH_CIRCULAR} and o.due > :end order by o.due limit 1) as next
"""

PERIODS = """
    with near as materialized (
      select id from events where coalesce(start, "end") <= :end and coalesce("end", start) >= :start
        and ("end" is not null or start >= :start)
    )
    select v.id, v.start, v."end", v.time, v.end_time, v.title, v.quote, v.expression,
      c.id as circular, c.issuer, c.number, c.title_en, c.title_zh, h.name_en, h.name_zh, e.lang
    from near n cross join events v on v.id = n.id
    join expressions e on e.id = v.expression
    join circulars c on c.id = e.circular
    left join houses h on h.code = c.issuer
    where (:house = '' or c.issuer = :house)
      and (:party = '' or exists (
        select 1 from expressions x join deadlines d on d.expression = x.id join obligation_deadlines m on m.deadline = d.id
        join obligations o on o.id = m.obligation, json_each(o.bearer) b
        where x.circular = c.id and b.value = :party))
      and e.id = (select x.id from expressions x where x.circular = c.id order by substr(x.lang, 1, 2) <> :lang, x.id limit 1)
    order by coalesce(v.start, v."end"), v."end", c.id, v.ordinal limit 200
"""

OPEN_FINDINGS = """
    with told as materialized (
      select pair, min(expression) as expression, sum(level = 'error') as errors, sum(level = 'warning') as warnings
      from findings where state = 'open' and level in ('error', 'warning')
      group by pair, case when pair is null then expression end
    )
    select f.pair, p.relation, e.circular, l.title_en, l.title_zh, l.number, l.issuer, e.lang,
      oe.circular as other, r.title_en as other_title_en, r.title_zh as other_title_zh,
      r.number as other_number, r.issuer as other_issuer, oe.lang as other_lang,
      f.errors, f.warnings
    from told f
    join expressions e on e.id = f.expression
    join circulars l on l.id = e.circular
    left join pairs p on p.id = f.pair
    left join expressions oe on oe.id = p."right"
    left join circulars r on r.id = oe.circular
    where :house = '' or :house in (l.issuer, r.issuer)
    order by f.errors desc, f.warnings desc, l.issued desc, f.pair limit 12
"""

NEWEST = """
    select c.*, h.name_en, h.name_zh,
      (select group_concat(x.lang, ' ') from expressions x where x.circular = c.id) as langs
    from circulars c left join houses h on h.code = c.issuer
    where :house = '' or c.issuer = :house
    order by c.issued desc, c.id desc limit 12
"""

HOUSES = "select distinct h.* from houses h join circulars c on c.issuer = h.code order by h.code"
PARTIES = "select distinct b.value as party from (select distinct bearer from obligations) o, json_each(o.bearer) b order by 1"

CIRCULAR = "select c.*, h.name_en, h.name_zh from circulars c left join houses h on h.code = c.issuer where c.id = :circular"

EXPRESSIONS = """
    select e.*, s.path, s.media_type, s.pages, s.sha256 from expressions e join sources s on s.sha256 = e.source
    where e.circular = :circular
    order by substr(e.lang, 1, 2) <> 'en', e.lang, e.id
"""

EXPRESSION = """
    select e.*, s.path, s.media_type, s.pages, s.sha256, c.issuer as house, h.name_en, h.name_zh, c.title_en, c.title_zh
    from expressions e join sources s on s.sha256 = e.source
    join circulars c on c.id = e.circular left join houses h on h.code = c.issuer
    where e.id = :expression
"""

FINDINGS = """
    select f.*, e.lang, d.who as decided_by, d.at as decided_at,
      json_extract(d.content, '$.why') as reason, json_extract(d.content, '$.by') as fixed_by
    from findings f
    join expressions e on e.id = f.expression
    left join decisions d on d.id = (select max(n.id) from decisions n where n.kind = 'finding' and n.subject = f.name)
"""

BY_LEVEL = "order by f.state <> 'open', case f.level when 'error' then 0 when 'warning' then 1 else 2 end, f.left_start, f.id"

FINDINGS_OF_CIRCULAR = FINDINGS + "where e.circular = :circular and f.pair is null " + BY_LEVEL
FINDINGS_OF_PAIR = FINDINGS + "where f.pair = :pair " + BY_LEVEL

LIVES_OF_CIRCULAR = "select * from all_obligations where circular = :circular and coalesce(decided_by, owner, corrected_by) is not null"

REVIEWED_FACTS_OF_CIRCULAR = "select * from reviewed_facts where circular = :circular order by decided_at desc, id, expression"

PAIRS_OF_CIRCULAR = """
    select p.id, p.relation, o.circular, o.lang, own.lang as own_lang, c.issuer, c.number, c.title_en, c.title_zh,
      (select count(*) from findings f where f.pair = p.id and f.level = 'error' and f.state = 'open') as errors,
      (select count(*) from findings f where f.pair = p.id and f.level = 'warning' and f.state = 'open') as warnings
    from expressions own
    join pairs p on p."left" = own.id or p."right" = own.id
    join expressions o on o.id = case own.id when p."left" then p."right" else p."left" end
    join circulars c on c.id = o.circular
    where own.circular = :circular and (o.circular <> :circular or own.id = p."left")
    order by case p.relation when 'translation' then 0 when 'reissue' then 1 else 2 end, c.issuer, own.lang, o.lang
"""

CITATIONS = """
    select relation, cited as circular, coalesce(cited_number, min(cited_title), min(quote)) as named, min(cited_issued) as issued,
      0 as back
    from citations where circular = :circular group by relation, cited, coalesce(cited_number, quote)
    union all
    select relation, circular, coalesce(number, min(quote)), min(issued), 1 from citations
    where cited = :circular and circular <> :circular group by relation, circular
    order by back, issued, named limit 60
"""
"""What a circular cites, whether it is here or not, and what cites it."""

MOVES = """
    select change, act, coalesce(old_start, old_end) as before, coalesce(new_start, new_end) as after, old_time, new_time, changed_on,
      changed_in, stated_in, older_circular, newer_circular, max(new_quote) as quote, lang
    from history
    where older in (select id from expressions where circular = :circular)
      or newer in (select id from expressions where circular = :circular)
    group by change, act, before, after, old_time, new_time, changed_in, stated_in order by changed_on, after limit 60
"""
"""Which of its days moved, or which days of earlier circulars it moved."""

CITED = "select id, number from circulars where number in (select value from json_each(:numbers))"

PAIR = "select * from pairs where id = :pair"

# In the order in which the facts of a text are listed; blocks are its layout.
KINDS = (
    *("deadlines", "unexplained", "warnings", "contacts", "references", "tables", "events", "definitions", "duties"),
    *("dates", "times", "amounts"),
)


async def rows(database: Database, sql: str, **values: object) -> list[Row]:
    found: list[Row] = (await database.execute(sql, values)).rows
    return found


async def facts_of(database: Database, expression: int) -> dict[str, list[Row]]:
    """The facts of one text by kind, and its blocks."""
    by_kind = {}
    for kind in (*KINDS, "blocks"):
        # The name of the table is one of ours; nothing of a request enters the statement.
        by_kind[kind] = await rows(database, f"select * from [{kind}] where expression = :e order by ordinal", e=expression)  # noqa: S608
    return by_kind


async def found_knowledge_base(datasette: Datasette) -> Database | None:
    """The first database with the tables of a knowledge base."""
    for database in datasette.databases.values():
        if {"circulars", "expressions", "obligations"} <= set(await database.table_names()):
            return database
    return None


async def knowledge_base(datasette: Datasette) -> Database:
    database = await found_knowledge_base(datasette)
    if database is None:
        raise NotFound("None of the databases served here holds circulars.")
    return database


# What the pages show ----------------------------------------------------------------------------------------------------


class Filters(NamedTuple):
    """What the home page is asked for. `rejected` names the parameters that made no sense."""

    on: date
    days: int = DAYS
    house: str = ""
    party: str = ""
    rejected: tuple[str, ...] = ()

    @property
    def end(self) -> date:
        return self.on + timedelta(days=self.days)

    @property
    def before(self) -> date:
        """The first of as many days before these."""
        return self.on - timedelta(days=self.days + 1)

    @property
    def after(self) -> date:
        return self.end + timedelta(days=1)

    def query(self, **changes: object) -> dict[str, str]:
        """The parameters of a link to the same page, with changes."""
        values = {"on": self.on.isoformat(), "days": self.days, "house": self.house, "party": self.party, **changes}
        return {key: str(value) for key, value in values.items() if value not in ("", None)}


class Obligation(NamedTuple):
    """An obligation with its words as printed: the quote of its earliest deadline inside its sentence."""

    row: Row
    bearer: tuple[str, ...]
    before: str
    quote: str | None
    after: str


class Period(NamedTuple):
    """An entry of a timetable and the part of the shown days that it takes, in per cent from the left."""

    row: Row
    left: float
    width: float


class Version(NamedTuple):
    """One language version: its row, its facts by kind, and its text with the places of the facts."""

    row: Row
    facts: Mapping[str, Sequence[Row]]
    text: Sequence[Region]
    other_numbers: tuple[str, ...]


def filters_of(request: Request, today: date) -> Filters:
    """The filters of the address; a value that makes no sense is left out and named."""
    rejected = []
    on, days = request.args.get("on") or "", request.args.get("days") or ""
    start = to_day(on)
    if on and (start is None or not 1900 < start.year < 2200):
        rejected.append("on")
        start = None
    if days and not (re.fullmatch(r"\d{1,4}", days, re.ASCII) and int(days) <= MAX_DAYS):
        rejected.append("days")
        days = ""
    house, party = request.args.get("house") or "", request.args.get("party") or ""
    return Filters(start or today, int(days or DAYS), house, party, tuple(rejected))


def count_from(request: Request, name: str, most: int = 10_000) -> int:
    """A parameter that counts from 1; 1 for what makes no sense."""
    value = request.args.get(name) or ""
    return min(max(int(value), 1), most) if re.fullmatch(r"\d{1,6}", value, re.ASCII) else 1


def obligation(row: Row) -> Obligation:
    bearer = tuple(json.loads(row["bearer"] or "[]"))
    if row["quote"] is None:
        return Obligation(row, bearer, "", None, "")
    start = row["quote_start"]
    before, after = sentence_around(row["around"], start, start + len(row["quote"]))
    return Obligation(row, bearer, before, row["quote"], after)


def by_day(found: Iterable[Row]) -> dict[str, list[Obligation]]:
    days: dict[str, list[Obligation]] = {}
    for row in found:
        days.setdefault(row["due"], []).append(obligation(row))
    return days


def period(row: Row, filters: Filters) -> Period:
    """Where an entry lies in the shown days; what reaches out of them is cut."""
    start = max(to_day(row["start"]) or filters.on, filters.on)
    end = min(to_day(row["end"]) or filters.end, filters.end)
    share = 100 / (filters.days + 1)
    return Period(row, round((start - filters.on).days * share, 2), round(((end - start).days + 1) * share, 2))


def fact_marks(facts: Mapping[str, Sequence[Row]]) -> list[Mark]:
    """A mark for each fact that has a place in the text; a click leads to the fact in the list."""
    return [
        Mark(row["span_start"], row["span_end"], f"{kind}-{row['id']}", kind, f"fact-{kind}-{row['id']}")
        for kind in KINDS
        if kind not in ("tables", "warnings")
        for row in facts[kind]
    ]


def finding_marks(findings: Iterable[Row], side: str) -> list[Mark]:
    """A mark for each quote of the findings on one side; a click leads to the finding."""
    return [
        Mark(row[f"{side}_start"], row[f"{side}_end"], f"{side}-{row['id']}", row["level"], f"finding-{row['id']}")
        for row in findings
        if row[f"{side}_start"] is not None
    ]


async def version(database: Database, row: Row, findings: Sequence[Row]) -> Version:
    """A language version whose text shows its facts and what was found to disagree within it."""
    facts, own = await facts_of(database, row["id"]), [finding for finding in findings if finding["expression"] == row["id"]]
    marks = [*finding_marks(own, "left"), *finding_marks(own, "right"), *fact_marks(facts)]
    return shown(row, facts, marks)


def shown(row: Row, facts: Mapping[str, Sequence[Row]], marks: Sequence[Mark]) -> Version:
    text = list(regions(row["text"], facts["blocks"], facts["tables"], marks))
    return Version(row, {kind: facts[kind] for kind in KINDS if facts[kind]}, text, texts(row["other_numbers"]))


async def side_of_pair(database: Database, expression: int, findings: Sequence[Row], side: str) -> Version:
    row = (await rows(database, EXPRESSION, expression=expression))[0]
    facts = await facts_of(database, expression)
    return shown(row, facts, finding_marks(findings, side))


def safe_target(kind: str, value: str) -> str | None:
    """Where a click on a contact leads; None for what is not plainly a number, an address or a web page."""
    if kind == "tel" and re.fullmatch(r"\+?\d{3,15}", value):
        return f"tel:{value}"
    if kind == "email" and re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", value, re.ASCII):
        return f"mailto:{value}"
    if kind == "url" and re.match(r"https?://[^\s/]", value):
        return value
    return None


# Pages ------------------------------------------------------------------------------------------------------------------


async def home(datasette: Datasette, request: Request, send: Any) -> Response:
    """What is due, on the timetables, in disagreement, and new; without a knowledge base Datasette's own first page."""
    database = await found_knowledge_base(datasette)
    if database is None:
        return await IndexView.as_view(datasette)(request, send)
    interface = interface_of(datasette, request)
    today = datetime.now(HONG_KONG).date()
    filters = filters_of(request, today)
    asked = {"start": filters.on.isoformat(), "end": filters.end.isoformat(), "house": filters.house, "party": filters.party}
    asked["lang"] = interface.lang
    count = (await rows(database, COUNT_DUE, **asked))[0][0]
    page, pages = count_from(request, "page"), max(1, -(-count // ON_A_PAGE))
    due = await rows(database, DUE, **asked, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
    return await render(
        datasette,
        request,
        interface,
        "home.html",
        today=today,
        filters=filters,
        days=by_day(due),
        count=count,
        page=page,
        pages=pages,
        neighbours=(await rows(database, NEIGHBOURS, **asked))[0],
        undated=[obligation(row) for row in await rows(database, UNDATED, **asked, limit=50, offset=0)],
        periods=[period(row, filters) for row in await rows(database, PERIODS, **asked)],
        findings=await rows(database, OPEN_FINDINGS, house=filters.house),
        newest=await rows(database, NEWEST, house=filters.house),
        houses=await rows(database, HOUSES),
        parties=await rows(database, PARTIES),
    )


async def circular(datasette: Datasette, request: Request) -> Response:
    """A circular: its obligations and findings, and every language version beside its facts."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    number = key_of(request)
    found = await rows(database, CIRCULAR, circular=number)
    if not found:
        return await missing(datasette, request, interface, "missing_circular", number)
    findings = await rows(database, FINDINGS_OF_CIRCULAR, circular=number)
    versions = [await version(database, row, findings) for row in await rows(database, EXPRESSIONS, circular=number)]
    cited = [row["number"] for one in versions for row in one.facts.get("references", ()) if row["number"]]
    return await render(
        datasette,
        request,
        interface,
        "circular.html",
        circular=found[0],
        versions=versions,
        kinds=KINDS,
        obligations=[obligation(row) for row in await rows(database, OF_CIRCULAR, circular=number, lang=interface.lang)],
        lives={row["id"]: row for row in await rows(database, LIVES_OF_CIRCULAR, circular=number)},
        reviewed=await rows(database, REVIEWED_FACTS_OF_CIRCULAR, circular=number),
        findings=findings,
        pairs=await rows(database, PAIRS_OF_CIRCULAR, circular=number),
        citations=await rows(database, CITATIONS, circular=number),
        moves=await rows(database, MOVES, circular=number),
        cited={row["number"]: row["id"] for row in await rows(database, CITED, numbers=json.dumps(cited))},
    )


async def expression(datasette: Datasette, request: Request) -> Response:
    """A language version has its place on the page of its circular."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    number = key_of(request)
    found = await rows(database, "select circular from expressions where id = :expression", expression=number)
    if not found:
        return await missing(datasette, request, interface, "missing_expression", number)
    return Response.redirect(link_maker(datasette, request)(f"/circular/{found[0]['circular']}") + f"#expression-{number}")


async def pair(datasette: Datasette, request: Request) -> Response:
    """Two expressions: what they disagree on, then both texts side by side."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    number = key_of(request)
    found = await rows(database, PAIR, pair=number)
    if not found:
        return await missing(datasette, request, interface, "missing_pair", number)
    findings = await rows(database, FINDINGS_OF_PAIR, pair=number)
    left = await side_of_pair(database, found[0]["left"], findings, "left")
    right = await side_of_pair(database, found[0]["right"], findings, "right")
    return await render(
        datasette,
        request,
        interface,
        "pair.html",
        pair=found[0],
        evidence=texts(found[0]["evidence"]),
        open_findings=[row for row in findings if row["level"] != "note" and row["state"] == "open"],
        decided=[row for row in findings if row["state"] != "open"],
        expected=[row for row in findings if row["level"] == "note" and row["state"] == "open"],
        left=left,
        right=right,
        side_by_side=side_by_side(left, right),
    )


def side_by_side(left: Version, right: Version) -> list[tuple[Region | None, Region | None]]:
    """The passages of two texts as they correspond."""
    found = aligned(passages(left), passages(right))
    return [(None if one is None else left.text[one], None if other is None else right.text[other]) for one, other in found]


NORMAL = {"dates": ("start", "end"), "times": ("time",), "contacts": ("value",), "references": ("number",), "amounts": ("value", "unit")}
"""Facts that say the same in every language, and the columns that say it."""

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]*|[\u3400-\u9fff]")


def passages(version: Version) -> list[Passage]:
    """Each region of a text with what can be compared of it."""
    facts = [
        (row["span_start"], "|".join(str(row[name]) for name in names))
        for kind, names in NORMAL.items()
        for row in version.facts.get(kind, ())
    ]
    text = version.row["text"]
    return [
        Passage(
            region.kind,
            frozenset(fact for start, fact in facts if region.start <= start < region.end),
            frozenset(word.lower() for word in WORD.findall(text, region.start, region.end)),
        )
        for region in version.text
    ]


def key_of(request: Request) -> int:
    """The key in the address; one that SQLite cannot hold is as good as none."""
    number = int(request.url_vars["id"])
    return number if number < 2**63 else -1


def texts(value: str | None) -> tuple[str, ...]:
    """A column that holds a JSON list of strings, or one string."""
    try:
        found = json.loads(value or "[]")
    except ValueError:
        return (value or "",)
    return tuple(map(str, found)) if isinstance(found, list) else (str(found),)


async def missing(datasette: Datasette, request: Request, interface: Interface, key: str, number: int) -> Response:
    message = interface.say(key, id=request.url_vars["id"] if number < 0 else number)
    return await render(datasette, request, interface, "missing.html", status=404, message=message)


def link_maker(datasette: Datasette, request: Request) -> Callable[..., str]:
    """A function that makes links inside the site; a language that was asked for in the address stays asked for."""
    lang = request.args.get("lang")

    def link(path: str, **query: str) -> str:
        query = {"lang": lang, **query} if lang in ("en", "zh") else query
        return str(datasette.urls.path(path)) + (f"?{urlencode(query)}" if query else "")

    return link


async def render(
    datasette: Datasette, request: Request, interface: Interface, template: str, status: int = 200, **context: object
) -> Response:
    """A page of ours: no script, no style but the stylesheet, nothing from elsewhere."""
    own = {
        "t": interface,
        "link": link_maker(datasette, request),
        "safe_target": safe_target,
        "here": request.path,
        "asked": request.args,
        "metadata": datasette.metadata(),
        "database": (await knowledge_base(datasette)).name,
    }
    html = await datasette.render_template(template, {**own, **context}, request=request)
    headers = {"content-security-policy": OWN_POLICY, "content-language": interface.tag, "vary": "Accept-Language"}
    return Response.html(html, status=status, headers=headers)


# Hooks ------------------------------------------------------------------------------------------------------------------

OWN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
)

# Templates of Datasette that hold a script of their own; everything else in its pages comes from files.
DATASETTE_SCRIPTS = ("_close_open_menus.html", "_codemirror_foot.html", "table.html")


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    env.filters["from_json"] = json.loads


@hookimpl(trylast=True)
def prepare_connection(conn: Any) -> None:
    """Datasette's own search boxes cut what is typed as the indexes are cut; last, so that it stands for Datasette's function."""
    conn.create_function("escape_fts", 1, lambda typed: question(typed or "").match)


@hookimpl
def extra_css_urls() -> list[str]:
    """Datasette's own pages keep their style; what our many column descriptions need is added to it."""
    return ["/static/datasette.css"]


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    from kb.pages import ROUTES  # they are made of what stands above

    return [
        *ROUTES,
        (r"^/(?P<format>)$", home),
        (r"^/circular/(?P<id>\d+)$", circular),
        (r"^/expression/(?P<id>\d+)$", expression),
        (r"^/pair/(?P<id>\d+)$", pair),
    ]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """Every answer says what a browser may do with it; a page of ours has already said so more strictly."""
    policy = datasette_policy(datasette)

    def wrap(app: Any) -> Any:
        async def secured(scope: Any, receive: Any, send: Any) -> None:
            async def send_secured(message: Any) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": secure(message.get("headers", []), policy)}
                await send(message)

            await app(scope, receive, send_secured)

        return secured

    return wrap


def secure(headers: Iterable[tuple[bytes, bytes]], policy: bytes) -> list[tuple[bytes, bytes]]:
    found = list(headers)
    present = {name.lower() for name, _ in found}
    return found + [pair for pair in ((b"content-security-policy", policy), *SECURITY_HEADERS) if pair[0] not in present]


def datasette_policy(datasette: Datasette) -> bytes:
    """The policy for Datasette's own pages: of inline scripts those that Datasette ships, known by their hashes."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts(datasette))
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ).encode()


def scripts(datasette: Datasette) -> Iterator[str]:
    """The inline scripts of Datasette's templates; one of them holds a flag, which has two values."""
    for name in DATASETTE_SCRIPTS:
        source, _, _ = datasette.jinja_env.loader.get_source(datasette.jinja_env, name)
        for found in re.finditer(r"<script>(.*?)</script>", source, re.DOTALL):
            for flag in ("true", "false"):
                yield found[1].replace("{{ datasette_allow_facet }}", flag)


KEY_COLUMNS = {
    "circular": "/circular/{}",
    "pair": "/pair/{}",
    "expression": "/expression/{}",
    "left": "/expression/{}",
    "right": "/expression/{}",
}
LIST_COLUMNS = ("bearer", "other_numbers", "rows", "merged", "evidence")


@hookimpl
def render_cell(value: Any, column: str, datasette: Datasette) -> Markup | str | None:
    """Keys of circulars, expressions and pairs lead to their pages; JSON lists read as text."""
    key = value.get("value") if isinstance(value, dict) else value
    if column in KEY_COLUMNS and isinstance(key, int):
        label = value.get("label") or key if isinstance(value, dict) else key
        return Markup('<a href="{}">{}</a>').format(datasette.urls.path(KEY_COLUMNS[column].format(key)), label)
    if column in LIST_COLUMNS and isinstance(value, str) and value.startswith("["):
        return listed(value)
    return None


def listed(value: str) -> str | None:
    """A JSON list as a line, a list of lists as a line each; None for what only looks like one."""
    try:
        items = json.loads(value)
    except ValueError:
        return None
    lines = [" | ".join(map(str, item)) if isinstance(item, list) else str(item) for item in items]
    return ("\n" if any(isinstance(item, list) for item in items) else ", ").join(lines) or "–"
