"""The circulars and papers that a circular cites: by number, by date, or by both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.extract.layout import holding
from ingest.extract.numbers import NumberMention, squeezed
from ingest.lang.rules import Survey, hits, word_list
from ingest.model import Citation, DateMention, Reference, Span
from ingest.text import squeeze

_DATE_BEFORE = re.compile(r"(\ufdd0\ufdd1*)(?:[^\ufdd0\ufdd4\ufddc.;。]|(?<=[Rr]ef)\.|(?<=No)\.|(?<=no)\.){0,48}$")
_DATE_AND = re.compile(r"(\ufdd0\ufdd1*)\s*(?:[,、]\s*(?:and\s+)?|and\s+|[及和与]\s*[于於]?\s*)$")
_AND_DATE = re.compile(
    r"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)(?:[“\"][^”\"\n]{3,120}[”\"]\s+(?:dated|of|(?:issued|published|released)\s+on)\s+)?(\ufdd0\ufdd1*)"
)
_AND_NUMBER = re.compile(r"\s*(?:[,、&]|and\b|[及和与])\s*")
# Between a date and a number: what was of that date is named before, and another paper is added to it (D的通告及《手冊》IC-5).
_ANOTHER = re.compile(
    r"(?<=[\ufdd0\ufdd1])\s*,?\s*and\s+(?!numbered|bearing|(?i:ref|no)\b)"
    r"|(?<=[\ufdd0\ufdd1])\s*,\s*(?:to\s+)?(?:the|our|its)\s+(?:[A-Z]\w*\s+)?(?:circular|notice|letter|memo|bulletin|announcement|paper)\b|《[^》\n]{2,80}》\s?(?:以?及|和|与|、)|[告函知件][^,，。;；\ufdd0-\ufddf(（]{0,30}?\s?(?:以?及|和|与)\s?[^\ufdd0-\ufddf(（]{0,20}《"
)
# Right behind the number, or the bracket around it: no other date comes in question.
_DATED = re.compile(
    r"(?:\s*号?的?(?:通[告函知]|公告|函件|文件|指引)|\s*号|\s+of\s+(?:19|20)\d\d(?=\s+dated))?\s*[)）\]]?\s*,?\s*(?:dated|of|日期[为為]?[:：]?|[(（]\s*(?:dated\s+|日期[为為]?[:：]?\s*)?(?=\ufdd0\ufdd1*\s*[)）]))\s*(\ufdd0\ufdd1*)"
)
_TITLES = re.compile(r"《[^》\n]{0,80}》|“[^”\n]{0,120}”")
_STOP = re.compile(r"[。;]|(?<!Ref)(?<!No)\.\s+(?=[A-Z])")
_DATE_AFTER = re.compile(
    r"(?:[\s,&]*(?:and\s+)?\ufdd4\ufdd5*){0,6}[\s),、（(]*(?:both\s+|all\s+|each\s+)?"
    r"(?:(?i:dated|of|(?:(?:(?:which|that)\s+)?(?:was|were)\s+)?(?:last\s+)?(?:issued|published|released|revised|gazetted|updated)\s+"
    r"(?:by\s+(?:the\s+)?[a-z][a-z ]{1,40}?\s+)?on"
    r"|(?:published\s+)?in\s+the\s+gazette\s+(?:of|on|dated))|日期[为為]?|[于於])\s*(\ufdd0\ufdd1*)"
    r"|\s*(?:[(（]|[,，、])\s*(\ufdd0\ufdd1*)\s*[)）]"
    r"|\s*[)）]?\s*(?:已|早已|亦已?|[业業][经經已])[于於]\s*(\ufdd0\ufdd1*)(?=\s*(?:[发發]出|刊[发發登]|[发發]布|公布|[发發]表|印[发發]))"
)


def find_references(
    text: str,
    masked: str,
    numbers: Iterable[NumberMention],
    dates: Mapping[Span, DateMention],
    own: Sequence[str],
    scope: Sequence[Span],
    corrects: bool,
    survey: Survey | None = None,
) -> list[Reference]:
    """Cited documents, in order. `own` are the circular's own numbers; `corrects` tells that its subject announces a correction."""
    found: list[Reference] = []
    taken: set[Span] = set()
    every = sorted((*numbers, *_unlisted(text, masked, survey)), key=lambda mention: mention.span)
    for run in _runs(masked, [mention for mention in every if not _own(mention.number, own) and not _is_no_citation(masked, mention.span)]):
        unit = holding(scope, run[0].span[0]) or (0, len(masked))
        places = _dates_of(masked, run, unit)
        taken.update(place for place in places if place)
        for mention, place in zip(run, places, strict=True):
            day = dates.get(place) if place else None
            found.append(
                Reference(
                    quote=mention.quote,
                    span=mention.span,
                    rule="reference.number",
                    number=mention.number,
                    issued=day.start if day is not None and day.start == day.end else None,
                    relation=_relation(masked, unit, mention.span, corrects),
                    title=_title(text, masked, mention.span, unit),
                )
            )
    return sorted([*found, *_by_date(text, masked, dates, own, taken, scope, corrects, survey)], key=lambda reference: reference.span)


def _own(number: str, own: Sequence[str]) -> bool:
    """Is it a number of the circular itself, or the part of one that comes before its year (`CM-21 of 2025`)?"""
    return any(one == number or one.startswith(f"{number}of") for one in own)


def _is_no_citation(masked: str, span: Span) -> bool:
    return word_list("not_cited").search(masked, max(0, span[0] - 24), span[0]) is not None


def _runs(masked: str, mentions: Iterable[NumberMention]) -> list[list[NumberMention]]:
    """Numbers that are listed together (A, B and C)."""
    runs: list[list[NumberMention]] = []
    for mention in mentions:
        if runs and _AND_NUMBER.fullmatch(masked, runs[-1][-1].span[1], mention.span[0]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _dates_of(masked: str, run: Sequence[NumberMention], unit: Span) -> list[Span | None]:
    """The day of each number of a list: as many days in their order (circulars dated D1 and D2, A and B), else that of the first."""
    first = _date_of(masked, run[0].span, unit)
    days = _listed(masked, first, unit) if first and len(run) > 1 else []
    if len(days) == len(run):
        return list(days)
    places: list[Span | None] = []
    for mention in run:
        places.append(_date_of(masked, mention.span, unit) or (places[-1] if places else None))
    return places


def _unlisted(text: str, masked: str, survey: Survey | None) -> Iterator[NumberMention]:
    """Numbers of a shape that nobody has listed, behind a label that says of what they are (`circular no. ABC-12-2024`)."""
    for _, hit in hits("papers", masked, survey):
        for low, high in map(hit.span, ("number", "number2", "number3", "number4", "number5")):
            if low >= 0:
                yield NumberMention(number=squeezed(text[low:high]), quote=text[low:high], span=(low, high))
        for further in _MODULE.finditer(masked, *hit.span("more")):
            yield NumberMention(number=further[0], quote=text[slice(*further.span())], span=further.span())


_MODULE = re.compile(r"(?<![\w-])[A-Z]{2,3}(?:-[A-Z])?-\d{1,2}(?![\w-])")  # modules SA-2 “Outsourcing” and OR-2 “Operational Resilience”


def _date_of(masked: str, span: Span, unit: Span) -> Span | None:
    if dated := _DATED.match(masked, span[1], unit[1]):
        return dated.span(1)
    before = _DATE_BEFORE.search(masked, max(unit[0], span[0] - 100), span[0])
    if (
        before is not None
        and not _ANOTHER.search(masked, before.end(1), span[0])
        and not word_list("not_issued").search(masked, before.end(1), span[0])
        and word_list("documents").search(masked[max(unit[0], before.start() - 80) : min(span[1] + 8, unit[1])])
    ):
        return before.span(1)
    after = _DATE_AFTER.match(masked, span[1], unit[1])
    return after.span(after.lastindex or 1) if after else None


def _by_date(
    text: str,
    masked: str,
    dates: Mapping[Span, DateMention],
    own: Sequence[str],
    taken: set[Span],
    scope: Sequence[Span],
    corrects: bool,
    survey: Survey | None,
) -> list[Reference]:
    """`our circular dated D` without a number, or with one of a shape that nobody has listed (`Notice 25/118 dated D`)."""
    found = []
    for _, hit in hits("citations", masked, survey):
        low, high = hit.span()
        unit = holding(scope, low) or (low, high)
        number = squeezed(text[slice(*hit.span("cited"))]) if hit["cited"] else None
        if number in own:
            continue
        for place in _listed(masked, hit.span("date"), unit):
            day = dates.get(place)
            span = (low, high) if low <= place[0] < high else place
            title = squeeze(text[slice(*hit.span("papertitle"))]) if hit["papertitle"] else _title(text, masked, span, unit)
            if place in taken or day is None or day.start is None or not (day.start == day.end or (title and _one_month(day))):
                continue
            found.append(
                Reference(
                    quote=text[slice(*span)],
                    span=span,
                    rule=hit.rule.name,
                    number=number,
                    issued=day.start if day.start == day.end else None,
                    relation=_relation(masked, unit, (low, high), corrects),
                    title=title,
                )
            )
    return found


def _one_month(day: DateMention) -> bool:
    """Is it the month of a paper (《過渡指引》（2027年5月版）), which has no day?"""
    return day.start is not None and day.end is not None and (day.start.year, day.start.month) == (day.end.year, day.end.month)


def _title(text: str, masked: str, span: Span, unit: Span) -> str | None:
    """The title in the marks of one, within the citation, right before its number or right behind it."""
    before, low = _TITLED_BEFORE.search(masked, max(unit[0], span[0] - 90), span[0]), max(unit[0], span[0])
    within = _TITLED_AROUND.search(masked, max(unit[0], span[0] - 60), span[1] + 1)  # 《釋義及執行指引第61號》
    said = (
        (within and _TITLED.search(masked, within.start(), span[1] + 40))
        or _TITLED.search(masked, low, span[1])
        or before
        or _TITLED_BEHIND.match(masked, span[1], unit[1])
    )
    place = next((said.span(name) for name in ("title", "title2") if said.span(name)[0] >= 0), None) if said else None
    return squeeze(text[slice(*place)]) if place else None


_MARKED = (
    r"(?:《(?P<title>[^》\n]{2,80})》"
    r"|(?:题为|名为|标题为|同名|\b(?:en)?titled)\s*[,:]?\s*[《“「\"](?P<title2>[^》”」\"\n]{2,120})[》”」\"])"
)
_TITLED_AROUND = re.compile(r"《[^》\n]{2,60}第\s?\d{1,4}\s?[号]?$")
_TITLED = re.compile(_MARKED)
_TITLED_BEFORE = re.compile(_MARKED + r"\s?[(（〔]?\s?(?:[^()（）《》,，。]{1,12}[,，]\s?)?(?:(?:编号|档号|文号)\s?[:为]?\s?)?第?\s?$")
_TITLED_BEHIND = re.compile(r"\s?[)）]?\s?号?\s?的?(?:[一-鿿]{0,4}(?:通[函告知]|公告|函件?|文件|指引))?,?\s?" + _MARKED)


def _listed(masked: str, date: Span, unit: Span) -> list[Span]:
    """The date and those listed with it (`circulars dated A, B and C`, A及B發出的通告)."""
    found = [date]
    while before := _DATE_AND.search(masked, max(unit[0], found[0][0] - 60), found[0][0]):
        found.insert(0, before.span(1))
    while after := _AND_DATE.match(masked, found[-1][1], unit[1]):
        found.append(after.span(1))
    return found


def _relation(masked: str, unit: Span, span: Span, corrects: bool) -> Citation:
    near = masked[max(unit[0], span[0] - 160) : min(unit[1], span[1] + 60)]
    near = near[max((stop.end() for stop in _STOP.finditer(near, 0, min(160, span[0] - unit[0]))), default=0) :]
    near = _TITLES.sub("", near)  # a notice on amending something amends nothing by its title
    kinds: tuple[tuple[str, Citation], ...] = (
        ("replaces", "replaces"),
        ("amends", "amends"),
        ("reminds", "reminds"),
        ("appends", "appends"),
    )
    for name, relation in kinds:
        if word_list(name).search(near):
            return relation
    return "amends" if corrects else "cites"


def corrects(title: str | None) -> bool:
    """Does the subject announce a correction?"""
    return bool(title and word_list("corrections").search(title))
