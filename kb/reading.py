"""Files are read as typed, away from this process and within limits: what `read`, `check`, `diff` and `add` begin with."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import isolation
from ingest.errors import UnreadableSource
from ingest.loading import load
from ingest.messages import Job
from ingest.settings import Settings

if TYPE_CHECKING:
    from ingest.isolation import Answer
    from ingest.model import Expression


def prepare(how: Settings) -> None:
    """Let what reads files load while we do something else."""
    if how.isolate:
        isolation.prepare()


def answers(files: Iterable[Path], how: Settings, workers: int = 1) -> Iterator[Answer]:
    """What each file says: expressions and errors, never nothing; in the order of the files, so many of them read at a time."""
    return isolation.read(loaded(files, how), how, workers)


def one(file: Path, how: Settings) -> Expression:
    """What a file says that holds one circular. Raises UnreadableSource when there is none, or several (an e-mail)."""
    [found] = answers([file], how)
    told = [part for part in found if not isinstance(part, UnreadableSource)]
    if len(told) > 1:
        raise UnreadableSource(file, f"holds {len(told)} circulars; expected one")
    for expression in told:
        return expression
    raise next(part for part in found if isinstance(part, UnreadableSource))


def loaded(files: Iterable[Path], how: Settings) -> Iterator[Job | UnreadableSource]:
    """The bytes of each file, or why there are none."""
    for file in files:
        try:
            yield Job(typed(file), load(file, how))
        except UnreadableSource as error:
            yield error


def typed(path: Path) -> str:
    """A path as text; where a name is not UTF-8 it shows a mark."""
    return os.fsencode(path).decode("utf-8", "replace")
