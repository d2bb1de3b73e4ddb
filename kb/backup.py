"""A copy of a knowledge base that is whole, also while another process writes to it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from ingest.errors import BadDatabase
from kb import doctor, store


def backup(path: Path, target: Path, *, force: bool = False) -> None:
    """Copy the knowledge base at `path` to `target` and look the copy through; a file that is there is replaced by `force` only.

    The copy is what the knowledge base was at one moment: SQLite's own backup reads all of it in one go, and under its log
    nobody who writes has to wait. It appears under its name when it is written and found whole, and not before.
    """
    store.refuse_place(path)
    store.refuse_place(target)
    if not path.exists():
        raise BadDatabase(f"{path}: no such database")
    if target.exists():
        replaceable(path, target, force=force)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.absolute().parent)
    os.close(handle)
    part = Path(name)
    try:
        copy(path, part)
        if wrong := doctor.damaged(part):
            raise BadDatabase(f"{path}: the copy is not whole: {wrong}; `circulars doctor --db {path}` says more")
        settle(part, target, force=force)
    finally:
        for left in (part, *(part.with_name(f"{part.name}{end}") for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)


def replaceable(path: Path, target: Path, *, force: bool) -> None:
    """A BadDatabase where this file must not be written over."""
    if target.samefile(path):
        raise BadDatabase(f"{target}: is the knowledge base itself")
    if not force:
        raise BadDatabase(f"{target}: is there already; --force writes over it")
    log = target.with_name(f"{target.name}-wal")
    if log.exists() and log.stat().st_size:
        raise BadDatabase(f"{target}: is in use, its log lies beside it")


def copy(path: Path, part: Path) -> None:
    """All pages at one moment, as one file without a log beside it."""
    with store.plain_errors(path), closing(doctor.opened(path).conn) as source, closing(sqlite3.connect(part)) as made:
        source.backup(made)
        made.execute("PRAGMA journal_mode = DELETE")
    with part.open("rb") as written:
        os.fsync(written.fileno())


def settle(part: Path, target: Path, *, force: bool) -> None:
    """Give the copy its name; without `force` not even over a file that has appeared meanwhile."""
    part.chmod(0o666 & ~umask())
    if not force:
        try:
            target.touch(exist_ok=False)
        except FileExistsError as error:
            raise BadDatabase(f"{target}: is there already; --force writes over it") from error
    part.replace(target)


def umask() -> int:
    """What new files are not allowed; it can be read only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
