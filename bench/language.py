"""How well and how fast dates, times and everything else are found, beside other readers of dates on the same texts.

    python bench/language.py [--write] [--ours] [--again] [--since COMMIT]

The texts are those that our reader takes from each development circular, scans apart; the gold files beside them say what
is right. Every reader's answers are written as the contract has them and scored by the same program. `--write` puts the
figures into kb/accuracy.json, from which `make docs` writes the tables of docs/accuracy.md, and with them the facts that
were gained and lost since COMMIT (the last tag, else the commit before this one; see tools/gains.py). `--ours` asks nobody
else; `--again` reads anew what the blind tests say of themselves and, with `--since`, what changed. The other readers stand in
build/peers (`make bench-language` puts them there); one that is missing is named and left out.

A reader is told the language of a text and the date of its circular, and gets the text in the form that suits it best
(see PEERS): whole or a line (in tables a cell) at a time, in Traditional characters or folded to Simplified ones. What it
answers is translated by `bench/shapes.py`. A file in both languages is read line by line, each in its language.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import accuracy
import gains
import msgspec
import shapes
from accuracy import Corpus, Figures, Gains, Reader, Score, Scores

from ingest.model import Expression
from ingest.pipeline import parse, read, warm
from ingest.settings import Settings
from ingest.text import fold

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SCORE = SHARED / "score" / "score.py"
PEERS_AT = ROOT / "build" / "peers"
LANGS = ("en", "zh")
ROUNDS = 3  # the first pays for the start, the others give the time
SAMPLE = 3  # a peer's speed is that of every third piece, read a second time: some are slow
HOTLINE = re.compile(r"2979 \d")
HAN = re.compile(r"[\u4e00-\u9fff]")


class Peer(NamedTuple):
    """Another reader, and the form of the text that it reads best."""

    name: str
    langs: tuple[str, ...]
    shape: shapes.Shape
    lines: bool
    folded: bool = False
    remark: str = ""
    node: bool = False


# Lines or whole, folded or not, and the options of dateparser were tried each way; these gave the highest F1.
PEERS = (
    Peer("dateparser", ("en", "zh"), shapes.moment, lines=True, folded=True, remark="strategy `ngram` in English, `split` in Chinese"),
    Peer("recognizers-text-date-time", ("en", "zh"), shapes.recognized, lines=True, folded=True),
    Peer("@microsoft/recognizers-text-date-time", ("en", "zh"), shapes.recognized, lines=True, folded=True, node=True),
    Peer("chrono-node", ("en", "zh"), shapes.chrono, lines=True, node=True),
    Peer("jionlp", ("zh",), shapes.jionlp, lines=True, folded=True),
    Peer("datefinder", ("en",), shapes.moment, lines=True),
    Peer("parsedatetime", ("en",), shapes.moment, lines=True),
    Peer("timefhuman", ("en",), shapes.moment, lines=True),
)


# The texts ---------------------------------------------------------------------------------------------------------------


class Text(NamedTuple):
    """A circular of the corpus as our reader sees it, with its gold."""

    path: Path
    gold: dict[str, Any]
    expression: Expression

    @property
    def lang(self) -> str:
        return str(self.gold["lang"]).partition("-")[0]

    @property
    def base(self) -> str:
        """The circular's date; where the gold has none, that of its first date."""
        return self.gold.get("issued") or min(item["start"] for item in self.gold["dates"] if item.get("start"))


def documents() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every development circular that is no scan, with its gold."""
    found: Iterator[tuple[Path, dict[str, Any]]] = gains.scoring().documents(
        argparse.Namespace(gold=SHARED, docs=None, only=None, ext=None, scans="without")
    )
    return found


def corpus() -> Iterator[Text]:
    """Every circular that has a text to read."""
    for path, gold in documents():
        if not gold.get("expect"):
            yield Text(path, gold, read(path))


# A piece of a text: its language, where it begins, and what it says.
Piece = tuple[str, int, str]


def pieces(text: Text, peer: Peer) -> Iterator[Piece]:
    """What a reader gets of a text: it whole, or its lines and cells; of a file in both languages each line in its own."""
    whole = text.expression.text
    if not peer.lines and text.lang in peer.langs:
        yield text.lang, 0, whole
        return
    for line in re.finditer(r"[^\n\t]+", whole):
        lang = text.lang if text.lang in LANGS else ("zh" if HAN.search(line[0]) else "en")
        if lang in peer.langs:
            yield lang, line.start(), line[0]


# Asking ------------------------------------------------------------------------------------------------------------------


class Answers(NamedTuple):
    """What a reader says: contract-shaped answers, characters a second by language, its version, how many pieces it failed at."""

    answers: list[dict[str, Any]]
    speed: dict[str, float]
    version: str
    failed: int = 0


def altered(text: str, turn: int) -> str:
    """The same text with another telephone digit in each round, so that nothing can be remembered."""
    return HOTLINE.sub(f"2979 {turn}", text) if turn else text


def ours(texts: Sequence[Text]) -> Answers:
    """Our own answers; the speed is that of all facts, from the bytes of the plain text on."""
    warm()
    spent: dict[str, float] = defaultdict(float)
    for turn in range(ROUNDS):
        for text in texts:
            data = altered(text.expression.text, turn).encode()
            start = time.process_time()
            parse(data, Path("circular.txt"), Settings())
            if turn:
                spent[text.lang] += time.process_time() - start
    counted = characters(texts)
    speed = {lang: (ROUNDS - 1) * counted[lang] / spent[lang] for lang in LANGS}
    found = [text.expression for text in texts] + list(without_facts())
    return Answers([msgspec.to_builtins(expression) for expression in found], speed, version("circular-kb"))


def without_facts() -> Iterator[Expression]:
    """What we say of files that hold nothing which can be understood; those that are refused say nothing."""
    for path, gold in documents():
        if gold.get("expect") and gold["expect"] != "refused":
            yield read(path)


def command(peer: Peer) -> list[str] | None:
    """How a reader is started; None where it is not here."""
    if peer.node:
        here = shutil.which("node") and (PEERS_AT / "node_modules" / peer.name).exists()
        return ["node", str(ROOT / "bench/peers/run.cjs"), peer.name, str(PEERS_AT)] if here else None
    python = PEERS_AT / "bin" / "python"
    return [str(python), "-W", "ignore", str(ROOT / "bench/peers/run.py"), peer.name] if python.exists() else None


def ask(peer: Peer, texts: Sequence[Text]) -> Answers | None:
    """What a peer says of all texts; None where it is not here or does not start."""
    start = command(peer)
    if start is None:
        return None
    places = [(text, piece) for text in texts for piece in pieces(text, peer)]
    again = places[::SAMPLE]
    jobs = [job(peer, *place, turn) for turn, part in enumerate((places, again)) for place in part]
    run = subprocess.run(start, input="\n".join(jobs), capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    if len(lines) != len(jobs) + 1:
        print(f"{peer.name}: {run.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    first, second = lines[1 : 1 + len(places)], lines[1 + len(places) :]
    answers = list(assembled(peer, texts, places, first))
    return Answers(answers, rates(again, second), lines[0]["version"], sum(bool(line["failed"]) for line in first))


def job(peer: Peer, text: Text, piece: Piece, turn: int) -> str:
    """A line for a peer's program."""
    lang, _, part = piece
    return json.dumps({"lang": lang, "base": text.base, "text": altered(fold(part) if peer.folded else part, turn)})


def assembled(
    peer: Peer, texts: Sequence[Text], places: Sequence[tuple[Text, Piece]], told: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The answer for each text, in the contract's form: dates and times with their quotes."""
    facts: dict[Path, dict[str, list[shapes.Fact]]] = {text.path: {"dates": [], "times": []} for text in texts}
    for (text, (_, offset, part)), answer in zip(places, told, strict=True):
        for raw in answer["found"]:
            quote = part[raw["start"] : raw["start"] + len(raw["quote"])]
            for kind, fact in peer.shape({**raw, "quote": quote.strip() or raw["quote"]}, date.fromisoformat(text.base)):
                start = offset + part.find(fact["quote"], raw["start"])
                facts[text.path][kind].append({**fact, "span": [start, start + len(fact["quote"])], "rule": peer.name})
    for text in texts:
        yield {"source": {"path": str(text.path)}, "text": text.expression.text, **facts[text.path]}


def rates(places: Sequence[tuple[Text, Piece]], told: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Characters a second of processor time, by language."""
    count: Counter[str] = Counter()
    spent: dict[str, float] = defaultdict(float)
    for (_, (lang, _, part)), answer in zip(places, told, strict=True):
        count[lang] += len(part)
        spent[lang] += answer["seconds"]
    return {lang: count[lang] / spent[lang] for lang in LANGS if spent[lang]}


# Scoring -----------------------------------------------------------------------------------------------------------------


def scored(answers: Sequence[dict[str, Any]]) -> Scores:
    """By the scoring program: a fact is right where its value is and its quote points at the same place. Keys are `kind.language`."""
    with tempfile.TemporaryDirectory() as folder:
        predictions, result = Path(folder) / "predictions.jsonl", Path(folder) / "result.json"
        predictions.write_text("\n".join(json.dumps(answer, default=str) for answer in answers), "utf-8")
        options = ["--scans", "without", "--predictions", str(predictions), "--json", str(result)]
        subprocess.run([sys.executable, str(SCORE), str(SHARED), *options], stdout=subprocess.DEVNULL, check=True)
        lines = json.loads(result.read_text("utf-8"))
    return {name: msgspec.convert(line, Score) for name, line in lines.items() if isinstance(line, dict)}


def by_value(texts: Sequence[Text], answers: Sequence[dict[str, Any]]) -> Scores:
    """By value alone: the same, wherever in the document a quote begins or ends; for readers that quote more or less."""
    module, sums = gains.scoring(), defaultdict(Counter)
    for text, answer in zip(texts, answers, strict=False):  # ours go on with files that hold no facts
        for kind in ("dates", "times"):
            counts = sums[f"{kind}.{text.lang}"]
            right, extra, missing = matched(module, kind, text.gold, answer)
            counts.update(right=right, extra=extra, missing=missing)
    return {name: rated(counts) for name, counts in sums.items()}


def matched(module: ModuleType, kind: str, gold: dict[str, Any], answer: dict[str, Any]) -> tuple[int, int, int]:
    """Right, extra and missing of one document as multisets; what is optional counts neither way."""
    free = [(item, module.keys_of(kind, item)) for item in gold.get(kind) or []]
    free.sort(key=lambda pair: bool(pair[0].get("optional")))
    right, extra = 0, []
    for item in answer.get(kind) or []:
        key = module.key_of(kind, item)
        hit = next((index for index, (_, keys) in enumerate(free) if key in keys), None)
        if hit is None:
            extra.append(item)
        else:
            right += not free.pop(hit)[0].get("optional")
    passed = [item for item in gold.get(kind) or [] if item.get("optional")] + (gold.get("ignore") or [])
    counted = [item for item in extra if not module.ignored(item, passed)]
    return right, len(counted), sum(not item.get("optional") for item, _ in free)


def rated(counts: Mapping[str, int]) -> Score:
    right, extra, missing = (counts[name] for name in ("right", "extra", "missing"))
    p = right / (right + extra) if right + extra else 1.0
    r = right / (right + missing) if right + missing else 1.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return Score(round(p, 4), round(r, 4), round(f1, 4), right, extra, missing)


def characters(texts: Sequence[Text]) -> Counter[str]:
    count: Counter[str] = Counter()
    for text in texts:
        count[text.lang] += len(text.expression.text)
    return count


# The figures -------------------------------------------------------------------------------------------------------------


def changed(commit: str) -> Gains:
    """What has changed in the facts of all stored circulars."""
    count, found = gains.since(commit, gains.ENDINGS)
    return Gains(gains.named(commit), count, gains.COLUMNS, tuple(gains.summary(found)))


def measured(peers: Sequence[Peer]) -> Figures:
    """Ours and theirs, in one run."""
    texts = list(corpus())
    own = ours(texts)
    scores = scored(own.answers)
    readers = [Reader("circular-kb", own.version, LANGS, "the file", own.speed, scores, by_value(texts, own.answers))]
    missing = []
    for peer in peers:
        told = ask(peer, texts)
        if told is None:
            print(f"{peer.name}: not here, left out", file=sys.stderr)
            missing.append(peer.name)
            continue
        readers.append(reader(peer, told, texts))
        print(f"{peer.name}: read", file=sys.stderr, flush=True)
    today = datetime.now(UTC).date()
    return Figures(1, today, machine(), dict(sizes(texts, scores)), tuple(readers), tuple(missing), dict(blind()))


def reader(peer: Peer, told: Answers, texts: Sequence[Text]) -> Reader:
    """A peer's figures: dates and times of the languages that it reads."""
    wanted = {f"{kind}.{lang}" for kind in ("dates", "times") for lang in peer.langs}
    strict, loose = (
        {name: one for name, one in scores.items() if name in wanted} for scores in (scored(told.answers), by_value(texts, told.answers))
    )
    form = ("a line or cell at a time" if peer.lines else "whole") + (", characters folded" if peer.folded else "")
    return Reader(peer.name, told.version, peer.langs, ", ".join(filter(None, (form, peer.remark))), told.speed, strict, loose, told.failed)


def sizes(texts: Sequence[Text], scores: Scores) -> Iterator[tuple[str, Corpus]]:
    """The corpus by language; facts are those that count, as the scoring program has them."""
    for lang, count in sorted(characters(texts).items()):
        facts = {kind: one.right + one.missing for kind, one in of_language(scores, lang)}
        yield lang, Corpus(sum(text.lang == lang for text in texts), count, facts)


def of_language(scores: Scores, lang: str) -> list[tuple[str, Score]]:
    return [(name.rpartition(".")[0], one) for name, one in scores.items() if name.endswith(f".{lang}")]


def blind() -> Iterator[tuple[str, str]]:
    """What the blind tests say of themselves, first scores included: the docstrings of their modules, by name."""
    for path in sorted([*(ROOT / "tests").glob("test_blind_*.py"), *(ROOT / "tests").glob("test_language_*.py")]):
        yield path.name, ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""


def machine() -> str:
    """Processor, cores, system and Python, and how busy it was."""
    info = Path("/proc/cpuinfo")
    model = re.search(r"^model name\s*:\s*(.+)$", info.read_text("utf-8"), re.MULTILINE) if info.exists() else None
    name = model[1] if model else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, load average {os.getloadavg()[0]:.0f}"


def main() -> None:
    """Print the tables; keep the figures where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write kb/accuracy.json")
    parser.add_argument("--ours", action="store_true", help="ask no other reader")
    parser.add_argument("--again", action="store_true", help="keep the figures; read anew what blind tests say, and what changed --since")
    parser.add_argument("--since", help="the commit to compare all facts with (the last tag, else the commit before this one)")
    wanted = parser.parse_args()
    if wanted.again:
        figures = msgspec.structs.replace(accuracy.load(), blind=dict(blind()))
        accuracy.store(msgspec.structs.replace(figures, gains=changed(wanted.since)) if wanted.since else figures)
        return
    if not SCORE.exists():
        sys.exit(f"no scoring program at {SCORE}, and no circulars with gold: nothing to measure")
    figures = measured(() if wanted.ours else PEERS)
    for kind in ("dates", "times"):
        print(f"\n{kind}\n\n{accuracy.readers_table(figures, kind)}")
    print(f"\n{accuracy.own_table(figures)}\n\n{accuracy.speed_table(figures)}")
    if wanted.write:
        accuracy.store(figures)  # what follows takes as long again
        accuracy.store(msgspec.structs.replace(figures, gains=changed(wanted.since or gains.last())))


if __name__ == "__main__":
    main()
