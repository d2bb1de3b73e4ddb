"""The pictures of a report: they draw what the comparisons say, and the table around each says the same."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import msgspec
import pytest
from bs4 import BeautifulSoup
from pair_factory import edited, pair, told
from test_html import faults, missing
from thread_factory import CORRECTION, FIRST

from ingest.issuers import houses
from ingest.model import Finding, Side
from kb import charts, reports
from kb.charts import Line, Mark, Part, Share, by_check, by_relation, timeline
from kb.checks import compare, inside
from kb.comparison import Comparison
from kb.reports import Told
from kb.saying import ENGLISH, Voice

CHINESE = Voice("zh")
LATER = ("2026年7月31日（星期五）前", "2026年8月2日（星期日）前")


def found(check: str = "dates", left: str | None = None, right: str | None = None, level: str = "error") -> Finding:
    sides = (value and Side(value=value) for value in (left, right))
    return Finding(check=check, level=level, message="differs", **dict(zip(("left", "right"), sides, strict=True)))  # type: ignore[arg-type]


def compared(relation: str, *findings: Finding) -> Comparison:
    return Comparison(left=edited("HKSCC en"), right=edited("HKSCC zh"), relation=relation, findings=findings)  # type: ignore[arg-type]


def drawn(*findings: Finding) -> tuple[Line, ...]:
    made = timeline(findings, msgspec.structs.replace(edited("HKSCC en"), dates=()), None, ENGLISH)
    return made.lines if made else ()


# Agreement -----------------------------------------------------------------------------------------------------------


def test_pairs_are_parted_by_the_worst_of_their_findings() -> None:
    error, warning, note = (found("times", level=level) for level in ("error", "warning", "note"))
    pairs = [
        compared("translation", error, warning),
        compared("translation", warning),
        compared("translation", note),
        compared("translation"),
        compared("sibling", note),
        compared("unrelated", error),
    ]
    clean = Share("sibling", 0, 0, 1, (Part("clean", 0.0, 100.0),))
    parts = (Part("wrong", 0.0, 25.0), Part("doubtful", 25.0, 25.0), Part("clean", 50.0, 50.0))
    assert by_relation(pairs, ENGLISH) == [clean, Share("translation", 1, 1, 2, parts)]
    parts = (Part("wrong", 0.0, 20.0), Part("doubtful", 20.0, 20.0), Part("clean", 40.0, 60.0))
    assert by_check(pairs, CHINESE) == [Share("時間（times）", 1, 1, 3, parts)]


def test_where_nothing_was_compared_nothing_is_drawn() -> None:
    assert by_relation([], ENGLISH) == by_check([compared("unrelated", found())], ENGLISH) == []


def test_a_finding_that_somebody_decided_on_is_no_disagreement() -> None:
    from kb.judged import Judged

    told = {"id": "f-1", "state": "accepted", "was": "accepted", "decided_by": "Amy", "decided_at": "2026-01-01T00:00:00Z", "why": "so"}
    judged = msgspec.convert({**msgspec.to_builtins(found()), **told, "fixed_by": None}, Judged)
    assert by_check([compared("sibling", judged)], ENGLISH) == []
    assert by_relation([compared("sibling", judged)], ENGLISH) == [Share("sibling", 0, 0, 1, (Part("clean", 0.0, 100.0),))]


# Dates ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "difference", "chinese"),
    [
        ("2026-07-20", "2026-07-22", "2 days later", "遲2天"),
        ("2026-07-20", "2026-07-19", "1 day earlier", "早1天"),
        ("2026-02-28", "2026-03-01", "1 day later", "遲1天"),
        ("2026-07-01/2026-07-31", "2026-07-01/2026-07-30", "ends 1 day earlier", "早1天結束"),
        ("2026-07-01", "2026-07-01/2026-07-31", "ends 30 days later", "遲30天結束"),
        ("2026-07-01/2026-07-31", "2026-08-01/2026-08-31", "31 days later", "遲31天"),
        ("2026-08-21/2026-09-30", "2026-09-14", "narrower, within it", "較窄，在其範圍內"),
        ("2026-08-22/2026-08-30", "2026-08-21/2026-08-30", "wider, around it", "較寬，涵蓋其範圍"),
        ("2026-07-20", None, "on one side only", "只見於一方"),
        (None, "2026-07-20", "on one side only", "只見於一方"),
    ],
)
def test_a_line_says_how_far_apart_its_sides_are(left: str | None, right: str | None, difference: str, chinese: str) -> None:
    (line,) = drawn(found(left=left, right=right))
    assert line.difference == difference
    assert charts.difference(charts.days_of(found(left=left).left), charts.days_of(found(left=right).left), CHINESE) == chinese
    assert [mark.side for mark in line.marks] == [side for side, value in (("left", left), ("right", right)) if value]


@pytest.mark.parametrize(
    ("left", "right"),
    [("17:00", "18:00"), ("2026-07-20 Monday", "2026-07-20 Tuesday"), ("2026-07-20", "2026-07-20"), (None, None), ("by 2026-07-20", "")],
)
def test_what_is_no_difference_of_days_is_not_drawn(left: str | None, right: str | None) -> None:
    assert drawn(found(left=left, right=right)) == ()


def test_lines_lie_on_one_scale_in_the_order_of_their_days_and_the_same_days_once() -> None:
    lines = drawn(
        found(left="2026-01-31", right="2026-02-10"),
        found("deadlines", left="2026-01-01", right="2026-04-11"),
        found("dates", left="2026-01-01", right="2026-04-11"),
        found("deadlines", left="2026-01-11/2026-01-21"),
    )
    assert [(line.checks, line.left, line.right) for line in lines] == [
        ("deadlines, dates", "2026-01-01", "2026-04-11"),
        ("deadlines", "2026-01-11 to 2026-01-21", None),
        ("dates", "2026-01-31", "2026-02-10"),
    ]
    assert [mark for line in lines for mark in line.marks] == [
        Mark("left", 2.0, 0.0), Mark("right", 98.0, 0.0),
        Mark("left", 11.6, 9.6),
        Mark("left", 30.8, 0.0), Mark("right", 40.4, 0.0),
    ]  # fmt: skip


def test_a_correction_shows_what_moved_and_what_became_exact() -> None:
    one = compare(told(FIRST, "first.txt"), told(CORRECTION, "correction.txt"), houses())
    made = timeline(one.findings, one.left, one.right, ENGLISH)
    assert made is not None
    assert [(line.checks, line.left, line.right, line.difference) for line in made.lines if line.checks != "header"] == [
        ("deadlines, dates", "2026-07-15", "2026-07-17", "2 days later"),
        ("dates", "2026-08-21 to 2026-09-30", "2026-09-14", "narrower, within it"),
    ]


def test_one_day_alone_has_a_line_of_time() -> None:
    ((mark,),) = (line.marks for line in drawn(found(left="2026-07-20")))
    assert mark == Mark("left", 2.0, 0.0)


def test_a_pair_shows_every_date_of_both_sides() -> None:
    one = compare(edited("HKSCC en"), edited("HKSCC zh", LATER), houses())
    made = timeline(one.findings, one.left, one.right, ENGLISH)
    assert made is not None
    for side, expression in (("left", one.left), ("right", one.right)):
        stated = {(told.start or told.end, told.end or told.start) for told in expression.dates}
        assert Counter(mark.side for mark in made.stated)[side] == len(stated)  # type: ignore[index]
    assert any(line.difference == "2 days later" for line in made.lines)
    assert timeline(pair("translation").findings, one.left, one.right, ENGLISH) is None


# The page ------------------------------------------------------------------------------------------------------------


def shown(voice: Voice = ENGLISH) -> Any:
    wrong = edited("HKSCC en", ("21 July 2026 (Tuesday)", "21 July 2026 (Monday)"))
    told = Told(expression=wrong, findings=tuple(inside(wrong, houses())))
    made = reports.report([pair("translation", LATER), pair("sibling")], [told], voice=voice)
    html = reports.render(made, "html").decode()
    assert reports.render(made, "html").decode() == html
    assert faults(html) == []
    assert missing(html) == set()
    return BeautifulSoup(html, "lxml")


@pytest.mark.parametrize("voice", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_picture_stands_in_a_table_that_says_the_same(voice: Voice) -> None:
    page = shown(voice)
    pictures = page.select("table svg")
    assert len(pictures) >= 5
    for picture in pictures:
        assert picture["aria-hidden"] == "true"
        row = picture.find_parent("tr")
        assert len(row.select("th")) == 1
        told = [cell.get_text(strip=True) for cell in row.select("td")[1:]]
        if "bar" in picture["class"]:
            counts = dict(zip(("wrong", "doubtful", "clean"), map(int, told), strict=True))
            assert {rect["class"][0]: float(rect["width"].rstrip("%")) for rect in picture.select("rect")} == pytest.approx(
                {kind: 100 * count / sum(counts.values()) for kind, count in counts.items() if count}, abs=0.01
            )
        else:
            assert any(told)
            sides = Counter(mark["class"][0] for mark in picture.select("[class]"))
            if told[0].isdigit():
                assert [str(sides["left"]), str(sides["right"])] == told[:2]
            else:
                assert [bool(sides["left"]), bool(sides["right"])] == [told[0][:1].isdigit(), told[1][:1].isdigit()]


def test_marks_lie_where_their_days_do() -> None:
    page = shown()
    (table,) = [table for table in page.select("table") if table.select("svg.line") and "2 days later" in table.get_text()]
    first, last = (date.fromisoformat(day) for day in table.select("thead th")[1].get_text().split(" to "))
    row = next(row for row in table.select("tbody tr") if "2 days later" in row.get_text())
    left, right = (cell.get_text() for cell in row.select("td")[1:3])
    circle, square = row.select_one("circle"), row.select_one("rect")
    for at, day in ((circle["cx"], left), (square["x"], right)):
        assert float(at.rstrip("%")) == pytest.approx(2 + 96 * (date.fromisoformat(day) - first).days / (last - first).days, abs=0.01)


def test_a_comparison_whose_dates_agree_has_no_picture() -> None:
    html = reports.render(reports.report([pair("translation", ("下午5時正", "下午6時正"))]), "html").decode()
    assert "<svg" not in html
