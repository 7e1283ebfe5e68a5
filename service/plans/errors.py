"""What can be wrong with plans that are asked of the service."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.plan import PlanKind
from matcher.errors import UsageError
from matcher.plan.problem import Choice


class PlanNeedsProvince(UsageError):
    """A plan of stations shares out the whole province's quota."""

    def __init__(self) -> None:
        super().__init__("建站计划安排全省的名额，只有负责全省的账号才能制定、调整和签发。您可以查看本地区的部分。")


class RegionOutside(UsageError):
    def __init__(self) -> None:
        super().__init__("走访地区不在您负责的范围内，请改选您负责的市州。")


class PlanWishIncomplete(UsageError):
    """Neither a new plan nor an existing one is named, or both."""

    def __init__(self) -> None:
        super().__init__("请写明要制定的计划：建站、走访，或在哪份计划上调整，三者取一。")


class SwapUnclear(UsageError):
    def __init__(self) -> None:
        super().__init__("“对调”须正好选两行，两行的首席互换。")


class ActsContradict(UsageError):
    def __init__(self, pair: Choice) -> None:
        about = (("需求", pair.demand_id), ("专家", pair.expert_id))
        who = "，".join(f"{kind} {id}" for kind, id in about if id)
        super().__init__(f"{who} 选了互相矛盾的处理，每行请只选一种。")


class PeopleUnclear(UsageError):
    """Names or numbers of experts as typed that mean nobody, or several."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(f"{'；'.join(problems)}。")


class AbsenceUnclear(UsageError):
    def __init__(self, line: str) -> None:
        super().__init__(f"“{line}”读不懂。每行写一位专家和日期，如：张三 2026-06-02。")


class ChangesMisplaced(UsageError):
    """Changes that the other kind of plan knows."""

    def __init__(self, names: Sequence[str], kind: PlanKind) -> None:
        super().__init__(f"{kind}没有“{'”“'.join(names)}”这样的调整，请去掉。")


class VisitFormUnclear(UsageError):
    """Everything in the form of a plan of visits that is missing or cannot be read."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(f"{'；'.join(problems)}。")


class PlanSignerMissing(UsageError):
    def __init__(self) -> None:
        super().__init__("计划只能由工作人员用自己的账号签发和作废。")
