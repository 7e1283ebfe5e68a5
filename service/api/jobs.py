"""`/api/v1/jobs`: the jobs that a key has started."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel

from service.api.idempotency import IDEMPOTENT, IdempotentRoute
from service.api.job_reports import RESPONSES, AnyKeyDoor, JobId, JobReport, job_report, location
from service.api.listing import CURSOR, Next
from service.doors import ServiceDoor

ROUTES = APIRouter(prefix="/api/v1/jobs", tags=["jobs"], responses=RESPONSES, route_class=IdempotentRoute)
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class JobList(BaseModel):
    """后台任务列表，新的在前。"""

    items: list[JobReport]
    next: Next


@ROUTES.get("", operation_id="listJobs", summary="后台任务列表 List jobs")
def list_jobs(
    service: ServiceDoor,
    actor: AnyKeyDoor,
    cursor: Annotated[str, Query(pattern=r"^([0-9a-f]{32})?$", description=CURSOR)] = "",
    limit: Annotated[int, Query(ge=1, le=200, description="最多几条")] = 50,
) -> JobList:
    """列出这个密钥提交的后台任务。Jobs of this key, newest first."""
    found = service.jobs.list(actor, before=cursor, limit=limit + 1)
    more = found[limit - 1].id if len(found) > limit else ""
    return JobList(items=[job_report(job) for job in found[:limit]], next=more)


@ROUTES.get("/{job_id}", operation_id="getJob", summary="一项后台任务 One job")
def get_job(service: ServiceDoor, actor: AnyKeyDoor, job_id: JobId) -> JobReport:
    """查看后台任务的进度和结果。How far a job is."""
    return job_report(service.jobs.get(job_id, actor))


@ROUTES.post("/{job_id}/cancel", operation_id="cancelJob", summary="取消 Cancel", dependencies=[IDEMPOTENT])
def cancel_job(service: ServiceDoor, actor: AnyKeyDoor, job_id: JobId) -> JobReport:
    """取消后台任务；正在写入的导入不能取消。An import that writes is not cancelled."""
    return job_report(service.jobs.cancel(job_id, actor))


@ROUTES.post(
    "/{job_id}/repeat", operation_id="repeatJob", status_code=202, summary="重试 Repeat", dependencies=[IDEMPOTENT]
)
def repeat_job(service: ServiceDoor, actor: AnyKeyDoor, job_id: JobId, response: Response) -> JobReport:
    """重试：以同样的内容提交一项新任务。A new job with the same arguments."""
    job = service.jobs.repeat(job_id, actor)
    response.headers.update(location(job))
    return job_report(job)


@ROUTES.get("/{job_id}/file", operation_id="getJobFile", summary="下载文件 Fetch the file", response_class=FileResponse)
def get_job_file(service: ServiceDoor, actor: AnyKeyDoor, job_id: JobId) -> FileResponse:
    """下载后台任务产生的文件（Excel）。The workbook that the job made."""
    file = service.jobs.file(job_id, actor)
    return FileResponse(file.path, filename=file.name, media_type=_WORKBOOK)
