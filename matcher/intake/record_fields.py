"""Puts values that go by field paths ("enterprise.name") into the domain's frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

Record = TypeVar("Record")


def updated(record: Record, values: Mapping[str, object]) -> Record:
    """The record with the values of those paths that it has; other keys are left aside."""
    names = {field.name for field in fields(record)}  # type: ignore[arg-type]
    direct: dict[str, Any] = {name: value for name, value in values.items() if name in names}
    nested: dict[str, dict[str, object]] = {}
    for path, value in values.items():
        head, dot, rest = path.partition(".")
        if dot and head in names:
            nested.setdefault(head, {})[rest] = value
    for head, parts in nested.items():
        direct[head] = updated(getattr(record, head), parts)
    return replace(record, **direct)  # type: ignore[type-var]


def value_at(record: object, path: str) -> object:
    """The value under a path.

    >>> value_at(3 + 4j, "real")
    3.0
    """
    for name in path.split("."):
        record = getattr(record, name)
    return record
