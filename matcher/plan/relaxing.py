"""The smallest set of rules that must give way so that everything demanded can be held, and the sets beside it.

Smallest: first as few targets missed as can be, then as few rules, then by as little as can be, kind by kind.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.domain.vocabulary import StationKind
from matcher.plan.problem import TENTHS, QuotaTarget, StationProblem
from matcher.plan.program import Draft, Program, Solved, Term, worth
from matcher.plan.relaxable import Giving, Loosened, Relaxable, loosened
from matcher.plan.solver import Solve
from matcher.plan.stations import StationModel, station_model

# Sets shown beside the smallest one.
_OTHERS = 2
_NAMED = 5
# Which of many people or demands is asked about makes no other way out.
_ALIKE = (Giving.QUESTION, Giving.DEMAND)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """`steps`: by how much each rule gives way; `left`: what is missed all the same; `cost` as the model counts it."""

    steps: Mapping[Relaxable, int]
    left: Mapping[str, int]
    cost: int
    words: tuple[str, ...]

    def __str__(self) -> str:
        together = "；".join(self.words)
        head = together if len(self.words) == 1 else f"以下 {len(self.words)} 条一起：{together}"
        return f"{head}（仍差：{'、'.join(self.left)}）" if self.left else head


@dataclass(frozen=True, slots=True)
class _Priced:
    """`used`: whether a rule gives way at all, by what makes it another way out."""

    model: StationModel
    program: Program
    used: Mapping[tuple[Giving, str, str], int]


def relaxations(problem: StationProblem, solve: Solve, missed: Container[str] = ()) -> Iterator[Relaxation]:
    """The smallest set, then others as small that do without something of each before.

    What cannot be held all the same is rather among `missed` than anything else.
    """
    opened = loosened(problem)
    priced = _priced(station_model(opened.problem, opened), missed)
    first: Relaxation | None = None
    for _ in range(1 + _OTHERS):
        found = _read(problem, opened, priced.model, solve(priced.program))
        if not found.steps or (first and (found.cost, len(found.steps)) != (first.cost, len(first.steps))):
            return
        yield found
        first = first or found
        priced = _without(priced, found.steps)


def _priced(model: StationModel, missed: Container[str]) -> _Priced:
    draft = Draft(list(model.program.bounds), list(model.program.rows))
    rules: list[Term] = []
    used: dict[tuple[Giving, str, str], int] = {}
    for rule, number in model.slack.items():
        mark = draft.variable()
        draft.require([(1, number), (-draft.bounds[number][1], mark)], high=0)
        rules.append((-1, mark))
        group = used.setdefault(_group(rule), mark)
        if group != mark:
            draft.require([(1, mark), (-1, group)], high=0)
    amounts = [[(-1, n) for rule, n in model.slack.items() if rule.giving is giving] for giving in Giving]
    others = [(-1, number) for name, number in model.missed.items() if name not in missed]
    program = draft.finish(model.program.objectives[0], rules, *filter(None, [*amounts, others]))
    return _Priced(model, program, used)


def _group(rule: Relaxable) -> tuple[Giving, str, str]:
    return (rule.giving, "", "") if rule.giving in _ALIKE else (rule.giving, rule.about, rule.what)


def _without(priced: _Priced, steps: Mapping[Relaxable, int]) -> _Priced:
    """At least one of these keeps as it is."""
    draft = Draft(list(priced.program.bounds), list(priced.program.rows))
    groups = {priced.used[_group(rule)] for rule in steps}
    draft.require(((1, number) for number in sorted(groups)), high=len(groups) - 1)
    return replace(priced, program=replace(priced.program, rows=tuple(draft.rows)))


def _read(problem: StationProblem, opened: Loosened, model: StationModel, solved: Solved) -> Relaxation:
    order = sorted(model.slack.items(), key=lambda item: (list(Giving).index(item[0].giving), item[0]))
    steps = {rule: solved.values[number] for rule, number in order if solved.values[number]}
    left = {name: solved.values[gap] for name, gap in model.gaps.items() if solved.values[gap]}
    cost = -worth(model.program.objectives[0], solved.values)
    return Relaxation(steps, left, cost, tuple(_words(problem, model, solved, steps)))


def _words(
    problem: StationProblem, model: StationModel, solved: Solved, steps: Mapping[Relaxable, int]
) -> Iterator[str]:
    for rule, amount in steps.items():
        match rule.giving:
            case Giving.QUOTA:
                quota = problem.quota(QuotaTarget(rule.about).kind)
                yield f"{rule.about}由 {quota} 增至 {quota + amount}"
            case Giving.BUDGET:
                budget = problem.budget or 0
                yield f"预算由 {budget} 万元增至 {budget + amount} 万元"
            case Giving.MONTHS:
                yield _months(problem, model, solved, rule.about)
            case Giving.EXCLUSION:
                yield f"撤销排除“{rule.about}”"
            case Giving.RULE:
                yield rule.what
    yield from _asked("核实 {} 位待核专家", [rule.about for rule in steps if rule.giving is Giving.QUESTION])
    yield from _asked("审核或核实 {} 项需求", [rule.about for rule in steps if rule.giving is Giving.DEMAND])


def _asked(sentence: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        some = "、".join(sorted(names)[:_NAMED])
        yield f"{sentence.format(len(names))}（{some}{'等' if len(names) > _NAMED else ''}）"


def _months(problem: StationProblem, model: StationModel, solved: Solved, expert_id: str) -> str:
    """What is left of the year after the 院士专家工作站, shared among the others."""
    chosen = [pair for number, pair in model.chosen.items() if solved.values[number] and pair.expert_id == expert_id]
    fast = sum(pair.kind is StationKind.ACADEMICIAN for pair in chosen) * problem.tenths_a_station
    tenths = next(person.tenths for person in problem.people if person.id == expert_id)
    each = (tenths - fast) // sum(pair.kind is StationKind.EXPERT for pair in chosen)
    need = problem.tenths_a_station * len(chosen) / TENTHS
    return (
        f"{expert_id} 任 {len(chosen)} 站按规定每年须驻站 {need:g} 个月，只余 {tenths / TENTHS:g} 个月："
        f"其科技专家工作站每站由 {problem.tenths_a_station / TENTHS:g} 个月减为 {each / TENTHS:g} 个月"
    )
