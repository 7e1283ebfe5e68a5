"""Matches for portals: forward, by batch, reverse, similar experts, one expert's reasons.

A match changes nothing, so that it takes no `Idempotency-Key`: an answer kept would keep the text that is asked about.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from matcher.domain.portal_key import KeyScope
from matcher.domain.vocabulary import Purpose, ServiceKind
from service.addresses import Number
from service.api.match_shapes import (
    MOST_EXPERTS,
    ExplanationList,
    FittingDemandList,
    MatchAnswers,
    MatchBatchWanted,
    MatchWanted,
    SimilarList,
    explanation_report,
    fitting_list,
    match_answer,
    similar_list,
)
from service.api.problems import problems
from service.doors import ServiceDoor, requires_scope
from service.matching.desk import MatchAsk
from service.security.actor import Actor

ROUTES = APIRouter(prefix="/api/v1", tags=["matches"], responses=problems(HTTPStatus.NOT_FOUND))
MatchDoor = Annotated[Actor, Depends(requires_scope(KeyScope.MATCH))]
_ID = r"^[^\x00-\x1f\x7f]+$"
ExpertId = Annotated[Number, Path(max_length=100, pattern=_ID, description="专家编号", examples=["E00012"])]
DemandId = Annotated[
    Number, Path(max_length=100, pattern=_ID, description="需求编号，可为其中一项（# 写作 %23）", examples=["D001"])
]
AskedPurpose = Annotated[Purpose, Query(description="用途；决定适用哪些规则 Decides the rules")]
AskedServices = Annotated[list[ServiceKind], Query(alias="service", max_length=20, description="服务方式，可重复")]
Limit = Annotated[int, Query(ge=1, le=MOST_EXPERTS, description="最多几条 At most")]


@ROUTES.post("/matches", operation_id="createMatch", summary="匹配 Match")
def create_match(service: ServiceDoor, actor: MatchDoor, wanted: MatchWanted) -> MatchAnswers:
    """一份需求或一段描述适合哪些专家，附依据。Experts with reasons; of a split questionnaire one answer a need."""
    if wanted.text is not None:
        return MatchAnswers(items=[match_answer(service.matches.for_text(wanted.text, wanted.ask()).report)])
    found = service.matches.for_demand(wanted.demand_id or "", wanted.ask(), actor)
    return MatchAnswers(items=[match_answer(one.report) for one in found])


@ROUTES.post("/matches/batch", operation_id="createMatchBatch", summary="批量匹配 Match several")
def create_match_batch(service: ServiceDoor, actor: MatchDoor, wanted: MatchBatchWanted) -> MatchAnswers:
    """最多 20 份；更多的请用 /exports/matches 后台任务。At most 20: for more there is the job of /exports/matches."""
    found = service.matches.for_demands(wanted.demand_ids, wanted.ask(), actor)
    return MatchAnswers(items=[match_answer(one.report) for one in found])


@ROUTES.get("/experts/{expert_id}/similar", operation_id="listSimilarExperts", summary="相近的专家 Similar experts")
def list_similar(service: ServiceDoor, actor: MatchDoor, expert_id: ExpertId, limit: Limit = 10) -> SimilarList:
    """研究内容相近的专家，附成对的成果。Who works on the same, with the items that say so."""
    return similar_list(service.matches.similar(expert_id, limit))


@ROUTES.get("/experts/{expert_id}/demands", operation_id="listFittingDemands", summary="适合的需求 Fitting demands")
def list_fitting(
    service: ServiceDoor,
    actor: MatchDoor,
    expert_id: ExpertId,
    purpose: AskedPurpose = Purpose.ENTERPRISE_VISIT,
    services: AskedServices = [],  # noqa: B006 - FastAPI copies it
    limit: Limit = 10,
) -> FittingDemandList:
    """反向匹配：一位专家适合库中哪些需求。The reverse; of many demands the 200 nearest are ranked."""
    return fitting_list(service.matches.fitting(expert_id, MatchAsk(purpose, tuple(services), top=limit), actor))


@ROUTES.get("/demands/{demand_id}/experts/{expert_id}", operation_id="getExplanation", summary="为什么 Why")
def get_explanation(
    service: ServiceDoor,
    actor: MatchDoor,
    demand_id: DemandId,
    expert_id: ExpertId,
    purpose: AskedPurpose = Purpose.ENTERPRISE_VISIT,
    services: AskedServices = [],  # noqa: B006 - FastAPI copies it
) -> ExplanationList:
    """一位专家为什么合适或不合适，无论名次。Why, or why not, whatever the rank."""
    found = service.matches.explanation(demand_id, expert_id, MatchAsk(purpose, tuple(services)), actor)
    return ExplanationList(items=[explanation_report(one) for one in found])
