"""Checks of contacts, addresses of the web, cited documents and the heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from rapidfuzz.distance import OSA, Levenshtein

from ingest.model import Expression, Finding, House, Level, Side
from kb.checks.pairing import Paired, left_over, pair_up, passage, side
from kb.checks.units import Squeezed
from kb.facts import Mention, dialled, sort_of, squeezed
from kb.wording import narrow, squeeze

_SLIP = 2
_NAMES = {"contacts": "contact", "urls": "web address"}


def contacts(pair: Paired) -> Iterator[Finding]:
    """Telephone, fax and e-mail are the same; each house's own hotline and mailbox may differ."""
    yield from _contacts(pair, "contacts", lambda mention: not mention.value.startswith("http"))


def urls(pair: Paired) -> Iterator[Finding]:
    """Addresses of the web are the same."""
    yield from _contacts(pair, "urls", lambda mention: mention.value.startswith("http"))


def _contacts(pair: Paired, check: str, wanted: Callable[[Mention], bool]) -> Iterator[Finding]:
    chosen = [[m for m in _spoken(pair, left) if m.kind == "contact" and wanted(m)] for left in (True, False)]
    own = [_own(pair, left) for left in (True, False)]
    if pair.same_house:
        own = [set(), set()]
    mine, yours = left_over(*chosen), left_over(*chosen[::-1])
    pairs, lone_left, lone_right = pair_up(mine, yours)
    told: set[int] = set()
    for a, b in _in_place(pair, pairs):
        if a.value in own[0] and b.value in own[1]:
            yield pair.differs(check, "note", "each house gives its own contact", side(a), side(b))
            continue
        slip = _distance(a.key[0], b.key[0]) <= _SLIP
        level: Level = "error" if slip or (pair.same_house and not pair.narrow and pair.relation != "reissue") else "warning"
        told |= {id(a), id(b)}
        yield pair.differs(check, level, f"another {_NAMES[check]}: {a.value} on the left, {b.value} on the right", side(a), side(b))
    for lone, left, others in ((lone_left, True, chosen[1]), (lone_right, False, chosen[0])):
        for mention in lone:
            if (
                mention.value not in own[0 if left else 1]
                and not any(other.key == mention.key for other in others)
                and pair.relation != "reissue"
            ):
                yield _one_sided(pair, check, mention, left, chosen[0 if left else 1])
    yield from _slips(pair, check, chosen, told)


def _in_place(pair: Paired, pairs: list[tuple[Mention, Mention]]) -> Iterator[tuple[Mention, Mention]]:
    """Two contacts where one stands in the other's place; the same ones may be printed a second time elsewhere."""
    placed = {(r.left.key, r.right.key): (r.left, r.right) for r in pair.of_kind("contact") if r.left and r.right}
    return (placed.get((a.key, b.key), (a, b)) for a, b in pairs)


def _one_sided(pair: Paired, check: str, mention: Mention, left: bool, around: list[Mention]) -> Finding:
    """A contact that the other side lacks; if it hides behind the words of another one, the link is wrong."""
    level: Level = "warning"
    message = f"{_NAMES[check]} only on the {'left' if left else 'right'}: {mention.value}"
    if twin := link_twin(mention, around):
        level, message = "error", f"the words say {twin.value}, the link leads to {mention.value}"
    elif other := _said_instead(pair, mention, left):
        sides = (side(mention), side(other)) if left else (side(other), side(mention))
        return pair.differs(check, "error", f"{other.value} stands on the other side where {mention.value} should", *sides)
    return pair.differs(check, level, message, *((side(mention), None) if left else (None, side(mention))))


def _said_instead(pair: Paired, mention: Mention, left: bool) -> Mention | None:
    """Another contact, one character away, that the other side repeats more often than this one: a slip among mentions of one contact."""
    mine, theirs = (pair.left.text, pair.right.text) if left else (pair.right.text, pair.left.text)
    for other in _spoken(pair, not left):
        near = other.kind == "contact" and OSA.distance(other.key[0], mention.key[0], score_cutoff=1) == 1
        if near and times_said(other, theirs) > times_said(other, mine):
            return other
    return None


def times_said(mention: Mention, text: str) -> int:
    """How often a contact is printed, however its digits are grouped."""
    if sort_of(mention) != "tel":
        return narrow(text).lower().count(mention.key[0])
    return len(dialled(mention.quote).findall(narrow(text)))


def link_twin(mention: Mention, around: list[Mention]) -> Mention | None:
    """Another contact of the same sort that the same words give: what is printed, against where the link leads."""
    return next((m for m in around if m.span == mention.span and m.key != mention.key and sort_of(m) == sort_of(mention)), None)


def _slips(pair: Paired, check: str, chosen: list[list[Mention]], told: set[int]) -> Iterator[Finding]:
    """A contact that is one digit or letter away from a known one of its house, where the other side does not share the slip."""
    for expression, found, left in ((pair.left, chosen[0], True), (pair.right, chosen[1], False)):
        other = {mention.key for mention in chosen[1 if left else 0]}
        for mention, known in near_known(expression, found, pair.houses):
            if mention.key in other or id(mention) in told:
                continue
            right_value = Side(value=known)
            sides = (side(mention), right_value) if left else (right_value, side(mention))
            message = f"{mention.value} is one character away from {known}, which {expression.issuer} is known by"
            yield Finding(check=check, level="error", message=message, left=sides[0], right=sides[1])


def near_known(expression: Expression, found: list[Mention], houses: Mapping[str, House]) -> Iterator[tuple[Mention, str]]:
    """Contacts that miss a known one of their house by one character, each with the one that was meant."""
    house = houses.get(expression.issuer or "")
    known = [contact.value.lower() for contact in house.contacts] if house else []
    seen = set()
    for mention in found:
        value = mention.key[0]
        if value in known or value in seen:
            continue
        meant = next((candidate for candidate in known if OSA.distance(value, candidate.rstrip("/"), score_cutoff=1) == 1), None)
        if meant:
            seen.add(value)
            yield mention, meant


def _distance(left: str, right: str) -> int:
    return Levenshtein.distance(left, right, score_cutoff=_SLIP)


def _spoken(pair: Paired, left: bool) -> list[Mention]:
    """The contacts and citations of the whole document, heading included."""
    cut = pair.layouts[0 if left else 1]
    units = [*([cut.subject] if cut.subject else []), *cut.head, *cut.body]
    found = {
        (mention.span, mention.key): mention for unit in units for mention in unit.mentions if mention.kind in ("contact", "reference")
    }
    return [found[place] for place in sorted(found)]


def _own(pair: Paired, left: bool) -> set[str]:
    """The contacts that a house gives as its own: known ones, those of the heading, those that carry its name."""
    expression = pair.left if left else pair.right
    cut = pair.layouts[0 if left else 1]
    house = pair.houses.get(expression.issuer or "")
    own = {contact.value for contact in house.contacts} if house else set()
    own |= {mention.value for unit in cut.head for mention in unit.mentions if mention.kind == "contact"}
    names = _names(house)
    for unit in cut.body:
        for mention in unit.mentions:
            if mention.kind == "contact" and (_named(mention.value, names) or _labelled(expression, mention, names)):
                own.add(mention.value)
    return own


def _names(house: House | None) -> tuple[str, ...]:
    if house is None:
        return ()
    return tuple(
        word.lower() for word in (house.code, *house.systems.en, *house.systems.zh, *house.short.en, *house.short.zh) if len(word) >= 3
    )


def _named(value: str, names: tuple[str, ...]) -> bool:
    local, at, _ = value.lower().partition("@")
    return bool(at) and any(re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", local) for name in names if name.isascii())


def _labelled(expression: Expression, mention: Mention, names: tuple[str, ...]) -> bool:
    """`the CCASS Hotline 2979 …`: a system's or house's name stands right before it."""
    before = squeeze(expression.text[max(0, mention.span[0] - 40) : mention.span[0]]).lower()
    return any(name in before for name in names)


# References -----------------------------------------------------------------------------------------------------------


def references(pair: Paired) -> Iterator[Finding]:
    """Cited documents are the same; a sibling cites its own house's circular."""
    chosen = [[m for m in _spoken(pair, left) if m.kind == "reference"] for left in (True, False)]
    mine, yours = (_distinct(found) for found in (left_over(*chosen), left_over(*chosen[::-1])))
    pairs, lone_left, lone_right = pair_up(mine, yours)
    for a, b in pairs:
        own = not pair.same_house and _own_number(pair, pair.left, a) and _own_number(pair, pair.right, b)
        level: Level = "note" if own else "warning" if pair.relation == "reissue" or pair.narrow else "error"
        message = (
            "each house cites its own circular" if own else f"another document is cited: {a.value} on the left, {b.value} on the right"
        )
        yield pair.differs("references", level, message, side(a), side(b))
    if pair.relation == "reissue":
        return
    for mention in lone_left:
        if not any(other.key == mention.key for other in chosen[1]):
            yield pair.differs("references", "warning", f"cited only on the left: {mention.value}", side(mention), None)
    for mention in lone_right:
        if not any(other.key == mention.key for other in chosen[0]):
            yield pair.differs("references", "warning", f"cited only on the right: {mention.value}", None, side(mention))


def _distinct(found: list[Mention]) -> list[Mention]:
    return list({mention.key: mention for mention in found}.values())


def _own_number(pair: Paired, expression: Expression, mention: Mention) -> bool:
    """Is the cited number one of the house's own? Where the house file does not know, its code or a system's name tells."""
    house = pair.houses.get(expression.issuer or "")
    if house is None:
        return True
    number = squeezed(mention.value)
    return any(re.search(pattern, number) for pattern in house.number) or any(
        name.upper() in number for name in (house.code, *house.systems.en) if len(name) >= 3
    )


# Heading --------------------------------------------------------------------------------------------------------------


def header(pair: Paired) -> Iterator[Finding]:
    """Issuer, own number, issue date and subject belong together."""
    yield from _issuer(pair)
    yield from _number(pair)
    yield from _issued(pair)
    if (pair.left.title is None) != (pair.right.title is None):
        yield _printed_once("subject", pair.left.title, pair.right.title)


def _issuer(pair: Paired) -> Iterator[Finding]:
    left, right = pair.left.issuer, pair.right.issuer
    if left and right and left != right:
        level: Level = "note" if pair.relation == "sibling" else "error"
        yield pair.differs("header", level, f"issued by {left} and by {right}", Side(value=left), Side(value=right))
    elif left != right:
        yield _printed_once("issuer", left, right)


def _number(pair: Paired) -> Iterator[Finding]:
    left, right = pair.left.number, pair.right.number
    if left and right and squeezed(left) != squeezed(right):
        level: Level = "error" if pair.relation == "translation" else "note"
        message = "each has its own number" if level == "note" else f"another number: {left} on the left, {right} on the right"
        yield pair.differs("header", level, message, _printed(pair.left, left), _printed(pair.right, right))
    elif (left is None) != (right is None):
        yield _printed_once("number", left, right)


def _issued(pair: Paired) -> Iterator[Finding]:
    left, right = pair.left.issued, pair.right.issued
    if left and right and left != right:
        level: Level = "note" if pair.relation == "reissue" else "warning" if pair.narrow else "error"
        sides = (_dated(expression, day.isoformat()) for expression, day in ((pair.left, left), (pair.right, right)))
        yield pair.differs("header", level, f"issued on {left} and on {right}", *sides)
    elif left != right:
        yield _printed_once("issue date", left.isoformat() if left else None, right.isoformat() if right else None)


def _printed_once(what: str, left: str | None, right: str | None) -> Finding:
    message = f"{what} is printed on the {'left' if left else 'right'} only"
    return Finding(
        check="header",
        level="warning",
        message=message,
        left=Side(value=left) if left else None,
        right=Side(value=right) if right else None,
    )


def _printed(expression: Expression, value: str) -> Side:
    span = Squeezed(expression.text).find(value)
    return passage(expression, span, value) if span else Side(value=value)


def _dated(expression: Expression, value: str) -> Side:
    for item in expression.dates:
        if item.start == item.end and item.start and item.start.isoformat() == value:
            return Side(value=value, quote=item.quote, span=item.span, page=item.page)
    return Side(value=value)
