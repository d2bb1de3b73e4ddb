"""Sentence bounds of a paragraph whose dates, times, numbers and addresses are marks already.

Most full stops are clear: before a capital and behind a word one begins, before a small letter none does. Where a stop may
belong to an abbreviation or an initial (`… Ltd. The …`, `J. Lee`), spaCy's English words decide. It is loaded only then:
its import takes longer than reading a hundred circulars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from ingest.model import Span

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

# A stop, what closes a quotation behind it, and what follows. A Chinese stop needs no white space.
# The stop of `9:30 a.m.` is a mark already: behind a clock time the words tell (`… at 9:30 a.m. CPs who …`).
_STOP = re.compile(
    r"[.!?。\ufdd2\ufdd3](?:(?<=[\ufdd2\ufdd3])(?=\s(?!(?:[A-Z][A-Za-z.]*\s){1,4}[Tt]ime\b|[A-Z]{1,4}T\b|UTC\b|GMT\b)"
    r"(?:(?:The|All|Any|Each|Every|If|Where|When|Please|Such|No|It|They|Upon|Failure|Late|Should|You|We|There|Thereafter|Once|However)\s[a-zA-Z]"
    r"|(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][A-Za-z’'-]*\s(?:[A-Z][A-Za-z’'-]*\s){0,3}(?:are|is|who|which|should|must|shall|will|may|wish|wishing|can|have|has|need)\s))"
    r"|(?<![\ufdd2\ufdd3。])[\"”’')\]]*(?=\s)|(?<![.\ufdd2\ufdd3])[」』”\"')]*)"
)
_PAUSE = re.compile(r"[,;:，；：、\s]")
_OPENS = re.compile(r"\s*[\"“‘'(\[]*[A-Z0-9\u4e00-\u9fff\ufdd0\ufdd2\ufdd4\ufdd6\ufdd8]")
_NEVER = re.compile(
    r"\b(?:No|Nos|Ref|Refs|Mr|Ms|Mrs|Dr|Prof|Cap|Caps|Art|Fig|vs|e\.g|i\.e|cf|Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|approx|[Tt]el|[Ee]xt|[Cc]\.[Oo]\.[Bb])$"
)
_DOUBTFUL = re.compile(r"(?:\b(?:Ltd|Co|Inc|Corp|etc|St|Rd|Jr|Sr|para|paras|al)|\b[A-Z](?:\.[A-Z])*)$")
LONGEST = 4_000  # the longest sentence of a real circular has a quarter
_AS_WORDS = dict.fromkeys(range(0xFDD0, 0xFDDC), "X")  # a mark is a word to the tokenizer


def sentences(masked: str, span: Span) -> list[Span]:
    """The sentences of a stretch of text, in order, without the white space between them."""
    bounds: list[Span] = []
    start = span[0]
    for stop in _STOP.finditer(masked, *span):
        if _ends(masked, stop, span):
            bounds += _parts(masked, start, stop.end())
            start = stop.end()
    bounds += _parts(masked, start, span[1])
    return [bound for bound in (_trimmed(masked, *bound) for bound in bounds) if bound[0] < bound[1]]


def _parts(masked: str, start: int, end: int) -> Iterator[Span]:
    """A sentence; one that never ends comes in parts, so that what is asked of each costs no more than its own length."""
    while end - start > LONGEST:
        pauses = list(_PAUSE.finditer(masked, start + LONGEST // 2, start + LONGEST))
        cut = pauses[-1].end() if pauses else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _trimmed(masked: str, low: int, high: int) -> Span:
    while low < high and masked[low].isspace():
        low += 1
    while high > low and masked[high - 1].isspace():
        high -= 1
    return low, high


def _ends(masked: str, stop: re.Match[str], span: Span) -> bool:
    if stop[0][0] != ".":
        return True
    before = masked[max(span[0], stop.start() - 12) : stop.start()]
    if not _OPENS.match(masked, stop.end(), span[1]) or _NEVER.search(before):
        return False
    return not _DOUBTFUL.search(before) or _new_sentence(masked, stop.end(), span[1])


@cache
def _english() -> Pipeline:
    import spacy

    return spacy.blank("en")


def _new_sentence(masked: str, at: int, end: int) -> bool:
    """Behind an abbreviation only a function word with a capital tells: `ABC Ltd. The …` against `J. Lee` or `St. George`."""
    words = _english().make_doc(masked[at : min(end, at + 40)].lstrip().translate(_AS_WORDS))
    return bool(len(words)) and words[0].is_stop
