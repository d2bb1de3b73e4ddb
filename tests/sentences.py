"""Sentences in the body of a circular: how they are read, and how what they tell is written in the tables of the tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from ingest.model import DateMention, Deadline, Duty, Expression, Reference, Span, TimeMention
from ingest.pipeline import parse
from ingest.settings import Settings


class Placed(Protocol):
    @property
    def span(self) -> Span: ...


def zh_head(issued: str) -> str:
    """The head of a circular of that day: `2026年3月2日`."""
    year = issued.partition("年")[0]
    return (
        f"編號：CD/OPS/CCASS/118/{year}\n日期：{issued}\n\n香港中央結算有限公司\n\n通告\n\n"
        "事項：結算參與者的安排\n\n查詢：中央結算系統熱線 2979 7000\n\n"
    )


def read_below(head: str, sentence: str) -> Expression:
    return parse((head + sentence + "\n").encode(), Path("circular.txt"), Settings())


Fact = TypeVar("Fact", bound=Placed)


def below(head: str, facts: Iterable[Fact]) -> list[Fact]:
    """Those that the sentence tells, not its head."""
    return [fact for fact in facts if fact.span[0] >= len(head)]


def interval(mention: DateMention) -> str:
    start, end = str(mention.start or ""), str(mention.end or "")
    return start if start == end else f"{start}/{end}"


def clock(mention: TimeMention) -> str:
    return f"{mention.time}-{mention.end_time}" if mention.end_time else mention.time


def plain(said: str) -> str:
    return "".join(said.split())


def when(told: Deadline) -> str:
    """Relation, due day and clock time."""
    return f"{told.relation} {told.due or '-'} {told.time or '-'}"


def is_deadline(told: Deadline, meant: str) -> bool:
    """Is it that day, of that party, of that force, in the words of the other?"""
    day, bearer, modality, action = (part.strip() for part in meant.split("|"))
    return (when(told), ", ".join(told.bearer), told.modality) == (day, bearer, modality) and plain(action) in plain(told.action or "")


def is_duty(told: Duty, meant: str) -> bool:
    """Is it the duty of that force, of that party, in the words of the other?"""
    modality, bearer, action = (part.strip() for part in meant.split("|"))
    who = bearer in told.bearer if bearer else not told.bearer
    return told.modality in modality.split("/") and who and plain(action) in plain(told.action or "")


def citation(told: Reference) -> str:
    return f"{told.relation} {told.number or '-'} {told.issued or '-'}" + (f" | {told.title}" if told.title else "")


def reached(expression: Expression, head: str) -> list[str]:
    """Values of the contacts, web addresses without their scheme."""
    values = (contact.value for contact in below(head, expression.contacts))
    return [value.removeprefix("https://").removeprefix("http://") for value in values]
