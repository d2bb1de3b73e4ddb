"""Obligations as a calendar (RFC 5545), for a file and for a feed that calendars subscribe to.

A published site writes calendars too, so this module knows rows and nothing of the pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from kb import moments

Row = Mapping[str, str | int | float | None]
"""A row of the view `calendar_entries`, by its columns."""

REFRESH = timedelta(hours=6)
"""How often a subscriber should ask again: circulars come out by day."""

EVE = timedelta(hours=-15)
"""From the beginning of a day back to nine o'clock of the day before, when the last day of a deadline can still be worked on."""

LABELS = {
    "bearer": "Who: {value}",
    "modality": "Force: {value}",
    "zone": "Hour of another zone: {value}",
    "number": "Circular: {value}",
    "due_business": "Last business day: {value}",
    "conflict": "Disagrees{settled}: {value}",
    "withdrawn_by": "Withdrawn by {value}",
}
"""How the parts of a description are told; `settled` is what became of the disagreement."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")

DAY_BEFORE = timedelta(days=-1)


def calendar(
    rows: Iterable[Row],
    *,
    name: str = "Circulars",
    link: Callable[[Row], str | None] | None = None,
    alarms: bool = False,
    subscribed: bool = False,
    note: str = "",
    labels: Mapping[str, str] = LABELS,
) -> bytes:
    """The entries in the order of the rows, each with the address that `link` gives.

    `subscribed` says how often to ask again. `note` is an entry of its own on the day of the last row: what the calendar lacks.
    """
    made = Calendar()
    made.add("prodid", "-//circular-kb//circulars//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", plain(name))
    if subscribed:
        made.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
        made.add("x-published-ttl", REFRESH)
    last: Row | None = None
    for row in rows:
        made.add_component(entry(row, link(row) if link else None, alarms=alarms, labels=labels))
        last = row
    if note and last is not None:
        made.add_component(notice(note, date.fromisoformat(str(last["due"]))))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def entry(told: Row, link: str | None = None, *, alarms: bool = False, labels: Mapping[str, str] = LABELS) -> Event:
    """An obligation as an event: the whole day, or the moment in Hong Kong or in another zone that has a name."""
    event = Event()
    event.add("uid", f"{told['uid']}@circular-kb")
    day = date.fromisoformat(str(told["due"]))
    clock, zone = (str(told[name]) if told[name] else None for name in ("time", "zone"))
    when = moments_of(day, clock, zone)
    for name, moment in when.items():
        event.add(name, moment)
    event.add("sequence", told["sequence"])
    # When it was last said: the day of issue, so that the same obligation gives the same bytes.
    said = str(told["withdrawn_on"] or told["issued"] or told["due"])
    event.add("dtstamp", datetime.combine(date.fromisoformat(said), time(), UTC))
    title = plain(summary(told))
    event.add("summary", title)
    event.add("description", plain(description(told, labels)))
    if link:
        event.add("url", link)
    event.add("status", told["status"])
    event.add("transp", "TRANSPARENT")
    if alarms and told["status"] != "CANCELLED":
        event.add_component(alarm(title, DAY_BEFORE if isinstance(when["dtstart"], datetime) else EVE))
    return event


def alarm(text: str, before: timedelta) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", text)
    made.add("trigger", before)
    return made


def notice(text: str, day: date) -> Event:
    """An entry that is no obligation: what the subscriber has to know of the calendar itself."""
    event = Event()
    event.add("uid", "notice@circular-kb")
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("dtstamp", datetime.combine(day, time(), UTC))
    event.add("summary", plain(text))
    event.add("transp", "TRANSPARENT")
    return event


def plain(text: str) -> str:
    """Text without control characters but for tabs and ends of lines: none may stand in a calendar (RFC 5545, 3.1)."""
    return CONTROL.sub("\ufffd", text)


def summary(told: Row) -> str:
    """The house and the act, in both languages where both say it."""
    acts = [str(told[name]) for name in ("action", "action_zh") if told[name]] or [str(told["quote"] or "")]
    return " ".join(filter(None, [str(told["house"] or ""), " · ".join(acts)]))


def moments_of(day: date, clock: str | None, zone: str | None = None) -> dict[str, date]:
    """Beginning and end: all of a day, or one moment; `24:00` is the last minute of its day, up to its end.

    An hour of a zone that is told in words only is nobody's hour: then the day is marked.
    """
    moment = moments.moment(day, clock, zone or moments.HERE) if clock else None
    if moment is None:
        return {"dtstart": day, "dtend": day + timedelta(days=1)}
    return {"dtstart": moment - timedelta(minutes=1), "dtend": moment} if clock == "24:00" else {"dtstart": moment}


def description(told: Row, labels: Mapping[str, str] = LABELS) -> str:
    """Who, how binding, from which circular, in which words, and how its statements disagree."""
    zone, business, conflict = told["zone"], told["due_business"], told["conflict"]
    settled = f" ({told['conflict_decided']})" if told["conflict_decided"] else ""
    said = {
        "bearer": told["bearer"],
        "modality": told["modality"],
        "zone": moments.printed(date.fromisoformat(str(told["due"])), str(told["time"]), str(zone)) if told["time"] and zone else None,
        "number": told["number"],
        "title": told["title_en"] or told["title_zh"],
        "quote": f"“{told['quote']}”" if told["quote"] else None,
        "due_business": business if business != told["due"] else None,
        "conflict": conflict,
        "withdrawn_by": told["withdrawn_by"],
    }
    return "\n".join(labels.get(name, "{value}").format(value=value, settled=settled) for name, value in said.items() if value)
