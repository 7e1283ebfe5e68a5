"""Probable duplicates of a whole database, found without holding it in memory."""

from __future__ import annotations

from collections.abc import Container, Iterator

from matcher.intake.duplicates import COMPARED, DuplicatePair, plain_name, probable_duplicates
from matcher.store import Store
from matcher.store.batches import batches

_NAMES_AT_ONCE = 100


def find_duplicates(store: Store, names: Container[str] | None = None) -> Iterator[DuplicatePair]:
    """Among everybody, or among the bearers of `names` (in the form of `plain_name`)."""
    for group in batches(_shared_names(store, names).values(), _NAMES_AT_ONCE):
        ids = [key for bearers in group for key in bearers]
        people = store.experts.get_many(ids, reveal=True)
        yield from probable_duplicates(people[key] for key in ids if key in people)


def _shared_names(store: Store, names: Container[str] | None) -> dict[str, list[str]]:
    """Names with several bearers -> their ids; only names are read."""
    met: set[str] = set()
    shared: dict[str, list[str]] = {}
    for _, name in store.experts.names():
        plain = plain_name(name)
        if plain in met:
            shared[plain] = []
        elif names is None or plain in names:
            met.add(plain)
    for key, name in store.experts.names():
        bearers = shared.get(plain_name(name))
        if bearers is not None and len(bearers) < COMPARED:
            bearers.append(key)
    return shared
