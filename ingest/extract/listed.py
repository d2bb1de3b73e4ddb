"""Lists whose line above says all but the act: `Trustees are required to –`, 參與者須於5月3日前：, then `(i) cease …; (ii) deliver …`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile

import msgspec

from ingest.extract.duties import Modal, action_of, clause_end
from ingest.extract.layout import InOrder
from ingest.extract.leads import MARK, opened
from ingest.extract.sentences import sentences
from ingest.model import Deadline, Duty, Span

_SETTING = re.compile(
    r"(?:in|on|upon|for|by|at|from|where|if|when|before|after|with|within|during|not|no)\b|[于於在如若倘凡就]", re.IGNORECASE
)
_ENDING = re.compile(r"[;；,，]?\s*(?:and|or|及|或|和|以及)?\s*[;；,，.。]?$")


def acts_below(masked: str, paragraphs: Sequence[Span], at: int, verbs: InOrder[Modal]) -> Iterator[tuple[Span, Span]]:
    """What each item of a list says, and of it the first clause; what has a verb of duty of its own is a duty already."""
    below = [(paragraph, MARK.match(masked, *paragraph)) for paragraph in paragraphs[at + 1 :]]
    kind = below[0][1].lastgroup if below and below[0][1] else None
    bare = _chinese_items(masked, [paragraph for paragraph, _ in below]) if kind is None else 0
    for paragraph, mark in [
        *below[:bare],
        *takewhile(lambda item: item[1] is not None or (kind is None and masked[item[0][0] : item[0][0] + 1].islower()), below[bare:]),
    ]:
        if (mark.lastgroup if mark else None) != kind:
            continue
        first = next(iter(sentences(masked, (mark.end() if mark else paragraph[0], paragraph[1]))), None)
        if first is None:
            continue  # a mark without words
        low, high = first
        whole = low, low + len(_ENDING.sub("", masked[low:high]))
        end = whole[1] if _SETTING.match(masked, low, high) else clause_end(masked, low, high)
        if not verbs.within((low, end)):
            yield whole, (low, end)


def _chinese_items(masked: str, paragraphs: Sequence[Span]) -> int:
    """How many paragraphs are items without a mark: each but the last ends in a semicolon (更新名單；保存記錄；及)."""
    open_ended = [goes_on(masked, paragraph) for paragraph in paragraphs]
    count = open_ended.index(False) + 1 if False in open_ended else len(open_ended)
    return count if count > 1 and all("一" <= masked[low : low + 1] <= "鿿" for low, _ in paragraphs[:count]) else 0


def goes_on(masked: str, paragraph: Span) -> bool:
    """Does it end as the items of a list do but for the last one: with a semicolon, or with 及 behind one?"""
    return _GOES_ON.search(masked, max(paragraph[0], paragraph[1] - 6), paragraph[1]) is not None


_GOES_ON = re.compile(r"[;；]\s*(?:及|和|以及|或|並|并)?\s*$")


def with_lists(
    masked: str, text: str, paragraphs: Sequence[Span], verbs: InOrder[Modal], due: Sequence[Deadline], found: Sequence[Duty]
) -> list[Duty]:
    """The duties with those of list items; the line above a list, which asks for nothing by itself, is left out."""
    starts = [paragraph[0] for paragraph in paragraphs]
    dated = {deadline.quote for deadline in due}
    told: list[Duty] = []
    for duty in found:
        at = bisect_right(starts, duty.span[0]) - 1
        over = (duty.action is None or duty.action in dated) and at >= 0 and opens(masked, paragraphs[at], duty.span[1])
        items = acts_below(masked, paragraphs, at, verbs) if over else ()
        told += [item for whole, act in items if (item := _item(text, duty, whole, act))] or [duty]
    return sorted(told, key=lambda duty: duty.span)


def opens(masked: str, paragraph: Span, end: int) -> bool:
    """Does a sentence that ends here end its paragraph, and leave what is to be done to a list?"""
    return end >= paragraph[1] - 3 and opened(masked, paragraph)[-1:] not in ".。;；"


def _item(text: str, lead: Duty, whole: Span, act: Span) -> Duty | None:
    action = action_of(text, act)
    return msgspec.structs.replace(lead, quote=text[slice(*whole)], span=whole, action=action) if action else None
