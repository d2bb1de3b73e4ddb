"""pdfium's functions called with addresses: several times faster than with a Python object for each pointer."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

ADDRESS = ctypes.c_void_p


def room(kind: type[Any], count: int) -> tuple[Any, tuple[int, ...]]:
    """Numbers for pdfium to write, and the address of each."""
    numbers = (kind * count)()
    begin = ctypes.addressof(numbers)
    return numbers, tuple(begin + index * ctypes.sizeof(kind) for index in range(count))


def address(handle: object) -> int:
    """Where the thing stands that one of pdfium's handles points to."""
    return ctypes.cast(handle, ADDRESS).value or 0  # type: ignore[arg-type]  # a handle is a pointer


def plain(function: object, *arguments: object, result: type[Any] = ctypes.c_int) -> Callable[..., int]:
    """A function of pdfium that takes addresses as numbers."""
    return ctypes.CFUNCTYPE(result, *arguments)(address(function))  # type: ignore[arg-type]
