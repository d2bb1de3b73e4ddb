"""Whom a circular addresses: the party terms of its own definitions, of its house and of its language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.lang.rules import compose, languages
from ingest.model import Definition, House, Span
from ingest.text import fold, squeeze

_HAN = re.compile(r"[一-鿿]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9&'’-]*")


@dataclass(frozen=True, slots=True)
class Party:
    """A party term where it stands; `name` is the form that the text defines."""

    span: Span
    name: str


class Parties:
    """The party terms of a document: its own definitions, its house's classes and the general ones."""

    def __init__(self, definitions: Sequence[Definition], houses: Iterable[House]) -> None:
        self.defined = _defined(definitions)
        self.own = _listed(self.defined)
        self._found: dict[Span, list[Party]] = {}  # a duty and its deadline ask for the same subject
        self.houses = tuple(houses)

    def find(self, text: str, masked: str, span: Span) -> list[Party]:
        """All party terms in a part of the text, the longest of those that overlap, in order."""
        found = self._found.get(span)
        if found is None:
            found = self._found[span] = self._find(text, masked, span)
        return found

    def _find(self, text: str, masked: str, span: Span) -> list[Party]:
        low, high = span
        part = masked[low:high]
        hits = [(low + a, low + b) for a, b in _general(part)]
        hits += [(low + a, low + b) for a, b in self.own.find(part)]
        hits += [(low + a, low + b) for a, b in _classes(self.houses).find(part)]
        kept: list[Span] = []
        for hit in sorted(set(hits), key=lambda s: (s[0], -s[1])):
            if kept and hit[0] < kept[-1][1]:
                if hit[1] > kept[-1][1]:
                    kept[-1] = (kept[-1][0], hit[1])
                continue
            kept.append(hit)
        return [Party(hit, self.name(text[slice(*hit)])) for hit in kept]

    def name(self, said: str) -> str:
        """The term as the text defines it: `Clearing Participants` and `CP` are `CPs` where the text says so."""
        return self.defined.get(_plain(said)) or _EACH.sub("", squeeze(said))


_EACH = re.compile(r"^(?:各|所有|每名|每家|每間|每间|全體|全体)(?=[一-鿿]{2})")  # the house files list 各會員單位 too


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


@dataclass(frozen=True, slots=True)
class Classes:
    """Party terms by how they begin, the longest first: English ones as words in lower case, Chinese ones as text."""

    english: Mapping[str, tuple[tuple[str, ...], ...]]
    chinese: Mapping[str, tuple[str, ...]]

    def find(self, part: str) -> Iterator[Span]:
        """Where one of them stands, the longest at each place."""
        words = list(_WORD.finditer(part))
        said = [word[0].lower() for word in words]
        for index, first in enumerate(said):
            for term in self.english.get(first, ()):
                if tuple(said[index : index + len(term)]) == term:
                    yield words[index].start(), words[index + len(term) - 1].end()
                    break
        if _HAN.search(part):
            yield from self._chinese(part)

    def _chinese(self, part: str) -> Iterator[Span]:
        """White space between characters does not count."""
        places = [at for at, char in enumerate(part) if not char.isspace()]
        dense = "".join(part[at] for at in places)
        for at, char in enumerate(dense):
            term = next((term for term in self.chinese.get(char, ()) if dense.startswith(term, at)), None)
            if term is not None:
                yield places[at], places[at + len(term) - 1] + 1


def _listed(terms: Iterable[str]) -> Classes:
    """Folded terms in both languages, sorted for the search."""
    english: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    chinese: defaultdict[str, set[str]] = defaultdict(set)
    for term in terms:
        words = tuple(_WORD.findall(term.lower()))
        if _HAN.search(term):
            chinese[term[0]].add(term)
        elif words:
            english[words[0]].add(words)
    return Classes(
        {first: tuple(sorted(many, key=len, reverse=True)) for first, many in english.items()},
        {first: tuple(sorted(many, key=len, reverse=True)) for first, many in chinese.items()},
    )


@cache
def _classes(houses: tuple[House, ...]) -> Classes:
    """The party classes of all houses, English ones in the singular too."""
    terms = {fold(term) for house in houses for term in (*house.parties.en, *house.parties.zh)}
    return _listed(terms | {single for term in terms for single in _singulars(term)})
