"""Codes of places, trades and fields as facets show them, with the levels above; each is looked up once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from matcher.reference.tables import ReferenceTables

Values = tuple[str, ...]


class _Known:
    """Remembers what was looked up: a hundred thousand records share few codes."""

    def __init__(self, look_up: Callable[[str], Values]) -> None:
        self._look_up = look_up
        self._found: dict[str, Values] = {}

    def __call__(self, text: str) -> Values:
        if text not in self._found:
            self._found[text] = self._look_up(text)
        return self._found[text]


class FacetValues:
    def __init__(self, tables: ReferenceTables) -> None:
        self._tables = tables
        self._trade = _Known(self._look_up_trade)
        self._field = _Known(self._look_up_field)

    def region(self, code: str, name: str) -> Values:
        """Province, prefecture, county as codes of two, four and six digits; a place without a code by its name."""
        if not code:
            return (name,) if name else ()
        return tuple(dict.fromkeys(code[:digits] for digits in (2, 4, 6) if not _is_padding(code, digits)))

    def industries(self, codes: Iterable[str]) -> Values:
        """Section and division; words that the table does not know as they are."""
        return tuple(dict.fromkeys(value for code in codes for value in self._trade(code)))

    def disciplines(self, codes: Iterable[str]) -> Values:
        """First level; words that the table does not know as they are."""
        return tuple(dict.fromkeys(value for code in codes for value in self._field(code)))

    def region_label(self, value: str) -> str:
        region = self._tables.regions.get(value)
        return region.name if region else value

    def industry_label(self, value: str) -> str:
        industry = self._tables.industries.get(value)
        return industry.name if industry else value

    def industry_parent(self, value: str) -> str:
        industry = self._tables.industries.get(value)
        return industry.parent if industry else ""

    def discipline_label(self, value: str) -> str:
        found = self._tables.disciplines.find(value) if value.isdigit() else None
        return found.name if found else value

    def honour_label(self, value: str) -> str:
        found = self._tables.honours.find(value)
        return found.short_name if found else value

    def region_read(self, word: str) -> str:
        """A name, or a code with its zeros; "" for what is no region."""
        found = self._tables.regions.named(word)
        if found is None or (word.isdecimal() and word.removeprefix(found.code).strip("0")):
            return ""
        return found.code

    def industry_read(self, word: str) -> str:
        """A name or a code such as C36 of a section or division; "" for the levels that no facet shows."""
        found = self._tables.industries.find(word)
        return found.code if found and found.level <= 2 else ""

    def discipline_read(self, word: str) -> str:
        """A name; "" for what is none, and for the levels that no facet shows."""
        found = self._tables.disciplines.find(word)
        return found.code if found and not word[:1].isdigit() else ""

    def _look_up_trade(self, code: str) -> Values:
        found = self._tables.industries.find(code)
        return tuple(step.code for step in self._tables.industries.path(found)[:2]) if found else (code,)

    def _look_up_field(self, code: str) -> Values:
        found = self._tables.disciplines.find(code)
        return (found.code,) if found else (code,)


def region_parent(value: str) -> str:
    """The code one level up; provinces and places without a code have none."""
    return value[:-2] if value.isdigit() and len(value) > 2 else ""


def yes_no(value: bool | None) -> Values:
    return () if value is None else ("是" if value else "否",)


def yes_no_read(word: str) -> str:
    """As JSON writes it."""
    return {"true": "是", "false": "否"}.get(word.lower(), "")


def words(*values: str | None) -> Values:
    """Those that say something."""
    return tuple(str(value) for value in values if value)


def sortable(name: str) -> str:
    """Orders Chinese names by pinyin as far as GB 18030 does: its common characters (GB 2312 level 1) stand in that
    order, rarer ones after them by radical."""
    return name.encode("gb18030", "replace").decode("latin-1")


def _is_padding(code: str, digits: int) -> bool:
    return digits > 2 and code[digits - 2 : digits] in ("00", "")
