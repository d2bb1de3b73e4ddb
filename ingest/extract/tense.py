"""Whether a sentence speaks of what is to come or of what has been: it tells the year of a day that is printed without one."""

from __future__ import annotations

import re
from functools import cache

from ingest.lang.rules import compose, languages
from ingest.model import Span

REACH = 160  # characters beside a day in which its verb may stand


@cache
def _words(name: str) -> re.Pattern[str]:
    said = [compose(phrase, {}, name) for language in languages().values() for phrase in language.lists[name]]
    return re.compile("|".join(f"(?:{phrase})" for phrase in said))


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(f"(?P<ahead>{_words('ahead').pattern})|(?P<gone>{_words('gone').pattern})")


def direction(masked: str, scope: Span, span: Span, *, onwards: bool = False) -> int:
    """1 where the day is still to come, -1 where it has been, 0 where the words around it do not tell.

    `scope` is its sentence or row; `onwards` are the days from one (自10月9日起), which may be to come where 自10月9日以來 has been.
    What stands right beside the day counts first (`dated D`, D發出的通函), then the last verb of its clause before it, then the
    preposition (`by D`, D或之前), then the nearest verb of the sentence.
    """
    before = masked[max(scope[0], span[0] - REACH) : span[0]]
    behind = masked[span[1] : min(scope[1], span[1] + REACH)]
    if (not onwards and _words("gone_before").search(before)) or _words("gone_behind").match(behind):
        return -1
    verb = _last(_CLAUSE.split(before)[-1])
    if verb is None and (_words("ahead_before").search(before) or _words("ahead_behind").match(behind)):
        return 1
    verb = verb or _last(before) or _verbs().search(behind)
    return 0 if verb is None else 1 if verb["ahead"] is not None else -1


_CLAUSE = re.compile(r"[,;:，；：]|\b(?:that|which|who|and|but)\b")


def _last(said: str) -> re.Match[str] | None:
    found = list(_verbs().finditer(said))
    return found[-1] if found else None
