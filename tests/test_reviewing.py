"""Review in the browser: who may decide, what a form decides, and that nobody else changes anything."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from review_fixture import FEE, HKSCC, PASSWORD, Visitor, asked, copied, dump, made, outcome, run
from site_fixture import get, poisoned, words

import kb.store
from kb import doctor, lives, posted, publish, reviewers, reviewing, serve, signing
from kb.schema import EVIDENCED
from kb.site.base import REVIEWABLE
from kb.site.page import OWN_POLICY


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("review"))


@pytest.fixture
def folder(once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(signing, "SLOWLY", 0.0)
    folder = copied(once, tmp_path)
    yield folder
    assert run("audit", "--verify", "--db", folder / "some.db").exit_code == 0
    assert doctor.examine(folder / "some.db").faults == ()


@pytest.fixture
def db(folder: Path) -> Path:
    return folder / "some.db"


def of(db: Path, kind: str, quote: str = "", number: str = "CD/OES/CCASS/005/2026") -> str:
    found = json.loads(run("review", number, "--kind", kind, "--format", "json", "--db", db).stdout)
    return str(next(one["id"] for one in found if quote in one["quote"]))


def fee(db: Path) -> str:
    """The path of the page of the deadline for the fee."""
    return f"/review/fact/{of(db, 'deadlines', FEE)}"


def form(db: Path) -> str:
    """The path of the page of the obligation to return the form."""
    [(name,)] = asked(db, "SELECT id FROM obligations WHERE action LIKE '%form%' AND circular = 1")
    return f"/review/obligation/{name}"


def finding(db: Path) -> str:
    """The path of the page of the disagreement on the day of the fee."""
    [(name,)] = asked(db, "SELECT name FROM findings WHERE \"check\" = 'deadlines' AND level = 'error'")
    return f"/review/finding/{name}"


def facts(_: Path) -> str:
    return "/review/circular/1"


WRITING: dict[str, tuple[Callable[[Path], str], dict[str, str]]] = {
    r"^/review/circular/(?P<id>\d+)$": (facts, {"act": "accept", "why": "seen"}),
    r"^/review/(?P<kind>obligation|finding|fact)/(?P<name>[\w.-]+)$ obligation": (form, {"act": "done"}),
    r"^/review/(?P<kind>obligation|finding|fact)/(?P<name>[\w.-]+)$ finding": (finding, {"act": "explain", "why": "so"}),
    r"^/review/(?P<kind>obligation|finding|fact)/(?P<name>[\w.-]+)$ fact": (fee, {"act": "reject", "why": "none"}),
}
"""Every form of the site that writes, with what it would write."""


def whole_forms(folder: Path, db: Path) -> dict[str, dict[str, Any]]:
    """What a reviewer would send to each path; the first fact ticked where facts are listed."""
    reviewer, found = Visitor(folder).signed_in(), {}
    for where, typed in WRITING.values():
        page = reviewer.page(where(db))
        ticked, seen = page.select_one("input[name=fact]"), page.select_one("[name=seen]")
        found[where(db)] = {"seen": seen["value"] if seen else "", "fact": ticked["value"] if ticked else "", **typed}
    return found


def test_every_route_that_writes_is_tried() -> None:
    known = {name.split(" ")[0] for name in WRITING}
    reading = {r"^/sign-in$", r"^/review$", rf"^/review/(?P<kind>{'|'.join(REVIEWABLE)})/(?P<id>\d+)$"}
    assert {pattern for pattern, _ in reviewing.routes()} == known | reading
    assert sorted(REVIEWABLE) == sorted(EVIDENCED)


Stranger = Callable[[Path], tuple[Visitor, dict[str, str]]]


def tokened(visitor: Visitor) -> tuple[Visitor, dict[str, str]]:
    """A visitor with the token that a page of the site gave them."""
    token = visitor.page("/sign-in").select_one("[name=csrftoken]")
    assert token is not None
    return visitor, {"csrftoken": str(token["value"])}


def removed(folder: Path) -> tuple[Visitor, dict[str, str]]:
    visitor, token = tokened(Visitor(folder).signed_in())
    reviewers.remove(folder / "reviewers.json", "amy")
    return visitor, token


def spoilt(folder: Path) -> tuple[Visitor, dict[str, str]]:
    visitor, token = tokened(Visitor(folder).signed_in())
    (folder / "reviewers.json").write_text("{", "utf-8")
    return visitor, token


def renewed(folder: Path) -> tuple[Visitor, dict[str, str]]:
    visitor, token = tokened(Visitor(folder).signed_in())
    reviewers.put(folder / "reviewers.json", "amy", "Amy Chan", "another one")
    return visitor, token


def mark(folder: Path) -> str:
    return reviewers.load(folder / "reviewers.json")["amy"].mark


def forged(folder: Path) -> tuple[Visitor, dict[str, str]]:
    """A session that another server signed."""
    visitor, token = tokened(Visitor(folder))
    visitor.cookies |= Visitor(folder).signed_in().cookies | {"ds_csrftoken": visitor.cookies["ds_csrftoken"]}
    return visitor, token


STRANGERS: dict[str, Stranger] = {
    "nobody": lambda folder: (Visitor(folder), {}),
    "nobody with a token": lambda folder: tokened(Visitor(folder)),
    "somebody whom another plugin let in": lambda folder: tokened(Visitor(folder).become({"id": "root"})),
    "somebody with the name of a reviewer": lambda folder: tokened(Visitor(folder).become({"id": "amy", "name": "Amy Chan"})),
    "somebody with a wrong mark": lambda folder: tokened(Visitor(folder).become({"id": "amy", "reviews": "0" * 16})),
    "a mark of another account": lambda folder: tokened(Visitor(folder).become({"id": "ben", "reviews": mark(folder)})),
    "a reviewer whose session is over": lambda folder: tokened(Visitor(folder).become({"id": "amy", "reviews": mark(folder)}, -5)),
    "a reviewer who was removed": removed,
    "a reviewer whose file was spoilt": spoilt,
    "a reviewer with another password since": renewed,
    "a session of another server": forged,
    "a reviewer without a token": lambda folder: (Visitor(folder).signed_in(), {}),
    "a reviewer with a wrong token": lambda folder: (Visitor(folder).signed_in(), {"csrftoken": "made.up"}),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_but_a_reviewer_changes_anything(folder: Path, db: Path, stranger: str) -> None:
    forms = whole_forms(folder, db)
    visitor, token = STRANGERS[stranger](folder)
    before = dump(db)
    for path, sent in forms.items():
        answer = visitor.ask("POST", path, data=sent | token)
        assert (path, answer.status_code) == (path, 403)
        assert dump(db) == before
        assert "31 July 2026" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
    ids=str,
)
def test_a_form_from_elsewhere_is_refused(folder: Path, db: Path, headers: dict[str, str]) -> None:
    forms = whole_forms(folder, db)
    visitor, token = tokened(Visitor(folder).signed_in())
    before = dump(db)
    for path, sent in forms.items():
        answer = visitor.ask("POST", path, data=sent | token, headers=headers)
        assert (answer.status_code, dump(db)) == (403, before)
        assert "does not come from a page of this site" in answer.text


@pytest.mark.parametrize("route", WRITING)
def test_the_same_forms_from_a_reviewer_are_written(folder: Path, db: Path, route: str) -> None:
    """So that what is refused above is refused for the reason that is tested."""
    path = WRITING[route][0](db)
    sent = whole_forms(folder, db)[path]
    visitor, token = tokened(Visitor(folder).signed_in())
    assert visitor.ask("POST", path, data=sent | token, headers={"sec-fetch-site": "same-origin"}).status_code == 303


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
def test_nothing_but_a_sent_form_writes(folder: Path, db: Path, method: str) -> None:
    forms = whole_forms(folder, db)
    visitor, token = tokened(Visitor(folder).signed_in())
    before = dump(db)
    for path, sent in forms.items():
        visitor.ask(method, path, params=sent | token, headers={"x-csrftoken": token["csrftoken"]})
        assert dump(db) == before


PAGES = ("/review", "/review/circular/1", "/review/deadlines/1")


def test_the_pages_are_for_reviewers_and_lead_to_the_way_in(folder: Path, db: Path) -> None:
    for lang, told in (("en", "for reviewers who are signed in"), ("zh", "只供已登入的覆核人員")):
        visitor = Visitor(folder, lang)
        for path in (*PAGES, fee(db), form(db), finding(db)):
            answer = visitor.ask("GET", path)
            assert answer.status_code == 403
            assert told in answer.text
            assert f"/sign-in?next={path.replace('/', '%2F')}" in answer.text
            assert "Clearing Participants" not in answer.text


def test_who_is_not_signed_in_sees_no_way_to_decide(folder: Path) -> None:
    visitor = Visitor(folder)
    for path in ("/?on=2026-07-01", "/circular/1", "/findings", "/pair/1"):
        assert "/review/" not in visitor.ask("GET", path).text
    visitor.signed_in()
    for path in ("/?on=2026-07-01", "/circular/1", "/findings", "/pair/1"):
        answer = visitor.ask("GET", path)
        assert "/review/" in answer.text
        assert answer.headers["cache-control"] == "private, no-store"


# Signing in ----------------------------------------------------------------------------------------------------------


def test_signing_in_goes_on_where_one_was(folder: Path) -> None:
    visitor = Visitor(folder)
    answer = visitor.sign_in(on="/circular/1%3Flang%3Dzh")
    assert (answer.status_code, answer.headers["location"]) == (303, "/circular/1?lang=zh")
    cookie = next(told for told in answer.headers.get_list("set-cookie") if told.startswith("ds_actor"))
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()
    assert "max-age=43200" in cookie.lower()
    assert "Sign out Amy Chan" in words(visitor.page("/circular/1"))


@pytest.mark.parametrize(
    "on", ["//evil.example", "https://evil.example", "/\\evil.example", "/a%0d%0aset-cookie: x", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(folder: Path, on: str) -> None:
    assert Visitor(folder).sign_in(on=on).headers["location"] == "/review"


def test_over_tls_the_session_is_sent_over_tls_only(folder: Path) -> None:
    visitor, token = tokened(Visitor(folder))
    sent = {"username": "amy", "password": PASSWORD} | token
    answer = visitor.ask("POST", "/sign-in", data=sent, headers={"x-forwarded-proto": "https"})
    assert "secure" in next(told for told in answer.headers.get_list("set-cookie") if told.startswith("ds_actor")).lower()


@pytest.mark.parametrize(
    ("account", "password"), [("amy", "wrong horse"), ("amy", ""), ("nobody", PASSWORD), ("", ""), ("Amy Chan", PASSWORD)]
)
def test_a_wrong_password_lets_nobody_in(folder: Path, account: str, password: str) -> None:
    visitor = Visitor(folder)
    answer = visitor.sign_in(account, password)
    assert (answer.status_code, "ds_actor" in visitor.cookies) == (403, False)
    assert outcome(answer) == "There is no such account, or it has another password."


def test_who_signs_out_is_out(folder: Path, db: Path) -> None:
    visitor = Visitor(folder).signed_in()
    form = visitor.page("/").select_one("header form")
    assert form is not None
    token = form.select_one("[name=csrftoken]")
    visitor.ask("POST", str(form["action"]), data={"csrftoken": str(token["value"]) if token else ""})
    assert visitor.ask("GET", fee(db)).status_code == 403


def test_without_reviewers_there_is_no_way_in(folder: Path) -> None:
    site = serve.datasette_for(folder / "some.db")
    assert get(site, "/sign-in").status_code == 404
    assert get(site, "/review").status_code == 404
    assert "sign-in" not in get(site, "/circular/1").text


def test_a_published_site_has_nothing_of_it(folder: Path, db: Path) -> None:
    publish.publish(db, folder / "site")
    there = {path.name for path in (folder / "site").rglob("*")}
    assert not there & {"reviewing.py", "reviewers.py", "posted.py", "reviewers.json", "store.py"}
    assert not [name for name in publish.MODULES if "review" in name]


# What a form decides -------------------------------------------------------------------------------------------------


def log(db: Path) -> list[tuple[Any, ...]]:
    rows = asked(db, "SELECT who, kind, act, content FROM decisions ORDER BY id")
    return [
        (who, kind, act, {name: told for name, told in json.loads(content).items() if name != "told"}) for who, kind, act, content in rows
    ]


def test_an_obligation_gets_an_owner_and_is_done(folder: Path, db: Path) -> None:
    visitor = Visitor(folder).signed_in()
    answer = visitor.decide(form(db), act="done", owner="客戶部", note="By courier", evidence="https://dms.example/4711")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{form(db)}?row=1&to=2")
    assert log(db) == [
        ("Amy Chan", "obligation", "assign", {"owner": "客戶部"}),
        ("Amy Chan", "obligation", "done", {"note": "By courier", "evidence": "https://dms.example/4711"}),
    ]
    page = words(visitor.page(answer.headers["location"]).main)
    assert "2 decisions were written. rows 1 to 2 of the log" in page
    assert "done Amy Chan" in page
    assert [one.owner for one in obligations(db) if one.status == "done"] == ["客戶部"]
    assert "return the form" not in words(visitor.page("/?on=2026-07-01&house=HKSCC").main).lower()


def obligations(db: Path) -> list[lives.Held]:
    with kb.store.open_to_read(db) as opened:
        return lives.obligations(opened)


@pytest.mark.parametrize(
    ("first", "then", "acts"),
    [
        ({"act": "waived", "note": "no such member"}, {"act": "open", "note": "we are one now"}, ["waive", "reopen"]),
        ({"act": "open", "owner": "Ben"}, {"act": "open", "owner": "Amy"}, ["assign", "assign"]),
        ({"act": "done"}, {"act": "done", "evidence": "receipt 8"}, ["done", "done"]),
        ({"act": "done"}, {"act": "waived"}, ["done", "waive"]),
    ],
    ids=str,
)
def test_an_obligation_has_a_life(folder: Path, db: Path, first: dict[str, str], then: dict[str, str], acts: list[str]) -> None:
    visitor = Visitor(folder).signed_in()
    for typed in (first, then):
        assert visitor.decide(form(db), **typed).status_code == 303
    assert [act for _, _, act, _ in log(db)] == acts


def test_evidence_is_never_looked_up_on_the_server(folder: Path, db: Path) -> None:
    assert Visitor(folder).signed_in().decide(form(db), act="done", evidence="/etc/passwd").status_code == 303
    assert log(db)[0][3] == {"evidence": "/etc/passwd"}


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ({"act": "explain", "why": "Each house has its own day"}, "explained"),
        ({"act": "accept", "why": "The house knows"}, "accepted"),
        ({"act": "fix", "by": "CD/OES/SEOCH/005/2026", "why": ""}, "fixed"),
    ],
)
def test_a_finding_is_decided_on_and_opened_again(folder: Path, db: Path, typed: dict[str, str], state: str) -> None:
    visitor, path = Visitor(folder).signed_in(), finding(db)
    assert visitor.decide(path, **typed).status_code == 303
    assert asked(db, "SELECT DISTINCT state FROM findings WHERE name = ?", path.rpartition("/")[2]) == [(state,)]
    assert visitor.decide(path, act="reopen", why="not so", by="").status_code == 303
    assert asked(db, "SELECT DISTINCT state FROM findings WHERE name = ?", path.rpartition("/")[2]) == [("open",)]


def test_a_fact_is_corrected_and_that_holds_everywhere(folder: Path, db: Path) -> None:
    visitor, path = Visitor(folder).signed_in(), fee(db)
    assert "Open findings over these words" in words(visitor.page(path).main), "told before anybody decides"
    answer = visitor.decide(path, act="correct", why="Confirmed by telephone", **{"field-stated": "2026-08-02", "field-due": "2026-08-02"})
    assert answer.status_code == 303, outcome(answer)
    assert log(db) == [("Amy Chan", "fact", "correct", {"why": "Confirmed by telephone", "set": "stated=2026-08-02, due=2026-08-02"})]
    assert "2 August 2026" in words(visitor.page("/?on=2026-07-20").main)
    assert asked(db, "SELECT due, due_business FROM deadlines WHERE quote = ? AND rule <> ''", FEE) == [("2026-08-02", "2026-07-31")]
    page = words(visitor.page(path).main)
    assert "corrected" in page
    assert "read as: stated 31 July 2026" in page
    # The date in it is still what is printed, and keeps the finding up: the page leads there.
    assert "Open findings over these words" in page
    assert "Other facts read from the same words Dates" in page


def test_several_facts_are_accepted_at_once_or_none(folder: Path, db: Path) -> None:
    visitor = Visitor(folder).signed_in()
    page = visitor.page("/review/circular/1?kind=dates")
    boxes = [str(box["value"]) for box in page.select("input[name=fact]")]
    assert len(boxes) == 4
    answer = visitor.decide("/review/circular/1?kind=dates", act="accept", why="all seen", fact=boxes)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/circular/1?kind=dates&row=1&to=4")
    assert {state for (state,) in asked(db, "SELECT state FROM reviewed_facts")} == {"accepted"}
    again = visitor.decide(
        "/review/circular/1",
        act="reject",
        why="no",
        fact=[str(visitor.page("/review/circular/1").select_one("input[name=fact]")["value"]), boxes[0]],
    )
    assert (again.status_code, len(log(db))) == (409, 4)


def test_a_fact_is_found_by_its_row(folder: Path, db: Path) -> None:
    visitor = Visitor(folder).signed_in()
    visitor.decide(f"/review/fact/{of(db, 'deadlines', 'by 17 July')}", act="reject", why="an example")
    for kind in ("dates", "deadlines", "contacts", "amounts"):
        for row, quote in asked(db, f"SELECT f.id, quote FROM {kind} f JOIN expressions e ON e.id = expression WHERE circular = 1"):
            answer = visitor.ask("GET", f"/review/{kind}/{row}")
            page = visitor.page(answer.headers["location"])
            assert words(page.select_one("blockquote mark")) == quote


@pytest.mark.parametrize("change", [{"act": "accept", "why": "right"}, {"act": "reopen", "why": ""}])
def test_a_decision_of_somebody_else_meanwhile_is_not_run_over(folder: Path, db: Path, change: dict[str, str]) -> None:
    amy, path = Visitor(folder).signed_in(), fee(db)
    if change["act"] == "reopen":
        amy.decide(path, act="accept", why="first")
    seen = amy.page(path)
    ben = Visitor(folder)
    ben.sign_in("ben")
    assert ben.decide(path, act="reject", why="none").status_code == 303
    stale = {field["name"]: field.get("value", "") for field in seen.select("form.decide input[type=hidden]")}
    before = log(db)
    answer = amy.ask("POST", path, data={**stale, **change})
    assert (answer.status_code, log(db)) == (409, before)
    assert "It has changed since it was shown to you" in outcome(answer)
    assert before[-1][0] == "Ben Lau 劉斌"


def test_what_others_add_meanwhile_is_waited_for_and_told(folder: Path, db: Path) -> None:
    visitor, path = Visitor(folder).signed_in(), fee(db)
    writer = sqlite3.connect(db, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    answer = visitor.decide(path, act="accept", why="right")
    writer.execute("ROLLBACK")
    writer.close()
    assert (answer.status_code, log(db)) == (503, [])
    assert "being added at this moment" in outcome(answer)


REFUSED: list[tuple[Callable[[Path], str], dict[str, str], str, str]] = [
    (form, {"act": "open"}, "That is so already.", "現況已是如此。"),
    (form, {"act": ""}, "Choose what is decided.", "請選擇決定。"),
    (form, {"act": "delete"}, "Choose what is decided.", "請選擇決定。"),
    (finding, {"act": "explain", "why": "  "}, "A decision needs a reason.", "請填寫理由。"),
    (finding, {"act": "reopen", "why": "x"}, "That is so already.", "現況已是如此。"),
    (finding, {"act": "fix", "by": ""}, "Name the circular that puts it right.", "請填寫作出更正的通告編號。"),
    (finding, {"act": "fix", "by": "X/1"}, "There is no circular X/1 in this database; add it first.", "資料庫內沒有通告 X/1，請先加入。"),
    (fee, {"act": "accept", "why": ""}, "A decision needs a reason.", "請填寫理由。"),
    (fee, {"act": "correct", "why": "same"}, "That is so already.", "現況已是如此。"),
    (fee, {"act": "reopen", "why": "x"}, "That is so already.", "現況已是如此。"),
    (fee, {"act": "correct", "why": "x", "field-due": "31/7/2026"}, "write a day as 2027-01-08", "日期請寫作 2027-01-08"),
    (fee, {"act": "correct", "why": "x", "field-time": "25:00"}, "is no clock time", "並非時間"),
    (fee, {"act": "correct", "why": "x", "field-modality": "shall"}, "it is one of may, must, should", "可選：may, must, should"),
    (fee, {"act": "correct", "why": "x", "field-due": "2026-08-01"}, "set both stated and due", "請同時更正"),
]


@pytest.mark.parametrize(("where", "typed", "english", "chinese"), REFUSED)
def test_what_cannot_be_is_told_in_both_languages_and_nothing_is_written(
    folder: Path, db: Path, where: Callable[[Path], str], typed: dict[str, str], english: str, chinese: str
) -> None:
    before = dump(db)
    for lang, told in (("en", english), ("zh", chinese)):
        answer = Visitor(folder, lang).signed_in().decide(where(db), **typed)
        assert answer.status_code == 400
        assert told in outcome(answer)
    assert dump(db) == before


def test_what_was_typed_is_still_there_after_a_refusal(folder: Path, db: Path) -> None:
    answer = Visitor(folder).signed_in().decide(fee(db), act="correct", why="a long reason", **{"field-due": "31/7/2026"})
    assert "a long reason" in answer.text


@pytest.mark.parametrize(
    "path", ["/review/fact/x-0000000000000000", "/review/finding/f-00", "/review/obligation/zz", "/review/deadlines/99999"]
)
def test_what_is_not_there_is_a_page_of_ours(folder: Path, path: str) -> None:
    answer = Visitor(folder).signed_in().ask("GET", path)
    assert answer.status_code == 404
    assert "in this database" in answer.text


def test_a_name_has_to_be_whole(folder: Path, db: Path) -> None:
    assert Visitor(folder).signed_in().ask("GET", fee(db)[:-2]).status_code == 404


def test_a_form_that_is_too_large_is_refused(folder: Path, db: Path) -> None:
    answer = Visitor(folder).signed_in().decide(form(db), act="done", note="x" * 1_100_000)
    assert (answer.status_code, outcome(answer), log(db)) == (413, "Nothing was written. The form is too large.", [])


def test_a_failure_on_the_way_leaves_nothing(folder: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner is written first; where the second row fails, the first is gone as well."""
    visitor = Visitor(folder).signed_in()
    whole = lives.decide

    def failing(db: Any, typed: str, act: str, who: str, **said: Any) -> Any:
        if act == "done":
            raise sqlite3.OperationalError("disk I/O error")
        return whole(db, typed, act, who, **said)

    monkeypatch.setattr(posted.lives, "decide", failing)
    before = dump(db)
    answer = visitor.decide(form(db), act="done", owner="Ben")
    assert (answer.status_code >= 400, dump(db)) == (True, before)


# What stays ----------------------------------------------------------------------------------------------------------


def test_the_desk_shows_what_no_longer_fits(folder: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(folder).signed_in()
    visitor.decide(form(db), act="done", note="sent")
    visitor.decide(fee(db), act="accept", why="right")
    assert "no longer fitting" not in words(visitor.page("/review").main)
    (folder / "hkscc.txt").write_text(HKSCC.replace("17 July", "20 July"), "utf-8")
    assert run("add", folder / "hkscc.txt", "--db", db).exit_code == 0
    desk = words(visitor.page("/review").main)
    assert "Decided, and no longer fitting" in desk
    assert "was due 17 July 2026 then → 20 July 2026" in desk


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    reviewers.put(tmp_path / "reviewers.json", "amy", """Amy <script>alert(1)</script> "'""", PASSWORD)
    from site_fixture import filled

    poisoned(filled(tmp_path / "some.db"))
    visitor = Visitor(tmp_path).signed_in()
    names = [f"/review/obligation/{name}" for (name,) in asked(tmp_path / "some.db", "SELECT id FROM obligations")]
    names += [f"/review/finding/{name}" for (name,) in asked(tmp_path / "some.db", "SELECT name FROM findings WHERE name NOT LIKE '%<%'")]
    for path in ("/review", "/review/circular/1", *names):
        answer = visitor.ask("GET", path)
        if answer.status_code == 404:
            continue
        page = visitor.page(path)
        assert not page.select("script, img:not(.scan img), svg, [onload], [onerror]")
        assert answer.headers["content-security-policy"] == OWN_POLICY


# Accounts ------------------------------------------------------------------------------------------------------------


def test_a_reviewer_is_added_renamed_and_removed(tmp_path: Path) -> None:
    file = tmp_path / "reviewers.json"
    from click.testing import CliRunner

    from kb.cli import circulars

    def reviewer(*arguments: str, typed: str) -> Any:
        return CliRunner().invoke(circulars, ["reviewer", *arguments, "--reviewers", str(file)], input=typed)

    asked_for = reviewer("amy", typed="Amy Chan\nlong enough\nlong enough\n")
    assert (asked_for.exit_code, asked_for.stdout) == (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "long enough" not in file.read_text("utf-8")
    first = reviewers.load(file)["amy"]
    assert reviewer("amy", "--name", "Amy  Chan-Lee", "--password-stdin", typed="another one\n").exit_code == 0
    second = reviewers.load(file)["amy"]
    assert (first.name, second.name, first.mark == second.mark) == ("Amy Chan", "Amy Chan-Lee", False)
    assert reviewers.verified(reviewers.load(file), "amy", "another one") == second
    assert reviewers.verified(reviewers.load(file), "amy", "long enough") is None
    assert reviewer("amy", "--remove", typed="").exit_code == 0
    assert reviewers.load(file) == {}


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("Amy Chan",), "", "is no account"),
        (("amy", "--name", " "), "long enough\nlong enough\n", "needs the name"),
        (("amy", "--name", "Amy"), "short\nshort\n", "8 characters at least"),
        (("amy", "--password-stdin"), "long enough\n", "give the name by --name"),
        (("amy", "--remove"), "", "there are no reviewers"),
    ],
)
def test_an_account_that_cannot_be_is_one_line(tmp_path: Path, arguments: tuple[str, ...], typed: str, told: str) -> None:
    from click.testing import CliRunner

    from kb.cli import circulars

    sent = (
        typed if "--password-stdin" in arguments or "--remove" in arguments or "--name" in arguments else f"Amy\n{PASSWORD}\n{PASSWORD}\n"
    )
    result = CliRunner().invoke(circulars, ["reviewer", *arguments, "--reviewers", str(tmp_path / "r.json")], input=sent)
    assert result.exit_code == 2
    assert told in result.stderr.splitlines()[-1]
    assert not (tmp_path / "r.json").exists()


@pytest.mark.parametrize("content", ["", "[]", '{"amy": 3}', '{"amy": {"name": "Amy"}}', "\xff"])
def test_a_file_that_is_none_of_reviewers_is_one_line(folder: Path, db: Path, content: str) -> None:
    (folder / "reviewers.json").write_bytes(content.encode("latin-1"))
    result = run("serve", "--db", db, "--reviewers", folder / "reviewers.json", "--port", 0)
    assert result.exit_code == 2
    assert "not a file of reviewers" in result.stderr


def test_a_hash_that_was_tampered_with_lets_nobody_in(folder: Path) -> None:
    file = folder / "reviewers.json"
    told = json.loads(file.read_text("utf-8"))
    told["amy"]["password_hash"] = PASSWORD
    file.write_text(json.dumps(told), "utf-8")
    assert Visitor(folder).sign_in().status_code == 403
