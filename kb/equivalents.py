"""Terms that seem to stand for each other in two languages, and that the glossary does not know: proposals for people to review.

What answers each other in a translation is a passage: a sentence, a cell in the same place, a term in brackets. A term of the
English side and a run of Chinese characters that are mostly there together, and hardly ever apart, are proposed. No check reads this.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz
from sqlite_utils import Database

from ingest.model import Definition, Expression, House, Value
from kb import store
from kb.checks.align import Match
from kb.checks.pairing import Paired
from kb.saying import ENGLISH, Voice
from kb.wording import bonds, chinese, knows, latin, squeeze

WITNESSES = 2
"""So many passages have to show a proposal that have other words around it: what two houses print alike is one witness."""
FIT = 0.6
"""How much of the passages with either term must have both (Dice's coefficient)."""

_LONGEST_ENGLISH, _LONGEST_CHINESE = 6, 12
_SAMPLE = 30
_ALIKE = 70
_CLEAR = 0.06
_QUOTE = 160
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9&'’/-]*")
_NAME = r"[A-Z][A-Za-z&'’/-]*"
_CAPITALISED = re.compile(rf"{_NAME}(?:\s+(?:(?:of|and|for|in|on|to|the)\s+){{0,2}}{_NAME})*")
_OPENING = re.compile(r"(?:^|[.!?:;•●|]\s+|[\"“(（]\s*|\b\d+[.)]\s*)$")
_DETERMINER = re.compile(
    r"^(?:(?:The|A|An|All|Each|Every|Any|Our|Your|This|These|Those|No|Such|If|In|On|For|As|At|By|From|To|Please|After|Before|When|Should)\s+)+"
)
_CALENDAR = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tues?|wed|thu|thurs?|fri|sat|sun)(?:[a-z]*(?:day|ber|ary|ch|il|e|y|t))?$|(?:no|ref|mr|ms|tel|fax|table|annex|appendix|section|rule|chapter|[a-z])$"
)
_HAN = re.compile(r"[㐀-鿿]")
_RUN = re.compile(r"(?:(?!的)[㐀-鿿]){2,}")
# With these a term neither begins nor ends: they join, point, or say when and by whom.
_JOINS = "以的及和與与或於在將由為為之至其該各每此等並亦已而就請或"
_COUNTED = re.compile(r"[零〇一二三四五六七八九十廿卅]+[年月日號时時]|^號")


class Passage(NamedTuple):
    """What stands for each other: the words of either side, as printed, and the circular."""

    english: str
    chinese: str
    circular: str


class Proposal(Value, frozen=True, kw_only=True):
    """Two terms that seem to stand for each other.

    `together` counts the passages with both, `english_apart` and `chinese_apart` those with one of them alone, `circulars` the
    circulars in which they are together. The examples are of one passage, in `circular`.
    """

    english: str
    chinese: str
    together: int
    english_apart: int
    chinese_apart: int
    circulars: int
    circular: str
    english_example: str
    chinese_example: str

    @property
    def fit(self) -> float:
        """From 0 to 1: how seldom one stands without the other."""
        return 2 * self.together / (2 * self.together + self.english_apart + self.chinese_apart)


# Passages -------------------------------------------------------------------------------------------------------------


def passages(left: Expression, right: Expression, houses: Mapping[str, House]) -> Iterator[Passage]:
    """What stands for each other in a translation; nothing where both sides are in one language."""
    if chinese(left.lang) == chinese(right.lang):
        return
    english, other = (right, left) if chinese(left.lang) else (left, right)
    circular = english.number or other.number or english.source.path
    pair = Paired(english, other, "translation", houses)
    for match in pair.answered:
        for ours, theirs in _answers(pair, match):
            yield Passage(squeeze(ours), squeeze(theirs), circular)


def stored_passages(db: Database, houses: Mapping[str, House]) -> Iterator[Passage]:
    """What stands for each other in every translation of a knowledge base."""
    for left, right in db.execute("""SELECT "left", "right" FROM pairs WHERE relation = 'translation' ORDER BY id""").fetchall():
        yield from passages(store.expression(db, left), store.expression(db, right), houses)


def _answers(pair: Paired, match: Match) -> Iterator[tuple[str, str]]:
    cells = [[cell for cell, _ in unit.cells] for unit in (*match.left, *match.right)]
    if len(cells) == 2 and cells[0] and len(cells[0]) == len(cells[1]):
        yield from zip(*cells, strict=True)
        return
    if match.score >= _CLEAR:
        yield tuple(" ".join(unit.text for unit in units) for units in (match.left, match.right))  # type: ignore[misc]  # two of them
        ours, theirs = (
            _defined(side, units[0].span[0], units[-1].span[1]) for side, units in ((pair.left, match.left), (pair.right, match.right))
        )
        if len(ours) == len(theirs) == 1:
            yield from ((ours[0].full, theirs[0].full), (ours[0].term, theirs[0].term))


def _defined(expression: Expression, start: int, end: int) -> Sequence[Definition]:
    return [item for item in expression.definitions if start <= item.span[0] < end]


# Terms ----------------------------------------------------------------------------------------------------------------


def key(term: str) -> str:
    """An English term as it is counted: lower case but for abbreviations, its last word in the singular."""
    words = [word if word.isupper() and len(word) > 1 else word.lower() for word in _WORD.findall(term)]
    if words and re.search(r"[^su]s$", words[-1]) and len(words[-1]) > 2:
        words[-1] = words[-1].removesuffix("s")
    return " ".join(words)


def english_terms(text: str) -> Iterator[str]:
    """Names with capitals, and the whole of a text that is a few words and no sentence."""
    whole = re.sub(r"\s*\([^)]*\)?$", "", text).strip(" *•")
    if len(_WORD.findall(whole)) <= 4 and not re.search(r"[\d.:;$()]", whole) and not _calendar(whole):
        yield whole
    for found in _CAPITALISED.finditer(text):
        term = _DETERMINER.sub("", found[0]).removesuffix(" No")
        if text[found.end() : found.end() + 1] == "$":
            continue
        opens = " " not in term and term == found[0] and _OPENING.search(text[: found.start()])
        if not opens and not _calendar(term):
            yield term


def _calendar(term: str) -> bool:
    return all(_CALENDAR.match(word) for word in key(term).lower().split())


def _runs(text: str, longest: int = _LONGEST_CHINESE) -> set[str]:
    """Every stretch of Chinese characters, from two to the longest, that may be a term."""
    return {
        run[0][start : start + length]
        for run in _RUN.finditer("".join(text.split()))
        for length in range(2, longest + 1)
        for start in range(len(run[0]) - length + 1)
        if run[0][start] not in _JOINS and run[0][start + length - 1] not in _JOINS
    }


def _phrases(text: str, wanted: Collection[str]) -> set[str]:
    """Which of the terms a text holds."""
    words = _WORD.findall(text)
    spans = ((start, start + length) for length in range(1, _LONGEST_ENGLISH + 1) for start in range(len(words) - length + 1))
    return {found for start, end in spans if (found := key(" ".join(words[start:end]))) in wanted}


# Proposals ------------------------------------------------------------------------------------------------------------


def propose(found: Iterable[Passage], houses: Mapping[str, House], witnesses: int = WITNESSES) -> list[Proposal]:
    """What the passages say and the glossary does not know, the best shown first."""
    told = list({(one.english, one.chinese): one for one in found if _HAN.search(one.chinese)}.values())
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for one in told:
        for term in english_terms(one.english):
            forms[key(term)][term] += 1
    forms.pop("", None)
    where: dict[str, list[Passage]] = defaultdict(list)
    for one in told:
        for term in _phrases(one.english, forms):
            where[term].append(one)
    shared = {term: _shared(stand, witnesses) for term, stand in where.items() if len(stand) >= witnesses and _translated(term, stand)}
    wanted = {run for runs in shared.values() for run in runs}
    everywhere = Counter(run for one in told for run in _runs(one.chinese) & wanted)
    best = _mutual(
        {term: {run: _fit(both, len(where[term]), everywhere[run]) for run, both in runs.items()} for term, runs in shared.items()}
    )
    made = (_proposal(forms[term], run, where[term], everywhere[run]) for term, run in best)
    kept = [one for one in made if one.fit >= FIT and not _known(one, houses)]
    return sorted(kept, key=lambda one: (-one.together * one.fit, one.english, one.chinese))


def _shared(stand: Sequence[Passage], witnesses: int) -> Counter[str]:
    """The runs that most of the passages with a term have, a sample of them; then how many really do."""
    sample = _independent(stand[:_SAMPLE])
    counts = Counter(run for one in sample for run in _runs(one.chinese))
    least = max(witnesses, FIT / 2 * len(sample))
    often = (run for run, count in counts.items() if count >= least and not bonds(run) and not _COUNTED.search(run))
    likely = {run for run in often if _stands_alone(run, sample)}
    return Counter(run for one in stand for run in _runs(one.chinese) & likely)


def _translated(term: str, stand: Sequence[Passage]) -> bool:
    """Is no word of the term left as it is on the Chinese side?"""
    words = set(term.lower().split())
    return sum(bool(words & latin(one.chinese)) for one in stand) * 2 < len(stand)


def _fit(both: int, english: int, run: int) -> float:
    return 2 * both / (english + run)


def _mutual(fits: Mapping[str, Mapping[str, float]]) -> list[tuple[str, str]]:
    """The pairs in which either term is the other's best; of equals the longer."""
    ours = {term: max(runs, key=lambda run: (runs[run], len(run), run)) for term, runs in fits.items() if runs}
    theirs: dict[str, tuple[float, int, str]] = {}
    for term, runs in fits.items():
        for run, fit in runs.items():
            theirs[run] = max(theirs.get(run, (0.0, 0, "")), (fit, len(term), term))
    return [(term, run) for term, run in ours.items() if theirs[run][2] == term]


def _proposal(forms: Counter[str], run: str, stand: Sequence[Passage], everywhere: int) -> Proposal:
    both = [one for one in stand if run in "".join(one.chinese.split())]
    example = min(both, key=lambda one: (len(one.english) + len(one.chinese), one))
    return Proposal(
        english=max(forms, key=lambda form: (forms[form], form)),
        chinese=run,
        together=len(both),
        english_apart=len(stand) - len(both),
        chinese_apart=everywhere - len(both),
        circulars=len({one.circular for one in both}),
        circular=example.circular,
        english_example=_cut(example.english),
        chinese_example=_cut(example.chinese),
    )


def _independent(stand: Sequence[Passage]) -> list[Passage]:
    """Of passages that two houses print nearly alike, one."""
    out: list[Passage] = []
    for one in stand:
        if not any(fuzz.ratio(one.chinese, other.chinese, score_cutoff=_ALIKE) for other in out):
            out.append(one)
    return out


def _stands_alone(run: str, stand: Sequence[Passage]) -> bool:
    """Is the run a word of its own: does it end at a sign or a joining word, or do different ones follow, and so where it begins?"""
    texts = ["".join(one.chinese.split()) for one in stand]
    places = [(text[: found.start()][-1:], text[found.end() :][:1]) for text in texts for found in re.finditer(run, text)]
    return all(
        len(set(beside)) > 1 or any(not _HAN.match(char) or char in _JOINS for char in beside) for beside in zip(*places, strict=True)
    )


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTE else text[: _QUOTE - 1] + "…"


def _known(one: Proposal, houses: Mapping[str, House]) -> bool:
    """Does the glossary know the two, or are they the names of one house?"""
    if knows(one.english, one.chinese):
        return True
    names = ((house.name, house.short) for house in houses.values())
    return any(
        key(one.english) in {key(word) for name in both for word in name.en}
        and any(one.chinese in word for name in both for word in name.zh)
        for both in names
    )


# Printing -------------------------------------------------------------------------------------------------------------


def as_text(found: Sequence[Proposal], voice: Voice = ENGLISH) -> str:
    """Each proposal with its evidence and an example."""
    return "".join(
        f"{one.english} / {one.chinese}\n  {evidence(one, voice)}\n  {one.english_example}\n  {one.chinese_example}\n\n" for one in found
    )


def as_toml(found: Sequence[Proposal]) -> str:
    """Lines for a glossary file, each below its evidence: for whoever has reviewed them."""
    lines, named = ["[terms]"], Counter[str]()
    for one in found:
        lines += [f"# {evidence(one)}", f"#   {one.english_example}", f"#   {one.chinese_example}"]
        name = re.sub(r"[^a-z0-9]+", "_", key(one.english).lower()).strip("_")
        named[name] += 1
        again = f"_{named[name]}" if named[name] > 1 else ""
        lines.append(f"{name}{again} = {{ en = [{_pattern(_singular(one.english))}], zh = [{_pattern(one.chinese)}] }}")
    return "\n".join(lines) + "\n"


def evidence(one: Proposal, voice: Voice = ENGLISH) -> str:
    """How often together and apart, and where."""
    counted = {"together": one.together, "english": one.english_apart, "chinese": one.chinese_apart, "first": one.circular}
    said = "together {together}, apart {english} + {chinese}, in {circulars}, first {first}"
    return voice(said, circulars=voice.many(one.circulars, "circular"), **counted)


def _singular(term: str) -> str:
    """Without the plural's ending: a pattern of the glossary fits the beginning of a word."""
    return term[:-1] if len(key(term)) < len(" ".join(_WORD.findall(term))) else term


def _pattern(term: str) -> str:
    return json.dumps(re.sub(r"([.*+?()\[\]{}|^$\\])", r"\\\1", term), ensure_ascii=False)
