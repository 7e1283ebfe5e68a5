"""`matcher documents export|check|fields`: the Word templates that the department may replace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.errors import OutputUnwritable
from matcher.documents.errors import TemplateFault
from matcher.documents.templates import Form, fields_of
from matcher.errors import UsageError, reason_of
from matcher.wiring import open_application

_FAULTY = 1


class TemplateExists(UsageError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"文件“{path}”已经存在，没有覆盖。请先移走它，或用 --folder 写到别的文件夹。")


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Word 文书模板：取出自带的、检查改过的、查看可用的占位符。", no_args_is_help=True)
    group.command("export")(export)
    group.command("check")(check)
    group.command("fields")(fields)
    app.add_typer(group, name="documents")


def export(
    forms: Annotated[list[Form] | None, typer.Argument(metavar="[文书]...", help="只取哪几种；不写为全部")] = None,
    folder: Annotated[Path | None, typer.Option(help="写到哪个文件夹；不写为本单位模板的文件夹，改好即生效")] = None,
) -> None:
    """取出自带的模板，供用 WPS 或 Word 修改。"""
    templates = open_application().word_templates
    target = folder or templates.folder
    wanted = {form: target / form.file_name for form in forms or Form}
    for path in wanted.values():
        if path.exists():
            raise TemplateExists(path)
    for form, path in wanted.items():
        try:
            target.mkdir(parents=True, exist_ok=True)
            path.write_bytes(templates.shipped(form))
        except OSError as error:
            raise OutputUnwritable(str(path), reason_of(error)) from error
        typer.echo(f"已写入 {path}")


def check() -> None:
    """检查现用的每个模板：占位符是否认识、能否写成文件。"""
    templates, faulty = open_application().word_templates, 0
    for form in Form:
        try:
            templates.check(form)
        except TemplateFault as fault:
            typer.echo(f"{form}：{fault}")
            faulty += 1
        else:
            typer.echo(f"{form}：{'本单位的模板' if templates.is_own(form) else '自带的模板'}，可以使用")
    if faulty:
        raise typer.Exit(_FAULTY)


def fields(form: Annotated[Form, typer.Argument(metavar="文书", help="、".join(Form))]) -> None:
    """列出一种文书可用的占位符。"""
    for path, meaning in fields_of(form):
        typer.echo(f"{path}\t{meaning}")
