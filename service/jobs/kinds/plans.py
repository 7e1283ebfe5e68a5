"""Draws up a plan of stations or of visits, or tries what changes to one would bring."""

from __future__ import annotations

from dataclasses import asdict

from matcher.workflows.plan_archive import Act
from service.jobs.work import JobKind, Result, Work
from service.plans.solving import KEEPING, Steps, draw_up, what_if
from service.plans.wishes import PlanWish
from service.security.roles import Permission


def _plan(work: Work) -> Result:
    wish = PlanWish.model_validate(dict(work.job.arguments))
    steps = Steps(lambda name: work.progress.stage(name, may_stop=name != KEEPING), work.progress.reach)
    if wish.what_if:
        found = what_if(work.application, wish, steps)
        return {
            **asdict(found),
            "rows": [asdict(row) for row in found.rows],
            "words": list(found.words),
            "warnings": list(found.warnings),
        }
    act = Act(work.actor.origin.actor, work.actor.origin.entry)
    record = draw_up(work.application, wish, work.job, act, steps)
    return {"plan": record.id, "version": record.version}


PLAN = JobKind("plan", Permission.PLAN, _plan, frozenset({KEEPING}))
