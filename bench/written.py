"""docs/benchmarks.md, a section for each benchmark: one that is run again replaces its own and leaves the others."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

TARGET = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def write(title: str, told: str) -> None:
    """Put this text, and on which machine it was measured, under this title."""
    page = TARGET.read_text("utf-8")
    section = f"## {title}\n\n{told.strip()}\n\nMeasured on {machine()}.\n"
    former = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    if former is None:
        page = f"{page.rstrip()}\n\n{section}"
    else:
        behind = page[former.end() :]
        page = page[: former.start()] + section + (f"\n{behind}" if behind else "")
    TARGET.write_text(page, "utf-8")


def machine() -> str:
    """Processor, cores, system and Python."""
    told = Path("/proc/cpuinfo")
    model = re.search(r"^model name\s*:\s*(.+)$", told.read_text("utf-8", "replace"), re.MULTILINE) if told.exists() else None
    name = model[1] if model else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"
