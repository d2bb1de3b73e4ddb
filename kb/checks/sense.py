"""Checks of the small words that turn a statement round: at least or at most, how often, and what is denied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ingest.model import Expression, Finding, Side
from ingest.text import fold
from kb.checks.pairing import Paired, passage, unit_side
from kb.checks.text import side_by_side
from kb.checks.units import Unit
from kb.wording import Sense, senses

# A comparison that is denied says the opposite: `must not at any time exceed`, 不會超過.
_DENIED = re.compile(r"\b(?:not|no|none|nobody|never|nor|neither|cannot)\b[^.;:]{0,32}$|[不未无没毋勿][^,，。;；]{0,6}$", re.IGNORECASE)
_LIMIT = {"low": "at least", "high": "at most", "more": "more than", "less": "less than"}
_DENIES = {"more": "at most", "less": "at least"}
# `Less than 5 is kept` and 5或以上方予退還 are the same rule, so only words of one kind are each other's opposites.
_OPPOSED = (
    {"at least", "at most"},
    {"more than", "less than"},
    {"at most", "allowed to be more than"},
    {"at least", "allowed to be less than"},
)
_ALLOWED = re.compile(r"(?:\b(?:may|can)\s+(?:be\s+)?|(?<![不未])可能?)$", re.IGNORECASE)
_BEFORE, _BEHIND = 40, 24


def limits(pair: Paired) -> Iterator[Finding]:
    """What limits a figure from below does so on both sides: at least is not at most."""
    yield from _exchanged(pair, "limits", _limits)


def recurrence(pair: Paired) -> Iterator[Finding]:
    """What recurs does so as often on both sides: daily is not monthly."""
    yield from _exchanged(pair, "recurrence", _recurring)


def _exchanged(pair: Paired, check: str, read: Callable[[Expression, Sequence[Unit]], list[Sense]]) -> Iterator[Finding]:
    """Where both sides have as many such words and not the same ones; a language may well do without one."""
    if pair.relation == "reissue":
        return
    for match in pair.answered:
        for one, other in side_by_side(match):
            mine, yours = read(pair.left, one), read(pair.right, other)
            if len(mine) != len(yours):
                continue
            for a, b in zip(_spare(mine, yours), _spare(yours, mine), strict=True):
                if check == "limits" and {a.name, b.name} not in _OPPOSED:
                    continue
                message = f"{a.name} on the left, {b.name} on the right"
                yield pair.differs(check, pair.level(match), message, _said(pair.left, a), _said(pair.right, b))


def _spare(mine: Sequence[Sense], yours: Sequence[Sense]) -> list[Sense]:
    """What `mine` says oftener than `yours`, in reading order."""
    rest = Counter(sense.name for sense in yours)
    out = []
    for sense in mine:
        rest[sense.name] -= 1
        if rest[sense.name] < 0:
            out.append(sense)
    return out


def _limits(expression: Expression, units: Sequence[Unit]) -> list[Sense]:
    out = []
    for sense in _found("limits", expression, units):
        start = sense.span[0]
        before = fold(expression.text[max(0, start - _BEFORE) : start])
        name = _LIMIT[sense.name]
        if sense.name in _DENIES:
            name = _DENIES[sense.name] if _DENIED.search(before) else f"allowed to be {name}" if _ALLOWED.search(before) else name
        out.append(Sense(name, sense.span))
    return out


def _recurring(expression: Expression, units: Sequence[Unit]) -> list[Sense]:
    return _found("recurrence", expression, units)


def negation(pair: Paired) -> Iterator[Finding]:
    """What one side denies, the other does not simply state."""
    if pair.one_language or pair.relation == "reissue":
        return  # siblings share their words: a `not` too many is told by the text
    for match in pair.answered:
        if match.left[0].kind != "sentence" or match.right[0].kind != "sentence":
            continue
        mine, yours = _found("negation", pair.left, match.left), _found("negation", pair.right, match.right)
        for left, said, other in ((True, mine, yours), (False, yours, mine)):
            plain = next((sense for sense in said if sense.name == "plain"), None)
            if plain is not None and not other:
                here = _said(pair.left if left else pair.right, plain)
                there = unit_side(pair.right if left else pair.left, match.right if left else match.left)
                message = f"denied on the {'left' if left else 'right'} only"
                yield pair.differs("negation", pair.level(match), message, *((here, there) if left else (there, here)))


def _found(section: str, expression: Expression, units: Sequence[Unit]) -> list[Sense]:
    """The words of a section of the glossary in some units, where they stand in the expression."""
    return [
        Sense(sense.name, (sense.span[0] + unit.span[0], sense.span[1] + unit.span[0]))
        for unit in units
        for sense in senses(section, expression.text[slice(*unit.span)], expression.lang)
    ]


def _said(expression: Expression, sense: Sense) -> Side:
    """The word with what follows it: what is limited, recurs or is denied."""
    start, end = sense.span
    return passage(expression, (start, min(end + _BEHIND, len(expression.text))), sense.name)
