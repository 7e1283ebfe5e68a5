"""The desk for frozen match runs: freeze, sign, revoke, show again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from matcher.domain.account import Account
from matcher.domain.audit import AuditAction, AuditEntry, Outcome
from matcher.domain.demand import demand_id_of
from matcher.domain.match_run import MatchRun, RunAct, RunEvent, ShortlistEntry
from matcher.errors import UsageError
from matcher.explain.explanation import best_first
from matcher.store.errors import RecordsMoved, RecordUnknown
from matcher.store.match_runs import NewRun
from matcher.wiring import Application
from matcher.workflows.frozen import Basis, Chosen, ShownRun, chosen_in, freeze, thaw
from matcher.workflows.run_signing import (
    ConfirmationBlocked,
    NobodyChosen,
    Present,
    SignatureNeedsPerson,
    obstacles,
    revocation,
    signature,
)
from matcher.workflows.standing_runs import Hindered
from service.audit.origin import Clock
from service.matching.asked import asked_demand, asked_expert_id
from service.matching.desk import MatchAsk, MatchDesk, ShownMatch
from service.security.actor import Actor

_LONGEST_NOTE = 2000
# How often a signature is tried anew because records changed while the facts were asked.
_TRIES = 5


class RunNoteTooLong(UsageError):
    def __init__(self) -> None:
        super().__init__(f"说明最多 {_LONGEST_NOTE} 字，请写得简短些。")


class NeedToBeNamed(UsageError):
    """A questionnaire with several confirmed needs is frozen need by need."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(f"这份问卷已拆分，请逐项保存：{'、'.join(ids)}。")


class RunDesk:
    """`two_signatures`: whether runs frozen from now on need both offices."""

    def __init__(self, application: Application, desk: MatchDesk, clock: Clock, *, two_signatures: bool) -> None:
        self._application, self._store, self._desk = application, application.store, desk
        self._clock, self._two_signatures = clock, two_signatures

    def freeze(self, demand_id: str, ask: MatchAsk, note: str, actor: Actor) -> ShownRun:
        """The answer of this moment with the shortlist of the demand (or need) and purpose.

        Raises RecordUnknown, NobodyChosen, NeedToBeNamed, RunNoteTooLong and what `MatchDesk.request` raises.
        """
        demand = asked_demand(self._store, demand_id, actor)
        entries = self._store.shortlists.of(demand_id, ask.purpose, reveal=True)
        if len(demand.needs) > 1:
            raise NeedToBeNamed([need.id for need in demand.needs])
        if not entries:
            raise NobodyChosen
        shown, request = self._desk.for_demand(demand_id, ask, actor)[0], self._desk.request(ask)
        new = NewRun(
            demand_id=shown.report.result.demand_id,
            purpose=ask.purpose,
            title=shown.report.title,
            enterprise=demand.enterprise.name,
            region_code=demand.enterprise.region_code,
            jurisdiction=demand.enterprise.jurisdiction,
            two_signatures=self._two_signatures,
            frozen=self._frozen(note, actor),
            **freeze(shown.report, request, self._chosen(entries, shown, ask, actor), self._basis()),
        )
        run = self._store.match_runs.freeze(new, note=self._note(AuditAction.FREEZE_RUN, actor))
        return self._seen(run.id, actor)

    def get(self, run_id: str, actor: Actor) -> ShownRun:
        """As it was frozen. Raises RecordUnknown."""
        self._near(run_id, actor)
        return self._seen(run_id, actor)

    def newest(self, actor: Actor, demand_id: str = "", before: str = "", count: int = 20) -> list[MatchRun]:
        """Newest first, of a demand with all its needs where one is named. Raises RecordUnknown."""
        ids: list[str] = []
        if demand_id:
            demand = asked_demand(self._store, demand_id, actor)
            ids = list(dict.fromkeys([demand_id, *(need.id for need in demand.needs)]))
        return self._store.match_runs.newest(demand_ids=ids, before=before, count=count, places=actor.scope.regions)

    def of_expert(self, expert_id: str, actor: Actor) -> list[MatchRun]:
        """Those that the person was chosen in, newest first, as far as the actor's places go. Raises RecordUnknown."""
        numbers = self._store.experts.numbers(asked_expert_id(self._store, expert_id))
        found = self._store.match_runs.naming(numbers, places=actor.scope.regions)
        return [run for run, content in found if not chosen_in(content).isdisjoint(numbers)]

    def obstacles(self, shown: ShownRun) -> list[str]:
        """What is to be asked and settled before somebody may sign; empty: nothing."""
        return obstacles(shown, self._present(shown))

    def hindered(self, shown: ShownRun) -> tuple[Hindered, ...]:
        """Who of the people chosen has come not to be able to go since it was kept, or must be asked about first."""
        return self._application.standing_runs.hindered(shown)

    def sign(self, run_id: str, note: str, actor: Actor) -> ShownRun:
        """Confirms, or, where two must sign, signs for the account's office.

        The facts are those of the moment of the signature: where records change while they are asked, they are asked
        again. Raises RecordUnknown, ConfirmationBlocked, RunRefusal, RunNoteTooLong, SignatureNeedsPerson,
        RecordsMoved.
        """
        for _ in range(_TRIES - 1):
            try:
                return self._signed(run_id, note, actor)
            except RecordsMoved:
                continue
        return self._signed(run_id, note, actor)

    def _signed(self, run_id: str, note: str, actor: Actor) -> ShownRun:
        seen = self._store.changes.last()
        account, shown, now = self._person(actor), self._near(run_id, actor), self._clock()
        event = signature(shown.run, account, now, _checked(note))
        found = self.obstacles(shown)
        if found:
            reason = f"有 {len(found)} 项未办"
            refused = actor.origin.entry(
                now, AuditAction.SIGN_RUN, run_subject(run_id), outcome=Outcome.REFUSED, reason=reason
            )
            self._store.audit.append(refused)
            raise ConfirmationBlocked(found)
        return self._add(
            run_id, lambda run: signature(run, account, now, event.note), AuditAction.SIGN_RUN, actor, seen=seen
        )

    def revoke(self, run_id: str, reason: str, actor: Actor) -> ShownRun:
        """What was frozen and signed stays to be seen. Raises RecordUnknown, RunRefusal, SignatureNeedsPerson."""
        account, now, why = self._person(actor), self._clock(), _checked(reason)
        self._near(run_id, actor)
        return self._add(run_id, lambda run: revocation(run, account, now, why), AuditAction.REVOKE_RUN, actor)

    def _add(
        self,
        run_id: str,
        make: Callable[[MatchRun], RunEvent],
        action: AuditAction,
        actor: Actor,
        *,
        seen: int | None = None,
    ) -> ShownRun:
        self._store.match_runs.add(run_id, make, by=actor.origin.actor, note=self._note(action, actor), seen=seen)
        return self._seen(run_id, actor)

    def _chosen(
        self, entries: Sequence[ShortlistEntry], shown: ShownMatch, ask: MatchAsk, actor: Actor
    ) -> list[Chosen]:
        """Best first, with the reasons of the answer; of whoever stands too low for it they are looked up."""
        found = {one.expert.id: one for one in (*shown.report.excluded, *shown.report.experts)}
        demand_id = shown.report.result.demand_id
        others = [entry.expert_id for entry in entries if entry.expert_id not in found]
        if others:
            explained = self._desk.explanations(demand_id, others, ask, actor)
            found |= {id: shown[0].explanation for id, shown in explained.items() if shown}
        chosen = [Chosen(found[entry.expert_id], entry.note) for entry in entries if entry.expert_id in found]
        return sorted(chosen, key=lambda one: best_first(one.explanation))

    def _basis(self) -> Basis:
        application = self._application
        return Basis(
            encoder=application.index.index.encoder_fingerprint,
            weights=json.loads(application.weights.to_json()),
            rules=application.rules.book.model_dump(mode="json"),
            day=application.rules.today,
            last_change=application.matchmaker.last_change,
        )

    def _frozen(self, note: str, actor: Actor) -> RunEvent:
        account = self._store.accounts.find(actor.origin.actor) if actor.is_staff else None
        full_name = account.account.full_name if account else ""
        return RunEvent(self._clock(), actor.origin.actor, RunAct.FROZEN, full_name, note=_checked(note))

    def _person(self, actor: Actor) -> Account:
        found = self._store.accounts.find(actor.origin.actor) if actor.is_staff else None
        if found is None:
            raise SignatureNeedsPerson
        return found.account

    def _note(self, action: AuditAction, actor: Actor) -> Callable[[MatchRun], AuditEntry]:
        def entry(run: MatchRun) -> AuditEntry:
            after = {"state": run.state.value, "digest": run.digest, "demand": run.demand_id}
            before = run.state_before
            return actor.origin.entry(
                run.events[-1].at, action, run_subject(run.id),
                before={"state": before.value} if before else None, after=after,
            )  # fmt: skip

        return entry

    def _near(self, run_id: str, actor: Actor) -> ShownRun:
        """Raises RecordUnknown, also for a run of another place."""
        shown = thaw(self._store.match_runs.get(run_id))
        if not actor.scope.covers(shown.region_code, shown.jurisdiction):
            raise RecordUnknown("匹配结果", run_id)
        return shown

    def _seen(self, run_id: str, actor: Actor) -> ShownRun:
        """As far as the actor may see it; a sight of remarks on people is in the audit log."""
        shown = thaw(self._store.match_runs.get(run_id))
        if not actor.sees_notes:
            return _without_notes(shown, actor)
        if any(one.note for one in shown.chosen):
            subject = f"入围说明:{shown.run.demand_id}／{shown.run.purpose}"
            note = actor.origin.entry(self._clock(), AuditAction.VIEW_PRIVATE, subject, reason=run_id)
            self._store.audit.append(note)
        return shown

    def _present(self, shown: ShownRun) -> Present:
        """The facts of now, asked of the rules again for everybody chosen."""
        demand = self._store.demands.get(demand_id_of(shown.run.demand_id))
        if demand is None:
            return Present(None, (), {})
        matchmaker = self._application.matchmaker
        ids = [one.explanation.expert.id for one in shown.chosen]
        living = {id: id for id in ids} | dict(self._store.experts.merged_into(ids))
        with self._desk.working():
            checked = matchmaker.findings_of_all(living.values(), shown.request, demand)
            people = {id: checked[one] for id, one in living.items() if one in checked}
            return Present(demand, matchmaker.about(demand, shown.request), people)


def run_subject(run_id: str) -> str:
    return f"匹配结果:{run_id}"


def _checked(note: str) -> str:
    if len(note) > _LONGEST_NOTE:
        raise RunNoteTooLong
    return note.strip()


def _without_notes(shown: ShownRun, actor: Actor) -> ShownRun:
    """Without remarks on people; what was said of the run itself stays for staff."""
    chosen = tuple(replace(one, note="") for one in shown.chosen)
    if actor.is_staff:
        return replace(shown, chosen=chosen)
    events = tuple(replace(event, note="") for event in shown.run.events)
    return replace(shown, chosen=chosen, run=replace(shown.run, events=events))
