"""What words do, in both languages: how binding a sentence is, and which concepts it speaks of."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ingest.model import Lang, Span
from ingest.text import fold

Force = str
"""`must`, `should`, `may`, `must-not`, `may-not`, `need-not` or `ask` (please)."""

# What a full-width sign is in ASCII; the length stays, so that spans hold.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PREVAILS = re.compile(
    r"English[^.。]{0,60}(?:shall |will )?(?:prevail|govern|be followed)|以英文(?:版?本?)?為準|以英文(?:版本|本)?为准", re.IGNORECASE
)


class Bond(NamedTuple):
    """A word that binds or frees somebody, and where it stands."""

    force: Force
    span: Span


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as ASCII; the length stays."""
    return text if text.isascii() else text.translate(_WIDTH)


def squeeze(text: str) -> str:
    """White space folded: what a reader sees in one line."""
    return " ".join(text.split())


def chinese(lang: Lang) -> bool:
    """Is this a text whose words are not spaced?"""
    return lang.startswith("zh")


def english_prevails(*texts: str) -> bool:
    """Does one of the texts say that the English version governs?"""
    return any(_PREVAILS.search(squeeze(text)) for text in texts)


def prevails(text: str) -> bool:
    """Is this the sentence that says which language governs?"""
    return bool(_PREVAILS.search(text)) or bool(re.search(r"\bprevail|為準|为准", text))


Words = dict[str, dict[str, dict[str, list[str]]]]
"""A glossary: section, entry, language, and the patterns."""

_OWN: Words = {}


def add_words(words: Words) -> None:
    """Know these besides those of the program, and no others; an entry of a known name adds to it."""
    _OWN.clear()
    _OWN.update(words)
    for cached in (glossary, _forces, _concepts, _scopes, _senses, subjects, binds):
        cached.cache_clear()


@cache
def glossary() -> Words:
    """All words that are known."""
    whole: Words = tomllib.loads(files("kb").joinpath("glossary.toml").read_text("utf-8"))
    for section, entries in _OWN.items():
        for name, words in entries.items():
            known = whole[section].setdefault(name, {"en": [], "zh": []})
            whole[section][name] = {lang: [*known[lang], *words[lang]] for lang in known}
    return whole


@cache
def _forces() -> re.Pattern[str]:
    """One pattern: the longest and the most special readings first, so that `must not` is never read as `must`."""
    parts = []
    for force, words in glossary()["modality"].items():
        english = "|".join(words["en"])
        parts.append(rf"(?P<{force.replace('-', '_')}>\b(?:{english})\b|{'|'.join(words['zh'])})")
    return re.compile("|".join(parts))


def bonds(text: str) -> list[Bond]:
    """The binding words of a text in reading order."""
    return [Bond(str(match.lastgroup).replace("_", "-"), match.span()) for match in _forces().finditer(narrow(text).replace("\n", " "))]


def forces(text: str) -> Counter[Force]:
    """How often the text says must, should, may, must not, need not."""
    return Counter(bond.force for bond in bonds(text))


@lru_cache(maxsize=1024)
def binds(text: str) -> bool:
    """Does the text say that somebody must or must not?"""
    found = forces(text)
    return bool(found["must"] or found["must-not"])


def duty(text: str) -> bool:
    """Does the text oblige somebody, or release somebody from a duty?"""
    found = forces(text)
    return bool(found["must"] or found["must-not"] or found["need-not"]) and not prevails(text)


class _Concept(NamedTuple):
    name: str
    english: re.Pattern[str]
    chinese: re.Pattern[str]


@cache
def _concepts(section: str = "terms") -> tuple[_Concept, ...]:
    return tuple(
        _Concept(
            name if section == "terms" else f"{section}.{name}",
            re.compile(r"\b(?:" + "|".join(words["en"]) + ")", re.IGNORECASE),
            re.compile(fold("|".join(words["zh"]))),
        )
        for name, words in glossary()[section].items()
    )


def concepts(text: str, lang: Lang) -> frozenset[str]:
    """The glossary's concepts that the text speaks of: what its acts are about."""
    return _of(_concepts(), text, lang)


@lru_cache(maxsize=1024)
def subjects(text: str, lang: Lang) -> frozenset[str]:
    """The concepts, and what else the glossary knows in both languages: by these a passage finds its translation."""
    return _of((*_concepts(), *_concepts("vocabulary")), text, lang)


def _of(known: Iterable[_Concept], text: str, lang: Lang) -> frozenset[str]:
    if chinese(lang):
        plain = fold(text)
        return frozenset(concept.name for concept in known if concept.chinese.search(plain))
    return frozenset(concept.name for concept in known if concept.english.search(text))


def knows(english: str, other: str) -> bool:
    """Has the glossary a concept that is all of one of these two terms and is found in the other?"""
    for concept in _concepts():
        ours, theirs = concept.english.search(english), concept.chinese.search(fold(other))
        if ours and theirs and (re.fullmatch(r"\w*", english[: ours.start()] + english[ours.end() :]) or theirs.group() == other):
            return True
    return False


class Scope(NamedTuple):
    """What limits a class of parties (`overseas`, 海外), and where it begins."""

    name: str
    start: int


@cache
def _scopes() -> tuple[_Concept, ...]:
    return tuple(
        _Concept(name, re.compile(rf"\b(?:{'|'.join(words['en'])})", re.IGNORECASE), re.compile("|".join(words["zh"])))
        for name, words in glossary()["scopes"].items()
    )


def scopes(text: str, lang: Lang) -> frozenset[str]:
    """The glossary's limits of a class of parties that the text speaks of."""
    return frozenset(scope.name for scope in _scopes() if (scope.chinese if chinese(lang) else scope.english).search(text))


def scope_before(text: str, lang: Lang) -> Scope | None:
    """The limit with which a text ends, right before the name of a party."""
    tail = re.compile(r"\s*的?\s*" if chinese(lang) else r"[\w-]*\s+")
    for scope in _scopes():
        for match in (scope.chinese if chinese(lang) else scope.english).finditer(text):
            if tail.fullmatch(text, match.end()):
                return Scope(scope.name, match.start())
    return None


def latin(text: str) -> frozenset[str]:
    """Latin words and codes, lower case: what a translation leaves as it is."""
    return frozenset(word.lower() for word in re.findall(r"[A-Za-z][A-Za-z0-9]+|\d+[A-Za-z]+", narrow(text)))


class Sense(NamedTuple):
    """A word of a section of the glossary, by the entry that it belongs to, and where it stands."""

    name: str
    span: Span


@cache
def _senses(section: str, lang: str) -> re.Pattern[str]:
    parts = []
    for name, words in glossary()[section].items():
        said = "|".join(fold(word) for word in words[lang])
        parts.append(rf"(?P<{name.replace('-', '_')}>{said})" if lang == "zh" else rf"(?P<{name.replace('-', '_')}>\b(?:{said}))")
    return re.compile("|".join(parts), re.IGNORECASE)


def senses(section: str, text: str, lang: Lang) -> list[Sense]:
    """The words of a section in a text of this language, in reading order; Traditional and Simplified are alike."""
    plain = fold(text).replace("\n", " ")
    found = _senses(section, "zh" if chinese(lang) else "en").finditer(plain)
    return [Sense(str(match.lastgroup).replace("_", "-"), match.span()) for match in found]
