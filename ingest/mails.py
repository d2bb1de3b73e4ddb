"""Every circular in an e-mail: those attached to it, those in mails attached to it, and its own text if that is one.

A circular reaches its readers as an attachment, or as the text of the mail. A covering note ("please find attached …") is
told from it by what it says of itself: beside attachments that were read, the text counts only if it names its issuer and
has a number or a date of its own; without any, it is enough that it names a house or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ingest.errors import UnreadableSource
from ingest.formats import eml
from ingest.model import Expression, Warn
from ingest.settings import Settings

Parse = Callable[[bytes, Path, Settings], Expression]
Found = Expression | UnreadableSource

MOST_REASONS = 3
SPEAKS = 200
"""Characters from which a picture in a mail's text says something, and is no photograph with a few words on it."""
NO_HEAD = "its text names no house and no number of a circular"


@dataclass(slots=True)
class Unpacking:
    """How to read a part, and how many more there may be in the whole mail."""

    parse: Parse
    how: Settings
    left: int
    unread: list[UnreadableSource] = field(default_factory=list)
    """Pictures in the text that may have said something, and were not taken for circulars."""


def circulars(data: bytes, path: Path, how: Settings, parse: Parse) -> Iterator[Found]:
    """The circulars of a mail, then an error for each part that cannot be read. A mail without any is one UnreadableSource."""
    unpacking = Unpacking(parse, how, how.max_parts)
    found = list(_inside(data, path, unpacking, 1))
    told = [one for one in found if isinstance(one, Expression)]
    failed = [one for one in found if isinstance(one, UnreadableSource)]
    if not told:
        raise UnreadableSource(path, f"no circular in this e-mail: {_reasons([*failed, *unpacking.unread], path)}")
    beside = tuple(Warn(code="mail-part", message=f"{Path(one.path).name}: {one.reason}") for one in unpacking.unread)
    yield msgspec.structs.replace(told[0], warnings=(*told[0].warnings, *beside))
    yield from told[1:]
    yield from failed


def _inside(data: bytes, path: Path, unpacking: Unpacking, depth: int) -> Iterator[Found]:
    """The text of the mail, if it is a circular, and all that is attached."""
    try:
        attached = list(_attached(data, path, unpacking, depth))
    except UnreadableSource as error:
        yield error
        return
    try:
        body = unpacking.parse(data, path, unpacking.how)
    except UnreadableSource as error:
        yield from attached or [error]
        return
    beside = [one for one in attached if isinstance(one, Expression)]
    if is_circular(body, beside):
        yield body
    elif not beside:
        yield UnreadableSource(path, NO_HEAD)
    yield from attached


def _attached(data: bytes, path: Path, unpacking: Unpacking, depth: int) -> Iterator[Found]:
    for part in eml.parts(data, str(path), unpacking.how):
        if isinstance(part, UnreadableSource):
            yield part
            continue
        unpacking.left -= 1
        if unpacking.left < 0:
            if unpacking.left == -1:
                yield UnreadableSource(path, eml.too_many(unpacking.how.max_parts))
            return
        place = path / part.name
        if part.shown:
            yield from _seen(part, place, unpacking)
        elif not eml.sniff(part.data, part.name):
            yield _read(part, place, unpacking)
        elif depth < unpacking.how.max_depth:
            yield from _inside(part.data, place, unpacking, depth + 1)
        else:
            yield UnreadableSource(place, eml.too_deep(unpacking.how))


def _read(part: eml.Part, place: Path, unpacking: Unpacking) -> Found:
    try:
        told = unpacking.parse(part.data, place, unpacking.how)
    except UnreadableSource as error:
        return UnreadableSource(place, error.reason)
    if told.source.media_type.startswith("image/") and not is_circular(told, []):
        return UnreadableSource(place, told.warnings[0].message if told.warnings and not told.text else "a picture of no circular")
    return msgspec.structs.replace(told, warnings=(*told.warnings, *part.warnings))


def _seen(part: eml.Part, place: Path, unpacking: Unpacking) -> Iterator[Expression]:
    """A picture in the text, if it is a circular; else it is put aside, unless it was read and says next to nothing."""
    try:
        told = unpacking.parse(part.data, place, unpacking.how)
    except UnreadableSource as error:
        unpacking.unread.append(UnreadableSource(place, f"a picture in the text: {error.reason}"))
        return
    if is_circular(told, []):
        yield msgspec.structs.replace(told, warnings=(*told.warnings, *part.warnings))
    elif not told.text and told.warnings and told.warnings[0].code != "ocr":
        unpacking.unread.append(UnreadableSource(place, f"in the text, {told.warnings[0].message}"))
    elif len(told.text) >= SPEAKS:
        unpacking.unread.append(UnreadableSource(place, "a picture in the text that names no house and no number; nothing was taken of it"))


def is_circular(body: Expression, attached: list[Expression]) -> bool:
    """Is the text of a mail a circular of its own, and no covering note?"""
    if not attached:
        return body.issuer is not None or body.number is not None
    if body.number is not None and body.number in {one.number for one in attached}:
        return False
    dated = body.issued is not None and all(warning.code != "mail-date" for warning in body.warnings)
    return body.issuer is not None and (body.number is not None or dated)


def _reasons(failed: list[UnreadableSource], path: Path) -> str:
    """Why none of the parts was read, in one line; the first few are enough to see it, and covering notes tell nothing."""
    failed = [error for error in failed if error.reason != NO_HEAD] or failed[:1]
    told = [f"{error.path.removeprefix(f'{path}/')}: {error.reason}" if error.path != str(path) else error.reason for error in failed]
    more = len(told) - MOST_REASONS
    return "; ".join(told[:MOST_REASONS]) + (f"; and {more} more" if more > 0 else "") or "it has neither text nor attachments"
