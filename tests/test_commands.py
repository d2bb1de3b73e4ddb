"""The commands among themselves: what lists alike is asked alike, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from site_fixture import get
from thread_factory import CHINESE, CORRECTION, FIRST, REMINDER, SIBLING, kept

from kb import lives, serve, store
from kb.cli import circulars

HAN = re.compile(r"[\u3400-\u9fff]")

LISTS: dict[str, tuple[set[str], tuple[str, ...]]] = {
    "due": ({"--house", "--party"}, ("--all",)),
    "obligations": ({"--house", "--party", "--state"}, ()),
    "findings": ({"--house", "--state", "--only"}, ("--notes",)),
    "check": ({"--house", "--only"}, ()),
    "report": ({"--house", "--since", "--output"}, ()),
    "gaps": ({"--house"}, ()),
    "who": ({"--house", "--party"}, ("--party", "CP")),
    "changes": ({"--house", "--since"}, ("--since", "2020-01-01")),
    "search": ({"--house", "--party", "--since"}, ("sign-in",)),
    "history": (set(), ("CD/OES/CCASS/071/2026",)),
    "review": ({"--state"}, ("CD/OES/CCASS/071/2026",)),
    "audit": (set(), ()),
}
"""The commands that list what is in a knowledge base, what they can be asked besides language, form and base, and how they are asked here."""


def options(name: str) -> dict[str, click.Parameter]:
    return {option: one for one in circulars.commands[name].params for option in one.opts if option.startswith("--")}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A matter that goes on, in two languages that disagree, with a decision."""
    path = tmp_path_factory.mktemp("commands") / "base.db"
    texts = {"zh": CHINESE.replace("7月15日（星期三）", "7月16日（星期四）"), "sibling": SIBLING, "correction": CORRECTION}
    with store.open_db(path) as db:
        kept(db, first=FIRST, **texts, reminder=REMINDER)
        lives.decide(db, min(lives.all_names(db)), "done", "Amy Chan", note="sent by courier")
    return path


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_a_language_a_form_a_base_and_the_filters_of_its_siblings(name: str) -> None:
    assert {"--language", "--format", "--db", *LISTS[name][0]} <= options(name).keys()


def test_every_command_that_prints_for_people_does_so_in_both_languages() -> None:
    def for_people(name: str) -> bool:
        form = options(name).get("--format")
        return form is not None and not {"table", "text", "csv"}.isdisjoint(getattr(form.type, "choices", ()))

    assert [name for name in circulars.commands if for_people(name) and "--language" not in options(name)] == []


@pytest.mark.parametrize("option", ["--language", "--db", "--house", "--format"])
def test_an_option_that_several_commands_have_is_told_alike(option: str) -> None:
    told = [one for name in circulars.commands if name != "demo" and (one := options(name).get(option))]  # its base may be thrown away
    assert len(told) > 8
    assert len({(getattr(one, "help", None), one.name, one.required) for one in told}) == 1


@pytest.mark.parametrize("name", LISTS)
def test_a_list_in_chinese_has_no_english_word_of_ours_in_its_header(name: str, base: Path) -> None:
    """Of a table the header, of a text the first line; the names of houses and days are no words."""
    english, chinese = (run(name, *LISTS[name][1], "--db", base, "--language", language) for language in ("en", "zh"))
    assert english.exit_code == chinese.exit_code
    assert english.stdout
    first, second = english.stdout.splitlines()[0], chinese.stdout.splitlines()[0]
    assert not HAN.search(first)
    assert HAN.search(second)
    if name not in ("search", "check"):  # whose first line names a circular, a file
        assert re.findall(r"\b[a-z]{3,}\b", second) == []


@pytest.mark.parametrize("name", [name for name in LISTS if name not in ("check", "report", "search")])
def test_a_list_has_the_same_rows_in_both_languages(name: str, base: Path) -> None:
    english, chinese = (run(name, *LISTS[name][1], "--db", base, "--language", language) for language in ("en", "zh"))
    assert len(english.stdout.splitlines()) == len(chinese.stdout.splitlines()) > 1


@pytest.mark.parametrize("name", [name for name in LISTS if name not in ("check", "report")])
def test_the_language_changes_nothing_for_programs(name: str, base: Path) -> None:
    english, chinese = (run(name, *LISTS[name][1], "--db", base, "--format", "json", "--language", language) for language in ("en", "zh"))
    assert english.stdout == chinese.stdout != ""


@pytest.mark.parametrize("name", [name for name, (filters, _) in LISTS.items() if "--house" in filters])
def test_a_list_of_a_house_has_no_other_and_an_unknown_house_is_refused(name: str, base: Path) -> None:
    asked = (name, *LISTS[name][1], "--db", base)
    everything, ours = run(*asked), run(*asked, "--house", "seoch")
    assert len(ours.stdout.splitlines()) < len(everything.stdout.splitlines())
    assert ours.stdout or name == "gaps"  # nothing of this house is missing
    unknown = run(*asked, "--house", "XYZ")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "no house 'XYZ' is known" in unknown.stderr


def test_a_report_of_a_house_has_the_pairs_of_its_circulars(base: Path) -> None:
    everything, ours = (run("report", "--db", base, "--format", "json", *more).stdout for more in ((), ("--house", "SEOCH")))
    assert '"issuer": "HKSCC"' in ours  # the other side of a pair
    assert ours.count('"relation"') < everything.count('"relation"')


def test_proposals_are_told_in_chinese(base: Path) -> None:
    english, chinese = (run("glossary", "--db", base, "--witnesses", 1, "--language", language) for language in ("en", "zh"))
    assert english.stdout.count("together ") == chinese.stdout.count("同時出現") > 0
    assert "together" not in chinese.stdout
    toml = {run("glossary", "--db", base, "--format", "toml", "--language", language).stdout for language in ("en", "zh")}
    assert len(toml) == 1


def test_files_are_not_chosen_by_house(tmp_path: Path) -> None:
    (tmp_path / "first.txt").write_text(FIRST, "utf-8")
    told = run("check", tmp_path / "first.txt", "--house", "SEOCH")
    assert (told.exit_code, "files are all checked" in told.stderr) == (2, True)


def test_a_log_that_is_broken_says_so_in_chinese(base: Path) -> None:
    told = run("audit", "--verify", "--head", "0" * 64, "--db", base, "--language", "zh")
    assert (told.exit_code, told.stderr) == (1, f"{base}: 沒有任何一列的雜湊值為{'0' * 64}：末尾有列缺失\n")
    assert run("audit", "--verify", "--db", base, "--language", "zh").stdout.startswith("共1列，並無損壞；最後一列的雜湊值為")


def test_what_is_empty_is_told_in_the_language_that_is_asked_for(base: Path) -> None:
    for asked, chinese in (
        (("who", "--party", "Nobody"), "約束Nobody的通告均沒有載列聯絡方法。"),
        (("changes", "--since", "2999-01-01"), "自2999-01-01起沒有加入任何內容。"),
        (("search", "qwertz"), "找不到任何結果。"),
        (("review", "CD/OES/CCASS/071/2026", "--state", "rejected"), "沒有這樣的資料。"),
    ):
        english, told = (run(*asked, "--db", base, "--language", language).stderr.strip() for language in ("en", "zh"))
        assert told == chinese != english


def between_houses(path: Path) -> Path:
    """A deadline that HKSCC and SEOCH tell differently, and nothing else that does not agree."""
    with store.open_db(path) as db:
        kept(db, first=FIRST, sibling=SIBLING.replace("5:00 p.m. on 15 July 2026 (Wednesday)", "5:00 p.m. on 16 July 2026 (Thursday)"))
        found = db.execute("SELECT house, other_house, level FROM changes WHERE change = 'finding'").fetchall()
        assert ("HKSCC", "SEOCH", "error") in found
    return path


@pytest.mark.parametrize("house", ["hkscc", "SEOCH"])
def test_what_two_houses_disagree_on_is_told_of_either(house: str, tmp_path: Path) -> None:
    asked = ("--house", house, "--db", between_houses(tmp_path / "base.db"), "--format", "json")
    for command in (("changes", "--since", "2020-01-01"), ("findings",), ("check",), ("report",)):
        assert '"level": "error"' in run(*command, *asked).stdout, command


@pytest.mark.parametrize("house", ["HKSCC", "SEOCH"])
def test_the_site_tells_of_either_house_what_they_disagree_on(house: str, tmp_path: Path) -> None:
    site = serve.datasette_for(between_houses(tmp_path / "base.db"))
    assert get(site, f"/feeds/findings.atom?house={house}").text.count("<entry>") > 0
    assert BeautifulSoup(get(site, f"/findings?house={house}").text, "lxml").select(".error")
    assert any(
        row["change"] == "finding"
        for row in get(site, f"/circulars/changes_since.json?since=2020-01-01&house={house}&limit=&lang=en&_shape=array").json()
    )
