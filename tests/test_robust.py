"""A few of the hostile files, and that the program which runs them all sees what went wrong. `make robust` runs them all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from robust_files import Case, bases, cases, truncations

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from robust import Outcome, Placed, wronged  # noqa: E402 - the path comes first


def test_there_are_more_than_two_thousand_cases_and_no_name_twice(tmp_path: Path) -> None:
    names = [case.name for case in cases(tmp_path / "canary")]
    assert len(names) == len(set(names)) > 2000


def test_every_format_is_cut_off_at_every_twentieth() -> None:
    assert len(list(truncations())) == 19 * len(bases())


def test_damage_is_the_same_in_every_run(tmp_path: Path) -> None:
    for run in ("first", "second"):
        chosen = [case for case in cases(tmp_path / "canary", 30) if case.name.startswith(("plain-flip", "page-cut", "notice-absurd"))]
        (tmp_path / run).mkdir()
        for case in chosen:
            case.place(tmp_path / run / case.name)
    told = [{path.name: path.read_bytes() for path in (tmp_path / run).iterdir()} for run in ("first", "second")]
    assert told[0] == told[1] != {}


@pytest.mark.parametrize(
    ("verdict", "reasons", "read", "wrong"),
    [
        ("any", [], True, ""),
        ("any", ["damaged PDF"], False, ""),
        ("any", [], False, "neither read nor refused"),
        ("read", ["damaged PDF"], False, "must be read"),
        ("refused", ["encrypted; give the password"], False, ""),
        ("refused", ["damaged PDF"], False, "must be refused with 'password'"),
        ("refused", [], True, "must be refused with 'password'; was read"),
        (None, ["damaged PDF"], False, "a good file was not read: damaged PDF"),
        (None, [], True, ""),
    ],
)
def test_what_went_wrong_is_named(verdict: str | None, reasons: list[str], read: bool, wrong: str) -> None:
    inbox = Path("/home-of-cases/inbox")
    case = None if verdict is None else Case("a.pdf", Path.touch, verdict, "password" if verdict == "refused" else "")  # type: ignore[arg-type]
    one = Placed(inbox / "00000-a.pdf", case)
    found = Outcome({str(one.path): reasons}, frozenset(), frozenset(["inbox/00000-a.pdf"] if read else []))
    told = " ".join(wronged(one, found, inbox))
    assert wrong in told if wrong else told == ""


def test_the_good_files_come_through_a_batch_of_bad_ones() -> None:
    command = [
        sys.executable,
        str(ROOT / "tools" / "robust.py"),
        "--seconds",
        "20",
        "--damaged",
        "0",
        "--jobs",
        "2",
        "--no-clock",
        "--kills",
        "2",
    ]
    only = r"^(xref-self|tree-loop|password|empty-password|waiting|zip-bomb|outside|laughs|plain-cut-[25]0|word-cut-50|mail-cut-50)\.\w+$"
    run = subprocess.run([*command, "--only", only], capture_output=True, text=True, check=False, timeout=300)
    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "0 violations"), run.stdout + run.stderr
