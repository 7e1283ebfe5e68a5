"""Proves the audit log whole: reads every entry, which takes minutes once there are years of them."""

from __future__ import annotations

from itertools import islice

from service.jobs.work import JobKind, Result, Work
from service.security.roles import Permission

_READING = "逐条核验"
_LISTED = 20


def _check(work: Work) -> Result:
    """`head` is what to note elsewhere; of many flaws the first are listed."""
    work.progress.stage(_READING)
    log = work.application.store.audit
    head = log.head()  # before the reading, so that it is among what was read
    flaws = list(islice(log.flaws(work.progress.reach), _LISTED + 1))
    return {
        "count": head.sequence,
        "head": f"{head.sequence}:{head.digest}",
        "flaws": [[flaw.sequence, flaw.damage.value] for flaw in flaws[:_LISTED]],
        "more": len(flaws) > _LISTED,
    }


AUDIT_CHECK = JobKind("audit-check", Permission.READ_AUDIT, _check)
