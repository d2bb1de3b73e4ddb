"""Dates and intervals: finds what is written, then fills in what the writer left to the context.

Two steps, because the header's own issue date is needed for the second: `candidates` reads the words (`26 March`,
`同日`), `resolve` gives them year and anchor and turns the impossible into `Unexplained`.
"""

from __future__ import annotations

import bisect
import itertools
import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

import msgspec
from msgspec.structs import replace

from ingest.lang.numerals import number
from ingest.lang.rules import Found, Language, Survey, compose, hits, languages, word_list, words
from ingest.lang.spacing import loosen
from ingest.model import Approx, DateMention, Span, Unexplained
from ingest.text import BOUNDARY, fold

DAYS_OF = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
WEEKDAY_PARTS = ("weekdaybefore", "weekdayafter", "weekdaycomma")
NOT_A_YEAR_AWAY = timedelta(days=183)
NEAR = timedelta(days=60)  # a day so near to the issue date is that one, where the sentence does not tell
A_YEAR = timedelta(days=365)  # what a paper of the last year asked for may be told of
JUST_GONE = timedelta(days=31)  # what is to be done was due before a circular by no more than this


class Day(msgspec.Struct, frozen=True):
    """A day, or a part of a month, quarter or half, as far as it is written. `approx` narrows a month."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    approx: Approx | None = None
    weekday: int | None = None


class Candidate(msgspec.Struct, frozen=True):
    """What is written at one place: an interval from `first` to `last`, or a day relative to an anchor.

    `ahead` tells that the anchor stands right behind it (`the business day following 6 April`), `shared_year` that a list gives the
    year, `next_year` that the interval ends in the year after (至翌年6月30日),
    `week` which week from that of the issue date a weekday is of (下星期五), `or_day` what `Feb 27` is if it is not February 2027
    (`EMPTY` where nobody knows).
    """

    span: Span
    rule: str
    first: Day
    last: Day
    open_start: bool = False
    open_end: bool = False
    this_year: int | None = None
    month_shift: int | None = None
    relative: int | None = None
    week: int | None = None
    business: bool = False
    ahead: bool = False
    same: bool = False
    shared_year: bool = False
    or_day: Day | None = None
    next_year: bool = False
    lang: str = "en"


class Context(msgspec.Struct, frozen=True):
    """What the text around a place says: its clause, its row, its headings. `pipeline` builds it from the layout.

    `scope` is where an anchor may stand, `unit` where that of `the same day` may, `years` what the nearest sentence or heading
    gives, `conditional` tells whether the sentence makes it depend (`if the last day is a holiday, on the following business day`),
    `shift` counts business days.
    `direction` tells whether a day is still to come (1), has been (-1), or the words do not say (0).
    `neighbour` is the nearest day with a printed year in that scope, on which side it stands (-1 before, 1 behind), and where.
    """

    issued: date | None
    scope: Callable[[int], Span]
    unit: Callable[[int], Span]
    years: Callable[[int], Sequence[int]]
    conditional: Callable[[int], bool]
    shift: Callable[[date, int], date | None]
    direction: Callable[[Span], int] = lambda _: 0
    neighbour: Callable[[int], tuple[date, int, Span] | None] = lambda _: None


# Reading what is written ---------------------------------------------------------------------------------------------


EMPTY = Day()
LISTS = frozenset(("days", "ranges", "rangesbefore", "monthlist", "monthnames", "shorts"))
SPECIAL = LISTS | {"quarter", "quarterq", "half", "halfh", "yearend", "lastday", "nth"}  # parts of rules that read more


def candidates(text: str, survey: Survey | None = None) -> list[Candidate]:
    """All date-like expressions in folded, masked text, in all languages, in order; of two that overlap the longer stays."""
    found: list[Candidate] = []
    for language, hit in hits("dates", text, survey):
        if not _is_numbering(text, hit.span()[0]) and not _is_yearly(text, hit.span()[0]):
            found += _read(hit, language, text)
    return [_with_weekday(item, text) for item in _as_written(_with_shared_years(_without_overlaps(found), text))]


def _as_written(found: list[Candidate]) -> list[Candidate]:
    """`Effective Date: 04/05/25` above `On Saturday, April 5, 2025`: month first, as the text writes that day, and no other, in words."""
    slashed = [item for item in found if item.rule in _SLASHED]
    if not slashed or not any(".monthfirst" in item.rule for item in found):
        return found
    written = {(item.first.year, item.first.month, item.first.day) for item in found if item.rule not in _SLASHED}
    turned = {
        item.span: replace(item.first, month=item.first.day, day=item.first.month)
        for item in slashed
        if (item.first.year, item.first.day, item.first.month) in written
        and (item.first.year, item.first.month, item.first.day) not in written
    }
    return [replace(item, first=day, last=day) if (day := turned.get(item.span)) else item for item in found]


_SLASHED = ("en.dates.numeric", "en.dates.numericshort")

_WEEKDAY = re.compile(
    r"(?<![一二三四五六七八九十\d至到及、和])(?:星\s?期|周|礼拜)\s?([一二三四五六日天])\s*(,?|\(|(?<=\(...)\)|(?<=\(..)\))\s*$"
)


_WEEKDAYS = re.compile(r"(?<![A-Za-z])(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?(?:\s?[-–—~/&]\s?|\s+(?:to|and|through)\s+)$")


def _with_weekdays(item: Candidate, text: str) -> Candidate:
    """`Sat – Sun, 20 – 21 February 2027`: the weekday right before an interval is that of its last day, the one before it of its first."""
    low, high = item.span
    if item.lang != "en" or item.first.weekday is None or item.last.weekday is not None or item.first == item.last:
        return item
    said = _WEEKDAYS.search(text, max(0, low - 14), low)
    if said is None:
        return item
    first = replace(item.first, weekday=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").index(said[1]))
    return replace(item, first=first, last=replace(item.last, weekday=item.first.weekday), span=(said.start(), high))


def _with_weekday(item: Candidate, text: str) -> Candidate:
    """星期一，4月8日 and 星期一（4月8日）: the weekday before a Chinese date belongs to it."""
    low, high = item.span
    if item.lang == "en":
        return _with_weekdays(item, text)
    if item.lang != "zh" or item.first.weekday is not None or item.first.day is None or item.first != item.last:
        return item
    said = _WEEKDAY.search(text, max(0, low - 8), low)
    if said is None or (said[2] == "(" and text[high : high + 1] != ")"):
        return item
    day = replace(item.first, weekday="一二三四五六日".find(said[1].replace("天", "日")))
    if said[2] == "(":
        return replace(item, first=day, last=day)
    return replace(item, first=day, last=day, span=(said.start() - (said[2] == ")"), high))


def _is_numbering(text: str, at: int) -> bool:
    """第3.4.2027項, 檔案編號1/12/2027, `Paragraph 3.5.2023`: the number of a section or a file."""
    return _DIGITS.match(text, at) is not None and bool(word_list("no_date_after").search(text, max(0, at - 12), at))


def _is_yearly(text: str, at: int) -> bool:
    """每年6月30日及12月31日: the days listed behind the first come every year too."""
    return text.find("每", max(0, at - 40), at) >= 0 and _YEARLY.search(text, max(0, at - 40), at) is not None


_YEARLY = re.compile(
    loosen(r"每年度?的?(?:\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十廿卅]{1,3}\s*[日号]\s*[、,及和与或]\s*)+$")
)
_DIGITS = re.compile(r"\d{1,4}[./-]\d")


def _without_overlaps(found: Iterable[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for item in sorted(found, key=lambda c: (c.span[0], -c.span[1])):
        if kept and item.span[0] < kept[-1].span[1]:
            if item.span[1] - item.span[0] > kept[-1].span[1] - kept[-1].span[0]:
                kept[-1] = item
            continue
        kept.append(item)
    return kept


_LISTED = re.compile(r"\s*(?:,|/|&|;|\band\b|\bor\b)(?:\s*(?:and|or|&)\b)?\s*(?:on\s+)?")


_LISTED_ZH = re.compile(r"\s*(?:、|,|，|及|和|与|或|以及)\s*")


def _with_shared_years(found: Sequence[Candidate], text: str) -> list[Candidate]:
    """The members of a list share the year: an English one prints it last (`30 April, 4 and 5 May 2026`), a Chinese one first."""
    shared = list(found)
    for index in range(1, len(shared)):
        before, here = shared[index - 1], shared[index]
        if here.lang != "zh" or not _lacks_year(here) or not here.first.month or not before.last.year or not before.last.month:
            continue
        if _LISTED_ZH.fullmatch(text, before.span[1], here.span[0]):
            year = before.last.year + (here.first.month < before.last.month)
            last_year = year + ((here.last.month or here.first.month) < here.first.month)
            shared[index] = replace(here, first=replace(here.first, year=year), last=replace(here.last, year=last_year), shared_year=True)
    for index in range(len(shared) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        if here.lang != "en" or not _lacks_year(here) or after.first.year is None or after.first.month is None:
            continue
        if here.last.month is not None and _LISTED.fullmatch(text, here.span[1], after.span[0]):
            year = after.first.year - (here.last.month > after.first.month)
            first_year = year - ((here.first.month or here.last.month) > here.last.month)
            shared[index] = replace(here, first=replace(here.first, year=first_year), last=replace(here.last, year=year), shared_year=True)
    return shared


def _lacks_year(item: Candidate) -> bool:
    return (
        item.relative is None and item.this_year is None and item.month_shift is None and item.first.year is None and item.last.year is None
    )


def _read(hit: Found, language: Language, text: str) -> list[Candidate]:
    start, end = _trim(text, hit.span())
    said = hit.said
    base = Candidate((start, end), hit.rule.name, EMPTY, EMPTY, lang=language.code)
    if "relative" in said:
        return [_relative(hit, language, base)]
    first, last = _day(said, "", language), _day(said, "2", language) if hit.rule.ranges else EMPTY
    if last == EMPTY:
        first = first if first != EMPTY else _day(said, "3", language)
        last = first
    if not SPECIAL.isdisjoint(said):
        return _special(hit, language, base, first, last)
    if "between" in said and (last.day or 0) > (first.day or 0):  # one that ends before it begins is told as an interval
        return _two_days(hit, base, first, replace(last, year=first.year, month=first.month))
    if "day2" in said and _moved(text, start):
        return _two_days(hit, base, _filled(first, last), last)
    item = Candidate(
        base.span,
        base.rule,
        first,
        last,
        open_end=bool(said.get("open")),
        this_year=_int(language.word("year", said["this"])) if "this" in said else None,
        month_shift=_int(language.word("monthshift", said["monthshift"])) if "monthshift" in said else None,
        next_year="nextyear2" in said,
        lang=base.lang,
    )
    return [item]


def _special(hit: Found, language: Language, base: Candidate, first: Day, last: Day) -> list[Candidate]:
    """Lists, parts of a year, and days counted by weekdays."""
    if hit["quarter"] or hit["quarterq"] or hit["half"] or hit["halfh"]:
        return _quarters(hit, language, base, first) if hit["quarter2"] else [_part_of_year(hit, language, base, first)]
    if hit["lastday"]:
        return [_last_of_month(base, first)]
    if hit["yearend"]:
        last = replace(last, month=12, approx="late")
        return [replace(base, first=last, last=last)]
    if hit["ranges"]:
        return _ranges(hit, base, first, last)
    if hit["rangesbefore"]:
        return _ranges_before(hit, base, _filled(first, last), last)
    if hit["days"]:
        last = replace(last, month=last.month or first.month, year=last.year or first.year)  # a Chinese list prints them first
        return _list(hit, base, _filled(first, last), last)
    if hit["monthlist"]:
        this = _int(language.word("year", hit["this"])) if hit["this"] else None
        return _month_list(hit, replace(base, this_year=this))
    if hit["monthnames"]:
        return _month_names(hit, language, base, first)
    if hit["shorts"]:
        return _short_months(hit, language, base)
    return [_nth_weekday(hit, language, base, first)]


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _day(said: Mapping[str, str], suffix: str, language: Language) -> Day:
    weekday = next((said[part + suffix] for part in WEEKDAY_PARTS if part + suffix in said), None)
    approx = said.get("approx" + suffix) or said.get("approxafter" + suffix)
    day, word, year = said.get("day" + suffix), said.get("dayword" + suffix), said.get("year" + suffix)
    return Day(
        year=_year(year, said.get("era" + suffix)) if year else None,
        month=_month(said.get("month" + suffix), language),
        day=number(day) if day else _int(language.word("ordinal", "-".join(word.split()))) if word else None,
        approx=_approx(approx, language) if approx else None,
        weekday=_int(language.word("weekday", weekday)) if weekday else None,
    )


def _int(value: int | str | None) -> int | None:
    return value if isinstance(value, int) else None


def _approx(word: str | None, language: Language) -> Approx | None:
    value = language.word("approx", re.sub(r"\s+", " ", word).strip(" -")) if word else None
    return value if value in DAYS_OF else None  # type: ignore[return-value]


def _year(text: str | None, era: str | None) -> int | None:
    """The value of a printed year: a four-digit year, a year of two digits in this century, or a year of the Republic (民國 1 = 1912)."""
    if not text:
        return None
    value = number(text)
    if value is None:
        return None
    if era is not None or 100 <= value < 200:  # 116年 is one of the Republic, with or without 民國
        return value + 1911
    return value + 2000 if value < 100 else value


def _month(text: str | None, language: Language) -> int | None:
    if not text:
        return None
    named = _int(language.word("month", text)) if "month" in language.words else None
    return named if named is not None else number(text)


def _part_of_year(hit: Found, language: Language, base: Candidate, first: Day) -> Candidate:
    word = hit["quarter"] or hit["quarterq"] or hit["half"] or hit["halfh"] or ""
    which = _int(language.word("quarter", word)) or number(word) or 1
    months = 6 if hit["half"] or hit["halfh"] else 3
    start = Day(year=first.year, month=(which - 1) * months + 1)
    return replace(base, first=start, last=replace(start, month=which * months), open_end=bool(hit["open"]))


def _quarters(hit: Found, language: Language, base: Candidate, first: Day) -> list[Candidate]:
    """第一季及第二季 are two, 第三季至第四季 one."""
    one, two = (_int(language.word("quarter", said)) or number(said) or 1 for said in (hit["quarter"] or "", hit["quarter2"] or ""))
    begins, ends = Day(year=first.year, month=3 * one - 2), Day(year=first.year, month=3 * two)
    if re.search(r"[至到–—~─-]", hit["quarterjoin"] or ""):
        return [replace(base, first=begins, last=ends)]
    low, high = hit.span("quarterjoin")
    return [
        replace(base, span=(base.span[0], low), first=begins, last=replace(begins, month=3 * one)),
        replace(base, span=(high, base.span[1]), first=replace(ends, month=3 * two - 2), last=ends),
    ]


def _last_of_month(base: Candidate, month: Day) -> Candidate:
    """`the last day of June 2027`."""
    day = replace(month, day=_length(month.year or 1, month.month or 1))
    return replace(base, first=day, last=day)


def _list(hit: Found, base: Candidate, first: Day, last: Day) -> list[Candidate]:
    """`24, 25 & 26 April 2023`: one item each, with its own span; all but the last are bare numbers. The last can be a range."""
    at, text = hit.span("days")[0], hit["days"] or ""
    items = []
    for match in _LISTED_DAY.finditer(text):
        day = replace(last, day=number(match[1]), weekday="一二三四五六日".find(match[2].replace("天", "日")) if match[2] else None)
        items.append(replace(base, span=(at + match.start(), at + match.end()), first=day, last=day))
    if base.lang == "en":
        items = _in_one_month(items, first, hit.match.string)
    if hit["lead"]:  # Chinese: year and month stand before the first day
        items[0] = replace(items[0], span=(hit.span()[0], items[0].span[1]))
    return [*items, replace(base, span=(hit.span("day")[0], base.span[1]), first=first, last=last)]


_LISTED_DAY = re.compile(
    loosen(r"(\d+|[一二三四五六七八九十廿卅]{1,4})(?:st|nd|rd|th)?(?:\s*[日号]?\s*\((?:星期|周|礼拜)?\s*([一二三四五六日天])\))?")
)


def _ranges(hit: Found, base: Candidate, first: Day, last: Day) -> list[Candidate]:
    """4月8至12日及15至19日: intervals within one month."""
    at, text = hit.span("ranges")[0], hit["ranges"] or ""
    last = replace(first, day=last.day, weekday=last.weekday)
    items = [replace(base, span=(base.span[0], at), first=first, last=last)]
    for match in _DAYS.finditer(text):
        opens, closes = (replace(first, day=number(day), weekday=None) for day in match.groups())
        items.append(replace(base, span=(at + match.start(), at + match.end()), first=opens, last=closes))
    return items


def _ranges_before(hit: Found, base: Candidate, first: Day, last: Day) -> list[Candidate]:
    """`3 to 5, 8 and 10 May 2023`: intervals and days whose month and year the last of them prints."""
    at, text = hit.span("rangesbefore")[0], hit["rangesbefore"] or ""
    month = replace(last, month=last.month or first.month, year=last.year or first.year, weekday=None)
    items = []
    for match in re.finditer(r"(\d+)(?:st|nd|rd|th)?(?:\s*(?:to|–|—|-|~)\s*(\d+)(?:st|nd|rd|th)?)?", text):
        opens, closes = (replace(month, day=int(day)) for day in (match[1], match[2] or match[1]))
        items.append(replace(base, span=(at + match.start(), at + match.end()), first=opens, last=closes))
    first, last = (replace(day, month=month.month, year=month.year) for day in (first, last))
    return [*items, replace(base, span=(hit.span("day")[0], base.span[1]), first=first, last=last)]


_DAYS = re.compile(loosen(r"(\d+|[一二三四五六七八九十廿卅]{1,4})\D*?(?:至|到|[–—~─-])\s*(\d+|[一二三四五六七八九十廿卅]{1,4})\s*[日号]"))


def _in_one_month(items: Sequence[Candidate], last: Day, text: str) -> list[Candidate]:
    """Days of one month go up and are no numbers of something else: in `Article 5, 3 May` and `Rules 2 and 3 May` there is one day."""
    kept: list[Candidate] = []
    after = last.day or 0
    for item in reversed(items):
        if not (item.first.day or 0) < after:
            break
        kept.append(item)
        after = item.first.day or 0
    return kept[::-1] if not items or not _numbered("en").search(text, max(0, items[0].span[0] - 16), items[0].span[0]) else []


@cache
def _numbered(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(languages()[code].lists['numbered'])})\s*$")


def _month_names(hit: Found, language: Language, base: Candidate, last: Day) -> list[Candidate]:
    """`April and May 2027` is one interval as neighbours are; `Mar & Jun 2027` and `Nov, Dec 2026` are one item each."""
    at, text = hit.span("monthnames")[0], hit["monthnames"] or ""
    named = [(match.span(), _month(match[0], language)) for match in re.finditer(r"[A-Za-z]+", text)]
    joined = (hit.match.string[hit.span("monthnames")[1] : hit.span("month")[0]]).strip(" ,") in ("and", "&")
    if len(named) == 1 and joined and last.approx is None and last.month == (named[0][1] or 0) % 12 + 1:
        first = replace(last, month=named[0][1], year=(last.year or 0) - (last.month == 1))
        return [replace(base, first=first, last=last)]
    items, after = [replace(base, span=(hit.span("month")[0], base.span[1]), first=last, last=last)], last
    for (low, high), month in reversed(named):
        day = replace(after, month=month, year=(after.year or 0) - ((month or 0) > (after.month or 0)))
        items.append(replace(base, span=(at + low, at + high), first=day, last=day))
        after = day
    if last.approx is not None:  # the part of the month is said before the first
        items[-1] = replace(items[-1], span=(base.span[0], items[-1].span[1]))
    return items[::-1]


def _short_months(hit: Found, language: Language, base: Candidate) -> list[Candidate]:
    """`Dec 26, Mar 27`: months with years of two digits if the years go up as the months do, else days."""
    at = hit.span("shorts")[0]
    read = [
        (m.span(), _month(m[1], language) or 0, int(m[2])) for m in re.finditer(r"([A-Za-z]+)\.?\s?[-\x27’‘]?(\d\d)", hit["shorts"] or "")
    ]
    in_step = all(after[2] == before[2] + (after[1] <= before[1]) for before, after in itertools.pairwise(read))
    items = []
    for (low, high), month, digits in read:
        whole, day = Day(year=2000 + digits, month=month), EMPTY if hit.rule.name.endswith(".shortmonth") else Day(month=month, day=digits)
        said = whole if in_step else day
        items.append(replace(base, span=(at + low, at + high), first=said, last=said, or_day=day if in_step else None))
    return items


_MONTH_AND_FIGURES = re.compile(r"([A-Za-z]+)\.?\s?[-\x27’‘]?(\d\d)")


def _nth_weekday(hit: Found, language: Language, base: Candidate, month: Day) -> Candidate:
    """`the third Wednesday of June 2024`."""
    word, weekday = (hit["nth"] or "").lower(), _int(language.word("weekday", hit["nthweekday"] or "")) or 0
    year, number_of_month = month.year or 1, month.month or 1
    opens, length = monthrange(year, number_of_month)
    days = range(1 + (weekday - opens) % 7, length + 1, 7)
    which = _int(language.word("quarter", word))
    day = replace(month, day=days[-1 if which is None else which - 1])
    return replace(base, first=day, last=day)


# The hour of a day that something is moved from.
_CLOCK = r"(?:\d{1,2}(?:[:.]?\d\d)?\s*(?:[ap]\.?\s?m\.?|noon|hours|hrs)?|(?:12\s+)?noon|midnight)"


@cache
def _moved_from(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(languages()[code].lists['moved'])})\s*(?:{_CLOCK}\s*,?\s*(?:on\s+)?)?$")


def _moved(text: str, at: int) -> bool:
    """`extended from D to E` names two days, no interval."""
    return bool(_moved_from("en").search(text, max(0, at - 80), at))


def _filled(first: Day, last: Day) -> Day:
    """The first day with the month and year that only the second one prints."""
    month = first.month or last.month
    year = last.year - ((month or 0) > (last.month or 0)) if last.year and not first.year else first.year
    return replace(first, month=month, year=year)


def _two_days(hit: Found, base: Candidate, first: Day, last: Day) -> list[Candidate]:
    groups = ("weekdaybefore", "day", "month", "year", "weekdayafter", "weekdaycomma")
    middle = hit.span("between")[0] if hit["between"] else max(hit.span(name)[1] for name in groups)
    middle += len(re.match(r"\s*\)?", hit.match.string[middle:])[0].rstrip())  # type: ignore[index]
    again = min(hit.span(name + "2")[0] for name in groups if hit[name + "2"])
    days = (
        replace(base, span=(base.span[0], middle), first=first, last=first),
        replace(base, span=(again, base.span[1]), first=last, last=last),
    )
    return list(days)


_MONTH = re.compile(
    r"(?:(?P<year>[\d\s]{4,}|[〇零○一二三四五六七八九\s]{4,})年\s*)?(?P<month>\d+|[一二三四五六七八九十]+)(?:\s*月)?(?:\s*份)?"
)


def _month_list(hit: Found, base: Candidate) -> list[Candidate]:
    """2026年11月、12月及2027年3月: one item each, the year goes on until another is printed; 4月及5月 is one interval."""
    at, year, items = hit.span("monthlist")[0], None, []
    for match in _MONTH.finditer(hit["monthlist"] or ""):
        year = _year(match["year"], None) or year
        month = Day(year=year, month=number(match["month"]))
        items.append(replace(base, span=(at + match.start(), at + match.end()), first=month, last=month))
    items[0] = replace(items[0], span=(base.span[0], items[0].span[1]))
    joined = bool(re.search(r"[及和与或]", hit["monthlist"] or ""))
    if len(items) == 2 and joined and _count_of(items[1].first) - _count_of(items[0].first) == 1:
        return [replace(base, first=items[0].first, last=items[1].last)]
    return items


def _count_of(month: Day) -> int:
    return (month.year or 0) * 12 + (month.month or 0)


def _relative(hit: Found, language: Language, base: Candidate) -> Candidate:
    word = re.sub(r"\s+", " ", hit["relative"] or "").lower()
    business = bool(hit["business"]) and "calendar" not in (hit["business"] or "").lower()
    shift = _int(language.word("relative", word))
    if hit["weekshift"]:
        day = _day(hit.said, "", language)
        shift = _int(language.word("weekshift", "".join(hit["weekshift"].split())))
        return replace(base, first=day, last=day, relative=0, week=shift, this_year=0)
    if hit["day"]:  # 同月30日
        return replace(base, first=_day(hit.said, "", language), relative=0)
    today = language.word("today", word) is not None  # anchored to the issue date, wherever it stands
    return replace(
        base,
        relative=-1 if hit["back"] or hit["daybefore"] else 1 if shift is None else shift,
        business=business,
        this_year=0 if today else None,
        ahead=bool(hit["ahead"]),
        same="same" in word or word.startswith("同") or _on_the_day(hit, word),
    )


def _on_the_day(hit: Found, word: str) -> bool:
    """於當日…前: the one day of the paragraph, as 於同日 is."""
    at = hit.span("relative")[0]
    return word.startswith("当") and hit.match.string[max(0, at - 1) : at] in ("于", "在")


@cache
def _before(code: str) -> re.Pattern[str]:
    """What opens an interval right before a date: the group tells whether its end (`from D`) or its start (`until D`)."""
    language = languages()[code]
    between = "|".join(language.lists["between_open_and_date"])
    kinds = "|".join(f"(?P<{kind}>{'|'.join(language.lists[f'open_{kind}'])})" for kind in ("start", "end"))
    return re.compile(compose(rf"(?<![A-Za-z])(?:{kinds})\s*(?:(?:{between})\s*)*$", {}, f"{code}.toml: lists.open_start, open_end"))


@cache
def _after(code: str) -> re.Pattern[str]:
    """Words behind a date that keep it from opening an interval: `from 16 December to a later day`."""
    return re.compile(compose(rf"\s*(?:{'|'.join(languages()[code].lists['closed'])})", {}, f"{code}.toml: lists.closed"))


def opened(found: Iterable[Candidate], masked: str, hours: Collection[int]) -> list[Candidate]:
    """`from D` opens the end, `until midnight of D` the start; `masked` has dates and times laid over.

    `hours` are the places where ranges of clock times begin: `from 9:00 to 12:00 on D` is that day alone.
    """
    return [item if item.relative is not None else _opened(item, masked, hours, languages()[item.lang]) for item in found]


def _opened(item: Candidate, text: str, hours: Collection[int], language: Language) -> Candidate:
    """A range has both ends already, a quarter or half only its own; a day that something is moved from is just that day."""
    if (
        item.open_end
        or (item.first != item.last and not _PART_OF_YEAR.search(item.rule))
        or _after(language.code).match(text, item.span[1])
    ):
        return item
    if item.lang == "zh" and (
        _FROM_THEN.match(text, item.span[1])
        or (_BRACKETED_THEN.match(text, item.span[1]) and _IN_BRACKET.search(text, max(0, item.span[0] - 4), item.span[0]))
    ):
        return replace(item, open_end=True)
    start = max(0, item.span[0] - 60)
    start = max(start, text.rfind(BOUNDARY, start, item.span[0]) + 1)
    before = text[start : item.span[0]]
    opens = _before(language.code).search(before) if before else None
    if opens is None and before and not before.isascii():  # `Until 至 27/11/2026`
        opens = next((hit for code in languages() if code != language.code and (hit := _before(code).search(before))), None)
    if opens is None or _is_as_at(opens.group(), text[item.span[1] : item.span[1] + 4], language):
        return item
    if hours and any(at in hours for at in range(start + opens.start(), item.span[0])):
        return item
    if opens["start"] and (_COUNTED.search(before[: opens.start()]) or _CAME.search(before[: opens.start()])):  # `12 months from D`
        return item
    if opens["end"] and _FROM_DAY.search(before[: opens.start()]):  # `from 1 p.m. on D until 9 a.m. on E`: two days, as with `to`
        return item
    if opens["end"] and _not_until().search(before[: opens.start()]):  # `did not pay until D`: on that day it did
        return item
    return replace(item, open_end=True) if opens["start"] else replace(item, open_start=True)


_FROM_DAY = re.compile(r"\b[Ff]rom\b[^.;\n\ufdd0]{0,40}\ufdd0\ufdd1*[\s,\ufdd2\ufdd3]*$")
_COUNTED = re.compile(r"\b(?:\d{1,3}|[a-z]+)\s+(?:[a-z]+\s+)?(?:days?|weeks?|months?|years?)\s+$")
# `calls arising from the end of day on D`, `balances carried over from D`: what comes from a day begins no stretch.
_CAME = re.compile(
    r"\b(?:aris(?:e|es|ing)|result(?:s|ing|ed)?|stem(?:s|ming)?|deriv(?:es?|ed|ing)|carried\s+(?:over|forward)|rolled\s+over|left\s+over|dat(?:es?|ing)|differ(?:s|ent)?)\s+$"
)
_PART_OF_YEAR = re.compile(r"\.(?:quarter|half)\w*$")
# 於6月30日上午9時起生效, 於8月3日（「生效日期」）起實施
_FROM_THEN = re.compile(
    r"\s*(?:\ufdd2\ufdd3*|\([^()\d\n]{2,20}\)|日[终結结]|[收开開][市盘盤](?:[后後时時])?)\s*起(?![计算见诉步草动初至到])"
)
# 自刊憲日期（即3月13日）起
_BRACKETED_THEN = re.compile(r"\s?\)\s?起(?![计算见诉步草动初至到])")
_IN_BRACKET = re.compile(r"\(\s?即?\s?$")


@cache
def _not_until() -> re.Pattern[str]:
    return re.compile("|".join(words("not_until")))


def _is_as_at(before: str, behind: str, language: Language) -> bool:
    """截至D，共有 is the state on D; 截至D止 and 截至D in a heading last until then."""
    said, ends = ("|".join(language.lists.get(name, ())) for name in ("as_at", "as_at_before"))
    return bool(said) and re.match(said, before) is not None and re.match(rf"\s*(?:{ends})", behind) is not None


# Filling in what is left to the context ------------------------------------------------------------------------------


def resolve(text: str, found: Sequence[Candidate], context: Context) -> tuple[list[DateMention], list[Unexplained]]:
    """Dates from candidates; `text` is the original. What cannot be resolved or cannot be is unexplained."""
    mentions: list[DateMention] = []
    doubts: list[Unexplained] = []
    dated = [item for item in found if item.relative is None and item.first.month and (item.first.year or item.last.year)]
    context = replace(context, neighbour=lambda at: _neighbour(dated, context.scope(at), at))
    for index, item in enumerate(found):
        if item.ahead:
            known = [_dated(text, after, context) for after in found[index + 1 : index + 2] if after.relative is None]
            result = _anchored(text, item, [one for one in known if isinstance(one, DateMention)], context)
        elif item.relative is not None:
            result = _anchored(text, item, mentions, context)
        else:
            result = _dated(text, item, context)
        if isinstance(result, DateMention):
            mentions.append(result)
        else:
            doubts.append(result)
    return mentions, doubts


def _doubt(text: str, item: Candidate, why: str) -> Unexplained:
    return Unexplained(quote=text[slice(*item.span)], span=item.span, why=why)


def _anchored(text: str, item: Candidate, earlier: Sequence[DateMention], context: Context) -> DateMention | Unexplained:
    """`today`, 同日, `the following business day`: a date when the clause or row before it gives the anchor."""
    if item.week is None and item.first.day is None and item.this_year is None and _of_event(text, item.span[0]):
        return _doubt(text, item, "relative day of an event whose day is not said")
    if item.business and context.conditional(item.span[0]):
        return _doubt(text, item, "relative day under a condition")
    if item.lang == "zh" and _EVERY_TIME.search(fold(text[max(0, item.span[0] - REACH_OF_EVERY) : item.span[0]])):
        return _doubt(text, item, "relative day of what recurs")
    anchor = _anchor(text, item, earlier, context)
    if anchor is None:
        return _doubt(text, item, "relative day without an anchor")
    if item.same and item.lang == "en" and _other_day_between(text, item, earlier):
        return _doubt(text, item, "relative day of an event whose day is not said")
    if _of_several(text, item, earlier, context):
        return _doubt(text, item, "one of several days that are named before")
    if item.first.day is not None:
        shift = item.first.day - anchor.day
        if shift < 0 and item.rule.endswith(".bareday"):
            return _doubt(text, item, "a day without its month, before the one that is named")
        if item.first.day > _length(anchor.year, anchor.month):
            return _doubt(text, item, _impossible(replace(item.first, year=anchor.year, month=anchor.month)))
    elif item.week is not None and item.first.weekday is not None:
        shift = 7 * item.week + item.first.weekday - anchor.weekday()
    else:
        shift = item.relative or 0
    day = context.shift(anchor, shift) if item.business and shift else anchor + timedelta(days=shift)
    if day is None:
        return _doubt(text, item, "business day outside the calendar")
    fits = _weekdays_fit(((item.first, day),)) if item.first.day is not None else None
    return DateMention(quote=text[slice(*item.span)], span=item.span, rule=item.rule, start=day, end=day, weekday_ok=fits, relative=True)


def _of_event(text: str, at: int) -> bool:
    """測試翌日: counted from the day of the test, which is the one named before only where that stands right there (9月4日公布翌日)."""
    before = fold(text[max(0, at - REACH_OF_EVENT) : at])
    event = _events().search(before)
    return event is not None and not re.search(r"[日号)月]\s*(?:的|将|已|将会)?$", before[: event.start()])


_GOES_ON = re.compile(r"[;,]\s*(?:并且?|及|以及|和|and|or|或)\s*$")
REACH_OF_EVENT = 12
REACH_OF_EVERY = 30
REACH_OF_MONTH = 120
# 就每日的持倉於|翌日申報: counted from each of them.
_EVERY_TIME = re.compile(
    r"(?:每个?(?:营业|交易|工作|历|交收|结算)?[日天月周季次宗]|每一?(?:次|宗|笔)|逐日|每逢|[月季年][末底初]的?(?:最[后末]一个?|首个?|第一个)?(?:营业|交易|工作)日)[^,。;\n]*$"
)
OPENING = 16  # characters in which a sentence says that it goes on with the one before


@cache
def _events() -> re.Pattern[str]:
    return re.compile("|".join(words("of_event")))


def _anchor(text: str, item: Candidate, earlier: Sequence[DateMention], context: Context) -> date | None:
    if item.this_year is not None:  # `today`, 今天, 明日: anchored to the issue date
        return context.issued
    low, _ = context.scope(item.span[0])
    if item.first.day is not None and item.rule.endswith(".relative"):  # 同月24日 may stand in the next item of a list
        low = min(low, item.span[0] - REACH_OF_MONTH)
    elif item.same:
        low = min(low, context.unit(item.span[0])[0])
        if _GOES_ON.search(fold(text[max(0, low - 8) : low])):  # (i) 於10月21日中午前輸入；並|(ii) 確保於同日備有款項
            low = context.unit(max(0, low - 8))[0]
    elif _goes_on_with(item.lang).match(fold(text[low : low + OPENING])):
        low = _day_before(low, earlier, context)
    near = itertools.takewhile(lambda mention: mention.span[0] >= low, reversed(earlier))
    days = (
        mention.end or (mention.start if item.same or _till_then(text, mention, item) else None)
        for mention in near
        if mention.approx is None and not _is_months(mention)
    )
    return next((day for day in days if day is not None), None)


def _other_day_between(text: str, item: Candidate, earlier: Sequence[DateMention]) -> bool:
    """`closes on D. … on the launch date and tell us by noon on the same day`: another day was named, by what happens on it."""
    return bool(earlier) and _NAMED_DAY.search(text, earlier[-1].span[1], item.span[0]) is not None


_NAMED_DAY = re.compile(
    r"\bthe\s+(?:[A-Za-z-]+\s+)?(?:launch|effective|implementation|settlement|record|closing|payment|trade|ex|expiry|maturity|listing|commencement|go-live)\s+(?:[Dd]ate|[Dd]ay)\b"
)


def _till_then(text: str, mention: DateMention, item: Candidate) -> bool:
    """由3月21日20:00起至翌日08:00: the stretch that the day opens ends on the next one."""
    return _TILL.fullmatch(fold(text[mention.span[1] : item.span[0]])) is not None


_TILL = re.compile(r"[^。;,]{0,16}[至到]\s*")


def _of_several(text: str, item: Candidate, earlier: Sequence[DateMention], context: Context) -> bool:
    """12月22日（星期五）及12月29日為半日市，當日…; D及E舉行，…於同日…: nobody says which of the days is meant.

    Nor does `The test is on D and the fallback on E. … on the same day`.
    Days that the sentence itself lists are in doubt, and those of the sentences before where they name more than one.
    """
    low, unit = context.scope(item.span[0])[0], context.unit(item.span[0])[0]
    own = [mention for mention in earlier if low <= mention.span[0]]
    if own:
        gap = fold(text[own[-2].span[1] : own[-1].span[0]]) if len(own) > 1 else ""
        return (item.same or item.relative == 0) and _LISTED.fullmatch(gap) is not None
    if not item.same:
        return False
    before = [mention for mention in earlier if unit <= mention.span[0] < low and not _as_at().search(fold(text[: mention.span[0]][-16:]))]
    if before and _TIMED.search(fold(text[max(unit, before[-1].span[0] - 16) : before[-1].span[1] + 10])):
        return False  # not later than 11:00 a.m. on D; … until 4:30 p.m. on the same day
    return len({mention.end or mention.start for mention in before if mention.approx is None and not _is_months(mention)}) > 1


_TIMED = re.compile(r"\d\s?(?:[ap]\.?\s?m\b|:\s?\d\d)|\bnoon\b|[\d一二三四五六七八九十][时点]|正午|中午", re.IGNORECASE)
_LISTED = re.compile(r"[日号]?\s*(?:\([^()\n]{1,24}\))?\s*(?:,|、|&|,?\s*(?:and|or)\b|[及和与或])\s*")


@cache
def _as_at() -> re.Pattern[str]:
    """What stands before the day of a balance or a paper, which nothing happens on."""
    return re.compile(r"(?:\bas\s+(?:at|of|on)|\bdated|\b(?:circular|letter|notice)\s+of|截至|日期为)\s*$")


def _day_before(low: int, earlier: Sequence[DateMention], context: Context) -> int:
    """Where the sentence before begins if it names one day only, which 有關款項須於翌日… goes on from."""
    start = max(context.scope(max(0, low - 2))[0], context.unit(low)[0])
    return start if len([mention for mention in earlier if start <= mention.span[0] < low]) == 1 else low


@cache
def _goes_on_with(code: str) -> re.Pattern[str]:
    return re.compile("|".join(languages()[code].lists.get("goes_on_with", ("(?!)",))))


def _is_months(mention: DateMention) -> bool:
    """Whole months are no day to count from."""
    first, last = mention.start, mention.end
    return bool(first and last and first.day == 1 and last != first and last.day == _length(last.year, last.month))


def _dated(text: str, item: Candidate, context: Context) -> DateMention | Unexplained:
    if item.month_shift is not None:
        return _in_shifted_month(text, item, context)
    item = _by_issue_date(item, context.issued)
    if item.or_day is EMPTY and item.first is EMPTY:
        return _doubt(text, item, "date-like, in no form that is known")
    first, last, inferred = _with_years(item, context)
    if first.year is None or last.year is None:
        return _doubt(text, item, "date without a year, and nothing that gives it")
    if inferred and _recurs(text, item) and not context.years(item.span[0]):
        return _doubt(text, item, "a day of every year")
    if inferred and item.rule.endswith(".monthspan") and not context.years(item.span[0]) and not context.direction(item.span):
        return _doubt(text, item, "months without a year, and nothing that gives it")
    start = _edge(first, 0)
    end = start if last is first and first.day is not None else _edge(last, 1)
    if start is None or end is None:
        return _doubt(text, item, _impossible(first if start is None else last))
    if end < start:
        return _doubt(text, item, f"the interval ends before it begins: {start.isoformat()} to {end.isoformat()}")
    return DateMention(
        quote=text[slice(*item.span)],
        span=item.span,
        rule=item.rule,
        start=None if item.open_start else start,
        end=None if item.open_end else end,
        approx=first.approx or last.approx,
        weekday_ok=_weekdays_fit(((first, start), (last, end))),
        year_inferred=inferred,
    )


def _recurs(text: str, item: Candidate) -> bool:
    """`for the periods ending 30 June and 31 December`: days on which one period after another ends."""
    return item.lang == "en" and _PERIODS_END.search(text, max(0, item.span[0] - 80), item.span[0]) is not None


_PERIODS_END = re.compile(
    r"\b(?:(?:half-|financial\s+|calendar\s+)?years|half-years|quarters|periods|months)\s+(?:ending|ended)\s+(?:on\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\s*(?:,|and|or|,\s*and)\s+)*$"
)


def _by_issue_date(item: Candidate, issued: date | None) -> Candidate:
    """`Mar 20, Jun 20` in a circular of 2026 are days: a month is listed near its own time."""
    if item.or_day is None or issued is None or -1 <= (item.first.year or 0) - issued.year <= 6:
        return item
    return replace(item, first=item.or_day, last=item.or_day)


def _in_shifted_month(text: str, item: Candidate, context: Context) -> DateMention | Unexplained:
    """本月十五日: the month of the issue date, or so many after it."""
    if context.issued is None:
        return _doubt(text, item, "relative day without an anchor")
    months = context.issued.year * 12 + context.issued.month - 1 + (item.month_shift or 0)
    day = replace(item.first, year=months // 12, month=months % 12 + 1)
    start, end = _edge(day, 0), _edge(day, 1)
    if start is None or end is None:
        return _doubt(text, item, _impossible(day))
    fits = _weekdays_fit(((day, start),))
    return DateMention(
        quote=text[slice(*item.span)],
        span=item.span,
        rule=item.rule,
        start=None if item.open_start else start,
        end=None if item.open_end else end,
        approx=day.approx,
        weekday_ok=fits,
        relative=True,
    )


def _weekdays_fit(pairs: Iterable[tuple[Day, date]]) -> bool | None:
    said = [day.weekday == when.weekday() for day, when in pairs if day.weekday is not None]
    return all(said) if said else None


def _impossible(day: Day) -> str:
    if not day.month or not 1 <= day.month <= 12:
        return f"impossible date: there is no month {day.month}"
    return f"impossible date: month {day.month} of {day.year} has {monthrange(day.year or 2000, day.month)[1]} days"


def _edge(day: Day, side: int) -> date | None:
    """First (side 0) or last (side 1) day of what is written; None if the calendar has no such day."""
    if day.year is None or day.month is None or not 1 <= day.month <= 12 or not 1900 <= day.year <= 2200:
        return None
    length = _length(day.year, day.month)
    if day.day is not None:
        return date(day.year, day.month, day.day) if 1 <= day.day <= length else None
    if day.approx is not None:
        return date(day.year, day.month, min(DAYS_OF[day.approx][side], length))
    return date(day.year, day.month, (1, length)[side])


@cache
def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _with_years(item: Candidate, context: Context) -> tuple[Day, Day, bool]:
    first, last = item.first, item.last
    if first.year and first.month and last.year and last.month and item.this_year is None:
        return first, last, False
    if first.month is None:
        first = replace(first, month=last.month)
    if last.month is None:
        last = replace(last, month=first.month)
    if item.this_year is not None:
        year = context.issued.year + item.this_year if context.issued else None
        return replace(first, year=year), replace(last, year=year), True
    if first.year is None and last.year is None:
        year = _inferred(first, context, item.span)
        if year is None:
            return first, last, True
        return replace(first, year=year), replace(last, year=year + _wraps(item, first, last)), True
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - ((first.month or 0) > (last.month or 0)))
    if last.year is None and first.year is not None:
        last = replace(last, year=first.year + _wraps(item, first, last))
    return first, last, False


def _wraps(item: Candidate, first: Day, last: Day) -> bool:
    """Does the interval end in the year after the one that it begins in?"""
    return item.next_year or (last.month or 0) < (first.month or 0)


def _inferred(day: Day, context: Context, span: Span) -> int | None:
    """The year from the nearest sentence or heading that gives one, else from the issue date; a weekday decides between several."""
    at = span[0]
    years = list(dict.fromkeys(context.years(at)))
    fits = [year for year in years if _fits(day, year)]
    if len(years) == 1:
        beside = context.neighbour(at)
        if beside is None and (soon := _soon(day, years[0], span, context)) is not None:
            return soon
        if beside is None or beside[0].year != years[0]:
            return years[0]
        when, side, place = beside
        if context.issued is not None and _only_cited(when, place, span, context):
            return _by_direction(day, context.issued, 1)
        return _year_beside(day, when, side)
    if len(fits) == 1 or (fits and day.weekday is None):
        return _nearest(day, fits, context.issued) if len(fits) > 1 else fits[0]
    if context.issued is None:
        return None
    return _by_direction(day, context.issued, context.direction(span))


def _soon(day: Day, year: int, span: Span, context: Context) -> int | None:
    """In a letter of 1 December 2027 under `Drill in 2028`, what is to be done by 8 December is not put off for a year."""
    if context.issued is None or context.direction(span) <= 0:
        return None
    coming, said = (_edge(replace(day, year=one), 0) for one in (_by_direction(day, context.issued, 1), year))
    if coming is None or said is None or coming.year == year:
        return None
    return coming.year if coming - context.issued <= NEAR and abs(said - context.issued) > NOT_A_YEAR_AWAY else None


def _only_cited(when: date, place: Span, span: Span, context: Context) -> bool:
    """Does the only day with a year beside it date an earlier paper, where this one is still to come?

    `Under the circular of 4 May 2019, CPs must reply by 29 January`: its year is not that of the reply.
    """
    old = context.issued is not None and when < context.issued - A_YEAR
    return old and context.direction(span) > 0 and context.direction(place) < 0


def _by_direction(day: Day, issued: date, direction: int) -> int | None:
    """The year of a day that only the issue date tells: of one to come the next, of one that has been the last.

    Where the words tell neither, it is the nearest.
    """
    days = sorted(when for delta in (-1, 0, 1) if (when := _edge(replace(day, year=issued.year + delta), 0)) is not None)
    if not days:
        return issued.year
    nearest = min(days, key=lambda when: abs(when - issued))
    coming = next((when for when in days if when >= issued), nearest)
    gone = next((when for when in reversed(days) if when <= issued), nearest)
    if day.weekday is not None and _fits(day, nearest.year):
        return nearest.year  # its weekday tells more than the words around it
    if direction > 0:
        return nearest.year if _just_gone(nearest, issued) and nearest.year == issued.year else coming.year
    if direction < 0:
        return gone.year
    return nearest.year


def assumed(mention: DateMention, context: Context) -> bool:
    """Is the year of a day a guess: none is printed, and the day is neither near to the issue date nor told by the sentence?

    What is still to be done is not without a doubt where its day has just gone.
    """
    if not mention.year_inferred or mention.start is None or context.issued is None or context.years(mention.span[0]):
        return False
    if mention.weekday_ok is True:
        return False
    if context.direction(mention.span) > 0:  # still to come, and yet just gone: as it is read, or in the year before
        years_before = (_edge(Day(mention.start.year - back, mention.start.month, mention.start.day), 0) for back in (0, 1))
        return any(day is not None and _just_gone(day, context.issued) for day in years_before)
    return abs(mention.start - context.issued) > NEAR and not context.direction(mention.span)


def _just_gone(day: date, issued: date) -> bool:
    return issued - JUST_GONE <= day < issued


def _neighbour(dated: Sequence[Candidate], scope: Span, at: int) -> tuple[date, int, Span] | None:
    index = bisect.bisect_left(dated, at, key=lambda item: item.span[0])
    before = dated[index - 1] if index and dated[index - 1].span[0] >= scope[0] else None
    behind = dated[index] if index < len(dated) and dated[index].span[0] < scope[1] else None
    near = [(before.last, -1, at - before.span[1], before.span)] if before else []
    near += [(behind.first, 1, behind.span[0] - at, behind.span)] if behind else []
    for day, side, _, place in sorted(near, key=lambda item: item[2]):
        when = _edge(day, 0)
        if when is not None:
            return when, side, place
    return None


def _year_beside(day: Day, neighbour: date, side: int) -> int:
    """`on 24 December … 4 January 2027`: what is more than half a year away belongs to the next year, or the one before."""
    same = _edge(replace(day, year=neighbour.year), 0)
    if same is None or abs(same - neighbour) <= NOT_A_YEAR_AWAY:
        return neighbour.year
    return neighbour.year - side if (same - neighbour).days * side > 0 else neighbour.year


def _fits(day: Day, year: int) -> bool:
    when = _edge(replace(day, year=year), 0)
    return when is not None and (day.weekday is None or when.weekday() == day.weekday)


def _nearest(day: Day, years: Sequence[int], issued: date | None) -> int | None:
    """The year that brings the day nearest to the issue date; without one, none."""
    if issued is None:
        return None

    def distance(year: int) -> timedelta:
        when = _edge(replace(day, year=year), 0)
        return abs(when - issued) if when else timedelta.max

    return min(years, key=distance)


def leftovers(text: str, masked: str, survey: Survey | None = None) -> list[Unexplained]:
    """Date-like strings that no rule understood: damaged digit runs, deadlines without a date, figures beside a month's name."""
    found: dict[Span, Unexplained] = {}
    for _, hit in hits("doubts", masked, survey):
        span = _trim(masked, hit.span("quote") if hit["quote"] else hit.span())
        found[span] = Unexplained(quote=text[slice(*span)], span=span, why=hit.rule.value or hit.rule.name)
    for _, hit in hits("strays", masked, survey):
        span = _trim(masked, hit.span("quote") if hit["quote"] else hit.span())
        if not any(start < span[1] and span[0] < end for start, end in found):
            found[span] = Unexplained(quote=text[slice(*span)], span=span, why=hit.rule.value or hit.rule.name)
    return [found[span] for span in sorted(found)]


def shift_months(day: date, months: int) -> date:
    """So many months later, on the same day or the month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
