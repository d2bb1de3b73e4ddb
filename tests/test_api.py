"""What programs are told of the site, held against what it answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from site_fixture import filled, get

from kb import serve, store


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("api") / "matter.db")


@pytest.fixture(scope="module")
def site(path: Path) -> Any:
    return serve.datasette_for(path)


@pytest.fixture(scope="module")
def told(site: Any) -> dict[str, Any]:
    found: dict[str, Any] = get(site, "/openapi.json").json()
    return found


def test_the_description_is_valid_and_its_operations_have_names_of_their_own(told: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(told).validate()
    names = [one["get"]["operationId"] for one in told["paths"].values()]
    assert len(names) == len(set(names)) > 60
    assert all(one["get"]["summary"] for one in told["paths"].values())


def test_every_table_view_query_and_feed_is_described(told: dict[str, Any], path: Path) -> None:
    metadata = serve.metadata()["databases"]["circulars"]
    hidden = {name for name, about in metadata["tables"].items() if about.get("hidden")}
    with store.open_to_read(path) as db:
        names = {*db.table_names(), *db.view_names(), *metadata["queries"]} - hidden
    names = {name for name in names if "_fts" not in name and not name.startswith("sqlite_")}
    assert {one.removeprefix("/circulars/") for one in told["paths"] if one.startswith("/circulars/")} == {f"{name}.json" for name in names}
    assert {one for one in told["paths"] if one.startswith("/feeds/")} == {
        *("/feeds/obligations.ics", "/feeds/circulars.atom", "/feeds/changes.atom", "/feeds/findings.atom")
    }


def test_every_answer_is_as_it_is_described(told: dict[str, Any], site: Any) -> None:
    rows = 0
    for address, described in told["paths"].items():
        asked = described["get"]["parameters"]
        chosen = {one["name"]: one["schema"].get("enum", [""])[0] for one in asked if one.get("required")}
        answer = get(site, address, params=chosen)
        assert answer.status_code == 200, address
        ((kind, content),) = described["get"]["responses"]["200"]["content"].items()
        assert answer.headers["content-type"].partition(";")[0] == kind
        if kind == "application/json":
            Draft202012Validator(content["schema"]).validate(answer.json())
            rows += len(answer.json()["rows"] if isinstance(answer.json(), dict) else answer.json())
    assert rows > 100


def test_a_column_is_a_filter(told: dict[str, Any], site: Any) -> None:
    names = {one["name"] for one in told["paths"]["/circulars/deadlines.json"]["get"]["parameters"]}
    assert {"relation", "due", "_search", "_next", "_size"} <= names
    found = get(site, "/circulars/deadlines.json?_shape=objects&relation=before").json()["rows"]
    assert {row["relation"] for row in found} == {"before"}


def test_the_way_around_leads_somewhere(site: Any) -> None:
    answer = get(site, "/llms.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("# Circulars\n\n> ")
    ways = re.findall(r"\]\(http://localhost([^)]+)\)", answer.text)
    assert len(ways) > 60
    for way in ways:
        assert get(site, way).status_code == 200, way
    assert not re.search("[㐀-鿿]", answer.text)
