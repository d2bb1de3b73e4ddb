"""Whether a sentence speaks of what is to come or of what has been: it tells the year of a day that is printed without one."""

from __future__ import annotations

import re
from functools import cache

from ingest.lang.rules import word_list
from ingest.model import Span

REACH = 160  # characters beside a day in which its verb may stand


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(f"(?P<ahead>{word_list('ahead').pattern})|(?P<gone>{word_list('gone').pattern})")


def direction(masked: str, scope: Span, span: Span, *, onwards: bool = False) -> int:
    """1 where the day is still to come, -1 where it has been, 0 where the words around it do not tell.

    `scope` is its sentence or row; `onwards` are the days from one (自10月9日起), which may be to come where 自10月9日以來 has been.
    What stands right beside the day counts first (`dated D`, D發出的通函), then the last verb of its clause before it, then the
    preposition (`by D`, D或之前), then the nearest verb of the sentence.
    """
    before = masked[max(scope[0], span[0] - REACH) : span[0]]
    behind = masked[span[1] : min(scope[1], span[1] + REACH)]
    gone = not onwards and word_list("gone_before").search(before) and not word_list("period_ends").match(behind)
    if gone or word_list("gone_behind").match(behind):
        return -1
    clause = _CLAUSE.split(before)[-1]
    if _NOT_YET.search(clause) and word_list("ahead_before").search(before):  # firms that have not received it by 17 April
        return 1
    verb = _last(clause)
    if verb is None and (word_list("ahead_before").search(before) or word_list("ahead_behind").match(behind)):
        return 1
    verb = verb or _last(before) or _verbs().search(behind)
    return 0 if verb is None else 1 if verb["ahead"] is not None else -1


_NOT_YET = re.compile(r"\b(?:has|have)\s+(?:still\s+)?not\b")
_CLAUSE = re.compile(r"[,;:，；：]|\b(?:that|which|who|and|but)\b")


def _last(said: str) -> re.Match[str] | None:
    found = list(_verbs().finditer(said))
    return found[-1] if found else None
