"""Names for what is found, made of what it says: whoever reads the same thing again gives it the same name."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

FINDING = "f-"
"""What the name of a finding begins with, so that it is not taken for that of an obligation."""


class Said(NamedTuple):
    """One side of a finding: the text, what it means there and in which words; None where it says nothing."""

    text: str
    value: str | None
    quote: str | None


def text_name(issuer: str | None, number: str | None, lang: str, path: str) -> str:
    """What tells a text from all others and stays when it is read again: house, number and language, or else the file."""
    return "\n".join((issuer or "", number, lang)) if number else path


def finding_names(found: Sequence[tuple[str, Said, Said]]) -> list[str]:
    """A name for each finding of a comparison: the check and both sides, whichever stands left; equal ones are numbered."""
    return [f"{FINDING}{name}" for name in distinct((check, *sorted(map(parts, sides))) for check, *sides in found)]


def parts(said: Said) -> str:
    return "\n".join((said.text, said.value or "", " ".join((said.quote or "").split())))


def distinct(keys: Iterable[tuple[str, ...]]) -> list[str]:
    """Sixteen hexadecimal digits for each key; one that is there a second time gets others."""
    seen: Counter[tuple[str, ...]] = Counter()
    names = []
    for key in keys:
        seen[key] += 1
        names.append(hashlib.sha256("\n".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return names
