"""`store.demands`: questionnaires; the contact person's data is private and sealed with a key of the demand's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import func, select

from matcher.domain.audit import AuditEntry
from matcher.domain.demand import Demand, Need
from matcher.domain.vocabulary import ReviewStatus
from matcher.store.access import Access, Writing
from matcher.store.batches import batches
from matcher.store.edit import editing
from matcher.store.errors import RecordUnknown
from matcher.store.past import history_of, keys_ever, record_at, version_of
from matcher.store.records import ChangeKind, HistoryAction, HistoryEntry, SaveOutcome
from matcher.store.shapes import DEMANDS
from matcher.store.tables import demands

_BATCH = 500


class Demands:
    """The contact is left empty unless it is asked for with `reveal`."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def save(self, given: Sequence[Demand], *, by: str, fresh: Collection[str] = ()) -> list[SaveOutcome]:
        """One outcome a demand; of equal ids in the list the last one counts. Commits in chunks.

        What a person decided stays, see `with_decisions`: importing a file twice changes nothing. A number of `fresh`
        was free when it was chosen; where somebody has taken it since, the demand is refused.
        """
        last = {demand.id: at for at, demand in enumerate(given)}
        outcomes = [SaveOutcome.SUPERSEDED] * len(given)
        for batch in batches(last.values(), _BATCH):
            written = self._save_batch({given[at].id: given[at] for at in batch}, by, fresh)
            for at in batch:
                outcomes[at] = written[given[at].id]
        return outcomes

    def get(self, demand_id: str, *, reveal: bool = False) -> Demand | None:
        return self.get_many([demand_id], reveal=reveal).get(demand_id)

    def get_many(self, ids: Iterable[str], *, reveal: bool = False) -> dict[str, Demand]:
        """By id; what is not stored is absent."""
        with self._access.reading() as work:
            return DEMANDS.read(work, ids, reveal=reveal)

    def get_with_version(self, demand_id: str) -> tuple[Demand, int] | None:
        """As it stands, contact left out, and what an edit of it must have seen."""
        with self._access.reading() as work:
            found = DEMANDS.read(work, [demand_id], reveal=False).get(demand_id)
            return (found, version_of(work, ChangeKind.DEMAND, demand_id)) if found else None

    def at(self, demand_id: str, version: int) -> Demand | None:
        """As that version left it, revealed; None where the history does not know or cannot open it."""
        with self._access.reading() as work:
            fields = record_at(work, ChangeKind.DEMAND, demand_id, version)
        return DEMANDS.read_fields(fields) if fields is not None else None

    def put(self, demand: Demand, *, seen: int, note: AuditEntry) -> SaveOutcome:
        """Saves one new (`seen` 0) or edited demand with the entry. Raises RecordExists, RecordStale.

        Split and review stay as `with_decisions` says.
        """
        with editing(self._access, ChangeKind.DEMAND, demand.id, seen, note) as work:
            stored = DEMANDS.read(work, [demand.id], reveal=True).get(demand.id)
            return DEMANDS.save(work, {demand.id: with_decisions(demand, stored) if stored else demand})[demand.id]

    def ids(self) -> list[str]:
        """Sorted."""
        with self._access.reading() as work:
            return list(work.connection.scalars(select(demands.c.id).order_by(demands.c.id)))

    def taken(self, prefix: str) -> list[str]:
        """Numbers that begin so and belong, or belonged, to a demand: the history keeps what was removed."""
        stored = select(demands.c.id).where(demands.c.id.startswith(prefix, autoescape=True))
        with self._access.reading() as work:
            return list(work.connection.scalars(stored.union(keys_ever(ChangeKind.DEMAND, prefix))))

    def of_enterprise(self, name: str) -> list[Demand]:
        """All demands of the firm, in order of ids; none for an empty name."""
        named = select(demands.c.id).where(demands.c.enterprise == name).order_by(demands.c.id)
        with self._access.reading() as work:
            return list(DEMANDS.read(work, work.connection.scalars(named) if name else (), reveal=False).values())

    def count(self) -> int:
        with self._access.reading() as work:
            return work.connection.execute(select(func.count()).select_from(demands)).scalar_one()

    def stream(self, *, chunk: int = 1000, reveal: bool = False) -> Iterator[Demand]:
        """All, in order of ids."""
        return DEMANDS.stream(self._access, chunk, reveal=reveal)

    def history(self, demand_id: str, *, reveal: bool = False) -> list[HistoryEntry]:
        """Oldest first; without `reveal` the contact is left out."""
        with self._access.reading() as work:
            return history_of(work, ChangeKind.DEMAND, demand_id, "" if reveal else "contact")

    def set_needs(self, demand_id: str, needs: Sequence[Need], *, by: str) -> None:
        """The split that a person confirmed; an empty one takes it back. Raises RecordUnknown."""
        with self._access.writing(by) as work:
            _change(work, demand_id, lambda demand: replace(demand, needs=tuple(needs)))

    def set_review(self, demand_id: str, status: ReviewStatus, remark: str, *, by: str) -> None:
        """Raises RecordUnknown."""
        with self._access.writing(by) as work:
            _change(work, demand_id, lambda demand: replace(demand, review=status, review_remark=remark))

    def decide(self, demand_id: str, change: Callable[[Demand], Demand], *, seen: int | None, note: AuditEntry) -> None:
        """A decision of one person (review, split) with its entry. Raises RecordUnknown, RecordStale."""
        with editing(self._access, ChangeKind.DEMAND, demand_id, seen, note) as work:
            _change(work, demand_id, change)

    def _save_batch(self, given: dict[str, Demand], by: str, fresh: Collection[str]) -> dict[str, SaveOutcome]:
        with self._access.writing(by) as work:
            stored = DEMANDS.read(work, given, reveal=True)
            taken = {key: SaveOutcome.REFUSED_TAKEN for key in stored if key in fresh}
            kept = {
                key: with_decisions(one, stored[key]) if key in stored else one
                for key, one in given.items()
                if key not in taken
            }
            return taken | DEMANDS.save(work, kept)


def _change(work: Writing, demand_id: str, change: Callable[[Demand], Demand]) -> None:
    before = DEMANDS.read(work, [demand_id], reveal=True)
    if demand_id not in before:
        raise RecordUnknown("需求", demand_id)
    after = {demand_id: change(before[demand_id])}
    if after != before:
        DEMANDS.update(work, after, before, HistoryAction.CHANGED)


def with_decisions(given: Demand, stored: Demand) -> Demand:
    """A questionnaire knows neither the confirmed split nor the review: they stay as long as it says the same.

    The split falls with another text, the review with any change; what `given` states itself always counts.
    """
    if not given.needs and _texts(given) == _texts(stored):
        given = replace(given, needs=stored.needs)
    reviewed = replace(given, review=stored.review, review_remark=stored.review_remark)
    undecided = given.review is ReviewStatus.PENDING and not given.review_remark
    return reviewed if undecided and reviewed == stored else given


def _texts(demand: Demand) -> tuple[str, ...]:
    return demand.title, demand.problem, demand.figures, demand.goal, demand.wanted
