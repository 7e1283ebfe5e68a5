"""Marks in the store: one a demand, expert and subject, with history; they go where their expert goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.expert import Expert
from matcher.domain.mark import Mark, grades
from matcher.domain.vocabulary import Verdict
from matcher.store import ChangeKind, HistoryAction, SaveOutcome, Store
from matcher.store.errors import MarkUnknown
from tests.store.raw_content import everything

FITS = Mark("D1", "E1", Verdict.SUITABLE, "做过同样的盐碱地", "王处", date(2026, 5, 1))
DECLINES = Mark("D1", "E1", Verdict.DECLINED, "身体原因", "王处", date(2026, 5, 9))
OTHER = Mark("D1", "E2", Verdict.UNSUITABLE, marked_by="王处")


def entry(action: AuditAction) -> AuditEntry:
    return AuditEntry(datetime(2026, 6, 1, 8, tzinfo=UTC), "甲", "本机", "", action, "评价:D1／E1")


def noted(action: AuditAction) -> Callable[[Mark | None], AuditEntry]:
    return lambda before: replace(entry(action), before={"verdict": before.verdict.value} if before else None)


@pytest.fixture(autouse=True)
def _experts(store: Store) -> None:
    store.experts.save([Expert("E1", "张三"), Expert("E2", "李四"), Expert("E3", "张三")], by="甲")


def test_marks_of_a_demand_and_what_they_count_for(store: Store) -> None:
    effective = Mark("D2#1", "E2", Verdict.EFFECTIVE)
    assert store.marks.save([FITS, DECLINES, OTHER, effective], by="甲") == [SaveOutcome.NEW] * 4
    assert store.marks.of_demands(["D1"], reveal=True)["D1"] == [FITS, DECLINES, OTHER]
    assert grades(store.marks.stream()) == {"D1": {"E1": 2, "E2": 0}, "D2#1": {"E2": 3}}


def test_the_reason_is_private(store: Store, url: str) -> None:
    store.marks.save([FITS], by="甲")
    assert store.marks.of_demands(["D1"])["D1"] == [replace(FITS, reason="")]
    assert "盐碱地" not in everything(url)
    (entry,) = store.marks.history(FITS.id)
    assert entry.after is not None
    assert "reason" not in entry.after


def test_another_opinion_replaces_the_first_and_the_history_keeps_both(store: Store) -> None:
    store.marks.save([FITS], by="甲")
    second = replace(FITS, verdict=Verdict.UNSUITABLE, reason="方向不同", marked_by="李处")
    assert store.marks.save([second], by="乙") == [SaveOutcome.CHANGED]
    assert store.marks.save([second], by="乙") == [SaveOutcome.UNCHANGED]
    assert store.marks.of_demands(["D1"], reveal=True)["D1"] == [second]
    assert [entry.by for entry in store.marks.history(FITS.id)] == ["甲", "乙"]


def test_a_mark_can_be_taken_back(store: Store) -> None:
    store.marks.save([FITS, OTHER], by="甲")
    store.marks.withdraw(FITS.id, by="乙", note=noted(AuditAction.WITHDRAW_MARK))
    assert list(store.marks.stream()) == [OTHER]
    gone = store.marks.history(FITS.id, reveal=True)[-1]
    assert (gone.action, gone.by) == (HistoryAction.REMOVED, "乙")
    assert gone.before is not None
    assert gone.before["reason"] == FITS.reason
    with pytest.raises(MarkUnknown, match="对需求“D1”没有给过专家“E1”"):
        store.marks.withdraw(FITS.id, by="乙", note=noted(AuditAction.WITHDRAW_MARK))
    assert [record.entry.action for record in store.audit.newest(9)] == [AuditAction.WITHDRAW_MARK]
    assert (ChangeKind.MARK, FITS.id) in {(change.kind, change.key) for change in store.changes.since(0)}


def test_a_mark_and_its_audit_entry_are_one_act(store: Store) -> None:
    given = [store.marks.give(mark, by="甲", note=noted(AuditAction.MARK)) for mark in (FITS, FITS)]
    assert given == [SaveOutcome.NEW, SaveOutcome.UNCHANGED]
    stranger = replace(FITS, expert_id="E9")
    assert store.marks.give(stranger, by="甲", note=noted(AuditAction.MARK)) is SaveOutcome.REFUSED_NO_EXPERT
    assert len(store.audit.newest(9)) == 1
    assert list(store.audit.flaws()) == []


def test_the_entry_names_what_the_mark_took_the_place_of(store: Store) -> None:
    unfit = replace(FITS, verdict=Verdict.UNSUITABLE)
    for mark in (FITS, unfit):
        store.marks.give(mark, by="甲", note=noted(AuditAction.MARK))
    newest = store.audit.newest(9)
    assert [one.entry.before for one in newest] == [{"verdict": FITS.verdict.value}, None]


def test_marks_go_to_the_expert_that_a_merge_keeps_whose_own_mark_stays(store: Store) -> None:
    own = replace(FITS, expert_id="E3", verdict=Verdict.UNSUITABLE)
    store.marks.save([FITS, DECLINES, own], by="甲")
    store.experts.merge("E3", "E1", by="乙")
    assert store.marks.of_demands(["D1"], reveal=True)["D1"] == [own, replace(DECLINES, expert_id="E3")]
    assert store.marks.save([replace(OTHER, expert_id="E1", verdict=Verdict.DECLINED)], by="甲") == [
        SaveOutcome.CHANGED
    ]
    assert {mark.expert_id for mark in store.marks.stream()} == {"E3"}


def test_nothing_is_learnt_from_who_is_erased_or_unknown(store: Store) -> None:
    store.marks.save([FITS, OTHER], by="甲")
    store.experts.erase("E1", by="乙")
    assert list(store.marks.stream()) == [OTHER]
    assert not store.marks.history(FITS.id, reveal=True)[0].readable
    assert store.marks.save([FITS, replace(FITS, expert_id="E9")], by="甲") == [
        SaveOutcome.REFUSED_ERASED,
        SaveOutcome.REFUSED_NO_EXPERT,
    ]
