"""Ctrl-C that is heard wherever it falls.

Python raises KeyboardInterrupt in whatever runs at that moment. Where that is a function that SQLite called, SQLite
drops it and tells of a failed function; where it is a finalizer, Python drops it and goes on. So the signal is noted
as well as raised, and who ends a command asks for the note.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def heard() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed inside, for whoever asks; where somebody else has taken the signal, it stays theirs."""
    pressed = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        pressed.set()
        signal.default_int_handler(number, frame)

    ours = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, note)
    try:
        yield pressed.is_set
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
