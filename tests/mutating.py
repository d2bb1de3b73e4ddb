"""One fact of a text changed at a time, and whether a comparison tells it where it stands.

A change is known by its place in the text, so that a finding is measured by its spans and not by its words: it tells a change when it
quotes the changed place, or the units of the other side that answered that place before the change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pair_factory import told

from ingest.model import Expression, Finding, House, Span
from kb.checks import compare
from kb.checks.pairing import Paired
from kb.comparison import Comparison

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NARROWER = {"en": "Overseas ", "zh": "海外"}


class Change(NamedTuple):
    """A family, the place in the text, and what stands there instead."""

    family: str
    span: Span
    new: str

    def made(self, text: str) -> str:
        """The text after the change."""
        return text[: self.span[0]] + self.new + text[self.span[1] :]


class Spot(NamedTuple):
    """A pattern of one family, whose first group is changed, and into what."""

    family: str
    pattern: re.Pattern[str]
    change: Callable[[re.Match[str]], str]


def _next(words: Sequence[str]) -> Callable[[re.Match[str]], str]:
    return lambda match: words[(words.index(match[1]) + 1) % len(words)]


def _digit(match: re.Match[str]) -> str:
    """The last digit, one more."""
    return match[1][:-1] + str((int(match[1][-1]) + 1) % 10)


def _one(new: str) -> Callable[[re.Match[str]], str]:
    return lambda _: new


def _of(family: str, pattern: str, change: Callable[[re.Match[str]], str] = _digit) -> Spot:
    return Spot(family, re.compile(pattern), change)


def _day(match: re.Match[str]) -> str:
    return str(int(match[1]) % 27 + 1)


SPOTS = (
    _of("day", rf"\b(\d{{1,2}}) (?:{'|'.join(MONTHS)}) 20\d\d\b", _day),
    _of("day", r"20\d\d\s*年\s*\d{1,2}\s*月\s*(\d{1,2})\s*日", _day),
    _of("month", rf"\b\d{{1,2}} ({'|'.join(MONTHS)}) 20\d\d\b", _next(MONTHS)),
    _of("month", r"20\d\d\s*年\s*(\d{1,2})\s*月\s*\d{1,2}\s*日", lambda match: str(int(match[1]) % 12 + 1)),
    _of("year", rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)}) (20\d\d)\b", lambda match: str(int(match[1]) + 1)),
    _of("year", r"(20\d\d)\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日", lambda match: str(int(match[1]) + 1)),
    _of("weekday", rf"\(({'|'.join(WEEKDAYS)})\)", _next(WEEKDAYS)),
    _of("weekday", r"星期([一二三四五六])", _next("一二三四五六")),
    _of("time", r"\b(\d{1,2}):\d\d\b", lambda match: f"{(int(match[1]) + 1) % 12:02d}"),
    _of("time", r"午\s*(\d{1,2})\s*時", lambda match: str(int(match[1]) % 12 + 1)),
    _of("amount", r"(?:HK\$|US\$|RMB\s?|港幣)\s?([\d,]*\d)"),
    _of("amount", r"\b([\d,]*\d)\s?(?:港元|美元|元)"),
    _of("currency", r"(HK\$|US\$)\s?\d", lambda match: {"HK$": "US$", "US$": "HK$"}[match[1]]),
    _of("currency", r"\d\s?(港元|美元)", lambda match: {"港元": "美元", "美元": "港元"}[match[1]]),
    _of("percentage", r"\b(\d+)(?:\.\d+)?\s?%", lambda match: str(int(match[1]) + 1)),
    _of("unit", r"\b\d+ (business|working) days?\b", _one("calendar")),
    _of("unit", r"\d\s*個(營業|工作)日", _one("曆")),
    _of("telephone", r"\b[2-9]\d{3}[ -](\d{4})\b"),
    _of("mailbox", r"\b([\w.]{3,})@[\w.]+", lambda match: match[1][:-1]),
    _of("url", r"https?://([\w-]+)\.", lambda match: match[1] + "s"),
    _of("reference", r"(?<=[A-Z]/)(\d{2,3})/20\d\d"),
    _of("section", r"\b(?:Rule|Section|Chapter|Appendix) (\d+(?:\.\d+)*)"),
    _of("section", r"第\s*(\d+(?:\.\d+)*)\s*[條節章]"),
    _of("must to may", r"\b(?!may\b)(must|shall)\b(?! not)", _one("may")),
    _of("must to may", r"(必須|務須|(?<![毋無必無需])須)(?!知)", _one("可")),
    _of("not", r"\b(?:must|shall|may)()\s", _one(" not")),
    _of("party", r"(?<=[.] )((?:All |The )?(?:CPs|EPs|Participants|CCASS Participants))\s", lambda match: NARROWER["en"] + match[1]),
    _of("party", r"(?<=。)(參與者|結算參與者)", lambda match: NARROWER["zh"] + match[1]),
)  # fmt: skip


def changes(text: str) -> Iterator[Change]:
    """Every change of one fact, of one line, and of two cells or lines that change places."""
    for spot in SPOTS:
        for match in spot.pattern.finditer(text):
            new = spot.change(match)
            if new != match[1]:
                yield Change(spot.family, match.span(1), new)
    yield from _of_lines(text)
    for match in re.finditer(r"(?<=[.] )[A-Z][^.\n\t]{40,}\.(?= |$)|(?<=。)[^。\n\t]{16,}。", text):
        if re.search(r"\d", match.group()) and not re.search(r"must|shall|須|prevail|為準", match.group()):
            yield Change("sentence dropped", match.span(), "")
    for pattern in (r"[^.\n\t]{20,}\b(?:must|shall)\b[^.\n\t]*\.", r"[^。\n\t]{10,}須[^。\n\t]*。"):
        yield from (Change("duty dropped", match.span(), "") for match in re.finditer(pattern, text) if not _prevails(match.group()))


def _prevails(sentence: str) -> bool:
    return bool(re.search(r"prevail|為準", sentence))


def _of_lines(text: str) -> Iterator[Change]:
    before = ""
    for match in re.finditer(r"[^\n]*\n", text):
        line, (start, end) = match.group(), match.span()
        if "\t" in line and re.search(r"\d", line):
            if "\t" in before:  # the first line of a table is its heading
                yield Change("row dropped", (start, end), "")
            yield from _swapped(line, start)
            if "\t" in before and re.search(r"\d", before):
                yield Change("order", (start - len(before), end), line + before)
        elif re.match(r"\s*(?:[•●▪-]|[(（]?(?:\d{1,2}|[a-z])[)）.、])\s*\S{4,}", line):
            yield Change("item dropped", (start, end), "")
        before = line


def _swapped(line: str, start: int) -> Iterator[Change]:
    """Two cells beside each other, both with figures."""
    cells = line.rstrip("\n").split("\t")
    at = start
    for left, right in pairwise(cells):
        if left != right and all(re.search(r"\d", cell) for cell in (left, right)):
            yield Change("swapped cells", (at, at + len(left) + 1 + len(right)), f"{right}\t{left}")
        at += len(left) + 1


# What a comparison tells ----------------------------------------------------------------------------------------------


class Missed(NamedTuple):
    """A change that no error tells, with what the errors that are new do tell."""

    change: Change
    text: str
    said: tuple[Finding, ...]


class Share(NamedTuple):
    """How many changes of each family there were and how many were told."""

    made: Counter[str]
    found: Counter[str]
    missed: list[Missed]

    @property
    def whole(self) -> float:
        """The share of all."""
        return self.found.total() / max(self.made.total(), 1)


MILD = frozenset({"order", "unit"})
"""What a warning may tell: the same rows in another order say the same; and 日 may stand for 營業日 where the text defines it."""


def share(left: Expression, right: str, houses: Mapping[str, House], families: frozenset[str] = frozenset(), step: int = 1) -> Share:
    """Every change of the right text, or each `step`-th, or of these families, compared with the left."""
    whole = told(right)
    clean = compare(left, whole, houses)
    answers = Paired(left, whole, clean.relation, houses).matches if clean.relation != "unrelated" else []
    before = {_signature(finding) for finding in clean.findings}
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed = []
    for change in [one for one in changes(right) if _judged(one, left, right, clean, families)][::step]:
        levels = ("error", "warning") if change.family in MILD else ("error",)
        compared = compare(left, told(change.made(right)), houses)
        fresh = [f for f in compared.findings if f.level in levels and _signature(f) not in before]
        mine = [unit.span for match in answers for unit in match.left if any(_touch(other.span, change.span) for other in match.right)]
        made[change.family] += 1
        if any(_tells(finding, change, right, mine) for finding in fresh):
            found[change.family] += 1
        else:
            missed.append(Missed(change, right[max(0, change.span[0] - 30) : change.span[1] + 30], tuple(fresh)))
    return Share(made, found, missed)


def _signature(finding: Finding) -> tuple[str, str | None, str | None]:
    return finding.check, finding.left and finding.left.value, finding.right and finding.right.value


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _judged(change: Change, left: Expression, right: str, compared: Comparison, families: frozenset[str]) -> bool:
    """Is it of these families, and between siblings no contact or number of the house's own?"""
    if families and change.family not in families:
        return False
    whole = right[right.rfind(" ", 0, change.span[0]) + 1 : change.span[1]]
    return compared.relation != "sibling" or change.family not in ("telephone", "mailbox", "reference", "url") or whole in left.text


def _tells(finding: Finding, change: Change, text: str, answered: Sequence[Span]) -> bool:
    """The right side lies in the changed line or, where there is none, the left one in a unit that this line answered."""
    right, left = (side.span if side else None for side in (finding.right, finding.left))
    start = text.rfind("\n", 0, change.span[0]) + 1
    stop = text.find("\n", change.span[1]) % (len(text) + 1)
    here = start, max(stop + len(change.new) - (change.span[1] - change.span[0]), start + 1)
    return _touch(right, here) if right else bool(left) and any(_touch(left, span) for span in answered)
