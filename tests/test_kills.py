"""Killed at any moment, `circulars add` loses no finished batch and leaves no half circular, and what is left can be gone on with."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from kb import doctor, store
from kb.migrations import VERSION, migration

HERE = Path(__file__).parent
KILLS = int(os.environ.get("CIRCULARS_KILLS", "25"))
"""`make robust` asks for a hundred."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the command is killed in a forked process")
def test_kills_lose_nothing_that_was_kept_and_leave_nothing_half(tmp_path: Path) -> None:
    path = os.pathsep.join((str(HERE.parent), str(HERE), os.environ.get("PYTHONPATH", "")))
    command = [sys.executable, str(HERE / "killing.py"), str(KILLS), str(tmp_path)]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False, timeout=400)
    assert ended.returncode == 0, ended.stderr
    first, *wrong, last = ended.stdout.splitlines()
    assert first == "24 read, 0 unchanged, 0 failed"
    assert wrong == []
    counts = re.fullmatch(r"(\d+) kills, (\d+) of them between the first and the last batch, (\d+) bases finished", last)
    assert counts
    kills, within, bases = map(int, counts.groups())
    assert kills >= KILLS
    assert within >= KILLS // 10, "the kills came too early or too late to say anything"
    assert bases > 0


def test_a_new_base_is_made_as_a_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(db: Database, name: str) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "new.db"
    with monkeypatch.context() as patched:
        patched.setattr(migration, "_record_applied", stopped)
        with pytest.raises(KeyboardInterrupt):
            store.open_db(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    store.open_db(path).close()
    assert doctor.examine(path).faults == ()


def test_a_new_base_can_be_opened_by_several_at_once(tmp_path: Path) -> None:
    def opened(_: int) -> int:
        with store.open_db(tmp_path / "new.db") as db:
            return store.version(db)

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(opened, range(6))) == [VERSION] * 6
