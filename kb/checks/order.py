"""The check of before and after: of days, hours and events, and of stretches of time (`within three weeks of`, `three weeks after`)."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple, TypeVar

from ingest.model import Expression, Finding, Side, Span
from ingest.text import fold
from kb.checks.align import Match
from kb.checks.pairing import Paired, passage
from kb.checks.text import side_by_side
from kb.checks.units import Unit
from kb.facts import Mention
from kb.wording import Sense, chinese, glossary, senses

Where = Literal["before", "after", "within"]
_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")

_AROUND = 12
# What stands between a day and its hour: `5:00 p.m. on 3 February`, 2月3日（星期三）下午5時.
_JOINS = re.compile(r"\s*[,(（]?\s*(?:on|at)?\s*[於于的]?\s*[)）,]?\s*", re.IGNORECASE)
# `only after D` is `not before D`, so a sentence with such a word is not judged.
_ONLY = {
    "en": re.compile(r"\b(?:only|unless|except)\b", re.IGNORECASE),
    "zh": re.compile(r"才|仅|只|方(?=可|能|会|获)|除"),
}
_NOT = {
    "en": re.compile(r"\b(?:not|no|never|cannot)\b(?! (?:later|earlier) than)", re.IGNORECASE),
    "zh": re.compile(r"[未无没毋勿]|不(?![迟晚早少多])(?!得[迟晚早少多])"),
}
_NUMBERS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
)
_UNITS = {"日": "day", "天": "day", "星期": "week", "周": "week", "月": "month", "小时": "hour", "分钟": "minute", "年": "year"}
_STRETCH = {
    "en": re.compile(
        r"(?:\b(?P<how>within|after|for|(?:no|not) later than)\s+)?(?:a\s+period\s+of\s+)?"
        r"(?:(?:the|at\s+least|not\s+less\s+than|no\s+less\s+than|first|next|following)\s+)*"
        rf"\b(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?:\(\d+\)\s+)?(?:(?:calendar|business|working|trading|clear|full|complete)\s+)*"
        r"(?P<unit>day|week|month|hour|minute|year)s?\b[’']?\s*(?P<side>before|prior\s+to|preceding|in\s+advance|after|following|later|from)?\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"(?:(?P<how>(?:提?前)的?(?:至少|最少|不少于|不迟于|最迟)?|早于)|(?P<since>后的?|起计?的?)(?:至少|最少|不少于|最多|不超过)?)?(?P<number>\d{1,3}|[一二三四五六七八九十两]{1,3})\s*"
        r"(?:个(?:完整|整)?)?(?:营业|工作|交易|历)?(?P<unit>(?<=个)月|星期|周|日|天|小时|分钟|年)(?P<side>[之以]?[内前后]|(?:届|期)满前)?(?P<in>[之以]?内)?"
    ),
}


class Stretch(NamedTuple):
    """So many units of time, on which side of something.

    What is within some days may say too on which side these are: `within ten days after`, 後十日內.
    """

    where: Where | None
    side: Literal["before", "after"] | None
    span: Span


def order(pair: Paired) -> Iterator[Finding]:
    """What is to be before a day, an hour or an event, or within some days, on one side is not after it on the other."""
    if pair.relation == "reissue":
        return
    for match in pair.answered:
        for one, other in side_by_side(match):
            found = [*_moments(pair, match, one, other), *_stretched(pair, match, one, other)]
            yield from found or _sequence(pair, match, one, other)


def _moments(pair: Paired, match: Match, one: Sequence[Unit], other: Sequence[Unit]) -> Iterator[Finding]:
    mine, yours = _placed(pair.left, one), _placed(pair.right, other)
    for key in [key for key in mine if key in yours]:
        (ours, here, denied), (theirs, there, denies) = mine[key], yours[key]
        if here and there and here != there and denied == denies:
            message = f"{here} {ours.value} on the left, {there} it on the right"
            sides = (_around(pair.left, ours, here), _around(pair.right, theirs, there))
            yield pair.differs("order", pair.level(match), message, *sides)


def _stretched(pair: Paired, match: Match, one: Sequence[Unit], other: Sequence[Unit]) -> Iterator[Finding]:
    ours, theirs = _stretches(pair.left, one), _stretches(pair.right, other)
    turned = _denies(pair.left, one) != _denies(pair.right, other)  # `no claim can be made more than a month after`, 須於一個月內提出
    for key in [key for key in ours if key in theirs]:
        here, there = ours[key], theirs[key]
        mine, yours = here.where, there.where
        if here.side and there.side and here.side != there.side:
            mine, yours = here.side, there.side
        elif turned or not (mine and yours) or (mine == "after") == (yours == "after"):  # 前30日內 is `in the 30 days before`
            continue
        many, unit = key
        message = f"{mine} {many} {unit}{'s' if many != 1 else ''} on the left, {yours} it on the right"
        yield pair.differs("order", pair.level(match), message, passage(pair.left, here.span, mine), passage(pair.right, there.span, yours))


def _sequence(pair: Paired, match: Match, one: Sequence[Unit], other: Sequence[Unit]) -> Iterator[Finding]:
    """The only `before` of a sentence is no 後 in the other language, whatever it is that comes first."""
    if pair.one_language:
        return  # the words themselves are compared
    mine, yours = _comes(pair.left, one), _comes(pair.right, other)
    if mine and yours and mine.name != yours.name:
        sides = (passage(expression, sense.span, sense.name) for expression, sense in ((pair.left, mine), (pair.right, yours)))
        yield pair.differs("order", pair.level(match), f"{mine.name} on the left, {yours.name} on the right", *sides)


def _comes(expression: Expression, units: Sequence[Unit]) -> Sense | None:
    """The only word of its kind in some sentences, if nothing turns it round."""
    lang = "zh" if chinese(expression.lang) else "en"
    texts = [_plain(expression, unit) for unit in units]
    found = [(unit, sense) for unit, text in zip(units, texts, strict=True) for sense in senses("sequence", text, expression.lang)]
    if len(found) != 1 or _denies(expression, units) or any(_ONLY[lang].search(text) for text in texts):
        return None
    [(unit, (name, (low, high)))] = found
    return Sense(name, (low + unit.span[0], high + unit.span[0]))


def _denies(expression: Expression, units: Sequence[Unit]) -> bool:
    pattern = _NOT["zh" if chinese(expression.lang) else "en"]
    return any(pattern.search(_plain(expression, unit)) for unit in units)


def _around(expression: Expression, mention: Mention, where: Where) -> Side:
    low, high = mention.span
    return passage(expression, (max(0, low - _AROUND), min(len(expression.text), high + _AROUND)), where)


# Days and hours -------------------------------------------------------------------------------------------------------


def _placed(expression: Expression, units: Sequence[Unit]) -> dict[tuple[str, ...], tuple[Mention, Where | None, bool]]:
    """The days and hours that the units name once: on which side of them something is, if that is plain, and whether it is denied."""
    lang = "zh" if chinese(expression.lang) else "en"
    found = []
    for unit in units:
        marks = [mention for mention in unit.mentions if mention.kind in ("date", "time")]
        text = _plain(expression, unit)
        denied = _NOT[lang].search(text) is not None
        found += [((m.kind, *m.key), (m, _side(unit, text, m, _cluster(expression, marks, m), lang), denied)) for m in marks]
    return _once(found)


def _once(found: Sequence[tuple[_Key, _Value]]) -> dict[_Key, _Value]:
    keys = [key for key, _ in found]
    return {key: value for key, value in found if keys.count(key) == 1}


def _plain(expression: Expression, unit: Unit) -> str:
    return fold(expression.text[slice(*unit.span)]).replace("\n", " ")


def _cluster(expression: Expression, marks: Sequence[Mention], mention: Mention) -> Span:
    """A day with its hour, an hour with its day."""
    low, high = mention.span
    for other in marks:
        start, end = other.span
        if other.kind == mention.kind:
            continue
        if end <= low and _JOINS.fullmatch(expression.text, end, low):
            low = start
        elif start >= high and _JOINS.fullmatch(expression.text, high, start):
            high = end
    return low, high


def _side(unit: Unit, text: str, mention: Mention, cluster: Span, lang: str) -> Where | None:
    """Where one kind of words stands around the day; an open stretch of days (`from D`, D或之後) has them in its own."""
    if _ONLY[lang].search(text):
        return None
    low, high = cluster[0] - unit.span[0], cluster[1] - unit.span[0]
    ahead, behind = _patterns(lang)
    found = {match.lastgroup for match in (ahead.search(text, 0, low), behind.match(text, high)) if match}
    if mention.value.startswith("/") or mention.value.endswith("/"):
        found.add("before" if mention.value.startswith("/") else "after")
    return found.pop() if len(found) == 1 else None  # type: ignore[return-value]


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands right before and right behind a day and tells on which side of it something is."""
    words = {name: "|".join(fold(word) for word in said[lang]) for name, said in glossary()["order"].items()}
    start = r"\b" if lang == "en" else ""
    ahead = rf"{start}(?:(?P<before>{words['before-ahead']})|(?P<after>{words['after-ahead']}))\s*(?:the\s+|[于在])?$"
    behind = rf"\s*(?:(?P<before>{words['before-behind']})|(?P<after>{words['after-behind']}))"
    return re.compile(ahead, re.IGNORECASE), re.compile(behind, re.IGNORECASE)


# Stretches of time ----------------------------------------------------------------------------------------------------


def _stretches(expression: Expression, units: Sequence[Unit]) -> dict[tuple[int, str], Stretch]:
    """Stretches of time that the units name once and place plainly, by number and unit."""
    lang = "zh" if chinese(expression.lang) else "en"
    found = []
    for unit in units:
        taken = [mention.span for mention in unit.mentions if mention.kind in ("date", "time")]
        start = unit.span[0]
        for match in _STRETCH[lang].finditer(_plain(expression, unit)):
            many, at = _many(match["number"]), match.start("number") + start
            if many is not None and not any(low <= at < high for low, high in taken):
                where, side = _where(match, lang)
                key = many, _UNITS.get(match["unit"], match["unit"].lower())
                found.append((key, Stretch(where, side, (match.start() + start, match.end() + start))))
    return _once(found)


def _many(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() else _words().get(said.lower().replace("两", "二"))


@cache
def _words() -> dict[str, int]:
    """Numbers in words, English up to twelve and Chinese below a hundred."""
    digits = ["", *"一二三四五六七八九"]
    han = {f"{digits[n // 10] if n >= 20 else ''}{'十' if n >= 10 else ''}{digits[n % 10]}": n for n in range(1, 100)}
    return {**han, **{word: n for n, word in enumerate(_NUMBERS, 1)}}


def _where(match: re.Match[str], lang: str) -> tuple[Where | None, Literal["before", "after"] | None]:
    """Where the stretch puts something, and on which side of its anchor it lies; None where that is not said."""
    how, side = (match["how"] or "").lower(), (match["side"] or "").lower()
    if lang == "zh":
        ahead, behind = bool(how) or side.endswith("前"), bool(match["since"]) or side.endswith("后")
        if ahead and behind:
            return None, None
        # 後六個月 alone may be the limit of 不得遲於
        where: Where | None = "within" if match["in"] or side.endswith("内") else "before" if ahead else "after" if side else None
        return where, "before" if ahead else "after" if behind else None
    if how == "for":
        return None, None
    if side in ("before", "in advance", "preceding") or side.startswith("prior"):
        return ("within" if how == "within" else "before"), "before"
    return "after" if how == "after" else "within" if how else "after" if side else None, "after" if side else None
