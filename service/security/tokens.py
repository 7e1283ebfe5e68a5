"""Secrets given to browsers and what is derived from them. Only digests are stored: a secret has 256 random bits."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_token(session_token: str) -> str:
    """Belongs to this session (or to this visitor, before the login) and tells nothing of it.

    Double-submit cookie bound to the session (OWASP): whoever cannot read the HttpOnly cookie cannot make it, and it
    dies with the session.
    """
    return hmac.new(session_token.encode(), b"csrf", hashlib.sha256).hexdigest()


def is_csrf_token(given: str, session_token: str) -> bool:
    return bool(session_token) and hmac.compare_digest(given.encode(), csrf_token(session_token).encode())
