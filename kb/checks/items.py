"""The check of lists: an item that a list lacks which otherwise aligns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.model import Expression, Finding, Level
from kb.checks.pairing import Paired
from kb.checks.units import Unit
from kb.wording import duty

_ITEM = re.compile(r"\s*(?:[(（]?(?:\d{1,2}|[a-z]|[ivx]+)[)）.、]|[•●▪◦‧·–-]|[一二三四五六七八九十甲乙丙丁]{1,3}、)")

List = dict[int, list[Unit]]
"""The items of a list, by the number of their paragraph."""


def items(pair: Paired) -> Iterator[Finding]:
    """Each item of a list has its counterpart, where the list has one."""
    if pair.relation == "reissue":
        return
    for left in (True, False):
        for units in lost_items(pair, left):
            if not any(duty(unit.text) for unit in units):  # the check of duties tells those
                level: Level = "warning" if pair.narrow or pair.stated_elsewhere(units, left) else "error"
                yield pair.lone("items", level, "item", units, left)


def lost_items(pair: Paired, left: bool) -> Iterator[list[Unit]]:
    """Items without an answer, in a list of which other items have theirs in a shorter one."""
    mine, yours = (lists(pair.left, pair.layouts[0].body), lists(pair.right, pair.layouts[1].body))
    if not left:
        mine, yours = yours, mine
    answers = {unit.span: match.right if left else match.left for match in pair.answered for unit in (match.left if left else match.right)}
    for one in mine:
        met = {unit.paragraph for units in one.values() for mine_ in units for unit in answers.get(mine_.span, ())}
        partner = next((other for other in yours if not met.isdisjoint(other)), {})
        if 0 < len(partner) < len(one):
            yield from (units for units in one.values() if not any(unit.span in answers for unit in units))


def lists(expression: Expression, body: Sequence[Unit]) -> list[List]:
    """The lists of a body: paragraphs after each other that begin with a number, a letter or a bullet."""
    paragraphs: List = {}
    for unit in body:
        if unit.kind == "sentence":
            paragraphs.setdefault(unit.paragraph, []).append(unit)
    out: list[List] = []
    last = None
    for number, units in paragraphs.items():
        line = expression.text.rfind("\n", 0, units[0].span[0]) + 1
        if _ITEM.match(expression.text, line):
            if last is None or number != last + 1:
                out.append({})
            out[-1][number] = units
            last = number
    return out
