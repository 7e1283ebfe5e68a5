"""The desk for shortlists: who is being considered for a demand and purpose, with a note each."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.domain.audit import AuditAction, AuditEntry
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

    def put(self, demand_id: str, purpose: Purpose, expert_id: str, note: str | None, actor: Actor) -> None:
        """`note` None: of whoever is on the list already the note stays. Raises RecordUnknown, ShortlistNoteTooLong,
        ShortlistFull.
        """
        (entry,) = self._entries(demand_id, purpose, {expert_id: note or ""}, actor)
        is_new = self._store.shortlists.put(entry, most=_MOST, note=self._told(entry, actor))
        if not is_new and note is not None:
            self._store.shortlists.remark([entry], by=entry.by, notes=[self._told(entry, actor)])

    def remark(self, demand_id: str, purpose: Purpose, notes: Mapping[str, str], actor: Actor) -> None:
        """New notes by expert id, all or none; whoever is not on the list any more is passed over.

        Raises RecordUnknown, ShortlistNoteTooLong.
        """
        entries = self._entries(demand_id, purpose, notes, actor)
        told = [self._told(entry, actor) for entry in entries]
        self._store.shortlists.remark(entries, by=actor.origin.actor, notes=told)

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

    def _entries(
        self, demand_id: str, purpose: Purpose, notes: Mapping[str, str], actor: Actor
    ) -> list[ShortlistEntry]:
        """Raises RecordUnknown, ShortlistNoteTooLong."""
        if any(len(note) > _LONGEST_NOTE for note in notes.values()):
            raise ShortlistNoteTooLong
        asked_demand(self._store, demand_id, actor)
        now, by = self._clock(), actor.origin.actor
        return [
            ShortlistEntry(demand_id, purpose, asked_expert_id(self._store, id), now, by, note.strip())
            for id, note in notes.items()
        ]

    def _told(self, entry: ShortlistEntry, actor: Actor) -> AuditEntry:
        after = {"noted": bool(entry.note)}
        return actor.origin.entry(entry.at, AuditAction.SHORTLIST, _subject(entry), after=after)


def _subject(entry: ShortlistEntry) -> str:
    return f"入围名单:{entry.demand_id}／{entry.purpose}／{entry.expert_id}"
