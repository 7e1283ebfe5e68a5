"""Files as the browser gets them: to be saved, never shown in place."""

from __future__ import annotations

from fastapi.responses import FileResponse

from service.jobs.desk import JobFile

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sent(file: JobFile) -> FileResponse:
    return FileResponse(file.path, filename=file.name, media_type=WORKBOOK)
