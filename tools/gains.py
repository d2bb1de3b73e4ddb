"""What a change does to the facts of all stored circulars: gained, lost and changed ones, with their quotes.

    python tools/gains.py [--since COMMIT] [--ext txt,html] [--field dates] [--limit 20]

Both versions read the circulars of examples/, tests/circulars/ and, where they are at hand, ../shared/circulars and
../shared/seeds, each document once. The old version is that of COMMIT (the last tag, else the commit before this one) and
runs on the same Python. A document that only one of them could read counts as one, not by its facts.

Two facts are the same where everything but place and rule agrees; one is changed where another of its field stands on the
same characters. For a document with gold each fact says whether it is right, by the rules of the scoring program.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, NamedTuple

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SCORE = SHARED / "score" / "score.py"
PLACES = (SHARED / "circulars", SHARED / "seeds", ROOT / "examples", ROOT / "tests" / "circulars")  # those with gold first
ENDINGS = {".txt", ".html", ".pdf", ".docx", ".eml"}
HEADER = ("lang", "issuer", "number", "issued", "title")
LISTS = ("dates", "times", "deadlines", "duties", "contacts", "references", "definitions", "amounts", "tables", "events", "unexplained")
JUDGED = ("dates", "times", "deadlines", "contacts", "references")
FIELDS = ("document", *HEADER, *LISTS)
PLACING = {"span", "page", "bbox", "rule"}
BATCH = 25
PATIENCE = "600"  # seconds for a file: what a scan says must not hang on how busy the machine is

Fact = dict[str, Any]
Answer = dict[str, Any]
Kind = Literal["gained", "lost", "changed"]


class Change(NamedTuple):
    """One fact of one document that is not as it was; `was` and `now` say whether it is right, None where nobody knows."""

    document: str
    field: str
    kind: Kind
    old: Fact | None
    new: Fact | None
    was: bool | None = None
    now: bool | None = None


# Reading -----------------------------------------------------------------------------------------------------------------


def circulars(endings: set[str]) -> Iterator[Path]:
    """Every stored circular, each content once."""
    seen = set()
    for place in PLACES:
        for path in sorted(place.rglob("*")) if place.exists() else ():
            if path.suffix in endings and (digest := hashlib.sha256(path.read_bytes()).digest()) not in seen:
                seen.add(digest)
                yield path


def answers(tree: Path, paths: Sequence[Path]) -> dict[str, Answer]:
    """What the version in this tree reads in each file, by path; nothing for a file that it refuses."""
    found: dict[str, Answer] = {}
    env = {"CIRCULARS_SECONDS": PATIENCE, **os.environ, "PYTHONPATH": str(tree)}
    for index in range(0, len(paths), BATCH):
        command = [sys.executable, "-c", "from kb.cli import circulars; circulars()", "read", *map(str, paths[index : index + BATCH])]
        run = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, check=False)
        for line in run.stdout.splitlines():
            answer = json.loads(line)
            found[answer["source"]["path"]] = answer
    return found


def unpack(commit: str, folder: Path) -> None:
    """The packages as of a commit."""
    archive = subprocess.run(["git", "archive", "--format=zip", commit, "ingest", "kb"], cwd=ROOT, capture_output=True, check=True).stdout
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        packed.extractall(folder)


def named(commit: str) -> str:
    """A commit's short name and subject."""
    return git("log", "-1", "--format=%h %s", commit)


def last() -> str:
    """The last tag, or the commit before this one."""
    tag = git("tag", "--list", "--merged", "HEAD", "--sort=-creatordate").partition("\n")[0]
    return tag or "HEAD~1"


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


# Comparing ---------------------------------------------------------------------------------------------------------------


def facts(answer: Answer, field: str) -> list[Fact]:
    """The facts of a field; a header field is one fact, or none."""
    if field in HEADER:
        value = answer.get(field)
        return [] if value is None else [{"quote": str(value)}]
    return list(answer.get(field) or [])


def value(fact: Fact) -> str:
    """Everything that it says, whatever rule found it and wherever it stands."""
    return json.dumps({name: part for name, part in fact.items() if name not in PLACING}, sort_keys=True, ensure_ascii=False)


def meets(old: Fact, new: Fact) -> bool:
    """Do two facts stand on some of the same characters?"""
    if "span" not in old or "span" not in new:
        return True
    return bool(old["span"][0] < new["span"][1] and new["span"][0] < old["span"][1])


def compare(old: Sequence[Fact], new: Sequence[Fact]) -> Iterator[tuple[Fact | None, Fact | None]]:
    """Pairs of facts that differ; None on the side where there is none."""
    same = Counter(map(value, old)) & Counter(map(value, new))
    before, after = without(old, same.copy()), without(new, same.copy())
    for fact in before:
        other = next((candidate for candidate in after if meets(fact, candidate)), None)
        if other is not None:
            after.remove(other)
        yield fact, other
    yield from ((None, fact) for fact in after)


def without(found: Sequence[Fact], same: Counter[str]) -> list[Fact]:
    """Those that are left when so many of each value are taken away."""
    left = []
    for fact in found:
        if same[value(fact)] > 0:
            same[value(fact)] -= 1
        else:
            left.append(fact)
    return left


def changes(document: str, old: Answer, new: Answer, gold: Answer | None = None) -> Iterator[Change]:
    """Every fact of a document that is not as it was."""
    for field in (*HEADER, *LISTS):
        was, now = right(old, gold, field), right(new, gold, field)
        for before, after in compare(facts(old, field), facts(new, field)):
            kind: Kind = "gained" if before is None else "lost" if after is None else "changed"
            yield Change(document, field, kind, before, after, verdict(before, was), verdict(after, now))


def between(document: str, old: Answer | None, new: Answer | None, gold: Answer | None = None) -> Iterator[Change]:
    """What changed in a document; where one version gives no answer, that is all."""
    if old is not None and new is not None:
        yield from changes(document, old, new, gold)
    elif new is not None:
        yield Change(document, "document", "gained", None, {"quote": str(new.get("title"))})
    elif old is not None:
        yield Change(document, "document", "lost", {"quote": str(old.get("title"))}, None)


def right(answer: Answer, gold: Answer | None, field: str) -> list[tuple[Fact, bool]]:
    """The facts of a field on which gold has a word: whether each is right."""
    if gold is None or field not in gold:
        return []
    if field in HEADER:
        return [(fact, scoring().fold(fact["quote"]) == scoring().fold(gold[field])) for fact in facts(answer, field)]
    if field not in JUDGED:
        return []
    pairs, extra, _ = scoring().match(field, gold[field], facts(answer, field), gold.get("ignore") or [])
    return [*((fact, True) for _, fact in pairs), *((fact, False) for fact in extra)]


def verdict(fact: Fact | None, judged: Sequence[tuple[Fact, bool]]) -> bool | None:
    return next((good for other, good in judged if other == fact), None)


@cache
def scoring() -> ModuleType:
    """The scoring program as a module."""
    spec = importlib.util.spec_from_file_location("score", SCORE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_of(path: Path) -> Answer | None:
    """The gold beside a document; None without one, or without the scoring program."""
    gold = path.with_name(f"{path.stem}.gold.json")
    return json.loads(gold.read_text("utf-8")) if gold.exists() and SCORE.exists() else None


# Telling -----------------------------------------------------------------------------------------------------------------

SIGNS: Mapping[Kind, str] = {"gained": "+", "lost": "-", "changed": "~"}
WORDS = {True: "right", False: "wrong", None: ""}


def told(change: Change) -> str:
    """A change in one line: its quote, what it means, and whether that is right."""
    old, new = change.old or {}, change.new or {}
    if change.kind == "changed":
        names = [name for name in {**old, **new} if name not in PLACING and old.get(name) != new.get(name)]
        said = ", ".join(f"{name} {turned(old.get(name), new.get(name))}" for name in names)
        judged = f"{WORDS[change.was]} → {WORDS[change.now]}" if change.was is not None or change.now is not None else ""
    else:
        fact = change.new or change.old or {}
        said = ", ".join(f"{name} {short(part)}" for name, part in fact.items() if name not in {*PLACING, "quote"} and part)
        judged = WORDS[change.now if change.kind == "gained" else change.was]
    quote = short((change.new or change.old or {}).get("quote", ""), 80)
    return f"  {SIGNS[change.kind]} {change.document}: {quote} | {said}{f' | {judged}' if judged else ''}"


def turned(old: object, new: object) -> str:
    """From one value to another; what long ones have in common at their beginning is left out."""
    before, after = str(old), str(new)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    skip = max(same - 12, 0) if max(len(before), len(after)) > 60 else 0
    return " → ".join(short(f"…{part[skip:]}" if skip else part) for part in (before, after))


def short(part: object, width: int = 60) -> str:
    text = " ".join(str(part).split())
    return text if len(text) <= width else f"{text[: width - 1]}…"


def summary(found: Sequence[Change]) -> list[tuple[str, ...]]:
    """A row for each field: gained, lost, changed; of those with gold how many more are right, and how many more are wrong."""
    rows = []
    for field in FIELDS:
        of = [change for change in found if change.field == field]
        if of:
            kinds = Counter(change.kind for change in of)
            rows.append((field, *(str(kinds[kind]) for kind in SIGNS), more(of, good=True), more(of, good=False)))
    return rows


def more(of: Sequence[Change], *, good: bool) -> str:
    """How many more of them are right, or wrong, than there were; nothing where no gold says so."""
    judged = [change for change in of if (change.was, change.now) != (None, None)]
    return f"{sum((change.now is good) - (change.was is good) for change in judged):+d}" if judged else ""


COLUMNS = ("field", "gained", "lost", "changed", "right", "wrong")


def since(commit: str, endings: set[str]) -> tuple[int, list[Change]]:
    """How many circulars were read by both versions, and every change."""
    paths = list(circulars(endings))
    with tempfile.TemporaryDirectory() as folder:
        unpack(commit, Path(folder))
        old, new = answers(Path(folder), paths), answers(ROOT, paths)
    found: list[Change] = []
    for path in paths:
        found += between(shown(path), old.get(str(path)), new.get(str(path)), gold_of(path))
    return len(paths), found


def shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def main() -> None:
    """Print each change, then the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--since", default=None, help="the commit to compare with (the last tag, else the commit before this one)")
    parser.add_argument("--ext", default=",".join(sorted(ending[1:] for ending in ENDINGS)), help="file name endings, comma-separated")
    parser.add_argument("--field", choices=FIELDS, help="changes of this field only")
    parser.add_argument("--limit", type=int, default=20, help="changes shown of each field (20)")
    wanted = parser.parse_args()
    commit = wanted.since or last()
    count, found = since(commit, {f".{ending}" for ending in wanted.ext.split(",")})
    if not SCORE.exists():
        print(f"no scoring program at {SCORE}: nothing is judged", file=sys.stderr)
    fields = [wanted.field] if wanted.field else FIELDS
    for field in fields:
        of = [change for change in found if change.field == field]
        if of:
            print(f"{field}:")
            print("\n".join(map(told, of[: wanted.limit])))
            if len(of) > wanted.limit:
                print(f"  … and {len(of) - wanted.limit} more (--field {field} --limit {len(of)})")
    print(f"\n{count} circulars, since {named(commit)}")
    for row in (COLUMNS, *summary([change for change in found if change.field in fields])):
        print(f"{row[0]:12}" + "".join(f"{cell:>9}" for cell in row[1:]))
    if not found:
        print("no fact has changed")


if __name__ == "__main__":
    main()
