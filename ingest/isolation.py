"""Untrusted files are parsed in other processes, with limits on memory, time and output; what comes back is data.

One file that is over a limit, crashes its reader or cannot be read is one UnreadableSource; the others go on. Answers come
in the order of the files, whichever is done first, so what is made of them does not depend on the number of workers.
`ingest.keeper` is the other side, `ingest.confine` what its workers may not do.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain, count, islice
from typing import TYPE_CHECKING

import msgspec

from ingest.errors import CircularError, UnreadableSource
from ingest.messages import CONTROL, NO_ANSWER, READ, UNREAD, Job, Order, heard, one_line, pack, received, send, told
from ingest.settings import Settings, spare

if TYPE_CHECKING:
    from ingest.model import Expression

    Answer = tuple[Expression | UnreadableSource, ...]
    Said = tuple[str, bytes] | UnreadableSource  # the name of a file and the answer about it, or why it was not even asked about

PARSE = "ingest.pipeline:parse_all"
DRAW = "ingest.drawing:draw"
PNG = b"\x89PNG\r\n\x1a\n"

PENDING, PENDING_BYTES = 256, 64_000_000
"""So many files, and bytes of them, are on their way at a time."""

MANY = 32
"""From so many files on it pays to load every rule before the workers start."""

START = "import json, sys; i, o, name, us, sys.path[:] = json.loads(sys.argv[1]); from ingest.keeper import keep; keep(i, o, name, us)"


def read(jobs: Iterable[Job | UnreadableSource], how: Settings, workers: int = 1, parse: str = PARSE) -> Iterator[Answer]:
    """What each file says: an expression for each circular in it, an error for each part that cannot be read; in their order.

    An answer is never empty, and what could not even be loaded keeps its place. `parse` is `module:function` of what runs on
    the bytes. A CircularError says that no file can be read at all. Without `how.isolate` all happens here, without limits.
    """
    for one in _answers(jobs, how, workers, parse):
        yield (one,) if isinstance(one, UnreadableSource) else heard(*one)


def draw(path: str, wanted: bytes, how: Settings) -> bytes:
    """A page as PNG, drawn as `ingest.drawing` says; an UnreadableSource tells why there is none."""
    (one,) = _answers([Job(path, wanted)], how, 1, DRAW)
    if isinstance(one, UnreadableSource):
        raise one
    _, said = one
    if said[:1] == READ and said[1:].startswith(PNG):
        return said[1:]
    raise UnreadableSource(path, one_line(said[1:].decode("utf-8", "replace")) if said[:1] == UNREAD else NO_ANSWER)


def _answers(jobs: Iterable[Job | UnreadableSource], how: Settings, workers: int, parse: str) -> Iterator[Said]:
    """What is said about each file."""
    if not how.isolate:
        yield from _here(jobs, how, parse)
        return
    coming = iter(jobs)
    first = next(coming, None)
    if first is None:
        return
    line = Line.free.pop() if parse == PARSE and Line.free else Line(parse)
    clean = False
    try:
        yield from line.answers(chain([first], coming), how, workers)
        clean = True
    finally:
        if clean and parse == PARSE:
            Line.free.append(line)
        else:
            line.close()


def _here(jobs: Iterable[Job | UnreadableSource], how: Settings, parse: str) -> Iterator[Said]:
    """The same without other processes: for files that are trusted, for debugging, and inside a sandbox of one's own."""
    module, _, function = parse.partition(":")
    run = getattr(import_module(module), function)
    for job in jobs:
        if isinstance(job, UnreadableSource):
            yield job
            continue
        try:
            yield job.path, told(run, job, how)
        except UnreadableSource as error:
            yield error


class Line:
    """The connection to a keeper. Free ones are used again, so that a program pays for the start once."""

    free: list[Line] = []  # noqa: RUF012 - shared on purpose

    def __init__(self, parse: str) -> None:
        theirs, self.to = os.pipe()
        self.back, outbox = os.pipe()
        arguments = json.dumps([theirs, outbox, parse, os.getpid(), sys.path])
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, with a program of our own
            [sys.executable, "-c", START, arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs, outbox),
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # a process with threads cannot fork safely
            start_new_session=True,  # Ctrl-C is for the program that asks; when it goes, so does the keeper
        )
        os.close(theirs)
        os.close(outbox)
        self.received = received(self.back)
        self.numbers = count(CONTROL + 1)
        self.asked = False

    def answers(self, jobs: Iterator[Job | UnreadableSource], how: Settings, workers: int) -> Iterator[Said]:
        """Answers in order; meanwhile more files are on their way."""
        self.asked = True
        first = list(islice(jobs, MANY))
        how = msgspec.structs.replace(how, threads=how.threads or spare(min(workers, len(first))))
        self.say(CONTROL, msgspec.msgpack.encode(Order(workers=workers, warm=len(first) == MANY, how=how)))
        coming = chain(first, jobs)
        pending: deque[tuple[int, str, int] | UnreadableSource] = deque()
        done: dict[int, bytes] = {}
        size = 0
        while True:
            while len(pending) < PENDING and size < PENDING_BYTES and (job := next(coming, None)) is not None:
                if isinstance(job, UnreadableSource):
                    pending.append(job)
                    continue
                number = next(self.numbers)
                pending.append((number, job.path, len(job.data)))
                size += len(job.data)
                self.say(number, msgspec.msgpack.encode(job))
            if not pending:
                return
            head = pending.popleft()
            if isinstance(head, UnreadableSource):
                yield head
                continue
            number, path, length = head
            while number not in done:
                arrived, body = self.hear()
                done[arrived] = body
            size -= length
            yield path, done.pop(number)

    def say(self, number: int, body: bytes) -> None:
        """Send a message; the keeper always listens."""
        try:
            send(self.to, pack(number, body))
        except BrokenPipeError:
            self.hear()

    def hear(self) -> tuple[int, bytes]:
        """The next answer. That there is none, or one about no file, is a CircularError."""
        number, body = next(self.received, (CONTROL, b"the process that keeps the readers has ended"))
        if number == CONTROL:
            raise CircularError(body.decode("utf-8", "replace"))
        return number, body

    def close(self) -> None:
        """End the keeper and its workers."""
        os.close(self.to)
        os.close(self.back)
        if not self.asked:
            self.process.kill()  # it is still loading, and has no workers yet
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def prepare() -> None:
    """Let a keeper load while we do something else, if files are sure to come."""
    if not Line.free:
        Line.free.append(Line(PARSE))


def close() -> None:
    """End the processes that wait for more files."""
    while Line.free:
        Line.free.pop().close()


atexit.register(close)
os.register_at_fork(after_in_child=Line.free.clear)
