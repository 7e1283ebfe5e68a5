"""Questions that a catalogue cannot answer."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.errors import UsageError


class CursorInvalid(UsageError):
    def __init__(self) -> None:
        super().__init__("翻页标记不可用：它不是本列表给出的，或排序已经换过。请从第一页重新开始。")


class FacetUnknown(UsageError):
    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"没有“{name}”这个筛选项。可用：{'、'.join(known)}。")


class SortUnknown(UsageError):
    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"没有“{name}”这种排序。可用：{'、'.join(known)}；前面加“-”为倒序。")


class LimitInvalid(UsageError):
    def __init__(self, largest: int) -> None:
        super().__init__(f"每页条数应在 1 到 {largest} 之间。")
