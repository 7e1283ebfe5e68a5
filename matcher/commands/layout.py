"""Lines that fit a terminal: Chinese characters are two columns wide, wrapped lines hang under their beginning."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator

from rich.cells import cell_len

_NARROWEST, _USUAL, _WIDEST = 60, 100, 120
# Latin words and numbers stay whole, an opening bracket stays with what follows it; else any character may end a line.
_PIECES = re.compile(r"[（【《“(]*(?:[0-9A-Za-z][0-9A-Za-z.,%/+-]*|\s|.)", re.DOTALL)
_NEVER_FIRST = "，。；：、！？）】》”’…,.;:!?)%"


# A line with the columns by which it is indented.
Line = tuple[int, str]


def laid_out(lines: Iterable[Line], width: int) -> str:
    """The lines wrapped at `width` columns."""
    return "".join(part + "\n" for indent, text in lines for part in wrapped(text, width, indent, hang=2))


def screen_width() -> int:
    """Columns of the terminal, in readable bounds; the usual width where there is none."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_USUAL, 24)).columns))


def wrapped(text: str, width: int, indent: int = 0, hang: int = 0) -> Iterator[str]:
    """The text in lines of at most `width` columns, the first indented, the following by `hang` more.

    A mark of punctuation never begins a line: it may stand one or two columns beyond the edge.
    """
    line, used = " " * indent, indent
    for piece in _PIECES.findall(text):
        wide = cell_len(piece)
        if used + wide > width and piece not in _NEVER_FIRST and line.strip():
            yield line.rstrip()
            line, used = " " * (indent + hang), indent + hang
            piece = piece.lstrip()
            wide = cell_len(piece)
        line, used = line + piece, used + wide
    yield line.rstrip()
