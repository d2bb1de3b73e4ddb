"""Checks inside one circular: does it contradict itself?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ingest.model import CellValue, Deadline, Expression, Finding, House, Side, Span
from kb import labels
from kb.checks.facts import deadline_side, readable_date
from kb.checks.known import link_twin, near_known
from kb.checks.pairing import side
from kb.facts import WEEKDAYS, Mention, mentions
from kb.wording import concepts

_MONTH = 31
_ADDED = ("amount", "percentage", "quantity", "number")
_TOTAL = re.compile(r"\s*(?:(?:sub-?|grand )?total\b|sum\b|(?:合|總|总|小)[計计]|總[數額和]|总[数额和])", re.IGNORECASE)
_FILLER = re.compile(
    r"\b(?:deadline|last day|due|for|of|the|to|on|by|and|or|a|an|their|its|with|in|users?|date)\b|截止|日期|限期|的|之", re.IGNORECASE
)


class Alone(NamedTuple):
    """One expression under examination, with its facts."""

    expression: Expression
    houses: Mapping[str, House]
    facts: tuple[Mention, ...]


def alone(expression: Expression, houses: Mapping[str, House]) -> Alone:
    """An expression made ready for the checks inside it."""
    return Alone(expression, houses, tuple(mentions(expression)))


def weekday_inside(one: Alone) -> Iterator[Finding]:
    """A printed weekday is that of its date."""
    for mention in one.facts:
        if mention.kind == "weekday":
            true = WEEKDAYS[date.fromisoformat(mention.key[0]).weekday()]
            if true != mention.key[1]:
                message = f"{mention.key[0]} is a {true}, not a {mention.key[1]}"
                yield Finding(
                    check="weekday-inside", level="error", message=message, left=side(mention), right=Side(value=f"{mention.key[0]} {true}")
                )


def impossible_dates(one: Alone) -> Iterator[Finding]:
    """Every date that is printed in full exists in the calendar."""
    for item in one.expression.unexplained:
        if readable_date(item.quote) and len(item.quote) <= 60:
            yield Finding(
                check="impossible-dates",
                level="error",
                message=f"no such day: {item.quote}",
                left=Side(value=item.quote, quote=item.quote, span=item.span),
            )


def body_schedule(one: Alone) -> Iterator[Finding]:
    """The body and the schedule set the same deadline for the same act."""
    expression = one.expression
    inside = [item for item in expression.deadlines if _tabled(expression, item)]
    for body in (item for item in expression.deadlines if not _tabled(expression, item)):
        told = max(
            (_shared(expression, body, entry) for entry in inside if entry.due == body.due and not _clocks_differ(body, entry)), default=0
        )
        for entry in inside:
            if not body.due or not entry.due or _said(body) == _said(entry):
                continue
            # an act of several days has a row for each: the one of this day is not the next one's contradiction
            if entry.stated != body.stated and told and told >= _shared(expression, body, entry):
                continue
            near = body.stated == entry.stated or (abs((body.due - entry.due).days) <= _MONTH and body.stated is not None)
            if near and same_act(expression, body, entry) and (body.due != entry.due or _clocks_differ(body, entry)):
                yield _contradiction(body, entry)
                break


def _contradiction(body: Deadline, entry: Deadline) -> Finding:
    if body.due != entry.due:
        left, right = str(body.due), str(entry.due)
        message = f"the body means {left} ({body.relation} {body.stated}), the schedule {right}"
    else:
        left, right = str(body.time), str(entry.time)
        message = f"the body says {left} on {body.due}, the schedule {right}"
    return Finding(
        check="body-schedule", level="warning", message=message, left=deadline_side(body, left), right=deadline_side(entry, right)
    )


def _said(item: Deadline) -> tuple[date | None, str | None]:
    return item.due, item.time


def _clocks_differ(body: Deadline, entry: Deadline) -> bool:
    return bool(body.time and entry.time and body.time != entry.time)


def _tabled(expression: Expression, item: Deadline) -> bool:
    return any(table.span[0] <= item.span[0] < table.span[1] for table in expression.tables)


def same_act(expression: Expression, left: Deadline, right: Deadline) -> bool:
    """Do two deadlines ask for the same act? Their actions share words, or at least what the glossary knows of them."""
    mine, yours = _act(expression, left), _act(expression, right)
    if labels.differ(mine, yours):
        return False
    words = _stems(mine) & _stems(yours)
    total = min(len(_stems(mine)), len(_stems(yours)))
    if total and len(words) / total >= 0.5:
        return True
    shared = concepts(mine, expression.lang) & concepts(yours, expression.lang)
    fewer = min(len(concepts(mine, expression.lang)), len(concepts(yours, expression.lang)))
    return bool(fewer) and len(shared) / fewer >= 0.6 and (bool(words) or fewer >= 2 or left.due == right.due)


def _shared(expression: Expression, left: Deadline, right: Deadline) -> int:
    """How many words two acts share."""
    return len(_stems(_act(expression, left)) & _stems(_act(expression, right)))


def _act(expression: Expression, item: Deadline) -> str:
    """What is to be done: the action, and in a schedule the entry or heading that names it."""
    event = next((e for e in expression.events if e.span[0] <= item.span[0] < e.span[1]), None)
    heading = _heading(expression, item) if event is None else ""
    return " ".join(filter(None, [item.action, event.title if event else "", heading]))


def _heading(expression: Expression, item: Deadline) -> str:
    """The heading of the table's column in which a bare date stands."""
    for table in expression.tables:
        if table.span[0] <= item.span[0] < table.span[1]:
            for row in table.rows[table.header :]:
                for column, cell in enumerate(row):
                    if item.quote and " ".join(item.quote.split()) in " ".join(cell.split()):
                        return " ".join(head[column] for head in table.rows[: table.header] if column < len(head))
    return ""


def _stems(text: str) -> frozenset[str]:
    """English words by their first five letters; Chinese by pairs of characters."""
    bare = _FILLER.sub(" ", text)
    english = {word.lower()[:5] for word in re.findall(r"[A-Za-z0-9]{2,}", bare)}
    chinese = {run[i : i + 2] for run in re.findall(r"[\u3400-\u9fff]+", bare) for i in range(len(run) - 1)}
    return frozenset(english | chinese)


def sums(one: Alone) -> Iterator[Finding]:
    """A total in a table is the sum of the figures above it."""
    for table in one.expression.tables:
        figures = {(cell.row, cell.col): cell for cell in table.cells if cell.kind in _ADDED and re.fullmatch(r"-?[\d.]+", cell.value)}
        totals = [row for row in range(table.header, len(table.rows)) if any(map(_TOTAL.match, table.rows[row][:2]))]
        for row in totals:
            for column in range(max(map(len, table.rows))):
                above = range(table.header, row)
                printed = figures.get((row, column))
                if printed and (wrong := _wrong_sum(figures, printed, above, totals)) is not None:
                    start, end = printed.span
                    quote = one.expression.text[start:end]
                    message = f"the total reads {quote}, the figures above it make {wrong}"
                    total = Side(value=printed.value, quote=quote, span=printed.span, page=table.page)
                    yield Finding(check="sums", level="warning", message=message, left=total, right=Side(value=wrong))


def _wrong_sum(figures: Mapping[tuple[int, int], CellValue], printed: CellValue, above: range, totals: list[int]) -> str | None:
    """The sum of the entries above; None where it is what is printed, or where an entry above is no figure of the kind."""
    last = max((row for row in totals if row < printed.row), default=above.start - 1)
    entries = [row for row in above if row not in totals]
    stretches = [entries, [row for row in entries if row > last], [row for row in above if row in totals]]
    sums = []
    for rows in stretches:
        cells = [cell for row in rows if (cell := figures.get((row, printed.col)))]
        if len(cells) == len(rows) >= 2 and {(cell.kind, cell.unit) for cell in cells} == {(printed.kind, printed.unit)}:
            sums.append(sum(Decimal(cell.value) for cell in cells))
            places = max(_places(cell.value) for cell in (*cells, printed))
            slack = Decimal(len(cells)) / 2 / 10**places if places else Decimal(0)  # rounded figures need not add up
            if abs(sums[-1] - Decimal(printed.value)) <= slack:
                return None
    return f"{sums[0]:f}" if sums else None


def _places(value: str) -> int:
    """How many decimals are printed."""
    return len(value.partition(".")[2])


def schedule_order(one: Alone) -> Iterator[Finding]:
    """A schedule runs forward in time, but for an entry that goes back within its month."""
    expression = one.expression
    for number in range(len(expression.tables)):
        starts = _row_starts(expression, number)
        for row, day, quote in _out_of_order(starts):
            expected = _without_slip(day, starts, row)
            message = f"{day} breaks the order of the schedule" + (f"; {expected} would fit" if expected else "")
            yield Finding(
                check="schedule-order",
                level="warning",
                message=message,
                left=Side(value=day.isoformat(), quote=quote.quote, span=quote.span, page=quote.page),
                right=Side(value=expected.isoformat()) if expected else None,
            )


def _row_starts(expression: Expression, number: int) -> list[tuple[int, date, Mention]]:
    """The day on which each row of a table begins: its first date."""
    table = expression.tables[number]
    out: list[tuple[int, date, Mention]] = []
    found = [m for m in mentions(expression) if m.kind == "date" and table.span[0] <= m.span[0] < table.span[1]]
    for mention in found:
        row = _row_of(expression, number, mention)
        if row is not None and row not in {known for known, _, _ in out}:
            out.append((row, date.fromisoformat(mention.key[0]), mention))
    return out


def _row_of(expression: Expression, number: int, mention: Mention) -> int | None:
    quote = " ".join(mention.quote.split())
    for index, row in enumerate(expression.tables[number].rows):
        if row and quote and quote in " ".join(row[0].split()):
            return index
    return None


def _out_of_order(starts: list[tuple[int, date, Mention]]) -> Iterator[tuple[int, date, Mention]]:
    """Rows that step back by more than a month from the row before, and so does the next one forward again."""
    for before, here, after in zip(starts, starts[1:], starts[2:], strict=False):
        back = (before[1] - here[1]).days > _MONTH
        ahead = (here[1] - after[1]).days > _MONTH and (here[1] - before[1]).days > _MONTH
        if after[1] >= before[1] and (back or ahead):
            yield here


def _without_slip(day: date, starts: list[tuple[int, date, Mention]], row: int) -> date | None:
    """The same day in the year that would fit between the neighbours."""
    index = next(i for i, (number, _, _) in enumerate(starts) if number == row)
    before, after = starts[index - 1][1], starts[min(index + 1, len(starts) - 1)][1]
    for year in (day.year + 1, day.year - 1):
        try:
            candidate = day.replace(year=year)
        except ValueError:
            continue
        if before <= candidate <= after:
            return candidate
    return None


def links(one: Alone) -> Iterator[Finding]:
    """A linked address or mailbox leads to what is printed."""
    found = [mention for mention in one.facts if mention.kind == "contact"]
    seen: set[Span] = set()
    for mention in found:
        if mention.span not in seen and (twin := link_twin(mention, found)):
            seen.add(mention.span)
            message = f"one reads {mention.value}, the other way leads to {twin.value}"
            yield Finding(check="links", level="warning", message=message, left=side(mention), right=side(twin))


def known_contacts(one: Alone) -> Iterator[Finding]:
    """No contact misses a known one of its house by one digit or letter."""
    found = [mention for mention in one.facts if mention.kind == "contact"]
    for mention, known in near_known(one.expression, found, one.houses):
        message = f"{mention.value} is one character away from {known}, which {one.expression.issuer} is known by"
        yield Finding(check="known-contacts", level="error", message=message, left=side(mention), right=Side(value=known))
