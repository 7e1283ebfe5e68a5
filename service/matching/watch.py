"""What there is to do about kept results: signatures that are missing, people who cannot go any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from matcher.domain.account import Account
from matcher.domain.match_run import MatchRun, RunState
from matcher.workflows.standing_runs import StandingRuns
from service.audit.origin import Clock
from service.matching.runs import RunDesk
from service.security.actor import Actor

_NEWEST = 200
# What was signed earlier has been carried out, or never will be.
_LATELY = timedelta(days=365)


class RunWatch:
    """Looks at the newest results that were not revoked, and of these at the last of each demand and purpose: one kept
    anew takes the place of the one before."""

    def __init__(self, runs: RunDesk, standing: StandingRuns, clock: Clock) -> None:
        self._runs, self._standing, self._clock = runs, standing, clock

    def unsigned(self, account: Account, actor: Actor) -> list[MatchRun]:
        """Those that wait for a signature which this account may give, newest first."""
        return [
            run
            for run in _last(self._standing_newest(actor))
            if run.state in (RunState.DRAFT, RunState.AWAITING)
            and (not run.two_signatures or account.office in run.unsigned_offices)
        ]

    def weakened(self, actor: Actor) -> list[MatchRun]:
        """Those signed within a year whose people cannot go any more and have not gone yet, newest first."""
        since = self._clock() - _LATELY
        lately = [
            run for run in _last(self._standing_newest(actor)) if run.signatures and run.signatures[-1].at >= since
        ]
        return self._standing.weakened(lately)

    def _standing_newest(self, actor: Actor) -> list[MatchRun]:
        return [run for run in self._runs.newest(actor, count=_NEWEST) if run.state is not RunState.REVOKED]


def _last(runs: Iterable[MatchRun]) -> list[MatchRun]:
    found: dict[tuple[str, str], MatchRun] = {}
    for run in runs:
        found.setdefault((run.demand_id, run.purpose), run)
    return list(found.values())
