"""Sentences of a questionnaire or an abstract."""

import re

_END = re.compile(r"(?<=[。！？!?；;])|\n+|(?<=[a-z]\.)\s+(?=[A-Z])")
_SHORT = 6


def sentences(text: str) -> list[str]:
    """Sentences in order; a scrap of fewer than six characters joins the sentence before it.

    >>> sentences("开春地皮泛白，结一层壳。玉米出苗只有三四成；浇井水越浇越白。")
    ['开春地皮泛白，结一层壳。', '玉米出苗只有三四成；', '浇井水越浇越白。']
    """
    parts: list[str] = []
    for part in (piece.strip() for piece in _END.split(text)):
        if part and parts and len(part) < _SHORT:
            parts[-1] += part
        elif part:
            parts.append(part)
    return parts
