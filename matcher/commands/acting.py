"""Who acts at the command line, for the audit log."""

from __future__ import annotations

import getpass
from datetime import datetime

from matcher.domain.audit import AuditAction, AuditEntry
from matcher.workflows.plan_archive import Act


def acting() -> Act:
    """Whoever may use the machine and its data folder."""
    by = f"命令行:{getpass.getuser()}"

    def entry(at: datetime, action: AuditAction, subject: str) -> AuditEntry:
        return AuditEntry(at, by, "本机", "", action, subject)

    return Act(by, entry)
