"""A record's history on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matcher.beijing import in_beijing
from matcher.intake.columns import Table
from matcher.store.records import HistoryAction, HistoryEntry

_SHOWN = 80


def history_lines(entries: Sequence[HistoryEntry], table: Table) -> Iterator[str]:
    """One line an act, then the fields that it changed, called as in the table's header."""
    headers = {column.field: column.header for column in table.columns}
    for entry in entries:
        partner = f"（{entry.other}）" if entry.other else ""
        yield f"{in_beijing(entry.when):%Y-%m-%d %H:%M:%S}  {entry.by or '系统'}  {entry.action}{partner}"
        yield from (f"    {line}" for line in _details(entry, headers))


def _details(entry: HistoryEntry, headers: Mapping[str, str]) -> Iterator[str]:
    if not entry.readable:
        yield "（内容已随删除一并销毁）"
        return
    before, after = dict(_flat(entry.before or {})), dict(_flat(entry.after or {}))
    changed = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    if entry.before and entry.after and not changed:
        yield "（只改了不在此显示的受限信息）"
    if entry.action in (HistoryAction.CHANGED, HistoryAction.MERGED) and entry.after:
        for name in changed:
            yield f"{headers.get(name, name)}：{_shown(before.get(name))} → {_shown(after.get(name))}"


def _flat(fields: Mapping[str, object], path: str = "") -> Iterator[tuple[str, object]]:
    for name, value in fields.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield path + name, value


def _shown(value: object) -> str:
    if isinstance(value, list):
        value = "、".join(map(str, value))
    text = "（空）" if value in (None, "") else str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
