"""What waits for whoever is logged in, by what the role may do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import quote

from matcher.beijing import day_in_beijing
from matcher.catalogue.query import CataloguePage, CatalogueQuery
from matcher.domain.job import JobState
from matcher.domain.match_run import MatchRun
from matcher.domain.plan import PlanHead
from matcher.domain.vocabulary import Availability, ReviewStatus
from service.console.matching.todo import Todo
from service.doors import Caller
from service.jobs.kinds.plans import PLAN
from service.security.roles import Permission
from service.wiring import Service

SOON = timedelta(days=90)
_COUNT = CatalogueQuery(limit=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """`count` things at `path`; `tone` as of `ui.badge`."""

    words: str
    count: int
    path: str
    hint: str
    tone: str = "wait"


def waiting(service: Service, caller: Caller) -> list[Waiting]:
    """Only what there is."""
    rooms = (_records, _plans, _work, _administration)
    return [one for room in rooms for one in room(service, caller) if one.count]


def _records(service: Service, caller: Caller) -> Iterator[Waiting]:
    may, actor = caller.member.may, caller.actor
    if not may(Permission.READ):
        return
    demands, experts = service.demands.find(_COUNT, actor).page, service.experts.find(_COUNT, actor).page
    if may(Permission.REVIEW):
        yield _of_demands(service, caller, demands, ReviewStatus.PENDING, "待审核的需求", "审核通过后才能签署匹配结果")
    if may(Permission.EDIT):
        yield _of_demands(service, caller, demands, ReviewStatus.RETURNED, "退回的需求", "请企业补充后修改，再交审核")
        to_ask = Availability.TO_ASK.value
        number = _bearing(experts, "availability", to_ask)
        yield Waiting(
            "资料待核的专家", number, f"/experts?availability={to_ask}", "不影响匹配，确认人选前须核实", "plain"
        )
        today = day_in_beijing(service.clock())
        lines = service.experts.ending(today, today + SOON, actor)
        path = f"/experts/{lines[0].expert_id}" if len(lines) == 1 else "/agreements"
        yield Waiting("90 天内到期的协议", len(lines), path, "请商企业续签或办理期满")


def _of_demands(
    service: Service, caller: Caller, demands: CataloguePage, status: ReviewStatus, words: str, hint: str
) -> Waiting:
    """The one, or the list of them."""
    number, chosen = _bearing(demands, "review", status.value), {"review": (status.value,)}
    ids = service.demands.find(replace(_COUNT, chosen=chosen), caller.actor).page.ids if number == 1 else ()
    path = f"/demands/{quote(ids[0], safe='')}" if ids else f"/demands?review={status.value}"
    return Waiting(words, number, path, hint)


def _work(service: Service, caller: Caller) -> Iterator[Waiting]:
    actor, may = caller.actor, caller.member.may
    if may(Permission.CONFIRM):
        unsigned = service.run_watch.unsigned(caller.member.account, actor)
        yield _of_runs("待签署的结果", unsigned, Todo.SIGN, "核对后签署，不用的请作废", "wait")
    if may(Permission.EDIT):
        changed = service.run_watch.weakened(actor)
        yield _of_runs("人选有变的结果", changed, Todo.CHANGED, "已签的结果中有人不能去了，请另选人重新送签", "bad")
        yield Waiting("等待确认的导入", service.imports.waiting(actor), "/imports", "看过核对结果并确认后才会写入")
    jobs = service.jobs.list(actor, everyone=may(Permission.OPERATE))
    running = sum(not job.state.is_over and job.kind != PLAN.name for job in jobs)
    yield Waiting("进行中的后台任务", running, "/jobs", "离开页面也会继续", "info")
    failed = sum(job.state is JobState.FAILED for job in jobs)
    yield Waiting("失败的后台任务", failed, "/jobs", "查看原因，可以重试", "bad")


def _plans(service: Service, caller: Caller) -> Iterator[Waiting]:
    actor, may = caller.actor, caller.member.may
    if may(Permission.SIGN_PLAN):
        yield _of_plans("待签发的计划", service.plan_watch.unsigned(caller.member.account, actor), "核对后签发", "wait")
    if may(Permission.PLAN):
        changed = service.plan_watch.weakened(actor)
        yield _of_plans("人选有变的计划", changed, "有专家停用、离世或撤回授权，请换人后重新安排", "bad")
        solved = [job for job in service.jobs.list(actor, kinds=(PLAN.name,)) if not job.state.is_over]
        path = f"/plans/jobs/{solved[0].id}" if len(solved) == 1 else "/jobs"
        yield Waiting("正在制定的计划", len(solved), path, "离开页面也会继续", "info")


def _of_plans(words: str, plans: Sequence[PlanHead], hint: str, tone: str) -> Waiting:
    path = f"/plans/{quote(plans[0].id)}?version={plans[0].version}" if len(plans) == 1 else "/plans"
    return Waiting(words, len(plans), path, hint, tone)


def _administration(service: Service, caller: Caller) -> Iterator[Waiting]:
    if caller.member.may(Permission.MANAGE_ACCOUNTS):
        accounts = [one for one in service.store.accounts.all() if not one.disabled]
        locked = sum(service.login.is_locked(one.name) for one in accounts)
        yield Waiting("已锁定的账号", locked, "/admin/accounts", "核实是本人输错密码后解除锁定", "bad")
        due = sum(one.password_due for one in accounts)
        yield Waiting("还没有修改一次性密码的账号", due, "/admin/accounts", "一次性密码 7 天内有效", "plain")


def _of_runs(words: str, runs: Sequence[MatchRun], todo: Todo, hint: str, tone: str) -> Waiting:
    """Leads to the one result, or to the list of them all."""
    path = f"/runs/{quote(runs[0].id)}" if len(runs) == 1 else f"/runs?todo={quote(todo)}"
    return Waiting(words, len(runs), path, hint, tone)


def _bearing(page: CataloguePage, facet: str, value: str) -> int:
    """How many records bear the value."""
    values = next(counts.values for counts in page.facets if counts.name == facet)
    return next((one.count for one in values if one.value == value), 0)
