"""What costs seconds to make is made once for all workers of a run of the tests.

conftest.py makes a folder for the run and names it in CIRCULARS_ONCE; without it, as in the benchmarks, all is made as asked.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PLACE = "CIRCULARS_ONCE"


@contextmanager
def place() -> Iterator[None]:
    """A folder for what is made while this goes on, known to this process and to those that it starts."""
    with tempfile.TemporaryDirectory(prefix="circulars-once-") as folder:
        os.environ[PLACE] = folder
        yield
        del os.environ[PLACE]


def each(kind: str, sources: Sequence[str], make: Callable[[Sequence[str]], list[bytes]], at_once: int) -> list[bytes]:
    """What `make` makes of the sources, one for one, so many at once; `kind` tells the ways of making apart.

    Workers that want the same share the work: what another has in hand is left to it, and waited for at the end.
    """
    if PLACE not in os.environ:
        return make(sources)
    parts = [sources[first : first + at_once] for first in range(0, len(sources), at_once)]
    paths = [Path(os.environ[PLACE], hashlib.sha256(repr((kind, *part)).encode()).hexdigest()) for part in parts]
    for wait in (False, True):
        for part, path in zip(parts, paths, strict=True):
            with path.with_suffix(".lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
                except BlockingIOError:
                    continue
                if not path.exists():
                    path.with_suffix(".new").write_bytes(pickle.dumps(make(part)))
                    path.with_suffix(".new").rename(path)
    return [data for path in paths for data in pickle.loads(path.read_bytes())]
