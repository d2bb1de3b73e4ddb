"""From files to knowledge: what is found is read, kept, paired, compared and turned into obligations, batch by batch.

Each batch is one transaction, from the first expression to the last obligation: whatever stops the program, a circular
is either not there or there with all that follows from it.
"""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from sqlite_utils import Database

from ingest import formats
from ingest.errors import UnreadableSource
from ingest.model import TIME_LIMIT, Expression, House, Source, Value
from ingest.settings import Settings, settings
from kb import checks, lives, pairs, reading, store, threads
from kb.reading import typed
from kb.store import MAIL, Copy

if TYPE_CHECKING:
    from ingest.isolation import Answer

Reader = Callable[[Iterable[Path]], "Iterator[Answer]"]
"""What reads files: an answer to each, in their order."""

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
SUFFIXES = frozenset((".txt", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".docm", ".dotx", ".eml", *PICTURES))
"""What is taken from a folder, besides whatever begins as a PDF, a page or a mail does. A file that is named itself is read in any case."""

LITTER = frozenset(("thumbs.db", "desktop.ini"))
"""What file managers leave in a folder, besides hidden files."""

BATCH = 50

REACH = store.Reach(pairs.TOGETHER.days, pairs.MANY_DATES, pairs.MOST_TEXT, pairs.MOST_FACTS, pairs.COUNTED)
"""Which of the circulars that are there are looked at for each new one."""


class Found(Value, frozen=True, kw_only=True):
    """The files that some names stand for, the names that stand for nothing, and what is left in the folders: of no kind that is read."""

    files: tuple[Path, ...]
    failed: tuple[UnreadableSource, ...]
    left: tuple[Path, ...] = ()


class Summary(Value, frozen=True, kw_only=True):
    """What came of an addition; those read `again` were read before by another edition of the reader.

    `copies` of the unchanged ones are copies of others, kept by their paths from now on.
    `touched` are decisions of people that fitted before it and no longer do, in words. `left` lay in a folder and is of no kind that is
    read.
    """

    read: int = 0
    again: int = 0
    unchanged: int = 0
    copies: int = 0
    failed: tuple[UnreadableSource, ...] = ()
    touched: tuple[str, ...] = ()
    left: tuple[Path, ...] = ()


# Which files ---------------------------------------------------------------------------------------------------------


def collect(names: Iterable[str]) -> Found:
    """Files as named, folders with all below them, and patterns (`inbox/**/*.html`) that the shell left alone; each file once."""
    files: dict[str, Path] = {}
    failed: list[UnreadableSource] = []
    left: dict[str, Path] = {}
    for name in names:
        for found in candidates(name):
            if isinstance(found, Left):
                left.setdefault(os.path.realpath(found.path), found.path)
            elif isinstance(found, Path):
                files.setdefault(os.path.realpath(found), found)
            else:
                failed.append(found)
    return Found(files=tuple(files.values()), failed=tuple(failed), left=tuple(path for place, path in left.items() if place not in files))


class Left(NamedTuple):
    """Something in a folder that is of no kind that is read, or a folder behind a link."""

    path: Path


def candidates(name: str) -> Iterator[Path | Left | UnreadableSource]:
    """The files that one name stands for, or why there is none."""
    path = Path(name)
    if path.is_dir():
        yield from inside(path)
    elif not os.path.lexists(path) and glob.has_magic(name):
        matches = [found for match in sorted(glob.glob(name, recursive=True)) for found in candidates(match)]  # noqa: PTH207 - takes absolute patterns too
        yield from matches or [UnreadableSource(name, "no file matches")]
    else:
        yield refused(path) or path


def inside(folder: Path) -> Iterator[Path | Left | UnreadableSource]:
    """The circulars below a folder, by their suffix or their first bytes, and what else lies there.

    Hidden files and folders, and what other programs leave behind, are passed over; links to folders are not followed, so no two
    folders can hold one another.
    """
    unreadable: list[OSError] = []
    found: list[Path] = []
    left: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=unreadable.append):
        left += [Path(place, name) for name in folders if not name.startswith(".") and Path(place, name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".") and not serves(name, files)]
        for path in (Path(place, name) for name in files if not is_litter(name)):
            (found if path.suffix.lower() in SUFFIXES or begins_known(path) else left).append(path)
    yield from (refused(path) or path for path in sorted(found))
    yield from map(Left, sorted(left))
    for error in unreadable:
        yield UnreadableSource(error.filename, error.strerror or str(error))
    if not found and not unreadable:
        yield UnreadableSource(folder, f"no circulars in this folder; looked for {', '.join(sorted(SUFFIXES))}")


def is_litter(name: str) -> bool:
    """Whether this is a hidden file, or one that another program has left behind (`~$circular.docx` is Word's note that it is open)."""
    return name.startswith((".", "~$")) or name.lower() in LITTER


def begins_known(path: Path) -> bool:
    """Whether a file of another name (`notice.aspx`, a download without a suffix) begins as one that is read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as stream:
            return formats.begins(stream.read(formats.HEAD), path.name)
    except OSError:
        return False


def serves(folder: str, files: Iterable[str]) -> bool:
    """Whether a browser made this folder for the pictures of a page that it saved beside it."""
    stem = folder.removesuffix("_files")
    return stem != folder and any(f"{stem}{suffix}" in files for suffix in (".html", ".htm"))


def refused(path: Path) -> UnreadableSource | None:
    """Why this is no file that can be read twice, once for its hash and once for its text; None where it is."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return UnreadableSource(path, error.strerror or str(error))
    return None if stat.S_ISREG(mode) else UnreadableSource(path, "not a regular file")


# Into the database ---------------------------------------------------------------------------------------------------


def add(
    db: Database, files: Sequence[Path], houses: Mapping[str, House], read: Reader | None = None, step: Callable[[], None] = lambda: None
) -> Summary:
    """Add files to a knowledge base; one that cannot be read does not stop the others. `step` is called after each file.

    What is kept, and in which order, depends on the files and their order only: not on how many of them are read at a time.
    """
    store.put_houses(db, houses)
    addition = Addition(db, houses, read or reader(settings()), step)
    known = set(lives.touched(db))
    while files:
        files = addition.take(files)
    touched = tuple(told for told in lives.touched(db) if told not in known)
    return msgspec.structs.replace(addition.summary(), touched=touched)


def reader(how: Settings, workers: int = 1) -> Reader:
    """What reads files on this machine, so many of them at a time."""
    return partial(reading.answers, how=how, workers=workers)


def remote(how: Settings, address: str) -> Reader:
    """What reads files on a Dask cluster."""
    from kb import cluster

    return partial(cluster.answers, how=how, address=address)


class Addition:
    """What has come of the files so far."""

    def __init__(self, db: Database, houses: Mapping[str, House], read: Reader, step: Callable[[], None]) -> None:
        self.db, self.houses, self.read, self.step = db, houses, read, step
        self.base = Path(store.place(db)).parent
        self.failed: dict[Path, list[UnreadableSource]] = {}
        self.unread: dict[str, Path] = {}
        self.counts: Counter[str] = Counter()
        self.done: set[Path] = set()

    def take(self, files: Sequence[Path]) -> list[Path]:
        """Read and keep those whose bytes are new; gives those that have to be looked at again afterwards."""
        fresh: dict[str, Path] = {}
        twins: list[Path] = []
        copies: list[Copy] = []
        for file in files:
            self.failed.setdefault(file, [])  # so that errors are told in the order of the files
            try:
                sha256 = hashed(file)
            except UnreadableSource as error:
                self.refuse(file, [error])
                continue
            if sha256 in self.unread:
                self.refuse(file, [renamed(error, self.unread[sha256], file) for error in self.failed[self.unread[sha256]]])
            elif store.known(self.db, sha256):
                copy = Copy(sha256, near(typed(file), self.base))
                if store.is_new_place(self.db, copy):
                    copies.append(copy)
                self.counts["unchanged"] += 1
                self.tick(file)
            elif sha256 in fresh:
                twins.append(file)
            else:
                fresh[sha256] = file
        # Before the others: `a` may have changed, and `b` be a copy of the old `a`, which goes on being known by it.
        self.copy(copies)
        self.keep(fresh)
        return twins

    def tick(self, file: Path) -> None:
        """One more file is done; one that is looked at again was."""
        if file not in self.done:
            self.done.add(file)
            self.step()

    def refuse(self, file: Path, errors: Iterable[UnreadableSource]) -> None:
        """A file is done with that says nothing."""
        self.failed[file] += errors
        self.tick(file)

    def copy(self, copies: Sequence[Copy]) -> None:
        """Keep where else known files lie."""
        if copies:
            self.counts["copies"] += len(copies)
            with store.writing(self.db):
                relate(self.db, store.add(self.db, (), copies=copies), self.houses)

    def keep(self, fresh: Mapping[str, Path]) -> None:
        """Read these files, given by their hashes, and keep what they say, one batch a transaction."""
        answers = zip(fresh.items(), self.read(fresh.values()), strict=True)
        while batch := list(islice(answers, BATCH)):
            expressions: dict[str, Expression] = {}
            copies: list[Copy] = []
            mails: list[store.Mail] = []
            for (sha256, file), answer in batch:
                found = [one for one in answer if isinstance(one, Expression)]
                self.failed[file] += (one for one in answer if isinstance(one, UnreadableSource))
                if not found:
                    self.unread[sha256] = file
                elif any(one.source.media_type == MAIL or one.source.path != typed(file) for one in found):
                    source = Source(path=near(typed(file), self.base), sha256=sha256, media_type=MAIL)
                    whole = len(found) == len(answer) and not any(map(is_partial, found))
                    mails.append(store.Mail(source, [one.source.sha256 for one in found], whole=whole))
                for one in found:
                    new = one.source.sha256 not in expressions and not store.known(self.db, one.source.sha256)
                    outdated = new and store.is_outdated(self.db, one.source.sha256)
                    self.counts["again" if outdated else "read" if new else "unchanged"] += 1
                    told = placed(one, self.base)
                    if expressions.setdefault(one.source.sha256, told).source.path != told.source.path:
                        copies.append(Copy(one.source.sha256, told.source.path))
                self.tick(file)
            with store.writing(self.db):
                relate(self.db, store.add(self.db, expressions.values(), mails, copies), self.houses)

    def summary(self) -> Summary:
        failed = tuple(error for errors in self.failed.values() for error in errors)
        read, again, unchanged, copies = (self.counts[name] for name in ("read", "again", "unchanged", "copies"))
        return Summary(read=read, again=again, unchanged=unchanged, copies=copies, failed=failed)


def is_partial(expression: Expression) -> bool:
    """Whether time was up before every page was read."""
    return any(warn.code == TIME_LIMIT for warn in expression.warnings)


def renamed(error: UnreadableSource, first: Path, file: Path) -> UnreadableSource:
    """The error of a file with the same bytes, or of a part of it, with the name of this one."""
    return UnreadableSource(f"{file}{error.path.removeprefix(typed(first))}", error.reason)


def hashed(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableSource(file, error.strerror or str(error)) from error


def placed(expression: Expression, base: Path) -> Expression:
    """The expression with its path as seen from the database."""
    source = msgspec.structs.replace(expression.source, path=near(expression.source.path, base))
    return msgspec.structs.replace(expression, source=source)


def near(name: str, base: Path) -> str:
    """A path as seen from the database, so that neither depends on where the command was typed."""
    path = Path(os.path.abspath(name))  # noqa: PTH100 - a link keeps its own name: what it points to may change
    return typed(path.relative_to(base) if path.is_relative_to(base) else path)


# What follows --------------------------------------------------------------------------------------------------------


def relate(db: Database, added: store.Added, houses: Mapping[str, House]) -> None:
    """Pairs, findings and obligations for what an addition changed."""
    circulars = {*added.circulars, *pair(db, added.expressions, houses)}
    for number in added.expressions:
        store.put_findings(db, number, checks.inside(store.expression(db, number), houses))
    threads.follow(db, circulars)
    threads.oblige(db, circulars)


def pair(db: Database, fresh: Sequence[int], houses: Mapping[str, House]) -> set[int]:
    """Pair the new expressions with each other and with what is there, and compare each pair; gives the circulars that grew or were parted.

    A pair that was kept gives way where a far better partner comes later, as it would have done had both come together.
    """
    if not fresh:
        return set()
    near = store.neighbours(db, fresh, REACH)
    numbers = [stored.id for stored in near]
    told = [stored.expression for stored in near]
    places = {number: place for place, number in enumerate(numbers)}
    known = [(places[left], places[right], relation) for left, right, relation in store.pairs_among(db, numbers)]
    found = pairs.find_new(told, houses, {places[number] for number in fresh if number in places}, known)
    rows = store.put_pairs(db, numbers, found)
    gone = store.settle(db, {numbers[end] for one in found for end in (one.left, one.right)}, pairs.FAR_BETTER)
    dropped = {(left, right) for left, right, _ in gone}
    changed = [circular for left, right, relation in gone if relation == "translation" for circular in store.part(db, left, right)]
    for one, row in zip(found, rows, strict=True):
        left, right = numbers[one.left], numbers[one.right]
        if (left, right) in dropped:
            continue
        store.put_findings(db, left, checks.compare(told[one.left], told[one.right], houses).findings, row)
        if one.relation == "translation" and store.link(db, left, right):
            changed.append(store.circular_of(db, left))
    return {circular for circular in changed if store.exists(db, circular)}
