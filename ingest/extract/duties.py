"""Who must, should or may do what: sentences, their modal verbs and the parties before them.

Sentence bounds and party terms come from spaCy's blank pipelines (no model): its tokens know `No.` and `Mr.`, and the
PhraseMatcher finds all parties of all houses in one pass. Dates, times and numbers are marks by then, so no full stop
inside them ends a sentence.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from ingest.lang.rules import compose, languages
from ingest.model import Definition, Duty, House, Modality, Span
from ingest.text import fold, squeeze

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.matcher import PhraseMatcher

SPACE, GAP = r"\s+", r"\s?"
_HAN = re.compile(r"[一-鿿]")
_CLAUSE = re.compile(r"[,;:。；，、]|\s(?:and|but)\s")


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal verb where it stands."""

    span: Span
    modality: Modality
    rule: str


@dataclass(frozen=True, slots=True)
class Party:
    """A party term where it stands; `name` is the form that the text defines."""

    span: Span
    name: str


# Sentences -----------------------------------------------------------------------------------------------------------


@cache
def _pipeline(code: str) -> Pipeline:
    import spacy

    pipeline = spacy.blank(code)
    pipeline.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?"] if code == "en" else ["。", "!", "?"]})
    return pipeline


def sentences(masked: str, span: Span) -> list[Span]:
    """The sentences of a paragraph. A full stop before a small letter or inside a token ends none."""
    low, high = span
    text = masked[low:high]
    if not _STOPS.search(text):
        return [span]
    doc = _pipeline("zh" if _HAN.search(text) else "en")(text.translate(_AS_WORDS))
    found: list[Span] = []
    for sentence in doc.sents:
        start, end = low + sentence.start_char, low + sentence.end_char
        if found and (masked[start : start + 1].islower() or _ABBREVIATED.search(masked[found[-1][0] : found[-1][1]])):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


_AS_WORDS = dict.fromkeys(range(0xFDD0, 0xFDDC), "X")  # a mark is a word to the tokenizer
_STOPS = re.compile(r"[.!?。]\s*\S")
_ABBREVIATED = re.compile(r"\b(?:No|Nos|Ref|Mr|Ms|Mrs|Dr|Cap|Art|vs|etc|Ltd|Co|e\.g|i\.e)\.\s*$")


# Parties -------------------------------------------------------------------------------------------------------------


class Parties:
    """The party terms of a document: its own definitions, its house's classes and the general ones."""

    def __init__(self, definitions: Sequence[Definition], houses: Iterable[House]) -> None:
        self.defined = _defined(definitions)
        self.houses = tuple(houses)

    def find(self, text: str, masked: str, span: Span) -> list[Party]:
        """All party terms in a part of the text, the longest of those that overlap, in order."""
        low, high = span
        part = masked[low:high]
        hits = [(low + a, low + b) for a, b in _general(part)]
        hits += [(low + a, low + b) for a, b in self._own(part)]
        hits += [(low + a, low + b) for a, b in _of_houses(self.houses, part)]
        kept: list[Span] = []
        for hit in sorted(set(hits), key=lambda s: (s[0], -s[1])):
            if kept and hit[0] < kept[-1][1]:
                if hit[1] > kept[-1][1]:
                    kept[-1] = (kept[-1][0], hit[1])
                continue
            kept.append(hit)
        return [Party(hit, self.name(text[slice(*hit)])) for hit in kept]

    def _own(self, part: str) -> Iterator[Span]:
        if not self.defined:
            return
        words = sorted(self.defined, key=len, reverse=True)
        pattern = "|".join(rf"(?<![A-Za-z]){SPACE.join(map(re.escape, word.split()))}(?![A-Za-z])" if word.isascii() else GAP.join(map(re.escape, word)) for word in words)
        for match in re.compile(pattern).finditer(part):
            yield match.span()

    def name(self, said: str) -> str:
        """The term as the text defines it: `Clearing Participants` and `CP` are `CPs` where the text says so."""
        return self.defined.get(_plain(said), squeeze(said))


def _plain(said: str) -> str:
    """A term without the line breaks of its surroundings."""
    return fold(squeeze(said))


def _defined(definitions: Sequence[Definition]) -> dict[str, str]:
    """Every form of a defined party term → the term. Abbreviations of systems and methods are none."""
    forms: dict[str, str] = {}
    for item in definitions:
        term, full = _plain(item.term), _plain(item.full)
        if not _names_people(term, full):
            continue
        for form in (term, full, *_singulars(term), *_singulars(full)):
            forms.setdefault(form, item.term)
    return forms


def _names_people(term: str, full: str) -> bool:
    if _HAN.search(term):
        return any(full.endswith(word) or term.endswith(word) for word in _people())
    return bool(re.fullmatch(r"[A-Z]{1,5}s", term)) or full.lower().endswith(tuple(_people()))


@cache
def _people() -> tuple[str, ...]:
    return tuple(word for language in languages().values() for word in language.lists.get("people", ()))


def _singulars(term: str) -> tuple[str, ...]:
    if _HAN.search(term) or not term.endswith("s"):
        return ()
    return (term[:-3] + "y",) if term.endswith("ies") else (term[:-1],)


@cache
def _general_pattern() -> re.Pattern[str]:
    phrases = [compose(phrase, {}, "parties") for language in languages().values() for phrase in language.lists.get("parties", ())]
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases))


def _general(part: str) -> Iterator[Span]:
    for match in _general_pattern().finditer(part):
        yield match.span()


@cache
def _matcher(houses: tuple[House, ...], code: str) -> PhraseMatcher:
    """All party classes of the houses, English ones by their lower-case forms."""
    from spacy.matcher import PhraseMatcher

    pipeline = _pipeline(code)
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    terms = {fold(term) for house in houses for term in (house.parties.en if code == "en" else house.parties.zh)}
    terms |= {single for term in terms for single in _singulars(term)}
    matcher.add("PARTY", [pipeline.make_doc(term) for term in sorted(terms)])
    return matcher


def _of_houses(houses: tuple[House, ...], part: str) -> Iterator[Span]:
    code = "zh" if _HAN.search(part) else "en"
    doc = _pipeline(code).make_doc(part)
    for _, start, end in _matcher(houses, code)(doc):
        token = doc[end - 1]
        yield doc[start].idx, token.idx + len(token)


# Modal verbs ---------------------------------------------------------------------------------------------------------


class Placed(Protocol):
    """Something with a place in the text."""

    @property
    def span(self) -> Span: ...


Item = TypeVar("Item", bound=Placed)


def within(items: Sequence[Item], span: Span) -> list[Item]:
    """The items, which are in order, that lie in a part of the text."""
    start = bisect.bisect_left(items, span[0], key=lambda item: item.span[0])
    found = []
    for item in items[start:]:
        if item.span[0] >= span[1]:
            break
        if item.span[1] <= span[1]:
            found.append(item)
    return found


def find_modals(masked: str) -> list[Modal]:
    """The modal verbs of the text, in order."""
    found = []
    for language in languages().values():
        for hit in language.sections["modals"].find(masked):
            found.append(Modal(hit.span(), hit.rule.value, hit.rule.name))  # type: ignore[arg-type]
    return sorted(found, key=lambda modal: modal.span)


def subject(masked: str, sentence: Span, modal: Modal, before: Sequence[Modal]) -> Span:
    """Where the one who bears the duty stands: between the clause before and the modal verb."""
    low = sentence[0]
    for other in before:
        if other.span[1] <= modal.span[0]:
            low = max(low, other.span[1])
    for match in re.compile(r"[;。；]|,\s+(?:[a-z]+\s+){0,3}(?=[A-Z])|，|,(?=[一-鿿])").finditer(masked, low, modal.span[0]):
        low = match.end()
    return low, modal.span[0]


def bearers(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal, all_modals: Sequence[Modal]) -> tuple[str, ...]:
    """The parties that bear the duty, in order, each once."""
    low, high = subject(masked, sentence, modal, all_modals)
    found = parties.find(text, masked, (low, high))
    named = _coordinated(masked, _addressed(masked, low, found))
    if not named and low > sentence[0]:
        return _carried(parties, text, masked, sentence, modal, low)
    return tuple(dict.fromkeys(party.name for party in named))


def _addressed(masked: str, low: int, found: Sequence[Party]) -> list[Party]:
    return [party for party in found if not _OBLIQUE.search(masked[max(low, party.span[0] - 24) : party.span[0]])]


_JOINS = re.compile(
    r"(?:\s|[()\"“”「」]|\([^()]{0,40}\)|,|、|/|&|\band\b|\bor\b|\beach\b|\ball\b|\bany\b|\bthe\b|以及|及|和|或|与|每名|各)*"
)


def _coordinated(masked: str, found: Sequence[Party]) -> list[Party]:
    """The parties of one subject: `CPs and DBs`. English says it first (`LCs with many clients`), Chinese last (客戶眾多的持牌法團)."""
    chains: list[list[Party]] = []
    for party in found:
        if chains and _JOINS.fullmatch(masked, chains[-1][-1].span[1], party.span[0]):
            chains[-1].append(party)
        else:
            chains.append([party])
    if not chains:
        return []
    return chains[-1] if _HAN.search(masked[slice(*chains[-1][-1].span)]) else chains[0]


# A party in one of these phrases is spoken of, not spoken to.
_OBLIQUE = re.compile(
    r"\b(?:by|to|from|of|with|against|between|their|its|on\s+behalf\s+of|in\s+respect\s+of)\s+(?:(?:the|any|all|each|its|their|our|such)\s+)*$|[向由與与给致对对於于]\s*$"
)


def _carried(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal, low: int) -> tuple[str, ...]:
    """A clause without a party of its own (`並應…`, `and should …`) is borne by the party of the clause before."""
    gap = re.split(r"[,;，；]", masked[low : modal.span[0]])[-1].strip()
    if len(gap) > 12 and not _CONTINUES.match(gap):
        return ()
    earlier = _coordinated(masked, _addressed(masked, sentence[0], parties.find(text, masked, (sentence[0], low))))
    return tuple(dict.fromkeys(party.name for party in earlier))


_CONTINUES = re.compile(r"(?:and|or|but|they|it|if|in\s+case|並|并|及|亦|其|同时|以及|如|若|倘)", re.IGNORECASE)


def find_duties(text: str, masked: str, bounds: Mapping[Span, Sequence[Span]], verbs: Sequence[Modal], parties: Parties) -> list[Duty]:
    """Every sentence with a modal verb whose bearer the text names; the quote is the sentence. `bounds` are the sentences of each paragraph."""
    found = []
    for spans in bounds.values():
        for sentence in spans:
            duty = _duty(text, masked, sentence, within(verbs, sentence), parties)
            if duty is not None:
                found.append(duty)
    return found


def _duty(text: str, masked: str, sentence: Span, verbs: Sequence[Modal], parties: Parties) -> Duty | None:
    for modal in verbs:
        if modal.modality == "may":
            continue
        named = bearers(parties, text, masked, sentence, modal, verbs)
        if not named:
            continue
        low, high = _stripped(text, sentence)
        start, end = _stripped(text, (modal.span[1], high))
        return Duty(quote=text[low:high], span=(low, high), rule=modal.rule, bearer=named, modality=modal.modality, action=text[start:end])
    return None


def _stripped(text: str, span: Span) -> Span:
    low, high = span
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high
