"""The smallest set of rules that must give way so that everything demanded can be held, and the sets beside it.

Smallest: first as few targets missed as can be, then as few rules, then by as little as can be, kind by kind.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.plan import naming
from matcher.plan.program import Draft, Program, Solved, Term, worth
from matcher.plan.relaxable import Giving, Relaxable
from matcher.plan.solver import Solve
from matcher.plan.steering import parse_choice

# Sets shown beside the smallest one.
_OTHERS = 2
_NAMED = 5
# Which of many people or demands is asked about makes no other way out.
_ALIKE = (Giving.QUESTION, Giving.DEMAND)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """`steps`: by how much each rule gives way; `left`: what is missed all the same; `cost` as the model counts it."""

    steps: Mapping[Relaxable, int]
    left: tuple[str, ...]
    cost: int
    solved: Solved

    def in_words(self, words: Sequence[str]) -> str:
        head = words[0] if len(words) == 1 else f"以下 {len(words)} 条一起：{'；'.join(words)}"
        return f"{head}（仍差：{'、'.join(map(naming.target, self.left))}）" if self.left else head


@dataclass(frozen=True, slots=True)
class Opened:
    """A program whose first objective counts what is missed (`missed`, by name) and whose rules give way (`slack`)."""

    program: Program
    slack: Mapping[Relaxable, int]
    missed: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Priced:
    """`used`: whether a rule gives way at all, by what makes it another way out."""

    program: Program
    used: Mapping[tuple[Giving, str, str], int]


def smallest_sets(opened: Opened, solve: Solve, missed: Container[str] = ()) -> Iterator[Relaxation]:
    """The smallest set, then others as small that do without something of each before.

    The first one is empty where nothing helps, or needs to. What cannot be held all the same is rather among `missed`
    than anything else.
    """
    priced = _priced(opened, missed)
    first: Relaxation | None = None
    for _ in range(1 + _OTHERS):
        found = _read(opened, solve(priced.program))
        if first and (found.cost, len(found.steps)) != (first.cost, len(first.steps)):
            return
        yield found
        if not found.steps:
            return
        first = first or found
        priced = _without(priced, found.steps)


def _priced(opened: Opened, missed: Container[str]) -> _Priced:
    draft = Draft(list(opened.program.bounds), list(opened.program.rows))
    rules: list[Term] = []
    used: dict[tuple[Giving, str, str], int] = {}
    for rule, number in opened.slack.items():
        mark = draft.variable()
        draft.require([(1, number), (-draft.bounds[number][1], mark)], high=0)
        rules.append((-1, mark))
        group = used.setdefault(_group(rule), mark)
        if group != mark:
            draft.require([(1, mark), (-1, group)], high=0)
    amounts = [[(-1, n) for rule, n in opened.slack.items() if rule.giving is giving] for giving in Giving]
    others = [(-1, number) for name, number in opened.missed.items() if name not in missed]
    program = draft.finish(opened.program.objectives[0], rules, *filter(None, [*amounts, others]))
    return _Priced(program, used)


def _group(rule: Relaxable) -> tuple[Giving, str, str]:
    return (rule.giving, "", "") if rule.giving in _ALIKE else (rule.giving, rule.about, rule.what)


def _without(priced: _Priced, steps: Mapping[Relaxable, int]) -> _Priced:
    """At least one of these keeps as it is."""
    draft = Draft(list(priced.program.bounds), list(priced.program.rows))
    groups = {priced.used[_group(rule)] for rule in steps}
    draft.require(((1, number) for number in sorted(groups)), high=len(groups) - 1)
    return replace(priced, program=replace(priced.program, rows=tuple(draft.rows)))


def _read(opened: Opened, solved: Solved) -> Relaxation:
    order = sorted(opened.slack.items(), key=lambda item: (list(Giving).index(item[0].giving), item[0]))
    steps = {rule: solved.values[number] for rule, number in order if solved.values[number]}
    left = tuple(name for name, number in opened.missed.items() if solved.values[number])
    return Relaxation(steps, left, -worth(opened.program.objectives[0], solved.values), solved)


def common_words(steps: Mapping[Relaxable, int]) -> Iterator[str]:
    """Of what gives way alike in every plan: exclusions, rules, open questions."""
    for rule in steps:
        if rule.giving is Giving.EXCLUSION:
            yield f"撤销排除“{naming.chosen(parse_choice(rule.about))}”"
        elif rule.giving is Giving.RULE:
            yield rule.what
    yield from _asked(
        "核实 {} 位待核专家", naming.expert, [rule.about for rule in steps if rule.giving is Giving.QUESTION]
    )
    yield from _asked(
        "审核或核实 {} 项需求", naming.demand, [rule.about for rule in steps if rule.giving is Giving.DEMAND]
    )


def _asked(sentence: str, name: Callable[[str], str], numbers: Sequence[str]) -> Iterator[str]:
    if numbers:
        some = "、".join(map(name, sorted(numbers)[:_NAMED]))
        yield f"{sentence.format(len(numbers))}（{some}{'等' if len(numbers) > _NAMED else ''}）"
