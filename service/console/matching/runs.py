"""结果: frozen match results, their signatures and papers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import BaseModel, BeforeValidator

from matcher.domain.demand import demand_id_of
from matcher.domain.match_run import MatchRun, RunState
from matcher.domain.vocabulary import Purpose
from matcher.errors import UsageError
from matcher.explain.report import grouped
from matcher.workflows.frozen import is_erased
from service.addresses import Number
from service.console.files import sent_paper
from service.console.flash import FlashKind
from service.console.matching.doors import ConfirmDoor, ExportDoor, MatchDoor
from service.console.matching.options import PURPOSES
from service.console.matching.todo import Todo
from service.console.pages import page, redirect
from service.doors import Caller, ServiceDoor
from service.security.actor import Actor
from service.security.roles import Permission
from service.wiring import Service

ROUTES = APIRouter(prefix="/runs", include_in_schema=False)
_PAGE, _BATCH = 20, 50
_OPEN = (RunState.DRAFT, RunState.AWAITING)
Note = Annotated[str, Form(max_length=5000)]


def _blank_is_none(value: object) -> object:
    return None if value == "" else value


class RunQuery(BaseModel):
    """`before`: the number of the last result of the page before; `todo` lists what is to be done, on one page."""

    todo: Annotated[Todo | None, BeforeValidator(_blank_is_none)] = None
    demand: str = ""
    state: Annotated[RunState | None, BeforeValidator(_blank_is_none)] = None
    purpose: Annotated[Purpose | None, BeforeValidator(_blank_is_none)] = None
    before: str = ""

    def accepts(self, run: MatchRun) -> bool:
        demands = (run.demand_id, demand_id_of(run.demand_id))
        return self.state in (None, run.state) and self.purpose in (None, run.purpose) and self.demand in ("", *demands)


@ROUTES.get("")
def runs(request: Request, service: ServiceDoor, caller: MatchDoor, asked: Annotated[RunQuery, Query()]) -> Response:
    found = list(_to_do(service, asked, caller) if asked.todo else _page(service, asked, caller.actor))
    more = found[_PAGE - 1].id if len(found) > _PAGE and not asked.todo else ""
    shown = found if asked.todo else found[:_PAGE]
    choices = {"states": list(RunState), "purposes": PURPOSES, "todos": list(Todo)}
    return page(request, "matching/runs.html", asked=asked, runs=shown, more=more, **choices)


@ROUTES.get("/{run_id}")
def run(request: Request, service: ServiceDoor, caller: MatchDoor, run_id: str) -> Response:
    shown = service.runs.get(run_id, caller.actor)
    obstacles = service.runs.obstacles(shown) if shown.run.state in _OPEN else []
    hindered = service.runs.hindered(shown)
    context = {"shown": shown, "run": shown.run, "obstacles": obstacles, "open": shown.run.state in _OPEN}
    context |= {"hindered": hindered, "today": service.clock(), "held": {one.expert_id: one for one in hindered}}
    about = {"grouped": grouped(shown.report.excluded), "account": caller.member.account, "is_erased": is_erased}
    return page(request, "matching/run.html", **context, **about, **_rights(caller), downloads=_downloads(run_id))


@ROUTES.get("/{run_id}/print")
def paper(request: Request, service: ServiceDoor, caller: MatchDoor, run_id: str) -> Response:
    """What is printed, signed by hand where that is asked for, and filed."""
    shown = service.runs.get(run_id, caller.actor)
    hindered = service.runs.hindered(shown)
    context = {"shown": shown, "run": shown.run, "hindered": hindered, "printed": service.clock()}
    return page(request, "matching/run_print.html", **context)


@ROUTES.get("/{run_id}/export.xlsx")
def workbook(service: ServiceDoor, caller: ExportDoor, run_id: str) -> Response:
    return sent_paper(service.run_papers.workbook(run_id, caller.actor))


@ROUTES.get("/{run_id}/plan.docx")
def liaison_plan(service: ServiceDoor, caller: ExportDoor, run_id: str) -> Response:
    return sent_paper(service.run_papers.liaison_plan(run_id, caller.actor))


@ROUTES.get("/{run_id}/invitation/{expert_id}.docx")
def invitation(service: ServiceDoor, caller: ExportDoor, run_id: str, expert_id: Number) -> Response:
    return sent_paper(service.run_papers.invitation(run_id, expert_id, caller.actor))


@ROUTES.post("/{run_id}/sign")
def sign(request: Request, service: ServiceDoor, caller: ConfirmDoor, run_id: str, note: Note = "") -> Response:
    try:
        shown = service.runs.sign(run_id, note, caller.actor)
    except UsageError as refusal:
        return _back(request, run_id, str(refusal), FlashKind.WARNING)
    return _back(request, run_id, f"已签署，现为“{shown.run.state}”。")


@ROUTES.post("/{run_id}/revoke")
def revoke(request: Request, service: ServiceDoor, caller: ConfirmDoor, run_id: str, reason: Note = "") -> Response:
    try:
        service.runs.revoke(run_id, reason, caller.actor)
    except UsageError as refusal:
        return _back(request, run_id, str(refusal), FlashKind.WARNING)
    return _back(request, run_id, "已作废。保存的内容和签署记录仍可查看。")


def _to_do(service: Service, asked: RunQuery, caller: Caller) -> Iterator[MatchRun]:
    watch, actor = service.run_watch, caller.actor
    unsigned = asked.todo is Todo.SIGN
    found = watch.unsigned(caller.member.account, actor) if unsigned else watch.weakened(actor)
    return filter(asked.accepts, found)


def _page(service: Service, asked: RunQuery, actor: Actor) -> Iterator[MatchRun]:
    """A page and one more."""
    return islice(_matching(service, asked, actor), _PAGE + 1)


def _matching(service: Service, asked: RunQuery, actor: Actor) -> Iterator[MatchRun]:
    """Newest first; the state of a run follows from its events, so that it is looked at here."""
    before = asked.before
    while batch := service.runs.newest(actor, asked.demand, before, _BATCH):
        yield from filter(asked.accepts, batch)
        before = batch[-1].id
        if len(batch) < _BATCH:
            return


def _back(request: Request, run_id: str, said: str, kind: FlashKind = FlashKind.DONE) -> Response:
    return redirect(request, f"/runs/{quote(run_id)}", said, kind)


def _downloads(run_id: str) -> tuple[tuple[str, str], ...]:
    path = f"/runs/{quote(run_id)}"
    return (("导出 Excel", f"{path}/export.xlsx"), ("对接方案（Word）", f"{path}/plan.docx"))


def _rights(caller: Caller) -> dict[str, bool]:
    return {"may_confirm": caller.member.may(Permission.CONFIRM), "may_export": caller.member.may(Permission.EXPORT)}
