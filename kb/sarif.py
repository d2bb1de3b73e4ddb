"""Findings in SARIF 2.1.0, the form in which other tools show what a check has found and where.

A region counts characters (code points) of the text that was read out of the file; of a PDF its page is told beside it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from ingest.model import Expression, Finding, Side
from kb.checks import CHECKS
from kb.reasons import WHY
from kb.reports import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(report: Report) -> str:
    """The findings of a report as one run."""
    places = {expression.source.sha256: index for index, expression in enumerate(report.files())}
    names = sorted(CHECKS)
    results = []
    for one in report.comparisons:
        results += [result(finding, one.left, one.right, places, names) for finding in one.findings]
    for told in report.insides:
        results += [result(finding, told.expression, told.expression, places, names) for finding in told.findings]
    driver = {"name": "circulars", "semanticVersion": report.version, "rules": [rule(name) for name in names]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [artifact(expression) for expression in report.files()],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def rule(name: str) -> dict[str, Any]:
    """A check as a rule."""
    return {
        "id": name,
        "shortDescription": {"text": CHECKS[name].description},
        "fullDescription": {"text": WHY.get(name, CHECKS[name].description)},
    }


def artifact(expression: Expression) -> dict[str, Any]:
    """A file with its hash."""
    source = expression.source
    return {"location": {"uri": uri(source.path)}, "mimeType": source.media_type, "hashes": {"sha-256": source.sha256}}


def uri(path: str) -> str:
    """A path as a URI: one from the root names its scheme."""
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)


def result(finding: Finding, left: Expression, right: Expression, places: dict[str, int], names: list[str]) -> dict[str, Any]:
    """A finding: where the left side stands or, where it says nothing, the right one; the other side beside it."""
    sides = [(side, expression) for side, expression in ((finding.left, left), (finding.right, right)) if side]
    located = [location(side, expression, places) for side, expression in sides] or [location(None, left, places)]
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
    if located[1:]:
        told["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(located[1:], 1)]
    return told


def location(side: Side | None, expression: Expression, places: dict[str, int]) -> dict[str, Any]:
    """Where a side stands: the file and, where there is a quote, its characters."""
    source = expression.source
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(source.path), "index": places[source.sha256]}}
    if side and side.span:
        start, end = side.span
        physical["region"] = {"charOffset": start, "charLength": end - start, "snippet": {"text": expression.text[start:end]}}
        if side.page:
            physical["region"]["properties"] = {"page": side.page}
    return {"physicalLocation": physical}


def fingerprint(finding: Finding, left: Expression, right: Expression) -> str:
    """What makes it the same finding next time: the check, the circulars and the values, not where they stand."""
    parts = [finding.check, *(str(one.number or one.source.path) for one in (left, right)), *(one.lang for one in (left, right))]
    parts += [side.value if side else "" for side in (finding.left, finding.right)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
