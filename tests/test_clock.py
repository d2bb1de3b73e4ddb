"""A day is the one that it is in Hong Kong, wherever the machine stands."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb import clock
from kb.judged import Judged, in_words

KB = Path(clock.__file__).parent


@pytest.mark.parametrize(("moment", "day"), [
    ("2026-11-22T21:30:00Z", "2026-11-23"),  # 05:30 in Hong Kong
    ("2026-11-22T15:59:59Z", "2026-11-22"),
    ("2026-11-22T16:00:00Z", "2026-11-23"),
    ("2026-12-31T23:00:00Z", "2027-01-01"),
    ("", ""),
    (None, ""),
])  # fmt: skip
def test_a_moment_of_the_log_has_its_day_in_hong_kong(moment: str | None, day: str) -> None:
    assert clock.day_of(moment) == day


def test_a_decision_before_eight_in_the_morning_bears_the_day_of_hong_kong() -> None:
    one = Judged(
        check="dates", level="error", message="m", left=None, right=None,
        id="f-1", state="accepted", was="accepted", decided_by="Amy", decided_at="2026-11-22T21:30:00Z", why="known",
    )  # fmt: skip
    assert in_words(one) == "accepted: Amy, 2026-11-23, known"


@pytest.fixture(params=["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def there() -> date:
    """The day eight hours ahead of Greenwich, by the machine's own count of seconds."""
    return date(*time.gmtime(time.time() + 8 * 3600)[:3])


def test_today_does_not_depend_on_the_zone_of_the_machine(zone: str) -> None:
    before = there()
    assert before <= clock.today() <= there()


@pytest.mark.parametrize("path", sorted([*KB.rglob("*.py"), *KB.rglob("*.html")]), ids=lambda path: str(path.relative_to(KB)))
def test_nothing_else_makes_days_of_moments(path: Path) -> None:
    assert path.name == "clock.py" or not re.search(r"date\.today\(|_at[^\n]{0,8}\[:10\]|\bat\[:10\]", path.read_text("utf-8"))
