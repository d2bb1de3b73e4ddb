"""The page on accuracy says what was measured, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from site_fixture import filled, page, words

from kb import serve
from kb.site.quality import FIRST, LANGS, figures, first_scores, first_tables, table

FIGURES = json.loads((Path(__file__).parents[1] / "kb" / "accuracy.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return serve.datasette_for(filled(tmp_path_factory.mktemp("quality") / "matter.db"))


@pytest.mark.parametrize(("lang", "title", "chinese"), [("en", "Quality", "Chinese"), ("zh", "準確度", "中文")])
def test_the_page_has_every_score_with_its_corpus_day_and_version(site: Any, lang: str, title: str, chinese: str) -> None:
    shown = page(site, f"/quality?lang={lang}")
    assert words(shown.h1) == title
    known, reader = shown.select_one("[aria-labelledby=known]"), FIGURES["readers"][0]
    rows = [[words(cell) for cell in row.select("td")] for row in known.select("tbody tr")]
    wanted = [
        [chinese if code.endswith(".zh") else None, *(f"{one[part]:.3f}" for part in ("p", "r", "f1")), str(one["right"] + one["missing"])]
        for kind in dict.fromkeys(code.rpartition(".")[0] for code in reader["scores"])
        for code in (f"{kind}.en", f"{kind}.zh")
        if kind != "expect" and (one := reader["scores"].get(code))
    ]
    assert [row[1:] for row in rows] == [row[1:] for row in wanted]
    assert [row[0] for row, one in zip(rows, wanted, strict=True) if one[0]] == [chinese] * sum(1 for one in wanted if one[0])
    told = words(known.select_one("p"))
    assert reader["version"] in told
    for code in LANGS:
        assert f"{FIGURES['corpus'][code]['characters']:,}" in told


def test_first_scores_stand_before_those_of_circulars_that_are_known(site: Any) -> None:
    shown = page(site, "/quality")
    assert [words(heading) for heading in shown.select("h2")] == [
        *("Circulars that nobody had seen", "The circulars that the rules were written with", "What is not measured")
    ]
    rows = shown.select("[aria-labelledby=unseen] table:not(.forms) tbody tr")
    assert len(rows) == sum(lang in one for one in first_scores() for lang in LANGS)


def test_first_scores_are_those_that_the_tests_tell() -> None:
    told = (Path(__file__).parent / "test_blind_whole.py").read_text("utf-8").partition("from __future__")[0]
    for one in first_scores():
        for lang in LANGS:
            for kind in FIRST if lang in one else ():
                assert f"{one[lang][kind]:.3f}" in next(
                    line for line in told.splitlines() if line.split()[:1] == [kind] and f"{one[lang][kind]:.3f}" in line
                )
                assert 0 <= one[lang][kind] <= 1


@pytest.mark.parametrize("lang", LANGS)
def test_first_scores_of_schedules_are_those_of_the_documentation(site: Any, lang: str) -> None:
    told = (Path(__file__).parents[1] / "docs" / "tables.md").read_text("utf-8")
    rows = [[words(cell) for cell in row.select("td, th")] for row in page(site, f"/quality?lang={lang}").select("table.forms tbody tr")]
    forms = first_tables()
    assert rows == [
        [str(one["designs"]), one["form"][lang], *(f"{one[part]:.3f}" for part in ("cells", "rows", "events"))] for one in forms
    ]
    assert [row for row in rows if f"| {' | '.join(row[2:])} |" not in told] == []


def test_no_kind_is_left_out() -> None:
    assert {kind for kind, _ in table(figures())} == {name.rpartition(".")[0] for name in FIGURES["readers"][0]["scores"]} - {"expect"}
