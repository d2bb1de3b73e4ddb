"""What people decide on facts: which are right, which are otherwise and which are none, by whose word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import msgspec

from ingest.calendar import business_days
from ingest.errors import CircularError
from ingest.model import House, Span
from kb import force, intake, lives, store
from kb.agreement import wanted
from kb.force import FACT, HEAD, PLACED, Known
from kb.log import Entry
from kb.naming import text_name
from kb.reviewed import Reviewed, bare, decided
from kb.schema import EVIDENCED, FACTS

if TYPE_CHECKING:
    from sqlite_utils import Database

KINDS = (*HEAD, *EVIDENCED)
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")


# Which facts ---------------------------------------------------------------------------------------------------------


def of(db: Database, named: str) -> list[Reviewed]:
    """The facts of a circular, by its number or by the path of its file as it was added. A CircularError where there is none."""
    paths = "SELECT DISTINCT e.id FROM expressions AS e JOIN paths AS p ON p.source = e.source WHERE p.path = ? OR p.path LIKE '%/' || ?"
    files = [row[0] for row in db.execute(paths, [named, named])]
    return facts(db, files or sorted(wanted(db, named, None)))


def facts(db: Database, expressions: Sequence[int]) -> list[Reviewed]:
    """The facts of these expressions, each name once."""
    found: dict[str, Reviewed] = {}
    for number in expressions:
        head = db.execute(
            "SELECT c.issuer, c.number, e.lang FROM expressions AS e JOIN circulars AS c ON c.id = e.circular WHERE e.id = ?", [number]
        ).fetchone()
        house, own, lang = head
        reviewed = decided(db, "expression = ?", number)
        at_work = db.execute("SELECT review, kind, place FROM review_places WHERE expression = ?", [number]).fetchall()
        taken = {(kind, place): reviewed[review] for review, kind, place in at_work}
        for one in force.known(store.as_it_was_read(db, number)):
            told = taken.get((one.kind, one.place)) or unreviewed(one, house, own, lang, number)
            found.setdefault(told.id, told)
        for review, _, place in at_work:
            if place is None:
                found.setdefault(review, reviewed[review])
    return list(found.values())


def unreviewed(one: Known, house: str | None, number: str | None, lang: str, expression: int) -> Reviewed:
    """A fact on which nobody has decided."""
    read = bare(one.kind, one.read)
    return Reviewed(
        id=one.name,
        state="unreviewed",
        kind=one.kind,
        quote=one.quote,
        reading=None,
        value=read,
        read=read,
        read_then=None,
        why=None,
        decided_by=None,
        decided_at=None,
        house=house,
        number=number,
        lang=lang,
        expression=expression,
    )


def over(db: Database, expression: int, span: Span) -> list[Reviewed]:
    """The facts that are read from some of these characters, in the order of their kinds."""
    read = force.known(store.as_it_was_read(db, expression))
    names = {one.name for one in read if one.span and one.span[0] < span[1] and span[0] < one.span[1]}
    return [one for one in facts(db, [expression]) if one.id in names]


def name_of_row(db: Database, kind: str, row: int) -> str | None:
    """The name of the fact that a row of the table of its kind holds; None where there is no such row."""
    found = db.execute(f"SELECT expression, ordinal FROM [{kind}] WHERE id = ?", [row]).fetchone()  # noqa: S608 - a kind of ours
    if found is None:
        return None
    expression, ordinal = found
    query = "SELECT review, place, ordinal FROM review_places WHERE expression = ? AND kind = ?"
    at_work = db.execute(query, [expression, kind]).fetchall()
    if decided := next((review for review, _, there in at_work if there == ordinal), None):
        return str(decided)
    # What holds and nobody decided on stands in the order in which it was read.
    taken, before = {place for _, place, _ in at_work}, sum(there is not None and there < ordinal for _, _, there in at_work)
    left = [one.name for one in force.known(store.as_it_was_read(db, expression)) if one.kind == kind and one.place not in taken]
    name: str = left[ordinal - before]
    return name


def is_fact(typed: str) -> bool:
    """Whether this is the name of a fact, and not of a finding or an obligation."""
    return typed.strip().lower().startswith(FACT)


def fact(db: Database, typed: str) -> Reviewed:
    """The fact whose name is, or begins with, what was typed. Raises CircularError where there is none, or several."""
    name = typed.strip().lower()
    name = name if is_fact(name) else f"{FACT}{name}"
    texts = [number for number, short in short_works(db).items() if f"{FACT}{short}".startswith(name[: len(FACT) + 8])]
    near = {one.id: one for one in facts(db, texts)} | decided(db, "id >= ? AND id < ? || '~'", name, name)
    found = sorted(one for one in near if one.startswith(name))
    if len(found) > 1 and name not in found:
        raise CircularError(f"{name!r} is not one fact: {', '.join(found[:9])}{', ...' if found[9:] else ''}")
    return near[lives.one_of("fact", name, found, typed, lives.other_thing(db, "fact", typed))]


def short_works(db: Database) -> dict[int, str]:
    """The part of the names of its facts that each expression gives."""
    path = "iif(e.number IS NULL OR e.number = '', (SELECT path FROM sources WHERE sha256 = e.source), '')"
    query = f"SELECT e.id, e.issuer, e.number, e.lang, {path} FROM expressions AS e"  # noqa: S608 - ours
    found = {number: text_name(*told) for number, *told in db.execute(query)}
    headed = "SELECT DISTINCT expression FROM review_places WHERE kind IN (SELECT value FROM json_each(?))"
    found |= {number: force.work_of(store.as_it_was_read(db, number)) for (number,) in db.execute(headed, [force.as_json(HEAD)]).fetchall()}
    return {number: force.short_work(work) for number, work in found.items()}


# Decisions -----------------------------------------------------------------------------------------------------------


def decide(
    db: Database, houses: Mapping[str, House], typed: str, act: str, who: str, why: str | None = None, changes: Sequence[str] = ()
) -> tuple[Reviewed, Reviewed | None, Entry, list[str]]:
    """Write to the log that a fact is right, otherwise, none, or open again, and let it hold.

    Gives it before and after, the row, and what of other decisions no longer fits by that, one line each.

    `changes` are fields with their new values, `due=2027-01-08`; nothing behind the sign empties a field.
    """
    found = fact(db, typed)
    if act == "reopen" and found.state == "unreviewed":
        raise CircularError(f"nobody has decided on {found.id}; `circulars review {found.number or 'FILE'}` lists its circular")
    content: dict[str, object] = {
        "why": lives.reason(why) if act != "reopen" or why else None,
        "set": ", ".join(map(lives.clean, changes)) or None,
    }
    told = told_now(db, found) if act != "reopen" else {}
    if act == "reject":
        told["value"] = None
    elif act == "correct":
        told["value"] = corrected(found, told["value"] or told["read"], changes, houses)
    elif act == "accept":
        told["value"] = told["read"]
    about = {"house": found.house, "number": found.number, "action": " ".join(filter(None, (found.kind, found.quote)))}
    before = lives.touched(db)
    with store.writing(db):
        entry = store.decide(db, lives.name_of(who), "fact", found.id, act, {**content, "told": {**about, **told}})
        for number in affected(db, found):
            intake.relate(db, store.keep_again(db, number), houses)
    touched = [line for line in lives.touched(db) if line not in before]
    if act == "correct" and found.kind == "deadlines":
        touched += remaining(db, found, told)
    return found, next(iter(decided(db, "id = ?", found.id).values()), None), entry, touched


STILL = """
    SELECT DISTINCT f.name, f."check" FROM findings AS f LEFT JOIN pairs AS p ON p.id = f.pair
    WHERE f.state = 'open' AND f.level <> 'note' AND (
        coalesce(p."left", f.expression) = :text AND f.left_start < :last AND f.left_end > :first
        OR coalesce(p."right", f.expression) = :text AND f.right_start < :last AND f.right_end > :first
    ) ORDER BY 1
"""


def remaining(db: Database, found: Reviewed, told: Mapping[str, Any]) -> list[str]:
    """The open findings that the dates in a corrected deadline keep up, one line each with the date to correct.

    Checks lay the dates that are printed beside each other: another day of the deadline alone leaves them.
    """
    read, holds = (msgspec.json.decode(told[name])["stated"] for name in ("read", "value"))
    if read == holds or told["span"] is None:
        return []
    return [
        f"finding {name} ({check}) stays: it compares {mention.quote!r}, which is read as {read}; correct {mention.name} as well"
        for text in sorted({*affected(db, found)} & short_works(db).keys())  # a text that was kept again has another row
        for mention, (first, last) in dates_of(db, text, told["span"], read)
        for name, check in db.execute(STILL, {"text": text, "first": first, "last": last}).fetchall()
    ]


def dates_of(db: Database, expression: int, span: Span, day: str) -> Iterator[tuple[Known, Span]]:
    """The mentions of this day within a span on which nobody has decided, each with where it stands."""
    taken = {row[0] for row in db.execute("SELECT place FROM review_places WHERE expression = ? AND kind = 'dates'", [expression])}
    for one in force.known(store.as_it_was_read(db, expression)):
        if one.kind == "dates" and one.place not in taken and one.span and span[0] <= one.span[0] and one.span[1] <= span[1]:
            told = msgspec.json.decode(one.read)
            if told["start"] == told["end"] == day:
                yield one, one.span


def affected(db: Database, found: Reviewed) -> list[int]:
    """The expressions in which a fact stands: every file of its circular in its language that says it."""
    work = found.id[len(FACT) : len(FACT) + 8]
    alike = {number for number, short in short_works(db).items() if short == work}
    there = {row[0] for row in db.execute("SELECT expression FROM review_places WHERE review = ?", [found.id])}
    return sorted(alike | there | ({found.expression} if found.expression is not None else set()))


def told_now(db: Database, found: Reviewed) -> dict[str, Any]:
    """What the log keeps of a fact that is decided on: where it stands, how it is read, and what holds of it so far."""
    before = {review.name: review for review in store.reviews(db, "name = ?", [found.id])}.get(found.id)
    if found.expression is None:
        raise CircularError(f"{found.id} is no longer found in any text; it can only be opened again")
    read = store.as_it_was_read(db, found.expression)
    place = db.execute("SELECT place FROM review_places WHERE review = ? AND expression = ?", [found.id, found.expression]).fetchone()
    if place is not None and place[0] is None:
        if before is None:
            raise CircularError(f"{found.id} is not there")
        return {name: getattr(before, name) for name in force.TOLD}
    at = next(one for one in force.known(read) if (one.place == place[0] and one.kind == found.kind if place else one.name == found.id))
    where = {"work": force.work_of(read), "source": read.source.sha256, "kind": at.kind, "quote": at.quote, "line": at.line}
    return {**where, "span": at.span, "read": at.read, "value": before.value if before else at.read}


# New values ----------------------------------------------------------------------------------------------------------


def corrected(found: Reviewed, value: str, changes: Sequence[str], houses: Mapping[str, House]) -> str:
    """A fact with new values in some of its fields, as JSON. A CircularError names what no such fact can say."""
    kind = found.kind
    said = [parted(change) for change in changes]
    fields = [kind] if kind in HEAD else [name for name in FACTS[kind].__struct_fields__ if name not in PLACED]
    for name, _ in said:
        if name not in fields:
            raise CircularError(f"{kind} have no field {name!r}; there are {', '.join(fields)}")
    if not said:
        raise CircularError(f"a correction needs --set FIELD=VALUE; the fields of {kind} are {', '.join(fields)}")
    told = {kind: msgspec.json.decode(value)} if kind in HEAD else msgspec.json.decode(value)
    new = {**told, **{name: typed_as(told.get(name), text) for name, text in said}}
    try:
        fact = msgspec.convert(
            new[kind] if kind in HEAD else new, force.header_types()[kind] if kind in HEAD else FACTS[kind], strict=False
        )
    except msgspec.ValidationError as error:
        raise CircularError(f"{found.id}: {unfit(kind, str(error), dict(said))}") from error
    refuse_nonsense(kind, fact, {name for name, _ in said})
    if kind == "deadlines":
        fact = with_business_day(fact, {name for name, _ in said}, houses, found.house)
    if force.as_json(fact) == value:
        raise CircularError(f"{found.id} says that already; `circulars accept` says that it is right")
    return force.as_json(fact)


def unfit(kind: str, error: str, said: Mapping[str, str]) -> str:
    """Which field cannot be what was typed, and how it is written."""
    at = re.search(r"`\$\.(\w+)", error)
    name = kind if kind in HEAD else at[1] if at else ""
    if name not in said:
        return error
    hint = force.header_types()[kind] if kind in HEAD else get_type_hints(FACTS[kind])[name]
    kinds = [hint, *get_args(hint)]
    values = {value for one in kinds for value in (one, *get_args(one)) if isinstance(value, str)}
    if date in kinds:
        return f"{name} cannot be {said[name]!r}; write a day as 2027-01-08"
    if values:
        return f"{name} cannot be {said[name]!r}; it is one of {', '.join(sorted(values))}"
    return f"{name} cannot be {said[name] or 'nothing'!r}"


def parted(change: str) -> tuple[str, str]:
    name, sign, text = lives.clean(change).partition("=")
    if not sign:
        raise CircularError(f"{change!r} is no change; write FIELD=VALUE, as in due=2027-01-08")
    return name.strip(), text.strip()


def typed_as(before: object, text: str) -> object:
    """What was typed, in the form of the field: several parties are parted by semicolons, nothing is None."""
    if isinstance(before, list):
        return [part.strip() for part in text.split(";") if part.strip()]
    if isinstance(before, bool):
        return {"yes": True, "no": False, "": None}.get(text, text)
    return text or None


def refuse_nonsense(kind: str, fact: Any, said: set[str]) -> None:
    """What has the right type and still cannot be: a clock time that is none, days that end before they begin."""
    for name in ("time", "end_time"):
        clock = getattr(fact, name, None)
        if clock is not None and not CLOCK.fullmatch(clock):
            raise CircularError(f"{clock!r} is no clock time; write it as 17:00")
    start, end = getattr(fact, "start", None), getattr(fact, "end", None)
    if start and end and start > end:
        raise CircularError(f"{start}/{end} ends before it begins; set both start and end")
    if kind in ("dates", "events") and not (start or end):
        raise CircularError(f"{kind} need a start or an end; where there is none, reject it")
    if kind == "contacts" and fact.kind in ("tel", "fax") and not re.fullmatch(r"\+\d{4,15}", fact.value):
        raise CircularError(f"{fact.value!r} is no telephone number in full; write it as +85229797341")
    if kind == "deadlines" and len(said & {"stated", "due"}) == 1 and fact.relation in ("by", "until", "on") and fact.stated != fact.due:
        raise CircularError(f"{fact.relation} {fact.stated or 'no date'} is not due {fact.due or 'on no day'}; set both stated and due")


def with_business_day(fact: Any, said: set[str], houses: Mapping[str, House], house: str | None) -> Any:
    """A deadline with the last business day that follows from its new day, and why there is none."""
    if "due" not in said or "due_business" in said:
        return fact
    if fact.due is None:
        return msgspec.structs.replace(fact, due_business=None, why=fact.why or "no date is stated")
    calendar = business_days(houses[house].calendar if house and house in houses else "hk")
    day = calendar.last_on_or_before(fact.due)
    return msgspec.structs.replace(fact, due_business=day, why=None if day else calendar.why(fact.due))
