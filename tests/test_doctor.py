"""A knowledge base that is whole is found whole, each kind of damage is named, and a copy is what was there."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from ingest.errors import BadDatabase
from kb import doctor, intake, lives, review, store
from kb.backup import backup
from kb.cli import circulars
from kb.migrations import VERSION, migration

WRONG_PAGE = (
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'duties') "
    "WHERE name = 'dates_start'"
)
OTHER_PAIR = (
    'INSERT INTO findings (pair, expression, "check", level, message) '
    "SELECT p.id, e.id, 'text', 'note', '' FROM pairs p JOIN expressions e ON e.id NOT IN (p.\"left\", p.\"right\") LIMIT 1"
)
FIRST = Path(__file__).parent / "circulars" / "01-2fa-login"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of a few real circulars, in one file."""
    from ingest.issuers import houses

    path = tmp_path_factory.mktemp("whole") / "whole.db"
    with store.open_db(path) as db:
        assert not intake.add(db, intake.collect([str(FIRST)]).files, houses()).failed
    return path


@pytest.fixture
def base(whole: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return Path(shutil.copy(whole, tmp_path / "base.db"))


def damage(path: Path, script: str) -> None:
    """What somebody else's program does to a knowledge base: nothing holds it back."""
    with closing(sqlite3.connect(path)) as connection:
        store.taught(Database(connection))
        connection.executescript(f"PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {script}")


def test_what_was_added_is_whole(whole: Path) -> None:
    health = doctor.examine(whole)
    assert health.faults == ()
    assert (health.circulars > 0, health.expressions > 1, health.facts > 100) == (True, True, True)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("DROP INDEX deadlines_due", "schema: index deadlines_due is missing"),
        ("DROP VIEW upcoming; CREATE VIEW upcoming AS SELECT 1", "schema: view upcoming is not as it was made"),
        ("DROP TABLE duties", "schema: table duties is missing"),
        ("PRAGMA user_version = 1", f"schema: version 1, this program makes {VERSION}"),
        (WRONG_PAGE, "damage: "),
        ("DELETE FROM expressions WHERE id = 1", "dangling: "),
        ("DELETE FROM sources", "dangling: expressions, row 1, points to a row of sources"),
        ("INSERT INTO circulars (id, title_en) VALUES (999, 'x')", "orphans: circular 999 is told by no file"),
        ("INSERT INTO sources (sha256, path, media_type) VALUES ('0', 'gone.txt', 'text/plain')", "orphans: file gone.txt tells nothing"),
        (
            "INSERT INTO obligations (id, circular, relation, bearer, modality, tentative) SELECT 'none', min(id), 'by', '[]', 'must', 0 FROM circulars",
            "orphans: obligation none has no deadline",
        ),
        ("DELETE FROM obligation_deadlines WHERE ordinal > 0", "belongs to no obligation"),
        ("UPDATE obligations SET circular = 999; INSERT INTO circulars (id) VALUES (999)", "has no deadline of its circular"),
        (
            "INSERT OR REPLACE INTO event_deadlines SELECT v.id, d.id FROM events v JOIN deadlines d ON d.expression <> v.expression LIMIT 1",
            "holds a deadline of another text",
        ),
        (OTHER_PAIR, "is not about its pair"),
        ("DELETE FROM dates WHERE ordinal = 0", "gaps: expression 1: "),
        ("UPDATE dates SET quote = '31 June' WHERE ordinal = 1", "not '31 June'"),
        ("UPDATE duties SET span_start = span_start + 1, span_end = span_end + 1", "evidence: duties, row 1: "),
        ("UPDATE expressions SET text = substr(text, 1, 20)", "of a text of 20"),
        ("UPDATE blocks SET span_end = 1000000", "evidence: blocks, row 1: characters"),
        (
            "UPDATE tables SET cells = '[{\"span\": [0, 1000000]}]' WHERE id = (SELECT min(id) FROM tables)",
            "a cell: characters 0 to 1000000",
        ),
        (
            "INSERT INTO findings (expression, \"check\", level, message, left_value, left_quote, left_start, left_end) VALUES (1, 'text', 'note', '', 'x', '\u00a7\u00a7', 0, 2)",
            "evidence: findings, row ",
        ),
        ("INSERT INTO contacts_fts (contacts_fts) VALUES ('delete-all')", "search: the index of contacts does not hold the words"),
        ("INSERT INTO duties_fts (rowid, quote) VALUES (1, 'one more')", "search: the index of duties does not hold the words"),
        ("UPDATE settings SET value = 'older'", "search: the indexes are those of another edition"),
    ],
)
def test_each_kind_of_damage_is_named_with_exit_status_1(base: Path, script: str, told: str) -> None:
    damage(base, script)
    result = run("doctor", "--db", base)
    assert result.exit_code == 1
    assert [line for line in result.output.splitlines() if told in line], result.output


def unguarded(statement: str) -> str:
    """A statement that the guards of the log would refuse, with the guards as they were afterwards."""
    with store.open_db(":memory:") as db:
        guards = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'decisions'"))
    return " ".join([*(f"DROP TRIGGER {name};" for name in guards), f"{statement};", *(f"{sql};" for sql in guards.values())])


ENGLISH, CHINESE = (f"(SELECT min(id) FROM expressions WHERE lang {which} 'en')" for which in ("=", "<>"))


def moved(texts: str, quote: str = "") -> str:
    """A date that moved between two texts, with a quote at the beginning of the older one."""
    old, new = f"NULL, NULL, NULL, '{quote}', 0, {len(quote)}", "NULL, NULL, NULL, '', 0, 0"
    return f"INSERT INTO moves VALUES (NULL, {texts}, 'moved', 'event', 'x', {old}, {new})"


ALTERED = unguarded("UPDATE decisions SET who = 'Ben' WHERE id = 1")
CUT = unguarded(
    "DELETE FROM decisions WHERE id = 2; DELETE FROM reviews WHERE decision = 2; DELETE FROM review_places WHERE kind = 'contacts'"
)


@pytest.fixture(scope="module")
def lived(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with an obligation that is done, a fact that is corrected and one that is rejected."""
    from ingest.issuers import houses

    path = Path(shutil.copy(whole, tmp_path_factory.mktemp("lived") / "lived.db"))
    with store.open_db(path) as db:
        told = review.facts(db, [1])
        day, contact = (next(one for one in told if one.kind == kind) for kind in ("dates", "contacts"))
        review.decide(db, houses(), day.id, "correct", "Amy", "misread", ["start=2030-01-01", "end=2030-01-01"])
        review.decide(db, houses(), contact.id, "reject", "Amy", "none")
        lives.decide(db, min(lives.all_names(db)), "done", "Amy")
    assert doctor.examine(path).faults == ()
    return path


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("UPDATE obligation_places SET quote = 'soon' WHERE ordinal = 0", "orphans: obligation "),
        ("DELETE FROM obligation_places WHERE ordinal = 0", "does not know where all of its deadlines stand"),
        (
            'INSERT OR REPLACE INTO cited SELECT r.id, e.circular FROM "references" r JOIN expressions e ON e.id = r.expression LIMIT 1',
            "is tied to the circular that it stands in",
        ),
        ("INSERT INTO own_numbers SELECT 'XX/1', max(id) FROM expressions", "orphans: number XX/1 is that of no text that has it"),
        ("DELETE FROM own_numbers", "is not found by its number"),
        (
            "INSERT INTO bearers SELECT max(id), 'Nobody' FROM expressions",
            "orphans: party Nobody is bound by no deadline or duty of its text",
        ),
        ("DELETE FROM bearers", "is not found by a party that it binds"),
        (
            moved(f"{ENGLISH}, {CHINESE}"),
            "lies between two languages",
        ),
        (moved(f"{ENGLISH}, {ENGLISH}", "§"), "evidence: moves, row 1: at characters 0 to 1 stands"),
        ("UPDATE findings SET name = ''", "has no name"),
        ("UPDATE reviews SET decision = 3", "rests on a decision about something else"),
        ("DELETE FROM reviews", "dangling: review_places, row "),
        ("DELETE FROM review_places; DELETE FROM reviews", "as the log decides on it"),
        ("UPDATE review_places SET ordinal = 999 WHERE ordinal IS NOT NULL", "of dates is not as it was decided"),
        ("UPDATE review_places SET ordinal = 0 WHERE kind = 'contacts'", "of contacts is not as it was decided"),
        ("UPDATE review_places SET read = json_set(read, '$.quote', '31 June') WHERE kind = 'dates'", "not '31 June'"),
        ("UPDATE obligations SET status = 'open'", "log: obligation "),
        ("DROP TRIGGER decisions_stay", "schema: trigger decisions_stay is missing"),
        (ALTERED, "log: row 1 is not what its hash was made of"),
        (CUT, "log: row 2 is missing"),
    ],
)
def test_each_kind_of_damage_to_what_people_decided_or_what_follows_is_named(lived: Path, tmp_path: Path, script: str, told: str) -> None:
    path = Path(shutil.copy(lived, tmp_path / "damaged.db"))
    damage(path, script)
    result = run("doctor", "--db", path)
    assert result.exit_code == 1
    assert [line for line in result.output.splitlines() if told in line], result.output


def test_pages_written_over_are_damage(base: Path) -> None:
    size = base.stat().st_size
    with base.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xa5" * (size // 4))
    result = run("doctor", "--db", base)
    assert result.exit_code == 1
    assert result.output.startswith("damage: ")


def test_many_faults_of_one_kind_are_counted(base: Path) -> None:
    damage(base, "UPDATE blocks SET span_end = 1000000")
    faults = doctor.examine(base).faults
    assert len(faults) == doctor.MOST + 1
    with closing(sqlite3.connect(base)) as connection:
        (blocks,) = connection.execute("SELECT count(*) FROM blocks").fetchone()
    assert faults[-1] == f"evidence: and {blocks - doctor.MOST} more"


def test_looking_changes_nothing(base: Path) -> None:
    before = base.read_bytes()
    assert run("doctor", "--db", base).exit_code == 0
    assert base.read_bytes() == before


def test_an_older_base_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    from sqlite_utils import Database

    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        migration.apply(Database(connection), stop_before="002_amounts_and_typed_cells")
    assert doctor.examine(path).faults == (f"schema: version 1, this program makes {VERSION}; `circulars add` brings it up to date",)
    backup(path, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copied:
        assert copied.execute("PRAGMA user_version").fetchone() == (1,)


@pytest.mark.parametrize("command", [("doctor",), ("backup", "copy.db")])
@pytest.mark.parametrize(("content", "told"), [(None, "no such database"), (b"no database at all" * 99, "not a SQLite database")])
def test_what_is_no_knowledge_base_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], content: bytes | None, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if content:
        Path("x.db").write_bytes(content)
    result = run(*command, "--db", "x.db")
    assert (result.exit_code, told in result.output, Path("copy.db").exists()) == (2, True, False)


# Copies --------------------------------------------------------------------------------------------------------------


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_copy_says_what_was_there_and_is_whole(base: Path, tmp_path: Path) -> None:
    result = run("backup", tmp_path / "copy.db", "--db", base)
    assert result.exit_code == 0
    assert content(tmp_path / "copy.db") == content(base)
    assert run("doctor", "--db", tmp_path / "copy.db").exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"base.db", "copy.db"}


def test_a_file_that_is_there_is_written_over_by_force_only(base: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine", "utf-8")
    refused = run("backup", target, "--db", base)
    assert (refused.exit_code, "--force" in refused.output, target.read_text("utf-8")) == (2, True, "mine")
    assert run("backup", target, "--force", "--db", base).exit_code == 0
    assert content(target) == content(base)


def test_a_base_is_never_copied_over_itself_or_over_one_in_use(base: Path, tmp_path: Path) -> None:
    with pytest.raises(BadDatabase, match="itself"):
        backup(base, base, force=True)
    with store.open_db(tmp_path / "used.db"), pytest.raises(BadDatabase, match="in use"):
        backup(base, tmp_path / "used.db", force=True)


def test_a_damaged_base_gives_no_copy(base: Path, tmp_path: Path) -> None:
    damage(base, WRONG_PAGE)
    result = run("backup", tmp_path / "copy.db", "--db", base)
    assert (result.exit_code, "not whole" in result.output) == (2, True)
    assert not [path for path in tmp_path.iterdir() if "copy" in path.name]


WRITER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
print("ready", flush=True)
count = 0
while True:
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO houses (code) VALUES (?)", [f"L{count}"])
    db.execute("INSERT INTO houses (code) VALUES (?)", [f"R{count}"])
    db.execute("COMMIT")
    count += 1
"""


def test_copies_taken_while_another_process_writes_are_whole_transactions(base: Path, tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(base)], stdout=subprocess.PIPE) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            sizes = []
            for number in range(5):
                copied = tmp_path / f"copy-{number}.db"
                backup(base, copied)
                assert doctor.examine(copied).faults == ()
                with closing(sqlite3.connect(copied)) as connection:
                    sides = connection.execute(
                        "SELECT count(*) FILTER (WHERE code GLOB 'L[0-9]*'), count(*) FILTER (WHERE code GLOB 'R[0-9]*') FROM houses"
                    ).fetchone()
                assert sides[0] == sides[1]
                sizes.append(sides[0])
            assert writer.poll() is None
        finally:
            writer.kill()
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]
