"""A published site: whole by itself, started by one command, and without what is nobody else's business."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from site_fixture import filled

from kb import lives, store
from kb.cli import circulars
from kb.publish import MODULES, NEEDED

ROOT = Path(__file__).parents[1]
HIDDEN = "Amy Chan of the client desk"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, ["publish", *map(str, arguments)])


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = filled(tmp_path_factory.mktemp("publish") / "matter.db")
    with store.open_db(path) as db:
        lives.decide(db, "form7", "done", HIDDEN, note="by courier")
        with store.writing(db):
            db.execute("UPDATE sources SET path = '/srv/secret-folder/' || path")
    return path


@pytest.fixture(scope="module")
def site(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites") / "site"
    result = run(folder, "--db", base)
    assert result.exit_code == 0, result.output
    return folder


@contextmanager
def started(site: Path) -> Iterator[str]:
    """The site as its own README starts it, in a process that cannot import the reader or this tree's packages."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = (
        "import sys; sys.modules['ingest'] = None; sys.meta_path[:] = [f for f in sys.meta_path if 'editable' not in repr(f).lower()];"
        f"sys.path[:] = [p for p in sys.path if p != {str(ROOT)!r}]; from datasette.cli import cli; cli()"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-c", program, "serve", str(site), "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=site, stderr=subprocess.PIPE, text=True) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                assert server.poll() is None, server.stderr and server.stderr.read()
                try:
                    urllib.request.urlopen(f"{address}/-/versions.json", timeout=5).close()
                    break
                except urllib.error.URLError:
                    time.sleep(0.1)
            yield address
        finally:
            server.send_signal(signal.SIGINT)


def text(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())


def test_the_site_starts_with_one_command_and_needs_no_reader(site: Path) -> None:
    with started(site) as address:
        assert "submit Form 7" in text(f"{address}/?on=2027-01-01")
        assert "責任事項" in text(f"{address}/circular/1?lang=zh")
        assert "終端機" in text(f"{address}/search?q=%E7%BB%88%E7%AB%AF%E6%9C%BA")
        assert "January 2027" in text(f"{address}/calendar?month=2027-01")
        assert "color-scheme" in text(f"{address}/static/circulars.css")
        assert json.loads(text(f"{address}/circulars/expressions.json?_search=qwertz"))["filtered_table_rows_count"] == 0
        (database,) = [one for one in json.loads(text(f"{address}/-/databases.json")) if one["name"] == "circulars"]
        assert (database["is_mutable"], bool(database["hash"])) == (False, True)
        with pytest.raises(urllib.error.HTTPError, match="403"):
            text(f"{address}/circulars.json?sql=select+1")
        assert "circulars.css" in text(f"{address}/houses")
        plugins = {one["name"] for one in json.loads(text(f"{address}/-/plugins.json"))}
        assert plugins - {"datasette-auth-passwords"} == {"circulars.py"}  # the one for passwords is installed for other tests


def imported(source: str) -> set[str]:
    """The modules that it imports, at its top or inside, but not for types alone."""
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")]
    nodes = list(ast.walk(tree))
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {f"kb.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) and node.module == "kb" for alias in node.names}
    return whole | parts | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_site_holds_the_modules_that_its_pages_import_and_no_others() -> None:
    todo, needed = ["plugin"], {"__init__", "site/__init__"}
    while todo:
        name = todo.pop()
        if name not in needed:
            needed.add(name)
            modules = imported((ROOT / "kb" / f"{name}.py").read_text("utf-8"))
            todo += [module.removeprefix("kb.").replace(".", "/") for module in modules if module.startswith("kb.")]
            assert not {module for module in modules if module.split(".")[0] == "ingest"}
    assert {name for name in MODULES if name.endswith(".py")} == {f"{name}.py" for name in needed}


def test_what_has_to_be_installed_is_what_the_pages_import(site: Path) -> None:
    listed = [line.partition("==")[0] for line in (site / "requirements.txt").read_text().splitlines()]
    assert listed == list(NEEDED)
    modules = set().union(*(imported((site / "lib" / "kb" / name).read_text("utf-8")) for name in MODULES if name.endswith(".py")))
    named = {module.split(".")[0] for module in modules}
    # What datasette itself requires is there with it.
    assert named - set(sys.stdlib_module_names) - {"kb", "jinja2", "markupsafe", "pluggy"} == set(NEEDED)


def test_nobody_elses_business_stays_at_home(site: Path, base: Path, tmp_path: Path) -> None:
    published = (site / "circulars.db").read_bytes()
    assert HIDDEN.encode() in base.read_bytes() + Path(f"{base}-wal").read_bytes() * Path(f"{base}-wal").exists()
    for secret in (HIDDEN, "by courier", "secret-folder"):
        assert secret.encode() not in published
    assert run(tmp_path / "all", "--decisions", "--db", base).exit_code == 0
    assert HIDDEN.encode() in (tmp_path / "all" / "circulars.db").read_bytes()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/srv/in/a.pdf", "a.pdf"),
        ("C:\\in\\a.pdf", "a.pdf"),
        ("in/mail.eml/notice.pdf", "mail.eml/notice.pdf"),
        ("a.pdf", "a.pdf"),
    ],
)
def test_of_a_path_the_name_is_published(path: str, name: str) -> None:
    assert store.name_alone(path) == name


def test_the_knowledge_base_itself_does_not_change(base: Path, tmp_path: Path) -> None:
    with store.open_to_read(base) as db:
        before = list(db.conn.iterdump())
    assert run(tmp_path / "site", "--db", base).exit_code == 0
    with store.open_to_read(base) as db:
        assert list(db.conn.iterdump()) == before


def test_a_folder_of_somebody_else_is_not_touched_and_a_site_only_by_force(site: Path, base: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("years of work")
    for arguments in ((), ("--force",)):
        result = run(other, *arguments, "--db", base)
        assert (result.exit_code, [file.name for file in other.iterdir()]) == (2, ["thesis.txt"])
        assert "no published site" in result.output
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    (copy / "old.txt").write_text("from before")
    assert run(copy, "--db", base).exit_code == 2
    assert (copy / "old.txt").exists()
    assert run(copy, "--force", "--db", base).exit_code == 0
    assert not (copy / "old.txt").exists()
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_what_is_no_knowledge_base_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"\0garbage" * 200)
    result = run(tmp_path / "site", "--db", tmp_path / "x.db")
    assert result.exit_code == 2
    assert [file.name for file in tmp_path.iterdir()] == ["x.db"]
