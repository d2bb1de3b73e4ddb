"""Reading on a Dask cluster: two worker processes on this machine, one of which is lost half way."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.issuers import houses
from ingest.messages import Job
from ingest.settings import Settings
from kb import cluster, intake, store
from kb.cli import circulars

distributed = pytest.importorskip("distributed", reason="the extra circular-kb[dask] is not installed")

NOTICE = "Date: 6 July 2026\n\nSubject: Fee {0}\n\nCPs must pay fee {0} by 16 July 2026 (Thursday).\n"


def test_every_file_is_added_once_although_a_worker_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "FILES", 4)
    files = []
    for number in range(120):
        files.append(tmp_path / f"{number:03}.txt")
        files[-1].write_text(NOTICE.format(number), "utf-8")
    files[40].write_bytes(b"")
    steps: list[int] = []
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local,
        store.open_db(tmp_path / "some.db") as db,
        distributed.Client(local, set_as_default=False) as observer,
    ):
        workers = observer.run(os.getpid)

        def step() -> None:
            if not steps:
                os.kill(next(iter(workers.values())), signal.SIGKILL)
            steps.append(1)

        summary = intake.add(db, files, houses(), intake.remote(Settings(), local.scheduler_address), step)
        assert set(observer.run(os.getpid).values()) != set(workers.values())
        paths = [
            path for (path,) in db.execute("SELECT s.path FROM expressions AS e JOIN sources AS s ON s.sha256 = e.source ORDER BY e.id")
        ]
    assert (summary.read, summary.unchanged, len(steps)) == (119, 0, 120)
    assert [str(error) for error in summary.failed] == [f"{files[40]}: empty file; {summary.failed[0].reason.split('; ')[1]}"]
    assert paths == [file.name for file in files if file != files[40]]


def test_a_cluster_that_is_not_there_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    (tmp_path / "a.txt").write_text(NOTICE, "utf-8")
    result = CliRunner().invoke(circulars, ["add", str(tmp_path), "--db", str(tmp_path / "some.db"), "--dask", "tcp://127.0.0.1:1"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: tcp://127.0.0.1:1: no Dask scheduler answers there; expected tcp://host:port\n"


def test_a_cluster_and_a_number_of_jobs_exclude_each_other(tmp_path: Path) -> None:
    result = CliRunner().invoke(circulars, ["add", str(tmp_path), "--dask", "tcp://127.0.0.1:1", "-j", "2"])
    assert (result.exit_code, "a cluster reads as many files" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("sizes", "tasks"),
    [
        ([1] * 40, [16, 16, 8]),
        ([3_000_000] * 9, [4, 4, 1]),
        ([1, 1, 1, 1, 9_000_000, 1], [5, 1]),
        ([], []),
    ],
)
def test_a_task_is_at_least_four_files(sizes: list[int], tasks: list[int]) -> None:
    assert [len(task) for task in cluster.tasks(Job("a", bytes(size)) for size in sizes)] == tasks
