"""An act of the log in the words of the pages; entries keep the words they were sealed with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matcher.domain.audit import AuditAction

_SAID: Mapping[AuditAction, str] = MappingProxyType(
    {
        AuditAction.TIME_OUT: "久未操作，自动退出",
        AuditAction.VIEW_PRIVATE: "查看隐私信息",
        AuditAction.EXPORT_PRIVATE: "导出隐私信息",
        AuditAction.START_JOB: "提交后台任务",
        AuditAction.END_JOB: "后台任务结束",
        AuditAction.CANCEL_JOB: "取消后台任务",
        AuditAction.FREEZE_RUN: "保存匹配结果",
    }
)


def said(action: AuditAction) -> str:
    return _SAID.get(action, action.value)
