"""A report in every format: both sides with their hashes, why it matters, which text governs, and the same bytes each time."""

from __future__ import annotations

import io
import json
import re
import time
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import openpyxl
import pytest
from click.testing import CliRunner, Result
from pair_factory import edited, pair

from ingest import pipeline
from ingest.issuers import houses
from ingest.model import Finding, Side
from kb import reports
from kb.checks import CHECKS, inside
from kb.cli import circulars
from kb.comparison import Comparison
from kb.quotes import Piece, around, marked
from kb.reasons import WHY
from kb.report import governs
from kb.reports import Report, Told
from kb.sources import texts
from kb.workbook import Sheet, workbook

EDITS = (("下午5時正", "下午6時正"), ("2979 7408", "2979 7409"))
HOSTILE = '<script>alert(1)</script>\x1b[31m "onload="x" | `rm` \u202eevil =1+1'


def made() -> Report:
    wrong = edited("HKSCC en", ("21 July 2026 (Tuesday)", "21 July 2026 (Monday)"))
    told = Told(expression=wrong, findings=tuple(inside(wrong, houses())))
    return reports.report([pair("translation", *EDITS), pair("sibling")], [told, Told(expression=edited("SEOCH en"), findings=())])


def hostile() -> Report:
    side = Side(value=HOSTILE, quote=HOSTILE, span=(0, 1), page=3)
    left, right = (msgspec.structs.replace(edited(which), title=HOSTILE, number=HOSTILE) for which in ("HKSCC en", "HKSCC zh"))
    finding = Finding(check="text", level="error", message=HOSTILE, left=side, right=side)
    comparison = Comparison(left=left, right=right, relation="translation", findings=(finding,))
    return reports.report([comparison], [Told(expression=left, findings=(finding,))])


@pytest.mark.parametrize("form", reports.FORMATS)
def test_the_same_inputs_give_the_same_bytes(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = reports.render(made(), form)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    if form == "xlsx":
        time.sleep(2.1)  # the clock of an archive ticks in steps of two seconds
    assert reports.render(made(), form) == first


@pytest.mark.parametrize("form", reports.FORMATS)
def test_every_format_has_the_hash_of_every_file(form: str) -> None:
    text = reports.render(made(), form)
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(text))
        text = "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row).encode()
    assert len(made().files()) >= 4
    for expression in made().files():
        assert expression.source.sha256.encode() in text


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html", "sarif"])
def test_every_format_shows_both_sides_of_a_difference(form: str) -> None:
    text = reports.render(made(), form).decode().replace("\\", "")
    assert [words for words in ("17:00", "18:00", "+85229797408", "+85229797409") if words not in text] == []


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_says_why_it_matters(name: str) -> None:
    assert re.fullmatch(r"[A-Z].{30,120}\.", WHY[name])


def test_nothing_that_is_no_check_says_why_it_matters() -> None:
    assert set(WHY) == set(CHECKS)


# Which text governs --------------------------------------------------------------------------------------------------


def test_the_english_text_governs_where_the_circular_says_so() -> None:
    one = pair("translation")
    assert governs(one) == "left"
    assert governs(msgspec.structs.replace(one, left=one.right, right=one.left)) == "right"
    for form in ("text", "markdown", "html"):
        assert "English text governs" in reports.render(reports.report([one]), form).decode()


def test_nothing_governs_where_no_text_says_so_or_both_are_english() -> None:
    one = pair("translation")
    silent = [msgspec.structs.replace(side, text="A notice.") for side in (one.left, one.right)]
    assert governs(msgspec.structs.replace(one, left=silent[0], right=silent[1])) is None
    assert governs(pair("sibling")) is None
    assert "governs" not in reports.render(reports.report([pair("sibling")]), "text").decode()


# Highlighted words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        ("no later than 5:00 p.m.", "no later than 6:00 p.m.", ["5:00"]),
        ("HK$1,250 before 31 July", "HK$1,250 before 30 July", ["31"]),
        ("下午5時正或之前", "下午6時正或之前", ["5"]),
        ("call 2979 7408", "call 2979 7409", ["7408"]),
        ("CPs must reply", "CPs must reply in writing", []),
        ("5:00 p.m.", "下午6時正", ["5:00 p.m."]),
        ("the same", "the same", ["the same"]),
    ],
)
def test_the_words_that_differ_are_marked(ours: str, theirs: str, wanted: list[str]) -> None:
    pieces = marked(ours, theirs)
    assert "".join(piece.text for piece in pieces) == ours
    assert [piece.text for piece in pieces if piece.marked] == wanted


def test_a_quote_stands_in_its_line() -> None:
    text = f"Title\nCPs must reply by 5 May 2026 in writing.\n{'x' * 500}"
    start = text.index("5 May")
    assert around(text, start, start + 10) == ("CPs must reply by ", " in writing.")
    start = text.index("x") + 200
    assert around(text, start, start + 1) == ("…" + "x" * 60, "x" * 60 + "…")


def test_a_very_long_quote_is_cut_and_not_compared_word_by_word() -> None:
    assert marked("a " * 50_000, "b " * 50_000) == [Piece("a " * 299 + "a…", marked=True)]


# HTML ----------------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """The elements of a page, its attributes, and what is marked in it."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.attributes: set[str] = set()
        self.marks: list[str] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if self.seen and self.seen[-1] == "mark":
            self.marks.append(data)
            self.seen.append("")


def test_the_page_marks_what_differs_and_tells_why_it_matters() -> None:
    page = Page(reports.render(made(), "html"))
    assert {"5:00 p.m.", "下午6時正"} <= {mark.strip() for mark in page.marks}
    text = reports.render(made(), "html").decode()
    assert WHY["times"] in text
    assert text.count("<section") == 3
    assert text.count("Compared and found equal") == 2


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    for report in (made(), hostile()):
        page = Page(reports.render(report, "html"))
        assert not {"script", "link", "img", "iframe"} & set(page.seen)
        assert not {"src", "onload", "style"} & page.attributes


# Markdown and workbook -----------------------------------------------------------------------------------------------


def test_hostile_text_breaks_no_row_and_steers_no_terminal() -> None:
    for form in ("text", "markdown"):
        text = reports.render(hostile(), form).decode()
        assert not {char for char in text if char in "\x1b\u202e"}
    rows = [line for line in text.splitlines() if line.startswith(("| text |", "| error |"))]
    assert [row.replace("\\|", "").count("|") for row in rows][:2] == [5, 6]
    book = openpyxl.load_workbook(io.BytesIO(reports.render(hostile(), "xlsx")))
    assert {cell.data_type for row in book["Findings"].iter_rows(min_row=2) for cell in row if cell.value} <= {"s", "n"}


def test_the_workbook_has_findings_pairs_what_is_equal_and_typed_days() -> None:
    book = openpyxl.load_workbook(io.BytesIO(reports.render(made(), "xlsx")))
    assert book.sheetnames == ["Findings", "Pairs", "Equal", "Files"]
    findings = list(book["Findings"].values)
    assert len(findings) - 1 == len(made().findings())
    clock = next(row for row in findings if row[1] == "times")
    assert (clock[0], clock[4], clock[8], clock[11], clock[12]) == ("error", "17:00", "18:00", "left", WHY["times"])
    issued = {row[5].date() for row in list(book["Files"].values)[1:]}
    assert issued == {date(2026, 7, 6)}


def test_a_text_like_a_formula_stays_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("A", ("x",), [["=1+1"], ["y" * 40_000]])])))
    cells = [row[0] for row in book["A"].iter_rows(min_row=2)]
    assert (cells[0].value, cells[0].data_type) == ("=1+1", "s")
    assert len(cells[1].value) == 32_767


# SARIF ---------------------------------------------------------------------------------------------------------------


def test_sarif_has_what_its_schema_asks_for() -> None:
    log = json.loads(reports.render(made(), "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert (run["tool"]["driver"]["name"], [rule["id"] for rule in rules]) == ("circulars", sorted(CHECKS))
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    files = made().files()
    assert [one["hashes"]["sha-256"] for one in run["artifacts"]] == [expression.source.sha256 for expression in files]
    assert len(run["results"]) == len(made().findings())
    for result in run["results"]:
        assert result["level"] in {"error", "warning", "note"}
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        for place in (*result["locations"], *result.get("relatedLocations", [])):
            where = place["physicalLocation"]
            expression = files[where["artifactLocation"]["index"]]
            assert where["artifactLocation"]["uri"] == run["artifacts"][where["artifactLocation"]["index"]]["location"]["uri"]
            assert "region" not in where  # these files are nowhere
            if read := place.get("properties"):
                start, length = read["charOffset"], read["charLength"]
                assert expression.text[start : start + length] == place["message"]["text"]
    assert any("properties" in place for result in run["results"] for place in result["locations"])
    assert len({result["partialFingerprints"]["difference/v1"] for result in run["results"]}) > 1


MARKED = "# Notice\n\nPlease reply **by 5 May 2026** at noon.\nOpen on 7 May 2026.\n"


@pytest.mark.parametrize(
    ("data", "quote", "number", "wanted"),
    [
        (MARKED.encode(), "5 May 2026", 0, (3, 19, "5 May 2026")),
        (b"\xef\xbb\xbf" + MARKED.encode(), "7 May 2026", 0, (4, 9, "7 May 2026")),  # a byte order mark is no character
        (MARKED.replace("\n", "\r\n").encode(), "7 May 2026", 0, (4, 9, "7 May 2026")),
        (f"{MARKED}Open on 7 May 2026.\n".encode(), "7 May 2026", 1, (5, 9, "7 May 2026")),  # the second of two
        ("公告\n於2026年5月5日或之前".encode(), "2026年5月5日", 0, (2, 2, "2026年5月5日")),
        ("公告\n於2026年5月5日或之前".encode("big5"), "2026年5月5日", 0, None),  # not in UTF-8
        (b"<p>by 5 <b>May</b> 2026 at noon, we are open.</p>", "5 May 2026", 0, None),  # the file prints it with markup
    ],
)
def test_a_region_is_a_place_in_the_file_itself(
    tmp_path: Path, data: bytes, quote: str, number: int, wanted: tuple[int, int, str] | None
) -> None:
    path = tmp_path / ("notice.html" if data.startswith(b"<") else "notice.txt")
    path.write_bytes(data)
    expression = pipeline.read(path)
    starts = [match.start() for match in re.finditer(re.escape(quote), expression.text)]
    span = starts[number], starts[number] + len(quote)
    finding = Finding(check="dates", level="error", message="x", left=Side(value=quote, quote=quote, span=span))
    log = json.loads(reports.render(reports.report([], [Told(expression=expression, findings=(finding,))]), "sarif"))
    (place,) = log["runs"][0]["results"][0]["locations"]
    region = place["physicalLocation"].get("region")
    assert (region and (region["startLine"], region["startColumn"], region["snippet"]["text"])) == wanted
    assert place["message"]["text"] == quote
    if region:
        start = region["charOffset"]
        assert data.decode("utf-8-sig")[start : start + region["charLength"]] == quote


def test_a_file_that_has_changed_since_it_was_read_has_no_regions(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(MARKED, "utf-8")
    expression = pipeline.read(path)
    path.write_text(f"Changed. {MARKED}", "utf-8")
    assert texts([expression]) == {}


def test_a_path_with_spaces_or_chinese_is_a_uri() -> None:
    from kb.sarif import uri

    assert uri("in box/通告.pdf") == "in%20box/%E9%80%9A%E5%91%8A.pdf"
    assert uri("/data/a b.pdf") == "file:///data/a%20b.pdf"


# The commands --------------------------------------------------------------------------------------------------------


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kb.resources import examples

    path = tmp_path_factory.mktemp("base") / "base.db"
    assert run("add", examples(), "--db", path, "--no-isolate").exit_code == 0
    return path


@pytest.mark.parametrize("form", reports.FORMATS)
def test_a_base_is_reported_the_same_each_time(base: Path, tmp_path: Path, form: str) -> None:
    for name in ("a", "b"):
        assert run("report", "--db", base, "--format", form, "--output", tmp_path / name).exit_code == 0
    data = (tmp_path / "a").read_bytes()
    assert data == (tmp_path / "b").read_bytes()
    assert len(data) > 1000


def test_a_report_can_be_of_one_circular_or_since_a_day(base: Path) -> None:
    everything = json.loads(run("report", "--db", base, "--format", "json").output)
    number = everything["pairs"][0]["left"]["number"]
    one = json.loads(run("report", "--db", base, "--format", "json", "--circular", f" {number.lower()} ").output)
    assert 0 < len(one["pairs"]) < len(everything["pairs"])
    assert all(number in (pair["left"]["number"], pair["right"]["number"]) for pair in one["pairs"])
    assert json.loads(run("report", "--db", base, "--format", "json", "--since", "2000-01-01").output) == everything
    assert json.loads(run("report", "--db", base, "--format", "json", "--since", "2099-01-01").output)["pairs"] == []


def test_a_circular_that_is_not_there_is_told(base: Path) -> None:
    result = run("report", "--db", base, "--circular", "X/1")
    assert (result.exit_code, "no circular X/1" in result.output) == (2, True)


@pytest.mark.parametrize("command", [("report",), ("diff", "a.txt", "b.txt")])
def test_a_workbook_is_not_printed(command: tuple[str, ...]) -> None:
    result = run(*command, "--format", "xlsx")
    assert (result.exit_code, "--output" in result.output) == (2, True)


@pytest.mark.parametrize("form", ["sarif", "xlsx"])
def test_two_files_are_compared_into_every_format(tmp_path: Path, form: str) -> None:
    from kb.resources import examples

    left, right = examples() / "seoch-en.txt", examples() / "seoch-zh.html"
    result = run("diff", left, right, "--no-isolate", "--format", form, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert (tmp_path / "out").stat().st_size > 1000
