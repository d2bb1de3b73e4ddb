"""What people ask of a whole knowledge base: what is missing, whom to call, how a matter went on, and what is new.

Each answer is rows of a documented view, chosen and put in order; nothing is worked out here that SQL cannot show as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import msgspec

from ingest.errors import CircularError
from ingest.issuers import houses
from ingest.model import Clock, ContactKind, Level, Value
from kb import revisions, store
from kb.due import keys
from kb.revisions import NEVER, Moment
from kb.saying import ENGLISH, Voice
from kb.threads import ONE_MATTER

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = TypeVar("Row", bound=Value)

QUERY = "SELECT {columns} FROM {view} WHERE {condition} ORDER BY {order}"

MOST_VERSIONS = 200
"""A thread is followed so far: beyond it, circulars have in common what all of them cite."""


class NumberGap(Value, frozen=True, kw_only=True):
    """Places of a series of which the knowledge base has no circular, first and last included."""

    house: str | None
    series: str
    first_missing: int
    last_missing: int
    missing: int
    after_number: str
    before_number: str


class MissingHalf(Value, frozen=True, kw_only=True):
    """A circular without the other language, or without its sibling from another house: `missing` is the language or the house."""

    house: str | None
    half: Literal["language", "sibling"]
    missing: str
    number: str | None
    issued: date | None
    title_en: str | None
    title_zh: str | None


class Dangling(Value, frozen=True, kw_only=True):
    """A circular that another one cites and that is not in the knowledge base."""

    house: str | None
    number: str | None
    issued: date | None
    relation: str
    cited_number: str | None
    cited_issued: date | None
    quote: str


class Gaps(Value, frozen=True, kw_only=True):
    """All that is missing, as far as what is there tells."""

    numbers: tuple[NumberGap, ...]
    halves: tuple[MissingHalf, ...]
    dangling: tuple[Dangling, ...]


class Call(Value, frozen=True, kw_only=True):
    """A contact of circulars that bind a party, with the newest of those and how many there are."""

    parties: tuple[str, ...]
    kind: ContactKind
    value: str
    label: str | None
    title: str | None
    org: str | None
    house: str | None
    number: str | None
    issued: date | None
    title_en: str | None
    title_zh: str | None
    circulars: int


class Bound(Value, frozen=True, kw_only=True):
    """One row of `who_by_party`."""

    party: str
    kind: ContactKind
    value: str
    label: str | None
    title: str | None
    org: str | None
    house: str | None
    circular: int
    number: str | None
    issued: date | None
    title_en: str | None
    title_zh: str | None


class Tie(Value, frozen=True, kw_only=True):
    """How a circular speaks of an earlier one."""

    relation: str
    number: str | None


Placed = Literal["day", "mark", "added"]
"""By what a version comes after the one before it: its later day, the mark of a revision, or only that it was added later."""


class Version(Value, frozen=True, kw_only=True):
    """One issue of a circular of a thread, with its ties to the earlier circulars; one that is printed again has several.

    `placed` is by what it comes after the former issue of the same circular; None for the first.
    """

    house: str | None
    number: str | None
    issued: date | None
    title_en: str | None
    title_zh: str | None
    ties: tuple[Tie, ...]
    placed: Placed | None


class Moved(Value, frozen=True, kw_only=True):
    """A day that a later circular moved, firmed or withdrew: from when to when, and in which circular; both ends are included."""

    change: Literal["moved", "firmed", "withdrawn"]
    fact: Literal["deadline", "event"]
    act: str
    old_start: date | None
    old_end: date | None
    old_time: Clock | None
    new_start: date | None
    new_end: date | None
    new_time: Clock | None
    old_quote: str
    new_quote: str | None
    stated_in: str | None
    stated_on: date | None
    changed_on: date | None
    changed_by: str | None
    changed_in: str | None
    lang: str


class History(Value, frozen=True, kw_only=True):
    """The circulars of one matter in the order of their issue, and the days that moved between them."""

    versions: tuple[Version, ...]
    moves: tuple[Moved, ...]


class Change(Value, frozen=True, kw_only=True):
    """Something new in the knowledge base, with the day in Hong Kong on which the circular that tells it was added."""

    day: date
    change: Literal["circular", "moved", "firmed", "withdrawn", "finding"]
    house: str | None
    number: str | None
    what: str | None
    before: str | None
    after: str | None
    level: Level | None


class ChangeOf(Change, frozen=True, kw_only=True):
    """A change, in which circular, and the house of the other one where a finding is between two houses."""

    circular: int
    other_house: str | None


# Questions -----------------------------------------------------------------------------------------------------------


def refuse_unknown(db: Database, house: str | None) -> None:
    """A house that is neither known nor in the knowledge base is a CircularError: an empty answer would read as a clean bill."""
    known = {code.casefold() for code in houses()} | {
        code.casefold() for (code,) in db.execute("SELECT DISTINCT issuer FROM circulars WHERE issuer IS NOT NULL")
    }
    if house is not None and house.casefold() not in known:
        raise CircularError(f"no house {house!r} is known; `circulars houses` lists them")


def gaps(db: Database, house: str | None = None) -> Gaps:
    """What is missing, of one house or of all: numbers of its series, halves, and circulars that are cited."""
    return Gaps(
        numbers=tuple(of_house(rows(db, NumberGap, "number_gaps", order="house, series, first_missing"), house)),
        halves=tuple(of_house(rows(db, MissingHalf, "missing_halves", order="half, house, issued, number"), house)),
        dangling=tuple(of_house(rows(db, Dangling, "dangling_references", order="house, issued, number, cited_number"), house)),
    )


def who(db: Database, party: str, house: str | None = None) -> list[Call]:
    """The contacts of the circulars that bind a party, those of the newest circular first; each contact of a house once."""
    wanted = keys(party)
    named = [name for (name,) in db.execute("SELECT DISTINCT party FROM bearers") if wanted & keys(name)]
    condition, values = "party IN (SELECT value FROM json_each(:named))", {"named": json.dumps(named)}
    order = "issued DESC, circular DESC, kind = 'url', kind, value, label IS NULL, label, party"
    found: dict[tuple[str | None, str, str], list[Bound]] = {}
    for row in of_house(rows(db, Bound, "who_by_party", condition, values, order), house):
        found.setdefault((row.house, row.kind, row.value), []).append(row)
    return [call(told) for told in found.values()]


def call(told: Sequence[Bound]) -> Call:
    """One contact from all that tells it; the newest circular comes first and says what it is called."""
    fields = {name: getattr(told[0], name) for name in Bound.__struct_fields__ if name not in {"party", "circular"}}
    fields["label"] = next((row.label for row in told if row.label), None)
    parties = tuple(dict.fromkeys(row.party for row in told))
    return Call(**fields, parties=parties, circulars=len({row.circular for row in told}))


def history(db: Database, number: str) -> History:
    """How the matter of this circular went on: what it amends, replaces or reminds of, what does so to it, and what cites any of those."""
    wanted = "".join(number.split()).upper()
    query = "SELECT DISTINCT e.circular FROM own_numbers AS o JOIN expressions AS e ON e.id = o.expression WHERE upper(o.number) = ?"
    start = [circular for (circular,) in db.execute(query, [wanted])]
    if not start:
        raise CircularError(f"no circular has the number {number}")
    members = thread(db, start)
    ties = [tie for tie in store.tied(db, members) if {tie[0], tie[1]} <= members]
    return History(versions=tuple(versions(db, members, ties)), moves=tuple(moved(db, members)))


def thread(db: Database, start: Iterable[int]) -> set[int]:
    """The circulars of one matter, and those at one step from them by a mere citation."""
    members = set(start)
    edge = set(members)
    while edge and len(members) < MOST_VERSIONS:
        strong = {end for tie in store.tied(db, edge) if tie[2] in ONE_MATTER for end in tie[:2]}
        edge = strong - members
        members |= edge
    return members | {end for tie in store.tied(db, members) for end in tie[:2]}


TEXTS = """
SELECT e.circular, c.issuer, c.number, c.issued, e.id, e.lang, e.issued, e.title, substr(e.text, 1, ?)
FROM expressions AS e JOIN circulars AS c ON c.id = e.circular JOIN sources AS s ON s.sha256 = e.source
WHERE e.circular IN (SELECT value FROM json_each(?)) ORDER BY e.circular, s.added, e.id
"""

TELLS = """
SELECT 'deadline', due, time, relation, modality FROM deadlines WHERE expression = :id
UNION SELECT 'date', start, "end", approx, time FROM dates WHERE expression = :id
UNION SELECT 'amount', kind, value, unit, NULL FROM amounts WHERE expression = :id
ORDER BY 1, 2, 3, 4, 5
"""
"""What tells two texts of one day apart. Copies of one text in two formats say the same here, however they are set."""

WITHDRAWN = """
SELECT DISTINCT withdrawn, circular FROM obligations AS o
WHERE withdrawn IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM obligations WHERE circular = o.circular AND withdrawn IS NOT o.withdrawn)
"""


class Issued(NamedTuple):
    """An issue of a circular as it is told: its day, its titles, and by what it comes after the former issue."""

    circular: int
    house: str | None
    number: str | None
    day: str | None
    title_en: str | None
    title_zh: str | None
    placed: Placed | None


def versions(db: Database, members: Iterable[int], ties: Sequence[tuple[int, int, str]]) -> list[Version]:
    """The issues of these circulars, oldest first; one without a day comes last. The last issue of a circular has its ties."""
    listed = json.dumps(sorted(members))
    texts = db.execute(TEXTS, [revisions.HEAD, listed]).fetchall()
    told = [one for _, group in groupby(texts, key=itemgetter(0)) for one in issues(db, list(group))]
    told.sort(key=lambda one: (one.day is None, one.day or "", one.number or "", one.circular))
    last = {one.circular: place for place, one in enumerate(told)}
    numbers = {one.circular: one.number for one in told}
    gone = {(newer, older) for newer, older in db.execute(WITHDRAWN, [listed])}
    known = [tie for tie in ties if tie[:2] not in gone] + [(*ends, "withdraws") for ends in sorted(gone) if ends[1] in numbers]
    return [
        Version(
            house=one.house,
            number=one.number,
            issued=date.fromisoformat(one.day) if one.day else None,
            title_en=one.title_en,
            title_zh=one.title_zh,
            ties=tuple(
                Tie(relation=tie[2], number=numbers[tie[1]]) for tie in known if tie[0] == one.circular and last[one.circular] == place
            ),
            placed=one.placed,
        )
        for place, one in enumerate(told)
    ]


def issues(db: Database, texts: Sequence[tuple[Any, ...]]) -> list[Issued]:
    """The issues of one circular, from its texts in the order in which they were added.

    Several texts of one language, day and mark that tell other days or amounts are issues too: which is the later, only the
    order in which they were added can say.
    """
    [(circular, house, number, issued)] = {text[:4] for text in texts}
    when = {row: Moment(date.fromisoformat(day), revisions.revision(title, head)) for *_, row, _, day, title, head in texts if day}
    again = revisions.moments([(lang, when[row]) for *_, row, lang, _, _, _ in texts if row in when])
    parts: dict[tuple[Moment | None, int], list[tuple[str, str | None]]] = {}
    seen: dict[tuple[Moment | None, str], list[object]] = {}
    for *_, row, lang, _, title, _ in texts:
        own = revisions.issue_of(when.get(row), again) if again else None
        known = seen.setdefault((own, lang), [])
        if (tells := db.execute(TELLS, {"id": row}).fetchall()) not in known:
            known.append(tells)
        parts.setdefault((own, known.index(tells)), []).append((lang, title))
    found: list[Issued] = []
    before: tuple[Moment | None, int] | None = None
    for own, count in sorted(parts, key=lambda part: (part[0] or NEVER, part[1])):
        titles = parts[own, count]
        english, chinese = (next((title for lang, title in titles if title and lang.startswith("zh") == zh), None) for zh in (False, True))
        placed: Placed | None = None
        if before:
            placed = "added" if count else "day" if own and before[0] and own.day != before[0].day else "mark"
        found.append(Issued(circular, house, number, own.day.isoformat() if own else issued, english, chinese, placed))
        before = own, count
    return found


def moved(db: Database, members: Iterable[int]) -> list[Moved]:
    """The days that moved between these circulars, in the order in which they did."""
    condition = "older_circular IN (SELECT value FROM json_each(:all)) AND newer_circular IN (SELECT value FROM json_each(:all))"
    order = "changed_on, changed_in, lang, id"
    return rows(db, Moved, "history", condition, {"all": json.dumps(sorted(members))}, order)


def changes(db: Database, since: date, house: str | None = None, voice: Voice = ENGLISH) -> list[Change]:
    """What is new since a day, included: circulars, days that they moved, and errors and warnings that came with them.

    A circular is told by its title in the reader's language, if it has one there.
    """
    titles = dict(db.execute("SELECT id, title_zh FROM circulars WHERE title_zh IS NOT NULL")) if voice.language == "zh" else {}
    order = "change = 'finding', change = 'circular' DESC, day, house, number, level, what"
    chosen = "day >= :since AND (:house IS NULL OR :house COLLATE NOCASE IN (house, other_house))"
    found = rows(db, ChangeOf, "changes", chosen, {"since": since.isoformat(), "house": house}, order)
    return [Change(**{name: getattr(one, name) for name in Change.__struct_fields__} | {"what": what(db, one, titles)}) for one in found]


def what(db: Database, one: ChangeOf, titles: Mapping[int, str]) -> str | None:
    """What is new, in words: of a circular the title, one of these if it is among them, or else its file."""
    told = titles.get(one.circular, one.what) if one.change == "circular" else one.what
    return told or path_of(db, one.circular)


def path_of(db: Database, circular: int) -> str | None:
    """By which file a circular without a title is known."""
    query = "SELECT s.path FROM expressions AS e JOIN sources AS s ON s.sha256 = e.source WHERE e.circular = ? ORDER BY e.id LIMIT 1"
    found = db.execute(query, [circular]).fetchone()
    return found[0] if found else None


def rows(
    db: Database, kind: type[Row], view: str, condition: str = "1", values: dict[str, Any] | None = None, order: str = "1"
) -> list[Row]:
    """The rows of a view as values of a type, whose fields are columns of it."""
    fields = kind.__struct_fields__
    query = QUERY.format(columns=store.listed(fields), view=view, condition=condition, order=order)
    return [msgspec.convert(dict(zip(fields, row, strict=True)), kind) for row in db.execute(query, values or {})]


def of_house(found: Iterable[Row], house: str | None) -> list[Row]:
    """Those of one house; None stands for any."""
    return [row for row in found if house is None or (getattr(row, "house", None) or "").lower() == house.lower()]


# As text -------------------------------------------------------------------------------------------------------------


def places(gap: NumberGap) -> str:
    """The missing numbers as they would be printed, with as many digits as the one before them."""
    width = max(len(digits) for digits in re.findall(r"\d+", gap.after_number) if int(digits) == gap.first_missing - 1)
    ends = dict.fromkeys(f"{place:0{width}}" for place in (gap.first_missing, gap.last_missing))
    return gap.series.replace("#", "–".join(ends))


def when(start: date | None, end: date | None, time: Clock | None, voice: Voice = ENGLISH) -> str:
    """A day or an interval, with its time; an open end is left out."""
    day = str(start) if start == end else voice("{start} to {end}", start=start or "…", end=end or "…")
    return f"{voice.word('no date') if start is end is None else day}{f' {time}' if time else ''}"


def title(told: MissingHalf | Call | Version, voice: Voice = ENGLISH) -> str:
    """The title in the reader's language, or else in the other one."""
    titles = (told.title_en, told.title_zh) if voice.language == "en" else (told.title_zh, told.title_en)
    return next(filter(None, titles), "")


def gap_lines(found: Gaps, voice: Voice = ENGLISH) -> list[tuple[str, str, str, str]]:
    """What is missing as lines: house, what, which, and what tells so."""
    numbers = [
        (
            one.house or "",
            voice.word("number"),
            places(one),
            f"{one.after_number} … {one.before_number}",
        )
        for one in found.numbers
    ]
    halves = [
        (one.house or "", voice.word(one.half), voice.word(one.missing), f"{one.number or one.issued or ''} {title(one, voice)}".strip())
        for one in found.halves
    ]
    dangling = [
        (
            one.house or "",
            voice.word(one.relation),
            one.cited_number or voice("of {day}", day=one.cited_issued),
            one.number or f"{one.issued or ''} “{one.quote}”".strip(),
        )
        for one in found.dangling
    ]
    return [*numbers, *halves, *dangling]


def call_line(one: Call, voice: Voice = ENGLISH) -> tuple[str, ...]:
    return (
        one.house or "",
        voice.word(one.kind),
        one.value,
        one.label or one.title or "",
        title(one, voice),
        one.number or "",
        str(one.issued or ""),
        str(one.circulars),
    )


PLACED: Mapping[Placed | None, str] = {
    "mark": "later by its mark",
    "added": "of the same day: added later, nothing printed says which is the later",
}


def version_line(one: Version, voice: Voice = ENGLISH) -> tuple[str, ...]:
    ties = (f"{voice.word(tie.relation)} {tie.number or voice.word('a circular without number')}" for tie in one.ties)
    placed = PLACED.get(one.placed)
    return (
        str(one.issued or voice.word("no date")),
        one.house or "",
        one.number or "",
        title(one, voice),
        voice.series([placed and voice(placed), *ties]),
    )


def move_line(one: Moved, voice: Voice = ENGLISH) -> tuple[str, ...]:
    before = when(one.old_start, one.old_end, one.old_time, voice)
    after = "" if one.change == "withdrawn" else when(one.new_start, one.new_end, one.new_time, voice)
    return str(one.changed_on or ""), voice.word(one.change), one.act, before, after, one.changed_by or "", one.changed_in or ""


def change_line(one: Change, voice: Voice = ENGLISH) -> tuple[str, ...]:
    what = " ".join((one.what or "").split())
    return (
        str(one.day),
        voice.word(one.level or one.change),
        one.house or "",
        one.number or "",
        voice.message(what) if one.change == "finding" else what,
        one.before or "",
        one.after or "",
    )
