"""What an audit entry holds beside its sentence, in the words of the forms: the one table of names and values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from matcher.beijing import in_beijing
from matcher.domain.audit import AuditEntry
from matcher.intake.demand_columns import DEMAND_TABLE
from matcher.intake.expert_columns import EXPERT_TABLE
from service.console.portal_keys import SCOPE_WORDS
from service.security.accounts import Places
from service.security.staff_names import StaffNames

_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "by": "评价人",
        "confirmed": "已确认的人选",
        "demand": "需求编号",
        "demands": "需求",
        "digest": "校验值",
        "disabled": "停用",
        "encoder": "语义模型",
        "experts": "专家",
        "expires": "有效期至",
        "fields": "改动的栏目",
        "file": "文件格式",
        "full_name": "姓名",
        "items": "成果（含研究方向）",
        "ledger": "台账",
        "marks": "评价",
        "name": "名称",
        "needs": "拆分项数",
        "noted": "写了入围说明",
        "office": "会签时代表",
        "per_minute": "每分钟上限",
        "regions": "范围",
        "review": "审核状态",
        "role": "角色",
        "scopes": "使用范围",
        "state": "状态",
        "topics": "选题",
        "verdict": "评价",
        "visited": "走访日期",
        "weights": "评分权重",
    }
)
# A field of a record -> its column's heading; both forms call equal fields alike.
_COLUMNS = {column.field: column.header for table in (DEMAND_TABLE, EXPERT_TABLE) for column in table.columns}
_SCOPES = {scope.value: words for scope, words in SCOPE_WORDS.items()}
_FILES = {"xlsx": "Excel", "docx": "Word"}


class AuditWords:
    """`places` and `names` say what codes of places and login names mean."""

    def __init__(self, places: Places, names: StaffNames) -> None:
        self._readers: Mapping[str, Callable[[list[str]], str]] = {
            "regions": places.names,
            "scopes": lambda codes: _joined(_SCOPES, codes),
            "fields": lambda codes: _joined(_COLUMNS, codes),
            "by": lambda logins: "、".join(map(names, logins)),
            "expires": lambda texts: f"{in_beijing(datetime.fromisoformat(texts[0])):%Y-%m-%d %H:%M}",
            "file": lambda codes: _joined(_FILES, codes),
        }

    def changes(self, entry: AuditEntry) -> Iterator[tuple[str, str, str]]:
        """Name, before, after; only what differs."""
        before, after = entry.before or {}, entry.after or {}
        for name in dict.fromkeys([*before, *after]):
            if before.get(name) != after.get(name) or name not in before:
                yield _FIELDS.get(name, name), self._word(name, before), self._word(name, after)

    def _word(self, name: str, values: Mapping[str, object]) -> str:
        value = values.get(name)
        if name not in values or value is None or (value == [] and name != "regions"):
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        texts = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        if name in self._readers:
            return self._readers[name](texts)
        return "、".join(texts) if isinstance(value, list | str) else json.dumps(value, ensure_ascii=False)


def _joined(words: Mapping[str, str], codes: list[str]) -> str:
    return "、".join(words.get(code, code) for code in codes)
