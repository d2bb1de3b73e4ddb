"""House files of the user's own, in the folder that CIRCULARS_HOUSES names."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.errors import CircularError
from ingest.settings import own_houses

ROOT = Path(__file__).parents[1]
HOUSE = re.search(
    r"<!-- file: ingest/issuers/hkbc.toml -->\n```toml\n(.*?)```", (ROOT / "docs/extending.md").read_text("utf-8"), re.DOTALL
)[1]  # type: ignore[index]
NOTICE = """Hong Kong Bullion Clearing Limited

Our Ref.: HKBC/007/2027
Date: 11 January 2027

Subject: Annual Vault Review

Vault Participants must submit the form by 26 February 2027.
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "houses").mkdir()
    (tmp_path / "houses" / "hkbc.toml").write_text(HOUSE, "utf-8")
    (tmp_path / "notice.txt").write_text(NOTICE, "utf-8")
    return tmp_path


def circulars(place: Path, *typed: str, houses: str = "houses") -> tuple[int, str, str]:
    """Exit status and what is printed: in a process of its own, since houses are read once in each."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CIRCULARS_HOUSES": str(place / houses) if houses else ""}
    command: Sequence[str] = (sys.executable, "-c", "from kb.cli import circulars; circulars()", *typed)
    ended = subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    return ended.returncode, ended.stdout, ended.stderr


def test_a_house_of_the_users_own_is_known_to_every_command(place: Path) -> None:
    assert "Hong Kong Bullion Clearing Limited" in circulars(place, "houses")[1]
    status, told, _ = circulars(place, "read", "notice.txt")
    found = json.loads(told)
    assert (status, found["issuer"], found["number"], found["deadlines"][0]["bearer"]) == (
        0,
        "HKBC",
        "HKBC/007/2027",
        ["Vault Participants"],
    )


def test_what_was_read_with_other_houses_is_read_again(place: Path) -> None:
    assert circulars(place, "add", "notice.txt", "--db", "a.db", houses="")[1] == "1 read, 0 unchanged, 0 failed\n"
    assert circulars(place, "add", "notice.txt", "--db", "a.db")[1] == "0 read, 1 read again, 0 unchanged, 0 failed\n"
    assert circulars(place, "add", "notice.txt", "--db", "a.db")[1] == "0 read, 1 unchanged, 0 failed\n"


def test_a_file_of_ones_own_takes_the_place_of_one_of_the_same_name(place: Path) -> None:
    text = (
        (ROOT / "ingest/issuers/afrc.toml")
        .read_text("utf-8")
        .replace("Accounting and Financial Reporting Council", "Council of Another Name")
    )
    (place / "houses" / "afrc.toml").write_text(text, "utf-8")
    told = circulars(place, "houses")[1]
    assert "Council of Another Name" in told
    assert "Accounting and Financial Reporting Council" not in told


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hkbc.toml", HOUSE.replace("code", "kode"), "hkbc.toml: Object contains unknown field `kode`"),
        ("other.toml", HOUSE, "other.toml: code: 'HKBC' belongs into hkbc.toml"),
        (
            "hkbc.toml",
            HOUSE.replace("Hong Kong Bullion Clearing Limited", "Insurance Authority"),
            "'Insurance Authority' is also a name in",
        ),
    ],
)
def test_a_wrong_file_is_one_error_that_names_it(place: Path, name: str, text: str, said: str) -> None:
    (place / "houses" / "hkbc.toml").unlink()
    (place / "houses" / name).write_text(text, "utf-8")
    status, told, error = circulars(place, "add", "notice.txt", "--db", "a.db")
    assert (status, told) == (2, "")
    assert said in error
    assert len(error.splitlines()) == 1


def test_no_such_folder_is_an_error_that_names_the_variable(place: Path) -> None:
    with pytest.raises(CircularError, match=r"CIRCULARS_HOUSES: expected a folder with house files, found '/nowhere'"):
        own_houses({"CIRCULARS_HOUSES": "/nowhere"})
    assert circulars(place, "houses", houses="nowhere")[0] == 2
    assert own_houses({}) == own_houses({"CIRCULARS_HOUSES": ""}) == ()
