"""House files to `House`, strictly: what is misspelt, missing or points nowhere is an error that names file and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import msgspec

from ingest.errors import BadRule
from ingest.issuers.names import key
from ingest.model import House
from ingest.settings import own_houses


@cache
def houses() -> Mapping[str, House]:
    """All houses that we know, by code: a file of the user's own takes the place of one of the same name."""
    folder = files("ingest").joinpath("issuers")
    shipped = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml")}
    return load(shipped | {path.name: _written(path) for path in own_houses()})


def _written(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRule(f"{path}: {error}") from error


def load(files: Mapping[str, str]) -> Mapping[str, House]:
    """Houses from file names and their TOML, by code, in the order of the names."""
    read = {name: _house(name, files[name]) for name in sorted(files)}
    found = {house.code: house for house in read.values()}
    for name, house in read.items():
        for problem in (*_own(name, house), *_links(house, found)):
            raise BadRule(f"{name}: {problem}")
    _one_house_a_name(read)
    return MappingProxyType(found)


def _house(name: str, text: str) -> House:
    try:
        return msgspec.convert(tomllib.loads(text), House, strict=True)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadRule(f"{name}: {error}") from error


def _own(name: str, house: House) -> Iterator[str]:
    """What a house file says wrongly by itself."""
    if name != f"{house.code.lower()}.toml":
        yield f"code: {house.code!r} belongs into {house.code.lower()}.toml"
    for language, names in (("en", house.name.en), ("zh", house.name.zh)):
        if not names:
            yield f"name.{language}: a house has at least one full name"
    for index, pattern in enumerate(house.number):
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"number[{index}]: {pattern!r}: {error}"


def _links(house: House, found: Mapping[str, House]) -> Iterator[str]:
    """Houses that it names but that have no file, or that are the house itself."""
    for index, code in enumerate(house.counterparts):
        if code not in found or code == house.code:
            yield f"counterparts[{index}]: no other house {code!r}"
    if house.parent is not None and (house.parent not in found or house.parent == house.code):
        yield f"parent: no other house {house.parent!r}"


def _one_house_a_name(read: Mapping[str, House]) -> None:
    """A name that two houses share would tell neither."""
    owner: dict[str, str] = {}
    for name, house in read.items():
        for field, words in (("name", house.name), ("short", house.short)):
            for word in (*words.en, *words.zh):
                if owner.setdefault(key(word), name) != name:
                    raise BadRule(f"{name}: {field}: {word!r} is also a name in {owner[key(word)]}")
