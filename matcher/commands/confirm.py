"""Asks a person before something is changed for good."""

import typer

from matcher.errors import UsageError

_YES = frozenset({"是", "y", "yes"})


class NotConfirmed(UsageError):
    def __init__(self) -> None:
        super().__init__("没有确认，什么也没有改动。不便当面确认时可加 --yes。")


def confirm(question: str, *, yes: bool) -> None:
    """Goes on only after 是 (or y). Raises NotConfirmed."""
    if yes:
        return
    try:
        answer = typer.prompt(f"{question}（是/否）", default="否", show_default=False, prompt_suffix="：")
    except typer.Abort as abort:
        raise NotConfirmed from abort
    if answer.strip().lower() not in _YES:
        raise NotConfirmed
