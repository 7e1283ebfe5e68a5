"""Login and change of password. Every attempt does the same work and leaves the same traces, account or no account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from matcher.domain.account import Account
from matcher.domain.audit import AuditAction, Outcome
from matcher.errors import MatcherError
from matcher.store.accounts import StoredAccount
from matcher.store.store import Store
from service.audit.origin import Clock, Origin, account_subject
from service.security.errors import AccountClosed, LoginFailed, LoginLocked, PasswordRefused
from service.security.names import as_typed, is_login_name
from service.security.password_rules import PasswordRules
from service.security.passwords import Passwords
from service.security.rate import RateLimiter
from service.security.roles import StaffMember
from service.security.sessions import StaffSessions

_ONE_TIME_HOLDS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LoginPolicy:
    """`password_age` None: a password never grows too old."""

    failures: int
    lock_minutes: int
    per_minute: int
    password_age: timedelta | None

    @property
    def rest(self) -> timedelta:
        return timedelta(minutes=self.lock_minutes)


class Login:
    def __init__(
        self,
        store: Store,
        sessions: StaffSessions,
        passwords: Passwords,
        rules: PasswordRules,
        policy: LoginPolicy,
        limiter: RateLimiter,
        clock: Clock,
    ) -> None:
        self._store, self._sessions, self._passwords = store, sessions, passwords
        self._policy, self._limiter, self._clock = policy, limiter, clock
        self.rules = rules

    def log_in(self, name: str, password: str, origin: Origin, *, replaces: str) -> str:
        """The new session's token.

        Raises LoginFailed, LoginLocked, AccountClosed; TooManyRequests from one address.
        """
        self._limiter.take(f"login {origin.address}", self._policy.per_minute)
        typed = as_typed(name)
        admitted = self._admit(typed)
        found = self._store.accounts.find(typed if is_login_name(typed) else "")
        right = self._passwords.matches(password, found.password_hash if found else None)
        refusal = self._refusal(found, admitted=admitted, right=right)
        if refusal or not found:
            raise self._noted(refusal or LoginFailed(), typed, found, AuditAction.LOG_IN, origin)
        self._store.login_attempts.clear(typed)
        acting = Origin(found.account.name, origin.address, origin.request_id)
        return self._sessions.start(found.account.name, acting, replaces=replaces)

    def is_locked(self, name: str) -> bool:
        """Whether too many failures keep this name out just now."""
        policy = self._policy
        return self._store.login_attempts.locked(name, self._clock(), limit=policy.failures, rest=policy.rest)

    def change_password(
        self, member: StaffMember, current: str, new: str, repeated: str, origin: Origin, *, replaces: str
    ) -> str:
        """Ends all sessions of the account; the token of a fresh one. Raises PasswordRefused, LoginLocked."""
        name = member.account.name
        admitted = self._admit(name)
        found = self._store.accounts.find(name)
        right = self._passwords.matches(current, found.password_hash if found else None)
        if not admitted or not right:
            refusal = PasswordRefused(["当前密码不正确"]) if admitted else LoginLocked(self._policy.lock_minutes)
            raise self._noted(refusal, name, found, AuditAction.CHANGE_PASSWORD, origin)
        self._store.login_attempts.clear(name)
        self._check_new(name, current, new, repeated)
        now = self._clock()
        note = origin.entry(now, AuditAction.CHANGE_PASSWORD, account_subject(name))
        self._store.accounts.set_password(name, self._passwords.hash(new), now, due=False, note=note)
        return self._sessions.start(name, origin, replaces=replaces, reason="修改密码后重新登录")

    def password_change_due(self, account: Account) -> bool:
        """A one-time password, or one that has grown too old."""
        age = self._policy.password_age
        return account.password_due or (age is not None and self._clock() - account.password_set >= age)

    def _admit(self, name: str) -> bool:
        policy = self._policy
        return self._store.login_attempts.admit(name, self._clock(), limit=policy.failures, rest=policy.rest)

    def _refusal(self, found: StoredAccount | None, *, admitted: bool, right: bool) -> MatcherError | None:
        if not admitted:
            return LoginLocked(self._policy.lock_minutes)
        if not right or found is None:
            return LoginFailed()
        if found.account.disabled:
            return AccountClosed("账号已停用")
        if found.account.password_due and self._clock() - found.account.password_set >= _ONE_TIME_HOLDS:
            return AccountClosed(f"一次性密码已过 {_ONE_TIME_HOLDS.days} 天有效期")
        return None

    def _noted(
        self, refusal: MatcherError, name: str, found: StoredAccount | None, action: AuditAction, origin: Origin
    ) -> MatcherError:
        """Of a name that no account bears only a digest is kept: people type passwords there."""
        known = account_subject(found.account.name) if found else f"未知账号:{self._digest(name)}"
        outcome = Outcome.FAILED if isinstance(refusal, LoginFailed | PasswordRefused) else Outcome.REFUSED
        reason = str(refusal)
        self._store.audit.append(origin.entry(self._clock(), action, known, outcome=outcome, reason=reason))
        return refusal

    def _digest(self, name: str) -> str:
        return self._store.login_attempts.digest(name)[:12]

    def _check_new(self, name: str, current: str, new: str, repeated: str) -> None:
        complaints = self.rules.complaints(new, name)
        if new == current:
            complaints.append("新密码不能与当前密码相同")
        if new != repeated:
            complaints.append("两次输入的新密码不一致")
        if complaints:
            raise PasswordRefused(complaints)
