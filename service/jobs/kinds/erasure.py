"""What an erasure leaves to do once the person is gone from the database: the list, files of jobs, the index."""

from __future__ import annotations

from service.jobs.remnants import Remnants
from service.jobs.work import JobKind, Result, Work
from service.security.roles import Permission

_CLEARING, _INDEXING = "清理后台任务的文件", "清理检索索引"


def erasure_arguments(expert_id: str) -> dict[str, object]:
    return {"expert": expert_id}


def _clear(work: Work) -> Result:
    store, expert_id = work.application.store, str(work.job.arguments["expert"])
    work.progress.stage(_CLEARING, may_stop=False)
    work.application.erasures.keep()
    Remnants(store, work.places).clear()
    store.experts.erase(expert_id, by=work.actor.origin.actor)  # done before: only empties the database's own log
    work.progress.stage(_INDEXING, may_stop=False)
    work.application.index.purge(work.progress.reach)
    return {}


ERASURE = JobKind("erasure", Permission.ERASE, _clear, frozenset({_CLEARING, _INDEXING}))
