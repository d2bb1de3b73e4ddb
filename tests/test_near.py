"""What one side lacks is told with the passage of that side beside which it belongs; findings keep the names that they had without it."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from pair_factory import TEXTS, edited, pair, told
from sqlite_utils import Database

from ingest.issuers import houses
from ingest.model import Finding
from kb import intake, reports, store, verdicts
from kb.checks import compare
from kb.cli import circulars
from kb.comparison import Comparison
from kb.judged import Judged
from kb.naming import finding_names
from kb.sarif import as_sarif
from kb.saying import Voice
from kb.sources import texts

ROW = ("translation", "2026年7月13日\t開始登記終端機\t專頁\n", "rows", "日期\t事項\t地點", "f-bea3de0971a84572")
PASSAGE = (
    "sibling", " A surcharge of 2.5% applies to late forms.", "text", "Participants may ask for a refund of HK$1,250 before 31 July 2026 (Friday).",
    "f-c16c1a81573f6dd4",
)  # fmt: skip
NUMBER = ("translation", "2979 7408", "contacts", "參與者如使用少於12部終端機，應致電  通知項目支援組。", "f-888d7b08e3f4f419")
LACKING = [ROW, PASSAGE, NUMBER]
"""What the right side lacks, the check that tells, what stands there, and the name that the finding had before it said so."""


def names(one: Comparison) -> list[str]:
    sides = [store.text_name(side.issuer, side.number, side.lang, side.source.path) for side in (one.left, one.right)]
    return finding_names([(f.check, store.said(sides[0], f.left), store.said(sides[1], f.right)) for f in one.findings])


def lacking(relation: str, gone: str, check: str) -> tuple[Comparison, Finding, str]:
    one = pair(relation, (gone, ""))
    ((finding, name),) = [(f, name) for f, name in zip(one.findings, names(one), strict=True) if f.check == check and not f.right]
    return one, finding, name


@pytest.mark.parametrize(("relation", "gone", "check", "there", "name"), LACKING, ids=["row", "passage", "number"])
def test_what_is_lacking_says_where_it_belongs_and_keeps_its_name(relation: str, gone: str, check: str, there: str, name: str) -> None:
    one, finding, now = lacking(relation, gone, check)
    assert now == name
    assert finding.near is not None
    assert finding.near.quote == there
    assert finding.near.span is not None
    assert one.right.text[slice(*finding.near.span)] == there


@pytest.mark.parametrize(("relation", "gone", "check", "there", "name"), LACKING, ids=["row", "passage", "number"])
def test_it_is_the_same_place_whichever_side_lacks_it(relation: str, gone: str, check: str, there: str, name: str) -> None:
    one, finding, _ = lacking(relation, gone, check)
    turned = compare(one.right, one.left, houses())
    (found,) = [f for f in turned.findings if f.check == check and not f.left]
    assert found.near == finding.near
    assert turned.left.text[slice(*found.near.span)] == there  # type: ignore[union-attr, misc]


def test_what_both_sides_tell_belongs_nowhere_else() -> None:
    one = pair("sibling", ("12", "13"))
    assert one.findings
    assert [finding.near for finding in one.findings if finding.left and finding.right] == [None] * sum(
        1 for finding in one.findings if finding.left and finding.right
    )


def test_before_all_that_has_an_answer_there_is_no_place() -> None:
    left, right = edited("HKSCC en"), edited("HKSCC zh")
    header = [f for f in compare(left, msgspec.structs.replace(right, number=None), houses()).findings if f.check == "header"]
    assert header
    assert all(finding.near is None for finding in header)


def kept(db: Database, right: str) -> None:
    for name, text in (("en.txt", TEXTS["HKSCC en"]), ("zh.txt", right)):
        intake.relate(db, store.add(db, [told(text, name)]), houses())


def test_a_decision_made_before_places_were_told_holds(tmp_path: Path) -> None:
    """The finding is decided on by the name that it had then."""
    path, gone, name = tmp_path / "base.db", ROW[1], ROW[4]
    with store.open_db(path) as db:
        kept(db, TEXTS["HKSCC zh"].replace(gone, ""))
        _, entry = verdicts.decide(db, name, "accept", "Amy Chan", why="the page is linked instead")
        assert entry.subject == name
        kept(db, TEXTS["HKSCC zh"].replace(gone, "").replace("\n\n", "\n\n\n"))  # read again, from other bytes
        assert db.execute("SELECT state FROM findings WHERE name = ?", [name]).fetchall()[0] == ("accepted",)
    printed = CliRunner().invoke(circulars, ["check", "--decided", "--format", "json", "--db", str(path)])
    (found,) = [f for one in json.loads(printed.stdout) for f in one["findings"] if f["check"] == "rows"]
    assert (found["id"], found["state"], found["near"]["quote"]) == (name, "accepted", ROW[3])


# Where it is told ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("en", "nothing; it belongs near"), ("zh", "沒有；應載於以下內容附近")])
def test_the_page_quotes_the_place_beside_what_it_lacks(language: str, words: str) -> None:
    one, finding, _ = lacking(*ROW[:3])
    shown = BeautifulSoup(reports.render(reports.report([one], voice=Voice(language)), "html"), "lxml")
    (row,) = [row for row in shown.select("tbody tr") if len(row.select("td")) == 3 and words in row.get_text()]
    left, right = row.select("td")[1:]
    assert words not in left.get_text()
    assert right.select_one("blockquote").get_text() == finding.near.quote  # type: ignore[union-attr]
    assert right.select_one("blockquote").get("lang") == (None if language == "zh" else "zh-Hant")


def test_sarif_has_the_place_as_a_related_one() -> None:
    one, finding, _ = lacking(*ROW[:3])
    report = reports.report([one])
    (result,) = [told for told in json.loads(as_sarif(report, texts(report.files())))["runs"][0]["results"] if told["ruleId"] == "rows"]
    (place,) = result["relatedLocations"]
    assert place["message"]["text"] == finding.near.quote  # type: ignore[union-attr]
    assert (
        result["partialFingerprints"]
        == json.loads(as_sarif(reports.report([without(one)]), texts(report.files())))["runs"][0]["results"][
            [f.check for f in one.findings].index("rows")
        ]["partialFingerprints"]
    )


def without(one: Comparison) -> Comparison:
    return msgspec.structs.replace(one, findings=tuple(msgspec.structs.replace(finding, near=None) for finding in one.findings))


def test_a_judged_finding_keeps_its_place() -> None:
    _, finding, name = lacking(*ROW[:3])
    told = {"id": name, "state": "accepted", "was": "accepted", "decided_by": "Amy", "decided_at": "2026-01-01T00:00:00Z"}
    assert msgspec.convert({**msgspec.to_builtins(finding), **told}, Judged).near == finding.near
