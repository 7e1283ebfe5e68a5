"""`store.topics`: the think tank's questions; nothing in them is private."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import func, select

from matcher.domain.topic import Topic
from matcher.store.access import Access
from matcher.store.batches import batches
from matcher.store.past import history_of
from matcher.store.records import ChangeKind, HistoryEntry, SaveOutcome
from matcher.store.shapes import TOPICS
from matcher.store.tables import topics

_BATCH = 500


class Topics:
    def __init__(self, access: Access) -> None:
        self._access = access

    def save(self, given: Sequence[Topic], *, by: str) -> list[SaveOutcome]:
        """One outcome a topic; of equal ids in the list the last one counts. Commits in chunks."""
        last = {topic.id: at for at, topic in enumerate(given)}
        outcomes = [SaveOutcome.SUPERSEDED] * len(given)
        for batch in batches(last.values(), _BATCH):
            with self._access.writing(by) as work:
                written = TOPICS.save(work, {given[at].id: given[at] for at in batch})
            for at in batch:
                outcomes[at] = written[given[at].id]
        return outcomes

    def get(self, topic_id: str) -> Topic | None:
        return self.get_many([topic_id]).get(topic_id)

    def get_many(self, ids: Iterable[str]) -> dict[str, Topic]:
        """By id; what is not stored is absent."""
        with self._access.reading() as work:
            return TOPICS.read(work, ids, reveal=False)

    def count(self) -> int:
        with self._access.reading() as work:
            return work.connection.execute(select(func.count()).select_from(topics)).scalar_one()

    def stream(self, *, chunk: int = 1000) -> Iterator[Topic]:
        """All, in order of ids."""
        return TOPICS.stream(self._access, chunk, reveal=False)

    def history(self, topic_id: str) -> list[HistoryEntry]:
        """Oldest first."""
        with self._access.reading() as work:
            return history_of(work, ChangeKind.TOPIC, topic_id)
