from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EvidenceType
from matcher.store import ChangeKind, HistoryAction, OwnedItem, SaveOutcome, Store

PAPER = EvidenceItem("I1", EvidenceType.PAPER, "黑土保护", abstract="秸秆还田", keywords=("黑土",), year=2019)
PATENT = EvidenceItem("I2", EvidenceType.PATENT, "一种播种机")


@pytest.fixture(autouse=True)
def _two_experts(store: Store) -> None:
    store.experts.save([Expert("E1", "张三"), Expert("E2", "李四")], by="甲")


def item_changes(store: Store, since: int) -> list[tuple[str, int | None]]:
    return [(change.key, change.number) for change in store.changes.since(since) if change.kind is ChangeKind.ITEM]


def test_an_item_of_two_authors_is_stored_once(store: Store) -> None:
    outcomes = store.items.save([OwnedItem("E1", PAPER), OwnedItem("E2", PAPER), OwnedItem("E2", PATENT)], by="甲")
    assert outcomes == [SaveOutcome.NEW] * 3
    (paper, patent) = next(store.items.stream())
    assert (paper.item, paper.owners) == (PAPER, ("E1", "E2"))
    assert (patent.item, patent.owners) == (PATENT, ("E2",))
    assert store.items.of_expert("E2") == [PAPER, PATENT]
    assert store.items.get_many(["I1", "I9"]) == {"I1": PAPER}


def test_saving_again_changes_nothing(store: Store) -> None:
    links = [OwnedItem("E1", PAPER), OwnedItem("E2", PAPER)]
    store.items.save(links, by="甲")
    seen = store.changes.last()
    assert store.items.save(links, by="甲") == [SaveOutcome.UNCHANGED] * 2
    assert store.changes.last() == seen
    assert [entry.action for entry in store.items.history("I1")] == [HistoryAction.CREATED, HistoryAction.LINKED]


def test_a_corrected_text_keeps_the_number(store: Store) -> None:
    store.items.save([OwnedItem("E1", PAPER)], by="甲")
    number = next(store.items.stream())[0].number
    seen = store.changes.last()
    corrected = replace(PAPER, abstract="秸秆全量还田")
    assert store.items.save([OwnedItem("E1", corrected)], by="乙") == [SaveOutcome.CHANGED]
    assert store.items.by_numbers([number])[0].item == corrected
    assert item_changes(store, seen) == [("I1", number)]
    last = store.items.history("I1")[-1]
    assert last.before is not None
    assert last.before["abstract"] == "秸秆还田"


def test_sharing_an_item_is_a_change_of_the_item(store: Store) -> None:
    store.items.save([OwnedItem("E1", PAPER)], by="甲")
    seen = store.changes.last()
    assert store.items.save([OwnedItem("E2", PAPER)], by="甲") == [SaveOutcome.NEW]
    (stored,) = next(store.items.stream())
    assert stored.owners == ("E1", "E2")
    assert item_changes(store, seen) == [("I1", stored.number)]


def test_unlinking_is_a_change_and_the_last_owner_takes_the_item_away(store: Store) -> None:
    store.items.save([OwnedItem("E1", PAPER), OwnedItem("E2", PAPER)], by="甲")
    number = next(store.items.stream())[0].number
    seen = store.changes.last()
    store.items.unlink("E1", ["I1", "I9"], by="乙")
    assert item_changes(store, seen) == [("I1", number)]
    assert store.items.by_numbers([number])[0].owners == ("E2",)
    store.items.unlink("E2", ["I1"], by="乙")
    assert store.items.by_numbers([number]) == []
    assert list(store.items.stream()) == []
    assert store.items.history("I1")[-1].action is HistoryAction.REMOVED


def test_numbers_are_never_used_twice(store: Store) -> None:
    store.items.save([OwnedItem("E1", PAPER), OwnedItem("E1", PATENT)], by="甲")
    numbers = [stored.number for stored in next(store.items.stream())]
    store.items.unlink("E1", ["I1", "I2"], by="甲")
    store.items.save([OwnedItem("E1", PAPER), OwnedItem("E1", PATENT)], by="甲")
    again = [stored.number for stored in next(store.items.stream())]
    assert min(again) > max(numbers)


def test_the_last_text_of_an_item_wins_wherever_it_stands(store: Store) -> None:
    """Also across the chunks that a long list is saved in: the second import of a file changes nothing."""
    many = [OwnedItem("E1", EvidenceItem(f"M{number}", EvidenceType.PAPER, "题")) for number in range(1500)]
    links = [OwnedItem("E1", replace(PAPER, abstract="早")), *many, OwnedItem("E2", PAPER)]
    store.items.save(links, by="甲")
    assert store.items.get_many(["I1"])["I1"] == PAPER
    assert set(store.items.save(links, by="甲")) == {SaveOutcome.UNCHANGED}


def test_equal_rows_in_one_list_count_once(store: Store) -> None:
    outcomes = store.items.save([OwnedItem("E1", PAPER), OwnedItem("E1", PAPER)], by="甲")
    assert outcomes == [SaveOutcome.SUPERSEDED, SaveOutcome.NEW]


def test_an_unknown_owner_refuses_only_its_own_row(store: Store) -> None:
    outcomes = store.items.save([OwnedItem("E9", PAPER), OwnedItem("E1", PATENT)], by="甲")
    assert outcomes == [SaveOutcome.REFUSED_NO_EXPERT, SaveOutcome.NEW]
    assert store.items.count() == 1


def test_stream_gives_every_item_once(store: Store) -> None:
    links = [OwnedItem("E1", EvidenceItem(f"M{number}", EvidenceType.PAPER, "题")) for number in range(25)]
    store.items.save(links, by="甲")
    chunks = list(store.items.stream(chunk=10))
    assert [len(chunk) for chunk in chunks] == [10, 10, 5]
    numbers = [stored.number for chunk in chunks for stored in chunk]
    assert numbers == sorted(set(numbers))
    asked = [*reversed(numbers), numbers[0], max(numbers) + 1]
    assert [stored.number for stored in store.items.by_numbers(asked)] == numbers[::-1]


def test_numbers_may_come_from_an_array(store: Store) -> None:
    store.items.save([OwnedItem("E1", PAPER)], by="甲")
    numbers = np.array([stored.number for stored in next(store.items.stream())], dtype=np.int64)
    assert store.items.by_numbers(numbers)[0].item == PAPER


def test_strange_years_stay_in_the_record(store: Store) -> None:
    odd = replace(PAPER, year=10**12)
    store.items.save([OwnedItem("E1", odd)], by="甲")
    assert store.items.get_many(["I1"])["I1"] == odd


def test_items_of_some_types_by_number_and_by_name(store: Store) -> None:
    store.items.save([OwnedItem("E1", PAPER), OwnedItem("E2", PATENT), OwnedItem("E1", PATENT)], by="甲")
    patents = [EvidenceType.PATENT, EvidenceType.AWARD]
    (patent,) = store.items.find("播种", patents, 5)
    assert (patent.item, patent.owners) == (PATENT, ("E1", "E2"))
    assert store.items.numbers(patents) == [patent.number]
    assert [one.item.id for one in store.items.find("I2", patents, 5)] == ["I2"]
    assert store.items.find("黑土", patents, 5) == []
    assert store.items.find("%", patents, 5) == []
