"""Searching a knowledge base: which circulars, or facts of one kind, hold what was asked for, best first, and where.

The statements and the marking of hits serve the command line and the pages of a published site alike, so this module knows
SQL and the words of `kb.terms`, and neither a connection nor anything of the pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from kb.terms import HAN, Term, fold

WEIGHTS: Mapping[str, tuple[float, ...]] = {"expressions": (8, 10, 6, 1)}
"""How much more a word counts in the title or the number of a circular than in its text."""

KINDS = ("deadlines", "duties", "events", "contacts", "references", "definitions")
"""The kinds of facts that can be searched by themselves."""

CONDITIONS = """
    (:house IS NULL OR c.issuer = :house COLLATE NOCASE)
    AND (:since IS NULL OR c.issued >= :since) AND (:until IS NULL OR c.issued <= :until)
    AND (:party IS NULL OR EXISTS (
        SELECT 1 FROM obligations AS o, json_each(o.bearer) AS b WHERE o.circular = c.id AND b.value = :party COLLATE NOCASE))
"""
"""What a search can be narrowed to; the names are those of its parameters."""

CIRCULARS = f"""
WITH ranked AS MATERIALIZED (
    SELECT rowid AS expression, bm25(expressions_fts, {", ".join(map(str, WEIGHTS["expressions"]))}) AS score
    FROM expressions_fts WHERE expressions_fts MATCH :match
),
found AS (
    SELECT e.circular, r.expression, min(r.score) AS score, count(*) OVER () AS total
    FROM ranked AS r JOIN expressions AS e ON e.id = r.expression JOIN circulars AS c ON c.id = e.circular
    WHERE {CONDITIONS}
    GROUP BY e.circular ORDER BY score, e.circular DESC LIMIT :limit OFFSET :offset
)
SELECT f.circular, f.expression, f.total, NULL AS fact, e.lang, e.text, 0 AS span_start, length(e.text) AS span_end, NULL AS page,
    c.issuer, c.number, c.issued, c.title_en, c.title_zh, h.name_en, h.name_zh
FROM found AS f JOIN expressions AS e ON e.id = f.expression JOIN circulars AS c ON c.id = f.circular
LEFT JOIN houses AS h ON h.code = c.issuer
ORDER BY f.score, f.circular DESC
"""  # noqa: S608 - names of our own, and parameters
"""Circulars by the better of their language versions; the text to show hits in is that version's."""


COMMON = 5_000
"""Words that more texts hold tell none of them from another, and ranking them all takes long: the newest circulars come first."""

IS_COMMON = "SELECT count(*) > :common FROM (SELECT 1 FROM expressions_fts WHERE expressions_fts MATCH :match LIMIT :common + 1)"


def newest(narrowed: bool) -> str:
    """The query for the circulars that hold common words, the newest first; columns and parameters are those of `statement`."""
    kept = f"JOIN circulars AS c ON c.id = e.circular AND {CONDITIONS}" if narrowed else ""
    return f"""
WITH here AS MATERIALIZED (
    SELECT e.circular
    FROM expressions_fts AS f CROSS JOIN expressions AS e INDEXED BY expressions_works ON e.id = f.rowid {kept}
    WHERE expressions_fts MATCH :match GROUP BY e.circular
),
found AS (
    SELECT c.id AS circular, c.issued FROM circulars AS c WHERE +c.id IN (SELECT circular FROM here)
    ORDER BY c.issued DESC, c.id DESC LIMIT :limit OFFSET :offset
)
SELECT f.circular, e.id AS expression, (SELECT count(*) FROM here) AS total, NULL AS fact, e.lang, e.text,
    0 AS span_start, length(e.text) AS span_end, NULL AS page, c.issuer, c.number, c.issued, c.title_en, c.title_zh, h.name_en, h.name_zh
FROM found AS f JOIN circulars AS c ON c.id = f.circular JOIN expressions AS e ON e.id = (
    SELECT min(x.id) FROM expressions AS x
    WHERE x.circular = f.circular AND EXISTS (SELECT 1 FROM expressions_fts WHERE expressions_fts MATCH :match AND rowid = x.id))
LEFT JOIN houses AS h ON h.code = c.issuer
ORDER BY f.issued DESC, f.circular DESC
"""  # noqa: S608 - names of our own, and parameters


def statement(kind: str | None) -> str:
    """The query for circulars, or for facts of one of these kinds; both give the same columns, and take the same parameters.

    Parameters: `match`, `house`, `since`, `until`, `party` (None for any), `limit`, `offset`. `total` counts without the limit.
    """
    return CIRCULARS if kind is None else _facts(kind)


@cache
def _facts(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is none of {', '.join(KINDS)}")
    return f"""
WITH found AS (
    SELECT d.id, f.rank AS score, count(*) OVER () AS total
    FROM "{kind}_fts" AS f JOIN "{kind}" AS d ON d.id = f.rowid
    JOIN expressions AS e ON e.id = d.expression JOIN circulars AS c ON c.id = e.circular
    WHERE "{kind}_fts" MATCH :match AND {CONDITIONS}
    ORDER BY score, d.id LIMIT :limit OFFSET :offset
)
SELECT e.circular, d.expression, f.total, d.id AS fact, e.lang, e.text, d.span_start, d.span_end, d.page,
    c.issuer, c.number, c.issued, c.title_en, c.title_zh, h.name_en, h.name_zh
FROM found AS f JOIN "{kind}" AS d ON d.id = f.id
JOIN expressions AS e ON e.id = d.expression JOIN circulars AS c ON c.id = e.circular
LEFT JOIN houses AS h ON h.code = c.issuer
ORDER BY f.score, d.id
"""  # noqa: S608 - the kind is one of ours


# Where the hits are -----------------------------------------------------------------------------------------------------

WORD = re.compile(rf"[^\W_{HAN}]+")
TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
LATIN = rf"[^\W_{HAN}]"
BREAK = r"[^\S\n\t]?\n?"  # between two Chinese characters of one word, as in kb.terms
GAP = r"[\W_]*"


def places(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Where the wanted terms stand in a text, in order, none over another."""
    folded = fold(text)
    words = {word.lower() for word in WORD.findall(folded)}
    found = sorted(match.span() for term in terms if not term.unwanted for match in pattern(term, words).finditer(folded))
    out: list[tuple[int, int]] = []
    for start, end in found:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def pattern(term: Term, words: Iterable[str]) -> re.Pattern[str]:
    """What a term looks like in a text with these words: an English one in any of its forms."""
    tokens = TOKEN.findall(term.words.lower())
    parts = [_token(token, words, term.prefix and place == len(tokens) - 1) for place, token in enumerate(tokens)]
    return re.compile(GAP.join(parts), re.IGNORECASE)


def _token(token: str, words: Iterable[str], prefix: bool) -> str:
    if re.match(f"[{HAN}]", token):
        return BREAK.join(token)
    if prefix:
        return rf"(?<!{LATIN}){token}{LATIN}*"
    alike = [word for word in words if word[:2] == token[:2] and stem(word) == stem(token)] or [token]
    return rf"(?<!{LATIN})(?:{'|'.join(map(re.escape, sorted(alike)))})(?!{LATIN})"


@cache
def _stemmer() -> Any:
    import snowballstemmer  # it brings thirty languages, which no command should wait for that searches nothing

    return snowballstemmer.stemmer("porter")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of an English word, as FTS5's own stemmer gives it: that one leaves words of two letters alone."""
    return str(_stemmer().stemWord(word)) if len(word) > 2 else word


class Part(NamedTuple):
    """A part of an excerpt, and whether it is what was looked for."""

    text: str
    hit: bool


class Hit(NamedTuple):
    """A circular, or a fact in one, that holds what was asked for; `fact` is the key of the fact in its table."""

    house: str | None
    number: str | None
    issued: str | None
    title: str | None
    lang: str
    circular: int
    expression: int
    fact: int | None
    page: int | None
    excerpt: Sequence[Part]


def hits(rows: Iterable[Mapping[str, Any]], terms: Sequence[Term]) -> list[Hit]:
    """What the rows of a `statement` say, each with the words around the terms; the title is in the language of the text."""
    found = []
    for row in rows:
        titles = (row["title_zh"], row["title_en"]) if row["lang"].startswith("zh") else (row["title_en"], row["title_zh"])
        around = excerpt(row["text"], row["span_start"], row["span_end"], terms)
        head = (row["issuer"], row["number"], row["issued"], titles[0] or titles[1], row["lang"])
        found.append(Hit(*head, row["circular"], row["expression"], row["fact"], row["page"], around))
    return found


REACH = 120
"""So many characters of the text are shown around a hit, half as many of Chinese."""


def excerpt(text: str, start: int, end: int, terms: Sequence[Term]) -> list[Part]:
    """The stretch of a text, around a fact or within all of it, where most of the terms stand together, with the hits marked."""
    first, last = max(start - 2 * REACH, 0), min(end + 2 * REACH, len(text))
    stretch = text[first:last]
    found = places(stretch, terms)
    if end - start > 4 * REACH:  # a whole text, not a fact in it
        middle = max(found, key=lambda place: crowd(stretch, found, place)) if found else (0, 0)
    else:
        middle = start - first, end - first
    reach = REACH // 2 if not stretch[middle[0] : middle[1]].isascii() else REACH
    left, right = widened(stretch, middle[0] - reach, middle[1] + reach)
    return list(parts(stretch, left, right, found))


def crowd(text: str, found: Sequence[tuple[int, int]], place: tuple[int, int]) -> int:
    """How many different hits stand near this one."""
    return len({fold(text[start:end]).lower() for start, end in found if abs(start - place[0]) <= REACH})


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds moved out to the nearest end of a word, a few characters at the most."""
    start, end = max(start, 0), min(end, len(text))
    before = re.search(r"\S{1,20}\Z", text[max(start - 20, 0) : start])
    after = re.match(r"\S{1,20}", text[end : end + 20])
    if before and text[start : start + 1].isascii():
        start -= len(before[0])
    if after and text[end - 1 : end].isascii():
        end += len(after[0])
    return start, end


def parts(text: str, start: int, end: int, found: Iterable[tuple[int, int]]) -> Iterator[Part]:
    """Text and hits in turn, white space as single spaces; what was left out is told by an ellipsis."""
    cursor = start
    if text[:start].strip():
        yield Part("… ", False)
    for left, right in found:
        if start <= left and right <= end:
            yield Part(SPACES.sub(" ", text[cursor:left]), False)
            yield Part(SPACES.sub(" ", text[left:right]), True)
            cursor = right
    yield Part(SPACES.sub(" ", text[cursor:end]), False)
    if text[end:].strip():
        yield Part(" …", False)


SPACES = re.compile(r"\s+")
