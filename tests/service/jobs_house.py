"""A house whose jobs are run by the test itself, one after the other, without a queue."""

from __future__ import annotations

import io

from matcher.domain.job import Job
from service.audit.origin import Origin
from service.jobs.imports import Upload
from service.security.actor import Actor
from service.security.roles import RegionScope
from tests.service.house import House

ZHANG = Actor(Origin("zhang", "10.0.0.1", "r1"), RegionScope(), sees_private=True, is_staff=True)
LI = Actor(Origin("li", "10.0.0.2", "r2"), RegionScope(), sees_private=False)


def ran(house: House, job: Job) -> Job:
    house.service.job_runner().run(job.id)
    return house.store.jobs.get(job.id)


def upload(text: str, name: str = "专家.csv") -> Upload:
    return Upload(name, io.BytesIO(text.encode()))
