"""One record changed by one person, who has seen a certain version of it, with the audit entry that goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from matcher.domain.audit import AuditEntry
from matcher.store.access import Access, Writing
from matcher.store.audit_chain import append
from matcher.store.errors import RecordExists, RecordStale, RecordUnknown
from matcher.store.past import version_of
from matcher.store.records import ChangeKind

_NAMES = {ChangeKind.EXPERT: "专家", ChangeKind.DEMAND: "需求"}


@contextmanager
def editing(access: Access, kind: ChangeKind, key: str, seen: int | None, note: AuditEntry) -> Iterator[Writing]:
    """`seen`: the version that was read; 0 for a new record; None where any will do. The entry is kept with the change.

    Raises RecordStale, RecordExists, RecordUnknown.
    """
    with access.writing(note.actor) as work:
        if seen is not None:
            _check(kind, key, seen, version_of(work, kind, key))
        yield work
        access.enter_staff(work)
        append(work, note)


def _check(kind: ChangeKind, key: str, seen: int, version: int) -> None:
    if seen == version:
        return
    if not seen:
        raise RecordExists(_NAMES[kind], key)
    raise RecordStale(_NAMES[kind], key, seen) if version else RecordUnknown(_NAMES[kind], key)
