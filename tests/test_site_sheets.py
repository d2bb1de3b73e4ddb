"""Rows of the site in spreadsheets: workbooks opened again with openpyxl, CSV as Excel takes it."""

from __future__ import annotations

import csv
import io
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from site_fixture import filled, get, page, poisoned

from kb import serve, store
from kb.cells import harmless, typed
from kb.site import sheets


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("sheets") / "matter.db")


@pytest.fixture(scope="module")
def site(path: Path) -> Any:
    return serve.datasette_for(path)


def book(site: Any, address: str) -> Any:
    answer = get(site, address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, sheets.KIND)
    assert answer.headers["content-disposition"].endswith('.xlsx"')
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def rows(sheet: Any) -> list[dict[str, Any]]:
    header, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(header, line, strict=True)) for line in lines]


def everything(path: Path) -> list[str]:
    """The tables and views; at the address of a view that is called like a named query stands the query."""
    queries = serve.metadata()["databases"]["circulars"]["queries"]
    with store.open_to_read(path) as db:
        names = {*db.table_names(), *db.view_names()} - queries.keys()
    return sorted(name for name in names if "_fts" not in name and not name.startswith(("_", "sqlite_")))


def test_every_table_and_view_is_a_workbook_and_csv_with_all_its_rows(site: Any, path: Path) -> None:
    for name in everything(path):
        with store.open_to_read(path) as db:
            count = db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        (sheet,) = book(site, f"/circulars/{name}.xlsx").worksheets
        assert (sheet.title, sheet.max_row - 1) == (name[:31], count)
        answer = get(site, f"/circulars/{name}.csv?_bom=1&_stream=on")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert len(list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))) == count + 1


def test_days_are_days_times_are_times_and_chinese_is_chinese(site: Any) -> None:
    found = rows(book(site, "/circulars/upcoming.xlsx?due__gt=2027-01-01").active)
    assert {type(row["due"]) for row in found} == {datetime}
    assert {type(row["time"]) for row in found} <= {time, type(None)}
    titles = [row["title_zh"] for row in rows(book(site, "/circulars/circulars.xlsx").active)]
    assert any(title and "㐀" <= title[0] <= "鿿" for title in titles)


@pytest.mark.parametrize("path_of_query", ["due_by_house.xlsx?on=2027-01-01&house=&limit=", "who_to_call.xlsx?house=&kind=&limit="])
def test_a_named_query_is_a_workbook(site: Any, path_of_query: str) -> None:
    assert rows(book(site, f"/circulars/{path_of_query}").active)


def test_filters_and_order_of_the_address_hold(site: Any) -> None:
    asked = "relation=before&_sort_desc=id"
    found = rows(book(site, f"/circulars/deadlines.xlsx?{asked}").active)
    assert [row["id"] for row in found] == [row["id"] for row in get(site, f"/circulars/deadlines.json?{asked}&_shape=array").json()]
    assert len(found) > 1


def test_a_workbook_has_all_pages_of_a_table_and_tells_what_it_lacks(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = len(rows(book(site, "/circulars/blocks.xlsx?_size=max").active))
    assert whole > 4
    assert len(rows(book(site, "/circulars/blocks.xlsx?_size=2").active)) == whole
    monkeypatch.setattr(sheets, "MOST", 3)
    for lang, told in (("en", "These are the first 3 rows; there are more."), ("zh", "此表只載首 3 行")):
        first, note = book(site, f"/circulars/blocks.xlsx?_size=2&_lang={lang}").worksheets
        assert first.max_row == 4
        assert note["A1"].value.startswith(told)


def test_the_pages_lead_to_both(site: Any) -> None:
    for address in ("/circulars/upcoming", "/circulars/due_soon?on=2027-01-01"):
        ways = {link.get_text(): link["href"] for link in page(site, address).select("[role=status] a")}
        assert get(site, ways["Excel"]).headers["content-type"] == sheets.KIND
        answer = get(site, ways["CSV"])
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert "attachment" in answer.headers["content-disposition"]


def test_csv_for_programs_has_no_mark_and_its_cells_as_they_are(tmp_path: Path) -> None:
    with store.open_db(filled(tmp_path / "matter.db")) as db, store.writing(db):
        db.execute("""UPDATE deadlines SET action = '=HYPERLINK("http://evil.example")' || char(10) || 'x,"y"' """)
    site = serve.datasette_for(tmp_path / "matter.db")
    plain, excel = (get(site, f"/circulars/deadlines.csv{asked}").text for asked in ("", "?_bom=1"))
    assert not plain.startswith("\ufeff")
    read, shown = (list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))) for text in (plain, excel))
    assert {row["action"] for row in read} == {'=HYPERLINK("http://evil.example")\nx,"y"'}
    assert {row["action"] for row in shown} == {'\'=HYPERLINK("http://evil.example")\nx,"y"'}
    assert {cell.data_type for cell in book(site, "/circulars/deadlines.xlsx").active["Q"]} <= {"s", "n"}


def test_a_hostile_base_is_a_workbook_of_text(tmp_path: Path) -> None:
    hostile = serve.datasette_for(poisoned(filled(tmp_path / "hostile.db")))
    for name in ("circulars", "contacts", "deadlines", "upcoming"):
        assert not [cell for line in book(hostile, f"/circulars/{name}.xlsx").active.iter_rows() for cell in line if cell.data_type == "f"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        *(("=1+1", "'=1+1"), ("+1+1", "'+1+1"), ("-1+1", "'-1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1")),
        *(("+85229797301", "+85229797301"), ("-12.5", "-12.5"), ("text", "text"), ("", "")),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_shown_as_text(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_a_column_with_a_cell_that_is_no_day_stays_text() -> None:
    assert typed(("due", "time"), [("2027-01-15", "24:00"), ("mid-May", "09:00"), (None, None)]) == [
        ["2027-01-15", "24:00"],
        ["mid-May", time(9)],
        [None, None],
    ]
