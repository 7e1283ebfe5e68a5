"""`/api/v1/imports`: upload, look at the preview, confirm."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from matcher.domain.portal_key import KeyScope
from matcher.intake.columns import TableKind
from service.api.idempotency import IDEMPOTENT, IdempotentRoute
from service.api.job_reports import RESPONSES, JobId, JobReport, job_report, location
from service.doors import PortalUploadRoute, ServiceDoor, requires_scope
from service.jobs.imports import LARGEST_UPLOAD, ImportStanding, Upload
from service.security.actor import Actor


class _ImportRoute(PortalUploadRoute, IdempotentRoute):
    """Who is there is known before anything is read."""


ROUTES = APIRouter(
    prefix="/api/v1/imports",
    tags=["imports"],
    responses=RESPONSES,
    route_class=_ImportRoute,
)
ImportDoor = Annotated[Actor, Depends(requires_scope(KeyScope.IMPORT))]
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportKind(StrEnum):
    EXPERTS = "experts"
    DEMANDS = "demands"
    LEDGER = "ledger"
    MARKS = "marks"
    TOPICS = "topics"

    @property
    def table(self) -> TableKind:
        return next(kind for kind in TableKind if kind.command == self.value and kind is not TableKind.ITEMS)


class ImportReport(BaseModel):
    """一次导入：先核对，确认后写入。`preview` holds counts, fields before and after, and what was rejected and why."""

    id: str
    may_confirm: bool = Field(description="核对已完成，有可写入的内容，还没有写入")
    job: JobReport = Field(description="the job of the preview")
    applied: JobReport | None = Field(description="the job that writes; null before the confirmation")
    preview: dict[str, Any] = Field(
        description="counts, new, changed, problems, notes, failed_files, rejected_count, looks_like, idle"
    )


@ROUTES.post(
    "",
    operation_id="createImport",
    status_code=202,
    summary="上传并核对 Upload",
    dependencies=[IDEMPOTENT],
    max_body_size=LARGEST_UPLOAD,
)
def create_import(
    service: ServiceDoor,
    actor: ImportDoor,
    response: Response,
    files: Annotated[list[UploadFile], File(description="xlsx、xls、csv、jsonl、docx，可以几个")],
    kind: Annotated[ImportKind, Form(description="experts 专家, demands 需求, ledger 台账, marks 评价, topics 选题")],
) -> JobReport:
    """上传文件并核对，不写入；文件里的审核状态不采用；没有编号的单份问卷编为下一个空号。

    Nothing is written yet; 审核状态 of the file is not taken; a questionnaire without number gets the next free one.
    """
    given = [Upload(file.filename or "", file.file) for file in files]
    job = service.imports.upload(kind.table, given, actor)
    response.headers["Location"] = f"/api/v1/imports/{job.id}"
    return job_report(job)


@ROUTES.get("/{import_id}", operation_id="getImport", summary="核对结果 Preview")
def get_import(service: ServiceDoor, actor: ImportDoor, import_id: JobId) -> ImportReport:
    """查看核对结果：新增、修改前后、退回及原因。The preview, and how far the writing is."""
    return _report(service.imports.standing(import_id, actor))


@ROUTES.post(
    "/{import_id}/confirm",
    operation_id="confirmImport",
    status_code=202,
    summary="确认导入 Confirm",
    dependencies=[IDEMPOTENT],
)
def confirm_import(service: ServiceDoor, actor: ImportDoor, import_id: JobId, response: Response) -> JobReport:
    """确认导入：写入的与核对结果一致，否则不写入。Does what the preview showed, or nothing."""
    job = service.imports.confirm(import_id, actor)
    response.headers.update(location(job))
    return job_report(job)


@ROUTES.get(
    "/{import_id}/rejected.xlsx",
    operation_id="getRejectedRows",
    summary="退回的行 Rejected rows",
    response_class=FileResponse,
)
def get_rejected_rows(service: ServiceDoor, actor: ImportDoor, import_id: JobId) -> FileResponse:
    """下载退回的行和问题清单，改正后可再导入。Rejected rows, ready to be corrected."""
    file = service.imports.rejected(import_id, actor)
    return FileResponse(file.path, filename=file.name, media_type=_WORKBOOK)


def _report(standing: ImportStanding) -> ImportReport:
    result = {key: value for key, value in standing.preview.result.items() if key not in ("digest", "basis")}
    applied = job_report(standing.applied) if standing.applied else None
    job = job_report(standing.preview)
    return ImportReport(id=job.id, may_confirm=standing.may_confirm, job=job, applied=applied, preview=result)
