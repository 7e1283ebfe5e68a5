"""Lists and forms of records: pages of experts and of demands do the same with their own desks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response

from matcher.catalogue.query import CataloguePage
from matcher.store.errors import RecordExists, RecordRefused
from matcher.workflows.record_forms import FieldProblem, RecordRejected
from service.console.clashes import Clash, clashes, reconciled
from service.console.lists import list_context, pushed, query_of
from service.console.pages import page, redirect
from service.console.record_form import cells, sections
from service.console.ways import HOME, local, page_before
from service.doors import Caller
from service.jobs.kinds.exports import EXPORT, ExportKind, ExportWanted
from service.records.desk import Record, RecordDesk, SavedRecord
from service.records.errors import EditConflict
from service.security.roles import Permission
from service.statuses import status_of
from service.wiring import Service

_DIGITS = 18
_MISSING = "missing"


@dataclass(frozen=True, slots=True)
class RecordPages:
    """`path` is where they live, `starts` the sections of the form, `hidden` what nobody fills in.

    `added` and `saved` are told once it is done; `on_new` and `on_edit` stand below the form's heading.
    """

    path: str
    library: str
    unit: str
    export: ExportKind
    starts: Sequence[tuple[str, str]]
    hidden: Sequence[str]
    added: str
    saved: str
    on_new: str
    on_edit: str

    def address(self, id: str) -> str:
        return f"{self.path}/{quote(id, safe='')}"

    def list(
        self,
        request: Request,
        desk: RecordDesk[Record],
        caller: Caller,
        rows: Callable[[Sequence[Record], CataloguePage], Sequence[object]],
    ) -> Response:
        """`rows` makes of the page's records what `list.html` shows."""
        query = query_of(request, desk.layout)
        found = desk.find(query, caller.actor)
        may_edit, may_export, may_review = (
            caller.member.may(one) for one in (Permission.EDIT, Permission.EXPORT, Permission.REVIEW)
        )
        context = list_context(request, query, found.page) | {"rows": rows(found.records, found.page)}
        context |= {"may_edit": may_edit, "may_export": may_export, "may_review": may_review, "pages": self}
        return page(request, f"{self.path[1:]}/list.html", 200, pushed(request), **context)

    def export_list(self, request: Request, service: Service, desk: RecordDesk[Record], caller: Caller) -> Response:
        """The list as its address names it, however long: the job asks the list again and writes all of it."""
        query = query_of(request, desk.layout)
        wanted = ExportWanted(kind=self.export, q=query.text, facets=dict(query.chosen))
        service.jobs.start(EXPORT, f"导出{desk.what}", wanted.model_dump(mode="json"), caller.actor)
        return redirect(request, "/jobs", "已开始导出，完成后在这里下载。")

    def blank(self, request: Request, desk: RecordDesk[Record]) -> Response:
        return self._form(request, desk, "", {"id": desk.next_number()}, 0)

    def create(self, request: Request, desk: RecordDesk[Record], typed: dict[str, str], caller: Caller) -> Response:
        try:
            saved = desk.create(cells(typed, desk.table, self.hidden), caller.actor)
        except RecordRejected as refusal:
            return self._form(request, desk, "", typed, 0, refusal=refusal)
        except (RecordExists, RecordRefused) as refusal:
            message = f"{refusal}下一个空号是 {desk.next_number()}。"
            taken = RecordRejected((FieldProblem("id", desk.table["id"].header, message),))
            return self._form(request, desk, "", typed, 0, refusal=taken)
        return redirect(request, self.address(saved.id), _told(self.added, saved))

    def edit(self, request: Request, desk: RecordDesk[Record], id: str, caller: Caller) -> Response:
        """With ?missing=1 somebody comes to complete it: begins at the first gap, goes back to where that was told."""
        version, gaps = desk.version(id, caller.actor), desk.lacking(id, caller.actor)
        back = page_before(request) if _MISSING in request.query_params else HOME
        return self._form(request, desk, id, desk.form(id, caller.actor), version, gaps=gaps, back=back)

    def save(
        self, request: Request, desk: RecordDesk[Record], id: str, typed: dict[str, str], caller: Caller
    ) -> Response:
        fields = cells(typed, desk.table, ("id", *self.hidden))
        text = typed.get("seen", "")
        seen = int(text) if text.isdecimal() and len(text) <= _DIGITS else 0
        try:
            saved = desk.edit(id, fields, seen, caller.actor)
        except RecordRejected as refusal:
            return self._form(request, desk, id, typed, seen, refusal=refusal)
        except EditConflict as conflict:
            opened, now = desk.form_at(id, seen, caller.actor), desk.form(id, caller.actor)
            found = clashes(desk.table, opened, now, fields)
            kept = typed | reconciled(opened, now, fields)
            return self._form(request, desk, id, kept, conflict.version, conflict=conflict, clashing=found)
        back = local(typed.get("back", HOME))
        return redirect(request, self.address(saved.id) if back == HOME else back, _told(self.saved, saved))

    def _form(
        self,
        request: Request,
        desk: RecordDesk[Record],
        id: str,
        values: dict[str, str],
        seen: int,
        *,
        refusal: RecordRejected | None = None,
        conflict: EditConflict | None = None,
        clashing: Sequence[Clash] = (),
        gaps: Sequence[str] = (),
        back: str = "",
    ) -> Response:
        error = conflict or refusal
        hidden = ("id", *self.hidden) if id else self.hidden
        context: dict[str, Any] = {
            "id": id,
            "what": desk.what,
            "pages": self,
            "sections": sections(desk.table, self.starts, values, refusal, hidden),
            "seen": seen,
            "refusal": refusal,
            "conflict": conflict,
            "clashing": clashing,
            "gaps": [(column.field, column.header) for column in desk.table.shown if column.field in gaps],
            "jumps": _MISSING in request.query_params,
            "back": local(back or values.get("back", HOME)),
        }
        return page(request, "record_form.html", status_of(error) if error else 200, **context)


def _told(done: str, saved: SavedRecord) -> str:
    return done + "".join(f"请留意 {hint.label}：{hint.message}" for hint in saved.hints)
