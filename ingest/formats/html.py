"""HTML pages: the circular without its site, white space as a browser shows it, tables with merged cells resolved.

The page becomes a tree (beautifulsoup4 on lxml), `page.content` takes the site's furniture out of it, and one walk
turns the rest into parts: blocks and grids in reading order. The walk keeps its own stack, so no depth can break it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import msgspec
from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from ingest.errors import UnreadableSource
from ingest.formats import charset, furniture, signs
from ingest.formats.draft import Piece
from ingest.formats.embedded import Pictures
from ingest.formats.flattened import found_again
from ingest.formats.flow import Part, compose, kind_of
from ingest.formats.leftout import BREAKING, WIDE_GAP, is_text
from ingest.formats.page import LETTERHEAD, content
from ingest.formats.plain import preformatted
from ingest.formats.tables import Layout, arranging, layout
from ingest.model import BlockKind, Document, Link, Span, Warn
from ingest.settings import Settings, settings

MEDIA_TYPE = "text/html"
MAX_DEPTH = 20_000  # elements within each other; a page whose ends of elements are missing has hundreds
QUOTED = 40  # characters before the place of an error
HEAD_FIELDS = 3  # so many different ones below each other are the head of a circular, if its number or its subject is among them
FIELD = re.compile(
    r"(?P<own>(?:Our |Circular )?Ref(?![a-z])|Subject|事\s?[項项]|[編编檔档]\s?[號号]|主\s?旨)"
    r"|(?:Date|To|From|Enquir(?:y|ies))(?![a-z])|日\s?期|致|查\s?[詢询]",
    re.IGNORECASE,
)

PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE | re.DOTALL)
FRAGMENT = re.compile(
    r"\s*<(?:p|div|table|section|article|main|h[1-6]|center|font|span|ul|ol|dl|pre|blockquote|link|style|script)\b", re.IGNORECASE
)
CLOSING = re.compile(r"</(?:p|div|td|tr|table|li|h[1-6]|section|article|main|span)\s*>", re.IGNORECASE)
RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
RAISED_WITHIN = 3  # elements: a note's number is often a link, in brackets of its own
SPACE = re.compile("[ \t\n\r\f\xa0]+")
TARGET = re.compile(r"(?:https?://|mailto:|tel:)\S", re.IGNORECASE)
BOLD = {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"}
KINDS: dict[str, BlockKind] = {
    "h1": "title", "h2": "section_header", "h3": "section_header", "h4": "section_header", "h5": "section_header", "h6": "section_header",
    "li": "list_item", "caption": "caption", "figcaption": "caption", "legend": "section_header",
}  # fmt: skip


def sniff(data: bytes, name: str) -> float:
    """A page begins with its tags; a text that has some tags in it is no page."""
    head = _head(data[:4096])
    if PAGE.match(head):
        return 0.95
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    if (named or FRAGMENT.match(head)) and len(CLOSING.findall(head)) >= 2:
        return 0.8 if FRAGMENT.match(head) else 0.6
    return 0.0


def read(data: bytes, name: str, how: Settings | None = None) -> Document:
    """The circular in a page."""
    return page(charset.decode(data, name, charset.declared(data)), name, how or settings())


def page(decoded: charset.Decoded, name: str, how: Settings) -> Document:
    """The circular in a page whose characters are known."""
    try:
        soup = _Soup(furniture.tidy(decoded.text), "lxml")
    except _TooDeep as error:
        raise UnreadableSource(name, str(error)) from error
    site = tuple(_of_site(soup))
    found = content(soup)
    pictures = Pictures(name, how)
    walk = _Walk(found.root, pictures)
    parts = _without_furniture(list(walk.parts()))
    if not found.marked:
        parts = _from_letterhead(parts)
    if not parts:
        raise UnreadableSource(name, "; ".join(["HTML page without any text", *(warn.message for warn in pictures.warnings[:1])]))
    whole = compose(parts, "html.table").document(MEDIA_TYPE, (*decoded.warnings, *found.warnings, *pictures.warnings, *walk.warnings))
    return found_again(msgspec.structs.replace(whole, furniture=site), "html")


def _of_site(soup: BeautifulSoup) -> Iterator[str]:
    """What the page says of whose site it is: its name for other sites, and who has the copyright."""
    named = soup.find("meta", property="og:site_name")
    if isinstance(named, Tag):
        yield str(named.get("content", ""))
    if soup.title is not None and (parts := SITE_BEHIND.split(" ".join(soup.title.get_text().split())))[1:]:
        yield parts[-1]
    yield from (" ".join(said.split()) for said in soup.find_all(string=OWNED) if len(said) < LONGEST_OWNER)


OWNED = re.compile(r"©|\bCopyright\b|版權所有|版权所有")
LONGEST_OWNER = 200
SITE_BEHIND = re.compile(r"\s+(?:[|·»–—-]|::)\s+|\s*[｜_]\s*")  # `Circular on … | FCA`: the site stands behind the page


def _head(data: bytes) -> str:
    if b"\0" in data:
        return data[: len(data) // 2 * 2].decode("utf-16-be" if data[:1] in (b"\0", b"\xfe") else "utf-16-le", "replace").lstrip("\ufeff")
    return data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


class _TooDeep(Exception):
    """Elements in each other beyond `MAX_DEPTH`."""


class _Soup(BeautifulSoup):
    """A tree that is given up where it is deeper than that of any page, before all of it is built."""

    def pushTag(self, tag: Tag) -> None:  # noqa: N802  the name is the library's
        super().pushTag(tag)
        if len(self.tagStack) > MAX_DEPTH:
            words = next((str(one).split() for one in tag.previous_elements if is_text(one) and str(one).strip()), [])
            place = f"<{tag.name}> behind “{' '.join(words)[-QUOTED:]}”" if words else f"<{tag.name}> before any words"
            raise _TooDeep(f"damaged HTML page: elements within each other at {place}, more than {MAX_DEPTH} deep; no page is so deep")


# Walking the tree -------------------------------------------------------------------------------------------------------


class _Inline:
    """The text of one block in the making: white space collapsed, links by their place."""

    def __init__(self) -> None:
        self.links: list[tuple[str, str | None]] = []
        self.bold = 0
        self._begin()

    def _begin(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._space = ""
        self._links: list[Link] = []
        self._linked: int | None = None
        self._target: str | None = getattr(self, "_target", None)
        self.all_bold = True

    def text(self, text: str) -> None:
        words = _spaced(text)
        if words[:1] == " ":
            self._space = self._space or " "
            words = words[1:]
        if not words:
            return
        tail = words[-1] == " "
        self._add(words[:-1] if tail else words)
        self._space = " " if tail else ""

    def verbatim(self, text: str) -> None:
        """Preformatted text keeps its lines and columns."""
        if text:
            self._space = ""
            self._add(furniture.tidy(text))

    def _add(self, words: str) -> None:
        if self._space and self._length and self._parts[-1] != "\n":
            self._append(self._space)
        if self._target is not None and self._linked is None:
            self._linked = self._length
        self.all_bold &= self.bold > 0
        self._append(words)

    def _append(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)

    def line_break(self) -> None:
        self._space = ""
        if self._length:
            self._append("\n")

    def space(self, char: str) -> None:
        self._space = char

    def link(self, target: str | None) -> None:
        """A link begins, or ends (None)."""
        if self._target is not None and self._linked is not None:
            self._links.append(Link(span=(self._linked, self._length), target=self._target))
        self._target, self._linked = target, None

    @property
    def filled(self) -> bool:
        return self._length > 0

    def take(self) -> Piece:
        """The text so far; the next block begins, within the same link if one is open."""
        target = self._target
        self.link(None)
        text = "".join(self._parts).rstrip("\n ")
        links = tuple(Link(span=(link.span[0], min(link.span[1], len(text))), target=link.target) for link in self._links)
        self._begin()
        self._target = target
        return Piece(text, links)


class _Walk:
    """One pass over the tree in document order."""

    def __init__(self, root: Tag, pictures: Pictures) -> None:
        self.root, self.pictures = root, pictures
        self.arranging = arranging(root)
        self.inline = _Inline()
        self.kinds: list[BlockKind] = ["text"]
        self.pre = 0
        self.gap = 0
        self.titled = False
        self.warnings: list[Warn] = []
        self.first_cell = True
        self.cell_gap = " "

    def parts(self) -> Iterator[Part]:
        stack: list[tuple[PageElement, bool]] = [(self.root, True)]
        while stack:
            node, entering = stack.pop()
            if not isinstance(node, Tag):
                if is_text(node):
                    self._text(_words(node))
                continue
            if node.name in BREAKING:
                yield from self._flush()
                self.gap = max(self.gap, 2 if node.name in WIDE_GAP and not (node.name == "p" and self.kinds[-1] == "list_item") else 1)
            if entering and node.name == "table" and id(node) not in self.arranging and (table := layout(node, _cell_piece)):
                yield from self._table(table)
                for image in node.find_all("img"):
                    yield from self._picture(image)
                continue
            if entering and node.name == "img":
                yield from self._picture(node)
            self._tag(node, entering)
            if entering:
                stack.append((node, False))
                stack += [(child, True) for child in reversed(node.contents)]
        yield from self._flush()

    def _text(self, text: str) -> None:
        if self.pre:
            self.inline.verbatim(text)
        else:
            self.inline.text(text)

    def _tag(self, tag: Tag, entering: bool) -> None:
        name, step = tag.name, 1 if entering else -1
        if name == "br":
            if entering:
                self.inline.line_break()
        elif name == "a":
            href = str(tag.get("href") or "").strip()
            self.inline.link(href if entering and TARGET.match(href) else None)
        elif name in ("td", "th"):
            if entering and not self.first_cell:
                self.inline.space(self.cell_gap)
            self.first_cell = False
        elif name == "tr":
            self.first_cell = True
            self.cell_gap = " " if sum(isinstance(child, Tag) for child in tag.contents) == 2 else "\t"
        elif name == "pre":
            self.pre += step
        if name in BOLD:
            self.inline.bold += step
        if name in KINDS:
            if entering:
                self.kinds.append("section_header" if name == "h1" and self.titled else KINDS[name])
                self.titled |= name == "h1"
            else:
                self.kinds.pop()

    def _flush(self) -> Iterator[Part]:
        """The block that ends here; an empty line in it, made by two line breaks, parts it in two."""
        if not self.inline.filled:
            return
        all_bold, piece = self.inline.all_bold, self.inline.take()
        kind = self.kinds[-1]
        parts, lost = preformatted(piece.text) if self.pre and not piece.links else ([], [])
        self.warnings += lost
        if any(part.layout for part in parts):
            parts[0].gap = self.gap
            yield from parts
            self.gap = 1
            return
        for number, (start, end) in enumerate(_paragraphs(piece.text)):
            text = piece.text[start:end]
            shown, soft = (kind, False) if kind != "text" else (kind_of(text, all_bold), True)
            yield Part(2 if number else self.gap, shown, Piece(text, _shift(piece.links, start, end)), soft)
            self.gap = 0

    def _picture(self, image: Tag) -> Iterator[Part]:
        """What stands in a picture that the page holds; it parts the text around it."""
        if parts := self.pictures.parts(str(image.get("src") or "")):
            yield from self._flush()
            yield from parts
            self.gap = 2

    def _table(self, table: Layout) -> Iterator[Part]:
        if table.caption:
            yield Part(2, "caption", table.caption)
        yield Part(2 if not table.caption else 1, "table", Piece(""), layout=table)
        self.gap = 2


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for match in re.finditer(r"\n(?:[ \t]*\n)+", text):
        yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _shift(links: tuple[Link, ...], start: int, end: int) -> tuple[Link, ...]:
    return tuple(
        Link(span=(max(link.span[0], start) - start, min(link.span[1], end) - start), target=link.target)
        for link in links
        if max(link.span[0], start) < min(link.span[1], end)
    )


def _words(node: PageElement) -> str:
    """The text of a string in the page; the number of a note above the line is no part of the figure before it."""
    text = str(node)
    return signs.raised(text) if any(_is_raised(parent) for parent in islice(node.parents, RAISED_WITHIN)) else text


def _is_raised(tag: Tag) -> bool:
    return tag.name == "sup" or RAISED_STYLE.search(str(tag.get("style") or "")) is not None


def _spaced(text: str) -> str:
    """White space as a browser shows it, without the unseen characters that a page names by their codes (`&shy;`)."""
    return SPACE.sub(" ", furniture.tidy(text))


def _cell_piece(cell: Tag) -> Piece:
    """A cell's text: one line for each block in it, no empty ones."""
    if len(cell.contents) == 1 and is_text(cell.contents[0]):
        return Piece(_spaced(_words(cell.contents[0])).strip())
    inline = _Inline()
    pending = False
    stack: list[tuple[PageElement, bool]] = [(child, True) for child in reversed(cell.contents)]
    while stack:
        node, entering = stack.pop()
        if isinstance(node, Tag):
            if node.name == "a":
                href = str(node.get("href") or "").strip()
                inline.link(href if entering and TARGET.match(href) else None)
            elif node.name in ("td", "th") and entering:
                inline.space(" ")
            pending |= node.name in BREAKING or node.name == "br"
            if entering:
                stack.append((node, False))
                stack += [(child, True) for child in reversed(node.contents)]
        elif is_text(node) and str(node).strip():
            if pending:
                inline.line_break()
            pending = False
            inline.text(_words(node))
        elif is_text(node) and not pending:
            inline.text(_words(node))
    return inline.take()


# Without the site ---------------------------------------------------------------------------------------------------------


def _without_furniture(parts: list[Part]) -> list[Part]:
    """Page numbers go, and at either end the date of the page and the owner of the site."""
    kept = [part for part in parts if part.layout or not furniture.is_page_line(part.piece.text)]
    edges = {id(part) for part in (*kept[:3], *kept[-3:])}
    return [part for part in kept if part.layout or id(part) not in edges or not furniture.is_edge_line(part.piece.text)]


def _from_letterhead(parts: list[Part]) -> list[Part]:
    """A page that marks nothing: the run of short lines before the letterhead, its labels or the first sentence is its menu."""
    start = next((index for index, part in enumerate(parts) if _begins(part)), 0)
    fields = [(index, found) for index, part in enumerate(parts[:start]) if not part.layout and (found := FIELD.match(part.piece.text))]
    if len({found[0] for _, found in fields}) >= HEAD_FIELDS and any(found["own"] for _, found in fields):
        start = fields[0][0]
    menu = next((index for index in range(start, 0, -1) if not _is_menu_line(parts[index - 1])), 0)
    return parts if start - menu < 5 else [*parts[:menu], *parts[start:]]


def _begins(part: Part) -> bool:
    text = part.piece.text
    if part.layout:
        return True
    if part.piece.links and sum(end - start for start, end in (link.span for link in part.piece.links)) * 2 > len(text):
        return False
    return LETTERHEAD.search(text) is not None or part.kind == "title" or (len(text) > 60 and text.endswith((".", "。")))


def _is_menu_line(part: Part) -> bool:
    """Short, and no sentence: a short notice whose house is named only below it is no menu."""
    said = part.piece.text
    return not part.layout and not said.endswith(("。", ".", "：", ":", "；", ";")) and all(len(line) <= 60 for line in said.split("\n"))
