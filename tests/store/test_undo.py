"""An import is taken back: what it wrote goes, what somebody touched since stays and is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.demand import Demand, DemandContact, Enterprise
from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.match_run import RunAct, RunEvent
from matcher.domain.vocabulary import EngagementKind, EngagementStatus, EvidenceType, Purpose
from matcher.store import OwnedItem, Store
from matcher.store.errors import BatchUnknown
from matcher.store.match_runs import NewRun
from matcher.store.records import ChangeKind, HistoryAction, SaveOutcome, UndoVerdict

OLD = Expert("E1", "张三", directions=("光学",), private=PrivateDetails(phone="13800002222"))
NEW = Expert("E2", "李四", directions=("土壤",))
PAPER = EvidenceItem("I1", EvidenceType.PAPER, "旧文", abstract="旧摘要")
PATENT = EvidenceItem("I2", EvidenceType.PATENT, "专利")
FIRM = Demand("D1", "焊缝开裂", "问题", enterprise=Enterprise("某厂"), contact=DemandContact("王某", "13900001111"))
LINE = Engagement("S1", EngagementKind.EXPERT_STATION, "某厂", "E2", status=EngagementStatus.RUNNING)


@pytest.fixture
def stocked(store: Store) -> Store:
    """What stood there, and the import b1 that came upon it."""
    store.experts.save([OLD], by="甲")
    store.items.save([OwnedItem("E1", PAPER)], by="甲")
    batch = store.within("b1")
    changed = Expert("E1", "张三", directions=("声学",), private=PrivateDetails(phone="13800009999"))
    batch.experts.save([changed, NEW], by="乙")
    better = EvidenceItem("I1", EvidenceType.PAPER, "旧文", abstract="新摘要")
    batch.items.save([OwnedItem("E1", better), OwnedItem("E2", better), OwnedItem("E2", PATENT)], by="乙")
    batch.demands.save([FIRM], by="乙")
    return store


def undone(store: Store, known: Store | None = None) -> dict[tuple[ChangeKind, str], UndoVerdict]:
    batches = known.batches if known else None
    told = store.batches.take_back("b1", by="丙", known=batches)
    return {(one.kind, one.key): one.verdict for portion in told for one in portion}


ALL = {
    (ChangeKind.ITEM, "I1"): UndoVerdict.RESTORED,
    (ChangeKind.ITEM, "I2"): UndoVerdict.REMOVED,
    (ChangeKind.DEMAND, "D1"): UndoVerdict.REMOVED,
    (ChangeKind.EXPERT, "E1"): UndoVerdict.RESTORED,
    (ChangeKind.EXPERT, "E2"): UndoVerdict.REMOVED,
}


def test_everything_stands_as_before(stocked: Store) -> None:
    before = stocked.changes.last()
    assert undone(stocked) == ALL
    assert stocked.experts.get_many(["E1", "E2"], reveal=True) == {"E1": OLD}
    assert {item.id: item for item in stocked.items.of_expert("E1")} == {"I1": PAPER, "RE1": OLD.profile_item()}
    assert stocked.items.count() == 2
    assert stocked.demands.get("D1") is None
    changed = {(change.kind, change.key) for change in stocked.changes.since(before)}
    profiles = {(ChangeKind.ITEM, "RE1"), (ChangeKind.ITEM, "RE2")}
    assert changed == ALL.keys() | profiles
    assert [(entry.by, entry.action) for entry in stocked.experts.history("E2")] == [
        ("乙", HistoryAction.CREATED),
        ("丙", HistoryAction.REMOVED),
    ]


def test_numbers_taken_back_are_not_given_again(stocked: Store) -> None:
    undone(stocked)
    assert stocked.demands.taken("D") == ["D1"]
    assert sorted(stocked.experts.taken("E")) == ["E1", "E2"]
    assert (stocked.demands.taken("E"), stocked.experts.taken("D")) == ([], [])
    assert stocked.demands.save([FIRM], by="丁") == [SaveOutcome.NEW]


def test_a_second_time_it_is_found_done_and_tells_the_same(stocked: Store) -> None:
    assert undone(stocked) == undone(stocked) == ALL
    assert stocked.experts.get("E1") is not None
    assert [batch.undone for batch in stocked.batches.newest()] == [True]


def test_what_was_touched_since_stays_with_what_it_needs(stocked: Store) -> None:
    stocked.items.save([OwnedItem("E2", EvidenceItem("I2", EvidenceType.PATENT, "专利", abstract="补充"))], by="丁")
    stocked.experts.save([Expert("E1", "张三", directions=("声学", "光学"))], by="丁")
    told = undone(stocked)
    assert told[ChangeKind.ITEM, "I2"] is UndoVerdict.CHANGED_SINCE
    assert told[ChangeKind.EXPERT, "E1"] is UndoVerdict.CHANGED_SINCE
    assert told[ChangeKind.EXPERT, "E2"] is UndoVerdict.IN_USE  # for its patent stays
    assert sorted(item.id for item in stocked.items.of_expert("E2")) == ["I1", "I2", "RE2"]
    assert stocked.demands.get("D1") is None


def test_who_stands_in_the_ledger_stays_and_goes_once_the_line_is_taken_back(stocked: Store) -> None:
    stocked.within("b2").ledger.save([LINE], by="丁")
    told = [one for portion in stocked.batches.take_back("b1", by="丙") for one in portion]
    kept = next(one for one in told if one.key == "E2")
    assert (kept.verdict, kept.detail, kept.name) == (UndoVerdict.IN_USE, "台账、成果", "李四")
    works = [(one.key, one.verdict, one.detail, one.rows) for one in told if one.kind is ChangeKind.ITEM]
    assert works == [
        ("I1", UndoVerdict.WITH_OWNER, "E2", 1), ("I1", UndoVerdict.RESTORED, "", 1),
        ("I2", UndoVerdict.WITH_OWNER, "E2", 1),
    ]  # fmt: skip
    assert {item.id: item for item in stocked.items.of_expert("E2")} == {
        "I1": PAPER, "I2": PATENT, "RE2": NEW.profile_item(),
    }  # fmt: skip
    assert list(stocked.batches.take_back("b2", by="丙")) != []
    assert undone(stocked)[ChangeKind.EXPERT, "E2"] is UndoVerdict.REMOVED
    assert (stocked.ledger.count(), stocked.experts.ids()) == (0, ["E1"])


def test_works_of_several_owners_are_counted_row_by_row_and_stay_with_those_who_stay(store: Store) -> None:
    batch, paper = store.within("b1"), EvidenceItem("I1", EvidenceType.PAPER, "合著")
    batch.experts.save([OLD, NEW, Expert("E3", "王五", directions=("光学",))], by="乙")
    batch.items.save([OwnedItem(owner, paper) for owner in ("E1", "E2", "E3")], by="乙")
    store.ledger.save([LINE], by="丁")
    for _ in range(2):  # told the same when it is done
        told = [one for portion in store.batches.take_back("b1", by="丙") for one in portion]
        works = [(one.verdict, one.detail, one.rows) for one in told if one.kind is ChangeKind.ITEM]
        assert works == [(UndoVerdict.REMOVED, "", 2), (UndoVerdict.WITH_OWNER, "E2", 1)]
    assert store.experts.ids() == ["E2"]
    assert [stored.owners for part in store.items.stream() for stored in part if stored.item == paper] == [("E2",)]


def test_what_a_result_made_since_may_cite_stays_with_somebody_who_was_there_before(stocked: Store) -> None:
    stocked.within("b2").items.save([OwnedItem("E1", EvidenceItem("I3", EvidenceType.PAPER, "新文"))], by="乙")
    frozen = RunEvent(datetime.now(UTC), "丁", RunAct.FROZEN)
    run = NewRun("D1", Purpose.ENTERPRISE_VISIT, "焊缝开裂", "某厂", "", "", False, "{}", {"E1": "{}"}, frozen)
    note = AuditEntry(frozen.at, "丁", "本机", "", AuditAction.ADD_RECORD, "结果")
    stocked.match_runs.freeze(run, note=lambda made: note)
    told = [one for portion in stocked.batches.take_back("b2", by="丙") for one in portion]
    assert [(one.key, one.verdict, one.detail) for one in told] == [("I3", UndoVerdict.WITH_OWNER, "E1")]


def test_an_erased_person_is_not_brought_back(stocked: Store) -> None:
    for id in ("E1", "E2"):
        stocked.experts.erase(id, by="丁")
    told = undone(stocked)
    assert {told[ChangeKind.EXPERT, id] for id in ("E1", "E2")} == {UndoVerdict.CHANGED_SINCE}
    assert stocked.experts.ids() == []


def test_a_rehearsal_tells_what_would_be_and_leaves_it(stocked: Store) -> None:
    with stocked.rehearsal() as trial:
        assert undone(trial, stocked) == ALL
    assert stocked.experts.ids() == ["E1", "E2"]
    assert [batch.undone for batch in stocked.batches.newest()] == [False]
    assert undone(stocked) == ALL


def test_a_number_that_was_taken_back_can_be_given_again(stocked: Store) -> None:
    undone(stocked)
    note = AuditEntry(datetime(2026, 3, 1, tzinfo=UTC), "戊", "本机", "", AuditAction.ADD_RECORD, "专家:E2")
    stocked.experts.put(NEW, seen=0, note=note)
    found = stocked.experts.get_with_version("E2")
    assert found is not None
    assert found[0] == NEW
    assert undone(stocked)[ChangeKind.EXPERT, "E2"] is UndoVerdict.REMOVED  # told of then; who came since stays
    assert stocked.experts.get("E2") == NEW


def test_portions_are_undone_one_by_one(store: Store) -> None:
    many = [Expert(f"E{number:04}", f"某{number}", directions=("焊接",)) for number in range(1100)]
    store.within("b1").experts.save(many, by="乙")
    told = store.batches.take_back("b1", by="丙")
    first = next(told)
    assert (len(first), store.experts.count()) == (500, 600)
    assert sum(map(len, told)) == 600
    assert (store.experts.count(), store.items.count()) == (0, 0)


def test_imports_are_listed_newest_first(stocked: Store) -> None:
    stocked.within("b2").demands.save([Demand("D2", "盐碱地", "问题")], by="丁")
    listed = [(batch.id, batch.by, batch.undone) for batch in stocked.batches.newest()]
    assert listed == [("b2", "丁", False), ("b1", "乙", False)]
    assert stocked.batches.get("b2").records == 1
    for unknown in ("b9", "undo:b1"):
        with pytest.raises(BatchUnknown):
            stocked.batches.get(unknown)
