"""What of a web page is the circular: the site's own furniture is taken out of the tree.

Pages say it by tag (`main`, `nav`), by role, or by class; old ones say nothing, and there the density of links tells a
menu from a text. A letterhead is never furniture, even in a `header` or under a class called `banner`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from ingest.formats.leftout import Counted, is_text, with_duties, with_sentences
from ingest.model import Warn

INVISIBLE = {
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "math", "iframe", "object", "embed", "applet",
    "audio", "video", "canvas", "map", "input", "select", "textarea", "button", "datalist", "option", "frame", "frameset",
}  # fmt: skip
CHOICES = {"select", "option", "datalist"}  # lists of months and years to search by
HIDDEN_CLASSES = {
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only",
    "print-only", "printonly", "only-print", "visible-print", "visible-print-block", "show-for-print",
}  # fmt: skip
"""Of what is read out only, or stands on paper only: that has the day on which somebody printed the page."""
HEADING = re.compile(r"h[1-6]")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
STRUCK = {"s", "strike", "del"}
STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through", re.IGNORECASE)
FURNITURE_TAGS = {"nav", "aside", "menu", "dialog"}
FURNITURE_ROLES = {
    "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog", "alertdialog", "toolbar", "tablist",
}  # fmt: skip
# Words in a class or an id, joined as `site-nav` or `siteNav`.
FURNITURE_WORDS = {
    "nav", "navbar", "navigation", "navlist", "sidenav", "leftnav", "rightnav", "topnav", "subnav", "globalnav",
    "menu", "menus", "submenu", "megamenu", "leftmenu", "topmenu", "mainmenu", "breadcrumb", "breadcrumbs", "crumb", "crumbs",
    "skip", "skiplink", "skiplinks", "skipnav", "cookie", "cookies", "consent", "ticker", "tickers", "marquee",
    "share", "sharing", "social", "addthis", "sharethis", "sidebar", "topbar", "toolbar", "toolbox", "pagination", "pager",
    "advert", "advertisement", "ads", "banner", "banners", "popup", "modal", "newsletter", "subscribe",
    "foot", "search", "searchbox", "searchbar", "language", "languages", "lang", "footer", "copyright", "related", "backtotop", "printthis",
}  # fmt: skip
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
LETTERHEAD = re.compile(
    r"Ref(?:erence)?\.?\s*(?:No\.?)?\s*[:：]|(?:Subject|Date|Enquir(?:y|ies)|To)\s*[:：]|(?:事\s?項|查\s?詢|編\s?號|檔\s?號|日\s?期|致|主\s?旨|文号|编号)\s*[:：]"
    r"|編號|有限公司\s*$|\bLIMITED\b|CIRCULAR|\b[A-Z][a-z]+ (?:Authority|Commission)\b|(?:監察委員會|管理局|監管局|交易所)\s*$",
    re.MULTILINE,
)
COMPANY = re.compile(r"\b(?:Limited|Ltd\.?|Inc\.?|plc)\s*$")
"""The name of a company as its letterhead has it; so ends the foot of a site too."""
NEIGHBOUR = re.compile(r"[上下]一?[篇條条則则][:：]|(?:Previous|Next)\b", re.IGNORECASE)
SIDE = 4
"""So many times as much stands beside a menu."""
MAIN_MIN = 40
TABLE_PARTS = {"td", "th", "tr", "tbody", "thead", "tfoot", "caption"}


class Weight(NamedTuple):
    """Characters below an element: all of them, those in links, and the number of links."""

    text: int
    linked: int
    links: int


class Content(NamedTuple):
    """The element that holds the circular; `marked` if the page itself says so; and what was left out that may matter."""

    root: Tag
    marked: bool
    warnings: tuple[Warn, ...] = ()


def content(soup: BeautifulSoup) -> Content:
    """Find the circular in the page; what is no part of it is removed from the tree."""
    body = soup.body or soup
    hidden, site = Counted("hidden-text", "hidden text"), Counted("left-out", "the site around the circular")
    struck = Counted("struck-text", "struck-out text", always=True)
    _remove_invisible(body, hidden, site)
    _remove_struck(body, struck)
    found = _marked(body)
    if found.root is not body:
        site.count(body, without=found.root)
    if not found.marked:
        _remove_site_header(found.root, site)
    _remove_furniture(found, site)
    if not found.marked:
        _remove_menus(found.root, site)
    return found._replace(warnings=(*hidden.warnings(), *struck.warnings(), *site.warnings()))


def tags(root: Tag) -> Iterator[Tag]:
    """The elements below root in document order; those below an element that was just removed are left out."""
    stack = [child for child in reversed(root.contents) if isinstance(child, Tag)]
    while stack:
        tag = stack.pop()
        yield tag
        if tag.parent is not None:
            stack += [child for child in reversed(tag.contents) if isinstance(child, Tag)]


def weigh(root: Tag) -> dict[int, Weight]:
    """The weight of every element under root, by its id, in one pass without recursion."""
    weights: dict[int, Weight] = {}
    stack: list[tuple[Tag, bool]] = [(root, False)]
    while stack:
        tag, done = stack.pop()
        if not done:
            stack.append((tag, True))
            stack += [(child, False) for child in tag.contents if isinstance(child, Tag)]
            continue
        text = linked = links = 0
        for child in tag.contents:
            if isinstance(child, Tag):
                below = weights[id(child)]
                text, linked, links = text + below.text, linked + below.linked, links + below.links
            elif is_text(child):
                text += len(str(child).strip())
        weights[id(tag)] = Weight(text, text, 1) if tag.name == "a" and text else Weight(text, linked, links)
    return weights


def _remove_invisible(body: Tag, hidden: Counted, site: Counted) -> None:
    panels = _panels(body)
    for tag in tags(body):
        if tag.name in INVISIBLE and not _opens_panel(tag):
            if tag.name == "button" and tag.attrs.get("aria-controls") in panels:
                tag.name = "h4"  # it heads what it opens
                continue
            if tag.name not in CHOICES:
                site.count(tag)
            tag.extract()
        elif tag.attrs.get("id") in panels:
            continue
        elif _is_hidden(tag):
            hidden.count(tag)
            tag.extract()


def _remove_struck(body: Tag, struck: Counted) -> None:
    """What a house struck out to mark a change is no longer said; a cell stays, empty."""
    for tag in tags(body):
        if tag.name in STRUCK or STRUCK_STYLE.search(str(tag.attrs.get("style", ""))):
            struck.count(tag)
            if tag.name in TABLE_PARTS:
                tag.clear()
            else:
                tag.extract()


def _opens_panel(tag: Tag) -> bool:
    """The button in a heading by which a reader opens what stands below it is that heading's text."""
    return (
        tag.name == "button" and "aria-expanded" in tag.attrs and tag.parent is not None and HEADING.fullmatch(tag.parent.name) is not None
    )


def _panels(body: Tag) -> frozenset[str]:
    """The ids of what is opened by buttons that stand in no heading and name it; what holds little but links is a menu, and none."""
    if body.find("button", attrs={"aria-controls": True}) is None:
        return frozenset()
    named = {str(tag["aria-controls"]) for tag in body.find_all("button", attrs={"aria-controls": True, "aria-expanded": True})}
    weights = weigh(body)
    found = (tag for tag in body.find_all(id=True) if tag["id"] in named and tag.name not in FURNITURE_TAGS)
    return frozenset(str(tag["id"]) for tag in found if (weight := weights[id(tag)]).linked * 2 < weight.text >= MAIN_MIN)


def _is_panel(tag: Tag) -> bool:
    """What a tab or a heading with a button opens, closed when the page was saved: the reader has only not looked at it yet."""
    if tag.attrs.get("role") == "tabpanel":
        return True
    above = tag.find_previous_sibling()
    return above is not None and (button := above.find("button")) is not None and _opens_panel(button)


def _is_hidden(tag: Tag) -> bool:
    attributes = tag.attrs
    if not attributes or (("hidden" in attributes or "style" in attributes) and _is_panel(tag)):
        return False
    return (
        "hidden" in attributes
        or ("style" in attributes and HIDDEN_STYLE.search(str(attributes["style"])) is not None)
        or ("class" in attributes and not HIDDEN_CLASSES.isdisjoint(attributes["class"]))
    )


def _marked(body: Tag) -> Content:
    """What the page itself calls its content; one article only if it holds most of what is not link."""
    mains = [tag for tag in tags(body) if tag.name == "main" or tag.attrs.get("role") == "main"]
    articles = [] if mains else body.find_all("article")
    if not mains and not articles:
        return Content(body, False)
    weights = weigh(body)
    best = max(mains or articles, key=lambda tag: weights[id(tag)].text)
    weight, whole = weights[id(best)], weights[id(body)]
    own = weight.text - weight.linked
    enough = weight.text >= MAIN_MIN if mains else own * 2 > whole.text - whole.linked
    return Content(best, True) if enough else Content(body, False)


def _remove_site_header(root: Tag, site: Counted) -> None:
    """A header of the site has a menu or a search form; one that has a letterhead stays."""
    if root.find(["header", "footer"]) is None:
        return
    holds = _Holdings(root)
    for tag in tags(root):
        if tag.name in ("header", "footer") and not holds.is_letterhead(tag) and not holds.in_article(tag) and not holds.duty(tag):
            site.count(tag)
            tag.extract()


def _remove_furniture(found: Content, site: Counted) -> None:
    weights = weigh(found.root)
    whole = weights[id(found.root)].text
    holds = _Holdings(found.root)
    for tag in tags(found.root):
        share = weights[id(tag)].text
        if tag.name == "form":
            unwanted = share * 2 < whole and (share < 200 or not found.marked) and not holds.letterhead(tag) and not holds.duty(tag)
        elif tag.name == "nav" or _leads_on(tag, weights[id(tag)]):
            unwanted = True
        elif tag.name in FURNITURE_TAGS or tag.attrs.get("role") in FURNITURE_ROLES:
            unwanted = share * 2 < whole and not holds.letterhead(tag) and not holds.duty(tag)
        else:
            unwanted = _is_named_furniture(tag) and share * 5 < whole * 2 and not holds.letterhead(tag) and not holds.sentence(tag)
            unwanted = unwanted and not (tag.name in TABLE_PARTS and holds.data(tag, weights))
        if unwanted:
            site.count(tag)
            tag.extract()


def _leads_on(tag: Tag, weight: Weight) -> bool:
    """Links to the notices before and behind this one."""
    return 0 < weight.links <= 2 and 2 * weight.linked > weight.text and NEIGHBOUR.match(tag.get_text().strip()) is not None


def _is_named_furniture(tag: Tag) -> bool:
    names = [*tag.attrs.get("class", ()), tag.attrs.get("id", "")]
    if tag.name == "div" and tag.attrs.get("title") == "footer":  # as LibreOffice writes it
        return True
    words = [[word.lower() for word in WORD.findall(name)] for name in names if name]
    return any(not FURNITURE_WORDS.isdisjoint((*some, *map("".join, itertools.pairwise(some)))) for some in words)


class _Holdings:
    """What stands below each element of a tree as it is now, found in one pass when it is first asked for."""

    def __init__(self, root: Tag) -> None:
        self._root = root
        self._tables: dict[int, bool] = {}

    @cached_property
    def _found(self) -> tuple[set[int], set[int], set[int]]:
        """The elements with words of a letterhead, those with a menu or a form, and those in an article."""
        lettered, site, inside = set[int](), set[int](), set[int]()
        stack: list[tuple[Tag, bool, bool, bool]] = [(self._root, False, False, False)]
        while stack:
            tag, in_link, in_article, done = stack.pop()
            children = [child for child in tag.contents if isinstance(child, Tag)]
            if not done:
                if in_article:
                    inside.add(id(tag))
                in_link, in_article = in_link or tag.name == "a", in_article or tag.name == "article"
                stack.append((tag, in_link, in_article, True))
                stack += [(child, in_link, in_article, False) for child in children]
                continue
            if any(id(child) in lettered for child in children) or (not in_link and _says_letterhead(tag)):
                lettered.add(id(tag))
            if any(id(child) in site or child.name in ("nav", "form") for child in children):
                site.add(id(tag))
        return lettered, site, inside

    def letterhead(self, tag: Tag) -> bool:
        """Words of a letterhead, outside links: menus name the house too."""
        return id(tag) in self._found[0]

    def duty(self, tag: Tag) -> bool:
        """Words outside links by which somebody has to act by a day."""
        return id(tag) in self._duties

    def data(self, part: Tag, weights: dict[int, Weight]) -> bool:
        """Is this a part of a table that holds neither tables nor menus, nor for the most part links?"""
        table = part.find_parent("table")
        if table is None or id(table) not in weights:
            return False
        if id(table) not in self._tables:
            weight = weights[id(table)]
            self._tables[id(table)] = weight.linked * 2 < weight.text and table.find(["table", "nav", "form"]) is None
        return self._tables[id(table)]

    def sentence(self, tag: Tag) -> bool:
        """A sentence outside links with a date in it."""
        return id(tag) in self._sentences

    @cached_property
    def _duties(self) -> frozenset[int]:
        return with_duties(self._root)

    @cached_property
    def _sentences(self) -> frozenset[int]:
        return with_sentences(self._root)

    def is_letterhead(self, tag: Tag) -> bool:
        """Such words, and neither a menu nor a form."""
        return self.letterhead(tag) and id(tag) not in self._found[1]

    def in_article(self, tag: Tag) -> bool:
        return id(tag) in self._found[2]


def _says_letterhead(tag: Tag) -> bool:
    return any(is_text(child) and LETTERHEAD.search(str(child)) is not None for child in tag.contents)


def _remove_menus(root: Tag, site: Counted) -> None:
    """Where nothing is marked: blocks that consist of short links, unless one of them says who has to act by when."""
    weights = weigh(root)
    duties = with_duties(root, linked=True)
    holds = _Holdings(root)
    for tag in tags(root):
        weight = weights[id(tag)]
        if _is_side(tag, weights) and not holds.letterhead(tag) and not holds.sentence(tag) and id(tag) not in duties:
            site.count(tag)
            tag.extract()
            continue
        of_links = tag.name != "a" and weight.links >= 3 and weight.linked > 0.7 * weight.text and weight.linked < 40 * weight.links
        if of_links and id(tag) not in duties:
            site.count(tag)
            tag.extract()


def _is_side(tag: Tag, weights: dict[int, Weight]) -> bool:
    """A cell with links beside one that holds far more and tables of its own: the menu of a page that is laid out by tables."""
    weight = weights[id(tag)]
    if tag.name != "td" or weight.links < 2 or tag.find("table") is not None:
        return False
    beside = [cell for cell in tag.find_next_siblings("td") + tag.find_previous_siblings("td") if id(cell) in weights]
    linked = 2 * weight.linked > weight.text
    return any(weights[id(cell)].text > SIDE * weight.text and (linked or cell.find("table") is not None) for cell in beside)
