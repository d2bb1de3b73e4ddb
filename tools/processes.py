"""The processes below a command, as /proc tells of them; nothing where there is none."""

from __future__ import annotations

import os
from pathlib import Path


def below(root: int) -> list[int]:
    """The processes that descend from this one."""
    parents = {int(entry.name): parent(entry) for entry in Path("/proc").glob("[0-9]*")}
    found, grown = {root}, True
    while grown:
        more = {pid for pid, above in parents.items() if above in found} - found
        found, grown = found | more, bool(more)
    return sorted(found - {root})


def told_by(pid: int | str, name: str) -> str:
    """A file of /proc, empty once the process is gone."""
    try:
        return Path("/proc", str(pid), name).read_text("utf-8", "replace")
    except OSError:
        return ""


def parent(entry: Path) -> int:
    parts = told_by(entry.name, "stat").rpartition(")")[2].split()
    return int(parts[1]) if parts else 0


def began(pid: int) -> str:
    """When a process began, which tells it from a later one of the same number."""
    parts = told_by(pid, "stat").rpartition(")")[2].split()
    return parts[19] if parts else ""


def resident(pid: int) -> int:
    """Bytes of memory in use."""
    parts = told_by(pid, "statm").split()
    return int(parts[1]) * os.sysconf("SC_PAGE_SIZE") if parts else 0
