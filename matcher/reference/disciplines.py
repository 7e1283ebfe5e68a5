"""学科分类与代码 GB/T 13745-2009, first level."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matcher.reference.table import read_table, squeeze


@dataclass(frozen=True, slots=True)
class Discipline:
    code: str
    name: str


class Disciplines:
    """Finds the first-level discipline of a code of any level or of a name."""

    def __init__(self, disciplines: Iterable[Discipline]) -> None:
        self._by_code = {discipline.code: discipline for discipline in disciplines}
        self._by_name = {squeeze(discipline.name): discipline for discipline in self._by_code.values()}

    @classmethod
    def load(cls, folder: Path) -> Disciplines:
        """Reads disciplines_gbt13745_2009.csv of `folder`. Raises ReferenceTableInvalid."""
        rows = read_table(folder / "disciplines_gbt13745_2009.csv", ("code", "name"))
        return cls(Discipline(row["code"], row["name"]) for row in rows)

    @property
    def all(self) -> tuple[Discipline, ...]:
        return tuple(self._by_code.values())

    def find(self, text: str) -> Discipline | None:
        """By code ("460", "460.2045", "46020") or name; a beginning of exactly one name is enough ("计算机")."""
        coded = re.match(r"\d{3}", unicodedata.normalize("NFKC", text).strip())
        if coded:
            return self._by_code.get(coded[0])
        name = squeeze(text)
        begun = [found for known, found in self._by_name.items() if len(name) >= 2 and known.startswith(name)]
        return self._by_name.get(name) or (begun[0] if len(begun) == 1 else None)
