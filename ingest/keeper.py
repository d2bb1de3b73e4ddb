"""The process between us and the workers that parse untrusted files: it forks them, feeds them, and ends those over a limit.

It loads the rules once, so a worker starts in milliseconds; it has one thread, so forking is safe whatever the program
that asks is doing; and it parses nothing itself, so no file can hurt it. When the program that asks goes away, however
that happens, the pipe closes, and keeper and workers end.

    program ── files ──► keeper ── file ──► worker (confined)
            ◄─ answers ─        ◄─ answer ─
"""

from __future__ import annotations

import errno
import gc
import os
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from typing import NoReturn

import msgspec

from ingest.confine import address_space, allow_seconds, confine, leave_network, peak
from ingest.errors import CircularError, UnreadableSource
from ingest.messages import (
    CHUNK,
    CONTROL,
    NO_ANSWER,
    READ,
    UNREAD,
    Frames,
    Job,
    Order,
    Parse,
    TooLong,
    pack,
    received,
    send,
    told,
    too_big,
    too_much,
    too_slow,
)
from ingest.settings import Settings

FILES = 500
"""After so many files a worker is replaced, lest what they leave behind adds up."""

AHEAD = 3
"""So many files lie with a worker at a time: it never waits for the next one."""

ROOM = 16_000_000
"""Bytes without which a worker need not begin: Python itself would fail, and in any way."""

LOOK = 0.5
"""Seconds after which a keeper that is loading looks whether the program that asks is still there."""

GENERATIONS = 20_000, 50
"""So many new objects, and so many times so many, before cycles among them are looked for: a page of 200,000 cells makes millions
of objects, and looking through them as often as Python does by itself takes a quarter of the time that they are read in."""

HELD = 256_000_000
"""No more files are handed out while so many bytes of answers wait to be fetched."""


# A worker ------------------------------------------------------------------------------------------------------------


def work(inbox: int, outbox: int, parse: Parse, how: Settings) -> None:
    """Answer files until there are no more, or until this process has grown old."""
    if address_space() + ROOM > how.memory:
        for number, _ in received(inbox):
            send(outbox, pack(number, UNREAD + too_big(how).encode()))
        return
    confine(how.memory)
    gc.set_threshold(*GENERATIONS)
    for served, (number, body) in enumerate(received(inbox)):
        allow_seconds(how.seconds)
        try:
            begun = msgspec.structs.replace(how, until=time.monotonic() + how.seconds)
            answer = told(parse, Job(*msgspec.msgpack.decode(body, type=tuple[str, bytes])), begun)
        except UnreadableSource as error:
            answer = UNREAD + error.reason.encode("utf-8", "replace")
        except Exception as error:  # noqa: BLE001 - whatever a file does to its reader, it is one line and the others go on
            if not isinstance(error, MemoryError) and getattr(error, "errno", None) != errno.ENOMEM:
                answer = UNREAD + f"its reader failed: {type(error).__name__}: {error}".encode("utf-8", "replace")
            elif served:
                return  # what earlier files left behind may be to blame: the next worker tries again
            else:
                answer = UNREAD + too_big(how).encode()
        send(outbox, pack(number, answer))
        if served + 1 >= FILES or peak() > how.memory // 2:
            return


def crashed(status: int, how: Settings) -> str:
    """What the end of a worker says about the file that it was reading."""
    if not os.WIFSIGNALED(status):
        return f"its reader ended without an answer (status {os.waitstatus_to_exitcode(status)})"
    name = signal.Signals(os.WTERMSIG(status)).name
    if name == "SIGXCPU":
        return too_slow(how)
    if name == "SIGKILL":
        return "its reader was ended from outside, perhaps for want of memory"
    return f"its reader crashed ({name}): damaged, or it {too_big(how)}"


class Worker:
    """A worker as its keeper sees it: pipes to and from it, and the files that lie with it, the first of them being read."""

    def __init__(self, parse: Parse, how: Settings) -> None:
        inbox, self.to = os.pipe()
        self.back, outbox = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            become(parse, how, inbox, outbox)
        os.close(inbox)
        os.close(outbox)
        os.set_blocking(self.to, False)
        self.frames = Frames(limit=how.max_output + 1)
        self.unsent = bytearray()
        self.jobs: deque[Waiting] = deque()
        self.served = 0
        self.since = 0.0

    def take(self, job: Waiting) -> None:
        """Lay one more file with this worker."""
        if not self.jobs:
            self.since = time.monotonic()
        self.jobs.append(job)
        self.unsent += pack(job.number, job.body)
        self.push()

    def push(self) -> None:
        """Send as much as the pipe takes. A worker that has ended is seen by its answers."""
        with suppress(BlockingIOError, BrokenPipeError):
            while self.unsent:
                del self.unsent[: os.write(self.to, bytes(self.unsent[:CHUNK]))]

    def end(self) -> int:
        """End it with all that it started; gives the status with which it ended, by itself if it had already."""
        for kill in (os.killpg, os.kill):
            with suppress(ProcessLookupError, PermissionError):
                kill(self.pid, signal.SIGKILL)
        os.close(self.to)
        os.close(self.back)
        return os.waitpid(self.pid, 0)[1]


def become(parse: Parse, how: Settings, inbox: int, outbox: int) -> NoReturn:
    """Turn a fork of the keeper into a worker: nothing of the keeper's stays open, and nobody hears it but by its answers."""
    try:
        os.setpgid(0, 0)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        low, high = sorted((inbox, outbox))
        os.closerange(3, low)
        os.closerange(low + 1, high)
        os.closerange(high + 1, min(os.sysconf("SC_OPEN_MAX"), 1 << 20))
        sys.dont_write_bytecode = True
        work(inbox, outbox, parse, how)
        os._exit(0)
    finally:
        os._exit(1)


# The keeper ----------------------------------------------------------------------------------------------------------


class Waiting(msgspec.Struct):
    """A file that has no answer yet; `crashes` counts the workers that ended over it."""

    number: int
    body: bytes
    crashes: int = 0


class Keeper:
    """Files in, answers out; in between, as many workers as ordered."""

    def __init__(self, inbox: int, outbox: int, parse: Parse, warm: Callable[[], None]) -> None:
        self.inbox, self.outbox, self.parse, self.warm = inbox, outbox, parse, warm
        self.order = Order(how=Settings())
        self.is_warm = False
        self.frames = Frames()
        self.queue: deque[Waiting] = deque()
        self.workers: list[Worker] = []
        self.unsent: deque[memoryview] = deque()
        self.held = 0

    def run(self) -> None:
        """Work until the program that asks goes away."""
        while True:
            self.hand_out()
            poll = select.poll()
            poll.register(self.inbox, select.POLLIN)
            if self.unsent:
                poll.register(self.outbox, select.POLLOUT)
            for worker in self.workers:
                poll.register(worker.back, select.POLLIN)
                if worker.unsent:
                    poll.register(worker.to, select.POLLOUT)
            ready = {pipe for pipe, _ in poll.poll(self.patience())}
            if self.inbox in ready and not self.listen():
                return
            if self.outbox in ready and not self.tell():
                return
            for worker in tuple(self.workers):
                if worker.to in ready:
                    worker.push()
                if worker.back in ready:
                    self.hear(worker)
                if worker in self.workers and self.left(worker) <= 0:
                    self.give_up(worker, too_slow(self.order.how))

    def left(self, worker: Worker) -> float:
        """Seconds that a worker has left for its file."""
        return worker.since + self.order.how.seconds - time.monotonic() if worker.jobs else float("inf")

    def patience(self) -> float | None:
        """Milliseconds until the first worker is over its time; None while none is at work."""
        soonest = min(map(self.left, self.workers), default=float("inf"))
        return None if soonest == float("inf") else max(0.0, soonest * 1000) + 1

    def hand_out(self) -> None:
        """Lay files with workers: first with an idle one, then with a new one, then ahead."""
        while self.queue and self.held < HELD:
            worker = min(self.workers, key=lambda one: len(one.jobs), default=None)
            if (worker is None or worker.jobs) and len(self.workers) < self.order.workers:
                worker = Worker(self.parse, self.order.how)
                self.workers.append(worker)
            if worker is None or len(worker.jobs) >= AHEAD or worker.unsent:
                return
            worker.take(self.queue.popleft())

    def listen(self) -> bool:
        """Take in what the program sends; False when it has gone."""
        data = os.read(self.inbox, CHUNK)
        for number, body in self.frames.feed(data):
            if number == CONTROL:
                self.follow(msgspec.msgpack.decode(body, type=Order))
            else:
                self.queue.append(Waiting(number, body))
        return bool(data)

    def follow(self, order: Order) -> None:
        """Read what comes next as ordered; workers that were made for other limits end. Nobody is at work now."""
        if order.how != self.order.how or order.workers < len(self.workers):
            self.end()
        if order.warm and not self.is_warm:
            self.is_warm = True
            self.warm()
            gc.collect()
            gc.freeze()  # the collector touches every object, and touched pages are no longer shared with the workers
        self.order = order

    def tell(self) -> bool:
        """Send as much as the pipe takes; False when nobody reads it any more."""
        try:
            while self.unsent:
                sent = os.write(self.outbox, self.unsent[0][:CHUNK])
                self.held -= sent
                self.unsent[0] = self.unsent[0][sent:]
                if not self.unsent[0]:
                    self.unsent.popleft()
        except BlockingIOError:
            pass
        except BrokenPipeError:
            return False
        return True

    def answer(self, number: int, body: bytes) -> None:
        """Put an answer on its way."""
        message = pack(number, body)
        self.held += len(message)
        self.unsent.append(memoryview(message))

    def hear(self, worker: Worker) -> None:
        """Take in what a worker says. It has read hostile bytes: what it says is passed on, never believed."""
        data = os.read(worker.back, CHUNK)
        if not data:
            self.bury(worker)
            return
        try:
            for number, body in worker.frames.feed(data):
                if not worker.jobs or worker.jobs[0].number != number or body[:1] not in (READ, UNREAD):
                    self.give_up(worker, NO_ANSWER)
                    return
                worker.jobs.popleft()
                worker.served += 1
                worker.since = time.monotonic()
                self.answer(number, body)
        except TooLong:
            self.give_up(worker, too_much(self.order.how))

    def give_up(self, worker: Worker, reason: str) -> None:
        """End a worker; the file that it was reading is to blame, the others that lay with it are read by another one."""
        self.workers.remove(worker)
        worker.end()
        if worker.jobs:
            self.answer(worker.jobs.popleft().number, UNREAD + reason.encode())
        self.queue.extendleft(reversed(worker.jobs))

    def bury(self, worker: Worker) -> None:
        """A worker has ended: of old age, by its file, or from outside.

        Its file gets a second try where something else may be to blame: what the worker had read before, or who killed it.
        """
        self.workers.remove(worker)
        status = worker.end()
        if worker.jobs and not (status == 0 and worker.served):
            first = worker.jobs[0]
            first.crashes += 1
            killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            if first.crashes > 1 or not (worker.served or killed):
                self.answer(worker.jobs.popleft().number, UNREAD + crashed(status, self.order.how).encode())
        self.queue.extendleft(reversed(worker.jobs))

    def end(self) -> None:
        """End all workers."""
        for worker in self.workers:
            worker.end()
        self.workers.clear()


@contextmanager
def ending_with(parent: int) -> Iterator[None]:
    """End when the program that asks does, also while this process is too busy with loading to see its pipe close."""

    def look(*_: object) -> None:
        if os.getppid() != parent:
            os._exit(0)

    look()  # it may be gone already
    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _warmed(parent: int, warm: Callable[[], None]) -> None:
    with ending_with(parent):
        warm()


def keep(inbox: int, outbox: int, name: str, parent: int) -> NoReturn:
    """Be the keeper of that process; `name` is `module:function` of what the workers run. A module's `warm` loads what they share."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_network()
    try:
        module, _, function = name.partition(":")
        with ending_with(parent):
            found = import_module(module)
        keeper = Keeper(inbox, outbox, getattr(found, function), partial(_warmed, parent, getattr(found, "warm", lambda: None)))
    except (CircularError, ImportError, AttributeError) as error:
        send(outbox, pack(CONTROL, str(error).encode("utf-8", "replace")))
        os._exit(2)
    os.set_blocking(outbox, False)
    try:
        keeper.run()
    finally:
        keeper.end()
    os._exit(0)
