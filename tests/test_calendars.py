"""Calendars of many knowledge bases, from the site and from the command: the rules of RFC 5545, and the same entries in both."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import vobject
from click.testing import CliRunner, Result
from icalendar import Calendar
from matter_factory import matters
from rfc5545 import faults
from site_fixture import filled, get, poisoned
from thread_factory import CHINESE, CORRECTION, FIRST, REMINDER, WITHDRAWAL, kept

from kb import export, lives, serve, store
from kb.cli import circulars
from kb.resources import examples

BASES = sorted((Path(__file__).parent / "bases").glob("*.sql"))
FEED = "/feeds/obligations.ics?since=1900-01-01"
SITE = "https://circulars.example/kb"
HOSTILE_TITLES = (
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
    "a,b;c:d\\n\\,\\;\"e'",
    "交回表格" * 60,
    "😀" * 40 + "e\u0301" * 40,
    "\u2028line\u2029paragraph\x85next\x0bdown\x0cform",
    "\x00\x07\x1b[2J\x7f",
    "\ufeffbegin\u202eright to left\u200b",
    "^n^'^^ =?utf-8?q?x?=",
    " leads and trails \t",
    "\\",
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


def exported(path: Path, *more: str) -> bytes:
    told = run("export", "--format", "ics", "--db", path, *more)
    assert told.exit_code == 0, told.output
    return told.stdout_bytes


def both(path: Path) -> tuple[bytes, bytes]:
    """The calendar of the command and that of the site."""
    return exported(path, "--site", SITE), get(serve.datasette_for(path), FEED).content


def told(data: bytes) -> dict[str, tuple[Any, ...]]:
    """What a calendar says of each entry, but for the words."""
    read = Calendar.from_ical(data).walk("VEVENT")
    return {str(one["uid"]): (one["dtstart"].to_ical(), one["sequence"], str(one["status"])) for one in read}


def of_version(base: Path, path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(base.read_text("utf-8"))
    store.open_db(path).close()
    return path


def hostile(path: Path) -> Path:
    """Every text of an entry in turn is each of the hostile ones."""
    with store.open_db(path) as db:
        kept(db, first=FIRST, zh=CHINESE)
        (due,) = db.execute("SELECT id FROM upcoming WHERE time IS NOT NULL").fetchone()
        with store.writing(db):
            for number, text in enumerate(HOSTILE_TITLES):
                db.execute(
                    "INSERT INTO calendar_told SELECT ? || uid, NULL, due, time, status, 0, house, ?, issued, ?, ?, zone FROM calendar_told "
                    "WHERE obligation = ?",
                    [f"h{number}-", text, text, text, due],
                )
            db.execute("UPDATE deadlines SET quote = ?", ["".join(HOSTILE_TITLES)])
            db.execute("UPDATE circulars SET title_en = ?, title_zh = ?, number = ?", ["".join(HOSTILE_TITLES)] * 3)
    return path


def of_matters(path: Path) -> Path:
    with store.open_db(path) as db:
        kept(db, **{one.name: one.text for one in matters(30).circulars})
    return path


def of_examples(path: Path) -> Path:
    assert run("add", examples(), "--db", path, "--no-isolate").exit_code == 0
    return path


def abroad(path: Path) -> Path:
    """Hours of zones with summer time, the last minute of a day, and an hour that nobody can tell."""
    with store.open_db(path) as db:
        kept(db, first=FIRST)
        zones = (("17:00", "Europe/London"), ("24:00", "America/New_York"), ("09:00", "Australian time"), ("24:00", None), (None, None))
        with store.writing(db):
            for number, (time, zone) in enumerate(zones):
                db.execute(
                    "INSERT INTO calendar_told VALUES (?, NULL, '2026-10-25', ?, 'TENTATIVE', 3, 'HKSCC', NULL, NULL, 'act', NULL, ?)",
                    [f"z{number}", time, zone],
                )
    return path


def conflicting(path: Path) -> Path:
    """Chinese circulars alone, which contradict themselves."""
    with store.open_db(path) as db:
        kept(db, zh=CHINESE.replace("2026年7月15日\t", "2026年7月16日\t"))
        assert db.execute("SELECT count(conflict) FROM calendar_entries").fetchone()[0]
    return path


MADE = {
    "examples": of_examples,
    "matters": of_matters,
    "hostile": hostile,
    "poisoned": lambda path: poisoned(filled(path)),
    "abroad": abroad,
}


@pytest.mark.parametrize("name", [*MADE, *(base.stem for base in BASES)])
def test_calendars_keep_the_rules_of_rfc_5545_and_two_readers_read_them(name: str, tmp_path: Path) -> None:
    made = MADE.get(name)
    path = made(tmp_path / "base.db") if made else of_version(Path(__file__).parent / "bases" / f"{name}.sql", tmp_path / "base.db")
    for data in both(path):
        assert faults(data) == []
        strict = vobject.readOne(data.decode())
        strict.validate(raiseException=True)
        assert len(strict.vevent_list) == len(told(data)) > 0
    with store.open_to_read(path) as db:
        assert len(told(exported(path))) == db.execute("SELECT count(*) FROM calendar_entries").fetchone()[0]


@pytest.mark.parametrize("name", MADE)
def test_the_site_and_the_command_tell_the_same_entries(name: str, tmp_path: Path) -> None:
    from_command, from_site = both(MADE[name](tmp_path / "base.db"))
    assert told(from_command) == told(from_site)


def test_a_moved_day_keeps_its_uid_and_raises_its_sequence_and_what_is_taken_back_or_done_is_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    seen = []
    for name, text in (("first", FIRST), ("correction", CORRECTION), ("reminder", REMINDER), ("withdrawal", WITHDRAWAL)):
        with store.open_db(path) as db:
            kept(db, **{name: text})
        from_command, from_site = both(path)
        assert told(from_command) == told(from_site)
        seen.append(told(from_command))
    (form,) = (uid for uid, one in seen[0].items() if one == (b"20260715T170000", 0, "CONFIRMED"))
    assert [steps[form] for steps in seen[:3]] == [
        (b"20260715T170000", 0, "CONFIRMED"),
        (b"20260717T170000", 1, "CONFIRMED"),
        (b"20260717T170000", 1, "CONFIRMED"),
    ]
    (test,) = seen[0].keys() - {form}
    assert seen[3][test] == (seen[2][test][0], seen[2][test][1] + 1, "CANCELLED")
    for before, after in pairwise(seen):
        assert before.keys() <= after.keys()
        for uid, (start, sequence, status) in before.items():
            assert after[uid][1] == sequence + ((start, status) != (after[uid][0], after[uid][2]))
    with store.open_db(path) as db:
        name = db.execute("SELECT obligation FROM calendar_told WHERE uid = ?", [test.removesuffix("@circular-kb")]).fetchone()[0]
        lives.decide(db, name, "done", "Amy Chan")
    from_command, from_site = both(path)
    start, sequence, _ = seen[3][test]
    assert told(from_command)[test] == told(from_site)[test] == (start, sequence + 1, "CANCELLED")


# Where entries lead -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return of_examples(tmp_path_factory.mktemp("calendars") / "base.db")


@pytest.mark.parametrize("site", [SITE, f"{SITE}/", "http://localhost:8001"])
def test_entries_lead_to_the_pages_of_their_circulars(base: Path, site: str) -> None:
    served = serve.datasette_for(base)
    found = Calendar.from_ical(exported(base, "--site", site)).walk("VEVENT")
    assert found
    for one in found:
        address = str(one["url"])
        assert address.startswith(f"{site.rstrip('/')}/circular/")
        shown = get(served, address.removeprefix(site.rstrip("/")))
        assert shown.status_code == 200
        assert str(one["description"]).splitlines()[2].removeprefix("Circular: ") in shown.text


@pytest.mark.parametrize("made", [of_matters, conflicting])
def test_an_entry_is_told_in_chinese_and_is_the_same_entry(made: Callable[[Path], Path], tmp_path: Path) -> None:
    path = made(tmp_path / "base.db")
    english, chinese = exported(path), exported(path, "--language", "zh")
    assert faults(chinese) == []
    assert told(chinese) == told(english)
    words = [str(one["description"]) for one in Calendar.from_ical(chinese).walk("VEVENT")]
    assert all(re.search(r"^責任方：|^約束程度：|^通告：", one, re.MULTILINE) for one in words)
    assert [
        one for one in words if re.search(r"^(?:Who|Force|Circular|Disagrees|Last business day|Withdrawn)\b|must|should", one, re.MULTILINE)
    ] == []
    assert any(re.search("^前後不一：", one, re.MULTILINE) for one in words)


def test_without_a_site_nothing_leads_anywhere_and_the_environment_names_one(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without = exported(base)
    assert b"\r\nURL" not in without
    monkeypatch.setenv("CIRCULARS_SITE", SITE)
    assert exported(base) == (exported(base, "--site", SITE)) != without


def test_tables_end_in_the_address_of_the_page(base: Path) -> None:
    with store.open_to_read(base) as db:
        plain, linked = export.ask(db, "upcoming"), export.ask(db, "upcoming", SITE)
        assert export.ask(db, "number_gaps", SITE) == export.ask(db, "number_gaps")
    place = plain.header.index("circular")
    assert linked.header == (*plain.header, "page_address")
    assert linked.rows == [(*row, f"{SITE}/circular/{row[place]}") for row in plain.rows]


def test_a_view_that_names_no_circular_says_that_it_leads_nowhere(base: Path) -> None:
    told = run("export", "--view", "number_gaps", "--site", SITE, "--db", base)
    assert (told.exit_code, told.stderr) == (0, "Rows of number_gaps name no circular, so none has an address.\n")


@pytest.mark.parametrize(
    "address",
    [
        "circulars.example",
        "ftp://circulars.example",
        "https://",
        "https://a b",
        "https://x/?a=1",
        "https://x/#a",
        "http://[x",
        "http://x:y",
        "https://x/\n",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(base: Path, address: str) -> None:
    told = run("export", "--format", "ics", "--site", address, "--db", base)
    assert (told.exit_code, told.stdout) == (2, "")
    assert "no address of a site" in told.stderr


# The rules themselves ---------------------------------------------------------------------------------------------------

GOOD = """\
BEGIN:VCALENDAR
PRODID:-//a//b//EN
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Asia/Hong_Kong
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1@x
DTSTAMP:20260101T000000Z
DTSTART;TZID=Asia/Hong_Kong:20260102T170000
DTEND;TZID=Asia/Hong_Kong:20260102T180000
SEQUENCE:0
SUMMARY:a\\, b\\; c\\n
URL:https://x.example/1
END:VEVENT
END:VCALENDAR
"""


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def test_a_calendar_without_a_fault_has_none() -> None:
    assert faults(crlf(GOOD)) == []
    assert faults(crlf(GOOD.replace("SUMMARY:", "SUMMARY:" + "x" * 60 + "\n "))) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("SUMMARY:a", "SUMMARY:" + "x" * 80),
        ("SUMMARY:a\\,", "SUMMARY:a,"),
        ("b\\;", "b;"),
        ("c\\n", "c\\t"),
        ("SUMMARY:a", "SUMMARY:a\x07"),
        ("SEQUENCE:0", "SEQUENCE:-1"),
        ("SEQUENCE:0", "SEQUENCE:0\nSEQUENCE:1"),
        ("DTSTAMP:20260101T000000Z", "DTSTAMP:20260101T000000"),
        ("DTSTAMP:20260101T000000Z\n", ""),
        ("UID:1@x\n", ""),
        ("PRODID:-//a//b//EN\n", ""),
        ("VERSION:2.0", "VERSION:1.0"),
        ("TZID:Asia/Hong_Kong\n", "TZID:Asia/Macau\n"),
        ("T180000", "T170000"),
        ("DTEND;TZID=Asia/Hong_Kong:20260102T180000", "DTEND;VALUE=DATE:20260103"),
        ("DTSTART;TZID=Asia/Hong_Kong:20260102T170000", "DTSTART;TZID=Asia/Hong_Kong:20260102T170000Z"),
        ("DTSTART;TZID=Asia/Hong_Kong:20260102", "DTSTART;TZID=Asia/Hong_Kong:20260230"),
        ("SEQUENCE:0", "STATUS:DONE"),
        ("SEQUENCE:0", "DURATION:PT1H"),
        ("URL:https://x.example/1", "URL:x example"),
        ("URL:https://x.example/1", "no line"),
        ("END:VEVENT\n", ""),
        ("END:VEVENT\n", "END:VALARM\n"),
        ("END:VEVENT\n", "END:VEVENT\n" + GOOD[GOOD.index("BEGIN:VEVENT") : GOOD.index("END:VCALENDAR")]),
        ("SEQUENCE:0", "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-P1D\nEND:VALARM"),
        ("SEQUENCE:0", "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\nTRIGGER:tomorrow\nEND:VALARM"),
        (GOOD[GOOD.index("BEGIN:STANDARD") : GOOD.index("END:VTIMEZONE")], ""),
        (GOOD, GOOD + GOOD),
    ],
)  # fmt: skip
def test_a_broken_calendar_has_a_fault(right: str, wrong: str) -> None:
    assert right in GOOD
    assert faults(crlf(GOOD.replace(right, wrong))) != []


@pytest.mark.parametrize(
    "data", [GOOD.encode(), crlf(GOOD)[:-2], crlf(GOOD).replace(b"SUMMARY:a", b"SUMMARY:\xff"), crlf(GOOD).replace(b"SEQ", b"\rSEQ")]
)
def test_broken_lines_are_faults(data: bytes) -> None:
    assert faults(data) != []
