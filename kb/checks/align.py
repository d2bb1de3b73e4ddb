"""Which piece of one circular answers which piece of the other: a monotone alignment by dynamic programming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from ingest.model import Lang
from kb.checks.units import Unit, words
from kb.facts import Mention
from kb.substitute import Terms, replaced
from kb.wording import binds, latin, subjects

Steps = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
_BAND = 40
_MERGE_COST = 0.06
_UNLIKE = -0.12
MAX_CELLS = 400_000


class Costs(NamedTuple):
    """What is taken from the gain of a chain: for a sentence without an answer, and for two that are taken together with two."""

    lone: float = 0.0
    two_by_two: float = 0.0


SIBLINGS = Costs()
TRANSLATED = Costs(lone=0.1, two_by_two=0.1)
"""Between two languages few words are known to be alike, so a chain with gaps or with pairs of pairs would often gain more."""


class Match(NamedTuple):
    """Units of the left and of the right that say the same; one side is empty where nothing answers."""

    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    score: float


class Profile(NamedTuple):
    """What a unit, or a few in a row, is compared by."""

    text: str
    keys: frozenset[tuple[str, ...]]
    shape: frozenset[str]
    words: int
    concepts: frozenset[str]
    latin: frozenset[str]
    binding: bool
    row: bool
    heading: bool


Score = Callable[[Sequence[Unit], Sequence[Unit]], float]
_Step = tuple[int, int, float]
_Option = tuple[float, _Step]


def align(left: Sequence[Unit], right: Sequence[Unit], score: Score, costs: Costs = SIBLINGS) -> list[Match]:
    """The chain of matches with the highest gain, costs taken off; a match that gains nothing is none."""
    if len(left) * len(right) > MAX_CELLS:
        return _blockwise(left, right, score, costs)
    n, m = len(left), len(right)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    step: list[list[_Step]] = [[(0, 0, 0.0)] * (m + 1) for _ in range(n + 1)]
    slack = max(_BAND, abs(n - m) + 10)
    for i in range(n + 1):
        for j in range(m + 1):
            options = []
            if i:
                options.append((best[i - 1][j] - _alone(left[i - 1], costs), (1, 0, 0.0)))
            if j:
                options.append((best[i][j - 1] - _alone(right[j - 1], costs), (0, 1, 0.0)))
            if i and j and abs(i * m / max(n, 1) - j) <= slack:
                options += _options(best, left, right, (i, j), score, costs)
            if options:
                best[i][j], step[i][j] = max(options, key=lambda option: option[0])
    return _closed(_trace(left, right, step), score)


def _alone(unit: Unit, costs: Costs) -> float:
    return costs.lone if unit.kind == "sentence" else 0.0


def _options(
    best: list[list[float]], left: Sequence[Unit], right: Sequence[Unit], at: tuple[int, int], score: Score, costs: Costs
) -> list[_Option]:
    i, j = at
    out = []
    for down, across in Steps:
        if i < down or j < across or (down + across > 2 and _apart(left[i - down : i], right[j - across : j])):
            continue
        value = score(left[i - down : i], right[j - across : j])
        gain = value * down - (costs.two_by_two if down > 1 else 0.0) if down == across else value - _MERGE_COST * (down + across - 2)
        if value > 0:
            out.append((best[i - down][j - across] + gain, (down, across, value)))
    return out


def _apart(left: Sequence[Unit], right: Sequence[Unit]) -> bool:
    """Only sentences of one paragraph are taken together: rows and headings stand for themselves."""
    return any(unit.kind != "sentence" for unit in (*left, *right)) or any(
        len({unit.paragraph for unit in side}) > 1 for side in (left, right)
    )


def _trace(left: Sequence[Unit], right: Sequence[Unit], step: list[list[_Step]]) -> list[Match]:
    i, j, out = len(left), len(right), []
    while i or j:
        down, across, value = step[i][j]
        out.append(Match(tuple(left[i - down : i]), tuple(right[j - across : j]), value))
        i, j = i - down, j - across
    return out[::-1]


def _closed(matches: list[Match], score: Score) -> list[Match]:
    """Between two matches, as many lone units on the left as on the right are each other's, if they are not all too unlike."""
    out: list[Match] = []
    gap: list[Match] = []
    for match in [*matches, None]:
        if match and not (match.left and match.right):
            gap.append(match)
            continue
        out += _gap_closed(gap, score)
        gap = []
        if match:
            out.append(match)
    return out


def _gap_closed(gap: list[Match], score: Score) -> list[Match]:
    left, right = [match.left for match in gap if match.left], [match.right for match in gap if match.right]
    if not left or len(left) != len(right):
        return gap
    pairs = [Match(a, b, score(a, b)) for a, b in zip(left, right, strict=True)]
    if any(pair.left[0].kind != pair.right[0].kind or pair.score < _UNLIKE for pair in pairs):
        return gap
    return pairs


def _blockwise(left: Sequence[Unit], right: Sequence[Unit], score: Score, costs: Costs) -> list[Match]:
    """Two very long texts are cut where their thirds meet; a rough cut beats no answer."""
    i, j = len(left) // 2, len(right) // 2
    return [*align(left[:i], right[:j], score, costs), *align(left[i:], right[j:], score, costs)]


def same_language(known: Terms, lang: Lang) -> Score:
    """How alike two units of one language are, once each house's own words are set aside."""

    @cache
    def plain(units: tuple[Unit, ...]) -> Profile:
        return _profile(units, lang, known)

    @cache
    def score(left: tuple[Unit, ...], right: tuple[Unit, ...]) -> float:
        a, b = plain(left), plain(right)
        if a.heading != b.heading:
            return 0.0
        alike = fuzz.ratio(a.text, b.text) / 100
        if a.keys or b.keys:
            alike = 0.65 * alike + 0.35 * _shared(a.keys, b.keys)
        return alike - 0.5 - (0.15 if a.row != b.row else 0.0)

    return lambda left, right: score(tuple(left), tuple(right))


def other_language(left_lang: Lang, right_lang: Lang, ratio: float) -> Score:
    """How well one unit may translate the other: its facts, its length, the glossary's concepts, how binding it is."""

    @cache
    def plain(units: tuple[Unit, ...], lang: Lang) -> Profile:
        return _profile(units, lang, None)

    @cache
    def score(left: tuple[Unit, ...], right: tuple[Unit, ...]) -> float:
        a, b = plain(left, left_lang), plain(right, right_lang)
        if a.heading != b.heading:
            return 0.0
        length = min(a.words * ratio, b.words) / max(a.words * ratio, b.words, 1)
        meaning = _meaning(a, b)
        if a.keys or b.keys:
            kinds = _shared(a.shape, b.shape)
            value = 0.4 * _shared(a.keys, b.keys) + 0.1 * kinds + 0.2 * length + 0.3 * meaning
        else:
            value = 0.45 * length + 0.55 * meaning
        return value - 0.4 + (0.05 if a.binding == b.binding else -0.05) - (0.15 if a.row != b.row else 0.0)

    return lambda left, right: score(tuple(left), tuple(right))


def _meaning(a: Profile, b: Profile) -> float:
    """Concepts and untranslated words that both have; neutral where neither has any."""
    kept = a.latin & b.latin
    mine, yours = len(a.concepts) + len(kept), len(b.concepts) + len(kept)
    if not mine and not yours:
        return 0.5
    return 2 * (len(a.concepts & b.concepts) + len(kept)) / (mine + yours)


def _shared(left: frozenset[object], right: frozenset[object]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


def _profile(units: tuple[Unit, ...], lang: Lang, known: Terms | None) -> Profile:
    text = " ".join(unit.text for unit in units)
    found = [mention for unit in units for mention in unit.mentions if mention.kind != "weekday"]
    return Profile(
        text=masked(units, known) if known else "",
        keys=frozenset((mention.kind, *mention.key[:1]) for mention in found),
        shape=frozenset(f"{kind}{min(count, 3)}" for kind, count in Counter(mention.kind for mention in found).items()),
        words=words(text, lang),
        concepts=frozenset().union(*(subjects(unit.text, lang) for unit in units)) if known is None else frozenset(),
        latin=latin(text) if known is None else frozenset(),
        binding=any(binds(unit.text) for unit in units),
        row=units[0].kind == "row",
        heading=units[0].kind == "heading",
    )


def masked(units: Sequence[Unit], known: Terms) -> str:
    """The units' text with each fact as its kind and each house's words as placeholders."""
    out = []
    for unit in units:
        text = unit.text
        for mention in unit.mentions:
            quote = " ".join(mention.quote.split())
            if len(quote) > 2:
                text = text.replace(quote, f"§{mention.kind}")
        out.append(replaced(text, known))
    return " ".join(out).lower()


def length_ratio(left: Sequence[Unit], right: Sequence[Unit], left_lang: Lang, right_lang: Lang) -> float:
    """How many words of the right stand for one of the left."""
    mine = sum(words(unit.text, left_lang) for unit in left)
    yours = sum(words(unit.text, right_lang) for unit in right)
    return min(max(yours / mine if mine else 1.0, 0.25), 4.0)


def coverage(matches: Sequence[Match]) -> tuple[float, float]:
    """Which part of either text found an answer in the other, by length."""
    answered = [match for match in matches if match.left and match.right]
    left = _part([match.left for match in answered], [match.left for match in matches])
    return left, _part([match.right for match in answered], [match.right for match in matches])


def _part(found: Sequence[tuple[Unit, ...]], whole: Sequence[tuple[Unit, ...]]) -> float:
    total = sum(len(unit.text) for units in whole for unit in units)
    return sum(len(unit.text) for units in found for unit in units) / total if total else 1.0


def all_mentions(units: Sequence[Unit]) -> list[Mention]:
    """The facts of a few units, in reading order."""
    return [mention for unit in units for mention in unit.mentions]
