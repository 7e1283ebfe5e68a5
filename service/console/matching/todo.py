"""What there is to do about kept results, as 首页 leads to it and the list of 结果 narrows by it."""

from __future__ import annotations

from enum import StrEnum


class Todo(StrEnum):
    SIGN = "待签署"
    CHANGED = "人选有变"
