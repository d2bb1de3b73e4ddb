"""What a file may do to its reader, for the tests of isolation: the text of a file says what happens when it is read."""

from __future__ import annotations

import ctypes
import mmap
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.errors import UnreadableSource
from ingest.model import Expression, Source
from ingest.settings import Settings


def spin() -> str:
    while time:
        pass
    return "done"


def sleep() -> str:
    time.sleep(600)
    return "awake"


def rest() -> str:
    time.sleep(2)
    return "rested"


def swallow() -> str:
    return str(len(bytearray(10**10)))


def swallow_in_steps() -> str:
    held = []
    while time:
        held.append(bytearray(10**7))
    return "held"


def map_memory() -> str:
    return str(len(mmap.mmap(-1, 10**10)))


def crash() -> str:
    ctypes.string_at(0)
    return "alive"


def leave() -> str:
    os._exit(0)


def die() -> str:
    os.kill(os.getpid(), 9)
    return "alive"


def fail() -> str:
    raise ValueError("two\nlines")


def recurse() -> str:
    return recurse()


def flood() -> str:
    return "x" * 70_000_000


def forge() -> str:
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\xff" * 64)
        except OSError:
            continue
    time.sleep(600)
    return "forged"


def leave_a_child() -> str:
    if not os.fork():
        time.sleep(600)
    os._exit(1)


def connect() -> str:
    return str(socket.create_connection(("127.0.0.1", 9), 1))


def connect_elsewhere() -> str:
    program = "import socket; socket.create_connection(('127.0.0.1', PORT), 1); print('connected')".replace(
        "PORT", os.environ["HOSTILE_PORT"]
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False).stdout or "nothing"


def write() -> str:
    Path(os.environ["HOSTILE_FILE"]).write_text("x", "utf-8")
    return "written"


def write_elsewhere() -> str:
    place = os.environ["HOSTILE_FILE"]
    libc = ctypes.CDLL(None)
    descriptor = libc.open(place.encode(), os.O_WRONLY | os.O_CREAT, 0o600)
    written = libc.write(descriptor, b"x", 1) if descriptor >= 0 else -1
    return f"made {Path(place).exists()}, wrote {written}"


def remove_elsewhere() -> str:
    return str(ctypes.CDLL(None).unlink(os.environ["HOSTILE_FILE"].encode()))


def limits() -> str:
    import resource

    return " ".join(str(resource.getrlimit(one)[0]) for one in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_AS))


def descriptors() -> str:
    return str(len([*Path("/proc/self/fd").iterdir()]) - 1)


def process() -> str:
    return str(os.getpid())


def threads() -> str:
    return str(len([*Path("/proc/self/task").iterdir()]))


def grow() -> str:
    return str(len(bytearray(b"x") * 300_000_000))


DEEDS: dict[str, Callable[[], str]] = {
    deed.__name__: deed
    for deed in (
        spin,
        sleep,
        rest,
        swallow,
        swallow_in_steps,
        map_memory,
        crash,
        leave,
        die,
        fail,
        recurse,
        flood,
        forge,
        leave_a_child,
        connect,
        connect_elsewhere,
        write,
        write_elsewhere,
        remove_elsewhere,
        limits,
        descriptors,
        process,
        grow,
        threads,
    )
}


def parse(data: bytes, path: Path, how: Settings) -> Iterator[Expression | UnreadableSource]:
    """Do what the text says; any other text is what the expression says."""
    deed = data.decode()
    if deed == "refuse":
        yield UnreadableSource(f"{path}/part", "no")
        return
    text = DEEDS[deed]() if deed in DEEDS else deed
    yield Expression(source=Source(path=str(path), sha256=deed, media_type="text/plain"), lang="en", text=text)
