from dataclasses import replace

import pytest

from matcher.domain.demand import Demand, DemandContact, Enterprise, Need
from matcher.domain.vocabulary import ReviewStatus
from matcher.store import ChangeKind, SaveOutcome, Store
from matcher.store.errors import RecordUnknown

DEMAND = Demand(
    "D1",
    "玉米收获机割台损失大",
    problem="损失率 5 %，要降到 2 %",
    enterprise=Enterprise("吉林某农机公司"),
    contact=DemandContact("赵六", "13700137000", "z@example.com"),
)
NEEDS = (Need("D1", 1, "降低损失", "割台"), Need("D1", 2, "监测损失", "传感器"))


@pytest.fixture(autouse=True)
def _one_demand(store: Store) -> None:
    assert store.demands.save([DEMAND], by="甲") == [SaveOutcome.NEW]


def test_contact_is_empty_unless_revealed(store: Store) -> None:
    assert store.demands.get("D1") == replace(DEMAND, contact=DemandContact())
    assert store.demands.get_many(["D1"], reveal=True) == {"D1": DEMAND}
    assert list(store.demands.stream(reveal=True)) == [DEMAND]
    assert store.demands.get("D9") is None


def test_a_confirmed_split_and_review_are_remembered(store: Store) -> None:
    store.demands.set_needs("D1", NEEDS, by="乙")
    store.demands.set_review("D1", ReviewStatus.APPROVED, "可以", by="丙")
    demand = store.demands.get("D1", reveal=True)
    assert demand == replace(DEMAND, needs=NEEDS, review=ReviewStatus.APPROVED, review_remark="可以")
    assert [entry.by for entry in store.demands.history("D1")] == ["甲", "乙", "丙"]
    assert [change.kind for change in store.changes.since(0)] == [ChangeKind.DEMAND] * 3


def test_importing_the_same_questionnaire_again_keeps_what_people_decided(store: Store) -> None:
    store.demands.set_needs("D1", NEEDS, by="乙")
    store.demands.set_review("D1", ReviewStatus.APPROVED, "可以", by="丙")
    seen = store.changes.last()
    assert store.demands.save([DEMAND], by="甲") == [SaveOutcome.UNCHANGED]
    assert store.changes.last() == seen


def test_a_new_phone_keeps_the_split_but_is_reviewed_again(store: Store) -> None:
    store.demands.set_needs("D1", NEEDS, by="乙")
    store.demands.set_review("D1", ReviewStatus.APPROVED, "可以", by="丙")
    changed = replace(DEMAND, contact=replace(DEMAND.contact, phone="13700137001"))
    assert store.demands.save([changed], by="甲") == [SaveOutcome.CHANGED]
    demand = store.demands.get("D1")
    assert demand is not None
    assert (demand.needs, demand.review) == (NEEDS, ReviewStatus.PENDING)


def test_another_text_takes_the_split_away(store: Store) -> None:
    store.demands.set_needs("D1", NEEDS, by="乙")
    store.demands.save([replace(DEMAND, problem="另一个问题")], by="甲")
    demand = store.demands.get("D1")
    assert demand is not None
    assert demand.needs == ()


def test_deciding_the_same_again_leaves_no_trace(store: Store) -> None:
    store.demands.set_needs("D1", NEEDS, by="乙")
    seen = store.changes.last()
    store.demands.set_needs("D1", NEEDS, by="乙")
    assert store.changes.last() == seen


def test_an_unknown_demand_cannot_be_decided_on(store: Store) -> None:
    with pytest.raises(RecordUnknown, match="D9"):
        store.demands.set_needs("D9", NEEDS, by="乙")


def test_history_shows_the_contact_only_when_asked(store: Store) -> None:
    (entry,) = store.demands.history("D1")
    assert entry.after is not None
    assert "contact" not in entry.after
    (revealed,) = store.demands.history("D1", reveal=True)
    assert revealed.after is not None
    assert revealed.after["contact"] == {"person": "赵六", "phone": "13700137000", "email": "z@example.com"}


def test_a_number_thought_free_is_never_written_over(store: Store) -> None:
    other = Demand("D1", "另一项", problem="问题")
    given = [other, replace(other, id="D2")]
    assert store.demands.save(given, by="乙", fresh={"D1", "D2"}) == [SaveOutcome.REFUSED_TAKEN, SaveOutcome.NEW]
    assert store.demands.get("D1", reveal=True) == DEMAND
    assert store.demands.taken("D") == ["D1", "D2"]
    assert store.demands.taken("D_") == []


def test_the_later_of_equal_ids_wins(store: Store) -> None:
    first, second = replace(DEMAND, id="D2", title="一"), replace(DEMAND, id="D2", title="二")
    assert store.demands.save([first, second], by="甲") == [SaveOutcome.SUPERSEDED, SaveOutcome.NEW]
    assert store.demands.ids() == ["D1", "D2"]
    assert store.demands.count() == 2
