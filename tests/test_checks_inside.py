"""What a circular says against itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import gold
import pytest
from pair_factory import HKSCC_EN, HKSCC_ZH, edited, told

from ingest import pipeline
from ingest.issuers import houses
from kb.checks import CHECKS, inside

CIRCULARS = Path(__file__).parent / "circulars"
Values = tuple[str | None, str | None]


def contradictions(text: str, *only: str) -> list[tuple[str, str, Values]]:
    found = inside(told(text), houses(), only)
    return [(f.level, f.check, (f.left and f.left.value, f.right and f.right.value)) for f in found]


@pytest.mark.parametrize("check", [name for name, check in CHECKS.items() if check.inside])
@pytest.mark.parametrize("which", ["HKSCC en", "HKSCC zh", "SEOCH en"])
def test_a_sound_circular_has_no_finding(check: str, which: str) -> None:
    assert inside(edited(which), houses(), (check,)) == []


INSIDE_DIFFERS = [
    (
        HKSCC_EN,
        "21 July 2026 (Tuesday)",
        "21 July 2026 (Monday)",
        ("error", "weekday-inside", ("2026-07-21 Monday", "2026-07-21 Tuesday")),
    ),
    (HKSCC_ZH, "7月21日（星期二）", "7月21日（星期一）", ("error", "weekday-inside", ("2026-07-21 Monday", "2026-07-21 Tuesday"))),
    (HKSCC_EN, "10 August 2026", "31 September 2026", ("error", "impossible-dates", ("31 September 2026", None))),
    (HKSCC_ZH, "2026年8月10日", "2026年9月31日", ("error", "impossible-dates", ("2026年9月31日", None))),
    (HKSCC_EN, "no later than 5:00 p.m. on 15", "before 15", ("warning", "body-schedule", ("2026-07-14", "2026-07-15"))),
    (
        HKSCC_ZH,
        "不遲於2026年7月15日（星期三）下午5時正",
        "於2026年7月15日（星期三）前",
        ("warning", "body-schedule", ("2026-07-14", "2026-07-15")),
    ),
    (HKSCC_EN, "on 15 July 2026 (Wednesday)", "on 14 July 2026 (Tuesday)", ("warning", "body-schedule", ("2026-07-14", "2026-07-15"))),
    (HKSCC_EN, "3 August 2026", "3 August 2025", ("warning", "schedule-order", ("2025-08-03", "2026-08-03"))),
    (HKSCC_ZH, "2026年8月3日", "2025年8月3日", ("warning", "schedule-order", ("2025-08-03", "2026-08-03"))),
    (HKSCC_EN, "2979 7341", "2979 7112", ("error", "known-contacts", ("+85229797112", "+85229797111"))),
    (
        HKSCC_EN,
        "ccass.demo@hkex.example",
        "clearinpgs@hkex.com.hk",
        ("error", "known-contacts", ("clearinpgs@hkex.com.hk", "clearingps@hkex.com.hk")),
    ),
]


@pytest.mark.parametrize(("text", "old", "new", "finding"), INSIDE_DIFFERS)
def test_one_slip_is_one_finding(text: str, old: str, new: str, finding: tuple[str, str, Values]) -> None:
    assert text.count(old) == 1
    assert contradictions(text.replace(old, new)) == [finding]


INSIDE_CANNOT_SAY = [
    ("weekday-inside", HKSCC_EN, "21 July 2026 (Tuesday)", "21 July 2026"),  # no weekday printed
    ("impossible-dates", HKSCC_ZH, "2026年7月22日（星期三）", "202622（星期三）"),  # damaged, so not to be called impossible
    ("body-schedule", HKSCC_EN, "no later than 5:00 p.m. on 15 July 2026 (Wednesday)", "in due course"),  # no day in the body
    ("schedule-order", HKSCC_EN, "3 August 2026\tNew", "Early August 2026\tNew"),  # a vague entry
    ("known-contacts", HKSCC_EN, "2979 7341", "2979 7222"),  # the hotline of another house, not a slip of the own one
    ("schedule-order", HKSCC_EN, "3 August 2026\tNew", "14 July 2026\tNew"),  # goes back by a day: some schedules group by topic
    (
        "links",
        HKSCC_EN,
        "https://signin.posttrade.example/check",
        "[the new page](https://signin.posttrade.example/check)",
    ),  # words, no address
]


@pytest.mark.parametrize(("check", "text", "old", "new"), INSIDE_CANNOT_SAY)
def test_what_cannot_be_judged_is_no_finding(check: str, text: str, old: str, new: str) -> None:
    assert text.count(old) == 1
    assert contradictions(text.replace(old, new)) == []


def test_a_link_that_leads_elsewhere_is_a_warning() -> None:
    linked = HKSCC_EN.replace("ccass.demo@hkex.example", "[ccass.demo@hkex.example](mailto:ccas.demo@hkex.example)")
    assert contradictions(linked) == [("warning", "links", ("ccass.demo@hkex.example", "ccas.demo@hkex.example"))]


def test_a_deadline_for_another_act_is_no_contradiction() -> None:
    other = HKSCC_EN.replace("Deadline for the signed form", "Deadline for the nomination of auditors").replace(
        "no later than 5:00 p.m. on 15", "before 15"
    )
    assert contradictions(other, "body-schedule") == []


DAILY = HKSCC_EN.replace(
    "the signed form no later than 5:00 p.m. on 15 July 2026 (Wednesday).",
    "the signed form by 15 July 2026. Designated Banks must return the signed form by 16 July 2026.",
).replace(
    "15 July 2026\tDeadline for the signed form\tPortal",
    "15 July 2026\tDeadline for the signed form\tPortal\n16 July 2026\tDeadline for the signed form\tPortal",
)


def test_an_act_of_two_days_that_body_and_schedule_tell_alike_is_no_contradiction() -> None:
    assert DAILY.count("16 July 2026") == 2
    assert contradictions(DAILY, "body-schedule") == []
    assert contradictions(DAILY.replace("16 July 2026\t", "17 July 2026\t"), "body-schedule") == [
        ("warning", "body-schedule", ("2026-07-16", "2026-07-15"))
    ]


def planted() -> Iterator[tuple[str, str, Values]]:
    for path in sorted(CIRCULARS.rglob("inside.json")):
        for item in json.loads(path.read_text("utf-8")):
            if (path.parent / item["doc"]).exists():
                yield str((path.parent / item["doc"]).relative_to(CIRCULARS)), item["level"], (item["left_value"], item["right_value"])


@pytest.mark.parametrize(("name", "level", "values"), list(planted()))
def test_planted_contradictions_are_found(name: str, level: str, values: Values) -> None:
    found = inside(pipeline.read(CIRCULARS / name), houses())
    assert (level, values[0]) in [(finding.level, finding.left and finding.left.value) for finding in found]


@pytest.mark.parametrize(
    "path", sorted(CIRCULARS.rglob("*.txt")) + sorted(CIRCULARS.rglob("*.html")), ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_nothing_else_is_said_of_the_corpus(path: Path) -> None:
    notes = path.parent / "inside.json"
    known = json.loads(notes.read_text("utf-8")) if notes.exists() else []
    found = inside(pipeline.read(path), houses())
    assert len(found) == sum(item["doc"] == path.name for item in known)


@pytest.mark.skipif(not gold.SHARED.exists(), reason="the shared seeds are not here")
@pytest.mark.parametrize("seed", ["000_ff6452a53264ad10.txt", "002_89d6dd30a2e49a17.txt"])
def test_the_seeds_contradict_themselves_twice_and_no_more(seed: str) -> None:
    found = inside(pipeline.read(gold.SHARED / "seeds" / seed), houses())
    expected = ("warning", "body-schedule", "2023-04-27", "2023-04-28")
    assert [(f.level, f.check, f.left and f.left.value, f.right and f.right.value) for f in found] == [expected] * 2
