"""What findings and reports say, in the language of whoever reads them: made in English, and told in Chinese by a table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

LANGUAGES = ("en", "zh")


class Phrase(NamedTuple):
    """A message with places to fill, as a pattern of the English one and as the Chinese one."""

    english: re.Pattern[str]
    chinese: str


class Phrases(NamedTuple):
    """How an obligation is stated, and all else by its English."""

    statement: str
    messages: tuple[Phrase, ...]
    sentences: Mapping[str, str]
    counts: Mapping[str, str]
    checks: Mapping[str, str]
    fields: Mapping[str, str]
    words: Mapping[str, str]


class Voice(NamedTuple):
    """The words of a report in one of `LANGUAGES`. Where the table lacks a sentence, a count or a check, that is a KeyError."""

    language: str = "en"

    def __call__(self, sentence: str, /, **filled: object) -> str:
        """A sentence of ours, its places filled."""
        return (sentence if self.language == "en" else _phrases().sentences[sentence]).format(**filled)

    def many(self, number: int, thing: str) -> str:
        """So many things: `2 errors`."""
        if self.language == "en":
            return f"{number} {thing}{'s' if number != 1 else ''}"
        return _phrases().counts[thing].format(n=number)

    def check(self, name: str) -> str:
        """A check by its name, which is what one types for it; in Chinese with what it is about."""
        return name if self.language == "en" else f"{_phrases().checks[name]}（{name}）"

    def word(self, word: str) -> str:
        """A word of ours; what is none stays."""
        return word if self.language == "en" else _phrases().words.get(word, word)

    def field(self, name: str) -> str:
        """A field of a fact by its name, which is what one types to correct it."""
        return name if self.language == "en" else _phrases().fields[name]

    def message(self, message: str) -> str:
        """What a finding, the evidence of a pair, a reason or a warning of the reader says."""
        return said(message, self.language)

    def disagreement(self, told: str) -> str:
        """How the statements of an obligation disagree; one that is put in other words than ours stays English."""
        return told if self.language == "en" else "；".join(map(_statement, BETWEEN.split(told)))

    def settled(self, told: str | None) -> str | None:
        """What was decided on how the statements of an obligation disagree, and by whom: `explained: Amy Chan`."""
        if not told:
            return None
        was, _, who = told.partition(": ")
        return self("{was}: {words}", was=self.word(was), words=who)

    def series(self, parts: Iterable[str | None]) -> str:
        """The parts that there are, side by side."""
        return (", " if self.language == "en" else "、").join(filter(None, parts))

    def clauses(self, parts: Iterable[str | None]) -> str:
        """The clauses that there are, one after the other."""
        return ("; " if self.language == "en" else "；").join(filter(None, parts))

    def aside(self, text: str, apart: str | None) -> str:
        """A text and what is said beside it, in brackets, where something is."""
        if not apart:
            return text
        return f"{text} ({apart})" if self.language == "en" else f"{text}（{apart}）"


ENGLISH = Voice()


def said(message: str, language: str) -> str:
    """What a finding, a warning or a reason says in one of `LANGUAGES`; what the table does not know stays English."""
    return message if language == "en" else _chinese(message)


@lru_cache(maxsize=1024)
def _chinese(message: str) -> str:
    known = _phrases()
    for phrase in known.messages:
        if match := phrase.english.fullmatch(message):
            filled = {
                name: _chinese(value) if name == "message" else known.words.get(value, value) for name, value in match.groupdict().items()
            }
            return phrase.chinese.format(**filled)
    return message


BETWEEN = re.compile(r"; (?='|[^';]+ (?:withdraws|replaces|moves or corrects|moves this) )")
STATEMENT = re.compile(
    r"'(?P<quote>.+)' in the (?P<place>body|schedule)(?: of (?P<circular>.+?))?(?: \((?P<language>English|Chinese)\))?"
    r": due (?:a day not known|(?P<day>\d{1,2} \w+ \d{4}))(?: at (?P<time>\d\d:\d\d(?: .+)?))?",
    re.DOTALL,
)


def _statement(told: str) -> str:
    """One statement of an obligation in Chinese: whose it is, its words, and when that is."""
    match = STATEMENT.fullmatch(told)
    if match is None:
        return said(told, "zh")
    known, found = _phrases(), match.groupdict(default="")
    day = datetime.strptime(found["day"], "%d %B %Y") if found["day"] else None  # noqa: DTZ007 - a day, in no zone
    when = f"{day.year}年{day.month}月{day.day}日" if day else known.words["a day not known"]
    words = {name: known.words.get(found[name], found[name]) for name in ("place", "language")}
    return known.statement.format(**{**found, **words, "day": when})


@cache
def _phrases() -> Phrases:
    data = tomllib.loads(files("kb").joinpath("messages.toml").read_text("utf-8"))
    messages = tuple(_phrase(english, chinese) for english, chinese in data["messages"].items())
    return Phrases(data["statement"]["zh"], messages, data["sentences"], data["counts"], data["checks"], data["fields"], data["words"])


def _phrase(english: str, chinese: str) -> Phrase:
    return Phrase(re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), chinese)
