"""`store.portal_keys`: keys of other systems; of the key itself only a digest is stored."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, insert, select, update

from matcher.domain.audit import AuditEntry
from matcher.domain.portal_key import KeyScope, PortalKey
from matcher.store.access import Access
from matcher.store.audit_chain import append
from matcher.store.errors import KeyUnknown
from matcher.store.staff_tables import portal_keys


class StoredKey(NamedTuple):
    key: PortalKey
    digest: str


class PortalKeys:
    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, key: PortalKey, digest: str, *, note: AuditEntry) -> None:
        row = {field: getattr(key, field) for field in PortalKey.__slots__}
        row |= {"scopes": json.dumps([scope.value for scope in key.scopes]), "digest": digest}
        with self._access.acting() as work:
            work.connection.execute(insert(portal_keys), row)
            append(work, note)

    def find(self, key_id: str) -> StoredKey | None:
        with self._access.reading() as work:
            row = work.connection.execute(select(portal_keys).where(portal_keys.c.id == key_id)).first()
        return StoredKey(_key_of(row), row.digest) if row else None

    def all(self) -> list[PortalKey]:
        """Oldest first."""
        ordered = select(portal_keys).order_by(portal_keys.c.created, portal_keys.c.id)
        with self._access.reading() as work:
            return [_key_of(row) for row in work.connection.execute(ordered)]

    def revoke(self, key_id: str, at: datetime, *, note: AuditEntry) -> None:
        """Raises KeyUnknown for a key that is not there or was revoked before."""
        living = (portal_keys.c.id == key_id) & portal_keys.c.revoked.is_(None)
        with self._access.acting() as work:
            if not work.connection.execute(update(portal_keys).where(living).values(revoked=at)).rowcount:
                raise KeyUnknown(key_id)
            append(work, note)

    def used(self, key_id: str, at: datetime) -> None:
        with self._access.acting() as work:
            work.connection.execute(update(portal_keys).where(portal_keys.c.id == key_id).values(last_used=at))


def _key_of(row: Row[Any]) -> PortalKey:
    return PortalKey(
        id=row.id,
        name=row.name,
        scopes=tuple(KeyScope(scope) for scope in json.loads(row.scopes)),
        per_minute=row.per_minute,
        created=row.created,
        expires=row.expires,
        revoked=row.revoked,
        last_used=row.last_used,
    )
