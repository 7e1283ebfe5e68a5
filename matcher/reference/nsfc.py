"""NSFC application codes, Chinese and English. The English is an aid for matching, not for display (README)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matcher.reference.table import read_table, squeeze


@dataclass(frozen=True, slots=True)
class NsfcCode:
    code: str
    name: str
    name_en: str
    parent: str = ""


class NsfcCodes:
    """Finds application codes by code or by name in either language."""

    def __init__(self, codes: Iterable[NsfcCode]) -> None:
        self._by_code = {code.code: code for code in codes}
        self._by_name: dict[str, NsfcCode] = {}
        for code in sorted(self._by_code.values(), key=lambda c: (len(c.code), c.code)):
            self._by_name.setdefault(squeeze(code.name), code)
            self._by_name.setdefault(squeeze(code.name_en), code)

    @classmethod
    def load(cls, folder: Path) -> NsfcCodes:
        """Reads nsfc_codes.csv of `folder`. Raises ReferenceTableInvalid."""
        rows = read_table(folder / "nsfc_codes.csv", ("code", "name", "name_en", "parent"))
        return cls(NsfcCode(row["code"], row["name"], row["name_en"], row["parent"]) for row in rows)

    @property
    def all(self) -> tuple[NsfcCode, ...]:
        return tuple(self._by_code.values())

    def find(self, text: str) -> NsfcCode | None:
        """By code or exact name; of codes that share a name the most general, then the first."""
        return self._by_code.get(squeeze(text).upper()) or self._by_name.get(squeeze(text))

    def path(self, code: NsfcCode) -> tuple[NsfcCode, ...]:
        """The code and what it belongs to, first level first."""
        parent = self._by_code.get(code.parent)
        return (*self.path(parent), code) if parent else (code,)
