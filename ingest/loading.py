"""A file's bytes, if they are to be had and not too many."""

from __future__ import annotations

import stat
from pathlib import Path

from ingest.errors import UnreadableSource
from ingest.settings import Settings


def load(path: Path, how: Settings) -> bytes:
    """The bytes of a file, or one clear error."""
    if path.is_dir():
        raise UnreadableSource(path, "is a folder; expected a file")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not (stat.S_ISFIFO(status.st_mode) and path.is_relative_to("/dev")):
            raise UnreadableSource(path, "is a pipe or a device; expected a file")  # a pipe below /dev is one that the shell has opened
        if status.st_size > how.max_bytes:
            raise UnreadableSource(path, too_large(status.st_size, how))
        with path.open("rb") as file:
            data = file.read(how.max_bytes + 1)  # it may have grown, and some systems state no size
        if len(data) > how.max_bytes:
            raise UnreadableSource(path, too_large(len(data), how))
        return data
    except OSError as error:
        raise UnreadableSource(path, (error.strerror or str(error)).lower()) from error


def too_large(size: int, how: Settings) -> str:
    """What a file of this size is told."""
    return f"{size / 1e6:.1f} MB is more than the limit of {how.max_bytes / 1e6:g} MB (CIRCULARS_MAX_BYTES)"
