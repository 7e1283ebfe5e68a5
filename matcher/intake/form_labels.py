"""Tells the labels of a questionnaire from its values."""

from __future__ import annotations

import re
from collections.abc import Collection

from matcher.intake.cells import Cell, cell_text
from matcher.intake.columns import Column, Table
from matcher.intake.parse_row import one_line

_LABEL_LIMIT = 40
_INLINE = re.compile(r"((?:[^:：\n（(]|[（(][^）)\n]*[）)]){1,40})[:：]\s*(.*)", re.DOTALL)
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_HINT = re.compile(r"[（(](?:不超过|限|请|必填|选填|可多选|单选|多选|字以内)[^）)]*[）)]")
_NEXT_LABEL = re.compile(r"\s+(?=([^\s:：，。；,;][^:：，。；,;\n]{0,19})[:：])")
_WORDS = re.compile(r"(?=.*[\u4e00-\u9fff])[^。；，;,]{2,20}")
_FILLED_LINE = " _＿\t\u3000"
_FOREIGN = re.compile(
    r"[^\d:：，。；,;、]{0,14}(?:名称|姓名|电话|传真|邮编|邮箱|网址|地址|联系人|法人|代表人?|负责人|填表人|日期|时间|单位|编号|代码|人数|金额|资金|"
    r"资本|面积|方式|情况|类别|类型|规模|性质|职务|职称|部门|微信|QQ|盖章|签字|签章|签名)(?:[（(][^）)]*[）)])?\s*[:：]?",
    re.IGNORECASE,
)


def labelled(cell: Cell, table: Table) -> tuple[str, Column | None, Cell | None]:
    """The label in a cell, its column, and a value that stands in the same cell behind a colon."""
    if not isinstance(cell, str):
        return "", None, None
    text = cell.strip()
    inline = _INLINE.fullmatch(text)
    label, value = (inline[1].strip(), inline[2].strip(_FILLED_LINE)) if inline else (text, "")
    if len(_BRACKETS.sub("", label)) > _LABEL_LIMIT:
        return "", None, None
    column = table.find(_HINT.sub("", label))
    return (label.rstrip(_FILLED_LINE), column, value or None) if column else ("", None, None)


def split_pairs(cell: Cell, table: Table) -> list[Cell]:
    """The cell in parts where it holds several labels: "编号：1　日期：2016年", "联系人：王某\\n电话：0431"."""
    if not isinstance(cell, str) or labelled(cell, table)[1] is None:
        return [cell]
    cuts = [
        match
        for match in _NEXT_LABEL.finditer(cell)
        if table.find(match[1]) or (looks_foreign(match[1]) and len(match[0]) > 1)
    ]
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(cell)]
    return [cell[start:end] for start, end in zip(starts, ends, strict=True) if cell[start:end].strip()]


def looks_foreign(cell: Cell) -> bool:
    """Whether the cell reads like a label of some form, so that it is no part of the value before it."""
    return isinstance(cell, str) and _FOREIGN.fullmatch(cell_text(cell).replace("\n", "")) is not None


def misspelt(cell: Cell, table: Table, known: Collection[str]) -> bool:
    """Whether the cell is nearly the label of a field that is not among the `known`, and no label of another form."""
    if not isinstance(cell, str) or looks_foreign(cell):
        return False
    near = table.like(label_part(cell))
    return near is not None and near.field not in known


def label_part(cell: Cell) -> str:
    """What stands before the colon, else all of it."""
    text = cell_text(cell).strip()
    inline = _INLINE.fullmatch(text)
    return (inline[1] if inline else text).strip(f"{_FILLED_LINE}:：")


def may_be_label(cell: Cell) -> bool:
    """Whether the cell is a few Chinese words, no sentence."""
    return isinstance(cell, str) and _WORDS.fullmatch(label_part(cell)) is not None


def guessed(label: str, table: Table) -> str:
    """An unknown label as messages name it, with the column that was probably meant."""
    name = one_line(label)
    near = None if looks_foreign(label) else table.like(label)
    return f"{name}（是不是“{near.header}”？）" if near else name
