"""People decide on facts; what they decide holds, whatever is read, and the log knows of it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

import kb.store
from ingest.model import Expression
from ingest.pipeline import read
from kb import doctor, force, intake, reading, store
from kb.cli import circulars

NUMBER = "CD/OES/SEOCH/005/2026"
NOTICE = f"""Date: 6 July 2026

Subject: Fees

Ref. No.: {NUMBER}

Clearing Participants must return the form by 17 July 2026.

Clearing Participants must pay the fee of HK$5,000 by 31 July 2026.

The seminar takes place on 3 August 2026 at 10:00.

Enquiries: 2979 7341
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("added")
    (folder / "notice.txt").write_text(NOTICE, "utf-8")
    assert run("add", folder / "notice.txt", "--db", folder / "some.db").exit_code == 0
    return folder


@pytest.fixture
def db(tmp_path: Path, added: Path) -> Iterator[Path]:
    for name in ("notice.txt", "some.db"):
        shutil.copy(added / name, tmp_path / name)
    path = tmp_path / "some.db"
    yield path
    assert run("audit", "--verify", "--db", path).exit_code == 0
    assert doctor.examine(path).faults == ()


@pytest.fixture
def file(db: Path) -> Path:
    return db.parent / "notice.txt"


def reviewed(db: Path, *options: str) -> list[dict[str, Any]]:
    """The facts as the command prints them."""
    result = run("review", NUMBER, "--format", "json", "--db", db, *options)
    found: list[dict[str, Any]] = json.loads(result.stdout or "[]")
    return found


def fact(db: Path, kind: str, quote: str = "") -> dict[str, Any]:
    """The one fact of this kind whose words hold these."""
    [one] = [one for one in reviewed(db, "--kind", kind) if quote in one["quote"]]
    return one


def value(one: dict[str, Any], name: str) -> object:
    return json.loads(one["value"])[name] if one["value"] else None


def decide(db: Path, command: str, name: str, *options: str) -> Result:
    result = run(command, name, "--who", "Amy", "--why", "as printed", "--db", db, *options)
    assert result.exit_code == 0, result.output
    return result


def correct(db: Path, kind: str, quote: str, **changes: str) -> str:
    """Correct a fact; gives its name."""
    name: str = fact(db, kind, quote)["id"]
    decide(db, "correct", name, *(part for field, said in changes.items() for part in ("--set", f"{field}={said}")))
    return name


def asked(db: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(query).fetchall()


def acts(db: Path) -> list[tuple[str, str, str]]:
    """The log: act, subject and who."""
    return asked(db, "SELECT act, subject, who FROM decisions ORDER BY id")


FORM, FEE = "by 17 July 2026", "by 31 July 2026"

# What is decided holds ------------------------------------------------------------------------------------------------


def test_every_fact_has_a_name_of_its_own_and_is_unreviewed(db: Path) -> None:
    found = reviewed(db)
    assert {one["state"] for one in found} == {"unreviewed"}
    assert len({one["id"] for one in found}) == len(found)
    assert {"issuer", "number", "issued", "title", "dates", "times", "deadlines", "contacts", "amounts"} <= {one["kind"] for one in found}
    assert [one["id"] for one in json.loads(run("review", "notice.txt", "--format", "json", "--db", db).stdout)] == [
        one["id"] for one in found
    ]


def test_a_corrected_deadline_is_what_every_list_shows_and_says_by_whom(db: Path) -> None:
    name = correct(db, "deadlines", FEE, stated="2026-08-02", due="2026-08-02")
    one = fact(db, "deadlines", FEE)
    assert (one["state"], one["decided_by"], one["why"], value(one, "due")) == ("corrected", "Amy", "as printed", "2026-08-02")
    assert json.loads(one["read"])["due"] == "2026-07-31", "how it is read stays beside it"
    assert value(one, "due_business") == "2026-07-31", "2 August 2026 is a Sunday"
    due = json.loads(run("due", "--all", "--format", "json", "--db", db).stdout)
    assert [(one["due"], one["corrected_by"]) for one in due] == [("2026-07-17", None), ("2026-08-02", "Amy")]
    assert "corrected by Amy" in run("due", "--all", "--db", db).stdout
    assert "corrected by Amy" in run("obligations", "--db", db).stdout
    for view in ("upcoming", "all_obligations", "deadlines_view"):
        assert asked(db, f"SELECT corrected_by FROM {view} WHERE due = '2026-08-02'") == [("Amy",)], view
    assert "2026-08-02" in run("export", "--db", db).stdout
    assert acts(db) == [("correct", name, "Amy")]


def test_a_rejected_fact_leaves_every_list_but_its_own(db: Path) -> None:
    decide(db, "reject", fact(db, "deadlines", FORM)["id"])
    assert [one["due"] for one in json.loads(run("due", "--all", "--format", "json", "--db", db).stdout)] == ["2026-07-31"]
    assert asked(db, "SELECT due FROM deadlines_view") == [("2026-07-31",)]
    one = fact(db, "deadlines", FORM)
    assert (one["state"], one["value"], json.loads(one["read"])["due"]) == ("rejected", None, "2026-07-17")
    assert "rejected" in run("review", NUMBER, "--db", db).stdout


def test_an_accepted_fact_holds_as_it_is_read(db: Path) -> None:
    decide(db, "accept", fact(db, "times", "10:00")["id"])
    [one] = reviewed(db, "--state", "accepted")
    assert (one["kind"], one["value"] == one["read"], one["reading"]) == ("times", True, "same")


def test_reopen_makes_a_fact_what_is_read(db: Path) -> None:
    before = reviewed(db)
    name = correct(db, "deadlines", FEE, stated="2026-08-02", due="2026-08-02")
    decide(db, "reject", name)
    assert run("reopen", name, "--who", "Ben", "--db", db).exit_code == 0
    assert [{**one, "expression": 0} for one in reviewed(db)] == [{**one, "expression": 0} for one in before]
    assert asked(db, "SELECT count(*) FROM reviews") == [(0,)]
    assert acts(db) == [("correct", name, "Amy"), ("reject", name, "Amy"), ("reopen", name, "Ben")]


@pytest.mark.parametrize(
    ("kind", "quote", "changes", "query", "told"),
    [
        (
            "dates",
            "3 August",
            {"start": "2026-08-04", "end": "2026-08-05"},
            "SELECT start FROM dates WHERE quote LIKE '3 Aug%'",
            "2026-08-04",
        ),
        ("times", "10:00", {"time": "22:00"}, "SELECT time FROM times WHERE quote = '10:00'", "22:00"),
        (
            "contacts",
            "7341",
            {"value": "+85229797342", "label": "Desk"},
            "SELECT value FROM who_to_call WHERE corrected_by = 'Amy'",
            "+85229797342",
        ),
        ("amounts", "5,000", {"value": "50000"}, "SELECT value FROM amounts", 50000),
        (
            "deadlines",
            FEE,
            {"bearer": "CPs; Designated Banks"},
            "SELECT bearer FROM upcoming WHERE corrected_by = 'Amy'",
            "CPs, Designated Banks",
        ),
        (
            "deadlines",
            FEE,
            {"relation": "until", "action": "pay", "tentative": "yes"},
            "SELECT relation FROM upcoming WHERE tentative",
            "until",
        ),
        ("deadlines", FEE, {"stated": "", "due": ""}, "SELECT why FROM deadlines_view WHERE due IS NULL", "no date is stated"),
        ("issued", "", {"issued": "2026-07-07"}, "SELECT issued FROM circulars", "2026-07-07"),
        ("title", "", {"title": "Fees of 2026"}, "SELECT title_en FROM circulars", "Fees of 2026"),
        ("number", "", {"number": "CD/OES/SEOCH/006/2026"}, "SELECT number FROM circulars", "CD/OES/SEOCH/006/2026"),
    ],
)
def test_each_kind_of_fact_can_be_corrected(db: Path, kind: str, quote: str, changes: dict[str, str], query: str, told: object) -> None:
    correct(db, kind, quote, **changes)
    assert asked(db, query) == [(told,)]


def test_what_was_decided_on_an_obligation_holds_when_its_deadline_is_corrected(db: Path) -> None:
    [name] = [one["id"] for one in json.loads(run("due", "--all", "--format", "json", "--db", db).stdout) if one["due"] == "2026-07-31"]
    run("done", name, "--who", "Amy", "--db", db)
    correct(db, "deadlines", FEE, stated="2026-08-02", due="2026-08-02")
    correct(db, "number", "", number="CD/OES/SEOCH/006/2026")
    assert asked(db, "SELECT id, due, status FROM obligations WHERE status = 'done'") == [(name, "2026-08-02", "done")]


def test_a_decision_makes_nothing_new(db: Path) -> None:
    before = asked(db, "SELECT sha256, added, edition FROM sources")
    decide(db, "accept", fact(db, "times", "10:00")["id"])
    assert asked(db, "SELECT sha256, added, edition FROM sources") == before


HEAD = f"""編號
Ref. {NUMBER}
No.:
日期
Date: 06/07/2026

香港聯合交易所期權結算所有限公司

THE SEHK OPTIONS CLEARING HOUSE LIMITED

通告 CIRCULAR

"""
PAIR = {
    "en": f"""{HEAD}Subject: Annual Certification of Participants

Clearing Participants must return the annual certification form no later than 5:30 p.m. on 17 July 2026 (Friday).

Clearing Participants must nominate two contact persons by 31 July 2026 (Friday).
""",
    "zh": f"""{HEAD}事項：年度參與者年度認證

結算參與者必須不遲於2026年7月24日（星期五）下午5時30分交回年度認證表格。

結算參與者必須於2026年7月31日（星期五）或之前委任兩名聯絡人。
""",
}


@pytest.mark.parametrize(("quote", "day"), [("24日", "2026-07-17"), ("17 July", "2026-07-24")])
def test_a_finding_that_a_corrected_deadline_leaves_is_told_with_the_day_to_correct(tmp_path: Path, quote: str, day: str) -> None:
    db = tmp_path / "pair.db"
    for lang, text in PAIR.items():
        (tmp_path / f"{lang}.txt").write_text(text, "utf-8")
    run("add", tmp_path, "--db", db)
    query = "SELECT name FROM findings WHERE \"check\" = 'deadlines'"
    [(finding,)] = asked(db, query)
    one = fact(db, "deadlines", quote)
    result = decide(db, "correct", one["id"], "--set", f"stated={day}", "--set", f"due={day}")
    mention = fact(db, "dates", quote)
    read = json.loads(mention["read"])["start"]
    assert result.stderr == (
        f"finding {finding} (deadlines) stays: it compares {mention['quote']!r}, which is read as {read}; correct {mention['id']} as well\n"
    )
    assert decide(db, "correct", mention["id"], "--set", f"start={day}", "--set", f"end={day}").stderr == ""
    assert asked(db, query) == []


def test_a_corrected_deadline_on_which_nothing_disagrees_tells_nothing(db: Path) -> None:
    result = decide(db, "correct", fact(db, "deadlines", FEE)["id"], "--set", "stated=2026-08-02", "--set", "due=2026-08-02")
    assert result.stderr == ""


# Read anew ------------------------------------------------------------------------------------------------------------


def other_edition(monkeypatch: pytest.MonkeyPatch, change: dict[str, str]) -> None:
    """From now on the reader is another one, whose rules read some words otherwise: nothing, or these fields with other values."""
    monkeypatch.setattr(kb.store, "edition", lambda: "another")
    whole = reading.answers

    def answers(files: Any, how: Any, workers: int = 1) -> Iterator[Any]:
        for answer in whole(files, how=how, workers=workers):
            yield [edited(one, change) if isinstance(one, Expression) else one for one in answer]

    monkeypatch.setattr(reading, "answers", answers)


def edited(expression: Expression, change: dict[str, str]) -> Expression:
    quote, fields = change["quote"], {name: told for name, told in change.items() if name != "quote"}
    kept = [one for one in expression.deadlines if one.quote != quote or fields]
    new = [msgspec.convert({**msgspec.to_builtins(one), **fields}, type(one)) if one.quote == quote else one for one in kept]
    return msgspec.structs.replace(expression, deadlines=tuple(new))


def test_a_correction_survives_the_same_rules_and_another_edition(db: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    correct(db, "deadlines", FEE, stated="2026-08-02", due="2026-08-02")
    before = reviewed(db)
    assert run("add", file, "--db", db).stderr == ""
    other_edition(monkeypatch, {"quote": "nothing"})
    result = run("add", file, "--db", db)
    assert (result.stdout, result.stderr) == ("0 read, 1 read again, 0 unchanged, 0 failed\n", "")
    assert [{**one, "expression": 0} for one in reviewed(db)] == [{**one, "expression": 0} for one in before]


@pytest.mark.parametrize(
    ("change", "told", "reading"),
    [
        ({"quote": FEE, "due": "2026-07-30"}, "is now read as", "changed"),
        ({"quote": FEE, "stated": "2026-08-02", "due": "2026-08-02"}, "is now read as it was corrected", "changed"),
        ({"quote": FEE}, "is no longer read", "gone"),
    ],
)
def test_rules_that_read_a_reviewed_fact_otherwise_say_so_and_the_decision_holds(
    db: Path, file: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, str], told: str, reading: str
) -> None:
    name = correct(db, "deadlines", FEE, stated="2026-08-02", due="2026-08-02")
    other_edition(monkeypatch, change)
    result = run("add", file, "--db", db)
    assert result.stderr.startswith(f"fact {name} of {NUMBER} (deadlines, '{FEE}') {told}")
    one = fact(db, "deadlines", FEE)
    assert (one["id"], one["state"], one["reading"], value(one, "due")) == (name, "corrected", reading, "2026-08-02")
    assert asked(db, "SELECT reading FROM reviewed_facts") == [(reading,)]
    assert asked(db, "SELECT due, corrected_by FROM upcoming ORDER BY due") == [("2026-07-17", None), ("2026-08-02", "Amy")]
    assert run("add", file, "--db", db).stderr == "", "what is known is not told again"
    run("reopen", name, "--who", "Amy", "--db", db)
    with store.open_to_read(db) as opened:
        [there] = store.expressions(opened)
    assert there.deadlines == edited(read(file), change).deadlines


def test_rules_that_take_more_words_for_a_fact_still_mean_it(db: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = correct(db, "deadlines", FEE, stated="2026-08-02", due="2026-08-02")
    [old] = [one for one in read(file).deadlines if one.quote == FEE]
    longer = {"quote": FEE, "span": (old.span[0] - 4, old.span[1])}
    monkeypatch.setattr(kb.store, "edition", lambda: "another")
    text = read(file).text
    whole = reading.answers

    def answers(files: Any, how: Any, workers: int = 1) -> Iterator[Any]:
        for answer in whole(files, how=how, workers=workers):
            for one in answer:
                new = msgspec.structs.replace(old, span=longer["span"], quote=text[slice(*longer["span"])])
                kept = (new if deadline.quote == FEE else deadline for deadline in one.deadlines)
                yield [msgspec.structs.replace(one, deadlines=tuple(kept))]

    monkeypatch.setattr(reading, "answers", answers)
    assert f"fact {name} of {NUMBER}" in run("add", file, "--db", db).stderr
    assert [(one["id"], value(one, "due")) for one in reviewed(db, "--state", "corrected")] == [(name, "2026-08-02")]


def test_a_review_follows_its_line_through_a_changed_file(db: Path, file: Path) -> None:
    name = correct(db, "deadlines", FEE, stated="2026-08-02", due="2026-08-02")
    file.write_text(NOTICE.replace("Clearing Participants must return", "Please note this.\n\nClearing Participants must return"), "utf-8")
    assert run("add", file, "--db", db).stderr == ""
    assert [(one["id"], value(one, "due")) for one in reviewed(db, "--state", "corrected")] == [(name, "2026-08-02")]


def test_a_review_whose_words_are_gone_is_adrift_and_holds_again_when_they_are_back(db: Path, file: Path) -> None:
    name = correct(db, "deadlines", FEE, stated="2026-08-02", due="2026-08-02")
    file.write_text(NOTICE.replace(" by 31 July 2026", " soon"), "utf-8")
    assert f"fact {name} of {NUMBER} is no longer found; Amy decided on it (correct" in run("add", file, "--db", db).stderr
    assert asked(db, "SELECT subject FROM decisions_adrift") == [(name,)]
    assert asked(db, "SELECT due FROM upcoming") == [("2026-07-17",)]
    assert asked(db, "SELECT reading FROM reviewed_facts") == [("lost",)]
    assert run("accept", name, "--who", "Amy", "--why", "yes", "--db", db).stderr.startswith(
        f"Error: {name} is no longer found in any text"
    )
    file.write_text(NOTICE, "utf-8")
    run("add", file, "--db", db)
    assert value(fact(db, "deadlines", FEE), "due") == "2026-08-02"


def test_the_same_words_twice_are_two_facts(tmp_path: Path) -> None:
    file, db = tmp_path / "two.txt", tmp_path / "two.db"
    line = "Clearing Participants must pay by 31 July 2026.\n\n"
    file.write_text(f"Date: 6 July 2026\n\nRef. No.: {NUMBER}\n\n{line}{line}", "utf-8")
    run("add", file, "--db", db)
    first, second = (one["id"] for one in reviewed(db, "--kind", "deadlines"))
    decide(db, "correct", second, "--set", "stated=2026-08-02", "--set", "due=2026-08-02")
    assert [(one["id"], value(one, "due")) for one in reviewed(db, "--kind", "deadlines")] == [
        (first, "2026-07-31"),
        (second, "2026-08-02"),
    ]


def test_both_files_of_a_circular_say_what_was_decided(db: Path, file: Path) -> None:
    copy = file.with_name("copy.txt")
    copy.write_text(NOTICE + "\nThank you.\n", "utf-8")
    run("add", copy, "--db", db)
    correct(db, "deadlines", FEE, stated="2026-08-02", due="2026-08-02")
    assert asked(db, "SELECT due, corrected_by FROM deadlines_view WHERE due > '2026-07-20'") == [("2026-08-02", "Amy")] * 2


def test_what_was_read_comes_back_whole(file: Path) -> None:
    """Every second fact is rejected, every other one accepted; taken back, the expression is what it was."""
    told = read(file)
    work, source = force.work_of(told), told.source.sha256
    reviews = [
        force.Review(
            name=one.name,
            decision=place,
            act="reject" if place % 2 else "accept",
            work=work,
            source=source,
            kind=one.kind,
            quote=one.quote,
            line=one.line,
            span=one.span,
            read=one.read,
            value=None if place % 2 else one.read,
        )
        for place, one in enumerate(force.known(told))
    ]
    holds, places = force.in_force(told, reviews)
    assert holds != told
    assert {place.reading for place in places} == {"same"}
    assert force.as_read(holds, places) == told


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "options", "reason"),
    [
        ("correct", ("x-00000000", "--set", "due=2026-08-02"), "there is no fact 'x-00000000'"),
        ("correct", ("x-", "--set", "due=2026-08-02"), "is not one fact"),
        ("correct", ("{id}", "--set", "due"), "is no change"),
        ("correct", ("{id}", "--set", "day=2026-08-02"), "deadlines have no field 'day'"),
        ("correct", ("{id}", "--set", "quote=x"), "deadlines have no field 'quote'"),
        ("correct", ("{id}", "--set", "due=2 August"), "write a day as 2027-01-08"),
        ("correct", ("{id}", "--set", "due=2026-08-02"), "set both stated and due"),
        ("correct", ("{id}", "--set", "time=25:00"), "is no clock time"),
        ("correct", ("{id}", "--set", "due=18/3/2027"), "due cannot be '18/3/2027'; write a day as 2027-01-08"),
        ("correct", ("{id}", "--set", "modality=shall"), "modality cannot be 'shall'; it is one of may, must, should"),
        ("correct", ("{id}", "--set", "relation=about"), "it is one of at-least-before, before, by, on, until, within"),
        ("correct", ("{id}", "--set", "modality=must"), "says that already"),
        ("accept", ("{id}", "--why", " "), "needs a reason"),
        ("reject", ("{id}", "--why", ""), "needs a reason"),
        ("reject", ("{id}", "--who", "  "), "needs the name"),
        ("reopen", ("{id}",), "nobody has decided"),
    ],
)
def test_a_decision_that_makes_no_sense_is_one_line_and_changes_nothing(
    db: Path, command: str, options: tuple[str, ...], reason: str
) -> None:
    name, before = fact(db, "deadlines", FEE)["id"], asked(db, "SELECT * FROM deadlines")
    usual = ("--who", "Amy", *(() if command == "reopen" else ("--why", "x")))
    result = run(command, *usual, *(option.replace("{id}", name) for option in options), "--db", db)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert acts(db) == []
    assert asked(db, "SELECT * FROM deadlines") == before


def test_a_circular_that_is_not_there_and_a_kind_that_is_none(db: Path) -> None:
    assert "there is no circular XX/1" in run("review", "XX/1", "--db", db).stderr
    assert "there is no kind 'days'" in run("review", NUMBER, "--kind", "days", "--db", db).stderr
    assert run("review", NUMBER, "--state", "rejected", "--db", db).stderr == "No such facts.\n"


def test_verify_names_a_review_of_which_the_log_knows_nothing(added: Path, tmp_path: Path) -> None:
    db = Path(shutil.copy(added / "some.db", tmp_path / "other.db"))
    name = correct(db, "times", "10:00", time="22:00")
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE reviews SET value = replace(value, '22:00', '23:00')")
    result = run("audit", "--verify", "--db", db)
    assert (result.exit_code, result.stderr) == (1, f"{db}: fact {name} is not as the log decides on it\n")


def test_a_decision_that_is_stopped_halfway_is_none(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = fact(db, "deadlines", FEE)["id"]

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(intake, "relate", stopped)
    run("reject", name, "--who", "Amy", "--why", "x", "--db", db)
    assert acts(db) == []
    assert fact(db, "deadlines", FEE)["state"] == "unreviewed"
