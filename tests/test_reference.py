"""The reference is complete: whatever has a name is in it, and it names nothing that there is not."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result
from test_docs import ROOT, docs, page
from test_site_parts import reader_warnings

from ingest import contract
from ingest.formats.kinds import cells
from ingest.issuers import houses
from ingest.lang.rules import languages
from ingest.model import Expression, House
from ingest.pipeline import read
from kb import store
from kb.checks import CHECKS
from kb.cli import circulars
from kb.comparison import Inside, Told


def first_cells(text: str) -> list[str]:
    """The names in backquotes that begin the rows of tables."""
    return re.findall(r"^\| `([^`|]+)`(?:, `[^`|]+`)* \|", text, re.MULTILINE)


def section(name: str, heading: str) -> str:
    return page(name).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


# Commands, checks, houses, tables --------------------------------------------------------------------------------------


def test_the_reference_has_each_command_once_and_no_other() -> None:
    assert re.findall(r"^## (circulars.*)$", page("cli.md"), re.MULTILINE) == ["circulars", *(name for name, _ in docs.commands(circulars))]


def test_the_reference_has_each_check_once_and_no_other() -> None:
    assert first_cells(page("checks.md")) == sorted(CHECKS)


def test_the_reference_has_each_house_once_and_no_other() -> None:
    assert first_cells(section("houses.md", "The houses")) == sorted(houses())


def test_the_reference_has_each_key_of_a_house_file_and_no_other() -> None:
    assert first_cells(page("houses.md").partition("\n## ")[0]) == list(House.__struct_fields__)


def test_the_reference_has_each_table_and_view_once_and_no_other() -> None:
    parts = re.findall(r"^## (\w+)$", page("columns.md"), re.MULTILINE)
    assert parts == sorted(docs.shape())


@pytest.mark.parametrize("name", docs.shape())
def test_each_table_has_its_columns_a_title_and_a_description(name: str) -> None:
    told = section("columns.md", name)
    assert first_cells(told) == [column for column, _ in docs.shape()[name]]
    assert re.match(r"\n(?:Table|View): \S[^\n]*·[^\n]*\.\n\S", told)


def test_the_reference_has_each_named_query_once_and_no_other() -> None:
    assert first_cells(section("columns.md", "Named queries")) == sorted(docs.metadata("queries"))


# Rules -----------------------------------------------------------------------------------------------------------------

WRITTEN = {
    "en": [f"en.{part}.{name}" for part, rules in languages()["en"].sources.items() for name in rules],
    "zh": [f"zh.{part}.{name}" for part, rules in languages()["zh"].sources.items() for name in rules],
    "cells": [f"cells.{part}.{name}" for part, rules in cells().sources.items() for name in rules],
}


@pytest.mark.parametrize("code", WRITTEN)
def test_the_reference_has_each_rule_once_and_no_other(code: str) -> None:
    assert re.findall(r"^### (\S+)$", page(f"rules-{code}.md"), re.MULTILINE) == WRITTEN[code]


@pytest.mark.parametrize("code", WRITTEN)
def test_each_rule_stands_there_with_its_pattern_and_an_example(code: str) -> None:
    for name in WRITTEN[code]:
        told = page(f"rules-{code}.md").partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        assert re.match(r"\n```text\n.+?\n```\n", told, re.DOTALL), name
        assert re.search(r"^\| `", told, re.MULTILINE), name


def test_each_section_of_rules_is_described() -> None:
    assert set(first_cells(page("rules.md"))) >= {part for code in ("en", "zh") for part in languages()[code].sources} == set(docs.SECTIONS)


COMPUTED = set(
    re.findall(r"`([a-z]+(?:\.[a-z-]+)*)`", "".join(re.findall(r"^\| (`.*?) \|", section("rules.md", "Rules that are code"), re.MULTILINE)))
)
KINDS = ("dates", "times", "deadlines", "duties", "contacts", "references", "definitions", "amounts", "tables", "events")
READ = [
    path
    for folder in ("examples", "tests/whole", "tests/circulars")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".txt", ".html"}
]


def rules_of(expression: Expression) -> set[str]:
    return {fact.rule for kind in KINDS for fact in getattr(expression, kind)}


@pytest.fixture(scope="module")
def named() -> set[str]:
    """The rules that the facts of all circulars of the tests name."""
    return set().union(*(rules_of(read(path)) for path in READ))


def test_every_rule_that_a_fact_names_is_in_the_reference(named: set[str]) -> None:
    assert named <= {name for names in WRITTEN.values() for name in names} | COMPUTED


SHOWN = {
    "definition.each": "HKFE Clearing Corporation Participants (“HKCC Participants”, each an “HP”) are to note it.",
    "fax.lastdigits": "Fax: 2840 3401/02",
    "plain.run-together": "Date Event 3 May 2027 Enrolment opens 10 May 2027 Enrolment closes 17 May 2027 Rehearsal",
    "html.run-together": "<html><p>Date Event 3 May 2027 Enrolment opens 10 May 2027 Enrolment closes 17 May 2027 Rehearsal</p>",
    "plain.lines": "Date\nEvent\n3 May 2027\nEnrolment opens\n10 May 2027\nEnrolment closes\n17 May 2027\nRehearsal\n",
    "html.lines": "<html><p>Date</p><p>Event</p><p>3 May 2027</p><p>Enrolment opens</p><p>10 May 2027</p><p>Enrolment closes</p>",
}
"""Rules that no circular of the tests needs, each with a text that does."""

BY_PAPER = {"docx.table", "docx.lines", "docx.run-together", "paper.ruled", "paper.aligned", "paper.lines", "paper.run-together"}
"""Tables of Word files and PDFs, whose tests have them: test_formats_docx, test_ruled, test_aligned, test_flattened."""


@pytest.mark.parametrize("name", SHOWN)
def test_a_rule_that_is_code_finds_what_the_reference_says(name: str, tmp_path: Path) -> None:
    file = tmp_path / ("notice.html" if SHOWN[name].startswith("<") else "notice.txt")
    file.write_text(SHOWN[name], "utf-8")
    assert name in rules_of(read(file))


def test_the_reference_names_no_rule_that_nothing_finds(named: set[str]) -> None:
    assert COMPUTED - named - BY_PAPER == set(SHOWN)


# Warnings --------------------------------------------------------------------------------------------------------------


def test_the_reference_has_each_warning_once_and_no_other() -> None:
    assert first_cells(page("warnings.md")) == sorted(reader_warnings())


def test_each_warning_says_what_it_means_and_what_to_do() -> None:
    rows = re.findall(r"^\| `[^`]+` \|(.*)\|$", page("warnings.md"), re.MULTILINE)
    assert all(len(cells) == 3 and all(map(str.strip, cells)) for cells in (re.split(r"(?<!\\)\|", row) for row in rows))


@pytest.mark.parametrize("name", ["formats.md", "ocr.md", "isolation.md"])
def test_no_page_tells_of_a_warning_that_there_is_not(name: str) -> None:
    told = re.findall(r"warnings? (?:`([a-z-]+)`)|^\| `([a-z]+(?:-[a-z]+)*)` \|", page(name), re.MULTILINE)
    codes = {one for pair in told for one in pair if one}
    assert codes <= set(first_cells(page("warnings.md")))


# What is printed as JSON -----------------------------------------------------------------------------------------------


def fields(schema: dict[str, Any]) -> dict[str, list[str]]:
    return {name: list(shape["properties"]) for name, shape in schema["$defs"].items()}


@pytest.mark.parametrize(
    ("heading", "schema"),
    [("circulars read", contract.schema()), ("circulars diff and check", contract.schema_of_list(Told, Inside))],
    ids=["read", "compared"],
)
def test_the_reference_has_each_field_that_is_printed(heading: str, schema: dict[str, Any]) -> None:
    told = re.split(r"^### (\w+)\n", section("output.md", heading), flags=re.MULTILINE)[1:]
    assert {name: first_cells(text) for name, text in zip(told[::2], told[1::2], strict=True)} == fields(schema)


def test_a_field_has_a_meaning() -> None:
    rows = re.findall(r"^\| `\w+` \| .* \| (.*) \|$", page("output.md"), re.MULTILINE)
    assert len(rows) > 100
    assert all(rows)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments])


EXAMPLES = [str(path) for path in sorted((ROOT / "examples").glob("seoch-*"))]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("diff", ["diff", *EXAMPLES, "--format", "json"]),
        ("diff", ["diff", EXAMPLES[0], str(ROOT / "tests/whole/en02_capital_adjustment.txt"), "--format", "json"]),
        ("check", ["check", *EXAMPLES, "--format", "json"]),
    ],
)
def test_what_is_printed_is_valid_by_its_schema(name: str, typed: list[str]) -> None:
    shape = json.loads(run("schema", "--of", name).stdout)
    jsonschema.Draft202012Validator(shape).validate(json.loads(run(*typed).stdout))


# Settings and exit statuses --------------------------------------------------------------------------------------------


def variables(paths: Iterable[Path]) -> set[str]:
    return {name for path in paths for name in re.findall(r"\b(?:CIRCULARS|DEMO)_[A-Z_]+[A-Z]\b", path.read_text("utf-8"))}


def test_every_variable_that_the_packages_know_is_in_the_reference() -> None:
    packaged = [path for folder in ("ingest", "kb") for path in (ROOT / folder).rglob("*.py")]
    told = set(first_cells(page("settings.md")))
    assert variables(packaged) <= told == set(re.findall(r"`((?:CIRCULARS|DEMO)_\w+)`", page("settings.md")))


def test_no_page_tells_of_a_variable_that_there_is_not() -> None:
    told = set(first_cells(page("settings.md")))
    named = variables(path for path in (ROOT / "docs").glob("*.md")) - {"CIRCULARS_GOLDEN", "CIRCULARS_KILLS", "CIRCULARS_PASSWORD_HASH"}
    assert named == told


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("statuses") / "base.db"
    assert run("add", *EXAMPLES, "--db", place).exit_code == 0
    return place


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        (["read", EXAMPLES[0]], 0),
        (["read", "LOST", EXAMPLES[0]], 1),
        (["add", "BAD", EXAMPLES[0], "--db", "OTHER"], 1),
        (["tables", "BAD"], 1),
        (["diff", EXAMPLES[0], EXAMPLES[0]], 0),
        (["diff", *EXAMPLES], 1),
        (["diff", EXAMPLES[0], str(ROOT / "tests/whole/en02_capital_adjustment.txt")], 2),
        (["diff", EXAMPLES[0], "BAD"], 2),
        (["check", EXAMPLES[0]], 0),
        (["check", "--db", "BASE"], 1),
        (["check", "BAD"], 2),
        (["doctor", "--db", "BASE"], 0),
        (["doctor", "--db", "BAD"], 2),
        (["audit", "--verify", "--db", "BASE"], 0),
        (["due", "--db", "LOST"], 2),
        (["due", "--no-such-option"], 2),
    ],
    ids=lambda value: " ".join(Path(part).name for part in value) if isinstance(value, list) else str(value),
)
def test_exit_statuses_are_those_of_the_reference(typed: list[str], status: int, base: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nbroken")
    places = {"LOST": tmp_path / "lost.txt", "BAD": bad, "BASE": base, "OTHER": tmp_path / "other.db"}
    assert run(*(places.get(part, part) for part in typed)).exit_code == status


def test_a_fault_found_by_doctor_is_status_1(base: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    assert run("backup", broken, "--db", base).exit_code == 0
    with store.open_db(broken) as db, db.conn:
        db.execute("update deadlines set quote = 'otherwise' where id = (select min(id) from deadlines)")
    assert run("doctor", "--db", broken).exit_code == 1


# Commands on the pages -------------------------------------------------------------------------------------------------


def told_commands(text: str) -> list[str]:
    """Commands in blocks, and those in a line that have more than a name."""
    fenced = re.findall(r"^```(?:sh|text|console)?\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in fenced for line in re.findall(r"^(?:\$ )?(circulars [a-z].*)$", block.replace("\\\n", " "), re.MULTILINE)]
    return lines + re.findall(r"`(circulars [a-z][^`\n]*)`", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))


PRINTED = {"cli.md", "rules-en.md", "rules-zh.md", "rules-cells.md"}
"""Pages of what the program prints, and of the words of circulars."""

PAGES = [path for path in docs.pages() if path.name not in PRINTED]
TOLD = [(path.name, line) for path in PAGES for line in told_commands(path.read_text("utf-8"))]


@pytest.mark.parametrize(("name", "line"), sorted(set(TOLD)), ids=lambda value: value[:60])
def test_a_command_on_a_page_is_one_that_there_is(name: str, line: str) -> None:
    first = re.split(r" (?:&&|\||>|2>) ", line)[0]
    words = shlex.split(first, comments=True)[1:]
    command = circulars.get_command(click.Context(circulars), words[0])
    assert command, f"{name}: {line}"
    command.make_parser(docs.context_of(command, circulars)).parse_args(words[1:])


def test_the_first_five_minutes_of_the_readme_are_as_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "README.md").read_text("utf-8").partition("## The first five minutes\n")[2]
    lines = [shlex.split(line, comments=True)[1:] for line in text.partition("```sh\n")[2].partition("```")[0].splitlines()]
    assert [line[0] for line in lines] == ["demo", "add", "due", "findings", "report", "serve"]
    done = [run(*line) for line in lines if line[0] != "serve"]
    assert [one.exit_code for one in done] == [0] * 5
    assert "return the rehearsal result form to SEOCH" in done[2].stdout
    assert (tmp_path / "f.html").stat().st_size > 1000
