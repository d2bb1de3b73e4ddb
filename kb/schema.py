"""How facts lie in tables: one table for each kind of fact, one column for each field, made from the types themselves.

A span becomes `span_start` and `span_end`, a box its four sides, a tuple JSON; everything else keeps its name and value.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from ingest.model import (
    Amount,
    Block,
    Box,
    Contact,
    DateMention,
    Deadline,
    Definition,
    Duty,
    Event,
    Evidence,
    Expression,
    Reference,
    Span,
    Table,
    TimeMention,
    Unexplained,
    Value,
    Warn,
)

FACTS: Mapping[str, type[Value]] = {
    "dates": DateMention,
    "times": TimeMention,
    "deadlines": Deadline,
    "duties": Duty,
    "contacts": Contact,
    "references": Reference,
    "definitions": Definition,
    "amounts": Amount,
    "tables": Table,
    "events": Event,
    "blocks": Block,
    "unexplained": Unexplained,
    "warnings": Warn,
}
"""The tables of facts, by the field of an Expression that they hold."""

EVIDENCED = tuple(name for name, kind in FACTS.items() if issubclass(kind, Evidence))
"""The kinds of facts that have a quote of their own, in the order in which `circulars read` prints them."""

HEADER = tuple(name for name in Expression.__struct_fields__ if name not in {*FACTS, "schema", "source"})
"""The fields of an Expression that are columns of its own row."""


class Column(NamedTuple):
    """One field of a type and the columns that hold it; `decode` takes their values in order."""

    field: str
    names: tuple[str, ...]
    encode: Callable[[Any], tuple[Any, ...]]
    decode: Callable[[tuple[Any, ...]], Any]


@cache
def columns(kind: type[msgspec.Struct], fields: tuple[str, ...] | None = None) -> tuple[Column, ...]:
    """The columns of a type, in the order of its fields."""
    hints = get_type_hints(kind)
    return tuple(column(name, hints[name]) for name in fields or kind.__struct_fields__)


def column(field: str, hint: Any) -> Column:
    """The column or columns for one field, chosen by its type."""
    bare = without_none(hint)
    if bare == Span:
        return Column(field, ("span_start", "span_end"), parts(2), together)
    if bare == Box:
        return Column(field, ("x0", "top", "x1", "bottom"), parts(4), together)
    if get_origin(bare) is tuple:
        return Column(field, (field,), as_json, from_json)
    if bare is bool:
        return Column(field, (field,), alone, as_bool)
    if bare is Decimal:
        return Column(field, (field,), as_number, from_number)
    if bare is date:
        return Column(field, (field,), as_iso, first)
    return Column(field, (field,), alone, first)


def without_none(hint: Any) -> Any:
    """`X` for `X | None`."""
    if get_origin(hint) not in {Union, types.UnionType}:
        return hint
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    return kinds[0] if len(kinds) == 1 else hint


def parts(count: int) -> Callable[[Any], tuple[Any, ...]]:
    """A tuple laid out over `count` columns; none of them where it is None."""
    return lambda value: (None,) * count if value is None else tuple(value)


def together(values: tuple[Any, ...]) -> Any:
    return None if values[0] is None else values


def alone(value: Any) -> tuple[Any, ...]:
    return (value,)


def first(values: tuple[Any, ...]) -> Any:
    return values[0]


def as_bool(values: tuple[Any, ...]) -> bool | None:
    return None if values[0] is None else bool(values[0])


def as_iso(value: date | None) -> tuple[str | None]:
    return (None if value is None else value.isoformat(),)


def as_number(value: Decimal) -> tuple[str]:
    """As text, which a numeric column makes a number of; amounts have no more digits than it can keep."""
    return (str(value),)


def from_number(values: tuple[Any, ...]) -> Decimal:
    return Decimal(f"{Decimal(str(values[0])):f}")


def as_json(value: object) -> tuple[str]:
    return (msgspec.json.encode(value).decode(),)


def from_json(values: tuple[Any, ...]) -> Any:
    return msgspec.json.decode(values[0])


def names(kind: type[msgspec.Struct], fields: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """The names of a type's columns."""
    return tuple(name for column in columns(kind, fields) for name in column.names)


def to_row(value: msgspec.Struct, fields: tuple[str, ...] | None = None) -> tuple[Any, ...]:
    """A value as the row of its columns."""
    return tuple(cell for column in columns(type(value), fields) for cell in column.encode(getattr(value, column.field)))


def from_row(kind: type[msgspec.Struct], row: tuple[Any, ...], fields: tuple[str, ...] | None = None) -> dict[str, Any]:
    """The fields of a value from the row of its columns, as msgspec.convert takes them."""
    cells = iter(row)
    return {column.field: column.decode(tuple(next(cells) for _ in column.names)) for column in columns(kind, fields)}
