"""A small knowledge base for the tests of the pages: one matter of two houses, in two languages, with one disagreement."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
from bs4 import BeautifulSoup
from httpx import Response
from sqlite_utils import Database

from ingest.model import (
    Bilingual,
    Block,
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
    Span,
    Table,
    TimeMention,
    Unexplained,
    Warn,
)
from kb import lives, resources, store
from kb.obligations import Member, Obligation
from kb.site.interface import Interface

Fact = TypeVar("Fact", bound=msgspec.Struct)

ENGLISH = """HONG KONG SECURITIES CLEARING COMPANY LIMITED

Subject: New form for terminal passwords

Clearing Participants (CPs) must submit Form 7 before 15 January 2027 (Friday). Late forms will be returned. \
We refer to CD/EX/001/2026. Forms may be corrected within 5 days of the reply. A help desk opens at 9:00 a.m.

Date\tEvent
15 January 2027\t• Deadline for Form 7
Late January 2027\t• New passwords are sent
\t• Old passwords lapse

Enquiry: Hotline 2979 7301, help@hkscc.example, https://forms.example/7
The desk closes on the 31st of Smarch."""

CHINESE = """香港中央結算有限公司

事項：終端機密碼新表格

結算參與者必須於2027年1月15日（星期五）前遞交表格七。逾期表格將被退回。查詢：2979 7301"""

SIBLING = """THE SEHK OPTIONS CLEARING HOUSE LIMITED

Subject: New form for terminal passwords

Participants must submit Form 7 before 16 January 2027 (Saturday). Late forms will be returned."""


class Pair(NamedTuple):
    """Two expressions by their places, as the store takes them; the pages do not depend on how pairs are found."""

    left: int
    right: int
    relation: str
    score: float
    evidence: tuple[str, ...]


def span_of(text: str, quote: str, after: int = 0) -> Span:
    start = text.index(quote, after)
    return start, start + len(quote)


def fact(kind: type[Fact], text: str, quote: str, after: int = 0, /, **fields: object) -> Fact:
    """A fact whose quote stands in the text."""
    rule = {} if kind is Unexplained else {"rule": "test"}
    return kind(quote=quote, span=span_of(text, quote, after), **rule, **fields)


def blocks(text: str) -> tuple[Block, ...]:
    """A block for each paragraph."""
    found, cursor = [], 0
    for part in text.split("\n\n"):
        span = span_of(text, part, cursor)
        found.append(Block(kind="text", span=span))
        cursor = span[1]
    return tuple(found)


def expression(text: str, **fields: Any) -> Expression:
    """An expression with one block for each paragraph."""
    source = Source(
        path=f"in/{fields.pop('file', 'circular.txt')}", sha256=hashlib.sha256(text.encode()).hexdigest(), media_type="text/plain"
    )
    return Expression(**{"source": source, "lang": "en", "text": text, "blocks": blocks(text), **fields})


def english() -> Expression:
    text, day = ENGLISH, date(2027, 1, 15)
    table = text.index("Date\t")
    due = {"stated": day, "due_business": None, "bearer": ("CPs",)}
    return expression(
        text,
        file="form-en.txt",
        issuer="HKSCC",
        number="CD/EX/007/2026",
        other_numbers=("EX/8",),
        issued=date(2026, 12, 1),
        title="New form for terminal passwords",
        dates=(
            fact(DateMention, text, "15 January 2027 (Friday)", start=day, end=day, weekday_ok=True),
            fact(DateMention, text, "15 January 2027", table, start=day, end=day),
            fact(DateMention, text, "Late January 2027", start=date(2027, 1, 21), end=date(2027, 1, 31), approx="late"),
        ),
        times=(fact(TimeMention, text, "9:00 a.m.", time="09:00"),),
        deadlines=(
            fact(
                Deadline,
                text,
                "before 15 January 2027 (Friday)",
                relation="before",
                due=date(2027, 1, 14),
                action="submit Form 7",
                consequence="Late forms will be returned.",
                **due,
            ),
            fact(Deadline, text, "Deadline for Form 7", relation="on", due=day, action="Form 7", tentative=True, **due),
            fact(Deadline, text, "within 5 days of the reply", stated=None, relation="within", due=None, modality="may", why="no anchor"),
        ),
        duties=(
            fact(Duty, text, "Clearing Participants (CPs) must submit Form 7", bearer=("CPs",), modality="must", action="submit Form 7"),
        ),
        contacts=(
            fact(Contact, text, "2979 7301", kind="tel", value="+85229797301", label="Hotline"),
            fact(Contact, text, "help@hkscc.example", kind="email", value="help@hkscc.example"),
            fact(Contact, text, "https://forms.example/7", kind="url", value="https://forms.example/7"),
        ),
        references=(fact(Reference, text, "CD/EX/001/2026", number="CD/EX/001/2026"),),
        definitions=(fact(Definition, text, "Clearing Participants (CPs)", term="CPs", full="Clearing Participants"),),
        tables=(
            Table(
                rows=(
                    ("Date", "Event"),
                    ("15 January 2027", "• Deadline for Form 7"),
                    ("Late January 2027", "• New passwords are sent"),
                    ("", "• Old passwords lapse"),
                ),
                merged=(Merge(row=2, col=0, rowspan=2, colspan=1),),
                span=(table, text.index("\n\nEnquiry")),
                rule="test",
            ),
        ),
        events=(
            fact(Event, text, "Deadline for Form 7", start=day, end=day, title="Deadline for Form 7", table=0, row=1),
            fact(
                Event,
                text,
                "New passwords are sent",
                start=date(2027, 1, 21),
                end=date(2027, 1, 31),
                title="New passwords are sent",
                table=0,
                row=2,
            ),
        ),
        unexplained=(fact(Unexplained, text, "31st of Smarch", why="no such month"),),
        warnings=(Warn(code="test", message="a warning about the file"),),
    )


def chinese() -> Expression:
    text, day = CHINESE, date(2027, 1, 15)
    return expression(
        text,
        file="form-zh.txt",
        lang="zh-Hant",
        issuer="HKSCC",
        number="CD/EX/007/2026",
        issued=date(2026, 12, 1),
        title="終端機密碼新表格",
        deadlines=(
            fact(
                Deadline,
                text,
                "於2027年1月15日（星期五）前",
                stated=day,
                relation="before",
                due=date(2027, 1, 14),
                bearer=("結算參與者",),
                action="遞交表格七",
            ),
        ),
        dates=(fact(DateMention, text, "2027年1月15日（星期五）", start=day, end=day, weekday_ok=True),),
        contacts=(fact(Contact, text, "2979 7301", kind="tel", value="+85229797301"),),
    )


def sibling() -> Expression:
    text, day = SIBLING, date(2027, 1, 16)
    return expression(
        text,
        file="form-seoch.txt",
        issuer="SEOCH",
        number="CD/EX/009/2026",
        issued=date(2026, 12, 2),
        title="New form for terminal passwords",
        deadlines=(
            fact(
                Deadline,
                text,
                "before 16 January 2027 (Saturday)",
                stated=day,
                relation="before",
                due=date(2027, 1, 15),
                bearer=("Participants",),
                action="submit Form 7",
            ),
        ),
        references=(fact(Reference, text, "Form 7", number="CD/EX/007/2026"),),
    )


def house(code: str, en: str, zh: str) -> House:
    return House(code=code, name=Bilingual(en=(en,), zh=(zh,)))


HOUSES = {
    "HKSCC": house("HKSCC", "Hong Kong Securities Clearing Company Limited", "香港中央結算有限公司"),
    "SEOCH": house("SEOCH", "The SEHK Options Clearing House Limited", "香港聯合交易所期權結算所有限公司"),
}


def obligation(name: str, due: date | None, members: Sequence[tuple[int, int]], **fields: Any) -> Obligation:
    return Obligation(
        id=name, due=due, members=tuple(Member(expression=e, deadline=d) for e, d in members), **{"relation": "before", **fields}
    )


def side(value: str, text: str) -> Side:
    return Side(value=value, quote=value, span=span_of(text, value))


def filled(path: Path) -> Path:
    """The whole matter: circulars 1 (in two languages) and 2, pairs 1 (translation) and 2 (sibling)."""
    with store.open_db(path) as db:
        store.put_houses(db, HOUSES)
        one, two, other = store.add(db, [english(), chinese(), sibling()]).expressions
        pairs = [
            Pair(0, 1, "translation", 1.0, ("same number",)),
            Pair(0, 2, "sibling", 0.9, ("subject alike (96%)", "<b>counterpart houses</b>")),
        ]
        _, siblings = store.put_pairs(db, [one, two, other], pairs)
        differ = Finding(
            check="deadlines",
            level="error",
            message="the deadlines differ",
            left=side("15 January 2027 (Friday)", ENGLISH),
            right=side("16 January 2027 (Saturday)", SIBLING),
        )
        missing = Finding(
            check="times", level="warning", message="time only on the left: 09:00", left=side("9:00 a.m.", ENGLISH), right=None
        )
        issuer = Finding(check="issuer", level="note", message="the issuer differs", left=Side(value="HKSCC"), right=Side(value="SEOCH"))
        store.put_findings(db, one, [differ, missing, issuer], siblings)
        inside = Finding(
            check="schedule",
            level="warning",
            message="body and schedule disagree",
            left=side("before 15 January 2027", ENGLISH),
            right=side("15 January 2027", ENGLISH),
        )
        store.put_findings(db, one, [inside])
        first = obligation(
            "form7",
            date(2027, 1, 14),
            [(0, 0), (1, 0), (0, 1)],
            bearer=("CPs",),
            action="submit Form 7",
            action_zh="遞交表格七",
            consequence="Late forms will be returned.",
            conflict="14 January in the body, 15 January in the schedule",
        )
        later = obligation("correct", None, [(0, 2)], relation="within", modality="may", action="correct forms")
        store.put_obligations(db, [store.circular_of(db, one)], [one, two], [first, later])
        last = obligation("form7-seoch", date(2027, 1, 15), [(0, 0)], bearer=("Participants",), action="submit Form 7", time="17:00")
        store.put_obligations(db, [store.circular_of(db, other)], [other], [last])
    return path


HOSTILE = """'"><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7*7 }}</textarea></title>--><svg onload=alert(3)>"""
KEPT = {"kind", "issued", "due", "due_business", "start", "end", "stated", "time", "end_time", "added", "applied_at"}


def poisoned(path: Path) -> Path:
    """The knowledge base with an attack in every text that it holds, but for keys, days, and words of closed vocabularies."""
    with store.open_db(path) as db:
        lives.decide(db, "form7", "done", HOSTILE, note=HOSTILE)
        for table in db.tables:
            keys = {*table.pks, *(key.column for key in table.foreign_keys)}
            if table.name.startswith(("_", "sqlite_", "decisions", "settings")) or "_fts" in table.name:
                continue
            for column in table.columns:
                if column.type == "TEXT" and column.name not in keys | KEPT:
                    poison(db, table.name, column.name)
        with store.writing(db):
            db.execute("UPDATE contacts SET value = 'javascript:alert(4)' WHERE kind = 'url'")
    return path


def poison(db: Database, table: str, column: str) -> None:
    """Put the attack before each text of a column, into each string of a list; a column that takes only certain words keeps them."""
    for number, text in db.execute(f'SELECT rowid, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL').fetchall():
        spoilt = HOSTILE + text
        if text.startswith("["):
            spoilt = json.dumps(spoil(json.loads(text)))
        with suppress(sqlite3.IntegrityError), store.writing(db):
            db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', [spoilt, number])


def spoil(value: Any) -> Any:
    """The same with the attack before each string of a list."""
    if isinstance(value, list):
        return [HOSTILE + one if isinstance(one, str) else spoil(one) for one in value]
    return value


def empty(path: Path) -> Path:
    """A knowledge base without a circular."""
    store.open_db(path).close()
    return path


WORDS: dict[str, Any] = {
    key: word
    for section in tomllib.loads((resources.templates() / "interface.toml").read_text("utf-8")).values()
    for key, word in section.items()
}


def interface(lang: str) -> Interface:
    """The words of the pages in one language."""
    return Interface(lang, {key: word[lang] for key, word in WORDS.items()})


def get(datasette: Any, path: str, **arguments: Any) -> Response:
    """What the site answers."""
    answer: Response = asyncio.run(datasette.client.get(path, **arguments))
    return answer


def page(datasette: Any, path: str, **arguments: Any) -> BeautifulSoup:
    """A page that has to be there."""
    answer = get(datasette, path, **arguments)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def words(element: Any) -> str:
    """The text of an element with its white space folded."""
    return " ".join(element.get_text(" ").split())
