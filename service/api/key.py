"""What a portal's key is good for: the first thing an integrator asks."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from matcher.domain.portal_key import KeyScope
from service.doors import PortalDoor

ROUTES = APIRouter(prefix="/api/v1/key", tags=["key"])


class KeyReport(BaseModel):
    """密钥的用途。The key that the request was made with."""

    id: str = Field(description="shown part of the key", examples=["3f9a0c1e"])
    name: str = Field(description="whose it is", examples=["省科协门户"])
    scopes: tuple[KeyScope, ...]
    requests_per_minute: int
    expires: datetime | None = Field(description="null: holds until it is revoked")


@ROUTES.get("", operation_id="getKey", summary="本密钥 The key in use")
def get_key(key: PortalDoor) -> KeyReport:
    """使用范围、每分钟次数上限、到期时间。Scopes, rate and expiry."""
    return KeyReport(
        id=key.id, name=key.name, scopes=key.scopes, requests_per_minute=key.per_minute, expires=key.expires
    )
