"""Single experts: why one fits, two to four side by side, and the demands that one fits."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from matcher.errors import UsageError
from matcher.store.errors import RecordUnknown
from service.addresses import Number
from service.console.matching.asked import Asked
from service.console.matching.doors import AskedQuery, MatchDoor
from service.console.matching.options import PURPOSES
from service.console.pages import page
from service.doors import ServiceDoor
from service.matching.desk import MatchAsk
from service.security.roles import Permission

ROUTES = APIRouter(prefix="/match", include_in_schema=False)
_LEAST, _MOST = 2, 4
_DEMANDS = 20


class CompareCount(UsageError):
    def __init__(self, count: int) -> None:
        super().__init__(f"对比需选 {_LEAST} 至 {_MOST} 位专家，现选了 {count} 位。请返回匹配结果重新勾选。")


class Chosen(Asked):
    """Beside the question, the experts looked at."""

    expert: Annotated[list[str], Field(max_length=20)] = Field(default_factory=list)


@ROUTES.get("/explain")
def explain(request: Request, service: ServiceDoor, caller: MatchDoor, asked: Annotated[Chosen, Query()]) -> Response:
    """Raises RecordUnknown."""
    if not asked.expert:
        raise RecordUnknown("专家", "")
    found = service.matches.explanation(asked.demand, asked.expert[0], asked.ask(), caller.actor)
    listed = [entry.expert_id for entry in service.shortlists.of(asked.demand, asked.purpose, caller.actor)]
    may_edit = caller.member.may(Permission.EDIT)
    return page(request, "matching/explain.html", asked=asked, found=found, listed=listed, may_edit=may_edit)


@ROUTES.get("/compare")
def compare(request: Request, service: ServiceDoor, caller: MatchDoor, asked: Annotated[Chosen, Query()]) -> Response:
    """Raises CompareCount."""
    experts = list(dict.fromkeys(asked.expert))
    if not _LEAST <= len(experts) <= _MOST:
        raise CompareCount(len(experts))
    explained = service.matches.explanations(asked.demand, experts, asked.ask(), caller.actor)
    found = [explained[one][0] for one in experts if explained.get(one)]
    if len(found) < len(experts):
        raise RecordUnknown("专家", next(one for one in experts if not explained.get(one)))
    lines = service.store.ledger.of_experts([one.explanation.expert.id for one in found])
    return page(request, "matching/compare.html", asked=asked, found=found, lines=lines)


@ROUTES.get("/expert/{expert_id}")
def fitting(
    request: Request, service: ServiceDoor, caller: MatchDoor, asked: AskedQuery, expert_id: Number
) -> Response:
    ask = MatchAsk(asked.purpose, tuple(asked.service), top=_DEMANDS)
    found = service.matches.fitting(expert_id, ask, caller.actor)
    expert = service.store.experts.get(expert_id)
    return page(request, "matching/fitting.html", asked=asked, found=found, expert=expert, purposes=PURPOSES)
