"""What people decide, as a log that only grows: every row seals the one before it, so a change shows where it was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Kind = Literal["obligation", "finding", "fact"]

ORIGIN = "0" * 64
"""What the first row has in place of the hash of the row before."""


class Entry(NamedTuple):
    """A decision: who decided when what of which subject; `content` is canonical JSON, `hash` seals all of it."""

    id: int
    at: str
    who: str
    kind: str
    subject: str
    act: str
    content: str
    previous: str
    hash: str


class Broken(NamedTuple):
    """The first row that is not as it was written, and what gives it away."""

    row: int
    why: str


def canonical(content: Mapping[str, object]) -> str:
    """JSON that has one spelling: keys in order, no spaces, no escapes that UTF-8 does not need; what is None is left out."""
    said = {key: value for key, value in content.items() if value is not None}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(entry: Entry) -> str:
    """The SHA-256 of a row without its hash, the hash of the row before among it, in hexadecimal."""
    said = {
        name: value if isinstance(value, str | int | None) else repr(value) for name, value in entry._asdict().items() if name != "hash"
    }
    return hashlib.sha256(canonical(said).encode("utf-8", "surrogatepass")).hexdigest()


def next_entry(last: Entry | None, at: str, who: str, kind: Kind, subject: str, act: str, content: Mapping[str, object]) -> Entry:
    """The row that follows the last one."""
    number, previous = (last.id + 1, last.hash) if last else (1, ORIGIN)
    entry = Entry(number, at, who, kind, subject, act, canonical(content), previous, "")
    return entry._replace(hash=seal(entry))


def first_broken(entries: Iterable[Entry]) -> Broken | None:
    """The first row that is missing, or that does not follow from itself and the row before; None if all do."""
    number, previous = 1, ORIGIN
    for entry in entries:
        if entry.id != number:
            return Broken(number, "is missing")
        if entry.previous != previous:
            return Broken(number, "does not follow the row before")
        if entry.hash != seal(entry):
            return Broken(number, "is not what its hash was made of")
        number, previous = number + 1, entry.hash
    return None
