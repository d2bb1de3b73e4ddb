"""The store gives back what it was given, once, and stays whole whatever happens on the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from gold import load
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from ingest.errors import BadDatabase
from ingest.model import (
    Amount,
    Bilingual,
    Block,
    CellValue,
    Column,
    Contact,
    DateMention,
    Deadline,
    Definition,
    Duty,
    Event,
    Expression,
    Finding,
    House,
    Merge,
    Reference,
    Side,
    Source,
    Table,
    TimeMention,
    Unexplained,
    Warn,
)
from ingest.pipeline import parse
from ingest.settings import Settings
from kb import store
from kb.intake import REACH
from kb.migrations import SCHEDULES, VERSION
from kb.obligations import Member, Obligation, obligations

CORPUS = Path(__file__).parent / "circulars"
FIRST = CORPUS / "01-2fa-login"


@pytest.fixture
def db() -> Iterator[Database]:
    with store.open_db(":memory:") as opened:
        yield opened


def circular(name: str = "a", **fields: object) -> Expression:
    """An expression whose bytes are its name, unless it says otherwise."""
    source = Source(path=f"{name}.txt", sha256=str(fields.pop("sha256", name)), media_type="text/plain")
    return msgspec.structs.replace(Expression(source=source, lang="en", text="before 28 April"), **fields)


def deadline(due: date | None, action: str, **fields: object) -> Deadline:
    found = Deadline(quote="before 28 April", span=(0, 15), rule="test", stated=due, relation="by", due=due, action=action)
    return msgspec.structs.replace(found, **fields)


def count(db: Database, table: str) -> int:
    return int(db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


# Any value of the model, as the store has to keep it -------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
COUNT = st.integers(0, 2**40)
DAYS = st.dates()
CLOCKS = st.sampled_from(("00:00", "09:15", "24:00"))
BOX = st.tuples(*[st.floats(-1e6, 1e6)] * 4)
SPANS = st.tuples(COUNT, COUNT).map(lambda ends: (min(ends), max(ends)))


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


PLACE = {"span": SPANS, "page": maybe(COUNT), "bbox": maybe(BOX), "rule": WORDS}
FACT = {"quote": WORDS, **PLACE}
PARTIES = st.lists(WORDS, max_size=3).map(tuple)
MODALITIES = st.sampled_from(("must", "should", "may"))
RELATIONS = st.sampled_from(("by", "before", "until", "within", "at-least-before", "on"))
GRID = st.lists(st.lists(WORDS, max_size=3).map(tuple), max_size=3).map(tuple)
NUMBERS = st.decimals(-(10**9), 10**9, places=6, allow_nan=False)
KINDS = st.sampled_from(("date", "amount", "text"))
COLUMNS = st.lists(st.builds(Column, col=COUNT, heading=WORDS, kind=KINDS, unit=maybe(WORDS)), max_size=2).map(tuple)
CELLS = st.lists(st.builds(CellValue, row=COUNT, col=COUNT, kind=KINDS, value=WORDS, unit=maybe(WORDS), span=SPANS), max_size=2).map(tuple)
MERGES = st.lists(st.builds(Merge, row=COUNT, col=COUNT, rowspan=COUNT, colspan=COUNT), max_size=2).map(tuple)


def several(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=2).map(tuple)


EXPRESSIONS = st.builds(
    Expression,
    source=st.builds(Source, path=WORDS, sha256=WORDS, media_type=WORDS, pages=maybe(COUNT)),
    lang=st.sampled_from(("en", "zh-Hant", "zh-Hans", "mul")),
    issuer=maybe(WORDS),
    number=maybe(WORDS),
    other_numbers=PARTIES,
    issued=maybe(DAYS),
    title=maybe(WORDS),
    text=WORDS,
    dates=several(
        st.builds(
            DateMention,
            **FACT,
            start=maybe(DAYS),
            end=maybe(DAYS),
            approx=maybe(st.sampled_from(("early", "mid", "late"))),
            time=maybe(CLOCKS),
            end_time=maybe(CLOCKS),
            weekday_ok=maybe(st.booleans()),
            year_inferred=st.booleans(),
            relative=st.booleans(),
        )
    ),
    times=several(st.builds(TimeMention, **FACT, time=CLOCKS, end_time=maybe(CLOCKS))),
    deadlines=several(
        st.builds(
            Deadline,
            **FACT,
            stated=maybe(DAYS),
            relation=RELATIONS,
            due=maybe(DAYS),
            due_business=maybe(DAYS),
            time=maybe(CLOCKS),
            bearer=PARTIES,
            action=maybe(WORDS),
            consequence=maybe(WORDS),
            tentative=st.booleans(),
            modality=MODALITIES,
            why=maybe(WORDS),
        )
    ),
    duties=several(st.builds(Duty, **FACT, bearer=PARTIES, modality=MODALITIES, action=maybe(WORDS))),
    contacts=several(
        st.builds(
            Contact,
            **FACT,
            kind=st.sampled_from(("tel", "fax", "email", "url", "person", "address")),
            value=WORDS,
            label=maybe(WORDS),
            title=maybe(WORDS),
            org=maybe(WORDS),
            role=maybe(st.just("signatory")),
        )
    ),
    references=several(
        st.builds(
            Reference,
            **FACT,
            number=maybe(WORDS),
            issued=maybe(DAYS),
            relation=st.sampled_from(("cites", "amends", "replaces", "reminds", "appends")),
            title=maybe(WORDS),
        )
    ),
    definitions=several(st.builds(Definition, **FACT, term=WORDS, full=WORDS)),
    amounts=several(st.builds(Amount, **FACT, kind=st.sampled_from(("money", "percentage", "quantity")), value=NUMBERS, unit=maybe(WORDS))),
    tables=several(st.builds(Table, **PLACE, caption=maybe(WORDS), header=COUNT, rows=GRID, merged=MERGES, columns=COLUMNS, cells=CELLS)),
    events=several(
        st.builds(
            Event,
            **FACT,
            start=maybe(DAYS),
            end=maybe(DAYS),
            time=maybe(CLOCKS),
            end_time=maybe(CLOCKS),
            title=WORDS,
            table=COUNT,
            row=COUNT,
        )
    ),
    blocks=several(st.builds(Block, kind=st.sampled_from(("title", "text", "table")), span=SPANS, page=maybe(COUNT))),
    unexplained=several(st.builds(Unexplained, quote=WORDS, span=SPANS, why=WORDS)),
    warnings=several(st.builds(Warn, code=WORDS, message=WORDS, page=maybe(COUNT))),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(EXPRESSIONS)
def test_an_expression_comes_back_as_it_was_stored(expression: Expression) -> None:
    with store.open_db(":memory:") as db:
        [number] = store.add(db, [expression]).expressions
        assert store.expression(db, number) == expression
        assert list(store.expressions(db)) == [expression]


def test_text_with_a_nul_comes_back_whole(db: Database) -> None:
    [number] = store.add(db, [circular(text="before\0after")]).expressions
    assert store.expression(db, number).text == "before\0after"


# Once, and in place of what was there ------------------------------------------------------------------------------------


def test_adding_the_same_file_again_changes_nothing(db: Database) -> None:
    expression = load(FIRST / "seoch-en.txt")
    store.add(db, [expression])
    before = list(db.conn.iterdump())
    assert store.known(db, expression.source.sha256)
    assert store.add(db, [expression]) == ([], [])
    assert list(db.conn.iterdump()) == before


def test_a_file_of_which_pages_are_missing_for_want_of_time_is_not_known_and_replaced(db: Database) -> None:
    late = circular("a", sha256="1", number="X/1", warnings=(Warn(code="time-limit", message="…", page=2),))
    store.add(db, [late])
    before = db.execute("SELECT id FROM circulars").fetchall()
    assert not store.known(db, "1")
    whole = circular("a", sha256="1", number="X/1", title="Whole")
    assert len(store.add(db, [whole]).expressions) == 1
    assert store.known(db, "1")
    assert list(store.expressions(db)) == [whole]
    assert db.execute("SELECT id FROM circulars").fetchall() == before


def test_a_changed_file_replaces_what_its_path_said(db: Database) -> None:
    store.add(db, [circular("a", sha256="1", number="X/1", deadlines=(deadline(date(2026, 1, 5), "file"),))])
    new = circular("a", sha256="2", number="X/1", title="New")
    store.add(db, [new])
    assert list(store.expressions(db)) == [new]
    assert [count(db, table) for table in ("sources", "circulars", "expressions", "deadlines")] == [1, 1, 1, 0]
    assert not store.known(db, "1")


def test_a_changed_file_without_a_number_stays_the_same_circular(db: Database) -> None:
    store.add(db, [circular("a", sha256="1")])
    before = db.execute("SELECT id FROM circulars").fetchall()
    store.add(db, [circular("a", sha256="2", number="X/1")])
    assert db.execute("SELECT id FROM circulars").fetchall() == before


def test_a_circular_that_loses_a_language_is_named(db: Database) -> None:
    store.add(db, [circular("a", sha256="1", number="X/1"), circular("b", lang="zh-Hant", number="X/1")])
    before, after = store.add(db, [circular("a", sha256="2", number="X/2")]).circulars
    numbers = "SELECT number FROM circulars WHERE id IN (?, ?) ORDER BY id"
    assert db.execute(numbers, [before, after]).fetchall() == [("X/1",), ("X/2",)]


def test_a_file_that_becomes_another_circular_leaves_no_empty_one(db: Database) -> None:
    store.add(db, [circular("a", sha256="1", number="X/1")])
    store.add(db, [circular("a", sha256="2", number="X/2")])
    assert db.execute("SELECT number FROM circulars").fetchall() == [("X/2",)]


def test_two_languages_of_one_number_are_one_circular(db: Database) -> None:
    english = circular("a", issuer="SEOCH", number="X/1", title="Title", issued=date(2026, 7, 6))
    chinese = circular("b", issuer="SEOCH", number="X/1", title="標題", lang="zh-Hant", issued=date(2026, 7, 6))
    store.add(db, [chinese, english])
    assert db.execute("SELECT issuer, number, issued, title_en, title_zh FROM circulars").fetchall() == [
        ("SEOCH", "X/1", "2026-07-06", "Title", "標題")
    ]


@pytest.mark.parametrize(
    ("left", "right", "circulars"),
    [
        ({"issuer": "SEOCH"}, {"issuer": "SEOCH", "number": "X/1"}, 1),
        ({"issuer": "SEOCH"}, {}, 1),
        ({"number": "X/1"}, {"number": "X/2"}, 2),
        ({"issuer": "SEOCH"}, {"issuer": "HKCC", "number": "X/1"}, 2),
    ],
)
def test_a_translation_joins_its_circular_unless_the_numbers_differ(
    db: Database, left: dict[str, str], right: dict[str, str], circulars: int
) -> None:
    first, second = store.add(db, [circular("a", **left), circular("b", lang="zh-Hant", **right)]).expressions
    assert count(db, "circulars") == 2
    assert store.link(db, first, second) is (circulars == 1)
    assert count(db, "circulars") == circulars
    if circulars == 1:
        assert store.header_of(db, store.circular_of(db, first)) == (left.get("issuer") or right.get("issuer"), right.get("number"))


def test_one_bad_expression_leaves_nothing_of_its_batch(db: Database) -> None:
    bad = circular("b", dates=(DateMention(quote="x", span=(5, 1), rule="test", start=None, end=None),))
    with pytest.raises(sqlite3.IntegrityError):
        store.add(db, [circular("a"), bad])
    assert count(db, "expressions") == count(db, "sources") == count(db, "circulars") == 0


def test_neighbours_share_a_day_a_number_or_a_date(db: Database) -> None:
    mention = DateMention(quote="28 April", span=(7, 15), rule="test", start=date(2023, 4, 28), end=date(2023, 4, 28))
    cited = Reference(quote="X/9", span=(0, 3), rule="test", number="X/9")
    same_day = circular("day", issued=date(2026, 7, 6))
    numbers = store.add(
        db,
        [
            circular("new", issued=date(2026, 7, 6), number="X/1", dates=(mention,), references=(cited,)),
            same_day,
            circular("date", dates=(mention,)),
            circular("cited", number="X/9"),
            circular("stranger", number="Y/1", issued=date(2020, 1, 1)),
        ],
    ).expressions
    assert [stored.id for stored in store.neighbours(db, numbers[:1], REACH)] == numbers[:4]


@pytest.mark.parametrize(("shared", "issued", "near"), [(1, 14, True), (1, 15, False), (2, 15, False), (3, 300, True), (1, None, True)])
def test_neighbours_issued_apart_share_several_dates(db: Database, shared: int, issued: int | None, near: bool) -> None:
    days = [date(2026, 9, day) for day in range(1, 5)]
    mentions = [DateMention(quote="x", span=(day.day, day.day + 1), rule="test", start=day, end=day) for day in days]
    later = None if issued is None else date(2026, 7, 6) + timedelta(days=issued)
    numbers = store.add(
        db,
        [
            circular("new", issued=date(2026, 7, 6), dates=tuple(mentions)),
            circular("other", issued=later, dates=tuple(mentions[:shared])),
        ],
    ).expressions
    assert [stored.id for stored in store.neighbours(db, numbers[:1], REACH)] == (numbers if near else numbers[:1])


def test_of_copies_the_first_stands_for_all(db: Database) -> None:
    day = date(2026, 7, 6)
    told = [
        circular(name, issued=day, number="X/1", lang=lang) for name, lang in (("a", "en"), ("b", "en"), ("c", "zh-Hant"), ("new", "en"))
    ]
    one, _, other, new = store.add(db, [*told, circular("plain", issued=day)]).expressions[:4]
    assert [stored.id for stored in store.neighbours(db, [new], REACH)] == [one, other, new, new + 1]


@pytest.mark.parametrize("large", [{"text": "x" * 101}, {"dates": 21}])
def test_what_is_too_large_is_no_neighbour_and_has_none(db: Database, large: dict[str, Any]) -> None:
    day = date(2026, 7, 6)
    mentions = tuple(DateMention(quote="x", span=(at, at + 1), rule="test", start=day, end=day) for at in range(large.pop("dates", 1)))
    numbers = store.add(db, [circular("large", issued=day, dates=mentions, **large), circular("other", issued=day)]).expressions
    few = REACH._replace(text=100, facts=20)
    assert [[stored.id for stored in store.neighbours(db, [number], few)] for number in numbers] == [[], numbers[1:]]


def test_a_day_that_is_named_without_end_is_compared_once(db: Database) -> None:
    day = date(2026, 7, 6)
    mentions = tuple(DateMention(quote="x", span=(at, at + 1), rule="test", start=day, end=day) for at in range(2000))
    numbers = store.add(db, [circular(name, dates=mentions) for name in "abcdef"]).expressions
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    db.conn.set_progress_handler(step, 1000)
    found = store.neighbours(db, numbers, REACH)
    db.conn.set_progress_handler(None, 0)
    assert [stored.id for stored in found] == numbers
    assert steps < 2000, "every mention met every other"


# Obligations live on -----------------------------------------------------------------------------------------------------


def rebuilt(db: Database, number: int) -> list[tuple[str, str]]:
    """Names and statuses after working out the obligations of this circular again."""
    parts = store.of_circular(db, number)
    store.put_obligations(db, [number], [part.id for part in parts], obligations([part.expression for part in parts]))
    return db.execute("SELECT id, status FROM obligations ORDER BY due, id").fetchall()


def test_a_status_survives_a_changed_file(db: Database) -> None:
    acts = (deadline(date(2026, 1, 5), "file the return"), deadline(date(2026, 1, 9), "pay the fee"))
    store.add(db, [circular("a", sha256="1", number="X/1", deadlines=acts)])
    number = store.circular_of(db, 1)
    (filing, _), (paying, _) = rebuilt(db, number)
    store.decide(db, "Amy", "obligation", filing, "done", {})
    moved = (deadline(date(2026, 1, 12), "file the return"), acts[1])
    store.add(db, [circular("a", sha256="2", number="X/1", deadlines=moved)])
    assert rebuilt(db, number) == [(paying, "open"), (filing, "done")]


def test_a_status_survives_the_translation_that_arrives_later(db: Database) -> None:
    act = deadline(date(2026, 1, 5), "提交申報表")
    store.add(db, [circular("b", number="X/1", lang="zh-Hant", deadlines=(act,))])
    number = store.circular_of(db, 1)
    [(name, _)] = rebuilt(db, number)
    store.decide(db, "Amy", "obligation", name, "waive", {})
    store.add(db, [circular("a", number="X/1", deadlines=(deadline(date(2026, 1, 5), "file the return"),))])
    assert rebuilt(db, number) == [(name, "not applicable")]
    assert count(db, "obligation_deadlines") == 2


def test_two_circulars_that_nothing_tells_apart_have_obligations_of_their_own(db: Database) -> None:
    acts = (deadline(date(2026, 1, 5), "file the return"),)
    for number in store.add(db, [circular("a", title="T", deadlines=acts), circular("b", title="T", deadlines=acts)]).circulars:
        names = rebuilt(db, number)
    assert len({name for name, _ in names}) == 2
    assert rebuilt(db, store.circular_of(db, 2)) == names


def test_the_members_of_an_obligation_keep_their_order(db: Database) -> None:
    acts = (deadline(date(2026, 1, 6), "file"), deadline(date(2026, 1, 5), "file"))
    store.add(db, [circular(deadlines=acts)])
    found = Obligation(
        id="x", due=date(2026, 1, 5), relation="by", members=(Member(expression=0, deadline=1), Member(expression=0, deadline=0))
    )
    store.put_obligations(db, [1], [1], [found])
    query = "SELECT d.due FROM obligation_deadlines AS m JOIN deadlines AS d ON d.id = m.deadline ORDER BY m.ordinal"
    assert db.execute(query).fetchall() == [("2026-01-05",), ("2026-01-06",)]


# Findings and houses -------------------------------------------------------------------------------------------------------


def test_findings_are_replaced_and_not_piled_up(db: Database) -> None:
    store.add(db, [circular()])
    finding = Finding(check="c", level="warning", message="m", left=Side(value="2026-01-05", quote="5 January", span=(1, 10), page=2))
    store.put_findings(db, 1, [finding, finding])
    store.put_findings(db, 1, [finding])
    [row] = db.execute("SELECT * FROM findings").fetchall()
    *told, name, state = row[1:]
    assert told == [None, 1, "c", "warning", "m", "2026-01-05", "5 January", 1, 10, 2, None, None, None, None, None]
    assert (name[:2], len(name), state) == ("f-", 18, "open")
    assert db.execute("SELECT errors, warnings, notes FROM circulars_with_findings").fetchall() == [(0, 1, 0)]


def test_houses_are_brought_up_to_date(db: Database) -> None:
    store.add(db, [circular(issuer="SEOCH")])
    house = House(code="SEOCH", name=Bilingual(en=("The SEHK Options Clearing House Limited",), zh=("香港聯合交易所期權結算所有限公司",)))
    store.put_houses(db, {"SEOCH": house})
    assert db.execute("SELECT * FROM houses").fetchall() == [("SEOCH", house.name.en[0], house.name.zh[0], None)]


# Places that are no database -------------------------------------------------------------------------------------------------


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (id)")
    other.close()


def newer(path: Path) -> None:
    with store.open_db(path) as db:
        db.execute("PRAGMA user_version = 999")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (foreign, "not made by circulars"),
        (newer, "newer version"),
        (lambda path: path.write_bytes(b"%PDF-1.7 nothing of SQLite in here" * 40), "not a SQLite database"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
)
@pytest.mark.parametrize("opening", [store.open_db, store.open_to_read])
def test_a_file_that_is_no_database_of_ours_is_refused_and_left_alone(tmp_path: Path, make, reason, opening) -> None:
    path = tmp_path / "some.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(BadDatabase, match=reason) as caught:
        opening(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert before is None or path.read_bytes() == before


@pytest.mark.parametrize("opening", [store.open_db, store.open_to_read])
def test_a_folder_that_does_not_exist_is_named(tmp_path: Path, opening) -> None:
    with pytest.raises(BadDatabase, match="does not exist"):
        opening(tmp_path / "nowhere" / "some.db")


def test_reading_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(BadDatabase, match="no such database"):
        store.open_to_read(tmp_path / "some.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    path.touch()
    with store.open_db(path) as db:
        assert store.version(db) == VERSION


def test_questions_cannot_change_a_database(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with store.open_db(path) as db:
        store.add(db, [circular()])
    with store.open_to_read(path) as db, pytest.raises(BadDatabase, match="readonly"):
        store.add(db, [circular("b")])


# Timetables -------------------------------------------------------------------------------------------------------------------

SCHEDULE = """Date: 6 July 2026

Subject: Fees

The steps are below.

Date\tTime\tEvent
13 July 2026\t09:00\tRegistration opens
15 July 2026\t17:00\t• Deadline for the signed form • Hotline opens
Late July 2026\t\tLast day for fees
3 August 2026 onwards\t\tNew page
"""


def test_an_entry_of_a_timetable_knows_its_deadline_its_table_and_its_row(db: Database) -> None:
    store.add(db, [parse(SCHEDULE.encode(), Path("fees.txt"), Settings())])
    query = 'SELECT v.title, v."table", v."row", d.stated, d.due = v.due FROM calendar_events AS v LEFT JOIN deadlines AS d ON d.id = v.deadline'
    assert db.execute(f"{query} ORDER BY v.id").fetchall() == [
        ("Registration opens", 0, 1, None, None),
        ("Deadline for the signed form", 0, 2, "2026-07-15", 1),
        ("Hotline opens", 0, 2, None, None),
        ("Last day for fees", 0, 3, None, None),
        ("New page", 0, 4, None, None),
    ]


def test_entries_are_found_by_their_interval(db: Database) -> None:
    store.add(db, [parse(SCHEDULE.encode(), Path("fees.txt"), Settings())])
    query = "SELECT title FROM calendar_events WHERE earliest <= ? AND latest >= ? ORDER BY earliest, latest, id"
    found = {
        span: [row[0] for row in db.execute(query, [span[1], span[0]])]
        for span in (("2026-07-20", "2026-07-25"), ("2026-09-01", "2026-09-30"))
    }
    assert found == {("2026-07-20", "2026-07-25"): ["Last day for fees"], ("2026-09-01", "2026-09-30"): ["New page"]}


def test_a_database_of_the_second_step_gets_the_links_of_its_timetables() -> None:
    told = parse(SCHEDULE.encode(), Path("fees.txt"), Settings())
    with store.open_db(":memory:") as made:
        store.add(made, [told])
        links = made.execute("SELECT event, deadline FROM event_deadlines").fetchall()
        made.execute("DROP VIEW calendar_events")
        made.execute("DROP TABLE event_deadlines")
        made.execute("ALTER TABLE sources DROP COLUMN edition")
        made.execute("CREATE VIEW calendar_events AS SELECT 1")
        made.executescript(SCHEDULES)
        assert links
        assert made.execute("SELECT event, deadline FROM event_deadlines").fetchall() == links
