"""The commands for what people decide: obligations, findings, and the log of decisions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli import Command, circulars, database, form, only_checks, plain, show_table, warn

if TYPE_CHECKING:
    from kb.due import Due


def who(command: Command) -> Command:
    """The option `--who`."""
    return click.option(
        "--who", required=True, envvar="CIRCULARS_WHO", show_envvar=True, metavar="NAME", help="Who decides; it stands in the log."
    )(command)


def one_check(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """The name of a check, which must exist."""
    return only_checks(context, option, (name,))[0] if name else None


@circulars.command()
@click.option("--state", type=click.Choice(("open", "done", "waived")), help="Only those that are so.")
@click.option("--owner", metavar="NAME", help="Only those of this person or desk.")
@form("table", "json", "csv")
@database
def obligations(state: str | None, owner: str | None, form: str, db: Path) -> None:
    """List the obligations of all circulars: their names, states and owners, and who decided what.

    An ID may be typed as short as it is clear, four characters at least. It stays when files are read again.

    \b
    Example:
      circulars obligations --state open --owner "Client desk"
      circulars obligations --state done --format csv
    """
    import msgspec

    from kb import lives, store

    with store.open_to_read(db) as opened:
        found = lives.obligations(opened, state, owner)
        names = lives.short(lives.all_names(opened))
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    elif form == "csv":
        click.echo(lives.as_csv(found))
    elif found:
        show_table(lives.HEADINGS, [lives.line(one, names[one.id]) for one in found])
    else:
        warn("No obligations.")


@circulars.command()
@click.argument("obligation", metavar="ID")
@who
@click.option("--note", metavar="TEXT", help="What is worth knowing about it.")
@click.option("--evidence", metavar="PATH-OR-URL", help="What shows it: an address, or a file, which is kept by path and SHA-256.")
@database
def done(obligation: str, who: str, note: str | None, evidence: str | None, db: Path) -> None:
    """Say that an obligation is done; it leaves `due`, the home page and the view `upcoming`.

    \b
    Example:
      circulars done 3f9a20c1 --who "Amy Chan" --evidence receipt.pdf
    """
    decide(db, obligation, "done", who, note=note, evidence=evidence)


@circulars.command()
@click.argument("obligation", metavar="ID")
@who
@click.option("--note", metavar="TEXT", help="Why it does not apply.")
@click.option("--evidence", metavar="PATH-OR-URL", help="What shows it: an address, or a file, which is kept by path and SHA-256.")
@database
def waive(obligation: str, who: str, note: str | None, evidence: str | None, db: Path) -> None:
    """Say that an obligation does not apply to us; it leaves the lists as one that is done.

    \b
    Example:
      circulars waive 3f9a20c1 --who "Amy Chan" --note "We are no such participant"
    """
    decide(db, obligation, "waive", who, note=note, evidence=evidence)


@circulars.command()
@click.argument("name", metavar="ID")
@who
@click.option("--note", metavar="TEXT", help="Why it is open again.")
@database
def reopen(name: str, who: str, note: str | None, db: Path) -> None:
    """Open an obligation again that was done or waived, or a finding that somebody decided on.

    \b
    Example:
      circulars reopen 3f9a20c1 --who "Amy Chan" --note "The form came back"
      circulars reopen f-61b07f22 --who "Amy Chan"
    """
    from kb import verdicts

    if verdicts.is_finding(name):
        judge(db, name, "reopen", who, why=note)
    else:
        decide(db, name, "reopen", who, note=note)


@circulars.command()
@click.argument("obligation", metavar="ID")
@who
@click.option("--owner", required=True, metavar="NAME", help="Whose it is from now on.")
@database
def assign(obligation: str, who: str, owner: str, db: Path) -> None:
    """Say whose an obligation is: a person or a desk.

    \b
    Example:
      circulars assign 3f9a20c1 --owner "Client desk" --who "Amy Chan"
    """
    decide(db, obligation, "assign", who, owner=owner)


def decide(db: Path, typed: str, act: str, who: str, **said: str | None) -> None:
    """Write a decision on an obligation to the log, and say which one it is."""
    from kb import lives, store

    if said.get("evidence"):
        said["evidence"] = lives.evidence_of(said["evidence"] or "")
    store.open_to_read(db).close()  # a decision makes no database
    with store.open_db(db) as opened:
        found, entry = lives.decide(opened, typed, act, who, **said)
    click.echo(plain(f"{entry.subject} {act}: {summary(found)} (row {entry.id} of the log)"))


def summary(found: Due) -> str:
    """An obligation in a few words."""
    from kb import due as dues

    day, time, bearer, _, action, house, number, _ = dues.line(found)
    return ", ".join(filter(None, (f"{house} {number}".strip(), f"{day} {time}".strip(), bearer, action)))


@circulars.command()
@click.option("--state", type=click.Choice(("open", "accepted", "explained", "fixed")), help="Only those that are so.")
@click.option("--only", callback=one_check, metavar="NAME", help="Only those of this check.")
@click.option("--notes", is_flag=True, help="Expected differences as well.")
@form("table", "json")
@database
def findings(state: str | None, only: str | None, notes: bool, form: str, db: Path) -> None:
    """List what does not agree, as it was found when files were added, and what was decided about it.

    \b
    Example:
      circulars findings --state open
      circulars findings --only deadlines --format json
    """
    import msgspec

    from kb import lives, store, verdicts

    with store.open_to_read(db) as opened:
        every = verdicts.findings(opened, levels=("error", "warning", "note"))
        levels = ("error", "warning", "note") if notes else ("error", "warning")
        found = verdicts.findings(opened, state, levels, only)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    elif found:
        names = lives.short([*{one.id for one in every}])
        show_table(verdicts.HEADINGS, [verdicts.line(one, names[one.id]) for one in found])
    else:
        warn("No findings.")


@circulars.command()
@click.argument("finding", metavar="ID")
@who
@click.option("--why", required=True, metavar="TEXT", help="What explains it.")
@database
def explain(finding: str, who: str, why: str, db: Path) -> None:
    """Say why a finding is none: it leaves the home page and the counts.

    \b
    Example:
      circulars explain f-61b07f22 --who "Amy Chan" --why "Each house has its own deadline here"
    """
    judge(db, finding, "explain", who, why=why)


@circulars.command()
@click.argument("finding", metavar="ID")
@who
@click.option("--why", required=True, metavar="TEXT", help="Why we live with it.")
@database
def accept(finding: str, who: str, why: str, db: Path) -> None:
    """Say that a finding is right and we live with it: it leaves the home page and the counts.

    \b
    Example:
      circulars accept f-61b07f22 --who "Amy Chan" --why "The house knows; English prevails"
    """
    judge(db, finding, "accept", who, why=why)


@circulars.command()
@click.argument("finding", metavar="ID")
@who
@click.option("--by", required=True, metavar="NUMBER", help="The circular that puts it right; it has to be in the knowledge base.")
@click.option("--why", metavar="TEXT", help="What is worth knowing about it.")
@database
def fixed(finding: str, who: str, by: str, why: str | None, db: Path) -> None:
    """Say that a later circular puts a finding right.

    \b
    Example:
      circulars fixed f-61b07f22 --by CD/OES/CCASS/012/2027 --who "Amy Chan"
    """
    judge(db, finding, "fix", who, by=by, why=why)


def judge(db: Path, typed: str, act: str, who: str, **said: str | None) -> None:
    """Write a decision on a finding to the log, and say which one it is."""
    from kb import store, verdicts

    store.open_to_read(db).close()  # a decision makes no database
    with store.open_db(db) as opened:
        found, entry = verdicts.decide(opened, typed, act, who, **said)
    where = " ".join(filter(None, (found.house, found.number)))
    click.echo(plain(f"{entry.subject} {act}: {', '.join(filter(None, (where, found.message)))} (row {entry.id} of the log)"))


@circulars.command()
@click.option("--verify", is_flag=True, help="Recompute every hash; print nothing but the outcome.")
@click.option("--head", metavar="HASH", help="With --verify: a last hash noted earlier, which must still be in the log.")
@form("table", "json")
@database
@click.pass_context
def audit(ctx: click.Context, verify: bool, head: str | None, form: str, db: Path) -> None:
    """Print the log of decisions, or verify it.

    Each row holds the SHA-256 of its content and of the row before. The exit status of --verify is 1 if a row was
    changed, taken out or put in, and the first such row is named; also if a state in the database is not that of the log.

    \b
    Example:
      circulars audit
      circulars audit --verify --head 5d41402abc4b2a76b9719d911017c592ae1f1f0e1c0b1e2d3c4b5a69788796a5
    """
    import msgspec

    from kb import lives, store

    if head and not verify:
        raise click.UsageError("--head is looked for by --verify")
    with store.open_to_read(db) as opened:
        entries = lives.log(opened)
        wrong = lives.broken(opened, head) if verify else []
    if verify:
        for told in wrong:
            warn(f"{db}: {told}")
        if not wrong:
            click.echo(f"{len(entries)} rows, none broken" + (f"; the last has the hash {entries[-1].hash}" if entries else ""))
        ctx.exit(int(bool(wrong)))
    if form == "json":
        rows = [{**entry._asdict(), "content": msgspec.json.decode(entry.content)} for entry in entries]
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
    elif entries:
        show_table(lives.LOG_HEADINGS, [lives.log_line(entry) for entry in entries])
    else:
        warn("Nothing has been decided.")
