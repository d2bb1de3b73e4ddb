"""Clock times, and the dates that they belong to."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from ingest.extract.halves import HOURS, Halves
from ingest.extract.layout import holding
from ingest.lang.numerals import number
from ingest.lang.rules import Found, Language, Survey, hits, word_list, words
from ingest.model import Clock, DateMention, Span, TimeMention

Half = str | None
NEAR = 40  # characters between a date and the clock time that belongs to it


def find_times(text: str, masked: str, survey: Survey | None = None, halves: Halves | None = None) -> list[TimeMention]:
    """Every clock time or range, in order. `text` is the original, `masked` the folded text with dates laid over.

    `halves` knows which part of the day a table says of what stands in it.
    """
    found = [
        _Read(mention, _half(hit, "2", language) or _half(hit, "", language), _needs_half(hit))
        for language, hit in hits("times", masked, survey)
        for mention in _read(text, masked, hit, language)
    ]
    return _with_spoken_ends(text, masked, _with_shared_halves(masked, _told_beside(_without_overlaps(found), halves)))


def _with_spoken_ends(text: str, masked: str, found: Sequence[TimeMention]) -> list[TimeMention]:
    """`from nine in the morning until one in the afternoon`: two clock times in words are the ends of one stretch."""
    kept: list[TimeMention] = []
    for item in found:
        before = kept[-1] if kept else None
        if before is None or not _is_end(masked, before, item):
            kept.append(item)
            continue
        span = before.span[0], item.span[1]
        kept[-1] = msgspec.structs.replace(before, quote=text[slice(*span)], span=span, end_time=item.time)
    return kept


def _is_end(masked: str, before: TimeMention, item: TimeMention) -> bool:
    spoken = item.rule.endswith(_IN_WORDS) and before.rule.endswith(_IN_WORDS) and not before.end_time and not item.end_time
    joined = spoken and word_list("until_time").fullmatch(masked, before.span[1], item.span[0]) is not None
    return joined and _moved().search(masked, max(0, before.span[0] - 40), before.span[0]) is None


_IN_WORDS = (".spoken", ".daypart")


def _needs_half(hit: Found) -> bool:
    """三時十五分 or a bare 三時: nobody writes so in 24 hours."""
    bare = hit["half"] is None and hit["half2"] is None
    return hit.rule.name.endswith(".listed") or (hit.rule.name == "zh.times.hours" and bare and number(hit["hour"] or "") in range(1, 7))


class _Read(NamedTuple):
    """A time, the half of the day that it or its end says, and whether it has to share one."""

    mention: TimeMention
    half: Half
    shares: bool


def _told_beside(found: Sequence[_Read], halves: Halves | None) -> list[_Read]:
    """The times, those without a half of their own in the part of the day that the table around them says."""
    if halves is None:
        return list(found)
    return [item if item.half else _in_part(item, halves.at(item.mention.span[0])) for item in found]


def _in_part(item: _Read, part: str | None) -> _Read:
    """A time in a part of the day; what only the clock that goes to 24 has stays as it is."""
    if part is None:
        return item
    clock = [item.mention.time, *filter(None, [item.mention.end_time])]
    if any(int(one[:2]) not in (*HOURS[part], 12) for one in clock) or part == "morning":
        return item._replace(shares=item.shares and part != "morning")
    moved = [_afternoon(one) for one in clock]
    if moved != sorted(moved):  # `11:00 – 1:00` ends in the afternoon
        moved[0] = clock[0]
    mention = msgspec.structs.replace(item.mention, time=moved[0], end_time=moved[1] if len(moved) > 1 else None)
    return item._replace(mention=mention, shares=False)


_AND = re.compile(r"\s*(?:、|,|，|及|和|与|或|以及)\s*")


def _with_shared_halves(masked: str, found: Sequence[_Read]) -> list[TimeMention]:
    """下午二時、三時半及四時十五分: the members of a list share the half of the day as long as they go up."""
    kept: list[TimeMention] = []
    half: Half = None
    for item in found:
        mention = item.mention
        if half and kept and item.half is None and _AND.fullmatch(masked, kept[-1].span[1], mention.span[0]):
            kept.append(_later(mention, kept[-1]) if half == "pm" else mention)
            continue
        half = item.half
        if not item.shares:
            kept.append(mention)
    return kept


def _later(mention: TimeMention, before: TimeMention) -> TimeMention:
    """The time in the afternoon, where that comes after the one before and the time as it stands does not."""
    last = before.end_time or before.time
    moved = _afternoon(mention.time)
    if mention.time > last or moved <= last:
        return mention
    return msgspec.structs.replace(mention, time=moved, end_time=_afternoon(mention.end_time) if mention.end_time else None)


def _afternoon(clock: Clock) -> Clock:
    hour = int(clock[:2])
    return f"{hour + 12 if hour < 12 else hour:02d}{clock[2:]}"


def _without_overlaps(found: Iterable[_Read]) -> list[_Read]:
    kept: list[_Read] = []
    for item in sorted(found, key=lambda read: (read.mention.span[0], -read.mention.span[1])):
        if not kept or item.mention.span[0] >= kept[-1].mention.span[1]:
            kept.append(item)
    return kept


def _read(text: str, masked: str, hit: Found, language: Language) -> list[TimeMention]:
    if hit["hourword"]:
        return _spoken(text, hit, language)
    first, last = _half(hit, "", language), _half(hit, "2", language)
    ranged = hit["hour2"] is not None or last in ("noon", "midnight")
    if ranged and first is None and last in ("am", "pm", "noon"):
        first = _half_of_first(hit, last)
    if ranged and last is None and first is not None:
        last = _half_of_last(hit, first)
    start = _clock(hit, "", first, opens=ranged or _opens(masked, hit.span()[0]) or bool(_GOES_ON.match(masked, hit.span()[1])))
    end = _clock(hit, "2", last, opens=False) if ranged else None
    if start is None or (ranged and end is None):
        return []
    low, high = hit.span()
    while text[high - 1].isspace():
        high -= 1
    if end is not None and _OTHER_DAY.match(text, *hit.span("next")):
        return _on_two_days(text, hit, (low, high), start, end)
    if end is not None and _moved().search(masked, max(0, low - 40), low):
        return _two_times(text, hit, (low, high), start, end)
    return [TimeMention(quote=text[low:high], span=(low, high), rule=hit.rule.name, time=start, end_time=end)]


def _spoken(text: str, hit: Found, language: Language) -> list[TimeMention]:
    """`half past nine in the morning`, `quarter to five p.m.`."""
    half = _half(hit, "", language) or _half(hit, "2", language)
    hour, said = language.word("clock", hit["hourword"] or ""), (hit["minutes"] or "").removesuffix("minutes")
    minutes = 30 if hit["pasthalf"] else language.word("clock", " ".join(re.split(r"[\s-]+", said.strip()))) if said else 0
    if not isinstance(hour, int) or not isinstance(minutes, int):
        return []
    whole = hour % 12 * 60 + (720 if half == "pm" else 0) + (-minutes if hit["side"] == "to" else minutes)
    low, high = hit.span()
    clock = f"{whole // 60 % 24:02d}:{whole % 60:02d}"
    return [TimeMention(quote=text[low:high], span=(low, high), rule=hit.rule.name, time=clock)]


@cache
def _moved() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words('moved'))})\s*$")


def _two_times(text: str, hit: Found, span: Span, start: Clock, end: Clock) -> list[TimeMention]:
    """`The cut-off moves from 3:30 p.m. to 3:45 p.m.`: what it was and what it is."""
    again = min(place[0] for name in ("hour2", "noon2", "midnight2") if (place := hit.span(name))[0] >= 0)
    middle = _LINK.search(text, span[0], again)
    spans = (span[0], middle.start() if middle else again), (again, span[1])
    return [
        TimeMention(quote=text[a:b], span=(a, b), rule=hit.rule.name, time=time) for (a, b), time in zip(spans, (start, end), strict=True)
    ]


def _on_two_days(text: str, hit: Found, span: Span, start: Clock, end: Clock) -> list[TimeMention]:
    """3月20日18:00至22日09:00: each of the days has its own."""
    low, high = hit.span("next")
    halves = (span[0], _TO.search(text, span[0], low).start()), (high, span[1])  # type: ignore[union-attr]  # the rule has it there
    trimmed = [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in halves]
    return [
        TimeMention(quote=text[a:b], span=(a, b), rule=hit.rule.name, time=time) for (a, b), time in zip(trimmed, (start, end), strict=True)
    ]


_OTHER_DAY = re.compile(r"[\d一二三四五六七八九十廿卅]")
_TO = re.compile(r"\s*[至到–—~-]\s*$")
_LINK = re.compile(r"\s*(?:to|till|until|–|—|-|~)\s*$")


def _half(hit: Found, suffix: str, language: Language) -> Half:
    if hit["noon" + suffix]:
        return "noon"
    if hit["midnight" + suffix]:
        return "midnight"
    said = hit["half" + suffix]
    if said is None:
        return None
    if said in "aApP":
        return said.lower() + "m"
    value = language.word("half", said)
    return value if isinstance(value, str) else None


def _half_of_first(hit: Found, last: Half) -> Half:
    """零時至凌晨四時 begins as it says, `1:00 – 2:00 pm` begins in the afternoon, `10 to 12 noon` and `11:00 – 1:00 pm` in the morning."""
    first_hour, last_hour = number(hit["hour"] or "") or 0, number(hit["hour2"] or "") or 0
    if not 1 <= first_hour <= 12:
        return None
    if last == "noon":
        return "am"
    return last if first_hour % 12 <= last_hour % 12 else "am"


def _half_of_last(hit: Found, first: Half) -> Half:
    """下午1時至2時 ends in the afternoon; 上午9時至12時 at noon; 上午11時至1時 in the afternoon."""
    first_hour, last_hour = number(hit["hour"] or "") or 0, number(hit["hour2"] or "") or 0
    if first == "am":
        return "noon" if last_hour == 12 else "am" if first_hour % 12 <= last_hour else "pm"
    return "pm" if last_hour <= 12 else None


def _minute(hit: Found, suffix: str) -> int:
    if hit["quarterhour" + suffix]:
        return 45 if hit["quarterhour" + suffix] == "三" else 15
    if hit["halfhour" + suffix]:
        return 30
    joined = (hit["minute3"] or hit["minute4"]) if not suffix else None
    return number(hit["minute" + suffix] or hit["minutecolon" + suffix] or joined or "0") or 0


def _clock(hit: Found, suffix: str, half: Half, *, opens: bool) -> Clock | None:
    """`HH:MM` in 24 hours; None where there is no such time. Midnight ends a day unless it opens a period."""
    hour = number(hit["hour" + suffix] or (hit["hour3"] if not suffix else "") or "")
    minute = _minute(hit, suffix)
    if half == "midnight":
        if hour not in (None, 12, 0, 24):
            half = "am" if (hour or 0) < 6 else "pm"
        else:
            return "00:00" if opens else "24:00"
    if half == "noon" and hour is None:
        return "12:00"
    if hour is None or minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if half == "pm" and hour == 12 and (hit["half" + suffix] or "").startswith("晚"):
        return f"24:{minute:02d}" if not minute else f"00:{minute:02d}"
    if half == "pm" or (half == "noon" and hour < 11):
        hour = hour + 12 if hour < 12 else hour
    elif half == "am" and hour == 12:
        hour = 0
    elif half in ("am", "pm") and hour > 12:
        return None
    return f"{hour:02d}:{minute:02d}"


_GOES_ON = re.compile(r"\s*(?:至|到)\s*[\ufdd0\ufdd2]")  # 午夜12時至4月9日上午6時


def _opens(masked: str, at: int) -> bool:
    """Does the time begin a period (`from midnight`)?"""
    return any(masked[max(0, at - 12) : at].rstrip().endswith(word) for word in words("opens_time"))


# Which time belongs to which date ------------------------------------------------------------------------------------


def attach(masked: str, dates: Sequence[DateMention], times: Sequence[TimeMention], scope: Sequence[Span]) -> list[DateMention]:
    """Give each date the clock time that stands right before or after it in the same clause, first those of one line.

    `scope` are the cells and paragraphs that a time must share with its date.
    """
    claimed = _respectively(masked, dates, times, scope)
    paired = {time.span for time in claimed.values()}
    rest: list[TimeMention] = []
    for some, across in (([time for time in times if time.span not in paired], False), (rest, True)):
        for time in some:
            if _SET_ASIDE.match(masked, max(0, time.span[0] - 40), time.span[0]) or _GIVEN_UP.match(masked, time.span[1]):
                continue
            unit = holding(scope, time.span[0]) or (0, len(masked))
            index = _owner(masked, dates, time, unit, claimed, across=across)
            if index is not None:
                claimed[index] = time
            elif not across:
                rest.append(time)
    result = list(dates)
    ends = _started(masked, times)
    taken = {time.span for time in claimed.values()}
    for index, said in claimed.items():
        whole, places = ends.get(said.span, (said, ()))
        time = whole if len(taken.intersection(places)) == 1 else said
        result[index] = timed(result[index], time)
        for other in _listed_with(masked, dates, index, time, claimed):
            result[other] = timed(result[other], time)
    return _shared(masked, result)


def _started(masked: str, times: Sequence[TimeMention]) -> dict[Span, tuple[TimeMention, tuple[Span, Span]]]:
    """`starts at 2:30 p.m. and ends at 5:15 p.m.`: by the place of either the whole stretch, and where both stand."""
    found: dict[Span, tuple[TimeMention, tuple[Span, Span]]] = {}
    for first, last in pairwise(times):
        gap = masked[first.span[1] : last.span[0]]
        if first.end_time or last.end_time or len(gap) > NEAR or not word_list("and_ends_at").fullmatch(gap):
            continue
        before = masked[max(0, first.span[0] - NEAR) : first.span[0]]
        if re.search(rf"(?:{word_list('starts_at').pattern})$", before):
            whole = msgspec.structs.replace(first, end_time=last.time), (first.span, last.span)
            found[first.span] = found[last.span] = whole
    return found


def _listed_with(
    masked: str, dates: Sequence[DateMention], index: int, time: TimeMention, claimed: Mapping[int, TimeMention]
) -> Iterator[int]:
    """The days that share the time of a list: behind `at noon on D, E and F`, before `on D, E and F from 9:00 to 12:00`."""
    ahead = time.span[1] <= dates[index].span[0]
    step = 1 if ahead else -1
    while 0 <= index + step < len(dates) and index + step not in claimed:
        near, far = sorted((index, index + step))
        if not _LISTED.fullmatch(masked, dates[near].span[1], dates[far].span[0]):
            return
        if not ahead and time.end_time is None and not _of_one_month(dates[near], dates[far]):
            return
        index += step
        yield index


def _of_one_month(here: DateMention, after: DateMention) -> bool:
    """24 and 31 December, 12月24日及31日: days of one list, which share what is said of it."""
    return _DAY_ONLY.fullmatch(here.quote) is not None or (_DAY_ONLY.fullmatch(after.quote) is not None and "月" in here.quote)


_DAY_ONLY = re.compile(
    r"(?:[A-Z][a-z]+day,?\s+)?\d{1,2}(?:st|nd|rd|th)?|[\d一二三四五六七八九十廿卅]{1,3}\s?[日號号]?(?:\s?[(（][^()（）]{1,8}[)）])?"
)


def _respectively(masked: str, dates: Sequence[DateMention], times: Sequence[TimeMention], scope: Sequence[Span]) -> dict[int, TimeMention]:
    """`on D and E at 8:00 a.m. and 9:30 a.m. respectively`: as many times as days, in their order."""
    claimed: dict[int, TimeMention] = {}
    for run in _runs_of(masked, times):
        first, last = run[0].span[0], run[-1].span[1]
        end = bisect.bisect_right(dates, first, key=lambda mention: mention.span[1])
        days = range(end - len(run), end)
        if len(run) < 2 or days[0] < 0 or not _RESPECTIVELY.match(masked, last):
            continue
        unit = holding(scope, first) or (0, len(masked))
        listed = all(_LISTED.fullmatch(masked, dates[at].span[1], dates[at + 1].span[0]) for at in days[:-1])
        gap = masked[dates[days[-1]].span[1] : first]
        if listed and dates[days[0]].span[0] >= unit[0] and len(gap) <= NEAR and word_list("between_date_and_time").fullmatch(gap):
            claimed.update(zip(days, run, strict=True))
    return claimed


def _runs_of(masked: str, times: Sequence[TimeMention]) -> list[list[TimeMention]]:
    """Clock times that are listed together."""
    runs: list[list[TimeMention]] = []
    for time in times:
        if runs and _LISTED.fullmatch(masked, runs[-1][-1].span[1], time.span[0]):
            runs[-1].append(time)
        else:
            runs.append([time])
    return runs


_RESPECTIVELY = re.compile(r"\s*,?\s*(?:respectively\b|分[别別])")
_LISTED = re.compile(r"[日号]?(?:\s|[,&、]|\band\b|\bor\b|\bon\b|以及|及|和|与|或)+")


def ends_joined(text: str, masked: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """由3月8日上午8時至3月19日下午6時: two days, the first with its clock time, are the ends of one interval."""
    kept: list[DateMention] = []
    for here in dates:
        before = kept[-1] if kept else None
        if before is None or not _ends_meet(masked, before, here):
            kept.append(here)
            continue
        span = before.span[0], here.span[1]
        fits = [m.weekday_ok for m in (before, here) if m.weekday_ok is not None]
        kept[-1] = msgspec.structs.replace(
            before,
            span=span,
            quote=text[slice(*span)],
            end=here.end,
            end_time=here.time or here.end_time,
            weekday_ok=all(fits) if fits else None,
        )
    return kept


def _ends_meet(masked: str, before: DateMention, here: DateMention) -> bool:
    if before.end_time or before.start is None or here.end is None or here.end < before.start:
        return False
    gap = masked[before.span[1] : here.span[0]]
    if before.time is None and (here.start is not None or (before.end is not None and before.end != before.start)):
        return False
    return len(gap) < 40 and bool(word_list("between_ends").fullmatch(gap))


def timed(mention: DateMention, time: TimeMention) -> DateMention:
    """The date with its clock time; an interval that is open at the left ends at that time."""
    if mention.start is None and mention.end is not None and time.end_time is None:
        return msgspec.structs.replace(mention, end_time=time.time)
    return msgspec.structs.replace(mention, time=time.time, end_time=time.end_time)


def _owner(
    masked: str, dates: Sequence[DateMention], time: TimeMention, unit: Span, claimed: Mapping[int, TimeMention], *, across: bool
) -> int | None:
    """The date, by its number, that stands nearest to a time in its cell or paragraph and has no other; `across` the end of a line too."""
    best: tuple[int, int] | None = None
    first = bisect.bisect_left(dates, time.span[0] - NEAR, key=lambda mention: mention.span[1])
    for index in range(first, len(dates)):
        mention = dates[index]
        if mention.span[0] > time.span[1] + NEAR:
            break
        if index in claimed or not unit[0] <= mention.span[0] < unit[1] or mention.approx:
            continue
        if mention.span[1] <= time.span[0]:
            gap, bonus = masked[mention.span[1] : time.span[0]], 0
        elif time.span[1] <= mention.span[0]:
            gap, bonus = masked[time.span[1] : mention.span[0]], 1
        else:
            continue
        if "\n" in gap and not across:
            continue
        gap = _OTHER_TIME.sub("", _SAME_HOUR.sub("", gap))
        bonus += 8 * bool(_UP_TO.search(gap))
        if len(gap) <= NEAR and word_list("between_date_and_time").fullmatch(gap) and (best is None or len(gap) + bonus < best[0]):
            best = len(gap) + bonus, index
    return best[1] if best else None


# 4:00 p.m. instead of 5:00 p.m. on D: an hour that does not hold belongs to no day, and does not part the other from its own.
_NOT_BUT = r"(?:\binstead\s+of|\brather\s+than|\bin\s+place\s+of|而非|而不是)\s*(?:(?:the\s+)?(?:usual|normal|original)\s+)?"
_SET_ASIDE = re.compile(rf"[\s\S]*{_NOT_BUT}$")
_GIVEN_UP = re.compile(r"\s*(?:提前|提早|延[迟后]|推[迟后]|押后|顺?延|改)(?:至|到|为)")  # 由下午5時|提前至D下午4時
_OTHER_TIME = re.compile(rf"[\s,(（]*{_NOT_BUT}\ufdd2\ufdd3*[)）]?")
# `16:00 HKT (08:00 UTC) on D`: the same hour in another zone belongs to no day of its own.
_SAME_HOUR = re.compile(r"\s*\((?:i\.e\.\s*|or\s+|equivalent\s+to\s+)?[^()\n\ufdd0-\ufddf]{0,20}\ufdd2\ufdd3*[^()\n\ufdd0-\ufddf]{0,24}\)")
_UP_TO = re.compile(r"\b(?:by|before|until|till|than)\b")  # `for trades of D by 8.30 a.m. on E`: the time is rather that of E


def _shared(masked: str, dates: list[DateMention]) -> list[DateMention]:
    """`at noon on D and again on E`, D正午關閉，E亦然: the second day has the first one's time."""
    for index in range(1, len(dates)):
        before, here = dates[index - 1], dates[index]
        if here.time or not before.time:
            continue
        gap = masked[before.span[1] : here.span[0]]
        if word_list("same_time_before").fullmatch(gap) or word_list("same_time_after").match(masked[here.span[1] : here.span[1] + 8]):
            dates[index] = msgspec.structs.replace(here, time=before.time, end_time=before.end_time)
    for index in range(len(dates) - 2, -1, -1):
        here, after = dates[index], dates[index + 1]
        each = word_list("each_of_them").match(masked[after.span[1] : after.span[1] + 8])
        if after.time and not here.time and each and _DAY_AND_DAY.fullmatch(masked, here.span[1], after.span[0]):
            dates[index] = msgspec.structs.replace(here, time=after.time, end_time=after.end_time)
    return dates


_DAY_AND_DAY = re.compile(r"\s*[、,及和与]\s*")
