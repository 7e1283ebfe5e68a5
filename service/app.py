"""Puts the application together from a `Service`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig

from service.addresses import NumbersInPaths
from service.api import demands, experts, health, key, marks, matches, reference
from service.api import exports as api_exports
from service.api import imports as api_imports
from service.api import jobs as api_jobs
from service.api import plans as api_plans
from service.api import runs as api_runs
from service.api import talent as api_talent
from service.api.openapi import describe
from service.api.parameters import known_parameters
from service.console import (
    accounts,
    admin,
    audit_log,
    home,
    imports,
    jobs,
    login,
    password,
    portal_keys,
    reviews,
    session,
    system_status,
)
from service.console import demands as demand_pages
from service.console import experts as expert_pages
from service.console import help as manual_pages
from service.console.matching import choosing, people, results, runs
from service.console.pages import FOLDER
from service.console.plans import comparing, drawing, lectures, panels, papers, showing, visit_showing, visits
from service.console.talent import achievements, gaps, programmes, teams
from service.console.talent import doors as talent_pages
from service.console.vendor import mount_vendors
from service.doors import csrf_guard
from service.faults import CatchAll, install_faults
from service.limits import RequestLimits, RequestTimes
from service.logs.requests import RequestLog
from service.security.headers import SecurityHeaders
from service.wiring import Service

_API = (
    key,
    experts,
    demands,
    matches,
    api_runs,
    api_plans,
    api_talent,
    marks,
    reference,
    api_imports,
    api_exports,
    api_jobs,
)
_PAGES = (
    login,
    session,
    password,
    home,
    expert_pages,
    demand_pages,
    reviews,
    imports,
    jobs,
    admin,
    accounts,
    portal_keys,
    audit_log,
    system_status,
    manual_pages,
)
_MATCHING = (results, people, choosing, runs)
# Pages with a name of their own stand before plans, which are found by number.
_PLANS = (visits, lectures, panels, comparing, drawing, visit_showing, showing, papers)
_TALENT = (talent_pages, achievements, teams, programmes, gaps)
_LARGEST_BODY = 1 << 20
_LAST_SECONDS = 10
# Nothing is told to anybody outside; FastAPI would also write error messages, with what people typed, to its log.
_NO_TELEMETRY = TelemetryConfig(tracing=False, metrics=False, logs=False, operation_spans=False, auto_configure=False)


def create_app(service: Service) -> FastAPI:
    """The application; `service` is closed with it. Routes that take larger bodies say so themselves."""
    app = FastAPI(
        title="专家匹配 Expert matcher",
        lifespan=_life,
        dependencies=[Depends(csrf_guard)],
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # both would load scripts from outside
        redoc_url=None,
        telemetry=_NO_TELEMETRY,
    )
    app.state.service, settings = service, service.settings
    install_faults(app)
    # The last one is outermost.
    app.add_middleware(NumbersInPaths)
    app.add_middleware(CatchAll)
    app.add_middleware(RequestLimits, times=RequestTimes(settings.body_seconds, settings.answer_seconds))
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    mount_vendors(app)
    for room in _API:
        app.include_router(room.ROUTES, max_body_size=_LARGEST_BODY, dependencies=[Depends(known_parameters)])
    for room in (health, *_PAGES, *_MATCHING, *_PLANS, *_TALENT):
        app.include_router(room.ROUTES, max_body_size=_LARGEST_BODY)
    describe(app)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    warming = service.readiness.start()
    yield
    warming.join(_LAST_SECONDS)  # a build from scratch may take longer; the next start goes on with it
    service.close()
