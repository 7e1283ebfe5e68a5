"""The list of who is being considered, when two records turn out to be one person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.expert import Expert
from matcher.domain.match_run import ShortlistEntry
from matcher.domain.vocabulary import Purpose
from matcher.store import Store
from matcher.store.errors import ShortlistFull

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
PURPOSE = next(iter(Purpose))
DROPPED = ShortlistEntry("D1", PURPOSE, "E2", NOON, "甲", "旧号时写的")
NOTE = AuditEntry(NOON, "甲", "本机", "", AuditAction.SHORTLIST, "入围:D1／E2")


@pytest.fixture(autouse=True)
def _merged_after_the_choice(store: Store) -> None:
    store.experts.save([Expert("E1", "张三"), Expert("E2", "张三")], by="甲")
    store.shortlists.put(DROPPED, most=9, note=NOTE)
    store.experts.merge("E1", "E2", by="乙")


@pytest.mark.parametrize("number", ["E1", "E2"])
def test_whoever_was_merged_is_taken_off_by_either_number(store: Store, number: str) -> None:
    store.shortlists.drop("D1", PURPOSE, number, by="甲", note=NOTE)
    assert store.shortlists.of("D1", PURPOSE) == []
    assert len(store.audit.newest(9)) == 2


def test_a_new_note_takes_the_place_of_the_one_under_the_dropped_number(store: Store) -> None:
    newer = replace(DROPPED, expert_id="E1", at=NOON + timedelta(days=1), by="丙", note="新号时写的")
    assert not store.shortlists.put(newer, most=9, note=NOTE)
    assert [entry.note for entry in store.shortlists.of("D1", PURPOSE, reveal=True)] == ["旧号时写的"]
    store.shortlists.remark([newer, replace(newer, expert_id="F1")], by="丙", notes=[NOTE, NOTE])
    assert store.shortlists.of("D1", PURPOSE, reveal=True) == [replace(newer, at=NOON, by="甲")]
    assert len(store.audit.newest(9)) == 2


def test_many_who_choose_at_once_do_not_pass_the_limit(store: Store) -> None:
    store.experts.save([Expert(f"F{number}", "李四") for number in range(8)], by="甲")

    def put(number: int) -> bool:
        try:
            store.shortlists.put(replace(DROPPED, expert_id=f"F{number}"), most=3, note=NOTE)
        except ShortlistFull:
            return False
        return True

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(put, range(8))) == 2  # one stands there already
    assert len(store.shortlists.of("D1", PURPOSE)) == 3


def test_a_new_note_of_a_full_list_is_taken(store: Store) -> None:
    store.shortlists.remark([replace(DROPPED, expert_id="E1", note="改过")], by="甲", notes=[NOTE])
    assert [entry.note for entry in store.shortlists.of("D1", PURPOSE, reveal=True)] == ["改过"]
