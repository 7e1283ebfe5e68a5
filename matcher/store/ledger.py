"""`store.ledger`: who serves whom; the itinerary is private and sealed with the expert's key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import func, select

from matcher.domain.engagement import Engagement
from matcher.store.access import Access
from matcher.store.batches import batches
from matcher.store.past import history_of
from matcher.store.records import ChangeKind, HistoryEntry, SaveOutcome
from matcher.store.shapes import ENGAGEMENTS
from matcher.store.standing import standing_of
from matcher.store.tables import engagements

_BATCH = 500


class Ledger:
    """The itinerary is left empty unless it is asked for with `reveal`."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def save(self, given: Sequence[Engagement], *, by: str) -> list[SaveOutcome]:
        """One outcome a line; of equal ids in the list the last one counts. Commits in chunks.

        Lines of an erased expert are refused, those of a merged one are kept under the id that lives on. An expert
        or a demand that is not in the database is no obstacle.
        """
        last = {line.id: at for at, line in enumerate(given)}
        outcomes = [SaveOutcome.SUPERSEDED] * len(given)
        for batch in batches(last.values(), _BATCH):
            written = self._save_batch([given[at] for at in batch], by)
            for at in batch:
                outcomes[at] = written.get(given[at].id, SaveOutcome.REFUSED_ERASED)
        return outcomes

    def get(self, engagement_id: str, *, reveal: bool = False) -> Engagement | None:
        with self._access.reading() as work:
            return ENGAGEMENTS.read(work, [engagement_id], reveal=reveal).get(engagement_id)

    def count(self) -> int:
        with self._access.reading() as work:
            return work.connection.execute(select(func.count()).select_from(engagements)).scalar_one()

    def stream(self, *, chunk: int = 1000, reveal: bool = False) -> Iterator[Engagement]:
        """All lines, in order of ids."""
        return ENGAGEMENTS.stream(self._access, chunk, reveal=reveal)

    def of_experts(self, ids: Iterable[str], *, reveal: bool = False) -> dict[str, list[Engagement]]:
        """Expert id -> lines in order of ids; an expert without lines is absent."""
        found: dict[str, list[Engagement]] = {}
        with self._access.reading() as work:
            for batch in batches(dict.fromkeys(ids), _BATCH):
                mine = select(engagements.c.id).where(engagements.c.expert_id.in_(batch)).order_by(engagements.c.id)
                keys = work.connection.scalars(mine).all()
                lines = ENGAGEMENTS.read(work, keys, reveal=reveal)
                for key in keys:
                    found.setdefault(lines[key].expert_id, []).append(lines[key])
        return found

    def history(self, engagement_id: str, *, reveal: bool = False) -> list[HistoryEntry]:
        """Oldest first; without `reveal` the itinerary is left out."""
        with self._access.reading() as work:
            return history_of(work, ChangeKind.ENGAGEMENT, engagement_id, "" if reveal else "itinerary")

    def _save_batch(self, batch: list[Engagement], by: str) -> dict[str, SaveOutcome]:
        with self._access.writing(by) as work:
            standing = standing_of(work, [line.expert_id for line in batch])
            lines = [replace(line, expert_id=standing.living(line.expert_id)) for line in batch]
            return ENGAGEMENTS.save(work, {line.id: line for line in lines if line.expert_id not in standing.erased})
