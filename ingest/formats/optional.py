"""Layers of a PDF that can be switched off (optional content): whether a file has any, and which are off: pdfium does not tell."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

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


def switched_off(data: bytes, password: str | None = None) -> frozenset[str]:
    """The names of the layers that are off when the file is opened, unless others of the same name are on."""
    from pdfminer.pdfdocument import PDFDocument  # most files have no layers
    from pdfminer.pdfparser import PDFParser

    try:
        catalogue = PDFDocument(PDFParser(io.BytesIO(data)), password or "").catalog
        layers = _entries(catalogue.get("OCProperties"))
        state = _entries(layers.get("D"))
        named = dict(_named(layers.get("OCGs")))
        default = _word(state.get("BaseState")) == "OFF"
        off = {key for key in named if default} - dict(_named(state.get("ON"))).keys() | dict(_named(state.get("OFF"))).keys()
    except Exception:  # noqa: BLE001  pdfminer raises whatever a damaged file makes it stumble over
        return frozenset()
    named |= dict(_named(state.get("OFF")))
    return frozenset(named[key] for key in off) - frozenset(name for key, name in named.items() if key not in off)


def _entries(thing: object) -> dict[str, object]:
    from pdfminer.pdftypes import dict_value

    return dict_value(thing) if thing is not None else {}


def _named(listed: object) -> Iterator[tuple[int, str]]:
    """The layers of a list: the number of each among the objects of the file, and its name."""
    from pdfminer.pdftypes import PDFObjRef, list_value
    from pdfminer.utils import decode_text

    for one in list_value(listed) if listed is not None else ():
        name = _entries(one).get("Name")
        if isinstance(one, PDFObjRef) and isinstance(name, bytes):
            yield one.objid, decode_text(name)


def _word(thing: object) -> str:
    return str(getattr(thing, "name", ""))
