"""批量审核 as pages ask for it: which records is settled at the confirmation, whatever the list shows afterwards."""

from __future__ import annotations

import json
from collections.abc import Sequence

from matcher.domain.job import Job
from matcher.store.errors import JobUnknown
from matcher.store.store import Store
from service.jobs.desk import JobDesk
from service.jobs.errors import NothingToReview
from service.jobs.kinds.reviews import REVIEWS, ReviewKind, ReviewWanted
from service.jobs.places import JobPlaces
from service.security.actor import Actor

_SHOWN_NAME = "名单"


class ReviewDesk:
    def __init__(self, jobs: JobDesk, store: Store, places: JobPlaces) -> None:
        self._jobs, self._store, self._places = jobs, store, places

    def start(
        self, kind: ReviewKind, ids: Sequence[str], unit: str, as_of: int, actor: Actor, *, with_gaps: bool = False
    ) -> Job:
        """The job that approves these, as they stood when the history ended with `as_of`.

        Raises NothingToReview, TooManyJobs.
        """
        wanted = list(dict.fromkeys(filter(None, ids)))
        if not wanted:
            raise NothingToReview
        path = self._places.new_upload(".json")
        path.write_text(json.dumps(wanted, ensure_ascii=False), encoding="utf-8")
        seen = min(as_of, self._store.past.last())
        given = ReviewWanted(kind=kind, as_of=seen, with_gaps=with_gaps, files=((path.name, _SHOWN_NAME),))
        try:
            return self._jobs.start(REVIEWS, f"批量审核 {len(wanted)} {unit}", given.model_dump(mode="json"), actor)
        except BaseException:
            self._places.discard_upload(path.name)
            raise

    def standing(self, job_id: str, actor: Actor) -> Job:
        """Raises JobUnknown."""
        job = self._jobs.get(job_id, actor)
        if job.kind != REVIEWS.name:
            raise JobUnknown(job_id)
        return job
