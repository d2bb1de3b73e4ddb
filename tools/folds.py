"""Write kb/folds.txt: what the reader folds into what, for the pages of a published site, which carry no reader.

    python tools/folds.py

Two lines of one length: characters, and below each the one that it is folded into.
"""

from __future__ import annotations

from pathlib import Path

from ingest.text import RESERVED, folds

PATH = Path(__file__).parents[1] / "kb" / "folds.txt"


def page() -> str:
    """The two lines; without the characters that no text may hold."""
    pairs = sorted((code, form) for code, form in folds().items() if code not in RESERVED)
    return "".join(chr(code) for code, _ in pairs) + "\n" + "".join(form for _, form in pairs) + "\n"


if __name__ == "__main__":
    PATH.write_text(page(), "utf-8", newline="\n")
