"""A cipher without cryptography, for tests: no secret, but as strict about keys and places as the real one."""

from __future__ import annotations

import hashlib
import uuid

from matcher.store.cipher import DataCipher, DataKey
from matcher.store.errors import MasterKeyWrong, SealedValueBroken


class FakeCipher:
    """Sealed values are the hex of place and text."""

    def __init__(self, name: str = "fake") -> None:
        self._name = name

    @property
    def key_check(self) -> str:
        return self._name

    def new_key(self) -> DataKey:
        return DataKey(uuid.uuid4().hex, f"v1.fake.{self._name}.")

    def unwrap(self, key: DataKey) -> DataCipher:
        if key.wrapped != f"v1.fake.{self._name}.":
            raise MasterKeyWrong
        return _FakeDataCipher(key.id)

    def digest(self, field: str, value: str) -> str:
        return hashlib.sha256(f"{self._name}{field}{value}".encode()).hexdigest()


class _FakeDataCipher:
    def __init__(self, key_id: str) -> None:
        self._prefix = f"v1.fake.{key_id}."

    def seal(self, value: str, place: str) -> str:
        return self._prefix + f"{place}\x1f{value}".encode().hex()

    def open(self, sealed: str, place: str) -> str:
        plain = bytes.fromhex(sealed.removeprefix(self._prefix)).decode() if sealed.startswith(self._prefix) else ""
        if not plain.startswith(f"{place}\x1f"):
            raise SealedValueBroken(place)
        return plain[len(place) + 1 :]
