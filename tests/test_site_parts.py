"""What the pages are made of: marks in a text, words in two languages, colours, the metadata, and a site that stands alone."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections import Counter
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup
from datasette.app import Datasette
from datasette.filters import Filters
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from site_fixture import WORDS, empty, filled, get, interface, page, words

from ingest import model
from ingest.errors import BadDatabase, CircularError
from kb import pictures, plugin, posted, resources, reviewed, reviewing, serve, signing, store
from kb.force import HEAD
from kb.lives_cli import ACTED
from kb.plugin import render_cell
from kb.site import base, feeds, findings, quality
from kb.site.interface import preferred_language
from kb.site.marks import Mark, cell_spans, marked, sentence_around
from kb.site.page import safe_target

PAGES = [path for path in resources.templates().glob("*.html") if path.name != "report.html"]
STYLE = (resources.static() / "circulars.css").read_text("utf-8")
METADATA = json.loads(resources.metadata().read_text("utf-8"))["databases"]["circulars"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return serve.datasette_for(filled(tmp_path_factory.mktemp("parts") / "matter.db"))


# Marks ------------------------------------------------------------------------------------------------------------------


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(alphabet="ab <>&\"'期限\n", min_size=1, max_size=40))
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends).map(sorted).filter(lambda span: span[0] < span[1]), max_size=8))
    return text, [Mark(start, end, f"m{n}", f"s{n}", f"t{n}") for n, (start, end) in enumerate(spans)]


@given(marked_texts())
def test_marks_change_no_character_and_each_is_found_by_its_id(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    shown = BeautifulSoup(f"<pre>\n{marked(text, 0, len(text), marks)}</pre>", "html.parser").pre
    assert shown.get_text()[1:] == text
    assert Counter(element["id"] for element in shown.select("[id]")) == Counter(mark.id for mark in marks)
    for mark in marks:
        assert text.startswith(shown.find(id=mark.id).get_text(), mark.start)
        assert "".join(piece.get_text() for piece in shown.select(f".{mark.style}")) == text[mark.start : mark.end]


@given(marked_texts(), st.data())
def test_a_part_of_a_text_shows_that_part(case: tuple[str, list[Mark]], data: st.DataObject) -> None:
    text, marks = case
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    assert marked(text, start, end, marks).striptags() == escape(text[start:end]).striptags()


@pytest.mark.parametrize(
    ("rows", "spans"),
    [
        ([["a b", "c"], ["", "c"]], ["a\nb", "c", "c"]),
        ([["", ""], ["期 限", ""]], ["期限"]),
        ([["c", "a b"]], None),
        ([["x"]], None),
    ],
)
def test_cells_are_found_in_reading_order_or_not_at_all(rows: list[list[str]], spans: list[str] | None) -> None:
    text = "c c | a\nb\tc\n\tc 期限"
    found = cell_spans(text, 4, len(text), rows)
    assert (found and [text[start:end] for start, end in found.values()]) == spans


@pytest.mark.parametrize(
    ("text", "quote", "around"),
    [
        ("One. Two by 1 May. Three.", "by 1 May", ("Two ", ".")),
        ("Call Mr. Lee before 5 p.m. today. Then rest.", "before 5 p.m.", ("Lee ", " today.")),
        ("甲。參與者須於5月1日或之前報名。乙。", "於5月1日或之前", ("參與者須", "報名。")),
        ("Date\t• Deadline for A\nnext", "Deadline for A", ("", "")),
        ("by 1 May", "by 1 May", ("", "")),
    ],
)
def test_a_quote_is_shown_in_its_sentence(text: str, quote: str, around: tuple[str, str]) -> None:
    start = text.index(quote)
    before, after = sentence_around(text, start, start + len(quote))
    assert (before, after.rstrip("\n\t")) == around


# Words ------------------------------------------------------------------------------------------------------------------


def alike(english: str | list[str], chinese: str | list[str], key: str) -> bool:
    """Whether both are there, as many, with the same places to fill; a day is put together from other parts."""
    if isinstance(english, list) or isinstance(chinese, list):
        return len(english) == len(chinese) > 0
    places = (sorted(re.findall(r"\{\w+\}", said)) for said in (english, chinese))
    return bool(english and chinese) and (key in {"year_month_day", "year_month", "weekday_day"} or len({*map(tuple, places)}) == 1)


def test_each_word_stands_in_both_languages_with_the_same_places_to_fill() -> None:
    assert [key for key, said in WORDS.items() if said.keys() != {"en", "zh"} or not alike(said["en"], said["zh"], key)] == []


def words_asked_for() -> set[str]:
    modules = [
        *(Path(str(module.__file__)) for module in (pictures, plugin, posted, reviewing, signing)),
        *Path(str(base.__file__)).parent.glob("*.py"),
    ]
    text = "\n".join(path.read_text("utf-8") for path in (*PAGES, *modules))
    fixed = set(re.findall(r"\bt\.(\w+)(?!\w*\()", text)) | set(re.findall(r"""(?:say|missing|Refusal)\([^'"\[]*['"](\w+)['"]""", text))
    fixed |= set(re.findall(r"""[Rr]efused\([^'"\[)]*['"](\w+)['"]""", text))
    counted = {form for key in re.findall(r"t\.count\('(\w+)'", text) for form in (key, f"{key}_one")}
    indexed = set(re.findall(r"""words\["(\w+)"\]""", text)) | {"today", "tomorrow", "bad_on", "bad_days"}
    indexed |= {f"fact_{kind.replace(' ', '_')}" for kind, _ in quality.table(quality.figures())}
    indexed |= {f"feed_{name}" for name in feeds.FEEDS}
    return (fixed | counted | indexed | terms()) - set(dir(interface("en")))


def terms() -> set[str]:
    """The keys for the words of the closed vocabularies."""
    vocabularies = {
        "lang": model.Lang,
        "relation": model.Relation,
        "modality": model.Modality,
        "approx": model.Approx,
        "contact": model.ContactKind,
        "citation": model.Citation,
        "level": model.Level,
    }
    named = {f"{kind}_{value}" for kind, vocabulary in vocabularies.items() for value in get_args(vocabulary)}
    pairings = {f"pairing_{relation}" for relation in ("sibling", "translation", "reissue", "unrelated")}
    named |= {f"citedby_{relation}" for relation in get_args(model.Citation)} | {"change_moved", "change_firmed", "change_withdrawn"}
    states = {f"state_{state}" for state in (*findings.STATES, *reviewed.STATES)} | {
        f"status_{status}" for status in ("open", "done", "not applicable")
    }
    asked = {f"param_{param}" for query in METADATA["queries"].values() for param in query["params"]}
    asked -= {"param_house", "param_party", "param_limit", "param_lang"}
    with store.open_db(":memory:") as db:
        answers = [db.execute(query["sql"], dict.fromkeys(query["params"], "")) for query in METADATA["queries"].values()]
        asked |= {f"column_{column[0]}" for answer in answers for column in answer.description}
    asked |= {f"lookup_{key}" for key, _, _ in Filters([]).lookups()}
    asked |= {f"act_{act}" for act in ACTED} | {f"review_said_{name}" for name in ("evidence", "owner", "by", "set")}
    kinds = {"half_language", "half_sibling", "change_circular", "change_finding", *(f"warning_{code}" for code in reader_warnings())}
    return named | pairings | states | asked | kinds | {f"kind_{kind}" for kind in (*base.KINDS, *HEAD)}


def reader_warnings() -> set[str]:
    """The codes of the warnings that the reader can give, as its modules have them."""
    found = set()
    for path in Path(str(model.__file__)).parent.rglob("*.py"):
        source = path.read_text("utf-8")
        found |= set(re.findall(r'(?:\bcode=|\bCounted\(|\bunread\(blind, |\((?="table-))"([a-z]+(?:-[a-z]+)*)"', source))
        found |= set(re.findall(r'^(?:TIME_LIMIT|TABLE_LOST|DAMAGED) = "([a-z-]+)"', source, re.MULTILINE))
    return found


def test_no_word_hides_behind_something_that_the_interface_does() -> None:
    assert WORDS.keys().isdisjoint(dir(interface("en")))


def test_the_catalogue_holds_the_words_that_are_asked_for_and_no_others() -> None:
    assert words_asked_for() == WORDS.keys()


@pytest.mark.parametrize(
    ("lang", "start", "end", "shown"),
    [
        ("en", "2027-01-15", "2027-01-15", "Friday, 15 January 2027"),
        ("zh", "2027-01-15", "2027-01-15", "2027年1月15日（星期五）"),
        ("en", "2027-01-21", "2027-01-31", "21 January 2027 – 31 January 2027"),
        ("en", "2027-01-21", None, "from 21 January 2027"),
        ("zh", None, "2027-01-31", "至2027年1月31日"),
        ("en", None, None, ""),
        ("en", "soon", "soon", "soon"),
    ],
)
def test_days_are_written_as_the_language_writes_them(lang: str, start: str | None, end: str | None, shown: str) -> None:
    assert interface(lang).interval(start, end) == shown


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("Due · 到期事項", "Due", "到期事項"),
        (
            "The worst first. At most 200 rows, or `limit`. 以最差者為先。最多 200 行。",
            "The worst first. At most 200 rows, or `limit`.",
            "以最差者為先。最多 200 行。",
        ),
        ("MIT (the facts) · MIT（資料）", "MIT (the facts)", "MIT（資料）"),
        ("MIT", "MIT", "MIT"),
    ],
)
def test_of_a_text_in_both_languages_the_page_shows_its_own(text: str, english: str, chinese: str) -> None:
    assert (interface("en").half(text), interface("zh").half(text)) == (english, chinese)


@pytest.mark.parametrize(
    ("day", "away"), [("2027-01-15", "today"), ("2027-01-16", "tomorrow"), ("2027-01-25", "in 10 days"), ("2027-01-14", ""), ("soon", "")]
)
def test_how_far_a_day_is(day: str, away: str) -> None:
    assert interface("en").away(day, date(2027, 1, 15)) == away


@pytest.mark.parametrize(
    ("lang", "relation", "day", "shown"),
    [
        ("en", "before", "2027-01-15", "before 15 January 2027"),
        ("zh", "before", "2027-01-15", "2027年1月15日之前"),
        ("en", "by", None, "on or before"),
        ("zh", "by", None, "或之前"),
        ("en", "sometime", None, "sometime"),
    ],
)
def test_the_relation_stands_where_the_language_puts_it(lang: str, relation: str, day: str | None, shown: str) -> None:
    assert interface(lang).put(relation, day) == shown


@pytest.mark.parametrize(
    ("header", "lang"), [("*", "en"), ("zh;q=1.0, en;q=1.0", "en"), ("zh;q=0", "en"), (";;;,q=", "en"), ("ZH-hant-hk", "zh")]
)
def test_the_browsers_preference_is_read_whatever_it_sends(header: str, lang: str) -> None:
    assert preferred_language(header) == lang


# Colours ----------------------------------------------------------------------------------------------------------------


def palette(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", light))
    return colours if scheme == "light" else {**colours, **dict(re.findall(r"--([\w-]+): (#\w{6})", dark))}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


MARKS = ("deadlines", "dates", "times", "contacts", "references", "events", "target", "error-tint", "warning-tint", "note-tint")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("ink", "quiet", "link", "warning", "error") for ground in ("paper", "desk")),
        *(("ink", ground) for ground in MARKS),
        *((level, f"{level}-tint") for level in ("error", "warning", "note")),
        ("paper", "link"),
        ("paper", "ink"),
    ],
)
def test_text_stands_out_from_its_ground_as_wcag_aa_asks(scheme: str, text: str, ground: str) -> None:
    colours = palette(scheme)
    darker, lighter = sorted((luminance(colours[text]), luminance(colours[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


# Datasette's own pages --------------------------------------------------------------------------------------------------


def test_the_metadata_describes_every_table_view_and_column_and_nothing_else(site: Any) -> None:
    described = METADATA["tables"]
    schema = {
        row["name"]: {
            column["name"]
            for column in get(site, f"/circulars.json?sql=select+name+from+pragma_table_info('{row['name']}')&_shape=array").json()
        }
        for row in get(site, "/circulars.json?sql=select+name+from+sqlite_master+where+type+in+('table','view')&_shape=array").json()
    }
    indexes = {name for name in schema if "_fts" in name}
    assert {table["name"] for table in get(site, "/circulars.json").json()["tables"] if table["hidden"]} >= indexes > set()
    assert schema.keys() - indexes == described.keys()
    for name, table in described.items():
        if "columns" in table:
            assert schema[name] == table["columns"].keys()
        else:
            assert table == {"hidden": True}
        assert {*table.get("facets", ()), *filter(None, [table.get("sort"), table.get("sort_desc"), table.get("label_column")])} <= schema[
            name
        ]


def test_what_is_described_is_described_in_both_languages() -> None:
    described = [METADATA, *METADATA["tables"].values(), *METADATA["queries"].values()]
    texts = [item[key] for item in described for key in ("title", "description") if key in item]
    texts += [text for table in METADATA["tables"].values() for text in table.get("columns", {}).values()]
    assert len(texts) > 100
    for text in texts:
        assert re.search(r"[㐀-鿿]", text), text
    for text in texts[::2]:
        assert re.search(r"[A-Za-z]{2}", text), text


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("due_soon?on=2027-01-01", {"due": "2027-01-14", "house": "HKSCC", "bearer": "CPs", "action": "submit Form 7", "circular": 1}),
        ("due_soon?on=2027-01-01&days=5", None),
        ("due_soon?on=2027-01-10&days=5", {"due": "2027-01-14"}),
        ("due_by_party?on=2027-01-01&party=Participants", {"party": "Participants", "due": "2027-01-15", "house": "SEOCH"}),
        ("due_by_house?on=2027-01-01&house=SEOCH", {"house": "SEOCH", "time": "17:00"}),
        ("due_by_house?on=2027-01-16", None),
        ("without_a_day?house=HKSCC", {"action": "correct forms", "quote": "within 5 days of the reply", "why": "no anchor"}),
        ("open_findings?house=SEOCH", {"errors": 1, "warnings": 1, "circular": 2}),
        ("findings_in_words?check=deadlines", {"level": "error", "left_value": "15 January 2027 (Friday)", "pair": 2}),
        ("who_to_call?kind=tel", {"house": "HKSCC", "value": "+85229797301", "circulars": 1}),
        ("not_understood", {"quote": "31st of Smarch", "why": "no such month", "circular": 1}),
        ("schedule?month=2027-01", {"start": "2027-01-15", "title": "Deadline for Form 7"}),
        ("schedule?month=2027-02", None),
    ],
)
def test_a_named_query_answers(site: Any, query: str, first: dict[str, Any] | None) -> None:
    path, _, values = query.partition("?")
    given = dict(pair.split("=") for pair in values.split("&") if pair)
    everything = "&".join(f"{name}={given.get(name, '')}" for name in METADATA["queries"][path]["params"])
    answer = get(site, f"/circulars/{path}.json?_shape=array&{everything}")
    assert answer.status_code == 200
    rows = answer.json()
    assert (rows[0] | first == rows[0]) if first else rows == []


@pytest.mark.parametrize("name", METADATA["queries"])
def test_a_named_query_runs_with_nothing_filled_in(site: Any, name: str) -> None:
    assert get(site, f"/circulars/{name}").status_code == 200


@pytest.mark.parametrize("name", METADATA["tables"])
def test_each_table_has_its_page(site: Any, name: str) -> None:
    assert page(site, f"/circulars/{name}").h1 is not None


def test_keys_in_datasettes_tables_lead_to_our_pages(site: Any) -> None:
    links = {link["href"] for path in ("pairs", "findings", "upcoming") for link in page(site, f"/circulars/{path}").select("td a")}
    assert {"/expression/1", "/expression/3", "/pair/2", "/circular/1", "/circular/2"} <= links


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("bearer", '["CPs", "DBs"]', "CPs, DBs"),
        ("bearer", "[]", "–"),
        ("rows", '[["a", "<b>"], ["", "c"]]', "a | <b>\n | c"),
        ("merged", '[{"row": 1}]', "{'row': 1}"),
        ("evidence", "[not json", None),
        ("bearer", "CPs", None),
        ("circular", 3, '<a href="/circular/3">3</a>'),
        ("circular", {"value": 3, "label": "<b>"}, '<a href="/circular/3">&lt;b&gt;</a>'),
        ("circular", "3", None),
        ("title", "[]", None),
    ],
)
def test_a_cell_reads_as_text_or_leads_to_a_page(site: Any, column: str, value: Any, shown: str | None) -> None:
    assert render_cell(value, column, site) == shown


@pytest.mark.parametrize(
    ("kind", "value", "target"),
    [
        ("tel", "+85229797301", "tel:+85229797301"),
        ("tel", "javascript:1", None),
        ("email", "a.b@c.example", "mailto:a.b@c.example"),
        ("email", "a@b.example?cc=c@d.example", None),
        ("url", "https://a.example/b", "https://a.example/b"),
        ("url", "JavaScript:alert(1)", None),
        ("url", "data:text/html,x", None),
        ("url", "//a.example", None),
        ("person", "https://a.example", None),
    ],
)
def test_only_plain_contacts_are_links(kind: str, value: str, target: str | None) -> None:
    assert safe_target(kind, value) == target


# Serving ----------------------------------------------------------------------------------------------------------------


def test_the_file_may_have_any_name(tmp_path: Path) -> None:
    datasette = serve.datasette_for(filled(tmp_path / "a name, with.dots.sqlite"))
    assert "New form for terminal passwords" in words(page(datasette, "/circulars/upcoming"))


def test_a_database_that_nobody_can_write_is_served_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled(tmp_path / "frozen.db")
    monkeypatch.setattr(serve.os, "access", lambda _path, mode: mode != serve.os.W_OK)
    datasette = serve.datasette_for(path)
    assert {found["name"]: found["is_mutable"] for found in get(datasette, "/-/databases.json").json()} == {"circulars": False}
    assert "submit Form 7" in words(page(datasette, "/?on=2027-01-01"))


@pytest.mark.parametrize(
    ("name", "content"),
    [("missing.db", None), ("garbage.db", b"\x00garbage" * 200), ("folder/none.db", None)],
    ids=["missing", "garbage", "no-folder"],
)
def test_what_is_no_knowledge_base_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content:
        path.write_bytes(content)
    with pytest.raises(BadDatabase, match=re.escape(path.name)) as caught:
        serve.datasette_for(path)
    assert "\n" not in str(caught.value)


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CircularError, match=rf"^port {port} on 127\.0\.0\.1 is in use"):
            serve.serve(empty(tmp_path / "empty.db"), "127.0.0.1", port, open_browser=False)


def test_the_server_answers_and_ends_cleanly_on_ctrl_c(tmp_path: Path) -> None:
    program = "import sys, pathlib; from kb.serve import serve; serve(pathlib.Path(sys.argv[1]), '127.0.0.1', 0, False)"
    command = [sys.executable, "-c", program, str(filled(tmp_path / "matter.db"))]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stderr.readline())
        assert address is not None
        with urllib.request.urlopen(f"{address[0]}pair/2", timeout=20) as answer:
            assert b"the deadlines differ" in answer.read()
        server.send_signal(signal.SIGINT)
        assert (server.wait(timeout=20), server.stderr.read()) == (0, "")


def test_a_datasette_without_circulars_keeps_its_own_first_page(site: Any) -> None:
    bare = Datasette([], memory=True)
    assert words(page(bare, "/").h1) == "Datasette"
    assert get(bare, "/circular/1").status_code == 404


def test_files_that_travel_with_the_program_are_where_resources_says() -> None:
    assert resources.metadata().is_file()
    assert resources.examples().is_dir()
    assert SimpleNamespace(**json.loads(resources.metadata().read_text("utf-8"))).title
