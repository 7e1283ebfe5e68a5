"""Administrative regions: provinces and prefectures of China, counties of the province served.

How a name is read: the longest known name at its start, then names of places inside it ("吉林省延边州敦化市"). Where
one name stands for several places the higher level wins: 吉林 alone is the province (吉林市 must be written out),
通化 alone is 通化市. Districts are known by full names only, and a bare district means one of the province served.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from matcher.reference.region_names import short_forms
from matcher.reference.table import Row, read_table, squeeze

_PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class RegionLevel(StrEnum):
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    JURISDICTION = "jurisdiction"


@dataclass(frozen=True, slots=True)
class Region:
    """`parent` is the code of the next level up; a jurisdiction such as 长白山 has no code of its own."""

    code: str
    name: str
    level: RegionLevel
    parent: str = ""

    @property
    def full_code(self) -> str:
        """The six-digit form of GB/T 2260, "" where there is none."""
        return self.code.ljust(6, "0") if self.code else ""

    @property
    def province_code(self) -> str:
        return (self.code or self.parent)[:2]

    def within(self, code: str) -> bool:
        """Whether this region lies in (or is) the region of `code`, whose trailing pairs of zeros do not count."""
        return (self.code or self.parent).startswith(_trimmed(code))


class Regions:
    """Finds regions by code or name."""

    def __init__(self, regions: Iterable[Region], aliases: Mapping[str, Region]) -> None:
        self._by_code = {region.code: region for region in regions if region.code}
        self._names = _name_table(self._by_code.values(), aliases)
        self._longest = max(map(len, self._names), default=0)

    @classmethod
    def load(cls, folder: Path) -> Regions:
        """Reads regions.csv and region_aliases.csv of `folder`. Raises ReferenceTableInvalid."""
        rows = read_table(folder / "regions.csv", ("code", "name", "level", "parent"))
        regions = [_region(row) for row in rows]
        aliases = read_table(folder / "region_aliases.csv", ("alias", "code", "name", "parent"))
        by_code = {region.code: region for region in regions}
        return cls(regions, {row["alias"]: _alias_target(row, by_code) for row in aliases})

    def get(self, code: str) -> Region | None:
        """The region of a code of 2, 4 or 6 digits; of a county that is not listed its prefecture or province."""
        if not re.fullmatch(r"\d{2}|\d{4}|\d{6}", code):
            return None
        trimmed = _trimmed(code)
        known = self._known(trimmed)
        if known is None and len(trimmed) == 6 and not self._lists_counties(trimmed[:2]):
            known = self._known(trimmed[:4])
        return known

    def find(self, text: str) -> Region | None:
        """The most specific region that `text` begins with, given as a name, an address or a code."""
        plain = unicodedata.normalize("NFKC", text).strip()
        digits = re.match(r"\d{6}(?!\d)", plain)
        if digits or plain.isdecimal():
            return self.get(digits[0] if digits else plain)
        return self._read(squeeze(plain).removeprefix("中国"))[0]

    def named(self, text: str) -> Region | None:
        """As `find`, but the text must hold nothing beside the region: a slip of the pen is no region."""
        plain = unicodedata.normalize("NFKC", text).strip()
        if plain.isdecimal():
            return self.get(plain)
        name = squeeze(plain)
        found, read = self._read(name)
        return found if read == len(name) else None

    def prefecture(self, region: Region) -> Region | None:
        return self._known(region.code[:4]) if len(region.code) >= 4 else None

    def province(self, region: Region) -> Region | None:
        return self._known(region.province_code)

    def children(self, code: str) -> tuple[Region, ...]:
        """The regions one level below `code`, by code."""
        inside = (region for region in self._by_code.values() if region.parent == code)
        return tuple(sorted((r for r in inside if r.name not in _PLACEHOLDERS), key=lambda r: r.code))

    def _read(self, text: str) -> tuple[Region | None, int]:
        """The most specific region and how many characters name it."""
        found: Region | None = None
        start = 0
        while start < len(text):
            step = self._longest_name(text, start, found)
            if step is None:
                break
            found, start = step
        return found, start

    def _longest_name(self, text: str, start: int, outer: Region | None) -> tuple[Region, int] | None:
        for end in range(min(len(text), start + self._longest), start, -1):
            for region in self._names.get(text[start:end], ()):
                if outer is None or (region != outer and outer.code and region.within(outer.code)):
                    return region, end
        return None

    def _known(self, code: str) -> Region | None:
        region = self._by_code.get(code)
        if region is not None and region.name in _PLACEHOLDERS:
            return self._by_code.get(region.parent)
        return region

    def _lists_counties(self, province: str) -> bool:
        return any(len(code) == 6 and code.startswith(province) for code in self._by_code)


def _name_table(regions: Iterable[Region], aliases: Mapping[str, Region]) -> dict[str, list[Region]]:
    names: dict[str, list[Region]] = {}
    for region in sorted(regions, key=lambda r: (len(r.code), r.code)):
        if region.name not in _PLACEHOLDERS:
            for name in (region.name, *short_forms(region.name, region.level)):
                names.setdefault(squeeze(name), []).append(region)
    for alias, region in aliases.items():
        names.setdefault(squeeze(alias), []).append(region)
    return names


def _region(row: Row) -> Region:
    return Region(row["code"], row["name"], RegionLevel(row["level"]), row["parent"])


def _alias_target(row: Row, by_code: Mapping[str, Region]) -> Region:
    if row["code"]:
        return by_code[row["code"]]
    return Region("", row["name"], RegionLevel.JURISDICTION, row["parent"])


def _trimmed(code: str) -> str:
    return re.sub(r"(?<=^..)(?:00)+$|(?<=^....)00$", "", code)
