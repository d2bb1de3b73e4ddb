"""Which circulars belong together: siblings, translations and reissues, each by evidence that can be shown."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from ingest.model import Expression, House
from kb.comparison import PairRelation
from kb.facts import mentions, squeezed
from kb.substitute import replaced, terms
from kb.wording import chinese

_CORRECTS = re.compile(r"correct|corrigend|revis|amend|supersed|replac|withdraw|更正|修訂|修订|取代|勘誤|撤回", re.IGNORECASE)
_REMINDS = re.compile(r"\bremind|提醒|催辦", re.IGNORECASE)
# Circulars of one matter come out within days of each other, in either house and either language.
TOGETHER = timedelta(days=14)
_MANY = 60
# Circulars that were not issued together share so many dates if they share a matter, else only those of the calendar.
MANY_DATES = 3
FEW_FACTS = 2
"""Two notices of one day without house or number share so many facts at least if one is the translation of the other."""
FAR_BETTER = 0.2
"""By so much a pair is surer than another of the same circular, for which there is no room then."""

MOST_TEXT = 100_000
MOST_FACTS = 2_000
COUNTED = ("dates", "times", "deadlines", "duties", "contacts", "references", "events")
"""Characters and facts of a circular that are laid beside another's: a real one has a tenth, and a hostile one could take hours."""


class Pairing(NamedTuple):
    """How two expressions belong together, how sure that is from 0 to 1, and why."""

    relation: PairRelation
    score: float
    evidence: tuple[str, ...]


class Pair(NamedTuple):
    """Two of the given expressions, by index, that belong together."""

    left: int
    right: int
    relation: PairRelation
    score: float
    evidence: tuple[str, ...]


class Signature(NamedTuple):
    """What an expression is recognised by."""

    dates: frozenset[str]
    facts: frozenset[tuple[str, ...]]
    numbers: frozenset[str]
    cited: frozenset[str]
    replaced: frozenset[str]


class _Known(NamedTuple):
    """An expression with its signature, which is worked out once."""

    it: Expression
    sign: Signature


def relate(left: Expression, right: Expression, houses: Mapping[str, House]) -> Pairing:
    """How two expressions belong together."""
    return _judge(_Known(left, signature(left)), _Known(right, signature(right)), houses)


def _judge(left: _Known, right: _Known, houses: Mapping[str, House]) -> Pairing:
    pairing = _reissue(left, right, houses) or _translation(left, right) or _sibling(left, right, houses)
    return pairing or Pairing("unrelated", 0.0, ("neither number nor facts tie them together",))


def too_large(expression: Expression) -> str | None:
    """Why a circular is too large to be laid beside another; None for any real one."""
    facts = sum(len(getattr(expression, kind)) for kind in COUNTED)
    facts += sum(len(table.rows) for table in expression.tables)
    if len(expression.text) <= MOST_TEXT and facts <= MOST_FACTS:
        return None
    return (
        f"{expression.source.path} is too large to be checked: {len(expression.text)} characters and {facts} facts;"
        f" at most {MOST_TEXT} and {MOST_FACTS} are"
    )


def find(expressions: Sequence[Expression], houses: Mapping[str, House]) -> list[Pair]:
    """Every pair that belongs together; only those are compared that share a number, a citation or dates, and none that is too large."""
    return find_new(expressions, houses, set(range(len(expressions))), ())


def find_new(
    expressions: Sequence[Expression], houses: Mapping[str, House], fresh: Collection[int], known: Iterable[tuple[int, int, str]]
) -> list[Pair]:
    """Every pair with one of these fresh ones, by their places; `known` are the pairs of the others, found before."""
    small = [place for place, expression in enumerate(expressions) if too_large(expression) is None]
    told = [_Known(expressions[place], signature(expressions[place])) for place in small]
    out = []
    for left, right in sorted(_candidates(told, {index for index, place in enumerate(small) if place in fresh})):
        pairing = _judge(told[left], told[right], houses)
        if pairing.relation != "unrelated":
            out.append(Pair(small[left], small[right], *pairing))
    return _without_detours(_without_rivals(out, expressions), known, [expression.lang[:2] for expression in expressions])


def _without_rivals(pairs: list[Pair], expressions: Sequence[Expression]) -> list[Pair]:
    """A pair by facts is left out where one side has a far better partner of the same relation, house and language.

    Circulars of one fortnight share days by chance, and each has one translation and one sibling of a house.
    """

    def seats(pair: Pair) -> Iterator[tuple[int, str, str | None, str]]:
        for own, other in ((pair.left, expressions[pair.right]), (pair.right, expressions[pair.left])):
            yield own, pair.relation, other.issuer, other.lang

    best: dict[tuple[int, str, str | None, str], float] = {}
    for pair in pairs:
        for seat in seats(pair):
            best[seat] = max(best.get(seat, 0.0), pair.score)
    return [
        pair
        for pair in pairs
        if pair.relation not in {"sibling", "translation"} or pair.score > max(best[seat] for seat in seats(pair)) - FAR_BETTER
    ]


def _without_detours(pairs: list[Pair], known: Iterable[tuple[int, int, str]], langs: Sequence[str]) -> list[Pair]:
    """Siblings in two languages are left out where one of them has a translation that is a sibling of the other: each difference once."""
    all_ends = (*known, *((pair.left, pair.right, pair.relation) for pair in pairs))
    linked = {(relation, *ends) for left, right, relation in all_ends for ends in ((left, right), (right, left))}
    translations: defaultdict[int, list[int]] = defaultdict(list)
    for relation, a, b in linked:
        if relation == "translation":
            translations[a].append(b)

    def detour(pair: Pair) -> bool:
        ends = ((pair.left, pair.right), (pair.right, pair.left))
        return any(("sibling", other, b) in linked and langs[other] == langs[b] for a, b in ends for other in translations[a])

    return [pair for pair in pairs if pair.relation != "sibling" or langs[pair.left] == langs[pair.right] or not detour(pair)]


# Blocking -------------------------------------------------------------------------------------------------------------


def _candidates(known: Sequence[_Known], fresh: Collection[int]) -> set[tuple[int, int]]:
    """Pairs worth a look, one of them fresh: copies of one expression are tied to the first of them, not to each other."""
    firsts = _firsts([one.it for one in known])
    out = {(first, index) for index, first in enumerate(firsts) if first != index}
    shelves: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, one in enumerate(known):
        if firsts[index] == index:
            for key in _blocking_keys(one):
                shelves[key].append(index)
    for shelf in shelves.values():
        # On a busy day neighbours in order still meet, and rarer keys bring the others together.
        reach = len(shelf) if len(shelf) <= _MANY else 6
        out.update((shelf[i], shelf[j]) for i in range(len(shelf)) for j in range(i + 1, min(i + reach, len(shelf))))
    return {(left, right) for left, right in out if left in fresh or right in fresh}


def _firsts(expressions: Sequence[Expression]) -> list[int]:
    seen: dict[tuple[str, ...], int] = {}
    out = []
    for index, expression in enumerate(expressions):
        if expression.number:
            key: tuple[str, ...] = (str(expression.issuer), squeezed(expression.number), expression.lang)
        else:
            key = ("text", expression.source.sha256)
        out.append(seen.setdefault(key, index))
    return out


def _blocking_keys(one: _Known) -> Iterator[tuple[str, str]]:
    sign = one.sign
    for number in sign.numbers | sign.cited:
        yield "number", number
    for day in sign.dates:
        yield "date", day
    if one.it.issued:
        yield "issued", one.it.issued.isoformat()


def signature(expression: Expression) -> Signature:
    """Numbers, dates and other hard facts, without the circular's own heading."""
    issued = {expression.issued.isoformat()} if expression.issued else set()
    own = {squeezed(number) for number in (expression.number, *expression.other_numbers) if number}
    found = mentions(expression)
    strong = ("date", "time", "amount", "percentage", "reference", "contact", "number")
    return Signature(
        dates=frozenset(mention.key[0] for mention in found if mention.kind == "date") - issued,
        facts=frozenset(
            (mention.kind, mention.key[0]) for mention in found if mention.kind in strong and mention.key[0] not in issued | own
        ),
        numbers=frozenset(own),
        cited=frozenset(squeezed(item.number) for item in expression.references if item.number) - own,
        replaced=frozenset(
            squeezed(item.number) for item in expression.references if item.number and item.relation in ("amends", "replaces")
        )
        - own,
    )


# Judging --------------------------------------------------------------------------------------------------------------


def _reissue(left: _Known, right: _Known, houses: Mapping[str, House]) -> Pairing | None:
    """Same house and language, and one corrects or replaces the other, or is another print of it."""
    if left.it.lang != right.it.lang or _houses_differ(left, right):
        return None
    for newer, older in ((left, right), (right, left)):
        if tie := _corrects(newer, older):
            return Pairing("reissue", 0.95, tie)
    if left.sign.numbers & right.sign.numbers:
        return Pairing("reissue", 0.9, ("same house, language and number",))
    if (
        not (left.it.number and right.it.number)
        and _days_apart(left, right)
        and _same_words(left, right, houses) > 0.9
        and _overlap(left, right) > 0.8
    ):
        return Pairing("reissue", 0.8, ("same house, language and text",))
    return None


def _corrects(newer: _Known, older: _Known) -> tuple[str, ...] | None:
    if newer.it.issued and older.it.issued and newer.it.issued < older.it.issued:
        return None
    mine, yours = newer.sign, older.sign
    if shared := mine.replaced & yours.numbers:
        return (f"{newer.it.number} amends or replaces {min(shared)}",)
    # `Reminder – Revised Fee Schedule` corrects nothing.
    title = newer.it.title or ""
    announced = None if _REMINDS.search(title) else _CORRECTS.search(title)
    if announced and (shared := mine.cited & yours.numbers):
        return (f"{newer.it.number} is titled a correction ({announced.group()}) and cites {min(shared)}",)
    if announced and older.it.issued and not older.it.number and any(item.issued == older.it.issued for item in newer.it.references):
        return (f"a correction that cites a circular of {older.it.issued}",)
    return None


def _translation(left: _Known, right: _Known) -> Pairing | None:
    """Same house, other language: one number, or the same facts."""
    if left.it.lang == right.it.lang or _houses_differ(left, right):
        return None
    overlap = _overlap(left, right)
    if shared := left.sign.numbers & right.sign.numbers:
        return Pairing("translation", 1.0, (f"same house and number {min(shared)} in two languages",))
    together = _days_apart(left, right) or (overlap >= 0.85 and _dates_shared(left, right) >= MANY_DATES)
    if together and overlap >= 0.6 and _enough(left, right):
        return Pairing("translation", overlap, (f"same house and day, {overlap:.0%} of the facts in two languages",))
    if overlap >= 0.6 and _bare_twins(left, right):
        return Pairing("translation", overlap, (f"same day, no house or number, {overlap:.0%} of the facts in two languages",))
    return None


def _bare_twins(left: _Known, right: _Known) -> bool:
    """Two short notices of one day without house or number that have as many deadlines, and facts in common beside a day that differs."""
    return (
        left.it.issued == right.it.issued is not None
        and not (left.it.issuer or right.it.issuer or left.it.number or right.it.number)
        and len(left.it.deadlines) == len(right.it.deadlines) > 0
        and len(left.sign.facts & right.sign.facts) >= FEW_FACTS
    )


def _sibling(left: _Known, right: _Known, houses: Mapping[str, House]) -> Pairing | None:
    """Different houses, the same matter at the same time."""
    if left.it.issuer == right.it.issuer and left.it.issuer is not None:
        return None
    overlap, ties = _overlap(left, right), _kin(left, right, houses)
    # Notices from one template share words but not days; where nearly every day is shared, it is the issue date that is wrong.
    if not _days_apart(left, right) and not (overlap >= 0.85 and _dates_shared(left, right) >= MANY_DATES):
        return None
    if left.it.lang == right.it.lang:
        words = _same_words(left, right, houses)
        if words >= 0.75 and overlap >= 0.4:
            return Pairing("sibling", (words + overlap) / 2, (*ties, f"subject alike ({words:.0%})", f"{overlap:.0%} of the facts shared"))
    known = bool(ties)
    if _dates_shared(left, right) >= (2 if known else 3) and overlap >= (0.35 if known else 0.6):
        return Pairing("sibling", overlap, (*ties, f"{overlap:.0%} of the facts shared"))
    return None


def _kin(left: _Known, right: _Known, houses: Mapping[str, House]) -> tuple[str, ...]:
    mine, yours = houses.get(left.it.issuer or ""), houses.get(right.it.issuer or "")
    if mine and yours and (yours.code in mine.counterparts or mine.code in yours.counterparts):
        return (f"{mine.code} and {yours.code} send siblings",)
    if mine and yours and mine.parent and mine.parent == yours.parent:
        return (f"{mine.code} and {yours.code} belong to {mine.parent}",)
    return ()


def _houses_differ(left: _Known, right: _Known) -> bool:
    return left.it.issuer is not None and right.it.issuer is not None and left.it.issuer != right.it.issuer


def _days_apart(left: _Known, right: _Known) -> bool:
    """Could they have been issued together? An unknown day could be any."""
    return left.it.issued is None or right.it.issued is None or abs(left.it.issued - right.it.issued) <= TOGETHER


def _overlap(left: _Known, right: _Known) -> float:
    """The part of the shorter one's facts that the other has too."""
    mine, yours = left.sign.facts, right.sign.facts
    return len(mine & yours) / min(len(mine), len(yours)) if mine and yours else 0.0


def _enough(left: _Known, right: _Known) -> bool:
    return len(left.sign.facts & right.sign.facts) >= 3


def _dates_shared(left: _Known, right: _Known) -> int:
    return len(left.sign.dates & right.sign.dates)


def _same_words(left: _Known, right: _Known, houses: Mapping[str, House]) -> float:
    """How alike the subjects are, or where one is lost the texts, without each house's own words."""
    from rapidfuzz import fuzz

    known = terms(house for house in _named(left, right, houses))
    if left.it.title and right.it.title:
        return fuzz.token_sort_ratio(replaced(left.it.title, known), replaced(right.it.title, known)) / 100
    cut = 4000 if not chinese(left.it.lang) else 1500
    return fuzz.ratio(replaced(left.it.text[:cut], known), replaced(right.it.text[:cut], known)) / 100


def _named(left: _Known, right: _Known, houses: Mapping[str, House]) -> Iterable[House]:
    known = [house for code in (left.it.issuer, right.it.issuer) if (house := houses.get(code or ""))]
    return known or houses.values()
