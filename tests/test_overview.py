"""The pictures of the whole: what they draw is what the knowledge base has."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from site_fixture import filled, get, page, words
from thread_factory import CHINESE, CORRECTION, FIRST, SIBLING, kept

from kb import serve, store
from kb.site.overview import THINNEST, WEEKS, firmings, strips, weeks_of

JULY = "/overview?on=2026-07-08"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("overview") / "base.db"
    with store.open_db(path) as db:
        kept(db, first=FIRST, zh=CHINESE.replace("7月15日（星期三）", "7月16日（星期四）"), sibling=SIBLING, correction=CORRECTION)
    return path


@pytest.fixture(scope="module")
def site(path: Path) -> Any:
    return serve.datasette_for(path)


def rows(shown: Any, section: str) -> list[list[str]]:
    return [[words(cell) for cell in row.select("th, td")] for row in shown.select(f"[aria-labelledby={section}] tbody tr")]


def test_each_week_has_its_obligations_by_house(site: Any, path: Path) -> None:
    told = rows(page(site, JULY), "weeks")
    assert (len(told), told[0][0]) == (WEEKS, "6 July 2026")
    with store.open_to_read(path) as db:
        dues = [date.fromisoformat(due) for (due,) in db.execute("SELECT due FROM upcoming")]
    for at, (_, _, count, _) in enumerate(told):
        monday = date(2026, 7, 6) + timedelta(weeks=at)
        assert int(count) == sum(monday <= due < monday + timedelta(weeks=1) for due in dues)
    assert sum(int(one[2]) for one in told) == len(dues)
    assert any(one[3].startswith("HKSCC") for one in told)


def test_a_week_leads_to_its_obligations(site: Any) -> None:
    for link in page(site, JULY).select("[aria-labelledby=weeks] th a"):
        shown = page(site, link["href"])
        assert shown.select(".obligation")


def test_houses_and_parties_lead_to_the_day_of_their_next_obligation(site: Any, path: Path) -> None:
    shown = page(site, JULY)
    with store.open_to_read(path) as db:
        by_house = db.execute("SELECT house, count(*), min(due) FROM upcoming GROUP BY house ORDER BY house").fetchall()
    assert [(one[0], int(one[2])) for one in rows(shown, "houses")] == [(house, count) for house, count, _ in by_house]
    for section, name in (("houses", "house"), ("parties", "party")):
        links = shown.select(f"[aria-labelledby={section}] td a")
        assert links
        for link in links:
            assert f"{name}=" in link["href"]
            assert page(site, link["href"]).select(".obligation")


def test_only_one_house_is_shown_where_it_is_asked_for(site: Any) -> None:
    shown = page(site, f"{JULY}&house=SEOCH")
    assert [one[0] for one in rows(shown, "houses")] == ["SEOCH"]
    assert {one[3].split()[0] for one in rows(shown, "weeks") if one[3]} == {"SEOCH"}


def test_pairs_are_counted_as_they_agree(site: Any, path: Path) -> None:
    with store.open_to_read(path) as db:
        wanted: dict[str, list[int]] = {}
        for pair, relation in db.execute("SELECT id, relation FROM pairs"):
            levels = {level for (level,) in db.execute("SELECT level FROM findings WHERE pair = ? AND state = 'open'", [pair])} - {"note"}
            wanted.setdefault(relation, [0, 0, 0])[2 if "error" in levels else 1 if levels else 0] += 1
    told = rows(page(site, f"{JULY}&lang=en"), "agreement")
    assert sorted([int(cell) for cell in one[2:]] for one in told) == sorted(wanted.values())
    assert any(counts[2] for counts in wanted.values())


def test_a_vague_day_and_the_exact_one_it_became_stand_in_one_line(site: Any) -> None:
    told = rows(page(site, JULY), "firmed")
    assert any(one[4].startswith("CD/OES/CCASS/075/2026") for one in told)


def test_nothing_is_drawn_where_nothing_is(site: Any) -> None:
    shown = page(site, "/overview?on=2030-01-01")
    assert {one[2] for one in rows(shown, "weeks")} == {"0"}
    assert "Nothing is due" in words(shown.select_one("[aria-labelledby=houses]"))


@pytest.mark.parametrize("query", ["on=soon", "on=2026-02-30", "house=NONE", "on=9999-12-31", "on=0001-01-01"])
def test_what_makes_no_sense_breaks_nothing(site: Any, query: str) -> None:
    assert get(site, f"/overview?{query}").status_code == 200


def test_days_lie_where_they_fall() -> None:
    monday = date(2027, 1, 4)
    (strip,) = strips([{"name": "HKSCC", "due": "2027-01-04", "n": 1}, {"name": "HKSCC", "due": "2027-04-05", "n": 9}], monday)  # type: ignore[list-item]
    assert (strip.name, strip.total, strip.first) == ("HKSCC", 10, "2027-01-04")
    assert [(mark.left, mark.width, mark.level) for mark in strip.marks] == [(0.0, THINNEST, 1), (50.0, THINNEST, 4)]
    weeks = weeks_of([{"monday": "2027-01-11", "issuer": None, "n": 2}, {"monday": "2027-01-18", "issuer": "SFC", "n": 4}], monday)  # type: ignore[list-item]
    assert [week.bar.width for week in weeks[:4]] == [0.0, 50.0, 100.0, 0.0]
    vague = {"old_start": "2027-01-01", "old_end": "2027-01-10", "new_start": "2027-01-05", "new_end": "2027-01-05"}
    (one,) = firmings([vague])  # type: ignore[list-item]
    assert (one.vague[:2], one.exact[:2]) == ((0.0, 100.0), (40.0, 10.0))
    assert firmings([]) == []


def test_an_empty_base_has_its_pictures(tmp_path: Path) -> None:
    store.open_db(tmp_path / "empty.db").close()
    assert get(serve.datasette_for(tmp_path / "empty.db"), "/overview").status_code == 200
    assert rows(page(serve.datasette_for(filled(tmp_path / "matter.db")), "/overview?on=2027-01-01&lang=zh"), "weeks")
