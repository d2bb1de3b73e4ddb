"""What reading the examples gives, whole, beside what it gave when somebody last looked.

`make golden` rewrites the files in tests/golden and fails once where one changed: its diff is the review.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingest.pipeline import read

EXAMPLES = sorted(path for path in (Path(__file__).parents[1] / "examples").iterdir() if path.suffix in {".html", ".txt"})
GOLDEN = Path(__file__).parent / "golden"
HEADER = ("lang", "issuer", "number", "issued", "title")
FACTS = ("dates", "times", "deadlines", "contacts", "references", "amounts", "tables", "events", "unexplained", "warnings")
PLACE = {"bbox", "page", "rule"}


def facts(path: Path) -> str:
    """The contract's facts as indented JSON, without what is empty or only tells how a fact was found."""
    told: dict[str, Any] = msgspec.to_builtins(read(path))
    kept = {
        name: [{key: value for key, value in fact.items() if key not in PLACE and value not in (None, [])} for fact in told[name]]
        for name in FACTS
    }
    return json.dumps({**{name: told[name] for name in HEADER}, **kept}, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_reads_as_it_did(path: Path) -> None:
    golden, found = GOLDEN / f"{path.name}.json", facts(path)
    expected = golden.read_text("utf-8") if golden.exists() else ""
    if os.environ.get("CIRCULARS_GOLDEN") == "rewrite" and found != expected:
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(found, "utf-8")
    assert found == expected, "read the diff; make golden rewrites"
