"""Who may import whom: read from the source, so that an import inside a function counts as well."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OUTSIDE = {"sqlite3", "sqlite_utils", "datasette", "click", "rich", "urllib", "requests", "httpx", "http", "socket", "kb"}
PURE = ("kb.checks", "kb.pairs", "kb.obligations", "kb.matters", "kb.report")
IMPURE = ("sqlite3", "sqlite_utils", "datasette", "click", "kb.store", "kb.migrations", "kb.cli", "kb.plugin")
FORBIDDEN_ON_A_SITE = ("ingest", "kb.store", "kb.checks", "kb.pairs", "kb.obligations", "kb.report", "kb.cli")
WRITERS = {"kb/store.py", "kb/migrations.py"}
WRITING_CALLS = {"insert_all", "upsert", "upsert_all", "executemany", "executescript", "create_view", "add_column", "enable_fts"}
WRITING = re.compile(
    r"\b(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+[\w\"\[\]{}]+\s+SET|DELETE\s+FROM"
    r"|(CREATE|DROP|ALTER)\s+(UNIQUE\s+|TEMP\s+|VIRTUAL\s+)*(TABLE|VIEW|INDEX|TRIGGER))\b",
    re.IGNORECASE,
)


def modules(*parts: str) -> list[Path]:
    """The module of that name, or every module below the package of that name."""
    path = ROOT.joinpath(*parts)
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(source: str) -> set[str]:
    """Every module that a source names in an import; of `from a import b` both `a` and `a.b`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def within(name: str, packages: set[str] | tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def statements(source: str) -> list[str]:
    """The strings of a source without its docstrings: where SQL can stand."""
    tree = ast.parse(source)
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    ]


def test_ingest_knows_no_database_network_or_command_line() -> None:
    found = {(named(path), name) for path in modules("ingest") for name in imports(path.read_text("utf-8"))}
    assert {pair for pair in found if within(pair[1], OUTSIDE)} == set()


def test_the_model_imports_nothing_of_ours() -> None:
    assert not {name for name in imports((ROOT / "ingest/model.py").read_text("utf-8")) if within(name, ("ingest", "kb"))}


def reached(roots: tuple[str, ...]) -> list[Path]:
    """The modules of kb with these names, and all modules of kb that they need."""
    todo, done = [path for name in roots for path in modules(*name.split("."))], set[Path]()
    while todo:
        path = todo.pop()
        if path not in done and path.exists():
            done.add(path)
            names = [name for name in imports(path.read_text("utf-8")) if within(name, ("kb",)) and name != "kb"]
            todo += [ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in names]
            todo += [ROOT.joinpath(*name.split("."), "__init__.py") for name in names]
    return sorted(done)


def test_what_compares_is_there() -> None:
    assert {ROOT / "kb/pairs.py", ROOT / "kb/obligations.py", ROOT / "kb/report.py"} <= set(reached(PURE))


@pytest.mark.parametrize("path", reached(PURE), ids=named)
def test_what_compares_sees_the_model_the_calendar_and_levelled_text_only(path: Path) -> None:
    found = imports(path.read_text("utf-8"))
    ours = {name for name in found if within(name, ("ingest",)) and name != "ingest"}
    assert not {name for name in ours if not within(name, ("ingest.model", "ingest.calendar", "ingest.text"))}
    assert not {name for name in found if within(name, IMPURE)}


@pytest.mark.parametrize("path", [*modules("kb", "plugin"), *modules("kb", "site")], ids=named)
def test_a_published_site_needs_neither_pipeline_nor_rules(path: Path) -> None:
    assert not {name for name in imports(path.read_text("utf-8")) if within(name, FORBIDDEN_ON_A_SITE)}


READERS = [path for path in modules("kb") if named(path) not in WRITERS]


def test_only_the_store_and_the_migrations_write_sql() -> None:
    found = [(named(path), text) for path in READERS for text in statements(path.read_text("utf-8"))]
    assert [pair for pair in found if WRITING.search(pair[1])] == []


def test_only_the_store_and_the_migrations_call_what_writes() -> None:
    called = {
        (named(path), node.func.attr)
        for path in READERS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert {pair for pair in called if pair[1] in WRITING_CALLS} == set()


def test_the_store_and_the_migrations_do_write_sql() -> None:
    texts = [text for name in WRITERS for text in statements((ROOT / name).read_text("utf-8"))]
    assert [text for text in texts if WRITING.search(text)]


@pytest.mark.parametrize(
    ("sql", "writes"),
    [
        ("insert into fact values (?)", True),
        ("INSERT OR IGNORE INTO fact VALUES (?)", True),
        ("update [obligation] set state = ?", True),
        ("create virtual table search using fts5(text)", True),
        ("delete from fact", True),
        ("select updated from circular", False),
        ("create a database with circulars add", False),
        ("update of the schedule", False),
    ],
)
def test_writing_sql_is_recognised(sql: str, writes: bool) -> None:
    assert bool(WRITING.search(sql)) is writes
