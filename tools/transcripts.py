"""Run the commands of a page in the order in which they stand there, and put below each what it prints on a terminal.

A block in ```console is a session: a line that begins with `$ ` is typed, what follows is the answer. All blocks of a page
are one session, in a folder of its own that is empty at first. Other blocks are files, where a comment above says so:

    <!-- file: PATH -->    the block is the whole file
    <!-- append: PATH -->  the block goes below what the file holds
    <!-- change: PATH -->  the block is a diff without line numbers; what it takes away has to stand there once

Paths below `ingest` and `kb` lie in a copy of the project, which `circulars` is run from then; others in the folder.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
STEP = re.compile(
    r"^<!-- (?P<how>file|append|change): (?P<path>\S+) -->\n```\w*\n(?P<body>.*?)^```$|^```console\n(?P<typed>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
OURS = ("ingest", "kb")
SERVES = re.compile(r"^circulars serve\b")
PROGRESS = re.compile(r"^\w+ ━+.*\n+", re.MULTILINE)
PORT = "8001"
WIDTH, HEIGHT = 100, 500
SECONDS = 120


class Failed(Exception):
    """A command of a page does not do what the page says it does."""


@contextmanager
def session(*, copied: bool = False) -> Iterator[Path]:
    """An empty folder in which `circulars` is this one, or is run from a copy of the project beside the folder."""
    with tempfile.TemporaryDirectory(prefix="tutorial-") as made:
        root = Path(made) / "project" if copied else ROOT
        if copied:
            for name in (*OURS, "examples"):
                shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
            shutil.copy(ROOT / "metadata.json", root)
        tools = Path(made) / "bin"
        tools.mkdir()
        command = tools / "circulars"
        command.write_text(f"#!/bin/sh\nPYTHONPATH='{root}' exec '{sys.executable}' -c '{CIRCULARS}' \"$@\"\n", encoding="utf-8")
        command.chmod(0o755)
        (place := Path(made) / "work").mkdir()
        yield place


CIRCULARS = 'from kb.cli import circulars; circulars(prog_name="circulars")'


def environment(place: Path) -> dict[str, str]:
    """A terminal of a fixed width without colours, and none of our own variables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CIRCULARS_", "PYTEST_", "PYTHON"))}
    shown = {"TERM": "dumb", "COLUMNS": str(WIDTH), "LINES": str(HEIGHT), "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    return {**kept, **shown, "PATH": f"{place.parent / 'bin'}{os.pathsep}{kept['PATH']}", "HOME": str(place.parent)}


def typed(command: str, place: Path, until: Callable[[str], bool] = lambda _: False) -> tuple[str, int]:
    """What a command prints on a terminal, and its exit status; one that prints what `until` waits for is ended by Ctrl-C."""
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        ["/bin/sh", "-c", command],
        cwd=place,
        env=environment(place),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    said = bytearray()
    ended = False
    while select.select([ours], [], [], SECONDS)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # how Linux tells that the other end is closed
            break
        if not piece:
            break
        said += piece
        if not ended and until(said.decode("utf-8", "replace")):
            ended = True
            os.killpg(started.pid, signal.SIGINT)
    os.close(ours)
    try:
        status = started.wait(SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)
        raise Failed(f"`{command}` does not end") from None
    return said.decode("utf-8").replace("\r\n", "\n"), status


def answer(command: str, place: Path, served: Callable[[str], None]) -> str:
    """What a page shows below a command. A server runs on a free port until `served` has looked at its address."""
    if not SERVES.match(command):
        said, status = typed(command, place)
        if status > 1:  # 1 is what a comparison that finds something says
            raise Failed(f"`{command}` ended with status {status}: {said}")
        return said
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])

    def up(said: str) -> bool:
        if "Ctrl-C" not in said:
            return False
        served(f"http://127.0.0.1:{port}")
        return True

    said, _ = typed(f"exec {command} --port {port}", place, up)
    return said.partition("\n")[0].replace(port, PORT) + "\n"


def shown(said: str, place: Path) -> str:
    """An answer as a page shows it: no colours, no bars that tell how fast it was, no spaces at ends of lines, no place of this machine."""
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said).replace(str(place.resolve()), ".").replace(str(place), ".")
    plain = PROGRESS.sub("", plain)
    return "".join(f"{line.rstrip()}\n" for line in plain.strip("\n").split("\n")) if plain.strip() else ""


def put(how: str, path: str, body: str, place: Path) -> None:
    """Do what a page says with a file."""
    ours = path.split("/", maxsplit=1)[0] in OURS
    target = (place.parent / "project" if ours else place) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if how == "file":
        target.write_text(body, "utf-8")
    elif how == "append":
        target.write_text(f"{target.read_text('utf-8').rstrip()}\n\n\n{body}", "utf-8")
    else:
        target.write_text(changed(target.read_text("utf-8"), body, path), "utf-8")


def changed(text: str, diff: str, path: str) -> str:
    """A text with a diff applied; where what stands before it is not found exactly once, the page is out of date."""
    lines = [line for line in diff.splitlines() if line]
    before = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
    after = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
    if text.count(before) != 1:
        raise Failed(f"{path}: what is to be changed stands there {text.count(before)} times:\n{before}")
    return text.replace(before, after)


def run(text: str, served: Callable[[str], None] = lambda _: None) -> str:
    """A page with every answer as it is now."""
    copied = any((path or "").split("/")[0] in OURS for path in (step["path"] for step in STEP.finditer(text)))
    with session(copied=copied) as place:

        def renewed(step: re.Match[str]) -> str:
            if step["how"]:
                put(step["how"], step["path"], step["body"], place)
                return step[0]
            commands = re.findall(r"^\$ (.*)$", step["typed"], re.MULTILINE)
            return "```console\n" + "".join(f"$ {command}\n{shown(answer(command, place, served), place)}" for command in commands) + "```"

        return STEP.sub(renewed, text)


def pages() -> list[Path]:
    """The pages that hold a session."""
    return [page for page in sorted((ROOT / "docs").glob("*.md")) if BLOCK.search(page.read_text("utf-8"))]


def main() -> None:
    """Rewrite every answer in place."""
    for page in pages():
        text = page.read_text("utf-8")
        if (new := run(text)) != text:
            page.write_text(new, "utf-8")
            print(f"{page.relative_to(ROOT)} rewritten")


if __name__ == "__main__":
    main()
