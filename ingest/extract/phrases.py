"""Phrases of deadlines (`before 28 April`, `within two business days of`), and what the earlier steps have found around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from ingest.calendar import Calendar
from ingest.extract.duties import COMMA, Modal, right_behind
from ingest.extract.layout import InOrder
from ingest.extract.named import Named
from ingest.extract.parties import Parties
from ingest.lang.rules import Found, Survey, hits
from ingest.model import DateMention, Relation, Span, TimeMention

CLAUSE = re.compile(rf"(?:[;:，；：]|{COMMA})\s*")
DAILY = (".daily", ".dailyuntil", ".dailybefore")  # rules of phrases that name no day, only an hour


class Phrase(msgspec.Struct, frozen=True):
    """A deadline phrase: which relation, to which date or anchor."""

    span: Span
    relation: Relation
    rule: str
    hit: Found
    code: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the earlier steps found, by place."""

    text: str
    masked: str
    dates: Mapping[Span, DateMention]
    days: InOrder[DateMention]
    times: InOrder[TimeMention]
    parties: Parties
    issued: date | None
    calendar: Calendar
    phrases: InOrder[Phrase]
    verbs: InOrder[Modal]
    bounds: Mapping[Span, list[Span]]
    named: Named
    above: Mapping[int, tuple[str, ...]]

    def date_at(self, span: Span) -> DateMention | None:
        return self.dates.get(span) if span[0] >= 0 else None

    def phrases_in(self, span: Span) -> list[Phrase]:
        return self.phrases.within(span)

    def verbs_in(self, span: Span) -> list[Modal]:
        return self.verbs.within(span)

    def time_in(self, span: Span) -> TimeMention | None:
        return next(iter(self.times.within(span)), None)


def find_phrases(masked: str, survey: Survey | None = None) -> list[Phrase]:
    """All deadline phrases of the text, in order; of two that overlap the longer stays."""
    found = []
    for section in ("deadlines", "duestatements", "refusals", "failings", "windows"):
        for language, hit in hits(section, masked, survey):
            low, high = _trimmed(masked, hit.span())
            found.append(Phrase((low, high), hit.rule.value, hit.rule.name, hit, language.code))  # type: ignore[arg-type]
    found.sort(key=lambda p: (p.span[0], -p.span[1]))
    kept: list[Phrase] = []
    for phrase in found:
        if _NOT_EARLIER.search(masked[max(0, phrase.span[0] - 3) : phrase.span[0] + 1]):
            continue
        if kept and phrase.span[0] < kept[-1].span[1]:
            if phrase.span[1] > kept[-1].span[1]:
                kept[-1] = phrase
            continue
        kept.append(phrase)
    return kept


_NOT_EARLIER = re.compile(r"不得?早[于於]$")  # 不早|於屆滿前三個月: it opens a time


def _trimmed(masked: str, span: Span) -> Span:
    low, high = span
    while high > low and masked[high - 1] in " \n\t,，":
        high -= 1
    while low < high and (masked[low] in " \n\t,，、的.•‧·" or _AND_ON.match(masked, low, high)):
        low += 1
    if masked.startswith(")", high) and masked.count("(", low, high) > masked.count(")", low, high):
        high += 1
    elif masked[high - 1] == ")" and masked.count(")", low, high) > masked.count("(", low, high):
        high -= 1
    return low, high


_AND_ON = re.compile(r"[并並且][于在自]")


def stated_day(facts: Facts, phrase: Phrase) -> DateMention | None:
    """The day that the phrase names, if it has been read."""
    return facts.date_at(group(phrase.hit, "date")[1])


def is_deadline(phrase: Phrase) -> bool:
    """Does it say by when (`by D`, `before D`, `within N days`)?"""
    return ".deadlines." in phrase.rule


def is_statement(phrase: Phrase) -> bool:
    """Does it say by itself that a day is the last one (`The deadline is …`, `Forms received after … will not be accepted`)?"""
    return any(f".{section}." in phrase.rule for section in ("duestatements", "refusals", "failings"))


def is_failing(phrase: Phrase) -> bool:
    """Does it say what failing to act by the day brings (`if payment is not made by D`)?"""
    return ".failings." in phrase.rule or phrase.rule.endswith(".failing")


def is_window(phrase: Phrase) -> bool:
    """Is it a stretch of days (`from D to E`), which is a deadline only for those who may act in it?"""
    return ".windows." in phrase.rule


def is_lacking(phrase: Phrase) -> bool:
    """`If no objection is received by D`, `on application made not later than D`: whoever wants to may do so until then."""
    return phrase.rule.endswith((".lacking", ".onapplication"))


def behind_parties(facts: Facts, span: Span) -> tuple[int, bool]:
    """Where the words behind the parties begin with which a part of the text begins, and whether there are any."""
    named = right_behind(facts.parties, facts.text, facts.masked, span)
    return (named[-1].span[1], True) if named else (span[0], False)


def group(hit: Found, name: str) -> tuple[str | None, Span]:
    """A named part of the phrase and where it stands: rules that have it at several places number them from 2."""
    for suffix in ("", "2", "3", "4", "5"):
        if hit[name + suffix]:
            return hit[name + suffix], hit.span(name + suffix)
    return None, (-1, -1)


def clock_place(phrase: Phrase) -> Span:
    """Where its clock time stands: the part of that name (`from 4:00 p.m. to 11:00 a.m.` tells two), else anywhere in the phrase."""
    said, place = group(phrase.hit, "time")
    return place if said or phrase.hit["more"] else phrase.span
