"""What holds for all tests."""

from __future__ import annotations

from contextlib import ExitStack

import once
import pytest
from hypothesis import settings

# A busy machine is no failure: how long an example takes is for the benchmarks.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    """What is made once for a run is kept by the process that starts the workers."""
    if not hasattr(config, "workerinput"):
        kept = ExitStack()
        kept.enter_context(once.place())
        config.add_cleanup(kept.close)
