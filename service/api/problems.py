"""Errors as programs read them: problem+json (RFC 9457) with a code, a Chinese sentence and the fields meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field

from matcher.errors import MatcherError
from matcher.workflows.record_forms import RecordRejected
from service.records.errors import EditConflict
from service.records.history import HistoryLine

_MOST_FAULTS = 50
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "missing": "必须填写。",
        "json_invalid": "不是正确的 JSON。",
        "extra_forbidden": "没有这一项，请核对名称。",
        "string_type": "应为文字。",
        "string_too_long": "不能超过 {max_length} 个字符。",
        "string_too_short": "不能少于 {min_length} 个字符。",
        "string_pattern_mismatch": "写法不对。",
        "string_unicode": "含有无法识别的字符。",
        "int_type": "应为整数。",
        "int_parsing": "应为整数。",
        "int_parsing_size": "数字太大。",
        "int_from_float": "应为整数。",
        "float_type": "应为数字。",
        "float_parsing": "应为数字。",
        "finite_number": "应为有限的数字。",
        "bool_type": "应为 true 或 false。",
        "bool_parsing": "应为 true 或 false。",
        "enum": "只能是 {expected} 之一。",
        "literal_error": "只能是 {expected} 之一。",
        "list_type": "应为列表。",
        "tuple_type": "应为列表。",
        "dict_type": "应为对象。",
        "model_type": "应为对象。",
        "model_attributes_type": "应为 JSON 对象。",
        "body_type": "应为 JSON 对象，并带上 Content-Type: application/json。",
        "too_long": "不能超过 {max_length} 项。",
        "too_short": "不能少于 {min_length} 项。",
        "greater_than_equal": "不能小于 {ge}。",
        "greater_than": "应大于 {gt}。",
        "less_than_equal": "不能大于 {le}。",
        "less_than": "应小于 {lt}。",
        "date_type": "应为日期，写成 2026-03-01。",
        "date_parsing": "应为日期，写成 2026-03-01。",
        "date_from_datetime_parsing": "应为日期，写成 2026-03-01。",
        "date_from_datetime_inexact": "应为日期，写成 2026-03-01。",
    }
)


class FieldFault(BaseModel):
    """出错的一项。One value that cannot be taken."""

    field: str = Field(description="path of the value, parts joined by dots", examples=["enterprise.staff"])
    message: str = Field(description="what is wrong and what to do, in Chinese", examples=["应为整数。"])


class ChangedField(BaseModel):
    """改动的一栏。A field that somebody changed; JSON values, null where nothing was said; private ones masked."""

    field: str
    label: str = Field(description="the form's header", examples=["工作单位"])
    before: Any = None
    after: Any = None


class HistoryEntryReport(BaseModel):
    """一次改动。One act on a record."""

    version: int
    when: str = Field(description="UTC", examples=["2026-03-02T09:00:00+00:00"])
    by: str = Field(examples=["wang", "密钥:3f9a0c1e"])
    action: str = Field(examples=["修改"])
    changes: list[ChangedField]


class Problem(BaseModel):
    """出错说明 (RFC 9457). `code` is stable and meant for programs, `detail` for people."""

    type: str = Field("about:blank", description="always about:blank; `code` tells errors apart")
    title: str = Field(examples=["Unprocessable Entity"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["提交的内容不完整或格式不对。"])
    code: str = Field(examples=["UNPROCESSABLE_ENTITY"])
    request_id: str = Field(description="to be given to the administrator", examples=["5f0c7d9e0b6f4f0d"])
    errors: list[FieldFault] | None = Field(None, description="with 422: every value that is wrong")
    changes: list[HistoryEntryReport] | None = Field(None, description="with 412: what happened meanwhile")
    current_etag: str | None = Field(None, description="with 412: what the record bears now", examples=['"118"'])


def problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """`responses` of an endpoint; 401, 403, 413, 422, 429, 500 and 503 are added to every operation of the API."""
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema}}
    return {int(status): {"description": status.phrase, "content": content} for status in statuses}


def field_faults(error: RequestValidationError) -> list[dict[str, str]]:
    """What the framework's checks found, in Chinese, by field."""
    return [{"field": _path(one["loc"]), "message": _sentence(one)} for one in error.errors()[:_MOST_FAULTS]]


def members_of(error: MatcherError) -> dict[str, object]:
    """What an error of ours tells beside its sentence."""
    if isinstance(error, RecordRejected):
        return {"errors": [{"field": one.field, "message": one.message} for one in error.problems]}
    if isinstance(error, EditConflict):
        changes = [history_report(line).model_dump(mode="json") for line in error.changes]
        return {"changes": changes, "current_etag": f'"{error.version}"'}
    return {}


def history_report(line: HistoryLine) -> HistoryEntryReport:
    changes = [
        ChangedField(field=one.field, label=one.label, before=one.before, after=one.after) for one in line.changes
    ]
    return HistoryEntryReport(
        version=line.version, when=line.when.isoformat(), by=line.by, action=line.action, changes=changes
    )


def _path(place: Sequence[object]) -> str:
    """Without the part of the request that it stands in; a position in broken JSON is no field."""
    broken_json = len(place) == 2 and place[0] == "body" and isinstance(place[1], int)
    return "" if broken_json else ".".join(map(str, place[1:]))


def _sentence(error: Mapping[str, Any]) -> str:
    if error["type"] == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    terms = {key: _listed(value) for key, value in error.get("ctx", {}).items()}
    return _WORDS.get(_kind(error), "写法不对。").format_map(terms)


def _kind(error: Mapping[str, Any]) -> str:
    """The framework's kind, told apart where one of its words has two meanings for us."""
    kind, given = str(error["type"]), error.get("input")
    if kind in ("too_long", "too_short") and isinstance(given, str):
        return f"string_{kind}"
    if kind == "model_attributes_type" and len(error["loc"]) == 1:
        return "body_type"
    return kind


def _listed(term: object) -> str:
    """A list of the framework's ("'a', 'b' or 'c'") as Chinese puts it; a whole number without decimals."""
    if isinstance(term, float) and term.is_integer():
        return str(int(term))
    return str(term).replace("'", "").replace(" or ", "、").replace(", ", "、")
