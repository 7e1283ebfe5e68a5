"""Private values are never in clear, and an erased person is gone from every table and file."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.demand import Demand, DemandContact
from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import EngagementKind, EvidenceType
from matcher.store import ChangeKind, HistoryAction, OwnedItem, SaveOutcome, Store
from matcher.store.errors import RecordUnknown
from tests.store.raw_content import everything, file_content

PRIVATE = PrivateDetails("11010519491231002X", "13800138000", "chu@example.cn", "秘书小吴", "糖尿病")
CHU = Expert(
    "E1", "楚云飞", "独立大学", directions=("罕见方向甲",), representative_results=("罕见成果乙",), private=PRIVATE
)
OTHER = Expert("E2", "李四", "吉林大学", directions=("玉米",))
OWN = EvidenceItem("I1", EvidenceType.PAPER, "只有楚云飞写得出的论文", abstract="罕见摘要丙")
SHARED = EvidenceItem("I2", EvidenceType.PAPER, "合写的论文")
LINE = Engagement(
    "L1",
    EngagementKind.VISIT,
    "吉林某公司",
    "E1",
    reason="楚云飞最合适",
    staff="楚云飞及助手",
    itinerary="住香格里拉 1808 房",
    remark="楚云飞偏好高铁",
)
SECRETS = (
    "11010519491231002X",
    "13800138000",
    "chu@example.cn",
    "秘书小吴",
    "糖尿病",
    "香格里拉",
)
CLEAR = ("楚云飞", "独立大学", "罕见方向甲", "罕见成果乙", "罕见摘要丙")


def fill(store: Store) -> None:
    store.experts.save([CHU, OTHER], by="甲")
    store.items.save([OwnedItem("E1", OWN), OwnedItem("E1", SHARED), OwnedItem("E2", SHARED)], by="甲")
    store.ledger.save([LINE], by="甲")
    store.experts.save([replace(CHU, title="教授")], by="甲")
    store.items.save([OwnedItem("E1", replace(OWN, year=2020))], by="甲")


def test_private_values_are_never_in_clear(store: Store, url: str) -> None:
    fill(store)
    store.demands.save([Demand("D1", "需求", contact=DemandContact("钱经理", "13700137000", "q@q.cn"))], by="甲")
    content = everything(url)
    assert "楚云飞" in content
    assert [secret for secret in (*SECRETS, "钱经理", "13700137000", "q@q.cn") if secret in content] == []


def test_nothing_of_an_erased_person_is_left(store: Store, url: str) -> None:
    fill(store)
    store.experts.erase("E1", by="乙")
    content = everything(url)
    assert [word for word in (*SECRETS, *CLEAR) if word in content] == []
    assert "李四" in content
    assert "合写的论文" in content
    store.close()
    assert "楚云飞" not in file_content(url)


def test_many_erasures_leave_nothing_in_the_files(store: Store, url: str) -> None:
    people = [
        replace(OTHER, id=f"P{number}", name=f"独一无二{number}号", posts_held="职" * number) for number in range(300)
    ]
    store.experts.save(people, by="甲")
    store.experts.save([replace(person, title="教授") for person in people], by="甲")
    for number in range(100, 110):
        store.experts.erase(f"P{number}", by="乙")
    content = everything(url)
    assert [number for number in range(300) if f"独一无二{number}号" not in content] == list(range(100, 110))


def test_what_stays_is_a_tombstone_and_unreadable_history(store: Store) -> None:
    fill(store)
    store.experts.erase("E1", by="乙")
    assert store.experts.get("E1") is None
    assert store.experts.is_erased(["E1", "E2"]) == {"E1"}
    assert sorted(store.experts.taken("E")) == ["E1", "E2"]
    (stone,) = store.experts.tombstones()
    assert (stone.expert_id, stone.by) == ("E1", "乙")
    created, changed, erased = store.experts.history("E1", reveal=True)
    assert (created.action, created.readable, created.after) == (HistoryAction.CREATED, False, None)
    assert (changed.readable, changed.before) == (False, None)
    assert (erased.action, erased.by, erased.readable) == (HistoryAction.ERASED, "乙", True)
    assert not store.items.history("I1")[0].readable
    assert not store.ledger.history("L1", reveal=True)[0].readable


def test_shared_items_stay_with_the_others(store: Store) -> None:
    fill(store)
    numbers = {stored.item.id: stored.number for stored in next(store.items.stream())}
    seen = store.changes.last()
    store.experts.erase("E1", by="乙")
    assert [(stored.item, stored.owners) for stored in store.items.by_numbers(numbers.values())] == [
        (OTHER.profile_item(), ("E2",)),
        (SHARED, ("E2",)),
    ]
    changed = {(change.kind, change.key, change.number) for change in store.changes.since(seen)}
    assert changed == {
        (ChangeKind.EXPERT, "E1", None),
        (ChangeKind.ENGAGEMENT, "L1", None),
        (ChangeKind.ITEM, "I1", numbers["I1"]),
        (ChangeKind.ITEM, "I2", numbers["I2"]),
        (ChangeKind.ITEM, "RE1", numbers["RE1"]),
    }


def test_items_taken_away_earlier_are_wiped_too(store: Store, url: str) -> None:
    fill(store)
    store.items.unlink("E1", ["I1"], by="甲")
    assert "罕见摘要丙" in everything(url)
    store.experts.erase("E1", by="乙")
    assert "罕见摘要丙" not in everything(url)


def test_the_ledger_keeps_the_bare_line(store: Store) -> None:
    fill(store)
    store.experts.erase("E1", by="乙")
    assert store.ledger.get("L1", reveal=True) == Engagement("L1", EngagementKind.VISIT, "吉林某公司", "E1")


def test_a_later_import_is_refused_without_stopping_the_others(store: Store) -> None:
    fill(store)
    store.experts.erase("E1", by="乙")
    changed = replace(OTHER, title="研究员")
    assert store.experts.save([CHU, changed], by="甲") == [SaveOutcome.REFUSED_ERASED, SaveOutcome.CHANGED]
    assert store.items.save([OwnedItem("E1", OWN), OwnedItem("E2", OWN)], by="甲") == [
        SaveOutcome.REFUSED_ERASED,
        SaveOutcome.NEW,
    ]
    assert store.ledger.save([LINE], by="甲") == [SaveOutcome.REFUSED_ERASED]
    assert SaveOutcome.REFUSED_ERASED.refused


def test_a_list_of_erasures_is_carried_out_again_and_once(store: Store) -> None:
    fill(store)
    note = AuditEntry(datetime(2026, 1, 1, tzinfo=UTC), "甲", "本机", "", AuditAction.ERASE_PERSON, "专家:E1")
    done = [store.experts.erase_listed(number, by="甲", note=note) for number in ("E1", "E7", "E1", "E7")]
    assert done == [True, True, False, False]
    assert store.experts.ids() == ["E2"]
    assert store.experts.save([replace(CHU, id="E7")], by="甲") == [SaveOutcome.REFUSED_ERASED]
    assert len(store.audit.newest(9)) == 2


def test_erasing_twice_is_no_error_and_an_unknown_number_is(store: Store) -> None:
    fill(store)
    store.experts.erase("E1", by="乙")
    store.experts.erase("E1", by="丙")
    assert [stone.by for stone in store.experts.tombstones()] == ["乙"]
    with pytest.raises(RecordUnknown, match="E9"):
        store.experts.erase("E9", by="乙")
