"""What becomes of findings: which are accepted, explained, or fixed by a later circular, by whose word."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from ingest.errors import CircularError
from ingest.model import Expression, Finding, Level, Value
from kb import store
from kb.judged import Judged
from kb.lives import clean, name_of, one_of, reason
from kb.log import Entry
from kb.naming import FINDING, finding_names, text_name

if TYPE_CHECKING:
    from sqlite_utils import Database

STATES = ("open", "accepted", "explained", "fixed")


class Verdict(Value, frozen=True, kw_only=True):
    """A finding with its life. The same thing said of two files of one circular is one finding with one name."""

    id: str
    state: str
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


def findings(
    db: Database, state: str | None = None, levels: Sequence[str] = ("error", "warning"), check: str | None = None
) -> list[Verdict]:
    """The findings in this state, of these levels and of this check, errors first; None stands for any."""
    header = ", ".join(f'"{name}"' for name in Verdict.__struct_fields__)
    query = f"SELECT {header} FROM all_findings ORDER BY level, house, number, id, expression"  # noqa: S608 - names of our own fields
    rows = (msgspec.convert(dict(zip(Verdict.__struct_fields__, row, strict=True)), Verdict) for row in db.execute(query))
    return [one for one in rows if (state or one.state) == one.state and one.level in levels and (check or one.check) == one.check]


def is_finding(typed: str) -> bool:
    """Whether this is the name of a finding, and not of an obligation."""
    return typed.strip().lower().startswith(FINDING)


def finding(db: Database, typed: str) -> Verdict:
    """The finding whose name is, or begins with, what was typed. Raises CircularError where there is none, or several."""
    wanted = typed.strip().lower()
    wanted = wanted if is_finding(wanted) else f"{FINDING}{wanted}"
    query = "SELECT DISTINCT name FROM findings WHERE name >= ? AND name < ? || '~' ORDER BY name LIMIT 9"
    name = one_of("finding", wanted, [row[0] for row in db.execute(query, [wanted] * 2)])
    return next(one for one in findings(db, levels=("error", "warning", "note")) if one.id == name)


def decide(db: Database, typed: str, act: str, who: str, **said: str | None) -> tuple[Verdict, Entry]:
    """Write to the log that a finding is accepted, explained, fixed or open again; gives it as it was, and the row."""
    found = finding(db, typed)
    if act in ("accept", "explain"):
        said["why"] = reason(said.get("why"))
    by = said.get("by")
    if by and not db.execute("SELECT 1 FROM circulars WHERE number = ?", [by]).fetchone():
        raise CircularError(f"there is no circular {by!r} in this knowledge base; add the one that puts it right first")
    told = {name: getattr(found, name) for name in ("house", "number", "check", "message", "left_quote", "right_quote")}
    content = {key: clean(value) for key, value in said.items() if value}
    return found, store.decide(db, name_of(who), "finding", found.id, act, {**content, "told": told})


class Decisions:
    """The last decision on each finding, and those whose finding is no longer found as it was."""

    def __init__(self, db: Database) -> None:
        query = """
            SELECT subject, act, who, at, content, id IN (SELECT id FROM decisions_adrift) FROM decisions
            WHERE id IN (SELECT max(id) FROM decisions WHERE kind = 'finding' GROUP BY subject) ORDER BY id
        """
        self.by_name: dict[str, Mapping[str, str | None]] = {}
        self.adrift: list[tuple[Mapping[str, str | None], Mapping[str, str | None]]] = []
        for name, act, who, at, content, adrift in db.execute(query):
            if act == "reopen":
                continue
            said = json.loads(content)
            one = {
                "id": name,
                "was": store.STATE[act],
                "decided_by": who,
                "decided_at": at,
                "why": said.get("why"),
                "fixed_by": said.get("by"),
            }
            self.by_name[name] = one
            if adrift:
                self.adrift.append((said["told"], one))

    def judge(self, findings: Sequence[Finding], left: Expression, right: Expression) -> tuple[Finding, ...]:
        """These findings of two expressions, or of one, with what was decided on each."""
        if not self.by_name:
            return tuple(findings)
        texts = [text_name(one.issuer, one.number, one.lang, one.source.path) for one in (left, right)]
        names = finding_names([(one.check, store.said(texts[0], one.left), store.said(texts[1], one.right)) for one in findings])
        return tuple(self.judged(finding, name, (left, right)) for finding, name in zip(findings, names, strict=True))

    def judged(self, finding: Finding, name: str, texts: Sequence[Expression]) -> Finding:
        decided = self.by_name.get(name)
        former = next((one for told, one in self.adrift if is_otherwise(finding, texts, told)), None)
        if decided is None and former is None:
            return finding
        state = decided["was"] if decided else "open"
        return msgspec.convert({**msgspec.to_builtins(finding), **(decided or former or {}), "state": state}, Judged)


def is_otherwise(finding: Finding, texts: Sequence[Expression], told: Mapping[str, str | None]) -> bool:
    """Whether a finding is what was decided on, but for the words on one side: the same check, circular, and words on the other."""
    quotes = {side.quote for side in (finding.left, finding.right) if side is not None and side.quote is not None}
    circular = (told.get("house"), told.get("number"))
    same = not quotes.isdisjoint((told.get("left_quote"), told.get("right_quote")))
    return same and finding.check == told.get("check") and circular in {(one.issuer, one.number) for one in texts}


HEADINGS = ("ID", "State", "Level", "Check", "What", "Left", "Right", "House", "Number", "Decided")


def line(found: Verdict, name: str) -> tuple[str, ...]:
    """What a table shows of a finding and its life."""
    fixed = f"by {found.fixed_by}" if found.fixed_by else None
    decided = (f"{found.decided_by}, {(found.decided_at or '')[:10]}", fixed, found.why) if found.decided_by else ()
    words = (found.message, found.left_quote or found.left_value or "", found.right_quote or found.right_value or "")
    shown = (*(" ".join(word.split()) for word in words), found.house or "", found.number or "", "; ".join(filter(None, decided)))
    return name, found.state, found.level, found.check, *shown
