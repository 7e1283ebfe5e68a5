"""Rows of the 需求问卷表 and filled-in questionnaires as domain objects."""

from __future__ import annotations

import re
from collections.abc import Mapping

from matcher.domain.demand import Demand
from matcher.domain.vocabulary import ReviewStatus
from matcher.intake.identity_numbers import PHONE, parse_phone
from matcher.intake.numbers import YearlyMoney
from matcher.intake.parse_row import ParsedRow
from matcher.intake.places import discipline_codes, industry_values, jurisdiction_of, region_values
from matcher.intake.record_fields import updated
from matcher.intake.texts import parse_name
from matcher.reference.tables import ReferenceTables

_SPENDING = re.compile(r"研发(?:投入|经费|费用)?")


def build_demand(row: ParsedRow, stored: Demand | None, tables: ReferenceTables) -> Demand:
    """The stored demand with what the row says; columns that the file lacks keep what is stored."""
    base = stored or Demand(id=row.text("id"), title=row.text("title"))
    return updated(base, {**row.values, **_derived(row.values, base, tables), "id": base.id})


def _derived(values: Mapping[str, object], base: Demand, tables: ReferenceTables) -> dict[str, object]:
    derived: dict[str, object] = {}
    if "region" in values:
        text = str(values["region"] or "")
        derived.update({f"enterprise.{name}": value for name, value in region_values(text, tables).items()})
    derived.update(_jurisdiction(values, base, tables))
    if "industry" in values:
        found = industry_values(str(values["industry"] or ""), tables)
        derived.update({f"enterprise.{name}": value for name, value in found.items()})
    codes = values.get("discipline_codes")
    if isinstance(codes, tuple):
        derived["discipline_codes"] = discipline_codes(tuple(map(str, codes)), tables)
    derived.update(_years(values.get("years")))
    derived.update(_finances(str(values.get("finances") or "")))
    derived.update(_contact(str(values.get("contact.both") or "")))
    if "review" in values and values["review"] is None:
        derived["review"] = base.review if base else ReviewStatus.PENDING
    return derived


def _jurisdiction(values: Mapping[str, object], base: Demand, tables: ReferenceTables) -> dict[str, object]:
    """Stated, else what is stored and was not stated here, else the office of the region."""
    given = values.get("enterprise.jurisdiction")
    if given or ("region" not in values and given is None):
        return {}
    region = str(values.get("region") or base.enterprise.region_name)
    return {"enterprise.jurisdiction": jurisdiction_of(region, tables)}


def _years(span: object) -> dict[str, object]:
    return {"start_year": span[0], "end_year": span[1]} if isinstance(span, tuple) else {}


def _contact(text: str) -> dict[str, object]:
    """One cell with both: "金某 0433-6340001"."""
    if not text:
        return {}
    number = PHONE.search(text)
    person = text[: number.start()] + text[number.end() :] if number else text
    phone = {"contact.phone": parse_phone(number[0]).value} if number else {}
    return {"contact.person": parse_name(person.strip(" ,，、/:：()（）")).value, **phone}


def _finances(text: str) -> dict[str, object]:
    """One cell with both: "营收1000、1200、1500；研发50、60、80"."""
    if not text:
        return {}
    cut = _SPENDING.search(text)
    income, spending = (text[: cut.start()], text[cut.end() :]) if cut else (text, "")
    read = YearlyMoney()
    return {
        "enterprise.revenue": read(_figures(income)).value,
        "enterprise.rd_spending": read(_figures(spending)).value,
    }


def _figures(text: str) -> str:
    return re.sub(r"[^\d.,，、；;/\n万亿元年]+", " ", text).strip(" ,，、；;")
