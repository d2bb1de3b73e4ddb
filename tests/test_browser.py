"""The main path in a browser, with the keyboard, on paper, and on a phone. The browser is Debian's chromium."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from review_fixture import FEE, PASSWORD, asked, made, reads_otherwise, run
from site_fixture import HOSTILE, filled, poisoned

from kb.cli import circulars
from kb.serve import datasette_for, listen

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

if CHROMIUM is None and os.environ.get("CIRCULARS_REQUIRE_BROWSER") != "1":
    pytest.skip("no chromium here; CIRCULARS_REQUIRE_BROWSER=1 demands one", allow_module_level=True)


@contextmanager
def served(base: Path, reviewers: Path | None = None) -> Iterator[str]:
    """A site, served in a thread."""
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(datasette_for(base, reviewers).app(), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site over the small matter."""
    with served(filled(tmp_path_factory.mktemp("browser") / "matter.db")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM is not None, "CIRCULARS_REQUIRE_BROWSER=1, but there is no chromium"
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, who runs the tests in a container; the pages are ours.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without scripts that notes what the browser complains about."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    yield page
    context.close()
    assert complaints == []


def test_from_what_is_due_to_the_circular_to_a_fact_to_the_pair(page: Page, address: str) -> None:
    page.goto(f"{address}/?on=2027-01-01")
    page.locator(".obligation").first.get_by_role("link", name="New form for terminal passwords").click()
    expect(page).to_have_url(f"{address}/circular/1#deadlines-1")
    expect(page.locator("mark:target")).to_have_text("before 15 January 2027 (Friday)")
    expect(page.locator("mark:target")).to_be_in_viewport()

    page.locator(".facts").get_by_role("link", name="31st of Smarch").click()
    expect(page.locator("mark:target")).to_have_text("31st of Smarch")
    expect(page.locator("mark:target")).to_be_in_viewport()
    page.locator("mark:target a").click()
    expect(page.locator("li:target")).to_contain_text("no such month")
    expect(page.locator("li:target")).to_be_in_viewport()

    page.locator("li", has_text="sibling of another house").get_by_role("link", name="compare").click()
    expect(page.locator(".findings > li.error")).to_contain_text("the deadlines differ")
    page.locator(".findings").get_by_role("link", name="16 January 2027 (Saturday)").click()
    expect(page.locator("mark:target")).to_have_text("16 January 2027 (Saturday)")
    page.locator("mark:target a").click()
    expect(page.locator("li:target")).to_contain_text("the deadlines differ")


def test_the_filters_work_without_scripts(page: Page, address: str) -> None:
    page.goto(f"{address}/?on=2027-01-01")
    page.get_by_label("House").select_option("SEOCH")
    page.get_by_label("Days ahead").fill("60")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".obligation")).to_have_count(1)
    expect(page.locator(".obligation .house")).to_have_text("SEOCH")
    expect(page.get_by_label("Days ahead")).to_have_value("60")


def test_the_language_can_be_changed_and_stays_changed(page: Page, address: str) -> None:
    page.goto(f"{address}/?on=2027-01-01&house=HKSCC")
    page.get_by_role("link", name="繁體中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2027年1月1日至2027年1月31日到期事項")
    page.locator(".obligation .where a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("終端機密碼新表格")
    expect(page.locator("mark:target")).to_have_text("於2027年1月15日（星期五）前")


def test_the_keyboard_reaches_the_content_first(page: Page, address: str) -> None:
    page.goto(f"{address}/circular/1")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        *("/?on=2027-01-01", "/circular/1?lang=zh", "/pair/2", "/calendar?month=2027-01", "/search?q=form", "/gaps", "/houses?house=HKSCC"),
        *(
            "/search",
            "/quality",
            "/overview?on=2027-01-01",
            "/circulars",
            "/circulars?sql=select+1",
            "/circulars/upcoming?_lang=zh",
            "/circulars/expressions/1",
        ),
    ],
)
def test_a_page_fits_a_phone_and_follows_its_colours(browser: Browser, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == {"light": "rgb(244, 245, 247)", "dark": "rgb(18, 22, 27)"}[scheme]
    context.close()


def test_paper_gets_the_whole_list_of_facts_and_no_form(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}/?on=2027-01-01")
    expect(page.locator("form.filters")).to_be_hidden()
    page.goto(f"{address}/circular/1")
    expect(page.locator(".facts")).to_have_css("max-height", "none")
    expect(page.locator("header.site nav")).to_be_hidden()


PATHS = (
    *("/?on=2027-01-01", "/circular/1", "/pair/2", "/search?q=form", "/search?q=form&in=deadlines", "/calendar?month=2027-01"),
    *("/findings", "/houses?house=HKSCC", "/gaps", "/circular/999", "/circulars/due_soon?on=2027-01-01", "/nowhere"),
    *(
        "/search",
        "/quality",
        "/overview?on=2027-01-01",
        "/circulars",
        "/circulars/upcoming",
        "/circulars/deadlines?_facet=relation&due__gt=2026-01-01",
        "/circulars/expressions/1",
    ),
)


def hindrances(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on a page by day on a wide screen, then at night on a phone, where only colours and places differ."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    found = Axe().run(page).response["violations"]
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark")
    differing = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
    found += Axe().run(page, options={"runOnly": {"type": "rule", "values": differing}}).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PATHS)
def test_everybody_can_use_the_page(browser: Browser, address: str, path: str, lang: str) -> None:
    context = browser.new_context(bypass_csp=True)  # axe is a script of its own
    page = context.new_page()
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}{'_lang' if path.startswith('/circulars') else 'lang'}={lang}")
    assert hindrances(page) == []
    context.close()


@pytest.mark.parametrize("path", ["/circular/1", "/pair/2"])
def test_a_fact_in_a_text_is_told_by_more_than_its_colour(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")
    expect(page.locator(".paper mark a").first).to_have_css("text-decoration-line", "underline")


def test_a_word_is_searched_and_its_hit_leads_to_the_place(page: Page, address: str) -> None:
    page.goto(f"{address}/?lang=zh")
    page.get_by_role("link", name="搜尋").click()
    page.get_by_label("字詞").fill("终端机 表格")
    page.get_by_role("button", name="搜尋").click()
    expect(page.locator("mark.hit").first).to_have_text("終端機")
    page.get_by_label("範圍").select_option("deadlines")
    page.get_by_label("字詞").fill("表格")
    page.get_by_role("button", name="搜尋").click()
    page.locator(".hits a").first.click()
    expect(page.locator("mark:target")).to_be_in_viewport()


def test_a_month_leads_to_the_next_one_and_to_what_is_due(page: Page, address: str) -> None:
    page.goto(f"{address}/calendar?month=2026-12&house=HKSCC")
    page.get_by_role("link", name="Later").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("January 2027")
    expect(page.get_by_label("House")).to_have_value("HKSCC")
    page.locator(".month li.due a").click()
    expect(page).to_have_url(f"{address}/circular/1#obligations")


def test_findings_gaps_and_houses_lead_to_their_circulars(page: Page, address: str) -> None:
    page.goto(f"{address}/findings")
    page.locator(".findings .where a").first.click()
    expect(page.locator(".findings > li.error")).to_contain_text("the deadlines differ")
    page.get_by_role("link", name="Gaps").click()
    page.locator("[aria-labelledby=dangling] a").first.click()
    expect(page).to_have_url(re.compile("/circular/2$"))
    page.get_by_role("link", name="Houses and parties").click()
    page.get_by_role("link", name="Contacts HKSCC").click()
    expect(page.get_by_role("heading", name="Contacts of HKSCC")).to_be_visible()


def follow(page: Page, link: Locator) -> None:
    """Click, and wait until all of the page is there: what is left behind half loaded counts as a failed request."""
    link.click()
    page.wait_for_load_state("load")


def test_a_table_is_filtered_sorted_and_counted_without_scripts(page: Page, address: str) -> None:
    page.goto(f"{address}/?lang=zh")
    follow(page, page.get_by_role("link", name="資料", exact=True))
    follow(page, page.get_by_role("link", name="期限", exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text("期限")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    whole = page.locator(".data tbody tr").count()
    page.get_by_label("欄", exact=True).select_option("relation")
    page.get_by_label("值").fill("before")
    follow(page, page.get_by_role("button", name="顯示"))
    expect(page).to_have_url(re.compile("relation__exact=before"))
    assert 0 < page.locator(".data tbody tr").count() < whole
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    follow(page, page.locator(".data thead").get_by_role("link", name="限期"))
    expect(page).to_have_url(re.compile("_sort_desc=due"))
    days = page.locator("td[data-label='限期']").all_inner_texts()
    assert days == sorted(days, reverse=True)
    page.get_by_text("各欄說明").click()
    follow(page, page.locator(".columns-told dd", has_text="必須、應或可").get_by_role("link", name="按值統計"))
    expect(page.locator(".facets").get_by_role("link", name="must")).to_be_visible()
    follow(page, page.locator("td[data-label='文本'] a").first)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator(".paper").first).to_be_visible()
    page.wait_for_load_state("load")


def test_a_row_leads_to_its_table_and_to_what_belongs_to_it(page: Page, address: str) -> None:
    page.goto(f"{address}/circulars/expressions/1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Language versions 1")
    follow(page, page.get_by_role("link", name="Deadlines"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Deadlines")
    page.goto(f"{address}/circulars/expressions/1")
    follow(page, page.get_by_role("link", name="The whole table"))
    expect(page.get_by_role("status")).to_contain_text("rows")


def test_a_query_in_sql_is_asked_and_answered(page: Page, address: str) -> None:
    page.goto(f"{address}/circulars?_lang=zh")
    page.get_by_role("textbox", name="SQL").fill("select house, :party as party from upcoming")
    follow(page, page.get_by_role("button", name="執行"))
    page.get_by_label("責任方").fill("CPs")
    follow(page, page.get_by_role("button", name="執行"))
    expect(page.get_by_role("cell", name="CPs").first).to_be_visible()


# What is hostile --------------------------------------------------------------------------------------------------------

INJECTED = "document.querySelectorAll('img[src=x], [onerror], [onclick], a[href^=\"javascript:\" i]').length"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small matter with an attack in every text that it holds."""
    return poisoned(filled(tmp_path_factory.mktemp("hostile") / "matter.db"))


@pytest.fixture
def alarmed(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page with scripts that notes what runs, and what its policy had to stop."""
    page, alarms = browser.new_page(), list[str]()
    page.on("dialog", lambda dialog: (alarms.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: alarms.append(f"error {error}"))
    page.on("console", lambda message: alarms.append(f"console {message.text}"))
    yield page, alarms
    page.close()


def opened(page: Page, alarms: list[str], url: str) -> list[str]:
    """What went wrong on a page, with its address."""
    alarms.clear()
    page.goto(url)
    injected = page.evaluate(INJECTED)
    return [f"{url}: {alarm}" for alarm in (*alarms, *([f"{injected} injected"] if injected else []))]


def addresses(base: str) -> list[str]:
    """Every page of ours, every table and view, every named query with an attack in each field."""
    with urllib.request.urlopen(f"{base}/circulars.json", timeout=30) as answer:
        told = json.load(answer)
    attack = quote(HOSTILE)
    ours = ["/calendar?month=2027-01", "/search?q=alert", "/findings?level=note", "/houses?house=HKSCC", "/gaps", "/circular/1", "/pair/1"]
    ours += ["/pair/2", "/findings", "/houses", f"/search?q={attack}", f"/?on={attack}&days={attack}&house={attack}&party={attack}"]
    ours += ["/?on=2027-01-01", "/search?q=script&in=contacts", f"/calendar?month={attack}&house={attack}", f"/findings?check={attack}"]
    ours = [f"{path}{'&' if '?' in path else '?'}lang={lang}" for path in ours for lang in ("en", "zh")]
    theirs = [f"/circulars/{one['name']}" for one in (*told["tables"], *told["views"])]
    theirs += [f"/circulars/{name}/1" for name in ("circulars", "expressions", "contacts", "findings")]
    ours += [f"/circulars/{one['name']}?{'&'.join(f'{name}={attack}' for name in one['params'])}" for one in told["queries"]]
    theirs += ["/circulars", f"/circulars/circulars?_search={attack}&{attack}={attack}", f"/{attack}", f"/circulars?sql={attack}"]
    theirs += [
        f"/circulars/deadlines?quote__contains={attack}&_facet=quote&_lang={attack}&_sort=due",
        "/circulars?sql=select+*+from+expressions",
    ]
    return [*ours, *theirs]


def test_a_browser_tells_when_an_attack_works(alarmed: tuple[Page, list[str]]) -> None:
    assert opened(*alarmed, f"data:text/html,{quote(HOSTILE)}")


def test_nothing_of_a_hostile_circular_runs_on_any_page(hostile: Path, alarmed: tuple[Page, list[str]]) -> None:
    with served(hostile) as address:
        asked = [f"{address}{path}" for path in addresses(address)]
        assert len(asked) > 100
        wrong = [alarm for url in asked for alarm in opened(*alarmed, url)]
    assert [alarm for alarm in wrong if "the server responded with a status of 40" not in alarm] == []


def test_a_hostile_circular_is_shown_as_it_stands(hostile: Path, page: Page) -> None:
    with served(hostile) as address:
        page.goto(f"{address}/circular/1?lang=en")
        expect(page.locator("h1")).to_contain_text(HOSTILE)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_of_a_hostile_circular_runs_in_a_report(hostile: Path, lang: str, tmp_path: Path, alarmed: tuple[Page, list[str]]) -> None:
    left, right = tmp_path / "<img src=x onerror=alert(7)>.txt", tmp_path / "right.txt"
    left.write_text(f"Subject: {HOSTILE}\n\nNo. {HOSTILE}\n\nDate\tEvent\n1 May 2027\t{HOSTILE}\n2 May 2027\tsubmit\n")
    right.write_text(f"Subject: {HOSTILE}\n\nDate\tEvent\n3 May 2027\t{HOSTILE}\n2 May 2027\t{HOSTILE}\n")
    made = {
        "report": ["report", "--db", str(hostile), "--format", "html", "--language", lang],
        "diff": ["diff", str(left), str(right), "--format", "html", "--language", lang],
        "tables": ["tables", str(left), "--html"],
    }
    for name, arguments in made.items():
        text = CliRunner().invoke(circulars, arguments).stdout
        assert "alert(" in text, name
        file = tmp_path / f"{name}.html"
        file.write_text(text, "utf-8")
        assert opened(*alarmed, file.as_uri()) == [], name


# Review --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path)


def sign_in(page: Page) -> None:
    follow(page, page.get_by_role("link", name="Sign in"))
    page.get_by_label("Account").fill("amy")
    page.get_by_label("Password").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Sign in"))


def test_what_a_reviewer_decides_survives_reading_again_other_rules_and_a_restart(
    page: Page, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, reviewers = folder / "some.db", folder / "reviewers.json"
    with served(db, reviewers) as address:
        page.goto(f"{address}/circular/1")
        expect(page.get_by_role("link", name="Decide")).to_have_count(0)
        sign_in(page)
        expect(page).to_have_url(f"{address}/circular/1")

        # A fact: the fee is due two days later than the circular prints.
        follow(page, page.locator(".facts li", has_text=FEE).first.get_by_role("link", name="Decide"))
        expect(page.locator("blockquote mark")).to_have_text(FEE)
        page.get_by_label("corrected").check()
        page.get_by_label("stated").fill("2026-08-02")
        page.get_by_label("due", exact=True).fill("2026-08-02")
        page.get_by_label("Why, or how we know").fill("Confirmed by telephone")
        follow(page, page.get_by_role("button", name="Write the decision"))
        expect(page.get_by_role("status")).to_contain_text("The decision was written. row 1 of the log")

        # A finding, which that day keeps up.
        follow(page, page.get_by_role("link", name="Findings"))
        follow(page, page.locator(".findings > li", has_text="30 July 2026").get_by_role("link", name="Decide"))
        page.get_by_label("explained").check()
        page.get_by_label("Why, or how we know").fill("Each house has its own day")
        follow(page, page.get_by_role("button", name="Write the decision"))

        # An obligation.
        page.goto(f"{address}/?on=2026-07-01&house=HKSCC")
        follow(page, page.locator(".obligation", has_text="Return the form").get_by_role("link", name="Decide"))
        page.get_by_label("done", exact=True).check()
        page.get_by_label("Owner").fill("Client desk")
        page.get_by_label("Note").fill("By courier")
        page.get_by_label("Evidence").fill("receipt 4711")
        follow(page, page.get_by_role("button", name="Write the decision"))
        expect(page.get_by_role("status")).to_contain_text("2 decisions were written")
        holds(page, address)

    for edition in ("the same", "another"):
        if edition == "another":
            reads_otherwise(monkeypatch, FEE, due="2026-07-30")
        assert run("add", folder / "hkscc.txt", folder / "seoch.txt", "--db", db).exit_code == 0
        with served(db, reviewers) as address:
            page.goto(f"{address}/?on=2026-07-01&house=HKSCC")
            expect(page.get_by_role("link", name="Decide")).to_have_count(0)  # another start ends the sessions
            sign_in(page)
            holds(page, address)
            page.goto(f"{address}/review")
            told = page.get_by_role("heading", name="Decided, and no longer fitting")
            expect(told).to_have_count(1 if edition == "another" else 0)
    assert run("audit", "--verify", "--db", db).exit_code == 0
    assert [act for (act,) in asked(db, "SELECT act FROM decisions ORDER BY id")] == ["correct", "explain", "assign", "done"]


def holds(page: Page, address: str) -> None:
    """What was decided is what the pages show."""
    page.goto(f"{address}/?on=2026-07-01&days=40&house=HKSCC")
    expect(page.locator(".obligation")).to_have_count(1)
    expect(page.locator(".day h3").first).to_contain_text("Sunday, 2 August 2026")
    page.goto(f"{address}/findings?state=explained")
    expect(page.locator(".findings > li")).to_contain_text("Each house has its own day")
    page.goto(f"{address}/circular/1")
    expect(page.locator(".acts > li", has_text="Return the form")).to_contain_text("owner: Client desk")
    expect(page.locator("section", has=page.get_by_role("heading", name="Reviewed facts"))).to_contain_text("Confirmed by telephone")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everybody_can_review(browser: Browser, tmp_path_factory: pytest.TempPathFactory, lang: str) -> None:
    """The pages of review by axe, in both colour schemes, and on a phone."""
    folder = made(tmp_path_factory.mktemp("axe"))
    db = folder / "some.db"
    [(finding,)] = asked(db, "SELECT name FROM findings WHERE level = 'error'")
    [(obligation,)] = asked(db, "SELECT id FROM obligations WHERE circular = 1 AND action LIKE '%form%'")
    paths = (
        *("/sign-in", "/review", "/review/circular/1", "/review/deadlines/1", "/review/dates/1", "/review/contacts/1"),
        *(f"/review/finding/{finding}", f"/review/obligation/{obligation}", "/circular/1", "/findings", "/?on=2026-07-01"),
    )
    with served(db, folder / "reviewers.json") as address:
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        page.goto(address)
        sign_in(page)
        for path in paths:
            page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
            assert (path, hindrances(page)) == (path, [])
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path  # on the phone
        context.close()
