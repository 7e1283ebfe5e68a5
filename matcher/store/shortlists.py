"""`store.shortlists`: who is being considered for a demand; notes are sealed with the expert's key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, delete, insert, select

from matcher.domain.audit import AuditEntry
from matcher.domain.match_run import ShortlistEntry
from matcher.domain.vocabulary import Purpose
from matcher.store.access import Access, Writing
from matcher.store.audit_chain import append
from matcher.store.errors import RecordUnknown, ShortlistFull
from matcher.store.keyring import Owner, OwnerKind
from matcher.store.run_tables import shortlists
from matcher.store.standing import standing_of
from matcher.store.tables import merges


class Shortlists:
    """The note is left empty unless it is asked for with `reveal`."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def put(self, entry: ShortlistEntry, *, most: int, note: AuditEntry) -> bool:
        """Somebody new; whoever is on the list stays as he or she is (False). It holds at most so many people.

        Raises RecordUnknown for somebody who is not stored, ShortlistFull.
        """
        with self._access.recording(entry.by) as work:
            if standing_of(work, [entry.expert_id]).refusal_of_item(entry.expert_id):
                raise RecordUnknown("专家", entry.expert_id)
            here = _here(work, entry.demand_id, entry.purpose, entry.expert_id)
            if work.connection.execute(select(shortlists.c.at).where(here)).first():
                return False
            if _people(work, entry.demand_id, entry.purpose) >= most:
                raise ShortlistFull(most)
            work.connection.execute(insert(shortlists), _row(work, entry))
            append(work, note)
            return True

    def remark(self, entries: Sequence[ShortlistEntry], *, by: str, notes: Sequence[AuditEntry]) -> None:
        """The notes of `entries` take the place of the former ones of these people; who put them there, and when,
        stays. Whoever is not on the list any more is passed over. `notes`: one an entry."""
        with self._access.recording(by) as work:
            for entry, note in zip(entries, notes, strict=True):
                here = _here(work, entry.demand_id, entry.purpose, entry.expert_id)
                first = work.connection.execute(select(shortlists).where(here).order_by(shortlists.c.at)).first()
                if first is None or standing_of(work, [entry.expert_id]).refusal_of_item(entry.expert_id):
                    continue
                work.connection.execute(delete(shortlists).where(here))
                work.connection.execute(insert(shortlists), _row(work, replace(entry, at=first.at, by=first.by)))
                append(work, note)

    def drop(self, demand_id: str, purpose: Purpose, expert_id: str, *, by: str, note: AuditEntry) -> None:
        """Does nothing for somebody who is not on the list."""
        with self._access.recording(by) as work:
            gone = delete(shortlists).where(_here(work, demand_id, purpose, expert_id))
            if work.connection.execute(gone).rowcount:
                append(work, note)

    def of(self, demand_id: str, purpose: Purpose, *, reveal: bool = False) -> list[ShortlistEntry]:
        """In the order in which people were put on it; of merged people under the id that lives on."""
        mine = (shortlists.c.demand_id == demand_id) & (shortlists.c.purpose == purpose.value)
        with self._access.reading() as work:
            wanted = select(shortlists).where(mine).order_by(shortlists.c.at, shortlists.c.expert_id)
            rows = work.connection.execute(wanted).all()
            work.keys.load_named_by(row.sealed for row in rows if reveal and row.sealed)
            standing = standing_of(work, [row.expert_id for row in rows])
            entries: dict[str, ShortlistEntry] = {}
            for row in rows:
                place = _place(row.demand_id, row.purpose, row.expert_id)
                text = (work.keys.open(row.sealed, place) or "") if reveal and row.sealed else ""
                living = standing.living(row.expert_id)
                entries.setdefault(living, ShortlistEntry(demand_id, purpose, living, row.at, row.by, text))
            return list(entries.values())


def erase_from_shortlists(work: Writing, expert_ids: Sequence[str]) -> None:
    work.connection.execute(delete(shortlists).where(shortlists.c.expert_id.in_(expert_ids)))


def _people(work: Writing, demand_id: str, purpose: Purpose) -> int:
    """How many are on the list; numbers that were merged count once."""
    mine = (shortlists.c.demand_id == demand_id) & (shortlists.c.purpose == purpose.value)
    ids = work.connection.scalars(select(shortlists.c.expert_id).where(mine)).all()
    standing = standing_of(work, ids)
    return len({standing.living(id) for id in ids})


def _row(work: Writing, entry: ShortlistEntry) -> dict[str, object]:
    owner = Owner(OwnerKind.EXPERT, entry.expert_id)
    key = (entry.demand_id, entry.purpose.value, entry.expert_id)
    work.keys.provide([owner] if entry.note else [])
    sealed = work.keys.seal(owner, entry.note, _place(*key)) if entry.note else ""
    named = dict(zip(("demand_id", "purpose", "expert_id"), key, strict=True))
    return {**named, "at": entry.at, "by": entry.by, "sealed": sealed}


def _place(demand_id: str, purpose: str, expert_id: str) -> str:
    return f"shortlists/{demand_id}/{purpose}/{expert_id}"


def _here(work: Writing, demand_id: str, purpose: Purpose, expert_id: str) -> ColumnElement[bool]:
    """The person's entries, also those put down under a number that was merged into another since."""
    living = standing_of(work, [expert_id]).living(expert_id)
    dropped = work.connection.scalars(select(merges.c.dropped_id).where(merges.c.kept_id == living)).all()
    same = (shortlists.c.demand_id == demand_id) & (shortlists.c.purpose == purpose.value)
    return same & shortlists.c.expert_id.in_([expert_id, living, *dropped])
