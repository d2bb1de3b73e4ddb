"""A label that a cell too narrow for it has broken over lines (`主`, and `旨：` below): it stands on the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.formats.leaf import Leaf, Run

LONGEST = 4  # characters of its last line
LINES = 4
ALIGNED = 0.5  # heights of the type: its lines begin no further apart
BELOW = 2.6  # heights of the type: nor is the next one further below
LEVEL = 0.5  # heights of the type: its value begins on the height of its first line
_END = re.compile(r"[\u4e00-\u9fff]{0,3}\s?[:：]")
_PART = re.compile(r"[\u4e00-\u9fff]{1,5}")
_LABEL = re.compile(
    r"主旨|[說说]明|[辦办]法|[依根][據据]|附件|正本|副本|受文者|[發发]文(?:日期|字[號号]|機關)|速[別别]|密等|[事標标][由題题項项]|日期|[編编檔档][號号]|"
    r"查[詢询]|[電电][話话郵邮]|[傳传]真|地址|[聯联][絡络繫系]人|承[辦办]人|收件人|[發发]件人|抄送|主送|[擬拟][辦办]"
)


def whole(leaf: Leaf) -> Leaf:
    """The page with the parts of such labels beside each other, on the line on which the label begins."""
    ends = [run for run in leaf.runs if len(run.text) <= LONGEST and run.text[-1:] in (":", "：") and _END.fullmatch(run.text)]
    moved = {run.start: run for end in ends for run in _joined(end, leaf.runs)}
    return leaf._replace(runs=tuple(moved.get(run.start, run) for run in leaf.runs)) if moved else leaf


def _joined(end: Run, runs: Sequence[Run]) -> Iterator[Run]:
    """The parts of the label that ends so, from its second one on, each behind the one before it."""
    parts = [end]
    while len(parts) < LINES and (above := next((run for run in runs if _is_above(run, parts[0])), None)):
        parts.insert(0, above)
        if _LABEL.fullmatch("".join(part.text for part in parts).rstrip(" :：")) and _has_value(above, runs):
            _, top, right, bottom = above.box
            for part in parts[1:]:
                wide = part.box[2] - part.box[0]
                yield part._replace(box=(right, top, right + wide, bottom), size=above.size)
                right += wide
            return


def _is_above(run: Run, part: Run) -> bool:
    near = abs(run.box[0] - part.box[0]) < ALIGNED * part.size and 0 < part.box[1] - run.box[1] < BELOW * part.size
    return near and not run.turned and _PART.fullmatch(run.text) is not None


def _has_value(label: Run, runs: Sequence[Run]) -> bool:
    """Does something stand beside it?"""
    return any(abs(run.box[1] - label.box[1]) < LEVEL * label.size and run.box[0] > label.box[2] for run in runs)
