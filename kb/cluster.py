"""The same reading on other machines: files go to a Dask cluster, answers come back, and this program alone writes.

Each task is a few files, as bytes: the workers need `circular-kb` and no access to the files. They read in confined
processes of their own, so a hostile file ends one of those and not the worker. A task whose worker is lost is given to
another one by Dask; since only answers are kept, no file is added twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ingest import isolation
from ingest.errors import CircularError, UnreadableSource
from ingest.messages import Job, heard, told
from ingest.settings import Settings
from kb import reading

if TYPE_CHECKING:
    from ingest.isolation import Answer

FILES, FEWEST, BYTES = 16, 4, 4_000_000
"""A task is so many files; fewer, but not less than four, if they have so many bytes."""

AHEAD = 4
"""So many tasks for each thread of the cluster are on their way."""

PATIENCE = 10
"""Seconds until a cluster that does not answer is given up."""

Task = list[Job | UnreadableSource]


def answers(files: Iterable[Path], how: Settings, address: str) -> Iterator[Answer]:
    """What each file says, read on the cluster at `tcp://host:port`; in the order of the files."""
    with connected(address) as client:
        waiting = iter(tasks(reading.loaded(files, how)))
        limit = AHEAD * max(1, sum(client.nthreads().values()))
        pending: deque[tuple[Task, Any]] = deque()
        while True:
            while len(pending) < limit and (task := next(waiting, None)) is not None:
                jobs = [job for job in task if isinstance(job, Job)]
                pending.append((task, client.submit(read, jobs, how, pure=False) if jobs else None))
            if not pending:
                return
            yield from gathered(*pending.popleft(), address)


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A connection to a cluster; that there is none, or no Dask, is a CircularError."""
    try:
        from distributed import Client
    except ImportError as error:
        raise CircularError("--dask needs Dask: pip install 'circular-kb[dask]'") from error
    connect: Any = Client
    try:
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CircularError(f"{address}: no Dask scheduler answers there; expected tcp://host:port") from error
    with client:
        if not client.nthreads():
            raise CircularError(f"{address}: this cluster has no workers")
        yield client


def tasks(jobs: Iterable[Job | UnreadableSource]) -> Iterator[Task]:
    """Files a few at a time."""
    task: Task = []
    size = 0
    for job in jobs:
        task.append(job)
        size += len(job.data) if isinstance(job, Job) else 0
        if len(task) >= FILES or (len(task) >= FEWEST and size >= BYTES):
            yield task
            task, size = [], 0
    if task:
        yield task


def read(jobs: list[Job], how: Settings) -> list[bytes]:
    """What a worker runs: the answer to each file."""
    alone = msgspec.structs.replace(how, threads=how.threads or 1)  # a cluster runs as many tasks at a time as it has threads
    found = zip(jobs, isolation.read(jobs, alone), strict=True)
    return [told(lambda *_, answer=answer: iter(answer), job, how) for job, answer in found]


def gathered(task: Task, future: Any, address: str) -> Iterator[Answer]:
    """The answers to one task, when they are there."""
    from distributed import KilledWorker

    try:
        told = iter(future.result() if future is not None else ())
    except KilledWorker:
        told = None
    except Exception as error:
        raise CircularError(f"{address}: the cluster cannot read files: {type(error).__name__}: {error}") from error
    for job in task:
        if isinstance(job, UnreadableSource):
            yield (job,)
        elif told is None:
            yield (UnreadableSource(job.path, "every worker of the cluster that read it, or its neighbours, was lost"),)
        else:
            yield heard(job.path, next(told))
