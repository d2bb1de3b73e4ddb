"""What becomes of findings: which are accepted, explained, or fixed by a later circular, by whose word."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from ingest.errors import CircularError
from ingest.model import Expression, Finding, Level, Value
from kb import store
from kb.clock import day_of
from kb.judged import Judged, Settled, State, in_words
from kb.lives import clean, name_of, one_of, other_thing, reason
from kb.log import Entry
from kb.naming import FINDING, finding_names, text_name
from kb.saying import ENGLISH, Voice

if TYPE_CHECKING:
    from sqlite_utils import Database

STATES = ("open", "accepted", "explained", "fixed")


class Verdict(Value, frozen=True, kw_only=True):
    """A finding with its life. The same thing said of two files of one circular is one finding with one name.

    One that is open and `was` decided on says otherwise what was decided then, by whom and why.
    """

    id: str
    state: State
    was: Settled | None
    level: Level
    check: str
    message: str
    left_value: str | None
    left_quote: str | None
    right_value: str | None
    right_quote: str | None
    why: str | None
    fixed_by: str | None
    decided_by: str | None
    decided_at: str | None
    house: str | None
    number: str | None
    circular: int


FINDINGS = """
SELECT
    f.id, f.state, coalesce(c.was, nullif(f.state, 'open')), f.level, f."check", f.message,
    f.left_value, f.left_quote, f.right_value, f.right_quote,
    iif(c.id IS NULL, f.why, c.why), iif(c.id IS NULL, f.fixed_by, c.fixed_by),
    iif(c.id IS NULL, f.decided_by, c.decided_by), iif(c.id IS NULL, f.decided_at, c.decided_at),
    f.house, f.number, f.circular
FROM all_findings AS f LEFT JOIN findings_changed AS c ON c.id = f.id
WHERE {condition}
ORDER BY f.level, f.house, f.number, f.id, f.expression
"""


OF_HOUSE = """
SELECT f.name FROM circulars AS c JOIN expressions AS e ON e.circular = c.id JOIN findings AS f ON f.expression = e.id
WHERE c.issuer = :house COLLATE NOCASE
UNION
SELECT f.name FROM circulars AS c JOIN expressions AS e ON e.circular = c.id JOIN pairs AS p ON p."right" = e.id
    JOIN findings AS f ON f.pair = p.id
WHERE c.issuer = :house COLLATE NOCASE
"""


def findings(
    db: Database,
    state: str | None = None,
    levels: Sequence[str] = ("error", "warning"),
    check: str | None = None,
    house: str | None = None,
) -> list[Verdict]:
    """The findings in this state, of these levels, of this check, with a side of this house, errors first; None stands for any."""
    ours = {name for (name,) in db.execute(OF_HOUSE, {"house": house})} if house else None
    return [
        one
        for one in ask(db)
        if (state or one.state) == one.state
        and one.level in levels
        and (check or one.check) == one.check
        and (ours is None or one.id in ours)
    ]


def ask(db: Database, condition: str = "1", *values: str) -> list[Verdict]:
    """The findings that meet a condition, errors first."""
    rows = db.execute(FINDINGS.format(condition=condition), list(values))
    return [msgspec.convert(dict(zip(Verdict.__struct_fields__, row, strict=True)), Verdict) for row in rows]


def is_finding(typed: str) -> bool:
    """Whether this is the name of a finding, and not of an obligation."""
    return typed.strip().lower().startswith(FINDING)


def finding(db: Database, typed: str) -> Verdict:
    """The finding whose name is, or begins with, what was typed. Raises CircularError where there is none, or several."""
    wanted = typed.strip().lower()
    wanted = wanted if is_finding(wanted) else f"{FINDING}{wanted}"
    query = "SELECT DISTINCT name FROM findings WHERE name >= ? AND name < ? || '~' ORDER BY name LIMIT 9"
    found = [row[0] for row in db.execute(query, [wanted] * 2)]
    name = one_of("finding", wanted, found, typed, other_thing(db, "finding", typed))
    return ask(db, "f.id = ?", name)[0]


def decide(db: Database, typed: str, act: str, who: str, **said: str | None) -> tuple[Verdict, Entry]:
    """Write to the log that a finding is accepted, explained, fixed or open again; gives it as it was, and the row."""
    found = finding(db, typed)
    if act in ("accept", "explain"):
        said["why"] = reason(said.get("why"))
    if act == "reopen" and found.state == "open":
        raise CircularError(f"{found.id} is open; nobody has accepted or explained it, or said that it is fixed")
    by = said.get("by")
    if by and not db.execute("SELECT 1 FROM circulars WHERE number = ?", [by]).fetchone():
        raise CircularError(f"there is no circular {by!r} in this knowledge base; add the one that puts it right first")
    if by and by == found.number and not store.printed_again(db, [found.circular]):
        raise CircularError(f"{by} is the circular of the finding itself, and was printed once; name the later one")
    told = {name: getattr(found, name) for name in ("house", "number", "check", "message", "left_quote", "right_quote")}
    content = {key: clean(value) for key, value in said.items() if value}
    return found, store.decide(db, name_of(who), "finding", found.id, act, {**content, "told": told})


class Decisions:
    """The last decision on each finding, and what was decided on what other ones said before."""

    def __init__(self, db: Database) -> None:
        self.by_name: dict[str, Mapping[str, str | None]] = {}
        last = "SELECT subject, act, who, at, content FROM decisions WHERE kind = 'finding' ORDER BY id"
        for name, act, who, at, content in db.execute(last):
            said = json.loads(content)
            told = {"was": store.STATE[act], "decided_by": who, "decided_at": at, "why": said.get("why"), "fixed_by": said.get("by")}
            self.by_name[name] = {"id": name, "state": store.STATE[act], **told}
        self.by_name = {name: one for name, one in self.by_name.items() if one["state"] != "open"}
        header = ("name", "id", "was", "decided_by", "decided_at", "why", "fixed_by")
        changed = "SELECT id, former, was, decided_by, decided_at, why, fixed_by FROM findings_changed"
        for name, *told_then in db.execute(changed):
            self.by_name[name] = {"state": "open", **dict(zip(header[1:], told_then, strict=True))}

    def judge(self, findings: Sequence[Finding], left: Expression, right: Expression) -> tuple[Finding, ...]:
        """These findings of two expressions, or of one, with what was decided on each."""
        if not self.by_name:
            return tuple(findings)
        texts = [text_name(one.issuer, one.number, one.lang, one.source.path) for one in (left, right)]
        names = finding_names([(one.check, store.said(texts[0], one.left), store.said(texts[1], one.right)) for one in findings])
        return tuple(self.judged(finding, name) for finding, name in zip(findings, names, strict=True))

    def judged(self, finding: Finding, name: str) -> Finding:
        decided = self.by_name.get(name)
        return msgspec.convert({**msgspec.to_builtins(finding), **decided}, Judged) if decided else finding


HEADINGS = ("ID", "State", "Level", "Check", "What", "Left", "Right", "House", "Number", "Decided")


def line(found: Verdict, name: str, voice: Voice = ENGLISH) -> tuple[str, ...]:
    """What a table shows of a finding and its life."""
    words = (voice.message(found.message), found.left_quote or found.left_value or "", found.right_quote or found.right_value or "")
    shown = (*(" ".join(word.split()) for word in words), found.house or "", found.number or "")
    kind = (voice.word(found.state), voice.word(found.level), voice.check(found.check))
    return name, *kind, *shown, in_words(found, voice) if found.was else by_whom(found, voice)


def by_whom(found: Verdict, voice: Voice) -> str:
    """Who opened a finding again, and why."""
    if not found.decided_by:
        return ""
    words = voice.series((found.decided_by, day_of(found.decided_at), found.why))
    return voice("{was}: {words}", was=voice.word("opened again"), words=words)
