"""`ETag`, `If-None-Match`, `If-Match`: the version of a record as HTTP speaks of it."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from fastapi import Header, Response

from service.records.errors import VersionMissing

Body = TypeVar("Body")
_TAG = re.compile(r'(?:W/)?"(\d{1,18})"')

IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", description="304 若未变。ETag that is held already")]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", description='读取时得到的 ETag，如 "118"。ETag that was read; required')
]


NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "未变。Not changed"}}


def etag(version: int) -> str:
    return f'"{version}"'


def unless_held(body: Body, version: int, held: str | None, response: Response) -> Body | Response:
    """The body with its version's tag; 304 without it for a caller who holds this version already."""
    if held is not None and str(version) in _TAG.findall(held):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag(version)})
    response.headers["ETag"] = etag(version)
    return body


def seen_version(header: str | None) -> int:
    """The version that an edit is an edit of. Raises VersionMissing."""
    found = _TAG.fullmatch(header.strip()) if header else None
    if found is None:
        raise VersionMissing
    return int(found[1])
