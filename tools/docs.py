"""Write the generated parts of README.md and docs/: what code and data already say is not said twice by hand.

A part stands between `<!-- generated: NAME -->` and `<!-- end -->`; NAME is a key of PARTS. Run by `make docs`;
the tests fail where a part differs from what would be written.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import accuracy
import click
import msgspec
from click.testing import CliRunner

from ingest.formats.kinds import cells
from ingest.issuers import houses
from ingest.lang.rules import RuleSource, languages
from ingest.model import Expression, House
from ingest.settings import HOUSES, PREFIX, Settings
from kb import store
from kb.checks import CHECKS, Check
from kb.cli import circulars
from kb.comparison import Inside, Told

ROOT = Path(__file__).parents[1]
PART = re.compile(r"(?P<begin><!-- generated: (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |\n" for line in lines)


def code(text: str) -> str:
    """Code in a line, whatever backquotes it holds; a line end is shown as such, and nothing is nothing."""
    text = text.replace("\n", "⏎").replace("\t", "⇥")
    fence = "``" if "`" in text else "`"
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}" if text else ""


def block(text: str, language: str = "") -> str:
    """Text in a fence."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def context_of(command: click.Command, group: click.Group) -> click.Context:
    """A command as it stands below its group, whose names for help are its own too: click keeps the first that it was asked with."""
    return click.Context(command, parent=click.Context(group, **group.context_settings))


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


SECTIONS: Mapping[str, str] = {
    "addresses": "postal addresses",
    "amounts": "sums of money, percentages and numbers of things",
    "citations": "other documents that are cited",
    "counts": "numbers of things in words, as a cell has them",
    "damaged": "mailboxes that are hidden, masked, spelt out or broken; they are told and not read",
    "lostdigits": "telephone numbers and sums that have lost digits; they are told and not read",
    "dates": "calendar dates and intervals",
    "deadlines": "last moments by which somebody acts",
    "doubts": "what sounds like a date and names none; it is told as `unexplained`",
    "strays": "figures beside the name of a month, and days without one, in a form that no other rule has; told as `unexplained`",
    "due": "words that make a row of a timetable a deadline",
    "duecolumns": "headings of a table that make each of its days a deadline",
    "duestatements": "sentences that say of a day that it is the last one",
    "dutylike": "what sounds like a duty and binds nobody; it is told as `unexplained`",
    "failings": "what somebody failed to do by a day, which sets no deadline",
    "modals": "verbs that bind, advise or allow",
    "papers": "titled papers, guides and rules that are cited",
    "periods": "lengths of time with what they are for",
    "persons": "names of persons with their posts",
    "refusals": "what is not accepted after a day, which sets a deadline",
    "signatures": "who signs",
    "times": "clock times and ranges of them",
    "units": "what is counted, behind a number",
    "windows": "periods in which something may be done, so that their end is a deadline",
}
"""What the rules of each section find; those that tell cells apart are told by their own names."""


def sources(code: str) -> Mapping[str, Mapping[str, RuleSource]]:
    """The rules of a language, or of the cells of tables (`cells`), as written, by section."""
    return (cells() if code == "cells" else languages()[code]).sources


def rule_sections() -> str:
    """Each section of the languages' rules with what it finds and how many rules each language has for it."""
    names = sorted({name for code in languages() for name in sources(code)})
    rows = [(code(name), SECTIONS[name], *(str(len(sources(one).get(name, {}))) for one in languages())) for name in names]
    return table(("section", "finds", *(f"rules in {one}" for one in languages())), rows)


def rule_reference(language: str) -> str:
    """Each rule with its pattern, what it makes of its examples, and what it must not match."""
    parts = []
    for section, rules in sources(language).items():
        parts.append(f"## {language}.{section}\n")
        for name, rule in rules.items():
            parts += [f"### {language}.{section}.{name}\n", block(rule.pattern, "text")]
            parts += [f"{' '.join(rule.note.split())}\n"] if rule.note else []
            parts += [table(("example", "means"), [(code(one), code(means)) for one, means in rule.examples.items()])]
            parts += [f"Not matched: {' · '.join(map(code, rule.counterexamples))}\n"] if rule.counterexamples else []
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


def metadata(key: str) -> Mapping[str, Mapping[str, Any]]:
    """What metadata.json says of the tables and views (`tables`) or of the named queries (`queries`) of the database."""
    (database,) = json.loads((ROOT / "metadata.json").read_text("utf-8"))["databases"].values()
    found: Mapping[str, Mapping[str, Any]] = database[key]
    return found


def column_tables() -> str:
    """Each table and view with what a row of it is, and its columns."""
    said, views = descriptions(), set(store.open_db(":memory:").view_names())
    parts = []
    for name, columns in sorted(shape().items()):
        entry = metadata("tables").get(name, {})
        kind = "View" if name in views else "Table"
        rows = [(code(column), type_.lower(), said.get(name, {}).get(column, "")) for column, type_ in columns]
        about = f"{kind}: {entry.get('title', '')}.\n{entry.get('description', '')}\n\n"
        parts.append(f"## {name}\n\n{about}" + table(("column", "type", "what it holds"), rows))
    return "\n".join(parts)


def query_table() -> str:
    """Each named query with what it asks for."""
    rows = [
        (code(name), entry["title"], entry.get("description", ""), ", ".join(map(code, entry.get("params", ()))))
        for name, entry in sorted(metadata("queries").items())
    ]
    return table(("query", "title", "gives", "asks for"), rows)


SETTINGS: Mapping[str, str] = {
    "max_bytes": "bytes that a file may have",
    "max_pages": "pages that are read of a file",
    "max_inflated": "bytes that a Word file may unpack to",
    "max_parts": "parts of an e-mail that are read",
    "max_depth": "how deep mails may lie within mails",
    "max_output": "bytes that may be told of a file",
    "max_pixels": "pixels that a picture may have",
    "seconds": "seconds that a file may take; `--timeout`",
    "memory": "bytes of memory that a file may take; `--memory`, in MB",
    "password": "opens encrypted files; `--password`",
    "ocr": "1: recognise pages without text, where OCR is installed; `--ocr`",
    "ocr_garbage": "1: recognise pages whose text layer makes no sense as well; `--ocr-garbage`",
    "ocr_compare": "1: recognise every page, and tell where its text has other numbers; `--ocr-compare`",
    "threads": "threads for recognising one file; 0: as many as there are idle cores",
    "isolate": "1: read each file in a confined process; `--isolate`",
}
"""What each of the reader's settings does; `until` is none."""


def settings_table() -> str:
    """The reader's settings as variables of the environment, with their defaults."""
    defaults = {field.name: field.default for field in msgspec.structs.fields(Settings) if field.name != "until"}

    def shown(value: object) -> str:
        return "" if value is None else str(int(value) if isinstance(value, bool) else value)

    rows = [(code(f"{PREFIX}{name.upper()}"), SETTINGS[name], shown(value)) for name, value in defaults.items()]
    rows.append((code(HOUSES), "a folder with house files of your own, for every command: [extending](extending.md#a-house)", ""))
    return table(("variable", "sets", "default"), rows)


def variables_table() -> str:
    """The variables of the environment that stand for an option of commands."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for name, command in commands(circulars):
        for param in command.params:
            if isinstance(param, click.Option) and param.envvar:
                entry = found.setdefault(str(param.envvar), (param.opts[0], param.help or "", []))
                entry[2].append(name.removeprefix("circulars "))
    rows = [(code(variable), code(option), said, ", ".join(map(code, names))) for variable, (option, said, names) in sorted(found.items())]
    return table(("variable", "stands for", "which is", "in"), rows)


FIELDS: Mapping[str, str] = {
    "span": "Where the quote stands in `text`, in code points: first character, and the one after the last",
    "bbox": "Left, upper, right and lower edge on the page, in points from its upper left corner; null where there is no page",
    "Expression.schema": "Number of this format; a field is never renamed or dropped without a new one",
    "Expression.source": "The file",
    "Expression.text": "The whole text in reading order, as it is printed",
    "Expression.dates": "Every date or interval that the text mentions",
    "Expression.times": "Every clock time or range of them",
    "Expression.deadlines": "Last moments by which somebody must, should or may act; body and schedule are two",
    "Expression.duties": "Sentences that bind somebody",
    "Expression.contacts": "Telephones, mailboxes, addresses and persons",
    "Expression.references": "Other documents that are cited",
    "Expression.definitions": "Terms that the text introduces",
    "Expression.amounts": "Sums of money, percentages and numbers of things",
    "Expression.tables": "Tables as full grids",
    "Expression.events": "Entries of the timetables",
    "Expression.blocks": "Pieces of layout",
    "Expression.unexplained": "What looked like a fact and could not be understood, with the reason",
    "Expression.warnings": "What a reader of the facts has to know about the file: [warnings](warnings.md)",
    "Table.columns": "What each column is for",
    "Table.cells": "Cells that are dates, amounts, codes and the like",
    "Merge.row": "Row of the upper left cell, from 0",
    "Merge.col": "Its column, from 0",
    "Merge.rowspan": "How many rows it covers",
    "Merge.colspan": "How many columns it covers",
    "Told.left": "The circular on the left",
    "Told.right": "The circular on the right",
    "Told.relation": "How they belong together; nothing was compared where they are `unrelated`",
    "Told.evidence": "Why they belong together",
    "Told.governs": "The side whose language prevails, as the circulars say",
    "Told.agreed": "How many facts were compared and found equal, by check",
    "Told.findings": "What differs",
    "Heading.path": "The file",
    "Heading.sha256": "SHA-256 of its bytes",
    "Finding.check": "The [check](checks.md) that found it",
    "Finding.left": "What stands on the left; null where nothing does",
    "Finding.right": "What stands on the right",
    "Finding.near": "Where one side lacks it: the passage of that side beside which it belongs; else null",
    "Side.value": "ISO date or interval, clock time, E.164 number, amount as printed, number of a reference, cells of a row, or a sentence",
    "Side.quote": "The shortest words that show it",
    "Inside.path": "The file",
    "Inside.findings": "What it says against itself",
}
"""Fields of what is printed as JSON that no column of the database describes."""

STORED: Mapping[str, str] = {
    "Amount": "amounts",
    "Block": "blocks",
    "CellValue": "table_cells",
    "Column": "table_columns",
    "Contact": "contacts",
    "DateMention": "dates",
    "Deadline": "deadlines",
    "Definition": "definitions",
    "Duty": "duties",
    "Event": "events",
    "Expression": "expressions",
    "Finding": "findings",
    "Heading": "expressions",
    "Reference": "references",
    "Source": "sources",
    "Table": "tables",
    "TimeMention": "times",
    "Unexplained": "unexplained",
    "Warn": "warnings",
}
"""The tables whose columns are the fields of a printed type."""


def meaning(kind: str, field: str) -> str:
    """What a field of a printed type holds, in English."""
    if said := FIELDS.get(f"{kind}.{field}") or FIELDS.get(field):
        return said
    stored = (
        descriptions()[STORED[kind]][field].partition(" · ")[0] if kind in STORED else descriptions()["dates"][field].partition(" · ")[0]
    )
    return re.sub(r"^([01])(?= )", lambda flag: "true" if flag[1] == "1" else "false", stored)


def printed_type(shape: Mapping[str, Any]) -> str:
    """A JSON Schema of one field in a few words."""
    if "anyOf" in shape:
        return " or ".join(dict.fromkeys(printed_type(one) for one in shape["anyOf"]))
    if "$ref" in shape:
        return f"[{(name := shape['$ref'].rpartition('/')[2])}](#{name.lower()})"
    if "enum" in shape:
        return ", ".join(code(str(value)) for value in shape["enum"])
    if shape.get("type") == "array" and "prefixItems" in shape:
        return f"[{', '.join(printed_type(one) for one in shape['prefixItems'])}]"
    if shape.get("type") == "array":
        return f"list of {printed_type(shape['items'])}"
    return str(shape.get("format") or shape.get("type"))


def printed_fields(*roots: type) -> str:
    """Each type of what is printed as JSON with its fields, the roots first."""
    _, named = msgspec.json.schema_components(roots, ref_template="#/$defs/{name}")
    first = [root.__name__ for root in roots]
    parts = []
    for name in sorted(named, key=lambda name: (first.index(name) if name in first else len(first), list(named).index(name))):
        rows = [(code(field), printed_type(shape), meaning(name, field)) for field, shape in named[name]["properties"].items()]
        about = inspect.cleandoc(named[name]["description"]).replace("None", "null")
        parts.append(f"### {name}\n\n{about}\n\n" + table(("field", "type", "what it holds"), rows))
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
    "output-compared": lambda: printed_fields(Told, Inside),
    "output-read": lambda: printed_fields(Expression),
    "queries": query_table,
    "rules": rule_sections,
    "rules-cells": lambda: rule_reference("cells"),
    "rules-en": lambda: rule_reference("en"),
    "rules-zh": lambda: rule_reference("zh"),
    "settings": settings_table,
    "variables": variables_table,
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
