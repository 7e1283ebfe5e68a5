"""The one door to `cryptography`: seals private values and makes keyed hashes for looking them up.

A sealed value reads `v1.<algorithm>.<key id>.<base64 of nonce and ciphertext>`, so that SM4 can stand beside AES-GCM.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from matcher.store.errors import MasterKeyMalformed, MasterKeyWrong, SealedValueBroken

_KEY_BYTES = 32
_NONCE_BYTES = 12
_PREFIX = "v1.aesgcm"


@dataclass(frozen=True, slots=True)
class DataKey:
    """A person's own key as it is stored: `wrapped` is sealed by the master key."""

    id: str
    wrapped: str


class DataCipher(Protocol):
    """Seals one person's values. `place` names row and field; a value opens only at the place it was sealed for."""

    def seal(self, value: str, place: str) -> str: ...

    def open(self, sealed: str, place: str) -> str:
        """Raises SealedValueBroken for a changed or moved value."""


class FieldCipher(Protocol):
    """Keeps the master key: makes, wraps and unwraps data keys."""

    @property
    def key_check(self) -> str:
        """Names the master key without giving it away; stored in the database."""

    def new_key(self) -> DataKey: ...

    def unwrap(self, key: DataKey) -> DataCipher:
        """Raises MasterKeyWrong when the key was wrapped by another master key."""

    def digest(self, field: str, value: str) -> str:
        """Keyed hash of a value, equal for equal values of the same field."""


def key_id_of(sealed: str) -> str:
    """The id of the data key that a sealed value names."""
    parts = sealed.split(".", 3)
    return parts[2] if len(parts) == 4 else ""


class AesGcmCipher:
    """AES-256-GCM throughout; `master_key` is 32 bytes. Raises MasterKeyMalformed for another length."""

    def __init__(self, master_key: bytes) -> None:
        if len(master_key) != _KEY_BYTES:
            raise MasterKeyMalformed("AesGcmCipher")
        self._lookup = _derived(master_key, b"lookup")
        self._check = _derived(master_key, b"check").hex()[:16]
        self._wrapping = _AesGcmDataCipher(self._check, _derived(master_key, b"wrap"))

    @property
    def key_check(self) -> str:
        return self._check

    def new_key(self) -> DataKey:
        key_id = os.urandom(8).hex()
        secret = base64.b64encode(os.urandom(_KEY_BYTES)).decode()
        return DataKey(key_id, self._wrapping.seal(secret, key_id))

    def unwrap(self, key: DataKey) -> DataCipher:
        if key_id_of(key.wrapped) != self._check:
            raise MasterKeyWrong
        return _AesGcmDataCipher(key.id, base64.b64decode(self._wrapping.open(key.wrapped, key.id)))

    def digest(self, field: str, value: str) -> str:
        return hmac.new(self._lookup, f"{field}\x1f{value}".encode(), hashlib.sha256).hexdigest()


class _AesGcmDataCipher:
    def __init__(self, key_id: str, key: bytes) -> None:
        self._prefix = f"{_PREFIX}.{key_id}."
        self._aead = AESGCM(key)

    def seal(self, value: str, place: str) -> str:
        nonce = os.urandom(_NONCE_BYTES)
        cipher_text = self._aead.encrypt(nonce, value.encode(), place.encode())
        return self._prefix + base64.b64encode(nonce + cipher_text).decode()

    def open(self, sealed: str, place: str) -> str:
        if not sealed.startswith(self._prefix):
            raise SealedValueBroken(place)
        try:
            raw = base64.b64decode(sealed[len(self._prefix) :], validate=True)
            return self._aead.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise SealedValueBroken(place) from error


def _derived(master_key: bytes, purpose: bytes) -> bytes:
    return hmac.new(master_key, b"matcher:" + purpose, hashlib.sha256).digest()
