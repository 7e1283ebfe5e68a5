"""A sentence for the next page, after a redirect. It travels in a cookie, signed for this session: no state here."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from enum import StrEnum

from fastapi import Request, Response

from service.cookies import read_token

_COOKIE = "matcher-flash"
_LONGEST = 600  # characters; a cookie holds 4096 bytes
_SECONDS = 60


class FlashKind(StrEnum):
    DONE = "success"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Flash:
    text: str
    kind: FlashKind = FlashKind.DONE


def set_flash(request: Request, response: Response, flash: Flash, token: str) -> None:
    """`token`: of the session that will show it."""
    said = json.dumps([flash.kind.value, flash.text[:_LONGEST]], ensure_ascii=False).encode()
    value = f"{base64.urlsafe_b64encode(said).decode()}.{_signature(token, said)}"
    secure = request.url.scheme == "https"
    response.set_cookie(_COOKIE, value, max_age=_SECONDS, path="/", httponly=True, samesite="strict", secure=secure)


def take_flash(request: Request) -> Flash | None:
    """What was said for this page; None where nothing was, or nothing that we signed for this session."""
    encoded, _, signature = request.cookies.get(_COOKIE, "").partition(".")
    try:
        said = base64.urlsafe_b64decode(encoded)
    except (binascii.Error, ValueError):
        return None
    if not said or not hmac.compare_digest(signature.encode(), _signature(read_token(request), said).encode()):
        return None
    kind, text = json.loads(said)
    return Flash(text, FlashKind(kind))


def drop_flash(request: Request, response: Response) -> None:
    if _COOKIE in request.cookies:
        response.delete_cookie(_COOKIE, path="/", httponly=True, samesite="strict")


def _signature(token: str, said: bytes) -> str:
    return hmac.new(token.encode(), b"flash" + said, hashlib.sha256).hexdigest()
