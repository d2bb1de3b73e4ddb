"""How well obligations are followed over reminders, amendments, re-issues and withdrawals: precision and recall on a made base.

    python bench/matters.py [CIRCULARS] [--seed N]

The circulars (tests/matter_factory.py) are read by the real reader and added in a shuffled order, some at a time. An obligation is
right if the files that tell it, its day, and whether it is withdrawn or disputed are all as they were made. The exit status is 1
where precision or recall is below 0.99.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from base_factory import ACTS
from matter_factory import FAMILIES, Matters, Told, matters
from pair_factory import told
from sqlite_utils import Database

from ingest.issuers import houses
from kb import intake, store

ENOUGH = 0.99
BATCH = 50

STATEMENTS = """
    SELECT o.id, o.due, o.withdrawn IS NOT NULL, o.conflict IS NOT NULL, s.path, d.quote, e.text, d.span_start
    FROM obligations AS o JOIN obligation_deadlines AS m ON m.obligation = o.id JOIN deadlines AS d ON d.id = m.deadline
    JOIN expressions AS e ON e.id = d.expression JOIN sources AS s ON s.sha256 = e.source
"""


def added(db: Database, made: Matters, seed: int) -> float:
    """Add the circulars in an order of their own; gives the seconds that it took, without the reading."""
    expressions = [told(circular.text, circular.name) for circular in made.circulars]
    Random(seed).shuffle(expressions)  # noqa: S311 - an order, and no secret
    known = houses()
    store.put_houses(db, known)
    start = time.process_time()
    for first in range(0, len(expressions), BATCH):
        with store.writing(db):
            intake.relate(db, store.add(db, expressions[first : first + BATCH]), known)
    return time.process_time() - start


def found(db: Database) -> set[Told]:
    """The obligations as the knowledge base has them; the line that a deadline stands in tells the act."""
    groups: dict[str, Told] = {}
    for name, due, withdrawn, conflict, path, quote, text, start in db.execute(STATEMENTS):
        line = text[text.rfind("\n", 0, start) + 1 : text.find("\n", start)] + quote
        act = next((english for english, chinese in ACTS if english.removeprefix("must ") in line or chinese[2:] in line), "")
        before = groups.get(name, Told(frozenset(), act, date.fromisoformat(due) if due else date.max, bool(withdrawn), bool(conflict)))
        groups[name] = before._replace(files=before.files | {path}, act=act if act == before.act else f"{before.act} and {act}")
    return set(groups.values())


def family(one: Told) -> str:
    """The family of a case, by the number in the names of its files."""
    return FAMILIES[int(min(one.files)[:5]) % len(FAMILIES)].__name__


def main(words: Sequence[str]) -> int:
    """Print a line for each family and one for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("circulars", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(words)
    made = matters(wanted.circulars)
    with store.open_db(":memory:") as db:
        seconds = added(db, made, wanted.seed)
        there = found(db)
    right = there & made.obligations
    counts = [Counter(map(family, group)) for group in (made.obligations, there, right)]
    print(f"{'family':16} {'made':>5} {'found':>6} {'right':>6}")
    for one in FAMILIES:
        print(f"{one.__name__:16} {counts[0][one.__name__]:5} {counts[1][one.__name__]:6} {counts[2][one.__name__]:6}")
    precision, recall = len(right) / len(there), len(right) / len(made.obligations)
    cost = seconds / len(made.circulars) * 1000
    print(f"{len(made.circulars)} circulars: precision {precision:.4f}, recall {recall:.4f}, {cost:.1f} ms each")
    for one in sorted(there - right, key=lambda one: sorted(one.files))[:5]:
        print(f"  wrong: {sorted(one.files)} {one.act}, due {one.due}, withdrawn {one.withdrawn}, disputed {one.conflict}")
    return int(min(precision, recall) < ENOUGH)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
