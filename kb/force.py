"""What is in force of what a circular says: the facts as they were read, with what people decided in place of some.

A fact is known again by where it stands: the text, its words, the line around them, and which one it is of several alike.
What people decided holds as they saw it, also where the rules read the place otherwise later; that it differs is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

import msgspec

from ingest.model import Evidence, Expression, Span, Value
from kb.log import Entry
from kb.naming import distinct, text_name
from kb.schema import EVIDENCED, FACTS

Act = Literal["accept", "correct", "reject"]
Reading = Literal["same", "changed", "gone"]

FACT = "x-"
"""What the name of a fact begins with, so that it is not taken for that of an obligation or a finding."""

HEAD = ("issuer", "number", "issued", "title")
"""The fields of the header that people may decide on, each a kind of its own; it has no words of its own in the text."""

LINE = 120
"""So many characters of its line before and after a quote tell it from the same words elsewhere."""

PLACED = frozenset((*Evidence.__struct_fields__, "table", "row"))
"""The fields that say where a fact stands; the others say what it means."""


class Known(Value, frozen=True, kw_only=True):
    """A fact as it was read: its name, its place among those of its kind, and itself as JSON."""

    name: str
    kind: str
    place: int
    quote: str
    line: str
    span: Span | None
    read: str


class Review(Value, frozen=True, kw_only=True):
    """What was decided last on a fact: `read` is the fact as it was read then, `value` what holds, both as JSON; None if rejected.

    `work` names the text, `source` is the SHA-256 of the file in which it was decided on.
    """

    name: str
    decision: int
    act: Act
    work: str
    source: str
    kind: str
    quote: str
    line: str
    span: Span | None
    read: str
    value: str | None


class Place(Value, frozen=True, kw_only=True):
    """A review at work in an expression: as which fact it was read (`place`, `read`) and which one holds instead (`ordinal`)."""

    review: str
    kind: str
    place: int | None
    ordinal: int | None
    reading: Reading
    read: str | None


class Facts(NamedTuple):
    """A circular in which every decision holds, and where they do."""

    expression: Expression
    places: tuple[Place, ...]


# Names ---------------------------------------------------------------------------------------------------------------


def work_of(read: Expression) -> str:
    """The name of a text, made of its header as it was read: no correction changes it."""
    return text_name(read.issuer, read.number, read.lang, read.source.path)


def short_work(work: str) -> str:
    """The part of a fact's name that tells its text."""
    return hashlib.sha256(work.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def known(read: Expression) -> list[Known]:
    """The fields of the header and all facts with a quote, each with its name."""
    facts = [(kind, place, fact) for kind in EVIDENCED for place, fact in enumerate(getattr(read, kind))]
    told = [(kind, 0, "", "", None, as_json(getattr(read, kind))) for kind in HEAD]
    told += [(kind, place, fact.quote, line_of(read.text, fact.span), fact.span, as_json(fact)) for kind, place, fact in facts]
    work = work_of(read)
    names = distinct((work, kind, " ".join(quote.split()), line) for kind, _, quote, line, _, _ in told)
    return [
        Known(name=f"{FACT}{short_work(work)}{name[:8]}", kind=kind, place=place, quote=quote, line=line, span=span, read=fact)
        for name, (kind, place, quote, line, span, fact) in zip(names, told, strict=True)
    ]


def line_of(text: str, span: Span) -> str:
    """The line around a span, or what is near of it, with its spaces folded."""
    start, end = span
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return " ".join(text[max(begin, start - LINE) : min(len(text) if stop < 0 else stop, end + LINE)].split())


# JSON ----------------------------------------------------------------------------------------------------------------


def as_json(value: object) -> str:
    """A fact, or a field of the header."""
    return msgspec.json.encode(value).decode()


def from_json(kind: str, value: str) -> Any:
    """What `as_json` was made of. Raises msgspec.ValidationError where it is no value of this kind."""
    return msgspec.json.decode(value, type=FACTS[kind] if kind in FACTS else header_types()[kind])


@cache
def header_types() -> Mapping[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(Expression) if field.name in HEAD}


def meaning(kind: str, value: str) -> dict[str, Any]:
    """What a fact says, without where it stands."""
    told = from_json(kind, value)
    if kind not in FACTS:
        return {kind: told}
    return {name: getattr(told, name) for name in told.__struct_fields__ if name not in PLACED}


# What holds ----------------------------------------------------------------------------------------------------------


def in_force(read: Expression, reviews: Sequence[Review]) -> Facts:
    """The expression with each review in place of the fact that it is about."""
    if not reviews:
        return Facts(read, ())
    heirs = matched(read, reviews)
    by_place = {(heir.kind, heir.place): review for review, heir in heirs if heir is not None}
    lost = [review for review, heir in heirs if heir is None]
    changed: dict[str, Any] = {}
    places: list[Place] = []
    for kind in dict.fromkeys(review.kind for review, _ in heirs):
        kept: list[Any] = []
        for place, fact in enumerate(facts_of(read, kind)):
            review = by_place.get((kind, place))
            if review is not None:
                places.append(placed(review, place, len(kept), fact))
                kept += [] if review.value is None and kind in FACTS else [held(review, fact)]
            else:
                kept.append(fact)
        for review in (one for one in lost if one.kind == kind):
            places.append(placed(review, None, len(kept), None))
            kept += [] if review.value is None else [from_json(kind, review.value)]
        changed[kind] = tuple(kept) if kind in FACTS else kept[0]
    return Facts(msgspec.structs.replace(read, **changed), tuple(places))


def facts_of(expression: Expression, kind: str) -> list[Any]:
    """The facts of a kind; a field of the header is the only one of its kind."""
    told = getattr(expression, kind)
    return list(told) if kind in FACTS else [told]


def placed(review: Review, place: int | None, ordinal: int, fact: object) -> Place:
    """A review at work; what is rejected has no place among what holds."""
    reading: Reading = "gone" if place is None else "same" if is_as_decided(review, fact) else "changed"
    there = review.value is not None or review.kind not in FACTS
    read = None if place is None else as_json(fact)
    return Place(review=review.name, kind=review.kind, place=place, ordinal=ordinal if there else None, reading=reading, read=read)


def is_as_decided(review: Review, fact: object) -> bool:
    """Whether a fact is read as it was when it was decided on."""
    quote = getattr(fact, "quote", "")
    return " ".join(quote.split()) == " ".join(review.quote.split()) and meaning(review.kind, as_json(fact)) == meaning(
        review.kind, review.read
    )


def held(review: Review, fact: Any) -> Any:
    """What a person decided on, where it is read now."""
    if review.kind not in FACTS:
        return None if review.value is None else from_json(review.kind, review.value)
    return msgspec.structs.replace(fact, **meaning(review.kind, review.value or ""))


def matched(read: Expression, reviews: Sequence[Review]) -> list[tuple[Review, Known | None]]:
    """The fact of each review: at the same place, of the same name, or over the same words.

    None where the words are there and no fact is read from them any more; a review whose words are gone is left out.
    """
    left = known(read)
    found: list[tuple[Review, Known | None]] = []
    waiting = list(reviews)
    for fits in (same_place, same_name, same_words):
        for review in list(waiting):
            sure = fits is same_name or review.kind in HEAD or holds(read.text, review)
            fitting = [fact for fact in left if sure and fact.kind == review.kind and fits(fact, review)]
            chosen = next((fact for fact in fitting if fact.name == review.name), fitting[0] if len(fitting) == 1 else None)
            if chosen is not None:
                found.append((review, chosen))
                left.remove(chosen)
                waiting.remove(review)
    return found + [(review, None) for review in waiting if holds(read.text, review)]


def holds(text: str, review: Review) -> bool:
    """Whether the words of a review stand where they stood, in the same line."""
    return review.span is not None and text[slice(*review.span)] == review.quote and line_of(text, review.span) == review.line


def same_place(fact: Known, review: Review) -> bool:
    return (fact.span, fact.quote) == (review.span, review.quote)


def same_name(fact: Known, review: Review) -> bool:
    return fact.name == review.name


def same_words(fact: Known, review: Review) -> bool:
    """Whether both stand over the same characters, at least in part."""
    ours, theirs = fact.span, review.span
    return ours is not None and theirs is not None and ours[0] < theirs[1] and theirs[0] < ours[1]


def as_read(expression: Expression, places: Sequence[Place]) -> Expression:
    """The expression as it was read, from what holds and where people have decided."""
    told: dict[str, Any] = {}
    for kind in dict.fromkeys(place.kind for place in places):
        ours = [place for place in places if place.kind == kind]
        taken = {place.ordinal for place in ours}
        kept = [fact for ordinal, fact in enumerate(facts_of(expression, kind)) if ordinal not in taken]
        for index, read in sorted((one.place, one.read) for one in ours if one.place is not None and one.read is not None):
            kept.insert(index, from_json(kind, read))
        told[kind] = tuple(kept) if kind in FACTS else kept[0]
    return msgspec.structs.replace(expression, **told)


# The log -------------------------------------------------------------------------------------------------------------


TOLD = ("work", "source", "kind", "quote", "line", "span", "read", "value")
"""What the log keeps of a review, beside what every decision has."""


def review_of(entry: Entry) -> Review | None:
    """The review that a row of the log makes; None where it opens a fact again."""
    if entry.act == "reopen":
        return None
    told = msgspec.json.decode(entry.content)["told"]
    parts = {name: told.get(name) for name in TOLD}
    return msgspec.convert({**parts, "name": entry.subject, "decision": entry.id, "act": entry.act}, Review)
