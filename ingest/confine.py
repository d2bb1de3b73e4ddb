"""What a process that parses untrusted files may not do: each measure with what it holds against, and where.

| measure | holds | where |
|---|---|---|
| RLIMIT_AS | address space | Linux; macOS ignores it, there the wall clock has to do |
| RLIMIT_CPU | processor time, should nobody be left to look at the clock | Linux, macOS |
| RLIMIT_CORE, RLIMIT_FSIZE | no core dump, no byte into a file (pipes are not files) | Linux, macOS |
| network namespace | no network at all, for every program | Linux, where the system permits it |
| Landlock | no file made, changed or removed, no TCP; for every program | Linux 5.13, TCP since 6.7 |
| audit hook | no socket, no file opened to write or removed | anywhere, but Python code only: no wall against native code |

Reading files is not forbidden: Python itself, time zones and models of OCR are read on demand.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_VERSION, LANDLOCK_PATH = 1, 1
WRITE_FILE, TRUNCATE = 1 << 1, 1 << 14
CHANGES = WRITE_FILE | sum(1 << bit for bit in range(4, 13))  # write; remove folders and files; make anything
TCP, SCOPES = 0b11, 0b11  # bind and connect; abstract sockets and signals outside

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGING = frozenset(
    f"os.{name}"
    for name in ("chmod", "chown", "link", "mkdir", "remove", "removexattr", "rename", "rmdir", "setxattr", "symlink", "truncate", "utime")
)
MIB_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024


def leave_network() -> None:
    """Go where there is no network, if the system lets us; processes forked later are there too. Needs a single thread."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(CLONE_NEWNET):
            libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def confine(memory: int) -> None:
    """Take from this process, for good, what it does not need. `memory` is in bytes of address space."""
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_FSIZE, 0)
    if sys.platform == "linux":
        lower(resource.RLIMIT_AS, memory)
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        landlock(libc)
    sys.addaudithook(refuse)


def lower(limit: int, value: int) -> None:
    """A limit, soft and hard; one that is lower already stays."""
    _, hard = resource.getrlimit(limit)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (value, value))


def allow_seconds(seconds: int) -> None:
    """So much processor time more on each core from now; the system ends what takes longer."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + seconds * (os.cpu_count() or 1) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def address_space() -> int:
    """How much of its limit this process takes up, in bytes; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()


def peak() -> int:
    """The most memory that this process has held at a time, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MIB_OF_MAXRSS


def landlock(libc: ctypes.CDLL) -> None:
    """No change of any file except `/dev/null`, no TCP, no signal to others; nothing where the kernel does not know of it."""
    version = libc.syscall(LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), LANDLOCK_VERSION)
    if version < 1:
        return
    attributes = (CHANGES | (TRUNCATE if version >= 3 else 0), TCP if version >= 4 else 0, SCOPES if version >= 6 else 0)
    known = (ctypes.c_uint64 * 3)(*attributes)
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = libc.syscall(LANDLOCK_CREATE_RULESET, known, ctypes.c_size_t(size), 0)
    if rules < 0:
        return
    nowhere = os.open(os.devnull, os.O_PATH)
    beneath = ctypes.create_string_buffer(WRITE_FILE.to_bytes(8, sys.byteorder) + nowhere.to_bytes(4, sys.byteorder), 12)
    libc.syscall(LANDLOCK_ADD_RULE, rules, LANDLOCK_PATH, beneath, 0)
    libc.syscall(LANDLOCK_RESTRICT_SELF, rules, 0)
    os.close(nowhere)
    os.close(rules)


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook against sockets and changes of files."""
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & WRITES and not isinstance(path, int) and path != os.devnull:
            raise PermissionError(f"no file is written while a circular is read: {path!r}")
    elif event.startswith("socket."):
        raise PermissionError(f"no network while a circular is read: {event}")
    elif event in CHANGING:
        raise PermissionError(f"no file is changed while a circular is read: {event}")
