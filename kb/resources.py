"""Where the files lie that travel with the program: in the wheel inside `kb`, in the working tree at its top."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def packaged(name: str) -> Path:
    """A file or folder that the wheel carries in `kb/_data` and the working tree keeps at the top."""
    package = Path(str(files("kb")))
    inside = package / "_data" / name
    return inside if inside.exists() else package.parent / name


def metadata() -> Path:
    """Titles, descriptions, facets and named queries for Datasette."""
    return packaged("metadata.json")


def examples() -> Path:
    """The circulars that `circulars demo` reads."""
    return packaged("examples")


def templates() -> Path:
    """The pages, and the words on them."""
    return Path(str(files("kb"))) / "templates"


def static() -> Path:
    """The stylesheet."""
    return Path(str(files("kb"))) / "static"
