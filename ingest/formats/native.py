"""pdfium's functions, called as cheaply as ctypes can: by pointers that are made once, without a check or a copy of any argument.

A function that is told the types of its arguments converts each of them at every call, which takes longer than pdfium
does. So it is told none: numbers go as C integers, and everything else is a pointer that ctypes takes as it is.
pdfium serves one thread at a time, so the lock of the interpreter is not given up for a call.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any


class Handle(ctypes.c_void_p):
    """A thing of pdfium's, to be handed to its other functions."""


def room(kind: type[Any], count: int, every: int = 1) -> tuple[Any, tuple[Any, ...]]:
    """Numbers for pdfium to write, and a pointer to each, or to one of so many."""
    numbers = (kind * count)()
    size = ctypes.sizeof(kind)
    return numbers, tuple([ctypes.byref(numbers, place) for place in range(0, count * size, every * size)])


def handle(thing: object) -> Handle:
    """One of pdfium's handles, whatever the type of its pointer."""
    return ctypes.cast(thing, Handle)  # type: ignore[arg-type]  # a handle is a pointer


def plain(function: object, result: type[Any] | None = ctypes.c_int) -> Callable[..., Any]:
    """A function of pdfium that takes integers up to `int`, pointers and handles, and asks nothing about them."""
    return ctypes.PYFUNCTYPE(result)(handle(function).value or 0)
