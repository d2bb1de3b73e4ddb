"""The facts on which people have decided: what holds, how it is read now, and what no longer fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ingest.model import Evidence, Value
from kb import force
from kb.clock import day_of
from kb.force import HEAD
from kb.saying import ENGLISH, Voice

if TYPE_CHECKING:
    from sqlite_utils import Database

STATES = ("unreviewed", "accepted", "corrected", "rejected")


class Reviewed(Value, frozen=True, kw_only=True):
    """A fact with its life: how it is read now (`read`), how it was when somebody decided (`read_then`), and what holds (`value`).

    All three are JSON without the place of the fact; None where it is read no more, was never decided on, or is rejected.
    """

    id: str
    state: str
    kind: str
    quote: str
    reading: str | None
    value: str | None
    read: str | None
    read_then: str | None
    why: str | None
    decided_by: str | None
    decided_at: str | None
    house: str | None
    number: str | None
    lang: str | None
    expression: int | None


def bare(kind: str, fact: str) -> str:
    """A fact without its place, as JSON; a field of the header as it is."""
    return (
        fact
        if kind in HEAD
        else force.as_json({name: told for name, told in msgspec.json.decode(fact).items() if name not in Evidence.__struct_fields__})
    )


def decided(db: Database, condition: str = "1", *values: object) -> dict[str, Reviewed]:
    """The facts on which somebody has decided, by name; one of two files of a circular stands for both."""
    header = "id, state, kind, quote, reading, value, read_now, read_then, why, decided_by, decided_at, house, number, lang, expression"
    query = f"SELECT {header} FROM reviewed_facts WHERE {condition} ORDER BY id, expression"  # noqa: S608 - conditions are our own
    rows = (Reviewed(**dict(zip(Reviewed.__struct_fields__, row, strict=True))) for row in db.execute(query, list(values)).fetchall())
    return {one.id: one for one in rows}


# As text -------------------------------------------------------------------------------------------------------------

HEADINGS = ("ID", "State", "Kind", "Holds", "Read as", "Quote", "Language", "Decided")


def line(found: Reviewed, voice: Voice = ENGLISH) -> tuple[str, ...]:
    """What a table shows of a fact: what holds, how it is read where that differs, its words, and who decided."""
    read = voice("no longer read") if found.read is None else otherwise(found.read, found.value, voice)
    moved = voice("read otherwise then") if found.reading == "changed" else None
    words = (voice.series((found.decided_by, day_of(found.decided_at))), found.why, moved) if found.decided_by else ()
    shown = (few(found.value, voice), read, " ".join(found.quote.split()), voice.word(found.lang or ""), voice.clauses(words))
    return found.id, voice.word(found.state), voice.word(found.kind), *shown


def otherwise(read: str, value: str | None, voice: Voice) -> str:
    """What a fact is read as and does not hold, in few words."""
    told, holds = (msgspec.json.decode(one or "null") for one in (read, value))
    if isinstance(told, dict) and isinstance(holds, dict):
        told = {name: said for name, said in told.items() if said != holds.get(name)}
    return few(force.as_json(told), voice) if told != holds else ""


def few(value: str | None, voice: Voice = ENGLISH) -> str:
    """A fact in few words: what its fields say, those left out that say nothing."""
    told = msgspec.json.decode(value or "null")
    if not isinstance(told, dict):
        return str(told or "")
    shown = {name: "; ".join(said) if isinstance(said, list) else said for name, said in told.items()}
    return voice.series(
        f"{voice.field(name)} {voice.word(' '.join(str(said).split()))}" for name, said in shown.items() if said not in (None, "", False)
    )


def touched(db: Database) -> list[str]:
    """Facts that are read otherwise than when somebody decided on them, one line each."""
    moved = decided(db, "reading = 'changed' OR (reading = 'gone' AND state <> 'rejected')").values()
    return [told_moved(one) for one in moved]


def told_moved(one: Reviewed) -> str:
    about = f"fact {one.id}{f' of {one.number}' if one.number else ''} ({one.kind}{f', {one.quote!r}' if one.quote else ''})"
    if one.read is None:
        now = "is no longer read"
    elif one.read == one.value:
        now = f"is now read as it was {one.state}"
    else:
        now = f"is now read as {few(one.read)}"
    return f"{about} {now}; {one.state} by {one.decided_by}, {day_of(one.decided_at)}, which holds: {few(one.value) or 'nothing'}"
