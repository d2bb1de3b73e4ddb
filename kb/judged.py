"""Findings on which people have decided, in words: who said when, why, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ingest.model import Finding


class Judged(Finding, frozen=True, kw_only=True):
    """A finding that is decided on by this name; or, where it is open, one that says otherwise what was decided on."""

    id: str
    state: Literal["open", "accepted", "explained", "fixed"]
    was: Literal["accepted", "explained", "fixed"]
    decided_by: str
    decided_at: str
    why: str | None = None
    fixed_by: str | None = None


def is_open(finding: Finding) -> bool:
    """Whether a finding still wants somebody's decision."""
    return not isinstance(finding, Judged) or finding.state == "open"


def open_ones(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if is_open(finding))


def verdict(finding: Finding) -> str | None:
    """What was decided on a finding, in words; None where nothing was."""
    if not isinstance(finding, Judged):
        return None
    by = f" by {finding.fixed_by}" if finding.fixed_by else ""
    told = f"{finding.was}{by}: {finding.decided_by}, {finding.decided_at[:10]}"
    told += f", {' '.join(finding.why.split())}" if finding.why else ""
    return f"changed since it was {told}" if finding.state == "open" else told


def said(finding: Finding) -> str:
    """The message of a finding, with what was decided on it."""
    told = verdict(finding)
    return f"{finding.message} ({told})" if told else finding.message


def counted(findings: Iterable[Finding]) -> str:
    """How many findings are decided on, and how: `2 accepted, 1 explained`; empty where none is."""
    states = [finding.state for finding in findings if isinstance(finding, Judged)]
    return ", ".join(f"{states.count(state)} {state}" for state in ("accepted", "explained", "fixed") if state in states)
