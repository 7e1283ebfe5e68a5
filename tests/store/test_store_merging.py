from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import EngagementKind, EvidenceType
from matcher.store import ChangeKind, HistoryAction, OwnedItem, SaveOutcome, Store
from matcher.store.errors import MergeImpossible, RecordUnknown
from tests.store.raw_content import everything

KEEP = Expert("A", "张三", "吉林大学", directions=("机械",), private=PrivateDetails(phone="13800138000"))
DROP = Expert(
    "B",
    "张三",
    "吉大",
    keywords=("农机",),
    birth=date(1960, 5, 1),
    private=PrivateDetails(id_number="11010519491231002X", phone="13900139000"),
)
UNITED = replace(
    KEEP,
    keywords=("农机",),
    birth=date(1960, 5, 1),
    private=PrivateDetails(id_number="11010519491231002X", phone="13800138000"),
)
ONE = EvidenceItem("I1", EvidenceType.PAPER, "论文一")
BOTH = EvidenceItem("I2", EvidenceType.PAPER, "论文二")
LINE = Engagement("L1", EngagementKind.VISIT, "某公司", "B", itinerary="周一出发")


@pytest.fixture(autouse=True)
def _merged(store: Store) -> None:
    store.experts.save([KEEP, DROP], by="甲")
    store.items.save([OwnedItem("B", ONE), OwnedItem("A", BOTH), OwnedItem("B", BOTH)], by="甲")
    store.ledger.save([LINE], by="甲")
    store.experts.merge("A", "B", by="乙")


def test_blank_fields_are_filled_and_the_other_record_goes(store: Store) -> None:
    assert store.experts.get("A", reveal=True) == UNITED
    assert store.experts.get("B") is None
    assert [expert.id for expert in store.experts.with_id_number("11010519491231002X")] == ["A"]


def test_people_without_private_details_and_ledger_can_be_merged(store: Store) -> None:
    store.experts.save([Expert("C", "李四"), Expert("D", "李四", "吉林大学")], by="甲")
    store.experts.merge("C", "D", by="乙")
    assert store.experts.get("C") == Expert("C", "李四", "吉林大学")
    last = store.experts.history("D")[-1]
    assert (last.action, last.before) == (HistoryAction.MERGED, {"id": "D", "name": "李四", "organization": "吉林大学"})


def test_items_and_engagements_move(store: Store) -> None:
    assert set(store.items.of_expert("A")) == {ONE, BOTH, UNITED.profile_item()}
    assert {stored.owners for stored in next(store.items.stream())} == {("A",)}
    assert store.ledger.of_experts(["A", "B"], reveal=True) == {"A": [replace(LINE, expert_id="A")]}


def test_every_touched_record_is_in_the_change_log(store: Store) -> None:
    changed = {(change.kind, change.key) for change in store.changes.since(0)[-7:]}
    assert changed >= {
        (ChangeKind.EXPERT, "A"),
        (ChangeKind.EXPERT, "B"),
        (ChangeKind.ITEM, "I1"),
        (ChangeKind.ITEM, "I2"),
        (ChangeKind.ITEM, "RB"),
        (ChangeKind.ENGAGEMENT, "L1"),
    }


def test_history_of_both_tells_of_it_and_stays_readable(store: Store) -> None:
    created, gone = store.experts.history("B", reveal=True)
    assert created.readable
    assert (gone.action, gone.other, gone.by, gone.after) == (HistoryAction.MERGED, "A", "乙", None)
    assert gone.before is not None
    assert gone.before["private"] == {"id_number": "11010519491231002X", "phone": "13900139000"}
    kept = store.experts.history("A")[-1]
    assert (kept.action, kept.other) == (HistoryAction.MERGED, "B")


def test_importing_the_old_file_again_does_not_bring_the_double_back(store: Store) -> None:
    seen = store.changes.last()
    assert store.experts.save([DROP], by="甲") == [SaveOutcome.REFUSED_MERGED]
    assert store.items.save([OwnedItem("B", ONE)], by="甲") == [SaveOutcome.UNCHANGED]
    assert store.ledger.save([LINE], by="甲") == [SaveOutcome.UNCHANGED]
    assert store.changes.last() == seen
    assert store.experts.merged_into(["A", "B"]) == {"B": "A"}


def test_a_chain_of_merges_leads_to_the_last(store: Store) -> None:
    store.experts.save([Expert("C", "张三")], by="甲")
    store.experts.merge("C", "A", by="乙")
    assert store.experts.merged_into(["A", "B"]) == {"A": "C", "B": "C"}
    assert store.experts.taken("B") == ["B"]
    assert set(store.items.of_expert("C")) >= {ONE, BOTH}


@pytest.mark.parametrize("number", ["A", "B"])
def test_erasing_reaches_every_number_of_the_person(store: Store, url: str, number: str) -> None:
    store.experts.erase(number, by="丙")
    assert store.experts.is_erased(["A", "B"]) == {"A", "B"}
    assert "张三" not in everything(url)
    assert [entry.readable for entry in store.experts.history("B")[:2]] == [False, False]
    assert store.experts.save([KEEP, DROP], by="甲") == [SaveOutcome.REFUSED_ERASED] * 2


def test_merging_needs_two_known_experts(store: Store) -> None:
    with pytest.raises(RecordUnknown, match="B"):
        store.experts.merge("A", "B", by="乙")
    with pytest.raises(MergeImpossible):
        store.experts.merge("A", "A", by="乙")
