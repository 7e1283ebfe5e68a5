"""Parsers of closed choices and of yes or no, tolerant of the variants that people write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from matcher.intake.cells import Cell, cell_text, half_width, plain
from matcher.intake.lists import parse_list
from matcher.intake.parsed import Complaint, Parsed
from matcher.intake.texts import parse_text

Choice = TypeVar("Choice", bound=StrEnum)

_TICKED = "☑☒■√✓✔●▣◉"
_BOX = rf"[□☐○◯〇{_TICKED}]|[\[(（]\s*[√✓✔☑xX]?\s*[\])）]"
_LABEL = rf"(?:(?!{_BOX}).)"
_OPTION = re.compile(rf"(?P<box>{_BOX})\s*(?P<label>{_LABEL}*)", re.DOTALL)
_BOXES_BEHIND = re.compile(rf"\s*(?!{_BOX})\S.*(?:{_BOX})\s*", re.DOTALL)
_TRAILING = re.compile(rf"(?P<label>{_LABEL}+)(?P<box>{_BOX})", re.DOTALL)
_YES = frozenset({
    "是", "有", "需", "要", "需要", "愿意", "同意", "可", "可以", "公开", "可公开", "涉密", "已签", "已签名", "已提供",
    "√", "✓", "✔", "☑", "y", "yes", "t", "true", "1",
})  # fmt: skip
_NO = frozenset({
    "否", "无", "不", "不需", "不需要", "没有", "不愿意", "不同意", "不可", "不可以", "不公开", "非涉密", "不涉密",
    "未签", "未提供", "×", "x", "✗", "✘", "n", "no", "f", "false", "0",
})  # fmt: skip


def ticked(text: str) -> str:
    """Of options with boxes the ticked ones; other text as it is.

    >>> ticked("□技术攻关 ☑产品开发 √工艺改进"), ticked("是□ 否☑"), ticked("技术攻关"), ticked("□是 □否")
    ('产品开发、工艺改进', '否', '技术攻关', '')
    >>> ticked("（√）技术攻关 （ ）产品开发"), ticked("技术攻关( ) 其他(√)"), ticked("其他（ ）")
    ('技术攻关', '其他', '其他（ ）')
    """
    options = list((_TRAILING if _BOXES_BEHIND.fullmatch(text) else _OPTION).finditer(text))
    if not options or (len(options) == 1 and _is_plain(options[0])):
        return text
    chosen = [option["label"] for option in options if _is_ticked(option["box"])]
    return "、".join(bare for label in chosen if (bare := label.strip(" 、，,;；/\n_＿")))


def _is_plain(option: re.Match[str]) -> bool:
    """A lone tick without words, or a word with empty brackets behind it, is no list of options."""
    ticks = _is_ticked(option["box"])
    return not option["label"].strip() if ticks else option["box"][0] in "[(（"


def _is_ticked(box: str) -> bool:
    mark = box.strip("[]()（） ")
    return bool(mark) and mark in f"{_TICKED}xX"


def parse_chosen(cell: Cell) -> Parsed:
    """Text, of options with boxes the ticked ones."""
    return parse_text(ticked(cell_text(cell)))


def parse_chosen_list(cell: Cell) -> Parsed:
    """Several values, of options with boxes the ticked ones."""
    return parse_list(cell if isinstance(cell, list | tuple) else ticked(cell_text(cell)))


def parse_yes_no(cell: Cell) -> Parsed:
    """True, False, or None where nothing is said.

    >>> parse_yes_no("√").value, parse_yes_no("无").value, parse_yes_no("—").value
    (True, False, None)
    """
    if isinstance(cell, bool):
        return Parsed(cell)
    text = ticked(half_width(cell)).strip("。. ").lower()
    first = re.split(r"[(（,，、:：;；\s]", text)[0]
    for word in (text, first):
        if word in _YES:
            return Parsed(True)
        if word in _NO:
            return Parsed(False)
    if not plain(text):
        return Parsed(None)
    return Parsed(None, Complaint(f"“{text}”不是“是”或“否”", "请填“是”或“否”"))


class OneOf(Generic[Choice]):
    """Reads one value of an enumeration; `synonyms` maps other wordings to it.

    Raises ValueError for a synonym made of signs alone: all such would be one and the same key.
    """

    def __init__(self, kind: type[Choice], synonyms: Mapping[str, Choice]) -> None:
        self._kind = kind
        self._words = {_bare(choice.value): choice for choice in kind} | {_bare(key): c for key, c in synonyms.items()}
        if "" in self._words:
            raise ValueError(f"{kind.__name__} has a synonym without a letter or digit")

    def __call__(self, cell: Cell) -> Parsed:
        text = ticked(plain(cell))
        found = self.find(text)
        if found is not None or not _bare(text):
            return Parsed(found)
        return Parsed(None, _not_taken(text, self._kind))

    def exact(self, text: str) -> Choice | None:
        """The value of which the text is a wording, signs and all."""
        return self._words.get(text.lower())

    def find(self, text: str) -> Choice | None:
        """Exact wording first, then a wording that stands inside the text (the longest)."""
        bare = _bare(text)
        if bare in self._words:
            return self._words[bare]
        inside = [word for word in self._words if len(word) >= 2 and word in bare]
        return self._words[max(inside, key=len)] if inside else None


class ManyOf(Generic[Choice]):
    """Reads several values of an enumeration, in the order of the form."""

    def __init__(self, one: OneOf[Choice], kind: type[Choice]) -> None:
        self._one = one
        self._kind = kind

    def __call__(self, cell: Cell) -> Parsed:
        parts = cell if isinstance(cell, list | tuple) else ticked(plain(cell))
        words = parse_list(parts).value
        pieces = (
            [piece for word in words for piece in re.split(r"[/和与及 ]", word) if piece]
            if isinstance(words, tuple)
            else []
        )
        found = {piece: self._one.find(piece) for piece in pieces}
        chosen = tuple(choice for choice in self._kind if choice in found.values())
        unknown = [piece for piece, choice in found.items() if choice is None]
        if not unknown:
            return Parsed(chosen)
        return Parsed(chosen, _not_taken("、".join(unknown), self._kind))


def _not_taken(text: str, kind: type[StrEnum]) -> Complaint:
    return Complaint(f"“{text}”不在可选项里，没有采用", f"请改为：{'、'.join(kind)}")


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
