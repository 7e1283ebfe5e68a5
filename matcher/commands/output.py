"""Where text goes: the screen, or a file written whole or not at all."""

import os
import tempfile
from pathlib import Path

import typer

from matcher.commands.errors import OutputUnwritable
from matcher.errors import reason_of


def emit(text: str, output: Path | None) -> None:
    """Prints the text, or writes it to `output` (UTF-8) atomically. Raises OutputUnwritable."""
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        handle, draft = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise OutputUnwritable(str(output), reason_of(error)) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        Path(draft).chmod(0o644)
        Path(draft).replace(output)
    except OSError as error:
        Path(draft).unlink(missing_ok=True)
        raise OutputUnwritable(str(output), reason_of(error)) from error
    typer.echo(f"已写入 {output}", err=True)
