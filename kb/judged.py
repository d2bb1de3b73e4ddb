"""Findings on which people have decided, in words: who said when, why, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

from ingest.model import Finding
from kb.clock import day_of
from kb.saying import ENGLISH, Voice

Settled = Literal["accepted", "explained", "fixed"]
State = Literal["open", "accepted", "explained", "fixed"]


class Decided(Protocol):
    """What somebody has decided on a finding."""

    @property
    def state(self) -> State: ...
    @property
    def was(self) -> Settled | None: ...
    @property
    def decided_by(self) -> str | None: ...
    @property
    def decided_at(self) -> str | None: ...
    @property
    def why(self) -> str | None: ...
    @property
    def fixed_by(self) -> str | None: ...


class Judged(Finding, frozen=True, kw_only=True):
    """A finding that is decided on by this name; or, where it is open, one that says otherwise what was decided on."""

    id: str
    state: State
    was: Settled
    decided_by: str
    decided_at: str
    why: str | None = None
    fixed_by: str | None = None


def is_open(finding: Finding) -> bool:
    """Whether a finding still wants somebody's decision."""
    return not isinstance(finding, Judged) or finding.state == "open"


def open_ones(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if is_open(finding))


def verdict(finding: Finding, voice: Voice = ENGLISH) -> str | None:
    """What was decided on a finding, in words; None where nothing was."""
    return in_words(finding, voice) if isinstance(finding, Judged) else None


def in_words(one: Decided, voice: Voice = ENGLISH) -> str:
    """What was decided, by whom, when and why, and whether the finding has changed since."""
    was = voice.word(one.was or one.state)
    was = voice("{was} by {number}", was=was, number=one.fixed_by) if one.fixed_by else was
    why = " ".join(one.why.split()) if one.why else None
    told = voice("{was}: {words}", was=was, words=voice.series((one.decided_by, day_of(one.decided_at), why)))
    return voice("changed since it was {told}", told=told) if one.state == "open" else told


def said(finding: Finding, voice: Voice = ENGLISH) -> str:
    """The message of a finding, with what was decided on it."""
    return voice.aside(finding.message, verdict(finding, voice))


def counted(findings: Iterable[Finding], voice: Voice = ENGLISH) -> str:
    """How many findings are decided on, and how: `2 accepted, 1 explained`; empty where none is."""
    states = [finding.state for finding in findings if isinstance(finding, Judged)]
    return voice.series(
        voice("{n} {state}", n=states.count(state), state=voice.word(state))
        for state in ("accepted", "explained", "fixed")
        if state in states
    )
