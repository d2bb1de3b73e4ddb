"""What several circulars of one matter ask for in turn is one obligation, in whatever order they are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from sqlite_utils import Database
from thread_factory import CORRECTION, FIRST, REMINDER, TEXTS, added, kept

from ingest.issuers import houses
from ingest.settings import settings
from kb import doctor, export, intake, lives, questions, store
from kb.cli import circulars

FIRST_NUMBER = "CD/OES/CCASS/071/2026"
LATER = "CD/OES/CCASS/080/2026"
HEAD = CORRECTION.partition("Further to")[0].replace("CCASS/075", "CCASS/080").replace("09/07/2026", "10/07/2026")
HEAD_ZH = TEXTS["zh"].partition("查詢")[0].replace("CCASS/071", "CCASS/080").replace("06/07/2026", "10/07/2026")
REMINDED = REMINDER.replace("075", "071").replace("17 July", "15 July").replace("14/07", "07/07")
EXTENDED = REMINDER.replace("075", "071").replace("by 17 July 2026", "by 17 July 2026, as the day has been extended to 17 July 2026")
FORM, TEST = "return the signed form", "complete the connection test"


def later(text: str, title: str = "New Sign-in Page", head: str = HEAD) -> str:
    return f"{head.replace('Correction – New Sign-in Page', title)}{text}\n"


def later_zh(text: str) -> str:
    return later(text, head=HEAD_ZH)


@pytest.fixture
def db() -> Iterator[Database]:
    with store.open_db(":memory:") as opened:
        yield opened
        assert [*doctor.orphans(opened)] == []


Told = list[tuple[str, str | None, str | None, int, str | None, bool]]


def told(db: Database) -> Told:
    """Of each obligation the act, the day, its circular, how often it was moved, what withdrew it, and whether it disagrees."""
    query = (
        "SELECT coalesce(action, action_zh), due, number, sequence, withdrawn_by, conflict IS NOT NULL FROM all_obligations ORDER BY 1, 2"
    )
    return [(*row[:5], bool(row[5])) for row in db.execute(query)]


def statements(db: Database) -> list[tuple[str, str, int]]:
    """Circular, quote and whether it governs, of every member of every obligation."""
    query = """
        SELECT o.due, s.number, s.lang, s.quote, s.governs FROM obligation_statements AS s JOIN obligations AS o ON o.id = s.obligation
        ORDER BY 1, 2, 3, 4, 5
    """
    return db.execute(query).fetchall()


MOVED = (FORM, "2026-07-17", "CD/OES/CCASS/075/2026", 1, None, False)
TESTED = (TEST, "2026-08-31", FIRST_NUMBER, 0, None, False)


# What becomes of an obligation ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(REMINDER.replace("075", "071").replace("17 July", "15 July"), ("2026-07-15", FIRST_NUMBER, 0, None, False), id="reminder"),
        pytest.param(REMINDER.replace("075", "071"), ("2026-07-15", FIRST_NUMBER, 0, None, True), id="reminder of another day"),
        pytest.param(
            EXTENDED,
            ("2026-07-17", "CD/OES/CCASS/076/2026", 1, None, True),  # of 5:00 p.m. it says nothing
            id="reminder that tells of the move",
        ),
        pytest.param(CORRECTION, MOVED[1:], id="amendment"),
        pytest.param(
            later(f"This circular supersedes circular {FIRST_NUMBER}. Designated Banks must return the signed form by 20 July 2026."),
            ("2026-07-20", LATER, 1, None, False),
            id="replaced",
        ),
        pytest.param(
            later(f"This circular supersedes circular {FIRST_NUMBER}."), ("2026-07-15", FIRST_NUMBER, 0, None, True), id="replaced, not told"
        ),
        pytest.param(later(f"Circular {FIRST_NUMBER} is withdrawn."), ("2026-07-15", FIRST_NUMBER, 1, LATER, False), id="withdrawn"),
        pytest.param(
            later(f"This circular cancels our circular of 6 July 2026 (Reference: {FIRST_NUMBER}) in its entirety."),
            ("2026-07-15", FIRST_NUMBER, 1, LATER, False),
            id="cancelled",
        ),
        pytest.param(later_zh(f"通告{FIRST_NUMBER}現予撤回。"), ("2026-07-15", FIRST_NUMBER, 1, LATER, False), id="withdrawn in Chinese"),
        pytest.param(
            later_zh(f"本公司謹此撤回2026年7月6日的通告（編號：{FIRST_NUMBER}）。"),
            ("2026-07-15", FIRST_NUMBER, 1, LATER, False),
            id="takes back in Chinese",
        ),
        pytest.param(
            later(f"The drill announced in circular {FIRST_NUMBER} is cancelled."), ("2026-07-15", FIRST_NUMBER, 0, None, False), id="a drill"
        ),
        pytest.param(
            later_zh(f"通告{FIRST_NUMBER}所述的演習現予取消。"), ("2026-07-15", FIRST_NUMBER, 0, None, False), id="a drill in Chinese"
        ),
        pytest.param(
            later(f"Designated Banks which have already replied no longer need to return the signed form by 15 July 2026 ({FIRST_NUMBER})."),
            ("2026-07-15", FIRST_NUMBER, 0, None, False),
            id="some are released",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
def test_a_later_circular_says_what_becomes_of_an_obligation(
    db: Database, text: str, expected: tuple[object, ...], backwards: bool
) -> None:
    texts = {"first": FIRST, "later": text}
    kept(db, **dict(reversed(texts.items())) if backwards else texts)
    form = [one[1:] for one in told(db) if one[0] == FORM]
    assert form == [expected]


@pytest.mark.parametrize(
    "text",
    [
        later(f"Further to circular {FIRST_NUMBER}, Designated Banks no longer need to return the signed form by 15 July 2026."),
        later(f"The requirement to return the signed form by 15 July 2026 (circular {FIRST_NUMBER}) is cancelled."),
        later_zh(f"通告{FIRST_NUMBER}所述交回已簽署的表格的限期（2026年7月15日）現予取消。"),
    ],
)
def test_an_act_that_a_later_circular_ends_is_withdrawn_and_the_others_are_not(db: Database, tmp_path: Path, text: str) -> None:
    added(db, tmp_path, "first", "zh", end=text)
    assert told(db) == [TESTED, (FORM, "2026-07-15", FIRST_NUMBER, 1, LATER, False)]


MOVED_BY_DAY = "參與者交回已簽署表格的限期由2026年7月15日（星期三）延長至2026年7月17日（星期五）。"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (later(f'For "15 July 2026" in circular {FIRST_NUMBER}, please read "17 July 2026".'), "2026-07-15, 2026-07-17"),
        (later(f'The reference to "15 July 2026" in {FIRST_NUMBER} should read "17 July 2026".'), "2026-07-15, 2026-07-17"),
        (later(f"As to circular {FIRST_NUMBER}, the hour on 15 July 2026 is amended from 5:00 p.m. to 12:00 noon."), "2026-07-15"),
        (later_zh(f"通告{FIRST_NUMBER}所載的「2026年7月15日」應為「2026年7月17日」。"), "2026-07-15, 2026-07-17"),
    ],
)
def test_a_day_that_a_later_circular_corrects_in_words_that_are_not_understood_is_told(
    db: Database, tmp_path: Path, text: str, days: str
) -> None:
    added(db, tmp_path, "first", later=text)
    conflicts = dict(db.execute("SELECT action, conflict FROM obligations ORDER BY action").fetchall())
    assert conflicts == {FORM: f"{LATER} moves or corrects {days} and is not understood", TEST: None}


@pytest.mark.parametrize(
    "text",
    [
        later(f"We refer to circular {FIRST_NUMBER}. The briefing has been postponed to 20 July 2026."),
        later(f"We refer to circular {FIRST_NUMBER}. The office is closed on 15 July 2026."),
        CORRECTION,
        REMINDED,
    ],
    ids=["another matter is moved", "the day alone", "understood", "the same day"],
)
def test_what_moves_nothing_or_is_understood_leaves_no_doubt(db: Database, tmp_path: Path, text: str) -> None:
    added(db, tmp_path, "first", later=text)
    assert {conflict for (conflict,) in db.execute("SELECT conflict FROM obligations")} == {None}


@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
def test_an_amendment_in_the_other_language_moves_the_only_act_of_the_day_that_it_names(db: Database, backwards: bool) -> None:
    texts = {"first": FIRST, "later": later_zh(f"茲提述通告{FIRST_NUMBER}。{MOVED_BY_DAY}")}
    kept(db, **dict(reversed(texts.items())) if backwards else texts)
    assert told(db) == [TESTED, (FORM, "2026-07-17", LATER, 1, None, True)]
    [(conflict, time)] = db.execute("SELECT conflict, time FROM obligations WHERE action = ?", [FORM]).fetchall()
    assert (conflict, time) == (f"{LATER} moves this without a time of day (17:00 on 2026-07-15 before)", None)


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        ("is extended to 17 July 2026", True),
        ("is extended to 12:00 noon on 17 July 2026", False),
        ("has been extended from 5:00 p.m. on 15 July 2026 to 5:00 p.m. on 17 July 2026", False),
    ],
)
def test_an_extension_that_names_no_hour_gives_the_day_and_says_that_the_hour_is_not_known(db: Database, words: str, lost: bool) -> None:
    kept(db, first=FIRST, later=later(f"Further to circular {FIRST_NUMBER}, the deadline for returning the signed form {words}."))
    [(due, time, conflict)] = db.execute("SELECT due, time, conflict FROM obligations WHERE due < '2026-08-01'").fetchall()
    assert (due, time is None, "without a time of day (17:00 on 2026-07-15 before)" in (conflict or "")) == ("2026-07-17", lost, lost)


def test_an_amendment_in_the_other_language_moves_neither_of_two_acts_of_the_day_that_it_names(db: Database) -> None:
    first = FIRST.replace("by 31 August 2026", "by 15 July 2026")
    kept(db, first=first, later=later_zh(f"茲提述通告{FIRST_NUMBER}。{MOVED_BY_DAY}"))
    assert sorted(one[1:3] for one in told(db)) == [("2026-07-15", FIRST_NUMBER)] * 2 + [("2026-07-17", LATER)]


@pytest.mark.parametrize(
    ("title", "gone"), [("Amendment – New Sign-in Page", True), ("Correction – New Sign-in Page", True), ("Reissued", False)]
)
def test_an_amendment_goes_with_the_circular_that_is_withdrawn(db: Database, title: str, gone: bool) -> None:
    first, again = FIRST, CORRECTION.replace("Correction – New Sign-in Page", title)
    if not gone:
        again = again.replace("Further to our circular of", "This circular supersedes our circular of")
    kept(db, first=first, again=again, end=later(f"Circular {FIRST_NUMBER} is withdrawn.").replace("10/07", "20/07"))
    assert [one[4] for one in told(db) if one[0] == FORM] == [LATER if gone else None]


def test_the_day_of_the_following_year_is_another_obligation(db: Database, tmp_path: Path) -> None:
    text = later(f"This circular replaces circular {FIRST_NUMBER}. Designated Banks must return the signed form by 15 July 2027.")
    added(db, tmp_path, "first", later=text.replace("10/07/2026", "06/07/2027").replace("080/2026", "080/2027"))
    assert [one[:2] for one in told(db) if one[0] == FORM] == [(FORM, "2026-07-15"), (FORM, "2027-07-15")]


def test_a_mere_citation_with_another_day_is_another_obligation(db: Database, tmp_path: Path) -> None:
    text = later(f"See also circular {FIRST_NUMBER}. Designated Banks must return the signed form by 22 July 2026.")
    added(db, tmp_path, "first", later=text)
    assert [one[:2] for one in told(db) if one[0] == FORM] == [(FORM, "2026-07-15"), (FORM, "2026-07-22")]


def test_a_sibling_has_obligations_of_its_own(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", "sibling")
    assert [one[:2] for one in told(db)] == [(TEST, "2026-08-31")] * 2 + [(FORM, "2026-07-15")] * 2


def test_a_circular_printed_again_with_another_day_governs(db: Database, tmp_path: Path) -> None:
    again = (
        FIRST.replace("06/07/2026", "08/07/2026")
        .replace("15 July 2026 (Wednesday)", "22 July 2026 (Wednesday)")
        .replace("15 July", "22 July")
    )
    added(db, tmp_path, "first", "zh", again=again)
    assert told(db) == [TESTED, (FORM, "2026-07-22", FIRST_NUMBER, 1, None, False)]


def test_a_withdrawn_correction_leaves_the_first_day_and_says_so(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", "correction", end=later("Circular CD/OES/CCASS/075/2026 is withdrawn."))
    assert told(db) == [TESTED, (FORM, "2026-07-15", FIRST_NUMBER, 2, None, True)]


# Order ---------------------------------------------------------------------------------------------------------------

MATTER = {**{name: TEXTS[name] for name in ("first", "zh", "correction", "reminder")}}


@pytest.mark.parametrize("order", list(permutations(MATTER)), ids="-".join)
def test_the_order_in_which_circulars_come_does_not_matter(order: tuple[str, ...]) -> None:
    with store.open_db(":memory:") as one, store.open_db(":memory:") as other:
        kept(one, **MATTER)
        kept(other, **{name: MATTER[name] for name in order})
        assert told(other) == told(one) == [TESTED, MOVED]
        assert statements(other) == statements(one)
        assert len(statements(one)) == 8
        assert alive(other) == alive(one)
        assert len(alive(one)) == 2


@pytest.mark.parametrize("count", [1, 2, 4])
def test_batches_do_not_matter(db: Database, tmp_path: Path, count: int) -> None:
    paths = []
    for name, text in reversed({**MATTER, "end": later(f"Circular {FIRST_NUMBER} is withdrawn.").replace("10/07", "20/07")}.items()):
        paths.append(tmp_path / f"{name}.txt")
        paths[-1].write_text(text, "utf-8")
    for start in range(0, len(paths), count):
        intake.add(db, paths[start : start + count], houses(), intake.reader(settings()))
    assert [one[4] for one in told(db)] == [LATER, LATER]


def test_what_a_file_no_longer_tells_leaves_the_obligation(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", "correction", "reminder")
    added(
        db, tmp_path, correction=CORRECTION.replace("CD/OES/CCASS/071/2026", "CD/OES/CCASS/061/2026").replace("6 July 2026", "1 July 2026")
    )
    assert [one[:4] for one in told(db) if one[0] == FORM] == [
        (FORM, "2026-07-15", FIRST_NUMBER, 0),
        (FORM, "2026-07-17", "CD/OES/CCASS/075/2026", 0),
    ]
    added(db, tmp_path, "correction")
    assert told(db) == [TESTED, MOVED]


def test_an_obligation_outlives_the_circular_that_told_it_first(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", reminder=REMINDER.replace("075", "071").replace("17 July", "15 July"))
    name = decided(db)
    added(db, tmp_path, first=TEXTS["sibling"])
    assert db.execute("SELECT status, number FROM all_obligations WHERE id = ?", [name]).fetchall() == [("done", "CD/OES/CCASS/076/2026")]


# Life ----------------------------------------------------------------------------------------------------------------


def decided(db: Database) -> str:
    """Say that the form was returned; gives the name of the obligation."""
    name = str(db.execute("SELECT id FROM obligations WHERE action = ?", [FORM]).fetchone()[0])
    lives.decide(db, name, "done", "Amy")
    return name


@pytest.mark.parametrize("order", [("first", "reminder", "correction"), ("reminder", "first", "correction"), ("correction", "first", "zh")])
def test_a_life_survives_what_comes_later_and_a_moved_day_is_told(db: Database, tmp_path: Path, order: tuple[str, ...]) -> None:
    texts = {
        "first": FIRST,
        "reminder": REMINDED,
        "correction": CORRECTION,
        "zh": TEXTS["zh"],
    }
    added(db, tmp_path, **{order[0]: texts[order[0]]})
    name = decided(db)
    added(db, tmp_path, **{name: texts[name] for name in order[1:]})
    rows = db.execute("SELECT id, status, due, decided_due FROM all_obligations WHERE action = ?", [FORM]).fetchall()
    assert rows == [(name, "done", "2026-07-17", None if order[0] == "correction" else "2026-07-15")]
    assert lives.adrift(db) == []
    assert [line.partition(" is due ")[0] for line in lives.moved(db)] == (
        [] if order[0] == "correction" else [f"obligation {name} of CD/OES/CCASS/075/2026"]
    )


def test_what_is_withdrawn_leaves_the_lists_and_has_a_state_of_its_own(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", end=later(f"Circular {FIRST_NUMBER} is withdrawn."))
    assert db.execute("SELECT count(*) FROM upcoming").fetchone() == (0,)
    assert {state: len(lives.obligations(db, state)) for state in lives.STATES} == {"open": 0, "done": 0, "waived": 0, "withdrawn": 2}
    assert lives.decided(lives.obligations(db, "withdrawn")[0]) == f"withdrawn by {LATER}"


def test_a_reminder_that_tells_of_the_move_stands_in_the_history(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", reminder=EXTENDED)
    found = questions.history(db, FIRST_NUMBER).moves
    assert [(one.change, one.stated_in, str(one.old_end), str(one.new_end)) for one in found] == [
        ("moved", FIRST_NUMBER, "2026-07-15", "2026-07-17")
    ]


# A calendar ----------------------------------------------------------------------------------------------------------


def calendar(path: Path) -> dict[str, tuple[int, str, str]]:
    """Sequence, status and day of each entry, by its name, as another program reads them."""
    result = CliRunner().invoke(circulars, ["export", "--format", "ics", "--db", str(path)], catch_exceptions=False)
    found = Calendar.from_ical(result.stdout_bytes).walk("VEVENT")
    return {str(one["uid"]): (one["sequence"], str(one["status"]), one.decoded("dtstart").strftime("%d %B")) for one in found}


def test_a_calendar_knows_an_obligation_again_when_it_is_moved_and_withdrawn(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    seen = []
    for texts in ({"first": FIRST}, {"correction": CORRECTION}, {"end": later("Circular CD/OES/CCASS/071/2026 is withdrawn.")}):
        with store.open_db(path) as db:
            added(db, tmp_path, **texts)
        seen.append(calendar(path))
    assert seen[0].keys() == seen[1].keys() == seen[2].keys()
    assert sorted(seen[0].values()) == [(0, "CONFIRMED", "15 July"), (0, "CONFIRMED", "31 August")]
    assert sorted(seen[1].values()) == [(0, "CONFIRMED", "31 August"), (1, "CONFIRMED", "17 July")]
    assert sorted(seen[2].values()) == [(1, "CANCELLED", "31 August"), (2, "CANCELLED", "17 July")]
    result = CliRunner().invoke(circulars, ["obligations", "--state", "withdrawn", "--format", "json", "--db", str(path)])
    assert {one["withdrawn_by"] for one in json.loads(result.stdout)} == {LATER}


def entries(db: Database) -> dict[str, tuple[int, str, str, str]]:
    """Sequence, status, day and summary of each entry of the calendar, by its name, as another program reads them."""
    found = Calendar.from_ical(export.as_ics(export.ask(db, export.CALENDAR))).walk("VEVENT")
    return {str(one["uid"]): (one["sequence"], str(one["status"]), str(one.decoded("dtstart")), str(one["summary"])) for one in found}


def alive(db: Database) -> dict[str, tuple[str, str]]:
    """Day and summary of each entry that is not cancelled."""
    return {uid: (day, summary) for uid, (_, status, day, summary) in entries(db).items() if status != "CANCELLED"}


def test_two_obligations_found_to_be_one_leave_one_entry_and_cancel_the_other(db: Database) -> None:
    kept(db, first=FIRST, one=REMINDED.replace("CCASS/071", "CCASS/999"))
    before = entries(db)
    assert [status for _, status, _, summary in before.values() if FORM in summary] == ["CONFIRMED", "CONFIRMED"]
    kept(db, one=REMINDED)
    after = entries(db)
    assert after.keys() == before.keys()
    (kept_one,) = [uid for uid, (_, status, _, summary) in after.items() if FORM in summary and status == "CONFIRMED"]
    (gone,) = [uid for uid, (_, status, _, summary) in after.items() if FORM in summary and status == "CANCELLED"]
    assert after[kept_one] == before[kept_one]
    assert after[gone][0] > before[gone][0]
    assert after[gone][2:] == before[gone][2:]


def test_an_entry_that_is_renamed_keeps_the_life_of_its_obligation_and_cancels_the_old_one(db: Database) -> None:
    kept(db, reminder=REMINDED)
    (old,) = alive(db)
    name = decided(db)
    lives.decide(db, name, "reopen", "Amy")
    lives.decide(db, name, "assign", "Amy", owner="Client desk")
    kept(db, first=FIRST)
    assert old not in alive(db)
    assert entries(db)[old][:2] == (3, "CANCELLED")
    assert [one.owner for one in lives.obligations(db) if one.id == name] == ["Client desk"]


def test_an_entry_that_comes_back_counts_on_from_where_it_was_cancelled(db: Database) -> None:
    kept(db, first=FIRST)
    told_first = entries(db)
    kept(db, first=FIRST.replace("return the signed form", "attend the briefing"))
    cancelled = entries(db)
    kept(db, first=FIRST)
    back = entries(db)
    changed = [uid for uid in told_first if FORM in told_first[uid][3]]
    assert [(told_first[uid][:2], cancelled[uid][:2], back[uid][:2]) for uid in changed] == [
        ((0, "CONFIRMED"), (1, "CANCELLED"), (2, "CONFIRMED"))
    ]


def test_what_is_done_and_opened_again_raises_the_sequence_of_its_entry(db: Database) -> None:
    kept(db, first=FIRST)
    name = decided(db)
    (uid,) = (f"{uid}@circular-kb" for (uid,) in db.execute("SELECT uid FROM obligations WHERE id = ?", [name]))
    assert entries(db)[uid][:2] == (1, "CANCELLED")
    lives.decide(db, name, "reopen", "Amy")
    assert entries(db)[uid][:2] == (2, "CONFIRMED")


def test_an_entry_that_passes_to_another_obligation_counts_on(db: Database) -> None:
    kept(db, first=FIRST)
    name = decided(db)
    (uid,) = db.execute("SELECT uid FROM obligations WHERE id = ?", [name]).fetchone()
    assert entries(db)[f"{uid}@circular-kb"][:2] == (1, "CANCELLED")
    with store.writing(db):  # as when a copy is added whose bytes come first in order
        db.execute("UPDATE obligations SET uid = uid || 'x' WHERE id = ?", [name])
        db.execute("UPDATE obligations SET uid = ? WHERE action = ?", [uid, TEST])
        store.tell(db, [uid])
    sequence, status, _, summary = entries(db)[f"{uid}@circular-kb"]
    assert (sequence, status, TEST in summary) == (2, "CONFIRMED", True)


def test_copies_with_other_days_let_no_sequence_fall(db: Database) -> None:
    kept(db, first=FIRST)
    name = decided(db)
    seen = first = entries(db)
    for day in range(9, 13):
        kept(db, **{f"copy{day}": FIRST.replace("15 July 2026", f"{day} July 2026")})
        now = entries(db)
        assert all(now[uid][0] > seen[uid][0] for uid in seen if now[uid][1:3] != seen[uid][1:3])
        seen = now
    assert seen != first
    assert lives.obligation(db, name).status == "done"


@pytest.mark.parametrize("day", ["16 July 2026", "8 July 2026"])
def test_whatever_changes_the_day_raises_the_sequence(db: Database, day: str) -> None:
    kept(db, first=FIRST)
    before = entries(db)
    kept(db, first=FIRST.replace("15 July 2026", day))
    after = entries(db)
    assert after.keys() == before.keys()
    assert {uid: after[uid][0] - before[uid][0] for uid in before} == {uid: int(FORM in before[uid][3]) for uid in before}


def test_what_leaves_the_day_leaves_the_sequence(db: Database) -> None:
    kept(db, first=FIRST)
    before = entries(db)
    kept(db, first=f"{FIRST}\nThis line is new.\n")
    assert entries(db) == before


def test_a_circular_that_is_gone_cancels_its_entries(db: Database) -> None:
    kept(db, first=FIRST)
    before = entries(db)
    kept(db, first="A notice without number.\n\nNothing has to be done.\n")
    assert {uid: entry[:2] for uid, entry in entries(db).items()} == dict.fromkeys(before, (1, "CANCELLED"))


def test_circulars_that_nothing_tells_apart_have_entries_of_their_own() -> None:
    head = "Notice\n\nDate: 6 July 2026\n\nMembers must return the form by 15 July 2026.\n"
    found = []
    for texts in ({"a": f"{head}One.\n", "b": f"{head}Another one, with more to say.\n"},) * 2:
        with store.open_db(":memory:") as db:
            kept(db, **dict(reversed(texts.items()) if found else texts.items()))
            found.append(entries(db))
            assert len(found[-1]) == db.execute("SELECT count(*) FROM obligations").fetchone()[0]
    assert found[0] == found[1]


@pytest.mark.parametrize("gone", ["replaced", "forgotten"])
def test_a_doubt_goes_with_the_words_that_raised_it(db: Database, gone: str) -> None:
    doubtful = later(f'For "15 July 2026" in circular {FIRST_NUMBER}, please read "17 July 2026".')
    kept(db, first=FIRST, later=doubtful)
    assert db.execute("SELECT count(conflict) FROM obligations").fetchone() == (1,)
    if gone == "replaced":
        kept(db, later=later("The office is closed on 15 July 2026."))
    else:
        _, left = store.drop(db, "later.txt")
        intake.relate(db, left, houses())
    assert db.execute("SELECT count(conflict) FROM obligations").fetchone() == (0,)
