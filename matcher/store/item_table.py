"""Items of evidence and who owns them, inside one writing transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, delete, insert, select, tuple_, update

from matcher.domain.evidence import EvidenceItem
from matcher.store.access import Reading, Writing
from matcher.store.batches import batches
from matcher.store.codec import Codec, column_text, to_json
from matcher.store.records import ChangeKind, HistoryAction, OwnedItem, SaveOutcome
from matcher.store.tables import expert_items, items

ITEM_CODEC = Codec(EvidenceItem)
_BATCH = 1000
_Link = tuple[str, int]


def write_links(work: Writing, links: Sequence[OwnedItem]) -> list[SaveOutcome]:
    """Stores the items (the last of equal ids) and links them to their owners, who must be in the database."""
    given = {link.item.id: link.item for link in links}
    stored = _stored(work, given)
    changed = {key for key, item in given.items() if key in stored and stored[key] != item}
    _insert(work, [item for key, item in given.items() if key not in stored])
    _update(work, [given[key] for key in changed])
    numbers = numbers_of(work, given)
    first_owner = {link.item.id: link.expert_id for link in reversed(links) if link.item.id not in stored}
    _remember(work, given, stored, changed, first_owner)
    for key in given.keys() - (stored.keys() - changed):
        work.changed(ChangeKind.ITEM, key, numbers[key])
    new_links = _link(work, links, numbers, first_owner)
    return [_outcome((link.expert_id, numbers[link.item.id]) in new_links, link.item.id in changed) for link in links]


def unlink(work: Writing, pairs: Iterable[tuple[str, str]]) -> None:
    """Takes items (given as expert id, item id) from their owners; an item that nobody owns any more is removed."""
    wanted = list(pairs)
    numbers = numbers_of(work, [item_id for _, item_id in wanted])
    links = {(expert, numbers[item]): item for expert, item in wanted if item in numbers}
    gone = _existing(work, links)
    for link in sorted(gone):
        here = (expert_items.c.expert_id == link[0]) & (expert_items.c.item_number == link[1])
        work.connection.execute(delete(expert_items).where(here))
        work.remember(HistoryAction.UNLINKED, ChangeKind.ITEM, links[link], other=link[0])
        work.changed(ChangeKind.ITEM, links[link], link[1])
        work.changed(ChangeKind.EXPERT, link[0])
    remove_ownerless(work, [number for _, number in gone])


def remove_ownerless(work: Writing, numbers: Iterable[int]) -> None:
    """Removes those of the items that have lost their last owner."""
    for batch in batches(sorted(set(numbers)), _BATCH):
        owned = select(expert_items.c.item_number).where(expert_items.c.item_number.in_(batch))
        ownerless = items.c.number.in_(batch) & items.c.number.not_in(owned)
        for row in work.connection.execute(select(items.c.number, items.c.id, items.c.document).where(ownerless)).all():
            work.remember(HistoryAction.REMOVED, ChangeKind.ITEM, row.id, row.document)
            work.changed(ChangeKind.ITEM, row.id, row.number)
            work.connection.execute(delete(items).where(items.c.number == row.number))


def put_back(work: Writing, item: EvidenceItem) -> None:
    """The item says again what it said before; it must be stored."""
    now = _stored(work, [item.id])[item.id]
    _update(work, [item])
    work.remember(HistoryAction.RESTORED, ChangeKind.ITEM, item.id, _document(now), _document(item))
    work.changed(ChangeKind.ITEM, item.id, numbers_of(work, [item.id])[item.id])


def owners_of(work: Reading, item_ids: Iterable[str]) -> dict[str, set[str]]:
    """Item id -> the experts who own it; an item that is gone is absent."""
    found: dict[str, set[str]] = {}
    owned = select(items.c.id, expert_items.c.expert_id).join(items, items.c.number == expert_items.c.item_number)
    for batch in batches(dict.fromkeys(item_ids), _BATCH):
        for item_id, expert_id in work.connection.execute(owned.where(items.c.id.in_(batch))):
            found.setdefault(item_id, set()).add(expert_id)
    return found


def numbers_of(work: Reading, ids: Iterable[str]) -> dict[str, int]:
    """Item id -> number, of those that are stored."""
    found: dict[str, int] = {}
    for batch in batches(dict.fromkeys(ids), _BATCH):
        rows = work.connection.execute(select(items.c.id, items.c.number).where(items.c.id.in_(batch)))
        found.update((row.id, row.number) for row in rows)
    return found


def items_owned_by(work: Reading, expert_ids: Iterable[str]) -> dict[int, str]:
    """Number -> id of every item that one of the experts owns."""
    owned = select(items.c.number, items.c.id).join(expert_items, expert_items.c.item_number == items.c.number)
    rows = work.connection.execute(owned.where(expert_items.c.expert_id.in_(list(expert_ids))))
    return {row.number: row.id for row in rows}


def _stored(work: Reading, ids: Iterable[str]) -> dict[str, EvidenceItem]:
    found: dict[str, EvidenceItem] = {}
    for batch in batches(ids, _BATCH):
        rows = work.connection.execute(select(items.c.id, items.c.document).where(items.c.id.in_(batch)))
        found.update((row.id, ITEM_CODEC.read(row.document)) for row in rows)
    return found


def _insert(work: Writing, new: list[EvidenceItem]) -> None:
    if new:
        work.connection.execute(insert(items), [_row(item) for item in new])


def _update(work: Writing, changed: list[EvidenceItem]) -> None:
    if changed:
        rows = [{"item_id" if name == "id" else name: value for name, value in _row(one).items()} for one in changed]
        values: dict[str, object] = {name: bindparam(name) for name in rows[0] if name != "item_id"}
        work.connection.execute(update(items).where(items.c.id == bindparam("item_id")).values(values), rows)


def _row(item: EvidenceItem) -> dict[str, object]:
    year = item.year if item.year is not None and 0 < item.year < 10_000 else None
    columns = {"id": item.id, "type": item.type.value, "year": year, "title": column_text(item.title)}
    return {**columns, "document": _document(item)}


def _document(item: EvidenceItem) -> str:
    return to_json(ITEM_CODEC.fields(item))


def _remember(
    work: Writing,
    given: Mapping[str, EvidenceItem],
    stored: Mapping[str, EvidenceItem],
    changed: set[str],
    first_owner: Mapping[str, str],
) -> None:
    for key, item in given.items():
        if key not in stored:
            document = _document(item)
            work.remember(HistoryAction.CREATED, ChangeKind.ITEM, key, None, document, first_owner[key])
        elif key in changed:
            sides = _document(stored[key]), _document(item)
            work.remember(HistoryAction.CHANGED, ChangeKind.ITEM, key, *sides)


def _link(
    work: Writing, links: Sequence[OwnedItem], numbers: Mapping[str, int], first_owner: Mapping[str, str]
) -> set[_Link]:
    wanted = {(link.expert_id, numbers[link.item.id]): link.item.id for link in links}
    new = wanted.keys() - _existing(work, wanted)
    rows = [{"expert_id": expert, "item_number": number} for expert, number in sorted(new)]
    if rows:
        work.connection.execute(insert(expert_items), rows)
    for expert, number in sorted(new):
        key = wanted[expert, number]
        work.changed(ChangeKind.ITEM, key, number)
        work.changed(ChangeKind.EXPERT, expert)  # what somebody owns is part of the person
        if first_owner.get(key) != expert:  # the history row of its creation names the first owner
            work.remember(HistoryAction.LINKED, ChangeKind.ITEM, key, other=expert)
    return set(new)


def _existing(work: Reading, links: Iterable[_Link]) -> set[_Link]:
    columns = tuple_(expert_items.c.expert_id, expert_items.c.item_number)
    found: set[_Link] = set()
    for batch in batches(links, _BATCH):
        rows = work.connection.execute(select(expert_items).where(columns.in_(batch)))
        found.update((row.expert_id, row.item_number) for row in rows)
    return found


def _outcome(linked: bool, changed: bool) -> SaveOutcome:
    if linked:
        return SaveOutcome.NEW
    return SaveOutcome.CHANGED if changed else SaveOutcome.UNCHANGED
