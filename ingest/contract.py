"""The fixed output: an expression as one JSON line, and the JSON Schema of that line."""

from __future__ import annotations

from typing import Any

import msgspec

from ingest.model import Expression

_ENCODER = msgspec.json.Encoder()


def line(expression: Expression) -> bytes:
    """One JSON object in UTF-8, without the line end."""
    return _ENCODER.encode(expression)


def parse(data: bytes | str) -> Expression:
    """The expression that `line` wrote."""
    return msgspec.json.decode(data, type=Expression)


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one line."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Expression)}
