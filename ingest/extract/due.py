"""When a deadline is due: its own day, a day told elsewhere, or one that is counted from another by the house's calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TypeGuard

import msgspec

from ingest.extract.dates import shift_months
from ingest.extract.leads import MARK
from ingest.extract.phrases import DAILY, Facts, Phrase, clock_place, group, is_statement, is_window
from ingest.lang.numerals import number
from ingest.lang.rules import Found, languages, word_list
from ingest.model import Clock, DateMention, Deadline, Modality, Relation, Span
from ingest.text import fold, squeeze

BUSINESS = re.compile(r"business|working|trading|settlement|clearing|market|banking|dealing|营业|工作|交易|交收", re.IGNORECASE)


class Due(msgspec.Struct, frozen=True):
    """The stated date, the last day in time, the last business day, the clock time, and why one of them is missing."""

    stated: date | None = None
    day: date | None = None
    business: date | None = None
    time: Clock | None = None
    why: str | None = None


def due_by(facts: Facts, phrase: Phrase, start: int) -> Due:
    """When the phrase is due; `start` is where its sentence or entry begins."""
    mention = facts.date_at(group(phrase.hit, "date")[1])
    if is_window(phrase):
        return with_business(facts, _closing(facts, phrase, mention))
    time = facts.time_in(clock_place(phrase))
    clock = (time.end_time or time.time) if time else _bracketed_time(facts, phrase)
    if time and mention and not (group(phrase.hit, "time")[0] or phrase.hit["counted"]) and _has_timed_day_before(facts, phrase, mention):
        clock = mention.end_time or mention.time  # `opens at 9:00 a.m. on 18 May and closes on 27 May`
    if phrase.hit["counted"]:
        return with_business(facts, _day_after(facts, phrase, mention, clock))
    if phrase.hit.said.keys() & {"nth", "side", "nth2", "nthof", "nthof2"} and phrase.relation in ("by", "before"):
        return with_business(facts, _on_counted(facts, phrase, mention, clock))
    if phrase.relation == "within":
        within = _within(facts, phrase, mention, start)
        return with_business(facts, msgspec.structs.replace(within, time=_time_at(facts, phrase) or within.time))
    if phrase.relation == "at-least-before":
        return with_business(facts, msgspec.structs.replace(_at_least(facts, phrase, mention, start), time=_time_at(facts, phrase)))
    inside = phrase.rule.endswith(".inlast")  # D前3個營業日內: no hours of business
    closes = phrase.relation == "before" and not inside and bool(word_list("close_of_day").search(facts.masked[slice(*phrase.span)]))
    if phrase.hit.said.keys() & {"endyear", "endyear2", "endthis", "endthis2"}:
        return with_business(facts, _end_of_year(facts, phrase.hit))
    if mention is not None and mention.start != mention.end and _CLOSES.search(facts.masked[slice(*phrase.span)]):
        return with_business(facts, Due(mention.end, mention.end, None, clock))
    if mention is not None and is_statement(phrase) and mention.start and mention.end and _FROM_TO.search(mention.quote):
        return with_business(facts, Due(mention.end, mention.end, None, clock))
    if phrase.relation == "by" and _is_interval(mention) and _NO_LATER.match(facts.masked, *phrase.span):
        return with_business(facts, Due(mention.end, mention.end, None, clock))
    if group(phrase.hit, "endof")[0] and mention is not None:  # `by the end of the first quarter of 2024`
        return with_business(facts, Due(mention.end, mention.end, None, clock))
    due = _elsewhere(facts, phrase, mention, start, clock)
    return with_business(facts, due or on_date(mention, "by" if closes else phrase.relation, clock))


def _has_timed_day_before(facts: Facts, phrase: Phrase, mention: DateMention) -> bool:
    """Does the phrase name another day before its own, which has a clock time?"""
    return any(day.time is not None for day in facts.days.within((phrase.span[0], mention.span[0])))


def _is_interval(mention: DateMention | None) -> TypeGuard[DateMention]:
    return mention is not None and None not in (mention.start, mention.end) and mention.start != mention.end and mention.approx is None


_NO_LATER = re.compile(
    r"(?:[Bb]y\s+|[Ii]n\s+)?[Nn]ot?\s+(?:(?:case|event)\s+)?later\s+than\b|[Ll]atest\b"
)  # `no later than the second quarter of 2028`


def _elsewhere(facts: Facts, phrase: Phrase, mention: DateMention | None, start: int, clock: Clock | None) -> Due | None:
    """By a day that another place of the text gives; None where the phrase has a day of its own."""
    if phrase.hit["thatday"] or (mention is None and _SAME_DAY.search(facts.text, *phrase.span)):
        return _on_that_day(facts, phrase, clock)
    if phrase.hit["tplus"]:
        return _trade_day(facts, phrase, start, clock)
    if mention is None and clock is not None and phrase.rule.endswith(DAILY) and not group(phrase.hit, "every")[0]:
        return _on_day_of_line(facts, phrase, clock)
    return _on_named(facts, phrase, clock) if mention is None and group(phrase.hit, "anchor")[0] else None


def _on_day_of_line(facts: Facts, phrase: Phrase, clock: Clock) -> Due | None:
    """`27 November 2024: … must be entered by 11:30 a.m.`: the day with which the paragraph begins, or that stands alone above it."""
    at = phrase.span[0]
    lines = [
        line
        for paragraph in facts.bounds
        if at - REACH_OF_DAY <= paragraph[1] and paragraph[0] <= at
        for line in _lines(facts, paragraph, at)
    ]
    for line in reversed(lines[-DAYS_ABOVE:]):
        days = facts.days.within((line[0], min(line[1], at)))
        opening = _OPENS_WITH_DAY.match(facts.masked, *line) or _DAY_ALONE.fullmatch(facts.masked, *line)
        if opening and days and days[0].span == opening.span("day") and len({day.start for day in days}) == 1:
            return on_date(days[0], phrase.relation, clock)
        if days or (line[1] > at and not MARK.match(facts.masked, *line)):
            return None
    return None


def _lines(facts: Facts, paragraph: Span, at: int) -> list[Span]:
    """The lines of a paragraph that begin with a day, each with those that follow it; the whole paragraph where none does."""
    starts = [paragraph[0], *(line.end() for line in _LINE_OF_DAY.finditer(facts.masked, paragraph[0], min(paragraph[1], at)))]
    return list(zip(starts, [*starts[1:], paragraph[1]], strict=True))


DAYS_ABOVE = 6


_LINE_OF_DAY = re.compile(r"\n(?=\s*(?:On\s+)?\ufdd0\ufdd1*\s*[:：])")


_DAY = r"(?:On\s+)?(?P<day>\ufdd0\ufdd1*)"


_OPENS_WITH_DAY = re.compile(rf"(?:{MARK.pattern})?\s*{_DAY}\s*(?:[:：]|[–—-]\s)")


_DAY_ALONE = re.compile(rf"(?:{MARK.pattern})?\s*{_DAY}[\s:：–—-]*")


def _bracketed_time(facts: Facts, phrase: Phrase) -> Clock | None:
    """The clock time of `by 15 December 2026 (12:00 noon Hong Kong time)`; hours from and to are those of an office."""
    behind = _TIME_IN_BRACKETS.match(facts.masked, phrase.span[1], phrase.span[1] + 60)
    time = facts.time_in(behind.span("time")) if behind else None
    return time.time if time and time.end_time is None else None


_TIME_IN_BRACKETS = re.compile(
    r"[\ufdd1\s]*(?:\([^()\ufdd2]{1,16}\)\s*)?\((?:\s|\b(?:at|by|before|(?:no|not)\s+later\s+than|Hong\s+Kong\s+time|[A-Z]{1,4}T|GMT|UTC)\b|即|[一-鿿]{2,8}时间)*(?P<time>\ufdd2\ufdd3*)"
)


_FROM_TO = re.compile(r"日.*[至到–—~-]")  # 申報期限：11月2日至6日


_CLOSES = re.compile(r"[\ufdd1\s](?:结束|完结|终结)时?\s*或?\s*[之以]?前$")


def _end_of_year(facts: Facts, hit: Found) -> Due:
    """2026年底前, 今年第二季末前: the last day of the year, quarter or half."""
    said, this = group(hit, "endyear")[0], group(hit, "endthis")[0]
    shift = languages()["zh"].word("year", this) if this else None
    year = number(said) if said else facts.issued.year + shift if facts.issued and isinstance(shift, int) else None
    if year is None:
        return Due(why="no date is stated")
    quarter, half = group(hit, "endquarter")[0], group(hit, "endhalf")[0]
    month = 3 * (number(quarter) or 4) if quarter else 6 if half == "上" else 12
    day = shift_months(date(year, 1, 31), month - 1)
    return Due(day, day)


def on_date(mention: DateMention | None, relation: Relation, clock: Clock | None) -> Due:
    """`before D` without a clock time is due the day before; every other relation on D."""
    if mention is None:
        return Due(time=clock, why="no date is stated")
    first, last = mention.start or mention.end, mention.end or mention.start
    if last is not None and _END_OF.search(mention.quote):  # `by the end of May`, `before the end of May`: on 31 May at the latest
        return Due(last, last, None, clock)
    if relation == "before" and first is not None and first != last and mention.approx is None:  # `before June`: by the last day of May
        return Due(None, first - timedelta(days=1), None, clock)
    if first is None or first != last:
        return Due(time=clock, why="the stated date is an interval")
    return Due(first, first - timedelta(days=1) if relation == "before" and clock is None else first, None, clock)


_END_OF = re.compile(r"\b[Ee]nd(?:\s+of|\s*-|\s)\s*(?!.*(?:\bto\b|–|—))|[底末尾]$")


def with_business(facts: Facts, due: Due) -> Due:
    if due.day is None:
        return due
    business = facts.calendar.last_on_or_before(due.day)
    why = None if business else facts.calendar.why(due.day)
    return Due(due.stated, due.day, business, due.time, why)


def _unit(hit: Found) -> tuple[int | None, str, bool]:
    """Count, unit and whether business days are counted."""
    said, unit = group(hit, "count")[0], (group(hit, "unit")[0] or "").lower()
    unit = unit if unit.isascii() else "".join(unit.split())
    return (_count(said) if said else 1), unit, bool(BUSINESS.search(unit))


def _count(said: str) -> int | None:
    for language in languages().values():
        value = language.words.get("count", {}).get(said.lower())
        if isinstance(value, int):
            return value
    return _ordinal(said) if said[-2:] in ("st", "nd", "rd", "th") or said.endswith("ieth") else number(said)


def _within(facts: Facts, phrase: Phrase, mention: DateMention | None, start: int) -> Due:
    count, unit, business = _unit(phrase.hit)
    stated = (mention.end or mention.start) if mention is not None else None  # `from 17 August` opens the date
    anchor = stated
    if not group(phrase.hit, "count")[0] and mention is not None:  # `within the following business day`
        return Due(stated, stated)
    said = (group(phrase.hit, "anchor")[0] or "").strip()
    if anchor is None and word_list("own_date").search(said):
        anchor = facts.issued
    if anchor is None and word_list("said_date").search(said):
        anchor = _only_day(facts, start, phrase.span[0])
    if anchor is None and said:
        anchor = facts.named.day(said)
    if mention is not None and _ONE_OF_SEVERAL.search(facts.masked, max(0, mention.span[0] - 24), mention.span[0]):
        return Due(why="it counts from each of several days")
    if anchor is None or count is None:
        return Due(stated, why="the day that it counts from is not known")
    if phrase.hit["inclusive"] or _starts_next_day(facts, mention):  # the day that it counts from is the first one
        return Due(stated, _moved(facts, anchor - timedelta(days=1), count, unit, business), why="the calendar does not cover it")
    return Due(stated, _moved(facts, anchor, count, unit, business), why="the calendar does not cover it")


def _starts_next_day(facts: Facts, mention: DateMention | None) -> bool:
    """公告之次日起三日內: the day after is the first of the three."""
    return mention is not None and mention.relative and fold(mention.quote) in _NEXT_DAY and facts.text[mention.span[1] :][:1] == "起"


_NEXT_DAY = ("次日", "翌日", "隔日")
_ONE_OF_SEVERAL = re.compile(r"\ufdd0\ufdd1*\s*(?:[及和与、]|\band\b)\s*$")  # 6月及12月底後一個月內


def _on_counted(facts: Facts, phrase: Phrase, mention: DateMention | None, clock: Clock | None) -> Due:
    """`by the last business day of April 2023`, `before the business day following 6 April`."""
    start, end = (mention.start, mention.end) if mention is not None else _month_of(phrase.hit)
    if start is None or end is None:
        return Due(time=clock, why="the day that it counts from is not known")
    _, unit, business = _unit(phrase.hit)
    nth, side = group(phrase.hit, "nth")[0] or group(phrase.hit, "nthof")[0], group(phrase.hit, "side")[0]
    last = nth is not None and nth.startswith(("last", "最后"))
    back = last if side is None else side[:1] in "bp"
    count = _ordinal(nth) if nth and not last else 1
    outside = timedelta(days=1 if side is None else 0)  # in `the last day of April` the count begins on the 1st of May
    day = count and _moved(facts, end + outside if back else start - outside, -count if back else count, unit, business)
    if not day:
        return Due(time=clock, why="the calendar does not cover it")
    stated = start if start == end else day
    return Due(stated, day - timedelta(days=1) if phrase.relation == "before" and clock is None else day, None, clock)


def _day_after(facts: Facts, phrase: Phrase, mention: DateMention | None, clock: Clock | None) -> Due:
    """`by the business day following 6 April`: the day is a date by itself."""
    counted, stated = facts.date_at(phrase.hit.span("counted")), mention.end if mention is not None else None
    if counted is None or counted.end is None:
        return Due(stated, time=clock, why="the day that it counts from is not known")
    strictly = phrase.relation == "before" and clock is None
    return Due(stated, counted.end - timedelta(days=1) if strictly else counted.end, None, clock)


def _closing(facts: Facts, phrase: Phrase, mention: DateMention | None) -> Due:
    """The end of a window, with the clock time that stands at its end."""
    times = facts.times.within((max(phrase.hit.span("first")[1], phrase.span[0]), phrase.span[1]))
    day = mention.end if mention is not None else None
    return Due(day, day, None, times[-1].time if times else None, None if day else "no date is stated")


def _month_of(hit: Found) -> tuple[date | None, date | None]:
    """First and last day of the month in 2026年4月的最後一個營業日."""
    year, month = (number(group(hit, part)[0] or "") for part in ("ofyear", "ofmonth"))
    if year is None or month is None:
        return None, None
    first = date(year, month, 1)
    return first, shift_months(first, 1) - timedelta(days=1)


def _trade_day(facts: Facts, phrase: Phrase, start: int, clock: Clock | None) -> Due:
    """`for trades of 3 May by T+2`: so many business days after the one day that the sentence names before."""
    traded, count = _only_day(facts, start, phrase.span[0]), number(phrase.hit["tplus"] or "")
    if traded is None or count is None:
        return Due(time=clock, why="the day that it counts from is not known")
    return Due(traded, facts.calendar.shift(traded, count), None, clock, "the calendar does not cover it")


def _on_that_day(facts: Facts, phrase: Phrase, clock: Clock | None) -> Due:
    """`by noon on that day`: the day that the body named last, unless one of another kind (`on a business day`) stands between."""
    at = phrase.span[0]
    body = next(iter(facts.bounds), (at, at))[0]  # the day of the circular itself is not meant
    before = facts.days.within((max(at - REACH_OF_DAY, body), at))
    day = before[-1] if before else None
    if day is not None and day.time is None and not phrase.hit["thatday"] and len({one.start for one in before}) > 1:
        day = None  # one of several days: it is doubted where it stands
    if day is None or day.start is None or day.start != day.end or _SOME_DAY.search(facts.masked, day.span[1], at):
        return Due(time=clock, why="the day that it counts from is not known")
    return on_date(day, phrase.relation, clock)


REACH_OF_DAY = 300


_SAME_DAY = re.compile(r"\b(?:the|that)\s+same\s+(?:day|date)\b")


_SOME_DAY = re.compile(
    r"\b(?:an?|any|each|every|the|which|no)\s+(?:[A-Za-z-]+\s+){0,3}(?:[Dd]ay|[Dd]ate|[Dd]eadline)s?\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)


def _on_named(facts: Facts, phrase: Phrase, clock: Clock | None) -> Due:
    """`by the record date`: the day that the text calls so; what is done before a deadline may still be done on its day.

    接獲通知後第二個營業日上午十時前 counts from it.
    """
    said = (group(phrase.hit, "anchor")[0] or "").strip()
    day = facts.named.day(said)
    if day is not None and group(phrase.hit, "count")[0]:
        count, unit, business = _unit(phrase.hit)
        day = _moved(facts, day, count, unit, business) if count is not None else None
    if day is None:
        return Due(time=clock, why="the day that it counts from is not known")
    before = phrase.relation == "before" and clock is None and not _LAST_DAY.search(fold(said).lower())
    return Due(day, day - timedelta(days=1) if before else day, None, clock)


_LAST_DAY = re.compile(r"deadline|cut-?off|closing|截止|限期|期限|时限")


def _ordinal(said: str) -> int | None:
    if not said.isascii() or said.isdigit():
        return 1 if said == "首" else number(said)
    value = languages()["en"].word("ordinal", said)
    return value if isinstance(value, int) else number(said[:-2])


def rolled(facts: Facts, due: Due, *places: Span) -> Due:
    """`or, if that is no business day, the following one`: said in the phrase, behind it, or in the sentence after it."""
    if due.day is None or due.day == due.business:  # a business day stays what it is
        return due
    said, rest, after = (fold(facts.text[slice(*place)]) for place in places)
    if word_list("rolled_inside").search(said):  # 於…或（如該日並非營業日）下一個營業日或之前
        day = facts.calendar.first_on_or_after(due.day)
        return msgspec.structs.replace(due, day=day, business=day, why=None if day else facts.calendar.why(due.day))
    for name, moved in (("rolls_on", facts.calendar.first_on_or_after), ("rolls_back", facts.calendar.last_on_or_before)):
        if word_list(name).match(rest) or word_list(name).match(after):
            day = moved(due.day)
            return msgspec.structs.replace(due, day=day, business=day, why=None if day else facts.calendar.why(due.day))
    return due


def _only_day(facts: Facts, start: int, end: int) -> date | None:
    """The one day that the sentence names before: `for trades of 18 December within two days of the trade date`."""
    near = facts.days.starting((start, end))
    return near[0].start if len(near) == 1 and near[0].start == near[0].end else None


def _at_least(facts: Facts, phrase: Phrase, mention: DateMention | None, start: int) -> Due:
    count, unit, business = _unit(phrase.hit)
    stated = mention.start if mention is not None else None
    said = (group(phrase.hit, "anchor")[0] or "").strip()
    if stated is None and word_list("said_date").fullmatch(said):
        stated = _only_day(facts, start, phrase.span[0])
    anchor = stated or (facts.named.day(said) if said else None)
    if anchor is None or count is None:
        return Due(why="the day that it counts from is not known")
    if stated is not None and re.search(r"minute|分钟", unit):  # 於D早市開市前30分鐘
        return Due(stated, stated)
    if group(phrase.hit, "clear")[0]:  # three clear days lie between the act and the day
        count += 1
    return Due(stated, _moved(facts, anchor, -count, unit, business), why="the calendar does not cover it")


def _time_at(facts: Facts, phrase: Phrase) -> Clock | None:
    """The clock time behind the days that are counted, not the one of the day that they are counted from."""
    time = facts.time_in(group(phrase.hit, "attime")[1])
    return (time.end_time or time.time) if time else None


def _moved(facts: Facts, anchor: date, count: int, unit: str, business: bool) -> date | None:
    if business:
        return facts.calendar.shift(anchor, count)
    if re.search(r"month|月", unit):
        return shift_months(anchor, count)
    if re.search(r"year|年", unit):
        return shift_months(anchor, 12 * count)
    if re.search(r"week|星期|[周週]", unit):
        return anchor + timedelta(weeks=count)
    if re.search(r"hour|minute|小时|分钟", unit):
        return None
    return anchor + timedelta(days=count)


def entered(
    facts: Facts, span: Span, relation: Relation, rule: str, due: Due, action: str | None, tentative: bool, modality: Modality
) -> Deadline:
    return Deadline(
        quote=facts.text[slice(*span)],
        span=span,
        rule=rule,
        stated=due.stated,
        relation=relation,
        due=due.day,
        due_business=due.business,
        time=due.time,
        why=due.why,
        action=squeeze(action) if action else None,
        tentative=tentative,
        modality=modality,
    )
