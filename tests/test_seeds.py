"""The two real circulars that everything began with, and mutants of them: nothing may depend on their dates, names or order."""

from __future__ import annotations

import calendar
import importlib.util
import json
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from ingest import contract
from ingest.pipeline import read

SHARED = Path(__file__).parents[1].parent / "shared"
SEEDS = {"000": "000_ff6452a53264ad10", "002": "002_89d6dd30a2e49a17"}
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the seeds are not part of the project: ../shared is absent")
Gold = dict[str, Any]
Mutation = Callable[[str, Gold], tuple[str, Gold]]
MONTHS = list(calendar.month_name)[1:]


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seed(name: str) -> tuple[str, Gold]:
    stem = SHARED / "seeds" / SEEDS[name]
    return stem.with_suffix(".txt").read_text("utf-8"), json.loads(Path(f"{stem}.gold.json").read_text("utf-8"))


def lines(score: ModuleType, path: Path, gold: Gold) -> dict[str, float]:
    """F1 by line, and the share of spans that resolve."""
    tally = score.Tally(0)
    score.score_document(tally, path, gold, msgspec.json.decode(contract.line(read(path))))
    f1 = {
        line: 2 * right / (2 * right + extra + missing)
        for (line, _), (right, extra, missing) in tally.sums.items()
        if right + extra + missing
    }
    return {**f1, "evidence": tally.evidence[0] / tally.evidence[1]}


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_is_understood_in_full(score: ModuleType, name: str) -> None:
    path = SHARED / "seeds" / f"{SEEDS[name]}.txt"
    assert set(lines(score, path, seed(name)[1]).values()) == {1.0}


# Mutants -------------------------------------------------------------------------------------------------------------


def everywhere(value: Any, change: Callable[[str], str]) -> Any:
    """The same change to every string of a gold file."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [everywhere(item, change) for item in value]
    if isinstance(value, dict):
        return {key: everywhere(item, change) for key, item in value.items()}
    return value


def replaced(*pairs: tuple[str, str]) -> Mutation:
    """Other words for some words, in the text and in the gold."""

    def change(said: str) -> str:
        for old, new in pairs:
            said = said.replace(old, new)
        return said

    return lambda text, gold: (change(text), everywhere(gold, change))


def later(weeks: int) -> Mutation:
    """All days so many weeks later (weekdays stay true), months without a day in the year that follows."""
    shift = timedelta(weeks=weeks)

    def days(match: re.Match[str]) -> str:
        first, *others = [int(n) for n in re.findall(r"\d+", match["days"])]
        month, year = MONTHS.index(match["month"]) + 1, int(match["year"])
        moved = [date(year, month, day) + shift for day in (first, *others)]
        numbers = iter(str(day.day) for day in moved)
        return re.sub(r"\d+", lambda _: next(numbers), match["days"]) + f" {MONTHS[moved[-1].month - 1]} {moved[-1].year}"

    def words(said: str) -> str:
        said = re.sub(rf"(?P<days>\d{{1,2}}(?:, \d{{1,2}})*(?: & \d{{1,2}})?) (?P<month>{'|'.join(MONTHS)}) (?P<year>20\d\d)", days, said)
        said = re.sub(rf"(?<!\d )\b({'|'.join(MONTHS)}) (20\d\d)", lambda m: f"{m[1]} {int(m[2]) + 1}", said)
        return re.sub(r"\b(\d\d)/(\d\d)/(20\d\d)\b", lambda m: (date(int(m[3]), int(m[2]), int(m[1])) + shift).strftime("%d/%m/%Y"), said)

    def iso(value: str | None, vague: bool, end: bool) -> str | None:
        if value is None:
            return None
        day = date.fromisoformat(value)
        if not vague:
            return (day + shift).isoformat()
        last = calendar.monthrange(day.year + 1, day.month)[1]
        return date(day.year + 1, day.month, last if end and day.day >= 28 else day.day).isoformat()

    def item(fact: Gold) -> Gold:
        vague = (
            (fact.get("start") or "x")[8:] != (fact.get("end") or "x")[8:]
            and fact.get("end") is not None
            and not str(fact.get("title", "")).startswith("Briefings")
        )
        fields = {
            key: iso(fact[key], vague, key == "end") for key in ("start", "end", "stated", "due", "due_business", "issued") if key in fact
        }
        return {**fact, **fields}

    def mutate(text: str, gold: Gold) -> tuple[str, Gold]:
        # A listed day (`24`) is part of a longer phrase of the text: its quote is that of the moved day.
        listed = {d["quote"]: str((date.fromisoformat(d["start"]) + shift).day) for d in gold["dates"] if d["quote"].isdigit()}
        facts = {key: [item(fact) for fact in gold[key]] for key in ("dates", "deadlines", "events", "references")}
        moved = {**gold, **facts, "issued": iso(gold["issued"], False, False)}
        moved = everywhere(moved, words)
        for fact in moved["dates"]:
            fact["quote"] = listed.get(fact["quote"], fact["quote"])
        return words(text), moved

    return mutate


def shuffled(number: int) -> Mutation:
    """The rows of the schedule in another order."""

    def mutate(text: str, gold: Gold) -> tuple[str, Gold]:
        rows = text.split("\n")
        at = next(i for i, row in enumerate(rows) if "Tentative Schedule" in row and "\t" in row) + 1
        body = rows[at : at + 8]
        order = list(range(8))
        random.Random(number).shuffle(order)
        table = gold["tables"][1]
        schedule = {**table, "rows": [table["rows"][0], *(table["rows"][1 + i] for i in order)]}
        return "\n".join([*rows[:at], *(body[i] for i in order), *rows[at + 8 :]]), {**gold, "tables": [gold["tables"][0], schedule]}

    return mutate


def chain(*mutations: Mutation) -> Mutation:
    def mutate(text: str, gold: Gold) -> tuple[str, Gold]:
        for mutation in mutations:
            text, gold = mutation(text, gold)
        return text, gold

    return mutate


PEOPLE = replaced(
    ("Hector Lau", "Wing-yan Cheung"),
    ("2979 7111", "2979 7348"),
    ("2979 7222", "2979 7349"),
    ("+85229797111", "+85229797348"),
    ("+85229797222", "+85229797349"),
    ("clearingps", "member.desk"),
    ("sso.hkexposttrade", "login.posttrading"),
)
NUMBERS = replaced(
    ("CD/OES/CCASS/013/2023", "MKD/OPS/CCASS/214/2023"),
    ("CD/OES/CCASS/010/2023", "MKD/OPS/CCASS/197/2023"),
    ("CD/OES/SEOCH/057/2023", "DCRM/SEOCH/1057/2023"),
)
PARTIES = replaced(
    ("Clearing Participants (CPs)", "General Members (GMs)"),
    ("CCASS Participants (CPs)", "General Members (GMs)"),
    ("Designated Banks (DBs)", "Settlement Agents (SAs)"),
    ("CPs", "GMs"),
    ("CP ", "GM "),
    ("CP.", "GM."),
    ("DBs", "SAs"),
    ("DB ", "SA "),
    ("DB.", "SA."),
    ('"CP"', '"GM"'),
)
HKCC = replaced(
    ("香港聯合交易所期權結算所有限公司", "香港期貨結算有限公司"),
    ("香港中央結算有限公司", "香港期貨結算有限公司"),
    ("THE SEHK OPTIONS CLEARING HOUSE LIMITED", "HKFE CLEARING CORPORATION LIMITED"),
    ("HONG KONG SECURITIES CLEARING COMPANY LIMITED", "HKFE CLEARING CORPORATION LIMITED"),
    ("SEOCH", "HKCC"),
    ("HKSCC", "HKCC"),
    ("CCMS", "DCASS"),
    ("CCASS", "DCASS"),
)  # fmt: skip
WORDS = replaced(
    ("must register", "shall register"),
    ("should register via", "are requested to register via"),
    ("email addresses", "mobile numbers"),
    ("smartcard", "hardware token"),
)
CLOCK = replaced(("16:30 -17:45", "10:15 -11:40"), ("16:30", "10:15"), ("17:45", "11:40"), ("16:00", "09:50"))
MUTANTS: dict[str, Mutation] = {
    "a year later": later(52),
    "half a year later": later(26),
    "other people and addresses": PEOPLE,
    "other numbers": NUMBERS,
    "other parties": PARTIES,
    "another house": HKCC,
    "other words": WORDS,
    "other times": CLOCK,
    "rows in another order": shuffled(3),
    "everything at once": chain(later(104), PEOPLE, PARTIES, shuffled(5), CLOCK),
}


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.parametrize("name", SEEDS)
def test_a_mutant_of_a_seed_is_understood_as_well(score: ModuleType, tmp_path: Path, name: str, mutant: str) -> None:
    text, gold = seed(name)
    changed, truth = MUTANTS[mutant](text, gold)
    assert changed != text
    path = tmp_path / "circular.txt"
    path.write_text(changed, "utf-8")
    measured = lines(score, path, truth)
    assert {line: f1 for line, f1 in measured.items() if f1 < 0.98} == {}
    assert measured["evidence"] == 1.0
