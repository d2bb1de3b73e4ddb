"""From a file to its facts: the whole road, step by step. Who reads only this module should understand the project."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from ingest import formats, mails
from ingest.calendar import Calendar, business_days
from ingest.errors import UnreadableSource
from ingest.extract import (
    amounts,
    columns,
    contacts,
    dates,
    deadlines,
    definitions,
    duties,
    header,
    numbers,
    proof,
    references,
    scheduled,
    tables,
    tense,
    times,
    zones,
)
from ingest.extract.beside import find_beside
from ingest.extract.halves import Halves
from ingest.extract.layout import InOrder, Layout, holding
from ingest.extract.leads import MARK, bearers_above
from ingest.extract.listed import with_lists
from ingest.extract.named import Named
from ingest.extract.parties import Parties
from ingest.extract.phrases import Facts, Phrase, find_phrases, is_deadline, is_statement
from ingest.extract.sentences import sentences
from ingest.extract.unwrapped import unwrapped
from ingest.formats import eml, html, plain
from ingest.issuers import NameHit, recognise
from ingest.issuers import houses as known_houses
from ingest.lang.rules import Survey, languages
from ingest.loading import load
from ingest.model import (
    Contact,
    DateMention,
    Deadline,
    Document,
    Duty,
    Event,
    Evidence,
    Expression,
    House,
    Lang,
    Places,
    Reference,
    Source,
    Span,
    TimeMention,
    Unexplained,
    Warn,
)
from ingest.settings import Settings, settings
from ingest.text import Mask, fold, squeeze

Fact = TypeVar("Fact", bound=Evidence)


def read(path: Path, how: Settings | None = None) -> Expression:
    """Read a file that holds one circular. Raises UnreadableSource when there is none, or several (an e-mail)."""
    found = list(read_all(path, how))
    told = [one for one in found if isinstance(one, Expression)]
    if len(told) == 1:
        return told[0]
    if told:
        raise UnreadableSource(path, f"holds {len(told)} circulars; expected one")
    raise next(one for one in found if isinstance(one, UnreadableSource))


def read_all(path: Path, how: Settings | None = None) -> Iterator[Expression | UnreadableSource]:
    """Every circular in a file, and an error for each part that cannot be read: always at least one of either.

    A file is one circular; an e-mail holds as many as are attached to it, each with a path below that of the mail.
    """
    how = how or settings()
    try:
        yield from parse_all(load(path, how), path, how)
    except UnreadableSource as error:
        yield error


def parse_all(data: bytes, path: Path, how: Settings) -> Iterator[Expression | UnreadableSource]:
    """As `read_all`, from bytes; their file is only named, never opened: what isolated and remote readers run.

    Raises UnreadableSource where nothing in them can be read.
    """
    if eml.sniff(data, path.name):
        yield from mails.circulars(data, path, how, parse)
    else:
        yield parse(data, path, how)


def parse(data: bytes, path: Path, how: Settings) -> Expression:
    """What these bytes say; their file is only named, never opened, so this may run anywhere."""
    document = formats.read(data, str(path), how)
    source = Source(path=str(path), sha256=hashlib.sha256(data).hexdigest(), media_type=document.media_type, pages=document.pages)
    return expression(document, source, known_houses())


WARMING = (
    """Date: 4 January 2027

Subject: Fees

1. Participants must pay fees to Fees (Hong Kong) Ltd. The fees must be paid by 5:00 p.m. on 8 January 2027 (Friday).

Date\tEvent
8 January 2027\tDeadline for fees

Tel: 2979 7111
""",
    """日期：2027年1月4日

事由：費用

1. 參與者須於2027年1月8日（星期五）下午5時或之前繳付費用。

日期\t事項
2027年1月8日\t截止

電話：2979 7111
""",
)


def warm() -> None:
    """Load every rule in both languages, and spaCy, so that processes forked from this one find them there."""
    for language in languages().values():
        language.build()
    for text in WARMING:
        parse(text.encode(), Path("fees.txt"), Settings())


@dataclass(frozen=True, slots=True)
class Marked:
    """Text, what is marked in it, and the facts that the marks stand for."""

    mask: Mask
    links: Sequence[Contact]
    numbers: Sequence[numbers.NumberMention]
    candidates: Sequence[dates.Candidate]


@dataclass(frozen=True, slots=True)
class Opened:
    """A document ready to be searched, and what its head says."""

    text: str
    folded: str
    survey: Survey
    layout: Layout
    marked: Marked
    page: header.Page
    lang: Lang
    head: header.Header
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Moments:
    """When: dates, with the clock times that belong to them, and the sheets that hold them. `mask` has dates and times laid over."""

    mask: Mask
    dates: Sequence[DateMention]
    times: Sequence[TimeMention]
    sheets: Sequence[tables.Sheet]
    doubts: Sequence[Unexplained]
    warnings: Sequence[Warn]


@dataclass(frozen=True, slots=True)
class Bound:
    """Who must do what: deadlines in order, duties, the sentences heard for them, and the party terms by which they name whom they bind."""

    deadlines: Sequence[Deadline]
    duties: Sequence[Duty]
    heard: Sequence[Span]
    parties: Parties
    doubts: Sequence[Unexplained]


def expression(document: Document, source: Source, houses: Mapping[str, House]) -> Expression:
    """All facts of a document, found in whole lines where its own are wrapped."""
    joined = unwrapped(document) if document.media_type in (plain.MEDIA_TYPE, eml.MEDIA_TYPE) else None
    return joined.as_printed(_told(joined.document, source, houses)) if joined else _told(document, source, houses)


def _told(document: Document, source: Source, houses: Mapping[str, House]) -> Expression:
    """The facts. Each step lays its finds over the text, so that the next one reads marks instead."""
    doc = _opened(document, houses)
    text, head, survey = doc.text, doc.head, doc.survey
    when = _moments(document, doc)
    country = contacts.country_of(_letterhead(doc.folded, doc.page), doc.lang, houses.get(head.issuer or ""))
    telephones = contacts.find_telephones(text, when.mask.text, _row_labels(when.sheets), country)
    masked = when.mask.lay("tel", (item.span for item in telephones)).text
    terms = definitions.find_definitions(text, doc.folded)
    who = _bound(document, doc, when, masked, Parties(terms, houses.values()))
    told = sorted({*who.heard, *(duty.span for duty in who.duties)}), sorted(deadline.span for deadline in who.deadlines)
    unread = deadlines.unheeded(text, masked, who.duties, who.deadlines)
    doubts = [*when.doubts, *who.doubts, *duties.unheard(text, masked, head.end, told, survey), *unread]
    found = [_closed(mention, who.deadlines) for mention in when.dates]
    sums = amounts.find_amounts(text, masked, survey)
    cells = columns.Reader(text, masked, doc.folded, sums, who.parties)
    shown = tuple(cells.typed(tables.table(sheet.grid, text, sheet.header), sheet) for sheet in when.sheets)
    whole = Expression(
        source=source,
        lang=doc.lang,
        issuer=head.issuer,
        number=head.number,
        other_numbers=head.other_numbers,
        issued=head.issued,
        title=head.title,
        text=text,
        dates=tuple(times.ends_joined(text, masked, found)),
        times=tuple(when.times),
        deadlines=tuple(who.deadlines),
        duties=tuple(who.duties),
        contacts=_contacts(text, masked, doc.page, document, doc.marked.links, telephones, survey),
        references=tuple(_cited(doc, when, masked)),
        definitions=tuple(terms),
        amounts=tuple(sums),
        tables=shown,
        events=_events(when.sheets, {mention.span: mention for mention in found}),
        blocks=document.blocks,
        unexplained=_unexplained(text, masked, doubts, who.deadlines, survey, when.sheets),
        warnings=(
            *document.warnings,
            *_dated_by_mail(head),
            *when.warnings,
            *proof.shifted(document.grids),
            *(doubt for at, table in enumerate(shown, 1) for doubt in proof.doubts(table, at)),
            *proof.missing(text, doc.folded, document.blocks, document.grids),
        ),
    )
    return whole if document.places is None else _placed(whole, document.places)


def _is_abroad(folded: str, lang: str, marked: Marked) -> bool:
    """Does a house that is not known count other business days than Hong Kong's: Taiwan's years, the mainland's script?"""
    return any("roc" in one.rule for one in marked.candidates) or (lang == "zh-Hans" and "香港" not in folded)


def _opened(document: Document, houses: Mapping[str, House]) -> Opened:
    text = document.text
    folded = fold(text)
    survey = Survey(folded)
    layout = Layout(document, folded)
    marked = mark(text, Mask.of(folded, layout.units), houses, survey)
    running = _running(document, houses)
    page = header.Page(text, marked.mask.flat(), document.blocks, recognise(folded, houses), running)
    lang = header.language(text, document.blocks, page.end)
    head = _by_mail(header.find_header(page, marked.numbers, marked.candidates, houses, lang), document, page, houses)
    house = houses.get(head.issuer or "")
    calendar = business_days(house.calendar if house else "none" if _is_abroad(folded, lang, marked) else "hk")
    return Opened(text, folded, survey, layout, marked, page, lang, head, calendar)


def _running(document: Document, houses: Mapping[str, House]) -> list[NameHit]:
    """The houses named in heads and feet of pages; all that a site calls itself (`… | FCA`) names one too, but no mother of others."""
    said = [fold(line).strip() for line in document.furniture]
    hits, mothers = recognise("\n".join(said), houses), {house.parent for house in houses.values()}
    names = {line for line in said if document.media_type == html.MEDIA_TYPE}
    whole = "\n".join(said)
    return [
        msgspec.structs.replace(hit, full=True) if whole[slice(*hit.span)] in names and hit.code not in mothers else hit for hit in hits
    ]


def _by_mail(head: header.Header, mail: Document, page: header.Page, houses: Mapping[str, House]) -> header.Header:
    """The head of a mail's text, with number, title and day of the mail's own header where the text, which names its house, has none."""
    if mail.subject is None or head.issuer is None:
        return head
    named = {one.number for one in numbers.find_numbers(mail.subject, fold(mail.subject), houses.values())}
    own = head.number or (named.pop() if len(named) == 1 else None)
    sent = None if header.quotes_mail(page) else mail.sent  # the day of a mail around the circular is not the circular's
    return msgspec.structs.replace(head, number=own, title=head.title or mail.subject, issued=head.issued or sent, sent=head.issued is None)


def _dated_by_mail(head: header.Header) -> tuple[Warn, ...]:
    message = f"the text names no day of issue: {head.issued} is the day on which the e-mail was sent"
    return (Warn(code="mail-date", message=message),) if head.sent and head.issued else ()


def _letterhead(folded: str, page: header.Page) -> str:
    """The first lines of the text and the last ones, folded, as far as they are no sentences."""
    lines = page.lines
    said = (folded[slice(*line)] for line in [*lines[:LETTERHEAD_LINES], *lines[-LETTERHEAD_LINES:]])
    return "\n".join(line for line in said if len(line) < LETTERHEAD_WIDTH and line[-1] not in "。.;:")


LETTERHEAD_LINES, LETTERHEAD_WIDTH = 5, 100


def _moments(document: Document, doc: Opened) -> Moments:
    """Dates are resolved by the day of issue and by their surroundings, and take the clock times beside them or in their row."""
    text, layout = doc.text, doc.layout
    clock = times.find_times(text, doc.marked.mask.text, doc.survey, Halves(layout) if document.grids else None)
    mask = doc.marked.mask.lay("time", (item.span for item in clock))
    context = dates.Context(
        doc.head.issued,
        layout.scope,
        layout.unit,
        layout.years,
        layout.conditional,
        doc.calendar.shift,
        partial(_direction, text, mask.text, layout),
    )
    hours = {item.span[0] for item in clock if item.end_time}
    found, doubts = dates.resolve(text, dates.opened(doc.marked.candidates, mask.text, hours), context)
    found = tables.contract_months(document.grids, text, found, doc.head.issued)
    guessed = [_year_assumed(mention, document.places) for mention in found if dates.assumed(mention, context)]
    guessed += [_other_zone(text, span, document.places) for span in zones.abroad(mask.text, clock)]
    found = times.attach(mask.text, found, clock, layout.units)
    sheets = [tables.Sheet(grid, text, found, clock) for grid in document.grids]
    return Moments(mask, _timed_by_row(found, sheets), clock, sheets, doubts, guessed)


def _bound(document: Document, doc: Opened, when: Moments, masked: str, parties: Parties) -> Bound:
    """Deadlines and duties of the sentences and cells in which somebody is bound or told a day."""
    text, head = doc.text, doc.head
    verbs, phrases = InOrder(duties.find_modals(masked, doc.survey)), InOrder(find_phrases(masked, doc.survey))
    atop = (block.span for block in document.blocks if block.span[1] <= head.end)
    remarks = [span for span in atop if text.startswith(("(", "（"), span[0]) and phrases.within(span)]
    opening = [*([head.demand] if head.demand else ()), *remarks]
    opening += _stated_above(doc, phrases, opening)
    answered = _answered(document, doc)
    paragraphs = [*sorted(opening), *(span for span in _prose(document, head.end) if span[0] < answered)]
    bounds = {span: _sentences(masked, span, phrases) for span in paragraphs if verbs.within(span) or phrases.within(span)}
    told = [cell.span for grid in document.grids for cell in grid.cells if verbs.within(cell.span) and phrases.within(cell.span)]
    said = [_listed(masked, span) for span in told]
    bounds_of_all = bounds | {span: sentences(masked, span) for parts in said for span in parts}
    days, clock = InOrder(when.dates), InOrder(when.times)
    by_place = {mention.span: mention for mention in when.dates}
    above = bearers_above(parties, text, masked, paragraphs, verbs)
    named = Named(text, masked, when.dates)
    facts = Facts(text, masked, by_place, days, clock, parties, head.issued, doc.calendar, phrases, verbs, bounds_of_all, named, above)
    due = _deadlines(facts, when.sheets, paragraphs, said)
    bound = duties.find_duties(text, masked, [*bounds.values(), *_cells(document, masked, verbs)], verbs, parties, above)
    heard = [duty.span for duty in bound]
    return Bound(due, with_lists(masked, text, paragraphs, verbs, due, bound), heard, parties, _of_others(doc, phrases, answered))


def _answered(document: Document, doc: Opened) -> int:
    """Where a mail begins that the circular above it answers; the end of the text where there is none."""
    mail = header.mail_below(doc.page) if doc.page.mails or document.subject is not None else None
    return mail if mail is not None and mail >= doc.head.end else len(doc.text)


def _of_others(doc: Opened, phrases: InOrder[Phrase], answered: int) -> list[Unexplained]:
    """By when those act to whom somebody sends a circular on, or of whom a mail tells that it answers: no deadline of its own, and told."""
    mail = header.mail_below(doc.page)
    above = (0, mail) if mail is not None and mail < doc.head.end else (0, 0)
    reasons = {
        above: "in the words of who sent the circular on, above it",
        (answered, len(doc.text)): "in a mail that the circular answers",
    }
    return [
        Unexplained(quote=doc.text[slice(*phrase.span)], span=phrase.span, why=why)
        for place, why in reasons.items()
        for phrase in phrases.within(place)
        if is_deadline(phrase) or is_statement(phrase)
    ]


def _stated_above(doc: Opened, phrases: InOrder[Phrase], known: Sequence[Span]) -> list[Span]:
    """The lines of the head that say by themselves by when to act (`Consultation closes | 26 February 2027`), but the title."""
    if header.mail_below(doc.page) is not None:
        return []
    told = [phrase.span for phrase in phrases.within((0, doc.head.end)) if is_statement(phrase)]
    text, title = doc.text, doc.head.title or ""
    lines = [(text.rfind("\n", 0, low) + 1, end if (end := text.find("\n", high)) >= 0 else len(text)) for low, high in told]
    return [
        line
        for line in lines
        if squeeze(text[slice(*line)]) not in title and not any(low < line[1] and line[0] < high for low, high in known)
    ]


def _sentences(masked: str, span: Span, phrases: InOrder[Phrase]) -> list[Span]:
    """The sentences of a paragraph; in a list of facts, what fills lines of its own and says by when to act is one."""
    found = sentences(masked, span)
    return [part for one in found for part in (_stated(masked, one, phrases) if "\n" in masked[slice(*one)] else (one,))]


def _stated(masked: str, sentence: Span, phrases: InOrder[Phrase]) -> list[Span]:
    """A sentence over several lines, parted around such statements."""
    at, end = sentence
    found: list[Span] = []
    for phrase in phrases.within(sentence):
        low, high = phrase.span
        alone = (low == at or masked[low - 1] == "\n") and (high >= end or masked[high] == "\n")
        if alone and is_statement(phrase):
            found += [(at, low), (low, high)]
            at = high
    return [part for part in (*found, (at, end)) if masked[slice(*part)].strip()]


def _cited(doc: Opened, when: Moments, masked: str) -> list[Reference]:
    own = [number for number in (doc.head.number, *doc.head.other_numbers) if number]
    by_place = {mention.span: mention for mention in when.dates}
    corrects = references.corrects(doc.head.title)
    return references.find_references(doc.text, masked, doc.marked.numbers, by_place, own, doc.layout.units, corrects, doc.survey)


FACTS = ("dates", "times", "deadlines", "duties", "contacts", "references", "definitions", "amounts", "events")


def _placed(whole: Expression, places: Places) -> Expression:
    """The expression with the page and box of every fact."""
    return msgspec.structs.replace(whole, **{name: tuple(_at(fact, places) for fact in getattr(whole, name)) for name in FACTS})


def _at(fact: Fact, places: Places) -> Fact:
    place = places.at(fact.span)
    return fact if place is None else msgspec.structs.replace(fact, page=place[0], bbox=place[1])


def mark(text: str, mask: Mask, houses: Mapping[str, House], survey: Survey) -> Marked:
    """Links, reference numbers and dates as marks, in this order: a number inside a link is no number, a date inside a number no date."""
    links = contacts.find_links(text, mask.text)
    mask = mask.lay("link", (link.span for link in links))
    mentions = numbers.find_numbers(text, mask.text, houses.values())
    mask = mask.lay("number", (mention.span for mention in mentions))
    candidates = dates.candidates(mask.text, survey)
    return Marked(mask.lay("date", (item.span for item in candidates)), links, mentions, candidates)


def _direction(text: str, masked: str, layout: Layout, span: Span) -> int:
    """Is the day of this place still to come? A schedule lists what is, unless its row says otherwise."""
    said = tense.direction(masked, layout.scope(span[0]), span, onwards=text[span[1] - 1] == "起")
    return said or (1 if layout.cell(span[0]) is not None else 0)


def _year_assumed(mention: DateMention, places: Places | None) -> Warn:
    place = places.at(mention.span) if places is not None else None
    message = f"“{mention.quote}” is read as {mention.start}: neither the text nor its sentence tells the year"
    return Warn(code="year-assumed", message=message, page=place[0] if place else None)


def _other_zone(text: str, span: Span, places: Places | None) -> Warn:
    place = places.at(span) if places is not None else None
    message = f"“{text[slice(*span)]}” is told as it is printed: an hour of another time zone than that of Hong Kong"
    return Warn(code="other-zone", message=message, page=place[0] if place else None)


def _timed_by_row(found: Sequence[DateMention], sheets: Sequence[tables.Sheet]) -> list[DateMention]:
    """Dates of a timetable take the clock time of their row."""
    rows = {place: time for sheet in sheets for place, time in tables.rows_timed(sheet).items()}
    return [times.timed(mention, rows[mention.span]) if mention.span in rows else mention for mention in found]


def _row_labels(sheets: Sequence[tables.Sheet]) -> dict[Span, Span]:
    """For each cell behind the first column the place of the cell that labels it: the one before it (Fax), else its row's first."""
    return {
        cell.span: (left if left is not None and contacts.names_a_number(sheet.string(left)) else first).span
        for sheet in sheets
        for cell in sheet.grid.cells
        if cell.col > 0 and (first := sheet.at.get((cell.row, 0))) is not None and first is not cell
        for left in (sheet.at.get((cell.row, cell.col - 1)),)
        if sheet.string(first) or left is not None
    }


def _prose(document: Document, start: int) -> list[Span]:
    """The paragraphs of the body; below a colon, the lines of one that end in semicolons are items of a list that has lost its marks."""
    found: list[Span] = []
    for block in document.blocks:
        if block.kind not in ("text", "list_item", "section_header", "footnote") or block.span[1] <= start:
            continue
        low, high = max(start, block.span[0]), block.span[1]
        led = block.kind == "text" and document.text[:low].rstrip().endswith((":", "："))
        cuts = [item.end() for item in _ITEM_END.finditer(document.text, low, high)] if led else []
        found += itertools.pairwise([low, *cuts, high])
    return found


_ITEM_END = re.compile(r"[;；](?:[^\S\n]?(?:and|or|及|和|與|与|或|並|并|且))?\n(?=\S)")


def _cells(document: Document, masked: str, verbs: InOrder[duties.Modal]) -> list[list[Span]]:
    """The sentences of each table cell that holds a modal verb."""
    return [sentences(masked, cell.span) for grid in document.grids for cell in grid.cells if verbs.within(cell.span)]


def _listed(masked: str, cell: Span) -> list[Span]:
    """A cell parted before the items of the list in it, each on a line of its own: 應辦理下列事項： / （一）… / （二）…."""
    starts = [cell[0], *(found.end() for found in _LINE_END.finditer(masked, *cell) if MARK.match(masked, found.end(), cell[1])), cell[1]]
    return list(itertools.pairwise(starts)) if len(starts) > 3 else [cell]


_LINE_END = re.compile(r"\n+(?=\S)")


def _deadlines(facts: Facts, sheets: Sequence[tables.Sheet], paragraphs: Sequence[Span], cells: Sequence[Sequence[Span]]) -> list[Deadline]:
    """Those of the body, of the timetables, and of sentences in other cells (`Action required ⇥ CPs must reply by 3 May.`)."""
    found = deadlines.in_prose(facts, paragraphs)
    for sheet in sheets:
        found += scheduled.in_schedule(facts, sheet, tentative=scheduled.is_tentative(facts.masked, sheet))
    told = InOrder(sorted(found, key=lambda deadline: deadline.span))
    for cell in cells:
        if not told.starting((cell[0][0], cell[-1][1])):
            found += deadlines.in_prose(facts, cell)
    return sorted(found, key=lambda deadline: deadline.span)


def _closed(mention: DateMention, due: Sequence[Deadline]) -> DateMention:
    """`until D` that binds somebody is a deadline, and its date the day D; so is `the deadline is extended to D`."""
    if mention.start is None and any(
        d.relation in ("until", "on") and d.span[0] <= mention.span[0] and mention.span[1] <= d.span[1] for d in due
    ):
        start = mention.end and mention.end.replace(day=_FIRST_OF[mention.approx]) if mention.approx else mention.end
        return msgspec.structs.replace(mention, start=start, time=mention.end_time, end_time=None)
    return mention


_FIRST_OF = {"early": 1, "mid": 11, "late": 21}  # days of a month


def _contacts(
    text: str,
    masked: str,
    page: header.Page,
    document: Document,
    links: Sequence[Contact],
    telephones: Sequence[Contact],
    survey: Survey,
) -> tuple[Contact, ...]:
    """Everyone and everything that can be reached, in order; an address that is printed twice is two mentions, one contact."""
    found = [
        *links,
        *contacts.linked(text, document.links, links),
        *telephones,
        *contacts.find_persons(text, masked, survey),
        *find_beside(text, masked, [*links, *telephones]),
        *contacts.find_addresses(text, masked, survey),
    ]
    named = {contact.value for contact in found if contact.kind == "person"}
    found += [signer for signer in contacts.signatories(text, masked, page.lines, page.end) if signer.value not in named]
    first: dict[tuple[str, str], Contact] = {}
    for contact in sorted(found, key=lambda c: c.span):
        first.setdefault((contact.kind, contact.value), contact)
    return tuple(first.values())


def _events(sheets: Sequence[tables.Sheet], by_place: Mapping[Span, DateMention]) -> tuple[Event, ...]:
    return tuple(event for index, sheet in enumerate(sheets) for event in tables.events(sheet, index, by_place))


# What a deadline does not tell by itself: a clock time that it does without, a day of every year.
OWN_DOUBTS = ("clock time without its half of the day", "a day of every year")


def _unexplained(
    text: str,
    masked: str,
    doubts: Sequence[Unexplained],
    due: Sequence[Deadline],
    survey: Survey,
    sheets: Sequence[tables.Sheet],
) -> tuple[Unexplained, ...]:
    """What could not be understood; a cell with a doubt of its own is not doubted again, and a deadline says itself why it has no day."""
    told = sorted(deadline.span for deadline in due if ".deadlines." in deadline.rule)
    found = [
        *doubts,
        *(item for item in dates.leftovers(text, masked, survey) if item.why in OWN_DOUBTS or holding(told, item.span[0]) is None),
        *contacts.damaged(text, masked, survey),
    ]
    counted = [deadline.span for deadline in due if deadline.relation == "within"]  # such a cell states no day
    for doubt in (doubt for sheet in sheets for doubt in tables.undated(sheet)):
        taken = [item.span for item in found] + counted
        if not any(low < doubt.span[1] and doubt.span[0] < high for low, high in taken):
            found.append(doubt)
    return tuple(sorted(found, key=lambda item: item.span))
