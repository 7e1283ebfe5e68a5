"""What can be wrong with a template of a department."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from matcher.errors import UsageError

_SHOWN = 12


class TemplateFault(UsageError):
    """A template that cannot be used; nothing is written from it."""

    def __init__(self, where: Path, wrong: str, advice: str) -> None:
        super().__init__(f"Word 模板“{where}”不能使用：{wrong}。{advice}")


class TemplateUnreadable(TemplateFault):
    def __init__(self, where: Path, reason: str) -> None:
        super().__init__(where, reason, "请用 WPS 或 Word 另存为 .docx 后重新放入，或移走它以使用自带的模板。")


class PlaceholderUnknown(TemplateFault):
    """`allowed`: what may stand there instead."""

    def __init__(self, where: Path, name: str, owner: str, allowed: Iterable[str]) -> None:
        words = list(allowed)
        listed = "、".join(words[:_SHOWN]) + (f" 等 {len(words)} 项" if len(words) > _SHOWN else "")
        what = f"“{owner}”中没有“{name}”这一项" if owner else f"占位符“{name}”不认识"
        super().__init__(where, what, f"可用的有：{listed}。请改正，全部占位符用 matcher documents fields 查看。")


class PlaceholderIsGroup(TemplateFault):
    """A placeholder that stands for several values was written as if it were text."""

    def __init__(self, where: Path, words: Iterable[str]) -> None:
        parts = "、".join(words)
        what = f"有一个占位符是一组内容（{parts}），不能直接写出" if parts else "有一个占位符是列表，不能直接写出"
        super().__init__(where, what, "请写明其中哪一项，列表请用 {% for %} 逐个写出，写法可照自带的模板。")


class TemplateSyntax(TemplateFault):
    """The template language is not kept to; `near`: the text around the place, where it is known."""

    def __init__(self, where: Path, detail: str, near: str = "") -> None:
        place = f"，在“{near}”附近" if near else ""
        super().__init__(where, f"占位符或控制语句写法不对：{detail}{place}", "请改正，写法可照自带的模板。")


class LeftOver(TemplateFault):
    """Something that looks like a placeholder comes out as it stands."""

    def __init__(self, where: Path, text: str) -> None:
        super().__init__(where, f"“{text}”没有写成内容", "占位符的括号须用半角，成对写作 {{ 姓名 }}。")


class TemplateMisshapen(TemplateFault):
    """What comes out is no document: a loop or condition begins in one cell or paragraph and ends in another."""

    def __init__(self, where: Path) -> None:
        wrong = "循环或条件的开头和结尾不成对，写出的文件会损坏"
        super().__init__(
            where, wrong, "表格里整行重复用 {%tr for %} 和 {%tr endfor %}，整段用 {%p %}，各占一行或一段。"
        )
