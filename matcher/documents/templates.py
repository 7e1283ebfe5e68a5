"""Which template a document is written from: the department's own where there is one, else the bundled one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from matcher.documents import word
from matcher.documents.contents import Invitation, LiaisonPlan
from matcher.documents.errors import TemplateUnreadable
from matcher.documents.placeholders import placeholders_of
from matcher.documents.plan_contents import StationPaper, VisitPaper
from matcher.errors import reason_of

_LARGEST = 20 << 20


class Form(StrEnum):
    """The documents; a template is a file of this name."""

    LIAISON = "对接方案"
    INVITATION = "邀请函"
    STATIONS = "建站计划"
    VISITS = "走访行程"

    @property
    def file_name(self) -> str:
        return f"{self.value}.docx"


CONTENTS: Mapping[Form, type[object]] = MappingProxyType(
    {
        Form.LIAISON: LiaisonPlan,
        Form.INVITATION: Invitation,
        Form.STATIONS: StationPaper,
        Form.VISITS: VisitPaper,
    }
)
Content = LiaisonPlan | Invitation | StationPaper | VisitPaper


def fields_of(form: Form) -> list[tuple[str, str]]:
    """Every placeholder with what it holds; what stands under a list is written of one of its elements."""
    told = placeholders_of(CONTENTS[form])
    return [(".".join(one.path), "".join(filter(None, ("列表　" if one.is_list else "", one.meaning)))) for one in told]


class WordTemplates:
    """`own`: the department's folder, which may be missing; files are read anew each time: a change counts at once."""

    def __init__(self, own: Path, shipped: Path) -> None:
        self._own, self._shipped = own, shipped

    @property
    def folder(self) -> Path:
        """Where the department puts its own."""
        return self._own

    def is_own(self, form: Form) -> bool:
        """Whether the department's own template is in force."""
        return (self._own / form.file_name).exists()

    def shipped(self, form: Form) -> bytes:
        """The template that travels with the program, to be edited."""
        return (self._shipped / form.file_name).read_bytes()

    def fill(self, content: Content, made: datetime) -> bytes:
        """Raises TemplateFault in one of its kinds; see `word.fill`."""
        form = next(form for form, kind in CONTENTS.items() if isinstance(content, kind))
        path = self._path(form)
        return word.fill(_read(path), content, path, made)

    def check(self, form: Form) -> Path:
        """The template in force, once it is seen to work. Raises TemplateFault in one of its kinds."""
        path = self._path(form)
        word.check(_read(path), CONTENTS[form], path)
        return path

    def _path(self, form: Form) -> Path:
        return (self._own if self.is_own(form) else self._shipped) / form.file_name


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise TemplateUnreadable(path, f"文件超过 {_LARGEST >> 20} MB")
        return path.read_bytes()
    except OSError as error:
        raise TemplateUnreadable(path, reason_of(error)) from error
