"""A report or a page in Chinese is Chinese throughout: only what circulars print themselves stays as it is."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from lxml import html
from site_fixture import get, page
from site_fixture import words as shown_words

from ingest.model import Expression
from ingest.pipeline import read
from kb import reviewed, store
from kb.checks import CHECKS
from kb.cli import circulars
from kb.force import HEAD
from kb.reasons import WHY
from kb.reports import FORMATS
from kb.resources import examples, metadata
from kb.saying import Voice
from kb.schema import EVIDENCED, FACTS
from kb.serve import datasette_for
from kb.site.findings import STATES

ENGLISH = re.compile(r"[A-Za-z][a-z'’-]+(?: [a-z][a-z'’-]+)+")
CHINESE = Voice("zh")
CIRCULARS = Path(__file__).parent / "circulars"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, with decisions of every kind on obligations, findings and facts."""
    path = tmp_path_factory.mktemp("base") / "base.db"
    assert run("add", examples(), "--db", path, "--no-isolate").exit_code == 0

    def listed(*command: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(run(*command, "--format", "json", "--db", path).stdout)
        return found

    def decide(act: str, name: str, *said: str) -> None:
        assert run(act, name, *said, "--who", "陳小姐", "--db", path).exit_code == 0

    done, waived, owned, *_ = (one["id"] for one in listed("obligations"))
    decide("done", done, "--note", "已交回")
    decide("waive", waived, "--note", "與本公司無關")
    decide("assign", owned, "--owner", "客戶部")
    accepted, explained, *_ = (one["id"] for one in listed("findings"))
    decide("accept", accepted, "--why", "機構知悉")
    decide("explain", explained, "--why", "各有安排")
    number = json.loads(run("report", "--db", path, "--format", "json").stdout)["files"][0]["number"]
    deadline, other, *_ = (one["id"] for one in listed("review", number, "--kind", "deadlines"))
    decide("correct", deadline, "--set", "stated=2027-01-08", "--set", "due=2027-01-08", "--why", "印作8/1")
    decide("reject", other, "--why", "屬示例")
    return path


@pytest.fixture(scope="module")
def printed() -> str:
    """All that the examples say."""
    told: list[Expression] = [read(path) for path in sorted(examples().iterdir()) if path.suffix in {".html", ".txt"}]
    return folded(" ".join(f"{one.text} {one.title} {one.source.path}" for one in told))


def folded(text: str) -> str:
    return " ".join(re.sub(r"[*_]", " ", text.replace("\\", "").replace("|", ";")).split())


def texts(value: object) -> Iterator[str]:
    """The strings of a JSON value, names of fields left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def words(data: bytes, form: str) -> list[str]:
    """What a report says, piece by piece."""
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return [*book.sheetnames, *(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)]
    if form in ("json", "sarif"):
        return list(texts(json.loads(data)))
    if form == "html":
        return [text for text in html.fromstring(data).xpath("//text()[not(parent::style)]") if text.strip()]
    return data.decode().split("\n\n")


@pytest.mark.parametrize("form", FORMATS)
def test_no_english_sentence_of_ours_is_left(base: Path, printed: str, tmp_path: Path, form: str) -> None:
    assert run("report", "--db", base, "--format", form, "--language", "zh", "--output", tmp_path / "report").exit_code == 0
    said = [folded(piece) for piece in words((tmp_path / "report").read_bytes(), form)]
    assert len(said) > 5
    left = {found.group() for piece in said for found in ENGLISH.finditer(piece)}
    assert {one for one in left if one not in printed} == set()


@pytest.mark.parametrize("form", FORMATS)
def test_the_english_report_is_english(base: Path, tmp_path: Path, form: str) -> None:
    """The test above would find what is left: it does so where all of it is."""
    assert run("report", "--db", base, "--format", form, "--output", tmp_path / "report").exit_code == 0
    text = " ".join(words((tmp_path / "report").read_bytes(), form))
    assert len(ENGLISH.findall(text)) > 20
    assert not [word for word in ("錯誤", "限期（", "配對", "核對") if word in text]


def test_headings_reasons_evidence_and_decisions_are_chinese(base: Path) -> None:
    told = run("report", "--db", base, "--format", "html", "--language", "zh").stdout
    for word in (
        "通告核對報告",
        "配對依據",
        "經核對一致",
        "限期（deadlines）",
        "依從較後者可能逾期",
        "已接納：陳小姐",
        "責任事項",
        "已覆核資料",
    ):
        assert word in told


def test_the_page_names_its_language_and_that_of_each_quote(base: Path) -> None:
    for language, own, other in (("zh", "zh-Hant", "en"), ("en", "en", "zh-Hant")):
        page = html.fromstring(run("report", "--db", base, "--format", "html", "--language", language).stdout.encode())
        assert page.get("lang") == own
        assert {quote.get("lang") for quote in page.iter("blockquote")} == {None, other}


def test_sarif_names_its_language(base: Path) -> None:
    for language, wanted in (("zh", "zh-HK"), ("en", "en")):
        told = json.loads(run("report", "--db", base, "--format", "sarif", "--language", language).stdout)
        assert told["runs"][0]["language"] == wanted


def test_what_programs_read_is_the_same_in_both_languages(base: Path) -> None:
    english, chinese = (json.loads(run("report", "--db", base, "--format", "json", "--language", one).stdout) for one in ("en", "zh"))
    assert list(english) == list(chinese)
    assert english["files"] == chinese["files"]
    for ours, theirs in zip(english["pairs"], chinese["pairs"], strict=True):
        assert {**ours, "evidence": [], "findings": []} == {**theirs, "evidence": [], "findings": []}
        assert [[one[name] for name in ("check", "level", "left", "right")] for one in ours["findings"]] == [
            [one[name] for name in ("check", "level", "left", "right")] for one in theirs["findings"]
        ]


def test_diff_and_check_speak_chinese_too(base: Path) -> None:
    left, right = examples() / "hkscc-en.html", examples() / "hkscc-zh.txt"
    text = run("diff", left, right, "--language", "zh").stdout
    assert "譯本：同一通告的兩種語言版本" in text
    assert "雙方一致：" in text
    assert "以英文本" in text or "governs" not in text
    assert "siblings" not in run("check", "--db", base, "--language", "zh").stdout


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_has_a_name_a_rule_and_a_reason_in_chinese(name: str) -> None:
    for told in (CHINESE.check(name).removesuffix(f"（{name}）"), CHINESE(CHECKS[name].description), CHINESE(WHY[name])):
        assert re.search(r"[\u4e00-\u9fff]", told)
        assert not ENGLISH.search(told)


@pytest.mark.parametrize("kind", [*HEAD, *EVIDENCED])
def test_every_field_that_people_decide_on_has_a_name_in_chinese(kind: str) -> None:
    assert CHINESE.word(kind) != kind
    if kind in FACTS:
        fields = dict.fromkeys(FACTS[kind].__struct_fields__, "x")
        held = json.loads(reviewed.bare(kind, json.dumps(fields)))
        assert reviewed.few(json.dumps(held), CHINESE).count("、") == len(held) - 1


def test_a_sentence_that_the_table_lacks_is_an_error() -> None:
    with pytest.raises(KeyError):
        CHINESE("nobody has said this in Chinese")


def test_every_word_of_the_page_has_both_languages() -> None:
    source = (Path(store.__file__).parent / "templates" / "report.html").read_text("utf-8")
    sentences = re.findall(r'say\("([^"]+)"', source)
    assert len(sentences) > 10
    for sentence in sentences:
        assert CHINESE(sentence, **dict.fromkeys(re.findall(r"\{(\w+)\}", sentence), "…"))
    named = re.findall(r'say\.word\("([^"]+)"', source) + re.findall(r'else "(\w+)"\)', source)
    assert len(named) > 8
    assert [word for word in named if CHINESE.word(word) == word] == []


@pytest.mark.parametrize("command", ["due --all", "obligations", "findings --notes", "checks"])
def test_a_table_in_chinese_has_no_english_but_that_of_the_circulars(base: Path, printed: str, command: str) -> None:
    name, *options = command.split()
    told = run(name, *options, "--language", "zh", *([] if name == "checks" else ["--db", base])).stdout
    assert len(told.splitlines()) > 5
    assert [words for words in ENGLISH.findall(told) if words not in printed] == []
    assert not ENGLISH.search(told.splitlines()[0])
    assert not re.search(r"^(?:Due|ID|Check)\b|\b(?:State|Level|Who|Force|House|Number)\b", told)


# Pages ------------------------------------------------------------------------------------------------------------------

SENTENCE = re.compile(r"[A-Za-z][A-Za-z'’-]*(?: [A-Za-z][A-Za-z'’-]*)+")


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Circulars of many houses, with what the reader left, doubted and could not understand."""
    path = tmp_path_factory.mktemp("wide") / "base.db"
    files = [file for file in CIRCULARS.glob("*/*") if file.suffix in {".html", ".txt"}]
    assert run("add", *files, "--db", path, "--no-isolate").exit_code == 0
    return path


def addresses(base: Path) -> Iterator[str]:
    """Every page over a base: lists with and without hits, each circular and pair, each named query, what is not there."""
    yield from (
        "/",
        "/?on=2026-01-01&days=900",
        "/?on=x&days=y",
        "/calendar?month=2026-10",
        "/search",
        "/search?q=zzz",
        "/gaps",
        "/nowhere",
    )
    yield from ("/search?q=%E5%8F%83%E8%88%87%E8%80%85", "/search?q=%E6%97%A5&in=warnings", "/houses", "/circular/999", "/pair/999")
    yield from (f"/findings?state={state}&level={level}" for state in STATES for level in ("", "note"))
    with store.open_to_read(base) as db:
        yield from (f"/houses?house={row['code']}" for row in db.query("select code from houses"))
        for table, page in (("circulars", "circular"), ("pairs", "pair")):
            yield from (f"/{page}/{row['id']}" for row in db.query(f"select id from {table}"))
    queries = json.loads(metadata().read_text("utf-8"))["databases"]["circulars"]["queries"]
    yield from (f"/circulars/{name}?on=2026-01-01&since=2026-01-01&month=2026-10&days=900" for name in queries)


def shown(text: str) -> list[str]:
    """The texts of a page, with what it says to those who hear it."""
    tree = html.fromstring(text)
    heard = [value for name in ("aria-label", "alt", "title", "placeholder") for value in tree.xpath(f"//@{name}")]
    return [folded(one) for one in (*tree.xpath("//text()[not(ancestor::*[@lang='en'])]"), *heard)]


@pytest.mark.parametrize("name", ["base", "wide"])
def test_a_page_in_chinese_has_no_english_but_that_of_the_circulars(request: pytest.FixtureRequest, name: str) -> None:
    base: Path = request.getfixturevalue(name)
    with store.open_to_read(base) as db:
        printed = folded(" ".join(f"{row['text']} {row['title']}" for row in db.query("select text, title from expressions")))
    site = datasette_for(base)
    pages = {path: get(site, f"{path}{'&' if '?' in path else '?'}lang=zh") for path in addresses(base)}
    assert {answer.status_code for answer in pages.values()} == {200, 404}
    found = {(words, path) for path, answer in pages.items() for text in shown(answer.text) for words in SENTENCE.findall(text)}
    assert sorted((words, path) for words, path in found if words not in printed) == []


def test_what_follows_otherwise_is_told_in_the_words_of_the_readers_text(base: Path) -> None:
    english, chinese = (page(datasette_for(base), f"/?on=2027-01-01&days=900&lang={lang}") for lang in ("en", "zh"))
    assert "A CP without Report Officers will not be given an account" in shown_words(english)
    assert "未有委任報告主任的參與者將不獲發報告平台帳戶" in shown_words(chinese)
