"""The OpenAPI 3.1 document: what every operation shares is said here, once."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.api.problems import Problem, problems

_ABOUT = """\
院士专家与企业技术需求匹配服务的接口，供门户等系统调用。The service's API for portals.

* 每个请求带密钥：`Authorization: Bearer mk_…`，由系统管理员在“管理”“密钥”中发放（命令为 `matcher key add`）。
* 出错时回答 `application/problem+json`：`code` 供程序判断，`detail` 是中文说明，`errors` 指出哪一项有误。
* 列表翻页：把回答里的 `next` 作为 `cursor` 再问；`limit` 不超过 200。
* 修改须带 `If-Match`（读取时的 `ETag`）；`POST` 可带 `Idempotency-Key`，重发时只执行一次。
* 门户看不到证件号、手机、邮箱、联系人等隐私信息。Private fields never leave through this API.
"""
_TAGS = (
    ("experts", "专家库。Experts and their evidence"),
    ("demands", "需求库。Demand questionnaires, their needs and review"),
    ("matches", "匹配。Experts ranked for a demand or a text, and the reverse"),
    ("runs", "保存送签的匹配结果。Frozen match runs"),
    ("marks", "评价：合适、不合适、婉拒、成效。Verdicts on proposals"),
    ("imports", "导入。Files taken in by jobs"),
    ("exports", "导出。Files made by jobs"),
    ("jobs", "后台任务。Work that goes on in the background"),
    ("plans", "建站计划。Plans of stations, drawn up and steered by jobs"),
    ("talent", "成果对接、人才缺口。Achievements for demands; what the library lacks"),
    ("reference", "代码表和可选项。Reference tables and closed word lists"),
    ("key", "密钥。The key in use"),
    ("health", "运行状况。Whether the service works"),
)
_SHARED = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.REQUEST_URI_TOO_LONG,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_UNUSED = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI) -> None:
    """Gives the application its document; it is made at the first question and kept."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title="院士专家匹配服务 Expert matcher",
        version="1.0",
        summary="为企业技术需求匹配院士和专家",
        description=_ABOUT,
        routes=app.routes,
        servers=[{"url": "/", "description": "本服务。This server"}],
    )
    parts = found.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    own = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(own.pop("$defs", {}))
    schemas["Problem"] = own
    for name in _UNUSED:
        schemas.pop(name, None)
    parts["securitySchemes"] = {
        "portalKey": {"type": "http", "scheme": "bearer", "bearerFormat": "mk_<编号>_<密文>", "description": "门户密钥"}
    }
    for operation in _operations(found):
        answers = operation["responses"]
        answers.pop("422", None)
        for status, shared in problems(*_SHARED).items():
            answers.setdefault(str(status), shared)
        operation["security"] = [{"portalKey": []}]
    used = {tag for item in found["paths"].values() for one in item.values() for tag in one.get("tags", ())}
    found["tags"] = [{"name": name, "description": about} for name, about in _TAGS if name in used]
    return found


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those that ask for a key."""
    for path, item in document["paths"].items():
        if path.startswith("/api/"):
            yield from item.values()
