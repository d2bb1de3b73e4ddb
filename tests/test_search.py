"""Searching: how texts and questions are cut, that nothing is missed, that nothing finds nothing, and where the hits are."""

from __future__ import annotations

import importlib.util
import json
import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from site_fixture import get

from ingest.issuers import houses
from kb import intake, search, store, terms
from kb.cli import circulars
from kb.search import KINDS, excerpt, newest, places, statement, stem
from kb.serve import datasette_for
from kb.terms import HAN, cut, fold, question

ROOT = Path(__file__).parents[1]
CIRCULARS = ROOT / "tests" / "circulars"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of real circulars in both languages."""
    path = tmp_path_factory.mktemp("search") / "circulars.db"
    with store.open_db(path) as db:
        files = [str(file) for file in CIRCULARS.rglob("*") if file.suffix in (".txt", ".html")]
        assert not intake.add(db, intake.collect(files).files, houses()).failed
    return path


def index(*texts: str) -> sqlite3.Connection:
    """An index as the store makes it, of these texts, numbered from 1."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='porter unicode61')")
    connection.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)", enumerate(map(cut, texts), 1))
    return connection


def found(connection: sqlite3.Connection, typed: str) -> list[int]:
    return [row for (row,) in connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", [question(typed).match])]


# Words ------------------------------------------------------------------------------------------------------------------


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_fold_as_the_reader_does() -> None:
    assert (ROOT / "kb" / "folds.txt").read_text("utf-8") == tool("folds").page(), "python tools/folds.py writes it"


TEXTS = (
    "結算參與者須於2027年3月1日前以電郵地址提交報名表格。",  # 1
    "结算公司将推出双重认证。",  # 2
    "Clearing Participants must nominate two Report Officers by close of business.",  # 3
    "Nominations that arrive after the closing date are void (Ref. CD/OES/SEOCH/005/2027).",  # 4
    "在𠮷野設立的電\n郵系統\tＣＣＡＳＳ３",  # 5
)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("電郵", [1, 5]),
        ("电邮地址", [1]),
        ("郵", [1, 5]),
        ("址", [1]),
        ("表格", [1]),
        ("格", [1]),
        ("雙重認證", [2]),
        ("公司 認證", [2]),
        ("公司 OR 報名", [1, 2]),
        ("結算 NOT 公司", [1]),
        ("結算 -參與者", [2]),
        ("(公司 OR 報名) 電郵", [1]),
        ("nominate", [3, 4]),
        ("NOMINATIONS", [3, 4]),
        ("nominated OR 公司", [2, 3, 4]),
        ("business close", [3]),
        ('"close of business"', [3]),
        ('"business close"', []),
        ("clos*", [3, 4]),
        ("CD/OES/SEOCH/005/2027", [4]),
        ("SEOCH/005", [4]),
        ("005/SEOCH", []),
        ("ccass3", [5]),
        ("𠮷野", [5]),
        ("系統CCASS3", [5]),
        ("2027年3月", [1]),
        ("郵電", []),
        ("qwertz", []),
        ("結算 qwertz", []),
        ("", []),
        ("？！", []),
        ("NOT 結算", []),
        ("AND", []),
        ('"', []),
        (")(", []),
        ("((電郵", [1, 5]),
        ("電郵) 表格", [1]),
        ('電郵 "表格', [1]),
        ("AND 電郵 OR", [1, 5]),
        ("text:電郵", []),
        ("電郵^2", []),
        ("NEAR(電郵 表格)", []),
    ],
)
def test_a_question_finds_the_texts_that_hold_it(typed: str, wanted: list[int]) -> None:
    with closing(index(*TEXTS)) as connection:
        assert found(connection, typed) == wanted


@given(st.text(max_size=60) | st.text(alphabet='ab電郵结 "()-*ANDORNOT:^{}+\n\0', max_size=40))
def test_no_question_is_an_error(typed: str) -> None:
    with closing(index(*TEXTS)) as connection:
        found(connection, typed)


@given(st.text(alphabet="電郵地址結算 \nab。，\t", max_size=40), st.data())
def test_every_part_of_a_run_of_chinese_is_found(text: str, data: st.DataObject) -> None:
    runs = re.findall(f"[{HAN}]+", text)
    if runs:
        run = data.draw(st.sampled_from(runs))
        start = data.draw(st.integers(0, len(run) - 1))
        word = run[start : data.draw(st.integers(start + 1, len(run)))]
        with closing(index(text)) as connection:
            assert found(connection, word) == [1]
        assert any(
            word == "".join(text[slice(*place)].split()) or word in text[slice(*place)] for place in places(text, question(word).terms)
        )


@given(st.text(max_size=80))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_stems_are_those_of_the_index() -> None:
    files = (file for file in CIRCULARS.rglob("*") if file.suffix in (".txt", ".html", ".json"))
    words = sorted({word.lower() for file in files for word in re.findall("[A-Za-z]+", file.read_text("utf-8", "replace"))})
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(w, tokenize='porter unicode61')")
        connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")
        connection.executemany("INSERT INTO t (rowid, w) VALUES (?, ?)", enumerate(words))
        theirs = {words[row]: term for term, row in connection.execute("SELECT term, doc FROM v")}
    assert len(words) > 500
    assert {word: stem(word) for word in words} == theirs


# A whole base -----------------------------------------------------------------------------------------------------------


def texts(base: Path) -> dict[int, str]:
    with closing(sqlite3.connect(base)) as connection:
        return dict(connection.execute("SELECT id, text FROM expressions"))


def expressions(base: Path, typed: str) -> set[int]:
    with store.open_to_read(base) as db:
        query = "SELECT rowid FROM expressions_fts WHERE expressions_fts MATCH ?"
        return {row for (row,) in db.execute(query, [f"text : ({question(typed).match})"])}


def sample(base: Path) -> Iterator[str]:
    """Words of the texts, always the same ones: of one to four Chinese characters in both scripts, and English ones."""
    chosen, everything = random.Random(7), "\n".join(texts(base).values())
    runs = [run for run in re.findall(f"[{HAN}]+", everything) if len(run) > 3]
    for length in (1, 2, 3, 4):
        for run in chosen.choices(runs, k=35):
            start = chosen.randrange(len(run) - length + 1)
            yield run[start : start + length]
            yield fold(run[start : start + length])
    yield from chosen.sample(sorted(set(re.findall(r"\b[a-z]{3,}\b", everything))), 60)


def test_nothing_is_missed_that_a_scan_of_all_texts_finds(base: Path) -> None:
    words, plain = list(sample(base)), {number: fold(text) for number, text in texts(base).items()}
    assert len(set(words)) >= 200
    for word in words:
        wanted = re.compile(rf"(?<![^\W_{HAN}]){word}(?![^\W_{HAN}])" if word.isascii() else fold(word))
        scanned = {number for number, text in plain.items() if wanted.search(text)}
        assert set() < scanned <= expressions(base, word), word


def test_what_is_found_stands_in_the_text(base: Path) -> None:
    plain = texts(base)
    for word in sample(base):
        asked = question(word)
        for number in expressions(base, word):
            assert places(plain[number], asked.terms), (word, number)


@pytest.mark.parametrize("narrow", [{}, {"house": "hkscc"}, {"since": "2026-07-01"}, {"party": "CPs"}, {"house": "nobody"}])
def test_common_words_find_the_same_circulars_the_newest_first(base: Path, narrow: dict[str, str]) -> None:
    asked = dict.fromkeys(("house", "party", "since", "until")) | narrow | {"match": question("circular OR 通告").match}
    with store.open_to_read(base) as db:
        ranked = db.execute(statement(None), {**asked, "limit": 1000, "offset": 0}).fetchall()
        dated = db.execute(newest(bool(narrow)), {**asked, "limit": 1000, "offset": 0}).fetchall()
        second = db.execute(newest(bool(narrow)), {**asked, "limit": 1, "offset": 1}).fetchall()
    assert sorted(row[0] for row in dated) == sorted(row[0] for row in ranked)
    assert {row[2] for row in dated} == ({len(ranked)} if ranked else set())
    assert dated == sorted(dated, key=lambda row: (row[11] or "", row[0]), reverse=True)
    assert second == dated[1:2]


def test_words_in_too_many_texts_are_not_ranked(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ranked = CliRunner().invoke(circulars, ["search", "circular", "OR", "通告", "--db", str(base), "--format", "json"])
    monkeypatch.setattr(search, "COMMON", 3)
    dated = CliRunner().invoke(circulars, ["search", "circular", "OR", "通告", "--db", str(base), "--format", "json"])
    days = [hit["issued"] or "" for hit in json.loads(dated.output)]
    assert days == sorted(days, reverse=True) != [hit["issued"] or "" for hit in json.loads(ranked.output)]


@pytest.mark.parametrize("kind", [None, *KINDS])
def test_each_kind_is_searched_with_a_total_that_the_limit_does_not_change(base: Path, kind: str | None) -> None:
    values = {
        "match": question("結算 OR circular OR 2979 OR deadline OR CB OR 規則 OR CD OR dated OR 號").match,
        "since": None,
        "until": None,
        "house": None,
        "party": None,
    }
    with store.open_to_read(base) as db:
        every = db.execute(statement(kind), {**values, "limit": 1000, "offset": 0}).fetchall()
        second = db.execute(statement(kind), {**values, "limit": 1, "offset": 1}).fetchall()
        nowhere = db.execute(statement(kind), {**values, "house": "nobody", "limit": 9, "offset": 0}).fetchall()
    assert len(every) == every[0][2] > 2
    assert [row[:4] for row in second] == [every[1][:4]]
    assert nowhere == []


def test_a_kind_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="sources"):
        statement("sources")


# In step ----------------------------------------------------------------------------------------------------------------


def test_the_indexes_follow_what_is_added_again_and_dropped(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(base.read_bytes())
    with store.open_db(path) as db:
        assert list(store.out_of_step(db)) == []
        with store.writing(db):
            db.execute("UPDATE expressions SET title = 'zanzibar' WHERE id = 1")
            db.execute("DELETE FROM expressions WHERE id = 2")
            db.execute("UPDATE contacts SET label = 'zeppelin' WHERE expression = 1")
        assert list(store.out_of_step(db)) == []
        asked = [db.execute(f"SELECT count(*) FROM {name}_fts WHERE {name}_fts MATCH ?", [word]).fetchone()[0] for name, word in HITS]
    assert asked[0] == 1
    assert asked[1] > 0


HITS = (("expressions", "zanzibar"), ("contacts", "zeppelin"))


def test_an_index_cut_by_another_edition_is_made_again(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(base.read_bytes())
    monkeypatch.setattr(terms, "edition", lambda: "another")
    monkeypatch.setattr(terms, "cut", lambda text: text.replace("電", "zeppelin "))
    with store.open_db(path) as db:
        assert store.cut_by(db) == "another"
        assert list(store.out_of_step(db)) == []
        assert db.execute("SELECT count(*) FROM expressions_fts WHERE expressions_fts MATCH 'zeppelin'").fetchone()[0] > 0


# Excerpts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "typed", "hits"),
    [
        ("結算參與者須以電郵提交", "电邮", ["電郵"]),
        ("以電\n郵提交", "電郵", ["電\n郵"]),
        ("Nominate by 1 May; a nomination is void.", "nominations", ["Nominate", "nomination"]),
        ("close of business, close the business", '"close of business"', ["close of business"]),
        ("Ref. CD/OES/SEOCH/005/2027", "oes/seoch", ["OES/SEOCH"]),
        ("ＣＣＡＳＳ系統", "ccass", ["ＣＣＡＳＳ"]),
        ("deadline, dead line", "dead*", ["deadline", "dead"]),
        ("rehearsal of typhoon", "rehearsal -typhoon", ["rehearsal"]),
        ("電郵地址及地址", "電郵地址 地址", ["電郵地址", "地址"]),
        ("nothing here", "電郵", []),
    ],
)
def test_hits_are_marked_in_the_words_of_the_text(text: str, typed: str, hits: list[str]) -> None:
    assert [text[start:end] for start, end in places(text, question(typed).terms)] == hits


def test_an_excerpt_shows_where_most_of_the_words_stand_together() -> None:
    text = f"The forms. {'x ' * 400}The forms must reach the hotline. {'y ' * 400}"
    shown = excerpt(text, 0, len(text), question("forms hotline").terms)
    assert [part.text for part in shown if part.hit] == ["forms", "hotline"]
    assert shown[0].text == "… "
    assert shown[-1].text == " …"


def test_an_excerpt_of_a_fact_shows_the_fact() -> None:
    text = f"forms forms forms {'x ' * 200}before 1 May {'y ' * 200}"
    start = text.index("before")
    assert "before 1 May" in "".join(part.text for part in excerpt(text, start, start + 12, question("forms").terms))


# The command line and the tables of Datasette ---------------------------------------------------------------------------


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, ["search", *map(str, arguments)], catch_exceptions=False)


def test_the_command_prints_each_hit_with_its_circular(base: Path) -> None:
    result = run("雙重認證", "登記", "--db", base)
    assert result.exit_code == 0
    assert "CD/OES/" in result.stdout
    assert "登記" in result.stdout


def test_the_command_gives_facts_of_a_kind_as_json(base: Path) -> None:
    hits = json.loads(
        run("hotline", "--in", "contacts", "--house", "hkcc", "--since", "2026-06-01", "--format", "json", "--db", base).stdout
    )
    assert hits
    assert {hit["house"] for hit in hits} == {"HKCC"}
    assert all(hit["fact"] and hit["issued"] >= "2026-06-01" for hit in hits)
    assert all(any(part["hit"] and part["text"].lower() == "hotline" for part in hit["excerpt"]) for hit in hits)


def test_the_command_says_when_there_is_nothing_and_when_there_is_more(base: Path) -> None:
    nothing, more = run("qwertz", "--db", base), run("circular", "--limit", "1", "--db", base)
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "Nothing is found.\n")
    assert re.fullmatch(r"1 of \d+ hits; --limit shows more\.\n", more.stderr)


def test_a_party_narrows_the_search(base: Path) -> None:
    bound = json.loads(run("circular OR 通告", "--party", "CPs", "--limit", "1000", "--format", "json", "--db", base).stdout)
    everyone = json.loads(run("circular OR 通告", "--limit", "1000", "--format", "json", "--db", base).stdout)
    assert 0 < len(bound) < len(everyone)


@pytest.mark.parametrize(
    "table", ["expressions", "deadlines", "duties", "events", "contacts", "references", "definitions", "deadlines_view"]
)
def test_the_search_box_of_a_table_never_returns_everything_for_nothing(base: Path, table: str) -> None:
    site: Any = datasette_for(base)
    for typed in ("qwertz", "郵電鴉", '"', "(", "*", "？", "a\"b' OR 1=1 --"):
        answer = get(site, f"/circulars/{table}.json", params={"_search": typed, "_size": 1})
        assert answer.status_code == 200
        assert answer.json()["filtered_table_rows_count"] == 0, typed


@pytest.mark.parametrize("typed", ["認證", "雙重認證", "双重认证", "雙", "registering"])
def test_the_search_box_of_a_table_finds_what_the_page_of_a_circular_holds(base: Path, typed: str) -> None:
    answer = get(datasette_for(base), "/circulars/expressions.json", params={"_search": typed, "_shape": "objects", "_size": 100})
    assert {row["id"] for row in answer.json()["rows"]} == expressions(base, typed) != set()
