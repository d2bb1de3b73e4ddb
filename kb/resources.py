"""Where the files lie that travel with the program: in the wheel inside `kb`, in the working tree at its top."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from ingest.errors import CircularError


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


def copy_examples(folder: Path) -> list[str]:
    """Copy those circulars into a folder, and tell their names; a file that is there already stays, and is an error."""
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in examples().iterdir() if path.suffix in (".html", ".txt"))
    there = next((path.name for path in files if (folder / path.name).exists()), None)
    if there:
        raise CircularError(f"{folder / there}: is there already")
    for path in files:
        shutil.copy(path, folder)
    return [path.name for path in files]


def templates() -> Path:
    """The pages, and the words on them."""
    return Path(str(files("kb"))) / "templates"


def static() -> Path:
    """The stylesheet."""
    return Path(str(files("kb"))) / "static"
