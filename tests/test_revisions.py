"""Which of several texts of one circular came last: by day, by the mark of a revision, or not told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from sqlite_utils import Database
from thread_factory import FIRST, TEXTS, added

from kb import questions, store
from kb.revisions import Moment, issue_of, moments, revision


@pytest.mark.parametrize(
    ("title", "revised"),
    [
        ("New Sign-in Page (Revised)", 1),
        ("New Sign-in Page (2nd Revision)", 2),
        ("New Sign-in Page (Second Revised Version)", 2),
        ("New Sign-in Page (Further Revised)", 2),
        ("New Sign-in Page [Revision No. 3]", 3),
        ("New Sign-in Page (Rev. 2)", 2),
        ("New Sign-in Page (Version 3)", 2),
        ("New Sign-in Page (v2.1)", 1),
        ("New Sign-in Page – Revised", 1),
        ("新登入頁面（修訂）", 1),
        ("新登入頁面（經修訂）", 1),
        ("新登入頁面（第二次修訂）", 2),
        ("新登入頁面（修訂版三）", 3),
        ("新登入页面（第3版）", 2),
        ("Revised Fee Schedule", 0),
        ("New Sign-in Page (revised fees)", 0),
        ("Version 3 of the API", 0),
        ("修訂《規則》", 0),
        ("新登入頁面（修訂規則）", 0),
        ("New Sign-in Page", 0),
        (None, 0),
    ],
)
def test_the_mark_of_a_revision_stands_beside_the_subject(title: str | None, revised: int) -> None:
    assert revision(title, f"CIRCULAR\n\nSubject: {title}\n\nText.") == revised


@pytest.mark.parametrize(
    ("line", "revised"), [("REVISED", 1), ("(Second Revision)", 2), ("修訂版", 1), ("We revised it.", 0), ("Rev. 1", 1)]
)
def test_or_on_a_line_of_its_own_above_it(line: str, revised: int) -> None:
    assert revision("Fees", f"CIRCULAR\n{line}\n\nSubject: Fees\n\nRevised\n\nText.") == revised


NUMBER = "CD/OES/CCASS/071/2026"
DAY, NEXT = date(2026, 7, 6), date(2026, 7, 8)


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ([("en", Moment(DAY, 0)), ("zh-Hant", Moment(NEXT, 1))], []),
        ([("en", Moment(DAY, 0)), ("en", Moment(NEXT, 0))], [Moment(DAY, 0), Moment(NEXT, 0)]),
        ([("en", Moment(DAY, 1)), ("en", Moment(DAY, 0)), ("zh-Hant", Moment(DAY, 0))], [Moment(DAY, 0), Moment(DAY, 1)]),
    ],
)
def test_a_circular_is_printed_again_where_a_language_is(told: list[tuple[str, Moment]], again: list[Moment]) -> None:
    assert moments(told) == again


@pytest.mark.parametrize(
    ("when", "issue"),
    [
        (Moment(DAY, 0), Moment(DAY, 0)),
        (Moment(NEXT, 0), Moment(NEXT, 2)),
        (Moment(date(2026, 7, 7), 0), Moment(DAY, 0)),
        (Moment(date(2026, 7, 1), 0), Moment(DAY, 0)),
        (None, Moment(DAY, 0)),
    ],
)
def test_a_text_belongs_to_its_own_issue_or_to_the_last_of_its_day(when: Moment | None, issue: Moment) -> None:
    assert issue_of(when, [Moment(DAY, 0), Moment(NEXT, 1), Moment(NEXT, 2)]) == issue


@pytest.fixture
def db() -> Iterator[Database]:
    with store.open_db(":memory:") as made:
        yield made


def version(day: str, mark: str, due: str) -> str:
    text = FIRST.replace("06/07/2026", day).replace("CCASS Terminal\n", f"CCASS Terminal{mark}\n", 1)
    return text.replace("15 July 2026 (Wednesday)", due).replace("15 July 2026", due)


MARKED = {
    "first": FIRST,
    "second": version("08/07/2026", " (Revised)", "17 July 2026"),
    "third": version("08/07/2026", " (2nd Revision)", "20 July 2026"),
}


@pytest.mark.parametrize("order", list(permutations(MARKED)), ids="-".join)
def test_each_step_of_a_circular_that_is_revised_twice_on_a_day_is_told(db: Database, tmp_path: Path, order: tuple[str, ...]) -> None:
    for name in order:
        added(db, tmp_path, **{name: MARKED[name]})
    found = questions.history(db, NUMBER)
    titles = [(str(one.issued), (one.title_en or "").partition("Terminal")[2], one.placed) for one in found.versions]
    assert titles == [("2026-07-06", "", None), ("2026-07-08", " (Revised)", "day"), ("2026-07-08", " (2nd Revision)", "mark")]
    steps = [(str(one.old_end), str(one.new_end)) for one in found.moves]
    assert steps == [("2026-07-15", "2026-07-17"), ("2026-07-17", "2026-07-20")]
    assert db.execute("SELECT due, conflict FROM obligations ORDER BY due").fetchall()[0] == ("2026-07-20", None)


def test_without_a_mark_both_are_told_in_the_order_in_which_they_were_added_and_the_earlier_day_counts(
    db: Database, tmp_path: Path
) -> None:
    added(db, tmp_path, first=FIRST, third=version("08/07/2026", "", "20 July 2026"))
    added(db, tmp_path, second=version("08/07/2026", "", "17 July 2026"))
    found = questions.history(db, NUMBER)
    assert [(str(one.issued), one.placed) for one in found.versions] == [
        ("2026-07-06", None),
        ("2026-07-08", "day"),
        ("2026-07-08", "added"),
    ]
    due, conflict = db.execute("SELECT due, conflict FROM obligations ORDER BY due").fetchone()
    assert (due, "17 July 2026" in conflict, "20 July 2026" in conflict) == ("2026-07-17", True, True)


def test_copies_in_another_setting_and_translations_are_no_versions(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, "first", copy=FIRST.replace("\n\n", "\n\n\n"), zh=TEXTS["zh"])
    assert [one.placed for one in questions.history(db, NUMBER).versions] == [None]


def test_what_did_not_change_in_between_is_told_from_the_issue_before(db: Database, tmp_path: Path) -> None:
    added(db, tmp_path, first=FIRST, second=version("07/07/2026", "", "15 July 2026"), third=version("08/07/2026", "", "20 July 2026"))
    assert [(str(one.stated_on), str(one.changed_on)) for one in questions.history(db, NUMBER).moves] == [("2026-07-07", "2026-07-08")]
