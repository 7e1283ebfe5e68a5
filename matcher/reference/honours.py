"""人才称号: an editable dictionary, for no standard exists (domain.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from matcher.reference.table import Row, listed, read_table, squeeze


class HonourLevel(StrEnum):
    NATIONAL = "national"
    PROVINCIAL = "provincial"


@dataclass(frozen=True, slots=True)
class Honour:
    name: str
    level: HonourLevel
    is_academician: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def short_name(self) -> str:
        """The name people say: 国家杰青."""
        return self.aliases[0] if self.aliases else self.name


class Honours:
    """Finds an honour by its name or one of its other names."""

    def __init__(self, honours: Iterable[Honour]) -> None:
        self._all = tuple(honours)
        self._by_name = {squeeze(name): honour for honour in self._all for name in (honour.name, *honour.aliases)}

    @classmethod
    def load(cls, folder: Path) -> Honours:
        """Reads honours.csv of `folder`. Raises ReferenceTableInvalid."""
        rows = read_table(folder / "honours.csv", ("name", "aliases", "level", "is_academician"))
        return cls(map(_honour, rows))

    @property
    def all(self) -> tuple[Honour, ...]:
        return self._all

    def find(self, text: str) -> Honour | None:
        """The honour that `text` names; what stands in brackets after a name ("国家杰青（2014）") does not count."""
        plain = text.replace("（", "(").split("(")[0]
        return self._by_name.get(squeeze(plain)) or self._by_name.get(squeeze(text))


def _honour(row: Row) -> Honour:
    return Honour(row["name"], HonourLevel(row["level"]), row["is_academician"] == "yes", listed(row["aliases"]))
