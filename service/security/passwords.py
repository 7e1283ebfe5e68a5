"""The one door to argon2: hashes passwords and checks them, with the same work whether or not there is an account."""

from __future__ import annotations

import secrets
import unicodedata
from threading import BoundedSemaphore
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Each check takes 64 MiB and, on purpose, tens of milliseconds: a flood of logins must not take the machine.
_AT_ONCE = 2


class Passwords(Protocol):
    def hash(self, password: str) -> str: ...

    def matches(self, password: str, password_hash: str | None) -> bool:
        """False, after the same work, for a None (there is no such account)."""


class Argon2Passwords:
    """Argon2id with the library's parameters (RFC 9106, low memory) unless another hasher is given."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._room = BoundedSemaphore(_AT_ONCE)
        self._decoy = self.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        with self._room:
            return self._hasher.hash(_normal(password))

    def matches(self, password: str, password_hash: str | None) -> bool:
        with self._room:
            try:
                self._hasher.verify(password_hash or self._decoy, _normal(password))
            except (VerificationError, InvalidHashError):
                return False
        return password_hash is not None


def _normal(password: str) -> bytes:
    """Whichever way an input method composes characters, it is the same password."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
