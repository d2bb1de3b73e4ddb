"""The answers of a knowledge base for other people's tools: CSV, a workbook, JSON Lines, and a calendar.

A view is exported as it is asked in SQL. A column has one type in all its rows: text, a whole number, a number, or true and false;
days and clock times are text in the form of ISO 8601, in a workbook they are such. Nothing is nested, and the rows have one order.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple, get_args, get_type_hints

from sqlite_utils import Database

from ingest.errors import CircularError
from kb import zones
from kb.schema import FACTS
from kb.sheets import BOM, harmless
from kb.workbook import Cell, Sheet, workbook

if TYPE_CHECKING:
    from icalendar import Event

FORMATS = ("csv", "xlsx", "jsonl", "ics")
VIEW = "upcoming"
"""What is exported where no view is named: open obligations that have a last day, one a row."""
CALENDAR = "calendar_entries"
"""The view of which a calendar is made: it has to be told what is over or gone, or keeps it for ever."""

ORDER = ("due", "start", "time")
"""Rows are sorted by these columns, where a view has them, and then by all others in their order."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_PHONE = re.compile(r"\+\d{1,15}")
_FLAGS = {
    name for kind in FACTS.values() for name, hint in get_type_hints(kind).items() if bool in (hint, *get_args(hint))
}  # SQLite has no true and false

Value = str | int | float | bool | None


class Answer(NamedTuple):
    """The rows of a view with the names of its columns."""

    view: str
    header: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]


def ask(db: Database, view: str) -> Answer:
    """All rows of a view; a CircularError lists the views where there is none of that name."""
    if view not in db.view_names():
        raise CircularError(f"there is no view {view!r}; there are {', '.join(sorted(db.view_names()))}")
    header = tuple(column.name for column in db[view].columns)
    first = [name for name in ORDER if name in header]
    places = ", ".join(f'"{name}"' for name in (*first, *(name for name in header if name not in first)))
    listed = ", ".join(f'"{name}"' for name in header)
    rows = db.execute(f'SELECT {listed} FROM "{view}" ORDER BY {places}').fetchall()
    kinds = [one_type(name, [row[place] for row in rows]) for place, name in enumerate(header)]
    return Answer(view, header, [tuple(kind(cell) for kind, cell in zip(kinds, row, strict=True)) for row in rows])


def one_type(name: str, cells: Sequence[object]) -> Callable[[object], Value]:
    """What brings the cells of a column to one type: text where some are text, a fraction where some have one."""
    there = {type(cell) for cell in cells if cell is not None}
    kind: Callable[[object], Value]
    if name in _FLAGS and there <= {int}:
        kind = bool
    elif there <= {int}:
        kind = int  # type: ignore[assignment]  # they are integers already
    elif there <= {int, float}:
        kind = float  # type: ignore[assignment]  # they are numbers already
    else:
        kind = str
    return lambda cell: None if cell is None else kind(cell)


def render(answer: Answer, form: str) -> bytes:
    """The rows in one of `FORMATS`, as the bytes of a file."""
    writers: Mapping[str, Callable[[Answer], bytes]] = {"csv": as_csv, "xlsx": as_xlsx, "jsonl": as_jsonl, "ics": as_ics}
    return writers[form](answer)


def as_csv(answer: Answer) -> bytes:
    """A header and a line for each row, with the mark that Excel needs; text that it would run as a formula is shown as text."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(answer.header)
    writer.writerows([safe(cell) for cell in row] for row in answer.rows)
    return (BOM + stream.getvalue()).encode()


def safe(cell: Value) -> Value:
    """A cell that no spreadsheet runs; a telephone number (`+85229797341`) is none of these."""
    return harmless(cell) if isinstance(cell, str) and not _PHONE.fullmatch(cell) else cell


def as_jsonl(answer: Answer) -> bytes:
    """One object a line, every column in each."""
    lines = (json.dumps(dict(zip(answer.header, row, strict=True)), ensure_ascii=False) for row in answer.rows)
    return "".join(f"{line}\n" for line in lines).encode()


def as_xlsx(answer: Answer) -> bytes:
    """One sheet; a column whose cells are all days, or all clock times, holds such."""
    days, clocks = ({place for place in range(len(answer.header)) if all_are(answer, place, form)} for form in (_DAY, _CLOCK))

    def typed(place: int, cell: Value) -> Cell:
        if isinstance(cell, str) and place in days:
            return date.fromisoformat(cell)
        if isinstance(cell, str) and place in clocks:
            return cell if cell == "24:00" else time.fromisoformat(cell)
        return cell

    rows = [[typed(place, cell) for place, cell in enumerate(row)] for row in answer.rows]
    return workbook([Sheet(answer.view[:31], answer.header, rows)])


def all_are(answer: Answer, place: int, form: re.Pattern[str]) -> bool:
    """Whether the cells of a column that are there have this form; `24:00` is a clock time that no spreadsheet knows."""
    cells = [row[place] for row in answer.rows if row[place] is not None]
    return bool(cells) and all(isinstance(cell, str) and (form.fullmatch(cell) or (form is _CLOCK and cell == "24:00")) for cell in cells)


# A calendar ----------------------------------------------------------------------------------------------------------


def as_ics(answer: Answer) -> bytes:
    """The last day, or moment, of each obligation that has one; a calendar knows each again by its name."""
    from icalendar import Calendar

    if answer.view != CALENDAR:
        raise CircularError(f"{answer.view} has no entries of a calendar; {CALENDAR} has")
    calendar = Calendar()
    calendar.add("prodid", "-//circular-kb//circulars//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Circulars")
    for row in answer.rows:
        calendar.add_component(entry(dict(zip(answer.header, row, strict=True))))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def entry(told: Mapping[str, Value]) -> Event:
    """An obligation as an event: the whole day, or the moment in Hong Kong or in another zone that has a name."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{told['uid']}@circular-kb")
    day = date.fromisoformat(str(told["due"]))
    clock, zone = (str(told[name]) if told[name] else None for name in ("time", "zone"))
    for name, moment in moments(day, clock, zone).items():
        event.add(name, moment)
    event.add("sequence", told["sequence"])
    # When it was last said: the day of issue, so that the same obligation gives the same bytes.
    said = str(told["withdrawn_on"] or told["issued"] or told["due"])
    event.add("dtstamp", datetime.combine(date.fromisoformat(said), time(), UTC))
    event.add("summary", " ".join(str(part) for part in (told["house"], told["action"] or told["action_zh"] or told["quote"]) if part))
    event.add("description", description(told))
    event.add("status", told["status"])
    event.add("transp", "TRANSPARENT")
    return event


def moments(day: date, clock: str | None, zone: str | None = None) -> dict[str, date]:
    """Beginning and end: all of a day, or one moment; `24:00` is the last minute of its day, up to its end.

    An hour of a zone that is told in words only is nobody's hour: then the day is marked.
    """
    moment = zones.moment(day, clock, zone or zones.HERE) if clock else None
    if moment is None:
        return {"dtstart": day, "dtend": day + timedelta(days=1)}
    return {"dtstart": moment - timedelta(minutes=1), "dtend": moment} if clock == "24:00" else {"dtstart": moment}


def description(told: Mapping[str, Value]) -> str:
    """Who, how binding, from which circular, in which words, and how its statements disagree."""
    lines = [
        f"Who: {told['bearer']}" if told["bearer"] else "",
        f"Force: {told['modality']}" if told["modality"] else "",
        f"Hour of another zone: {zones.printed(date.fromisoformat(str(told['due'])), str(told['time']), str(told['zone']))}"
        if told["time"] and told["zone"]
        else "",
        f"Circular: {told['number']}" if told["number"] else "",
        str(told["title_en"] or told["title_zh"] or ""),
        f"“{told['quote']}”" if told["quote"] else "",
        f"Last business day: {told['due_business']}" if told["due_business"] and told["due_business"] != told["due"] else "",
        f"Disagrees{f' ({settled})' if (settled := told['conflict_decided']) else ''}: {told['conflict']}" if told["conflict"] else "",
        f"Withdrawn by {told['withdrawn_by']}" if told["withdrawn_by"] else "",
    ]
    return "\n".join(line for line in lines if line)
