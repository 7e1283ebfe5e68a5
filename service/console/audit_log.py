"""管理 / 审计: who did what, and whether the log is whole."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from matcher.beijing import BEIJING
from matcher.domain.audit import AuditAction, AuditQuestion, Outcome
from matcher.domain.job import Job, JobState
from service.audit.words import said
from service.console.audit_words import AuditWords
from service.console.days import read_day
from service.console.pages import page, redirect
from service.doors import Caller, ServiceDoor, requires
from service.jobs.kinds.audit_check import AUDIT_CHECK
from service.security.roles import Permission
from service.security.staff_names import StaffNames
from service.wiring import Service

ROUTES = APIRouter(prefix="/admin/audit", include_in_schema=False)
AuditorDoor = Annotated[Caller, Depends(requires(Permission.READ_AUDIT))]
Word = Annotated[str, Query(max_length=200)]
_SIZE, _LOOKED_BACK, _LAST = 50, 20, 2**63 - 1


@ROUTES.get("")
def show(
    request: Request,
    service: ServiceDoor,
    caller: AuditorDoor,
    actor: Word = "",
    action: Word = "",
    outcome: Word = "",
    subject: Word = "",
    since: Word = "",
    until: Word = "",
    below: Annotated[int | None, Query(ge=1, le=_LAST)] = None,
) -> Response:
    names = StaffNames(service.store)
    words = AuditWords(service.places, names)
    question = AuditQuestion(
        names.login(actor.strip()),
        next((one for one in AuditAction if one.value == action), None),
        next((one for one in Outcome if one.value == outcome), None),
        subject.strip(),
        _midnight(since),
        _midnight(until, days=1),
    )
    found = service.store.audit.find(question, _SIZE + 1, below=below)
    context: dict[str, object] = {
        "records": [(record, list(words.changes(record.entry))) for record in found[:_SIZE]],
        "next_below": found[_SIZE - 1].sequence if len(found) > _SIZE else None,
        "said": said,
        "below": below,
        "asked": question != AuditQuestion(),
        "typed": {"actor": actor, "action": action, "outcome": outcome, "subject": subject},
        "since": since,
        "until": until,
        "actions": [("", "全部"), *((one.value, said(one)) for one in AuditAction)],
        "outcomes": [("", "全部"), *((one.value, one.value) for one in Outcome)],
    }
    return page(request, "admin/audit.html", **context)


@ROUTES.get("/verify")
def verification(request: Request, service: ServiceDoor, caller: AuditorDoor) -> Response:
    """The newest check that is done, whoever asked for it, and how far a newer one is."""
    checks = _checks(service, caller)
    done = next((job for job in checks if job.state is JobState.DONE), None)
    return page(request, "admin/audit_verify.html", job=checks[0] if checks else None, done=done)


@ROUTES.post("/verify")
def verify(request: Request, service: ServiceDoor, caller: AuditorDoor) -> Response:
    """One at a time: a second press shows the first."""
    if all(job.state.is_over for job in _checks(service, caller)):
        service.jobs.start(AUDIT_CHECK, "核验审计记录", {}, caller.actor)
    return redirect(request, "/admin/audit/verify")


def _checks(service: Service, caller: Caller) -> list[Job]:
    return service.jobs.list(caller.actor, everyone=True, kinds=(AUDIT_CHECK.name,), limit=_LOOKED_BACK)


def _midnight(text: str, days: int = 0) -> datetime | None:
    """In Beijing time; None for what is no date, or one that the calendar cannot count on from."""
    try:
        day = read_day(text)
        return datetime.combine(day + timedelta(days=days), time(), BEIJING).astimezone(UTC) if day else None
    except (ValueError, OverflowError):
        return None
