"""What can be wrong with a plan that is asked for."""

from matcher.errors import MatcherError, UsageError


class PlanUnsolved(MatcherError):
    """The solver found nothing in the time given."""

    def __init__(self) -> None:
        super().__init__(
            "在限定时间内没有得出计划。请缩小范围、分批安排后再试；或请系统管理员在规划规则中减少候选人数。"
        )


class ProgramContradictory(MatcherError):
    """No answer exists although every target may give way: a fault of the model, not of the user."""

    def __init__(self) -> None:
        super().__init__("计划的要求自相矛盾，无法安排。请把计划的要求告诉系统管理员，由维护人员查明。")


class ChoiceUnreadable(UsageError):
    def __init__(self, text: str) -> None:
        super().__init__(
            f"看不懂人选“{text}”。请写成 需求编号:专家编号，如 D001:E001；只写 D001 指该需求，:E001 指该专家；"
            "后面还可加 :科技专家工作站 或 :联合共建。编号里本来就有冒号、逗号或等号的，在它前面加 \\。"
        )


class ChoiceUnknown(UsageError):
    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}：{why}。请核对编号（编号里有冒号的，在冒号前加 \\）。")


class TargetUnknown(UsageError):
    def __init__(self, text: str, known: tuple[str, ...]) -> None:
        super().__init__(f"没有“{text}”这一条可放宽的要求。本次可放宽：{'、'.join(known) or '无'}。")


class RegionFloorUnreadable(UsageError):
    def __init__(self, text: str) -> None:
        super().__init__(f"看不懂“{text}”。请写成 地区=个数，如 延边=2。")


class KindsDiffer(UsageError):
    def __init__(self) -> None:
        super().__init__("建站计划和走访计划不能互相比较，请选同一类的两份计划。")
