"""What becomes of obligations: who takes care of them, which are done or waived, by whose word."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ingest.errors import CircularError
from kb import due as dues
from kb import reviewed, store
from kb.clock import day_of
from kb.due import Due
from kb.force import review_of
from kb.log import Broken, Entry, first_broken
from kb.saying import ENGLISH, Voice

if TYPE_CHECKING:
    from sqlite_utils import Database

STATUS = {"open": "open", "done": "done", "waived": "not applicable"}
"""What people type for the status of an obligation, and how it is kept."""

STATES = {
    "open": dues.OPEN,
    "done": "o.status = 'done'",
    "waived": "o.status = 'not applicable'",
    "withdrawn": "o.status = 'open' AND o.withdrawn IS NOT NULL",
}
"""The states of obligations, as conditions: what a circular took back is withdrawn, unless somebody had decided on it."""

SHORT, SHORTEST = 8, 4
"""So many characters of a name are shown where they tell it apart, and so many at least have to be typed."""


class Held(Due, frozen=True, kw_only=True):
    """An obligation with what became of it.

    `decided_due` is its day when it was decided on, where that has moved since; `sequence` counts how often a circular moved the
    day or took it back, `withdrawn_by` is the circular that took it back for good.
    """

    sequence: int
    withdrawn_by: str | None
    withdrawn_on: date | None
    owner: str | None
    note: str | None
    evidence: str | None
    decided_by: str | None
    decided_at: str | None
    decided_due: str | None


# Obligations ---------------------------------------------------------------------------------------------------------

LIVES = """
SELECT id, sequence, withdrawn_by, withdrawn_on, owner, note, evidence, decided_by, decided_at, decided_due FROM all_obligations WHERE {}
"""


def obligations(db: Database, state: str | None = None, owner: str | None = None) -> list[Held]:
    """All obligations in this state and of this owner, earliest first and undated last; None stands for any."""
    found = with_lives(db, dues.ask(db, STATES[state] if state else "1", ()), "1")
    return [one for one in found if owner is None or (one.owner or "").casefold() == owner.casefold()]


def held(db: Database, typed: str) -> Held:
    """The obligation whose name is, or begins with, what was typed, with its life. Raises CircularError as `obligation` does."""
    found = obligation(db, typed)
    return with_lives(db, [found], "id = ?", found.id)[0]


def with_lives(db: Database, found: Sequence[Due], condition: str, *values: str) -> list[Held]:
    """Obligations with what became of them, undated last; the condition finds the lives of all of them."""
    cursor = db.execute(LIVES.format(condition), list(values))
    header = [column[0] for column in cursor.description]
    lives = {row[0]: dict(zip(header, row, strict=True)) for row in cursor}
    ordered = sorted(found, key=lambda one: one.due is None)
    return [msgspec.convert({**msgspec.structs.asdict(one), **lives[one.id]}, Held) for one in ordered]


def obligation(db: Database, typed: str) -> Due:
    """The obligation whose name is, or begins with, what was typed. Raises CircularError where there is none, or several."""
    wanted = typed.strip().lower()
    found = [row[0] for row in db.execute("SELECT id FROM obligations WHERE id >= ? AND id < ? || '~' ORDER BY id LIMIT 9", [wanted] * 2)]
    return dues.ask(db, "o.id = ?", [one_of("obligation", wanted, found, typed, other_thing(db, "obligation", typed))])[0]


LISTS = {"obligation": "obligations", "finding": "findings", "fact": "review NUMBER"}
"""The commands that list what people decide on."""


NAMES = {
    "obligation": "SELECT id FROM obligations WHERE id >= ?1 AND id < ?1 || '~'",
    "finding": "SELECT name FROM findings WHERE name >= ?1 AND name < ?1 || '~'",
    "circular": "SELECT number FROM own_numbers WHERE upper(number) = upper(?1)",
}
"""What else may have been typed in place of the ID of a thing."""


def one_of(thing: str, wanted: str, found: Sequence[str], typed: str = "", aside: str = "") -> str:
    """The one name that was meant among those that begin alike; `typed` is how it was put, `aside` what else it may be."""
    if wanted in found:
        return wanted
    if len(wanted) < SHORTEST:
        raise CircularError(f"{typed or wanted!r} is too short; type at least {SHORTEST} characters of the ID of the {thing}")
    if not found:
        raise CircularError(f"there is no {thing} {typed or wanted!r}{aside}; `circulars {LISTS[thing]}` lists them")
    if len(found) > 1:
        raise CircularError(f"{typed or wanted!r} is not one {thing}: {', '.join(found)}")
    return found[0]


def other_thing(db: Database, thing: str, typed: str) -> str:
    """What was typed in place of the ID of a thing, in brackets; nothing where that is not known."""
    other = next((name for name, query in NAMES.items() if name != thing and db.execute(query, [typed.strip()]).fetchone()), None)
    return f" (that is {'an' if other == 'obligation' else 'a'} {other})" if other else ""


def decide(db: Database, typed: str, act: str, who: str, **said: str | None) -> tuple[Due, Entry, str | None]:
    """Write to the log that an obligation is done, waived, opened again or somebody's; gives it as it was, the row, and what it was before.

    What it was is told in words, `done (Amy Chan, 2026-07-31)`; None where it was open. To open what is open is a CircularError.
    """
    found = obligation(db, typed)
    before = state_before(db, found)
    if act == "reopen" and found.status == "open":
        raise CircularError(f"{found.id} is {before or 'open'}; nobody has done or waived it")
    content = {key: clean(value) for key, value in said.items() if value}
    return found, store.decide(db, name_of(who), "obligation", found.id, act, {**content, "told": told(found)}), before


def state_before(db: Database, found: Due) -> str | None:
    """Whether an obligation is done, waived or withdrawn, and by whom; None where it is open."""
    query = "SELECT withdrawn_by, decided_by, decided_at FROM all_obligations WHERE id = ?"
    withdrawn_by, who, at = db.execute(query, [found.id]).fetchone()
    if found.status == "open":
        return f"withdrawn by {withdrawn_by}" if withdrawn_by else None
    return f"{next(typed for typed, kept in STATUS.items() if kept == found.status)} ({who}, {day_of(at)})"


def told(found: Due) -> Mapping[str, str | None]:
    """What an obligation said when it was decided on, so that it can be known again and a moved day be told."""
    return {
        "house": found.house,
        "number": found.number,
        "due": found.due.isoformat() if found.due else None,
        "action": found.action or found.action_zh,
        "quote": found.quote,
    }


def name_of(who: str) -> str:
    """The name of a person, which cannot be empty."""
    name = " ".join(clean(who).split())
    if not name:
        raise CircularError("a decision needs the name of who decides; give it by --who")
    return name


def reason(why: str | None) -> str:
    """Why somebody decides so, which cannot be empty."""
    if not (why and why.strip()):
        raise CircularError("the decision needs a reason; give it by --why")
    return clean(why.strip())


def clean(text: str) -> str:
    """What was typed, where it is not UTF-8 with marks."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def evidence_of(place: str) -> str:
    """An address as it is; a file by its path and the SHA-256 of its bytes, so that another one in its place is told apart."""
    if re.match(r"[a-z][a-z0-9+.-]+://|mailto:", place, re.IGNORECASE):
        return place
    try:
        with Path(place).open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise CircularError(f"{place}: {error.strerror or error}; evidence is a file that can be read, or an address") from error
    return f"{Path(place).absolute()} sha256:{sha256}"


# As text -------------------------------------------------------------------------------------------------------------

HEADINGS = ("ID", "State", "Owner", *dues.HEADINGS[:-1], "Decided")


def as_csv(found: Sequence[Held]) -> bytes:
    """A header and one line for each obligation, as `circulars due` prints them."""
    return dues.as_csv(found, Held.__struct_fields__)


def line(found: Held, name: str, voice: Voice = ENGLISH) -> tuple[str, ...]:
    """What a table shows of an obligation and its life."""
    state = next(typed for typed, kept in STATUS.items() if kept == found.status)
    state = "withdrawn" if state == "open" and found.withdrawn_by else state
    return (name, voice.word(state), found.owner or "", *dues.line(found, voice)[:-1], " ".join(decided(found, voice).split()))


def decided(found: Held, voice: Voice = ENGLISH) -> str:
    """Who decided when, why and on which evidence; which day was known then, if it has moved; who corrected it; and what took it back."""
    who = voice.series((found.decided_by, day_of(found.decided_at))) if found.decided_by else None
    if who and found.status == "open":
        who = voice("{was}: {words}", was=voice.word("opened again"), words=who)
    moved = voice("was due {day} then", day=found.decided_due) if found.decided_due else None
    corrected = voice("corrected by {who}", who=found.corrected_by) if found.corrected_by else None
    taken_back = voice("withdrawn by {number}", number=found.withdrawn_by) if found.withdrawn_by else None
    return voice.clauses((who, found.note, found.evidence, moved, corrected, taken_back))


def short(names: Sequence[str]) -> dict[str, str]:
    """The beginning of each name where it tells it apart from all the others, else the name."""
    beginnings: dict[str, int] = {}
    for name in names:
        beginnings[name[:SHORT]] = beginnings.get(name[:SHORT], 0) + 1
    return {name: name[:SHORT] if beginnings[name[:SHORT]] == 1 else name for name in names}


def all_names(db: Database) -> list[str]:
    """The names of all obligations."""
    return [row[0] for row in db.execute("SELECT id FROM obligations")]


# The log -------------------------------------------------------------------------------------------------------------

TRIGGERS = ("decisions_follow", "decisions_stay", "decisions_last")


def log(db: Database) -> list[Entry]:
    """Every decision, in the order in which they were made."""
    return [Entry(*row) for row in db.execute("SELECT id, at, who, kind, subject, act, content, previous, hash FROM decisions ORDER BY id")]


def broken(db: Database, head: str | None = None) -> list[str]:
    """What is wrong with the log, one line each: its first broken row, missing guards, and what does not follow from it.

    `head` is a hash that was noted earlier: rows cut off at the end leave a chain that is whole, but without it.
    """
    entries = log(db)
    found = [told_broken(bad)] if (bad := first_broken(entries)) else []
    if head and head.lower() not in {entry.hash for entry in entries}:
        found.append(f"no row has the hash {head}: rows are missing at the end")
    guards = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    found += [f"the trigger {name}, which guards the log, is gone" for name in TRIGGERS if name not in guards]
    for name, status in db.execute("SELECT id, status FROM obligations ORDER BY id"):
        if status != (decided := store.status_of(db, name)):
            found.append(f"obligation {name} is {status}, but {decided} in the log")
    for name, state in db.execute("SELECT DISTINCT name, state FROM findings ORDER BY name"):
        if state != (decided := store.state_of(db, name)):
            found.append(f"finding {name} is {state}, but {decided} in the log")
    there = {review.name: review for review in store.reviews(db)}
    last = {entry.subject: entry for entry in entries if entry.kind == "fact"}
    wanted = {name: review for name, entry in last.items() if (review := review_of(entry))}
    names = sorted({*there, *wanted})
    return found + [f"fact {name} is not as the log decides on it" for name in names if there.get(name) != wanted.get(name)]


def told_broken(bad: Broken) -> str:
    return f"row {bad.row} {bad.why}"


def log_line(entry: Entry, voice: Voice = ENGLISH) -> tuple[str, ...]:
    """What a table shows of a decision."""
    said = json.loads(entry.content)
    words = voice.clauses(voice("{was}: {words}", was=voice.word(key), words=value) for key, value in said.items() if key != "told")
    about = " ".join(filter(None, (said.get("told", {}).get("number"), said.get("told", {}).get("action"))))
    kind, act = voice.word(entry.kind), voice.word(entry.act)
    return str(entry.id), entry.at, entry.who, kind, entry.subject, act, " ".join(words.split()), about, entry.hash[:12]


LOG_HEADINGS = ("Row", "When", "Who", "Of", "ID", "Act", "Words", "About", "Hash")


def adrift(db: Database) -> list[str]:
    """Decisions whose subject is no longer found, one line each."""
    query = "SELECT kind, subject, act, who, at, number FROM decisions_adrift ORDER BY id"
    return [
        f"{kind} {subject}{f' of {number}' if number else ''} is no longer found; {who} decided on it ({act}, {day_of(at)})"
        for kind, subject, act, who, at, number in db.execute(query)
    ]


def moved(db: Database) -> list[str]:
    """Obligations that were done or waived when they were due on another day, one line each."""
    query = """
        SELECT id, status, due, decided_due, decided_by, decided_at, number FROM all_obligations
        WHERE id IN (SELECT subject FROM decisions WHERE kind = 'obligation') AND decided_due IS NOT NULL ORDER BY id
    """
    return [
        f"obligation {name}{f' of {number}' if number else ''} is due {due or 'on no known date'}; "
        f"it was due {then} when {who} decided on it ({status}, {day_of(at)})"
        for name, status, due, then, who, at, number in db.execute(query)
    ]


def touched(db: Database) -> list[str]:
    """What was decided and no longer fits what is read, one line each."""
    return [*adrift(db), *moved(db), *reviewed.touched(db)]
