"""Portal keys: `mk_<id>_<secret>`. The id is shown, the secret only once; stored is its digest."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta

from matcher.domain.audit import AuditAction, Outcome
from matcher.domain.portal_key import KeyScope, PortalKey
from matcher.store.store import Store
from service.audit.origin import Clock, Origin, key_subject
from service.security.errors import KeyRefused
from service.security.rate import RateLimiter
from service.security.tokens import new_token, token_digest

_FORM = re.compile(r"mk_([0-9a-f]{8})_([\w-]{43})", re.ASCII)
_KEPT_TO = timedelta(minutes=1)


class PortalKeyDesk:
    """`limiter` counts requests of each key."""

    def __init__(self, store: Store, limiter: RateLimiter, clock: Clock) -> None:
        self._store, self._limiter, self._clock = store, limiter, clock

    def add(self, name: str, scopes: Sequence[KeyScope], per_minute: int, days: int | None, origin: Origin) -> str:
        """The key itself; without `days` it holds until revoked."""
        now, secret = self._clock(), new_token()
        expires = None if days is None else now + timedelta(days=days)
        wanted = tuple(dict.fromkeys(scopes))
        key = PortalKey(secrets.token_hex(4), name, wanted, per_minute, created=now, expires=expires)
        after = {"name": name, "scopes": [scope.value for scope in wanted], "per_minute": per_minute}
        after |= {"expires": expires.isoformat() if expires else None}
        note = origin.entry(now, AuditAction.ADD_KEY, key_subject(key.id), after=after)
        self._store.portal_keys.add(key, token_digest(secret), note=note)
        return f"mk_{key.id}_{secret}"

    def revoke(self, key_id: str, origin: Origin) -> None:
        """Raises KeyUnknown."""
        now = self._clock()
        note = origin.entry(now, AuditAction.REVOKE_KEY, key_subject(key_id))
        self._store.portal_keys.revoke(key_id, now, note=note)

    def check(self, text: str, origin: Origin) -> PortalKey:
        """The key of a request. Raises KeyRefused, TooManyRequests."""
        key, now = self._genuine(text), self._clock()
        self._limiter.take(f"key {key.id}", key.per_minute)
        expired = key.expires is not None and now >= key.expires
        if key.revoked or expired:
            refusal = KeyRefused("密钥已吊销" if key.revoked else "密钥已过有效期")
            subject, reason = key_subject(key.id), str(refusal)
            acting = Origin(subject, origin.address, origin.request_id)
            entry = acting.entry(now, AuditAction.USE_KEY, subject, outcome=Outcome.REFUSED, reason=reason)
            self._store.audit.append(entry)
            raise refusal
        if key.last_used is None or now - key.last_used >= _KEPT_TO:
            self._store.portal_keys.used(key.id, now)
        return key

    def _genuine(self, text: str) -> PortalKey:
        parts = _FORM.fullmatch(text)
        found = self._store.portal_keys.find(parts[1]) if parts else None
        if parts is None or found is None or not hmac.compare_digest(found.digest, token_digest(parts[2])):
            raise KeyRefused
        return found.key
