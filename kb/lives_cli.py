"""The commands for what people decide: obligations, findings, and the log of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli import Command, circulars, database, form, house, language, only_checks, plain, show_json, show_table, warn

if TYPE_CHECKING:
    from sqlite_utils import Database

    from kb.due import Due
    from kb.saying import Voice


def who(command: Command) -> Command:
    """The option `--who`."""
    return click.option(
        "--who", required=True, envvar="CIRCULARS_WHO", show_envvar=True, metavar="NAME", help="Who decides; it stands in the log."
    )(command)


def note(help: str) -> Callable[[Command], Command]:  # noqa: A002 - what click calls it
    """The option `--note`."""
    return click.option("--note", metavar="TEXT", help=help)


def why(help: str, *, required: bool = True) -> Callable[[Command], Command]:  # noqa: A002 - what click calls it
    """The option `--why`."""
    return click.option("--why", required=required, metavar="TEXT", help=help)


def evidence(command: Command) -> Command:
    """The option `--evidence`."""
    told = "What shows it: an address, or a file, which is kept by path and SHA-256."
    return click.option("--evidence", metavar="PATH-OR-URL", help=told)(command)


def one_check(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """The name of a check, which must exist."""
    return only_checks(context, option, (name,))[0] if name else None


def one_kind(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    """A kind of facts that people can decide on."""
    from kb.review import KINDS

    if name and name not in KINDS:
        raise click.BadParameter(f"there is no kind {name!r}; there are {', '.join(KINDS)}")
    return name


@circulars.command()
@click.option("--state", type=click.Choice(("open", "done", "waived", "withdrawn")), help="Only those that are so.")
@click.option("--owner", metavar="NAME", help="Only those of this person or desk.")
@click.option("--party", help="Only what binds this party: CP, 參與者.")
@house
@form("table", "json", "csv")
@language
@database
def obligations(*, state: str | None, owner: str | None, party: str | None, house: str | None, form: str, voice: Voice, db: Path) -> None:
    """List the obligations of all circulars: their names, states and owners, and who decided what.

    What several circulars ask for in turn is one obligation: docs/obligations.md.

    An ID may be typed as short as it is clear, four characters at least. It stays when files are read again.

    \b
    Example:
      circulars obligations --state open --owner "Client desk"
      circulars obligations --state done --format csv
    """
    from kb import due as dues
    from kb import lives, questions, store

    with store.open_to_read(db) as opened:
        questions.refuse_unknown(opened, house)
        found = dues.chosen(lives.obligations(opened, state, owner), party, house)
        names = lives.short(lives.all_names(opened))
    if form == "json":
        show_json(found)
    elif form == "csv":
        click.echo(lives.as_csv(found), nl=False)
    elif found:
        show_table(list(map(voice.word, lives.HEADINGS)), [lives.line(one, names[one.id], voice) for one in found])
    else:
        warn(voice("No such obligations." if state or owner or party or house else "No obligations."))


ids = click.argument("names", metavar="ID...", nargs=-1, required=True)
"""What is decided on: several at a time, all of them or, where one is not found, none."""


@circulars.command()
@ids
@who
@note("What is worth knowing about it.")
@evidence
@database
def done(names: tuple[str, ...], who: str, note: str | None, evidence: str | None, db: Path) -> None:
    """Say that obligations are done; they leave `due`, the home page and the view `upcoming`.

    \b
    Example:
      circulars done 3f9a20c1 --who "Amy Chan" --evidence receipt.pdf
      circulars done 3f9a20c1 77b2c05e --who "Amy Chan" --note "both houses, by one letter"
    """
    decide(db, names, "done", who, note=note, evidence=evidence)


@circulars.command()
@ids
@who
@note("Why it does not apply.")
@evidence
@database
def waive(names: tuple[str, ...], who: str, note: str | None, evidence: str | None, db: Path) -> None:
    """Say that obligations do not apply to us; they leave the lists as those that are done.

    \b
    Example:
      circulars waive 3f9a20c1 --who "Amy Chan" --note "We are no such participant"
    """
    decide(db, names, "waive", who, note=note, evidence=evidence)


@circulars.command()
@ids
@who
@note("Why it is open again.")
@database
def reopen(names: tuple[str, ...], who: str, note: str | None, db: Path) -> None:
    """Open again what somebody decided on: an obligation that was done or waived, a finding, or a fact, which is then as it is read.

    What is open is refused.

    \b
    Example:
      circulars reopen 3f9a20c1 --who "Amy Chan" --note "The form came back"
      circulars reopen f-61b07f22 --who "Amy Chan"
      circulars reopen x-5d1e70aa0c3b8f24 --who "Amy Chan" --note "The rules read it now"
    """
    from kb import review, verdicts

    facts = [name for name in names if review.is_fact(name)]
    findings = [name for name in names if verdicts.is_finding(name)]
    others = [name for name in names if name not in {*facts, *findings}]
    with deciding(db) as opened, together(opened) as say:
        settle(opened, say, facts, "reopen", who, note)
        judge(opened, say, findings, "reopen", who, why=note)
        oblige(opened, say, others, "reopen", who, note=note)


@circulars.command()
@ids
@who
@click.option("--owner", required=True, metavar="NAME", help="Whose it is from now on.")
@database
def assign(names: tuple[str, ...], who: str, owner: str, db: Path) -> None:
    """Say whose obligations are: a person's or a desk's.

    \b
    Example:
      circulars assign 3f9a20c1 --owner "Client desk" --who "Amy Chan"
    """
    decide(db, names, "assign", who, owner=owner)


def deciding(db: Path) -> Database:
    """The knowledge base, to be written to; a decision makes none."""
    from kb import store

    store.open_to_read(db).close()
    return store.open_db(db)


Say = Callable[[str, bool], None]
"""Says a line when all is decided, and nothing if not; `True` makes it one of standard error."""


@contextmanager
def together(db: Database) -> Iterator[Say]:
    """Several decisions at a time: each of them is written, or none."""
    from kb import store

    lines: list[tuple[str, bool]] = []
    with store.writing(db):
        yield lambda line, aside: lines.append((line, aside))
    for line, aside in lines:
        click.echo(plain(line), err=aside)


def decide(db: Path, typed: Sequence[str], act: str, who: str, **said: str | None) -> None:
    """Write decisions on obligations to the log, and say which ones they are."""
    from kb import lives

    if said.get("evidence"):
        said["evidence"] = lives.evidence_of(said["evidence"] or "")
    with deciding(db) as opened, together(opened) as say:
        oblige(opened, say, typed, act, who, **said)


def oblige(db: Database, say: Say, typed: Sequence[str], act: str, who: str, **said: str | None) -> None:
    """One decision on each of these obligations."""
    from kb import lives

    for one in dict.fromkeys(typed):
        found, entry, before = lives.decide(db, one, act, who, **said)
        say(f"{entry.subject} {acted(act, said.get('owner'))}: {summary(found)} (row {entry.id} of the log)", False)
        if before and act in ("done", "waive"):
            say(f"{entry.subject} was {before} before", True)


ACTED = {
    "done": "done",
    "waive": "waived",
    "reopen": "open again",
    "assign": "assigned",
    "explain": "explained",
    "accept": "accepted",
    "fix": "fixed",
    "correct": "corrected",
    "reject": "rejected",
}
"""What has become of a thing by an act."""


def acted(act: str, by: str | None = None) -> str:
    """What has become of a thing, and whose or by what."""
    words = {"assign": "to", "fix": "by"}
    return f"{ACTED[act]} {words[act]} {by}" if by and act in words else ACTED[act]


def summary(found: Due) -> str:
    """An obligation in a few words."""
    from kb import due as dues

    day, time, bearer, _, action, house, number, _ = dues.line(found)
    return ", ".join(filter(None, (f"{house} {number}".strip(), f"{day} {time}".strip(), bearer, action)))


@circulars.command()
@click.option("--state", type=click.Choice(("open", "accepted", "explained", "fixed")), help="Only those that are so.")
@click.option("--only", callback=one_check, metavar="NAME", help="Only those of this check.")
@click.option("--notes", is_flag=True, help="Expected differences as well.")
@house
@form("table", "json")
@language
@database
def findings(*, state: str | None, only: str | None, notes: bool, house: str | None, form: str, voice: Voice, db: Path) -> None:
    """List what does not agree, as it was found when files were added, and what was decided about it.

    \b
    Example:
      circulars findings --state open
      circulars findings --only deadlines --format json
    """
    from kb import lives, questions, store, verdicts

    with store.open_to_read(db) as opened:
        questions.refuse_unknown(opened, house)
        every = verdicts.findings(opened, levels=("error", "warning", "note"))
        levels = ("error", "warning", "note") if notes else ("error", "warning")
        found = verdicts.findings(opened, state, levels, only, house)
    if form == "json":
        show_json(found)
    elif found:
        names = lives.short([*{one.id for one in every}])
        show_table(list(map(voice.word, verdicts.HEADINGS)), [verdicts.line(one, names[one.id], voice) for one in found])
    else:
        warn(voice("No such findings." if state or only or house else "No findings."))


@circulars.command()
@ids
@who
@why("What explains it.")
@database
def explain(names: tuple[str, ...], who: str, why: str, db: Path) -> None:
    """Say why a finding is none, or several: they leave the home page and the counts.

    \b
    Example:
      circulars explain f-61b07f22 --who "Amy Chan" --why "Each house has its own deadline here"
    """
    with deciding(db) as opened, together(opened) as say:
        judge(opened, say, names, "explain", who, why=why)


@circulars.command()
@ids
@who
@why("Why we live with it, or how we know.")
@database
def accept(names: tuple[str, ...], who: str, why: str, db: Path) -> None:
    """Say that a finding is right and we live with it, or that a fact is right as it is read.

    The finding leaves the home page and the counts. The fact holds, also where other rules read it otherwise later.

    \b
    Example:
      circulars accept f-61b07f22 --who "Amy Chan" --why "The house knows; English prevails"
      circulars accept x-5d1e70aa0c3b8f24 --who "Amy Chan" --why "Confirmed by the house"
    """
    from kb import review

    facts = [name for name in names if review.is_fact(name)]
    with deciding(db) as opened, together(opened) as say:
        settle(opened, say, facts, "accept", who, why)
        judge(opened, say, [name for name in names if name not in facts], "accept", who, why=why)


@circulars.command()
@click.argument("finding", metavar="ID")
@who
@click.option("--by", required=True, metavar="NUMBER", help="The circular that puts it right; it has to be in the knowledge base.")
@why("What is worth knowing about it.", required=False)
@database
def fixed(finding: str, who: str, by: str, why: str | None, db: Path) -> None:
    """Say that a later circular puts a finding right.

    \b
    Example:
      circulars fixed f-61b07f22 --by CD/OES/CCASS/012/2027 --who "Amy Chan"
    """
    with deciding(db) as opened, together(opened) as say:
        judge(opened, say, [finding], "fix", who, by=by, why=why)


def judge(db: Database, say: Say, typed: Sequence[str], act: str, who: str, **said: str | None) -> None:
    """Write decisions on findings to the log, and say which ones they are."""
    from kb import verdicts

    for one in dict.fromkeys(typed):
        found, entry = verdicts.decide(db, one, act, who, **said)
        where = " ".join(filter(None, (found.house, found.number)))
        words = ", ".join(filter(None, (where, found.message)))
        say(f"{entry.subject} {acted(act, said.get('by'))}: {words} (row {entry.id} of the log)", False)
        if found.state != "open" and act != "reopen":
            say(f"{entry.subject} was {found.state} before", True)


@circulars.command()
@click.argument("named", metavar="NUMBER-OR-FILE")
@click.option("--kind", callback=one_kind, metavar="NAME", help="Only facts of this kind: deadlines, dates, contacts, issued.")
@click.option("--state", type=click.Choice(("unreviewed", "accepted", "corrected", "rejected")), help="Only those that are so.")
@form("table", "json")
@language
@database
def review(named: str, kind: str | None, state: str | None, form: str, voice: Voice, db: Path) -> None:
    """List the facts of a circular with their IDs: what holds, how it is read, and who decided on it.

    The fields of the header are facts too. An ID stays when files are read again. `accept`, `correct`, `reject` and `reopen`
    decide on a fact.

    \b
    Example:
      circulars review CD/OES/CCASS/013/2023 --kind deadlines
      circulars review notice.pdf --state corrected --format json
    """
    from kb import review as reviews
    from kb import reviewed, store

    with store.open_to_read(db) as opened:
        found = [one for one in reviews.of(opened, named) if (kind or one.kind) == one.kind and (state or one.state) == one.state]
    if form == "json":
        show_json(found)
    elif found:
        show_table(list(map(voice.word, reviewed.HEADINGS)), [reviewed.line(one, voice) for one in found])
    else:
        warn(voice("No such facts."))


@circulars.command()
@click.argument("fact", metavar="ID")
@click.option("--set", "changes", multiple=True, required=True, metavar="FIELD=VALUE", help="A field and what it says; may be repeated.")
@who
@why("How we know.")
@database
def correct(fact: str, changes: tuple[str, ...], who: str, why: str, db: Path) -> None:
    """Say what a fact ought to be. That holds everywhere, marked as corrected; how it is read stays beside it.

    Other decisions that no longer fit by that, such as those on findings of another number, are told on standard error.

    Fields are those that `circulars review` shows. Several parties are parted by semicolons; nothing behind = empties a field.
    The last business day follows from a new last day.

    \b
    Example:
      circulars correct x-5d1e70aa0c3b8f24 --set stated=2027-01-08 --set due=2027-01-08 --who "Amy Chan" --why "Printed as 8/1"
      circulars correct x-5d1e70aa77e90b16 --set bearer="CPs; Designated Banks" --who "Amy Chan" --why "Both are addressed"
    """
    with deciding(db) as opened, together(opened) as say:
        settle(opened, say, [fact], "correct", who, why, changes)


@circulars.command()
@ids
@who
@why("Why it is none.")
@database
def reject(names: tuple[str, ...], who: str, why: str, db: Path) -> None:
    """Say that facts are none: they leave every list but that of `circulars review`.

    \b
    Example:
      circulars reject x-5d1e70aa0c3b8f24 --who "Amy Chan" --why "An example, and no deadline"
    """
    with deciding(db) as opened, together(opened) as say:
        settle(opened, say, names, "reject", who, why)


def settle(db: Database, say: Say, typed: Sequence[str], act: str, who: str, why: str | None, changes: Sequence[str] = ()) -> None:
    """Write decisions on facts to the log, let them hold, and say what holds now."""
    from ingest.issuers import houses
    from kb import review
    from kb.reviewed import few

    for one in dict.fromkeys(typed):
        found, now, entry, touched = review.decide(db, houses(), one, act, who, why, changes)
        holds = few(now.value if now else found.read) or "nothing"
        told = f"{found.number or ''} {found.kind}".strip()
        say(f"{entry.subject} {acted(act)}: {told}, {holds} (row {entry.id} of the log)", False)
        for line in touched:
            say(line, True)


@circulars.command()
@click.option("--verify", is_flag=True, help="Recompute every hash; print nothing but the outcome.")
@click.option("--head", metavar="HASH", help="With --verify: a last hash noted earlier, which must still be in the log.")
@form("table", "json")
@language
@database
@click.pass_context
def audit(ctx: click.Context, verify: bool, head: str | None, form: str, voice: Voice, db: Path) -> None:
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
            warn(f"{db}: {voice.message(told)}")
        if not wrong:
            last = voice("the last has the hash {hash}", hash=entries[-1].hash) if entries else None
            click.echo(voice.clauses((voice("{n} rows, none broken", n=len(entries)), last)))
        ctx.exit(int(bool(wrong)))
    if form == "json":
        rows = [{**entry._asdict(), "content": msgspec.json.decode(entry.content)} for entry in entries]
        show_json(rows)
    elif entries:
        show_table(list(map(voice.word, lives.LOG_HEADINGS)), [lives.log_line(entry, voice) for entry in entries])
    else:
        warn(voice("Nothing has been decided."))
