"""A knowledge base with a site on which somebody may decide, and visitors to it."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from argon2 import PasswordHasher
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from datasette.utils import baseconv
from httpx import Response

import kb.store
from ingest.model import Expression
from kb import reading, reviewers
from kb.cli import circulars
from kb.serve import datasette_for

PASSWORD = "correct horse"
FEE = "by 31 July 2026"
HKSCC = """HONG KONG SECURITIES CLEARING COMPANY LIMITED

Date: 6 July 2026

Subject: Fees

Ref. No.: CD/OES/CCASS/005/2026

Clearing Participants must return the form by 17 July 2026.

Clearing Participants must pay the fee of HK$5,000 by 31 July 2026.

The seminar takes place on 3 August 2026 at 10:00.

Enquiries: 2979 7341
"""
SEOCH = (
    HKSCC.replace("HONG KONG SECURITIES CLEARING COMPANY LIMITED", "THE SEHK OPTIONS CLEARING HOUSE LIMITED")
    .replace("CCASS/005", "SEOCH/005")
    .replace("31 July", "30 July")
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, [str(argument) for argument in arguments], catch_exceptions=False)


def made(folder: Path) -> Path:
    """Two siblings that disagree on one day, and two reviewers."""
    for name, text in (("hkscc.txt", HKSCC), ("seoch.txt", SEOCH)):
        (folder / name).write_text(text, "utf-8")
    added = run("add", folder / "hkscc.txt", folder / "seoch.txt", "--db", folder / "some.db")
    assert added.exit_code == 0, added.output
    cheap = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)  # what a hash costs stands in it
    told = {account: reviewers.Reviewer(name=name, password_hash=cheap) for account, name in (("amy", "Amy Chan"), ("ben", "Ben Lau 劉斌"))}
    reviewers.write(folder / "reviewers.json", told)
    return folder


def copied(source: Path, folder: Path) -> Path:
    for file in source.iterdir():
        shutil.copy(file, folder / file.name)
    return folder


def reads_otherwise(monkeypatch: pytest.MonkeyPatch, quote: str, **fields: str) -> None:
    """From now on the reader is another one, whose rules read the deadline with these words otherwise."""
    monkeypatch.setattr(kb.store, "edition", lambda: "another")
    whole = reading.answers

    def edited(expression: Expression) -> Expression:
        new = [
            msgspec.convert({**msgspec.to_builtins(one), **fields}, type(one)) if one.quote == quote else one
            for one in expression.deadlines
        ]
        return msgspec.structs.replace(expression, deadlines=tuple(new))

    def answers(files: Any, how: Any, workers: int = 1) -> Iterator[Any]:
        for answer in whole(files, how=how, workers=workers):
            yield [edited(one) if isinstance(one, Expression) else one for one in answer]

    monkeypatch.setattr(reading, "answers", answers)


def asked(db: Path, query: str, *values: object) -> list[Any]:
    with closing(sqlite3.connect(db)) as opened:
        return opened.execute(query, values).fetchall()


def dump(db: Path) -> list[str]:
    """All that a database holds."""
    with closing(sqlite3.connect(db)) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return [repr(row) for name in names if "_fts" not in name for row in opened.execute(f"SELECT * FROM [{name}]")]


class Visitor:
    """Somebody with a browser: what the site set as cookies is sent back to it."""

    def __init__(self, folder: Path, lang: str = "en") -> None:
        self.site = datasette_for(folder / "some.db", folder / "reviewers.json")
        self.cookies: dict[str, str] = {}
        self.lang = lang

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **sent: Any) -> Response:
        sent_headers = {"accept-language": self.lang, **(headers or {})}
        answer: Response = asyncio.run(
            self.site.client.request(method, path, headers=sent_headers, cookies=self.cookies, follow_redirects=False, **sent)
        )
        gone = {told.partition("=")[0] for told in answer.headers.get_list("set-cookie") if "max-age=0" in told.lower()}
        self.cookies = {name: value for name, value in (self.cookies | dict(answer.cookies)).items() if name not in gone}
        return answer

    def page(self, path: str) -> BeautifulSoup:
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return BeautifulSoup(answer.text, "lxml")

    def sign_in(self, account: str = "amy", password: str = PASSWORD, on: str = "") -> Response:
        form = self.page(f"/sign-in{f'?next={on}' if on else ''}").main.form
        fields = filled_in(form) | {"username": account, "password": password}
        return self.ask("POST", str(form["action"]), data=fields)

    def signed_in(self) -> Visitor:
        assert self.sign_in().status_code == 303
        return self

    def become(self, actor: dict[str, str], seconds: int = 3600) -> Visitor:
        """Somebody whom the site has signed in as this actor, by whatever way."""
        session = {"a": actor, "e": baseconv.base62.encode(int(time.time()) + seconds)}
        self.cookies["ds_actor"] = self.site.sign(session, "actor")
        return self

    def decide(self, path: str, headers: dict[str, str] | None = None, **typed: Any) -> Response:
        """Fill in the form of a page and send it."""
        form = self.page(path).select_one("form.decide")
        assert form is not None
        return self.ask("POST", str(form["action"]), data=filled_in(form) | typed, headers=headers)


def filled_in(form: Any) -> dict[str, Any]:
    """What a browser sends of a form that nobody has touched."""
    found: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            found[field["name"]] = chosen["value"]
        elif field.get("type") not in ("radio", "checkbox"):
            found[field["name"]] = field.get("value", "") if field.name == "input" else field.get_text()
    return found


def outcome(answer: Response) -> str:
    """What a page says of a decision that was not written."""
    told = BeautifulSoup(answer.text, "lxml").select_one("[role=alert]")
    return re.sub(r"\s+", " ", told.get_text(" ")).strip() if told else ""
