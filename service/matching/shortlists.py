"""The desk for shortlists: who is being considered for a demand and purpose, with a note each."""

from __future__ import annotations

from matcher.domain.audit import AuditAction
from matcher.domain.match_run import ShortlistEntry
from matcher.domain.vocabulary import Purpose
from matcher.errors import UsageError
from matcher.store.store import Store
from service.audit.origin import Clock
from service.matching.asked import asked_demand, asked_expert_id
from service.security.actor import Actor

_LONGEST_NOTE = 500
_MOST = 50


class ShortlistNoteTooLong(UsageError):
    def __init__(self) -> None:
        super().__init__(f"入围说明最多 {_LONGEST_NOTE} 字，请写得简短些。")


class ShortlistDesk:
    """Notes are remarks on people: shown to the staff who choose (`Actor.sees_notes`), and the sight is audited."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def put(self, demand_id: str, purpose: Purpose, expert_id: str, note: str, actor: Actor) -> ShortlistEntry:
        """In place of an older entry. Raises RecordUnknown, ShortlistNoteTooLong, ShortlistFull."""
        if len(note) > _LONGEST_NOTE:
            raise ShortlistNoteTooLong
        asked_demand(self._store, demand_id, actor)
        living = asked_expert_id(self._store, expert_id)
        now, by = self._clock(), actor.origin.actor
        entry = ShortlistEntry(demand_id, purpose, living, now, by, note.strip())
        told = actor.origin.entry(now, AuditAction.SHORTLIST, _subject(entry), after={"noted": bool(entry.note)})
        self._store.shortlists.put(entry, most=_MOST, note=told)
        return entry

    def drop(self, demand_id: str, purpose: Purpose, expert_id: str, actor: Actor) -> None:
        """Raises RecordUnknown."""
        asked_demand(self._store, demand_id, actor)
        now, by = self._clock(), actor.origin.actor
        entry = ShortlistEntry(demand_id, purpose, expert_id, now, by)
        told = actor.origin.entry(now, AuditAction.DROP_FROM_SHORTLIST, _subject(entry))
        self._store.shortlists.drop(demand_id, purpose, expert_id, by=by, note=told)

    def of(self, demand_id: str, purpose: Purpose, actor: Actor) -> list[ShortlistEntry]:
        """In the order in which people were put on it. Raises RecordUnknown."""
        asked_demand(self._store, demand_id, actor)
        entries = self._store.shortlists.of(demand_id, purpose, reveal=actor.sees_notes)
        if any(entry.note for entry in entries):
            subject = f"入围说明:{demand_id}／{purpose}"
            self._store.audit.append(actor.origin.entry(self._clock(), AuditAction.VIEW_PRIVATE, subject))
        return entries


def _subject(entry: ShortlistEntry) -> str:
    return f"入围名单:{entry.demand_id}／{entry.purpose}／{entry.expert_id}"
