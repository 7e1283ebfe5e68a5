"""管理 / 系统状态: in the words of an office; fingerprints stand under 技术信息."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from matcher.documents.errors import TemplateFault
from matcher.documents.templates import Form, WordTemplates
from matcher.workflows.index import IndexStatus
from service.console.pages import page
from service.doors import Caller, ServiceDoor, requires
from service.health.readiness import Condition
from service.security.roles import Permission

ROUTES = APIRouter(prefix="/admin/system", include_in_schema=False)
OperatorDoor = Annotated[Caller, Depends(requires(Permission.OPERATE))]
_PARTS: Mapping[str, str] = MappingProxyType(
    {"database": "数据库", "index": "检索索引", "encoder": "语义模型", "catalogues": "专家和需求列表"}
)
_CONDITIONS: Mapping[Condition, tuple[str, str]] = MappingProxyType(
    {Condition.OK: ("正常", "good"), Condition.STARTING: ("正在准备", "wait"), Condition.FAILED: ("异常", "bad")}
)


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: OperatorDoor) -> Response:
    parts = service.readiness.check()
    application = service.application
    status = application.index.status()
    context: dict[str, object] = {
        "parts": [(_PARTS[part], *_CONDITIONS[condition]) for part, condition in parts.items()],
        "starting": Condition.STARTING in parts.values(),
        "status": status,
        "step": _step(status),
        "builtin": application.has_builtin_encoder,
        "refined": application.has_builtin_encoder and application.encoder_folder.current is not None,
        "templates": list(_templates(application.word_templates)),
        "experts": len(application.expert_catalogue.current()),
        "demands": len(application.demand_catalogue.current()),
    }
    return page(request, "admin/system.html", **context)


def _templates(templates: WordTemplates) -> Iterator[tuple[str, str, str]]:
    """Form, words and tone; those of the department are tried, the bundled ones were."""
    for form in Form:
        if not templates.is_own(form):
            yield form, "自带的模板", "good"
            continue
        try:
            templates.check(form)
            yield form, "本单位的模板，可以使用", "good"
        except TemplateFault as fault:
            yield form, str(fault), "bad"


def _step(status: IndexStatus) -> str:
    """How far the index is, and what to do."""
    if status.manifest is None:
        return "还没有建立索引；导入专家后第一次匹配时自动建立，不必处理。"
    if status.problem:
        return status.problem
    if status.behind < 0:
        return "索引比数据库新（数据库可能由备份恢复）；下次匹配时自动重建，不必处理。"
    if status.behind:
        return f"可用；另有 {status.behind} 项改动，下次匹配时自动补上，不必处理。"
    return "可用，与数据库一致。"
