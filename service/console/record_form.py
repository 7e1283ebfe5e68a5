"""Forms of records, made of the import's columns: labels, stars, choices and notes are those of the template."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from matcher.intake.columns import Column, Several, Table
from matcher.intake.lists import parse_works
from matcher.reference.disciplines import Discipline
from matcher.reference.industries import Industry
from matcher.reference.tables import ReferenceTables
from matcher.workflows.record_forms import RecordRejected

_SEPARATOR = "、"
_SEVERAL_NOTE = "可填多项"
_TYPED_NOTE, _TICKED_NOTE = "可填多项，用“、”隔开", "可选多项"
_NOTHING = ("", "（未填）")
_SHORT, _LONG = 4, 8
_PRIVATE = ("private.", "contact.")
# Characters that a field of a third of the form's width shows at once, and one of the whole width.
_LINE, _WIDTH = 22, 60
# Field at which a section begins, and its heading.
EXPERT_SECTIONS = (
    ("id", "基本情况"),
    ("title", "职务与学科"),
    ("representative_results", "成果与服务"),
    ("private.phone", "联系与管理"),
)
DEMAND_SECTIONS = (("id", "企业"), ("contact.person", "联系人"), ("title", "需求"), ("urgency", "合作安排"))


@dataclass(frozen=True, slots=True)
class FormField:
    """`kind`: text, area, choice or ticks; `values` are the ticked ones.

    `private`: True or None, which writes no attribute; the browser keeps nothing that is typed there.
    """

    name: str
    label: str
    kind: str
    value: str
    values: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    hint: str
    required: bool
    rows: int
    error: str
    private: bool | None


@dataclass(frozen=True, slots=True)
class FormSection:
    title: str
    fields: tuple[FormField, ...]


async def typed_fields(request: Request) -> dict[str, str]:
    """Everything typed into the form; of boxes all that are ticked, in one text as in a cell."""
    form = await request.form()
    names = dict.fromkeys(form.keys())
    found = {name: [value for value in form.getlist(name) if isinstance(value, str)] for name in names}
    return {name: _SEPARATOR.join(filter(None, values)) for name, values in found.items()}


TypedDoor = Annotated[dict[str, str], Depends(typed_fields)]


def cells(typed: Mapping[str, str], table: Table, hidden: Sequence[str] = ()) -> dict[str, str]:
    """What of the form belongs to the table; nothing ticked comes as nothing at all and means empty."""
    return {column.field: typed.get(column.field, "") for column in table.shown if column.field not in hidden}


def sections(
    table: Table,
    starts: Sequence[tuple[str, str]],
    values: Mapping[str, str],
    refusal: RecordRejected | None = None,
    hidden: Sequence[str] = (),
) -> list[FormSection]:
    """The form in sections; a sentence of `refusal` stands beside its field."""
    errors = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    heads, found = dict(starts), list[tuple[str, list[FormField]]]()
    for column in table.shown:
        if column.field in heads:
            found.append((heads[column.field], []))
        if column.field not in hidden:
            found[-1][1].append(_field(column, values.get(column.field, ""), errors.get(column.field, "")))
    return [FormSection(title, tuple(fields)) for title, fields in found]


def named_codes(tables: ReferenceTables, values: Mapping[str, str]) -> dict[str, str]:
    """Fields that hold codes of disciplines or trades, with the names beside the codes; for reading, not for forms."""
    fields = dict.fromkeys(("discipline_1", "discipline_2", "discipline_codes"), tables.disciplines)
    told = {name: _named(values.get(name, ""), table.find) for name, table in fields.items()}
    return told | {
        name: _named(values.get(name, ""), tables.industries.find) for name in ("industry_codes", "industry")
    }


def _named(text: str, find: Callable[[str], Discipline | Industry | None]) -> str:
    parts = ((part, find(part)) for part in text.split(_SEPARATOR) if part)
    return _SEPARATOR.join(f"{part} {found.name}" if found and found.name != part else part for part, found in parts)


def _field(column: Column, value: str, error: str) -> FormField:
    ticked = tuple(part for part in value.split(_SEPARATOR) if part)
    kind, rows = _kind(column), _LONG if column.several is Several.LINES else _SHORT
    if kind == "text" and len(value) > _LINE:
        kind, rows = "area", min(1 + len(value) // _WIDTH, _LONG)
    options = tuple(_options(column, kind, value, ticked))
    hint = column.note.replace(_TYPED_NOTE, _TICKED_NOTE) if kind == "ticks" else column.note
    # The import takes a row without them, so the browser must too; plans need them.
    label = column.header + ("（应填）" if column.starred and not column.needed else "")
    private = column.field.startswith(_PRIVATE) or None
    return FormField(column.field, label, kind, value, ticked, options, hint, column.needed, rows, error, private)


def _kind(column: Column) -> str:
    if column.options:
        return "ticks" if _SEVERAL_NOTE in column.note else "choice"
    return "area" if column.several is Several.LINES or column.parse is parse_works else "text"


def _options(column: Column, kind: str, value: str, ticked: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Those of the column, and what is stored beside them."""
    if kind == "choice":
        yield _NOTHING
    known = tuple(dict.fromkeys([*column.options, *([value] if kind == "choice" else ticked)]))
    yield from ((one, one) for one in known if one and column.options)
