"""What ought to hold for a pair of circulars, and inside one: named checks, composed in dicts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ingest.model import Expression, Finding, House, Value
from kb.checks import facts, items, known, order, scope, sense, text
from kb.checks import inside as inner
from kb.checks.inside import Alone, alone
from kb.checks.pairing import Paired
from kb.comparison import Agreed, Comparison
from kb.facts import Kind
from kb.pairs import relate, too_large

_ORDER = {"error": 0, "warning": 1, "note": 2}


class Check(Value, frozen=True, kw_only=True):
    """A fact that ought to hold. `pair` judges two expressions, `inside` judges one; `kinds` are the facts that it counts."""

    description: str
    pair: Callable[[Paired], Iterator[Finding]] | None = None
    inside: Callable[[Alone], Iterator[Finding]] | None = None
    kinds: tuple[Kind, ...] = ()


def _of_pair(function: Callable[[Paired], Iterator[Finding]], *kinds: Kind) -> Check:
    return Check(description=_first_line(function), pair=function, kinds=kinds)


def _of_one(function: Callable[[Alone], Iterator[Finding]]) -> Check:
    return Check(description=_first_line(function), inside=function)


def _first_line(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip().partition("\n")[0]


CHECKS: Mapping[str, Check] = {
    "header": _of_pair(known.header),
    "deadlines": _of_pair(facts.deadlines),
    "dates": _of_pair(facts.dates, "date"),
    "weekdays": _of_pair(facts.weekdays, "weekday", "dayname"),
    "times": _of_pair(facts.times, "time"),
    "contacts": _of_pair(known.contacts, "contact"),
    "urls": _of_pair(known.urls),
    "references": _of_pair(known.references, "reference"),
    "amounts": _of_pair(facts.amounts, "amount", "percentage"),
    "numbers": _of_pair(facts.numbers, "number", "code"),
    "limits": _of_pair(sense.limits),
    "order": _of_pair(order.order),
    "recurrence": _of_pair(sense.recurrence),
    "negation": _of_pair(sense.negation),
    "modality": _of_pair(text.modality),
    "parties": _of_pair(scope.parties),
    "rows": _of_pair(text.rows),
    "events": _of_pair(text.events),
    "tables": _of_pair(text.tables),
    "duties": _of_pair(text.duties),
    "items": _of_pair(items.items),
    "text": _of_pair(text.text),
    "weekday-inside": _of_one(inner.weekday_inside),
    "impossible-dates": _of_one(inner.impossible_dates),
    "body-schedule": _of_one(inner.body_schedule),
    "schedule-order": _of_one(inner.schedule_order),
    "sums": _of_one(inner.sums),
    "links": _of_one(inner.links),
    "known-contacts": _of_one(inner.known_contacts),
}


def compare(left: Expression, right: Expression, houses: Mapping[str, House], only: Collection[str] = ()) -> Comparison:
    """Lay two expressions side by side and run the checks for pairs, or just those named."""
    beyond = tuple(filter(None, map(_beyond, (left, right))))
    if beyond:
        return Comparison(left=left, right=right, relation="unrelated", findings=beyond)
    pairing = relate(left, right, houses)
    if pairing.relation == "unrelated":
        return Comparison(left=left, right=right, relation="unrelated", evidence=pairing.evidence)
    pair = Paired(left, right, pairing.relation, houses)
    chosen = {name: check for name, check in CHECKS.items() if check.pair and (not only or name in only)}
    found = [finding for check in chosen.values() if check.pair for finding in check.pair(pair)]
    agreed = [Agreed(check=name, count=pair.agreed(*check.kinds)) for name, check in chosen.items() if check.kinds]
    if not only and _unlaid(left, right, found, agreed):
        found.append(Finding(check="text", level="warning", message="nothing of the two texts could be laid side by side"))
    return Comparison(
        left=left, right=right, relation=pairing.relation, evidence=pairing.evidence, findings=ranked(found), agreed=tuple(agreed)
    )


def _unlaid(left: Expression, right: Expression, found: Sequence[Finding], agreed: Sequence[Agreed]) -> bool:
    """Whether both state deadlines, and yet no fact agrees and nothing differs: then nothing was compared, and no silence says so."""
    dated = all(any(deadline.stated for deadline in one.deadlines) for one in (left, right))
    return dated and not any(one.count for one in agreed) and all(finding.level == "note" for finding in found)


def inside(expression: Expression, houses: Mapping[str, House], only: Collection[str] = ()) -> list[Finding]:
    """Run the checks inside one circular, or just those named."""
    beyond = _beyond(expression)
    if beyond:
        return [beyond]
    one = alone(expression, houses)
    found = [finding for name, check in CHECKS.items() if check.inside and (not only or name in only) for finding in check.inside(one)]
    return list(ranked(found))


def _beyond(expression: Expression) -> Finding | None:
    told = too_large(expression)
    return Finding(check="text", level="warning", message=told) if told else None


def ranked(findings: list[Finding]) -> tuple[Finding, ...]:
    """Errors first, then in reading order; the same finding once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda finding: (_ORDER[finding.level], _place(finding), finding.check)))


def _place(finding: Finding) -> tuple[int, int]:
    spans = [side.span for side in (finding.left, finding.right) if side and side.span]
    return spans[0] if spans else (0, 0)
