"""The pages of the named queries, and the entries of timetables: in both languages, with choices that stay, and nothing left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from site_fixture import filled, get, interface, page, words

from kb import store
from kb.resources import metadata
from kb.serve import datasette_for
from kb.site.queries import most, sensible

QUERIES: dict[str, Any] = json.loads(metadata().read_text("utf-8"))["databases"]["circulars"]["queries"]

EVENT = """
    INSERT INTO events (expression, ordinal, quote, span_start, span_end, rule, start, "end", title, "table", "row")
    VALUES (1, ?, 'x', 0, 1, 'test', ?, ?, ?, 0, 0)
"""
MOVE = """
    INSERT INTO moves (older, newer, change, fact, act, old_end, new_end, old_quote, old_span_start, old_span_end, new_quote,
        new_span_start, new_span_end)
    VALUES (1, 3, 'moved', 'deadline', 'submit Form 7', '2027-01-14', '2027-01-15', 'a', 0, 1, 'b', 0, 1)
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = filled(tmp_path_factory.mktemp("queries") / "matter.db")
    with store.open_db(found) as db, store.writing(db):
        db.execute(MOVE)
        for place, (start, end, title) in enumerate(PERIODS.values(), 100):
            db.execute(EVENT, [place, start, end, title])
        for place in range(7):
            db.execute(EVENT, [200 + place, "2027-05-04", "2027-05-04", f"Session {place}"])
    return found


@pytest.fixture(scope="module")
def site(path: Path) -> Any:
    return datasette_for(path)


PERIODS = {
    "a long one that began before": ("2026-06-01", "2027-03-31", "Transition"),
    "one that begins a quarter before": ("2026-12-01", "2027-01-04", "Registration"),
    "one that goes on": ("2027-01-30", "2027-06-30", "Pilot"),
    "one without an end that begins within": ("2027-01-20", None, "New rules"),
    "one without a beginning that ends within": (None, "2027-01-21", "Old rules"),
}


@pytest.mark.parametrize("address", ["/calendar?month=2027-01", "/?on=2027-01-01"])
def test_every_entry_that_touches_the_days_is_drawn(site: Any, address: str) -> None:
    drawn = {words(entry.a) for entry in page(site, f"{address}&lang=en").select(".periods li")}
    assert {title for _, _, title in PERIODS.values()} <= drawn


@pytest.mark.parametrize("month", ["2026-05", "2027-08"])
def test_an_entry_is_not_drawn_where_it_does_not_reach(site: Any, month: str) -> None:
    assert page(site, f"/calendar?month={month}&lang=en").select(".periods li") == []


def test_a_long_entry_is_drawn_in_its_middle_where_none_begins_or_ends(site: Any) -> None:
    assert [words(entry.a) for entry in page(site, "/calendar?month=2026-09&lang=en").select(".periods li")] == ["Transition"]


def test_a_full_day_names_five_entries_and_how_many_more_there_are(site: Any) -> None:
    day = next(cell for cell in page(site, "/calendar?month=2027-05&lang=en").select(".month td") if cell.select(".entry"))
    assert [words(entry) for entry in day.select("li")][-2:] == ["HKSCC Session 4", "2 more"]


# Named queries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_named_query_has_a_page_in_the_language_of_the_reader(site: Any, name: str, lang: str) -> None:
    shown = page(site, f"/circulars/{name}?lang={lang}")
    english, chinese = QUERIES[name]["title"].split(" · ")
    assert words(shown.h1) == (chinese if lang == "zh" else english)
    headings = [words(heading) for heading in shown.select("main th")]
    assert not [heading for heading in headings if "_" in heading or (lang == "zh" and heading.isascii())]


def test_a_row_has_days_words_and_links_of_the_language(site: Any) -> None:
    row = page(site, "/circulars/due_soon?on=2027-01-01&lang=zh").select_one("tbody tr")
    told = [words(cell) for cell in row.select("td")]
    assert (told[0], told[3:7]) == ("2027年1月14日（星期四）", ["HKSCC", "CPs", "必須", "遞交表格七"])
    assert row.a["href"] == "/circular/1?lang=zh"


def test_what_is_chosen_stays_in_the_form_in_the_data_and_in_the_other_language(site: Any) -> None:
    shown = page(site, "/circulars/due_by_house?house=SEOCH&on=2027-01-01&lang=en")
    assert shown.select_one("select[name=house] option[selected]")["value"] == "SEOCH"
    assert shown.select_one("input[name=on]")["value"] == "2027-01-01"
    links = {words(link): link["href"] for link in shown.select("a[href]")}
    for name in ("CSV", "JSON", "繁體中文"):
        assert "house=SEOCH" in links[name]
        assert "on=2027-01-01" in links[name]


@pytest.mark.parametrize(("ending", "kind"), [("json", "application/json"), ("csv", "text/plain")])
def test_programs_get_the_rows_of_a_query_as_ever(site: Any, ending: str, kind: str) -> None:
    answer = get(site, f"/circulars/due_soon.{ending}?on=2027-01-01&days=30&limit=1&lang=")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, kind)
    assert "submit Form 7" in answer.text


@pytest.mark.parametrize(("typed", "rows"), [("", 200), ("0", 200), ("7", 7), ("99999", 2000), ("x", 200), ("²", 200), ("-1", 200)])
def test_a_page_has_so_many_rows(typed: str, rows: int) -> None:
    assert most(typed) == rows


@pytest.mark.parametrize(
    ("param", "typed", "kept"),
    [
        *(("on", "2027-01-15", True), ("on", "2027-02-30", False), ("since", "soon", False), ("month", "2027-01", True)),
        *(("month", "2027-13", False), ("days", "30", True), ("days", "'x", False), ("house", "'x", True)),
    ],
)
def test_what_makes_no_sense_for_a_choice_is_left_out(param: str, typed: str, kept: bool) -> None:
    assert sensible(param, typed) == (typed if kept else "")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (
            '{"due": "2027-01-15", "bearer": ["CPs", "DBs"], "modality": "must", "why": null}',
            ("due 15 January 2027, bearer CPs; DBs, modality must", "限期 2027年1月15日、責任方 CPs；DBs、約束程度 必須"),
        ),
        ('{"due_business": "2027-01-15", "new": true}', ("due business 15 January 2027, new yes", "最後營業日 2027年1月15日、new 是")),
        ("CPs", ("CPs", "CPs")),
        ('"CT/1/27"', ("CT/1/27", "CT/1/27")),
        ("null", ("", "")),
    ],
)
def test_a_fact_in_json_is_told_by_its_fields(value: str, shown: tuple[str, str]) -> None:
    assert (interface("en").fact(value), interface("zh").fact(value)) == shown


@pytest.mark.parametrize("house", ["", "HKSCC", "SEOCH", "HKMA"])
def test_what_is_due_by_house_is_what_the_view_of_all_houses_has(path: Path, house: str) -> None:
    whole = "SELECT number, due, time, quote FROM upcoming WHERE due >= '2027-01-01' AND (:house = '' OR house = :house) ORDER BY house, due, id"
    with store.open_to_read(path) as db:
        answer = db.execute(QUERIES["due_by_house"]["sql"], {"house": house, "on": "2027-01-01", "limit": "", "lang": ""})
        columns = [column[0] for column in answer.description]
        found = [tuple(dict(zip(columns, row, strict=True))[name] for name in ("number", "due", "time", "quote")) for row in answer]
        assert found == db.execute(whole, {"house": house}).fetchall()
        assert bool(found) == (house != "HKMA")


def test_what_moved_is_found_by_the_number_on_either_side(path: Path) -> None:
    with store.open_to_read(path) as db:
        numbers = [row[0] for row in db.execute("SELECT number FROM expressions WHERE id IN (1, 3) ORDER BY id")]
        found = [
            len(db.execute(QUERIES["history_of"]["sql"], {"number": one, "limit": ""}).fetchall()) for one in (*numbers, "", "nothing")
        ]
    assert (len(set(numbers)), found) == (2, [1, 1, 1, 0])
