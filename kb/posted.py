"""What a reviewer sends from the browser, and the decisions that it makes: the same ones, in the same log, as at the command line."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from ingest.errors import CircularError
from ingest.issuers import houses
from kb import force, lives, review, store, verdicts
from kb.due import Due
from kb.lives import Held
from kb.log import Entry
from kb.reviewed import Reviewed
from kb.schema import FACTS
from kb.verdicts import Verdict

if TYPE_CHECKING:
    from sqlite_utils import Database

Kind = Literal["obligation", "finding", "fact"]
Form = Mapping[str, str]

WRITING = threading.Lock()
"""One decision is written at a time; the next one sees what it did."""

WHERE = ("expression", "circular", "members", "page", "path")
"""Fields that say where a thing stands in the database now, which reading again changes and no reviewer means."""


class Refused(CircularError):
    """A decision that cannot be: what the page says of it, by its key, and the HTTP status."""

    def __init__(self, key: str, status: int = 400, **values: str) -> None:
        super().__init__(key)
        self.key, self.status, self.values = key, status, values


# What is decided on --------------------------------------------------------------------------------------------------


def thing(db: Database, kind: Kind, name: str) -> Held | Verdict | Reviewed:
    """What has this whole name. Raises Refused where nothing has."""
    find: Mapping[Kind, Callable[[Database, str], Held | Verdict | Reviewed]] = {
        "obligation": lives.held,
        "finding": verdicts.finding,
        "fact": review.fact,
    }
    try:
        found = find[kind](db, name)
    except CircularError as error:
        raise Refused("review_missing", 404, id=name) from error
    if found.id != name:
        raise Refused("review_missing", 404, id=name)
    return found


def stamp(found: Held | Verdict | Reviewed, decisions: Sequence[Entry]) -> str:
    """What a reviewer has seen: the thing as it is, and the last decision on it."""
    said = {name: told for name, told in msgspec.structs.asdict(found).items() if name not in WHERE}
    return hashlib.sha256(msgspec.json.encode([said, decisions[-1].id if decisions else 0])).hexdigest()[:16]


def decisions_on(db: Database, kind: Kind, name: str) -> list[Entry]:
    """The rows of the log about one thing, in the order in which they were written."""
    query = "SELECT id, at, who, kind, subject, act, content, previous, hash FROM decisions WHERE kind = ? AND subject = ? ORDER BY id"
    return [Entry(*row) for row in db.execute(query, [kind, name])]


def seen(db: Database, kind: Kind, name: str, stamped: str) -> Held | Verdict | Reviewed:
    """What is decided on, as the reviewer has seen it. Raises Refused where it has changed since."""
    found = thing(db, kind, name)
    if stamp(found, decisions_on(db, kind, name)) != stamped:
        raise Refused("review_stale", 409)
    return found


# Decisions -----------------------------------------------------------------------------------------------------------


class Written(NamedTuple):
    """The rows of the log that a form wrote: from this one to that one."""

    first: int
    last: int


@contextmanager
def alone(path: Path) -> Iterator[Database]:
    """The knowledge base in a transaction of its own: all that is decided in it is written, or nothing."""
    with WRITING, store.open_db(path) as db, store.alone(db):
        yield db


def decide(path: Path, kind: Kind, name: str, form: Form, who: str) -> Written:
    """Write what a form says of one thing to the log. Raises Refused, or CircularError, where it cannot be."""
    with alone(path) as db:
        found = seen(db, kind, name, form.get("seen", ""))
        rows = list(DECIDE[kind](db, found, form, who))
    return Written(rows[0].id, rows[-1].id)


def decide_on_facts(path: Path, stamped: Sequence[str], form: Form, who: str) -> Written:
    """Accept or reject several facts for one reason; `stamped` are their names, each with what was seen: `x-…:…`."""
    if not stamped:
        raise Refused("review_none_chosen")
    act, why = chosen(form, ("accept", "reject")), reason(form)
    with alone(path) as db:
        rows = []
        for name, _, mark in (one.partition(":") for one in dict.fromkeys(stamped)):
            seen(db, "fact", name, mark)
            rows.append(review.decide(db, houses(), name, act, who, why)[2])
    return Written(rows[0].id, rows[-1].id)


def on_obligation(db: Database, found: Due, form: Form, who: str) -> Iterator[Entry]:
    """Whose it is and what has become of it; a row of the log for each that is new."""
    state, owner = chosen(form, tuple(lives.STATUS)), form.get("owner", "").strip()
    said = {name: form.get(name, "").strip() for name in ("note", "evidence")}  # never a path that is looked up on this machine
    had = found.owner or "" if isinstance(found, Held) else ""
    act = {"open": "reopen", "done": "done", "waived": "waive"}[state]
    again = state != "open" or lives.STATUS[state] != found.status
    if not (again or owner != had):
        raise Refused("review_nothing_new")
    if owner != had:
        if not owner:
            raise Refused("review_owner_needed")
        yield lives.decide(db, found.id, "assign", who, owner=owner)[1]
    if again:
        yield lives.decide(db, found.id, act, who, **said)[1]


def on_finding(db: Database, found: Verdict, form: Form, who: str) -> Iterator[Entry]:
    act = chosen(form, ("accept", "explain", "fix", "reopen"))
    if act == "reopen" and found.state == "open":
        raise Refused("review_nothing_new")
    if act in ("accept", "explain"):
        reason(form)
    by = form.get("by", "").strip()
    if act == "fix":
        refuse_fixer(db, found, by)
    yield verdicts.decide(db, found.id, act, who, why=form.get("why", "").strip(), **({"by": by} if act == "fix" else {}))[1]


def refuse_fixer(db: Database, found: Verdict, number: str) -> None:
    """Whether a circular can be the one that puts a finding right: it is here, and is a later one."""
    if not number:
        raise Refused("review_by_needed")
    if not db.execute("SELECT 1 FROM circulars WHERE number = ?", [number]).fetchone():
        raise Refused("review_by_missing", number=number)
    if number == found.number and not store.printed_again(db, [found.circular]):
        raise Refused("review_by_itself", number=number)


def on_fact(db: Database, found: Reviewed, form: Form, who: str) -> Iterator[Entry]:
    act = chosen(form, ("accept", "correct", "reject", "reopen"))
    if act == "reopen":
        if found.state == "unreviewed":
            raise Refused("review_nothing_new")
        yield review.decide(db, houses(), found.id, act, who, form.get("why", "").strip() or None)[2]
        return
    if found.expression is None or found.read is None:
        raise Refused("review_gone")
    changes = changed(found, form) if act == "correct" else ()
    if act == "correct" and not changes:
        raise Refused("review_nothing_new")
    yield review.decide(db, houses(), found.id, act, who, reason(form), changes)[2]


DECIDE: Mapping[Kind, Callable[..., Iterator[Entry]]] = {"obligation": on_obligation, "finding": on_finding, "fact": on_fact}


def chosen(form: Form, acts: Sequence[str]) -> str:
    if (act := form.get("act", "")) not in acts:
        raise Refused("review_act_needed")
    return act


def reason(form: Form) -> str:
    if not (why := form.get("why", "").strip()):
        raise Refused("review_reason_needed")
    return why


# Fields of a fact ----------------------------------------------------------------------------------------------------


class Field(NamedTuple):
    """A field of a fact as a form shows it: what may be typed (`day`, `choice`, `yesno`, `text`), and what holds now."""

    name: str
    typed: str
    value: str
    choices: tuple[str, ...]
    optional: bool


def fields(found: Reviewed) -> list[Field]:
    """The fields of a fact that a reviewer may correct, with what holds, else with what is read."""
    told = msgspec.json.decode(found.value or found.read or "null")
    if found.kind in force.HEAD:
        return [field(found.kind, force.header_types()[found.kind], told)]
    hints = get_type_hints(FACTS[found.kind])
    return [field(name, hint, (told or {}).get(name)) for name, hint in hints.items() if name not in (*force.PLACED, "why")]


def field(name: str, hint: Any, value: object) -> Field:
    kinds = [one for one in (hint, *get_args(hint)) if one is not NoneType]
    words = tuple(str(word) for one in kinds if get_origin(one) is Literal for word in get_args(one))
    typed = "day" if date in kinds else "yesno" if bool in kinds else "choice" if words else "text"
    return Field(name, typed, as_typed(value), words, NoneType in get_args(hint))


def as_typed(value: object) -> str:
    """A value as it stands in its field."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def changed(found: Reviewed, form: Form) -> list[str]:
    """The fields that say something else now, as `circulars correct --set` takes them; a field that was not sent stays."""
    sent = [(one, " ".join(form[f"field-{one.name}"].split())) for one in fields(found) if f"field-{one.name}" in form]
    return [f"{one.name}={typed}" for one, typed in sent if typed != " ".join(one.value.split())]
