"""Reads the expert texts of scripts/demo_content; its README describes their form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

CONTENT = Path(__file__).resolve().parent.parent / "demo_content"
NOTE = "虚构示例数据"
_ITEM_TYPES = {
    "论": "论文",
    "专": "专利",
    "项": "项目",
    "成": "成果",
    "奖": "获奖",
    "标": "标准",
    "著": "著作",
}

Cell = str | int | float | date | None
Row = dict[str, Cell]


@dataclass
class ExpertText:
    """One expert block of the content: the head's cells, the further settings and the items."""

    head: list[str]
    settings: dict[str, str] = field(default_factory=dict)
    directions: str = ""
    keywords: str = ""
    items: list[Row] = field(default_factory=list)


def read_columns() -> dict[str, list[str]]:
    lines = (CONTENT / "columns.txt").read_text(encoding="utf-8").splitlines()
    return {sheet: names.split() for sheet, _, names in (line.partition(": ") for line in lines if line[0] != "#")}


def read_experts() -> Iterator[ExpertText]:
    for path in sorted(CONTENT.glob("0*.txt")):
        yield from _expert_blocks(path.read_text(encoding="utf-8").splitlines())


def _expert_blocks(lines: Iterable[str]) -> Iterator[ExpertText]:
    journal, expert = "", None
    for line in filter(None, lines):
        mark, _, rest = line.partition(" ")
        if mark == "@":
            journal = rest.partition("=")[2]
        elif mark == "#":
            if expert:
                yield expert
            expert = ExpertText([cell.strip() for cell in rest.split("|")])
        else:
            assert expert is not None, line
            _take(expert, mark, rest, journal)
    if expert:
        yield expert


def _take(expert: ExpertText, mark: str, rest: str, journal: str) -> None:
    if mark == "!":
        pairs = (pair.partition("=") for pair in rest.split("；") if pair)
        expert.settings |= {name: value for name, _, value in pairs}
    elif mark == ">":
        expert.directions = rest.replace("；", "、")
    elif mark == "=":
        expert.keywords = rest
    elif mark == "+":
        expert.items[-1]["co-owners"] = rest
    else:
        expert.items.append(_item(expert, _ITEM_TYPES[mark], rest, journal))


def _item(expert: ExpertText, kind: str, text: str, journal: str) -> Row:
    year, title, abstract, keywords = (cell.strip() for cell in text.split("|"))
    row: Row = {"类型": kind, "年份": int(year), "关键词": keywords.replace(";", "、")}
    foreign = not re.search(r"[\u4e00-\u9fff]", title)
    # An English item keeps its English text in the English columns and, as real sheets do, the title in both.
    row |= {"题目": title, "英文题目": title, "英文摘要": abstract} if foreign else {"题目": title, "摘要": abstract}
    number = f"{expert.head[0]}-{len(expert.items) + 1}"
    row["来源"] = journal if kind == "论文" else f"虚构{kind}编号 {number}"
    return row


def judgment_lines() -> Iterator[str]:
    for line in (CONTENT / "judgments.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            demand, *pairs = line.split()
            for expert, grade in (pair.split("=") for pair in pairs):
                yield f"{demand}\t{expert}\t{grade}\n"
