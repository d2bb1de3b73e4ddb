"""Which of several texts of one circular is the later one: its day and, where several are of one day, the mark of a revision.

`(Revised)`, `2nd Revision`, `Version 3`, （第二次修訂）, 修訂版 beside the subject or on a line of its own. `Revised Fee Schedule` is a
subject and no mark. Where no mark tells two texts of one day apart, nothing printed does.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from ingest.model import Expression

HEAD = 1200
"""So many characters of a text may hold its mark: letterhead, number, day and subject."""

_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "further": 2}
_COUNT = "一二三四五六七八九"
_NUMBER = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(_ORDINALS)}|first)"
_HAN = rf"[{_COUNT}\d]"
_MARK = re.compile(
    rf"(?:the\s+)?(?:(?P<nth>{_NUMBER})\s+)?(?:revised|revision)(?:\s+(?:version|circular|edition|notice))?"
    r"(?:\s*(?:no\.?\s*)?[-(]?\s*(?P<count>\d{1,2})\)?)?"
    r"|rev\.?\s*(?P<rev>\d{1,2})"
    r"|(?:version|ver\.?|v)\s*(?P<version>\d{1,2})(?:\.\d{1,2})?"
    rf"|(?:經|经)?(?:第(?P<nth_zh>{_HAN})次)?(?:修訂|修订|更新|修正)(?:版本?|本|通告|文本)?(?:\s*[(（]?(?P<count_zh>{_HAN})[)）]?)?"
    rf"|第(?P<version_zh>{_HAN})版",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(（\[【〔]\s*([^()（）\[\]【】〔〕\n]{2,40}?)\s*[)）\]】〕]")
_BEHIND = re.compile(r"\s[-–—]\s*([^-–—\n]{2,40})\Z")


class Moment(NamedTuple):
    """When a text came out: its day, and how often it was revised by its mark, 0 without one."""

    day: date
    revision: int


NEVER = Moment(date.min, 0)
"""Before all others: where no day is known."""


def moment(expression: Expression) -> Moment | None:
    """When a text came out; None where it has no day."""
    return Moment(expression.issued, revision(expression.title, expression.text)) if expression.issued else None


def revision(title: str | None, text: str) -> int:
    """How often a text was revised, by the mark beside its subject or on a line of its own before it; 0 without one."""
    told = title or ""
    parts = [*_BRACKETED.findall(told), *_BEHIND.findall(told)]
    head = text[:HEAD]
    stop = head.find(told[:40]) if told else -1
    lines = [line.strip(" \t()（）[]【】*") for line in (head[:stop] if stop >= 0 else head[:0]).splitlines()]
    return max((_counted(part) for part in (*parts, *lines)), default=0)


def _counted(part: str) -> int:
    match = _MARK.fullmatch(part.strip())
    if match is None:
        return 0
    told = {name: _number(value) for name, value in match.groupdict().items() if value}
    version = told.get("version", told.get("version_zh"))
    return version - 1 if version is not None else next(iter(told.values()), 1)


def _number(written: str) -> int:
    if written.lower() in _ORDINALS:
        return _ORDINALS[written.lower()]
    if written in _COUNT:
        return _COUNT.index(written) + 1
    return 1 if written.lower() == "first" else int(re.sub(r"\D", "", written))


def moments(told: Collection[tuple[str, Moment]]) -> list[Moment]:
    """The moments at which a circular came out, of its texts by language: several where a language was printed again."""
    of_language: dict[str, set[Moment]] = {}
    for lang, when in told:
        of_language.setdefault(lang, set()).add(when)
    return sorted({when for found in of_language.values() if len(found) > 1 for when in found})


def issue_of(when: Moment | None, again: list[Moment]) -> Moment | None:
    """Which of the issues a text belongs to: its own, or the last one of its day, or the one before; the first where it has no day.

    A translation without a mark belongs to the last issue of its day: where it tells what was revised since, that is seen.
    """
    if when is None or when in again:
        return when or next(iter(again), None)
    return next((one for one in reversed(again) if one.day <= when.day), next(iter(again), None))
