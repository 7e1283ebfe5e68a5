"""The installed `matcher` command: the library's commands, and the service's beside them."""

from __future__ import annotations

import typer

from matcher import cli
from service.commands import audit, key, serve, user


def build() -> typer.Typer:
    app = cli.build()
    for group in (serve, user, key, audit):
        group.register(app)
    return app


def main() -> None:
    """Entry point of the installed script."""
    cli.run(build())
