"""The shape of the database as numbered steps. A step is never edited once released: a change is a new step.

`PRAGMA application_id` marks a file as ours, `PRAGMA user_version` is the number of the last step it has seen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x43495243  # "CIRC"

migration = Migrations("circular-kb")


def run(db: Database, script: str) -> None:
    """The statements of a script, each of which ends with its line, within the transaction that is open.

    `Database.executescript` looks after every character whether a statement is complete, four fifths of what a new database took.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
    if statement.strip():
        db.execute(statement)


EVIDENCE = """
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,
"""

WORKS = """
CREATE TABLE houses (
    code TEXT PRIMARY KEY,
    name_en TEXT,
    name_zh TEXT,
    parent TEXT
);
CREATE TABLE circulars (
    id INTEGER PRIMARY KEY,
    issuer TEXT REFERENCES houses(code),
    number TEXT,
    issued TEXT,
    title_en TEXT,
    title_zh TEXT
);
CREATE UNIQUE INDEX circulars_own_number ON circulars(coalesce(issuer, ''), number) WHERE number IS NOT NULL;
CREATE INDEX circulars_issued ON circulars(issued);
CREATE TABLE sources (
    sha256 TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    media_type TEXT NOT NULL,
    pages INTEGER,
    added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
CREATE INDEX sources_path ON sources(path);
CREATE TABLE expressions (
    id INTEGER PRIMARY KEY,
    circular INTEGER NOT NULL REFERENCES circulars(id),
    source TEXT NOT NULL REFERENCES sources(sha256),
    lang TEXT NOT NULL CHECK (lang IN ('en', 'zh-Hant', 'zh-Hans', 'mul')),
    issuer TEXT,
    number TEXT,
    other_numbers TEXT NOT NULL,
    issued TEXT,
    title TEXT,
    text TEXT NOT NULL,
    UNIQUE (source, lang)
);
CREATE INDEX expressions_circular ON expressions(circular);
CREATE INDEX expressions_number ON expressions(number);
CREATE INDEX expressions_issued ON expressions(issued);
"""

FACTS = f"""
CREATE TABLE dates ({EVIDENCE}
    start TEXT,
    "end" TEXT,
    approx TEXT CHECK (approx IN ('early', 'mid', 'late')),
    time TEXT,
    end_time TEXT,
    weekday_ok INTEGER CHECK (weekday_ok IN (0, 1)),
    year_inferred INTEGER NOT NULL CHECK (year_inferred IN (0, 1)),
    relative INTEGER NOT NULL CHECK (relative IN (0, 1)),
    UNIQUE (expression, ordinal)
);
CREATE INDEX dates_start ON dates(start);
CREATE TABLE times ({EVIDENCE}
    time TEXT NOT NULL,
    end_time TEXT,
    UNIQUE (expression, ordinal)
);
CREATE TABLE deadlines ({EVIDENCE}
    stated TEXT,
    relation TEXT NOT NULL CHECK (relation IN ('by', 'before', 'until', 'within', 'at-least-before', 'on')),
    due TEXT,
    due_business TEXT,
    time TEXT,
    bearer TEXT NOT NULL,
    action TEXT,
    consequence TEXT,
    tentative INTEGER NOT NULL CHECK (tentative IN (0, 1)),
    modality TEXT NOT NULL CHECK (modality IN ('must', 'should', 'may')),
    why TEXT,
    UNIQUE (expression, ordinal)
);
CREATE INDEX deadlines_due ON deadlines(due);
CREATE INDEX deadlines_stated ON deadlines(stated);
CREATE TABLE duties ({EVIDENCE}
    bearer TEXT NOT NULL,
    modality TEXT NOT NULL CHECK (modality IN ('must', 'should', 'may')),
    action TEXT,
    UNIQUE (expression, ordinal)
);
CREATE TABLE contacts ({EVIDENCE}
    kind TEXT NOT NULL CHECK (kind IN ('tel', 'fax', 'email', 'url', 'person', 'address')),
    value TEXT NOT NULL,
    label TEXT,
    title TEXT,
    org TEXT,
    role TEXT,
    UNIQUE (expression, ordinal)
);
CREATE INDEX contacts_value ON contacts(value);
CREATE TABLE "references" ({EVIDENCE}
    number TEXT,
    issued TEXT,
    relation TEXT NOT NULL CHECK (relation IN ('cites', 'amends', 'replaces', 'reminds', 'appends')),
    title TEXT,
    UNIQUE (expression, ordinal)
);
CREATE INDEX references_number ON "references"(number);
CREATE TABLE definitions ({EVIDENCE}
    term TEXT NOT NULL,
    full TEXT NOT NULL,
    UNIQUE (expression, ordinal)
);
CREATE TABLE tables (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    caption TEXT,
    header INTEGER NOT NULL,
    rows TEXT NOT NULL,
    merged TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,
    UNIQUE (expression, ordinal)
);
CREATE TABLE events ({EVIDENCE}
    start TEXT,
    "end" TEXT,
    time TEXT,
    end_time TEXT,
    title TEXT NOT NULL,
    "table" INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    UNIQUE (expression, ordinal)
);
CREATE INDEX events_start ON events(start);
CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    UNIQUE (expression, ordinal)
);
CREATE TABLE unexplained (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    why TEXT NOT NULL,
    UNIQUE (expression, ordinal)
);
CREATE TABLE warnings (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    page INTEGER,
    UNIQUE (expression, ordinal)
);
"""

AGREEMENT = """
CREATE TABLE pairs (
    id INTEGER PRIMARY KEY,
    "left" INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    "right" INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    relation TEXT NOT NULL CHECK (relation IN ('sibling', 'translation', 'reissue', 'unrelated')),
    score REAL NOT NULL,
    evidence TEXT NOT NULL,
    UNIQUE ("left", "right"),
    CHECK ("left" <> "right")
);
CREATE INDEX pairs_right ON pairs("right");
CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    pair INTEGER REFERENCES pairs(id) ON DELETE CASCADE,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    "check" TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('error', 'warning', 'note')),
    message TEXT NOT NULL,
    left_value TEXT,
    left_quote TEXT,
    left_start INTEGER,
    left_end INTEGER,
    left_page INTEGER,
    right_value TEXT,
    right_quote TEXT,
    right_start INTEGER,
    right_end INTEGER,
    right_page INTEGER
);
CREATE INDEX findings_pair ON findings(pair);
CREATE INDEX findings_expression ON findings(expression);
CREATE INDEX findings_level ON findings(level);
CREATE TABLE obligations (
    id TEXT PRIMARY KEY,
    circular INTEGER NOT NULL REFERENCES circulars(id) ON DELETE CASCADE,
    due TEXT,
    due_business TEXT,
    time TEXT,
    relation TEXT NOT NULL CHECK (relation IN ('by', 'before', 'until', 'within', 'at-least-before', 'on')),
    bearer TEXT NOT NULL,
    action TEXT,
    action_zh TEXT,
    consequence TEXT,
    modality TEXT NOT NULL CHECK (modality IN ('must', 'should', 'may')),
    tentative INTEGER NOT NULL CHECK (tentative IN (0, 1)),
    conflict TEXT,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'not applicable'))
);
CREATE INDEX obligations_due ON obligations(due, circular);
CREATE INDEX obligations_circular ON obligations(circular);
CREATE TABLE obligation_deadlines (
    obligation TEXT NOT NULL REFERENCES obligations(id) ON DELETE CASCADE,
    deadline INTEGER NOT NULL REFERENCES deadlines(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (obligation, deadline)
);
CREATE INDEX obligation_deadlines_deadline ON obligation_deadlines(deadline);
"""

VIEWS = """
CREATE VIEW upcoming AS
SELECT
    o.id, o.due, o.due_business, o.time, o.relation, o.modality, o.tentative, o.status,
    (SELECT group_concat(value, ', ') FROM json_each(o.bearer)) AS bearer,
    o.action, o.action_zh, o.consequence, o.conflict,
    o.circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    d.quote, d.page, d.expression,
    (SELECT count(*) FROM obligation_deadlines AS m WHERE m.obligation = o.id) AS members
FROM obligations AS o
JOIN circulars AS c ON c.id = o.circular
LEFT JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
LEFT JOIN deadlines AS d ON d.id = m.deadline
WHERE o.due IS NOT NULL;

CREATE VIEW obligations_by_party AS
SELECT
    p.value AS party,
    o.id AS obligation, o.due, o.due_business, o.time, o.relation, o.modality, o.tentative, o.status,
    o.action, o.action_zh, o.consequence, o.conflict,
    o.circular, c.issuer AS house, c.number, c.title_en, c.title_zh
FROM obligations AS o
JOIN circulars AS c ON c.id = o.circular
LEFT JOIN json_each(o.bearer) AS p;

CREATE VIEW circulars_with_findings AS
SELECT
    c.id AS circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    count(DISTINCT f.id) FILTER (WHERE f.level = 'error') AS errors,
    count(DISTINCT f.id) FILTER (WHERE f.level = 'warning') AS warnings,
    count(DISTINCT f.id) FILTER (WHERE f.level = 'note') AS notes
FROM circulars AS c
JOIN expressions AS e ON e.circular = c.id
JOIN (
    SELECT id, level, expression FROM findings
    UNION ALL
    SELECT f.id, f.level, p."right" FROM findings AS f JOIN pairs AS p ON p.id = f.pair
) AS f ON f.expression = e.id
GROUP BY c.id;

CREATE VIEW who_to_call AS
SELECT
    x.kind, x.value, x.label, x.title, x.org, x.role,
    c.issuer AS house, h.name_en AS house_en, h.name_zh AS house_zh,
    c.id AS circular, c.number, c.issued, c.title_en, c.title_zh, e.lang, x.quote, x.page, x.expression
FROM contacts AS x
JOIN expressions AS e ON e.id = x.expression
JOIN circulars AS c ON c.id = e.circular
LEFT JOIN houses AS h ON h.code = c.issuer;

CREATE VIEW deadlines_view AS
SELECT
    d.id, d.due, d.due_business, d.stated, d.relation, d.time, d.modality, d.tentative,
    (SELECT group_concat(value, ', ') FROM json_each(d.bearer)) AS bearer,
    d.action, d.consequence, d.why, d.quote, d.page, d.rule,
    e.id AS expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh
FROM deadlines AS d
JOIN expressions AS e ON e.id = d.expression
JOIN circulars AS c ON c.id = e.circular;

CREATE VIEW calendar_events AS
SELECT
    v.id, v.start, v."end", v.time, v.end_time, v.title, v.quote, v.page,
    e.id AS expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.title_en, c.title_zh
FROM events AS v
JOIN expressions AS e ON e.id = v.expression
JOIN circulars AS c ON c.id = e.circular;
"""


@migration(name="001_works_facts_agreement_obligations")
def works_facts_agreement_obligations(db: Database) -> None:
    """Circulars, their expressions, every kind of fact, pairs and findings, obligations, and the analysts' questions as views."""
    for script in (WORKS, FACTS, AGREEMENT, VIEWS):
        run(db, script)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


AMOUNTS = f"""
CREATE TABLE amounts ({EVIDENCE}
    kind TEXT NOT NULL CHECK (kind IN ('money', 'percentage', 'quantity')),
    value NUMERIC NOT NULL,
    unit TEXT,
    UNIQUE (expression, ordinal)
);
CREATE INDEX amounts_value ON amounts(unit, value);
ALTER TABLE tables ADD COLUMN columns TEXT NOT NULL DEFAULT '[]';
ALTER TABLE tables ADD COLUMN cells TEXT NOT NULL DEFAULT '[]';

CREATE VIEW table_columns AS
SELECT
    t.id AS "table",
    json_extract(c.value, '$.col') AS col,
    json_extract(c.value, '$.heading') AS heading,
    json_extract(c.value, '$.kind') AS kind,
    json_extract(c.value, '$.unit') AS unit,
    t.caption, t.expression, e.lang, e.circular
FROM tables AS t
JOIN json_each(t.columns) AS c
JOIN expressions AS e ON e.id = t.expression;

CREATE VIEW table_cells AS
SELECT
    t.id AS "table",
    json_extract(c.value, '$.row') AS "row",
    json_extract(c.value, '$.col') AS col,
    json_extract(c.value, '$.kind') AS kind,
    json_extract(c.value, '$.value') AS value,
    json_extract(c.value, '$.unit') AS unit,
    json_extract(t.rows, '$[' || json_extract(c.value, '$.row') || '][' || json_extract(c.value, '$.col') || ']') AS printed,
    json_extract(t.columns, '$[' || json_extract(c.value, '$.col') || '].heading') AS heading,
    json_extract(c.value, '$.span[0]') AS span_start, json_extract(c.value, '$.span[1]') AS span_end,
    t.caption, t.page, t.expression, e.lang, e.circular
FROM tables AS t
JOIN json_each(t.cells) AS c
JOIN expressions AS e ON e.id = t.expression;
"""


@migration(name="002_amounts_and_typed_cells")
def amounts_and_typed_cells(db: Database) -> None:
    """Amounts as facts, found in the texts that are there; what the cells of tables mean, for tables read from now on."""
    run(db, AMOUNTS)
    for number, text in db.execute("SELECT id, text FROM expressions").fetchall():
        db.conn.executemany(
            "INSERT INTO amounts (expression, ordinal, quote, span_start, span_end, page, x0, top, x1, bottom, rule, kind, value, unit) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, ordinal, *row) for ordinal, row in enumerate(_amounts(db, number, text))],
        )
    db.execute("PRAGMA user_version = 2")


def _amounts(db: Database, expression: int, text: str) -> Iterator[tuple[object, ...]]:
    """The amounts of a text that was read before, as rows; other facts hide what is no amount, as when a file is read."""
    from ingest.extract.amounts import find_amounts
    from ingest.text import Mask, fold
    from kb.schema import to_row

    cells = "SELECT span_start, span_end FROM blocks WHERE expression = ? ORDER BY span_start"
    mask = Mask.of(fold(text), db.execute(cells, [expression]).fetchall())
    for kind, table in (("date", "dates"), ("time", "times"), ("number", "references"), ("link", "contacts")):
        mask = mask.lay(kind, db.execute(f'SELECT span_start, span_end FROM "{table}" WHERE expression = ?', [expression]).fetchall())
    return (to_row(amount) for amount in find_amounts(text, mask.text))


SCHEDULES = """
ALTER TABLE sources ADD COLUMN edition TEXT;
CREATE TABLE event_deadlines (
    event INTEGER PRIMARY KEY REFERENCES events(id) ON DELETE CASCADE,
    deadline INTEGER NOT NULL REFERENCES deadlines(id) ON DELETE CASCADE
);
CREATE INDEX event_deadlines_deadline ON event_deadlines(deadline);
INSERT INTO event_deadlines
SELECT event, deadline FROM (
    SELECT
        v.id AS event, d.id AS deadline,
        row_number() OVER (PARTITION BY v.id ORDER BY d.stated IS NOT coalesce(v."end", v.start), d.span_start) AS place
    FROM events AS v
    JOIN deadlines AS d ON d.expression = v.expression AND d.span_start < v.span_end AND d.span_end > v.span_start
) WHERE place = 1;

DROP VIEW calendar_events;
CREATE VIEW calendar_events AS
SELECT
    v.id, v.start, v."end", v.time, v.end_time, v.title, v.quote, v.page, v."table", v."row",
    coalesce(v.start, v."end") AS earliest, coalesce(v."end", '9999-12-31') AS latest,
    d.id AS deadline, d.due, d.due_business,
    e.id AS expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.title_en, c.title_zh
FROM events AS v
JOIN expressions AS e ON e.id = v.expression
JOIN circulars AS c ON c.id = e.circular
LEFT JOIN event_deadlines AS h ON h.event = v.id
LEFT JOIN deadlines AS d ON d.id = h.deadline;
"""


@migration(name="003_schedules_and_editions")
def schedules_and_editions(db: Database) -> None:
    """Which edition of the reader read a file; the entry of a timetable knows its table, its row, and the deadline that stands in it."""
    run(db, SCHEDULES)
    db.execute("PRAGMA user_version = 3")


DECISIONS = """
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    at TEXT NOT NULL,
    who TEXT NOT NULL CHECK (trim(who) <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('obligation', 'finding', 'fact')),
    subject TEXT NOT NULL,
    act TEXT NOT NULL,
    content TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX decisions_subject ON decisions(kind, subject, id);
CREATE TRIGGER decisions_follow BEFORE INSERT ON decisions
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM decisions)
    OR NEW.previous IS NOT coalesce((SELECT hash FROM decisions ORDER BY id DESC LIMIT 1), printf('%064d', 0))
BEGIN SELECT RAISE(ABORT, 'a decision follows the last one'); END;
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are not changed; decide again'); END;
CREATE TRIGGER decisions_last BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are not deleted; decide again'); END;

CREATE TABLE obligation_places (
    obligation TEXT NOT NULL REFERENCES obligations(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    lang TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    quote TEXT NOT NULL,
    PRIMARY KEY (obligation, ordinal)
);
INSERT INTO obligation_places
SELECT m.obligation, row_number() OVER (PARTITION BY m.obligation ORDER BY m.ordinal, d.id) - 1, e.lang, d.span_start, d.span_end, d.quote
FROM obligation_deadlines AS m JOIN deadlines AS d ON d.id = m.deadline JOIN expressions AS e ON e.id = d.expression;

DROP VIEW upcoming;
CREATE VIEW all_obligations AS
SELECT
    o.id, o.due, o.due_business, o.time, o.relation, o.modality, o.tentative, o.status,
    json_extract(a.content, '$.owner') AS owner,
    json_extract(l.content, '$.note') AS note, json_extract(l.content, '$.evidence') AS evidence,
    l.who AS decided_by, l.at AS decided_at,
    CASE WHEN l.act IN ('done', 'waive') AND json_extract(l.content, '$.told.due') IS NOT o.due
        THEN coalesce(json_extract(l.content, '$.told.due'), 'no date') END AS decided_due,
    (SELECT group_concat(value, ', ') FROM json_each(o.bearer)) AS bearer,
    o.action, o.action_zh, o.consequence, o.conflict,
    o.circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    d.quote, d.page, d.expression,
    (SELECT count(*) FROM obligation_deadlines AS m WHERE m.obligation = o.id) AS members
FROM obligations AS o
JOIN circulars AS c ON c.id = o.circular
LEFT JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
LEFT JOIN deadlines AS d ON d.id = m.deadline
LEFT JOIN decisions AS l ON l.id = (
    SELECT max(id) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act IN ('done', 'waive', 'reopen'))
LEFT JOIN decisions AS a ON a.id = (SELECT max(id) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act = 'assign');

CREATE VIEW upcoming AS
SELECT
    id, due, due_business, time, relation, modality, tentative, status, owner, bearer, action, action_zh, consequence, conflict,
    circular, house, number, issued, title_en, title_zh, quote, page, expression, members
FROM all_obligations
WHERE due IS NOT NULL AND status = 'open';

CREATE VIEW decisions_adrift AS
SELECT
    d.id, d.at, d.who, d.kind, d.subject, d.act, d.content,
    json_extract(d.content, '$.told.house') AS house, json_extract(d.content, '$.told.number') AS number
FROM decisions AS d
WHERE d.kind = 'obligation' AND d.subject NOT IN (SELECT id FROM obligations)
    AND d.id = (SELECT max(id) FROM decisions AS n WHERE n.kind = d.kind AND n.subject = d.subject);
"""


@migration(name="004_decisions")
def decisions(db: Database) -> None:
    """What people decide, in a log that only grows; where the deadlines of an obligation stand, by which it is known again."""
    run(db, DECISIONS)
    _log_statuses(db)
    db.execute("PRAGMA user_version = 4")


def _log_statuses(db: Database) -> None:
    """Write to the log what was done or waived before there was one; nobody knows by whom."""
    from kb.log import Entry, next_entry

    at = str(db.execute("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')").fetchone()[0])
    decided = """
        SELECT o.id, iif(o.status = 'done', 'done', 'waive'), o.due, coalesce(o.action, o.action_zh), c.issuer, c.number
        FROM obligations AS o JOIN circulars AS c ON c.id = o.circular WHERE o.status <> 'open' ORDER BY o.id
    """
    last: Entry | None = None
    for name, act, due, action, house, number in db.execute(decided).fetchall():
        said = {"note": "as it was before the log began", "told": {"due": due, "action": action, "house": house, "number": number}}
        last = next_entry(last, at, "circulars", "obligation", name, act, said)
        db.execute("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", last)


HISTORY = """
ALTER TABLE circulars ADD COLUMN series TEXT;
ALTER TABLE circulars ADD COLUMN place INTEGER;
CREATE INDEX circulars_issuer_issued ON circulars(issuer, issued);
CREATE INDEX circulars_series ON circulars(issuer, series, place);

CREATE TABLE own_numbers (
    number TEXT NOT NULL,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    PRIMARY KEY (number, expression)
) WITHOUT ROWID;
CREATE INDEX own_numbers_expression ON own_numbers(expression);
INSERT OR IGNORE INTO own_numbers SELECT number, id FROM expressions WHERE number IS NOT NULL;
INSERT OR IGNORE INTO own_numbers SELECT n.value, e.id FROM expressions AS e JOIN json_each(e.other_numbers) AS n;

CREATE TABLE moves (
    id INTEGER PRIMARY KEY,
    older INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    newer INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    change TEXT NOT NULL CHECK (change IN ('moved', 'firmed')),
    fact TEXT NOT NULL CHECK (fact IN ('deadline', 'event')),
    act TEXT NOT NULL,
    old_start TEXT,
    old_end TEXT,
    old_time TEXT,
    old_quote TEXT NOT NULL,
    old_span_start INTEGER NOT NULL,
    old_span_end INTEGER NOT NULL,
    new_start TEXT,
    new_end TEXT,
    new_time TEXT,
    new_quote TEXT NOT NULL,
    new_span_start INTEGER NOT NULL,
    new_span_end INTEGER NOT NULL
);
CREATE INDEX moves_older ON moves(older);
CREATE INDEX moves_newer ON moves(newer);

CREATE INDEX references_issued ON "references"(issued) WHERE number IS NULL;
CREATE TABLE cited (
    reference INTEGER PRIMARY KEY REFERENCES "references"(id) ON DELETE CASCADE,
    circular INTEGER NOT NULL REFERENCES circulars(id) ON DELETE CASCADE
);
CREATE INDEX cited_circular ON cited(circular);

CREATE VIEW citations AS
SELECT
    r.id AS reference, e.circular, c.issuer AS house, c.number, c.issued, r.relation, t.circular AS cited,
    r.number AS cited_number, r.issued AS cited_issued, r.title AS cited_title, r.quote, r.page, r.expression, e.lang
FROM "references" AS r
JOIN expressions AS e ON e.id = r.expression
JOIN circulars AS c ON c.id = e.circular
LEFT JOIN cited AS t ON t.reference = r.id
WHERE NOT EXISTS (
    SELECT 1 FROM own_numbers AS o JOIN expressions AS x ON x.id = o.expression WHERE o.number = r.number AND x.circular = e.circular
);

CREATE VIEW dangling_references AS
SELECT
    circular, house, number, issued, relation, cited_number, cited_issued, max(cited_title) AS cited_title,
    quote, page, min(expression) AS expression
FROM citations
WHERE cited IS NULL AND (cited_number GLOB '*[0-9]*' AND cited_number LIKE '%/%' OR cited_number IS NULL AND cited_issued IS NOT NULL)
GROUP BY circular, relation, cited_number, cited_issued;

CREATE VIEW number_gaps AS
SELECT
    house, series, place + 1 AS first_missing, next_place - 1 AS last_missing, next_place - place - 1 AS missing,
    number AS after_number, next_number AS before_number
FROM (
    SELECT issuer AS house, series, place, number, lead(place) OVER around AS next_place, lead(number) OVER around AS next_number
    FROM circulars
    WHERE place IS NOT NULL
    WINDOW around AS (PARTITION BY issuer, series ORDER BY place)
)
WHERE next_place > place + 1;

CREATE VIEW missing_halves AS
WITH
told AS MATERIALIZED (
    SELECT
        c.issuer AS house, c.id AS circular,
        max(e.lang IN ('en', 'mul')) AS english, max(e.lang <> 'en') AS chinese
    FROM circulars AS c JOIN expressions AS e ON e.circular = c.id GROUP BY c.id
),
kin AS MATERIALIZED (
    SELECT a.circular, b.issuer AS house FROM pairs AS p
    JOIN expressions AS a ON a.id = p."left" JOIN expressions AS b ON b.id = p."right" WHERE p.relation = 'sibling'
    UNION
    SELECT b.circular, a.issuer FROM pairs AS p
    JOIN expressions AS a ON a.id = p."left" JOIN expressions AS b ON b.id = p."right" WHERE p.relation = 'sibling'
),
habits AS MATERIALIZED (
    SELECT DISTINCT c.issuer AS house, kin.house AS other FROM kin JOIN circulars AS c ON c.id = kin.circular WHERE kin.house IS NOT NULL
),
halves AS (
    SELECT circular, 'language' AS half, CASE WHEN english THEN 'zh' ELSE 'en' END AS missing
    FROM told
    WHERE english + chinese = 1 AND house IN (SELECT house FROM told WHERE english AND chinese)
    UNION ALL
    SELECT c.id, 'sibling', habits.other
    FROM circulars AS c JOIN habits ON habits.house = c.issuer
    WHERE NOT EXISTS (SELECT 1 FROM kin WHERE kin.circular = c.id AND kin.house = habits.other)
)
SELECT c.issuer AS house, h.half, h.missing, c.id AS circular, c.number, c.issued, c.title_en, c.title_zh
FROM halves AS h JOIN circulars AS c ON c.id = h.circular;

CREATE VIEW history AS
SELECT
    m.id, m.change, m.fact, m.act, m.old_start, m.old_end, m.old_time, m.new_start, m.new_end, m.new_time, m.old_quote, m.new_quote,
    n.issued AS changed_on, cn.issuer AS changed_by, n.number AS changed_in, n.lang,
    o.issued AS stated_on, co.issuer AS stated_by, o.number AS stated_in,
    o.circular AS older_circular, n.circular AS newer_circular, m.older, m.newer
FROM moves AS m
JOIN expressions AS o ON o.id = m.older
JOIN expressions AS n ON n.id = m.newer
JOIN circulars AS co ON co.id = o.circular
JOIN circulars AS cn ON cn.id = n.circular;

CREATE VIEW who_by_party AS
WITH bound AS (
    SELECT e.circular, p.value AS party FROM deadlines AS d JOIN expressions AS e ON e.id = d.expression JOIN json_each(d.bearer) AS p
    UNION
    SELECT e.circular, p.value FROM duties AS d JOIN expressions AS e ON e.id = d.expression JOIN json_each(d.bearer) AS p
)
SELECT DISTINCT
    b.party, x.kind, x.value, x.label, x.title, x.org, c.issuer AS house, c.id AS circular, c.number, c.issued, c.title_en, c.title_zh
FROM bound AS b
JOIN circulars AS c ON c.id = b.circular
JOIN expressions AS e ON e.circular = c.id
JOIN contacts AS x ON x.expression = e.id;

CREATE VIEW changes AS
WITH since AS MATERIALIZED (
    SELECT e.id AS expression, e.circular, date(s.added, '+8 hours') AS day FROM expressions AS e JOIN sources AS s ON s.sha256 = e.source
)
SELECT
    min(s.day) AS day, 'circular' AS change, c.issuer AS house, c.number, c.id AS circular,
    coalesce(c.title_en, c.title_zh) AS what, NULL AS before, c.issued AS after, NULL AS level
FROM since AS s JOIN circulars AS c ON c.id = s.circular GROUP BY c.id
UNION ALL
SELECT
    s.day, h.change, h.changed_by, h.changed_in, h.newer_circular, h.act,
    coalesce(h.old_end, h.old_start), coalesce(h.new_end, h.new_start), NULL
FROM history AS h JOIN since AS s ON s.expression = h.newer
UNION ALL
SELECT
    max(l.day, coalesce(r.day, l.day)), 'finding', c.issuer, c.number, c.id, f.message, f.left_value, f.right_value, f.level
FROM findings AS f
JOIN since AS l ON l.expression = f.expression
LEFT JOIN pairs AS p ON p.id = f.pair
LEFT JOIN since AS r ON r.expression = p."right"
JOIN circulars AS c ON c.id = l.circular
WHERE f.level <> 'note';
"""


RESOLVED = """
INSERT INTO cited
SELECT reference, cited FROM (
    SELECT
        r.id AS reference,
        coalesce(
            (SELECT min(n.id) FROM own_numbers AS o JOIN expressions AS x ON x.id = o.expression JOIN circulars AS n ON n.id = x.circular
                WHERE o.number = r.number AND n.issuer IS c.issuer),
            (SELECT min(x.circular) FROM own_numbers AS o JOIN expressions AS x ON x.id = o.expression
                WHERE o.number = r.number HAVING count(DISTINCT x.circular) = 1),
            (SELECT min(n.id) FROM circulars AS n
                WHERE r.number IS NULL AND n.issuer = c.issuer AND n.issued = r.issued HAVING count(*) = 1)
        ) AS cited,
        c.id AS citing
    FROM "references" AS r
    JOIN expressions AS e ON e.id = r.expression
    JOIN circulars AS c ON c.id = e.circular
)
WHERE cited <> citing
"""


@migration(name="005_citations_history_and_gaps")
def citations_history_and_gaps(db: Database) -> None:
    """Which circular cites which, what is missing, which dates moved, whom to call and what is new; each circular's place in its series."""
    from kb.series import place

    run(db, HISTORY)
    for number, own in db.execute("SELECT id, number FROM circulars WHERE number IS NOT NULL").fetchall():
        if found := place(own):
            db.execute("UPDATE circulars SET series = ?, place = ? WHERE id = ?", [*found, number])
    db.execute(RESOLVED)
    db.execute("PRAGMA user_version = 5")


FINDINGS = """
ALTER TABLE findings ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE findings ADD COLUMN state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'explained', 'fixed'));
CREATE INDEX findings_name ON findings(name);

CREATE VIEW all_findings AS
SELECT
    f.name AS id, f.state, f.level, f."check", f.message,
    f.left_value, f.left_quote, f.left_page, f.right_value, f.right_quote, f.right_page,
    json_extract(d.content, '$.why') AS why, json_extract(d.content, '$.by') AS fixed_by, d.who AS decided_by, d.at AS decided_at,
    f.pair, f.expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh
FROM findings AS f
JOIN expressions AS e ON e.id = f.expression
JOIN circulars AS c ON c.id = e.circular
LEFT JOIN decisions AS d ON d.id = (
    SELECT max(id) FROM decisions WHERE kind = 'finding' AND subject = f.name AND act IN ('explain', 'accept', 'fix', 'reopen'));

DROP VIEW circulars_with_findings;
CREATE VIEW circulars_with_findings AS
SELECT
    c.id AS circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    count(DISTINCT f.id) FILTER (WHERE f.level = 'error') AS errors,
    count(DISTINCT f.id) FILTER (WHERE f.level = 'warning') AS warnings,
    count(DISTINCT f.id) FILTER (WHERE f.level = 'note') AS notes
FROM circulars AS c
JOIN expressions AS e ON e.circular = c.id
JOIN (
    SELECT id, level, expression FROM findings WHERE state = 'open'
    UNION ALL
    SELECT f.id, f.level, p."right" FROM findings AS f JOIN pairs AS p ON p.id = f.pair WHERE f.state = 'open'
) AS f ON f.expression = e.id
GROUP BY c.id;

DROP VIEW decisions_adrift;
CREATE VIEW decisions_adrift AS
SELECT
    d.id, d.at, d.who, d.kind, d.subject, d.act, d.content,
    json_extract(d.content, '$.told.house') AS house, json_extract(d.content, '$.told.number') AS number
FROM decisions AS d
WHERE CASE d.kind
        WHEN 'obligation' THEN NOT EXISTS (SELECT 1 FROM obligations WHERE id = d.subject)
        WHEN 'finding' THEN NOT EXISTS (SELECT 1 FROM findings WHERE name = d.subject)
    END
    AND d.id = (SELECT max(id) FROM decisions AS n WHERE n.kind = d.kind AND n.subject = d.subject);
"""


@migration(name="006_lives_of_findings")
def lives_of_findings(db: Database) -> None:
    """A finding has a name, by which it is known when it is made again, and a state."""
    run(db, FINDINGS)
    _name_findings(db)
    db.execute("PRAGMA user_version = 6")


def _name_findings(db: Database) -> None:
    """The names of the findings that are there, given as for new ones: comparison by comparison."""
    from kb.naming import Said, finding_names, text_name

    query = """
        SELECT f.pair, f.expression, f.id, f."check", l.issuer, l.number, l.lang, ls.path, f.left_value, f.left_quote,
            r.issuer, r.number, r.lang, rs.path, f.right_value, f.right_quote
        FROM findings AS f
        LEFT JOIN pairs AS p ON p.id = f.pair
        JOIN expressions AS l ON l.id = coalesce(p."left", f.expression) JOIN sources AS ls ON ls.sha256 = l.source
        JOIN expressions AS r ON r.id = coalesce(p."right", f.expression) JOIN sources AS rs ON rs.sha256 = r.source
        ORDER BY f.pair, f.expression, f.id
    """
    for _, rows in groupby(db.execute(query).fetchall(), key=lambda row: row[:2]):
        compared = list(rows)
        found = [(row[3], Said(text_name(*row[4:8]), *row[8:10]), Said(text_name(*row[10:14]), *row[14:16])) for row in compared]
        db.conn.executemany(
            "UPDATE findings SET name = ? WHERE id = ?",
            [(name, row[2]) for name, row in zip(finding_names(found), compared, strict=True)],
        )


INDEXED = {
    "expressions": ("title", "number", "other_numbers", "text"),
    "deadlines": ("quote", "bearer", "action", "consequence"),
    "duties": ("quote", "bearer", "action"),
    "events": ("quote", "title"),
    "contacts": ("quote", "value", "label", "title", "org", "role"),
    "references": ("quote", "number", "title"),
    "definitions": ("quote", "term", "full"),
}
"""What can be searched for: tables and their columns, in the order in which the index `TABLE_fts` has them."""

EDITION = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
"""


def _index(table: str, columns: tuple[str, ...]) -> str:
    """The full-text index of a table, and what keeps it in step; `cut` is kb.terms.cut, which every connection of ours knows."""

    def row(name: str) -> str:
        return ", ".join((f"{name}.id", *(f'cut({name}."{column}")' for column in columns)))

    header = ", ".join(("rowid", *(f'"{column}"' for column in columns)))
    add = f'INSERT INTO "{table}_fts" ({header}) VALUES ({row("new")});'
    drop = f'INSERT INTO "{table}_fts" ("{table}_fts", {header}) VALUES (\'delete\', {row("old")});'
    changed = ", ".join(f'"{column}"' for column in ("id", *columns))
    return f"""
CREATE VIRTUAL TABLE "{table}_fts" USING fts5({", ".join(columns)}, content='', tokenize='porter unicode61');
CREATE TRIGGER "{table}_fts_insert" AFTER INSERT ON "{table}" BEGIN {add} END;
CREATE TRIGGER "{table}_fts_delete" AFTER DELETE ON "{table}" BEGIN {drop} END;
CREATE TRIGGER "{table}_fts_update" AFTER UPDATE OF {changed} ON "{table}" BEGIN {drop} {add} END;
"""


@migration(name="007_search")
def search(db: Database) -> None:
    """Every text, and every kind of fact with words in it, can be searched in both scripts."""
    run(db, EDITION + "".join(_index(table, columns) for table, columns in INDEXED.items()))
    db.execute("PRAGMA user_version = 7")


REVIEWS = """
CREATE TABLE reviews (
    name TEXT PRIMARY KEY,
    decision INTEGER NOT NULL REFERENCES decisions(id),
    act TEXT NOT NULL CHECK (act IN ('accept', 'correct', 'reject')),
    work TEXT NOT NULL,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    quote TEXT NOT NULL,
    line TEXT NOT NULL,
    span_start INTEGER,
    span_end INTEGER CHECK (span_end >= span_start),
    read TEXT NOT NULL,
    value TEXT
);
CREATE INDEX reviews_work ON reviews(work);
CREATE INDEX reviews_source ON reviews(source);
CREATE TABLE review_places (
    review TEXT NOT NULL REFERENCES reviews(name) DEFERRABLE INITIALLY DEFERRED,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    place INTEGER,
    ordinal INTEGER,
    reading TEXT NOT NULL CHECK (reading IN ('same', 'changed', 'gone')),
    read TEXT,
    PRIMARY KEY (review, expression)
);
CREATE INDEX review_places_fact ON review_places(expression, kind, ordinal);

CREATE VIEW reviewed_facts AS
SELECT
    v.name AS id,
    CASE v.act WHEN 'accept' THEN 'accepted' WHEN 'correct' THEN 'corrected' ELSE 'rejected' END AS state,
    v.kind, v.quote, coalesce(p.reading, 'lost') AS reading,
    json_remove(v.value, '$.quote', '$.span', '$.page', '$.bbox', '$.rule') AS value,
    json_remove(p.read, '$.quote', '$.span', '$.page', '$.bbox', '$.rule') AS read_now,
    json_remove(v.read, '$.quote', '$.span', '$.page', '$.bbox', '$.rule') AS read_then,
    json_extract(d.content, '$.why') AS why, d.who AS decided_by, d.at AS decided_at, p.ordinal,
    p.expression, e.lang, c.id AS circular,
    coalesce(c.issuer, json_extract(d.content, '$.told.house')) AS house,
    coalesce(c.number, json_extract(d.content, '$.told.number')) AS number,
    c.issued, c.title_en, c.title_zh
FROM reviews AS v
JOIN decisions AS d ON d.id = v.decision
LEFT JOIN review_places AS p ON p.review = v.name
LEFT JOIN expressions AS e ON e.id = p.expression
LEFT JOIN circulars AS c ON c.id = e.circular;

CREATE VIEW corrections AS
SELECT expression, kind, ordinal, id, decided_by AS corrected_by, decided_at AS corrected_at
FROM reviewed_facts WHERE state = 'corrected' AND ordinal IS NOT NULL;

DROP VIEW upcoming;
DROP VIEW all_obligations;
CREATE VIEW all_obligations AS
SELECT
    o.id, o.due, o.due_business, o.time, o.relation, o.modality, o.tentative, o.status,
    json_extract(a.content, '$.owner') AS owner,
    json_extract(l.content, '$.note') AS note, json_extract(l.content, '$.evidence') AS evidence,
    l.who AS decided_by, l.at AS decided_at,
    CASE WHEN l.act IN ('done', 'waive') AND json_extract(l.content, '$.told.due') IS NOT o.due
        THEN coalesce(json_extract(l.content, '$.told.due'), 'no date') END AS decided_due,
    (SELECT group_concat(value, ', ') FROM json_each(o.bearer)) AS bearer,
    o.action, o.action_zh, o.consequence, o.conflict,
    o.circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    d.quote, d.page, d.expression,
    (SELECT count(*) FROM obligation_deadlines AS m WHERE m.obligation = o.id) AS members,
    (SELECT group_concat(DISTINCT k.corrected_by) FROM obligation_deadlines AS m JOIN deadlines AS n ON n.id = m.deadline
        JOIN corrections AS k ON k.expression = n.expression AND k.kind = 'deadlines' AND k.ordinal = n.ordinal
        WHERE m.obligation = o.id) AS corrected_by
FROM obligations AS o
JOIN circulars AS c ON c.id = o.circular
LEFT JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
LEFT JOIN deadlines AS d ON d.id = m.deadline
LEFT JOIN decisions AS l ON l.id = (
    SELECT max(id) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act IN ('done', 'waive', 'reopen'))
LEFT JOIN decisions AS a ON a.id = (SELECT max(id) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act = 'assign');

CREATE VIEW upcoming AS
SELECT
    id, due, due_business, time, relation, modality, tentative, status, owner, bearer, action, action_zh, consequence, conflict,
    circular, house, number, issued, title_en, title_zh, quote, page, expression, members, corrected_by
FROM all_obligations
WHERE due IS NOT NULL AND status = 'open';

DROP VIEW deadlines_view;
CREATE VIEW deadlines_view AS
SELECT
    d.id, d.due, d.due_business, d.stated, d.relation, d.time, d.modality, d.tentative,
    (SELECT group_concat(value, ', ') FROM json_each(d.bearer)) AS bearer,
    d.action, d.consequence, d.why, d.quote, d.page, d.rule,
    e.id AS expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    (SELECT corrected_by FROM corrections WHERE expression = d.expression AND kind = 'deadlines' AND ordinal = d.ordinal) AS corrected_by
FROM deadlines AS d
JOIN expressions AS e ON e.id = d.expression
JOIN circulars AS c ON c.id = e.circular;

DROP VIEW calendar_events;
CREATE VIEW calendar_events AS
SELECT
    v.id, v.start, v."end", v.time, v.end_time, v.title, v.quote, v.page, v."table", v."row",
    coalesce(v.start, v."end") AS earliest, coalesce(v."end", '9999-12-31') AS latest,
    d.id AS deadline, d.due, d.due_business,
    e.id AS expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.title_en, c.title_zh,
    (SELECT corrected_by FROM corrections WHERE expression = v.expression AND kind = 'events' AND ordinal = v.ordinal) AS corrected_by
FROM events AS v
JOIN expressions AS e ON e.id = v.expression
JOIN circulars AS c ON c.id = e.circular
LEFT JOIN event_deadlines AS h ON h.event = v.id
LEFT JOIN deadlines AS d ON d.id = h.deadline;

DROP VIEW who_to_call;
CREATE VIEW who_to_call AS
SELECT
    x.kind, x.value, x.label, x.title, x.org, x.role,
    c.issuer AS house, h.name_en AS house_en, h.name_zh AS house_zh,
    c.id AS circular, c.number, c.issued, c.title_en, c.title_zh, e.lang, x.quote, x.page, x.expression,
    (SELECT corrected_by FROM corrections WHERE expression = x.expression AND kind = 'contacts' AND ordinal = x.ordinal) AS corrected_by
FROM contacts AS x
JOIN expressions AS e ON e.id = x.expression
JOIN circulars AS c ON c.id = e.circular
LEFT JOIN houses AS h ON h.code = c.issuer;

DROP VIEW decisions_adrift;
CREATE VIEW decisions_adrift AS
SELECT
    d.id, d.at, d.who, d.kind, d.subject, d.act, d.content,
    json_extract(d.content, '$.told.house') AS house, json_extract(d.content, '$.told.number') AS number
FROM decisions AS d
WHERE CASE d.kind
        WHEN 'obligation' THEN NOT EXISTS (SELECT 1 FROM obligations WHERE id = d.subject)
        WHEN 'finding' THEN NOT EXISTS (SELECT 1 FROM findings WHERE name = d.subject)
        ELSE EXISTS (SELECT 1 FROM reviews WHERE decision = d.id) AND NOT EXISTS (SELECT 1 FROM review_places WHERE review = d.subject)
    END
    AND d.id = (SELECT max(id) FROM decisions AS n WHERE n.kind = d.kind AND n.subject = d.subject);
"""


@migration(name="008_reviews")
def reviews(db: Database) -> None:
    """What people decided on facts, where that holds, and who corrected what in the views that show it."""
    run(db, REVIEWS)
    db.execute("PRAGMA user_version = 8")


MATTERS = """
ALTER TABLE obligations ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0 CHECK (sequence >= 0);
ALTER TABLE obligations ADD COLUMN withdrawn INTEGER REFERENCES circulars(id) ON DELETE SET NULL;
ALTER TABLE obligation_deadlines ADD COLUMN governs INTEGER NOT NULL DEFAULT 1 CHECK (governs IN (0, 1));
CREATE INDEX obligations_withdrawn ON obligations(withdrawn) WHERE withdrawn IS NOT NULL;

DROP VIEW upcoming;
DROP VIEW all_obligations;
CREATE VIEW all_obligations AS
SELECT
    o.id, o.due, o.due_business, o.time, o.relation, o.modality, o.tentative, o.status,
    json_extract(a.content, '$.owner') AS owner,
    json_extract(l.content, '$.note') AS note, json_extract(l.content, '$.evidence') AS evidence,
    l.who AS decided_by, l.at AS decided_at,
    CASE WHEN l.act IN ('done', 'waive') AND json_extract(l.content, '$.told.due') IS NOT o.due
        THEN coalesce(json_extract(l.content, '$.told.due'), 'no date') END AS decided_due,
    (SELECT group_concat(value, ', ') FROM json_each(o.bearer)) AS bearer,
    o.action, o.action_zh, o.consequence, o.conflict,
    o.sequence, CASE WHEN w.id IS NOT NULL THEN coalesce(w.number, w.title_en, w.title_zh, 'a circular without number') END AS withdrawn_by,
    w.issued AS withdrawn_on,
    o.circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    d.quote, d.page, d.expression,
    (SELECT count(*) FROM obligation_deadlines AS m WHERE m.obligation = o.id) AS members,
    (SELECT group_concat(DISTINCT k.corrected_by) FROM obligation_deadlines AS m JOIN deadlines AS n ON n.id = m.deadline
        JOIN corrections AS k ON k.expression = n.expression AND k.kind = 'deadlines' AND k.ordinal = n.ordinal
        WHERE m.obligation = o.id) AS corrected_by
FROM obligations AS o
JOIN circulars AS c ON c.id = o.circular
LEFT JOIN circulars AS w ON w.id = o.withdrawn
LEFT JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
LEFT JOIN deadlines AS d ON d.id = m.deadline
LEFT JOIN decisions AS l ON l.id = (
    SELECT max(id) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act IN ('done', 'waive', 'reopen'))
LEFT JOIN decisions AS a ON a.id = (SELECT max(id) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act = 'assign');

CREATE VIEW upcoming AS
SELECT
    id, due, due_business, time, relation, modality, tentative, status, owner, bearer, action, action_zh, consequence, conflict,
    sequence, circular, house, number, issued, title_en, title_zh, quote, page, expression, members, corrected_by
FROM all_obligations
WHERE due IS NOT NULL AND status = 'open' AND withdrawn_by IS NULL;

CREATE VIEW obligation_statements AS
SELECT
    m.obligation, m.governs, d.due, d.time, d.relation, d.quote, d.page, e.lang, e.issued,
    e.circular, c.issuer AS house, c.number, c.title_en, c.title_zh, d.expression
FROM obligation_deadlines AS m
JOIN deadlines AS d ON d.id = m.deadline
JOIN expressions AS e ON e.id = d.expression
JOIN circulars AS c ON c.id = e.circular;
"""

HABITS = """
DROP VIEW missing_halves;
CREATE VIEW missing_halves AS
WITH
told AS MATERIALIZED (
    SELECT
        c.id AS circular, c.issuer AS house, coalesce(substr(c.series, 1, instr(c.series, '#') - 1), '') AS kind,
        max(e.lang IN ('en', 'mul')) AS english, max(e.lang <> 'en') AS chinese
    FROM circulars AS c JOIN expressions AS e ON e.circular = c.id WHERE c.issuer IS NOT NULL GROUP BY c.id
),
kin AS MATERIALIZED (
    SELECT a.circular, b.issuer AS house FROM pairs AS p
    JOIN expressions AS a ON a.id = p."left" JOIN expressions AS b ON b.id = p."right" WHERE p.relation = 'sibling'
    UNION
    SELECT b.circular, a.issuer FROM pairs AS p
    JOIN expressions AS a ON a.id = p."left" JOIN expressions AS b ON b.id = p."right" WHERE p.relation = 'sibling'
),
kinds AS MATERIALIZED (SELECT house, kind, count(*) AS circulars, sum(english AND chinese) AS bilingual FROM told GROUP BY house, kind),
habits AS MATERIALIZED (
    SELECT k.house, k.kind, 'language' AS half, NULL AS other FROM kinds AS k WHERE k.bilingual >= 3 AND k.bilingual * 4 >= k.circulars * 3
    UNION ALL
    SELECT k.house, k.kind, 'sibling', s.house
    FROM kinds AS k JOIN told AS t ON t.house = k.house AND t.kind = k.kind JOIN kin AS s ON s.circular = t.circular
    WHERE s.house IS NOT NULL
    GROUP BY k.house, k.kind, s.house HAVING count(*) >= 3 AND count(*) * 4 >= k.circulars * 3
),
halves AS (
    SELECT t.circular, h.half, CASE WHEN t.english THEN 'zh' ELSE 'en' END AS missing
    FROM told AS t JOIN habits AS h ON h.house = t.house AND h.kind = t.kind AND h.half = 'language'
    WHERE t.english + t.chinese = 1
    UNION ALL
    SELECT t.circular, h.half, h.other
    FROM told AS t JOIN habits AS h ON h.house = t.house AND h.kind = t.kind AND h.half = 'sibling'
    WHERE NOT EXISTS (SELECT 1 FROM kin WHERE kin.circular = t.circular AND kin.house = h.other)
)
SELECT c.issuer AS house, h.half, h.missing, c.id AS circular, c.number, c.issued, c.title_en, c.title_zh
FROM halves AS h JOIN circulars AS c ON c.id = h.circular;
"""


@migration(name="009_obligations_of_a_matter")
def obligations_of_a_matter(db: Database) -> None:
    """An obligation is told by several circulars: how often its day was moved, which statements govern, what took it back.

    A half is missing where nearly all circulars of the same series have it.
    """
    run(db, MATTERS + HABITS)
    db.execute("PRAGMA user_version = 9")


LARGE_BASES = """
CREATE INDEX circulars_number ON circulars(number) WHERE number IS NOT NULL;
CREATE INDEX expressions_works ON expressions(id, circular);
CREATE INDEX expressions_languages ON expressions(circular, lang);
CREATE INDEX events_days ON events("end", start, expression) WHERE start IS "end";
CREATE INDEX events_periods ON events(start, "end", expression) WHERE start IS NOT "end";
CREATE INDEX findings_open ON findings(pair, expression, level, state) WHERE state = 'open' AND level <> 'note';
CREATE INDEX deadlines_bearer ON deadlines(bearer, expression);
CREATE INDEX duties_bearer ON duties(bearer, expression);
CREATE INDEX findings_checks ON findings("check");
CREATE INDEX obligations_bearer ON obligations(bearer);
CREATE INDEX obligations_open ON obligations(due, circular, bearer, status, withdrawn)
    WHERE due IS NOT NULL AND status = 'open' AND withdrawn IS NULL;
"""


@migration(name="010_indexes_for_large_bases")
def indexes_for_large_bases(db: Database) -> None:
    """What the pages ask is answered from an index, also where there are tens of thousands of circulars."""
    run(db, LARGE_BASES)
    db.execute("PRAGMA user_version = 10")


CALENDAR = """
ALTER TABLE obligations ADD COLUMN uid TEXT NOT NULL DEFAULT '';
UPDATE obligations SET uid = id;
CREATE INDEX obligations_uid ON obligations(uid);
CREATE TABLE calendar_gone (
    uid TEXT PRIMARY KEY,
    due TEXT NOT NULL,
    time TEXT,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    house TEXT,
    number TEXT,
    issued TEXT,
    action TEXT,
    action_zh TEXT
);

CREATE VIEW calendar_entries AS
WITH told AS (
    SELECT o.uid, o.id, o.due, coalesce(e.source, '') AS source
    FROM obligations AS o
    LEFT JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
    LEFT JOIN deadlines AS d ON d.id = m.deadline
    LEFT JOIN expressions AS e ON e.id = d.expression
    WHERE o.due IS NOT NULL
),
numbered AS (SELECT id, uid, row_number() OVER (PARTITION BY uid ORDER BY source, id) AS place FROM told)
SELECT
    n.uid || CASE WHEN n.place > 1 THEN '-' || n.place ELSE '' END AS uid,
    o.due, o.time, o.due_business,
    CASE WHEN o.status <> 'open' OR o.withdrawn_by IS NOT NULL THEN 'CANCELLED' WHEN o.tentative THEN 'TENTATIVE' ELSE 'CONFIRMED' END
        AS status,
    o.sequence + coalesce(g.sequence + 1, 0)
        + (SELECT count(*) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act IN ('done', 'waive', 'reopen')) AS sequence,
    o.withdrawn_by, o.withdrawn_on, o.bearer, o.modality, o.action, o.action_zh, o.conflict,
    o.circular, o.house, o.number, o.issued, o.title_en, o.title_zh, o.quote
FROM all_obligations AS o
JOIN numbered AS n ON n.id = o.id
LEFT JOIN calendar_gone AS g ON g.uid = n.uid
UNION ALL
SELECT
    uid, due, time, NULL, 'CANCELLED', sequence, NULL, NULL, NULL, NULL, action, action_zh, NULL,
    NULL, house, number, issued, NULL, NULL, NULL
FROM calendar_gone WHERE uid NOT IN (SELECT uid FROM obligations WHERE due IS NOT NULL);
"""


@migration(name="011_calendar")
def calendar(db: Database) -> None:
    """What an obligation is called in calendars, and which entries they had that are gone."""
    run(db, CALENDAR)
    db.execute("PRAGMA user_version = 11")


CHANGED = """
CREATE VIEW findings_changed AS
SELECT
    f.name AS id, CASE d.act WHEN 'accept' THEN 'accepted' WHEN 'explain' THEN 'explained' ELSE 'fixed' END AS was,
    d.subject AS former, json_extract(d.content, '$.why') AS why, json_extract(d.content, '$.by') AS fixed_by,
    d.who AS decided_by, d.at AS decided_at, min(d.id) AS decision
FROM decisions_adrift AS d
JOIN circulars AS c ON c.issuer IS json_extract(d.content, '$.told.house') AND c.number IS json_extract(d.content, '$.told.number')
JOIN expressions AS e ON e.circular = c.id
JOIN findings AS f ON f.expression = e.id OR f.pair IN (SELECT id FROM pairs WHERE "right" = e.id)
WHERE d.kind = 'finding' AND d.act <> 'reopen' AND f.state = 'open' AND f."check" = json_extract(d.content, '$.told.check')
    AND (
        f.left_quote IN (json_extract(d.content, '$.told.left_quote'), json_extract(d.content, '$.told.right_quote'))
        OR f.right_quote IN (json_extract(d.content, '$.told.left_quote'), json_extract(d.content, '$.told.right_quote'))
    )
GROUP BY f.name;
"""


@migration(name="012_findings_changed")
def findings_changed(db: Database) -> None:
    """Which open findings say otherwise what somebody has decided on."""
    run(db, CHANGED)
    db.execute("PRAGMA user_version = 12")


DAYS = """
DROP INDEX expressions_circular;
DROP INDEX expressions_works;
CREATE INDEX expressions_works ON expressions(id, circular, lang);
DROP INDEX events_periods;
CREATE INDEX events_periods ON events(coalesce(start, "end"), coalesce("end", start), expression, start, "end") WHERE start IS NOT "end";
CREATE INDEX events_long ON events(coalesce("end", start), coalesce(start, "end"), expression, start, "end")
    WHERE julianday("end") - julianday(start) > 92;
DROP INDEX obligations_circular;
CREATE INDEX obligations_circular ON obligations(circular, due, time, status, withdrawn);
"""


@migration(name="013_entries_by_their_days")
def entries_by_their_days(db: Database) -> None:
    """The timetables of a month, and what a house wants next, are found without reading those of all years."""
    run(db, DAYS)
    db.execute("PRAGMA user_version = 13")


TOLD = """
CREATE TABLE calendar_told (
    uid TEXT PRIMARY KEY,
    obligation TEXT REFERENCES obligations(id) ON DELETE SET NULL,
    due TEXT NOT NULL,
    time TEXT,
    status TEXT NOT NULL CHECK (status IN ('CONFIRMED', 'TENTATIVE', 'CANCELLED')),
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    house TEXT,
    number TEXT,
    issued TEXT,
    action TEXT,
    action_zh TEXT
);
-- A table with an index: joined to a view, the rows of a large base would be compared all with all.
CREATE TEMP TABLE uids_of_014 AS
WITH told AS (
    SELECT o.uid, o.id, coalesce(e.source, '') AS source
    FROM obligations AS o
    LEFT JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
    LEFT JOIN deadlines AS d ON d.id = m.deadline
    LEFT JOIN expressions AS e ON e.id = d.expression
    WHERE o.due IS NOT NULL
),
numbered AS (SELECT id, uid, row_number() OVER (PARTITION BY uid ORDER BY source, id) AS place FROM told)
SELECT id, uid || CASE WHEN place > 1 THEN '-' || place ELSE '' END AS uid FROM numbered;
CREATE INDEX temp.uids_of_014_uid ON uids_of_014(uid);
INSERT INTO calendar_told
SELECT c.uid, n.id, c.due, c.time, c.status, c.sequence, c.house, c.number, c.issued, c.action, c.action_zh
FROM calendar_entries AS c LEFT JOIN uids_of_014 AS n ON n.uid = c.uid
WHERE true
ON CONFLICT DO NOTHING;
DROP TABLE uids_of_014;
CREATE INDEX calendar_told_obligation ON calendar_told(obligation);

DROP VIEW calendar_entries;
DROP TABLE calendar_gone;
CREATE VIEW calendar_entries AS
SELECT
    t.uid, t.due, t.time, o.due_business, t.status, t.sequence, o.withdrawn_by, o.withdrawn_on, o.bearer, o.modality,
    t.action, t.action_zh, o.conflict, o.circular, t.house, t.number, t.issued, o.title_en, o.title_zh, o.quote
FROM calendar_told AS t
LEFT JOIN all_obligations AS o ON o.id = t.obligation;
"""


@migration(name="014_what_calendars_were_told")
def what_calendars_were_told(db: Database) -> None:
    """What each entry of a calendar said last, so that whatever changes in it raises its sequence."""
    run(db, TOLD)
    db.execute("PRAGMA user_version = 14")


DECIDED_CONFLICTS = """
DROP VIEW calendar_entries;
DROP VIEW upcoming;
DROP VIEW all_obligations;
CREATE VIEW all_obligations AS
SELECT
    o.id, o.due, o.due_business, o.time, o.relation, o.modality, o.tentative, o.status,
    json_extract(a.content, '$.owner') AS owner,
    json_extract(l.content, '$.note') AS note, json_extract(l.content, '$.evidence') AS evidence,
    l.who AS decided_by, l.at AS decided_at,
    CASE WHEN l.act IN ('done', 'waive') AND json_extract(l.content, '$.told.due') IS NOT o.due
        THEN coalesce(json_extract(l.content, '$.told.due'), 'no date') END AS decided_due,
    (SELECT group_concat(value, ', ') FROM json_each(o.bearer)) AS bearer,
    o.action, o.action_zh, o.consequence, o.conflict,
    CASE WHEN o.conflict IS NOT NULL THEN (
        SELECT CASE WHEN max(f.state = 'open') = 0 THEN group_concat(DISTINCT f.state || ': ' || f.decided_by) END
        FROM obligation_deadlines AS m JOIN deadlines AS x ON x.id = m.deadline
        JOIN obligation_deadlines AS n ON n.obligation = m.obligation AND n.governs JOIN deadlines AS y ON y.id = n.deadline
        LEFT JOIN pairs AS p ON p."left" = x.expression AND p."right" = y.expression
        JOIN all_findings AS f ON f.expression = x.expression AND f.pair IS p.id AND f.level <> 'note'
        JOIN findings AS g ON g.name = f.id AND g.expression = f.expression AND g.pair IS f.pair
        WHERE m.obligation = o.id AND m.governs AND (x.due, x.time) IS NOT (y.due, y.time)
            AND (p.id IS NOT NULL OR x.expression = y.expression)
            AND g.left_start < x.span_end AND g.left_end > x.span_start AND g.right_start < y.span_end AND g.right_end > y.span_start
    ) END AS conflict_decided,
    o.sequence, CASE WHEN w.id IS NOT NULL THEN coalesce(w.number, w.title_en, w.title_zh, 'a circular without number') END AS withdrawn_by,
    w.issued AS withdrawn_on,
    o.circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    d.quote, d.page, d.expression,
    (SELECT count(*) FROM obligation_deadlines AS m WHERE m.obligation = o.id) AS members,
    (SELECT group_concat(DISTINCT k.corrected_by) FROM obligation_deadlines AS m JOIN deadlines AS n ON n.id = m.deadline
        JOIN corrections AS k ON k.expression = n.expression AND k.kind = 'deadlines' AND k.ordinal = n.ordinal
        WHERE m.obligation = o.id) AS corrected_by
FROM obligations AS o
JOIN circulars AS c ON c.id = o.circular
LEFT JOIN circulars AS w ON w.id = o.withdrawn
LEFT JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
LEFT JOIN deadlines AS d ON d.id = m.deadline
LEFT JOIN decisions AS l ON l.id = (
    SELECT max(id) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act IN ('done', 'waive', 'reopen'))
LEFT JOIN decisions AS a ON a.id = (SELECT max(id) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act = 'assign');

CREATE VIEW upcoming AS
SELECT
    id, due, due_business, time, relation, modality, tentative, status, owner, bearer, action, action_zh, consequence, conflict,
    conflict_decided, sequence, circular, house, number, issued, title_en, title_zh, quote, page, expression, members, corrected_by
FROM all_obligations
WHERE due IS NOT NULL AND status = 'open' AND withdrawn_by IS NULL;

CREATE VIEW calendar_entries AS
SELECT
    t.uid, t.due, t.time, o.due_business, t.status, t.sequence, o.withdrawn_by, o.withdrawn_on, o.bearer, o.modality,
    t.action, t.action_zh, o.conflict, o.conflict_decided, o.circular, t.house, t.number, t.issued, o.title_en, o.title_zh, o.quote
FROM calendar_told AS t
LEFT JOIN all_obligations AS o ON o.id = t.obligation;
"""

WITHDRAWN = """
DROP VIEW changes;
DROP VIEW history;
CREATE VIEW history AS
SELECT
    m.id, m.change, m.fact, m.act, m.old_start, m.old_end, m.old_time, m.new_start, m.new_end, m.new_time, m.old_quote, m.new_quote,
    n.issued AS changed_on, cn.issuer AS changed_by, n.number AS changed_in, n.lang,
    o.issued AS stated_on, co.issuer AS stated_by, o.number AS stated_in,
    o.circular AS older_circular, n.circular AS newer_circular, m.older, m.newer
FROM moves AS m
JOIN expressions AS o ON o.id = m.older
JOIN expressions AS n ON n.id = m.newer
JOIN circulars AS co ON co.id = o.circular
JOIN circulars AS cn ON cn.id = n.circular
UNION ALL
SELECT
    NULL, 'withdrawn', 'deadline', coalesce(o.action, o.action_zh, d.quote), o.due, o.due, o.time, NULL, NULL, NULL, d.quote, NULL,
    w.issued, w.issuer, w.number, e.lang,
    e.issued, c.issuer, e.number,
    e.circular, w.id, e.id, (SELECT min(id) FROM expressions WHERE circular = w.id)
FROM obligations AS o
JOIN circulars AS w ON w.id = o.withdrawn
JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
JOIN deadlines AS d ON d.id = m.deadline
JOIN expressions AS e ON e.id = d.expression
JOIN circulars AS c ON c.id = e.circular
WHERE o.withdrawn IS NOT NULL;

CREATE VIEW changes AS
WITH since AS MATERIALIZED (
    SELECT e.id AS expression, e.circular, date(s.added, '+8 hours') AS day FROM expressions AS e JOIN sources AS s ON s.sha256 = e.source
)
SELECT
    min(s.day) AS day, 'circular' AS change, c.issuer AS house, c.number, c.id AS circular,
    coalesce(c.title_en, c.title_zh) AS what, NULL AS before, c.issued AS after, NULL AS level
FROM since AS s JOIN circulars AS c ON c.id = s.circular GROUP BY c.id
UNION ALL
SELECT
    s.day, h.change, h.changed_by, h.changed_in, h.newer_circular, h.act,
    coalesce(h.old_end, h.old_start), coalesce(h.new_end, h.new_start), NULL
FROM history AS h JOIN since AS s ON s.expression = h.newer
UNION ALL
SELECT
    max(l.day, coalesce(r.day, l.day)), 'finding', c.issuer, c.number, c.id, f.message, f.left_value, f.right_value, f.level
FROM findings AS f
JOIN since AS l ON l.expression = f.expression
LEFT JOIN pairs AS p ON p.id = f.pair
LEFT JOIN since AS r ON r.expression = p."right"
JOIN circulars AS c ON c.id = l.circular
WHERE f.level <> 'note';
"""

ONE_COUNT = """
DROP VIEW number_gaps;
CREATE VIEW number_gaps AS
WITH
cut AS MATERIALIZED (
    SELECT
        c.issuer AS house, h.parent, c.series, c.place, c.number,
        substr(c.series, 1, instr(c.series, '/#') - 1) AS head, substr(c.series, instr(c.series, '/#')) AS tail
    FROM circulars AS c LEFT JOIN houses AS h ON h.code = c.issuer WHERE c.place IS NOT NULL
),
told AS MATERIALIZED (
    SELECT house, series, place, number, parent || ' ' || rtrim(head, replace(head, '/', '')) || tail AS family
    FROM cut
),
one_count AS MATERIALIZED (
    SELECT family FROM told WHERE family IS NOT NULL
    GROUP BY family HAVING count(DISTINCT series) > 1 AND count(DISTINCT series || ' ' || place) = count(DISTINCT place)
),
ends AS (SELECT house, series, family, min(place) AS low, max(place) AS high FROM told GROUP BY house, series),
known AS (
    SELECT house, series, place, number FROM told
    UNION ALL
    SELECT e.house, e.series, t.place, t.number
    FROM one_count AS o JOIN ends AS e ON e.family = o.family
    JOIN told AS t ON t.family = e.family AND t.series <> e.series AND t.place BETWEEN e.low AND e.high
)
SELECT
    house, series, place + 1 AS first_missing, next_place - 1 AS last_missing, next_place - place - 1 AS missing,
    number AS after_number, next_number AS before_number
FROM (
    SELECT house, series, place, number, lead(place) OVER around AS next_place, lead(number) OVER around AS next_number
    FROM known
    WINDOW around AS (PARTITION BY house, series ORDER BY place)
)
WHERE next_place > place + 1;
"""


@migration(name="015_what_was_decided_withdrawn_and_counted")
def what_was_decided_withdrawn_and_counted(db: Database) -> None:
    """Whether somebody has decided on a disagreement, which deadlines were withdrawn, and series that sister houses count together."""
    run(db, DECIDED_CONFLICTS + WITHDRAWN + ONE_COUNT)
    db.execute("PRAGMA user_version = 15")


ZONES = """
ALTER TABLE obligations ADD COLUMN zone TEXT;
ALTER TABLE calendar_told ADD COLUMN zone TEXT;
""" + (
    DECIDED_CONFLICTS.replace("o.due_business, o.time, o.relation", "o.due_business, o.time, o.zone, o.relation")
    .replace("due_business, time, relation", "due_business, time, zone, relation")
    .replace("t.uid, t.due, t.time, o.due_business", "t.uid, t.due, t.time, t.zone, o.due_business")
)


@migration(name="016_hours_of_other_zones")
def hours_of_other_zones(db: Database) -> None:
    """Which zone the hour of an obligation is of, where it is not Hong Kong's; known for circulars that are read from now on."""
    run(db, ZONES)
    db.execute("PRAGMA user_version = 16")


PATHS = """
CREATE TABLE paths (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources(sha256) ON DELETE CASCADE,
    path TEXT NOT NULL,
    added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    UNIQUE (source, path)
);
CREATE INDEX paths_path ON paths(path);
INSERT INTO paths (source, path, added) SELECT sha256, path, added FROM sources ORDER BY rowid;

CREATE VIEW copies AS
SELECT
    s.path, group_concat(p.path, ' · ') AS also_at, count(*) AS more, s.media_type, max(p.added) AS added, s.sha256,
    e.id AS expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh
FROM sources AS s
JOIN (SELECT source, path, added FROM paths ORDER BY source, path) AS p ON p.source = s.sha256 AND p.path <> s.path
LEFT JOIN expressions AS e ON e.source = s.sha256
LEFT JOIN circulars AS c ON c.id = e.circular
GROUP BY s.sha256, e.id;
"""


@migration(name="017_every_path_of_a_file")
def every_path_of_a_file(db: Database) -> None:
    """Each path at which a file lies; until now the first one only."""
    run(db, PATHS)
    db.execute("PRAGMA user_version = 17")


CONFLICT_DECIDED = DECIDED_CONFLICTS[DECIDED_CONFLICTS.index("CASE WHEN o.conflict IS") : DECIDED_CONFLICTS.index("AS conflict_decided")]

LARGE_VIEWS = f"""
CREATE TABLE bearers (
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    party TEXT NOT NULL,
    PRIMARY KEY (expression, party)
) WITHOUT ROWID;
INSERT INTO bearers
SELECT d.expression, p.value FROM deadlines AS d JOIN json_each(d.bearer) AS p
UNION
SELECT d.expression, p.value FROM duties AS d JOIN json_each(d.bearer) AS p;
CREATE INDEX bearers_party ON bearers(party, expression);

DROP VIEW who_by_party;
CREATE VIEW who_by_party AS
SELECT DISTINCT
    b.party, x.kind, x.value, x.label, x.title, x.org, c.issuer AS house, c.id AS circular, c.number, c.issued, c.title_en, c.title_zh
FROM bearers AS b
JOIN expressions AS s ON s.id = b.expression
JOIN circulars AS c ON c.id = s.circular
JOIN expressions AS e ON e.circular = c.id
JOIN contacts AS x ON x.expression = e.id;

CREATE INDEX calendar_told_due ON calendar_told(due, time, uid);
DROP VIEW calendar_entries;
-- Joined from tables: `all_obligations`, as the right side of a LEFT JOIN, would be made whole before the first row.
CREATE VIEW calendar_entries AS
SELECT
    t.uid, t.due, t.time, t.zone, o.due_business, t.status, t.sequence,
    CASE WHEN w.id IS NOT NULL THEN coalesce(w.number, w.title_en, w.title_zh, 'a circular without number') END AS withdrawn_by,
    w.issued AS withdrawn_on,
    (SELECT group_concat(value, ', ') FROM json_each(o.bearer)) AS bearer, o.modality,
    t.action, t.action_zh, o.conflict,
    {CONFLICT_DECIDED} AS conflict_decided,
    o.circular, t.house, t.number, t.issued, c.title_en, c.title_zh,
    (SELECT d.quote FROM obligation_deadlines AS m JOIN deadlines AS d ON d.id = m.deadline WHERE m.obligation = o.id AND m.ordinal = 0)
        AS quote,
    t.obligation
FROM calendar_told AS t
LEFT JOIN obligations AS o ON o.id = t.obligation
LEFT JOIN circulars AS c ON c.id = o.circular
LEFT JOIN circulars AS w ON w.id = o.withdrawn;
"""


@migration(name="018_views_of_large_bases")
def views_of_large_bases(db: Database) -> None:
    """Calendars and contacts by party are given row by row; a table has the parties that an expression binds."""
    run(db, LARGE_VIEWS)
    db.execute("PRAGMA user_version = 18")


OTHER_HOUSE = """
DROP VIEW changes;
CREATE VIEW changes AS
WITH since AS MATERIALIZED (
    SELECT e.id AS expression, e.circular, date(s.added, '+8 hours') AS day FROM expressions AS e JOIN sources AS s ON s.sha256 = e.source
)
SELECT
    min(s.day) AS day, 'circular' AS change, c.issuer AS house, c.number, c.id AS circular,
    coalesce(c.title_en, c.title_zh) AS what, NULL AS before, c.issued AS after, NULL AS level, NULL AS other_house
FROM since AS s JOIN circulars AS c ON c.id = s.circular GROUP BY c.id
UNION ALL
SELECT
    s.day, h.change, h.changed_by, h.changed_in, h.newer_circular, h.act,
    coalesce(h.old_end, h.old_start), coalesce(h.new_end, h.new_start), NULL, NULL
FROM history AS h JOIN since AS s ON s.expression = h.newer
UNION ALL
SELECT
    max(l.day, coalesce(r.day, l.day)), 'finding', c.issuer, c.number, c.id, f.message, f.left_value, f.right_value, f.level,
    nullif(o.issuer, c.issuer)
FROM findings AS f
JOIN since AS l ON l.expression = f.expression
LEFT JOIN pairs AS p ON p.id = f.pair
LEFT JOIN since AS r ON r.expression = p."right"
JOIN circulars AS c ON c.id = l.circular
LEFT JOIN circulars AS o ON o.id = r.circular
WHERE f.level <> 'note';

DROP INDEX expressions_works;
-- What tells a text from all others, without the text itself: by it a fact is found by its name.
CREATE INDEX expressions_works ON expressions(id, circular, lang, issuer, number, source);
"""


@migration(name="019_both_houses_of_a_change")
def both_houses_of_a_change(db: Database) -> None:
    """A finding is news of both houses of its pair; a fact is found by its name without reading every text."""
    run(db, OTHER_HOUSE)
    db.execute("PRAGMA user_version = 19")


SCHEDULE_CELLS = """
CREATE VIEW schedule_cells AS
WITH
    -- What is printed, what it means, and what merged cells cover, each with its place; `origin` is the cell that says it.
    -- A list of as many zeros as a cell has rows or columns counts them.
    said AS (
        SELECT t.expression, t.id, r.key AS "row", c.key AS col, c.value AS cell, NULL AS kind, NULL AS value, NULL AS unit, NULL AS origin
        FROM tables AS t JOIN json_each(t.rows) AS r JOIN json_each(r.value) AS c
        UNION ALL
        SELECT
            t.expression, t.id, json_extract(k.value, '$.row'), json_extract(k.value, '$.col'), NULL, json_extract(k.value, '$.kind'),
            json_extract(k.value, '$.value'), json_extract(k.value, '$.unit'), NULL
        FROM tables AS t JOIN json_each(t.cells) AS k
        UNION ALL
        SELECT
            t.expression, t.id, json_extract(m.value, '$.row') + down.key, json_extract(m.value, '$.col') + along.key,
            NULL, NULL, NULL, NULL, json_extract(m.value, '$.row') || ' ' || json_extract(m.value, '$.col')
        FROM tables AS t CROSS JOIN json_each(t.merged) AS m
        CROSS JOIN json_each('[0' || replace(hex(zeroblob(json_extract(m.value, '$.rowspan') - 1)), '00', ',0') || ']') AS down
        CROSS JOIN json_each('[0' || replace(hex(zeroblob(json_extract(m.value, '$.colspan') - 1)), '00', ',0') || ']') AS along
    ),
    placed AS (
        SELECT
            expression, id, "row", col, cell, max(kind) OVER place AS kind, max(value) OVER place AS value, max(unit) OVER place AS unit,
            coalesce(max(origin) OVER place, "row" || ' ' || col) AS origin
        FROM said WINDOW place AS (PARTITION BY expression, id, "row", col)
    ),
    spread AS (
        SELECT
            expression, id, "row", col, origin, cell = '' AND origin <> "row" || ' ' || col AS merged,
            max(cell) OVER own AS cell, max(kind) OVER own AS kind, max(value) OVER own AS value, max(unit) OVER own AS unit
        FROM placed WHERE cell IS NOT NULL WINDOW own AS (PARTITION BY expression, id, origin)
    ),
    body AS (
        SELECT
            s.*, t.ordinal, t.caption, t.page, json_extract(t.columns, '$[' || s.col || '].heading') AS heading,
            sum(cell <> '') OVER (PARTITION BY s.expression, s.id, col ORDER BY "row") AS part
        FROM spread AS s JOIN tables AS t ON t.id = s.id
        WHERE s."row" >= t.header
    ),
    -- `part` is a filled cell with the empty ones below it, which inherit it where an event of their row says so.
    handed AS (
        SELECT
            *, max(cell) OVER above AS above, max(kind) OVER above AS above_kind, max(value) OVER above AS above_value,
            max(unit) OVER above AS above_unit
        FROM body WINDOW above AS (PARTITION BY expression, id, col, part)
    ),
    held AS (
        SELECT
            *,
            cell = '' AND NOT merged AND above <> '' AND EXISTS (
                SELECT 1 FROM events AS v
                WHERE v.expression = h.expression AND v."table" = h.ordinal AND v."row" = h."row"
                    AND CASE
                        WHEN above_kind IN ('date', 'period') THEN instr(above_value, coalesce(v.start, v."end"))
                        WHEN above_kind = 'time' THEN instr(above_value, v.time)
                        ELSE instr(above, v.quote)
                    END
            ) AS inherits
        FROM handed AS h
    )
SELECT
    w.id AS "table", w."row", w.col, w.heading,
    CASE WHEN inherits THEN above ELSE cell END AS cell,
    CASE WHEN merged AND cell <> '' THEN 'merged' WHEN inherits THEN 'above' END AS filled,
    CASE WHEN inherits THEN above_kind ELSE kind END AS kind,
    CASE WHEN inherits THEN above_value ELSE value END AS value,
    CASE WHEN inherits THEN above_unit ELSE unit END AS unit,
    w.caption, w.page, w.expression, e.lang, e.circular, c.issuer AS house, c.number, c.issued
FROM held AS w
JOIN expressions AS e ON e.id = w.expression
JOIN circulars AS c ON c.id = e.circular;
"""


@migration(name="020_cells_of_schedules")
def cells_of_schedules(db: Database) -> None:
    """Every cell of every row as one would type it: what a merged cell covers holds what it says, and so does what rows inherit."""
    run(db, SCHEDULE_CELLS)
    db.execute("PRAGMA user_version = 20")


VERSION = 20
