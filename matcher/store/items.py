"""`store.items`: evidence, stored once and linked to each of its owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Row, Select, func, select

from matcher.domain.evidence import EvidenceItem
from matcher.domain.vocabulary import EvidenceType
from matcher.store.access import Access, Reading
from matcher.store.batches import batches
from matcher.store.item_table import ITEM_CODEC, unlink, write_links
from matcher.store.past import history_of
from matcher.store.records import ChangeKind, HistoryEntry, OwnedItem, SaveOutcome, StoredItem
from matcher.store.standing import standing_of
from matcher.store.tables import expert_items, items

_WRITE_BATCH = 1000
_READ_BATCH = 1000


class Items:
    """Items by id, by number, by owner."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def save(self, links: Sequence[OwnedItem], *, by: str) -> list[SaveOutcome]:
        """One outcome a link: NEW for a new link, CHANGED where the item's text is new.

        Of several texts for one item the last given wins, however long the list. An owner who is not in the
        database refuses the link, an erased one too; one who was merged passes it on. Commits in chunks.
        """
        latest = {link.item.id: link.item for link in links}
        outcomes: list[SaveOutcome] = []
        for batch in batches(links, _WRITE_BATCH):
            outcomes += self._save_batch([OwnedItem(link.expert_id, latest[link.item.id]) for link in batch], by)
        return outcomes

    def unlink(self, expert_id: str, item_ids: Iterable[str], *, by: str) -> None:
        """The expert no longer owns these items; what nobody owns is removed."""
        with self._access.writing(by) as work:
            unlink(work, [(expert_id, item_id) for item_id in item_ids])

    def get_many(self, ids: Iterable[str]) -> dict[str, EvidenceItem]:
        """By item id; what is not stored is absent."""
        found: dict[str, EvidenceItem] = {}
        with self._access.reading() as work:
            for batch in batches(dict.fromkeys(ids), _READ_BATCH):
                rows = work.connection.execute(select(items.c.id, items.c.document).where(items.c.id.in_(batch)))
                found.update((row.id, ITEM_CODEC.read(row.document)) for row in rows)
        return found

    def of_expert(self, expert_id: str) -> list[EvidenceItem]:
        """With the profile item, in order of their numbers."""
        owned = select(items.c.document).join(expert_items, expert_items.c.item_number == items.c.number)
        mine = owned.where(expert_items.c.expert_id == expert_id).order_by(items.c.number)
        with self._access.reading() as work:
            return [ITEM_CODEC.read(document) for document in work.connection.scalars(mine)]

    def by_numbers(self, numbers: Iterable[int]) -> list[StoredItem]:
        """Each once, in the order asked for; those that are gone are absent."""
        asked = list(dict.fromkeys(int(number) for number in numbers))  # NumPy's integers are no database's
        found: dict[int, StoredItem] = {}
        with self._access.reading() as work:
            for batch in batches(asked, _READ_BATCH):
                rows = work.connection.execute(_wanted().where(items.c.number.in_(batch))).all()
                stored = _with_owners(work, rows, expert_items.c.item_number.in_(batch))
                found.update((one.number, one) for one in stored)
        return [found[number] for number in asked if number in found]

    def stream(self, *, chunk: int = 2000) -> Iterator[list[StoredItem]]:
        """Everything in order of the numbers, in lists of at most `chunk`."""
        last = 0
        while True:
            with self._access.reading() as work:
                rows = work.connection.execute(_wanted().where(items.c.number > last).limit(chunk)).all()
                if not rows:
                    return
                here = expert_items.c.item_number.between(rows[0].number, rows[-1].number)
                found = _with_owners(work, rows, here)
            yield found
            last = rows[-1].number

    def numbers(self, types: Iterable[EvidenceType]) -> list[int]:
        """Ascending numbers of all items of these types."""
        wanted = select(items.c.number).where(items.c.type.in_([kind.value for kind in types])).order_by(items.c.number)
        with self._access.reading() as work:
            return list(work.connection.scalars(wanted))

    def find(self, text: str, types: Iterable[EvidenceType], limit: int) -> list[StoredItem]:
        """Items of these types with this id, or with this text in their title; at most `limit`, by number."""
        named = (items.c.id == text) | items.c.title.contains(text, autoescape=True)
        kinds = items.c.type.in_([kind.value for kind in types])
        with self._access.reading() as work:
            numbers = work.connection.scalars(select(items.c.number).where(named, kinds).order_by(items.c.number)).all()
        return self.by_numbers(numbers[:limit])

    def count(self) -> int:
        with self._access.reading() as work:
            return work.connection.execute(select(func.count()).select_from(items)).scalar_one()

    def counts_by_owner(self, expert_ids: Iterable[str] | None = None) -> dict[str, int]:
        """Expert id -> number of items, the profile not counted; whoever has none is absent."""
        owned = select(expert_items.c.expert_id, func.count()).join(items, items.c.number == expert_items.c.item_number)
        counted = owned.where(items.c.type != EvidenceType.PROFILE.value).group_by(expert_items.c.expert_id)
        with self._access.reading() as work:
            if expert_ids is None:
                return dict(iter(work.connection.execute(counted)))
            asked = batches(dict.fromkeys(expert_ids), _READ_BATCH)
            some = (counted.where(expert_items.c.expert_id.in_(batch)) for batch in asked)
            return {key: count for one in some for key, count in work.connection.execute(one)}

    def history(self, item_id: str) -> list[HistoryEntry]:
        """Oldest first; links and their ends are entries too, `other` names the owner."""
        with self._access.reading() as work:
            return history_of(work, ChangeKind.ITEM, item_id)

    def _save_batch(self, batch: list[OwnedItem], by: str) -> list[SaveOutcome]:
        with self._access.writing(by) as work:
            standing = standing_of(work, [link.expert_id for link in batch])
            refused = [standing.refusal_of_item(link.expert_id) for link in batch]
            taken = [OwnedItem(standing.living(link.expert_id), link.item) for link in batch]
            last = {(link.expert_id, link.item.id): at for at, link in enumerate(taken)}
            chosen = [
                at for at, link in enumerate(taken) if refused[at] is None and last[link.expert_id, link.item.id] == at
            ]
            written = dict(zip(chosen, write_links(work, [taken[at] for at in chosen]), strict=True))
            return [refused[at] or written.get(at, SaveOutcome.SUPERSEDED) for at in range(len(batch))]


def _wanted() -> Select[int, str]:
    return select(items.c.number, items.c.document).order_by(items.c.number)


def _with_owners(work: Reading, rows: Sequence[Row[int, str]], condition: ColumnElement[bool]) -> list[StoredItem]:
    owners: dict[int, list[str]] = {}
    links = select(expert_items.c.item_number, expert_items.c.expert_id).where(condition)
    for number, expert_id in work.connection.execute(links):
        owners.setdefault(number, []).append(expert_id)
    return [
        StoredItem(number, ITEM_CODEC.read(document), tuple(sorted(owners[number])))
        for number, document in rows
        if number in owners
    ]
