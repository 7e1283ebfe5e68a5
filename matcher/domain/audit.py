"""What the audit log says of an act: who, when, from where, what, before, after, result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AuditAction(StrEnum):
    LOG_IN = "登录"
    LOG_OUT = "退出"
    TIME_OUT = "会话超时"
    CHANGE_PASSWORD = "修改密码"
    ADD_ACCOUNT = "新建账号"
    CHANGE_ACCOUNT = "修改账号"
    DISABLE_ACCOUNT = "停用账号"
    ENABLE_ACCOUNT = "启用账号"
    RESET_PASSWORD = "重设密码"
    UNLOCK_ACCOUNT = "解除锁定"
    ADD_KEY = "新建密钥"
    REVOKE_KEY = "吊销密钥"
    USE_KEY = "使用密钥"
    ENTER = "访问"
    VIEW_PRIVATE = "查看隐私字段"
    EXPORT_PRIVATE = "导出隐私字段"
    ADD_RECORD = "新建资料"
    EDIT_RECORD = "修改资料"
    ERASE_PERSON = "删除个人资料"
    REVIEW_DEMAND = "审核需求"
    REVIEW_EXPERT = "审核专家"
    SPLIT_DEMAND = "拆分需求"
    NOTE_VISIT = "登记走访"
    MAKE_PLAN = "制定计划"
    CONFIRM_PLAN = "确认计划人选"
    SIGN_PLAN = "签发计划"
    VOID_PLAN = "作废计划"
    VIEW_ITINERARY = "查看行程"
    EXPORT_PLAN = "导出计划"
    START_JOB = "提交作业"
    END_JOB = "作业结束"
    CANCEL_JOB = "取消作业"
    FETCH_FILE = "下载文件"
    MARK = "评价专家"
    WITHDRAW_MARK = "撤回评价"
    SHORTLIST = "列入入围名单"
    DROP_FROM_SHORTLIST = "移出入围名单"
    FREEZE_RUN = "冻结匹配结果"
    SIGN_RUN = "签署匹配结果"
    REVOKE_RUN = "作废匹配结果"
    EXPORT_RUN = "导出匹配结果"
    EXPORT_TALENT = "导出人才名单"
    IMPORT = "导入"
    UNDO_IMPORT = "撤销导入"
    MERGE_PERSONS = "合并专家"
    REBUILD_INDEX = "重建索引"
    CHANGE_MODEL = "更换模型或权重"


class Outcome(StrEnum):
    DONE = "成功"
    FAILED = "失败"
    REFUSED = "拒绝"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`subject` names kind and number, such as 账号:zhang. `before` and `after` hold nothing private or secret."""

    at: datetime
    actor: str
    address: str
    request_id: str
    action: AuditAction
    subject: str
    outcome: Outcome = Outcome.DONE
    reason: str = ""
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An entry in its place of the chain; sequences run from 1 without a gap."""

    sequence: int
    entry: AuditEntry
    digest: str


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """Which entries are looked for; None and "" ask nothing. `actor` is whole, `subject` a part."""

    actor: str = ""
    action: AuditAction | None = None
    outcome: Outcome | None = None
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
