"""Where a page ended: sort, direction, value and id of its last record, so that insertions move nothing.

It is checked, not signed: a made-up one can only name another place of a list that its reader may see anyway.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from matcher.catalogue.errors import CursorInvalid
from matcher.catalogue.query import SortValue

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Position:
    """`order` is the sort as it was asked for."""

    order: str
    value: SortValue
    id: str


def write_cursor(position: Position) -> str:
    text = json.dumps([position.order, position.value, position.id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def read_cursor(cursor: str, order: str, kind: type[str] | type[int]) -> Position:
    """`kind` is what the sort's values are. Raises CursorInvalid."""
    try:
        if len(cursor) > _LONGEST:
            raise ValueError
        padded = cursor + "=" * (-len(cursor) % 4)
        given = json.loads(base64.b64decode(padded, altchars="-_", validate=True).decode("utf-8", "surrogatepass"))
        written, value, id = given
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise CursorInvalid from None
    if written != order or not isinstance(id, str) or not (value is None or type(value) is kind):
        raise CursorInvalid
    return Position(order, value, id)
