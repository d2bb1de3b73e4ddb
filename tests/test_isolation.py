"""Hostile files against their readers: each is one clear error within its limits, and its neighbours are read."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ingest import formats, isolation
from ingest.errors import CircularError, UnreadableSource
from ingest.loading import load
from ingest.messages import NO_ANSWER, READ, UNREAD, Frames, Job, TooLong, heard, pack, told
from ingest.model import Expression, Source
from ingest.pipeline import parse_all
from ingest.settings import Settings, settings
from kb import show
from kb.cli import circulars

if TYPE_CHECKING:
    from ingest.isolation import Answer

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*-*.*"))
HOW = Settings(seconds=5, memory=700_000_000, max_output=10_000_000)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="macOS has no RLIMIT_AS, Landlock or network namespaces")


def answers(*deeds: str, how: Settings = HOW, workers: int = 1) -> list[Answer]:
    jobs = [Job(f"{number}-{deed}.txt", deed.encode()) for number, deed in enumerate(deeds)]
    return list(isolation.read(jobs, how, workers, "hostile:parse"))


def said(answer: Answer) -> str:
    """The text of the one expression, or the one error."""
    [one] = answer
    return one.text if isinstance(one, Expression) else f"! {one}"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A file that is there to be spoiled, and a port that answers."""
    monkeypatch.setenv("HOSTILE_FILE", str(tmp_path / "file"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("HOSTILE_PORT", str(server.getsockname()[1]))
        yield


def descendants() -> set[int]:
    """The processes below this one that are still there."""
    with subprocess.Popen(["ps", "-A", "-o", "pid=,ppid=,stat="], stdout=subprocess.PIPE, text=True) as ps:
        table = ps.communicate()[0]
    parents = {int(pid): int(parent) for pid, parent, stat in map(str.split, table.splitlines()) if not stat.startswith("Z")}
    found = {os.getpid()}
    for _ in parents:
        found |= {pid for pid, parent in parents.items() if parent in found}
    return found - {os.getpid(), ps.pid}


CRASHED = "its reader crashed (SIGSEGV): damaged, or it needs more than 700 MB of memory; --memory or CIRCULARS_MEMORY allows more"
TOO_BIG = "needs more than 700 MB of memory; --memory or CIRCULARS_MEMORY allows more"
TOO_MUCH = "says more than 10 MB; CIRCULARS_MAX_OUTPUT allows more"
DEEDS = [
    pytest.param("swallow", TOO_BIG, marks=LINUX),
    pytest.param("swallow_in_steps", TOO_BIG, marks=LINUX),
    pytest.param("map_memory", TOO_BIG, marks=LINUX),
    ("crash", CRASHED),
    ("leave", "its reader ended without an answer (status 0)"),
    ("die", "its reader was ended from outside, perhaps for want of memory"),
    ("fail", "its reader failed: ValueError: two lines"),
    ("recurse", "its reader failed: RecursionError: maximum recursion depth exceeded"),
    ("flood", TOO_MUCH),
    ("forge", TOO_MUCH),
    ("connect", "its reader failed: PermissionError: no network while a circular is read: socket.getaddrinfo"),
]


@pytest.mark.parametrize(("deed", "reason"), DEEDS)
def test_a_hostile_file_is_one_error_and_its_neighbours_are_read(deed: str, reason: str) -> None:
    before, *bad, after = map(said, answers("before", deed, deed, "after"))
    assert (before, after) == ("before", "after")
    assert bad == [f"! {number}-{deed}.txt: {reason}" for number in (1, 2)]


def test_good_files_among_many_hostile_ones_are_all_read() -> None:
    bad = ("crash", "leave", "die", "fail", "flood", "forge", "recurse")
    deeds = [deed for number in range(21) for deed in (str(number), bad[number % len(bad)])]
    found = list(map(said, answers(*deeds, workers=3)))
    assert found[::2] == [str(number) for number in range(21)]
    assert all(one.startswith("! ") for one in found[1::2])


@pytest.mark.parametrize("deed", ["spin", "sleep", "leave_a_child"])
def test_a_file_that_takes_too_long_is_given_up_with_all_that_it_started(deed: str) -> None:
    before = descendants()
    start = time.monotonic()
    found = list(map(said, answers("before", deed, "after", how=msgspec.structs.replace(HOW, seconds=1))))
    assert found == ["before", f"! 1-{deed}.txt: took longer than 1 s; --timeout or CIRCULARS_SECONDS allows more", "after"]
    assert time.monotonic() - start < 15
    assert descendants() <= before


def test_a_page_is_drawn_by_a_confined_process(tmp_path: Path) -> None:
    path = ROOT / "tests" / "circulars" / "05-rollout" / "hkscc-en.pdf"
    target = tmp_path / "page.png"
    run = CliRunner().invoke(circulars, ["show", str(path), "--fact", "3", "--output", str(target)])
    assert run.exit_code == 0, run.output
    expression = next(one for one in parse_all(path.read_bytes(), path, HOW) if isinstance(one, Expression))
    fact = show.chosen(expression, 3).fact
    assert fact.page is not None
    assert fact.bbox is not None
    assert target.read_bytes() == formats.outlined(path.read_bytes(), str(path), fact.page, fact.bbox, HOW)


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("crash", CRASHED),
        ("spin", "took longer than 1 s; --timeout or CIRCULARS_SECONDS allows more"),
        ("fail", "its reader failed: ValueError: two lines"),
        ("no picture", NO_ANSWER),
    ],
)
def test_a_page_that_cannot_be_drawn_is_one_error(deed: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "DRAW", "hostile:parse")
    with pytest.raises(UnreadableSource) as told:
        isolation.draw("page.pdf", deed.encode(), msgspec.structs.replace(HOW, seconds=1 if deed == "spin" else 5))
    assert str(told.value) == f"page.pdf: {reason}"


def test_a_file_that_cannot_be_written_is_not_written(tmp_path: Path) -> None:
    [found] = answers("write")
    assert "PermissionError: no file is written" in said(found)
    assert not (tmp_path / "file").exists()


@LINUX
def test_native_code_makes_and_removes_no_file(tmp_path: Path) -> None:
    [made] = answers("write_elsewhere")
    (tmp_path / "file").write_text("mine", "utf-8")
    [removed] = answers("remove_elsewhere")
    if said(made) == "made True, wrote -1":
        pytest.skip("this kernel has no Landlock: an empty file can be made")
    assert (said(made), said(removed)) == ("made False, wrote -1", "-1")
    assert (tmp_path / "file").read_text("utf-8") == "mine"


@LINUX
def test_a_program_that_a_file_starts_has_no_network_either() -> None:
    with socket.create_connection(("127.0.0.1", int(os.environ["HOSTILE_PORT"])), 5):
        assert said(answers("connect_elsewhere")[0]) == "nothing"


@LINUX
def test_a_reader_has_limits_and_nothing_open_but_its_pipes() -> None:
    [limits, descriptors, threads] = map(said, answers("limits", "descriptors", "threads"))
    assert (limits, descriptors, threads) == (f"0 0 {HOW.memory}", "5", "1")


def test_a_reader_is_kept_for_the_next_file_and_replaced_when_it_has_grown() -> None:
    first, second, _, third = map(
        said, answers("process", "process", "grow", "process", how=msgspec.structs.replace(HOW, memory=500_000_000))
    )
    assert first == second != third
    assert str(os.getpid()) not in (first, second, third)


def test_files_are_read_at_the_same_time() -> None:
    assert len({said(answer) for answer in answers(*["process"] * 40, workers=3)}) == 3


def test_a_part_that_cannot_be_read_keeps_its_own_name() -> None:
    assert said(answers("refuse")[0]) == "! 0-refuse.txt/part: no"


def test_what_could_not_be_loaded_keeps_its_place() -> None:
    jobs = [Job("a", b"one"), UnreadableSource("b", "gone"), Job("c", b"two")]
    assert [said(answer) for answer in isolation.read(jobs, HOW, 2, "hostile:parse")] == ["one", "! b: gone", "two"]


def test_a_reader_that_does_not_exist_is_one_error() -> None:
    with pytest.raises(CircularError, match="no_such"):
        list(isolation.read([Job("a", b"")], HOW, 1, "hostile:no_such"))


def test_nothing_is_started_for_no_files() -> None:
    before = descendants()
    assert list(isolation.read([], HOW)) == []
    assert descendants() == before


def test_stopping_half_way_leaves_no_process() -> None:
    before = descendants()
    reading = isolation.read((Job(str(number), b"sleep" if number else b"one") for number in range(10)), HOW, 2, "hostile:parse")
    assert said(next(reading)) == "one"
    assert len(descendants() - before) == 3
    reading.close()  # type: ignore[attr-defined]
    assert descendants() <= before


def test_files_say_the_same_here_and_in_isolation() -> None:
    jobs = [Job(str(path), path.read_bytes()) for path in EXAMPLES]
    isolated = list(isolation.read(jobs, Settings(), 2))
    assert isolated == list(isolation.read(jobs, Settings(isolate=False)))
    assert isolated == [tuple(parse_all(job.data, Path(job.path), Settings())) for job in jobs]


def test_readers_wait_for_more_files_under_other_limits_too() -> None:
    job = Job("a.txt", EXAMPLES[0].read_bytes())
    first = list(isolation.read([job], Settings()))
    waiting = list(isolation.Line.free)
    assert list(isolation.read([job], Settings(seconds=29))) == first
    assert isolation.Line.free == waiting


# What is said on the pipe --------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 2**64 - 1), st.binary(max_size=50))), st.integers(1, 40))
def test_messages_come_out_as_they_went_in(messages: list[tuple[int, bytes]], step: int) -> None:
    stream = b"".join(pack(number, body) for number, body in messages)
    frames = Frames()
    assert [one for at in range(0, len(stream), step) for one in frames.feed(stream[at : at + step])] == messages


def test_a_message_over_the_limit_is_refused_before_it_arrives() -> None:
    assert list(Frames(limit=3).feed(pack(1, b"abc"))) == [(1, b"abc")]
    with pytest.raises(TooLong):
        list(Frames(limit=3).feed(pack(1, b"abcd")[:16]))


@given(st.binary(max_size=100))
def test_whatever_a_reader_answers_is_an_error_unless_it_is_of_the_contract(noise: bytes) -> None:
    assert all(isinstance(one, UnreadableSource) for one in heard("a", noise))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", NO_ANSWER),
        (READ, NO_ANSWER),
        (READ + b"{}", NO_ANSWER),
        (READ + b'["a"]', NO_ANSWER),
        (READ + b'["a", "b\\n\\u001b[1mc"]', "b \x1b[1mc"),
        (UNREAD + b"\xff two\n lines", "\ufffd two lines"),
    ],
)
def test_an_answer_that_is_odd_is_one_line(answer: bytes, reason: str) -> None:
    [error] = heard("a", answer)
    assert isinstance(error, UnreadableSource)
    assert (error.path, error.reason) == ("a", reason)


def test_an_answer_holds_whatever_a_file_says() -> None:
    parts = (Expression(source=Source(path="a/b", sha256="", media_type="x"), lang="en", text="one\ntwo"), UnreadableSource("a/c", "no"))
    found = heard("a", told(lambda *_: iter(parts), Job("a", b""), HOW))
    assert (found[0], str(found[1])) == (parts[0], str(parts[1]))


# The command ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "environment", "reason"),
    [
        (["--memory", "1"], {}, "more than 1 MB of memory"),
        ([], {"CIRCULARS_MEMORY": "2000000"}, "more than 2 MB of memory"),
        ([], {"CIRCULARS_MAX_OUTPUT": "1000"}, "says more than 0.001 MB"),
        (["--no-isolate"], {"CIRCULARS_MAX_OUTPUT": "1000"}, "says more than 0.001 MB"),
    ],
)
@LINUX
def test_limits_are_set_by_flags_and_environment(options: list[str], environment: dict[str, str], reason: str) -> None:
    result = CliRunner().invoke(circulars, ["read", *options, str(EXAMPLES[0])], env=environment)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert reason in result.stderr


def test_the_limits_of_this_process_are_left_alone() -> None:
    names = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)
    before = [resource.getrlimit(name) for name in names]
    answers("one")
    assert [resource.getrlimit(name) for name in names] == before


def test_a_worker_that_is_killed_from_outside_is_replaced_and_its_file_read() -> None:
    before, said_of_it = descendants(), []
    reading = threading.Thread(target=lambda: said_of_it.extend(map(said, answers("rest"))))
    reading.start()
    fresh: set[int] = set()
    until = time.monotonic() + 30
    while len(fresh) < 2 and time.monotonic() < until:
        fresh = descendants() - before
    os.kill(max(fresh), signal.SIGKILL)  # the keeper is there before its worker
    reading.join(30)
    assert said_of_it == ["rested"]


def test_a_keeper_whose_program_is_gone_before_it_begins_ends_though_its_pipe_is_open() -> None:
    # It may be killed while the keeper's own Python starts; loading rules for nobody took seconds.
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    theirs, ours = os.pipe()
    back, outbox = os.pipe()
    arguments = json.dumps([theirs, outbox, "ingest.pipeline:parse", gone.pid, sys.path])
    keeper = subprocess.Popen([sys.executable, "-c", isolation.START, arguments], pass_fds=(theirs, outbox))
    try:
        assert keeper.wait(20) == 0
    finally:
        keeper.kill()
        for pipe in (theirs, ours, back, outbox):
            os.close(pipe)


@pytest.mark.parametrize("name", ["seconds", "memory", "max_bytes"])
def test_a_limit_that_no_system_can_count_is_refused_by_name(name: str) -> None:
    variable = f"CIRCULARS_{name.upper()}"
    with pytest.raises(CircularError, match=f"{variable}: expected a number of at most 15 digits"):
        settings({variable: "9" * 20})
    assert getattr(settings({variable: "9" * 15}), name) == 10**15 - 1


def test_a_pipe_and_a_device_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "waiting.txt")
    for path in (tmp_path / "waiting.txt", Path("/dev/zero")):
        with pytest.raises(UnreadableSource, match="is a pipe or a device; expected a file"):
            load(path, Settings())
