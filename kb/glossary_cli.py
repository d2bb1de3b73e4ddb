"""The command that proposes words for the glossary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli import circulars, database, form, language, limits, plain, show_json, warn
from kb.cli import glossary as known

if TYPE_CHECKING:
    from ingest.settings import Settings
    from kb.saying import Voice


@circulars.command()
@click.argument("files", nargs=-1, metavar="[LEFT RIGHT]", type=click.Path(path_type=Path))
@click.option(
    "--witnesses", type=click.IntRange(min=1), default=2, show_default=True, metavar="N", help="So many passages must show a proposal."
)
@form("text", "json", "toml")
@language
@known
@database
@limits
def glossary(files: tuple[Path, ...], witnesses: int, form: str, voice: Voice, db: Path, how: Settings) -> None:
    """Propose terms of the two languages that seem to stand for each other and that the glossary does not know.

    Looks at every translation in the knowledge base, or at two files; that needs no database. The best shown come first, each
    with how many passages have both terms and how many only one. Nothing uses a proposal: review the TOML, keep what is
    right in a file of your own, and name that by --glossary.

    \b
    Example:
      circulars glossary
      circulars glossary notice-en.txt notice-zh.txt --witnesses 1
      circulars glossary --format toml > proposed.toml
    """
    if len(files) not in (0, 2):
        raise click.UsageError("expected two files, or none for the whole knowledge base")
    from ingest.issuers import houses
    from kb import equivalents, store
    from kb.reading import one, prepare

    if files:
        prepare(how)
        left, right = (one(file, how) for file in files)
        found = equivalents.propose(equivalents.passages(left, right, houses()), houses(), witnesses)
    else:
        with store.open_to_read(db) as opened:
            found = equivalents.propose(equivalents.stored_passages(opened, houses()), houses(), witnesses)
    if form == "json":
        show_json(found)
    elif form == "toml":
        click.echo(plain(equivalents.as_toml(found)), nl=False)
    else:
        click.echo(plain(equivalents.as_text(found, voice)), nl=False)
        if not found:
            warn(voice("No proposals."))
