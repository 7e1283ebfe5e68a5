"""The one table of kinds of jobs: a new kind is a file here and a line in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from service.jobs.kinds.audit_check import AUDIT_CHECK
from service.jobs.kinds.coverage import COVERAGE
from service.jobs.kinds.erasure import ERASURE
from service.jobs.kinds.exports import EXPORT
from service.jobs.kinds.imports import IMPORT, IMPORT_PREVIEW
from service.jobs.kinds.index import INDEX
from service.jobs.kinds.lectures import LECTURES
from service.jobs.kinds.matches import MATCHES
from service.jobs.kinds.plans import PLAN
from service.jobs.kinds.reviews import REVIEWS
from service.jobs.kinds.undo import UNDO, UNDO_PREVIEW
from service.jobs.work import JobKind

KINDS: Mapping[str, JobKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            IMPORT_PREVIEW,
            IMPORT,
            EXPORT,
            MATCHES,
            INDEX,
            PLAN,
            COVERAGE,
            LECTURES,
            UNDO_PREVIEW,
            UNDO,
            ERASURE,
            REVIEWS,
            AUDIT_CHECK,
        )
    }
)
