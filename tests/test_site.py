"""The pages, asked through Datasette: what they show, in which language, and what they refuse to do."""

from __future__ import annotations

import base64
import hashlib
import re
import sqlite3
from collections import Counter
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from datasette.views.base import DatasetteError
from msgspec.structs import replace
from site_fixture import CHINESE, ENGLISH, empty, english, filled, get, page, sibling, words

from ingest.model import Contact, Reference
from kb import store
from kb.serve import datasette_for
from kb.site import home
from kb.site.home import filters_of
from kb.site.refusals import refusal

JANUARY = "/?on=2027-01-01"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return datasette_for(filled(tmp_path_factory.mktemp("site") / "matter.db"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A circular whose every field tries to be markup."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    attack = "<script>alert(1)</script>"
    text = f'{attack} "><img src=x onerror=alert(1)> javascript:alert(1)'
    link = text.index("javascript:")
    spoilt = replace(
        english(),
        text=text,
        title=attack,
        number='"><b>1',
        blocks=(),
        dates=(),
        times=(),
        deadlines=(),
        duties=(),
        definitions=(),
        events=(),
        unexplained=(),
        tables=(replace(english().tables[0], rows=((attack, "<td onclick=alert(1)>"),), merged=(), span=(0, 5), caption=attack),),
        contacts=tuple(
            Contact(kind=kind, value=value, quote=text[link:], span=(link, len(text)), rule="test", label=attack)
            for kind, value in (("url", "javascript:alert(1)"), ("email", "a@b.example?bcc=x"), ("tel", "1;alert(1)"))
        ),
        references=(Reference(number=attack, title=attack, quote=attack, span=(0, len(attack)), rule="test"),),
    )
    with store.open_db(path) as db:
        store.add(db, [spoilt])
    return datasette_for(path)


# Home -------------------------------------------------------------------------------------------------------------------


def test_the_home_page_lists_obligations_under_the_day_they_are_due(site: Any) -> None:
    days = [
        (words(day.h3.time), [words(act) for act in day.select(".action")]) for day in page(site, JANUARY).select(".day") if day.h3.time
    ]
    assert days == [("Thursday, 14 January 2027", ["submit Form 7"]), ("Friday, 15 January 2027", ["submit Form 7"])]


def test_many_obligations_are_parted_into_pages_that_lose_none(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [words(act) for act in page(site, JANUARY).select(".day .obligation")]
    monkeypatch.setattr(home, "ON_A_PAGE", 1)
    parted, address = [], JANUARY
    while address:
        shown = page(site, address)
        parted += [words(act) for act in shown.select(".day .obligation")]
        assert words(shown.select_one("#due .quiet")) == "2 obligations"
        following = shown.select_one(".wide section ~ .pager a[rel=next]")
        address = following["href"] if following else ""
    assert parted == whole


def test_an_obligation_shows_house_party_words_conflict_and_the_way_to_its_place(site: Any) -> None:
    first = page(site, JANUARY).select_one(".obligation")
    assert first is not None
    assert words(first.select_one(".house")) == "HKSCC"
    assert words(first.select_one(".party")) == "CPs"
    assert first.blockquote.get_text() == "Clearing Participants (CPs) must submit Form 7 before 15 January 2027 (Friday)."
    assert "14 January in the body, 15 January in the schedule" in words(first.select_one(".warn"))
    place = first.select_one(".where a")["href"]
    assert place.startswith("/circular/1#deadlines-")
    assert page(site, "/circular/1").find(id=place.partition("#")[2]).get_text() == "before 15 January 2027 (Friday)"


@pytest.mark.parametrize(
    ("query", "due"),
    [
        ("on=2027-01-01", ["HKSCC", "SEOCH"]),
        ("on=2027-01-15&days=0", ["SEOCH"]),
        ("on=2027-01-01&days=13", ["HKSCC"]),
        ("on=2027-01-01&house=SEOCH", ["SEOCH"]),
        ("on=2027-01-01&party=CPs", ["HKSCC"]),
        ("on=2027-01-01&party=CPs&house=SEOCH", []),
        ("on=2027-01-01&party=' or 1=1 --", []),
        ("on=2027-01-16", []),
    ],
)
def test_filters_choose_what_is_due(site: Any, query: str, due: list[str]) -> None:
    dated = [day for day in page(site, f"/?{query}").select(".day") if day.h3.time]
    assert [words(house) for day in dated for house in day.select(".house")] == due


def test_the_filters_stay_in_the_form_and_in_the_links(site: Any) -> None:
    shown = page(site, "/?on=2027-01-01&days=7&house=SEOCH&party=Participants&lang=zh")
    form = shown.select_one("form.filters")
    assert [field["value"] for field in form.select("input")] == ["zh", "2027-01-01", "7"]
    assert [option["value"] if option.has_attr("value") else words(option) for option in form.select("option[selected]")] == [
        "SEOCH",
        "Participants",
    ]
    assert [link["href"] for link in shown.select(".pager a")] == [
        "/?lang=zh&on=2026-12-24&days=7&house=SEOCH&party=Participants",
        "/?lang=zh&on=2027-01-09&days=7&house=SEOCH&party=Participants",
    ]


def test_undated_obligations_have_a_section_of_their_own(site: Any) -> None:
    undated = [day for day in page(site, JANUARY).select(".day") if not day.h3.time]
    assert [words(act) for day in undated for act in day.select(".action")] == ["correct forms"]


def test_a_vague_date_is_a_band_over_all_the_days_it_can_mean(site: Any) -> None:
    entries = page(site, JANUARY).select(".periods li")
    shown = [(words(entry.select_one(".when")), float(entry.select_one(".part")["x"]), entry.a["href"]) for entry in entries]
    assert [when for when, _, _ in shown] == ["Friday, 15 January 2027", "21 January 2027 – 31 January 2027"]
    assert [round(left * 31 / 100) for _, left, _ in shown] == [14, 20]
    assert all(href.startswith("/circular/1#events-") for _, _, href in shown)


def test_nothing_due_points_to_the_last_and_the_next_day(site: Any) -> None:
    assert [link["href"] for link in page(site, "/?on=2026-06-01").select(".empty a")] == ["/?on=2027-01-14&days=30"]
    assert [link["href"] for link in page(site, "/?on=2028-06-01").select(".empty a")] == ["/?on=2027-01-15&days=30"]


def test_open_findings_lead_to_their_pair_and_notes_are_not_among_them(site: Any) -> None:
    found = page(site, JANUARY).find(id="findings").find_parent("section").select("li")
    assert [(item.a["href"], [words(badge) for badge in item.select(".badge")]) for item in found] == [
        ("/pair/2", ["1 error", "1 warning"]),
        ("/circular/1#findings", ["1 warning"]),
    ]


@pytest.mark.parametrize("query", ["on=tomorrow", "on=2027-13-01", "on=0001-01-01", "days=-3", "days=99999", "days=x", "days=٣"])
def test_a_filter_that_makes_no_sense_is_named_and_left_out(site: Any, query: str) -> None:
    assert page(site, f"/?{query}").select_one("p[role=status]") is not None


def test_without_a_date_the_days_begin_today() -> None:
    assert filters_of(SimpleNamespace(args={}), date(2027, 3, 1)).on == date(2027, 3, 1)


# Circular ---------------------------------------------------------------------------------------------------------------


def test_each_fact_leads_to_its_place_and_each_place_back_to_a_fact(site: Any) -> None:
    shown = page(site, "/circular/1")
    ids = Counter(element["id"] for element in shown.select("[id]"))
    assert max(ids.values()) == 1
    quotes = shown.select(".facts a.quote")
    assert len(quotes) == 16 + 3
    for quote in quotes:
        # The finding `before 15 January 2027` crosses the date `15 January 2027 (Friday)`, whose mark is cut there.
        assert quote.get_text().startswith(shown.find(id=quote["href"][1:]).get_text())
    backs = {link["href"][1:] for link in shown.select("mark a")}
    assert backs
    assert backs <= ids.keys()


def test_both_languages_stand_side_by_side_word_for_word(site: Any) -> None:
    papers = page(site, "/circular/1").select("article.paper")
    assert [paper["lang"] for paper in papers] == ["en", "zh-Hant"]
    for paper, text in zip(papers, (ENGLISH, CHINESE), strict=True):
        paper.header.extract()
        assert "".join(paper.get_text().split()) == "".join(text.split())


def test_a_table_is_a_table_with_merged_cells_and_marks(site: Any) -> None:
    table = page(site, "/circular/1").select_one(".table table")
    assert [[words(cell) for cell in row.select("td, th")] for row in table.select("tr")] == [
        ["Date", "Event"],
        ["15 January 2027", "• Deadline for Form 7"],
        ["Late January 2027", "• New passwords are sent"],
        ["• Old passwords lapse"],
    ]
    assert [cell["rowspan"] for cell in table.select("[rowspan]")] == ["2"]
    assert [mark.get_text() for mark in table.select("mark.dates")] == ["15 January 2027", "Late January 2027"]


def test_a_circular_names_its_pairs_findings_and_the_circulars_it_cites(site: Any) -> None:
    shown = page(site, "/circular/1")
    related = shown.find(id="related").find_parent("section")
    assert {link["href"] for link in related.select("a")} == {"/circular/2", "/pair/1", "/pair/2"}
    finding = shown.find(id="findings").find_parent("section").li
    assert "body and schedule disagree" in words(finding)
    assert [shown.find(id=link["href"][1:]).get_text() for link in finding.select("q a")] == ["before 15 January 2027", "15 January 2027"]
    assert [link["href"] for link in page(site, "/circular/2").select(".kind.references a:not(.quote)")] == ["/circular/1"]


def test_the_page_of_an_expression_is_a_place_on_the_page_of_its_circular(site: Any) -> None:
    answer = get(site, "/expression/2?lang=zh")
    assert (answer.status_code, answer.headers["location"]) == (302, "/circular/1?lang=zh#expression-2")
    assert page(site, "/circular/1").find(id="expression-2")["lang"] == "zh-Hant"


# Pair -------------------------------------------------------------------------------------------------------------------


def test_a_pair_shows_its_findings_before_its_texts(site: Any) -> None:
    shown = page(site, "/pair/2")
    assert [(item["class"], words(item.p)) for item in shown.select(".findings > li")] == [
        (["error"], "error the deadlines differ deadlines"),
        (["warning"], "warning time only on the left: 09:00 times"),
        (["note"], "note the issuer differs issuer"),
    ]
    order = [element.name for element in shown.main.find_all(["section", "article"])]
    assert order == ["section", "section"]
    assert [words(text.h2) for text in shown.select(".paper.pair > .two:first-child > div")] == ["English", "English"]


def test_the_quotes_of_a_finding_are_marked_on_either_side(site: Any) -> None:
    shown = page(site, "/pair/2")
    error = shown.select_one(".findings > li.error")
    assert [shown.find(id=link["href"][1:]).get_text() for link in error.select("q a")] == [
        "15 January 2027 (Friday)",
        "16 January 2027 (Saturday)",
    ]
    assert [mark.a["href"][1:] for mark in shown.select("mark.error")] == [error["id"]] * 2


def test_findings_are_told_in_the_language_of_the_page(site: Any) -> None:
    messages = [words(item.p) for item in page(site, "/pair/2?lang=zh").select(".findings > li")]
    assert messages[1].split()[1:] == ["只有左方載有時間：09:00", "時間（times）"]


def test_the_evidence_of_a_pair_is_told_in_the_language_of_the_page(site: Any) -> None:
    english, chinese = (words(page(site, f"/pair/2?lang={lang}").main) for lang in ("en", "zh"))
    assert "Paired because: subject alike (96%) ·" in english
    assert "配對依據：事項相似（96%） ·" in chinese


def test_a_pair_that_agrees_says_so(site: Any) -> None:
    assert "The two agree: no finding." in words(page(site, "/pair/1").main)


def test_a_circular_names_what_it_cites_and_what_cites_it(tmp_path: Path) -> None:
    path = tmp_path / "cited.db"
    cited = replace(sibling(), number="CD/EX/001/2026", references=())
    with store.open_db(path) as db:
        store.resolve(db, store.add(db, [english(), cited]).circulars)
    datasette = datasette_for(path)
    cites, by = (page(datasette, f"/circular/{number}").select_one("[aria-labelledby=citations] li") for number in (1, 2))
    assert (words(cites), cites.a["href"]) == ("cites CD/EX/001/2026", "/circular/2")
    assert (words(by).split(" CD/")[0], by.a["href"]) == ("cited by", "/circular/1")


# Language ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "header", "lang"),
    [
        ("", "", "en"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "zh-HK,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("", "en;q=0.5, zh-TW;q=0.8", "zh-Hant"),
        ("", "fr, zh;q=0.2", "zh-Hant"),
        ("", "de", "en"),
        ("lang=zh", "en", "zh-Hant"),
        ("lang=en", "zh", "en"),
        ("lang=xx", "zh", "zh-Hant"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/circular/1", "/pair/2", "/circular/999"])
def test_the_language_is_the_one_asked_for_or_else_the_browsers(site: Any, path: str, query: str, header: str, lang: str) -> None:
    answer = get(site, f"{path}?{query}", headers={"accept-language": header})
    assert BeautifulSoup(answer.text, "lxml").html["lang"] == lang
    assert answer.headers["content-language"] == lang
    assert "Accept-Language" in answer.headers["vary"]


def test_in_chinese_the_act_the_words_and_the_title_are_chinese(site: Any) -> None:
    first = page(site, f"{JANUARY}&lang=zh").select_one(".obligation")
    assert words(first.select_one(".action")) == "遞交表格七"
    assert first.blockquote["lang"] == "zh-Hant"
    assert first.blockquote.get_text() == "結算參與者必須於2027年1月15日（星期五）前遞交表格七。"
    assert words(first.select_one(".where a")) == "終端機密碼新表格"


@pytest.mark.parametrize("path", [JANUARY + "&lang=zh", "/circular/1?lang=zh", "/pair/2?lang=zh"])
def test_a_language_asked_for_stays_in_every_link_to_our_pages(site: Any, path: str) -> None:
    links = [link["href"] for link in page(site, path).select("a[href]") if re.match(r"/(\?|$|circular/|pair/)", link["href"])]
    assert links
    assert all("lang=" in link for link in links)


# What is not there ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/circular/999", "/pair/999", "/expression/999", "/circular/99999999999999999999999"])
def test_what_is_not_there_is_404_and_says_what_is_missing(site: Any, path: str) -> None:
    answer = get(site, path)
    assert answer.status_code == 404
    assert path.rpartition("/")[2] in words(BeautifulSoup(answer.text, "lxml").main)


@pytest.mark.parametrize("path", ["/circular/", "/circular/x", "/pair/1/2", "/circular/1%00"])
def test_an_address_of_no_page_is_no_error_of_the_server(site: Any, path: str) -> None:
    assert get(site, path).status_code in {302, 404}


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/nowhere?lang=zh", 404, "找不到 此網址沒有頁面。"),
        ("/circulars/nothing?lang=en", 404, "Not here There is no page at this address."),
        (
            "/circulars/circulars?_sort=nothing&lang=zh",
            400,
            "無法顯示 此網址要求的內容不存在，或超出網站所能回應的範圍。 不能按 nothing 排序",
        ),
        ("/circulars/circulars?_size=x&lang=zh", 400, "無法顯示 此網址要求的內容不存在，或超出網站所能回應的範圍。 _size 必須為正整數"),
    ],
)
def test_what_cannot_be_shown_is_told_in_the_language_of_the_page(site: Any, path: str, status: int, told: str) -> None:
    answer = get(site, path)
    assert (answer.status_code, words(BeautifulSoup(answer.text, "lxml").main).startswith(told)) == (status, True)


@pytest.mark.parametrize(
    ("query", "titles"),
    [("house=SEOCH", 1), ("since=2020-01-01", 2), ("house=HKMA", 0), ("since=2030-01-01", 0), ("party=CPs", 1), ("house=SEOCH&page=9", 0)],
)
def test_a_search_without_words_lists_the_circulars_that_are_chosen(site: Any, query: str, titles: int) -> None:
    assert len(page(site, f"/search?{query}").select("[aria-labelledby=all] .list > li")) == titles


@pytest.mark.parametrize("query", ["", "q=", "q=%20&in=deadlines", "since=soon", "page=2"])
def test_who_asks_for_nothing_gets_no_list_but_what_there_is_to_choose(site: Any, query: str) -> None:
    main = page(site, f"/search?{query}").main
    assert not main.select("[aria-labelledby=all], .hits")
    ways = [link["href"] for link in main.select("[aria-labelledby=browse] a")]
    assert [way for way in ways if "since" not in way] == ["/search?house=HKSCC", "/search?house=SEOCH"]
    for way in ways:
        assert len(page(site, way).select("[aria-labelledby=all] .list > li")) == 1


def test_the_newest_circulars_lead_to_all_of_the_house(site: Any) -> None:
    assert page(site, f"{JANUARY}&house=SEOCH").select_one("[aria-labelledby=newest] > p a")["href"] == "/search?house=SEOCH"


BAD = (
    *(
        "_sort=nothing",
        "_sort_desc=nothing",
        "_sort=id&_sort_desc=id",
        "_size=x",
        "_size=-1",
        "_size=99999",
        "_searchx=1",
        "_where=nothing",
    ),
    *("_through=x", "_through=[]", "_through={}", '_through={"table":"nothing","column":"x","value":"1"}', "id__in=[", "_col=nothing"),
    *("nothing=1", "id__nothing=1", "_facet=nothing", "_facet_array=id", "_next=x", "_next=1,2", "_shape=nothing", "_nocol=id"),
)


@pytest.mark.parametrize("query", BAD)
@pytest.mark.parametrize("table", ["circulars", "upcoming"])
def test_a_bad_question_to_a_table_is_never_a_fault_of_the_server(site: Any, table: str, query: str) -> None:
    for ending in ("", ".json", ".csv"):
        for lang, title in (("en", "This cannot be shown"), ("zh", "無法顯示")):
            answer = get(site, f"/circulars/{table}{ending}?{query}", headers={"accept-language": lang})
            assert answer.status_code in (200, 400)
            assert "Traceback" not in answer.text
            if answer.status_code == 400 and not ending:
                assert words(BeautifulSoup(answer.text, "lxml").h1) == title


@pytest.mark.parametrize(("lang", "title"), [("en", "Query in SQL"), ("zh", "以 SQL 查詢")])
def test_a_wrong_query_in_sql_keeps_its_words_and_says_what_is_wrong(site: Any, lang: str, title: str) -> None:
    answer = get(site, f"/circulars?sql=select+wrong&_lang={lang}")
    main = BeautifulSoup(answer.text, "lxml").main
    assert (answer.status_code, words(main.h1), words(main.select_one("[role=alert]"))) == (400, title, "no such column: wrong")
    assert main.textarea.get_text() == "select wrong"


@pytest.mark.parametrize("path", ["/circulars", "/circulars/upcoming", "/circulars/expressions/1", "/circulars?sql=select+1"])
def test_tables_and_queries_stand_in_the_language_that_is_asked_for(site: Any, path: str) -> None:
    for lang, tag in (("en", "en"), ("zh", "zh-Hant")):
        asked = f"{path}{'&' if '?' in path else '?'}_lang={lang}"
        assert page(site, asked).html["lang"] == tag
        assert page(site, path, headers={"accept-language": lang}).html["lang"] == tag
    shown = page(site, f"{path}{'&' if '?' in path else '?'}_lang=zh")
    for label in shown.select("h1, h2, summary, button, label, nav a:not([lang])"):
        assert re.search("[㐀-鿿]", words(label)), label


def test_a_language_that_is_asked_for_is_no_filter_of_a_table(site: Any) -> None:
    assert len(page(site, "/circulars/expressions?_lang=zh").select(".data tbody tr")) == 3
    assert page(site, "/circulars/expressions?lang=zh-Hant").html["lang"] == "en"


def test_a_question_that_takes_too_long_says_so(site: Any) -> None:
    slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    answer = get(site, "/circulars", params={"sql": slow, "_timelimit": 20, "lang": "en"})
    assert (answer.status_code, "The answer takes longer than the site allows" in words(BeautifulSoup(answer.text, "lxml").main)) == (
        503,
        True,
    )


@pytest.mark.parametrize(
    ("message", "told"),
    [("no such column: x", True), ("database is locked", False), ("disk I/O error", False), ("no such table: x", False)],
)
def test_a_fault_of_the_file_is_not_put_down_to_who_asks(message: str, told: bool) -> None:
    wrong = DatasetteError(message)
    wrong.__context__ = sqlite3.OperationalError(message)
    assert (refusal(wrong) is not None) == told
    assert refusal(ValueError(message)) is None


def test_a_program_is_told_in_json_what_cannot_be_shown(site: Any) -> None:
    answer = get(site, "/circulars/circulars.json?_sort=nothing")
    assert answer.json() == {"ok": False, "error": "Cannot sort table by nothing", "status": 400, "title": None}


def test_an_empty_database_says_how_to_fill_it(tmp_path: Path) -> None:
    bare = datasette_for(empty(tmp_path / "empty.db"))
    assert "circulars add" in words(page(bare, "/").main)
    assert get(bare, "/circular/1").status_code == 404


# What is hostile --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/circular/1", '/?house=<script>alert(1)</script>&party="><img src=x onerror=alert(1)>', "/search?q=alert", "/gaps"),
        *("/search?q=script&in=contacts", "/houses?house=HKSCC", "/findings?level=note", "/calendar?month=2027-01"),
    ],
)
def test_markup_from_a_circular_or_an_address_stays_text(hostile: Any, path: str) -> None:
    shown = page(hostile, path)
    assert not shown.select("script, img, b, iframe, object")
    assert not [name for element in shown.find_all() for name in element.attrs if name.startswith("on")]


def test_hostile_text_is_shown_as_it_stands(hostile: Any) -> None:
    assert page(hostile, "/circular/1").h1.get_text() == "<script>alert(1)</script>"


def test_a_file_that_lies_in_several_places_is_named_by_each(tmp_path: Path) -> None:
    base = filled(tmp_path / "matter.db")
    with store.open_db(base) as db, store.writing(db):
        source, path = db.execute(
            "SELECT s.sha256, s.path FROM sources AS s JOIN expressions AS e ON e.source = s.sha256 WHERE e.id = 1"
        ).fetchone()
        db.execute("INSERT OR IGNORE INTO paths (source, path) VALUES (?, ?), (?, ?)", [source, path, source, "/mail/march/<i>copy.txt"])
    for address in ("/circular/1", "/pair/1"):
        told = [words(line) for line in page(datasette_for(base), address).select(".paper p.meta")]
        assert any(line.endswith(f"{path.rpartition('/')[2]}, <i>copy.txt") for line in told), told


def test_a_link_from_a_circular_leads_only_where_a_link_may(hostile: Any, site: Any) -> None:
    schemes = {
        link["href"].partition(":")[0] for link in page(hostile, "/circular/1").select("a[href]") if not link["href"].startswith(("/", "#"))
    }
    assert schemes == {"https"}
    good = [link["href"] for link in page(site, "/circular/1").select(".kind.contacts a:not(.quote)")]
    assert good == ["tel:+85229797301", "mailto:help@hkscc.example", "https://forms.example/7", "tel:+85229797301"]


@pytest.mark.parametrize("path", ["/circulars/circulars", "/circulars/contacts", "/circulars/expressions/1"])
def test_datasettes_own_pages_keep_hostile_text_inert(hostile: Any, path: str) -> None:
    shown = page(hostile, path)
    assert "alert(1)" not in "".join(script.get_text() for script in shown.select("script"))
    assert not shown.select("img, iframe")
    assert not [link for link in shown.select("a[href]") if link["href"].lower().startswith("javascript:")]


# What a browser may do --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        *(JANUARY, "/circular/1", "/pair/2", "/circular/999", "/circulars/upcoming", "/circulars/deadlines/1", "/circulars/due_soon"),
        *("/circulars", "/circulars?sql=select+1"),
    ],
)
def test_our_pages_run_no_script_and_fetch_nothing_from_elsewhere(site: Any, path: str) -> None:
    answer = get(site, path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in policy
    shown = BeautifulSoup(answer.text, "lxml")
    assert not shown.select("script, style, [style], [onclick], [onload]")
    fetched = [element.get("src") or element.get("href") for element in shown.select("link, img, source")]
    assert fetched == ["/static/circulars.css", "/favicon.ico"]


@pytest.mark.parametrize("path", ["/", "/pair/1", "/circulars", "/circulars/upcoming.json", "/static/circulars.css", "/nowhere"])
def test_every_answer_has_the_headers_that_protect_it(site: Any, path: str) -> None:
    headers = get(site, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert len(headers.get_list("content-security-policy")) == 1


@pytest.mark.parametrize("path", ["/-/patterns"])
def test_of_inline_scripts_exactly_those_that_datasette_ships_may_run(site: Any, path: str) -> None:
    answer = get(site, path)
    inline = [script.string for script in BeautifulSoup(answer.text, "html.parser").select("script:not([src])")]
    assert inline
    for script in inline:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in answer.headers["content-security-policy"]
    assert "script-src 'self' 'sha256-" in answer.headers["content-security-policy"]
