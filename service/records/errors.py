"""What the desks of records refuse."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.errors import UsageError
from service.records.history import HistoryLine


class EditConflict(UsageError):
    """Somebody else was quicker; `changes` are what happened since the version that was read, oldest first."""

    def __init__(self, what: str, id: str, version: int, changes: tuple[HistoryLine, ...]) -> None:
        fields = "、".join(dict.fromkeys(change.label for line in changes for change in line.changes))
        told = f"改动的栏目：{fields}。" if fields else ""
        super().__init__(f"{what}“{id}”在您打开之后已被别人修改，您的修改没有保存。{told}请看过新的内容，再改一次。")
        self.version, self.changes = version, changes


class VersionMissing(UsageError):
    """An edit must say what it is an edit of."""

    def __init__(self) -> None:
        super().__init__("修改时须带 If-Match，其值为读取该记录时得到的 ETag，以免覆盖别人的修改。")


class EditElsewhere(UsageError):
    """The expert's unit lies outside the places that the editor answers for."""

    def __init__(self) -> None:
        super().__init__("该专家的单位不在您负责的市州，您可以查看，不能修改。请把要改的内容告诉负责全省的业务管理员。")


class ErasureUnconfirmed(UsageError):
    """Nothing was erased; `problems` says by field what is missing."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("没有删除：" + "".join(problems.values()))
        self.problems = problems


class RemarkMissing(UsageError):
    """A demand is not sent back without a word."""

    def __init__(self) -> None:
        super().__init__("退回需求时须写明意见，说清企业要补充或改正什么。")


class SplitInvalid(UsageError):
    def __init__(self) -> None:
        super().__init__("拆分至少要有两项，每项都须有名称和问题。")


class VisitInvalid(UsageError):
    def __init__(self, detail: str) -> None:
        super().__init__(f"走访记录没有保存：{detail}。")
