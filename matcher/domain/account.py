"""Staff accounts and their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is there for; what each role may do stands in `service/security/roles.py`."""

    ADMINISTRATOR = "系统管理员"
    AUDITOR = "审计员"
    MANAGER = "业务管理员"
    OFFICER = "业务员"
    READER = "只读"


class Office(StrEnum):
    """The side somebody signs for; where the setting asks, a match result needs both."""

    ASSOCIATION = "科协"
    ORGANIZATION = "组织部"


@dataclass(frozen=True, slots=True)
class Account:
    """`regions`: four-digit codes of 市州, or names of places without a code; empty: the whole province.

    `password_due`: the password was given by somebody else and must be changed first. Times are UTC.
    """

    name: str
    full_name: str
    role: Role
    password_set: datetime
    regions: tuple[str, ...] = ()
    password_due: bool = True
    disabled: bool = False
    last_login: datetime | None = None
    office: Office | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One login on one browser, known by the digest of its token; `seen` is kept to the minute."""

    digest: str
    account: str
    started: datetime
    seen: datetime
