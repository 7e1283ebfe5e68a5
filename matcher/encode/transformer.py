"""Any Sentence Transformers bi-encoder: a hub or ModelScope name, or a folder carried in by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from matcher.encode.errors import EncoderNotFound, TransformersMissing
from matcher.encode.protocol import Vectors, normalised


class TransformerEncoder:
    """Queries and documents are encoded with the model's own prompts. Raises EncoderNotFound, TransformersMissing.

    sentence-transformers is imported when the first such encoder is made: it costs seconds and 440 MB.
    """

    def __init__(self, model: str, *, device: str | None = None, batch_size: int = 32) -> None:
        self._name = model
        self._batch_size = batch_size
        self._model = _load(model, device)
        self._fingerprint = f"transformer-{Path(model).name}-{_weights_digest(self._model)}"

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension())

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._rows(self._model.encode_document, texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._rows(self._model.encode_query, texts)

    def _rows(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        rows = encode(list(texts), batch_size=self._batch_size, show_progress_bar=False, convert_to_numpy=True)
        return normalised(np.asarray(rows, np.float32))


def _load(model: str, device: str | None) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise TransformersMissing from error
    try:
        return SentenceTransformer(model, device=device)
    except (OSError, ValueError, RuntimeError) as error:
        raise EncoderNotFound(model, str(error).splitlines()[0][:200] if str(error) else "原因不明") from error


def _weights_digest(model: Any) -> str:
    """A digest of every parameter and of the prompts, so that a model changed under the same name is another one."""
    digest = hashlib.sha256(repr(sorted(model.prompts.items())).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().view(-1).float().numpy().tobytes())
    return digest.hexdigest()[:16]
