"""Names what is missing when nobody in the database suits (design decision 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.domain.match import Gap, in_percent
from matcher.encode.protocol import Encoder
from matcher.rank.query import Vector
from matcher.text.reading import DemandReading, FacetKind

_NAMED = 3
# A field that is much less like the demand than the nearest one would only puzzle the reader.
_NEARLY = 0.8


class FieldNamer:
    """Finds the research fields nearest to a demand among named ones: the name shown, and what else describes it."""

    def __init__(self, names: Sequence[tuple[str, str]], encoder: Encoder) -> None:
        self._names = tuple(names)
        self._encoder = encoder

    @cached_property
    def _vectors(self) -> Vector:
        """Encoded when the first gap is named: most processes never name one."""
        return self._encoder.encode_documents([f"{name} {described}" for name, described in self._names])

    def nearest(self, reading: DemandReading) -> tuple[str, ...]:
        """At most three fields' Chinese names, nearest first; () for an empty reading."""
        if reading.is_empty:
            return ()
        likeness = self._vectors @ self._encoder.encode_queries([_about(reading)])[0]
        best = np.argsort(-likeness, kind="stable")[:_NAMED]
        return tuple(self._names[row][0] for row in best if likeness[row] >= _NEARLY * likeness[best[0]] > 0)


def _about(reading: DemandReading) -> str:
    """What the firm says it looks for; where it says nothing, the whole story."""
    wanted = reading.text(FacetKind.WANTED, FacetKind.KEYWORDS)
    return f"{reading.text(FacetKind.TITLE)}\n{wanted}" if wanted else reading.text()


@dataclass(frozen=True, slots=True)
class Shortage:
    """How it came that nobody is proposed.

    `best`: the highest probability among the people allowed, None when there are none; `forbidden`: how many suit but
    may not go; `filtered`: whether a person has narrowed the list.
    """

    best: float | None
    forbidden: int = 0
    filtered: bool = False


def describe_gap(reading: DemandReading, shortage: Shortage, fields: tuple[str, ...]) -> Gap:
    """The sentences that staff read. Without `fields` nobody can tell whom to look for."""
    head = "按所设筛选条件，库中暂无合适专家" if shortage.filtered else "库中暂无合适专家"
    advice = "可据此征集人选" if fields else "请写明具体问题再匹配"
    if shortage.filtered:
        advice = "可放宽筛选条件再试"
    return Gap(f"{head}：{_reason(shortage)}。{_missing(reading, fields)}{advice}。", fields)


def _reason(shortage: Shortage) -> str:
    if shortage.forbidden:
        rest = "" if shortage.best is None else f"，其余人员的匹配概率最高为 {in_percent(shortage.best)}"
        return f"有 {shortage.forbidden} 位对口的专家，但按规则不能安排（原因见未列入人员）{rest}"
    if shortage.best is None:
        return "没有符合条件的人" if shortage.filtered else "没有找到任何相关人员"
    return f"最接近者的匹配概率为 {in_percent(shortage.best)}"


def _missing(reading: DemandReading, fields: tuple[str, ...]) -> str:
    wanted = " ".join(reading.text(FacetKind.WANTED).split())
    parts = [f"企业要找“{wanted}”" if wanted else "", f"相近学科为{'、'.join(fields)}" if fields else ""]
    named = "，".join(part for part in parts if part)
    return f"缺少的人才：{named}；" if named else ""
