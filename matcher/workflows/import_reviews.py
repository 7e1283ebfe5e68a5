"""Who may say in a file that a record is reviewed, and what a changed one falls back to: the rule of the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import ReviewStatus
from matcher.intake.columns import Table
from matcher.intake.demand_columns import DEMAND_TABLE
from matcher.intake.expert_columns import EXPERT_TABLE
from matcher.intake.parse_row import ParsedRow
from matcher.intake.parsed import Complaint
from matcher.intake.record_fields import value_at
from matcher.workflows.import_log import ImportLog

Record = TypeVar("Record", Demand, Expert)
_DECIDED = ("review", "review_remark")
_OF_DEMANDS = Complaint("由业务管理员在需求页面审核，本列未采用", "导入后请业务管理员审核")
_OF_EXPERTS = Complaint("由科协工作人员在专家页面核实，本列未采用", "导入后请工作人员核实")


def reviewed_demand(
    row: ParsedRow, given: Demand, stored: Demand | None, log: ImportLog, *, may_review: bool
) -> Demand:
    """A new demand waits for review, a changed one waits again and loses its split; whoever may review says otherwise.

    What the store keeps of a split whose texts stand is its own matter. Of others the columns are passed over.
    """
    stood = stored or Demand(given.id, given.title)
    kept = replace(given, review=stood.review, review_remark=stood.review_remark)
    if stored is not None and kept != stored:
        kept = replace(kept, needs=(), review=ReviewStatus.PENDING, review_remark="")
    if may_review:
        status = given.review if row.values.get("review") else kept.review
        remark = given.review_remark if "review_remark" in row.values else kept.review_remark
        return replace(kept, review=status, review_remark=remark)
    _warn_of_passed_over(row, kept, DEMAND_TABLE, _OF_DEMANDS, log)
    return kept


def reviewed_expert(
    row: ParsedRow, given: Expert, stored: Expert | None, log: ImportLog, *, may_review: bool
) -> Expert:
    """Staff say themselves whether the data were reviewed; what others bring waits for review."""
    if may_review:
        return given
    kept = replace(given, review=stored.review if stored else ReviewStatus.PENDING)
    if stored is not None and kept != stored:
        kept = replace(kept, review=ReviewStatus.PENDING)
    _warn_of_passed_over(row, kept, EXPERT_TABLE, _OF_EXPERTS, log)
    return kept


def _warn_of_passed_over(row: ParsedRow, kept: Record, table: Table, complaint: Complaint, log: ImportLog) -> None:
    for name in _DECIDED:
        stated = row.values.get(name)
        if stated and stated != value_at(kept, name):
            log.warn_row(row, table, name, complaint)
