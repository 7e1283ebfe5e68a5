"""Accounts as an administrator keeps them; each act with its audit entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.domain.account import Account, Office, Role
from matcher.domain.audit import AuditAction
from matcher.reference.jurisdictions import Jurisdictions
from matcher.reference.regions import RegionLevel, Regions
from matcher.store.errors import AccountUnknown
from matcher.store.store import Store
from matcher.text.normalise import clean
from service.audit.origin import Clock, Origin, account_subject
from service.security.errors import FirstIsAdministrator, FullNameMissing, RegionUnknown, RoleNeeded
from service.security.names import as_typed, login_name
from service.security.password_rules import one_time_password
from service.security.passwords import Passwords

_LONGEST_NAME = 40


class Places:
    """The places of the province served that a scope can name."""

    def __init__(self, regions: Regions, jurisdictions: Jurisdictions, province: str) -> None:
        self._regions, self._jurisdictions, self._province = regions, jurisdictions, province

    def scope_of(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Codes, or the name of an office whose place has none. Raises RegionUnknown."""
        return tuple(dict.fromkeys(self._one(text) for text in texts))

    def names(self, scope: Sequence[str]) -> str:
        """The scope in words."""
        found = [self._regions.get(place) if place.isdecimal() else None for place in scope]
        words = [region.name if region else place for region, place in zip(found, scope, strict=True)]
        return "、".join(words) or "全省"

    def offered(self) -> list[tuple[str, str]]:
        """Every place that a scope can name: as it is stored, in words."""
        words = self._jurisdictions.names
        return list(zip(self.scope_of(words), words, strict=True))

    def _one(self, text: str) -> str:
        region = self._regions.find(text)
        if region and region.province_code == self._province and region.level is not RegionLevel.PROVINCE:
            return region.code or self._jurisdictions.of(region)
        raise RegionUnknown(text, "、".join(self._jurisdictions.names))


class AccountDesk:
    def __init__(self, store: Store, passwords: Passwords, places: Places, clock: Clock) -> None:
        self._store, self._passwords, self._places, self._clock = store, passwords, places, clock

    def add(
        self,
        name: str,
        full_name: str,
        role: Role | None,
        regions: Sequence[str],
        origin: Origin,
        office: Office | None = None,
    ) -> str:
        """The one-time password. The first account is an administrator's; `office` is the side it signs for.

        Raises LoginNameInvalid, FullNameMissing, RegionUnknown, RoleNeeded, FirstIsAdministrator, AccountExists.
        """
        now, password = self._clock(), one_time_password()
        places, full_name = self._places.scope_of(regions), _full_name(full_name)
        account = Account(login_name(name), full_name, self._role(role), now, places, office=office)
        note = origin.entry(now, AuditAction.ADD_ACCOUNT, account_subject(account.name), after=_described(account))
        self._store.accounts.add(account, self._passwords.hash(password), note=note)
        return password

    def assign(self, name: str, role: Role, regions: Sequence[str], origin: Origin, office: Office | None) -> None:
        """Another role, other places, another side to sign for.

        Raises AccountUnknown, RegionUnknown, LastAdministrator.
        """
        before = self._find(name)
        after = replace(before, role=role, regions=self._places.scope_of(regions), office=office)
        subject, told = account_subject(before.name), (_described(before), _described(after))
        note = origin.entry(self._clock(), AuditAction.CHANGE_ACCOUNT, subject, before=told[0], after=told[1])
        self._store.accounts.set_role(after, note=note)

    def set_disabled(self, name: str, disabled: bool, origin: Origin) -> None:
        """Ends the account's sessions when disabled. Raises AccountUnknown, LastAdministrator."""
        account = self._find(name)
        action = AuditAction.DISABLE_ACCOUNT if disabled else AuditAction.ENABLE_ACCOUNT
        before, after = {"disabled": account.disabled}, {"disabled": disabled}
        subject = account_subject(account.name)
        note = origin.entry(self._clock(), action, subject, before=before, after=after)
        self._store.accounts.set_disabled(account.name, disabled, note=note)

    def reset_password(self, name: str, origin: Origin) -> str:
        """A new one-time password; ends the account's sessions. Raises AccountUnknown."""
        account, now, password = self._find(name), self._clock(), one_time_password()
        note = origin.entry(now, AuditAction.RESET_PASSWORD, account_subject(account.name))
        self._store.accounts.set_password(account.name, self._passwords.hash(password), now, due=True, note=note)
        return password

    def unlock(self, name: str, origin: Origin) -> None:
        """Forgets failed logins. Raises AccountUnknown."""
        account = self._find(name)
        note = origin.entry(self._clock(), AuditAction.UNLOCK_ACCOUNT, account_subject(account.name))
        self._store.login_attempts.unlock(account.name, note=note)

    def _find(self, name: str) -> Account:
        found = self._store.accounts.find(as_typed(name))
        if found is None:
            raise AccountUnknown(name)
        return found.account

    def _role(self, role: Role | None) -> Role:
        if any(account.role is Role.ADMINISTRATOR for account in self._store.accounts.all()):
            if role is None:
                raise RoleNeeded("、".join(Role))
            return role
        if role not in (None, Role.ADMINISTRATOR):
            raise FirstIsAdministrator
        return Role.ADMINISTRATOR


def _full_name(text: str) -> str:
    name = " ".join(clean(text).split())
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise FullNameMissing
    return name


def _described(account: Account) -> dict[str, object]:
    office = account.office.value if account.office else None
    given = {"full_name": account.full_name, "role": account.role.value, "regions": list(account.regions)}
    return {**given, "office": office}
