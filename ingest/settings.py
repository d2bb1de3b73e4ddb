"""What reading may cost, and how: every limit and switch with its default, in one place.

Each has a variable in the environment (`CIRCULARS_SECONDS=10`), and the ones that users change have a flag.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ingest.errors import CircularError

PREFIX = "CIRCULARS_"
MOST_DIGITS = 15  # of a limit: a thousand terabytes, and what every part of a system can count


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Limits for one file, and how it is read.

    `max_bytes` of the file, `max_pages` read of it, `max_inflated` bytes that a Word file unpacks to, `max_parts` of an e-mail
    and `max_depth` of mails within mails, `max_output` bytes of what is told of it, `max_pixels` of a picture, `seconds` of wall
    clock and of processor time, `memory` bytes of address space. `password` opens an encrypted PDF; `ocr` tells whether pages
    without text are recognised where the extra is installed, `ocr_garbage` whether those whose text makes no sense are too,
    `ocr_compare` whether all are, to tell the numbers in which text and picture differ;
    `threads` on how many threads, 0 for as many as there are idle cores; `isolate` whether files are read in processes of
    their own. `until` is no setting but the moment of the monotonic clock by which the file at hand has to be read.
    """

    max_bytes: int = 20_000_000
    max_pages: int = 500
    max_inflated: int = 64_000_000
    max_parts: int = 100
    max_depth: int = 5
    max_output: int = 64_000_000
    max_pixels: int = 40_000_000
    seconds: int = 30
    memory: int = 1_000_000_000
    password: str | None = None
    ocr: bool = True
    ocr_garbage: bool = False
    ocr_compare: bool = False
    threads: int = 0
    isolate: bool = True
    until: float | None = None


HOUSES = f"{PREFIX}HOUSES"


def own_houses(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """The user's own house files, by name: those in the folder that CIRCULARS_HOUSES names. No such folder is a CircularError."""
    folder = environment.get(HOUSES)
    if not folder:
        return ()
    if not Path(folder).is_dir():
        raise CircularError(f"{HOUSES}: expected a folder with house files, found {folder!r}")
    return tuple(sorted(Path(folder).glob("*.toml")))


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The defaults, changed by the environment. A value of the wrong kind is a CircularError that names it."""
    stated: dict[str, object] = {}
    for name, kind in Settings.__annotations__.items():
        value = environment.get(PREFIX + name.upper())
        if not value or name == "until":
            continue
        if kind == "int" and not value.isdecimal():
            raise CircularError(f"{PREFIX}{name.upper()}: expected a number, found {value!r}")
        if kind == "int" and len(value) > MOST_DIGITS:
            raise CircularError(f"{PREFIX}{name.upper()}: expected a number of at most {MOST_DIGITS} digits, found {value[:MOST_DIGITS]}…")
        if kind == "bool" and value not in ("0", "1"):
            raise CircularError(f"{PREFIX}{name.upper()}: expected 0 or 1, found {value!r}")
        stated[name] = int(value) if kind == "int" else value == "1" if kind == "bool" else value
    return Settings(**stated)  # type: ignore[arg-type]  # each was brought to its kind above


def cores() -> int:
    """How many processors there are for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spare(readers: int) -> int:
    """How many threads each of so many readers can have: a share of the cores that nobody uses, at least one."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else cores() - 1
    return max(1, round((cores() - load) / readers))
