"""`store.experts`: profiles, with the profile item of each kept in step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, union

from matcher.domain.audit import AuditEntry
from matcher.domain.expert import Expert
from matcher.store.access import Access, Reading
from matcher.store.audit_chain import append
from matcher.store.batches import batches
from matcher.store.edit import editing
from matcher.store.erasure import erase, erase_listed, scope_of
from matcher.store.errors import RecordRefused
from matcher.store.lookup import id_number_digest, phone_digest
from matcher.store.merging import merge
from matcher.store.past import history_of, keys_ever, record_at, version_of
from matcher.store.profile_items import keep_profile_items
from matcher.store.records import ChangeKind, ErasureScope, HistoryEntry, SaveOutcome, Tombstone
from matcher.store.shapes import EXPERTS
from matcher.store.standing import standing_of
from matcher.store.tables import engagements, erasures, experts, merges

_BATCH = 500


class Experts:
    """The private part of an expert is left empty unless it is asked for with `reveal`."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def save(self, given: Sequence[Expert], *, by: str) -> list[SaveOutcome]:
        """One outcome an expert; of equal ids in the list the last one counts. Commits in chunks."""
        last = {expert.id: at for at, expert in enumerate(given)}
        outcomes = [SaveOutcome.SUPERSEDED] * len(given)
        for batch in batches(last.values(), _BATCH):
            for at, outcome in zip(batch, self._save_batch([given[at] for at in batch], by), strict=True):
                outcomes[at] = outcome
        return outcomes

    def get(self, expert_id: str, *, reveal: bool = False) -> Expert | None:
        return self.get_many([expert_id], reveal=reveal).get(expert_id)

    def get_many(self, ids: Iterable[str], *, reveal: bool = False) -> dict[str, Expert]:
        """By id; who is not stored is absent."""
        with self._access.reading() as work:
            return EXPERTS.read(work, ids, reveal=reveal)

    def get_with_version(self, expert_id: str) -> tuple[Expert, int] | None:
        """As it stands, private part left out, and what an edit of it must have seen."""
        with self._access.reading() as work:
            found = EXPERTS.read(work, [expert_id], reveal=False).get(expert_id)
            return (found, version_of(work, ChangeKind.EXPERT, expert_id)) if found else None

    def at(self, expert_id: str, version: int) -> Expert | None:
        """As that version left it, revealed; None where the history does not know or cannot open it."""
        with self._access.reading() as work:
            fields = record_at(work, ChangeKind.EXPERT, expert_id, version)
        return EXPERTS.read_fields(fields) if fields is not None else None

    def put(self, expert: Expert, *, seen: int, note: AuditEntry) -> SaveOutcome:
        """Saves one new (`seen` 0) or edited expert with the entry. Raises RecordExists, RecordStale, RecordRefused."""
        with editing(self._access, ChangeKind.EXPERT, expert.id, seen, note) as work:
            if refusal := standing_of(work, [expert.id]).refusal_of_profile(expert.id):
                raise RecordRefused("专家", expert.id, refusal.value)
            outcome = EXPERTS.save(work, {expert.id: expert})[expert.id]
            keep_profile_items(work, [expert])
            return outcome

    def ids(self) -> list[str]:
        """Sorted."""
        with self._access.reading() as work:
            return list(work.connection.scalars(select(experts.c.id).order_by(experts.c.id)))

    def taken(self, prefix: str) -> list[str]:
        """Numbers that begin so and belong, or belonged, to somebody: erased, merged, removed, in the ledger only."""
        columns = (experts.c.id, erasures.c.expert_id, merges.c.dropped_id, engagements.c.expert_id)
        begin = [select(column).where(column.startswith(prefix, autoescape=True)) for column in columns]
        wanted = union(*begin, keys_ever(ChangeKind.EXPERT, prefix))
        with self._access.reading() as work:
            return list(work.connection.scalars(wanted))

    def count(self) -> int:
        with self._access.reading() as work:
            return work.connection.execute(select(func.count()).select_from(experts)).scalar_one()

    def stream(self, *, chunk: int = 1000, reveal: bool = False) -> Iterator[Expert]:
        """Everybody, in order of ids."""
        return EXPERTS.stream(self._access, chunk, reveal=reveal)

    def mentioning(self, word: str) -> Iterator[Expert]:
        """Whoever's open profile holds the word in any field, in order of ids; found without reading the others."""
        return EXPERTS.mentioning(self._access, word)

    def names(self) -> Iterator[tuple[str, str]]:
        """Id and name of everybody, in order of ids, without reading the profiles."""
        with self._access.reading() as work:
            rows = work.connection.execute(select(experts.c.id, experts.c.name).order_by(experts.c.id))
            yield from ((row.id, row.name) for row in rows)

    def find_by_names(self, names: Iterable[str]) -> dict[str, list[Expert]]:
        """Name -> the experts who bear it, in order of ids; a name that nobody bears is absent."""
        found: dict[str, list[Expert]] = {}
        with self._access.reading() as work:
            for batch in batches(dict.fromkeys(names), _BATCH):
                for expert in _where(work, experts.c.name.in_(batch), reveal=False):
                    found.setdefault(expert.name, []).append(expert)
        return found

    def with_id_number(self, number: str, *, reveal: bool = False) -> list[Expert]:
        """Whose ID number it is, found by keyed hash; several are duplicates."""
        with self._access.reading() as work:
            digest = id_number_digest(work.keys.cipher, number)
            return _where(work, experts.c.id_number_digest == digest, reveal=reveal) if digest else []

    def with_phone(self, phone: str, *, reveal: bool = False) -> list[Expert]:
        """Whose mobile number it is, found by keyed hash."""
        with self._access.reading() as work:
            digest = phone_digest(work.keys.cipher, phone)
            return _where(work, experts.c.phone_digest == digest, reveal=reveal) if digest else []

    def history(self, expert_id: str, *, reveal: bool = False) -> list[HistoryEntry]:
        """Oldest first; without `reveal` the private part is left out."""
        with self._access.reading() as work:
            return history_of(work, ChangeKind.EXPERT, expert_id, "" if reveal else "private")

    def erase(self, expert_id: str, *, by: str, note: AuditEntry | None = None) -> None:
        """Removes a person for good (PIPL art. 47), `note` with it; does nothing for one who is erased already.

        Raises RecordUnknown for a number that was never stored; ScrubIncomplete once it is done.
        """
        with self._access.recording(by) as work:
            if erase(work, expert_id) and note:
                append(work, note)
        self._access.scrub()

    def erase_listed(self, expert_id: str, *, by: str, note: AuditEntry) -> bool:
        """`erase` of a number that another state of the database had erased; unknown here it is refused from now on.

        False: it was done before. Raises ScrubIncomplete once it is done.
        """
        with self._access.recording(by) as work:
            done = erase_listed(work, expert_id)
            if done:
                append(work, note)
        self._access.scrub()
        return done

    def is_erased(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids that were erased."""
        with self._access.reading() as work:
            return set(standing_of(work, ids).erased)

    def erasure_scope(self, expert_id: str) -> ErasureScope:
        """What `erase` would touch."""
        with self._access.reading() as work:
            return scope_of(work, expert_id)

    def tombstone(self, expert_id: str) -> Tombstone | None:
        """Of somebody who was erased under this number."""
        with self._access.reading() as work:
            row = work.connection.execute(select(erasures).where(erasures.c.expert_id == expert_id)).first()
            return Tombstone(row.expert_id, row.at, row.by) if row else None

    def last_erasure(self) -> datetime | None:
        """When somebody was erased last."""
        with self._access.reading() as work:
            found: datetime | None = work.connection.scalar(select(func.max(erasures.c.at)))
            return found

    def tombstones(self) -> list[Tombstone]:
        """Every erasure, oldest first: a restored backup replays them."""
        with self._access.reading() as work:
            rows = work.connection.execute(select(erasures).order_by(erasures.c.at, erasures.c.expert_id))
            return [Tombstone(row.expert_id, row.at, row.by) for row in rows]

    def merge(self, keep_id: str, drop_id: str, *, by: str) -> None:
        """Makes one of two records of one person: see `merging`. Raises RecordUnknown, MergeImpossible."""
        with self._access.writing(by) as work:
            merge(work, keep_id, drop_id)

    def merged_into(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Dropped id -> the id that lives on, of those that were merged away."""
        with self._access.reading() as work:
            return dict(standing_of(work, ids).merged)

    def numbers(self, id: str) -> list[str]:
        """Under which a person was ever written down: this number, and those that were merged into it."""
        with self._access.reading() as work:
            dropped = select(merges.c.dropped_id).where(merges.c.kept_id == id).order_by(merges.c.dropped_id)
            return [id, *work.connection.scalars(dropped)]

    def _save_batch(self, batch: list[Expert], by: str) -> list[SaveOutcome]:
        with self._access.writing(by) as work:
            standing = standing_of(work, [expert.id for expert in batch])
            refused = {expert.id: standing.refusal_of_profile(expert.id) for expert in batch}
            taken = {expert.id: expert for expert in batch if refused[expert.id] is None}
            outcomes = EXPERTS.save(work, taken)
            keep_profile_items(work, taken.values())
            return [refused[expert.id] or outcomes[expert.id] for expert in batch]


def _where(work: Reading, condition: ColumnElement[bool], *, reveal: bool) -> list[Expert]:
    ids = work.connection.scalars(select(experts.c.id).where(condition).order_by(experts.c.id)).all()
    found = EXPERTS.read(work, ids, reveal=reveal)
    return [found[key] for key in ids]
