"""What the styles of a Word file say of a paragraph or a run: heading, list, bold, hidden, the space around it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from lxml.etree import _Element as Element

from ingest.formats.numbering import W, number, value

LONGEST = 20  # styles based on one another; more is a loop or a trick
HEADING = re.compile(r"heading (\d)")
OFF = ("0", "false", "off", "none")


class Shape(NamedTuple):
    """How a paragraph is laid out: `role` a heading or caption, `list` and `level` its numbering, spaces in twips."""

    style: str
    role: str | None
    list: str | None
    level: int | None
    before: int
    after: int
    close: bool  # no space to a neighbour of the same style


class Styles:
    """The styles of a document by their names in the file."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self.by_name: dict[str, Element] = {one.get(f"{W}styleId") or "": one for one in found}
        usual = [one for one in found if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in ("1", "true", "on")]
        self.usual = usual[0].get(f"{W}styleId") or "" if usual else ""
        defaults = None if root is None else root.find(f"{W}docDefaults")
        self.defaults: list[Element] = [] if defaults is None else list(defaults)
        self.chain = cache(self._chain)
        self.is_on = cache(self._is_on)
        self.role = cache(self._role)
        self._styled = cache(self._shape_of)

    def _chain(self, name: str) -> tuple[Element, ...]:
        """A style and those that it is based on, nearest first."""
        chain: list[Element] = []
        while (one := self.by_name.get(name)) is not None and one not in chain and len(chain) < LONGEST:
            chain.append(one)
            name = value(one, "basedOn") or ""
        return tuple(chain)

    def _is_on(self, name: str, switch: str) -> bool:
        """Does the style turn on this property of its runs (`b`, `vanish`)?"""
        found = (one.find(f"{W}rPr/{W}{switch}") for one in self.chain(name))
        return next((is_on(one) for one in found if one is not None), False)

    def is_raised(self, properties: Element | None) -> bool:
        """Does a run stand above the line: by its own properties, or by the style that they name?"""
        if properties is None or not len(properties):
            return False
        style = value(properties, "rStyle")
        layers = [properties, *(one.find(f"{W}rPr") for one in self.chain(style or ""))]
        stated = next((found for one in layers if (found := value(one, "vertAlign")) is not None), "")
        lifted = next((found for one in layers if (found := value(one, "position")) is not None), "0")
        return stated == "superscript" or number(lifted, 0) > 0

    def _role(self, name: str) -> str | None:
        """`title`, `caption`, `heading 1` …, by the built-in name or the level in the outline."""
        for one in self.chain(name):
            called = (value(one, "name") or "").lower()
            if called in ("title", "caption") or HEADING.fullmatch(called):
                return called
            outline = value(one.find(f"{W}pPr"), "outlineLvl")
            if outline is not None:
                return f"heading {number(outline, 9) + 1}" if number(outline, 9) < 9 else None
        return None

    def shape(self, properties: Element | None) -> Shape:
        """A paragraph's own properties over those of its style; most have none beside it."""
        style = value(properties, "pStyle") or self.usual
        alone = properties is None or not len(properties) or (len(properties) == 1 and properties[0].tag == f"{W}pStyle")
        return self._styled(style) if alone else self._shape_of(style, properties)

    def _shape_of(self, style: str, properties: Element | None = None) -> Shape:
        layers = [one for one in (properties, *(one.find(f"{W}pPr") for one in self.chain(style))) if one is not None]
        bottom = [found for one in self.defaults if (found := one.find(f"{W}pPr")) is not None]
        numbered = [found for one in layers if (found := one.find(f"{W}numPr")) is not None]
        spaces = [found for one in [*layers, *bottom] if (found := one.find(f"{W}spacing")) is not None]
        outline = value(properties, "outlineLvl")
        level = next((stated for one in numbered if (stated := value(one, "ilvl")) is not None), None)
        close = next((is_on(found) for one in layers if (found := one.find(f"{W}contextualSpacing")) is not None), False)
        return Shape(
            style,
            f"heading {number(outline, 0) + 1}" if outline is not None and number(outline, 9) < 9 else self.role(style),
            next((stated for one in numbered if (stated := value(one, "numId")) is not None), None),
            None if level is None or (properties is not None and value(properties.find(f"{W}numPr"), "ilvl") is None) else number(level, 0),
            _space(spaces, "before"),
            _space(spaces, "after"),
            close,
        )


def is_on(switch: Element) -> bool:
    """A property that is there is on unless it says that it is not."""
    return (switch.get(f"{W}val") or "1") not in OFF


def _space(spaces: list[Element], side: str) -> int:
    for one in spaces:
        if (one.get(f"{W}{side}Autospacing") or "0") not in OFF:
            return 280
        if (stated := one.get(f"{W}{side}")) is not None:
            return number(stated, 0)
    return 0
