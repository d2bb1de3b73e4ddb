"""An Office Open XML file as a package of parts: opened without trust, inflated within limits, parsed without entities.

A part that is missing or damaged is None and a warning, save the main one, without which there is no document.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from functools import cache
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from ingest.errors import UnreadableSource
from ingest.model import Warn
from ingest.settings import Settings

MOST_PARTS = 10_000
MOST_ELEMENTS = 2_000_000  # about 300 MB of memory; a circular of ten pages has some thousands
RATIO, SMALL = 400, 2_000_000  # more inflation than this, beyond a small size, is no document
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO 29500 Strict gives the same vocabulary other names.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
DOCTYPE = tuple("<!DOCTYPE".encode(charset) for charset in ("ascii", "utf-16-le", "utf-16-be"))
MEMBER = re.compile(rb"PK(?:\x01\x02.{42}|\x03\x04.{26})([^\0]{1,300}?)[/\\]", re.DOTALL)
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


class Relation(NamedTuple):
    """What a part refers to: the kind of thing (the last word of its type), and where it is."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a file by their names. `warnings` says which could not be read."""

    def __init__(self, data: bytes, name: str, how: Settings) -> None:
        self.name, self.left, self.how = name, how.max_inflated, how
        self.warnings: list[Warn] = []
        self.relations = cache(self._relations)
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            members = self.zip.infolist()
        except DAMAGED as error:
            raise UnreadableSource(name, f"damaged Word file: {error or type(error).__name__}") from error
        if len(members) > MOST_PARTS:
            raise UnreadableSource(name, f"{len(members)} parts in it; a Word file has at most {MOST_PARTS}")
        self.members = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in members}

    def has(self, path: str) -> bool:
        return path.lower() in self.members

    def inflated(self, path: str) -> bytes:
        """The bytes of a part that is there. More than the limit is an UnreadableSource, damage one of DAMAGED."""
        member = self.members[path.lower()]
        if member.flag_bits & 0x1:
            raise UnreadableSource(self.name, f"{path} in it is encrypted; expected a file without password")
        most = min(self.left, max(SMALL, member.compress_size * RATIO))
        with self.zip.open(member) as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            limit = f"{self.how.max_inflated / 1e6:g} MB (CIRCULARS_MAX_INFLATED)" if most == self.left else f"{RATIO} times its size"
            raise UnreadableSource(self.name, f"{path} in it inflates to more than {limit}")
        self.left -= len(data)
        return data

    def main(self, path: str) -> Element:
        """The root of a part without which there is no document."""
        if not self.has(path):
            raise UnreadableSource(self.name, f"damaged Word file: no {path} in it")
        try:
            return self._parsed(path)
        except (*DAMAGED, etree.XMLSyntaxError) as error:
            raise UnreadableSource(self.name, f"damaged Word file: {path}: {_said(error)}") from error

    def part(self, path: str | None) -> Element | None:
        """The root of a part; None where it is missing or, with a warning, damaged."""
        if path is None or not self.has(path):
            return None
        try:
            return self._parsed(path)
        except (*DAMAGED, etree.XMLSyntaxError) as error:
            self.warnings.append(Warn(code="damaged-part", message=f"{path} is damaged and was left out: {_said(error)}"))
            return None

    def _parsed(self, path: str) -> Element:
        data = self.inflated(path)
        if any(mark in data for mark in DOCTYPE):
            raise UnreadableSource(self.name, f"{path} in it declares a document type; Word files have none")
        if data.count(b"<") > 2 * MOST_ELEMENTS:
            raise UnreadableSource(self.name, f"{path} in it has more than {MOST_ELEMENTS} elements")
        if b"http://purl.oclc.org/ooxml/" in data:
            for strict, usual in STRICT.items():
                data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.doctype:
            raise UnreadableSource(self.name, f"{path} in it declares a document type; Word files have none")
        return root

    def _relations(self, path: str) -> dict[str, Relation]:
        """What a part refers to, by the names that it uses; a path of another part is given from the top of the package."""
        folder, _, file = path.rpartition("/")
        root = self.part(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found = {}
        for one in () if root is None else root.iter(RELATIONSHIPS):
            external = one.get("TargetMode") == "External"
            target = one.get("Target") or ""
            place = target if external else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id") or ""] = Relation((one.get("Type") or "").rpartition("/")[2], place, external)
        return found


def folders(data: bytes) -> set[bytes]:
    """The top folders of a ZIP archive, as far as its raw bytes show them."""
    return {match[1].lower() for match in MEMBER.finditer(data)} if data[:4] == b"PK\x03\x04" else set()


def _said(error: BaseException) -> str:
    return str(error).split("\n", maxsplit=1)[0] or type(error).__name__
