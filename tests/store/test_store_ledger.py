from dataclasses import replace
from datetime import date

from matcher.domain.engagement import Engagement
from matcher.domain.vocabulary import EngagementKind, EngagementRole, EngagementStatus
from matcher.store import ChangeKind, SaveOutcome, Store

STATION = Engagement(
    "L1",
    EngagementKind.ACADEMICIAN_STATION,
    "吉林某公司",
    "E1",
    role=EngagementRole.CHIEF,
    agreement_start=date(2024, 1, 1),
    agreement_end=date(2026, 12, 31),
    months_on_site=3,
    itinerary="9 月 3 日 CA1234 到长春",
    status=EngagementStatus.RUNNING,
)
VISIT = Engagement("L2", EngagementKind.VISIT, "延边某厂", "E2", demand_id="D1")


def test_lines_by_expert(store: Store) -> None:
    second = replace(STATION, id="L0", unit="第二站")
    assert store.ledger.save([STATION, VISIT, second], by="甲") == [SaveOutcome.NEW] * 3
    found = store.ledger.of_experts(["E1", "E3"], reveal=True)
    assert found == {"E1": [second, STATION]}
    assert store.ledger.count() == 3


def test_itinerary_is_empty_unless_revealed(store: Store) -> None:
    store.ledger.save([STATION], by="甲")
    assert list(store.ledger.stream()) == [replace(STATION, itinerary="")]
    assert list(store.ledger.stream(reveal=True)) == [STATION]
    (entry,) = store.ledger.history("L1")
    assert entry.after is not None
    assert "itinerary" not in entry.after


def test_changes_are_logged_and_repeats_are_not(store: Store) -> None:
    store.ledger.save([STATION, VISIT], by="甲")
    changed = replace(VISIT, status=EngagementStatus.COMPLETED)
    assert store.ledger.save([STATION, changed], by="乙") == [SaveOutcome.UNCHANGED, SaveOutcome.CHANGED]
    assert [(change.kind, change.key) for change in store.changes.since(2)] == [(ChangeKind.ENGAGEMENT, "L2")]
    assert [entry.by for entry in store.ledger.history("L2")] == ["甲", "乙"]


def test_a_line_that_passes_to_another_expert_is_sealed_anew(store: Store) -> None:
    store.ledger.save([STATION], by="甲")
    passed_on = replace(STATION, expert_id="E2")
    store.ledger.save([passed_on], by="甲")
    assert store.ledger.get("L1", reveal=True) == passed_on
    store.experts.erase("E1", by="乙")
    assert store.ledger.get("L1", reveal=True) == passed_on
