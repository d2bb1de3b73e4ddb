"""The facts of an expression in one sequence, each with a key that two languages and two ways of writing share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from ingest.model import Contact, DateMention, Expression, Reference, Span
from kb.wording import narrow

Kind = Literal["date", "weekday", "dayname", "time", "contact", "reference", "amount", "percentage", "number", "code", "unexplained"]
Key = tuple[str, ...]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PRINTED_WEEKDAY = re.compile(
    r"\b(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|(?:星期|週|周|禮拜|礼拜|[(（])(?P<zh>[一二三四五六日天])", re.IGNORECASE
)
# A day of the week that belongs to no date (`Mondays to Fridays`, 逢星期三); `every week once` (每週一次) and holidays name none.
_DAYNAMES = re.compile(
    r"(?<!Good )(?<!Easter )(?<!Holy )(?<!Ash )\b(?P<en>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
    r"|(?:星期|禮拜|礼拜|[週周])(?P<zh>[一二三四五六日天](?:\s?[至到、及和或與与–-]\s?(?:星期|禮拜|礼拜|[週周])?[一二三四五六日天])*)(?![天日次個个年])"
)
_ZH_DAY = re.compile(r"(?:星期|禮拜|礼拜|[週周])?(?P<day>[一二三四五六日天])")
_TOKEN = re.compile(r"[A-Za-z0-9]*\d[A-Za-z0-9]*(?:[.,:+-]\d+)*")
# So many digits make a telephone number; fewer are the last ones of a second number (`2979 7640/41`).
_WHOLE_NUMBER = 7
_ENUMERATOR = re.compile(r"(?m)^[ \t]*[(（]?\d{1,2}[)）.、](?!\d)")


class Mention(NamedTuple):
    """A fact where it stands: `key` decides whether two are the same, `value` is the contract's form."""

    kind: Kind
    key: Key
    value: str
    quote: str
    span: Span
    page: int | None = None


def interval(start: date | None, end: date | None) -> str:
    """A day, or `start/end`; an open side is empty."""
    if start == end and start is not None:
        return start.isoformat()
    return f"{start.isoformat() if start else ''}/{end.isoformat() if end else ''}"


def days(mention: Mention) -> frozenset[date]:
    """Every day of a date mention; nothing where it is longer than a quarter."""
    start, end = (date.fromisoformat(part) for part in mention.key)
    if (end - start).days > 92:
        return frozenset()
    return frozenset(start + timedelta(days=n) for n in range((end - start).days + 1))


def printed_weekdays(quote: str) -> list[tuple[int, Span]]:
    """The weekdays that a quote prints, Monday 0, in reading order, each with its place."""
    out = []
    for match in _PRINTED_WEEKDAY.finditer(narrow(quote)):
        if match["en"]:
            out.append((("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(match["en"].lower()), match.span()))
        else:
            start = match.start() + match.group().startswith("(")
            out.append(("一二三四五六日".index(match["zh"].replace("天", "日")), (start, match.end())))
    return out


def mentions(expression: Expression) -> list[Mention]:
    """Every fact that the text states, in reading order; what a more special kind has taken is no plain number."""
    found = [*_dates(expression), *_times(expression), *_contacts(expression), *_references(expression), *_unexplained(expression)]
    text = narrow(expression.text)
    taken = _Taken(mention.span for mention in found)
    taken.add(
        match.span() for number in (expression.number, *expression.other_numbers) if number for match in _spaced(number).finditer(text)
    )
    taken.add(match.span() for number in _telephones(expression) for match in number.finditer(text))
    found += [mention for mention in _daynames(text) if taken.free(mention.span)]
    fresh = [mention for mention in _amounts(expression) if taken.free(mention.span)]
    taken.add(mention.span for mention in fresh)
    found += fresh
    taken.add(match.span() for match in _ENUMERATOR.finditer(text))
    found += [mention for mention in _numbers(text) if taken.free(mention.span)]
    return sorted((_verbatim(mention, expression.text) for mention in found), key=lambda mention: (mention.span, mention.kind))


def _verbatim(mention: Mention, text: str) -> Mention:
    """Figures are found in the narrowed text; the quote is the published one."""
    if mention.kind not in ("number", "code", "dayname"):
        return mention
    quote = text[mention.span[0] : mention.span[1]]
    return mention._replace(quote=quote) if mention.kind == "dayname" else mention._replace(quote=quote, value=quote)


class _Taken:
    """The parts of the text that a fact has claimed."""

    def __init__(self, spans: Iterator[Span]) -> None:
        self._offsets: set[int] = set()
        self.add(spans)

    def add(self, spans: Iterator[Span]) -> None:
        for start, end in spans:
            self._offsets.update(range(start, end))

    def free(self, span: Span) -> bool:
        return self._offsets.isdisjoint(range(*span))


def _dates(expression: Expression) -> Iterator[Mention]:
    for item in expression.dates:
        start, end = item.start or item.end, item.end or item.start
        if start is None or end is None:
            continue
        yield Mention("date", (start.isoformat(), end.isoformat()), interval(item.start, item.end), item.quote, item.span, item.page)
        yield from _weekdays(item, start, end)


def _weekdays(item: DateMention, start: date, end: date) -> Iterator[Mention]:
    printed = printed_weekdays(item.quote)
    stated = [start] if start == end else [start, end]
    if len(printed) != len(stated):
        return
    for day, (weekday, (left, right)) in zip(stated, printed, strict=True):
        name, span = WEEKDAYS[weekday], (item.span[0] + left, item.span[0] + right)
        yield Mention("weekday", (day.isoformat(), name), f"{day.isoformat()} {name}", item.quote[left:right], span, item.page)


def _daynames(text: str) -> Iterator[Mention]:
    """The days of the week in a text, also those of dates; a stretch (星期一至五) has two."""
    for match in _DAYNAMES.finditer(text):
        if match["en"]:
            name = f"{match['en']}day"
            yield Mention("dayname", (name,), name, match.group(), match.span())
            continue
        for day in _ZH_DAY.finditer(text, *match.span()):
            name = WEEKDAYS["一二三四五六日".index(day["day"].replace("天", "日"))]
            yield Mention("dayname", (name,), name, day.group(), day.span())


def _times(expression: Expression) -> Iterator[Mention]:
    for item in expression.times:
        for clock in (item.time, item.end_time):
            if clock:
                yield Mention("time", ("24:00" if clock == "00:00" else clock,), clock, item.quote, item.span, item.page)


def _contacts(expression: Expression) -> Iterator[Mention]:
    for item in expression.contacts:
        if item.kind in ("tel", "fax", "email", "url"):
            yield Mention("contact", (contact_key(item),), item.value, item.quote, item.span, item.page)


def _telephones(expression: Expression) -> Iterator[re.Pattern[str]]:
    """The telephone numbers of a text; where one is printed a second time it is no contact of its own, nor are its halves figures."""
    printed = {item.quote for item in expression.contacts if item.kind in ("tel", "fax")}
    return (dialled(quote) for quote in printed if len(re.findall(r"\d", quote)) >= _WHOLE_NUMBER)


def dialled(number: str) -> re.Pattern[str]:
    """A telephone number, however its digits are grouped."""
    return re.compile(r"(?<!\d)" + r"[\s()-]{0,2}".join(re.findall(r"\d", narrow(number))) + r"(?!\d)")


def contact_key(item: Contact) -> str:
    """What makes two contacts one: a fax machine and a telephone with one number are the same line."""
    return item.value.lower().rstrip("/.")


def sort_of(mention: Mention) -> str:
    """Is a contact a number, a mailbox or an address of the web?"""
    return "url" if "://" in mention.value else "email" if "@" in mention.value else "tel"


def _references(expression: Expression) -> Iterator[Mention]:
    own = {squeezed(number) for number in (expression.number, *expression.other_numbers) if number}
    for item in expression.references:
        if item.number and squeezed(item.number) not in own and document_number(item):
            yield Mention("reference", (squeezed(item.number),), item.number, item.quote, item.span, item.page)


def squeezed(number: str) -> str:
    """A reference number without spaces and case."""
    return re.sub(r"\s+", "", narrow(number)).upper()


def document_number(item: Reference) -> bool:
    """Is this the number of a document, and not that of a rule or section?"""
    number = item.number or ""
    return bool(re.search(r"\d", number)) and (
        bool(re.search(r"[/〔\[(（]", number)) or bool(re.fullmatch(r"\d{2}[A-Z]{1,3}\d+|[A-Z]{1,6}\d{2,}", number))
    )


def _unexplained(expression: Expression) -> Iterator[Mention]:
    for item in expression.unexplained:
        if re.search(r"\d", item.quote):
            yield Mention("unexplained", (squeezed(item.quote),), item.quote, item.quote, item.span)


def _spaced(number: str) -> re.Pattern[str]:
    return re.compile(r"\s*".join(re.escape(char) for char in narrow(number)), re.IGNORECASE)


def _figure(printed: str) -> str:
    value = Decimal(printed.replace(",", ""))
    return str(value.normalize() if value else Decimal(0)) if abs(value) < Decimal("1e-6") else f"{value.normalize():f}"


def _amounts(expression: Expression) -> Iterator[Mention]:
    """Money and percentages; a basis point is a hundredth of one. A number of things is compared as a number."""
    for item in expression.amounts:
        if item.kind == "money":
            yield Mention("amount", (f"{item.value:f}", item.unit or ""), item.quote, item.quote, item.span, item.page)
        elif item.kind == "percentage":
            rate = item.value / 100 if item.unit == "bp" else item.value
            yield Mention("percentage", (f"{rate.normalize():f}",), item.quote, item.quote, item.span, item.page)


def _numbers(text: str) -> Iterator[Mention]:
    for match in _TOKEN.finditer(text):
        token = match.group().removeprefix("v")  # `layout v4.1`, 格式4.1版
        kind: Kind = "code" if re.search(r"[A-Za-z]", token) else "number"
        key = token.lower() if kind == "code" or re.search(r"[:+-]|\..*\.", token) else _plain(token)
        yield Mention(kind, (key,), token, token, (match.end() - len(token), match.end()))


def _plain(token: str) -> str:
    try:
        return _figure(token)
    except ArithmeticError:
        return token


def same_amount(left: Key, right: Key) -> bool:
    """Are two sums of money the same? A currency that one side leaves open fits any."""
    return left[0] == right[0] and (left[1] == right[1] or not left[1] or not right[1])
