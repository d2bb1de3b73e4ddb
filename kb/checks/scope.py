"""The check of who is addressed: a clause for some of those whom the circular means elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.model import Expression, Finding, Level, Span
from kb.checks.pairing import Paired, passage
from kb.checks.text import side_by_side
from kb.checks.units import Unit
from kb.substitute import PARTY, marks
from kb.wording import narrow, scope_before, scopes, squeeze


class Party(NamedTuple):
    """A class of addressees where the text names it; `name` is the singular, lower case, with the `scope` printed before it."""

    name: str
    span: Span
    scope: str | None = None


def parties(pair: Paired) -> Iterator[Finding]:
    """No single clause addresses a narrower class than the circular does elsewhere."""
    places = [(match, *sides) for match in pair.answered for sides in side_by_side(match)]
    left = [_parties(pair, pair.left, mine) for _, mine, _ in places]
    right = [_parties(pair, pair.right, yours) for _, _, yours in places]
    usual = _usual(left), _usual(right)
    for (match, mine, yours), ours, theirs in zip(places, left, right, strict=True):
        if not ours or not theirs:
            continue
        odd = _narrowed(ours, usual[0]), _narrowed(theirs, usual[1])
        if bool(odd[0]) == bool(odd[1]) or _said(odd[0], pair.left, pair.right, yours) or _said(odd[1], pair.right, pair.left, mine):
            continue
        a, b = odd[0] or ours[0], odd[1] or theirs[0]
        narrower = pair.left.text[slice(*a.span)] if odd[0] else pair.right.text[slice(*b.span)]
        message = f"addresses {squeeze(narrower)} only, where the other side and the rest of the circular mean all"
        level: Level = "warning" if pair.relation == "reissue" else "error"
        yield pair.differs("parties", pair.level(match, level), message, passage(pair.left, a.span), passage(pair.right, b.span))


def _said(party: Party | None, own: Expression, other: Expression, units: Sequence[Unit]) -> bool:
    """Does the other side limit the clause too, wherever in it? `Direct Clearing Participants` is a name of its own, and a limit."""
    limits = {party.scope, *scopes(party.name, own.lang)} if party else set()
    return any(limits & scopes(unit.text, other.lang) for unit in units)


def _parties(pair: Paired, expression: Expression, units: Sequence[Unit]) -> list[Party]:
    """Who is named in these units; a full name before its abbreviation in brackets counts once."""
    out: list[Party] = []
    for unit in units:
        start, end = unit.span
        for left, right, kind in marks(expression.text[start:end], pair.terms):
            if kind != PARTY:
                continue
            span = (left + start, right + start)
            between = expression.text[out[-1].span[1] : span[0]] if out else ""
            if out and re.fullmatch(r"\s*[(（]\s*(?:the\s+)?[\"“「『']?", between):
                start_of = out[-1].span[0] if out[-1].scope else span[0]
                out[-1] = _party(expression, (start_of, span[1]), out[-1].scope)
            else:
                found = scope_before(expression.text[start : span[0]], expression.lang)
                out.append(_party(expression, (start + found.start, span[1]), found.name) if found else _party(expression, span, None))
    return out


def _party(expression: Expression, span: Span, scope: str | None) -> Party:
    word = squeeze(narrow(expression.text[slice(*span)])).lower()
    return Party(word[:-1] if word.endswith("s") and not word.endswith("ss") else word, span, scope)


def _usual(found: Sequence[Sequence[Party]]) -> Counter[str]:
    return Counter(party.name for named in found for party in named)


def _narrowed(named: Sequence[Party], usual: Counter[str]) -> Party | None:
    """A usual addressee of the circular with a qualifier before it, as it hardly ever stands elsewhere."""
    for party in named:
        times = max((count for name, count in usual.items() if name != party.name and party.name.endswith(name)), default=0)
        if times >= 2 and usual[party.name] <= max(1, times // 4):
            return party
    return None
