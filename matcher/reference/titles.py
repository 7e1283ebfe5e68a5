"""专业技术职务 and the level each stands for; an editable table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from matcher.domain.vocabulary import TitleLevel
from matcher.reference.table import read_table, squeeze


class TitleTable:
    """Reads the level (正高, 副高, 中级) out of a title as people write it."""

    def __init__(self, levels: Mapping[str, TitleLevel]) -> None:
        self._levels = {squeeze(title): level for title, level in levels.items()}

    @classmethod
    def load(cls, folder: Path) -> TitleTable:
        """Reads titles.csv of `folder`. Raises ReferenceTableInvalid."""
        rows = read_table(folder / "titles.csv", ("title", "level"))
        return cls({row["title"]: TitleLevel(row["level"]) for row in rows})

    def find_level(self, text: str) -> TitleLevel | None:
        """The level of the title in `text` ("教授、博士生导师" is 正高).

        A longer title hides the shorter one inside it (副教授 holds 教授); of several titles the highest counts.
        """
        plain = squeeze(text)
        for level in TitleLevel:
            if level.value in plain:
                return level
        found = {self._levels[title] for title in self._outermost(plain)}
        return next((level for level in TitleLevel if level in found), None)

    def _outermost(self, plain: str) -> list[str]:
        kept: list[str] = []
        rest = plain
        for title in sorted(self._levels, key=len, reverse=True):
            if title in rest:
                kept.append(title)
                rest = rest.replace(title, "|")
        return kept
