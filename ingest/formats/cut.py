"""Lines of a PDF that go over the edge of their page: what stands beyond is not there, so their last words, or first ones, are doubtful.

Programs that print a page too wide for its paper leave out what would not be seen, and `25 March 2027` ends as `25 March 20`.
The word at the edge is left out, with the figures, days and months that lead to it, so that no part is taken for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.formats import signs
from ingest.formats.leaf import Run
from ingest.model import Box, Warn

LEFT, RIGHT = 0.1, 0.35  # of the type's height: what begins or ends so near to the edge goes over it; a space may be what is beyond
BEYOND = 1.5  # of the type's height: a line that goes further beyond the edge is all there, though it is not seen
LONGEST = 80  # characters of a line that are quoted

_COUNTED = (
    rf"\d|\b{signs.MONTH}[a-z]*\b|\b(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?\b|^[ap]\.?m\.?$|^(?:HK|US)?\$$|^[–—-]$"
)
_FIGURE = re.compile(_COUNTED, re.IGNORECASE)
_HAN = r"[\d０-９○〇零一二三四五六七八九十百千萬万億亿元年月日號号時时分秒上下中正午星期週周至及或前後由起:：.,，/()（）$%–—\s-]"
_WIDE = re.compile(r"[\u2e80-\uffef]")
_HAN_TAIL, _HAN_HEAD = re.compile(rf"{_HAN}*\S$"), re.compile(rf"^\S{_HAN}*")


def whole(runs: Sequence[Run], width: float, right_of: Callable[[int], Box]) -> tuple[list[Run], list[str]]:
    """The runs without their words at an edge of the page, and the lines that go over it; `right_of` gives a character's box."""
    kept: list[Run] = []
    lines: list[str] = []
    for run in runs:
        x0, _, x1, _ = run.box
        over = not run.turned and width - RIGHT * run.size < x1 < width + BEYOND * run.size
        under = not run.turned and -BEYOND * run.size < x0 < LEFT * run.size
        if not (over or under):
            kept.append(run)
            continue
        lines.append(run.text)
        low, high = (_head(run.text) if under else 0), (_tail(run.text) if over else len(run.text))
        if low < high:
            kept.append(part(run, low, high, right_of))
    return kept, lines


def _tail(text: str) -> int:
    """Where the words at the end begin that are doubtful."""
    if _WIDE.search(text.rsplit(None, 1)[-1]):
        found = _HAN_TAIL.search(text)
        return len(text[: found.start()].rstrip()) if found else 0
    words = list(re.finditer(r"\S+", text))
    at = len(words) - 1
    while at and _FIGURE.search(words[at - 1][0]) and (_FIGURE.search(words[at][0]) or at == len(words) - 1):
        at -= 1
    return len(text[: words[at].start()].rstrip())


def _head(text: str) -> int:
    """Where the words at the beginning end that are doubtful."""
    if _WIDE.search(text.split(None, 1)[0]):
        found = _HAN_HEAD.search(text)
        end = found.end() if found else len(text)
    else:
        words = list(re.finditer(r"\S+", text))
        at = 0
        while at + 1 < len(words) and _FIGURE.search(words[at + 1][0]):
            at += 1
        end = words[at].end()
    return end + len(text[end:]) - len(text[end:].lstrip())


def part(run: Run, low: int, high: int, box_of: Callable[[int], Box]) -> Run:
    """A part of a run, with its place."""
    x0, top, x1, bottom = run.box
    left = box_of(run.start + low)[0] if low else x0
    right = box_of(run.start + high - 1)[2] if high < len(run.text) else x1
    invented = tuple(place - low for place in run.invented if low <= place < high)
    return run._replace(
        text=run.text[low:high], box=(left, top, right, bottom), start=run.start + low, first=None if low else run.first, invented=invented
    )


def told(lines: Sequence[str], page: int) -> Warn:
    """How many lines go over the edge, and the first of them in which a date stands, or the first."""
    dated = next((line for line in lines if signs.DATED.search(line.lower())), lines[0])
    said = dated if len(dated) <= LONGEST else "…" + dated[-LONGEST:]
    count = len(lines)
    message = f"{count} line goes over the edge of the page; the words there were left out, as of “{said}”"
    if count > 1:
        message = f"{count} lines go over the edge of the page; the words there were left out, as of “{said}”"
    return Warn(code="cut-text", message=message, page=page)
