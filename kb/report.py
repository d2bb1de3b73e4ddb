"""A comparison as text, JSON, Markdown or a page to print: the same words for the same inputs, byte for byte."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ingest.model import Expression, Finding, Level, Side
from kb.comparison import Comparison
from kb.judged import counted, open_ones
from kb.judged import said as told
from kb.wording import english_prevails

FORMATS = ("text", "json", "markdown", "html")

_WIDTH = 100
_QUOTE = 200
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
RELATIONS = {
    "sibling": "siblings: the same matter from two houses",
    "translation": "translations: one circular in two languages",
    "reissue": "a reissue: one corrects or replaces the other",
    "unrelated": "not related: nothing was compared",
}
# C0 and C1 controls, and the marks that turn the direction of the text or hide in it: a title must not write over a terminal.
_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 8203, 8206, 8207, *range(8232, 8239), *range(8294, 8298), 65279), "�")


class Tally(NamedTuple):
    """How many findings there are of each level."""

    error: int
    warning: int
    note: int


def render(comparison: Comparison, format: str) -> str:  # noqa: A002 (the word that users type)
    """The comparison in one of `FORMATS`."""
    writers = dict(zip(FORMATS, (_text, _json, _markdown, _html), strict=True))
    return writers[format](comparison)


def tally(findings: Iterable[Finding]) -> Tally:
    """Count findings by level, those left out that are decided on."""
    levels = [finding.level for finding in open_ones(findings)]
    return Tally(*(levels.count(level) for level in LEVELS))


def findings_text(title: str, findings: Sequence[Finding]) -> str:
    """The findings inside one circular, for a terminal."""
    if not findings:
        return f"{_plain(title)}: nothing contradicts itself"
    return "\n".join([f"{_plain(title)}: {summed(findings)}", *(line for finding in findings for line in _finding_lines(finding))])


def findings_json(reports: Iterable[tuple[str, Sequence[Finding]]]) -> str:
    """The findings inside circulars: `[{path, findings: […]}]`."""
    return json.dumps([{"path": path, "findings": _data(findings)} for path, findings in reports], ensure_ascii=False, indent=2)


def governs(comparison: Comparison) -> str | None:
    """`left` or `right` where the circular itself says that the English text prevails and that side is it; None where it is silent."""
    left, right = comparison.left, comparison.right
    if (left.lang == "en") == (right.lang == "en") or not english_prevails(left.text, right.text):
        return None
    return "left" if left.lang == "en" else "right"


# JSON -----------------------------------------------------------------------------------------------------------------


def _json(comparison: Comparison) -> str:
    data = {
        "left": heading(comparison.left),
        "right": heading(comparison.right),
        "relation": comparison.relation,
        "evidence": list(comparison.evidence),
        "governs": governs(comparison),
        "agreed": {item.check: item.count for item in comparison.agreed},
        "findings": _data(comparison.findings),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _data(findings: Sequence[Finding]) -> Any:
    import msgspec

    return msgspec.to_builtins(list(findings))


def heading(expression: Expression) -> dict[str, str | None]:
    """What names an expression: the file and its hash, the circular and its language."""
    return {
        "path": expression.source.path,
        "sha256": expression.source.sha256,
        "lang": expression.lang,
        "issuer": expression.issuer,
        "number": expression.number,
        "issued": expression.issued.isoformat() if expression.issued else None,
        "title": _folded(expression.title) if expression.title else None,
    }


# Text -----------------------------------------------------------------------------------------------------------------


def _text(comparison: Comparison) -> str:
    lines = [*_side_lines("left", comparison.left), *_side_lines("right", comparison.right), RELATIONS[comparison.relation]]
    lines += _wrapped("because ", "; ".join(comparison.evidence)) if comparison.evidence else []
    if comparison.relation == "unrelated":
        return "\n".join(lines)
    lines += governing(comparison)
    lines += ["", summed(comparison.findings)]
    for finding in comparison.findings:
        lines += _finding_lines(finding)
    equal = [f"{item.count} {item.check}" for item in comparison.agreed if item.count]
    return "\n".join([*lines, "", *_wrapped("equal on both sides: ", ", ".join(equal) or "nothing")])


def governing(comparison: Comparison) -> list[str]:
    """Which text governs, in words; nothing where the circular does not say."""
    side = governs(comparison)
    return [f"the English text governs, as the circular itself says ({side})"] if side else []


def _side_lines(name: str, expression: Expression) -> list[str]:
    printed = (expression.issuer, expression.number, expression.issued and expression.issued.isoformat(), expression.lang)
    return [
        *_wrapped(f"{name:<6}", _plain(expression.source.path)),
        *_wrapped(" " * 6, _plain(" · ".join(str(part) for part in printed if part))),
        f"      sha256 {expression.source.sha256}",
    ]


def _finding_lines(finding: Finding) -> Iterator[str]:
    yield from _wrapped(f"  {finding.level:<8}{finding.check:<18}", _plain(told(finding)))
    for name, side in (("left", finding.left), ("right", finding.right)):
        if side is not None:
            yield from _wrapped(f"{'':10}{name:<6}", _plain(shown(side)))


def shown(side: Side) -> str:
    """The quote where there is one, with the value where the quote does not say it itself."""
    quote = _folded(side.quote or "")
    value = _folded(side.value)
    where = f" (page {side.page})" if side.page else ""
    if not quote or value == quote or quote in value:
        return _cut(value) + where
    return f"{_cut(value)}: “{_cut(quote)}”{where}"


def counts(count: Tally) -> str:
    if not any(count):
        return "no difference"
    named = zip(count, LEVELS, strict=True)
    return ", ".join(f"{number} {level}{'s' if number != 1 else ''}" for number, level in named if number)


def summed(findings: Sequence[Finding]) -> str:
    """How many findings of each level there are, and how many are decided on."""
    return ", ".join(filter(None, (counts(tally(findings)), counted(findings))))


def _wrapped(first: str, text: str) -> list[str]:
    """Lines of at most a hundred columns; a Chinese character takes two."""
    room = _WIDTH - len(first)
    lines = [""]
    for word in _pieces(text):
        if _columns(lines[-1]) + _columns(word) > room and lines[-1]:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return [(first if not index else " " * len(first)) + line.rstrip() for index, line in enumerate(lines)]


def _pieces(text: str) -> Iterator[str]:
    """What a line may be broken before: words, Chinese characters, and parts of what is too long for any line."""
    for word in re.findall(r"\s+|\S+", text):
        if _columns(word) == len(word) <= _WIDTH // 2:
            yield word
        else:
            yield from word


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _plain(text: str) -> str:
    """Without what could steer a terminal."""
    return _folded(text).translate(_CONTROL)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTE else text[: _QUOTE - 1].rstrip() + "…"


# Markdown -------------------------------------------------------------------------------------------------------------


def _markdown(comparison: Comparison) -> str:
    lines = ["# Comparison of two circulars", "", "| | left | right |", "|---|---|---|"]
    left, right = heading(comparison.left), heading(comparison.right)
    lines += [f"| {name} | {marked(left[name] or '—')} | {marked(right[name] or '—')} |" for name in left]
    said = [f"{line[0].upper()}{line[1:]}." for line in governing(comparison)]
    lines += ["", f"{RELATIONS[comparison.relation].capitalize()}.", *said, ""]
    for level in LEVELS:
        chosen = [finding for finding in comparison.findings if finding.level == level]
        if chosen:
            lines += [f"## {level.capitalize()}s ({len(chosen)})", "", "| check | what | left | right |", "|---|---|---|---|"]
            lines += [f"| {f.check} | {marked(told(f))} | {_marked_side(f.left)} | {_marked_side(f.right)} |" for f in chosen]
            lines.append("")
    if comparison.agreed:
        lines += ["## Equal on both sides", "", "| check | facts |", "|---|---:|"]
        lines += [f"| {item.check} | {item.count} |" for item in comparison.agreed]
    return "\n".join(lines).rstrip() + "\n"


def _marked_side(side: Side | None) -> str:
    return marked(shown(side)) if side else "—"


def marked(text: str) -> str:
    """Text that Markdown leaves alone: no markup, no HTML, no table border."""
    plain = _plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{char}" if char in "\\`*_[]|#~!" else char for char in plain)


# HTML -----------------------------------------------------------------------------------------------------------------


def _html(comparison: Comparison) -> str:
    from kb.page import page
    from kb.reports import report

    return page(report([comparison])).removesuffix("\n")
