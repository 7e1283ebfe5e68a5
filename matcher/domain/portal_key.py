"""Keys with which other systems (portals) use the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class KeyScope(StrEnum):
    """What a key may be used for. No scope shows private fields: portals never see them."""

    READ_EXPERTS = "experts:read"
    WRITE_EXPERTS = "experts:write"
    READ_DEMANDS = "demands:read"
    WRITE_DEMANDS = "demands:write"
    MATCH = "matches:create"
    READ_RUNS = "runs:read"
    READ_PLANS = "plans:read"
    MAKE_PLANS = "plans:create"
    READ_MARKS = "marks:read"
    WRITE_MARKS = "marks:write"
    IMPORT = "imports:create"
    EXPORT = "exports:create"


@dataclass(frozen=True, slots=True)
class PortalKey:
    """`id` is the part that is shown; `per_minute` bounds the requests; without `expires` it holds until revoked."""

    id: str
    name: str
    scopes: tuple[KeyScope, ...]
    per_minute: int
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    last_used: datetime | None = None
