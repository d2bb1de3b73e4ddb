"""Files that leave a knowledge base: taken out with all that they said, or gone from the disk and still told of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import CircularError
from ingest.model import House, Value
from kb import intake, lives, store

if TYPE_CHECKING:
    from sqlite_utils import Database


class Forgotten(Value, frozen=True, kw_only=True):
    """The paths that were taken out, and the decisions of people that no longer fit by that, in words."""

    paths: tuple[store.Dropped, ...]
    touched: tuple[str, ...]


def forget(db: Database, named: str, houses: Mapping[str, House]) -> Forgotten:
    """Take a file, or all below a folder or e-mail, out of a knowledge base, on the disk or not; what was decided stays in the log.

    A CircularError where nothing of that path is there.
    """
    path = intake.near(named, base_of(db))
    known = set(lives.touched(db))
    with store.writing(db):
        paths, left = store.drop(db, path)
        if not paths:
            raise CircularError(f"{named}: no such file in this knowledge base; it knows files by their paths as seen from {base_of(db)}")
        intake.relate(db, left, houses)
    return Forgotten(paths=tuple(paths), touched=tuple(told for told in lives.touched(db) if told not in known))


def gone(db: Database, names: Iterable[str]) -> list[str]:
    """The files that were added from these folders and are no longer there."""
    base = base_of(db)
    folders = [intake.near(name, base) for name in names if Path(name).is_dir()]
    return [path for folder in folders for path in store.paths_below(db, "" if folder == "." else f"{folder}/") if not there(base / path)]


def base_of(db: Database) -> Path:
    """The folder from which paths are seen: that of the database."""
    return Path(store.place(db)).parent


def there(path: Path) -> bool:
    """Whether a file is on the disk; what is attached to an e-mail is, where the e-mail is."""
    return os.path.lexists(path) or any(parent.is_file() for parent in path.parents)
