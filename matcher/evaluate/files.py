"""Reads runs and judgments (qrels), tab separated, with or without a byte order mark."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from matcher.errors import reason_of
from matcher.evaluate.errors import EvaluationFileInvalid, EvaluationFileUnreadable

Qrels = dict[str, dict[str, int]]
GRADES = range(4)
Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Answer:
    expert_id: str
    score: float


Run = dict[str, list[Answer]]


def read_qrels(path: Path) -> Qrels:
    """demand -> expert -> grade 0..3. Raises EvaluationFileInvalid with the line."""
    qrels: Qrels = defaultdict(dict)
    for number, (demand, expert, grade) in _lines(path, 3):
        if not grade.strip().isdecimal() or int(grade) not in GRADES:
            raise EvaluationFileInvalid(str(path), number, f"等级“{grade}”应为 0、1、2 或 3")
        if expert in qrels[demand]:
            raise EvaluationFileInvalid(str(path), number, f"需求 {demand} 的专家 {expert} 重复评判")
        qrels[demand][expert] = int(grade)
    return dict(qrels)


def read_run(path: Path) -> Run:
    """demand -> answers in the order of their ranks. Raises EvaluationFileInvalid with the line."""
    rows: dict[str, list[tuple[int, str, float]]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for number, (demand, expert, rank, score) in _lines(path, 4):
        if (demand, expert) in seen:
            raise EvaluationFileInvalid(str(path), number, f"需求 {demand} 的专家 {expert} 出现两次")
        seen.add((demand, expert))
        probability = _number(float, score, path, number, "得分")
        if not 0 <= probability <= 1:
            raise EvaluationFileInvalid(str(path), number, f"得分“{score}”应为 0 到 1 的概率")
        rows[demand].append((_number(int, rank, path, number, "名次"), expert, probability))
    return {demand: [Answer(expert, score) for _, expert, score in sorted(found)] for demand, found in rows.items()}


def _lines(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Line numbers from 1 and the first `columns` cells; blank lines are skipped."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise EvaluationFileUnreadable(str(path), reason_of(error)) from error
    except UnicodeDecodeError as error:
        raise EvaluationFileUnreadable(str(path), "不是 UTF-8 文本") from error
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip():
            continue
        if len(cells) < columns:
            raise EvaluationFileInvalid(str(path), number, f"应有 {columns} 列（用制表符分隔），只有 {len(cells)} 列")
        yield number, cells[:columns]


def _number(kind: Callable[[str], Number], text: str, path: Path, line: int, name: str) -> Number:
    try:
        value = kind(text)
    except ValueError as error:
        raise EvaluationFileInvalid(str(path), line, f"{name}“{text}”不是数字") from error
    if not math.isfinite(value):
        raise EvaluationFileInvalid(str(path), line, f"{name}“{text}”不是有限的数")
    return value
