"""Plans in the store: versions, states, what was confirmed; the audit entry of each act beside it."""

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.expert import Expert
from matcher.domain.plan import PlanHead, PlanKind, PlanRecord, PlanState, plan_order
from matcher.store import Store, open_store
from matcher.store.cipher import AesGcmCipher
from matcher.store.errors import PlanSettled, PlanUnknown
from tests.store.raw_content import everything

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
DRAFT = PlanRecord("", 0, PlanKind.STATIONS, "2026 年建站计划", "摘要", NOW, "王处", document='{"plan": 1}')


def note(action: AuditAction) -> AuditEntry:
    return AuditEntry(NOW, "王处", "本机", "", action, "计划")


def test_versions_under_one_number_outlive_the_process(store: Store, url: str, cipher: AesGcmCipher) -> None:
    first = store.plans.add(DRAFT, note=note(AuditAction.MAKE_PLAN))
    other = store.plans.add(replace(DRAFT, kind=PlanKind.VISITS), note=note(AuditAction.MAKE_PLAN))
    second = store.plans.add(replace(DRAFT, id=first.id, document="{}"), note=note(AuditAction.MAKE_PLAN))
    assert [(r.id, r.version) for r in (first, other, second)] == [("P2026-001", 1), ("P2026-002", 1), ("P2026-001", 2)]
    with open_store(url, cipher) as again:
        assert again.plans.get(first.id) == second
        assert again.plans.get(first.id, 1) == first
        assert again.plans.versions(first.id) == [head(first), head(second)]
        assert again.plans.newest(PlanKind.STATIONS) == [head(second)]
        assert again.plans.newest() == [head(other), head(second)]
        assert again.plans.whole([head(first), head(other)]) == [other, first]


def test_the_thousandth_plan_of_a_year_comes_behind_the_one_before_it(store: Store) -> None:
    ids = ["P2026-999", "P2026-1000", "P2025-1001", "P2027-001"]
    for id in ids:
        store.plans.add(replace(DRAFT, id=id), note=note(AuditAction.MAKE_PLAN))
    newest_first = ["P2027-001", "P2026-1000", "P2026-999", "P2025-1001"]
    assert [one.id for one in store.plans.newest()] == newest_first == sorted(ids, key=plan_order, reverse=True)


def head(record: PlanRecord) -> PlanHead:
    return PlanHead(**{field.name: getattr(record, field.name) for field in fields(PlanHead)})


def test_one_signed_version_and_no_change_after_a_state(store: Store) -> None:
    for _ in range(2):
        record = store.plans.add(replace(DRAFT, id="P1"), note=note(AuditAction.MAKE_PLAN))
    store.plans.confirm("P1", 1, ["D1:E1"], note=note(AuditAction.CONFIRM_PLAN))
    for version in (1, 2):
        store.plans.set_state("P1", version, PlanState.SIGNED, "王处", NOW, note=note(AuditAction.SIGN_PLAN))
    before, after = store.plans.versions("P1")
    assert (before.state, before.confirmed) == (PlanState.VOID, ("D1:E1",))
    assert (after.state, after.state_by, after.state_at) == (PlanState.SIGNED, "王处", NOW)
    with pytest.raises(PlanSettled):
        store.plans.confirm("P1", 2, [], note=note(AuditAction.CONFIRM_PLAN))
    with pytest.raises(PlanSettled):
        store.plans.set_state("P1", 1, PlanState.SIGNED, "王处", NOW, note=note(AuditAction.SIGN_PLAN))
    acts = [entry.entry.action for entry in store.audit.newest(9)]
    assert acts[:3] == [AuditAction.SIGN_PLAN, AuditAction.SIGN_PLAN, AuditAction.CONFIRM_PLAN]
    assert store.audit.newest(9)[-1].entry.subject == f"计划:{replace(record, version=1).name}"


def test_a_plan_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(PlanUnknown, match="“P9”没有第 3 版"):
        store.plans.get("P9", 3)


def test_the_year_of_a_number_is_that_of_beijing(store: Store) -> None:
    new_year = replace(DRAFT, made_at=datetime(2026, 12, 31, 17, tzinfo=UTC))  # one in the morning of 1 January
    assert store.plans.add(new_year, note=note(AuditAction.MAKE_PLAN)).id == "P2027-001"


def test_what_a_version_shows_of_people_stays_until_the_person_is_erased(store: Store, url: str) -> None:
    store.experts.save([Expert("E1", "张一"), Expert("E2", "李二")], by="测试")
    said = {"E1": '{"expert": "张一"}', "E2": '{"expert": "李二"}'}
    first = store.plans.add(DRAFT, said, note=note(AuditAction.MAKE_PLAN))
    second = store.plans.add(replace(DRAFT, id=first.id), note=note(AuditAction.MAKE_PLAN))
    store.experts.save([Expert("E1", "张一一")], by="测试")
    assert store.plans.people(first.id, first.version) == said
    assert store.plans.people(second.id, second.version) == {}
    assert 'expert": "张一' not in everything(url)
    store.experts.erase("E1", by="测试")
    assert store.plans.people(first.id, first.version) == {"E2": said["E2"]}
    late = store.plans.add(DRAFT, said, note=note(AuditAction.MAKE_PLAN))
    assert store.plans.people(late.id, late.version) == {"E2": said["E2"]}
