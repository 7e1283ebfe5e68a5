"""What people decide about proposed experts: shortlist, marks, and the freezing of a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request, Response

from matcher.domain.vocabulary import Verdict
from matcher.errors import UsageError
from matcher.explain.explanation import best_first
from matcher.intake.expert_columns import EXPERT_TABLE
from matcher.intake.missing import missing_columns
from service.console.flash import FlashKind
from service.console.matching.asked import Asked
from service.console.matching.doors import AskedQuery, EditDoor, MatchDoor
from service.console.pages import page, redirect
from service.doors import Caller, ServiceDoor
from service.security.roles import Permission
from service.wiring import Service

ROUTES = APIRouter(prefix="/match", include_in_schema=False)
Note = Annotated[str, Form(max_length=5000)]
Who = Annotated[str, Form(max_length=100)]
# Where somebody came from: the page to show again.
_PAGES = {"list": "/match", "shortlist": "/match/shortlist", "explain": "/match/explain"}
From = Annotated[str, Form(alias="from")]
_Texts = Annotated[list[Note], Form(default_factory=list)]


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a page, one a person in the same order: whose, as shown, as typed."""

    who: Sequence[str]
    was: Sequence[str]
    remark: Sequence[str]

    @property
    def changed(self) -> dict[str, str]:
        told = zip(self.who, self.was, self.remark, strict=False)
        return {id: typed for id, shown, typed in told if typed.strip() != shown.strip()}


def _notes(who: _Texts, was: _Texts, remark: _Texts) -> Notes:
    return Notes(who, was, remark)


NotesForm = Annotated[Notes, Depends(_notes)]


@ROUTES.get("/shortlist")
def shortlist(request: Request, service: ServiceDoor, caller: MatchDoor, asked: AskedQuery) -> Response:
    """Whom people consider, with what stands against a confirmation and what to do about it."""
    entries = service.shortlists.of(asked.demand, asked.purpose, caller.actor)
    ask, listed = asked.ask(), [entry.expert_id for entry in entries]
    explained = service.matches.explanations(asked.demand, listed, ask, caller.actor)
    known = [(entry, explained[entry.expert_id][0]) for entry in entries if explained.get(entry.expert_id)]
    found = sorted(known, key=lambda pair: best_first(pair[1].explanation))
    answer = service.matches.for_demand(asked.demand, ask, caller.actor)[0]
    may_edit = caller.member.may(Permission.EDIT)
    missing = {one.explanation.expert.id: missing_columns(one.explanation.expert, EXPERT_TABLE) for _, one in found}
    told = {"found": found, "answer": answer, "missing": missing if any(missing.values()) else {}}
    return page(request, "matching/shortlist.html", asked=asked, may_edit=may_edit, **told)


@ROUTES.post("/shortlist/put")
def put(
    request: Request,
    service: ServiceDoor,
    caller: EditDoor,
    asked: AskedQuery,
    expert: Who,
    came: From = "list",
    note: Annotated[str | None, Form(max_length=5000)] = None,
) -> Response:
    """Without a note, of whoever is on the list already the note stays."""
    try:
        service.shortlists.put(asked.demand, asked.purpose, expert, note, caller.actor)
    except UsageError as refusal:
        return _back(request, asked, came, expert, str(refusal), FlashKind.WARNING)
    return _back(request, asked, came, expert, "入围名单已更新。")


@ROUTES.post("/shortlist/notes")
def remark(
    request: Request, service: ServiceDoor, caller: EditDoor, asked: AskedQuery, notes: NotesForm, at: Who = ""
) -> Response:
    """All the notes of the page at once."""
    try:
        _save_notes(service, caller, asked, notes)
    except UsageError as refusal:
        return _back(request, asked, "shortlist", at, str(refusal), FlashKind.WARNING)
    return _back(request, asked, "shortlist", at, "入围说明已保存。")


@ROUTES.post("/shortlist/drop")
def drop(
    request: Request, service: ServiceDoor, caller: EditDoor, asked: AskedQuery, expert: Who, came: From = "list"
) -> Response:
    service.shortlists.drop(asked.demand, asked.purpose, expert, caller.actor)
    return _back(request, asked, came, expert, "已移出入围名单。")


@ROUTES.post("/mark")
def mark(
    request: Request,
    service: ServiceDoor,
    caller: EditDoor,
    asked: AskedQuery,
    expert: Who,
    verdict: Annotated[Verdict, Form()],
    came: From = "list",
    reason: Note = "",
) -> Response:
    try:
        service.marks.give(asked.demand, expert, verdict, reason, caller.actor)
    except UsageError as refusal:
        return _back(request, asked, came, expert, str(refusal), FlashKind.WARNING)
    return _back(request, asked, came, expert, f"已评价为“{verdict}”。")


@ROUTES.post("/mark/withdraw")
def withdraw(
    request: Request,
    service: ServiceDoor,
    caller: EditDoor,
    asked: AskedQuery,
    expert: Who,
    verdict: Annotated[Verdict, Form()],
    came: From = "list",
) -> Response:
    service.marks.withdraw(asked.demand, expert, verdict, caller.actor)
    return _back(request, asked, came, expert, "评价已撤回。")


@ROUTES.post("/freeze")
def freeze(
    request: Request, service: ServiceDoor, caller: EditDoor, asked: AskedQuery, notes: NotesForm, note: Note = ""
) -> Response:
    """With the notes as they stand on the page, saved or not."""
    try:
        _save_notes(service, caller, asked, notes)
        shown = service.runs.freeze(asked.demand, asked.ask(), note, caller.actor)
    except UsageError as refusal:
        return redirect(request, asked.at("/match/shortlist"), str(refusal), FlashKind.WARNING)
    return redirect(request, f"/runs/{quote(shown.run.id)}", f"结果已保存为 {shown.run.id}。请核对后签署。")


def _save_notes(service: Service, caller: Caller, asked: Asked, notes: Notes) -> None:
    """What was not touched is not written, so that it takes nothing back that a colleague wrote meanwhile."""
    if notes.changed:
        service.shortlists.remark(asked.demand, asked.purpose, notes.changed, caller.actor)


def _back(
    request: Request, asked: Asked, came: str, expert: str, said: str, kind: FlashKind = FlashKind.DONE
) -> Response:
    """A part of the page that htmx asked for shows what changed by itself; only a whole page needs the sentence."""
    path = _PAGES.get(came, "/match")
    address = asked.at(path) + (f"&expert={quote(expert)}" if came == "explain" else f"#expert-{quote(expert)}")
    silent = "HX-Request" in request.headers and kind is FlashKind.DONE
    return redirect(request, address, "" if silent else said, kind)
