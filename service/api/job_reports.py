"""Jobs as the API shows them, and the door for keys of any scope."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Path
from pydantic import BaseModel, Field

from matcher.domain.job import Job, JobState
from service.api.problems import problems
from service.doors import PortalDoor, VisitorDoor
from service.security.actor import Actor, portal_actor

_EXAMPLE = "0f8fad5bd9cb469fa16570867728950e"
JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="任务编号", examples=[_EXAMPLE])]
RESPONSES = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.GONE)


class JobReport(BaseModel):
    """后台任务。A job: `state` ends as 完成, 失败 or 已取消; ask again every second or so until then."""

    id: str = Field(examples=[_EXAMPLE])
    kind: str = Field(description="import_preview, import, export, match, index ...", examples=["export"])
    title: str = Field(examples=["导出专家"])
    state: JobState = Field(examples=["进行中"])
    stage: str = Field(description="what it is doing", examples=["写入"])
    done: int = Field(description="rows, records or demands done", examples=[1500])
    total: int = Field(description="0: not known", examples=[4000])
    created: datetime
    started: datetime | None
    ended: datetime | None
    error: str = Field(description="why it failed, in Chinese; empty otherwise")
    has_file: bool = Field(description="whether /api/v1/jobs/{id}/file has something to fetch")


def job_report(job: Job) -> JobReport:
    shown = {name: getattr(job, name) for name in JobReport.model_fields if name != "has_file"}
    return JobReport(**shown, has_file="file" in job.result)


def any_key(key: PortalDoor, origin: VisitorDoor) -> Actor:
    """A key of any scope may look after its own jobs."""
    return portal_actor(key, origin)


AnyKeyDoor = Annotated[Actor, Depends(any_key)]


def location(job: Job) -> Mapping[str, str]:
    return {"Location": f"/api/v1/jobs/{job.id}"}
