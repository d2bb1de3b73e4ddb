"""Write the generated parts of README.md and docs/: what code and data already say is not said twice by hand.

A part stands between `<!-- generated: NAME -->` and `<!-- end -->`; NAME is a key of PARTS. Run by `make docs`;
the tests fail where a part differs from what would be written.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import accuracy
import click
from click.testing import CliRunner

from ingest.issuers import houses
from ingest.lang.rules import languages
from ingest.model import House
from kb import store
from kb.checks import CHECKS, Check
from kb.cli import circulars

ROOT = Path(__file__).parents[1]
PART = re.compile(r"(?P<begin><!-- generated: (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |\n" for line in lines)


def code(text: str) -> str:
    """Code in a line, whatever backquotes it holds."""
    fence = "``" if "`" in text else "`"
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def block(text: str, language: str = "") -> str:
    """Text in a fence."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def commands(group: click.Group, path: tuple[str, ...] = ("circulars",)) -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups' own commands included."""
    for name, command in sorted(group.commands.items()):
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def command_reference() -> str:
    """Each command's help as it is printed."""
    pages = []
    for name, _ in [("circulars", circulars), *commands(circulars)]:
        shown = CliRunner().invoke(circulars, [*name.split()[1:], "--help"], prog_name="circulars", terminal_width=100)
        pages.append(f"## {name}\n\n{block(shown.output, 'text')}")
    return "\n".join(pages)


def check_table() -> str:
    """Each check with what it holds to be so, and where it looks."""

    def row(name: str, check: Check) -> tuple[str, str, str]:
        places = ("a pair" if check.pair else "", "one circular" if check.inside else "")
        return code(name), check.description, " and ".join(place for place in places if place)

    return table(("check", "what ought to hold", "in"), [row(name, check) for name, check in sorted(CHECKS.items())])


def rule_tables() -> str:
    """Each rule with its first example and what it means."""
    parts = []
    for language in languages().values():
        for section, rules in language.sources.items():
            rows = []
            for name, rule in rules.items():
                example, meaning = next(iter(rule.examples.items()), ("", ""))
                rows.append((code(f"{language.code}.{section}.{name}"), example, meaning))
            parts.append(f"## {language.code}.{section}\n\n" + table(("rule", "for example", "means"), rows))
    return "\n".join(parts)


def house_table() -> str:
    """Each house with its names, systems and counterparts."""

    def row(house: House) -> tuple[str, ...]:
        names = (house.name.en[0] if house.name.en else "", house.name.zh[0] if house.name.zh else "")
        return (code(house.code), *names, ", ".join(house.systems.en), ", ".join(house.counterparts))

    rows = [row(house) for house in houses().values()]
    return table(("code", "name", "名稱", "systems", "siblings come from"), sorted(rows))


def descriptions() -> Mapping[str, Mapping[str, str]]:
    """What metadata.json says of each column, by table."""
    databases = json.loads((ROOT / "metadata.json").read_text("utf-8"))["databases"]
    return {name: entry.get("columns", {}) for database in databases.values() for name, entry in database["tables"].items()}


def shape() -> dict[str, list[tuple[str, str]]]:
    """The columns and their types of every table and view, full-text tables left out."""
    db = store.open_db(":memory:")
    names = [name for name in (*db.table_names(), *db.view_names()) if not name.startswith(("_", "sqlite_")) and "_fts" not in name]
    return {name: [(column.name, column.type) for column in db[name].columns] for name in names}


def column_tables() -> str:
    """Each table and view with its columns."""
    said = descriptions()
    parts = []
    for name, columns in sorted(shape().items()):
        rows = [(code(column), kind.lower(), said.get(name, {}).get(column, "")) for column, kind in columns]
        parts.append(f"## {name}\n\n" + table(("column", "type", "what it holds"), rows))
    return "\n".join(parts)


def run(program: str, *arguments: str) -> str:
    """What a program prints at the top of the project."""
    command = [sys.executable, "-c", program, *arguments]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, encoding="utf-8").stdout
    return shown.replace(f"{ROOT}{os.sep}", "")


def printed(*arguments: str, until: str | None = None) -> str:
    """A command as typed at the top of the project, and what it prints, up to a line that is left out with all below it."""
    shown = run("from kb.cli import circulars; circulars(prog_name='circulars')", *arguments)
    kept = shown.partition(f"\n{until}\n")[0] if until else shown
    return block(f"$ circulars {' '.join(arguments)}\n{kept}", "text")


EXAMPLE = """\
from pathlib import Path

from ingest.issuers import houses
from ingest.pipeline import read
from kb.checks import compare

english, chinese = read(Path("examples/seoch-en.txt")), read(Path("examples/seoch-zh.html"))
for deadline in english.deadlines:
    print(deadline.due, deadline.time, deadline.quote)
    assert english.text[slice(*deadline.span)] == deadline.quote

for finding in compare(english, chinese, houses()).findings:
    print(finding.level, finding.check, finding.left.quote, finding.right.quote)
"""


def python_example() -> str:
    """A few lines of Python, and what they print."""
    return block(EXAMPLE, "python") + "\n" + block(run(EXAMPLE), "text")


PARTS: Mapping[str, Callable[[], str]] = {
    "accuracy-blind": lambda: accuracy.blind_texts(accuracy.load()),
    "accuracy-corpus": lambda: accuracy.corpus_table(accuracy.load()),
    "accuracy-dates": lambda: accuracy.readers_table(accuracy.load(), "dates"),
    "accuracy-forms": lambda: accuracy.forms_table(accuracy.load()),
    "accuracy-gains": lambda: accuracy.gains_table(accuracy.load()),
    "accuracy-own": lambda: accuracy.own_table(accuracy.load()),
    "accuracy-speed": lambda: accuracy.speed_table(accuracy.load()),
    "accuracy-times": lambda: accuracy.readers_table(accuracy.load(), "times"),
    "accuracy-when": lambda: accuracy.when(accuracy.load()),
    "checks": check_table,
    "columns": column_tables,
    "commands": command_reference,
    "demo": lambda: printed("demo", "--no-serve", until="Disagreements"),
    "diff": lambda: printed("diff", "examples/seoch-en.txt", "examples/seoch-zh.html"),
    "houses": house_table,
    "python": python_example,
    "rules": rule_tables,
}


def pages() -> list[Path]:
    """The pages that may hold generated parts."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def rewritten(text: str) -> str:
    """A page with its generated parts made anew."""
    return PART.sub(lambda part: f"{part['begin']}{PARTS[part['name']]().rstrip()}\n{part['end']}", text)


def main() -> None:
    """Rewrite every page in place."""
    for page in pages():
        text = page.read_text("utf-8")
        if (new := rewritten(text)) != text:
            page.write_text(new, "utf-8")
            print(f"{page.relative_to(ROOT)} rewritten")


if __name__ == "__main__":
    main()
