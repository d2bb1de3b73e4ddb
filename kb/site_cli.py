"""The commands that show a knowledge base in the browser and publish it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from ingest.errors import CircularError
from kb.cli import Command, circulars, database, warn, warn_of_older_reading
from kb.reading_cli import added


def address(command: Command) -> Command:
    """The options of a server."""
    port = click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes any that is free.")
    host = click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets other machines in.")
    opening = click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
    return port(host(opening(command)))


def reviewers_file(help: str, *, required: bool) -> Callable[[Command], Command]:  # noqa: A002 - what click calls it
    """The option `--reviewers`."""
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option(
        "--reviewers", type=kind, required=required, envvar="CIRCULARS_REVIEWERS", show_envvar=True, metavar="FILE", help=help
    )


@circulars.command()
@database
@address
@reviewers_file("Let these people decide in the browser, once they are signed in: a file that `circulars reviewer` wrote.", required=False)
def serve(db: Path, port: int, host: str, open_browser: bool, reviewers: Path | None) -> None:
    """Show a knowledge base in the browser: what is due, circulars with their facts, pairs with what differs.

    With --reviewers, those who are signed in accept, correct and reject facts, explain findings, and say which obligations are done.

    \b
    Example:
      circulars serve --db circulars.db --open
      circulars serve --reviewers reviewers.json
    """
    from kb import store
    from kb.serve import serve as run

    with store.open_to_read(db) as opened:
        warn_of_older_reading(opened)
    if reviewers and host not in ("127.0.0.1", "localhost", "::1"):
        warn(f"Passwords go to {host} as they are typed; put a proxy in front that ends TLS (docs/site.md)")
    run(db, host, port, open_browser, reviewers)


@circulars.command()
@click.argument("account", metavar="ACCOUNT")
@click.option("--name", metavar="NAME", help="Who it is; it stands in the log of decisions. Asked for if not given.")
@click.option("--remove", is_flag=True, help="Let them decide no more; what they decided stays.")
@click.option("--password-stdin", is_flag=True, help="Take the password from standard input, and ask nothing.")
@reviewers_file("Where the reviewers are kept, with hashes of their passwords; made if it is not there.", required=True)
def reviewer(account: str, name: str | None, remove: bool, password_stdin: bool, reviewers: Path) -> None:
    """Let somebody review in the browser, or give them another name or password; it holds at once, also while `serve` runs.

    Another password, and --remove, end the sessions of that account.

    \b
    Example:
      circulars reviewer amy --name "Amy Chan" --reviewers reviewers.json
      circulars serve --reviewers reviewers.json
      circulars reviewer amy --remove --reviewers reviewers.json
    """
    from kb import reviewers as accounts

    if remove:
        accounts.remove(reviewers, account)
        warn(f"{account} decides no more")
        return
    if password_stdin and not name:
        raise click.UsageError("--password-stdin asks nothing; give the name by --name")
    name = name or click.prompt("Name, as it is to stand in the log", err=True)
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    accounts.put(reviewers, account, name, password)
    warn(f"{account} may decide as {name}: circulars serve --reviewers {reviewers}")


@circulars.command()
@click.option("--db", type=click.Path(path_type=Path), help="Keep the knowledge base here; one that is thrown away if not given.")
@click.option(
    "--copy", type=click.Path(path_type=Path), metavar="FOLDER", help="Copy the example circulars into this folder, and do nothing else."
)
@click.option(
    "--serve/--no-serve", "serving", default=True, envvar="DEMO_SERVE", show_envvar=True, help="Show it in the browser afterwards."
)
@address
def demo(db: Path | None, copy: Path | None, serving: bool, port: int, host: str, open_browser: bool) -> None:
    """Add the examples, print what falls due and what disagrees, and serve them until Ctrl-C.

    \b
    Example:
      circulars demo --no-serve
      circulars demo --copy examples
    """
    from kb.resources import examples

    if copy is not None:
        names = copy_examples(copy)
        click.echo(f"{copy}: {', '.join(names)}")
        return

    with tempfile.TemporaryDirectory(prefix="circulars-") as folder:
        path = db or Path(folder) / "demo.db"
        for error in added(path, [str(examples())]).failed:
            warn(str(error))
        show_demo(path)
        if serving:
            from kb.serve import serve as run

            run(path, host, port, open_browser)


def copy_examples(folder: Path) -> list[str]:
    """Copy those circulars into a folder, and tell their names; a file that is there already stays, and is an error."""
    from kb.resources import examples

    folder.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in examples().iterdir() if path.suffix in (".html", ".txt"))
    there = next((path.name for path in files if (folder / path.name).exists()), None)
    if there:
        raise CircularError(f"{folder / there}: is there already")
    for path in files:
        shutil.copy(path, folder)
    return [path.name for path in files]


def show_demo(db: Path) -> None:
    """What falls due after the examples were issued, and the pairs in which something is wrong."""
    from ingest.issuers import houses
    from kb import agreement, report, store
    from kb import due as dues
    from kb.questions_cli import show_due
    from kb.saying import ENGLISH

    with store.open_to_read(db) as opened:
        found = dues.everything(opened)
        wrong = [one for one in agreement.pairs(opened, houses()) if agreement.status(one.findings)]
    issued = min((one.issued for one in found if one.issued), default=None)
    click.echo(f"Upcoming deadlines (the examples were issued on {issued})\n" if issued else "Upcoming deadlines\n")
    show_due(found, ENGLISH)
    click.echo("\nDisagreements\n")
    for one in wrong:
        click.echo(report.render(one, "text"))


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
