"""Many records approved at once, each by the rules of a single one and noted by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Approval:
    """What became of one record: approved now, approved `already`, or left with the reason `why`."""

    id: str
    already: bool = False
    why: str = ""


CHANGED_SINCE = "确认之后又有修改，请看过新的内容再审核"
RETURNED = "已退回，修改后才重新审核"
