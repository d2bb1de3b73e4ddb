"""The knowledge base as a file: what is read is kept, found again and replaced, in whole transactions.

Together with the migrations this is the only place that changes data. Rows are made and unmade by `kb.schema`.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import msgspec
from sqlite_utils import Database

from ingest.edition import edition
from ingest.errors import BadDatabase
from ingest.model import TIME_LIMIT, Expression, Finding, House, Side, Source
from kb import schedules, terms
from kb.force import Place as FactPlace
from kb.force import Review, as_read, in_force, review_of, work_of
from kb.former import DECIDED, Former, Place
from kb.log import Entry, Kind, next_entry
from kb.migrations import APPLICATION_ID, INDEXED, VERSION, migration
from kb.naming import Said, finding_names, text_name
from kb.obligations import Obligation
from kb.schema import FACTS, HEADER, columns, from_row, names, to_row
from kb.series import place as series_of

if TYPE_CHECKING:
    from kb.moves import Move
    from kb.pairs import Pair

ADDED_BY = "circulars add"

MAIL = "message/rfc822"


class Stored(NamedTuple):
    """An expression and the numbers of its row and of its circular."""

    id: int
    circular: int
    expression: Expression


class Added(NamedTuple):
    """What an addition changed: the rows of the new expressions, and every circular that gained or lost one."""

    expressions: list[int]
    circulars: list[int]


class Reach(NamedTuple):
    """How far one expression looks for others: so many days between their issue, else so many dates in common.

    Beyond so many characters of text, or facts of one of these kinds, an expression is too large to be laid beside another.
    """

    days: int
    dates: int
    text: int
    facts: int
    kinds: tuple[str, ...]


class Copy(NamedTuple):
    """A path at which bytes lie that are known."""

    sha256: str
    path: str


class Left(NamedTuple):
    """What came of files that left their paths: circulars that lost an expression, and expressions that are known by another path now."""

    circulars: list[int]
    renamed: list[int]


class Dropped(NamedTuple):
    """A path that was taken out, and by which the same file goes on being known, if it lies elsewhere too."""

    path: str
    still: str | None


class Mail(NamedTuple):
    """An e-mail of which circulars were taken: the hashes of those, and whether nothing else in it has to be read again."""

    source: Source
    parts: list[str]
    whole: bool


# Opening -------------------------------------------------------------------------------------------------------------


def open_db(path: Path | str) -> Database:
    """The database at this path, made if there is none and brought up to date; `:memory:` is one that is not kept."""
    if str(path) != ":memory:":
        refuse_place(Path(path))
    with plain_errors(path):
        db = connected(str(path), path)
        db.execute("PRAGMA foreign_keys = ON")
        write_ahead(db)
        if version(db) < VERSION:
            bring_up_to_date(db)
        if cut_by(db) != terms.edition():
            index_again(db)
    return db


def write_ahead(db: Database) -> None:
    """Switch to a write-ahead log. SQLite waits for no other process in this, so two that open a new base at once need another try."""
    for tries in range(1, TRIES + 1):
        try:
            db.enable_wal()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or tries == TRIES:
                raise
            time.sleep(PAUSE)
        else:
            return


TRIES, PAUSE = 100, 0.05  # five seconds, as long as SQLite waits elsewhere


def bring_up_to_date(db: Database) -> None:
    """Every step that is missing, in one transaction: whatever stops the program, a new database is ours or empty."""
    with db.conn:
        db.execute("BEGIN IMMEDIATE")
        if version(db) < VERSION:  # another process may have done it while we waited
            migration.apply(db)


def cut_by(db: Database) -> str | None:
    """Which edition of kb.terms cut what the full-text indexes hold."""
    found = db.execute("SELECT value FROM settings WHERE name = 'terms'").fetchone()
    return found[0] if found else None


def index_again(db: Database) -> None:
    """Make the full-text indexes anew from the tables."""
    with alone(db):
        for table, indexed in INDEXED.items():
            db.execute(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'delete-all\')')
            cut = ", ".join(f'cut("{column}")' for column in indexed)
            db.execute(f'INSERT INTO "{table}_fts" (rowid, {listed(indexed)}) SELECT id, {cut} FROM "{table}"')
        db.execute("INSERT OR REPLACE INTO settings VALUES ('terms', ?)", [terms.edition()])


def out_of_step(db: Database) -> Iterator[str]:
    """The tables whose full-text index holds other rows or words than they do; nothing but temporary tables is made."""
    for table, indexed in INDEXED.items():
        header, cut = listed(indexed), ", ".join(f'cut("{column}")' for column in indexed)
        db.execute(f"CREATE VIRTUAL TABLE temp.fresh USING fts5({header}, content='', tokenize='porter unicode61')")
        db.execute(f'INSERT INTO temp.fresh (rowid, {header}) SELECT id, {cut} FROM "{table}"')
        db.execute("CREATE VIRTUAL TABLE temp.wanted USING fts5vocab(temp, fresh, col)")
        db.execute(f"CREATE VIRTUAL TABLE temp.there USING fts5vocab(main, {table}_fts, col)")
        rows = (f"SELECT id FROM {table}_fts_docsize", "SELECT id FROM temp.fresh_docsize")
        words = ("SELECT * FROM temp.there", "SELECT * FROM temp.wanted")
        pairs = [(one, other) for sides in (rows, words) for one, other in (sides, sides[::-1])]
        if any(db.execute(f"SELECT 1 FROM ({one} EXCEPT {other}) LIMIT 1").fetchone() for one, other in pairs):
            yield table
        for name in ("there", "wanted", "fresh"):
            db.execute(f"DROP TABLE temp.{name}")


def open_to_read(path: Path) -> Database:
    """The database at this path for questions only. It may lie on a read-only disk; nothing is made or changed."""
    refuse_place(path)
    if not path.exists():
        raise BadDatabase(f"{path}: no such database; `{ADDED_BY} PATH --db {path}` makes one")
    with plain_errors(path):
        try:
            db = connected(f"file:{quote(str(path.absolute()))}?mode=ro", path)
        except sqlite3.OperationalError:
            # A database in WAL mode wants to write beside itself even to be read; where it cannot, nobody else can either.
            db = connected(f"file:{quote(str(path.absolute()))}?immutable=1", path)
    if version(db) == VERSION:
        return db
    db.close()
    return open_db(path)


def refuse_place(path: Path) -> None:
    """A folder is no database, and a database needs a folder."""
    if path.is_dir():
        raise BadDatabase(f"{path}: is a folder, not a database")
    if not path.absolute().parent.is_dir():
        raise BadDatabase(f"{path}: the folder {path.absolute().parent} does not exist")


def connected(target: str, path: Path | str) -> Database:
    """A connection to a database that is ours or empty; nothing is written before that is known."""
    db = taught(Database(sqlite3.connect(target, uri=target.startswith("file:")), execute_plugins=False, recursive_triggers=False))
    try:
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        mark = db.execute("PRAGMA application_id").fetchone()[0]
        if mark != APPLICATION_ID and (tables or mark):
            raise BadDatabase(f"{path}: this SQLite database was not made by circulars")
        if version(db) > VERSION:
            raise BadDatabase(f"{path}: made by a newer version of circulars (schema {version(db)}, this one knows {VERSION})")
    except (sqlite3.Error, BadDatabase):
        db.close()
        raise
    return db


def taught(db: Database) -> Database:
    """The database with the function that its full-text indexes are made with."""
    db.conn.create_function("cut", 1, lambda text: text and terms.cut(text), deterministic=True)
    return db


def version(db: Database) -> int:
    """The number of the last migration that this database has seen."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def plain_errors(path: Path | str) -> Iterator[None]:
    """What SQLite says about a file that cannot be used, as one line that names it."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        reason = "not a SQLite database" if "not a database" in str(error) else str(error)
        raise BadDatabase(f"{path}: {reason}") from error


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One transaction: all of it or, whatever happens, nothing."""
    with plain_errors(place(db)), db.atomic():
        yield


@contextmanager
def alone(db: Database) -> Iterator[None]:
    """As `writing`, and from its beginning on nobody else writes: what is looked at in it stays so."""
    with writing(db):
        db.execute("DELETE FROM decisions WHERE 0")  # nothing goes; but SQLite lets one write at a time
        yield


def place(db: Database) -> str:
    """Where the database lies."""
    return db.execute("PRAGMA database_list").fetchone()[2] or ":memory:"


# Expressions in ------------------------------------------------------------------------------------------------------


def known(db: Database, sha256: str) -> bool:
    """Whether a file with these bytes has been read already, to its end and by this edition of the reader."""
    current = "SELECT 1 FROM sources WHERE sha256 = ? AND edition = ?"
    return db.execute(current, [sha256, edition()]).fetchone() is not None and not is_partial(db, sha256)


def is_outdated(db: Database, sha256: str) -> bool:
    """Whether a file with these bytes was read by another edition of the reader, which may have told less."""
    return db.execute("SELECT 1 FROM sources WHERE sha256 = ? AND edition IS NOT ?", [sha256, edition()]).fetchone() is not None


def outdated(db: Database) -> int:
    """How many files were read by another edition of the reader."""
    return int(db.execute("SELECT count(*) FROM sources WHERE edition IS NOT ?", [edition()]).fetchone()[0])


def is_partial(db: Database, sha256: str) -> bool:
    """Whether time was up before every page of this file was read; with more of it, there is more to tell."""
    query = "SELECT 1 FROM warnings w JOIN expressions e ON e.id = w.expression WHERE e.source = ? AND w.code = ?"
    return db.execute(query, [sha256, TIME_LIMIT]).fetchone() is not None


def add(db: Database, expressions: Iterable[Expression], mails: Iterable[Mail] = (), copies: Iterable[Copy] = ()) -> Added:
    """Keep these expressions; one that is there already, and whole, changes nothing. What is no longer in one of these mails goes.

    `copies` are further paths of files that are known.
    """
    numbers: list[int] = []
    touched: set[int] = set()

    def note(kin: Iterable[int], left: Left) -> list[int]:
        numbers.extend(left.renamed)
        touched.update(left.circulars and kin)
        return left.circulars

    with writing(db):
        for read in expressions:
            copy = Copy(read.source.sha256, read.source.path)
            kin = speaking(db, told_before(db, copy))
            origin = origin_of(db, copy.sha256)
            again = forget(db, [copy.sha256]) if is_partial(db, copy.sha256) or is_outdated(db, copy.sha256) else []
            former = [*again, *note(kin, forget_path(db, copy))]
            if not has(db, read):
                numbers.append(keep(db, placed(read, origin), former))
                restore(db, copy.sha256, origin)
                touched.update(former and kin)
            else:
                sweep(db, former)
            put_path(db, copy)
        for mail in mails:
            kin = speaking(db, told_before(db, Copy(mail.source.sha256, mail.source.path)))
            note(kin, hold(db, mail))
        for copy in copies:
            kin = speaking(db, told_before(db, copy))
            note(kin, put_copy(db, copy))
        kept = [number for number in dict.fromkeys(numbers) if is_there(db, number)]
        circulars = {circular_of(db, number) for number in kept} | {circular for circular in touched if exists(db, circular)}
    return Added(kept, sorted(circulars))


def told_before(db: Database, copy: Copy) -> list[int]:
    """The circulars that these bytes, or others at this path and below it, have told."""
    query = """
        SELECT DISTINCT e.circular FROM paths AS p JOIN expressions AS e ON e.source = p.source
        WHERE p.source = ? OR p.path = ? OR p.path >= ? AND p.path < ?
    """
    return [row[0] for row in db.execute(query, [copy.sha256, copy.path, *below(copy.path)])]


def has(db: Database, expression: Expression) -> bool:
    """Whether these bytes have given an expression in this language."""
    query = "SELECT 1 FROM expressions WHERE source = ? AND lang = ?"
    return db.execute(query, [expression.source.sha256, expression.lang]).fetchone() is not None


def is_there(db: Database, number: int) -> bool:
    return db.execute("SELECT 1 FROM expressions WHERE id = ?", [number]).fetchone() is not None


def exists(db: Database, circular: int) -> bool:
    return db.execute("SELECT 1 FROM circulars WHERE id = ?", [circular]).fetchone() is not None


def keep(db: Database, read: Expression, former: Sequence[int]) -> int:
    """Keep one new expression with its facts, as people decided on them; `former` are the circulars that its path told before."""
    source = read.source
    put_source(db, source)
    expression, reviewed = in_force(read, reviews_of(db, read))
    circular = circular_for(db, expression, former)
    header = ("circular", "source", *names(Expression, HEADER))
    values = (circular, source.sha256, *to_row(expression, HEADER))
    number = int(db.execute(f"INSERT INTO expressions ({listed(header)}) VALUES ({marks(header)})", values).lastrowid or 0)
    own = dict.fromkeys(filter(None, (expression.number, *expression.other_numbers)))
    db.conn.executemany("INSERT INTO own_numbers (number, expression) VALUES (?, ?)", [(name, number) for name in own])
    for table in FACTS:
        keep_facts(db, table, number, getattr(expression, table))
    keep_bearers(db, number, expression)
    link_events(db, number, expression)
    header = ("expression", *names(FactPlace))
    rows = [(number, *to_row(place)) for place in reviewed]
    db.conn.executemany(f"INSERT INTO review_places ({listed(header)}) VALUES ({marks(header)})", rows)
    refresh(db, circular)
    sweep(db, former)
    return number


def keep_again(db: Database, number: int) -> Added:
    """Put an expression in place of itself, as people decide on its facts now; it is no newer than it was."""
    read = as_it_was_read(db, number)
    kin = sharing(db, [circular_of(db, number)])
    sha256 = read.source.sha256
    origin = origin_of(db, sha256)
    former = forget(db, [sha256])
    # A circular that nothing else tells goes on under the number that it has now.
    alone = "UPDATE circulars SET issuer = NULL, number = NULL WHERE id = ? AND id NOT IN (SELECT circular FROM expressions)"
    db.conn.executemany(alone, [(circular,) for circular in former])
    kept = keep(db, read, former)
    restore(db, sha256, origin)
    db.execute("UPDATE sources SET edition = ? WHERE sha256 = ?", [origin and origin.edition, sha256])
    return Added([kept], sorted({circular_of(db, kept)} | {circular for circular in kin if exists(db, circular)}))


class Origin(NamedTuple):
    """What is known of a file beside what it says: where it was first, since when, by which edition read, and each path with its day."""

    path: str
    added: str
    edition: str | None
    paths: list[tuple[str, str]]


def origin_of(db: Database, sha256: str) -> Origin | None:
    """What is known of a file; None if it is not."""
    found = db.execute("SELECT path, added, edition FROM sources WHERE sha256 = ?", [sha256]).fetchone()
    if found is None:
        return None
    path, added, read_by = found
    return Origin(path, added, read_by, db.execute("SELECT path, added FROM paths WHERE source = ?", [sha256]).fetchall())


def placed(expression: Expression, origin: Origin | None) -> Expression:
    """The expression with the path by which its file is known."""
    if origin is None or origin.path == expression.source.path:
        return expression
    return msgspec.structs.replace(expression, source=msgspec.structs.replace(expression.source, path=origin.path))


def restore(db: Database, sha256: str, origin: Origin | None) -> None:
    """What is read again is not new, and lies where it lay."""
    if origin:
        db.execute("UPDATE sources SET added = ? WHERE sha256 = ?", [origin.added, sha256])
        rows = [(sha256, path, added) for path, added in origin.paths]
        db.conn.executemany("INSERT OR REPLACE INTO paths (source, path, added) VALUES (?, ?, ?)", rows)


def put_source(db: Database, source: Source) -> None:
    """Keep what is known of a file, and which edition of the reader read it last."""
    header, values = (*names(Source), "edition"), (*to_row(source), edition())
    insert = f"INSERT INTO sources ({listed(header)}) VALUES ({marks(header)})"
    db.execute(f"{insert} ON CONFLICT (sha256) DO UPDATE SET edition = excluded.edition", values)
    put_path(db, Copy(source.sha256, source.path))


def put_path(db: Database, copy: Copy) -> None:
    """Keep that a file lies at this path."""
    db.execute("INSERT OR IGNORE INTO paths (source, path) VALUES (?, ?)", copy)


def is_new_place(db: Database, copy: Copy) -> bool:
    """Whether it is not kept yet that known bytes lie at this path, or what is attached to them if they are an e-mail."""
    there = db.execute("SELECT 1 FROM paths WHERE source = ? AND path = ?", copy).fetchone()
    return there is None or any(
        db.execute("SELECT 1 FROM paths WHERE source = ? AND path = ?", part).fetchone() is None for part in parts_of(db, copy)
    )


def parts_of(db: Database, copy: Copy) -> list[Copy]:
    """What is attached to an e-mail, as it lies in this copy of it."""
    mail = db.execute("SELECT path FROM sources WHERE sha256 = ? AND media_type = ?", [copy.sha256, MAIL]).fetchone()
    rows = db.execute("SELECT source, path FROM paths WHERE path >= ? AND path < ?", below(mail[0])) if mail else ()
    return [Copy(source, copy.path + path.removeprefix(mail[0])) for source, path in rows]


def put_copy(db: Database, copy: Copy) -> Left:
    """Keep that known bytes lie at this path too, and drop what others there said."""
    parts = parts_of(db, copy)
    old = db.execute("SELECT path, source FROM paths WHERE path >= ? AND path < ?", below(copy.path)).fetchall()
    left = leave(db, [(path, source) for path, source in old if Copy(source, path) not in parts] if parts else [])
    for one in (copy, *parts):
        more = forget_path(db, one)
        left = Left([*left.circulars, *more.circulars], [*left.renamed, *more.renamed])
        put_path(db, one)
    sweep(db, left.circulars)
    return left


def below(path: str) -> tuple[str, str]:
    """What bounds the paths in a folder or an e-mail: in the order of characters, 0 comes next to /."""
    return f"{path}/", f"{path}0"


def keep_facts(db: Database, table: str, expression: int, facts: Sequence[msgspec.Struct]) -> None:
    """All facts of one kind at once; their order is kept."""
    header = ("expression", "ordinal", *names(FACTS[table]))
    rows = ((expression, ordinal, *to_row(fact)) for ordinal, fact in enumerate(facts))
    db.conn.executemany(f'INSERT INTO "{table}" ({listed(header)}) VALUES ({marks(header)})', rows)


def keep_bearers(db: Database, number: int, expression: Expression) -> None:
    """Keep which parties the deadlines and duties of an expression bind."""
    lists = (*(one.bearer for one in expression.deadlines), *(one.bearer for one in expression.duties))
    parties = dict.fromkeys(party for bearer in lists for party in bearer)
    db.conn.executemany("INSERT INTO bearers (expression, party) VALUES (?, ?)", [(number, party) for party in parties])


def link_events(db: Database, number: int, expression: Expression) -> None:
    """Keep which deadline each entry of a timetable holds."""
    insert = (
        "INSERT INTO event_deadlines (event, deadline) SELECT e.id, d.id FROM events AS e "
        "JOIN deadlines AS d ON d.expression = e.expression WHERE e.expression = ? AND e.ordinal = ? AND d.ordinal = ?"
    )
    db.conn.executemany(insert, [(number, *places) for places in schedules.held(expression)])


def forget_path(db: Database, copy: Copy) -> Left:
    """Other bytes lie no longer at this path."""
    return leave(db, db.execute("SELECT path, source FROM paths WHERE path = ? AND source <> ?", [copy.path, copy.sha256]).fetchall())


def leave(db: Database, places: Sequence[tuple[str, str]]) -> Left:
    """Files lie no longer at these paths: what lies nowhere else goes with what it said, the rest is known by its next path."""
    db.conn.executemany("DELETE FROM paths WHERE path = ? AND source = ?", places)
    gone, renamed = list[str](), list[int]()
    for sha256 in dict.fromkeys(source for _, source in places):
        others = [path for (path,) in db.execute("SELECT path FROM paths WHERE source = ? ORDER BY added, path", [sha256])]
        if not others:
            gone.append(sha256)
        elif db.execute("SELECT path FROM sources WHERE sha256 = ?", [sha256]).fetchone()[0] not in others:
            db.execute("UPDATE sources SET path = ? WHERE sha256 = ?", [others[0], sha256])
            # A text without a number is known by its path, and so are its findings.
            renamed += [row[0] for row in db.execute("SELECT id FROM expressions WHERE source = ? AND number IS NULL", [sha256])]
    return Left(forget(db, gone), renamed)


def forget(db: Database, hashes: Sequence[str]) -> list[int]:
    """Drop these sources with what they said; gives the circulars that lost an expression."""
    found = f"source IN ({marks(hashes)})"
    circulars = [row[0] for row in db.execute(f"SELECT DISTINCT circular FROM expressions WHERE {found}", hashes)]
    db.execute(f"DELETE FROM expressions WHERE {found}", hashes)
    db.execute(f"DELETE FROM sources WHERE sha256 IN ({marks(hashes)})", hashes)
    return circulars


def drop(db: Database, path: str) -> tuple[list[Dropped], Added]:
    """Take out the files at this path and below it; gives their paths, and what of the rest has to be related anew.

    An e-mail of which a part is taken out is no longer known as a whole.
    """
    with writing(db):
        found = db.execute(
            "SELECT path, source FROM paths WHERE path = ? OR path >= ? AND path < ? ORDER BY path", [path, *below(path)]
        ).fetchall()
        lying = Counter(source for _, source in found)
        counted = "SELECT count(*) FROM paths WHERE source = ?"
        hashes = json.dumps([sha256 for sha256, count in lying.items() if db.execute(counted, [sha256]).fetchone()[0] == count])
        ours = "(SELECT id FROM expressions WHERE source IN (SELECT value FROM json_each(?)))"
        kin = speaking(db, {circular for (circular,) in db.execute(f"SELECT circular FROM expressions WHERE id IN {ours}", [hashes])})
        beside = {
            one
            for pair in db.execute(f'SELECT "left", "right" FROM pairs WHERE "left" IN {ours} OR "right" IN {ours}', [hashes] * 2)
            for one in pair
        }
        former, renamed = leave(db, found)
        beside.update(renamed)
        for mail, source in db.execute(
            "SELECT path, source FROM paths WHERE substr(?, 1, length(path) + 1) = path || '/'", [path]
        ).fetchall():
            if db.execute("SELECT 1 FROM expressions WHERE source = ?", [source]).fetchone():
                db.execute("UPDATE sources SET edition = NULL WHERE sha256 = ?", [source])
            else:
                leave(db, [(mail, source)])
        sweep(db, former)
        circulars = sorted(circular for circular in kin if exists(db, circular))
        query = "SELECT id FROM expressions WHERE id IN (SELECT value FROM json_each(?)) OR circular IN (SELECT value FROM json_each(?))"
        left = [row[0] for row in db.execute(f"{query} ORDER BY id", [json.dumps(sorted(beside)), json.dumps(circulars)])]
        known = dict(
            db.execute("SELECT sha256, path FROM sources WHERE sha256 IN (SELECT value FROM json_each(?))", [json.dumps([*lying])])
        )
    return [Dropped(told, known.get(source)) for told, source in found], Added(left, circulars)


def paths_below(db: Database, folder: str) -> list[str]:
    """The paths of the files that begin with this, in their order."""
    query = "SELECT DISTINCT path FROM paths WHERE substr(path, 1, ?) = ? ORDER BY path"
    return [path for (path,) in db.execute(query, [len(folder), folder])]


def hold(db: Database, mail: Mail) -> Left:
    """Remember a mail by its bytes, so that it is not opened again, and drop what other bytes at its path held."""
    source = mail.source
    place = Copy(source.sha256, source.path)
    old = "SELECT path, source FROM paths WHERE path >= ? AND path < ? AND source NOT IN (SELECT value FROM json_each(?))"
    rows = db.execute(old, [*below(source.path), json.dumps(mail.parts)]).fetchall()
    former, parts = forget_path(db, place), leave(db, rows)
    left = Left([*former.circulars, *parts.circulars], [*former.renamed, *parts.renamed])
    if mail.whole:
        put_source(db, source)
    sweep(db, left.circulars)
    return left


def circular_for(db: Database, expression: Expression, former: Sequence[int]) -> int:
    """The circular with the same issuer and number, the one that this file told before, or a new one."""
    if expression.number is not None:
        same = "SELECT id FROM circulars WHERE number = ? AND issuer IS ?"
        found = db.execute(same, [expression.number, expression.issuer]).fetchone()
        if found:
            return int(found[0])
    for circular in former:
        if may_be_one(header_of(db, circular), (expression.issuer, expression.number)):
            return circular
    return int(db.execute("INSERT INTO circulars DEFAULT VALUES").lastrowid or 0)


def header_of(db: Database, circular: int) -> tuple[str | None, str | None]:
    """Issuer and number of a circular."""
    issuer, number = db.execute("SELECT issuer, number FROM circulars WHERE id = ?", [circular]).fetchone()
    return issuer, number


def may_be_one(left: tuple[str | None, str | None], right: tuple[str | None, str | None]) -> bool:
    """Neither the issuers nor the numbers contradict each other; a missing one does not."""
    return all(one is None or other is None or one == other for one, other in zip(left, right, strict=True))


def refresh(db: Database, circular: int) -> None:
    """A circular says what its expressions say, English first."""
    wanted = "SELECT issuer, number, issued, title, lang FROM expressions WHERE circular = ? ORDER BY lang <> 'en', id"
    rows = db.execute(wanted, [circular]).fetchall()
    if not rows:
        return
    issuer, number, issued = (next((row[place] for row in rows if row[place]), None) for place in range(3))
    chinese = next((title for *_, title, lang in rows if title and lang.startswith("zh")), None)
    english = next((title for *_, title, lang in rows if title and not lang.startswith("zh")), None)
    if issuer:
        db.execute("INSERT OR IGNORE INTO houses (code) VALUES (?)", [issuer])
    series, count = (series_of(number) if number else None) or (None, None)
    update = "UPDATE circulars SET issuer = ?, number = ?, issued = ?, title_en = ?, title_zh = ?, series = ?, place = ? WHERE id = ?"
    db.execute(update, [issuer, number, issued, english, chinese, series, count, circular])


def sweep(db: Database, circulars: Iterable[int]) -> None:
    """Drop those of these circulars that nothing tells any more, and bring the others up to date."""
    # An obligation that another circular tells as well goes over to that one.
    hand_over = """
        UPDATE obligations SET circular = coalesce((
            SELECT e.circular FROM obligation_deadlines AS m JOIN deadlines AS d ON d.id = m.deadline
            JOIN expressions AS e ON e.id = d.expression WHERE m.obligation = obligations.id ORDER BY m.ordinal LIMIT 1
        ), circular) WHERE circular = ? AND circular NOT IN (SELECT circular FROM expressions)
    """
    for circular in circulars:
        db.execute(hand_over, [circular])
        before = entries(db, [circular])
        db.execute("DELETE FROM circulars WHERE id = ? AND id NOT IN (SELECT circular FROM expressions)", [circular])
        tell(db, before)
        refresh(db, circular)


def link(db: Database, left: int, right: int) -> bool:
    """Make two expressions one circular, because one is the translation of the other; not if their numbers differ."""
    ours, theirs = sorted((circular_of(db, left), circular_of(db, right)), key=lambda one: (header_of(db, one)[1] is None, one))
    if ours == theirs or not may_be_one(header_of(db, ours), header_of(db, theirs)):
        return False
    with writing(db):
        for table in ("expressions", "obligations"):
            db.execute(f"UPDATE {table} SET circular = ? WHERE circular = ?", [ours, theirs])
        sweep(db, [theirs])
        refresh(db, ours)
    return True


def part(db: Database, left: int, right: int) -> list[int]:
    """Make two expressions two circulars again, unless a number or another translation still holds them together; gives both."""
    ours = circular_of(db, left)
    if ours != circular_of(db, right):
        return []
    members = {row[0]: row[1] for row in db.execute("SELECT id, number FROM expressions WHERE circular = ? ORDER BY id", [ours])}
    query = 'SELECT "left", "right" FROM pairs WHERE relation = \'translation\' AND "left" IN ({0}) AND "right" IN ({0})'
    ties = db.execute(query.format(marks(members)), [*members, *members]).fetchall()
    group, edge = set[int](), {left}
    while edge:
        group |= edge
        numbers = {members[one] for one in edge} - {None}
        edge = {one for one, number in members.items() if number in numbers} | {one for tie in ties if {*tie} & edge for one in tie}
        edge -= group
    if right in group:
        return []
    number = header_of(db, ours)[1]
    stays = {one for one, own in members.items() if own == number} if number else {min(members)}
    leaving = members.keys() - group if stays & group else group
    with writing(db):
        theirs = int(db.execute("INSERT INTO circulars DEFAULT VALUES").lastrowid or 0)
        db.conn.executemany("UPDATE expressions SET circular = ? WHERE id = ?", [(theirs, one) for one in sorted(leaving)])
        for circular in (ours, theirs):
            refresh(db, circular)
    return [ours, theirs]


def circular_of(db: Database, expression: int) -> int:
    """The circular of an expression."""
    return int(db.execute("SELECT circular FROM expressions WHERE id = ?", [expression]).fetchone()[0])


def paired(db: Database) -> Iterator[tuple[int, int]]:
    """The expressions of every pair, by the numbers of their rows."""
    yield from db.execute('SELECT "left", "right" FROM pairs ORDER BY id').fetchall()


def put_houses(db: Database, houses: Mapping[str, House]) -> None:
    """The names of the houses, as their files give them now."""
    rows = [(house.code, first(house.name.en), first(house.name.zh), house.parent) for house in houses.values()]
    with writing(db):
        db.conn.executemany(
            "INSERT INTO houses (code, name_en, name_zh, parent) VALUES (?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET "
            "name_en = excluded.name_en, name_zh = excluded.name_zh, parent = excluded.parent",
            rows,
        )


def first(words: Sequence[str]) -> str | None:
    return words[0] if words else None


# Expressions out -----------------------------------------------------------------------------------------------------


def expressions(db: Database) -> Iterator[Expression]:
    """Every expression, exactly as it was added but for what people decided."""
    for stored in stored_all(db):
        yield stored.expression


def expression(db: Database, number: int) -> Expression:
    """One expression by the number of its row."""
    return next(stored_where(db, "e.id = ?", [number])).expression


def as_it_was_read(db: Database, number: int) -> Expression:
    """One expression as it was added, whatever people decided."""
    header = listed(names(FactPlace))
    rows = db.execute(f"SELECT {header} FROM review_places WHERE expression = ?", [number]).fetchall()
    return as_read(expression(db, number), [msgspec.convert(from_row(FactPlace, row), FactPlace) for row in rows])


def stored_all(db: Database) -> Iterator[Stored]:
    """Every expression with its numbers."""
    return stored_where(db, "1", [])


def of_circular(db: Database, circular: int) -> list[Stored]:
    """The expressions of a circular, English first."""
    return sorted(stored_where(db, "e.circular = ?", [circular]), key=lambda stored: (stored.expression.lang != "en", stored.id))


def neighbours(db: Database, fresh: Sequence[int], reach: Reach) -> list[Stored]:
    """These expressions and all that can have to do with them, but for those that are too large to be laid beside others.

    One cites the other; or they have a number, the day of issue or a date in common, and of dates so many, unless they may
    have been issued within so many days of each other. Of the earlier ones that have house, number and language in common,
    copies of each other, the first stands for all.
    """
    too_long = "length({it}.text) > :text"
    too_many = [f'EXISTS (SELECT 1 FROM "{table}" WHERE expression = {{it}}.id AND ordinal >= :facts)' for table in reach.kinds]
    large = f"({' OR '.join((too_long, *too_many))})"
    # Each day of an expression counts once: one that names a day a hundred thousand times would meet itself so often squared.
    listing = f"""
        WITH fresh AS MATERIALIZED (
            SELECT id, issued, number FROM expressions AS e
            WHERE id IN (SELECT value FROM json_each(:fresh)) AND NOT {large.format(it="e")}
        ),
        mine AS MATERIALIZED (SELECT DISTINCT expression, start FROM dates WHERE expression IN (SELECT id FROM fresh)),
        theirs AS MATERIALIZED (SELECT DISTINCT expression, start FROM dates WHERE start IN (SELECT start FROM mine)),
        shared AS (
            SELECT theirs.expression AS other FROM fresh
            JOIN mine ON mine.expression = fresh.id
            JOIN theirs ON theirs.start = mine.start
            JOIN expressions AS whole ON whole.id = theirs.expression
            GROUP BY fresh.id, theirs.expression
            HAVING count(*) >= :dates OR coalesce(abs(julianday(fresh.issued) - julianday(whole.issued)), 0) <= :days
        ),
        near AS MATERIALIZED (
            SELECT id, issuer, number, lang FROM expressions AS e
            WHERE (
                issued IN (SELECT issued FROM fresh)
                OR number IN (SELECT number FROM fresh)
                OR number IN (SELECT number FROM "references" WHERE expression IN (SELECT id FROM fresh))
                OR id IN (SELECT expression FROM "references" WHERE number IN (SELECT number FROM fresh))
                OR id IN (SELECT other FROM shared)
            ) AND NOT {large.format(it="e")}
        )
    """
    condition = """
        e.id IN (SELECT id FROM fresh)
        OR e.id IN (SELECT min(id) FROM near GROUP BY issuer, number, lang, iif(number IS NULL, id, 0))
    """
    asked = {"fresh": json.dumps(fresh), "dates": reach.dates, "days": reach.days, "text": reach.text, "facts": reach.facts}
    return list(stored_where(db, condition, asked, listing))


def pairs_among(db: Database, numbers: Sequence[int]) -> list[tuple[int, int, str]]:
    """The pairs whose sides are both among these expressions: their numbers, and how they belong together."""
    query = """
        WITH among AS (SELECT value FROM json_each(?))
        SELECT "left", "right", relation FROM pairs WHERE "left" IN among AND "right" IN among ORDER BY id
    """
    return [(left, right, relation) for left, right, relation in db.execute(query, [json.dumps(numbers)])]


def stored_where(db: Database, condition: str, values: Sequence[object] | dict[str, object], prefix: str = "") -> Iterator[Stored]:
    """The expressions that meet a condition, in the order of their numbers."""
    header, source = names(Expression, HEADER), names(Source)
    cells = ", ".join((*(f'e."{name}"' for name in header), *(f's."{name}"' for name in source)))
    query = f"{prefix} SELECT e.id, e.circular, {cells} FROM expressions AS e JOIN sources AS s ON s.sha256 = e.source"
    for number, circular, *row in db.execute(f"{query} WHERE {condition} ORDER BY e.id", values).fetchall():
        fields = from_row(Expression, tuple(row[: len(header)]), HEADER)
        fields["source"] = from_row(Source, tuple(row[len(header) :]))
        fields.update({table: facts(db, table, number) for table in FACTS})
        yield Stored(number, circular, msgspec.convert(fields, Expression))


def facts(db: Database, table: str, expression: int) -> list[dict[str, Any]]:
    """The facts of one kind in their order, as msgspec.convert takes them."""
    kind = FACTS[table]
    query = f'SELECT {listed(names(kind))} FROM "{table}" WHERE expression = ? ORDER BY ordinal'
    return [from_row(kind, row) for row in db.execute(query, [expression])]


# What follows from them ----------------------------------------------------------------------------------------------


def put_pairs(db: Database, numbers: Sequence[int], pairs: Sequence[Pair]) -> list[int]:
    """Keep pairs whose sides are places in `numbers`; gives the number of each pair's row."""
    insert = 'INSERT INTO pairs ("left", "right", relation, score, evidence) VALUES (?, ?, ?, ?, ?)'
    kept = []
    with writing(db):
        for pair in pairs:
            left, right = numbers[pair.left], numbers[pair.right]
            db.execute('DELETE FROM pairs WHERE "left" IN (?, ?) AND "right" IN (?, ?)', [left, right, left, right])
            evidence = msgspec.json.encode(pair.evidence).decode()
            kept.append(int(db.execute(insert, [left, right, pair.relation, pair.score, evidence]).lastrowid or 0))
    return kept


SEATS = """
    WITH ours AS (SELECT value FROM json_each(:ours)),
    seats AS MATERIALIZED (
        SELECT p.id, p.score, p.relation, p."left" AS own, e.issuer, e.lang FROM pairs AS p JOIN expressions AS e ON e.id = p."right"
        WHERE p.relation IN ('sibling', 'translation') AND p."left" IN ours
        UNION ALL
        SELECT p.id, p.score, p.relation, p."right", e.issuer, e.lang FROM pairs AS p JOIN expressions AS e ON e.id = p."left"
        WHERE p.relation IN ('sibling', 'translation') AND p."right" IN ours
    ),
    best AS (SELECT *, max(score) OVER (PARTITION BY own, relation, issuer, lang) AS best FROM seats)
    SELECT id FROM best WHERE score <= best - :better
"""
DETOURS = """
    WITH ours AS (SELECT value FROM json_each(:ours)),
    far AS (
        SELECT p.id, p."left" AS a, p."right" AS b FROM pairs AS p
        JOIN expressions AS l ON l.id = p."left" JOIN expressions AS r ON r.id = p."right"
        WHERE p.relation = 'sibling' AND (p."left" IN ours OR p."right" IN ours) AND substr(l.lang, 1, 2) <> substr(r.lang, 1, 2)
    ),
    ends AS (SELECT id, a, b FROM far UNION ALL SELECT id, b, a FROM far)
    SELECT f.id FROM ends AS f
    JOIN pairs AS t ON t.relation = 'translation' AND (t."left" = f.a OR t."right" = f.a)
    JOIN pairs AS s ON s.relation = 'sibling' AND (s."left" = f.b OR s."right" = f.b)
        AND t."left" + t."right" - f.a IN (s."left", s."right")
    JOIN expressions AS x ON x.id = t."left" + t."right" - f.a JOIN expressions AS y ON y.id = f.b
    WHERE substr(x.lang, 1, 2) = substr(y.lang, 1, 2)
"""


def settle(db: Database, expressions: Collection[int], better: float) -> list[tuple[int, int, str]]:
    """Drop the pairs of these expressions that give way to one that is so much better, or that are told by two others; gives them.

    Each expression has one translation and one sibling of a house in a language, whichever of them was read first.
    """
    gone: list[tuple[int, int, str]] = []
    with writing(db):
        for query in (SEATS, DETOURS):
            rows = [row[0] for row in db.execute(query, {"ours": json.dumps(sorted(expressions)), "better": better})]
            condition = f"FROM pairs WHERE id IN ({marks(rows)})"
            gone += db.execute(f'SELECT "left", "right", relation {condition}', rows).fetchall()
            db.execute(f"DELETE {condition}", rows)
    return gone


def put_findings(db: Database, expression: int, findings: Sequence[Finding], pair: int | None = None) -> None:
    """Keep what a pair's comparison found or, without a pair, what was found inside one expression."""
    with writing(db):
        db.execute("DELETE FROM findings WHERE pair IS ? AND expression = ?", [pair, expression])
        left, right = texts_of(db, expression, pair)
        found = [(finding.check, said(left, finding.left), said(right, finding.right)) for finding in findings]
        rows = [
            (pair, expression, finding.check, finding.level, finding.message, *side(finding.left), *side(finding.right), name, state)
            for finding, name in zip(findings, finding_names(found), strict=True)
            for state in [state_of(db, name)]
        ]
        db.conn.executemany(f"INSERT INTO findings VALUES (NULL, {marks(range(17))})", rows)


def texts_of(db: Database, expression: int, pair: int | None) -> tuple[str, str]:
    """The names of the texts on the left and on the right of a finding: one and the same inside an expression."""
    both = db.execute('SELECT "left", "right" FROM pairs WHERE id = ?', [pair]).fetchone() or (expression, expression)
    query = "SELECT e.issuer, e.number, e.lang, s.path FROM expressions AS e JOIN sources AS s ON s.sha256 = e.source WHERE e.id = ?"
    left, right = (text_name(*db.execute(query, [number]).fetchone()) for number in both)
    return left, right


def said(text: str, told: Side | None) -> Said:
    """One side of a finding as it is named."""
    return Said(text, told.value if told else None, told.quote if told else None)


def side(told: Side | None) -> tuple[str | int | None, ...]:
    """One side of a finding as its five columns."""
    return tuple(cell for column in columns(Side) for cell in column.encode(getattr(told, column.field, None)))


def resolve(db: Database, circulars: Collection[int]) -> None:
    """Tie the references of these circulars, and those that may mean one of them, to the circulars that they cite.

    A number is that of a circular of the same house, else of the only circular that has it; a day without a number is that of
    the only circular which the house issued on it.
    """
    touching = """
        WITH ours AS (SELECT value FROM json_each(?)),
        touching AS MATERIALIZED (
            SELECT r.id FROM expressions AS e JOIN "references" AS r ON r.expression = e.id WHERE e.circular IN ours
            UNION
            SELECT r.id FROM expressions AS e JOIN own_numbers AS o ON o.expression = e.id
                JOIN "references" AS r ON r.number = o.number WHERE e.circular IN ours
            UNION
            SELECT r.id FROM circulars AS n JOIN "references" AS r ON r.issued = n.issued AND r.number IS NULL
                JOIN expressions AS e ON e.id = r.expression JOIN circulars AS c ON c.id = e.circular
                WHERE n.id IN ours AND c.issuer = n.issuer
        )
        SELECT t.id, (
            SELECT min(n.id) FROM own_numbers AS o JOIN expressions AS x ON x.id = o.expression JOIN circulars AS n ON n.id = x.circular
            WHERE o.number = r.number AND n.issuer IS c.issuer
        ), (
            SELECT min(x.circular) FROM own_numbers AS o JOIN expressions AS x ON x.id = o.expression
            WHERE o.number = r.number HAVING count(DISTINCT x.circular) = 1
        ), (
            SELECT min(n.id) FROM circulars AS n
            WHERE r.number IS NULL AND n.issuer = c.issuer AND n.issued = r.issued HAVING count(*) = 1
        ), c.id
        FROM touching AS t JOIN "references" AS r ON r.id = t.id
        JOIN expressions AS e ON e.id = r.expression JOIN circulars AS c ON c.id = e.circular
    """
    found = db.execute(touching, [json.dumps(sorted(circulars))]).fetchall()
    told = [(reference, next((one for one in guesses if one is not None), None), own) for reference, *guesses, own in found]
    with writing(db):
        db.conn.executemany("DELETE FROM cited WHERE reference = ?", [(reference,) for reference, *_ in told])
        db.conn.executemany(
            "INSERT INTO cited (reference, circular) VALUES (?, ?)",
            [(reference, circular) for reference, circular, own in told if circular is not None and circular != own],
        )


def tied(db: Database, circulars: Collection[int]) -> list[tuple[int, int, str]]:
    """The ties of these circulars, in either direction: the newer circular, the older one, and how the newer speaks of it."""
    query = """
        WITH ours AS (SELECT value FROM json_each(?)),
        theirs AS MATERIALIZED (SELECT id, circular, issued FROM expressions WHERE circular IN ours)
        SELECT t.circular, c.circular, r.relation FROM theirs AS t JOIN "references" AS r ON r.expression = t.id
            JOIN cited AS c ON c.reference = r.id
        UNION
        SELECT e.circular, c.circular, r.relation FROM ours JOIN cited AS c ON c.circular = ours.value
            JOIN "references" AS r ON r.id = c.reference JOIN expressions AS e ON e.id = r.expression
        UNION
        SELECT iif(t.issued >= e.issued, t.circular, e.circular), iif(t.issued >= e.issued, e.circular, t.circular), 'reissue'
            FROM theirs AS t JOIN pairs AS p ON t.id = p."left" JOIN expressions AS e ON e.id = p."right"
            WHERE p.relation = 'reissue' AND t.circular <> e.circular
        UNION
        SELECT iif(t.issued >= e.issued, t.circular, e.circular), iif(t.issued >= e.issued, e.circular, t.circular), 'reissue'
            FROM theirs AS t JOIN pairs AS p ON t.id = p."right" JOIN expressions AS e ON e.id = p."left"
            WHERE p.relation = 'reissue' AND t.circular <> e.circular
        ORDER BY 1, 2, 3
    """
    return [(newer, older, relation) for newer, older, relation in db.execute(query, [json.dumps(sorted(circulars))])]


def printed_again(db: Database, circulars: Collection[int]) -> list[int]:
    """Those of these circulars that have two expressions in one language."""
    query = """
        SELECT DISTINCT circular FROM expressions WHERE circular IN (SELECT value FROM json_each(?))
        GROUP BY circular, lang HAVING count(*) > 1 ORDER BY circular
    """
    return [circular for (circular,) in db.execute(query, [json.dumps(sorted(circulars))])]


def put_moves(db: Database, older: int, newer: int, moves: Sequence[Move]) -> None:
    """Replace the dates that a newer expression tells otherwise than an older one."""
    columns = ("start", "end", "time", "quote", "span_start", "span_end")
    header = ("older", "newer", "change", "fact", "act", *(f"{side}_{name}" for side in ("old", "new") for name in columns))
    rows = []
    for move in moves:
        sides = [
            (one.start and one.start.isoformat(), one.end and one.end.isoformat(), one.time, one.quote, *one.span)
            for one in (move.old, move.new)
        ]
        rows.append((older, newer, move.change, move.new.fact, move.new.act, *sides[0], *sides[1]))
    with writing(db):
        db.execute("DELETE FROM moves WHERE older = ? AND newer = ?", [older, newer])
        db.conn.executemany(f"INSERT INTO moves ({listed(header)}) VALUES ({marks(header)})", rows)


def put_obligations(db: Database, circulars: Collection[int], numbers: Sequence[int], found: Sequence[Obligation]) -> None:
    """Replace the obligations of these circulars; each keeps its name, known by its deadlines, their places or its act, and so its status.

    `numbers` are the rows of the expressions that the members count. An obligation lies with the circular of its first member.
    """
    fields = tuple(name for name in Obligation.__struct_fields__ if name not in {"id", "members"})
    header = ("id", "uid", "circular", "status", *names(Obligation, fields))
    with writing(db):
        deadlines = [[deadline_at(db, numbers[member.expression], member.deadline) for member in one.members] for one in found]
        places = [[place_of(db, deadline) for deadline in group] for group in deadlines]
        given = Former(db, circulars).names(found, deadlines, places)
        before = entries(db, circulars)
        db.execute("DELETE FROM obligations WHERE circular IN (SELECT value FROM json_each(?))", [json.dumps(sorted(circulars))])
        for obligation, name, group, told in zip(found, given, deadlines, places, strict=True):
            circular = circular_of(db, numbers[obligation.members[0].expression])
            values = (name, obligation.id, circular, status_of(db, name), *to_row(obligation, fields))
            db.execute(f"INSERT INTO obligations ({listed(header)}) VALUES ({marks(header)})", values)
            members = [
                (name, deadline, ordinal, member.governs)
                for ordinal, (deadline, member) in enumerate(zip(group, obligation.members, strict=True))
            ]
            db.conn.executemany("INSERT INTO obligation_deadlines (obligation, deadline, ordinal, governs) VALUES (?, ?, ?, ?)", members)
            rows = [(name, ordinal, *place) for ordinal, place in enumerate(told)]
            db.conn.executemany(f"INSERT INTO obligation_places VALUES ({marks(range(6))})", rows)
        tell(db, before | {one.id for one in found})


ENTRIES = """
    WITH numbered AS (
        SELECT o.id, row_number() OVER (PARTITION BY o.uid ORDER BY coalesce(e.source, ''), o.id) AS place
        FROM obligations AS o
        LEFT JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
        LEFT JOIN deadlines AS d ON d.id = m.deadline
        LEFT JOIN expressions AS e ON e.id = d.expression
        WHERE o.due IS NOT NULL AND o.uid IN (SELECT value FROM json_each(?))
    )
    SELECT
        o.uid || CASE WHEN n.place > 1 THEN '-' || n.place ELSE '' END, o.id, o.due, o.time,
        CASE WHEN o.status <> 'open' OR o.withdrawn IS NOT NULL THEN 'CANCELLED' WHEN o.tentative THEN 'TENTATIVE' ELSE 'CONFIRMED' END,
        o.sequence
            + (SELECT count(*) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act IN ('done', 'waive', 'reopen')),
        c.issuer, c.number, c.issued, o.action, o.action_zh, o.zone
    FROM numbered AS n JOIN obligations AS o ON o.id = n.id JOIN circulars AS c ON c.id = o.circular
"""


def entries(db: Database, circulars: Collection[int]) -> set[str]:
    """What the obligations of these circulars are called in calendars."""
    query = "SELECT uid FROM obligations WHERE circular IN (SELECT value FROM json_each(?))"
    return {uid for (uid,) in db.execute(query, [json.dumps(sorted(circulars))])}


def tell(db: Database, uids: Collection[str]) -> None:
    """Keep what calendars are told of these entries; the sequence rises with the day, the time or the status, and when one is gone.

    Whoever has the entry takes no other day for it with the same or a lower sequence (RFC 5545, 3.8.7.4).
    """
    wanted = json.dumps(sorted(uids))
    rows = db.execute(ENTRIES, [wanted]).fetchall()
    gone = """
        UPDATE calendar_told SET status = 'CANCELLED', obligation = NULL, sequence = sequence + (status <> 'CANCELLED')
        WHERE uid NOT IN (SELECT value FROM json_each(?)) AND uid IN (
            SELECT t.uid FROM json_each(?) AS u JOIN calendar_told AS t
                ON t.uid = u.value OR (t.uid > u.value || '-' AND t.uid < u.value || '.')
        )
    """
    db.execute(gone, [json.dumps([row[0] for row in rows]), wanted])
    db.conn.executemany(
        f"""
        INSERT INTO calendar_told VALUES ({marks(range(12))}) ON CONFLICT (uid) DO UPDATE SET
            sequence = max(
                excluded.sequence,
                sequence + ((excluded.due, excluded.time, excluded.zone, excluded.status) IS NOT (due, time, zone, status))
            ),
            obligation = excluded.obligation, due = excluded.due, time = excluded.time, zone = excluded.zone, status = excluded.status,
            house = excluded.house, number = excluded.number, issued = excluded.issued,
            action = excluded.action, action_zh = excluded.action_zh
        """,
        rows,
    )


def place_of(db: Database, deadline: int) -> Place:
    """Where a deadline stands."""
    query = (
        "SELECT e.lang, d.span_start, d.span_end, d.quote FROM deadlines AS d JOIN expressions AS e ON e.id = d.expression WHERE d.id = ?"
    )
    return Place(*db.execute(query, [deadline]).fetchone())


def sharing(db: Database, circulars: Collection[int]) -> set[int]:
    """The circulars that tell or take back an obligation of these ones, and these."""
    query = """
        WITH ours AS (SELECT value FROM json_each(?)),
        shared AS MATERIALIZED (
            SELECT id FROM obligations WHERE circular IN ours OR withdrawn IN ours
            UNION
            SELECT m.obligation FROM expressions AS e JOIN deadlines AS d ON d.expression = e.id
                JOIN obligation_deadlines AS m ON m.deadline = d.id WHERE e.circular IN ours
        )
        SELECT e.circular FROM shared AS s JOIN obligation_deadlines AS m ON m.obligation = s.id
            JOIN deadlines AS d ON d.id = m.deadline JOIN expressions AS e ON e.id = d.expression
        UNION
        SELECT o.circular FROM shared AS s JOIN obligations AS o ON o.id = s.id
        UNION
        SELECT o.withdrawn FROM shared AS s JOIN obligations AS o ON o.id = s.id WHERE o.withdrawn IS NOT NULL
        UNION
        SELECT value FROM ours
    """
    return {circular for (circular,) in db.execute(query, [json.dumps(sorted(circulars))])}


def speaking(db: Database, circulars: Collection[int]) -> set[int]:
    """The circulars that share obligations with these ones, or speak of them or are spoken of: what changes here may change there."""
    return sharing(db, {*circulars, *(end for tie in tied(db, circulars) for end in tie[:2])})


def deadline_at(db: Database, expression: int, ordinal: int) -> int:
    """The row of an expression's deadline."""
    query = "SELECT id FROM deadlines WHERE expression = ? AND ordinal = ?"
    return int(db.execute(query, [expression, ordinal]).fetchone()[0])


# What people decide --------------------------------------------------------------------------------------------------

STATUS = {"done": "done", "waive": "not applicable", "reopen": "open"}


def status_of(db: Database, obligation: str) -> str:
    """The status of an obligation, as it was decided last."""
    found = db.execute(DECIDED, [obligation]).fetchone()
    return STATUS[found[0]] if found else "open"


VERDICT = """
    SELECT act FROM decisions
    WHERE kind = 'finding' AND subject = ? AND act IN ('explain', 'accept', 'fix', 'reopen') ORDER BY id DESC LIMIT 1
"""
STATE = {"explain": "explained", "accept": "accepted", "fix": "fixed", "reopen": "open"}


def state_of(db: Database, finding: str) -> str:
    """The state of a finding, as it was decided last."""
    found = db.execute(VERDICT, [finding]).fetchone()
    return STATE[found[0]] if found else "open"


def decide(db: Database, who: str, kind: Kind, subject: str, act: str, content: Mapping[str, object]) -> Entry:
    """Write a decision to the log, and what follows from it to its subject."""
    with alone(db):
        last = db.execute("SELECT * FROM decisions ORDER BY id DESC LIMIT 1").fetchone()
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        entry = next_entry(Entry(*last) if last else None, at, who, kind, subject, act, content)
        db.execute(f"INSERT INTO decisions VALUES ({marks(entry)})", entry)
        if kind == "obligation":
            db.execute("UPDATE obligations SET status = ? WHERE id = ?", [status_of(db, subject), subject])
            tell(db, [uid for (uid,) in db.execute("SELECT uid FROM obligations WHERE id = ?", [subject])])
        elif kind == "finding":
            db.execute("UPDATE findings SET state = ? WHERE name = ?", [state_of(db, subject), subject])
        else:
            put_review(db, entry)
    return entry


def put_review(db: Database, entry: Entry) -> None:
    """Keep what a row of the log decides on a fact in place of what was decided before; `keep_again` then lets it hold."""
    db.execute("DELETE FROM reviews WHERE name = ?", [entry.subject])
    if review := review_of(entry):
        header = names(Review)
        db.execute(f"INSERT INTO reviews ({listed(header)}) VALUES ({marks(header)})", to_row(review))


def reviews_of(db: Database, read: Expression) -> list[Review]:
    """What was decided on the facts of a text, or of a file with the same bytes."""
    return reviews(db, "work = ? OR source = ?", [work_of(read), read.source.sha256])


def reviews(db: Database, condition: str = "1", values: Sequence[str] = ()) -> list[Review]:
    """What holds of the decisions on facts, in their order."""
    query = f"SELECT {listed(names(Review))} FROM reviews WHERE {condition} ORDER BY decision"
    return [msgspec.convert(from_row(Review, row), Review) for row in db.execute(query, list(values))]


NOBODY = "not published"
"""Who decided, on a site that does not say."""


def settle_for_publication(path: Path, *, decisions: bool) -> None:
    """Take out of a copy what is nobody else's business: where files lay and, unless they are wanted, people's decisions."""
    with open_db(path) as db:
        with writing(db):
            for table in ("sources", "paths"):
                rows = [(name_alone(path), *row) for *row, path in db.execute(f"SELECT rowid, path FROM {table}").fetchall()]
                db.conn.executemany(f"UPDATE OR REPLACE {table} SET path = ? WHERE rowid = ?", rows)
            if not decisions:
                (kept,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'decisions_stay'").fetchone()
                db.execute("DROP TRIGGER decisions_stay")  # the log itself stays at home, with its seals
                db.execute(
                    "UPDATE decisions SET who = ?, content = json_remove(content, '$.note', '$.evidence', '$.owner', '$.why')", [NOBODY]
                )
                db.execute(kept)
        db.execute("VACUUM")
        db.execute("PRAGMA journal_mode = DELETE")


def name_alone(path: str) -> str:
    """The name of a file without its folders, whichever way they are written; an attachment keeps the name of its mail."""
    parts = path.replace("\\", "/").split("/")
    mail = next((place for place, part in enumerate(parts[:-1]) if part.lower().endswith(".eml")), len(parts) - 1)
    return "/".join(parts[mail:])


# SQL's small change --------------------------------------------------------------------------------------------------


def listed(header: Iterable[str]) -> str:
    """Column names, quoted: `references`, `table` and `left` are words of SQL too."""
    return ", ".join(f'"{name}"' for name in header)


def marks(header: Iterable[object]) -> str:
    return ", ".join("?" for _ in header)
