"""`store.replies`: answers kept for a while, so that a request sent twice is carried out once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update

from matcher.store.access import Access
from matcher.store.errors import RequestKeyReused, RequestRunning
from matcher.store.staff_tables import replies

KEPT = timedelta(hours=24)
# A process that was killed never answers; its request may be sent anew after this.
_GIVEN_UP = timedelta(minutes=10)


class Reply(NamedTuple):
    """`answer` is the body as text; `headers` those that belong to it."""

    status: int
    answer: str
    headers: Mapping[str, str] = MappingProxyType({})


class Replies:
    def __init__(self, access: Access) -> None:
        self._access = access

    def begin(self, key: str, digest: str, now: datetime) -> Reply | None:
        """The answer given before; None where the caller is the first and has to `finish` or `drop`.

        Raises RequestKeyReused, RequestRunning.
        """
        with self._access.acting() as work:
            work.connection.execute(delete(replies).where(replies.c.begun < now - KEPT))
            row = work.connection.execute(select(replies).where(replies.c.key == key)).first()
            if row is not None and row.digest != digest:
                raise RequestKeyReused
            if row is not None and row.status is not None:
                return Reply(row.status, row.answer, json.loads(row.headers))
            if row is not None and now - row.begun < _GIVEN_UP:
                raise RequestRunning
            work.connection.execute(delete(replies).where(replies.c.key == key))
            work.connection.execute(insert(replies), {"key": key, "digest": digest, "begun": now})
            return None

    def finish(self, key: str, reply: Reply) -> None:
        with self._access.acting() as work:
            mine = update(replies).where(replies.c.key == key)
            headers = json.dumps(dict(reply.headers))
            work.connection.execute(mine.values(status=reply.status, answer=reply.answer, headers=headers))

    def drop(self, key: str) -> None:
        """Nothing came of it; the same key may try again."""
        with self._access.acting() as work:
            work.connection.execute(delete(replies).where(replies.c.key == key))
