"""业务归口: which office the association addresses for a place; kept beside the region code (domain.md)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from matcher.reference.regions import Region, Regions
from matcher.reference.table import listed, read_table


class Jurisdictions:
    """Names an office by the code (or, without a code, the name) of the region that it covers."""

    def __init__(self, offices: Mapping[str, str], regions: Regions) -> None:
        self._offices = dict(offices)
        self._regions = regions

    @classmethod
    def load(cls, folder: Path, regions: Regions) -> Jurisdictions:
        """Reads jurisdictions.csv of `folder`. Raises ReferenceTableInvalid."""
        rows = read_table(folder / "jurisdictions.csv", ("name", "covers"))
        return cls({key: row["name"] for row in rows for key in listed(row["covers"])}, regions)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._offices.values()))

    def of(self, region: Region) -> str:
        """The office of the region itself, else of its prefecture, else ""."""
        keys = (region.code, region.code[:4]) if region.code else (region.name,)
        return next((self._offices[key] for key in keys if key in self._offices), "")

    def find(self, text: str) -> str:
        """The office for a place as people write it, "" where none is known."""
        region = self._regions.find(text)
        return self.of(region) if region else ""
