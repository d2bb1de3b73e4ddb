"""A site that only those see who are signed in, with the real plugin for passwords, and how it stays closed when it is renewed."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from datasette_auth_passwords.utils import hash_password
from site_fixture import empty, filled, get, words

from kb import serve
from kb.cli import circulars

SECRET = "a long password"
DOORS = {"allow": {"id": "*"}, "plugins": {"datasette-auth-passwords": {"analyst_password_hash": {"$env": "HASH"}}}}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("closed") / "matter.db")


@pytest.fixture
def closed(base: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A site over the small matter that asks for a password."""
    monkeypatch.setenv("HASH", hash_password(SECRET))
    own = serve.metadata()
    monkeypatch.setattr(serve, "metadata", lambda: {**own, **DOORS})
    return serve.datasette_for(base)


def sign_in(site: Any, password: str, lang: str = "en") -> Any:
    shown = get(site, f"/-/login?lang={lang}")
    form = BeautifulSoup(shown.text, "lxml").main.form
    typed = {"csrftoken": form.select_one("[name=csrftoken]")["value"], "username": "analyst", "password": password}
    return post(site, form["action"], typed, dict(shown.cookies))


def post(site: Any, path: str, typed: dict[str, str], cookies: dict[str, str]) -> Any:
    return asyncio.run(site.client.post(path, data=typed, cookies=cookies))


PATHS = (
    *(
        "/",
        "/circular/1",
        "/expression/1",
        "/pair/1",
        "/search?q=form",
        "/calendar",
        "/houses",
        "/findings",
        "/gaps",
        "/picture/deadlines/1",
    ),
    *("/circulars", "/circulars/upcoming", "/circulars/deadlines/1", "/circulars/due_soon", "/circulars?sql=select+1"),
)


@pytest.mark.parametrize("path", PATHS)
def test_who_is_not_signed_in_sees_the_way_to_sign_in_and_nothing_else(closed: Any, path: str) -> None:
    for lang, name in (("en", "Sign in"), ("zh", "登入")):
        answer = get(closed, path, headers={"accept-language": lang})
        main = BeautifulSoup(answer.text, "lxml").main
        assert (answer.status_code, words(main.select_one("p a")), main.a["href"]) == (403, name, "/-/login")
        assert "Form 7" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/circulars.json", "/circulars/upcoming.json", "/circulars/upcoming.csv", "/circulars/due_soon.json", "/circulars/due_soon.csv"],
)
def test_a_program_without_a_password_gets_a_refusal_in_its_own_form(closed: Any, path: str) -> None:
    answer = get(closed, path)
    assert answer.status_code == 403
    assert answer.json()["ok"] is False if path.endswith("json") else answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "There is no such account, or it has another password."), ("zh", "用戶名稱或密碼不正確。")]
)
def test_a_wrong_password_opens_nothing(closed: Any, lang: str, told: str) -> None:
    answer = sign_in(closed, "guessed", lang)
    assert words(BeautifulSoup(answer.text, "lxml").select_one("[role=alert]")) == told
    assert "ds_actor" not in answer.cookies


def test_a_password_opens_every_page_and_nobody_between_may_keep_it(closed: Any) -> None:
    cookies = {"ds_actor": sign_in(closed, SECRET).cookies["ds_actor"].strip('"')}
    for path in PATHS:
        if path.startswith(("/expression", "/picture")):
            continue
        answer = get(closed, path, cookies=cookies)
        shown = BeautifulSoup(answer.text, "lxml")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-store")
        assert words(shown.select_one("header form button")) == "Sign out analyst"
    form = BeautifulSoup(get(closed, "/", cookies=cookies).text, "lxml").select_one("header form")
    assert form["action"] == "/-/logout"
    left = get(closed, "/-/logout", cookies=cookies)
    assert words(BeautifulSoup(left.text, "lxml").h1) == "Sign out analyst"


def test_a_site_without_passwords_has_no_way_to_sign_in(base: Path) -> None:
    shown = get(serve.datasette_for(base), "/")
    assert "/-/login" not in shown.text
    assert "cache-control" not in shown.headers


def test_a_database_that_is_no_knowledge_base_stays_closed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASH", hash_password(SECRET))
    own = serve.metadata()
    monkeypatch.setattr(serve, "metadata", lambda: {**own, **DOORS})
    assert get(serve.datasette_for(empty(tmp_path / "empty.db")), "/").status_code == 403


# Publishing again -------------------------------------------------------------------------------------------------------


def publish(base: Path, target: Path, *options: str) -> Any:
    return CliRunner().invoke(circulars, ["publish", "--db", str(base), str(target), *options])


def test_a_site_that_asks_for_a_password_asks_for_it_when_it_is_published_again(base: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert publish(base, target).exit_code == 0
    told = target / "metadata.json"
    fresh = json.loads(told.read_text("utf-8"))
    changed = {**fresh, **DOORS, "title": "Mine"}
    changed["databases"] = {"circulars": {**fresh["databases"]["circulars"], "allow_sql": False, "description": "Mine"}}
    told.write_text(json.dumps(changed), "utf-8")
    assert publish(base, target, "--force").exit_code == 0
    kept = json.loads(told.read_text("utf-8"))
    assert {name: kept[name] for name in DOORS} == DOORS
    assert kept["databases"]["circulars"].pop("allow_sql") is False
    assert {name: value for name, value in kept.items() if name not in DOORS} == fresh


def test_a_site_whose_doors_cannot_be_read_is_not_replaced(base: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert publish(base, target).exit_code == 0
    (target / "metadata.json").write_text('{"allow": ', "utf-8")
    result = publish(base, target, "--force")
    assert (result.exit_code, "who may see the site is not known" in result.output) == (2, True)
    assert (target / "metadata.json").read_text("utf-8") == '{"allow": '
