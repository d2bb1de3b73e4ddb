"""The command that publishes."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli import circulars, database, warn


@circulars.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--decisions", is_flag=True, help="Publish what people decided too: names, notes, evidence, and the log.")
@click.option("--force", is_flag=True, help="Replace a site that was published there before.")
@database
def publish(folder: Path, decisions: bool, force: bool, db: Path) -> None:
    """Write a site into a folder that starts elsewhere with one command: `datasette serve FOLDER`.

    It holds an immutable copy of the knowledge base, the pages, and the list of what has to be installed; arbitrary SQL is off.

    \b
    Example:
      circulars publish site/
      datasette serve site/
    """
    from kb.publish import publish as publish_site

    publish_site(db, folder, decisions=decisions, force=force)
    warn(f"Published in {folder}; start it with: datasette serve {folder}")
