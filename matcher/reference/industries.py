"""国民经济行业分类 GB/T 4754-2017: sections, divisions, groups, classes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matcher.reference.table import read_table, squeeze


@dataclass(frozen=True, slots=True)
class Industry:
    """`level` is 1 (section, a letter) to 4 (class, four digits)."""

    code: str
    name: str
    level: int
    parent: str = ""


class Industries:
    """Finds industries by code ("C36", "3610", "36") or name."""

    def __init__(self, industries: Iterable[Industry]) -> None:
        self._by_code = {industry.code: industry for industry in industries}
        self._by_name: dict[str, Industry] = {}
        for industry in sorted(self._by_code.values(), key=_naming_order):
            self._by_name.setdefault(squeeze(industry.name), industry)

    @classmethod
    def load(cls, folder: Path) -> Industries:
        """Reads industries_gbt4754_2017.csv of `folder`. Raises ReferenceTableInvalid."""
        rows = read_table(folder / "industries_gbt4754_2017.csv", ("code", "name", "level", "parent"))
        return cls(Industry(row["code"], row["name"], int(row["level"]), row["parent"]) for row in rows)

    @property
    def all(self) -> tuple[Industry, ...]:
        return tuple(self._by_code.values())

    def get(self, code: str) -> Industry | None:
        """Of a code as the table writes it."""
        return self._by_code.get(code)

    def find(self, text: str) -> Industry | None:
        """By code, by name, or by both ("C36 汽车制造业"). Where levels share a name the division is meant."""
        plain = unicodedata.normalize("NFKC", text).strip().upper()
        coded = re.match(r"([A-T]?)(\d{2,4})(?!\d)|([A-T])(?![A-Z])", plain)
        if coded:
            return self._coded(coded[2] or coded[3])
        name = squeeze(text)
        return self._by_name.get(name) or self._by_name.get(name.removesuffix("业")) or self._by_name.get(name + "业")

    def _coded(self, code: str) -> Industry | None:
        """Forms pad the codes of higher levels with zeros (3610 for group 361, 3600 for division 36)."""
        padded = code
        while padded not in self._by_code and len(padded) > 2 and padded.endswith("0"):
            padded = padded[:-1]
        return self._by_code.get(padded)

    def path(self, industry: Industry) -> tuple[Industry, ...]:
        """The industry and what it belongs to, section first."""
        parent = self._by_code.get(industry.parent)
        return (*self.path(parent), industry) if parent else (industry,)


def _naming_order(industry: Industry) -> tuple[int, str]:
    return (industry.level if industry.level > 1 else 5, industry.code)
