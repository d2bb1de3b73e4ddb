"""What was decided is told by reports and left out by checks; what changed since is open again."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from site_fixture import page, words

from kb import store
from kb.cli import circulars
from kb.clock import day_of
from kb.reports import FORMATS
from kb.resources import examples
from kb.serve import datasette_for

CHINESE = "seoch-zh.html"
WHY = "the house knows"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two languages of a circular that disagree on one deadline, and a base of them."""
    folder = tmp_path_factory.mktemp("added")
    for path in sorted(examples().glob("seoch-*")):
        shutil.copy(path, folder)
    assert run("add", folder, "--db", folder / "some.db").exit_code == 0
    return folder


@pytest.fixture
def db(added: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(added, tmp_path / "base")
    path = tmp_path / "base" / "some.db"
    yield path
    assert run("audit", "--verify", "--db", path).exit_code == 0


def listed(db: Path, *command: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*command, "--format", "json", "--db", db).stdout)
    return found


def checked(db: Path, *options: str) -> list[dict[str, Any]]:
    """The findings that a check tells."""
    return [finding for one in listed(db, "check", *options) for finding in one["findings"]]


def decide_all(db: Path) -> list[str]:
    """Accept every finding that is an error; gives their names."""
    errors = sorted({one["id"] for one in listed(db, "findings") if one["level"] == "error"})
    for name in errors:
        assert run("accept", name, "--who", "Amy", "--why", WHY, "--db", db).exit_code == 0
    return errors


def test_a_check_counts_what_is_decided_and_an_option_shows_it(db: Path) -> None:
    before = checked(db)
    assert run("check", "--db", db).exit_code == 1
    names = decide_all(db)
    result = run("check", "--db", db)
    assert (result.exit_code, result.stderr) == (0, f"Left out: {len(names)} accepted; --decided shows them.\n")
    assert WHY not in result.stdout
    assert checked(db) == [one for one in before if one["level"] != "error"]
    shown = checked(db, "--decided")
    assert len(shown) == len(before)
    assert {one["id"]: (one["state"], one["decided_by"], one["why"]) for one in shown if "id" in one} == dict.fromkeys(
        names, ("accepted", "Amy", WHY)
    )
    text = run("check", "--decided", "--db", db)
    assert (text.exit_code, text.stderr) == (0, "")
    assert "(accepted: Amy, " in text.stdout
    run("reopen", names[0], "--who", "Amy", "--db", db)
    assert run("check", "--db", db).exit_code == 1


def test_a_finding_that_changed_since_it_was_accepted_is_open_and_says_so(db: Path) -> None:
    decide_all(db)
    chinese = db.parent / CHINESE
    text = chinese.read_text("utf-8")
    chinese.write_text(text.replace("3月19日（星期五）", "3月22日（星期一）"), "utf-8")
    assert text != chinese.read_text("utf-8")
    run("add", chinese, "--db", db)
    result = run("check", "--db", db)
    assert result.exit_code == 1
    assert "changed since it was accepted: Amy, " in " ".join(result.stdout.split())
    assert {one["state"] for one in checked(db) if one["level"] == "error" and "state" in one} == {"open"}
    (changed,) = [one for one in listed(db, "findings", "--state", "open") if one["was"]]
    assert [changed[name] for name in ("was", "decided_by", "why")] == ["accepted", "Amy", WHY]
    line = f"changed since it was accepted: Amy, {day_of(changed['decided_at'])}, {WHY}"
    assert line in run("findings", "--db", db).stdout
    assert "changed since it was accepted by Amy, " in shown(db, "/findings")
    assert f": {WHY}" in shown(db, "/findings")


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_says_what_people_decided_in_every_format(db: Path, form: str) -> None:
    decide_all(db)
    [*_, last] = listed(db, "obligations")
    run("done", last["id"], "--who", "Ben", "--note", "sent by courier", "--db", db)
    [fact, *_] = listed(db, "review", CHINESE, "--kind", "deadlines")
    run("accept", fact["id"], "--who", "Cem", "--why", "as the house says", "--db", db)
    target = db.parent / "report"
    assert run("report", "--format", form, "--output", target, "--db", db).exit_code == 0
    data = target.read_bytes()
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        data = "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row).encode()
    told = " ".join(data.decode().split())
    wanted = ["Amy", WHY, "accepted", *(("Ben", "sent by courier", "Cem", fact["id"]) if form != "sarif" else ())]
    assert [one for one in wanted if one not in told] == []
    again = db.parent / "again"
    run("report", "--format", form, "--output", again, "--db", db)
    assert again.read_bytes() == target.read_bytes()


def test_a_corrected_number_tells_at_once_which_decisions_no_longer_fit(db: Path) -> None:
    names = decide_all(db)
    [number] = listed(db, "review", CHINESE, "--kind", "number")
    result = run("correct", number["id"], "--set", "number=CD/OES/SEOCH/999/2027", "--who", "Cem", "--why", "as printed", "--db", db)
    assert result.exit_code == 0
    told = [line for line in result.stderr.splitlines() if line.startswith("finding ")]
    assert [line.split()[1] for line in told] == names
    assert all("is no longer found; Amy decided on it (accept, " in line for line in told)
    result = run("reopen", number["id"], "--who", "Cem", "--db", db)
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_report_of_one_circular_leaves_out_what_was_decided_on_others(db: Path) -> None:
    [*_, last] = listed(db, "obligations")
    run("done", last["id"], "--who", "Ben", "--db", db)
    report = run("report", "--since", "2099-01-01", "--db", db).stdout
    assert "Ben" not in report


def test_a_finding_is_accepted_or_explained_for_a_reason(db: Path) -> None:
    name = listed(db, "findings")[0]["id"]
    for command in ("accept", "explain"):
        result = run(command, name, "--who", "Amy", "--why", "  ", "--db", db)
        assert (result.exit_code, result.stderr) == (2, "Error: the decision needs a reason; give it by --why\n")


# On the pages ---------------------------------------------------------------------------------------------------------


def shown(db: Path, path: str) -> str:
    """The text of a page of the site."""
    return words(page(datasette_for(db), f"{path}?lang=en").select_one("main"))


def test_the_pages_show_what_people_decided_with_who_and_why(db: Path) -> None:
    decide_all(db)
    [*_, last] = listed(db, "obligations")
    run("done", last["id"], "--who", "Ben", "--note", "sent by courier", "--db", db)
    [time, *_] = listed(db, "review", CHINESE, "--kind", "times")
    run("reject", time["id"], "--who", "Cem", "--why", "an example", "--db", db)
    [issued] = listed(db, "review", CHINESE, "--kind", "issued")
    run("correct", issued["id"], "--set", "issued=2027-01-05", "--who", "Cem", "--why", "as dated", "--db", db)
    circular = shown(db, "/circular/1")
    told = (
        "done Ben, ",
        "sent by courier",
        "Reviewed facts",
        "rejected",
        time["id"],
        "an example",
        "corrected",
        "as dated",
        "5 January 2027",
    )
    assert [one for one in told if one not in circular] == []
    with store.open_to_read(db) as opened:
        [[pair]] = opened.execute("SELECT id FROM pairs").fetchall()
    assert "accepted Amy, " in shown(db, f"/pair/{pair}")
    assert WHY in shown(db, f"/pair/{pair}")
