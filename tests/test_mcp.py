"""A published site answers the Model Context Protocol as docs/mcp.md says, and lets nobody change it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ingest.issuers import houses
from kb import intake, resources, store
from kb.publish import publish

ROOT = Path(__file__).parents[1]
DATASETTE = ROOT / "build" / "mcp" / "bin" / "datasette"
PAGE = (ROOT / "docs" / "mcp.md").read_text("utf-8")

if not DATASETTE.exists() and os.environ.get("CIRCULARS_REQUIRE_MCP") != "1":
    pytest.skip("datasette-mcp is not here; `make mcp` installs it and runs these", allow_module_level=True)


class Client:
    """The protocol as it stands on the wire: JSON-RPC over HTTP."""

    def __init__(self, address: str) -> None:
        self.address, self.session, self.asked = address, "", 0
        self.server = self.ask("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "test", "version": "1"})
        self.post({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def post(self, message: dict[str, Any]) -> str:
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        headers |= {"Mcp-Session-Id": self.session} if self.session else {}
        request = urllib.request.Request(self.address, json.dumps(message).encode(), headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            self.session = answer.headers.get("Mcp-Session-Id") or self.session
            return str(answer.read().decode())

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self.asked += 1
        said = self.post({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params})
        events = [line.removeprefix("data:") for line in said.splitlines() if line.startswith("data:")]
        found: dict[str, Any] = json.loads(events[-1] if events else said)["result"]
        return found

    def tool(self, name: str, **arguments: Any) -> Any:
        """What a tool gives, or its error in words."""
        answer = self.ask("tools/call", name=name, arguments=arguments)
        return answer["content"][0]["text"] if answer["isError"] else answer["structuredContent"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, published and set up as the page says."""
    assert DATASETTE.exists(), "CIRCULARS_REQUIRE_MCP=1, but there is no datasette-mcp"
    place = tmp_path_factory.mktemp("mcp")
    with store.open_db(place / "base.db") as db:
        intake.add(db, sorted(path for path in resources.examples().iterdir() if path.suffix != ".md"), houses())
    publish(place / "base.db", place / "site")
    metadata = place / "site" / "metadata.json"
    (told,) = re.findall(r"^```json\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    metadata.write_text(json.dumps({**json.loads(metadata.read_text("utf-8")), **json.loads(told)}), "utf-8")
    return place / "site"


@contextmanager
def served(site: Path, *options: str) -> Iterator[Client]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(DATASETTE), "serve", str(site), "--port", str(port), *options]
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield client(f"http://127.0.0.1:{port}/-/mcp", server)
        finally:
            server.terminate()
            server.communicate(timeout=60)


def client(address: str, server: subprocess.Popen[str]) -> Client:
    """Somebody who asks, as soon as the server is up."""
    for _ in range(300):
        try:
            return Client(address)
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, server.stderr and server.stderr.read()
            time.sleep(0.1)
    raise AssertionError("the site does not start")


@pytest.fixture(scope="module")
def assistant(site: Path) -> Iterator[Client]:
    with served(site) as asking:
        yield asking


def test_the_page_has_each_tool_and_no_other(assistant: Client) -> None:
    named = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(named) == sorted(tool["name"] for tool in assistant.ask("tools/list")["tools"])


def test_every_named_query_is_listed_and_none_of_them_writes(assistant: Client) -> None:
    (database,) = json.loads(resources.metadata().read_text("utf-8"))["databases"].values()
    listed = assistant.tool("list_canned_queries")["queries"]
    assert {query["name"] for query in listed} == database["queries"].keys()
    assert not any(query["write"] for query in listed)


def test_what_is_due_comes_with_its_quote(assistant: Client) -> None:
    answer = assistant.tool("execute_canned_query", database="circulars", query="due_soon", parameters={"on": "2027-03-01"})
    rows = [(row["due"], row["number"], row["quote"]) for row in answer["rows"]]
    assert ("2027-03-18", "CD/OES/SEOCH/005/2027", "no later than 5:30 p.m. on 18 March 2027 (Thursday)") in rows


def test_what_does_not_agree_comes_with_both_quotes(assistant: Client) -> None:
    answer = assistant.tool("execute_canned_query", database="circulars", query="findings_in_words", parameters={})
    told = json.dumps(answer["rows"], ensure_ascii=False)
    assert "18 March 2027 (Thursday)" in told
    assert "2027年3月19日（星期五）" in told


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("due_by_party", {"on": "2027-01-15"}),
        ("due_soon", {"on": "2027-01-15"}),
        ("findings_in_words", {}),
        ("who_binds", {"party": "CPs"}),
    ],
)
def test_the_queries_that_the_page_proposes_can_be_asked(assistant: Client, query: str, asked: dict[str, str]) -> None:
    assert f"`{query}`" in PAGE
    assert assistant.tool("execute_canned_query", database="circulars", query=query, parameters=asked)["rows"]


def test_a_published_site_takes_no_sql(assistant: Client) -> None:
    assert "permission" in assistant.tool("execute_sql", database="circulars", sql="select 1")


def test_where_sql_is_on_it_can_be_read_and_nothing_else(site: Path) -> None:
    before = (site / "circulars.db").read_bytes()
    with served(site, "--setting", "default_allow_sql", "on") as assistant:
        answer = assistant.tool("execute_sql", database="circulars", sql="select count(*) as n from circulars")
        assert answer["rows"] == [{"n": 2}]
        for sql in ("delete from deadlines", "drop view upcoming", "attach 'other.db' as other", "insert into houses values ('X')"):
            assert isinstance(assistant.tool("execute_sql", database="circulars", sql=sql), str), sql
        assert assistant.tool(
            "execute_sql",
            database="circulars",
            sql="with recursive n(i) as (select 1 union all select i + 1 from n) select i from n limit 2500",
        )["truncated"]
    assert (site / "circulars.db").read_bytes() == before
