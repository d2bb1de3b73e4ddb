"""Checks of single facts: dates, weekdays, deadlines, times, amounts and other figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ingest.model import Deadline, Expression, Finding, Level, Side, Span
from kb.checks.align import Match
from kb.checks.pairing import Paired, Residue, damaged, side
from kb.checks.units import Unit
from kb.facts import WEEKDAYS, Mention, printed_weekdays
from kb.wording import narrow

_FULL_DATE = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[\s-]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{1,2}-\d{1,2}|月[一二三四五六七八九十廿卅]+日",
    re.IGNORECASE,
)
# The number of a rule, a section or a report form is each house's own.
_HOUSE_NUMBER = re.compile(
    r"(?:Rules?|Sections?|Chapters?|Clauses?|Procedures?|Appendix|Schedule|Form|report|[Vv]ersion|to|and|v|第|至|及|編號)\W*$",
    re.IGNORECASE,
)


def readable_date(quote: str) -> bool:
    """Is a whole date printed, so that it is the day that cannot be and not the print?"""
    return bool(_FULL_DATE.search(narrow(quote)))


def dates(pair: Paired) -> Iterator[Finding]:
    """Each date of one side stands in the matching passage of the other."""
    for residue in pair.of_kind("date", "unexplained"):
        if not in_deadline(pair, residue):
            yield from _differs(pair, residue, "dates", "date")


def weekdays(pair: Paired) -> Iterator[Finding]:
    """A date carries the same weekday on both sides, and what is done on certain days of the week is done on the same ones."""
    for residue in (*pair.of_kind("weekday"), *pair.of_kind("dayname")):
        if residue.left and residue.right:
            yield from _differs(pair, residue, "weekdays", "weekday")
    for residue in pair.of_kind("date", "unexplained"):
        if residue.left and residue.right:
            yield from _damaged_weekday(pair, residue.left, residue.right)


def _damaged_weekday(pair: Paired, left: Mention, right: Mention) -> Iterator[Finding]:
    """A date that could not be read may still print another weekday than that of the day on the other side."""
    day, unread = (left, right) if right.kind == "unexplained" else (right, left)
    printed = printed_weekdays(unread.quote) if unread.kind == "unexplained" and day.kind == "date" and day.key[0] == day.key[1] else []
    weekday = date.fromisoformat(day.key[0]).weekday() if day.kind == "date" else -1
    if len(printed) == 1 and printed[0][0] != weekday:
        (found, (low, high)), start = printed[0], unread.span[0]
        one = Side(value=WEEKDAYS[found], quote=unread.quote[low:high], span=(start + low, start + high), page=unread.page)
        sides = (side(day), one) if day is left else (one, side(day))
        yield pair.differs("weekdays", "error", f"{day.key[0]} is a {WEEKDAYS[weekday]}, not a {WEEKDAYS[found]}", *sides)


def times(pair: Paired) -> Iterator[Finding]:
    """Each clock time of one side stands in the matching passage of the other."""
    for residue in pair.of_kind("time"):
        yield from _differs(pair, residue, "times", "time")


def amounts(pair: Paired) -> Iterator[Finding]:
    """Sums of money and percentages are the same."""
    for residue in pair.of_kind("amount", "percentage"):
        yield from _differs(pair, residue, "amounts", "amount")


def numbers(pair: Paired) -> Iterator[Finding]:
    """Other figures, such as counts, limits and versions, are the same."""
    for residue in pair.of_kind("number", "code"):
        if residue.left is None or residue.right is None:
            continue  # the other side may well write it in words; the text check shows what a sibling lacks
        level: Level = "error"
        if not (_figure(residue.left) and _figure(residue.right)) or (
            pair.one_language and pair.relation != "reissue" and _house_number(pair, residue)
        ):
            level = "warning"
        yield pair.differs(
            "numbers",
            _announced(pair, residue, pair.level(residue.match, level)),
            "another figure",
            side(residue.left),
            side(residue.right),
        )


def _figure(mention: Mention) -> bool:
    """A plain count or size; a code or what looks like an unread clock time is judged more mildly."""
    return mention.kind == "number" and bool(re.fullmatch(r"\d+(?:\.\d+)?", mention.key[0]))


def _house_number(pair: Paired, residue: Residue) -> bool:
    return bool(residue.left and _HOUSE_NUMBER.search(pair.left.text[max(0, residue.left.span[0] - 20) : residue.left.span[0]]))


def _differs(pair: Paired, residue: Residue, check: str, what: str) -> Iterator[Finding]:
    left, right = residue.left, residue.right
    if left and right:
        level = _announced(pair, residue, pair.level(residue.match, _both(left, right)))
        yield pair.differs(check, level, f"another {what}: {left.value} on the left, {right.value} on the right", side(left), side(right))
    elif (mention := left or right) and mention.kind != "unexplained" and pair.relation != "reissue":
        where = "left" if left else "right"
        yield pair.differs(
            check, _one_sided(pair, residue, mention, check), f"{what} only on the {where}: {mention.value}", side(left), side(right)
        )


def _both(left: Mention, right: Mention) -> Level:
    """A day that cannot be is wrong; a damaged or unread figure cannot be judged."""
    for mention in (left, right):
        if mention.kind == "unexplained":
            return "error" if readable_date(mention.quote) else "warning"
        if mention.kind == "number" and damaged(mention.quote):
            return "warning"
    return "error"


def _one_sided(pair: Paired, residue: Residue, mention: Mention, check: str) -> Level:
    """In one language a lost fact is seen; in another it may be said in words, but for the day of a deadline."""
    in_words = check != "deadlines" or not pair.rarer(mention, not residue.left)
    if pair.narrow or (not pair.one_language and in_words):
        return "warning"
    if mention.kind == "date" and not re.search(r"\d", mention.quote):
        return "warning"
    return pair.level(residue.match, "error")


def _announced(pair: Paired, residue: Residue, level: Level) -> Level:
    """A change that a correction announces by naming what stood there before is expected."""
    if pair.relation != "reissue" or not residue.left or not residue.right:
        return level
    for expression, old in ((pair.right, residue.left), (pair.left, residue.right)):
        if old.kind == "date" and any(item.start and item.start.isoformat() == old.key[0] for item in expression.dates):
            return "note"
        if old.kind != "date" and old.quote in expression.text:
            return "note"
    return level


# Deadlines ------------------------------------------------------------------------------------------------------------


def deadlines(pair: Paired) -> Iterator[Finding]:
    """Each deadline is due on the same day."""
    for residue in pair.of_kind("date", "unexplained"):
        if in_deadline(pair, residue) and not _said_of_deadline(pair, residue):
            yield from _differs(pair, residue, "deadlines", "deadline")
    told = {m.span for r in pair.of_kind("date", "unexplained") for m in (r.left, r.right) if m}
    for match in pair.answered:
        yield from _due(pair, match, told)


def _said_of_deadline(pair: Paired, residue: Residue) -> bool:
    """A day that one side names again (當日) and the other only points at (`by noon on that day`)."""
    lone = residue.left or residue.right
    if lone is None or (residue.left and residue.right) or lone.kind != "date":
        return False
    other, units = (pair.right, residue.match.right) if residue.left else (pair.left, residue.match.left)
    return any(item.stated and (item.stated.isoformat(),) * 2 == lone.key for item in within(other, units))


def in_deadline(pair: Paired, residue: Residue) -> bool:
    """Is one of the two dates that of a deadline?"""
    return any(
        mention is not None and deadline_at(expression, mention.span) is not None
        for expression, mention in ((pair.left, residue.left), (pair.right, residue.right))
    )


def deadline_at(expression: Expression, span: Span) -> Deadline | None:
    """The deadline whose words hold this place."""
    return next((item for item in expression.deadlines if item.span[0] <= span[0] and span[1] <= item.span[1] + 2), None)


def _due(pair: Paired, match: Match, told: set[Span]) -> Iterator[Finding]:
    """The same day is printed, but one side means the day before it."""
    left, right = (within(side_, units) for side_, units in ((pair.left, match.left), (pair.right, match.right)))
    for mine in left:
        yours = next((item for item in right if item.stated == mine.stated and mine.stated), None)
        if yours is None or any(item.span[0] <= span[0] < item.span[1] for span in told for item in (mine, yours)):
            continue
        if mine.due and yours.due and mine.due != yours.due:
            message = f"due {mine.due} ({mine.relation}) on the left, {yours.due} ({yours.relation}) on the right"
            yield pair.differs("deadlines", pair.level(match), message, deadline_side(mine, mine.due), deadline_side(yours, yours.due))


def within(expression: Expression, units: Sequence[Unit]) -> list[Deadline]:
    """The deadlines inside some units."""
    spans = [unit.span for unit in units]
    return [item for item in expression.deadlines if any(start <= item.span[0] < end for start, end in spans)]


def deadline_side(item: Deadline, value: date | str) -> Side:
    """A deadline as one side of a finding."""
    return Side(value=str(value), quote=item.quote if len(item.quote) <= 240 else None, span=item.span, page=item.page)
