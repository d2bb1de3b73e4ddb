"""Rules as data: reads a language's TOML file into compiled rules.

A rule is a regular expression with its proof: `examples` (text → what it means) and `counterexamples`. Patterns are
composed of named parts: `{month}` stands for a part, `{month:2}` for the same part with its groups named `month2`.
Marks of what is understood already stand for themselves: `{DATE}`, `{TIME}`, `{NUMBER}`, `{LINK}`, `{TEL}`.
Patterns are folded like the text that they search, so Traditional patterns find Simplified text.
"""

from __future__ import annotations

import bisect
import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation

from ingest.errors import BadRule
from ingest.lang.spacing import loosen, set_apart
from ingest.text import MARKS, RESERVED, TAIL, fold

LANGUAGES = ("en", "zh")
WORDS = frozenset(string.ascii_letters + string.digits)
RESERVED_CHARS = frozenset(map(chr, RESERVED))
REACH = (60, 60)  # how far before and behind its trigger a rule may match, where the file says nothing
GATE = 32  # how far a gate looks ahead
_PART = re.compile(r"\{([A-Za-z_]\w*)(?::(\d))?\}")
_NAMED = re.compile(r"\(\?P<\w+>")
_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\((?:(?!\?)|\?P<(?P<name>\w+)>))", re.DOTALL)


class RuleSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule as written.

    `first_unless` is for the commonest rule of a section, which stands below longer ones that begin like it: where this does not
    follow, none of those can match, so the rule is tried before them.
    """

    pattern: str
    first_unless: str | None = None
    value: str | None = None
    issued: str | None = None
    examples: dict[str, str] = {}
    counterexamples: tuple[str, ...] = ()
    note: str | None = None


class LanguageSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A language file as written."""

    code: str
    words: dict[str, dict[str, int | str]] = {}
    parts: dict[str, str] = {}
    triggers: dict[str, tuple[str, ...]] = {}
    reach: dict[str, tuple[int, int]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    rules: dict[str, dict[str, RuleSource]] = {}


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule ready to search: `name` is `language.section.rule`.

    `groups` maps a part's name to its group number; `ranges` tells of a second end.
    """

    name: str
    value: str | None
    groups: Mapping[str, int]
    ranges: bool


class Found:
    """One match: which rule, where, and what its named parts say; those that took no part are missing."""

    __slots__ = ("match", "rule", "said")

    def __init__(self, rule: Rule, match: re.Match[str]) -> None:
        self.rule, self.match = rule, match
        self.said = {part: said for part, group in rule.groups.items() if (said := match[group]) is not None}

    def __getitem__(self, part: str) -> str | None:
        return self.said.get(part)

    def span(self, part: str | None = None) -> tuple[int, int]:
        """Span of a part (of the whole match without a name); (-1, -1) where the part did not take part."""
        if part is None:
            return self.match.span()
        group = self.rule.groups.get(part)
        return self.match.span(group) if group is not None else (-1, -1)


class Triggers:
    """Plain strings near which a section is searched: nothing else in a text can be a match of its rules."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(dict.fromkeys(fold(word) for word in words))
        self._automaton = AhoCorasick(self.words, implementation=Implementation.DFA)

    def places(self, text: str, start: int, end: int) -> list[int]:
        """Where any of them stands, in order."""
        found = self._automaton.find_matches_as_indexes(text[start:end], overlapping=True)
        return sorted(start + at for _, at, _ in found)


class Survey:
    """Where the triggers of all sections of all languages stand in a text, looked up in one pass.

    It serves the text with any marks laid over it too: a mark hides triggers and makes none.
    """

    def __init__(self, text: str) -> None:
        automaton, owners = _all_triggers()
        self._places: dict[Triggers, list[int]] = {}
        for word, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
            for triggers in owners[word]:
                self._places.setdefault(triggers, []).append(start)
        for places in self._places.values():
            places.sort()

    def places(self, triggers: Triggers, masked: str, start: int, end: int) -> list[int]:
        """Where any of these stands in the text and under no mark, in order."""
        places = self._places.get(triggers, [])
        low, high = bisect.bisect_left(places, start), bisect.bisect_left(places, end)
        return [at for at in places[low:high] if masked[at] not in RESERVED_CHARS]


@cache
def _all_triggers() -> tuple[AhoCorasick, list[list[Triggers]]]:
    """All triggers as one automaton, and whose each of its words is."""
    owners: dict[str, list[Triggers]] = {}
    for language in languages().values():
        for section in language.sections.values():
            for word in section.triggers.words:
                owners.setdefault(word, []).append(section.triggers)
    return AhoCorasick(tuple(owners), implementation=Implementation.DFA), list(owners.values())


class Section:
    """The rules of one kind, as one pattern: the leftmost match wins, then the order of the file.

    Patterns are put together when they are first asked for: half of the time of reading one circular would go into those that it
    does not need. So a broken one is a BadRule then.
    """

    def __init__(self, code: str, name: str, source: LanguageSource) -> None:
        self.triggers = Triggers(form for word in source.triggers.get(name, ()) for form in set_apart(fold(word)))
        self.reach = source.reach.get(name, REACH)
        self._code, self._name, self._source = code, name, source

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by the group that each of them is in the pattern."""
        found, before = {}, 0
        for group, (name, text) in self._texts.items():
            count, named = groups(text)
            found[group] = Rule(
                name=f"{self._code}.{self._name}.{name}",
                value=self._source.rules[self._name][name].value,
                groups={part: before + 1 + number for part, number in named.items()},
                ranges=any(part.endswith("2") for part in named),
            )
            before += count + 1
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All rules, each of them a group."""
        alternatives = (f"(?P<{group}>{_NAMED.sub('(', text)})" for group, (_, text) in self._texts.items())
        try:
            return re.compile("|".join(alternatives))
        except re.error:
            for name, text in self._texts.values():
                _compiled(text, self._where(name))
            raise

    @cached_property
    def gate(self) -> re.Pattern[str] | None:
        """Where a match can begin; None where that is not told."""
        where = f"{self._code}.toml: parts.gate_{self._name}"
        gate = self._source.parts.get(f"gate_{self._name}")
        return _compiled(_fold_pattern(compose(gate, self._source.parts, where)), where) if gate else None

    @cached_property
    def _texts(self) -> Mapping[str, tuple[str, str]]:
        """By group the name of its rule and the pattern, put together and folded."""
        found, parts = {}, self._source.parts
        for group, name, unless in _order(self._source.rules[self._name]):
            where = self._where(name)
            text = _fold_pattern(compose(self._source.rules[self._name][name].pattern, parts, where))
            if unless is not None:
                text = f"(?>{text})(?!{_fold_pattern(compose(unless, parts, where))})"
            found[group] = name, text
        return found

    def _where(self, name: str) -> str:
        return f"{self._code}.toml: rules.{self._name}.{name}"

    def find(self, text: str, start: int = 0, end: int | None = None, survey: Survey | None = None) -> Iterator[Found]:
        """All matches, from left to right, only near triggers where the section has any; a survey of the text saves looking for them."""
        for window in self._windows(text, start, len(text) if end is None else end, survey):
            for match in self._matches(text, *window):
                yield self.found(match)

    def _matches(self, text: str, left: int, last: int, right: int) -> Iterator[re.Match[str]]:
        """Matches that begin at the last trigger or before it; with a gate, only where it opens.

        A gate takes one character, which the matcher finds fast: the first of a match, or with `()` the one before it. No character
        stands before the start of the text, so a rule is tried there in any case.
        """
        if self.gate is None:
            yield from self.pattern.finditer(text, left, right)
            return
        done = left
        if not left and (match := self.pattern.match(text, 0, right)):
            yield match
            done = match.end()
        for opening in self.gate.finditer(text, max(left - 1, 0), min(last + GATE, right)):
            at = opening.start(opening.lastindex or 0)
            if at > last:
                return
            if at >= done and (match := self.pattern.match(text, at, right)):
                yield match
                done = match.end()

    def opening(self, text: str, start: int, end: int, within: int) -> Found | None:
        """The first match in a part of the text, if it begins no further than so many characters behind the start of that part."""
        for left, _, right in self._windows(text, start, end, None):
            for at in range(left, min(start + within, right) + 1):
                if match := self.pattern.match(text, at, right):
                    return self.found(match)
        return None

    def whole(self, text: str) -> Found | None:
        """The match that is all of this text."""
        match = self.pattern.match(text)
        return self.found(match) if match and match.end() == len(text) else None

    def found(self, match: re.Match[str]) -> Found:
        return Found(self.rules[match.lastgroup or ""], match)

    def _windows(self, text: str, start: int, end: int, survey: Survey | None) -> Iterator[tuple[int, int, int]]:
        if not self.triggers.words:
            return iter(((start, end, end),))
        near = self.triggers.places(text, start, end) if survey is None else survey.places(self.triggers, text, start, end)
        return windows(text, near, self.reach, start, end)


def windows(text: str, near: Iterable[int], reach: tuple[int, int], start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The parts of a text that lie near some places, which are in order: where it begins, the last place in it, where it ends.

    Those that touch are one, and none overlap.
    """
    left = last = right = -1
    done = start
    for at in near:
        if right >= 0 and at - reach[0] <= right:
            last, right = at, at + reach[1]
            continue
        if right >= 0:
            low, done = _widen(text, left, right, done, end)
            yield low, last, done
        left, last, right = at - reach[0], at, at + reach[1]
    if right >= 0:
        low, high = _widen(text, left, right, done, end)
        yield low, last, high


def _widen(text: str, low: int, high: int, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a window outwards to a place where no word or number is cut."""
    low, high = max(low, start), min(high, end)
    while low > start and text[low - 1] in WORDS:
        low -= 1
    while high < end and text[high] in WORDS:
        high += 1
    return low, high


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """A language: its words with their values, lists of phrases, and rules by section."""

    code: str
    words: Mapping[str, Mapping[str, int | str]]
    lists: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, Mapping[str, RuleSource]]
    sections: Mapping[str, Section]

    def build(self) -> None:
        """Put all patterns together at once, for processes that share them."""
        for section in self.sections.values():
            _ = section.rules, section.pattern, section.gate

    def word(self, kind: str, text: str) -> int | str | None:
        """The value of a word of this kind, whatever its case, full stop and gaps between Chinese characters."""
        said = fold(text)
        return self.words[kind].get((said if said.isascii() else "".join(said.split())).rstrip(".").lower())


def compose(pattern: str, parts: Mapping[str, str], where: str, depth: int = 0) -> str:
    """The pattern with all parts put in, and room for white space between Han characters."""
    if depth > 12:
        raise BadRule(f"{where}: parts contain one another")

    def part(match: re.Match[str]) -> str:
        name, number = match[1], match[2]
        if name.lower() in MARKS and name.isupper():
            return f"(?:{MARKS[name.lower()]}{TAIL[name.lower()]}*+)"
        if name not in parts:
            raise BadRule(f"{where}: no part named {name}")
        inner = compose(parts[name], parts, f"{where} → {name}", depth + 1)
        return re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{number}>", inner) if number else inner

    whole = _PART.sub(part, pattern)
    return whole if depth else loosen(whole)


def _compiled(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise BadRule(f"{where}: {error}") from error


def groups(pattern: str) -> tuple[int, dict[str, int]]:
    """How many groups a pattern has, and the numbers of those with a name; counted, because compiling takes a hundred times as long."""
    opened = [found["name"] for found in _GROUP.finditer(pattern) if found["open"]]
    return len(opened), {name: number for number, name in enumerate(opened, 1) if name}


def _order(rules: Mapping[str, RuleSource]) -> Iterator[tuple[str, str, str | None]]:
    """The alternatives of a section: a name for the group of each, its rule, and what must not follow."""
    for index, (name, rule) in enumerate(rules.items()):
        if rule.first_unless is not None:
            yield f"f{index}", name, rule.first_unless
    for index, name in enumerate(rules):
        yield f"r{index}", name, None


def _fold_pattern(pattern: str) -> str:
    """Fold a pattern like the text, but keep the marks."""
    keep = {chr(code) for code in range(0xFDD0, 0xFDF0)}
    return "".join(char if char in keep else fold(char) for char in pattern)


def load(code: str, toml: str) -> Language:
    """A language from the text of its file. Unknown keys are a BadRule, and broken patterns when they are first used."""
    try:
        source = msgspec.convert(tomllib.loads(toml), LanguageSource)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadRule(f"{code}.toml: {error}") from error
    return Language(
        code=source.code,
        words={kind: {fold(word).lower(): value for word, value in table.items()} for kind, table in source.words.items()},
        lists={name: tuple(fold(item) for item in items) for name, items in source.lists.items()},
        sources=source.rules,
        sections={name: Section(code, name, source) for name in source.rules},
    )


def hits(section: str, text: str, survey: Survey | None = None, start: int = 0, end: int | None = None) -> Iterator[tuple[Language, Found]]:
    """All matches of one section of every language, language by language."""
    for language in languages().values():
        if section in language.sections:
            for hit in language.sections[section].find(text, start, end, survey):
                yield language, hit


@cache
def languages() -> Mapping[str, Language]:
    """All languages, by code."""
    folder = files("ingest.lang")
    return {code: load(code, (folder / f"{code}.toml").read_text("utf-8")) for code in LANGUAGES}


@cache
def words(name: str) -> tuple[str, ...]:
    """The list of that name in all languages, as it is written; a language may have none."""
    return tuple(word for language in languages().values() for word in language.lists.get(name, ()))


@cache
def word_list(name: str) -> re.Pattern[str]:
    """The same list as one pattern."""
    return re.compile("|".join(f"(?:{compose(word, {}, name)})" for word in words(name)))
