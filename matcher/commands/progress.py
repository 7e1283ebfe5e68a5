"""Progress of long work on the terminal; silent where nobody looks."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn, track

Thing = TypeVar("Thing")


def tracked(things: Sequence[Thing], what: str) -> Iterator[Thing]:
    """The things one by one, with a bar on standard error when it is a terminal and there are several."""
    console = Console(stderr=True)
    yield from track(
        things, description=what, console=console, transient=True, disable=not console.is_terminal or len(things) < 3
    )


@contextmanager
def counted(what: str) -> Iterator[Callable[[int, int], None]]:
    """Gives what hears how many of how many are done, with a bar on standard error when it is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
