"""What is said between the program, its keeper and the workers: a number, a length, and so many bytes on a pipe.

Nothing that arrives is unpickled or run. A file goes out as its name and bytes; what it says comes back as lines of the
contract, and is checked against the types of the model.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ingest.errors import UnreadableSource
from ingest.settings import Settings

if TYPE_CHECKING:
    from ingest.model import Expression

HEADER = Struct("<QQ")
CHUNK = 1 << 20

CONTROL = 0
"""The number of a message that is not about a file; files count from 1."""

READ, UNREAD = b"=", b"!"
"""How an answer begins: lines follow, or why there are none."""

NO_ANSWER = "its reader gave an answer that is none"


class Job(NamedTuple):
    """A file to be read. `path` is only a name."""

    path: str
    data: bytes


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """How the files that follow are read. `warm` loads every rule before the first worker starts: good for many files."""

    workers: int = 1
    warm: bool = False
    how: Settings


Parse = Callable[[bytes, Path, Settings], "Iterator[Expression | UnreadableSource] | bytes"]
"""What a worker runs: it gets the bytes of a file, its name and the settings, and opens nothing. Bytes are an answer as they are."""


def told(parse: Parse, job: Job, how: Settings) -> bytes:
    """An answer: a line of the contract for each circular in a file, and path and reason for each part that cannot be read."""
    answer = parse(job.data, Path(job.path), how)
    if isinstance(answer, bytes):
        return READ + answer if len(answer) < how.max_output else UNREAD + too_much(how).encode()
    lines: list[bytes] = []
    size = 1
    for one in answer:
        lines.append(msgspec.json.encode([one.path, one.reason] if isinstance(one, UnreadableSource) else one))
        size += len(lines[-1]) + 1
        if size > how.max_output:
            return UNREAD + too_much(how).encode()
    return READ + b"\n".join(lines)


def heard(path: str, answer: bytes) -> tuple[Expression | UnreadableSource, ...]:
    """What an answer says; it comes from where hostile bytes were read, so what is not of the model's types says nothing."""
    from ingest.contract import parse

    if answer[:1] == UNREAD:
        return (UnreadableSource(path, one_line(answer[1:].decode("utf-8", "replace"))),)
    try:
        lines = answer[1:].splitlines() if answer[:1] == READ else []
        return tuple(parse(line) if line[:1] == b"{" else failed(line) for line in lines) or (UnreadableSource(path, NO_ANSWER),)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return (UnreadableSource(path, NO_ANSWER),)


def failed(line: bytes) -> UnreadableSource:
    """A part of a file that cannot be read, as told."""
    path, reason = msgspec.json.decode(line, type=tuple[str, str])
    return UnreadableSource(path, one_line(reason))


def one_line(reason: str) -> str:
    return " ".join(reason[:1000].split())


# What a limit says ---------------------------------------------------------------------------------------------------


def too_slow(how: Settings) -> str:
    return f"took longer than {how.seconds} s; --timeout or CIRCULARS_SECONDS allows more"


def too_big(how: Settings) -> str:
    return f"needs more than {how.memory / 1e6:g} MB of memory; --memory or CIRCULARS_MEMORY allows more"


def too_much(how: Settings) -> str:
    return f"says more than {how.max_output / 1e6:g} MB; CIRCULARS_MAX_OUTPUT allows more"


# On the pipe ---------------------------------------------------------------------------------------------------------


class TooLong(Exception):
    """A message is announced that is longer than whoever reads wants to hold."""


def pack(number: int, body: bytes) -> bytes:
    """One message as it stands on the pipe."""
    return HEADER.pack(number, len(body)) + body


class Frames:
    """What has arrived so far; messages come out as soon as they are whole. `limit` is the longest body, in bytes."""

    def __init__(self, limit: int | None = None) -> None:
        self.limit = limit
        self.buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Take in what was read; gives the number and the body of each message that is now whole, or raises TooLong."""
        self.buffer += data
        while len(self.buffer) >= HEADER.size:
            number, length = HEADER.unpack_from(self.buffer)
            if self.limit is not None and length > self.limit:
                raise TooLong(length)
            end = HEADER.size + length
            if len(self.buffer) < end:
                return
            body = bytes(self.buffer[HEADER.size : end])
            del self.buffer[:end]
            yield number, body


def send(pipe: int, data: bytes) -> None:
    """Write all of it, however long that takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(pipe, rest[:CHUNK]) :]


def received(pipe: int) -> Iterator[tuple[int, bytes]]:
    """Messages as they arrive, until the other side closes."""
    frames = Frames()
    while data := os.read(pipe, CHUNK):
        yield from frames.feed(data)
