"""What can be wrong with a run or a judgments file."""

from matcher.errors import UsageError


class EvaluationFileInvalid(UsageError):
    def __init__(self, path: str, line: int, problem: str) -> None:
        super().__init__(f"文件“{path}”第 {line} 行有误：{problem}。")


class EvaluationFileUnreadable(UsageError):
    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"文件“{path}”不能读取（{reason}）。")


class NothingJudged(UsageError):
    def __init__(self, path: str) -> None:
        super().__init__(f"评判文件“{path}”里没有一个需求有合适的专家（等级 2 以上），算不出指标。")
