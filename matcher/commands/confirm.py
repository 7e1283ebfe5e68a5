"""Asks a person before something is changed for good."""

import typer

from matcher.errors import UsageError


class NotConfirmed(UsageError):
    def __init__(self) -> None:
        super().__init__("没有确认，什么也没有改动。不便当面确认时可加 --yes。")


def confirm(question: str, *, yes: bool) -> None:
    """Goes on only after 是. Raises NotConfirmed."""
    if yes:
        return
    try:
        answer = typer.confirm(question, default=False)
    except typer.Abort as abort:
        raise NotConfirmed from abort
    if not answer:
        raise NotConfirmed
