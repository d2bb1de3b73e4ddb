"""What is asked of a whole knowledge base: what is missing, whom to call, how a matter went on, and what is new."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from base_factory import MAIN, SISTER, chinese, english, matter
from click.testing import CliRunner
from sqlite_utils import Database
from thread_factory import CORRECTION, FIRST, REMINDER, TEXTS, added

from ingest.errors import CircularError
from kb import questions, store
from kb.cli import circulars
from kb.migrations import migration
from kb.series import place

NUMBERS = {name: text.partition("Ref. No.: ")[2].partition("\n")[0] for name, text in TEXTS.items()}


@pytest.fixture
def db() -> Iterator[Database]:
    with store.open_db(":memory:") as opened:
        yield opened


def run(*arguments: object) -> str:
    result = CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


# Series and gaps -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("CD/OES/CCASS/013/2023", ("CD/OES/CCASS/#/2023", 13)),
        ("CIR/2026/014", ("CIR/2026/#", 14)),
        ("SFO/IS/041/2026", ("SFO/IS/#/2026", 41)),
        ("25EC14", ("25EC#", 14)),
        ("B1/15C", None),  # no year: nothing tells the count from the other digits
        ("2026", None),
        ("", None),
    ],
)
def test_a_number_has_its_place_in_a_series(number: str, expected: tuple[str, int] | None) -> None:
    assert place(number) == expected


def numbered(count: int) -> str:
    return FIRST.replace("CCASS/071", f"CCASS/{count:03}").replace("06/07/2026", f"{count:02}/07/2026")


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ((13, 15), ["CD/OES/CCASS/014/2026"]),
        ((13, 14, 15), []),
        ((9, 13, 14, 17), ["CD/OES/CCASS/010–012/2026", "CD/OES/CCASS/015–016/2026"]),
    ],
)
def test_numbers_between_two_of_a_series_are_missed(db: Database, tmp_path: Path, there: tuple[int, ...], missing: list[str]) -> None:
    added(db, tmp_path, **{f"n{count}": numbered(count) for count in there})
    assert [questions.places(gap) for gap in questions.gaps(db).numbers] == missing


def of_house(house: str, system: str, count: int) -> str:
    return numbered(count).replace("HONG KONG SECURITIES CLEARING COMPANY LIMITED", house).replace("OES/CCASS", f"OES/{system}")


SEOCH = "THE SEHK OPTIONS CLEARING HOUSE LIMITED"
HKCC = "HKFE CLEARING CORPORATION LIMITED"


@pytest.mark.parametrize(
    ("sisters", "missing"),
    [
        (((SEOCH, "SEOCH", 14), (HKCC, "HKCC", 15)), ["CD/OES/CCASS/016/2026"]),
        (((SEOCH, "SEOCH", 14), (HKCC, "HKCC", 13)), ["CD/OES/CCASS/014–016/2026"]),  # 13 twice: each house counts for itself
        (((SEOCH, "SEOCH", 14), (SEOCH, "SEOCH", 16)), ["CD/OES/CCASS/015/2026", "CD/OES/SEOCH/015/2026"]),
    ],
)
def test_a_number_that_a_sister_house_has_used_of_one_count_is_not_missed(
    db: Database, tmp_path: Path, sisters: tuple[tuple[str, str, int], ...], missing: list[str]
) -> None:
    others = {f"s{place}": of_house(*sister) for place, sister in enumerate(sisters)}
    added(db, tmp_path, n13=numbered(13), n17=numbered(17), **others)
    assert [questions.places(gap) for gap in questions.gaps(db).numbers] == missing


def matters(*sent: str) -> dict[str, str]:
    """A matter for each word of it: `e` and `z` are the languages of one house, `E` and `Z` those of the other."""
    writers = {"e": (english, MAIN), "z": (chinese, MAIN), "E": (english, SISTER), "Z": (chinese, SISTER)}
    return {
        f"m{number}{letter}": write(house, matter(Random(number), number), number)
        for number, letters in enumerate(sent, 1)
        for letter in letters
        for write, house in [writers[letter]]
    }


SIBLING, ENGLISH, CHINESE = ("sibling", SISTER), ("language", "en"), ("language", "zh")


@pytest.mark.parametrize(
    ("sent", "missing"),
    [
        (("ezEZ", "ezEZ", "ezEZ", "e"), [CHINESE, SIBLING]),
        (("ezEZ", "ezEZ", "ezEZ", "z"), [ENGLISH, SIBLING]),
        (("ezEZ", "ezEZ", "ezEZ", "ezE"), [CHINESE]),
        (("eE", "eE", "eE", "ez"), [SIBLING]),
        (("ez", "ez", "ez", "e"), [CHINESE]),
        (("ezEZ", "ezEZ", "ezEZ", "ezEZ"), []),
        (("ezEZ", "ez", "ez", "ez"), []),  # one sibling is no habit
        (("ezEZ", "ezEZ", "ezEZ", "ez", "ez"), []),  # nor are three of five
        (("ez", "e", "e", "e"), []),
        (("ezEZ", "e"), []),  # too few to tell
    ],
)
def test_a_half_is_missed_where_nearly_all_of_the_series_have_it(
    db: Database, tmp_path: Path, sent: tuple[str, ...], missing: list[tuple[str, str]]
) -> None:
    added(db, tmp_path, **matters(*sent))
    assert [(half.half, half.missing) for half in questions.gaps(db).halves] == missing


def test_a_series_that_never_has_siblings_misses_none(db: Database, tmp_path: Path) -> None:
    texts = matters("ezEZ", "ezEZ", "ezEZ")
    notice = FIRST.replace("CD/OES", "CD/RMD").replace("Sign-in", "Logout")
    added(db, tmp_path, **texts, notice=notice)
    assert questions.gaps(db).halves == ()


def test_a_house_of_one_language_and_no_sibling_misses_nothing(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", "correction")
    assert questions.gaps(db).halves == ()


def test_gaps_of_another_house_are_left_out(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", "reminder")
    assert questions.gaps(db, "hkscc") == questions.gaps(db)
    assert questions.gaps(db, "SEOCH") == questions.Gaps(numbers=(), halves=(), dangling=())


# Citations -----------------------------------------------------------------------------------------------------------


def cited(db: Database) -> list[tuple[str, str, str | None]]:
    query = (
        "SELECT c.number, c.relation, n.number FROM citations AS c LEFT JOIN circulars AS n ON n.id = c.cited ORDER BY 1, c.cited_number"
    )
    return [(number, relation, other) for number, relation, other in db.execute(query)]


GRAPH = [
    (NUMBERS["correction"], "amends", NUMBERS["first"]),
    (NUMBERS["reminder"], "cites", None),
    (NUMBERS["reminder"], "reminds", NUMBERS["correction"]),
]


@pytest.mark.parametrize("order", list(permutations(("first", "correction", "reminder"))))
def test_a_citation_finds_its_circular_in_whatever_order_they_come(db: Database, tmp_path: Path, order: tuple[str, ...]) -> None:
    added(db, tmp_path, *order)
    assert cited(db) == GRAPH
    assert [one.cited_number for one in questions.gaps(db).dangling] == ["CD/OES/CCASS/060/2026"]


BY_DATE = CORRECTION.replace(" (Reference: CD/OES/CCASS/071/2026)", "")


def test_a_citation_by_date_finds_the_only_circular_of_that_house_and_day(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", "sibling", correction=BY_DATE)
    assert (NUMBERS["correction"], NUMBERS["first"]) in [(number, other) for number, _, other in cited(db)]


def test_a_citation_by_a_day_of_two_circulars_means_neither(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", correction=BY_DATE)
    added(db, tmp_path, other=FIRST.replace("CCASS/071", "CCASS/070").replace("Sign-in", "Logout"))
    assert {other for _, _, other in cited(db)} == {None}


def test_a_citation_dangles_again_when_its_circular_goes(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", "correction")
    added(db, tmp_path, first=numbered(13))
    assert cited(db) == [(NUMBERS["correction"], "amends", None)]


# History -------------------------------------------------------------------------------------------------------------


def moves(db: Database, number: str) -> list[tuple[str, str, str, str, str | None]]:
    return [
        (
            one.change,
            one.act,
            questions.when(one.old_start, one.old_end, one.old_time),
            questions.when(one.new_start, one.new_end, one.new_time),
            one.changed_in,
        )
        for one in questions.history(db, number).moves
    ]


MOVED = ("moved", "return the signed form", "2026-07-15 17:00", "2026-07-17 17:00", NUMBERS["correction"])
FIRMED = ("firmed", "New sign-in page goes live", "2026-08-21 to 2026-09-30", "2026-09-14", NUMBERS["correction"])


@pytest.mark.parametrize("order", [("first", "correction", "reminder"), ("reminder", "correction", "first")])
@pytest.mark.parametrize("asked", ["first", "correction", "reminder"])
def test_the_history_of_a_matter_tells_which_date_moved_when_and_in_which_circular(
    db: Database, tmp_path: Path, order: tuple[str, ...], asked: str
) -> None:
    added(db, tmp_path, *order)
    found = questions.history(db, NUMBERS[asked])
    assert [one.number for one in found.versions] == [NUMBERS[name] for name in ("first", "correction", "reminder")]
    assert sorted(moves(db, NUMBERS[asked])) == sorted([MOVED, FIRMED])
    assert {(one.changed_on, one.changed_by) for one in found.moves} == {(date(2026, 7, 9), "HKSCC")}


def test_a_circular_that_only_cites_firms_a_vague_date_and_moves_none(db: Database, tmp_path: Path) -> None:
    citing = (
        CORRECTION.replace("Correction – ", "")
        .replace("Further to our circular of 6 July 2026 (Reference:", "See our circular (")
        .replace("the last day is moved from 15 July 2026. ", "and note the following. ")
    )
    added(db, tmp_path, "first", correction=citing)
    assert {relation for _, relation, _ in cited(db)} == {"cites"}
    assert moves(db, NUMBERS["first"]) == [FIRMED]


def test_a_file_that_prints_a_circular_again_with_a_later_day_is_a_version_of_it(db: Database, tmp_path: Path) -> None:
    added(
        db,
        tmp_path,
        "first",
        again=FIRST.replace("06/07/2026", "08/07/2026")
        .replace("15 July 2026 (Wednesday)", "16 July 2026 (Thursday)")
        .replace("15 July", "16 July"),
    )
    assert moves(db, NUMBERS["first"]) == [("moved", "return the signed form", "2026-07-15 17:00", "2026-07-16 17:00", NUMBERS["first"])]


def test_a_date_that_stays_is_no_move(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", again=FIRST.replace("06/07/2026", "08/07/2026"))
    assert moves(db, NUMBERS["first"]) == []


def test_a_number_that_is_not_there_has_no_history(db: Database) -> None:
    with pytest.raises(CircularError, match="no circular has the number X/1"):
        questions.history(db, "X/1")


# Whom to call --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("party", "contacts"),
    [
        ("Designated Bank", {"+85229797341", "ccass.demo@hkex.example"}),
        ("designated banks", {"+85229797341", "ccass.demo@hkex.example"}),
        ("指定銀行", {"+85229797341", "ccass.demo@hkex.example"}),
        ("Broker", set()),
    ],
)
def test_a_party_calls_the_contacts_of_what_binds_it(db: Database, tmp_path: Path, party: str, contacts: set[str]) -> None:
    added(db, tmp_path, "first", "zh")
    assert {one.value for one in questions.who(db, party)} == contacts
    assert questions.who(db, party, "SEOCH") == []


def test_a_contact_is_told_once_with_the_newest_circular(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", newer=numbered(13))
    found = [one for one in questions.who(db, "CP") if one.kind == "tel"]
    assert [(one.value, one.label, one.number, one.circulars) for one in found] == [
        ("+85229797341", "CCASS Hotline", "CD/OES/CCASS/013/2026", 2)
    ]


def test_each_issue_of_a_circular_that_is_printed_again_is_a_version(db: Database, tmp_path: Path) -> None:
    again = FIRST.replace("06/07/2026", "08/07/2026").replace("CCASS Terminal\n", "CCASS Terminal (Revised)\n", 1)
    added(db, tmp_path, "first", "zh", "correction", again=again)
    found = questions.history(db, NUMBERS["first"]).versions
    assert [(str(one.issued), one.number, (one.title_en or "").endswith("(Revised)"), len(one.ties) > 0) for one in found] == [
        ("2026-07-06", NUMBERS["first"], False, False),
        ("2026-07-08", NUMBERS["first"], True, False),
        ("2026-07-09", NUMBERS["correction"], False, True),
    ]
    assert [one.title_zh is not None for one in found] == [True, False, False]


def test_a_withdrawal_is_told_with_every_deadline_that_it_takes_back(db: Database, tmp_path: Path) -> None:
    withdrawal = REMINDER[: REMINDER.index("Subject:")] + f"Subject: Withdrawal\n\nCircular {NUMBERS['first']} is hereby withdrawn.\n"
    added(db, tmp_path, "first", gone=withdrawal)
    found = questions.history(db, NUMBERS["first"])
    assert [[(tie.relation, tie.number) for tie in one.ties] for one in found.versions] == [[], [("withdraws", NUMBERS["first"])]]
    days = [(one.act, str(one.old_end), one.new_end, one.changed_in) for one in found.moves if one.change == "withdrawn"]
    assert days == [
        ("return the signed form", "2026-07-15", None, NUMBERS["reminder"]),
        ("complete the connection test", "2026-08-31", None, NUMBERS["reminder"]),
    ]
    new = [(one.what, one.before, one.after) for one in questions.changes(db, date(2020, 1, 1)) if one.change == "withdrawn"]
    assert sorted(new) == sorted((act, day, None) for act, day, *_ in days)


# What is new ---------------------------------------------------------------------------------------------------------


def test_a_circular_that_says_nothing_of_itself_is_told_by_its_path(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, odd="All are welcome.\n")
    db.execute("UPDATE circulars SET title_en = NULL")
    told = [(one.house, one.number, one.what) for one in questions.changes(db, date(2020, 1, 1)) if one.change == "circular"]
    assert told == [(None, None, str(tmp_path / "odd.txt"))]


def test_changes_are_what_was_added_since_a_day(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first")
    db.execute("UPDATE sources SET added = '2026-07-06T02:00:00Z'")
    added(db, tmp_path, "correction")
    db.execute("UPDATE sources SET added = '2026-07-08T17:00:00Z' WHERE path LIKE '%correction%'")  # the 9th in Hong Kong
    new = [(one.change, one.number, one.before, one.after) for one in questions.changes(db, date(2026, 7, 9)) if one.change != "finding"]
    assert new == [
        ("circular", NUMBERS["correction"], None, "2026-07-09"),
        ("firmed", NUMBERS["correction"], "2026-09-30", "2026-09-14"),
        ("moved", NUMBERS["correction"], "2026-07-15", "2026-07-17"),
    ]
    assert questions.changes(db, date(2026, 7, 10)) == []
    assert len({one.number for one in questions.changes(db, date(2026, 7, 6)) if one.change == "circular"}) == 2


def test_a_finding_is_new_when_the_later_of_its_circulars_is(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first")
    db.execute("UPDATE sources SET added = '2026-07-06T02:00:00Z'")
    added(
        db,
        tmp_path,
        sibling=TEXTS["sibling"].replace("17 July", "18 July").replace("on 15 July 2026 (Wednesday)", "on 16 July 2026 (Thursday)"),
    )
    assert [one for one in questions.changes(db, date(2026, 7, 7)) if one.change == "finding" and one.level == "error"]


def test_what_is_read_again_by_another_edition_is_not_new(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first")
    db.execute("UPDATE sources SET added = '2026-07-06T02:00:00Z', edition = 'older'")
    added(db, tmp_path, "first")
    assert questions.changes(db, date(2026, 7, 7)) == []


# Through the door ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gaps",), "CD/OES/CCASS/072–074/2026"),
        (("who", "--party", "Designated Bank"), "CCASS Hotline"),
        (("history", NUMBERS["first"]), "2026-08-21 to 2026-09-30"),
        (("changes", "--since", "2020-01-01"), "return the signed form"),
    ],
)
def test_each_question_is_answered_in_text_and_json(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    path = tmp_path / "kb.db"
    with store.open_db(path) as db:
        added(db, tmp_path, "first", "correction")
    assert said in run(*arguments, "--db", path)
    assert json.loads(run(*arguments, "--db", path, "--format", "json"))


@pytest.mark.parametrize("command", ["due", "check", "report"])
def test_files_that_another_version_has_read_are_counted(tmp_path: Path, command: str) -> None:
    path = tmp_path / "kb.db"
    with store.open_db(path) as db:
        added(db, tmp_path, "first", "reminder")
        assert store.outdated(db) == 0
        db.execute("UPDATE sources SET edition = 'another' WHERE path LIKE '%first.txt'")
        db.conn.commit()
    result = CliRunner().invoke(circulars, [command, "--db", str(path)], catch_exceptions=False)
    assert "1 file was read by another version; `circulars add`" in result.stderr


def test_a_database_of_the_fourth_step_has_its_citations_and_series(tmp_path: Path) -> None:
    texts = {"first": FIRST, "reminder": REMINDER.replace("075", "071")}
    with store.open_db(":memory:") as new:
        added(new, tmp_path, **texts)
        rows = {
            table: new.execute(f'SELECT {columns} FROM "{table}"').fetchall()
            for table, columns in {
                "circulars": "id, issuer, number, issued, title_en, title_zh",
                "sources": "*",
                "expressions": "*",
                "references": "*",
            }.items()
        }
        wanted = cited(new)
        places = new.execute("SELECT series, place FROM circulars ORDER BY id").fetchall()
    old = Database(memory=True)
    migration.apply(old, stop_before="005_citations_history_and_gaps")
    old.execute("INSERT INTO houses (code) VALUES ('HKSCC')")
    for table, told in rows.items():
        old.conn.executemany(f'INSERT INTO "{table}" VALUES ({store.marks(told[0])})', told)
    migration.apply(old)
    assert cited(old) == wanted
    assert old.execute("SELECT series, place FROM circulars ORDER BY id").fetchall() == places
