"""Terms are proposed for the glossary where two passages show them, and words of one's own are known from a file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pair_factory import TEXTS, told

from ingest.errors import CircularError
from ingest.issuers import houses
from kb.cli import circulars
from kb.equivalents import Passage, Proposal, as_toml, key, passages, propose
from kb.own_words import add_glossary
from kb.wording import concepts

BANK = ("Each Designated Bank keeps a list.", "各指定銀行備存名單。")
BANK_AGAIN = ("The form goes to the Designated Bank at once.", "表格即時送達指定銀行，以便辦理。")
OTHER = ("Nobody else is asked to call.", "其他人無須致電。")


def proposed(*said: tuple[str, str]) -> list[tuple[str, str]]:
    return [(one.english, one.chinese) for one in propose([Passage(*both, f"A/{n}/2027") for n, both in enumerate(said)], houses())]


@pytest.fixture(autouse=True)
def own_words_forgotten() -> Iterator[None]:
    yield
    add_glossary(None)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ((BANK, BANK_AGAIN, OTHER), [("Designated Bank", "指定銀行")]),
        ((BANK, OTHER), []),  # one witness
        ((BANK, BANK, OTHER), []),  # the same words again
        ((BANK, ("Each Designated Bank keeps this list.", "各指定銀行備存此名單。"), OTHER), []),  # what a sister house prints alike
        ((BANK, (BANK_AGAIN[0], OTHER[1]), OTHER), []),  # the other side says something else
        ((("Record date", "記錄日期"), ("The Record date is not known yet.", "本公司尚未得知記錄日期。")), [("Record date", "記錄日期")]),
        ((("Deadline", "截止日期"), ("The Deadline is not known yet.", "本公司尚未得知截止日期。")), []),  # the glossary knows it
        ((("HKSCC wrote.", "香港結算來函。"), ("Ask HKSCC at once.", "請即時向香港結算查詢。")), []),  # the name of a house
        ((("Use CCASS today.", "今天使用CCASS。"), ("Leave CCASS open.", "讓CCASS保持開啟。")), []),  # left untranslated
    ],
)
def test_two_passages_that_differ_show_a_proposal(said: tuple[tuple[str, str], ...], found: list[tuple[str, str]]) -> None:
    assert proposed(*said) == found


def test_a_proposal_counts_how_often_together_and_apart() -> None:
    alone = ("A Designated Bank may call.", "可致電本公司。")
    [one] = propose([Passage(*both, "A/1/2027") for both in (BANK, BANK_AGAIN, alone)], houses())
    assert one == Proposal(
        english="Designated Bank",
        chinese="指定銀行",
        together=2,
        english_apart=1,
        chinese_apart=0,
        circulars=1,
        circular="A/1/2027",
        english_example=BANK[0],
        chinese_example=BANK[1],
    )


def test_cells_and_sentences_of_a_translation_are_passages() -> None:
    found = {(one.english, one.chinese) for one in passages(told(TEXTS["HKSCC en"]), told(TEXTS["HKSCC zh"]), houses())}
    assert {("Event", "事項"), ("Registration of terminals opens", "開始登記終端機")} <= found
    assert ("CPs are charged monthly.", "參與者按月繳費。") in found
    assert list(passages(told(TEXTS["HKSCC en"]), told(TEXTS["SEOCH en"]), houses())) == []


@pytest.mark.parametrize(
    ("term", "counted"), [("Designated Banks", "designated bank"), ("DBs", "db"), ("IT", "IT"), ("Business", "business")]
)
def test_a_term_counts_in_the_singular(term: str, counted: str) -> None:
    assert key(term) == counted


def test_lines_for_a_glossary_file_fit_both_numbers_and_have_names_of_their_own() -> None:
    said = [("The IT Desks call.", "資訊部來電。"), ("Write to IT Desks at once.", "請即致函資訊部。")]
    [one] = propose([Passage(*both, "A/1/2027") for both in said], houses())
    assert tomllib.loads(as_toml([one, one]))["terms"] == {name: {"en": ["IT Desk"], "zh": ["資訊部"]} for name in ("it_desk", "it_desk_2")}


def test_a_reviewed_proposal_is_a_glossary_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(as_toml(propose([Passage(*both, "A/1/2027") for both in (BANK, BANK_AGAIN)], houses())), "utf-8")
    assert tomllib.loads(path.read_text("utf-8")) == {"terms": {"designated_bank": {"en": ["Designated Bank"], "zh": ["指定銀行"]}}}
    assert "designated_bank" not in concepts(BANK[1], "zh-Hant")
    for named in (path, tmp_path):
        add_glossary(named)
        assert "designated_bank" in concepts(BANK[1], "zh-Hant") & concepts(BANK[0], "en")
        assert "bank" in concepts(BANK[1], "zh-Hant")
    assert proposed(BANK, BANK_AGAIN) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[terms\n", "no TOML"),
        ("[word]\nbank = 1\n", "found word"),
        ("[terms]\nbank = { en = ['bank'] }\n", "terms.bank: expected"),
        ("[terms]\nbank = { en = ['('], zh = ['銀行'] }\n", "terms.bank: expected"),
        ("[terms]\nbank = { en = [''], zh = ['銀行'] }\n", "terms.bank: expected"),
        ("[terms]\nbank = { en = ['(bank)'], zh = ['銀行'] }\n", "terms.bank: expected"),
        ("[modality]\nmight = { en = ['might'], zh = ['或'] }\n", "modality.might: expected"),
    ],
)
def test_a_file_that_is_no_glossary_says_where(text: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(CircularError, match=why) as caught:
        add_glossary(path)
    assert str(path) in str(caught.value)


def test_a_scope_of_ones_own_is_seen_by_a_check(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[scopes]\nsponsoring = { en = ['sponsoring'], zh = ['保薦'] }\n", "utf-8")
    (tmp_path / "en.txt").write_text(TEXTS["HKSCC en"].replace("CPs shall keep", "Sponsoring CPs shall keep"), "utf-8")
    (tmp_path / "zh.txt").write_text(TEXTS["HKSCC zh"], "utf-8")
    command = ["diff", str(tmp_path / "en.txt"), str(tmp_path / "zh.txt"), "--format", "json"]
    told = [
        [one["check"] for one in json.loads(CliRunner().invoke(circulars, [*command, *more]).output)["findings"]]
        for more in ([], ["--glossary", str(tmp_path)], [])
    ]
    assert ["parties" in checks for checks in told] == [False, True, False]


def test_the_command_proposes_from_files_and_from_a_base(tmp_path: Path) -> None:
    files = []
    for name in ("en", "zh"):
        files.append(str(tmp_path / f"{name}.txt"))
        Path(files[-1]).write_text(TEXTS[f"HKSCC {name}"], "utf-8")
    db = str(tmp_path / "a.db")
    assert CliRunner().invoke(circulars, ["add", *files, "--db", db]).exit_code == 0
    of_files, of_base = (
        CliRunner().invoke(circulars, ["glossary", *which, "--witnesses", "1", "--format", "json"]) for which in (files, ["--db", db])
    )
    assert of_files.exit_code == 0
    assert ("Place", "地點") in {(one["english"], one["chinese"]) for one in json.loads(of_files.output)}
    assert of_base.output == of_files.output
    text = CliRunner().invoke(circulars, ["glossary", *files, "--witnesses", "1"]).output
    assert "Place / 地點\n  together 1, apart 0 + 0, in 1 circular, first CD/OES/CCASS/071/2026\n  Place\n  地點\n" in text
    assert CliRunner().invoke(circulars, ["glossary", files[0]]).exit_code == 2
