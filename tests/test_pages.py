"""Search, calendar, houses, findings and gaps, asked through Datasette: what they show, in both languages, and whatever is typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from site_fixture import empty, english, filled, get, page, words

from kb import store, verdicts
from kb.cli import circulars
from kb.resources import examples
from kb.serve import datasette_for
from kb.site import calendar

PAGES = ("/search", "/calendar", "/houses", "/findings", "/gaps")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small matter, with one of its findings explained."""
    path = filled(tmp_path_factory.mktemp("pages") / "matter.db")
    with store.open_db(path) as db:
        name = db.execute("SELECT name FROM findings WHERE \"check\" = 'times'").fetchone()[0]
        verdicts.decide(db, name, "explain", "Amy Chan", why="SEOCH has no help desk")
    return path


@pytest.fixture(scope="module")
def site(base: Path) -> Any:
    return datasette_for(base)


# All of them ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_there_in_both_languages_and_leads_to_the_other(site: Any, path: str) -> None:
    english, chinese = page(site, f"{path}?lang=en"), page(site, f"{path}?lang=zh")
    assert (english.html["lang"], chinese.html["lang"]) == ("en", "zh-Hant")
    assert words(english.h1) != words(chinese.h1)
    assert english.select_one("nav a[lang=zh-Hant]")["href"].startswith(path)


@pytest.mark.parametrize("path", PAGES)
def test_the_navigation_says_where_one_is(site: Any, path: str) -> None:
    assert [link["href"] for link in page(site, path).select("header nav a[aria-current]")] == [path]


@pytest.mark.parametrize("path", PAGES)
def test_a_knowledge_base_without_a_circular_has_the_pages_too(tmp_path: Path, path: str) -> None:
    assert get(datasette_for(empty(tmp_path / "empty.db")), path).status_code == 200


ATTACK = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'--"


@pytest.mark.parametrize("name", ["q", "in", "house", "party", "since", "until", "page", "month", "state", "level", "check", "lang"])
@pytest.mark.parametrize("path", PAGES)
def test_whatever_stands_in_an_address_is_text(site: Any, path: str, name: str) -> None:
    for value in (ATTACK, "-1", "9" * 40, "\0", "2027-13", "結算"):
        answer = get(site, path, params={"q": "form", name: value})
        assert answer.status_code == 200, value
        assert "<script>" not in answer.text
        assert "<img" not in answer.text


# Search -----------------------------------------------------------------------------------------------------------------


def test_a_search_shows_each_circular_with_its_words_marked(site: Any) -> None:
    shown = page(site, "/search?q=passwords")
    assert words(shown.select_one("[role=status]")) == "2 hits"
    assert [words(hit.select_one(".house")) for hit in shown.select(".hits > li")] == ["SEOCH", "HKSCC"]
    assert {words(mark) for mark in shown.select("mark.hit")} == {"passwords"}
    assert shown.select_one(".hits a")["href"] == "/circular/2#expression-3"
    assert page(site, shown.select_one(".hits a")["href"]).select_one("#expression-3") is not None


def test_simplified_words_find_the_traditional_text(site: Any) -> None:
    shown = page(site, "/search?q=%E7%BB%88%E7%AB%AF%E6%9C%BA&lang=zh")  # 终端机
    assert [words(mark) for mark in shown.select("mark.hit")] == ["終端機"]
    assert words(shown.select_one(".hits a")) == "終端機密碼新表格"


def test_a_fact_is_found_and_leads_to_its_place(site: Any) -> None:
    shown = page(site, "/search?q=form&in=deadlines&house=HKSCC")
    link = shown.select_one(".hits a")["href"]
    assert link.startswith("/circular/1#deadlines-")
    assert page(site, link).find(id=link.partition("#")[2]).name == "mark"


@pytest.mark.parametrize(
    "query", ["q=qwertz", "q=%22", "q=passwords&house=SFC", "q=passwords&until=1999-01-01", "q=passwords&party=Nobody"]
)
def test_what_is_not_there_is_not_found(site: Any, query: str) -> None:
    shown = page(site, f"/search?{query}")
    assert words(shown.select_one("[role=status]")).startswith("Nothing holds these words.")
    assert not shown.select(".hits > li")


def test_without_words_nothing_is_searched(site: Any) -> None:
    assert page(site, "/search").select_one("[role=status]") is None


# Calendar ---------------------------------------------------------------------------------------------------------------


def test_a_month_shows_what_is_due_on_its_day(site: Any) -> None:
    shown = page(site, "/calendar?month=2027-01")
    assert words(shown.h1) == "January 2027"
    days = {
        cell.time["datetime"]: [words(act) for act in cell.select("li.due")] for cell in shown.select(".month td") if cell.select("li.due")
    }
    assert days == {"2027-01-14": ["HKSCC submit Form 7"], "2027-01-15": ["SEOCH 17:00 submit Form 7"]}
    assert [words(entry) for entry in shown.select(".month li.entry")] == ["HKSCC Deadline for Form 7"]


def test_a_full_day_leads_to_the_rest_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added = CliRunner().invoke(circulars, ["add", str(examples()), "--db", str(tmp_path / "examples.db")])
    assert added.exit_code == 0, added.output
    site = datasette_for(tmp_path / "examples.db")
    whole = page(site, "/calendar?month=2027-02&lang=en")
    assert not whole.select(".month li:not([class])")
    monkeypatch.setattr(calendar, "ON_A_DAY", 1)
    monkeypatch.setattr(calendar, "MOST_BANDS", 1)
    shown = page(site, "/calendar?month=2027-02&lang=en")
    beyond = {
        cell.time["datetime"]: sum(max(len(cell.select(kind)) - 1, 0) for kind in ("li.due", "li.entry"))
        for cell in whole.select(".month td")
    }
    more = {link["href"]: words(link) for link in shown.select(".month li:not([class]) a")}
    assert more == {f"/?lang=en&on={day}&days=0": f"{count} more" for day, count in beyond.items() if count} != {}
    [rest] = shown.select('a[href*="/schedule?"]')
    assert int(words(rest).split()[0]) == len(whole.select(".periods > li")) - 1 > 0
    assert get(site, rest["href"]).status_code == 200


def test_weeks_are_whole_and_begin_on_monday(site: Any) -> None:
    cells = [cell.time["datetime"] for cell in page(site, "/calendar?month=2027-01").select(".month td")]
    assert (cells[0], cells[-1], len(cells)) == ("2026-12-28", "2027-01-31", 35)


def test_a_vague_day_is_a_band_over_all_days_it_can_mean(site: Any) -> None:
    bands = page(site, "/calendar?month=2027-01").select(".periods > li")
    assert [words(band.a) for band in bands] == ["New passwords are sent"]
    assert 0 < float(bands[0].select_one(".part")["width"]) < 100


@pytest.mark.parametrize(
    ("start", "end", "month", "left"),
    [
        (date(2027, 1, 18), None, "2027-01", 60.0),  # 21 of 35 days are gone
        (date(2027, 1, 18), None, "2027-02", None),
        (None, date(2027, 1, 3), "2027-01", 0.0),
        (None, date(2027, 1, 3), "2027-02", None),
    ],
)
def test_an_entry_that_is_open_on_one_side_is_not_lost(
    tmp_path: Path, start: date | None, end: date | None, month: str, left: float | None
) -> None:
    with store.open_db(tmp_path / "open.db") as db:
        store.add(db, [replace(english(), events=(replace(english().events[0], start=start, end=end),))])
    bands = page(datasette_for(tmp_path / "open.db"), f"/calendar?month={month}").select(".periods .part")
    assert [float(band["x"]) for band in bands] == ([] if left is None else [left])


def test_a_house_and_a_party_narrow_the_month_and_stay_in_its_links(site: Any) -> None:
    shown = page(site, "/calendar?month=2027-01&house=SEOCH")
    assert [words(house) for house in shown.select(".month .house")] == ["SEOCH"]
    assert [link["href"] for link in shown.select(".pager a")] == [
        "/calendar?house=SEOCH&month=2026-12",
        "/calendar?house=SEOCH&month=2027-02",
    ]
    assert not page(site, "/calendar?month=2027-01&party=Nobody").select(".month li")


# Houses, findings, gaps -------------------------------------------------------------------------------------------------


def test_each_house_says_how_many_circulars_it_has_and_what_is_next(site: Any) -> None:
    shown = page(site, "/houses?house=HKSCC")
    assert [words(row.th) for row in shown.select("[aria-labelledby=houses] tbody tr")] == [
        "HKSCC Hong Kong Securities Clearing Company Limited",
        "SEOCH The SEHK Options Clearing House Limited",
    ]
    assert "+85229797301" in {words(link) for link in shown.select("[aria-labelledby=contacts] a")}


def test_findings_are_listed_by_their_state_with_who_decided(site: Any) -> None:
    opened, explained = page(site, "/findings"), page(site, "/findings?state=explained")
    assert words(opened.select_one(".findings > li p")).startswith("error the deadlines differ")
    assert len(opened.select(".findings > li")) == 2
    (only,) = explained.select(".findings > li")
    assert "只有左方載有時間：09:00" in words(page(site, "/findings?state=explained&lang=zh").main)
    assert "explained by Amy Chan" in words(only)
    assert "SEOCH has no help desk" in words(only)
    assert [words(tab) for tab in opened.select(".tabs a")] == ["open 2", "accepted 0", "explained 1", "fixed 0"]


@pytest.mark.parametrize(
    ("query", "count"), [("level=note", 1), ("level=error", 1), ("check=schedule", 1), ("house=SFC", 0), ("page=9", 0)]
)
def test_findings_can_be_narrowed(site: Any, query: str, count: int) -> None:
    assert len(page(site, f"/findings?{query}").select(".findings > li:not(.none)")) == count


def test_gaps_name_what_is_here_and_what_is_missing(site: Any) -> None:
    shown = page(site, "/gaps")
    assert words(shown.select_one("[aria-labelledby=coverage] tbody tr")).startswith("HKSCC 2026 1 1 1")
    assert "CD/EX/001/2026" in words(shown.select_one("[aria-labelledby=dangling]"))
