"""What is told of tables in pages that may have lost rows, or that may be the rest of one before."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.formats import flat, outside, signs, untold, wrapped, written
from ingest.formats.cells import unprinted, words_of
from ingest.formats.leaf import Glyphs, Run
from ingest.formats.lines import Line
from ingest.formats.overpage import goes_on
from ingest.formats.placed import Item, Placed, spoken
from ingest.model import Warn

_WHITE = re.compile(r"\s+")


def doubts(items: Sequence[Item], told: Iterable[Warn], glyphs: Glyphs) -> Iterator[Warn]:
    """What else is to be told of the tables on these pages than their text told already."""
    yield from _lost(items, told, glyphs)
    yield from (_may_be_rest(item) for item in items if isinstance(item, Placed) and item.doubtful)
    yield from (_unjoined(lower) for upper, lower in itertools.pairwise(items) if isinstance(lower, Placed) and _may_go_on(upper, lower))


def _may_be_rest(table: Placed) -> Warn:
    """A warning that the first row on a page may be the rest of the last one on the page before."""
    words = " ".join(run.text for _, runs in table.cells for run in runs)
    said = f"a row that may be the rest of the one on the page before: {flat.shown(words)}"
    return Warn(code="table-rows", message=said, page=table.page)


def _unjoined(table: Placed) -> Warn:
    """A warning that a table without headings may be the rest of the one in the column before."""
    words = " ".join(run.text for _, runs in table.cells for run in runs)
    return Warn(
        code="table-rows", message=f"a table that may go on with the one in the column before: {flat.shown(words)}", page=table.page
    )


def _may_go_on(upper: Item, lower: Placed) -> bool:
    """Is a table without headings of its own the first thing in the column behind one that ends with a table that has some?"""
    if not isinstance(upper, Placed) or upper.page != lower.page or goes_on(upper, lower, upper):
        return False
    headed = bool(signs.header_rows(spoken(upper)))
    return headed and lower.box[0] > upper.box[2] and lower.box[1] < upper.box[3] and not signs.header_rows(spoken(lower))


def _lost(items: Sequence[Item], told: Iterable[Warn], glyphs: Glyphs) -> Iterator[Warn]:
    """A warning for each table of which there are only the headings or some rows, if its text did not tell it already."""
    known = {(warn.page, _WHITE.sub("", warn.message)) for warn in told}
    lines = _with_tight_cells([item if isinstance(item, Line) else None for item in items], glyphs)
    astray = [first + at for first, own in _by_page(items) for at in _astray(own, glyphs)]
    for at in sorted({*untold.lost(lines), *astray}):
        line = items[at]
        warn = flat.lost(line.text, page=line.page) if isinstance(line, Line) else None
        if warn and (warn.page, _WHITE.sub("", warn.message)) not in known:
            yield warn


def _with_tight_cells(lines: Sequence[Line | None], glyphs: Glyphs) -> list[Line | None]:
    """The lines; those that may head columns, and what stands below them, parted where nobody printed the white between their words."""
    found = list(lines)
    for at, line in enumerate(lines):
        if line is None or not untold.may_be_tight(line.text) or len(parted := _at_white(line, glyphs).runs) < 2:
            continue
        if wrapped.titled([run.text for run in parted]):
            for near in range(at, min(at + 1 + untold.BELOW, len(lines))):
                other = lines[near]
                found[near] = other and _at_white(other, glyphs)
    return found


def _at_white(line: Line, glyphs: Glyphs) -> Line:
    """The line, with its runs parted where nobody printed the white between two words."""
    runs: list[Run] = []
    for run in line.runs:
        white = set(unprinted(run, line.page, glyphs)) if " " in run.text else set()
        words = words_of(run, line.page, glyphs) if white else []
        cuts = [at for at, word in enumerate(words) if at and word.start - run.start - 1 in white]
        runs += written.cut(run, words, cuts) if cuts else (run,)
    return line._replace(runs=tuple(runs))


def _by_page(items: Sequence[Item]) -> Iterator[tuple[int, list[Item]]]:
    """The items of each page, with the place of the first."""
    first = 0
    for _, own in itertools.groupby(items, key=lambda item: item.page):
        these = list(own)
        yield first, these
        first += len(these)


def _astray(items: Sequence[Item], glyphs: Glyphs) -> Iterator[int]:
    """Which lines of a page are rows that the table near them lost."""
    if not any(isinstance(item, Placed) for item in items):
        return iter(())
    page = items[0].page
    near = [outside.Table(item.cells, item.box) if isinstance(item, Placed) else item for item in items]
    return outside.rows(near, lambda run: words_of(run, page, glyphs), lambda run: unprinted(run, page, glyphs))
