"""管理 / 审计: who did what, and whether the log is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from matcher.domain.audit import AuditAction, AuditEntry, AuditQuestion, Outcome
from service.console.pages import page
from service.doors import Caller, ServiceDoor, requires
from service.security.roles import Permission

ROUTES = APIRouter(prefix="/admin/audit", include_in_schema=False)
AuditorDoor = Annotated[Caller, Depends(requires(Permission.READ_AUDIT))]
Word = Annotated[str, Query(max_length=200)]
_SIZE, _FLAWS, _LAST = 50, 20, 2**63 - 1


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
    question = AuditQuestion(
        actor.strip(),
        next((one for one in AuditAction if one.value == action), None),
        next((one for one in Outcome if one.value == outcome), None),
        subject.strip(),
        _midnight(since),
        _midnight(until, days=1),
    )
    found = service.store.audit.find(question, _SIZE + 1, below=below)
    context: dict[str, object] = {
        "records": [(record, list(_changes(record.entry))) for record in found[:_SIZE]],
        "next_below": found[_SIZE - 1].sequence if len(found) > _SIZE else None,
        "below": below,
        "asked": question != AuditQuestion(),
        "typed": {"actor": actor, "action": action, "outcome": outcome, "subject": subject},
        "since": since,
        "until": until,
        "actions": [("", "全部"), *((one.value, one.value) for one in AuditAction)],
        "outcomes": [("", "全部"), *((one.value, one.value) for one in Outcome)],
    }
    return page(request, "admin/audit.html", **context)


@ROUTES.get("/verify")
def verify(request: Request, service: ServiceDoor, caller: AuditorDoor) -> Response:
    log = service.store.audit
    flaws = list(islice(log.flaws(), _FLAWS + 1))
    return page(request, "admin/audit_verify.html", head=log.head(), flaws=flaws[:_FLAWS], more=len(flaws) > _FLAWS)


def _midnight(text: str, days: int = 0) -> datetime | None:
    """In the time of the server's place; None for what is no date, or one that the calendar cannot count on from."""
    try:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=days), time()).astimezone()
    except (ValueError, OverflowError):
        return None


def _changes(entry: AuditEntry) -> Iterator[tuple[str, str, str]]:
    """Field, before, after; only what differs."""
    before, after = entry.before or {}, entry.after or {}
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name) or name not in before:
            yield name, _word(before, name), _word(after, name)


def _word(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
