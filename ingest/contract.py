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


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(printed: type = Expression) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one line, or of what else is printed as one value of this type."""
    return {"$schema": DIALECT, **msgspec.json.schema(printed)}


def schema_of_list(*members: type) -> dict[str, Any]:
    """JSON Schema of an array in which each value is of one of these types."""
    shapes, named = msgspec.json.schema_components(members, ref_template="#/$defs/{name}")
    return {"$schema": DIALECT, "type": "array", "items": {"anyOf": list(shapes)}, "$defs": named}
