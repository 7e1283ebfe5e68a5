"""Names what is missing when nobody in the database suits (design decision 3)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from matcher.domain.match import Gap
from matcher.encode.protocol import Encoder
from matcher.rank.query import Vector
from matcher.text.reading import DemandReading, FacetKind

_NAMED = 3


class FieldNamer:
    """Finds the research fields nearest to a demand among named ones (NSFC codes, both languages)."""

    def __init__(self, names: Sequence[tuple[str, str]], encoder: Encoder) -> None:
        self._names = tuple(names)
        self._encoder = encoder

    @cached_property
    def _vectors(self) -> Vector:
        """Encoded when the first gap is named: most processes never name one."""
        return self._encoder.encode_documents([f"{chinese} {english}" for chinese, english in self._names])

    def nearest(self, text: str) -> tuple[str, ...]:
        """The Chinese names of the three fields nearest to the text, nearest first."""
        meaning = self._encoder.encode_queries([text])[0]
        order = np.argsort(-(self._vectors @ meaning), kind="stable")[:_NAMED]
        return tuple(self._names[row][0] for row in order)


def describe_gap(reading: DemandReading, best: float | None, fields: tuple[str, ...]) -> Gap:
    """The sentence that staff read; `best` is the highest probability in the database, None when nobody was found."""
    wanted = reading.text(FacetKind.WANTED) or "、".join(fields)
    nearest = "没有找到任何相关人员" if best is None else f"最接近者的匹配概率仅 {best:.0%}"
    hint = f"；相近学科：{'、'.join(fields)}" if fields else ""
    return Gap(f"库中暂无合适专家：{nearest}，缺少“{wanted or '该方向'}”的人才{hint}。可据此征集人选。", fields)
