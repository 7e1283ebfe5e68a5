"""Files as the browser gets them: to be saved, never shown in place."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import FileResponse

from matcher.documents.paper import Paper
from service.jobs.desk import JobFile

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def sent(file: JobFile) -> FileResponse:
    return FileResponse(file.path, filename=file.name, media_type=WORKBOOK)


def sent_paper(paper: Paper) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(paper.name)}"}
    kind = _DOCUMENT if PurePath(paper.name).suffix == ".docx" else WORKBOOK
    return Response(paper.content, headers=headers, media_type=kind)
