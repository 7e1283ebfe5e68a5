"""`store.plans`: plans and their versions. Every change takes the audit entry that goes with it, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from matcher.beijing import in_beijing
from matcher.domain.audit import AuditEntry
from matcher.domain.plan import PlanKind, PlanRecord, PlanState
from matcher.store.access import Access, Reading
from matcher.store.audit_chain import append
from matcher.store.codec import whole
from matcher.store.errors import PlanSettled, PlanUnknown
from matcher.store.plan_tables import plans


class Plans:
    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, record: PlanRecord, *, note: AuditEntry) -> PlanRecord:
        """As the next version of its number; without a number (id "") as the first of the next free one."""
        with self._access.acting() as work:
            id = record.id or _next_id(work, record)
            last = work.connection.scalar(select(func.max(plans.c.version)).where(plans.c.id == id))
            stored = replace(record, id=id, version=(last or 0) + 1)
            work.connection.execute(insert(plans), _row(stored))
            append(work, replace(note, subject=f"计划:{stored.name}"))
        return stored

    def get(self, id: str, version: int | None = None) -> PlanRecord:
        """The version, or the newest. Raises PlanUnknown."""
        with self._access.reading() as work:
            return _read(work, id, version)

    def versions(self, id: str) -> list[PlanRecord]:
        """Oldest first."""
        mine = select(plans).where(plans.c.id == id).order_by(plans.c.version)
        with self._access.reading() as work:
            return [_record(row) for row in work.connection.execute(mine)]

    def newest(self, kind: PlanKind | None = None) -> list[PlanRecord]:
        """The newest version of every plan, newest number first."""
        last = select(plans.c.id, func.max(plans.c.version).label("version")).group_by(plans.c.id).subquery()
        found = select(plans).join(last, (plans.c.id == last.c.id) & (plans.c.version == last.c.version))
        if kind is not None:
            found = found.where(plans.c.kind == kind.value)
        with self._access.reading() as work:
            return [_record(row) for row in work.connection.execute(found.order_by(plans.c.id.desc()))]

    def set_state(self, id: str, version: int, state: PlanState, by: str, at: datetime, *, note: AuditEntry) -> None:
        """Signing makes every other signed version of the plan void. Raises PlanUnknown, PlanSettled."""
        with self._access.acting() as work:
            record = _read(work, id, version)
            if record.state is PlanState.VOID or record.state is state:
                raise PlanSettled(record.name, record.state)
            settled = {"state_at": at, "state_by": by}
            if state is PlanState.SIGNED:
                others = (plans.c.id == id) & (plans.c.state == PlanState.SIGNED.value)
                work.connection.execute(update(plans).where(others).values(state=PlanState.VOID.value, **settled))
            _change(work, record, state=state.value, **settled)
            append(work, note)

    def confirm(self, id: str, version: int, choices: Sequence[str], *, note: AuditEntry) -> None:
        """Replaces what a person has confirmed of a draft. Raises PlanUnknown, PlanSettled."""
        with self._access.acting() as work:
            record = _read(work, id, version)
            if record.state is not PlanState.DRAFT:
                raise PlanSettled(record.name, record.state)
            _change(work, record, confirmed=json.dumps(list(choices), ensure_ascii=False))
            append(work, note)


def _next_id(work: Reading, record: PlanRecord) -> str:
    start = f"P{in_beijing(record.made_at).year}-"
    taken = work.connection.scalar(select(func.count(plans.c.id.distinct())).where(plans.c.id.startswith(start)))
    return f"{start}{(taken or 0) + 1:03d}"


def _read(work: Reading, id: str, version: int | None) -> PlanRecord:
    mine = select(plans).where(plans.c.id == id).order_by(plans.c.version.desc()).limit(1)
    if version is not None:
        mine = mine.where(plans.c.version == version)
    row = work.connection.execute(mine).first()
    if row is None:
        raise PlanUnknown(id if version is None else f"{id}@{version}")
    return _record(row)


def _change(work: Reading, record: PlanRecord, **values: object) -> None:
    one = (plans.c.id == record.id) & (plans.c.version == record.version)
    work.connection.execute(update(plans).where(one).values(**values))


def _row(record: PlanRecord) -> dict[str, object]:
    row = {field: getattr(record, field) for field in PlanRecord.__slots__}
    confirmed = json.dumps(list(record.confirmed), ensure_ascii=False)
    texts = {"document": whole(record.document), "title": whole(record.title)}
    return row | texts | {"kind": record.kind.value, "state": record.state.value, "confirmed": confirmed}


def _record(row: Row[Any]) -> PlanRecord:
    fields = {name: getattr(row, name) for name in PlanRecord.__slots__}
    fields |= {"kind": PlanKind(row.kind), "state": PlanState(row.state), "confirmed": tuple(json.loads(row.confirmed))}
    return PlanRecord(**fields)
