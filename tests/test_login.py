"""A site that only some may see: every page of ours asks for the same permissions as those of Datasette."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette
from site_fixture import filled

from kb import serve

OURS = ["/", "/circular/1", "/expression/1", "/pair/1", "/search?q=form", "/calendar", "/houses", "/findings", "/gaps"]
PICTURES = ["/picture/deadlines/1", "/picture/deadlines/1.png"]
THEIRS = ["/circulars", "/circulars/circulars", "/circulars/circulars/1.json", "/circulars/due_soon.json"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("login") / "matter.db")


def asked(site: Datasette, path: str, actor: str | None) -> httpx.Response:
    cookies = {"ds_actor": site.sign({"a": {"id": actor}}, "actor")} if actor else {}
    answer: httpx.Response = asyncio.run(site.client.get(path, cookies=cookies))
    return answer


def closed(base: Path, whole: bool) -> Datasette:
    """The site for Amy alone: all of it, or the knowledge base in it."""
    site = serve.datasette_for(base)
    metadata: dict[str, Any] = site._metadata_local
    (metadata if whole else metadata["databases"]["circulars"])["allow"] = {"id": "amy"}
    return site


@pytest.mark.parametrize("path", [*OURS, *PICTURES, *THEIRS])
@pytest.mark.parametrize("whole", [True, False])
def test_nobody_sees_a_page_without_being_let_in(base: Path, whole: bool, path: str) -> None:
    site = closed(base, whole)
    refused = {actor: asked(site, path, actor) for actor in (None, "bob")}
    assert {actor: answer.status_code for actor, answer in refused.items()} == {None: 403, "bob": 403}
    assert not [answer for answer in refused.values() if "Form" in answer.text or "HKSCC" in answer.text]


@pytest.mark.parametrize("path", [*OURS, *THEIRS])
def test_who_is_let_in_sees_every_page(base: Path, path: str) -> None:
    assert asked(closed(base, whole=True), path, "amy").status_code in (200, 302)
