"""What docs/security.md says of sites that is said nowhere else: no address writes, and the tests that it names are there."""

from __future__ import annotations

import asyncio
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from site_fixture import filled

from kb.publish import publish
from kb.serve import datasette_for

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

ADDRESSES = (
    *("/", "/calendar", "/search", "/findings", "/houses", "/gaps", "/overview", "/quality", "/circular/1", "/pair/1", "/circulars"),
    *("/circulars/due_soon", "/circulars/deadlines", "/circulars/deadlines/1", "/circulars/deadlines.json", "/circulars/decisions"),
    *(
        "/feeds/obligations.ics",
        "/feeds/circulars.atom",
        "/openapi.json",
        "/llms.txt",
        "/picture/deadlines/1",
        "/-/metadata",
        "/-/settings",
    ),
)
WRITES = {"sql": "delete from deadlines", "state": "done", "who": "Nobody", "name": "x", "value": "y"}


@pytest.fixture(scope="module", params=["served", "published"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Datasette, Path]:
    place = tmp_path_factory.mktemp("security")
    base = filled(place / "base.db")
    if request.param == "served":
        return datasette_for(base), base
    publish(base, place / "site")
    return Datasette([], config_dir=place / "site"), place / "site" / "circulars.db"


def state(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_writes(site: tuple[Datasette, Path], address: str, method: str) -> None:
    datasette, file = site
    before = state(file)

    async def ask() -> Any:
        return await datasette.client.request(method, f"http://localhost{address}", data=WRITES)

    answer = asyncio.run(ask())
    assert answer.status_code < 500
    assert state(file) == before


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_files_of_the_project_that_a_page_names_are_there(path: Path) -> None:
    named = re.findall(r"`((?:tests|tools|bench|ingest|kb|examples|notebooks)/[\w./-]*\w\.\w+)`", path.read_text("utf-8"))
    made = {"ingest/formats/gzipped.py", "ingest/issuers/hkbc.toml"}  # by whoever follows docs/extending.md
    assert not [name for name in named if name not in made and not (ROOT / name).exists()]
