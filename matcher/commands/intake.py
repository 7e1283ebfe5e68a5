"""`matcher import` and `matcher template`; the groups `person` and `demand` are registered along with them."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands import demand, person
from matcher.commands.errors import NoForm
from matcher.commands.import_progress import terminal_progress
from matcher.commands.import_table import import_lines
from matcher.commands.import_undo import undo
from matcher.intake.columns import TableKind
from matcher.intake.templates import form_sheets, template_sheets
from matcher.tables.errors import WorkbookUnwritable
from matcher.tables.write_workbook import write_workbook
from matcher.wiring import open_application
from matcher.workflows.import_files import ImportOptions
from matcher.workflows.import_kinds import IMPORTERS, Importer
from matcher.workflows.import_sheets import import_sheets
from matcher.workflows.import_undo import new_batch

_REJECTED = 1

Files = Annotated[list[Path], typer.Argument(metavar="文件...", help="文件或文件夹：xlsx、xls、csv、jsonl、docx")]
ReportFile = Annotated[Path | None, typer.Option("--report", help="把退回的行和全部问题写入此 .xlsx")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只预演，不写入")]


class TemplateKind(StrEnum):
    EXPERTS = "experts"
    DEMANDS = "demands"
    LEDGER = "ledger"
    MARKS = "marks"
    TOPICS = "topics"

    @property
    def table(self) -> TableKind:
        return next(kind for kind in TableKind if kind.command == self.value)


def register(app: typer.Typer) -> None:
    """Adds `import`, `template`, `person` and `demand` to the program."""
    imports = typer.Typer(help="导入专家、需求、台账、评价、选题", no_args_is_help=True)
    imports.command("experts")(experts)
    imports.command("demands")(demands)
    imports.command("ledger")(ledger)
    imports.command("marks")(marks)
    imports.command("topics")(topics)
    imports.command("undo")(undo)
    app.add_typer(imports, name="import")
    app.command("template")(template)
    person.register(app)
    demand.register(app)


def experts(files: Files, report: ReportFile = None, dry_run: DryRun = False) -> None:
    """导入专家和他们的成果。"""
    _run(IMPORTERS[TableKind.EXPERTS], files, report, dry_run)


def demands(files: Files, report: ReportFile = None, dry_run: DryRun = False) -> None:
    """导入需求问卷：汇总表，或一企一表的问卷。"""
    _run(IMPORTERS[TableKind.DEMANDS], files, report, dry_run)


def ledger(files: Files, report: ReportFile = None, dry_run: DryRun = False) -> None:
    """导入建站/对接台账。"""
    _run(IMPORTERS[TableKind.LEDGER], files, report, dry_run)


def marks(files: Files, report: ReportFile = None, dry_run: DryRun = False) -> None:
    """导入评价（合适、不合适、婉拒、成效）：评价表，或填了“评价”列的匹配结果汇总表。"""
    _run(IMPORTERS[TableKind.MARKS], files, report, dry_run)


def topics(files: Files, report: ReportFile = None, dry_run: DryRun = False) -> None:
    """导入智库选题。"""
    _run(IMPORTERS[TableKind.TOPICS], files, report, dry_run)


def template(
    kind: Annotated[TemplateKind, typer.Argument(metavar="experts|demands|ledger|marks|topics")],
    file: Annotated[Path, typer.Argument(metavar="文件.xlsx")],
    form: Annotated[bool, typer.Option("--form", help="一页一份的问卷，而不是汇总表")] = False,
) -> None:
    """写出可填写的 Excel 模板。"""
    if form and kind is TemplateKind.MARKS:
        raise NoForm(kind.table.value)
    tables = open_application().reference
    sheets = form_sheets(kind.table, tables) if form else template_sheets(kind.table, tables)
    write_workbook(file, sheets)
    typer.echo(f"已写入 {file}")


def _run(importer: Importer, files: Sequence[Path], report_file: Path | None, dry_run: bool) -> None:
    if report_file is not None and not report_file.absolute().parent.is_dir():
        raise WorkbookUnwritable(report_file, "文件夹不存在")
    application = open_application()
    batch = new_batch()
    options = ImportOptions(getpass.getuser(), dry_run, application.settings.max_file_mb)
    with terminal_progress() as progress:
        report = importer(application.store.within(batch), application.reference, files, options, progress)
    for line in import_lines(report):
        typer.echo(line)
    if not dry_run and any(counts.new or counts.changed for counts in report.counts.values()):
        typer.echo(f"导入编号 {batch}。要撤销本次导入：matcher import undo {batch}")
    if report_file is not None:
        write_workbook(report_file, import_sheets(report))
        typer.echo(f"报告已写入 {report_file}")
    if report.has_rejects:
        if report_file is None:
            typer.echo("加 --report 文件.xlsx 可得到退回的行，改正后直接再导入。")
        raise typer.Exit(_REJECTED)
