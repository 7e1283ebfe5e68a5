"""Who acts, from where, in which request: what every audit entry begins with."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from matcher.domain.audit import AuditAction, AuditEntry, Outcome

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Origin:
    """`actor`: a login name, 密钥:<id>, 命令行:<system user>, "" where nobody is logged in."""

    actor: str
    address: str
    request_id: str = ""

    def entry(
        self,
        at: datetime,
        action: AuditAction,
        subject: str,
        *,
        outcome: Outcome = Outcome.DONE,
        reason: str = "",
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> AuditEntry:
        return AuditEntry(
            at, self.actor, self.address, self.request_id, action, subject, outcome, reason, before, after
        )


def command_line() -> Origin:
    """Acts of whoever may use the machine and its data folder."""
    return Origin(f"命令行:{getpass.getuser()}", "本机")


def account_subject(name: str) -> str:
    return f"账号:{name}"


def key_subject(key_id: str) -> str:
    return f"密钥:{key_id}"
