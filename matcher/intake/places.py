"""Where somebody is and what trade it is: names or codes become the codes of the reference tables."""

from __future__ import annotations

import re

from matcher.intake.parsed import Complaint
from matcher.reference.tables import ReferenceTables


def region_values(text: str, tables: ReferenceTables) -> dict[str, object]:
    """`region_code` (six digits) and `region_name`; a code alone is named after the table."""
    if not text:
        return {"region_code": "", "region_name": ""}
    region = tables.regions.find(text)
    if region is None:
        return {"region_code": "", "region_name": text}
    name = region.name if re.match(r"\d", text) else text
    return {"region_code": region.full_code, "region_name": name}


def jurisdiction_of(text: str, tables: ReferenceTables) -> str:
    return tables.jurisdictions.find(text) if text else ""


def region_complaint(text: str, tables: ReferenceTables) -> Complaint | None:
    if not text or tables.regions.find(text) is not None:
        return None
    return Complaint(
        f"“{text[:30]}”对应不到国内的行政区划", "国内单位请填省、市、县的名称或六位代码；境外单位照此保留即可"
    )


def industry_values(text: str, tables: ReferenceTables) -> dict[str, object]:
    """`industry_code` and `industry_name` of a code, a name or both."""
    found = tables.industries.find(text) if text else None
    if found is None:
        return {"industry_code": "", "industry_name": text}
    name = found.name if re.match(r"[A-Ta-t]?\d{2,4}(?!\d)|[A-Ta-t](?![A-Za-z])", text.strip()) else text
    return {"industry_code": found.code, "industry_name": name}


def industry_codes(texts: tuple[str, ...], tables: ReferenceTables) -> tuple[str, ...]:
    """Codes where they are known, else the words as given."""
    found = [(text, tables.industries.find(text)) for text in texts]
    return tuple(dict.fromkeys(industry.code if industry else text for text, industry in found))


def discipline_codes(texts: tuple[str, ...], tables: ReferenceTables) -> tuple[str, ...]:
    """Codes stay as given (without names behind them); names become codes where they are known."""
    codes: list[str] = []
    for text in texts:
        coded = re.match(r"\d{3}(?:\.?\d{2}){0,2}", text)
        known = None if coded else tables.disciplines.find(text)
        codes.append(coded[0] if coded else known.code if known else text)
    return tuple(dict.fromkeys(codes))
