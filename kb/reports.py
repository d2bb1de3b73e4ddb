"""A report of many comparisons, and of what circulars say against themselves: the same bytes for the same inputs and version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from typing import Any, TypeVar

import msgspec

from ingest.model import Expression, Finding, Value
from kb import report as single
from kb.comparison import Comparison, Inside
from kb.judged import open_ones, said, verdict
from kb.reasons import WHY
from kb.saying import ENGLISH, Voice
from kb.workbook import Cell, Sheet, workbook

FORMATS = ("text", "json", "markdown", "html", "sarif", "xlsx")


class Told(Value, frozen=True, kw_only=True):
    """A circular and what it says against itself."""

    expression: Expression
    findings: tuple[Finding, ...]


class Listing(Value, frozen=True, kw_only=True):
    """What people decided on things of one kind, as a table."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Report(Value, frozen=True, kw_only=True):
    """What was compared, by which version of the program, and in whose words it is told."""

    version: str
    comparisons: tuple[Comparison, ...] = ()
    insides: tuple[Told, ...] = ()
    lists: tuple[Listing, ...] = ()
    voice: Voice = ENGLISH

    def files(self) -> list[Expression]:
        """Every file once, in the order in which it is first spoken of."""
        met = [expression for one in self.comparisons for expression in (one.left, one.right)] + [told.expression for told in self.insides]
        return list({expression.source.sha256: expression for expression in reversed(met)}.values())[::-1]

    def findings(self) -> list[Finding]:
        """All findings."""
        return [f for one in self.comparisons for f in one.findings] + [f for told in self.insides for f in told.findings]


Found = TypeVar("Found", Comparison, Told, Inside)


def report(
    comparisons: Iterable[Comparison], insides: Iterable[Told] = (), lists: Iterable[Listing] = (), voice: Voice = ENGLISH
) -> Report:
    """A report by this version, in these words but for its lists; of the insides those are kept that have findings."""
    return Report(
        version=version("circular-kb"),
        comparisons=tuple(in_words(one, voice) for one in comparisons),
        insides=tuple(in_words(told, voice) for told in insides if told.findings),
        lists=tuple(lists),
        voice=voice,
    )


def in_words(one: Found, voice: Voice) -> Found:
    """A comparison, or what a circular says against itself: the findings and the evidence of the pair in these words."""
    findings = tuple(msgspec.structs.replace(finding, message=voice.message(finding.message)) for finding in one.findings)
    said = msgspec.structs.replace(one, findings=findings)
    if isinstance(said, Comparison):
        return msgspec.structs.replace(said, evidence=tuple(map(voice.message, said.evidence)))
    return said


def render(report: Report, form: str) -> bytes:
    """The report in one of `FORMATS`, as the bytes of a file."""
    if form == "xlsx":
        return workbook(sheets(report))
    if form == "html":
        from kb.page import page

        return page(report).encode()
    if form == "sarif":
        from kb.sarif import as_sarif
        from kb.sources import texts

        return as_sarif(report, texts(report.files())).encode()
    return {"text": as_text, "json": as_json, "markdown": as_markdown}[form](report).encode()


def summary(report: Report) -> str:
    """What there is, in one sentence."""
    voice = report.voice
    differing = sum(any(f.level == "error" for f in open_ones(one.findings)) for one in report.comparisons)
    pairs = voice.many(len(report.comparisons), "pair")
    return voice("{pairs}, {n} with errors: {counts}", pairs=pairs, n=differing, counts=single.summed(report.findings(), voice))


# Text and Markdown ---------------------------------------------------------------------------------------------------


def as_text(report: Report) -> str:
    """For a terminal: every pair, then every circular that says something against itself."""
    parts = [summary(report), *(single.render(one, "text", report.voice) for one in report.comparisons)]
    parts += [
        f"{single.findings_text(told.expression.source.path, told.findings, report.voice)}\n      sha256 {told.expression.source.sha256}"
        for told in report.insides
    ]
    parts += ["\n".join((one.name, *(f"  {' | '.join(filter(None, row))}" for row in one.rows))) for one in report.lists]
    return "\n\n".join(parts) + "\n"


def as_markdown(report: Report) -> str:
    """One document: a section for each pair and for each circular that says something against itself."""
    voice = report.voice
    lines = [f"# {voice('Report on circulars')}", ""]
    lines += [f"{voice('{sentence}.', sentence=summary(report))} {voice('Made by circulars {version}.', version=report.version)}", ""]
    for one in report.comparisons:
        lines += [f"#{line}" if line.startswith("#") else line for line in single.render(one, "markdown", voice).splitlines()] + [""]
    for told in report.insides:
        lines += [f"## {voice('{title}, against itself', title=single.marked(told.expression.source.path))}", ""]
        lines += [f"SHA-256 {told.expression.source.sha256}", "", *single.header(("level", "check", "what", "here", "there"), voice)]
        lines += [f"| {voice.word(finding.level)} | {' | '.join(cells(finding, voice))} |" for finding in told.findings]
        lines.append("")
    for listing in report.lists:
        lines += [f"## {listing.name}", "", f"| {' | '.join(listing.header)} |", f"|{'---|' * len(listing.header)}"]
        lines += [f"| {' | '.join(map(single.marked, row))} |" for row in listing.rows] + [""]
    lines += why(report)
    return "\n".join(lines).rstrip() + "\n"


def cells(finding: Finding, voice: Voice) -> tuple[str, ...]:
    """A finding as the cells of a row: the check, what differs, and both sides."""
    sides = (single.beside(side, voice) for side in (finding.left, finding.right))
    return voice.check(finding.check), single.marked(said(finding, voice)), *sides


def why(report: Report) -> list[str]:
    """Why the differences that were found matter, check by check."""
    told = [f"| {report.voice.check(check)} | {reason} |" for check, reason in reasons(report).items()]
    return [f"## {report.voice('Why it matters')}", "", *single.header(("check", ""), report.voice), *told] if told else []


def reasons(report: Report) -> dict[str, str]:
    """Why it matters, by the checks that found something."""
    return {check: report.voice(WHY[check]) for check in sorted({finding.check for finding in report.findings()}) if check in WHY}


# JSON ----------------------------------------------------------------------------------------------------------------


def as_json(report: Report) -> str:
    """The files with their hashes, the pairs as `circulars diff` gives them, what circulars say against themselves, and why it matters."""
    data = {
        "version": report.version,
        "files": [single.heading(expression) for expression in report.files()],
        "pairs": [json.loads(single.render(one, "json")) for one in report.comparisons],
        "inside": [{**single.heading(told.expression), "findings": msgspec.to_builtins(told.findings)} for told in report.insides],
        "why": reasons(report),
        "lists": {one.name: [dict(zip(one.header, row, strict=True)) for row in one.rows] for one in report.lists},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


# Workbook ------------------------------------------------------------------------------------------------------------

_FINDINGS = (
    "level", "check", "what", "left file", "left value", "left quote", "left page", "right file", "right value", "right quote",
    "right page", "governs", "why it matters", "decided",
)  # fmt: skip
_PAIRS = ("left file", "left SHA-256", "right file", "right SHA-256", "relation", "governs", "errors", "warnings", "notes")
_FILES = ("file", "SHA-256", "language", "issuer", "number", "issued", "subject")


def sheets(report: Report) -> list[Sheet]:
    """The findings, the pairs, what was found equal, the files, and what people decided."""
    voice = report.voice
    found = [finding_row(f, one.left, one.right, single.governs(one), voice) for one in report.comparisons for f in one.findings]
    found += [finding_row(f, told.expression, told.expression, None, voice) for told in report.insides for f in told.findings]
    equal = [(*paths(one), voice.check(item.check), item.count) for one in report.comparisons for item in one.agreed]
    told = (
        ("Findings", _FINDINGS, found),
        ("Pairs", _PAIRS, [pair_row(one, voice) for one in report.comparisons]),
        ("Equal", ("left file", "right file", "check", "facts"), equal),
        ("Files", _FILES, [file_row(expression, voice) for expression in report.files()]),
    )
    made = [Sheet(voice.word(name), tuple(map(voice.word, header)), rows) for name, header, rows in told]
    return made + [Sheet(one.name, one.header, one.rows) for one in report.lists]


def paths(comparison: Comparison) -> tuple[str, str]:
    return comparison.left.source.path, comparison.right.source.path


def finding_row(finding: Finding, left: Expression, right: Expression, governing: str | None, voice: Voice) -> list[Cell]:
    cells: list[Cell] = [voice.word(finding.level), voice.check(finding.check), finding.message]
    for side, expression in ((finding.left, left), (finding.right, right)):
        cells += [expression.source.path, *((side.value, side.quote, side.page) if side else (None, None, None))]
    why = WHY.get(finding.check)
    return [*cells, governing and voice.word(governing), why and voice(why), verdict(finding, voice)]


def pair_row(one: Comparison, voice: Voice) -> list[Cell]:
    left, right, governing = one.left.source, one.right.source, single.governs(one)
    told = (voice.word(one.relation), governing and voice.word(governing))
    return [left.path, left.sha256, right.path, right.sha256, *told, *single.tally(one.findings)]


def file_row(expression: Expression, voice: Voice) -> list[Cell]:
    told: dict[str, Any] = single.told_heading(expression, voice)
    issued: date | None = expression.issued
    return [told["path"], told["sha256"], told["lang"], told["issuer"], told["number"], issued, told["title"]]
