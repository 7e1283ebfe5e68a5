"""The one door to docxtpl: a template and a content make a document. No files are read or written here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateRuntimeError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from matcher.documents.errors import (
    LeftOver,
    PlaceholderIsGroup,
    PlaceholderUnknown,
    TemplateFault,
    TemplateMisshapen,
    TemplateSyntax,
    TemplateUnreadable,
)
from matcher.documents.placeholders import Record, bare_sample, full_sample, values_of
from matcher.documents.syntax import in_chinese

_SHOWN = 40
_SOME_DAY = datetime(2026, 1, 1)
# What is left of a placeholder that was not recognised, full-width braces among it.
_SIGNS = re.compile(r"[{｛][{｛%％#].{0,20}|.{0,20}[}｝%％#][}｝]")
# Braces in a value are written as entities: the library puts some together again that it takes for its own signs.
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
_FACTS = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_OLD_FACTS = "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
# What would let a value through unescaped, or load another template.
_FORBIDDEN_FILTERS = ("safe", "tojson", "xmlattr", "urlize")


class _Strict(DocxTemplate):  # type: ignore[misc]
    """docxtpl mends broken XML by leaving things out; here nothing is left out in silence."""

    def fix_tables(self, xml: str) -> object:
        ElementTree.fromstring(xml)  # raises ParseError
        return super().fix_tables(xml)


def fill(template: bytes, content: object, where: Path, made: datetime) -> bytes:
    """The document. Values stand in it literally, whatever they hold; `where` is the template's name in errors.

    Raises PlaceholderUnknown, PlaceholderIsGroup, TemplateSyntax, TemplateMisshapen, TemplateUnreadable.
    """
    values, document, result = values_of(content), _opened(template, where), BytesIO()
    with _told(where):
        document.render(values, _environment(where, values))
        document.core_properties.created = document.core_properties.modified = made.replace(tzinfo=None)
        document.save(result)
    return result.getvalue()


def check(template: bytes, kind: type[object], where: Path) -> None:
    """Tries a template with everything and with nothing filled in. Raises what `fill` raises, LeftOver."""
    full, bare = full_sample(kind), bare_sample(kind)
    made, values = fill(template, full, where, _SOME_DAY), values_of(bare)
    if left := _SIGNS.search(_text(made)):
        raise LeftOver(where, left[0])
    environment = _environment(where, values)
    named = _opened(template, where).get_undeclared_template_variables(environment)
    for name in sorted(named - values.keys() - environment.globals.keys()):
        raise PlaceholderUnknown(where, name, "", values)
    fill(template, bare, where, _SOME_DAY)


def _opened(template: bytes, where: Path) -> _Strict:
    document = _Strict(BytesIO(template))
    try:
        document.init_docx()
    except Exception as error:  # a file from outside, read by a library that names no errors of its own
        raise TemplateUnreadable(where, "不是 .docx 文件，或已损坏") from error
    _relate_facts(document)
    return document


def _relate_facts(document: _Strict) -> None:
    """LibreOffice relates author and title by an older name; unseen they would be written twice, and Word would call
    the document damaged."""
    package = document.docx.part.package
    for id, relation in list(package.rels.items()):
        if relation.reltype == _OLD_FACTS:
            del package.rels[id]
            package.relate_to(relation.target_part, _FACTS)


@contextmanager
def _told(where: Path) -> Iterator[None]:
    """Whatever a template makes the libraries raise becomes a sentence that names it."""
    try:
        yield
    except TemplateFault:
        raise
    except TemplateError as error:
        raise TemplateSyntax(where, in_chinese(error.message or type(error).__name__), _near(error)) from error
    except ElementTree.ParseError as error:
        raise TemplateMisshapen(where) from error
    except Exception as error:  # a template may ask for anything, such as a division by zero
        raise TemplateSyntax(where, f"不能算出结果（{error}）") from error


def _text(document: bytes) -> str:
    """Paragraph by paragraph."""
    opened = DocxTemplate(BytesIO(document))
    opened.init_docx()
    return re.sub("<[^>]+>", "", opened.get_xml().replace("</w:p>", "\n"))


def _environment(where: Path, values: Record) -> ImmutableSandboxedEnvironment:
    class Unknown(StrictUndefined):
        """Fails as soon as a name is not found, and says what there is."""

        def __init__(
            self,
            hint: str | None = None,
            obj: object = None,
            name: str | None = None,
            exc: type[TemplateRuntimeError] = UndefinedError,
        ) -> None:
            super().__init__(hint, obj, name, exc)
            if hint is None:
                record = obj if isinstance(obj, Record) else values
                raise PlaceholderUnknown(where, name or "", record.word, record)

    def written(value: object) -> Markup:
        if isinstance(value, Record | list):
            raise PlaceholderIsGroup(where, value if isinstance(value, Record) else ())
        return Markup(str(escape(value)).translate(_BRACES))

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=Unknown, finalize=written)
    for name in _FORBIDDEN_FILTERS:
        del environment.filters[name]
    return environment


def _near(error: TemplateError) -> str:
    lines = [line.strip() for line in getattr(error, "docx_context", ())]
    return "".join(line for line in lines if line)[:_SHOWN]
