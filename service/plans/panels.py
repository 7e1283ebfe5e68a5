"""选题 and the panels that answer them, as pages ask for them; files that leave the house are audited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.documents.paper import Paper
from matcher.domain.audit import AuditAction
from matcher.domain.topic import Topic
from matcher.plan.panel import PanelTerms
from matcher.tables.write_workbook import write_workbook
from matcher.wiring import Application
from matcher.workflows.panel_sheets import panel_sheets
from matcher.workflows.panels import PanelReport
from service.audit.origin import Clock
from service.security.actor import Actor


class PanelDesk:
    """Topics are the province's: everybody who may match sees all of them."""

    def __init__(self, application: Application, clock: Clock) -> None:
        self._application, self._store, self._clock = application, application.store, clock

    def topics(self, words: Sequence[str] = ()) -> list[Topic]:
        """Those whose title, number or proposer holds every word, by number."""
        return [topic for topic in self._store.topics.stream() if all(word in _text(topic) for word in words)]

    def panel(self, topic_id: str, terms: PanelTerms) -> PanelReport:
        """Raises TopicUnknown."""
        planner = self._application.panels
        return planner.panel(planner.topic(topic_id), terms)

    def workbook(self, topic_id: str, terms: PanelTerms, actor: Actor) -> Paper:
        """Raises TopicUnknown."""
        report = self.panel(topic_id, terms)
        name = f"专家组 {report.topic.id} {report.topic.title[:40]}.xlsx"
        with TemporaryDirectory() as folder:
            path = Path(folder) / "panel.xlsx"
            write_workbook(path, panel_sheets(report))
            content = path.read_bytes()
        note = actor.origin.entry(self._clock(), AuditAction.EXPORT_PLAN, f"选题:{topic_id}", reason=name)
        self._store.audit.append(note)
        return Paper(name, content)


def _text(topic: Topic) -> str:
    return "\n".join((topic.id, topic.title, topic.proposed_by, *topic.keywords, *topic.fields))
