"""All reference tables of one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from matcher.reference.disciplines import Disciplines
from matcher.reference.honours import Honours
from matcher.reference.industries import Industries
from matcher.reference.jurisdictions import Jurisdictions
from matcher.reference.nsfc import NsfcCodes
from matcher.reference.regions import Regions
from matcher.reference.titles import TitleTable


@dataclass(frozen=True, slots=True)
class ReferenceTables:
    regions: Regions
    jurisdictions: Jurisdictions
    industries: Industries
    disciplines: Disciplines
    nsfc: NsfcCodes
    honours: Honours
    titles: TitleTable

    @classmethod
    def load(cls, folder: Path) -> ReferenceTables:
        """Reads every table of `folder` (bundled: `reference`). Raises ReferenceTableInvalid."""
        regions = Regions.load(folder)
        return cls(
            regions=regions,
            jurisdictions=Jurisdictions.load(folder, regions),
            industries=Industries.load(folder),
            disciplines=Disciplines.load(folder),
            nsfc=NsfcCodes.load(folder),
            honours=Honours.load(folder),
            titles=TitleTable.load(folder),
        )
