"""Progress of long work on the terminal; silent where nobody looks."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track

Thing = TypeVar("Thing")


def tracked(things: Sequence[Thing], what: str) -> Iterator[Thing]:
    """The things one by one, with a bar on standard error when it is a terminal and there are several."""
    console = Console(stderr=True)
    yield from track(
        things, description=what, console=console, transient=True, disable=not console.is_terminal or len(things) < 3
    )
