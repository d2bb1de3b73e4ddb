"""Which circulars belong together, by evidence that can be shown."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import gold
import msgspec
import pytest
from base_factory import base
from pair_factory import edited, told

from ingest import pipeline
from ingest.errors import UnreadableSource
from ingest.issuers import houses
from ingest.model import Expression, Reference
from ingest.settings import Settings
from kb.pairs import find, find_new, relate

CIRCULARS = Path(__file__).parent / "circulars"
CORRECTION = """\
Ref. No.: CD/OES/CCASS/075/2026
Date: 09/07/2026

HONG KONG SECURITIES CLEARING COMPANY LIMITED

CIRCULAR

Subject: Correction – New Sign-in Page

Further to our circular of 6 July 2026 (Reference: CD/OES/CCASS/071/2026), the last day is moved from 15 July 2026. CCASS Participants (CPs) \
must now return the signed form no later than 5:00 p.m. on 17 July 2026 (Friday).
"""


def corpus_pairs() -> list[tuple[str, str, str]]:
    """Pairs of the development corpus whose two sides lie here."""
    out = []
    for path in sorted(CIRCULARS.rglob("pairs.json")):
        for item in json.loads(path.read_text("utf-8")):
            sides = [(path.parent / item[side]).resolve() for side in ("left", "right")]
            if all(side.exists() for side in sides):
                out.append((*(str(side.relative_to(CIRCULARS)) for side in sides), item["relation"]))
    return out


@pytest.mark.parametrize(("left", "right", "relation"), corpus_pairs())
def test_corpus_pairs_have_their_relation_either_way_round(left: str, right: str, relation: str) -> None:
    first, second = (pipeline.read(CIRCULARS / name) for name in (left, right))
    assert relate(first, second, houses()).relation == relation
    assert relate(second, first, houses()).relation == relation


@pytest.mark.parametrize(
    ("edits", "relation"),
    [
        ((), "sibling"),
        ((("Ref. No.: CD/OES/SEOCH/072/2026\n", ""), ("Date: 06/07/2026\n", "")), "sibling"),  # the heading was lost on one side
        ((("Date: 06/07/2026", "Date: 06/07/2027"),), "sibling"),  # a slip in the issue date is told, it does not part the pair
        ((("21 July 2026 (Tuesday) and 22 July 2026 (Wednesday) from 14:30 to 16:00", "four days of March 2026"),), "sibling"),
    ],
)
def test_siblings_survive_what_one_side_lost(edits: tuple[tuple[str, str], ...], relation: str) -> None:
    assert relate(edited("HKSCC en"), edited("SEOCH en", *edits), houses()).relation == relation


def test_one_template_on_other_days_is_no_pair() -> None:
    later = told(edited("SEOCH en").text.replace("July", "October").replace("August", "November").replace("06/07/2026", "06/10/2026"))
    assert relate(edited("HKSCC en"), later, houses()).relation == "unrelated"


def test_translation_needs_no_number_where_the_facts_agree() -> None:
    right = edited("HKSCC zh", ("編號 Ref. No.: CD/OES/CCASS/071/2026\n", ""))
    pairing = relate(edited("HKSCC en"), right, houses())
    assert pairing.relation == "translation"
    assert "facts" in pairing.evidence[0]


BARE = (
    "Date: 4 January 2027\n\nSubject: Annual form\n\nParticipants must return the annual form by 18 March 2027. "
    "Participants must pay HK$500 by 25 March 2027.\n"
)
BARE_ZH = (
    "日期：2027年1月4日\n\n事項：週年表格\n\n參與者須於2027年3月19日或之前交回週年表格。參與者須於2027年3月25日或之前繳付港幣500元。\n"
)


@pytest.mark.parametrize(
    ("edit", "relation"),
    [
        (("", ""), "translation"),
        (("1月4日", "1月5日"), "unrelated"),
        (("港幣500元", "港幣900元"), "unrelated"),
        (("參與者須於2027年3月25日或之前繳付港幣500元。", "港幣500元於2027年3月25日扣除。"), "unrelated"),
        (("事項", "香港中央結算有限公司\n\n事項"), "unrelated"),
    ],
    ids=["one day differs", "issued on another day", "little in common", "fewer deadlines", "a house on one side"],
)
def test_notices_of_one_day_without_house_and_number_are_translations_where_few_facts_differ(edit: tuple[str, str], relation: str) -> None:
    assert relate(told(BARE), told(BARE_ZH.replace(*edit, 1)), houses()).relation == relation


def test_correction_of_a_circular_is_its_reissue() -> None:
    pairing = relate(edited("HKSCC en"), told(CORRECTION), houses())
    assert (pairing.relation, "CD/OES/CCASS/071/2026" in pairing.evidence[0]) == ("reissue", True)


def test_a_reminder_of_something_revised_is_no_reissue() -> None:
    reminder = told(CORRECTION.replace("Correction – New", "Reminder – Revised").replace("the last day is moved from", "please note"))
    cited = tuple(msgspec.structs.replace(item, relation="reminds") for item in reminder.references)
    assert relate(edited("HKSCC en"), msgspec.structs.replace(reminder, references=cited), houses()).relation == "unrelated"


def test_citing_a_circular_is_no_reissue() -> None:
    follow_up = told(CORRECTION.replace("Correction – ", "Reminder of the "))
    cited = tuple(msgspec.structs.replace(item, relation="cites") for item in follow_up.references)
    assert relate(edited("HKSCC en"), msgspec.structs.replace(follow_up, references=cited), houses()).relation == "unrelated"


def test_a_circular_does_not_replace_a_later_one() -> None:
    older, newer = edited("HKSCC en"), edited("SEOCH en")
    newer = msgspec.structs.replace(newer, issuer="HKSCC", issued=older.issued + timedelta(days=90) if older.issued else None)
    cites = Reference(quote="x", span=(0, 1), rule="test", number=newer.number, relation="replaces")
    assert relate(msgspec.structs.replace(older, references=(cites,)), newer, houses()).relation == "unrelated"


def test_find_pairs_within_a_crowd() -> None:
    crowd = [
        told(CORRECTION),
        edited("HKSCC zh"),
        pipeline.read(CIRCULARS / "07-consultation/sfc-en.html"),
        edited("HKSCC en"),
        edited("SEOCH en"),
    ]
    found = {(pair.left, pair.right): pair.relation for pair in find(crowd, houses())}
    assert found[1, 3] == "translation"
    assert found[3, 4] == "sibling"
    assert found[0, 3] == "reissue"
    assert not any(2 in pair for pair in found)


def test_pairs_of_those_that_come_later_are_the_pairs_of_all() -> None:
    crowd = [told(CORRECTION), edited("HKSCC zh"), edited("HKSCC en"), edited("SEOCH en")]
    whole = find(crowd, houses())
    for there in range(1, len(crowd)):
        before = find(crowd[:there], houses())
        after = find_new(crowd, houses(), set(range(there, len(crowd))), [(pair.left, pair.right, pair.relation) for pair in before])
        assert sorted([*before, *after]) == whole


def test_copies_are_tied_to_the_first_and_not_to_each_other() -> None:
    copies = [edited("HKSCC en", ("Jocelyn Mak", f"Jocelyn Mak{n}")) for n in range(20)]
    assert [(pair.left, pair.right, pair.relation) for pair in find(copies, houses())] == [(0, n, "reissue") for n in range(1, 20)]


@pytest.mark.skipif(not gold.SHARED.exists(), reason="the shared corpus is not here")
def test_gold_of_the_whole_corpus_has_its_relations() -> None:
    """What is a picture, or cannot be read, stands in by its gold over the words that it quotes."""
    wrong = []
    for path in sorted((gold.SHARED / "circulars").rglob("pairs.json")):
        for item in json.loads(path.read_text("utf-8")):
            sides = []
            for side in ("left", "right"):
                document = path.parent / item[side]
                try:
                    read: Expression | None = pipeline.read(document, Settings(ocr=False))
                except UnreadableSource:
                    read = None
                if read and read.dates:
                    sides.append(read)
                else:
                    facts = json.loads((document.parent / f"{document.stem}.gold.json").read_text("utf-8"))
                    sides.append(gold.expression_from_gold(facts, gold.words_of(facts)))
            if (got := relate(*sides, houses()).relation) != item["relation"]:
                wrong.append((path.parent.name, item["left"], item["right"], got))
    assert wrong == []


@pytest.mark.parametrize("module", ["kb.pairs", "kb.checks", "kb.report", "kb.comparison"])
def test_module_can_be_imported_first(module: str) -> None:
    assert subprocess.run([sys.executable, "-c", f"import {module}"], check=False).returncode == 0


def test_a_base_of_siblings_translations_corrections_and_notices_is_paired_as_it_was_made() -> None:
    made = base(400)
    found = find([told(circular.text, circular.name) for circular in made.circulars], houses())
    pairs = {(*sorted((pair.left, pair.right)), pair.relation) for pair in found}
    assert len(pairs & made.pairs) >= 0.99 * max(len(pairs), len(made.pairs))
    assert {relation for *_, relation in pairs} == {"sibling", "translation", "reissue"}


def test_a_pair_by_days_shared_by_chance_gives_way_to_the_true_partner() -> None:
    chance = edited(
        "SEOCH en",
        ("CD/OES/SEOCH/072/2026", "CD/OES/SEOCH/079/2026"),
        ("New Sign-in Page for CCMS Terminal", "Fees of Reports"),
        ("21 July 2026 (Tuesday) and 22 July 2026 (Wednesday) from 14:30 to 16:00", "28 July 2026 (Tuesday) from 11:30 to 12:45"),
        ("HK$1,250", "HK$3,400"),
        ("2.5%", "4.5%"),
        ("2979 7408", "2840 3300"),
        ("3 August 2026", "4 August 2026"),
        ("10 August 2026", "11 August 2026"),
    )
    ours, true = edited("HKSCC en"), edited("SEOCH en")
    assert relate(ours, chance, houses()).relation == "sibling"
    assert [(pair.left, pair.right) for pair in find([ours, true, chance], houses())] == [(0, 1)]
