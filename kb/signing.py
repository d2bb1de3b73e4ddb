"""Signing in to review: who asks, whether a form comes from this site, and what it holds."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.utils import baseconv
from datasette.utils.asgi import Request, Response

from ingest.errors import CircularError
from kb import reviewers
from kb.posted import Refused
from kb.site.interface import Interface, interface_of
from kb.site.page import DOORS, link_maker, render


class ReviewedBy(NamedTuple):
    """The file with the reviewers of a site, and what those wait for who guess passwords."""

    file: Path
    guessing: asyncio.Lock


OPEN: WeakKeyDictionary[Datasette, ReviewedBy] = WeakKeyDictionary()
"""The sites that have reviewers."""

SIGN_IN = "/sign-in"
HOURS = 12
"""So long a session lasts; another start of the server ends it too."""

LARGEST_FORM = 1_000_000
"""So many bytes a form has at most."""

SLOWLY = 1.0
"""So many seconds a wrong password takes, one after the other."""


def open_to(datasette: Datasette, file: Path) -> None:
    """Let these reviewers decide on a site."""
    reviewers.load(file)
    OPEN[datasette], DOORS[datasette] = ReviewedBy(file, asyncio.Lock()), SIGN_IN


def reviewer_of(datasette: Datasette, request: Request) -> str | None:
    """The name of the reviewer who asks: signed in here, and with the account as it was then."""
    actor, site = request.actor or {}, OPEN.get(datasette)
    if site is None or "reviews" not in actor:
        return None
    found = accounts(site).get(str(actor.get("id")))
    return found.name if found is not None and found.mark == actor["reviews"] else None


def accounts(site: ReviewedBy) -> dict[str, reviewers.Reviewer]:
    """Who may decide now; nobody where the file has gone or was spoilt meanwhile."""
    try:
        return reviewers.load(site.file)
    except CircularError:
        return {}


def from_this_site(request: Request) -> bool:
    """Whether a form comes from a page of ours, as far as the browser tells; the token has to agree besides."""
    if site := request.headers.get("sec-fetch-site"):
        return bool(site == "same-origin")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def refused(datasette: Datasette, request: Request, interface: Interface, status: int, key: str) -> Response:
    return await render(datasette, request, interface, "missing.html", status=status, message=interface.say(key), why="", refused=status)


async def sign_in(datasette: Datasette, request: Request) -> Response:
    """Who has an account gives its password, and goes on where they were."""
    interface, site = interface_of(datasette, request), OPEN.get(datasette)
    if site is None:
        return await refused(datasette, request, interface, 404, "missing_page")
    form, wrong = {"next": request.args.get("next") or ""}, False
    if request.method == "POST":
        if not from_this_site(request):
            return await refused(datasette, request, interface, 403, "review_elsewhere")
        try:
            form = single(await form_of(request))
        except Refused as error:
            return await refused(datasette, request, interface, error.status, error.key)
        found = await let_in(site, form.get("username", "").strip(), form.get("password", ""))
        if found is not None:
            response = Response.redirect(own(form.get("next", "")) or link_maker(datasette, request)("/review"), status=303)
            actor = {"id": form["username"].strip(), "name": found.name, "reviews": found.mark}
            session = {"a": actor, "e": baseconv.base62.encode(int(time.time()) + HOURS * 3600)}
            secure = request.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
            response.set_cookie("ds_actor", datasette.sign(session, "actor"), max_age=HOURS * 3600, httponly=True, secure=secure)
            return response
        wrong = True
    on = own(form.get("next", ""))
    other = link_maker(datasette, request)(SIGN_IN, lang="en" if interface.lang == "zh" else "zh", **({"next": on} if on else {}))
    return await render(
        datasette,
        request,
        interface,
        "password_login.html",
        status=403 if wrong else 200,
        error=wrong,
        next=on,
        in_other_language=other,
    )


async def let_in(site: ReviewedBy, account: str, password: str) -> reviewers.Reviewer | None:
    """Who has this account and password; whoever guesses waits, and everybody else who guesses behind them."""
    found = await asyncio.to_thread(lambda: reviewers.verified(accounts(site), account, password))
    if found is None:
        async with site.guessing:
            await asyncio.sleep(SLOWLY)
    return found


def own(address: str) -> str:
    """An address within this site, or nothing: no form leads elsewhere."""
    fits = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable() and not address.startswith(SIGN_IN)
    return address if fits else ""


async def form_of(request: Request) -> dict[str, list[str]]:
    """The fields of a form, each with all that was sent under its name."""
    size = request.headers.get("content-length", "")
    if not size.isdigit() or int(size) > LARGEST_FORM:
        raise Refused("review_too_large", 413)
    return parse_qs((await request.post_body()).decode("utf-8", "replace"), keep_blank_values=True)


def single(form: dict[str, list[str]]) -> dict[str, str]:
    return {name: values[-1] for name, values in form.items() if values}
