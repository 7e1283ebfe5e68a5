"""Server-side sessions: a fresh token at every login, ended by idleness, age, logout, password change or disabling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.domain.account import Session
from matcher.domain.audit import AuditAction
from matcher.store.store import Store
from service.audit.origin import Clock, Origin, account_subject
from service.security.roles import StaffMember
from service.security.tokens import new_token, token_digest

_KEPT_TO = timedelta(minutes=1)
_KEPT_SHARE = 10  # of a short idle time a tenth


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """A session ends `idle` after its last request, and `longest` after its login in any case."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Presence:
    """Whoever is logged in, and when the session `ends` in any case."""

    member: StaffMember
    ends: datetime


class StaffSessions:
    def __init__(self, store: Store, times: SessionTimes, clock: Clock) -> None:
        self._store, self._times, self._clock = store, times, clock

    @property
    def idle(self) -> timedelta:
        return self._times.idle

    @property
    def kept_to(self) -> timedelta:
        """How exactly the last request is known: a session may end as much earlier."""
        return min(_KEPT_TO, self._times.idle / _KEPT_SHARE)

    def start(self, account: str, origin: Origin, *, replaces: str, reason: str = "") -> str:
        """The new session's token. `replaces` is what the browser's cookie held: whatever it was, it is no longer."""
        token, now = new_token(), self._clock()
        self._store.sessions.start(
            Session(token_digest(token), account, started=now, seen=now),
            replaces=token_digest(replaces),
            started_after=now - self._times.longest,
            note=origin.entry(now, AuditAction.LOG_IN, account_subject(account), reason=reason),
        )
        return token

    def find(self, token: str, origin: Origin) -> Presence | None:
        """Who is logged in with this token; a session past its time is ended."""
        found = self._store.sessions.find(token_digest(token)) if token else None
        if found is None or found.account.disabled:
            return None
        now = self._clock()
        if self._is_over(found.session, now):
            subject = account_subject(found.account.name)
            note = Origin(found.account.name, origin.address, origin.request_id)
            self._store.sessions.end(found.session.digest, note=note.entry(now, AuditAction.TIME_OUT, subject))
            return None
        if now - found.session.seen >= self.kept_to:
            self._store.sessions.touch(found.session.digest, now)
        return Presence(StaffMember(found.account), found.session.started + self._times.longest)

    def end(self, token: str, member: StaffMember, origin: Origin) -> None:
        note = origin.entry(self._clock(), AuditAction.LOG_OUT, account_subject(member.account.name))
        self._store.sessions.end(token_digest(token), note=note)

    def _is_over(self, session: Session, now: datetime) -> bool:
        return now - session.seen >= self._times.idle or now - session.started >= self._times.longest
