"""Jobs in the store: what users see of them, whoever runs them."""

from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.job import Job, JobOwner, JobState
from matcher.store import Store
from matcher.store.errors import JobNotStanding, JobTaken, JobUnknown
from matcher.store.jobs import JobWish

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOTE = AuditEntry(NOON, "zhang", "10.0.0.1", "r1", AuditAction.START_JOB, "后台任务:x")
OWNER = JobOwner("zhang", "10.0.0.1", ("2201",), sees_private=True)


def job(job_id: str, minutes: int = 0, **given: object) -> Job:
    return Job(job_id, "export", "导出专家", OWNER, NOON + timedelta(minutes=minutes), {"a": ["一"]}, **given)


def test_a_job_comes_back_as_it_was_added(store: Store) -> None:
    store.jobs.add(job("a", parent="p"), "here", note=NOTE)
    assert store.jobs.get("a") == job("a", parent="p")
    assert [record.entry.action for record in store.audit.newest(5)] == [AuditAction.START_JOB]
    with pytest.raises(JobUnknown):
        store.jobs.get("b")


def test_it_runs_and_ends_once(store: Store) -> None:
    store.jobs.add(job("a"), "here", note=NOTE)
    assert store.jobs.open_at("there") == []
    assert store.jobs.open_at("here") == ["a"]
    running = store.jobs.start("a", NOON)
    assert running is not None
    assert (running.state, running.attempts, store.jobs.open_count("zhang")) == (JobState.RUNNING, 1, 1)
    assert store.jobs.progress("a", "写入", 3, 10) is False
    store.jobs.finish("a", JobState.DONE, NOON, note=NOTE, result={"文件": "x"})
    store.jobs.finish("a", JobState.FAILED, NOON, note=NOTE, error="太迟")
    found = store.jobs.get("a")
    assert (found.state, found.stage, found.done, found.total) == (JobState.DONE, "写入", 3, 10)
    assert (found.result, found.error) == ({"文件": "x"}, "")
    assert store.jobs.start("a", NOON) is None
    with pytest.raises(JobNotStanding):
        store.jobs.cancel("a", NOON, note=NOTE)


def test_cancelling_what_waits_and_what_runs(store: Store) -> None:
    for name in "ab":
        store.jobs.add(job(name), "here", note=NOTE)
    store.jobs.cancel("a", NOON, note=NOTE)
    assert store.jobs.get("a").state is JobState.CANCELLED
    assert store.jobs.start("a", NOON) is None
    store.jobs.start("b", NOON)
    store.jobs.cancel("b", NOON, note=NOTE)
    assert store.jobs.progress("b", "", 0, 0) is True


def test_only_one_may_follow_a_parent(store: Store) -> None:
    store.jobs.add(job("a", parent="p"), "here", note=NOTE, alone=True)
    with pytest.raises(JobTaken):
        store.jobs.add(job("b", parent="p"), "here", note=NOTE, alone=True)
    store.jobs.finish("a", JobState.FAILED, NOON, note=NOTE, error="磁盘满")
    store.jobs.add(job("b", 1, parent="p"), "here", note=NOTE, alone=True)
    assert [one.id for one in store.jobs.following("p")] == ["a", "b"]


def test_lists_are_newest_first_and_go_on(store: Store) -> None:
    for minute, name in enumerate("abc"):
        store.jobs.add(job(name, minute), "here", note=NOTE)
    assert [one.id for one in store.jobs.list(JobWish(limit=2))] == ["c", "b"]
    assert [one.id for one in store.jobs.list(JobWish(before="b"))] == ["a"]
    assert store.jobs.list(JobWish(owner="li")) == store.jobs.list(JobWish(kinds=("index",))) == []


def test_old_ones_are_forgotten(store: Store) -> None:
    store.jobs.add(job("a"), "here", note=NOTE)
    store.jobs.finish("a", JobState.CANCELLED, NOON, note=NOTE)
    assert store.jobs.ended_before("here", NOON) == []
    assert store.jobs.ended_before("here", NOON + timedelta(days=1)) == ["a"]
    store.jobs.forget(["a"])
    assert store.jobs.list(JobWish()) == []
