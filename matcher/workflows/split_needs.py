"""Needs as a person writes them down: one paragraph each, its first line the title."""

from __future__ import annotations

import re
from pathlib import Path

from matcher.domain.demand import Need
from matcher.errors import UsageError

_WANTED = re.compile(r"(?:期望)?专家方向\s*[:：]\s*(.+)")


class NeedsUnreadable(UsageError):
    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"文件“{path}”读不出各项需求：{detail}。每项写一段：首行为名称，其余为问题，段间空一行。")


def read_needs(path: Path, demand_id: str) -> tuple[Need, ...]:
    """Raises NeedsUnreadable."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NeedsUnreadable(path, "文件打不开，或不是 UTF-8 文本") from error
    needs = tuple(
        _need(demand_id, number, part.strip().splitlines())
        for number, part in enumerate(filter(str.strip, re.split(r"\n\s*\n", text)), start=1)
    )
    if len(needs) < 2:
        raise NeedsUnreadable(path, f"只有 {len(needs)} 项，拆分至少要两项")
    return needs


def _need(demand_id: str, number: int, lines: list[str]) -> Need:
    title = re.sub(r"^\s*\d+\s*[.、．)）]\s*", "", lines[0]).strip()
    wanted = "".join(match[1].strip() for line in lines[1:] if (match := _WANTED.match(line.strip())))
    body = [line.strip() for line in lines[1:] if not _WANTED.match(line.strip())]
    return Need(demand_id, number, title, "\n".join(body) or title, wanted)
