"""Calendars to subscribe to and Atom feeds, fetched from the site and read by other programs."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
import vobject
from bs4 import BeautifulSoup
from click.testing import CliRunner
from icalendar import Calendar
from site_fixture import HOSTILE, filled, get, page, poisoned
from thread_factory import CHINESE, CORRECTION, FIRST, SIBLING, WITHDRAWAL, kept

from kb import serve, store
from kb.cli import circulars
from kb.site import feeds

ALL = "/feeds/obligations.ics?since=2026-01-01"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("feeds") / "base.db"
    with store.open_db(path) as db:
        kept(db, first=FIRST, zh=CHINESE, sibling=SIBLING)
    return path


@pytest.fixture(scope="module")
def site(path: Path) -> Any:
    return serve.datasette_for(path)


def entries(site: Any, address: str = ALL) -> dict[str, Any]:
    """The entries of a calendar by their names, as icalendar reads them; vobject, which is strict, has to find no fault."""
    answer = get(site, address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    strict = vobject.readOne(answer.text)
    strict.validate(raiseException=True)
    found = {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert len(found) == len(getattr(strict, "vevent_list", []))
    return found


# Calendars --------------------------------------------------------------------------------------------------------------


def test_an_entry_has_its_day_both_languages_the_quote_a_link_and_an_alarm(site: Any) -> None:
    (form,) = [
        one for one in entries(site).values() if "Deadline" not in one["summary"] and "HKSCC" in one["summary"] and "form" in one["summary"]
    ]
    assert str(form["summary"]) == "HKSCC return the signed form · 交回已簽署的表格"
    assert form["dtstart"].to_ical() == b"20260715T170000"
    assert form["dtstart"].params["TZID"] == "Asia/Hong_Kong"
    assert "“no later than 5:00 p.m. on 15 July 2026 (Wednesday)”" in form["description"]
    assert str(form["url"]) == "http://localhost/circular/1"
    (alarm,) = form.walk("VALARM")
    assert (alarm["action"], alarm.decoded("trigger")) == ("DISPLAY", timedelta(days=-1))
    (test,) = [one for one in entries(site).values() if "HKSCC" in one["summary"] and "connection test" in one["summary"]]
    assert test.decoded("dtstart") == date(2026, 8, 31)
    (alarm,) = test.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(hours=-15)


@pytest.mark.parametrize(
    ("asked", "houses"),
    [
        ("house=HKSCC", {"HKSCC"}),
        ("house=seoch", {"SEOCH"}),
        ("party=CPs", {"HKSCC", "SEOCH"}),
        ("party=nobody", set()),
        ("q=CCMS", {"SEOCH"}),
        ("q=已簽署", {"HKSCC"}),
        ("q=qwertz", set()),
        ("since=2026-09-01", set()),
    ],
)
def test_a_calendar_of_a_house_a_party_or_a_search_has_its_entries_only(site: Any, asked: str, houses: set[str]) -> None:
    address = f"/feeds/obligations.ics?{asked}" + ("" if "since" in asked else "&since=2026-01-01")
    found = entries(site, address)
    assert {str(one["summary"]).split()[0] for one in found.values()} == houses
    assert found.keys() <= entries(site).keys()


def test_a_description_is_told_in_the_language_that_is_asked_for(site: Any) -> None:
    told = {str(one["description"]) for one in entries(site, f"{ALL}&lang=zh&house=HKSCC").values()}
    assert (
        "責任方：Designated Banks, 指定銀行\n約束程度：必須\n通告：CD/OES/CCASS/071/2026\n中央結算系統終端機的新登入頁面\n“no later than 5:00 p.m. on 15 July 2026 (Wednesday)”"
        in told
    )


def test_a_house_that_nobody_knows_is_no_calendar(site: Any) -> None:
    assert get(site, "/feeds/obligations.ics?house=HKSC").status_code == 404
    assert get(site, "/feeds/circulars.atom?house=HKSC").status_code == 404


def test_a_calendar_without_alarms(site: Any) -> None:
    assert not [one for entry in entries(site, f"{ALL}&alarm=0").values() for one in entry.walk("VALARM")]


def test_a_calendar_that_lacks_entries_says_so_on_its_last_day(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = entries(site)
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    for lang, told in (("en", "lacks later ones"), ("zh", "較後者未有收錄")):
        found = entries(site, f"{ALL}&lang={lang}")
        assert len(found) == 3 < len(whole)
        notice = found.pop("notice@circular-kb")
        assert told in notice["summary"]
        assert notice.decoded("dtstart") == max(one.decoded("dtstart").date() for one in found.values())


def test_a_reader_that_has_the_calendar_is_told_so(site: Any) -> None:
    first = get(site, ALL)
    assert first.headers["etag"]
    again = get(site, ALL, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_moved_day_keeps_its_name_and_raises_its_sequence_and_a_withdrawn_one_is_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    seen = []
    for name, text in (("first", FIRST), ("correction", CORRECTION), ("withdrawal", WITHDRAWAL)):
        with store.open_db(path) as db:
            kept(db, **{name: text})
        found = entries(serve.datasette_for(path))
        seen.append({uid: (one["sequence"], str(one["status"]), one["dtstart"].to_ical()[:8].decode()) for uid, one in found.items()})
    before, moved, withdrawn = seen
    (form,) = [uid for uid, one in before.items() if one == (0, "CONFIRMED", "20260715")]
    assert moved[form] == (1, "CONFIRMED", "20260717")
    (test,) = before.keys() - {form}
    assert moved[test] == before[test] == (0, "CONFIRMED", "20260831")
    assert withdrawn[test] == (1, "CANCELLED", "20260831")


def test_hostile_words_add_no_entry_and_no_line(tmp_path: Path) -> None:
    hostile = serve.datasette_for(poisoned(filled(tmp_path / "hostile.db")))
    found = entries(hostile)
    with store.open_to_read(tmp_path / "hostile.db") as db:
        assert len(found) == db.execute("SELECT count(*) FROM calendar_told WHERE due >= '2026-01-01'").fetchone()[0]


# Atom -------------------------------------------------------------------------------------------------------------------


def atom(site: Any, address: str) -> Any:
    """A feed as feedparser reads it, which has to find it well formed and whole."""
    answer = get(site, address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    found = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]}, sanitize_html=False)
    assert (found.bozo, found.version) == (False, "atom10")
    assert found.feed.title
    assert found.feed.author
    assert found.feed.updated_parsed
    assert len({one.id for one in found.entries}) == len(found.entries)
    for one in (found.feed, *found.entries):
        assert one.id.startswith("urn:uuid:")
        assert one.link.startswith("http://localhost/")
        assert one.updated.endswith(("+00:00", "+08:00", "Z"))
    return found


def test_new_circulars_are_told_in_the_language_that_is_asked_for(site: Any) -> None:
    found = atom(site, "/feeds/circulars.atom?lang=zh&house=HKSCC")
    assert [one.title for one in found.entries] == ["HKSCC CD/OES/CCASS/071/2026: 中央結算系統終端機的新登入頁面"]
    assert "New Sign-in Page for CCASS Terminal" in found.entries[0].summary
    assert found.feed.language == "zh-Hant"
    assert {one.title.split()[0] for one in atom(site, "/feeds/circulars.atom").entries} == {"HKSCC", "SEOCH"}
    assert [one.title.split()[0] for one in atom(site, "/feeds/circulars.atom?q=CCMS").entries] == ["SEOCH"]
    assert atom(site, "/feeds/circulars.atom?q=qwertz").entries == []


def test_moved_days_and_findings_are_told_once_each_and_keep_their_names(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    with store.open_db(path) as db:
        kept(db, first=FIRST, zh=CHINESE.replace("7月15日（星期三）", "7月16日（星期四）"), correction=CORRECTION)
        (finding,) = db.execute("SELECT name FROM findings WHERE state = 'open' AND level = 'error'").fetchone()
    site = serve.datasette_for(path)
    moved = atom(site, "/feeds/changes.atom")
    assert any("15 July 2026 → 17 July 2026" in one.summary for one in moved.entries)
    found = atom(site, "/feeds/findings.atom")
    assert [one.id for one in atom(site, "/feeds/findings.atom").entries] == [one.id for one in found.entries]
    assert (
        CliRunner().invoke(circulars, ["explain", finding, "--who", "Ada", "--why", "told by telephone", "--db", str(path)]).exit_code == 0
    )
    left = atom(site, "/feeds/findings.atom")
    assert len(found.entries) - len(left.entries) == 1
    assert {one.id for one in left.entries} < {one.id for one in found.entries}


def test_markup_in_a_feed_stays_text(tmp_path: Path) -> None:
    hostile = serve.datasette_for(poisoned(filled(tmp_path / "hostile.db")))
    for name in feeds.FEEDS:
        for one in atom(hostile, f"/feeds/{name}.atom").entries:
            assert not BeautifulSoup(one.get("summary", ""), "html.parser").find(True)
    assert HOSTILE in atom(hostile, "/feeds/circulars.atom").entries[0].title


# The way to them --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("/?house=HKSCC&party=CPs", {"obligations.ics", "changes.atom", "findings.atom", "circulars.atom"}),
        ("/calendar?house=HKSCC", {"obligations.ics", "changes.atom"}),
        ("/search?q=form&house=HKSCC", {"obligations.ics", "circulars.atom"}),
    ],
)
def test_a_page_offers_feeds_of_what_it_shows(tmp_path_factory: pytest.TempPathFactory, address: str, kinds: set[str]) -> None:
    site = serve.datasette_for(filled(tmp_path_factory.mktemp("offered") / "matter.db"))
    ways = [link["href"] for link in page(site, address).select(".feeds a")]
    assert {way.split("?")[0].rpartition("/")[2] for way in ways} == kinds
    for way in ways:
        assert "house=HKSCC" in way
        assert get(site, way).status_code == 200
