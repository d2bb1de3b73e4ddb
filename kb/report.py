"""A comparison as text, JSON, Markdown or a page to print: the same words for the same inputs, byte for byte."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from ingest.model import Expression, Finding, Level, Side
from kb.comparison import Comparison, Heading, Told
from kb.judged import counted, open_ones
from kb.judged import said as told
from kb.saying import ENGLISH, Voice
from kb.wording import english_prevails

FORMATS = ("text", "json", "markdown", "html")

_WIDTH = 100
_QUOTE = 200
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
SIDES = ("left", "right")
RELATIONS = {
    "sibling": "siblings: the same matter from two houses",
    "translation": "translations: one circular in two languages",
    "reissue": "a reissue: one corrects or replaces the other",
    "unrelated": "not related: nothing was compared",
}
LEVELS_NAMED: dict[Level, str] = {"error": "Errors ({n})", "warning": "Warnings ({n})", "note": "Notes ({n})"}
# C0 and C1 controls, and the marks that turn the direction of the text or hide in it: a title must not write over a terminal.
_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 8203, 8206, 8207, *range(8232, 8239), *range(8294, 8298), 65279), "�")


class Tally(NamedTuple):
    """How many findings there are of each level."""

    error: int
    warning: int
    note: int


def render(comparison: Comparison, format: str, voice: Voice = ENGLISH) -> str:  # noqa: A002 (the word that users type)
    """The comparison in one of `FORMATS`; its findings are told as they are."""
    writers = dict(zip(FORMATS, (_text, _json, _markdown, _html), strict=True))
    return writers[format](comparison, voice)


def tally(findings: Iterable[Finding]) -> Tally:
    """Count findings by level, those left out that are decided on."""
    levels = [finding.level for finding in open_ones(findings)]
    return Tally(*(levels.count(level) for level in LEVELS))


def findings_text(title: str, findings: Sequence[Finding], voice: Voice = ENGLISH) -> str:
    """The findings inside one circular, for a terminal."""
    if not findings:
        return voice("{title}: nothing contradicts itself", title=_plain(title))
    lines = [line for finding in findings for line in _finding_lines(finding, voice)]
    return "\n".join([voice("{title}: {counts}", title=_plain(title), counts=summed(findings, voice)), *lines])


def findings_json(reports: Iterable[tuple[str, Sequence[Finding]]]) -> str:
    """The findings inside circulars: `[{path, findings: […]}]`."""
    return json.dumps([{"path": path, "findings": _data(list(findings))} for path, findings in reports], ensure_ascii=False, indent=2)


def governs(comparison: Comparison) -> Literal["left", "right"] | None:
    """`left` or `right` where the circular itself says that the English text prevails and that side is it; None where it is silent."""
    left, right = comparison.left, comparison.right
    if (left.lang == "en") == (right.lang == "en") or not english_prevails(left.text, right.text):
        return None
    return "left" if left.lang == "en" else "right"


# JSON -----------------------------------------------------------------------------------------------------------------


def _json(comparison: Comparison, _: Voice) -> str:
    told = Told(
        left=_heading(comparison.left),
        right=_heading(comparison.right),
        relation=comparison.relation,
        evidence=comparison.evidence,
        governs=governs(comparison),
        agreed={item.check: item.count for item in comparison.agreed},
        findings=comparison.findings,
    )
    return json.dumps(_data(told), ensure_ascii=False, indent=2)


def _data(value: object) -> Any:
    import msgspec

    return msgspec.to_builtins(value)


def heading(expression: Expression) -> dict[str, str | None]:
    """What names an expression: the file and its hash, the circular and its language."""
    named: dict[str, str | None] = _data(_heading(expression))
    return named


def _heading(expression: Expression) -> Heading:
    return Heading(
        path=expression.source.path,
        sha256=expression.source.sha256,
        lang=expression.lang,
        issuer=expression.issuer,
        number=expression.number,
        issued=expression.issued,
        title=_folded(expression.title) if expression.title else None,
    )


# Text -----------------------------------------------------------------------------------------------------------------


def _text(comparison: Comparison, voice: Voice) -> str:
    lines = [line for name in SIDES for line in _side_lines(name, getattr(comparison, name), voice)]
    lines.append(voice(RELATIONS[comparison.relation]))
    lines += _wrapped(voice("because "), voice.clauses(comparison.evidence)) if comparison.evidence else []
    if comparison.relation == "unrelated":
        return "\n".join(lines)
    lines += governing(comparison, voice)
    lines += ["", summed(comparison.findings, voice)]
    for finding in comparison.findings:
        lines += _finding_lines(finding, voice)
    equal = [voice("{n} {check}", n=item.count, check=voice.check(item.check)) for item in comparison.agreed if item.count]
    return "\n".join([*lines, "", *_wrapped(voice("equal on both sides: "), voice.series(equal) or voice("nothing"))])


def governing(comparison: Comparison, voice: Voice) -> list[str]:
    """Which text governs, in words; nothing where the circular does not say."""
    side = governs(comparison)
    return [voice("the English text governs, as the circular itself says ({side})", side=voice.word(side))] if side else []


def _side_lines(name: str, expression: Expression, voice: Voice) -> list[str]:
    issued = expression.issued and expression.issued.isoformat()
    printed = (expression.issuer, expression.number, issued, voice.word(expression.lang))
    return [
        *_wrapped(_padded(voice.word(name), 6), _plain(expression.source.path)),
        *_wrapped(" " * 6, _plain(" · ".join(part for part in printed if part))),
        f"      sha256 {expression.source.sha256}",
    ]


def _finding_lines(finding: Finding, voice: Voice) -> Iterator[str]:
    level, check = _padded(voice.word(finding.level), 8), _padded(voice.check(finding.check), 18)
    yield from _wrapped(f"  {level}{check}", _plain(told(finding, voice)))
    for name, side in zip(SIDES, (finding.left, finding.right), strict=True):
        if side is not None:
            yield from _wrapped(f"{'':10}{_padded(voice.word(name), 6)}", _plain(shown(side, voice)))


def shown(side: Side, voice: Voice) -> str:
    """The quote where there is one, with the value where the quote does not say it itself."""
    quote = _folded(side.quote or "")
    value = _cut(_folded(side.value))
    whole = value if not quote or quote in _folded(side.value) else voice("{value}: “{quote}”", value=value, quote=_cut(quote))
    return voice.aside(whole, voice("page {page}", page=side.page) if side.page else None)


def counts(count: Tally, voice: Voice) -> str:
    """How many findings there are of each level that there is."""
    return voice.series(voice.many(number, level) for number, level in zip(count, LEVELS, strict=True) if number) or voice("no difference")


def summed(findings: Sequence[Finding], voice: Voice = ENGLISH) -> str:
    """How many findings of each level there are, and how many are decided on."""
    return voice.series((counts(tally(findings), voice), counted(findings, voice)))


def _padded(text: str, columns: int) -> str:
    """Text as wide as its column; what is wider ends in a space."""
    return text + " " * max(1, columns - _columns(text))


def _wrapped(first: str, text: str) -> list[str]:
    """Lines of at most a hundred columns; a Chinese character takes two."""
    room = _WIDTH - _columns(first)
    lines = [""]
    for word in _pieces(text):
        if _columns(lines[-1]) + _columns(word) > room and lines[-1]:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return [(first if not index else " " * _columns(first)) + line.rstrip() for index, line in enumerate(lines)]


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


def _markdown(comparison: Comparison, voice: Voice) -> str:
    lines = [f"# {voice('Comparison of two circulars')}", "", *header(("", *SIDES), voice)]
    left, right = told_heading(comparison.left, voice), told_heading(comparison.right, voice)
    lines += [f"| {voice.word(name)} | {marked(left[name] or '—')} | {marked(right[name] or '—')} |" for name in left]
    governed = (f"{line[0].upper()}{line[1:]}" for line in governing(comparison, voice))
    lines += ["", *(voice("{sentence}.", sentence=one) for one in (voice(RELATIONS[comparison.relation]).capitalize(), *governed)), ""]
    for level in LEVELS:
        chosen = [finding for finding in comparison.findings if finding.level == level]
        if chosen:
            lines += [f"## {voice(LEVELS_NAMED[level], n=len(chosen))}", "", *header(("check", "what", *SIDES), voice)]
            lines += [
                f"| {voice.check(f.check)} | {marked(told(f, voice))} | {beside(f.left, voice)} | {beside(f.right, voice)} |"
                for f in chosen
            ]
            lines.append("")
    if comparison.agreed:
        lines += [f"## {voice('Equal on both sides')}", "", *header(("check", "facts"), voice)[:1], "|---|---:|"]
        lines += [f"| {voice.check(item.check)} | {item.count} |" for item in comparison.agreed]
    return "\n".join(lines).rstrip() + "\n"


def told_heading(expression: Expression, voice: Voice) -> dict[str, str | None]:
    """What names an expression, for people: its language by name."""
    return {**heading(expression), "lang": voice.word(expression.lang)}


def header(names: Sequence[str], voice: Voice) -> list[str]:
    """The two lines that begin a table."""
    cells = "".join(f" {voice.word(name)} |" if name else " |" for name in names)
    return [f"|{cells}", f"|{'---|' * len(names)}"]


def beside(side: Side | None, voice: Voice) -> str:
    """One side of a finding as a cell."""
    return marked(shown(side, voice)) if side else "—"


def marked(text: str) -> str:
    """Text that Markdown leaves alone: no markup, no HTML, no table border."""
    plain = _plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{char}" if char in "\\`*_[]|#~!" else char for char in plain)


# HTML -----------------------------------------------------------------------------------------------------------------


def _html(comparison: Comparison, voice: Voice) -> str:
    from kb.page import page
    from kb.reports import report

    return page(report([comparison], voice=voice)).removesuffix("\n")
