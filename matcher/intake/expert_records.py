"""Rows of the 专家表 and 成果表 as domain objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from matcher.domain.evidence import EvidenceItem, item_identity
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import AcademicianKind, EvidenceType
from matcher.intake.parse_row import ParsedRow
from matcher.intake.places import discipline_codes, industry_codes, region_values
from matcher.intake.record_fields import updated
from matcher.intake.wordings import ACADEMICIAN
from matcher.reference.tables import ReferenceTables


def build_expert(row: ParsedRow, stored: Expert | None, tables: ReferenceTables) -> Expert:
    """The stored expert with what the row says; columns that the file lacks keep what is stored."""
    values = dict(row.values)
    values.update(_derived(values, tables))
    base = stored or Expert(id=row.text("id"), name=row.text("name"))
    return _completed(updated(base, {**values, "id": base.id}), tables)


def has_field_text(expert: Expert) -> bool:
    """Whether the profile says anything about the person's field."""
    return bool(expert.directions or expert.keywords or expert.representative_results)


def build_item(row: ParsedRow, fallback_type: EvidenceType = EvidenceType.PAPER) -> EvidenceItem:
    """The item that the row describes, under the id by which co-authors' equal items meet."""
    kind = row.values.get("type")
    type_ = kind if isinstance(kind, EvidenceType) else _guessed_type(row.text("source")) or fallback_type
    keywords = row.values.get("keywords") or ()
    year = row.values.get("year")
    title = row.text("title") or row.text("title_en")
    fallback = row.text("abstract") or row.text("abstract_en") or "、".join(map(str, keywords))  # type: ignore[call-overload]
    identity = item_identity(type_, title, year if isinstance(year, int) else None, row.text("source"), fallback)
    return updated(EvidenceItem(id=identity, type=type_), {**row.values, "id": identity, "type": type_})


def _guessed_type(source: str) -> EvidenceType | None:
    """An item without a type: what its source looks like."""
    if re.match(r"\s*(?:ZL|CN|US|EP|JP)\s*\d{6,}", source):
        return EvidenceType.PATENT
    return EvidenceType.STANDARD if re.match(r"\s*(?:GB|DB|NY|HG|JB|YY|QB|T/)[/T]*\s*\d", source) else None


def _derived(values: Mapping[str, object], tables: ReferenceTables) -> dict[str, object]:
    derived: dict[str, object] = {}
    if "region" in values:
        derived.update(region_values(str(values["region"] or ""), tables))
    if "discipline_1" in values or "discipline_2" in values:
        given = (*_texts(values.get("discipline_1")), *_texts(values.get("discipline_2")))
        derived["discipline_codes"] = discipline_codes(given, tables)
    if "industry_codes" in values:
        derived["industry_codes"] = industry_codes(_texts(values["industry_codes"]), tables)
    if "honours" in values:
        derived["honours"] = _honours(_texts(values["honours"]), tables)
    derived.update(_academician_parts(_texts(values.get("academician_all"))))
    return derived


def _honours(names: tuple[str, ...], tables: ReferenceTables) -> tuple[str, ...]:
    found = [(name, tables.honours.find(name)) for name in names]
    return tuple(dict.fromkeys(honour.name if honour else name for name, honour in found))


def _academician_parts(parts: tuple[str, ...]) -> dict[str, object]:
    """Out of one cell: "中国工程院院士/信息与电子工程学部/2013"."""
    values: dict[str, object] = {}
    for part in parts:
        if year := re.search(r"(?:19|20)\d\d", part):
            values["academician_year"] = int(year[0])
        elif "学部" in part and "院士" not in part:
            values["academician_division"] = part
        elif kind := ACADEMICIAN.find(part):
            values["academician"] = kind
    return values


def _completed(expert: Expert, tables: ReferenceTables) -> Expert:
    """What follows from other fields where nothing is stated: the level of a title, the kind of an academician."""
    if expert.title_level is None and expert.title:
        expert = replace(expert, title_level=tables.titles.find_level(expert.title))
    if expert.academician is None:
        expert = replace(expert, academician=_academician_kind((*expert.honours, expert.title)))
    return expert


def _academician_kind(texts: tuple[str, ...]) -> AcademicianKind | None:
    named = [text for text in texts if "院士" in text and "候选" not in text and "工作站" not in text]
    return next((kind for text in named if (kind := ACADEMICIAN.find(text))), None)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()
