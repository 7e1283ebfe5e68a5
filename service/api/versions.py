"""`ETag`, `If-None-Match`, `If-Match`: the version of a record as HTTP speaks of it."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Header

from service.records.errors import VersionMissing

_TAG = re.compile(r'(?:W/)?"(\d{1,18})"')

IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", description="304 若未变。ETag that is held already")]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", description='读取时得到的 ETag，如 "118"。ETag that was read; required')
]


def etag(version: int) -> str:
    return f'"{version}"'


def is_held(version: int, header: str | None) -> bool:
    """Whether the caller holds this version already."""
    return header is not None and str(version) in _TAG.findall(header)


def seen_version(header: str | None) -> int:
    """The version that an edit is an edit of. Raises VersionMissing."""
    found = _TAG.fullmatch(header.strip()) if header else None
    if found is None:
        raise VersionMissing
    return int(found[1])
