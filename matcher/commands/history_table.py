"""A record's history on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.store.records import HistoryEntry

_SHOWN = 80


def history_lines(entries: Sequence[HistoryEntry]) -> Iterator[str]:
    """One line an act, then the fields that it changed."""
    for entry in entries:
        partner = f"（{entry.other}）" if entry.other else ""
        yield f"{entry.when.astimezone():%Y-%m-%d %H:%M:%S}  {entry.by or '系统'}  {entry.action}{partner}"
        before, after = entry.before or {}, entry.after or {}
        for name in dict.fromkeys((*before, *after)):
            if before and before.get(name) != after.get(name):
                yield f"    {name}：{_shown(before.get(name))} → {_shown(after.get(name))}"


def _shown(value: object) -> str:
    if isinstance(value, list):
        value = "、".join(map(str, value))
    text = "（空）" if value in (None, "") else str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
