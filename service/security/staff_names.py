"""Whom a stored actor means, in words: people read names, not login names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from matcher.once import made_once
from matcher.store.store import Store

_AND = "、"
_OTHERS = {"密钥": "门户", "命令行": "命令行"}


class StaffNames:
    """Of one request: accounts are read once, and only where a page names somebody."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: str) -> str:
        """Full names for login names, with the login name where two people are called alike; what is no account of
        ours stays as it is. Several, as of two signatures, are joined by 、."""
        return _AND.join(map(self._one, actor.split(_AND)))

    def login(self, text: str) -> str:
        """The login name of the only person called so; else the text itself."""
        found = [login for login, name in self._full.items() if name == text]
        return found[0] if len(found) == 1 else text

    def _one(self, actor: str) -> str:
        kind, colon, rest = actor.partition(":")
        if colon and kind in _OTHERS:
            return f"{_OTHERS[kind]}（{self._keys.get(rest, rest)}）"
        name = self._full.get(actor, actor)
        return f"{name}（{actor}）" if self._bearers[name] > 1 else name

    @made_once
    def _full(self) -> Mapping[str, str]:
        return {account.name: account.full_name for account in self._store.accounts.all()}

    @made_once
    def _bearers(self) -> Mapping[str, int]:
        return Counter(self._full.values())

    @made_once
    def _keys(self) -> Mapping[str, str]:
        return {key.id: key.name for key in self._store.portal_keys.all()}
