"""The page of a fact as a picture: what a confined reader runs for `circulars show`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ingest import formats
from ingest.model import Box
from ingest.settings import Settings


class Wanted(msgspec.Struct, frozen=True):
    """A file, a page of it (from 1), and the box on that page to be framed."""

    page: int
    bbox: Box
    data: bytes


def draw(wanted: bytes, path: Path, how: Settings) -> bytes:
    """The page as PNG with the frame drawn; `wanted` is a Wanted as MessagePack. Raises UnreadableSource."""
    asked = msgspec.msgpack.decode(wanted, type=Wanted)
    return formats.outlined(asked.data, str(path), asked.page, asked.bbox, how)
