"""A report as one page to read or print: nothing in it runs, and nothing is fetched."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ingest.model import Expression, Finding, Level
from kb import charts
from kb import report as single
from kb.comparison import Comparison
from kb.judged import verdict
from kb.quotes import Piece, cut, shown
from kb.reasons import WHY
from kb.reports import Report, summary
from kb.resources import templates
from kb.saying import Voice

if TYPE_CHECKING:
    from jinja2 import Template


class Quoted(NamedTuple):
    """One side of a finding: the value, its page, the language, and the quote in its line with what differs marked."""

    value: str
    page: int | None
    lang: str | None
    pieces: list[Piece]


class Shown(NamedTuple):
    """A finding as it is shown; `near` is where it belongs on the side that lacks it."""

    finding: Finding
    left: Quoted | None
    right: Quoted | None
    near: Quoted | None
    why: str | None
    verdict: str | None


Groups = list[tuple[Level, list[Shown]]]


class Section(NamedTuple):
    """A pair, or one circular against itself: then there is no right side."""

    left: dict[str, str | None]
    right: dict[str, str | None] | None
    comparison: Comparison | None
    relation: str
    governs: str | None
    counts: str
    groups: Groups
    timeline: charts.Timeline | None


def page(report: Report) -> str:
    """The report as HTML."""
    voice = report.voice
    sections = [of_pair(one, voice) for one in report.comparisons]
    for told in report.insides:
        head = single.told_heading(told.expression, voice)
        counts = single.summed(told.findings, voice)
        groups = grouped(told.findings, told.expression, told.expression, voice)
        days = charts.timeline(told.findings, told.expression, None, voice)
        sections.append(Section(head, None, None, "", None, counts, groups, days))
    return _template().render(
        sections=sections,
        agreement=(
            (voice("How pairs agree, by kind"), charts.by_relation(report.comparisons, voice)),
            (voice("How pairs agree, by check"), charts.by_check(report.comparisons, voice)),
        ),
        lists=report.lists,
        summary=summary(report),
        version=report.version,
        lang="zh-Hant" if voice.language == "zh" else "en",
        say=voice,
        levels=single.LEVELS_NAMED,
    )


def of_pair(one: Comparison, voice: Voice) -> Section:
    """What is told of a pair."""
    return Section(
        left=single.told_heading(one.left, voice),
        right=single.told_heading(one.right, voice),
        comparison=one,
        relation=voice(single.RELATIONS[one.relation]),
        governs=single.governs(one),
        counts=single.summed(one.findings, voice),
        groups=grouped(one.findings, one.left, one.right, voice),
        timeline=charts.timeline(one.findings, one.left, one.right, voice),
    )


def grouped(findings: tuple[Finding, ...], left: Expression, right: Expression, voice: Voice) -> Groups:
    """The findings by level, errors first."""
    shown = [of_finding(finding, left, right, voice) for finding in findings]
    groups: Groups = [(level, [one for one in shown if one.finding.level == level]) for level in single.LEVELS]
    return [(level, found) for level, found in groups if found]


def of_finding(finding: Finding, left: Expression, right: Expression, voice: Voice) -> Shown:
    """A finding with both quotes."""
    ours, theirs, near = finding.left, finding.right, finding.near
    lacking = right if ours else left
    why = WHY.get(finding.check)
    return Shown(
        finding,
        Quoted(ours.value, ours.page, language(left), shown(ours, theirs, left)) if ours else None,
        Quoted(theirs.value, theirs.page, language(right), shown(theirs, ours, right)) if theirs else None,
        Quoted(near.value, near.page, language(lacking), [Piece(cut(near.quote or near.value))]) if near else None,
        voice(why) if why else None,
        verdict(finding, voice),
    )


def language(expression: Expression) -> str | None:
    """The language of its quotes; None where one text has two."""
    return None if expression.lang == "mul" else expression.lang


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    return environment.from_string((templates() / "report.html").read_text("utf-8"))
