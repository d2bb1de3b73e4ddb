"""Which circulars are pairs does not depend on the order in which they come: a weaker partner gives way to a better one."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from pair_factory import TEXTS
from sqlite_utils import Database
from thread_factory import kept

from kb import doctor, store

EN, ZH, SISTER = TEXTS["HKSCC en"], TEXTS["HKSCC zh"], TEXTS["SEOCH en"]


def changed(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


CHANCE = changed(
    SISTER,
    ("CD/OES/SEOCH/072/2026", "CD/OES/SEOCH/079/2026"),
    ("New Sign-in Page for CCMS Terminal", "Fees of Reports"),
    ("21 July 2026 (Tuesday) and 22 July 2026 (Wednesday) from 14:30 to 16:00", "28 July 2026 (Tuesday) from 11:30 to 12:45"),
    ("HK$1,250", "HK$3,400"),
    ("2.5%", "4.5%"),
    ("2979 7408", "2840 3300"),
    ("3 August 2026", "4 August 2026"),
    ("10 August 2026", "11 August 2026"),
)
"""A circular of the sister that has a few days in common with ours."""

SISTER_ZH = changed(
    ZH,
    ("香港中央結算有限公司", "香港聯合交易所期權結算所有限公司"),
    ("CD/OES/CCASS/071/2026", "CD/OES/SEOCH/072/2026"),
    ("香港結算", "期權結算所"),
    ("中央結算系統", "結算服務系統"),
)
NUMBERLESS = changed(ZH, ("編號 Ref. No.: CD/OES/CCASS/071/2026\n", ""))
CHANCE_ZH = changed(
    NUMBERLESS,
    ("2026年7月21日（星期二）及2026年7月22日（星期三）下午2時30分至4時正", "2026年7月28日（星期二）上午11時30分至下午12時45分"),
    ("1,250", "3,400"),
    ("2.5%", "4.5%"),
    ("2979 7408", "2840 3300"),
)
ENGLISH = changed(EN, ("Ref. No.: CD/OES/CCASS/071/2026\n", ""))

CROWDS = {
    "a sibling by chance": {"en": EN, "sister": SISTER, "chance": CHANCE},
    "siblings in two languages": {"en": EN, "sister": SISTER, "sister-zh": SISTER_ZH},
    "both houses and languages": {"en": EN, "zh": ZH, "sister": SISTER, "chance": CHANCE},
    "a translation by chance": {"en": ENGLISH, "zh": NUMBERLESS, "chance": CHANCE_ZH},
}


def paired(db: Database) -> set[tuple[str, ...]]:
    """The pairs, by the files of both sides and how they belong together."""
    query = """
        SELECT l.path, r.path, p.relation FROM pairs AS p
        JOIN expressions AS a ON a.id = p."left" JOIN sources AS l ON l.sha256 = a.source
        JOIN expressions AS b ON b.id = p."right" JOIN sources AS r ON r.sha256 = b.source
    """
    return {(*sorted(Path(path).stem for path in row[:2]), row[2]) for row in db.execute(query)}


def circulars(db: Database) -> set[frozenset[str]]:
    """The files of each circular."""
    query = "SELECT e.circular, s.path FROM expressions AS e JOIN sources AS s ON s.sha256 = e.source ORDER BY 1"
    found: dict[int, set[str]] = {}
    for circular, path in db.execute(query):
        found.setdefault(circular, set()).add(Path(path).stem)
    return {frozenset(names) for names in found.values()}


@pytest.mark.parametrize(("crowd", "order"), [(crowd, order) for crowd, texts in CROWDS.items() for order in permutations(texts)])
def test_pairs_and_circulars_are_the_same_in_every_order(crowd: str, order: tuple[str, ...]) -> None:
    texts = CROWDS[crowd]
    with store.open_db(":memory:") as one, store.open_db(":memory:") as other:
        kept(one, **texts)
        kept(other, **{name: texts[name] for name in order})
        assert paired(other) == paired(one)
        assert circulars(other) == circulars(one)
        assert [*doctor.orphans(other)] == []


@pytest.mark.parametrize(
    ("crowd", "pairs"),
    [
        ("a sibling by chance", {("en", "sister", "sibling")}),
        ("siblings in two languages", {("en", "sister", "sibling"), ("sister", "sister-zh", "translation")}),
        ("both houses and languages", {("en", "zh", "translation"), ("en", "sister", "sibling")}),
        ("a translation by chance", {("en", "zh", "translation")}),
    ],
)
def test_a_better_partner_that_comes_last_takes_the_place(crowd: str, pairs: set[tuple[str, ...]]) -> None:
    with store.open_db(":memory:") as db:
        kept(db, **dict(reversed(CROWDS[crowd].items())))
        assert paired(db) == pairs
