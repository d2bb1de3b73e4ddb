"""Findings in SARIF 2.1.0, the form in which other tools show what a check has found and where.

A region counts lines and characters (code points) of the file itself, where that is text and prints the quote as it was read. Every place
has the quote, its characters in what was read out of the file, and the page and box where there are pages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import quote

from ingest.model import Evidence, Expression, Finding, Side, Span
from kb.checks import CHECKS
from kb.judged import is_open, verdict
from kb.reasons import WHY
from kb.reports import Report
from kb.saying import Voice
from kb.sources import place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

LANGUAGE = {"en": "en", "zh": "zh-HK"}


class Files(NamedTuple):
    """The place of each file among the artifacts, and the texts of those that are text, by hash."""

    places: Mapping[str, int]
    texts: Mapping[str, str]


def as_sarif(report: Report, texts: Mapping[str, str]) -> str:
    """The findings of a report as one run; `texts` are the files that are text, by hash."""
    places = {expression.source.sha256: index for index, expression in enumerate(report.files())}
    files = Files(places, texts)
    names = sorted(CHECKS)
    results = []
    for one in report.comparisons:
        results += [result(finding, one.left, one.right, files, names, report.voice) for finding in one.findings]
    for told in report.insides:
        results += [result(finding, told.expression, told.expression, files, names, report.voice) for finding in told.findings]
    driver = {"name": "circulars", "semanticVersion": report.version, "rules": [rule(name, report.voice) for name in names]}
    run = {
        "tool": {"driver": driver},
        "language": LANGUAGE[report.voice.language],
        "columnKind": "unicodeCodePoints",
        "artifacts": [artifact(expression, files) for expression in report.files()],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def rule(name: str, voice: Voice) -> dict[str, Any]:
    """A check as a rule."""
    description = CHECKS[name].description
    return {
        "id": name,
        "shortDescription": {"text": voice(description)},
        "fullDescription": {"text": voice(WHY.get(name, description))},
    }


def artifact(expression: Expression, files: Files) -> dict[str, Any]:
    """A file with its hash."""
    source = expression.source
    told = {"location": {"uri": uri(source.path)}, "mimeType": source.media_type, "hashes": {"sha-256": source.sha256}}
    return {**told, "encoding": "utf-8"} if source.sha256 in files.texts else told


def uri(path: str) -> str:
    """A path as a URI: one from the root names its scheme."""
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)


def result(finding: Finding, left: Expression, right: Expression, files: Files, names: list[str], voice: Voice) -> dict[str, Any]:
    """A finding: where the left side stands or, where it says nothing, the right one; then the other side, or its place there."""
    sides = [(side, expression) for side, expression in ((finding.left, left), (finding.right, right)) if side]
    located = [location(side, expression, files) for side, expression in sides] or [location(None, left, files)]
    said = {name: side.value for name, side in (("left", finding.left), ("right", finding.right)) if side}
    told = {
        "ruleId": finding.check,
        "ruleIndex": names.index(finding.check),
        "level": finding.level,
        "message": {"text": finding.message},
        "locations": located[:1],
        "partialFingerprints": {"difference/v1": fingerprint(finding, left, right)},
        "properties": said,
    }
    if not is_open(finding):
        told["suppressions"] = [{"kind": "external", "status": "accepted", "justification": verdict(finding, voice)}]
    if finding.near:
        located.append(location(finding.near, right if finding.left else left, files))
    if located[1:]:
        told["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(located[1:], 1)]
    return told


def location(side: Side | None, expression: Expression, files: Files) -> dict[str, Any]:
    """Where a side stands: the file and, where there is a quote, its place there and in what was read."""
    source = expression.source
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(source.path), "index": files.places[source.sha256]}}
    if side is None or side.span is None:
        return {"physicalLocation": physical}
    start, end = side.span
    text = files.texts.get(source.sha256)
    if text is not None and (found := place(text, expression, side.span)):
        physical["region"] = region(text, found)
    box = next((one.bbox for one in located(expression) if one.span[0] < end and start < one.span[1] and one.bbox), None)
    read = {"charOffset": start, "charLength": end - start, "page": side.page, "bbox": box and list(box)}
    return {
        "physicalLocation": physical,
        "message": {"text": expression.text[start:end]},
        "properties": {name: value for name, value in read.items() if value is not None},
    }


def region(text: str, span: Span) -> dict[str, Any]:
    """A stretch of a file by characters and, as editors count them, by lines and columns from 1."""
    start, end = span
    lines = [text.count("\n", 0, at) + 1 for at in span]
    columns = [at - text.rfind("\n", 0, at) for at in span]
    counted = {"startLine": lines[0], "startColumn": columns[0], "endLine": lines[1], "endColumn": columns[1]}
    return {**counted, "charOffset": start, "charLength": end - start, "snippet": {"text": text[start:end]}}


def located(expression: Expression) -> Iterator[Evidence]:
    """The facts, the shortest kinds first, for their boxes."""
    yield from chain(expression.times, expression.dates, expression.contacts, expression.references, expression.amounts)
    yield from chain(expression.deadlines, expression.events, expression.duties)


def fingerprint(finding: Finding, left: Expression, right: Expression) -> str:
    """What makes it the same finding next time: the check, the circulars and the values, not where they stand."""
    parts = [finding.check, *(str(one.number or one.source.path) for one in (left, right)), *(one.lang for one in (left, right))]
    parts += [side.value if side else "" for side in (finding.left, finding.right)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
