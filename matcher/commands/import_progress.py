"""Progress of an import on the terminal; silent where nobody looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from matcher.workflows.import_report import ImportProgress, SilentProgress


class _Bar:
    """One line: the file and the rows done so far."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("读取", total=None, rows=0)
        self._rows = 0

    def file(self, name: str) -> None:
        self._rows = 0
        self._progress.update(self._task, description=name[:40], rows=0)

    def rows(self, count: int) -> None:
        self._rows += count
        self._progress.update(self._task, rows=self._rows)


@contextmanager
def terminal_progress() -> Iterator[ImportProgress]:
    """A bar on standard error when it is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield SilentProgress()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("已处理 {task.fields[rows]} 行"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield _Bar(progress)
