"""Records as JSON documents and back. What equals its default is left out, so that later fields need no migration."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from matcher.store.errors import RecordUnreadable

Record = TypeVar("Record")
_HALVES = re.compile("[\ud800-\udfff]")


class Codec(Generic[Record]):
    """Exact both ways for one dataclass of the domain, except that half characters (lone surrogates) become U+FFFD."""

    def __init__(self, kind: type[Record]) -> None:
        self._kind = kind.__name__
        self._adapter: TypeAdapter[Record] = TypeAdapter(kind)

    def fields(self, record: Record) -> dict[str, object]:
        """JSON values of everything that is not at its default."""
        fields: dict[str, object] = self._adapter.dump_python(record, mode="json", exclude_defaults=True)
        return fields

    def read(self, text: str) -> Record:
        """Raises RecordUnreadable."""
        try:
            return self._adapter.validate_json(text)
        except ValidationError as error:
            raise self._unreadable(error) from None

    def read_fields(self, fields: Mapping[str, object]) -> Record:
        """Raises RecordUnreadable."""
        try:
            return self._adapter.validate_python(fields)
        except ValidationError as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: ValidationError) -> RecordUnreadable:
        # Where, but not what: the value may be private.
        return RecordUnreadable(self._kind, ".".join(str(part) for part in error.errors()[0]["loc"]))


def to_json(fields: Mapping[str, object]) -> str:
    """One line of readable JSON."""
    return whole(json.dumps(fields, ensure_ascii=False))


def from_json(text: str) -> dict[str, object]:
    fields: dict[str, object] = json.loads(text)
    return fields


def whole(text: str) -> str:
    """Half characters (lone surrogates, which no database takes) replaced."""
    return _HALVES.sub("\ufffd", text)


def column_text(value: str | None) -> str | None:
    """A text as every database takes it in a column of its own: PostgreSQL refuses NUL too."""
    return value if value is None else whole(value).replace("\x00", "\ufffd")
