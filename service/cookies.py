"""The one cookie: HttpOnly, SameSite=Strict, Secure under TLS, gone with the browser.

A visitor has it too, so that the login form bears a CSRF token; the login then puts another in its place.
"""

from __future__ import annotations

from fastapi import Request, Response

_PLAIN = "matcher"
_UNDER_TLS = "__Host-matcher"  # the prefix lets no other host and no plain http set it


def read_token(request: Request) -> str:
    """What the browser brought, "" without a cookie; nothing says that it is anybody's."""
    return request.cookies.get(_name(request), "")


def set_token(request: Request, response: Response, token: str) -> None:
    secure = _is_secure(request)
    response.set_cookie(_name(request), token, path="/", httponly=True, samesite="strict", secure=secure)


def drop_token(request: Request, response: Response) -> None:
    secure = _is_secure(request)
    response.delete_cookie(_name(request), path="/", httponly=True, samesite="strict", secure=secure)


def _name(request: Request) -> str:
    return _UNDER_TLS if _is_secure(request) else _PLAIN


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
