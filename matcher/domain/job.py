"""Work that takes longer than a page may: what users see of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    QUEUED = "排队"
    RUNNING = "进行中"
    DONE = "完成"
    FAILED = "失败"
    CANCELLED = "已取消"

    @property
    def is_over(self) -> bool:
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class JobOwner:
    """Who started a job and what that person or key may see: a job does no more than its owner could."""

    name: str
    address: str
    regions: tuple[str, ...] = ()
    sees_private: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """`arguments` and `result` are JSON values; files lie in the job's folder. `parent` is the job that this one
    confirms or repeats. `done` of `total` rows, records or demands; total 0: not known.
    """

    id: str
    kind: str
    title: str
    owner: JobOwner
    created: datetime
    arguments: Mapping[str, object] = field(default_factory=dict)
    parent: str = ""
    state: JobState = JobState.QUEUED
    started: datetime | None = None
    ended: datetime | None = None
    stage: str = ""
    done: int = 0
    total: int = 0
    attempts: int = 0
    cancel_asked: bool = False
    result: Mapping[str, object] = field(default_factory=dict)
    error: str = ""

    @property
    def heading(self) -> str:
        """The title without names of files, which may be a person's: what the audit log keeps for good."""
        return self.title.partition("：")[0]
