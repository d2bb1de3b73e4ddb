"""What findings say, in the language of whoever reads them: messages are made in English and told in Chinese by a table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ingest.model import Finding

LANGUAGES = ("en", "zh")


class Phrase(NamedTuple):
    """A message with places to fill, as a pattern of the English one and as the Chinese one."""

    english: re.Pattern[str]
    chinese: str


class Phrases(NamedTuple):
    """All messages, the clause that says which text governs, and the words that fill them."""

    governs: Phrase
    messages: tuple[Phrase, ...]
    words: Mapping[str, str]


def said(message: str, language: str) -> str:
    """A finding's message in one of `LANGUAGES`; one that the table does not know stays English."""
    if language == "en":
        return message
    known = _phrases()
    if match := known.governs.english.fullmatch(message):
        return known.governs.chinese.format(message=said(match["message"], language), side=known.words[match["side"]])
    for phrase in known.messages:
        if match := phrase.english.fullmatch(message):
            return phrase.chinese.format(**{name: known.words.get(value, value) for name, value in match.groupdict().items()})
    return message


def findings_in(findings: Iterable[Finding], language: str) -> tuple[Finding, ...]:
    """The findings with their messages in one of `LANGUAGES`; nothing else in them is language."""
    from msgspec.structs import replace

    return tuple(replace(finding, message=said(finding.message, language)) for finding in findings)


@cache
def _phrases() -> Phrases:
    data = tomllib.loads(files("kb").joinpath("messages.toml").read_text("utf-8"))
    messages = tuple(_phrase(english, chinese) for english, chinese in data["messages"].items())
    return Phrases(_phrase(data["governs"]["en"], data["governs"]["zh"]), messages, data["words"])


def _phrase(english: str, chinese: str) -> Phrase:
    return Phrase(re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), chinese)
