"""`store.visit_notes`: what was found on visits; sealed with the demand's key, so that it goes when that goes."""

from __future__ import annotations

from sqlalchemy import insert, select

from matcher.domain.audit import AuditEntry
from matcher.domain.visit_note import VisitNote
from matcher.store.access import Access
from matcher.store.edit import editing
from matcher.store.errors import RecordUnknown
from matcher.store.keyring import Owner, OwnerKind
from matcher.store.records import ChangeKind
from matcher.store.shapes import DEMANDS
from matcher.store.staff_tables import visit_notes


class VisitNotes:
    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, note: VisitNote, *, entry: AuditEntry) -> None:
        """Raises RecordUnknown where there is no such demand."""
        owner = Owner(OwnerKind.DEMAND, note.demand_id)
        with editing(self._access, ChangeKind.DEMAND, note.demand_id, None, entry) as work:
            if not DEMANDS.read(work, [note.demand_id], reveal=False):
                raise RecordUnknown("需求", note.demand_id)
            work.keys.provide([owner])
            sealed = work.keys.seal(owner, note.text, _place(note.demand_id))
            row = {name: getattr(note, name) for name in ("demand_id", "visited", "author", "written")}
            work.connection.execute(insert(visit_notes), {**row, "sealed": sealed})

    def of_demand(self, demand_id: str) -> list[VisitNote]:
        """Newest visit first."""
        mine = select(visit_notes).where(visit_notes.c.demand_id == demand_id)
        with self._access.reading() as work:
            rows = work.connection.execute(mine.order_by(visit_notes.c.visited.desc(), visit_notes.c.number.desc()))
            found = rows.all()
            work.keys.load_named_by(row.sealed for row in found)
            return [
                VisitNote(
                    row.demand_id,
                    row.visited,
                    row.author,
                    row.written,
                    work.keys.open(row.sealed, _place(row.demand_id)) or "",
                    row.number,
                )
                for row in found
            ]


def _place(demand_id: str) -> str:
    return f"visit_notes/{demand_id}"
