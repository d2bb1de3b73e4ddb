"""Cells without room between them are told apart by the spaces that nobody printed, where other rows prove it; prose is left whole."""

from __future__ import annotations

import pytest

from ingest.formats import tight
from ingest.formats.leaf import Run
from ingest.formats.lines import Line

SIZE, WIDE = 12.0, 4.0  # of the type, and of each of its characters

Set = tuple[float, str]  # where it begins, and its words; `|` is a space that is not printed


def lines(*rows: list[Set]) -> tuple[list[Line], dict[int, list[int]]]:
    """Rows of runs below each other, and the spaces not printed in each run, by its id."""
    found, unprinted = [], {}
    start = 0
    for number, row in enumerate(rows):
        runs = []
        for left, said in row:
            top = 100.0 + 15 * number
            runs.append(Run(said.replace("|", " "), (left, top, left + WIDE * len(said), top + SIZE), SIZE, start))
            unprinted[id(runs[-1])] = [at for at, char in enumerate(said) if char == "|"]
            start += len(said) + 1
        box = runs[0].box[0], runs[0].box[1], runs[-1].box[2], runs[0].box[3]
        found.append(Line(tuple(runs), box, 1, 500.0, " ".join(run.text for run in runs), SIZE, box[1] + SIZE / 2))
    return found, unprinted


def words(run: Run) -> list[Run]:
    found, at = [], 0
    for word in run.text.split(" "):
        left = run.box[0] + WIDE * at
        found.append(Run(word, (left, run.box[1], left + WIDE * len(word), run.box[3]), run.size, run.start + at))
        at += len(word) + 1
    return found


def parts(*rows: list[Set]) -> list[list[str]]:
    """The words of each run that was parted."""
    found, unprinted = lines(*rows)
    cut = tight.parted(found, words, lambda run: unprinted[id(run)])
    return [[part.text for part in cut[id(run)]] for line in found for run in line.runs if id(run) in cut]


FEES = (
    [(50.0, "Stock settlement fee"), (300.0, "2.20|per instruction")],
    [(50.0, "Custody fee of shares"), (296.0, "0.011|per board lot")],
    [(50.0, "Corporate action"), (284.0, "1,000.00|per event or part")],
)


@pytest.mark.parametrize(("rows", "cells"), [
    (FEES, [["2.20", "per instruction"], ["0.011", "per board lot"], ["1,000.00", "per event or part"]]),
    # below a heading that stands alone in its column, one row that is full
    (([(50.0, "Team"), (200.0, "Person"), (264.0, "Mailbox")], [(50.0, "Clearing house risk desk a to e"), (200.0, "Tom of the desk|tom@x.example")],
      [(50.0, "Risk"), (200.0, "Ada"), (264.0, "ada@x.example")]), [["Tom of the desk", "tom@x.example"]]),
    # the same words where a program prints no spaces at all
    (tuple([(left, said.replace(" ", "|")) for left, said in row] for row in FEES), []),
    # no other row has an edge there
    (([(50.0, "One"), (300.0, "of the house|and of others")], [(50.0, "Two"), (200.0, "to the desk")], [(50.0, "Three"), (180.0, "from a bank")]), []),
    # figures set apart from Chinese characters
    (tuple([(50.0, "The first days"), (300.0, f"{day}|月 a b c d")] for day in (1, 2, 3)), []),
    # Chinese columns: two other rows have to prove each
    (([(50.0, "指數期貨"), (100.0, "HHI"), (140.0, "98,500")], [(50.0, "小型指數期貨"), (100.0, "MHI"), (140.0, "19,700")],
      [(64.0, "科技指數期權合約|HTI"), (140.0, "21,350")]), [["科技指數期權合約", "HTI"]]),
    (([(50.0, "指數期貨"), (100.0, "HHI"), (140.0, "98,500")], [(50.0, "小型指數期貨"), (120.0, "MHI"), (140.0, "19,700")],
      [(64.0, "科技指數期權合約|HTI"), (140.0, "21,350")]), []),
    # a label and its value
    (tuple([(50.0, "On the left"), (300.0, f"{label}:|value of it")] for label in ("Date", "From", "Page")), []),
    # notes below a table
    ((*FEES, *([(50.0, f"{note}|A minimum and a maximum apply to each of the sides")] for note in "12³")),
     [["2.20", "per instruction"], ["0.011", "per board lot"], ["1,000.00", "per event or part"]]),
    # prose
    (tuple([(50.0, "a line of|words that goes on to the edge of the page")] for _ in range(6)), []),
], ids=["amounts", "full-row", "unprinted", "alone", "counted", "han", "han-alone", "label", "notes", "prose"])  # fmt: skip
def test_cells_are_parted_where_another_row_proves_it(rows: tuple[list[Set], ...], cells: list[list[str]]) -> None:
    assert parts(*rows) == cells


def test_each_part_keeps_its_place() -> None:
    found, unprinted = lines(*FEES)
    cut = tight.parted(found, words, lambda run: unprinted[id(run)])
    run = found[0].runs[1]
    left, right = cut[id(run)]
    assert (left.box[2], right.box[0], right.start, left.begins, right.begins) == (316.0, 320.0, run.start + 5, False, True)
