"""The bundled bank of questions: what firms with the problem of some paper would say, written for this project."""

import json
from pathlib import Path


def read_query_bank(path: Path) -> tuple[str, ...]:
    """Each line's title `b` and problem `a` as one text, as a questionnaire holds them."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(f"{row['b']}\n{row['a']}" for row in rows)
