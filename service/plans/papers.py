"""Word documents of plans: the files that leave the office. Every one is in the audit log."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.beijing import day_in_beijing
from matcher.documents.paper import Paper
from matcher.domain.account import Office
from matcher.domain.demand import DemandContact
from matcher.wiring import Application
from matcher.workflows.plan_papers import Signing, station_paper, visit_paper
from matcher.workflows.run_documents import Letterhead
from matcher.workflows.visit_report import VisitReport
from service.audit.origin import Clock
from service.plans.desk import PlanDesk, ShownPlan
from service.security.actor import Actor
from service.security.private_fields import PrivateFields
from service.security.staff_names import StaffNames

_BETWEEN = "、"
_ONE_SIDE = "审核"


class PlanPapers:
    """`two_signatures`: whether plans need the signatures of both offices."""

    def __init__(
        self,
        application: Application,
        plans: PlanDesk,
        private_fields: PrivateFields,
        clock: Clock,
        *,
        two_signatures: bool,
    ) -> None:
        self._plans, self._private_fields, self._clock = plans, private_fields, clock
        self._store, self._templates = application.store, application.word_templates
        self._regions, self._issuer = application.reference.regions, application.settings.issuer
        self._offices = tuple(office.value for office in Office) if two_signatures else (_ONE_SIDE,)

    def document(self, id: str, version: int | None, actor: Actor) -> Paper:
        """建站计划 or 走访行程, as far as the places of whoever asks go. Raises PlanUnknown, TemplateFault."""
        shown = self._plans.get(id, version, actor)
        head, signing = Letterhead(self._issuer, day_in_beijing(self._clock())), self._signing(shown)
        if shown.visits:
            content = visit_paper(shown.visits, self._contacts(shown.visits, actor), head, signing)
            made = self._templates.fill(content, self._clock())
        else:
            assert shown.stations
            made = self._templates.fill(station_paper(shown.stations, self._regions, head, signing), self._clock())
        name = f"{shown.record.title} {shown.record.id} 第{shown.record.version}版.docx"
        self._plans.exported(shown, name, actor)
        return Paper(name, made)

    def _signing(self, shown: ShownPlan) -> Signing:
        names = StaffNames(self._store)
        return Signing(names(shown.record.state_by), self._offices, shown.outside)

    def _contacts(self, report: VisitReport, actor: Actor) -> Mapping[str, DemandContact]:
        """Blank for whoever may not see them."""
        if not actor.sees_private:
            return {}
        ids = list(dict.fromkeys(stop.demand_id for stop in report.kept.plan.stops))
        return self._private_fields.of_demands(ids, actor, exported=True)
