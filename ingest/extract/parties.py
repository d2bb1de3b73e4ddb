"""Whom a circular addresses: the party terms of its own definitions, of its house and of its language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec
from ahocorasick_rs import AhoCorasick

from ingest.issuers import recognise
from ingest.lang.rules import compose, languages, words
from ingest.model import Definition, House, Span
from ingest.text import fold, squeeze

_HAN = re.compile(r"[一-鿿]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9&'’-]*")


class Party(msgspec.Struct, frozen=True):
    """A party term where it stands; `name` is the form that the text defines."""

    span: Span
    name: str


class Parties:
    """The party terms of a document: its own definitions, its house's classes and the general ones."""

    def __init__(self, definitions: Sequence[Definition], houses: Iterable[House]) -> None:
        self._houses = {house.code: house for house in houses}
        self.defined = _defined([item for item in definitions if not self._names_house(item.full)])
        self._lists = (_listed(self.defined), _classes(tuple(self._houses.values())))
        self._found: dict[Span, list[Party]] = {}  # a duty and its deadline ask for the same subject

    def is_house(self, said: str) -> bool:
        """Do these words of a clause name a house, or the one that speaks (`…，香港結算可…`, `and we may`)? It binds, and is not bound."""
        return _OURSELVES.search(said) is not None or bool(recognise(said, self._houses))

    def _names_house(self, said: str) -> bool:
        """Is a defined term that of a house (`The Depository Trust Company (DTC)`)? It tells others what to do."""
        return any(hit.full and hit.span[1] - hit.span[0] > 0.8 * len(said) for hit in recognise(said, self._houses))

    def find(self, text: str, masked: str, span: Span) -> list[Party]:
        """All party terms in a part of the text, the longest of those that overlap, in order."""
        found = self._found.get(span)
        if found is None:
            found = self._found[span] = self._find(text, masked, span)
        return found

    def _find(self, text: str, masked: str, span: Span) -> list[Party]:
        low, high = span
        part = masked[low:high]
        hits = [(low + a, low + b) for a, b in {*_general(part), *_in_lists(part, self._lists)}]
        kept: list[Span] = []
        for hit in sorted(hits, key=lambda s: (s[0], -s[1])):
            if kept and hit[0] < kept[-1][1]:
                if hit[1] > kept[-1][1]:
                    kept[-1] = (kept[-1][0], hit[1])
                continue
            if kept and hit[0] == kept[-1][1] and _HAN.match(masked, hit[0]):  # 經紀|參與者 are one
                kept[-1] = (kept[-1][0], hit[1])
                continue
            kept.append(hit)
        whole = [_in_chinese(masked, low, hit) if _HAN.match(masked, hit[0]) else _in_english(masked, hit) for hit in kept]
        return [Party(hit, self.name(text[slice(*hit)])) for hit in whole if hit is not None]

    def name(self, said: str) -> str:
        """The term as the text defines it: `Clearing Participants` and `CP` are `CPs` where the text says so."""
        return self.defined.get(_plain(said)) or _EACH.sub("", squeeze(said))


def _in_english(masked: str, hit: Span) -> Span | None:
    """The party with the class that tells it from others (Category A registrants).

    None where the words go on to what belongs to it (client money), but for one with a capital (CPs), and for money (funds are paid).
    """
    if (masked[hit[0]].islower() and _belongs("en").match(masked, hit[1])) or _MONEY.match(masked, hit[0]):
        return None
    before = _CLASS.search(masked, max(0, hit[0] - 40), hit[0])
    return (before.start(), hit[1]) if before else hit


_MONEY = re.compile(
    r"[Ff]unds\s+(?:(?:must|shall|should|will|may|can|(?:is|are)(?:\s+(?:required|expected|needed))?\s+to)\s+(?:not\s+)?(?:be|have\s+been|reach|arrive)\b"
    r"|(?:is|are)\s+to\s+(?:reach|arrive)\b)"
)
_CLASS = re.compile(
    r"\b(?:(?:Category|Class|Type|Tier|Grade)\s+(?:[A-Z]|\d{1,2}|I{1,3})(?:\s*(?:,|and|or|&|/)\s+(?:(?:Category|Class|Type|Tier|Grade)\s+)?(?:[A-Z]|\d{1,2}|I{1,3}))*)\s+$"
)


def _in_chinese(masked: str, low: int, hit: Span) -> Span | None:
    """The party with what makes it a class of its own (賣方會員, 法人客戶); None where the words go on to what belongs to it (客戶款項)."""
    if _belongs("zh").match(masked, hit[1], hit[1] + 4):
        return None
    if _NON.search(masked, low, hit[0]):  # 非|期货公司会员
        return hit[0] - 1, hit[1]
    before = _qualified().search(masked, max(low, hit[0] - 6), hit[0])
    if before is None or (
        before.start() > low
        and _HAN.match(masked, before.start() - 1)
        and masked[before.start() - 1] not in "各凡及和与或若如倘关等有述何体名个家间该的请"
    ):
        return hit
    return before.start(), hit[1]


_NON = re.compile(r"(?<![并除若是莫绝如但])非$")


@cache
def _qualified() -> re.Pattern[str]:
    return re.compile(compose("|".join(languages()["zh"].lists["qualifiers"]), {}, "qualifiers"))


@cache
def _belongs(code: str) -> re.Pattern[str]:
    return re.compile(compose("|".join(languages()[code].lists["belongings"]), {}, "belongings"))


_OURSELVES = re.compile(
    r"本(?:所|局|会|行|署|处|部|公司|机构|结算公司)|我[们會会局]|\b(?:[Ww]e|Exchange|Authority|Commission|Clearing\s+House|Regulator)\s*$"
)
_EACH = re.compile(
    r"^(?:Both|Those|These|Such|Certain|Other)\s+(?=[A-Z])|^除非|^(?:各(?!界)|所有|每名|每家|每間|每间|全體|全体|上述(?:[一二三四五六七八九十兩两\d]{1,3}[名家間间個个位])?)(?=[一-鿿]{2})"
)  # the house files list 各會員單位 too


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
        for form in (term, full, *_singulars(term), *_singulars(full), *_plurals(term), *_heads(full)):
            forms.setdefault(form, item.term)
    return forms


def _names_people(term: str, full: str) -> bool:
    if _HAN.search(term):
        return any(full.endswith(word) or term.endswith(word) for word in words("people"))
    return full.lower().endswith(words("people"))


def _singulars(term: str) -> tuple[str, ...]:
    if _HAN.search(term) or not term.endswith("s"):
        return ()
    return (term[:-3] + "y",) if term.endswith("ies") else (term[:-1],)


def _heads(full: str) -> tuple[str, ...]:
    """於1月1日持有牌照的|金錢服務經營者（下稱「經營者」）: the words behind what tells them from others."""
    head = re.split(r"[的之]", full)[-1] if _HAN.search(full) else ""
    return (head,) if len(head) > 2 and head != full else ()


def _plurals(term: str) -> tuple[str, ...]:
    """`each an “HP”` is spoken of as HPs."""
    return (f"{term}s",) if term.isascii() and term.isupper() and term.isalpha() else ()


# What every general term of a language holds. Most parts of a text hold none of it, and looking for it costs far less than they do.
HOLDS = {
    "en": re.compile(
        r"[PpMmBbCcIiTtFfAaSsVvLlUuDdOoEeRrWw](?:ecretar|chools|ntit|gent|orwarder|raders|articipant|ember|roker|ank|ustodian|ntermediar|rustee|orporation|nstitution|nsurer|irm|pplicant"
        r"|ssuer|ponsor|ubscriber|endor|dministrator|arties|ersons|ompan|icensee|ser|anage|oard|irector|ounsel|uditor|ctuar|ender|rovider"
        r"|und|mployer|hareholder|perator|fficer|epresentative|olicy|espondent|egistrar|ealer|akers|ubsidiar|nvestor|arehouse|taff|hief|ASP|ATP|AOTP|NFBP|CSP|SO)"
    ),
    "zh": _HAN,
}


@cache
def general_pattern(code: str) -> re.Pattern[str]:
    phrases = [compose(phrase, {}, "parties") for phrase in languages()[code].lists["parties"]]
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases))


def _general(part: str) -> Iterator[Span]:
    for code, held in HOLDS.items():
        if held.search(part):
            for match in general_pattern(code).finditer(part):
                yield match.span()


@dataclass(frozen=True, slots=True)
class Classes:
    """Party terms: English ones by their first word, as words in lower case, the longest first; Chinese ones as text."""

    english: Mapping[str, tuple[tuple[str, ...], ...]]
    chinese: AhoCorasick | None


def _in_lists(part: str, lists: Sequence[Classes]) -> Iterator[Span]:
    """Where a term of one of the lists stands; of those that begin at one place, the longest is among them."""
    said = [word.lower() for word in _WORD.findall(part)]
    english = [classes.english for classes in lists if not classes.english.keys().isdisjoint(said)]
    if english:
        yield from _english(part, said, english)
    if _HAN.search(part):
        yield from _chinese(part, [classes.chinese for classes in lists if classes.chinese is not None])


def _english(part: str, said: Sequence[str], lists: Sequence[Mapping[str, tuple[tuple[str, ...], ...]]]) -> Iterator[Span]:
    places = [word.span() for word in _WORD.finditer(part)]
    for terms in lists:
        for index, first in enumerate(said):
            for term in terms.get(first, ()):
                if tuple(said[index : index + len(term)]) == term and not _is_mark(term, part[slice(*places[index])]):
                    yield places[index][0], places[index + len(term) - 1][1]
                    break


def _is_mark(term: Sequence[str], said: str) -> bool:
    """The `iv` before an item is no IV, an information vendor: short terms have capitals."""
    return len(term) == 1 and len(said) < 4 and said.islower()


def _chinese(part: str, lists: Sequence[AhoCorasick]) -> Iterator[Span]:
    """White space between characters does not count."""
    dense = "".join(part.split())
    places = range(len(part)) if len(dense) == len(part) else [at for at, char in enumerate(part) if not char.isspace()]
    for terms in lists:
        for _, start, end in terms.find_matches_as_indexes(dense, overlapping=True):
            yield places[start], places[end - 1] + 1


def _listed(terms: Iterable[str]) -> Classes:
    """Folded terms in both languages, ready for the search."""
    english: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    chinese: dict[str, None] = {}
    for term in terms:
        words = tuple(_WORD.findall(term.lower()))
        if _HAN.search(term):
            chinese[term] = None
        elif words:
            english[words[0]].add(words)
    return Classes(
        {first: tuple(sorted(many, key=len, reverse=True)) for first, many in english.items()},
        AhoCorasick(tuple(chinese)) if chinese else None,
    )


@cache
def _classes(houses: tuple[House, ...]) -> Classes:
    """The party classes of all houses, English ones in the singular too."""
    terms = {fold(term) for house in houses for term in (*house.parties.en, *house.parties.zh)}
    return _listed(terms | {single for term in terms for single in _singulars(term)})
