"""A report of many comparisons, and of what circulars say against themselves: the same bytes for the same inputs and version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from typing import Any, TypeVar

import msgspec

from ingest.model import Expression, Finding, Side, Value
from kb import report as single
from kb.comparison import Comparison
from kb.judged import open_ones, said, verdict
from kb.reasons import WHY
from kb.saying import findings_in
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
    """What was compared, and by which version of the program."""

    version: str
    comparisons: tuple[Comparison, ...] = ()
    insides: tuple[Told, ...] = ()
    lists: tuple[Listing, ...] = ()

    def files(self) -> list[Expression]:
        """Every file once, in the order in which it is first spoken of."""
        met = [expression for one in self.comparisons for expression in (one.left, one.right)] + [told.expression for told in self.insides]
        return list({expression.source.sha256: expression for expression in reversed(met)}.values())[::-1]

    def findings(self) -> list[Finding]:
        """All findings."""
        return [f for one in self.comparisons for f in one.findings] + [f for told in self.insides for f in told.findings]


Found = TypeVar("Found", Comparison, Told)


def report(comparisons: Iterable[Comparison], insides: Iterable[Told] = (), lists: Iterable[Listing] = ()) -> Report:
    """A report by this version; of the insides those are kept that have findings."""
    kept = tuple(told for told in insides if told.findings)
    return Report(version=version("circular-kb"), comparisons=tuple(comparisons), insides=kept, lists=tuple(lists))


def in_language(one: Found, language: str) -> Found:
    """A comparison, or what a circular says against itself, with the findings told in this language."""
    return msgspec.structs.replace(one, findings=findings_in(one.findings, language))


def spoken(report: Report, language: str) -> Report:
    """The whole report with its findings told in this language."""
    return msgspec.structs.replace(
        report,
        comparisons=tuple(in_language(one, language) for one in report.comparisons),
        insides=tuple(in_language(one, language) for one in report.insides),
    )


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
    differing = sum(any(f.level == "error" for f in open_ones(one.findings)) for one in report.comparisons)
    pairs = f"{len(report.comparisons)} pair{'s' if len(report.comparisons) != 1 else ''}"
    return f"{pairs}, {differing} with errors: {single.summed(report.findings())}"


# Text and Markdown ---------------------------------------------------------------------------------------------------


def as_text(report: Report) -> str:
    """For a terminal: every pair, then every circular that says something against itself."""
    parts = [summary(report), *(single.render(one, "text") for one in report.comparisons)]
    parts += [
        f"{single.findings_text(told.expression.source.path, told.findings)}\n      sha256 {told.expression.source.sha256}"
        for told in report.insides
    ]
    parts += ["\n".join((one.name, *(f"  {' | '.join(filter(None, row))}" for row in one.rows))) for one in report.lists]
    return "\n\n".join(parts) + "\n"


def as_markdown(report: Report) -> str:
    """One document: a section for each pair and for each circular that says something against itself."""
    lines = ["# Report on circulars", "", f"{summary(report)}. Made by circulars {report.version}.", ""]
    for one in report.comparisons:
        lines += [f"#{line}" if line.startswith("#") else line for line in single.render(one, "markdown").splitlines()] + [""]
    for told in report.insides:
        lines += [f"## {single.marked(told.expression.source.path)}, against itself", "", f"SHA-256 {told.expression.source.sha256}", ""]
        lines += ["| level | check | what | here | there |", "|---|---|---|---|---|"]
        lines += [f"| {f.level} | {f.check} | {single.marked(said(f))} | {beside(f.left)} | {beside(f.right)} |" for f in told.findings]
        lines.append("")
    for listing in report.lists:
        lines += [f"## {listing.name}", "", f"| {' | '.join(listing.header)} |", f"|{'---|' * len(listing.header)}"]
        lines += [f"| {' | '.join(map(single.marked, row))} |" for row in listing.rows] + [""]
    lines += why(report)
    return "\n".join(lines).rstrip() + "\n"


def beside(side: Side | None) -> str:
    return single.marked(single.shown(side)) if side else "—"


def why(report: Report) -> list[str]:
    """Why the differences that were found matter, check by check."""
    checks = sorted({finding.check for finding in report.findings()})
    told = [f"| {check} | {WHY[check]} |" for check in checks if check in WHY]
    return ["## Why it matters", "", "| check | |", "|---|---|", *told] if told else []


# JSON ----------------------------------------------------------------------------------------------------------------


def as_json(report: Report) -> str:
    """The files with their hashes, the pairs as `circulars diff` gives them, what circulars say against themselves, and why it matters."""
    data = {
        "version": report.version,
        "files": [single.heading(expression) for expression in report.files()],
        "pairs": [json.loads(single.render(one, "json")) for one in report.comparisons],
        "inside": [{**single.heading(told.expression), "findings": msgspec.to_builtins(told.findings)} for told in report.insides],
        "why": {check: WHY[check] for check in sorted({finding.check for finding in report.findings()}) if check in WHY},
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
    found = [finding_row(f, one.left, one.right, single.governs(one)) for one in report.comparisons for f in one.findings]
    found += [finding_row(f, told.expression, told.expression, None) for told in report.insides for f in told.findings]
    equal = [(*paths(one), item.check, item.count) for one in report.comparisons for item in one.agreed]
    return [
        Sheet("Findings", _FINDINGS, found),
        Sheet("Pairs", _PAIRS, [pair_row(one) for one in report.comparisons]),
        Sheet("Equal", ("left file", "right file", "check", "facts"), equal),
        Sheet("Files", _FILES, [file_row(expression) for expression in report.files()]),
        *(Sheet(one.name, one.header, one.rows) for one in report.lists),
    ]


def paths(comparison: Comparison) -> tuple[str, str]:
    return comparison.left.source.path, comparison.right.source.path


def finding_row(finding: Finding, left: Expression, right: Expression, governing: str | None) -> list[Cell]:
    cells: list[Cell] = [finding.level, finding.check, finding.message]
    for side, expression in ((finding.left, left), (finding.right, right)):
        cells += [expression.source.path, *((side.value, side.quote, side.page) if side else (None, None, None))]
    return [*cells, governing, WHY.get(finding.check), verdict(finding)]


def pair_row(one: Comparison) -> list[Cell]:
    left, right = one.left.source, one.right.source
    return [left.path, left.sha256, right.path, right.sha256, one.relation, single.governs(one), *single.tally(one.findings)]


def file_row(expression: Expression) -> list[Cell]:
    told: dict[str, Any] = single.heading(expression)
    issued: date | None = expression.issued
    return [told["path"], told["sha256"], told["lang"], told["issuer"], told["number"], issued, told["title"]]
