"""A view for other people's tools: typed, whole, in one order, and read back as it was."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from kb import export, store
from kb.cli import circulars
from kb.export import Answer, Value

OBLIGATION: dict[str, Value] = {
    "uid": "0b9169f38ac22084", "due": "2027-01-11", "due_business": "2027-01-11", "time": None, "zone": None, "relation": "by", "modality": "must",
    "tentative": False, "status": "CONFIRMED", "bearer": "CPs", "action": "return the form", "action_zh": "交回表格", "conflict": None, "conflict_decided": None,
    "sequence": 0, "withdrawn_by": None, "withdrawn_on": None, "house": "HKSCC", "number": "CD/1/2027", "issued": "2027-01-04", "title_en": "A form", "title_zh": None, "quote": "by 11 January 2027",
}  # fmt: skip


def answer(*changes: dict[str, Value]) -> Answer:
    """Obligations that differ from one in what is said."""
    return Answer(export.CALENDAR, tuple(OBLIGATION), [tuple({**OBLIGATION, **change}.values()) for change in changes])


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kb.resources import examples

    path = tmp_path_factory.mktemp("base") / "base.db"
    assert run("add", examples(), "--db", path, "--no-isolate").exit_code == 0
    return path


def views() -> list[str]:
    with store.open_db(":memory:") as db:
        return sorted(db.view_names())


# Rows ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", views())
@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_every_view_can_be_exported_and_gives_the_same_bytes(base: Path, view: str, form: str) -> None:
    with store.open_to_read(base) as db:
        first, again = (export.render(export.ask(db, view), form) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("view", views())
def test_json_lines_have_one_type_a_column_and_nothing_nested(base: Path, view: str) -> None:
    with store.open_to_read(base) as db:
        found = export.ask(db, view)
    lines = [json.loads(line) for line in export.render(found, "jsonl").splitlines()]
    assert len(lines) == len(found.rows)
    for name in found.header:
        kinds = {type(line[name]) for line in lines} - {type(None)}
        assert len(kinds) <= 1, name
        assert kinds <= {str, int, float, bool}, name


@pytest.mark.parametrize(
    ("name", "cells", "wanted"),
    [
        ("value", [1, 2.5, None], [1.0, 2.5, None]),
        ("value", [1, "5/10"], ["1", "5/10"]),
        ("page", [1, 2], [1, 2]),
        ("tentative", [0, 1, None], [False, True, None]),
        ("due", ["2027-01-11", None], ["2027-01-11", None]),
        ("due", [None, None], [None, None]),
    ],
)
def test_a_column_has_one_type(name: str, cells: list[object], wanted: list[Value]) -> None:
    kind = export.one_type(name, cells)
    out = [kind(cell) for cell in cells]
    assert [(cell, type(cell)) for cell in out] == [(cell, type(cell)) for cell in wanted]


def test_the_csv_is_what_excel_reads() -> None:
    data = export.as_csv(answer({"action": "=HYPERLINK(1)", "quote": 'by, "11"\nJanuary'}, {"action_zh": None, "number": "+85229797341"}))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert (rows[0]["action"], rows[0]["action_zh"], rows[0]["quote"]) == ("'=HYPERLINK(1)", "交回表格", 'by, "11"\nJanuary')
    assert (rows[1]["action_zh"], rows[1]["number"]) == ("", "+85229797341")


def test_the_workbook_has_days_and_clock_times() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export.as_xlsx(answer({"time": "17:30"}, {"time": "24:00", "due": None}))))
    header, first, second = book[export.CALENDAR].values
    at = {name: place for place, name in enumerate(header)}
    assert (first[at["due"]].date(), first[at["time"]]) == (date(2027, 1, 11), time(17, 30))
    assert (second[at["due"]], second[at["time"]]) == (None, "24:00")
    assert (first[at["uid"]], first[at["tentative"]]) == (OBLIGATION["uid"], False)


def test_rows_are_sorted_by_their_day(base: Path) -> None:
    with store.open_to_read(base) as db:
        found = export.ask(db, "upcoming")
    days = [row[found.header.index("due")] for row in found.rows]
    assert len(days) > 2
    assert days == sorted(days, key=str)


# A calendar ----------------------------------------------------------------------------------------------------------

HONG_KONG = timedelta(hours=8)


def events(data: bytes) -> list[dict[str, object]]:
    """The entries of a calendar as another program reads them."""
    return [{name.lower(): event.decoded(name) for name in event} for event in Calendar.from_ical(data).walk("VEVENT")]


@pytest.mark.parametrize(
    ("clock", "start", "end"),
    [
        (None, date(2027, 1, 11), date(2027, 1, 12)),
        ("17:30", datetime(2027, 1, 11, 9, 30, tzinfo=UTC), None),
        ("00:00", datetime(2027, 1, 10, 16, tzinfo=UTC), None),
        ("24:00", datetime(2027, 1, 11, 15, 59, tzinfo=UTC), datetime(2027, 1, 11, 16, tzinfo=UTC)),
    ],
)
def test_a_day_is_a_whole_day_and_a_time_is_that_of_hong_kong(clock: str | None, start: date, end: date | None) -> None:
    (event,) = events(export.as_ics(answer({"time": clock})))
    assert (event["dtstart"], event.get("dtend")) == (start, end)
    if clock:
        assert isinstance(event["dtstart"], datetime)
        assert event["dtstart"].utcoffset() == HONG_KONG
        assert "Asia/Hong_Kong" in str(event["dtstart"].tzinfo)


def test_an_entry_is_known_again_and_says_who_must_do_what() -> None:
    first = events(export.as_ics(answer({})))
    moved = events(export.as_ics(answer({"due": "2027-01-18", "action": "return the new form"})))
    assert [event["uid"] for event in first] == [event["uid"] for event in moved] == ["0b9169f38ac22084@circular-kb"]
    assert str(first[0]["summary"]) == "HKSCC return the form · 交回表格"
    assert str(first[0]["description"]) == "Who: CPs\nForce: must\nCircular: CD/1/2027\nA form\n“by 11 January 2027”"
    assert first[0]["dtstamp"] == datetime(2027, 1, 4, tzinfo=UTC)


def test_hostile_text_adds_no_entry() -> None:
    text = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil;,\\"
    data = export.as_ics(answer({"action": text, "quote": text}))
    assert len(events(data)) == 1
    assert all(len(line) <= 75 for line in data.splitlines())


def test_the_calendar_of_a_base_has_each_obligation_with_a_day(base: Path) -> None:
    result = run("export", "--format", "ics", "--db", base)
    assert result.exit_code == 0
    found = events(result.stdout_bytes)
    with store.open_to_read(base) as db:
        wanted = {f"{uid}@circular-kb" for (uid,) in db.execute("SELECT uid FROM obligations WHERE due IS NOT NULL")}
    assert {str(event["uid"]) for event in found} == wanted
    assert len(found) == len(wanted) > 2
    assert run("export", "--format", "ics", "--db", base).stdout_bytes == result.stdout_bytes


# The command ---------------------------------------------------------------------------------------------------------


def test_the_bytes_are_the_same_on_the_way_out_and_in_a_file(base: Path, tmp_path: Path) -> None:
    printed = run("export", "--db", base).stdout_bytes
    assert run("export", "--db", base, "--output", tmp_path / "due.csv").exit_code == 0
    assert (tmp_path / "due.csv").read_bytes() == printed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--view", "sqlite_master"), "there is no view 'sqlite_master'; there are "),
        (("--view", "who_to_call", "--format", "ics"), "has no entries of a calendar"),
        (("--format", "xlsx"), "--output"),
    ],
)
def test_what_cannot_be_exported_is_one_line(base: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run("export", "--db", base, *arguments)
    assert (result.exit_code, told in result.output) == (2, True)
