"""What can be wrong with keeping the service."""

from matcher.errors import MatcherError, UsageError


class AuditDamaged(MatcherError):
    def __init__(self, count: int) -> None:
        super().__init__(f"审计记录有 {count} 处不完整，见上。请保留现场，用备份比对，并报告安全负责人。")


class AnchorMalformed(UsageError):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是 序号:摘要 的写法。请照抄先前 matcher audit verify 显示的一行。")
