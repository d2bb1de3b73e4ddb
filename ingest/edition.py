"""Which edition of the reader this is: what was read by another one may say less, or something else, than it would now."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ingest.settings import own_houses

READ_WITH = (".py", ".toml", ".csv")
"""The files that decide what is read: code, rules, houses, calendar."""


@cache
def edition() -> str:
    """A mark that changes with every change of code, rules, houses or calendar: 16 hexadecimal digits."""
    mark = hashlib.sha256()
    for name, file in (*sorted(_below(files("ingest"), "")), *((path.name, path) for path in own_houses())):
        mark.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return mark.hexdigest()[:16]


def _below(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    """The files in a folder and all below it that count, with their names."""
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            found += _below(entry, name)
        elif entry.name.endswith(READ_WITH):
            found.append((name, entry))
    return found
