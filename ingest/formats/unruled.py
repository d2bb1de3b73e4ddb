"""Tables without rulings among the lines of a column, in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.formats import aligned, banded, blocks, flat, ruled, signs
from ingest.formats.leaf import RuledTable
from ingest.formats.lines import GUTTER, Line, lines_of, usual_distance
from ingest.formats.placed import Item, is_listing, is_table, placed, spoken
from ingest.model import Box


def with_tables(lines: Sequence[Line], rulings: Sequence[Box]) -> Iterator[Item]:
    """The lines, and in their place the tables that some of them are."""
    at = 0
    for found in _tables(lines, rulings):
        inside = lines[found.start : found.end]
        if (gap := _ruled_apart(found.table, rulings)) is not None:
            yield from lines[at : found.start]
            runs = [run for line in inside for run in line.runs]
            for side in ([run for run in runs if run.box[2] < gap], [run for run in runs if run.box[0] > gap]):
                yield from with_tables(list(lines_of(side, inside[0].page, inside[0].right)), rulings)
            at = found.end
            continue
        whole = placed(found.table, inside[0].page, (run for line in inside for run in line.runs), "aligned")
        said = spoken(whole)
        if (
            is_table(whole)
            and not is_listing(said)
            and (signs.are_signatures(said) or _is_crossed(found.table, rulings) or not flat.are_words_apart(said))
        ):
            yield from lines[at : found.start]
            if signs.are_signatures(said):
                for col in range(found.table.width):
                    runs = [run for frame, cell in whole.cells if frame.col == col for run in cell]
                    yield from lines_of(runs, inside[0].page, inside[0].right)
            else:
                yield whole
            at = found.end
    yield from lines[at:]


def _is_crossed(table: RuledTable, rulings: Iterable[Box]) -> bool:
    """Does a level rule or a shade go through a table, or right above or below it? Nobody draws one between words that are none."""
    x0, y0, x1, y1 = table.box
    return any(
        left < x1 and right > x0 and right - left > GUTTER and y0 - GUTTER < top and bottom < y1 + GUTTER
        for left, top, right, bottom in rulings
    )


def _ruled_apart(table: RuledTable, rulings: Iterable[Box]) -> float | None:
    """Where one table ends and another begins beside it: all rules leave white between the same two columns, and no others."""
    x0, y0, x1, y1 = table.box
    drawn: list[tuple[float, float]] = []
    for left, top, right, bottom in sorted(rulings):
        if bottom - top <= ruled.THIN < right - left and y0 < top < y1 and right > x0 and left < x1:
            if drawn and left - drawn[-1][1] < GUTTER:
                drawn[-1] = drawn[-1][0], max(drawn[-1][1], right)
            else:
                drawn.append((left, right))
    if len(drawn) != 2:
        return None
    gap = (drawn[0][1] + drawn[1][0]) / 2
    before = {frame.col for frame in table.frames if (frame.box[0] + frame.box[2]) / 2 < gap}
    return gap if 1 < len(before) < table.width - 1 and drawn[0][0] < x0 + GUTTER and drawn[1][1] > x1 - GUTTER else None


def _tables(lines: Sequence[Line], rulings: Sequence[Box]) -> Iterator[blocks.Found]:
    """Tables whose rows have white between them, and between these all others."""
    at = 0
    usual = usual_distance(lines)
    for whole in (*_headed(lines, usual, rulings), None):
        above = lines[at : whole.start if whole else None]
        for found in aligned.tables(above, usual, rulings):
            yield found._replace(start=found.start + at, end=found.end + at)
        if whole:
            yield whole
            at = whole.end


def _headed(lines: Sequence[Line], usual: float, rulings: Sequence[Box]) -> Iterator[blocks.Found]:
    """Tables whose rows have white between them, with the headings above them."""
    free = 0
    for found in banded.tables(lines):
        yield aligned.headed(found, lines, free, usual, rulings)
        free = found.end
