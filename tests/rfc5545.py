"""The rules of RFC 5545 that a calendar of ours is held to, read from its bytes and from nothing of ours or of the writing library."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

LINE = re.compile(
    r'(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*))*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)'
)
"""A content line (3.1)."""

TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
"""The value of a property that is one text (3.3.11)."""

DAY, LOCAL, ZULU = (re.compile(pattern) for pattern in (r"\d{8}", r"\d{8}T\d{6}", r"\d{8}T\d{6}Z"))
OFFSET = re.compile(r"[+-]\d{4}(?:\d{2})?")

ONE = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VALARM": {"ACTION", "TRIGGER"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}  # fmt: skip
"""What a component has to have, and once; DTSTART of an event because no METHOD is told (3.6.1)."""

AT_MOST_ONE = {
    "VCALENDAR": {"CALSCALE", "METHOD"},
    "VEVENT": {
        "CLASS", "CREATED", "DESCRIPTION", "DTEND", "DURATION", "GEO", "LAST-MODIFIED", "LOCATION", "ORGANIZER", "PRIORITY", "SEQUENCE",
        "STATUS", "SUMMARY", "TRANSP", "URL", "RECURRENCE-ID",
    },
    "VALARM": {"DESCRIPTION", "DURATION", "REPEAT"},
    "VTIMEZONE": {"LAST-MODIFIED", "TZURL"},
}  # fmt: skip

INSIDE = {"VEVENT": "VCALENDAR", "VTIMEZONE": "VCALENDAR", "VALARM": "VEVENT", "STANDARD": "VTIMEZONE", "DAYLIGHT": "VTIMEZONE"}

VALUES = {
    "STATUS": re.compile("TENTATIVE|CONFIRMED|CANCELLED"),
    "TRANSP": re.compile("OPAQUE|TRANSPARENT"),
    "SEQUENCE": re.compile(r"\d+"),
    "DTSTAMP": ZULU,
    "TZOFFSETFROM": OFFSET,
    "TZOFFSETTO": OFFSET,
    "VERSION": re.compile(r"2\.0"),
    "URL": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+"),
    "TRIGGER": re.compile(r"[+-]?P(?:\d+W|\d+D(?:T\d+[HMS])*|T(?:\d+[HMS])+)|" + ZULU.pattern),
    **dict.fromkeys(("SUMMARY", "DESCRIPTION", "UID", "PRODID", "TZID", "X-WR-CALNAME", "TZNAME"), TEXT),
}
"""What a value has to look like, whole."""


class Property(NamedTuple):
    name: str
    parameters: dict[str, str]
    value: str


class Component(NamedTuple):
    name: str
    properties: list[Property]
    parts: list[Component]

    def all(self) -> Iterator[Component]:
        yield self
        for part in self.parts:
            yield from part.all()

    def first(self, name: str) -> Property | None:
        return next((one for one in self.properties if one.name == name), None)


def faults(data: bytes) -> list[str]:
    """What is wrong with a calendar; nothing if it keeps the rules."""
    found = list(faults_of_lines(data))
    if found:
        return found
    root = parsed(data)
    return [root] if isinstance(root, str) else list(faults_of_parts(root))


def faults_of_lines(data: bytes) -> Iterator[str]:
    """Lines end in CRLF, none has more than 75 octets, and each is UTF-8 by itself (3.1)."""
    if not data.endswith(b"\r\n"):
        yield "the last line does not end"
    if b"\n" in data.replace(b"\r\n", b"") or b"\r" in data.replace(b"\r\n", b""):
        yield "a line ends in something else than CRLF"
    for number, line in enumerate(data.split(b"\r\n")[:-1], 1):
        if len(line) > 75:
            yield f"line {number} has {len(line)} octets"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"line {number} is no UTF-8"
    for number, line in enumerate(data.decode("utf-8", "replace").replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")[:-1], 1):
        if not LINE.fullmatch(line):
            yield f"content line {number} is none: {line[:60]!r}"


def parsed(data: bytes) -> Component | str:
    """The calendar as a tree; else what breaks it."""
    around = Component("", [], [])
    stack = [around]
    for line in data.decode().replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")[:-1]:
        told = LINE.fullmatch(line)
        assert told
        name, value = told["name"].upper(), told["value"]
        if name == "BEGIN":
            part = Component(value.upper(), [], [])
            stack[-1].parts.append(part)
            stack.append(part)
        elif name == "END":
            if stack.pop().name != value.upper() or not stack:
                return f"END:{value} ends nothing"
        else:
            parameters = dict(one.split("=", 1) for one in re.findall(r';([^=]+="[^"]*"|[^;=]+=[^;]*)', told["parameters"]))
            stack[-1].properties.append(Property(name, {key.upper(): given.strip('"') for key, given in parameters.items()}, value))
    if len(stack) != 1:
        return f"{stack[-1].name} is not ended"
    if [part.name for part in around.parts] != ["VCALENDAR"] or around.properties:
        return "there is not one calendar"
    return around.parts[0]


def faults_of_parts(root: Component) -> Iterator[str]:
    zones = {str(zone.value) for part in root.parts if part.name == "VTIMEZONE" and (zone := part.first("TZID"))}
    for part in root.all():
        counts = Counter(one.name for one in part.properties)
        yield from (f"{part.name} has {counts[name]} {name}" for name in sorted(ONE.get(part.name, ())) if counts[name] != 1)
        yield from (f"{part.name} has {counts[name]} {name}" for name in sorted(AT_MOST_ONE.get(part.name, ())) if counts[name] > 1)
        yield from (f"{inner.name} lies in {part.name}" for inner in part.parts if INSIDE.get(inner.name) != part.name)
        for one in part.properties:
            if one.name in VALUES and not VALUES[one.name].fullmatch(one.value):
                yield f"{one.name}: {one.value[:60]!r}"
            if "TZID" in one.parameters and one.parameters["TZID"] not in zones:
                yield f"no VTIMEZONE tells of {one.parameters['TZID']}"
        if part.name == "VEVENT":
            yield from faults_of_event(part)
        if part.name == "VTIMEZONE" and not part.parts:
            yield "a VTIMEZONE without times"
        if part.name == "VALARM" and part.first("ACTION") == Property("ACTION", {}, "DISPLAY") and not part.first("DESCRIPTION"):
            yield "an alarm that shows nothing"
    if not root.parts:
        yield "a calendar without a component"
    uids = Counter(uid.value for part in root.parts if part.name == "VEVENT" and (uid := part.first("UID")))
    yield from (f"{count} events are called {uid}" for uid, count in uids.items() if count > 1)


def faults_of_event(event: Component) -> Iterator[str]:
    """Its beginning and end are days, or moments, and the end comes later (3.6.1, 3.8.2.2)."""
    start, end = event.first("DTSTART"), event.first("DTEND")
    if end and event.first("DURATION"):
        yield "an event with an end and a duration"
    moments = [moment_of(one) for one in (start, end) if one]
    yield from (told for told in moments if isinstance(told, str))
    if start and end and all(isinstance(one, datetime) for one in moments):
        if start.parameters != end.parameters:
            yield "beginning and end are not told alike"
        if moments[1] <= moments[0]:  # type: ignore[operator]  # both are moments
            yield f"an event ends before it begins: {start.value} {end.value}"


def moment_of(told: Property) -> datetime | str:
    """A day, a moment of a zone or one of UTC, on the clock; else what is wrong with it."""
    if told.parameters.get("VALUE") == "DATE":
        wanted, form = DAY, "%Y%m%d"
    elif "TZID" in told.parameters:
        wanted, form = LOCAL, "%Y%m%dT%H%M%S"
    else:
        wanted, form = ZULU, "%Y%m%dT%H%M%SZ"
    if not wanted.fullmatch(told.value):
        return f"{told.name}{told.parameters}: {told.value}"
    try:
        return datetime.strptime(told.value, form).replace(tzinfo=UTC)
    except ValueError:
        return f"{told.name} is no day: {told.value}"
