"""What must not go with the site around a circular: its sentences under names like `related` or `share`; and the count of what goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import NamedTuple

from bs4 import Tag
from bs4.element import CData, NavigableString, PageElement

from ingest.formats import furniture, signs
from ingest.model import Warn

WIDE_GAP = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote", "figure", "hr", "fieldset"}
NARROW_GAP = {
    "div", "li", "dt", "dd", "tr", "section", "article", "header", "footer", "main", "address", "center", "caption", "figcaption", "body",
    "html", "form", "tbody", "thead", "tfoot", "details", "summary", "legend", "nav", "aside", "hgroup",
}  # fmt: skip
BREAKING = WIDE_GAP | NARROW_GAP
DUTY = re.compile(
    r"\b(?:must|shall|should|(?:are|is) (?:required|requested|asked|to))\b"
    r"|[須须]|(?<![反響响供相適适效呼感])[應应](?![用變变急付對对徵征])|務請|务请|[請请][於于在]|不得"
)
ENDS = (".", "。", "!", "！", ";", "；")
OF_SITE = re.compile(r"cookie|browser|javascript|subscri|web ?site|瀏覽器|浏览器|網站|网站|訂閱|订阅", re.IGNORECASE)
SENTENCES = re.compile(r"(?<=\.)\s+|(?<=。)|\s*[|•·]\s*")
LONGEST_QUOTE = 80


class Said(NamedTuple):
    """The text of one block, all of it and that outside links, and the innermost elements that hold either."""

    text: str
    own: str
    holders: tuple[Tag, ...]
    own_holders: tuple[Tag, ...]


def is_text(node: object) -> bool:
    """Text that a browser shows; comments, declarations and scripts are strings of other types."""
    return type(node) is NavigableString or type(node) is CData


def said(root: Tag, without: Tag | None = None) -> Iterator[Said]:
    """What stands in each block under an element, in order; nothing below the element that is to be left aside."""
    for _, group in groupby(_strings(root, without), key=lambda found: id(found[0])):
        found = [(words, linked, holder) for _, words, linked, holder in group]
        own = " ".join(words for words, linked, _ in found if not linked)
        text = " ".join(words for words, _, _ in found)
        yield Said(text, own, tuple(holder for _, _, holder in found), tuple(holder for _, linked, holder in found if not linked))


def _strings(root: Tag, without: Tag | None) -> Iterator[tuple[Tag, str, bool, Tag]]:
    """Each string with its block, whether it is linked, and the element that holds it."""
    stack: list[tuple[PageElement, Tag, bool, Tag]] = [(root, root, False, root)]
    while stack:
        node, block, linked, holder = stack.pop()
        if isinstance(node, Tag):
            if node is without:
                continue
            block, linked = (node if node.name in BREAKING else block), linked or node.name == "a"
            stack += [(child, block, linked, node) for child in reversed(node.contents)]
        elif is_text(node) and (words := " ".join(str(node).split())):
            yield block, words, linked, holder


def is_sentence(one: Said) -> bool:
    """A sentence outside links with a day in it, that is not about the site itself."""
    return is_dated(one.own) and (one.own.endswith(ENDS) or DUTY.search(one.own) is not None) and OF_SITE.search(one.own) is None


def is_duty(text: str) -> bool:
    """Somebody has to act by a day."""
    return is_dated(text) and DUTY.search(text) is not None and OF_SITE.search(text) is None


def is_dated(text: str) -> bool:
    """Is there a day in it, other than that on which the page was made?"""
    return any(signs.DATED.search(piece.lower()) and not furniture.is_edge_line(piece) for piece in SENTENCES.split(text))


def with_sentences(root: Tag) -> frozenset[int]:
    """The elements, by their ids, in which such a sentence stands."""
    return _around(root, (one.own_holders for one in said(root) if is_sentence(one)))


def with_duties(root: Tag, *, linked: bool = False) -> frozenset[int]:
    """The elements, by their ids, in which such a duty stands: outside links, or anywhere."""
    return _around(root, (one.holders if linked else one.own_holders for one in said(root) if is_duty(one.text if linked else one.own)))


def _around(root: Tag, held: Iterable[tuple[Tag, ...]]) -> frozenset[int]:
    found = set[int]()
    for holder in chain.from_iterable(held):
        tag: Tag | None = holder
        while tag is not None and id(tag) not in found:
            found.add(id(tag))
            tag = tag.parent if tag is not root else None
    return frozenset(found)


class Counted:
    """What was left out, in characters, and where days stand in it."""

    def __init__(self, code: str, what: str, *, always: bool = False) -> None:
        self.code, self.what, self.always = code, what, always
        self.characters = 0
        self.places: list[str] = []

    def count(self, tag: Tag, without: Tag | None = None) -> None:
        """What stands below an element that goes."""
        for one in said(tag, without):
            self.characters += len(one.text)
            if is_dated(one.text):
                self.places.append(one.text)

    def warnings(self) -> Iterator[Warn]:
        """Nothing for menus and the like, but `always`; where days were left out, how much, and the first of them."""
        message = f"{self.characters} characters of {self.what} were left out"
        if self.places:
            first = self.places[0] if len(self.places[0]) <= LONGEST_QUOTE else f"{self.places[0][:LONGEST_QUOTE]}…"
            more = f" and {len(self.places) - 1} more" if len(self.places) > 1 else ""
            yield Warn(code=self.code, message=f"{message}; dates stand in “{first}”{more}")
        elif self.characters and self.always:
            yield Warn(code=self.code, message=message)
