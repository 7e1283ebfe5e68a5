"""What people say of a proposed expert: the labels that learning uses (design decision 13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matcher.domain.vocabulary import Verdict

# The grades of judgments (0 unsuitable .. 3 right person). A result that came of it says more than an opinion; who
# declined may fit all the same, so that 婉拒 says nothing about fit.
GRADES = {Verdict.UNSUITABLE: 0, Verdict.SUITABLE: 2, Verdict.EFFECTIVE: 3}
# Verdicts of one subject take each other's place, those of different ones stand side by side.
_SUBJECTS = {Verdict.DECLINED: "reply", Verdict.EFFECTIVE: "result"}
_FIT = "fit"
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Mark:
    """`demand_id` may name a need of a split demand (编号#序号); `reason` is private, for it is about a person."""

    demand_id: str
    expert_id: str
    verdict: Verdict
    reason: str = ""
    marked_by: str = ""
    marked_on: date | None = None

    @property
    def id(self) -> str:
        """One mark a demand, expert and subject: 不合适 replaces 合适, while 成效 stands beside it."""
        return _SEPARATOR.join((self.demand_id, self.expert_id, _SUBJECTS.get(self.verdict, _FIT)))

    @property
    def grade(self) -> int | None:
        """None where the verdict says nothing about fit."""
        return GRADES.get(self.verdict)


def grades(marks: Iterable[Mark]) -> dict[str, dict[str, int]]:
    """Demand (or need) -> expert -> grade; of several marks of a pair the best counts."""
    found: dict[str, dict[str, int]] = {}
    for mark in marks:
        if mark.grade is not None:
            of_demand = found.setdefault(mark.demand_id, {})
            of_demand[mark.expert_id] = max(mark.grade, of_demand.get(mark.expert_id, 0))
    return found
