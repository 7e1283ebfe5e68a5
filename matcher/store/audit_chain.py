"""The chain of the audit log: each row's digest covers the row and the digest before it, keyed by the master key.

The head (last sequence and digest, sealed the same way) stands in `facts`, so that a removed last row is missed too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, insert, select, update

from matcher.domain.audit import AuditAction, AuditEntry, AuditRecord, Outcome
from matcher.store.access import Reading
from matcher.store.cipher import FieldCipher
from matcher.store.staff_tables import audit
from matcher.store.tables import facts

_HEAD = "audit_head"
_COLUMNS = ("actor", "address", "request_id", "action", "subject", "outcome", "reason")


class Damage(StrEnum):
    CHANGED = "内容被改动，或与别的记录对调"
    REMOVED = "记录缺失"
    HEAD = "末尾的记录被删除，或链尾标记被改动"


@dataclass(frozen=True, slots=True)
class Flaw:
    """`sequence` is the row that is damaged or missing."""

    sequence: int
    damage: Damage


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends; sequence 0 before the first entry."""

    sequence: int
    digest: str


def append(work: Reading, entry: AuditEntry) -> Head:
    """Adds the entry; `work` is of `Access.acting`, so nobody else appends at the same time."""
    before = read_head(work)
    row: dict[str, object] = {
        "sequence": before.sequence + 1,
        "at": entry.at.astimezone(UTC),
        **{name: str(getattr(entry, name)) for name in _COLUMNS},
        "before": _json(entry.before),
        "after": _json(entry.after),
    }
    head = Head(before.sequence + 1, _digest(work.cipher, before.digest, row))
    work.connection.execute(insert(audit), {**row, "digest": head.digest})
    _write_head(work, head)
    return head


def read_head(work: Reading) -> Head:
    value = work.connection.scalar(select(facts.c.value).where(facts.c.name == _HEAD))
    sequence, digest, _ = value.split(" ") if value else (0, "", "")
    return Head(int(sequence), digest)


def record_of(row: Row[Any]) -> AuditRecord:
    entry = AuditEntry(
        at=row.at,
        actor=row.actor,
        address=row.address,
        request_id=row.request_id,
        action=AuditAction(row.action),
        subject=row.subject,
        outcome=Outcome(row.outcome),
        reason=row.reason,
        before=json.loads(row.before) if row.before else None,
        after=json.loads(row.after) if row.after else None,
    )
    return AuditRecord(row.sequence, entry, row.digest)


def flaws(work: Reading, rows: Iterable[Row[Any]]) -> Iterator[Flaw]:
    """Damage in all rows, given in order of sequences, and at the head."""
    sequence, digest = 0, ""
    for row in rows:
        for missing in range(sequence + 1, row.sequence):
            yield Flaw(missing, Damage.REMOVED)
        follows = row.sequence == sequence + 1
        if follows and row.digest != _digest(work.cipher, digest, row._mapping):
            yield Flaw(row.sequence, Damage.CHANGED)
        sequence, digest = row.sequence, row.digest
    if _sealed(work.cipher, Head(sequence, digest)) != _stored_head(work) and (sequence or _stored_head(work)):
        yield Flaw(sequence + 1, Damage.HEAD)


def _digest(cipher: FieldCipher, previous: str, row: Mapping[Any, Any]) -> str:
    content = [previous, row["sequence"], row["at"].isoformat(), *(row[name] for name in _COLUMNS)]
    return cipher.digest("audit", json.dumps([*content, row["before"], row["after"]], ensure_ascii=False))


def _write_head(work: Reading, head: Head) -> None:
    value = _sealed(work.cipher, head)
    if head.sequence == 1:
        work.connection.execute(insert(facts), {"name": _HEAD, "value": value})
    else:
        work.connection.execute(update(facts).where(facts.c.name == _HEAD).values(value=value))


def _sealed(cipher: FieldCipher, head: Head) -> str:
    text = f"{head.sequence} {head.digest}"
    return f"{text} {cipher.digest('audit head', text)}"


def _stored_head(work: Reading) -> str:
    return work.connection.scalar(select(facts.c.value).where(facts.c.name == _HEAD)) or ""


def _json(values: Mapping[str, object] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True)
