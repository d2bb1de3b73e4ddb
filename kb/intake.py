"""From files to knowledge: what is found is read, kept, paired, compared and turned into obligations, batch by batch.

Each batch is one transaction, from the first expression to the last obligation: whatever stops the program, a circular
is either not there or there with all that follows from it.
"""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import msgspec
from sqlite_utils import Database

from ingest.errors import BadDatabase, CircularError, UnreadableSource
from ingest.model import Expression, House, Value
from ingest.pipeline import read, read_all
from kb import checks, pairs, store
from kb.obligations import obligations

SUFFIXES = frozenset((".txt", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".docm", ".dotx", ".eml"))
"""What is taken from a folder. A file that is named itself is read whatever it is called."""

BATCH = 50


class Found(Value, frozen=True, kw_only=True):
    """The files that some names stand for, and the names that stand for nothing."""

    files: tuple[Path, ...]
    failed: tuple[UnreadableSource, ...]


class Summary(Value, frozen=True, kw_only=True):
    """What came of an addition."""

    read: int = 0
    unchanged: int = 0
    failed: tuple[UnreadableSource, ...] = ()


# Which files ---------------------------------------------------------------------------------------------------------


def collect(names: Iterable[str]) -> Found:
    """Files as named, folders with all below them, and patterns (`inbox/**/*.html`) that the shell left alone; each file once."""
    files: dict[str, Path] = {}
    failed: list[UnreadableSource] = []
    for name in names:
        for found in candidates(name):
            if isinstance(found, Path):
                files.setdefault(os.path.realpath(found), found)
            else:
                failed.append(found)
    return Found(files=tuple(files.values()), failed=tuple(failed))


def candidates(name: str) -> Iterator[Path | UnreadableSource]:
    """The files that one name stands for, or why there is none."""
    path = Path(name)
    if path.is_dir():
        yield from inside(path)
    elif not os.path.lexists(path) and glob.has_magic(name):
        matches = [found for match in sorted(glob.glob(name, recursive=True)) for found in candidates(match)]  # noqa: PTH207 - takes absolute patterns too
        yield from matches or [UnreadableSource(name, "no file matches")]
    else:
        yield refused(path) or path


def inside(folder: Path) -> Iterator[Path | UnreadableSource]:
    """The circulars below a folder, by their suffix; hidden files and folders are left out."""
    unreadable: list[OSError] = []
    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in files if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES]
    yield from sorted(found)
    for error in unreadable:
        yield UnreadableSource(error.filename, error.strerror or str(error))
    if not found and not unreadable:
        yield UnreadableSource(folder, f"no circulars in this folder; looked for {', '.join(sorted(SUFFIXES))}")


def refused(path: Path) -> UnreadableSource | None:
    """Why this is no file that can be read twice, once for its hash and once for its text; None where it is."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return UnreadableSource(path, error.strerror or str(error))
    return None if stat.S_ISREG(mode) else UnreadableSource(path, "not a regular file")


# Into the database ---------------------------------------------------------------------------------------------------


def add(db: Database, files: Sequence[Path], houses: Mapping[str, House], step: Callable[[], None] = lambda: None) -> Summary:
    """Add files to a knowledge base; one that cannot be read does not stop the others. `step` is called after each file."""
    base = Path(store.place(db)).parent
    summary = Summary()
    store.put_houses(db, houses)
    remaining = iter(files)
    while batch := list(islice(remaining, BATCH)):
        fresh: dict[str, Expression] = {}
        for file in batch:
            summary = taken(db, file, base, fresh, summary)
            step()
        with store.writing(db):
            relate(db, store.add(db, fresh.values()), houses)
    return summary


def taken(db: Database, file: Path, base: Path, fresh: dict[str, Expression], summary: Summary) -> Summary:
    """The summary after one more file, whose expressions join the fresh ones unless its bytes are known."""
    try:
        sha256 = hashed(file)
        if sha256 in fresh or store.known(db, sha256):
            return msgspec.structs.replace(summary, unchanged=summary.unchanged + 1)
        found = list(told_all(file))
    except BadDatabase:
        raise
    except CircularError as error:
        found = [error if isinstance(error, UnreadableSource) else UnreadableSource(file, str(error))]
    failed = tuple(one for one in found if isinstance(one, UnreadableSource))
    expressions = [one for one in found if isinstance(one, Expression)]
    for one in expressions:
        fresh.setdefault(one.source.sha256, placed(one, base))
    return msgspec.structs.replace(summary, read=summary.read + len(expressions), failed=(*summary.failed, *failed))


def told(file: Path) -> Expression:
    """What a file with one circular says; an error names the file as it was typed, and so does the expression as far as it is text."""
    return named(read(file), file)


def told_all(file: Path) -> Iterator[Expression | UnreadableSource]:
    """What each circular in a file says, or why a part of it cannot be read; named as in `told`, parts below their file."""
    for one in read_all(file):
        yield named(one, Path(one.source.path)) if isinstance(one, Expression) else one


def hashed(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableSource(file, error.strerror or str(error)) from error


def placed(expression: Expression, base: Path) -> Expression:
    """The expression with its path as seen from the database, so that neither depends on where the command was typed."""
    path = Path(os.path.abspath(expression.source.path))  # noqa: PTH100 - a link keeps its own name: what it points to may change
    near = path.relative_to(base) if path.is_relative_to(base) else path
    return named(expression, near)


def named(expression: Expression, path: Path) -> Expression:
    """The expression with this path; a name that is not UTF-8 shows a mark where it is not."""
    source = msgspec.structs.replace(expression.source, path=os.fsencode(path).decode("utf-8", "replace"))
    return msgspec.structs.replace(expression, source=source)


# What follows --------------------------------------------------------------------------------------------------------


def relate(db: Database, added: store.Added, houses: Mapping[str, House]) -> None:
    """Pairs, findings and obligations for what an addition changed."""
    circulars = {*added.circulars, *pair(db, added.expressions, houses)}
    for number in added.expressions:
        store.put_findings(db, number, checks.inside(store.expression(db, number), houses))
    for circular in sorted(circulars):
        oblige(db, circular)


def pair(db: Database, fresh: Sequence[int], houses: Mapping[str, House]) -> set[int]:
    """Pair the new expressions with each other and with what is there, and compare each pair; gives the circulars that grew."""
    if not fresh:
        return set()
    near = store.neighbours(db, fresh)
    numbers = [stored.id for stored in near]
    told = [stored.expression for stored in near]
    new = set(fresh)
    found = [one for one in pairs.find(told, houses) if numbers[one.left] in new or numbers[one.right] in new]
    for one, row in zip(found, store.put_pairs(db, numbers, found), strict=True):
        comparison = checks.compare(told[one.left], told[one.right], houses)
        store.put_findings(db, numbers[one.left], comparison.findings, row)
    linked = [one.left for one in found if one.relation == "translation" and store.link(db, numbers[one.left], numbers[one.right])]
    return {store.circular_of(db, numbers[left]) for left in linked}


def oblige(db: Database, circular: int) -> None:
    """Work out the obligations of a circular anew, if it is still there."""
    parts = store.of_circular(db, circular)
    if parts:
        store.put_obligations(db, circular, [part.id for part in parts], obligations([part.expression for part in parts]))
