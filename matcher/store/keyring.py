"""The data keys of people, as one transaction sees them: everyone's private values have a key of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from matcher.store.batches import batches
from matcher.store.cipher import DataCipher, DataKey, FieldCipher, key_id_of
from matcher.store.codec import whole
from matcher.store.errors import SealedValueBroken
from matcher.store.tables import person_keys

_BATCH = 1000


class OwnerKind(StrEnum):
    EXPERT = "expert"
    DEMAND = "demand"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose key: an expert's, that of the contact person of a demand, or a topic's own (its history)."""

    kind: OwnerKind
    id: str


class Keyring:
    """Loads keys in bulk and keeps them for the length of one transaction."""

    def __init__(self, connection: Connection, cipher: FieldCipher) -> None:
        self._connection = connection
        self.cipher = cipher
        self._by_id: dict[str, DataCipher] = {}
        self._by_owner: dict[Owner, DataCipher] = {}

    def provide(self, owners: Iterable[Owner]) -> None:
        """Loads the owners' keys and makes those that are missing."""
        wanted = list(dict.fromkeys(owner for owner in owners if owner not in self._by_owner))
        for kind in OwnerKind:
            for batch in batches((owner.id for owner in wanted if owner.kind is kind), _BATCH):
                self._load((person_keys.c.owner_kind == kind.value) & person_keys.c.owner_id.in_(batch))
        self._make([owner for owner in wanted if owner not in self._by_owner])

    def load_named_by(self, sealed: Iterable[str]) -> None:
        """Loads the keys that sealed values name; a destroyed key is passed over."""
        names = {key_id_of(value) for value in sealed} - self._by_id.keys()
        for batch in batches(sorted(names), _BATCH):
            self._load(person_keys.c.id.in_(batch))

    def seal(self, owner: Owner, value: str, place: str) -> str:
        return self._by_owner[owner].seal(whole(value), place)

    def open(self, sealed: str, place: str) -> str | None:
        """None when the key was destroyed. Raises SealedValueBroken for a value that was tampered with."""
        cipher = self._by_id.get(key_id_of(sealed))
        return None if cipher is None else cipher.open(sealed, place)

    def seal_fields(self, owner: Owner, fields: Mapping[str, str], row: str) -> dict[str, str]:
        """Blank values stay away: their absence is no secret."""
        return {name: self.seal(owner, value, f"{row}/{name}") for name, value in fields.items() if value}

    def open_fields(self, sealed: Mapping[str, str], row: str) -> dict[str, str]:
        """Of a living record, so a missing key raises SealedValueBroken."""
        opened = {name: self.open(value, f"{row}/{name}") for name, value in sealed.items()}
        if None in opened.values():
            raise SealedValueBroken(row)
        return {name: value for name, value in opened.items() if value is not None}

    def destroy(self, kind: OwnerKind, ids: Iterable[str]) -> None:
        """What was sealed with these keys can never be read again."""
        self._connection.execute(delete(person_keys).where(_of(kind, ids)))
        self._by_owner.clear()
        self._by_id.clear()

    def hand_over(self, kind: OwnerKind, old: str, new: str) -> None:
        """`new` answers for what was sealed as `old`; nothing more is sealed with those keys."""
        self._connection.execute(update(person_keys).where(_of(kind, [old])).values(owner_id=new, retired=True))
        self._by_owner.pop(Owner(kind, old), None)

    def _load(self, condition: ColumnElement[bool]) -> None:
        for row in self._connection.execute(select(person_keys).where(condition)):
            if row.id not in self._by_id:
                self._by_id[row.id] = self.cipher.unwrap(DataKey(row.id, row.wrapped))
            if not row.retired:
                self._by_owner[Owner(OwnerKind(row.owner_kind), row.owner_id)] = self._by_id[row.id]

    def _make(self, owners: list[Owner]) -> None:
        keys = [self.cipher.new_key() for _ in owners]
        rows = [
            {
                "id": key.id,
                "owner_kind": owner.kind.value,
                "owner_id": owner.id,
                "wrapped": key.wrapped,
                "retired": False,
            }
            for owner, key in zip(owners, keys, strict=True)
        ]
        if rows:
            self._connection.execute(insert(person_keys), rows)
        for owner, key in zip(owners, keys, strict=True):
            self._by_owner[owner] = self._by_id[key.id] = self.cipher.unwrap(key)


def _of(kind: OwnerKind, ids: Iterable[str]) -> ColumnElement[bool]:
    return (person_keys.c.owner_kind == kind.value) & person_keys.c.owner_id.in_(list(ids))
