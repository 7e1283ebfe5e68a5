"""`store.plans`: plans and their versions. Every change takes the audit entry that goes with it, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, tuple_, update

from matcher.beijing import in_beijing
from matcher.domain.audit import AuditEntry
from matcher.domain.plan import YEAR_LENGTH, PlanHead, PlanKind, PlanRecord, PlanState
from matcher.store.access import Access, Reading
from matcher.store.audit_chain import append
from matcher.store.batches import batches
from matcher.store.codec import whole
from matcher.store.errors import PlanSettled, PlanUnknown
from matcher.store.plan_people import keep_people, kept_people
from matcher.store.plan_tables import plans

_BATCH = 200
_HEAD = [plans.c[field.name] for field in fields(PlanHead)]
# Newest number first, as `plan_order` has it: P2026-1000 comes behind P2026-999.
_NEWEST_FIRST = (func.substr(plans.c.id, 1, YEAR_LENGTH).desc(), func.length(plans.c.id).desc(), plans.c.id.desc())


class Plans:
    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, record: PlanRecord, people: Mapping[str, str] | None = None, *, note: AuditEntry) -> PlanRecord:
        """As the next version of its number; without a number (id "") as the first of the next free one.

        `people`: what the version shows of them (JSON) by number, which an erasure takes away.
        """
        with self._access.recording(record.made_by) as work:
            id = record.id or _next_id(work, record)
            last = work.connection.scalar(select(func.max(plans.c.version)).where(plans.c.id == id))
            stored = replace(record, id=id, version=(last or 0) + 1)
            work.connection.execute(insert(plans), _row(stored))
            keep_people(work, id, stored.version, people or {})
            append(work, replace(note, subject=f"计划:{stored.name}"))
        return stored

    def get(self, id: str, version: int | None = None) -> PlanRecord:
        """The version, or the newest. Raises PlanUnknown."""
        with self._access.reading() as work:
            return _read(work, id, version)

    def people(self, id: str, version: int) -> dict[str, str]:
        """What was kept of people with the version, by number; without those who were erased."""
        with self._access.reading() as work:
            return kept_people(work, id, version)

    def versions(self, id: str) -> list[PlanHead]:
        """Oldest first."""
        mine = select(*_HEAD).where(plans.c.id == id).order_by(plans.c.version)
        with self._access.reading() as work:
            return [PlanHead(**_values(row)) for row in work.connection.execute(mine)]

    def newest(self, kind: PlanKind | None = None) -> list[PlanHead]:
        """The newest version of every plan, newest number first; their documents are not read."""
        last = select(plans.c.id, func.max(plans.c.version).label("version")).group_by(plans.c.id).subquery()
        found = select(*_HEAD).join(last, (plans.c.id == last.c.id) & (plans.c.version == last.c.version))
        if kind is not None:
            found = found.where(plans.c.kind == kind.value)
        with self._access.reading() as work:
            return [PlanHead(**_values(row)) for row in work.connection.execute(found.order_by(*_NEWEST_FIRST))]

    def whole(self, heads: Iterable[PlanHead]) -> list[PlanRecord]:
        """With their documents, newest number first."""
        names = [(head.id, head.version) for head in heads]
        found: list[PlanRecord] = []
        with self._access.reading() as work:
            for batch in batches(names, _BATCH):
                wanted = select(plans).where(tuple_(plans.c.id, plans.c.version).in_(batch)).order_by(*_NEWEST_FIRST)
                found += [_record(row) for row in work.connection.execute(wanted)]
        return found

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
        raise PlanUnknown(id, version)
    return _record(row)


def _change(work: Reading, record: PlanRecord, **values: object) -> None:
    one = (plans.c.id == record.id) & (plans.c.version == record.version)
    work.connection.execute(update(plans).where(one).values(**values))


def _row(record: PlanRecord) -> dict[str, object]:
    row = {field.name: getattr(record, field.name) for field in fields(PlanRecord)}
    confirmed = json.dumps(list(record.confirmed), ensure_ascii=False)
    texts = {"document": whole(record.document), "title": whole(record.title)}
    return row | texts | {"kind": record.kind.value, "state": record.state.value, "confirmed": confirmed}


def _record(row: Row[Any]) -> PlanRecord:
    return PlanRecord(**_values(row), document=row.document)


def _values(row: Row[Any]) -> dict[str, Any]:
    found = {field.name: getattr(row, field.name) for field in fields(PlanHead)}
    return found | {
        "kind": PlanKind(row.kind),
        "state": PlanState(row.state),
        "confirmed": tuple(json.loads(row.confirmed)),
    }
