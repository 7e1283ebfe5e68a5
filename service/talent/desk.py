"""The desk for talent: whom to develop, whom to put forward, which achievement answers a demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EngagementRole, EngagementStatus, EvidenceType, Purpose
from matcher.explain.achievement import AchievementReport
from matcher.rank.programmes import Programme
from matcher.wiring import Application
from matcher.workflows.achievements import BANK_TYPES
from matcher.workflows.enterprise_team import EnterpriseTeam, StationCase, StationUnknown
from matcher.workflows.gaps import Coverage
from matcher.workflows.programmes import Nominations
from service.matching.asked import asked_demand, asked_expert_id, covers
from service.matching.desk import MatchDesk
from service.security.actor import Actor

_OVER = (EngagementStatus.COMPLETED, EngagementStatus.EXPIRED, EngagementStatus.REVOKED)


@dataclass(frozen=True, slots=True)
class LedgerStation:
    """A station of the ledger with its chief; `chief` None: no longer in the database."""

    line: Engagement
    chief: Expert | None


@dataclass(frozen=True, slots=True)
class OfferedProgramme:
    """`open`: whether applications are taken today."""

    programme: Programme
    open: bool


class TalentDesk:
    """Nothing private is shown here. Work shares the room of the matches."""

    def __init__(self, application: Application, matches: MatchDesk) -> None:
        self._application, self._store, self._matches = application, application.store, matches

    def stations(self, actor: Actor) -> list[LedgerStation]:
        """Stations of the actor's places that have a chief and are not over, by unit."""
        lines = [
            line for line in self._store.ledger.stream() if _has_chief(line) and actor.scope.covers(line.region_code)
        ]
        chiefs = self._store.experts.get_many(line.expert_id for line in lines)
        found = [LedgerStation(line, chiefs.get(line.expert_id)) for line in lines]
        return sorted(found, key=lambda one: (one.line.status in _OVER, one.line.unit, one.line.id))

    def team_of_station(self, line_id: str, top: int, actor: Actor) -> EnterpriseTeam:
        """Raises StationUnknown, NoField."""
        line = self._store.ledger.get(line_id)
        if line is None or not actor.scope.covers(line.region_code):
            raise StationUnknown(line_id)
        case = self._application.teams.station(line_id)
        if case.demand and not covers(actor, case.demand):
            case = replace(case, demand=None)
        with self._matches.working():
            return self._application.teams.team(case, top)

    def team_for_demand(self, demand_id: str, chief_id: str, top: int, actor: Actor) -> EnterpriseTeam:
        """Without a chief the demand alone counts. Raises RecordUnknown, NoField."""
        demand = asked_demand(self._store, demand_id, actor)
        chief = self._store.experts.get(asked_expert_id(self._store, chief_id)) if chief_id else None
        with self._matches.working():
            return self._application.teams.team(StationCase(chief, demand.enterprise.name, demand), top)

    def possible_chiefs(self, demand_id: str, actor: Actor) -> list[Expert]:
        """Whom ledger, standing plans and shortlists name for the demand. Raises RecordUnknown."""
        demand = asked_demand(self._store, demand_id, actor)
        planned = self._application.standing_plans.of_demand(demand.id)
        listed = chain.from_iterable(self._store.shortlists.of(demand_id, purpose) for purpose in Purpose)
        named = dict.fromkeys(
            [
                *(
                    line.expert_id
                    for line in self._store.ledger.stream()
                    if line.demand_id == demand.id and _has_chief(line)
                ),
                *(one.station.expert_id for one in planned if one.station),
                *(entry.expert_id for entry in listed),
            ]
        )
        found = self._store.experts.get_many(named)
        return [found[id] for id in named if id in found]

    def programmes(self) -> list[OfferedProgramme]:
        """Raises ProgrammesInvalid."""
        today = self._application.rules.today
        return [OfferedProgramme(one, one.open_on(today)) for one in self._application.nominator.programmes()]

    def nominations(self, name: str, top: int) -> Nominations:
        """Raises ProgrammeUnknown, ProgrammesInvalid."""
        nominator = self._application.nominator
        with self._matches.working():
            return nominator.nominations(nominator.programme(name), top)

    def achievements(
        self, demand_id: str, types: Sequence[EvidenceType], top: int, actor: Actor
    ) -> list[AchievementReport]:
        """One report a confirmed need; no types: those that a firm can take over. Raises RecordUnknown."""
        demand = asked_demand(self._store, demand_id, actor)
        bank = self._application.achievement_bank(tuple(types) or BANK_TYPES)
        with self._matches.working():
            return list(bank.match_all([demand], top))

    def names(self, found: Coverage) -> dict[str, str]:
        """Number -> name of everybody whom the coverage names as nearest; who is gone is absent."""
        return {id: expert.name for id, expert in self._store.experts.get_many(found.people()).items()}


def _has_chief(line: Engagement) -> bool:
    return line.kind.is_station and line.role in (None, EngagementRole.CHIEF)
