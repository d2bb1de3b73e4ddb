"""What can go wrong, as a small tree.

CircularError            anything that we raise on purpose; its message is one line for the user
├── UnreadableSource     this file cannot be read; the others go on
│   ├── Unrecognised     its bytes are of no format that is known
│   └── TimeUp           the time for it was up before anything of it was read
├── BadRule              a rule or house file is wrong: names the file and the key
└── BadDatabase          this database is not ours, is newer, or cannot be written
"""

from __future__ import annotations


class CircularError(Exception):
    """Anything that we raise on purpose; its message is one line for the user."""


class UnreadableSource(CircularError):
    """This file cannot be read: names the file, what was expected, and what stood there."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"{path}: {reason}")


class Unrecognised(UnreadableSource):
    """The bytes are of no format that is known; who knows all formats adds what was expected."""


class TimeUp(UnreadableSource):
    """Nothing was read of the file, or of a picture in it, before the time for it was up."""


class BadRule(CircularError):
    """A rule or house file is wrong: names the file and the key."""


class BadDatabase(CircularError):
    """This database is not ours, comes from a newer version, or cannot be written."""
