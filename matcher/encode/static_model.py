"""A static model's folder, in Sentence Transformers' own format: the table of another one and everything else of it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

TABLE, TOKENIZER = "model.safetensors", "tokenizer.json"
_CARD = "README.md"


def missing_file(folder: Path) -> str:
    """The name of the first file that a model needs and the folder lacks, else ""."""
    return next((name for name in (TABLE, TOKENIZER) if not (folder / name).is_file()), "")


def digest(folder: Path) -> str:
    """Of everything that decides vectors."""
    found = hashlib.sha256()
    for name in (TABLE, TOKENIZER):
        with (folder / name).open("rb") as stream:
            found.update(hashlib.file_digest(stream, "sha256").digest())
    return found.hexdigest()[:16]


def save_with_table(table: NDArray[np.float32], base: Path, folder: Path, card: str) -> None:
    """Writes into `folder` the model `base` with `table` (pieces, d) in half precision, and a model card."""
    for path in base.iterdir():
        if path.is_file() and path.name not in (TABLE, _CARD):
            shutil.copyfile(path, folder / path.name)
    (name,) = load_file(base / TABLE)
    save_file({name: table.astype(np.float16)}, folder / TABLE)
    (folder / _CARD).write_text(card, encoding="utf-8")
