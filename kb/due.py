"""What falls due: the obligations of a knowledge base from a day on, for a party, from a house."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

import msgspec

from ingest.errors import CircularError
from ingest.model import Clock, Modality, Relation, Value
from kb import moments
from kb.saying import ENGLISH, Voice

if TYPE_CHECKING:
    from sqlite_utils import Database

PERIOD = re.compile(r"(?P<count>\d{1,4})\s*(?P<unit>[dw]?)", re.IGNORECASE)
DAYS = {"": 1, "d": 1, "w": 7}


class Due(Value, frozen=True, kw_only=True):
    """An obligation with the circular that states it; `quote` is that of its earliest member, `path` where that stands.

    `zone` is that of `time` where it is not Hong Kong's.
    `corrected_by` are those who corrected one of its deadlines; `conflict_decided` says what was decided on the findings that tell how its
    statements disagree, where none of them is open: `explained: Amy Chan`.
    """

    id: str
    due: date | None
    due_business: date | None
    time: Clock | None
    zone: str | None
    relation: Relation
    modality: Modality
    tentative: bool
    status: str
    bearer: tuple[str, ...]
    action: str | None
    action_zh: str | None
    consequence: str | None
    conflict: str | None
    conflict_decided: str | None
    house: str | None
    number: str | None
    issued: date | None
    title_en: str | None
    title_zh: str | None
    quote: str | None
    page: int | None
    path: str | None
    members: int
    corrected_by: str | None


Some = TypeVar("Some", bound=Due)

QUERY = """
SELECT
    o.id, o.due, o.due_business, o.time, o.zone,
    o.relation, o.modality, o.tentative, o.status, o.bearer, o.action, o.action_zh, o.consequence,
    o.conflict, (SELECT v.conflict_decided FROM all_obligations AS v WHERE v.id = o.id) AS conflict_decided,
    c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh, d.quote, d.page, s.path,
    (SELECT count(*) FROM obligation_deadlines AS m WHERE m.obligation = o.id) AS members,
    (SELECT group_concat(DISTINCT k.corrected_by) FROM obligation_deadlines AS m JOIN deadlines AS n ON n.id = m.deadline
        JOIN corrections AS k ON k.expression = n.expression AND k.kind = 'deadlines' AND k.ordinal = n.ordinal
        WHERE m.obligation = o.id) AS corrected_by
FROM obligations AS o
JOIN circulars AS c ON c.id = o.circular
LEFT JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
LEFT JOIN deadlines AS d ON d.id = m.deadline
LEFT JOIN expressions AS e ON e.id = d.expression
LEFT JOIN sources AS s ON s.sha256 = e.source
WHERE {condition}
ORDER BY o.due, o.time IS NULL, o.time, c.issuer, c.number, o.id
"""

OPEN = "o.status = 'open' AND o.withdrawn IS NULL"
"""What still has to be done: nobody has done or waived it, and no circular took it back."""


def period(text: str) -> timedelta:
    """A length of time: `30d`, `6w`, or a bare number of days."""
    match = PERIOD.fullmatch(text.strip())
    if match is None:
        raise CircularError(f"{text!r} is no period; write days or weeks, as in 30d or 6w")
    return timedelta(days=int(match["count"]) * DAYS[match["unit"].lower()])


def within(db: Database, on: date, length: timedelta) -> list[Due]:
    """Open obligations that fall due from this day to that many days later, both included, earliest first.

    What falls due on a day without business does so on the last business day before it too: that is when somebody is there to act.
    """
    last = on + min(length, date.max - on)
    return ask(db, f"{OPEN} AND o.due >= ? AND coalesce(o.due_business, o.due) <= ?", (on.isoformat(), last.isoformat()))


def overdue(db: Database, on: date) -> list[Due]:
    """Open obligations whose last day was before this one, earliest first."""
    return ask(db, f"{OPEN} AND o.due < ?", (on.isoformat(),))


def everything(db: Database) -> list[Due]:
    """Open obligations whatever their day, earliest first."""
    return ask(db, f"{OPEN} AND o.due IS NOT NULL", ())


def undated(db: Database) -> list[Due]:
    """Open obligations whose last day nobody can tell: `within 5 days of the invoice`."""
    return ask(db, f"{OPEN} AND o.due IS NULL", ())


def ask(db: Database, condition: str, values: Sequence[str]) -> list[Due]:
    """The obligations that meet a condition."""
    cursor = db.execute(QUERY.format(condition=condition), list(values))
    header = [column[0] for column in cursor.description]
    rows = (dict(zip(header, row, strict=True)) for row in cursor)
    return [msgspec.convert({**row, "bearer": json.loads(row["bearer"]), "tentative": bool(row["tentative"])}, Due) for row in rows]


def chosen(found: Sequence[Some], party: str | None, house: str | None) -> list[Some]:
    """Those that bind this party and come from this house; None stands for any."""
    return [one for one in found if (party is None or binds(one, party)) and (house is None or (one.house or "").lower() == house.lower())]


def is_bound(db: Database, party: str) -> bool:
    """Whether any obligation names a party, whatever its day or state."""
    return any(binds(one, party) for one in ask(db, "TRUE", ()))


def binds(found: Due, party: str) -> bool:
    """Whether an obligation names a party: `CP` is `CPs`, and is `Clearing Participants` by its initials."""
    return any(keys(party) & keys(bearer) for bearer in found.bearer)


def keys(party: str) -> set[str]:
    """What a party is known by: its name in the singular, and the initials of a name of several words."""
    words = re.findall(r"[^\W_]+", party.casefold())
    name = " ".join(words).removesuffix("s")
    return {name, "".join(word[0] for word in words)} if len(words) > 1 else {name}


# As text -------------------------------------------------------------------------------------------------------------


def as_json(found: Sequence[Due]) -> str:
    """One JSON array."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def as_csv(found: Sequence[Value], columns: tuple[str, ...] = Due.__struct_fields__) -> bytes:
    """A header and one line for each obligation, as `circulars export` writes them; several parties are joined by semicolons."""
    from kb import export

    rows = [tuple("; ".join(cell) if isinstance(cell, tuple) else cell for cell in msgspec.structs.astuple(one)) for one in found]
    return export.as_csv(export.Answer("due", columns, rows))


def said_once(parties: Sequence[str], voice: Voice) -> list[str]:
    """The parties in one language: an obligation of both language versions names `CPs` and 參與者."""
    return [party for party in parties if party.isascii() == (voice.language == "en")] or list(parties)


def line(found: Due, voice: Voice = ENGLISH) -> tuple[str, ...]:
    """What a table shows of an obligation: day, time, who, what, house, number, whether its statements disagree, and who corrected one.

    The last business day stands behind a day without business.
    """
    day = f"{found.due} {voice.word(f'{found.due:%a}')}" if found.due else voice("no date")
    if found.due_business and found.due_business != found.due:
        day += f" ({voice.word(f'{found.due_business:%a}')} {found.due_business:%m-%d})"
    actions = (found.action_zh, found.action) if voice.language == "zh" else (found.action, found.action_zh)
    action = next(filter(None, (*actions, found.quote)), "")
    return (
        day,
        moments.printed(found.due, found.time, found.zone),
        voice.series(said_once(found.bearer, voice)),
        voice.word(found.modality),
        " ".join(action.split()),
        found.house or "",
        found.number or "",
        voice.series(
            (
                voice.aside(voice("disagrees"), voice.settled(found.conflict_decided)) if found.conflict else None,
                voice("corrected by {who}", who=found.corrected_by) if found.corrected_by else None,
            )
        ),
    )


HEADINGS = ("Due", "Time", "Who", "Force", "What", "House", "Number", "")


def disagreements(found: Sequence[Due], voice: Voice = ENGLISH) -> list[str]:
    """The obligations whose statements disagree, and how, one line each."""
    return [
        voice.aside(
            voice("{title}: {counts}", title=named(one, voice), counts=voice.disagreement(one.conflict)),
            voice.settled(one.conflict_decided),
        )
        for one in found
        if one.conflict
    ]


def named(found: Due, voice: Voice) -> str:
    """An obligation by its circular and its act."""
    return voice.series((found.number or found.house or found.path, line(found, voice)[4]))
