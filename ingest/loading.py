"""A file's bytes, if they are to be had and not too many."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import UnreadableSource
from ingest.settings import Settings


def load(path: Path, how: Settings) -> bytes:
    """The bytes of a file, or one clear error."""
    if path.is_dir():
        raise UnreadableSource(path, "is a folder; expected a file")
    try:
        size = path.stat().st_size
        if size > how.max_bytes:
            raise UnreadableSource(path, too_large(size, how))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSource(path, (error.strerror or str(error)).lower()) from error


def too_large(size: int, how: Settings) -> str:
    """What a file of this size is told."""
    return f"{size / 1e6:.1f} MB is more than the limit of {how.max_bytes / 1e6:g} MB (CIRCULARS_MAX_BYTES)"
