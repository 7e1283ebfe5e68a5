"""The list of who is being considered, when two records turn out to be one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.expert import Expert
from matcher.domain.match_run import ShortlistEntry
from matcher.domain.vocabulary import Purpose
from matcher.store import Store

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
PURPOSE = next(iter(Purpose))
DROPPED = ShortlistEntry("D1", PURPOSE, "E2", NOON, "甲", "旧号时写的")
NOTE = AuditEntry(NOON, "甲", "本机", "", AuditAction.SHORTLIST, "入围:D1／E2")


@pytest.fixture(autouse=True)
def _merged_after_the_choice(store: Store) -> None:
    store.experts.save([Expert("E1", "张三"), Expert("E2", "张三")], by="甲")
    store.shortlists.put(DROPPED, note=NOTE)
    store.experts.merge("E1", "E2", by="乙")


@pytest.mark.parametrize("number", ["E1", "E2"])
def test_whoever_was_merged_is_taken_off_by_either_number(store: Store, number: str) -> None:
    store.shortlists.drop("D1", PURPOSE, number, by="甲", note=NOTE)
    assert store.shortlists.of("D1", PURPOSE) == []
    assert len(store.audit.newest(9)) == 2


def test_a_new_note_takes_the_place_of_the_one_under_the_dropped_number(store: Store) -> None:
    newer = replace(DROPPED, expert_id="E1", note="新号时写的")
    store.shortlists.put(newer, note=NOTE)
    assert store.shortlists.of("D1", PURPOSE, reveal=True) == [newer]
