"""Whether work grows in proportion to what is given to it, asked so that a busy machine decides nothing."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 8
SLACK = 2.5  # what grows with the square of its input takes 64 times as long for eight times of it, so 20 times is far from both
ROUNDS = 6
LEAST = 0.01  # seconds; below them it is the clock that is measured


def seconds(work: Callable[[int], object], size: int) -> float:
    """Processor time of one call; the collector of garbage waits meanwhile."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work(size)
        return time.process_time() - start
    finally:
        gc.enable()


def grows_in_proportion(work: Callable[[int], object], size: int) -> bool:
    """Whether eight times the size takes about eight times as long: the best of several rounds, ended by the first that says so."""
    small = large = float("inf")
    for _ in range(ROUNDS):
        small = min(small, seconds(work, size))
        large = min(large, seconds(work, TIMES * size))
        if large < TIMES * SLACK * max(small, LEAST):
            return True
    return False
