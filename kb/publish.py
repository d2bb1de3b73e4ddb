"""A knowledge base as a site that starts elsewhere: a folder with the data, the pages and what they need, and no reader.

pip install -r requirements.txt
datasette serve .
"""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from datasette.cli import cli

from ingest.errors import CircularError
from kb import resources, serve, store
from kb.backup import backup

MODULES = (
    *("__init__.py", "accuracy.json", "alignment.py", "cells.py", "clock.py", "first_scores.toml", "folds.txt", "ical.py", "messages.toml"),
    *("moments.py", "plugin.py", "saying.py", "search.py", "terms.py", "workbook.py", "zones.toml"),
    *(f"site/{name}.py" for name in ("__init__", "api", "base", "calendar", "circular", "data", "feeds", "findings", "gaps", "home")),
    *(
        f"site/{name}.py"
        for name in ("houses", "interface", "marks", "overview", "page", "pair", "quality", "queries", "refusals", "search", "sheets")
    ),
)
"""What the pages are made of; a test reads the imports and holds this list to them."""

NEEDED = ("datasette", "feedgenerator", "icalendar", "openpyxl", "snowballstemmer")
"""What has to be installed where the site runs."""

LOADER = '''"""The pages lie beside, in `lib`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "lib"))

from kb.plugin import *  # noqa: E402, F403
'''

PUBLIC = {"default_allow_sql": False, "allow_csv_stream": True, "max_csv_mb": 20, "default_cache_ttl": 300, "num_sql_threads": 4}
"""On a network: no SQL but the named queries, whole tables as CSV up to a size, and pages that a proxy may keep for five minutes."""

MARK = "circulars-site.json"

READ_ME = """# {title}

    python3 -m venv .venv
    .venv/bin/pip install -r requirements.txt
    .venv/bin/datasette serve . --host 127.0.0.1 --port 8001

`circulars publish` made this folder; it is never changed in place.
The data is opened as immutable. Arbitrary SQL is off: `settings.json` says so.
Put a proxy in front that ends TLS and limits how often one visitor may ask.
"""


def publish(db: Path, target: Path, *, decisions: bool = False, force: bool = False) -> None:
    """Write the site of a knowledge base into a folder, which appears under its name when it is whole.

    Who decided what, and why, stays at home unless `decisions` is given; what became of it is published. Of each source the name
    of its file is kept, not where it lay.
    """
    store.refuse_place(db)
    if target.exists() and not replaceable(target, force=force):
        raise CircularError(
            f"{target}: is there already{'' if (target / MARK).exists() else ' and no published site'}; --force replaces a site"
        )
    target.absolute().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.absolute().parent) as folder:
        made = Path(folder) / "site"
        made.mkdir()
        put_data(db, made, decisions=decisions)
        put_pages(made)
        if target.exists():
            keep_doors(target / "metadata.json", made / "metadata.json")
            target.replace(Path(folder) / "former")
        made.replace(target)


DOORS = ("allow", "allow_sql", "permissions", "plugins")
"""What the metadata of a site says of who may see it; never in ours, so that it is always the site's own."""


def keep_doors(former: Path, made: Path) -> None:
    """Who may see the former site may see the new one, and nobody else: a site with a password must not open when it is renewed."""
    try:
        said, told = json.loads(former.read_text("utf-8")), json.loads(made.read_text("utf-8"))
        kept = {name: said[name] for name in DOORS if name in said}
        inside = {name: {door: one[door] for door in DOORS if door in one} for name, one in said.get("databases", {}).items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise CircularError(f"{former}: cannot be read, so who may see the site is not known; mend it, or publish elsewhere") from error
    for name, doors in inside.items():
        if doors:
            told.setdefault("databases", {}).setdefault(name, {}).update(doors)
    made.write_text(json.dumps({**told, **kept}, ensure_ascii=False, indent=2) + "\n", "utf-8")


def replaceable(target: Path, *, force: bool) -> bool:
    """An empty folder, or by `force` one that we have made."""
    return target.is_dir() and (not any(target.iterdir()) or (force and (target / MARK).exists()))


def put_data(db: Path, made: Path, *, decisions: bool) -> None:
    """A copy of the knowledge base in one file, with what Datasette wants to know of it beforehand."""
    copied = made / f"{serve.NAME}.db"
    store.open_to_read(db).close()  # says in one line what is wrong with the file
    backup(db, copied)
    store.settle_for_publication(copied, decisions=decisions)
    told = made / "inspect-data.json"
    cli.main(["inspect", str(copied), "--inspect-file", str(told)], standalone_mode=False)
    seen = json.loads(told.read_text("utf-8"))
    seen[serve.NAME]["file"] = copied.name  # by its name alone Datasette knows it again, wherever the folder lies
    told.write_text(json.dumps(seen, indent=2) + "\n", "utf-8")


def put_pages(made: Path) -> None:
    """The plugin with its templates and stylesheet, the metadata, the settings, and how to start."""
    shutil.copytree(resources.templates(), made / "templates")
    shutil.copytree(resources.static(), made / "static")
    shutil.copy(resources.metadata(), made / "metadata.json")
    (made / "plugins").mkdir()
    (made / "plugins" / "circulars.py").write_text(LOADER, "utf-8")
    (made / "lib" / "kb" / "site").mkdir(parents=True)
    for name in MODULES:
        (made / "lib" / "kb" / name).write_bytes(files("kb").joinpath(name).read_bytes())
    settings = {**serve.SETTINGS, **PUBLIC}
    (made / "settings.json").write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
    (made / "requirements.txt").write_text("".join(f"{name}=={version(name)}\n" for name in NEEDED), "utf-8")
    (made / "README.md").write_text(READ_ME.format(title=serve.metadata()["title"]), "utf-8")
    (made / MARK).write_text(json.dumps({"version": version("circular-kb")}) + "\n", "utf-8")
