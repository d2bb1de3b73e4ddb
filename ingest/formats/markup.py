"""Inline markup in plain text: Markdown emphasis, links and escapes, HTML tags and entities. Only marks go; text stays.

Text made from PDF mixes both dialects and leaves half of their pairs open, so nothing here needs a counterpart, and
what is no mark for sure (a footnote's star, `<CP>`, an underscore in an address) is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.formats import furniture, signs
from ingest.formats.draft import Piece
from ingest.model import Link

SPECIAL = re.compile(r"[*_<&\[\\!]")
TARGET = re.compile(r"(?:https?://|mailto:|tel:)\S", re.IGNORECASE)
INLINE_TAGS = "a|abbr|b|big|cite|code|del|em|font|i|img|ins|label|mark|o:p|s|small|span|strike|strong|sub|sup|tt|u|wbr"
BLOCK_TAGS = (
    "address|article|blockquote|body|br|caption|center|col|colgroup|dd|div|dl|dt|footer|h[1-6]|head|header|hr|html|li|main|nav|ol|p|pre|section"
    "|table|tbody|td|tfoot|th|thead|tr|ul"
)
HREF_LIKE = (
    r"\#[^()\s]{0,500}|(?:https?:|mailto:|tel:|ftp:|javascript:|www\.|\.{0,2}/)[^()\s<>]{0,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?"
    r"|[\w./%-]+\.(?:html?|pdf|aspx?|php|docx?|xlsx?|zip)\b[^()\s]{0,500}|"
)
# What may begin at each special character.
TOKENS = {
    char: re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for char, pattern in {
        "\\": r"\\(?P<escape>[*_#\[\]|<>`~])",
        "*": r"(?P<marks>\*+)",
        "_": r"(?P<marks>_+)",
        "!": r"(?P<image>!\[[^\[\]\n]{0,300}\]\([^()\s]{1,2000}\))",
        "[": rf"\[(?P<label>(?:[^\[\]]|\[[^\[\]]{{0,200}}\]){{1,500}})\]\(\s*<?(?P<url>{HREF_LIKE})>?(?:\s+\"[^\"\n]{{0,300}}\")?\s*\)",
        "&": r"(?P<entity>&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)",
        "<": rf"</?(?P<block>{BLOCK_TAGS})(?:\s[^<>]{{0,2000}})?/?>"
        rf"|</?(?P<inline>{INLINE_TAGS})(?P<attributes>(?:\s[^<>]{{0,2000}})?)/?>"
        r"|<(?P<auto>(?:https?://|mailto:)[^<>\s]{1,2000}|[\w.+-]+@[\w.-]+)>|(?P<comment><!--.{0,5000}?-->)",
    }.items()
}
# Both ends have to stand in one paragraph.
STRUCK = re.compile(
    r"<(?P<tag>s|strike|del)(?:\s[^<>]{0,200})?>(?P<tagged>(?:[^<\n]|\n(?!\s*\n)|<(?!/?(?:s|strike|del)\b)){1,1000})</(?P=tag)\s*>"
    r"|(?<![~\\])~~(?=[^\s~])(?P<marked>(?:[^~\n]|\n(?!\s*\n)|~(?!~)){1,1000})(?<!\s)~~(?!~)",
    re.IGNORECASE,
)
SUP = re.compile(r"<sup(?:\s[^<>]{0,200})?>(?:<a\s[^<>]{0,500}>)?([^<>\n]{1,12})(?:</a>)?</sup\s*>", re.IGNORECASE)
HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


class Settled(NamedTuple):
    """A text without what is struck out in it, and how many characters that was."""

    text: str
    struck: int


def settle(text: str) -> Settled:
    """The text as it now holds: what is struck out goes but for its line breaks, and the numbers of notes are in raised figures."""
    if "<" not in text and "~~" not in text:
        return Settled(text, 0)
    struck = 0

    def gone(match: re.Match[str]) -> str:
        nonlocal struck
        struck += len(match["tagged"] or match["marked"])
        return "\n" * match[0].count("\n")

    shown = STRUCK.sub(gone, text)
    return Settled(SUP.sub(lambda match: signs.raised(match[1]), shown), struck)


def strip(text: str) -> Piece:
    """The text without its markup, and its links; a block tag becomes a line break."""
    return _Scan(text).piece() if SPECIAL.search(text) else Piece(text)


class _Scan:
    """One pass over the tokens. An item is a string to keep, a run of emphasis marks, or None for a line break."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items: list[str | _Marks | None] = []
        self.marks: list[_Marks] = []
        self.targets: list[tuple[int, int, str]] = []
        self.open: tuple[int, str] | None = None
        self._tokenise()
        _pair(self.marks)

    def _tokenise(self) -> None:
        text, at = self.text, 0
        for special in SPECIAL.finditer(text):
            start = special.start()
            if start >= at and (match := TOKENS[special[0]].match(text, start)):
                if at < start:
                    self.items.append(text[at:start])
                at = match.end()
                self._token(match)
        self.items.append(text[at:])

    def _token(self, match: re.Match[str]) -> None:
        group, found = match.lastgroup, match[0]
        if group == "marks":
            self.marks.append(_Marks(found, self.text[match.start() - 1 : match.start()], self.text[match.end() : match.end() + 1]))
            self.items.append(self.marks[-1])
        elif group == "block":
            self.items.append(None)
        elif group == "url":
            self._link(strip(match["label"]).text, match["url"])
        elif group == "auto":
            self._link(found[1:-1].removeprefix("mailto:"), found[1:-1] if ":" in found else f"mailto:{found[1:-1]}")
        elif group == "escape":
            self.items.append(match["escape"])
        elif group == "entity":
            self.items.append(furniture.tidy(html.unescape(found)))
        elif group == "attributes" and match["inline"] in ("a", "A"):
            self._anchor(match)

    def _link(self, text: str, target: str) -> None:
        if TARGET.match(target):
            self.targets.append((len(self.items), len(self.items) + 1, target))
        self.items.append(text)

    def _anchor(self, match: re.Match[str]) -> None:
        if self.open:
            self.targets.append((self.open[0], len(self.items), self.open[1]))
        href = HREF.search(match["attributes"]) if match[0][1] != "/" else None
        target = html.unescape(href[1]) if href else ""
        self.open = (len(self.items), target) if TARGET.match(target) else None

    def piece(self) -> Piece:
        parts: list[str] = []
        places = [0]
        length, broken = 0, False
        for item in self.items:
            if item is None:
                broken = length > 0
            else:
                part = item if isinstance(item, str) else item.left()
                if broken and (part := part.lstrip()):
                    parts.append("\n")
                    length, broken = length + 1, False
                parts.append(part)
                length += len(part)
            places.append(length)
        text = "".join(parts)
        return Piece(text, tuple(self._links(text, places)) if self.targets else ())

    def _links(self, text: str, places: Sequence[int]) -> Iterator[Link]:
        """The links; a line break written before a link's own words is no part of it."""
        for first, last, target in self.targets:
            end = places[last]
            start = end - len(text[places[first] : end].lstrip())
            if start < end:
                yield Link(span=(start, end), target=target)


class _Marks:
    """A run of `*` or `_`: what it may open or close, and how many are not used up."""

    __slots__ = ("char", "closes", "count", "opens")

    def __init__(self, run: str, before: str, after: str) -> None:
        self.char, self.count = run[0], len(run)
        inside = before.isalnum() and after.isalnum() and (self.char == "_" or (before + after).isascii()) and self.count < 2
        joined = self.char == "_"
        plain = self.count > (2 if joined else 3) or inside
        self.opens = not plain and bool(after.strip()) and not (joined and before.isalnum())
        self.closes = not plain and bool(before.strip()) and not (joined and after.isalnum())

    def left(self) -> str:
        return self.char * self.count


def _pair(runs: list[_Marks]) -> None:
    """Use up what opens and closes emphasis, nearest first; a mark without a partner is a footnote's star and stays."""
    waiting: list[_Marks] = []
    for run in runs:
        while run.closes and run.count:
            index = next((i for i in range(len(waiting) - 1, -1, -1) if waiting[i].char == run.char), None)
            if index is None:
                break
            del waiting[index + 1 :]
            used = min(waiting[index].count, run.count)
            waiting[index].count -= used
            run.count -= used
            if not waiting[index].count:
                waiting.pop()
        if run.opens and run.count:
            waiting.append(run)
