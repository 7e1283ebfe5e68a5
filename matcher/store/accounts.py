"""`store.accounts`: members of staff. Every change takes the audit entry that goes with it, in one transaction."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, insert, select, update

from matcher.domain.account import Account, Office, Role
from matcher.domain.audit import AuditEntry
from matcher.store.access import Access, Reading
from matcher.store.audit_chain import append
from matcher.store.errors import AccountExists, AccountUnknown, LastAdministrator
from matcher.store.staff_tables import accounts, sessions


class StoredAccount(NamedTuple):
    account: Account
    password_hash: str


class Accounts:
    """A change of password and a disabling end all sessions of the account."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, account: Account, password_hash: str, *, note: AuditEntry) -> None:
        """Raises AccountExists."""
        with self._access.acting() as work:
            if work.connection.scalar(select(accounts.c.name).where(accounts.c.name == account.name)):
                raise AccountExists(account.name)
            row = {field: getattr(account, field) for field in Account.__slots__}
            row |= {"office": account.office.value if account.office else None}
            row |= {"role": account.role.value, "regions": json.dumps(account.regions, ensure_ascii=False)}
            work.connection.execute(insert(accounts), {**row, "password_hash": password_hash})
            append(work, note)

    def find(self, name: str) -> StoredAccount | None:
        with self._access.reading() as work:
            row = work.connection.execute(select(accounts).where(accounts.c.name == name)).first()
        return StoredAccount(account_of(row), row.password_hash) if row else None

    def all(self) -> list[Account]:
        """In order of names."""
        with self._access.reading() as work:
            return [account_of(row) for row in work.connection.execute(select(accounts).order_by(accounts.c.name))]

    def set_password(self, name: str, password_hash: str, at: datetime, *, due: bool, note: AuditEntry) -> None:
        """Raises AccountUnknown."""
        changed = {"password_hash": password_hash, "password_set": at, "password_due": due}
        self._change(name, changed, note, ends_sessions=True)

    def set_role(self, account: Account, *, note: AuditEntry) -> None:
        """Role, places and office as given, from the next request on. Raises AccountUnknown, LastAdministrator."""
        values: dict[str, object] = {
            "role": account.role.value,
            "regions": json.dumps(list(account.regions), ensure_ascii=False),
            "office": account.office.value if account.office else None,
        }
        self._change(account.name, values, note, ends_sessions=False)

    def set_disabled(self, name: str, disabled: bool, *, note: AuditEntry) -> None:
        """Raises AccountUnknown, LastAdministrator."""
        self._change(name, {"disabled": disabled}, note, ends_sessions=disabled)

    def _change(self, name: str, values: dict[str, object], note: AuditEntry, *, ends_sessions: bool) -> None:
        with self._access.acting() as work:
            administered = _is_administered(work)
            if not work.connection.execute(update(accounts).where(accounts.c.name == name).values(values)).rowcount:
                raise AccountUnknown(name)
            if administered and not _is_administered(work):
                raise LastAdministrator(name)
            if ends_sessions:
                _end_sessions(work, name)
            append(work, note)


def account_of(row: Row[Any]) -> Account:
    """The account in a row that holds its columns."""
    return Account(
        name=row.name,
        full_name=row.full_name,
        role=Role(row.role),
        password_set=row.password_set,
        regions=tuple(json.loads(row.regions)),
        password_due=row.password_due,
        disabled=row.disabled,
        last_login=row.last_login,
        office=Office(row.office) if row.office else None,
    )


def _is_administered(work: Reading) -> bool:
    """Whether anybody can make accounts. Asked in the transaction: two administrators may bar each other at once."""
    living = (accounts.c.role == Role.ADMINISTRATOR.value) & ~accounts.c.disabled
    return work.connection.scalar(select(accounts.c.name).where(living).limit(1)) is not None


def _end_sessions(work: Reading, name: str) -> None:
    work.connection.execute(delete(sessions).where(sessions.c.account == name))
