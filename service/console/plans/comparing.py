"""Two plans, or two versions of one, side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from matcher.domain.plan import PlanHead, PlanKind, plan_order
from matcher.errors import UsageError
from matcher.plan.errors import KindsDiffer
from matcher.store.errors import PlanUnknown
from service.console.pages import page
from service.console.plans.doors import ReadDoor
from service.doors import ServiceDoor
from service.plans.desk import Compared
from service.security.actor import Actor
from service.statuses import status_of
from service.wiring import Service

ROUTES = APIRouter(prefix="/plans", include_in_schema=False)
_NAME = re.compile(r"(?P<id>[^@]+)(@(?P<version>[1-9]\d{0,5}))?")


class NotTwoPlans(UsageError):
    def __init__(self, count: int) -> None:
        super().__init__(f"一次对比两份计划，现选了 {count} 份。请在下面选好两份。")


@dataclass(frozen=True, slots=True)
class Choice:
    """A plan that can be chosen: `name` is 编号@版本."""

    name: str
    words: str


@ROUTES.get("/compare")
def compare(
    request: Request,
    service: ServiceDoor,
    caller: ReadDoor,
    plan: Annotated[list[Annotated[str, Query(max_length=60)]] | None, Query(max_length=20)] = None,
) -> Response:
    """The older one first. Fewer or more than two, or two of different kinds: the page says so and lets choose again.

    Raises PlanUnknown.
    """
    found = {record.name: record for record in (_record(service, name, caller.actor) for name in plan or () if name)}
    chosen = sorted(found.values(), key=_age)
    compared, error, status = _compared(service, chosen, caller.actor)
    picked = [*(record.name for record in chosen[:2]), "", ""]
    context = {"error": error, "choices": _choices(service, chosen, caller.actor), "picked": picked}
    return page(request, "plans/compare.html", status, found=compared, **context)


def _compared(service: Service, chosen: list[PlanHead], actor: Actor) -> tuple[Compared | None, str, int]:
    if len(chosen) < 2:
        return None, "", 200
    try:
        if len(chosen) > 2:
            raise NotTwoPlans(len(chosen))
        first, second = ((one.id, one.version) for one in chosen)
        return service.plans.compare(first, second, actor), "", 200
    except (NotTwoPlans, KindsDiffer) as refusal:
        return None, str(refusal), status_of(refusal)


def _choices(service: Service, chosen: list[PlanHead], actor: Actor) -> dict[str, list[Choice]]:
    """By kind: the newest version of every plan, and what was chosen before it."""
    by_name = {record.name: record for record in [*service.plans.newest(actor), *chosen]}
    ordered = sorted(by_name.values(), key=_age, reverse=True)
    return {kind.value: [_choice(one) for one in ordered if one.kind is kind] for kind in PlanKind}


def _choice(record: PlanHead) -> Choice:
    return Choice(record.name, f"{record.id} 第 {record.version} 版　{record.title}（{record.state}）")


def _age(record: PlanHead) -> tuple[tuple[str, int, str], int]:
    return plan_order(record.id), record.version


def _record(service: Service, name: str, actor: Actor) -> PlanHead:
    """Without a version the newest. Raises PlanUnknown."""
    said = _NAME.fullmatch(name)
    if not said:
        raise PlanUnknown(name)
    found = [one for one in service.plans.versions(said["id"], actor) if said["version"] in (None, str(one.version))]
    if not found:
        raise PlanUnknown(name)
    return found[-1]
