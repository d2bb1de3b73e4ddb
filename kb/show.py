"""A fact on its page: the facts of a file by number, and the page of one as a picture with its quote outlined."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from ingest import isolation
from ingest.drawing import Wanted
from ingest.errors import CircularError
from ingest.loading import load
from ingest.model import Amount, Contact, DateMention, Deadline, Event, Evidence, Expression, Reference, TimeMention
from ingest.settings import Settings
from kb.schema import EVIDENCED


class Numbered(NamedTuple):
    """A fact with its number in the file, from 1."""

    number: int
    kind: str
    fact: Evidence


def facts(expression: Expression) -> list[Numbered]:
    """All facts in the order in which `circulars read` prints them."""
    found = ((kind, fact) for kind in EVIDENCED for fact in getattr(expression, kind))
    return [Numbered(number, kind, fact) for number, (kind, fact) in enumerate(found, 1)]


def chosen(expression: Expression, number: int) -> Numbered:
    """The fact with this number; a CircularError says how many there are."""
    known = facts(expression)
    if not 1 <= number <= len(known):
        raise CircularError(f"{expression.source.path}: there is no fact {number}; it has {len(known)}")
    return known[number - 1]


def picture(path: Path, fact: Evidence, how: Settings) -> bytes:
    """The page of a fact as PNG, with a frame around its quote. A CircularError where the file has no pages to show."""
    if fact.page is None or fact.bbox is None:
        raise CircularError(f"{path}: this fact has no place on a page; only those of PDF files and pictures do")
    wanted = Wanted(page=fact.page, bbox=fact.bbox, data=load(path, how))
    return isolation.draw(str(path), msgspec.msgpack.encode(wanted), how)


def value(fact: Evidence) -> str:
    """What the fact means, in few words."""
    return " ".join(_words(fact))


def _words(fact: Evidence) -> Iterator[str]:
    match fact:
        case DateMention() | Event():
            yield f"{fact.start or ''}" if fact.start == fact.end else f"{fact.start or '..'}/{fact.end or '..'}"
            if fact.time:
                yield fact.time
        case TimeMention():
            yield f"{fact.time}–{fact.end_time}" if fact.end_time else fact.time
        case Deadline():
            yield f"{fact.relation} {fact.stated or '?'}, due {fact.due or '?'}"
        case Amount():
            yield f"{fact.value} {fact.unit or ''}".rstrip()
        case Contact():
            yield f"{fact.kind} {fact.value}"
        case Reference():
            yield fact.number or f"of {fact.issued}"
