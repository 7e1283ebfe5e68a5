"""What can be wrong with a command line."""

from matcher.domain.demand import demand_id_of
from matcher.errors import UsageError


class NothingAsked(UsageError):
    def __init__(self) -> None:
        super().__init__('请给出需求编号，或用 --all 匹配全部需求，或用 --text "…" 直接描述一个难题。')


class TooMuchAsked(UsageError):
    def __init__(self) -> None:
        super().__init__("需求编号、--all、--text、--expert 不能这样合用：--text 单独用，--all 不再写编号。")


class NoFilterInReverse(UsageError):
    def __init__(self) -> None:
        super().__init__("--expert 只看一位专家，不能再用称号、地区等筛选条件。")


class UnknownDemand(UsageError):
    def __init__(self, demand_id: str) -> None:
        super().__init__(f"库中没有编号为“{demand_id}”的需求。请核对编号，或先用 matcher import demands 导入。")


class UnknownNeed(UsageError):
    def __init__(self, need_id: str, known: tuple[str, ...]) -> None:
        demand_id = demand_id_of(need_id)
        what = f"已拆分为 {'、'.join(known)}" if known else f"尚未拆分，可用 matcher demand split {demand_id} 拆分"
        super().__init__(f"没有“{need_id}”这一项：需求 {demand_id} {what}。")


class UnknownExpert(UsageError):
    def __init__(self, expert_id: str) -> None:
        super().__init__(f"库中没有编号为“{expert_id}”的专家。请核对编号，或先用 matcher import experts 导入。")


class MergedExpert(UsageError):
    def __init__(self, expert_id: str, kept: str) -> None:
        super().__init__(f"专家“{expert_id}”已并入“{kept}”。请改用编号 {kept}。")


class NoDemands(UsageError):
    def __init__(self) -> None:
        super().__init__("库中还没有需求。请先用 matcher import demands 导入需求问卷。")


class OutputNeeded(UsageError):
    def __init__(self) -> None:
        super().__init__("--format xlsx 需要用 --output 指定文件，例如 --output 匹配结果.xlsx。")


class TrialNeedsPlan(UsageError):
    def __init__(self) -> None:
        super().__init__("--what-if 试算对一份走访计划的调整，请用 --plan 写明哪一份。")


class VisitsIncomplete(UsageError):
    def __init__(self) -> None:
        super().__init__(
            "请给出走访地区和第一天，如 --region 延边 --from 2026-06-01；或用 --plan 指明在哪份走访计划上调整。"
        )


class OutputUnwritable(UsageError):
    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"不能写入文件“{path}”（{reason}）。请检查文件夹是否存在、文件是否正在打开。")


class NoForm(UsageError):
    """A kind of table that nobody fills in page by page."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}没有一页一份的样式。请去掉 --form。")


class AwayUnreadable(UsageError):
    def __init__(self, text: str) -> None:
        super().__init__(f"看不懂“{text}”。请写成 专家编号=日期，如 E001=2026-06-02。")


class ChiefNeeded(UsageError):
    def __init__(self) -> None:
        super().__init__("请用 --station 给出台账编号，或用 --chief 给出首席专家编号（可再加 --demand 需求编号）。")
