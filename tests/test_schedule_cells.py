"""Rows of tables in SQL as an operations manager would have typed them: merged and inherited cells are filled, and say that they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from sqlite_utils import Database

from ingest.issuers import houses
from kb import intake, store

PAGE = """<html lang="{lang}"><p>{head}</p><h1>{title}</h1>
<table border="1"><tr><th rowspan="2">{names[0]}</th><th colspan="2">{names[1]}</th><th rowspan="2">{names[2]}</th></tr>
<tr><th>{names[3]}</th><th>{names[4]}</th></tr>{rows}</table>
<table><tr><th>{fees[0]}</th><th>{fees[1]}</th></tr><tr><td>{fees[2]}</td><td rowspan="2">HK$5.00</td></tr><tr><td>{fees[3]}</td></tr>
<tr><td></td><td>HK$6.00</td></tr></table></html>"""
ROWS = """<tr><td rowspan="2">{0}</td><td>9:00 a.m.</td><td>10:00 a.m.</td><td>{2}</td></tr>
<tr><td>10:00 a.m.</td><td>11:00 a.m.</td><td>{3}</td></tr>
<tr><td></td><td colspan="2">{4}</td><td>{5}</td></tr>
<tr><td>{1}</td><td>9:00 a.m.</td><td></td><td>{2}</td></tr>"""
SAID: dict[str, dict[str, Any]] = {
    "en": {
        "head": "Date: 4 January 2027",
        "title": "Rehearsal",
        "names": ("Date", "Time", "Activity", "Start", "End"),
        "rows": ("3 May 2027", "4 May 2027", "Logon", "Order entry", "To be announced", "Close"),
        "fees": ("Item", "Fee", "Transfer", "Withdrawal"),
    },
    "zh": {
        "head": "日期：2027年1月4日",
        "title": "演習",
        "names": ("日期", "時間", "工作", "開始", "結束"),
        "rows": ("2027年5月3日", "2027年5月4日", "登入", "輸入買賣盤", "待公布", "關閉"),
        "fees": ("項目", "收費", "轉讓", "提取"),
    },
}


class Base(NamedTuple):
    """A knowledge base of one page in one language, and what the page says."""

    db: Database
    said: dict[str, Any]


@pytest.fixture(scope="module", params=SAID)
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    said = SAID[request.param]
    path = tmp_path_factory.mktemp("cells") / "a.html"
    path.write_text(PAGE.format(**{**said, "lang": request.param, "rows": ROWS.format(*said["rows"])}), "utf-8")
    with store.open_db(":memory:") as db:
        intake.add(db, intake.collect([str(path)]).files, houses())
        yield Base(db, said)


def rows(db: Database, table: int, column: str) -> list[list[object]]:
    """A column of the view as a grid, one list for each row of the table."""
    (expression,) = db.execute("SELECT min(id) FROM expressions").fetchone()
    found: dict[int, list[object]] = {}
    query = f"""
        SELECT s."row", s.{column} FROM schedule_cells AS s JOIN tables AS t ON t.id = s."table"
        WHERE s.expression = ? AND t.ordinal = ? ORDER BY s."row", s.col
    """
    for row, value in db.execute(query, [expression, table]):
        found.setdefault(row, []).append(value)
    return list(found.values())


def test_every_row_holds_its_date_and_what_a_merged_cell_says(base: Base) -> None:
    db, said = base
    first, second, logon, order, later, close = said["rows"]
    assert rows(db, 0, "cell") == [
        [first, "9:00 a.m.", "10:00 a.m.", logon],
        [first, "10:00 a.m.", "11:00 a.m.", order],
        [first, later, later, close],
        [second, "9:00 a.m.", "", logon],
    ]
    assert rows(db, 0, "filled") == [[None] * 4, ["merged", None, None, None], ["above", None, "merged", None], [None] * 4]
    assert [row[0] for row in rows(db, 0, "value")] == ["2027-05-03", "2027-05-03", "2027-05-03", "2027-05-04"]
    date, time, what, start, end = said["names"]
    assert rows(db, 0, "heading")[0] == [date, f"{time} – {start}", f"{time} – {end}", what]


def test_what_no_event_tells_stays_empty(base: Base) -> None:
    """A fee without a name is not that of the row above; an empty end of a session is no end."""
    db, said = base
    *_, transfer, withdrawal = said["fees"]
    assert rows(db, 1, "cell") == [[transfer, "HK$5.00"], [withdrawal, "HK$5.00"], ["", "HK$6.00"]]
    assert rows(db, 1, "filled") == [[None, None], [None, "merged"], [None, None]]
    assert rows(db, 1, "unit") == [[None, "HKD"], [None, "HKD"], [None, "HKD"]]


def test_one_table_is_found_without_reading_the_others(base: Base) -> None:
    db, _ = base
    for asked in ('"table" = 1', "expression = 1"):
        plan = [step[3] for step in db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM schedule_cells WHERE {asked}")]
        assert [step for step in plan if step == "SCAN t"] == []
