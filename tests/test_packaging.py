"""What is shipped: the wheel's content, the lock, and that nothing names the machine it was made on."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
import urllib.request
import venv
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def tracked() -> list[Path]:
    """The files of the project as git knows them, so that a stray file of a working tree is not asked about."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    return set(ZipFile(wheel).namelist())


def test_the_wheel_holds_ingest_and_kb_only(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names} == {"ingest", "kb", f"circular_kb-{VERSION}.dist-info"}


def test_the_wheel_holds_every_tracked_file_of_the_packages(names: set[str]) -> None:
    packaged = {path.relative_to(ROOT).as_posix() for path in tracked()}
    assert {name for name in packaged if name.startswith(("ingest/", "kb/"))} <= names


def test_the_wheel_holds_what_demo_and_serve_need(names: set[str]) -> None:
    examples = {f"kb/_data/examples/{path.name}" for path in (ROOT / "examples").iterdir()}
    assert examples | {"kb/_data/metadata.json"} <= names


def test_the_wheel_holds_no_leftovers(names: set[str]) -> None:
    assert not {name for name in names if "__pycache__" in name or name.endswith((".db", ".pyc", ".orig"))}


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own: the dependencies are borrowed from this one, `ingest` and `kb` come from the wheel."""
    place = tmp_path_factory.mktemp("venv")
    venv.create(place, with_pip=False)
    site = next((place / "lib").glob("python*")) / "site-packages"
    ZipFile(wheel).extractall(site)
    (site / "borrowed.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")), encoding="utf-8")
    return place / "bin" / "python"


def output(*command: object, cwd: Path) -> str:
    """What a command prints, away from this checkout."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run([str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


CIRCULARS = "from kb.cli import circulars; circulars(prog_name='circulars')"


def test_an_installed_wheel_imports_its_own_files(python: Path, tmp_path: Path) -> None:
    found = output(python, "-c", "import ingest, kb; print(ingest.__file__, kb.__file__)", cwd=tmp_path)
    assert all(str(python.parents[1]) in path for path in found.split())


def test_an_installed_wheel_tells_its_version(python: Path, tmp_path: Path) -> None:
    assert VERSION in output(python, "-c", CIRCULARS, "--version", cwd=tmp_path)


def test_an_installed_wheel_shows_the_demo(python: Path, tmp_path: Path) -> None:
    assert "2027-02-25" in output(python, "-c", CIRCULARS, "demo", "--no-serve", cwd=tmp_path)


def test_an_installed_wheel_serves_its_demo(python: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(python), "-c", CIRCULARS, "demo", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        assert next(line for line in server.stderr if "Serving" in line)
        try:
            for path, told in (("/?on=2027-02-01", "nominate at least two Report Officers"), ("/static/circulars.css", "color-scheme")):
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
                    assert told in answer.read().decode()
        finally:
            server.send_signal(signal.SIGINT)
    assert server.returncode == 0


def test_a_checker_of_types_reads_the_installed_packages(python: Path, tmp_path: Path) -> None:
    (tmp_path / "used.py").write_text("from ingest.pipeline import read\n\nreveal_type(read)\n", encoding="utf-8")
    command = ["--python-executable", str(python), "--cache-dir", str(tmp_path / "cache"), "--follow-imports", "silent", "used.py"]
    told = output(sys.executable, "-m", "mypy", *command, cwd=tmp_path)
    assert "-> ingest.model.Expression" in told


def test_the_source_distribution_makes_the_same_wheel(names: set[str], tmp_path: Path) -> None:
    output(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    shutil.unpack_archive(next(tmp_path.glob("*.tar.gz")), tmp_path)
    source = tmp_path / f"circular_kb-{VERSION}"
    output(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, source, cwd=tmp_path)
    assert set(ZipFile(next(tmp_path.glob("*.whl"))).namelist()) == names


@pytest.mark.parametrize("name", ["requirements.lock", "bench/peers/requirements.lock", "tools/mcp/requirements.lock"])
def test_the_lock_holds_hashes_and_no_address(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    assert not re.search(r"\w+://|--(extra-)?index|--find-links", lock)
    pins = re.findall(r"^[a-z0-9][\w.-]*==[^\s]+(?: ; [^\\\n]+)? \\\n    --hash=sha256:", lock, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", lock, re.MULTILINE))


def required() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names if not name.startswith("circular-kb")]
    return sorted({re.split(r"[<>=!~ \[;]", name)[0].lower() for name in project["dependencies"] + extras})


def test_the_lock_pins_what_pyproject_asks_for() -> None:
    pinned = re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    assert set(required()) - set(pinned) == set()


def imported(path: Path) -> set[str]:
    """The packages from outside that a module imports or, found by `find_spec`, reads data of."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= set(re.findall(r"find_spec\(\"(\w+)\"\)", path.read_text("utf-8")))
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"ingest", "kb"}


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = [
        name for extra, names in project["optional-dependencies"].items() if extra not in {"dev", "docs", "notebook"} for name in names
    ]
    declared = {re.split(r"[<>=]", name)[0] for name in project["dependencies"] + optional}
    providers = packages_distributions()
    found = {
        name for path in tracked() if path.suffix == ".py" and path.parts[len(ROOT.parts)] in {"ingest", "kb"} for name in imported(path)
    }
    parsers = {"lxml"}  # beautifulsoup4 loads it by its name
    assert {re.sub("[_.]", "-", providers[name][0].lower()) for name in found} | parsers == declared


def test_no_tracked_file_names_a_home_or_the_place_of_this_checkout() -> None:
    texts = {path: path.read_bytes().decode("utf-8", "replace") for path in tracked()}
    assert [path for path, text in texts.items() if re.search(r"/(?:root|Users/\w+|home/\w+)/", text) or str(ROOT) in text] == []
