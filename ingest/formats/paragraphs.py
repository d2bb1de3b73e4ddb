"""Paragraphs: which lines belong together, and their text with broken lines and words made whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.formats import labelled, signs
from ingest.formats.leaf import Leaf, Run
from ingest.formats.lines import LOOSE, WIDE_SET, Line, is_wrapped, runs_on
from ingest.model import Span

LARGE, SET_LARGE = 1.05, 1.55  # usual distances: type as high as this is a title's, whose lines are so many heights apart
ROOM = 0.08  # of its width: a line of a cell that goes on in small letters leaves no more
CENTRED_SIZE = 1.1  # of the type below it: a centred title is set larger
SET_IN = 3.0  # heights of the type: a centred line is set in by more, the first line of a paragraph by less
FAR_LEFT = 8.0  # the same: so much further left begins what stands below lines that are set to the right
HALF_WIDE = tuple("）」』】》〉。，、；：")
SHORT = 24.0  # heights of the type: longer lines are not set to the right
MOST_SET_RIGHT = 8
SENTENCE = 70  # columns: a line so long that follows a label with its value is none of it
_HYPHEN_LAST = re.compile(r"(?<![A-Za-z-])[A-Za-z]+(?:-[A-Za-z]+)*-$")
_COMPOUND = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_HAN = re.compile("[\u3400-\u9fff]")
_TRANSLATION = re.compile("(?:[0-9]{1,4} ?)?[\u3400-\u9fff]")


class Part(NamedTuple):
    """A stretch of a document's text with its place: the index of its first character on the page."""

    text: str
    page: int
    start: int


class Lines(NamedTuple):
    """Text put together from parts and what joins them (a space, a line break, nothing)."""

    text: str
    parts: tuple[tuple[int, Part], ...]  # each with its place in the text


def continues(paragraph: Sequence[Line], line: Line, usual: float) -> bool:
    """Does the line belong to the paragraph above it?"""
    last = paragraph[-1]
    text = line.text
    if signs.is_list_item(text) or signs.is_note(text) or line.runs[0].turned or last.runs[0].turned:
        return False
    if line.page != last.page or line.box[3] < last.box[1]:  # on the next page, or at the top of the next column
        return is_wrapped(last, line) and not last.text.rstrip().endswith(signs.CLOSED) and not text[:1].isupper()
    bigger, smaller = max(last.size, line.size), min(last.size, line.size)
    if bigger > 1.35 * smaller and not runs_on(last, line):  # a font's Chinese glyphs may be drawn lower than its digits
        return False
    if line.box[0] > last.box[2] or not 0 < line.middle - last.middle <= _furthest(last, line, usual):
        return False
    if last.box[0] - line.box[0] > SET_IN * line.size and (_is_centred_over(last, line) or _are_set_right_over(paragraph, line)):
        return False
    return not (_is_label_over_text(last, line) or (len(paragraph) == 1 and _is_numbered_heading(last, line)))


def _is_centred_over(line: Line, following: Line) -> bool:
    """A title in the middle of its column, in larger type, over a line that goes from the one edge to the other, set in by a little."""
    size, end = following.size, max(line.right, following.box[2])
    return (
        line.size > CENTRED_SIZE * size
        and line.box[0] - following.box[0] > SET_IN * size
        and end - following.box[2] < size
        and abs(line.box[0] + line.box[2] - following.box[0] - end) < 2 * SET_IN * size
    )


def _are_set_right_over(lines: Sequence[Line], following: Line) -> bool:
    """Lines that end together on the right and begin behind the middle (a number, a day) over one that begins far left of them all."""
    right = max(line.box[2] for line in lines)
    return (
        lines[-1].right - right < lines[-1].size
        and all(_is_flush(line, right) and line.box[0] > right / 2 for line in lines)
        and following.box[0] < min(line.box[0] for line in lines) - FAR_LEFT * following.size
        and not (_is_flush(following, right) and following.box[0] > right / 2)  # a further line of the letterhead
        and (len(lines) == 1 or max(line.box[0] for line in lines) - min(line.box[0] for line in lines) > lines[0].size / 2)
        and not following.text[:1].islower()
    )


def _is_flush(line: Line, right: float) -> bool:
    """Does a line end there? A mark of Chinese punctuation leaves half of its own width behind it."""
    return right - line.box[2] < (line.size if line.text[-1:] in HALF_WIDE else labelled.FLUSH)


def _furthest(line: Line, following: Line, usual: float) -> float:
    """How far below a line the next one of its paragraph stands: further in a title, which is set larger, or where the words go on."""
    if line.size > LARGE * usual and following.size > LARGE * usual:
        return max(LOOSE * usual, SET_LARGE * min(line.size, following.size))
    alike = max(line.size, following.size) < 1.1 * min(line.size, following.size)
    return WIDE_SET * line.size if alike and runs_on(line, following) else LOOSE * usual


def _is_numbered_heading(line: Line, following: Line) -> bool:
    """`1. Nomination` over its text: it ends early, and what follows is not set in as the text of a list item is."""
    return (
        signs.is_list_item(line.text)
        and following.box[0] < line.box[0] + line.size
        and not line.text.rstrip().endswith(signs.CLOSED)
        and not is_wrapped(line, following)
    )


def _is_label_over_text(line: Line, following: Line) -> bool:
    """`Subject: Change of fees` over a sentence: it ends early, and what follows is no part of it."""
    ended = following.text.rstrip().endswith((".", "。")) or signs.width(following.text) > SENTENCE
    return ended and signs.LABELLED.match(line.text) is not None and not is_wrapped(line, following)


def _is_filled(line: Line, following: Line) -> bool:
    """Does a line of a cell go on in small letters, though it left room for a short word? Then no more than that."""
    room = line.right - line.box[2]
    return following.text[0].islower() and line.text[-1:].isalpha() and room < ROOM * (line.right - line.box[0])


def _are_set_right(lines: Sequence[Line]) -> bool:
    """Some short lines that end together on the right, as a signature and its date do: each ends where its author ended it."""
    right = max(line.box[2] for line in lines)
    narrow = all(right - line.box[0] < SHORT * line.size and _is_flush(line, right) for line in lines)
    lefts = [line.box[0] for line in lines]
    return narrow and 1 < len(lines) <= MOST_SET_RIGHT and (min(lefts) > right / 2 or max(lefts) - min(lefts) > 3 * lines[0].size)


def joined(lines: Sequence[Line], words: frozenset[str], *, translated: bool = False) -> Lines:
    """The lines as text: broken lines made whole, and broken words that are among the whole ones; other breaks kept.

    A cell may say in Chinese what the lines above say in English (`translated`): no line was broken there.
    """
    if len(lines) == 1 and len(lines[0].runs) == 1 and not lines[0].runs[0].invented:
        run = lines[0].runs[0]
        return Lines(run.text, ((0, Part(run.text, lines[0].page, run.start)),))
    parts: list[tuple[int, Part]] = []
    text = ""
    above: Line | None = None
    whole = not translated and _are_set_right(lines)
    for line in lines:
        hyphened = text[-1:] == "-" and text[-2:-1].isalpha() and line.text[0].islower()
        full = translated and above is not None and _is_filled(above, line)
        wrapped = above is not None and (hyphened or full or is_wrapped(above, line)) and line.text[0] not in signs.BULLETS
        wrapped &= not whole and not (translated and _TRANSLATION.match(line.text) and not _HAN.search(text))
        if wrapped and _breaks_word(text, line.text, words):
            text = text[:-1]
            parts[-1] = parts[-1][0], parts[-1][1]._replace(text=parts[-1][1].text[:-1])
        elif above is not None:
            text += signs.joint(text, line.runs[0].text) if wrapped else "\n"
        for index, run in enumerate(line.runs):
            if index:
                text += _gap(line.runs[index - 1], run)
            for low, high in _printed(run):
                parts.append((len(text), Part(run.text[low:high], line.page, run.start + low)))
                text += run.text[low:high]
        above = line
    return Lines(text, tuple(parts))


def whole_words(leaves: Sequence[Leaf]) -> frozenset[str]:
    """The words that no line breaks, compounds with their hyphens; none where no line ends with a hyphen."""
    if not any(run.text[-1] == "-" for leaf in leaves for run in leaf.runs):
        return frozenset()
    texts = (_HYPHEN_LAST.sub("", run.text) for leaf in leaves for run in leaf.runs)
    return frozenset(word.lower() for text in texts for word in _COMPOUND.findall(text))


def _breaks_word(upper: str, lower: str, words: frozenset[str]) -> bool:
    """Does a hyphen only break a word? The word stands elsewhere without it, and nowhere with it."""
    first, last = _HYPHEN_LAST.search(upper) if words and upper[-1:] == "-" else None, _COMPOUND.match(lower)
    if first is None or last is None:
        return False
    begin, end = first[0][:-1].lower(), last[0].lower()
    return begin + end in words and f"{begin}-{end}" not in words


def _printed(run: Run) -> Iterator[Span]:
    """The stretches of a run between the spaces that are none."""
    low = 0
    for space in run.invented:
        if low < space:
            yield low, space
        low = space + 1
    yield low, len(run.text)


def _gap(left: Run, right: Run) -> str:
    """A space where there is room for one; beside Chinese characters type is set apart by up to a quarter of their width anyway."""
    han = left.text[-1] > "\u2e7f" or right.text[0] > "\u2e7f"
    if left.turned:
        near = max(right.box[1] - left.box[3], left.box[1] - right.box[3]) < 0.15 * left.size and right.box[0] < left.box[2]
        return "" if han or (near and len(right.text) == 1) else " "
    close = han or right.text[0] in ".,;:)"  # the full stop behind a raised mark
    return " " if right.box[0] - left.box[2] > (0.35 if close else 0.15) * left.size else ""
