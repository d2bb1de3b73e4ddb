"""The examples: what reading them gives, and that the planted disagreement, and nothing else, is found."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ingest.issuers import houses
from ingest.model import Expression
from ingest.pipeline import read
from kb.pairs import find

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = ("hkscc-en.html", "hkscc-zh.txt", "seoch-en.txt", "seoch-zh.html")
CHINESE = ("hkscc-zh.txt", "seoch-zh.html")


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def circular(name: str) -> Expression:
    return read(EXAMPLES / name)


HEADERS = {
    "hkscc-en.html": ("HKSCC", "CD/OES/CCASS/004/2027", "en", "Move of CCASS Settlement Reports to the Report Hub"),
    "hkscc-zh.txt": ("HKSCC", "CD/OES/CCASS/004/2027", "zh-Hant", "中央結算系統交收報告遷移至報告平台"),
    "seoch-en.txt": ("SEOCH", "CD/OES/SEOCH/005/2027", "en", "Move of DCASS Settlement Reports to the Report Hub"),
    "seoch-zh.html": ("SEOCH", "CD/OES/SEOCH/005/2027", "zh-Hant", "衍生產品結算及交收系統交收報告遷移至報告平台"),
}


def test_header(name: str, circular: Expression) -> None:
    title = str(circular.title).partition(" – ")[0]
    assert (circular.issuer, circular.number, circular.lang, title, circular.issued) == (*HEADERS[name], date(2027, 1, 11))


def test_deadlines(name: str, circular: Expression) -> None:
    rehearsal = date(2027, 3, 19) if name == "seoch-zh.html" else date(2027, 3, 18)
    assert {(found.relation, found.stated, found.due, found.due_business, found.time, found.modality) for found in circular.deadlines} == {
        ("before", date(2027, 2, 26), date(2027, 2, 25), date(2027, 2, 25), None, "must"),
        ("by", date(2027, 1, 27), date(2027, 1, 27), date(2027, 1, 27), None, "should"),
        ("by", rehearsal, rehearsal, rehearsal, "17:30", "must"),
        ("on", date(2027, 2, 25), date(2027, 2, 25), date(2027, 2, 25), None, "must"),
    }


def test_deadlines_in_the_body_name_who_must_act(name: str, circular: Expression) -> None:
    bearers = {found.bearer for found in circular.deadlines if found.relation != "on"}
    assert bearers == {("參與者",) if name in CHINESE else ("CPs",)}


def test_failing_to_nominate_has_a_consequence(name: str, circular: Expression) -> None:
    told = {found.consequence for found in circular.deadlines if found.relation == "before"}
    word = "報告平台帳戶" if name in CHINESE else "no settlement reports"
    assert [word in str(consequence) for consequence in told] == [True]


def test_briefings_share_the_hours_of_the_merged_cell(circular: Expression) -> None:
    hours = {
        (found.start, found.time, found.end_time)
        for found in circular.dates
        if found.start in (date(2027, 2, 2), date(2027, 2, 3)) and found.time
    }
    assert hours == {(date(2027, 2, day), "16:15", "17:30") for day in (2, 3)}


def test_contacts(name: str, circular: Expression) -> None:
    house, tel = ("hkscc", "+85229797640") if name.startswith("hkscc") else ("seoch", "+85229797685")
    found = {(contact.kind, contact.value) for contact in circular.contacts}
    signatory = "霍敏兒" if name in CHINESE else "Miranda Fok"
    assert found == {
        ("tel", tel),
        ("email", f"reporthub@{house}.example"),
        ("url", "https://rehearsal.reporthub.example/"),
        ("person", signatory),
    }


def test_the_earlier_circular_is_cited(name: str, circular: Expression) -> None:
    number = "CD/OES/CCASS/096/2026" if name.startswith("hkscc") else "CD/OES/SEOCH/097/2026"
    assert [(found.number, found.issued) for found in circular.references] == [(number, date(2026, 11, 23))]


def test_the_schedule_gives_an_event_for_each_line(circular: Expression) -> None:
    schedule = max(event.table for event in circular.events)
    assert [(event.start, event.end) for event in circular.events if event.table == schedule] == [
        (date(2027, 1, 18), date(2027, 1, 18)),
        (date(2027, 2, 2), date(2027, 2, 3)),
        (date(2027, 2, 25), date(2027, 2, 25)),
        (date(2027, 3, 1), date(2027, 3, 10)),
        (date(2027, 3, 13), date(2027, 3, 13)),
        (date(2027, 4, 19), date(2027, 4, 19)),
        (date(2027, 4, 19), date(2027, 4, 19)),
    ]


def test_the_footer_of_the_page_is_not_the_circular(circular: Expression) -> None:
    assert date(2027, 1, 12) not in {found.start for found in circular.dates}


def test_nothing_is_left_unexplained(circular: Expression) -> None:
    assert (circular.unexplained, circular.warnings) == ((), ())


def circulars(*arguments: object, home: Path) -> tuple[int, str]:
    """Exit status and output of the command, as a user of another folder types it."""
    command = [sys.executable, "-c", "from kb.cli import circulars; circulars(prog_name='circulars')", *map(str, arguments)]
    run = subprocess.run(command, cwd=home, env={**os.environ, "COLUMNS": "160"}, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        ("hkscc-en.html", "seoch-en.txt", 0),
        ("hkscc-en.html", "hkscc-zh.txt", 0),
        ("seoch-en.txt", "seoch-zh.html", 1),
        ("hkscc-zh.txt", "seoch-zh.html", 1),
    ],
)
def test_only_what_is_planted_disagrees(left: str, right: str, status: int, tmp_path: Path) -> None:
    assert circulars("diff", EXAMPLES / left, EXAMPLES / right, home=tmp_path)[0] == status


def test_the_demo_shows_the_deadlines_and_the_disagreement(tmp_path: Path) -> None:
    shown = circulars("demo", "--no-serve", home=tmp_path)[1]
    days = ("2027-01-27", "2027-02-25", "2027-03-18", "2027-03-19")
    assert [day for day in days if day not in shown] == []


def test_the_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    circulars("demo", "--no-serve", home=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_difference_between_houses_is_told_once_for_each_language() -> None:
    """Two houses in two languages are four pairs, not six: the Chinese of one and the English of the other meet through a translation."""
    expressions = [read(EXAMPLES / name) for name in NAMES]
    found = [(pair.relation, expressions[pair.left].lang[:2], expressions[pair.right].lang[:2]) for pair in find(expressions, houses())]
    assert sorted(found) == [("sibling", "en", "en"), ("sibling", "zh", "zh"), ("translation", "en", "zh"), ("translation", "en", "zh")]


def test_the_examples_are_copied_for_whoever_has_only_the_program(tmp_path: Path) -> None:
    assert circulars("demo", "--copy", str(tmp_path / "inbox"), home=tmp_path)[0] == 0
    copied = {path.name: path.read_bytes() for path in (tmp_path / "inbox").iterdir()}
    assert copied == {path.name: path.read_bytes() for path in map(EXAMPLES.joinpath, NAMES)}


def test_a_copy_of_the_examples_writes_over_nothing(tmp_path: Path) -> None:
    (inbox := tmp_path / "inbox").mkdir()
    (inbox / "seoch-en.txt").write_text("mine")
    assert circulars("demo", "--copy", str(inbox), home=tmp_path)[0] == 2
    assert [path.read_text() for path in inbox.iterdir()] == ["mine"]
