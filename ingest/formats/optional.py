"""Layers of a PDF that can be switched off (optional content): whether a file has any, which pdfium's interface does not tell."""

from __future__ import annotations

import re
import zlib

NAME = b"/OCProperties"
MOST = 4_000_000
"""Bytes of object streams that are unpacked to find the catalogue."""
_PACKED = re.compile(rb"/Type\s*/ObjStm\b[^>]{0,400}?>>\s*stream\r?\n")


def has_layers(data: bytes) -> bool:
    """Does the catalogue of a file name layers? It may stand in a stream of packed objects."""
    if NAME in data:
        return True
    if b"/ObjStm" not in data:
        return False
    left = MOST
    for found in _PACKED.finditer(data):
        unpacker = zlib.decompressobj()
        try:
            said = unpacker.decompress(data[found.end() : found.end() + left], left)
        except zlib.error:
            continue
        if NAME in said:
            return True
        left -= len(said)
        if left <= 0:
            return False
    return False
