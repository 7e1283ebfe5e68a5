"""Results that stand: whom of the people chosen the rules of today hold back, though they did not when it was kept.

What was kept never changes; this is told beside it, and nobody is invited whom it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.demand import Demand, demand_id_of
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.match import Finding, FindingKind
from matcher.domain.match_run import MatchRun, RunState
from matcher.domain.vocabulary import EngagementStatus, ServiceKind
from matcher.rank.rules import Case, check_expert
from matcher.store.store import Store
from matcher.workflows.frozen import Chosen, ShownRun, content_of, is_erased
from matcher.workflows.match import RuleSetting
from matcher.workflows.run_signing import in_words

# Once the ledger says that somebody has served a demand, that visit is one of the year's own.
_FILLED_BY_ITSELF = frozenset({"yearly_limit"})
_GONE = "资料已不在库中"


@dataclass(frozen=True, slots=True)
class Hindered:
    """Somebody chosen who cannot go as things stand (`barred`), or of whom something is to be asked first.

    `why`: a sentence each. `name` is "" where the person was removed on request.
    """

    expert_id: str
    name: str
    why: tuple[str, ...]
    barred: bool

    @property
    def sentence(self) -> str:
        who = f"{self.name}（{self.expert_id}）" if self.name else f"专家 {self.expert_id}"
        return f"{who}：{'；'.join(self.why)}"


@dataclass(frozen=True, slots=True)
class _Facts:
    """How things stand now; people also under numbers that were merged away."""

    people: Mapping[str, Expert]
    lines: Mapping[str, Sequence[Engagement]]
    demands: Mapping[str, Demand]

    def served(self, expert_id: str, demand_id: str) -> bool:
        """Whether the ledger tells of this person's service to this demand."""
        wanted = {demand_id, demand_id_of(demand_id)}
        mine = self.lines.get(expert_id, ())
        return any(one.demand_id in wanted and one.status is not EngagementStatus.REVOKED for one in mine)


class StandingRuns:
    def __init__(self, store: Store, rules: RuleSetting) -> None:
        self._store, self._rules = store, rules

    def hindered(self, shown: ShownRun) -> tuple[Hindered, ...]:
        """In the order of the list; of a revoked result nobody: it counts no more."""
        if shown.run.state is RunState.REVOKED:
            return ()
        facts = self._facts([one.explanation.expert.id for one in shown.chosen], [shown.run.demand_id])
        demand = shown.report.demand
        assert demand is not None
        services = shown.request.services
        return tuple(
            found for one in shown.chosen if (found := self._of_person(one, shown.run, demand, services, facts))
        )

    def weakened(self, runs: Iterable[MatchRun]) -> list[MatchRun]:
        """Of these, the signed ones with somebody who cannot go any more and has not served the demand yet."""
        signed = [run for run in runs if run.state is RunState.CONFIRMED]
        contents = self._store.match_runs.contents([run.id for run in signed])
        kept = {id: content_of(text) for id, text in contents.items()}
        named = {id: [place.expert_id for place in content.chosen] for id, content in kept.items()}
        facts = self._facts([id for ids in named.values() for id in ids], [run.demand_id for run in signed])

        def is_weak(run: MatchRun) -> bool:
            about = kept[run.id]
            return any(
                not facts.served(id, run.demand_id)
                and any(one.forbids for one in self._now(id, run, about.demand, about.services, facts))
                for id in named[run.id]
            )

        return [run for run in signed if is_weak(run)]

    def _of_person(
        self, one: Chosen, run: MatchRun, demand: Demand, services: tuple[ServiceKind, ...], facts: _Facts
    ) -> Hindered | None:
        expert, known = one.explanation.expert, set(one.explanation.findings)
        found = [finding for finding in self._now(expert.id, run, demand, services, facts) if finding not in known]
        if not found:
            return None
        name = "" if is_erased(one.explanation) else expert.name
        return Hindered(expert.id, name, tuple(map(in_words, found)), any(finding.forbids for finding in found))

    def _now(
        self, id: str, run: MatchRun, frozen: Demand, services: tuple[ServiceKind, ...], facts: _Facts
    ) -> Iterator[Finding]:
        """What holds the person back today; notes do not."""
        expert, demand = facts.people.get(id), facts.demands.get(demand_id_of(run.demand_id), frozen)
        if expert is None:
            yield Finding("person_available", FindingKind.FORBIDDEN, _GONE)
            return
        lines = tuple(facts.lines.get(id, ()))
        case = Case(run.purpose, self._rules.today, demand, services or demand.services, lines)
        passed = _FILLED_BY_ITSELF if facts.served(id, run.demand_id) else frozenset()
        for finding in check_expert(expert, case, self._rules.book):
            if finding.kind is not FindingKind.NOTE and finding.rule not in passed:
                yield finding

    def _facts(self, expert_ids: Sequence[str], demand_ids: Iterable[str]) -> _Facts:
        store = self._store
        living = {id: id for id in expert_ids} | dict(store.experts.merged_into(expert_ids))
        experts, lines = store.experts.get_many(living.values()), store.ledger.of_experts(living.values())
        return _Facts(
            people={id: experts[one] for id, one in living.items() if one in experts},
            lines={id: lines[one] for id, one in living.items() if one in lines},
            demands=store.demands.get_many(map(demand_id_of, demand_ids)),
        )
