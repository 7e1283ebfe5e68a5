"""From service settings to objects: the only module of the service that reads settings."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from matcher.shipped import Shipped
from matcher.store.rates import TokenBuckets
from matcher.wiring import Application
from service.audit.origin import Clock, utc_now
from service.health.readiness import Readiness
from service.jobs.desk import JobDesk
from service.jobs.imports import ImportDesk
from service.jobs.kinds.table import KINDS
from service.jobs.office import JobOffice
from service.jobs.places import JobPlaces
from service.jobs.reviews import ReviewDesk
from service.jobs.runner import JobRunner
from service.matching.desk import MatchDesk
from service.matching.marks import MarkDesk
from service.matching.papers import RunPapers
from service.matching.runs import RunDesk
from service.matching.shortlists import ShortlistDesk
from service.matching.watch import RunWatch
from service.plans.desk import PlanDesk
from service.plans.panels import PanelDesk
from service.plans.papers import PlanPapers
from service.plans.watch import PlanWatch
from service.records.demands import DemandDesk
from service.records.experts import ExpertDesk
from service.records.visits import VisitDesk
from service.security.accounts import AccountDesk, Places
from service.security.keys import PortalKeyDesk
from service.security.login import Login, LoginPolicy
from service.security.password_rules import PasswordRules
from service.security.passwords import Argon2Passwords, Passwords
from service.security.private_fields import PrivateFields
from service.security.rate import RateLimiter
from service.security.sessions import SessionTimes, StaffSessions
from service.settings import ServiceSettings, load_service_settings
from service.talent.desk import TalentDesk
from service.talent.papers import TalentPapers

if TYPE_CHECKING:
    from service.jobs.queue import JobQueue


class Service:
    """Every object of one process. Made at once, so that what is wrong is told at the start.

    Raises what opening the store raises.
    """

    def __init__(
        self,
        settings: ServiceSettings,
        *,
        passwords: Passwords | None = None,
        clock: Clock = utc_now,
        shipped: Shipped | None = None,
    ) -> None:
        self.settings, self.clock = settings, clock
        self.application = Application(settings, shipped=shipped)
        self.store = self.application.store
        self.readiness = Readiness(self.application)
        passwords = passwords or Argon2Passwords()
        self.sessions = StaffSessions(self.store, _session_times(settings), clock)
        self._buckets = TokenBuckets(settings.home / "rates.db")
        limiter = RateLimiter(self._buckets)
        rules, policy = PasswordRules(settings.password_min_length), _login_policy(settings)
        self.login = Login(self.store, self.sessions, passwords, rules, policy, limiter, clock)
        reference = self.application.reference
        self.places = Places(reference.regions, reference.jurisdictions, settings.home_province)
        self.accounts = AccountDesk(self.store, passwords, self.places, clock)
        self.keys = PortalKeyDesk(self.store, limiter, clock)
        self.strangers = limiter
        self.private_fields = PrivateFields(self.store, clock)
        rest = (reference, self.private_fields, clock)
        self.experts = ExpertDesk(self.store, self.application.expert_catalogue, *rest)
        self.demands = DemandDesk(self.store, self.application.demand_catalogue, *rest)
        self.visits = VisitDesk(self.store, self.demands, clock)
        self.places_of_jobs = JobPlaces(settings.home)
        self.jobs = JobDesk(self.store, self.places_of_jobs, KINDS, clock, most_open=settings.jobs_per_person)
        self.imports = ImportDesk(self.jobs, self.store, self.places_of_jobs, reference, largest=settings.upload_mb)
        self.reviews = ReviewDesk(self.jobs, self.store, self.places_of_jobs)
        self.marks = MarkDesk(self.store, clock)
        self.shortlists = ShortlistDesk(self.store, clock)
        self.matches = MatchDesk(self.application, self.marks, settings.matches_at_once or os.cpu_count() or 1)
        two = settings.two_signatures
        self.runs = RunDesk(self.application, self.matches, clock, two_signatures=two)
        self.run_watch = RunWatch(self.runs, self.application.standing_runs, clock)
        self.run_papers = RunPapers(self.application, self.runs, self.private_fields, clock)
        self.talent = TalentDesk(self.application, self.matches)
        self.talent_papers = TalentPapers(self.talent, self.store, clock)
        self.plans = PlanDesk(self.application, clock, two_signatures=two)
        self.panels = PanelDesk(self.application, clock)
        self.plan_papers = PlanPapers(self.application, self.plans, self.private_fields, clock, two_signatures=two)
        self.plan_watch = PlanWatch(self.application.standing_plans, self.store, two_signatures=two)

    def job_runner(self) -> JobRunner:
        return JobRunner(self.application, self.private_fields, self.places_of_jobs, KINDS, self.clock)

    def job_office(self) -> JobOffice:
        """What the process for jobs does."""
        settings, places = self.settings, self.places_of_jobs
        own = settings.database_url.get_secret_value() if settings.database_url else ""
        url = own if own.startswith("postgres") else f"sqlite:///{places.queue_file}"

        def queue() -> JobQueue:
            from service.jobs.queue import JobQueue  # half a second that only the process for jobs should wait for

            return JobQueue(url, places.site, self.job_runner().run, settings.jobs_at_once)

        return JobOffice(self.store, places, queue, timedelta(days=settings.job_days), self.clock)

    def close(self) -> None:
        self._buckets.close()
        self.store.close()


def open_service() -> Service:
    """The service of the settings in force. Raises SettingsInvalid."""
    return Service(load_service_settings())


def _session_times(settings: ServiceSettings) -> SessionTimes:
    return SessionTimes(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))


def _login_policy(settings: ServiceSettings) -> LoginPolicy:
    age = timedelta(days=settings.password_days) if settings.password_days else None
    return LoginPolicy(settings.lockout_failures, settings.lockout_minutes, settings.logins_per_minute, age)
