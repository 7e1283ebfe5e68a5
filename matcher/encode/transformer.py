"""Any bi-encoder and any cross-encoder of Sentence Transformers: a hub name, or a folder carried in by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from matcher.encode.errors import EncoderNotFound, RerankerNotFound, RerankerUnsuitable, TransformersMissing
from matcher.encode.protocol import Probabilities, Vectors, normalised


class TransformerEncoder:
    """`prompts` stand before texts, by "query" and "document"; without them the model's own do.

    Raises EncoderNotFound, TransformersMissing.
    sentence-transformers is imported when the first such encoder is made: it costs seconds and 440 MB.
    """

    def __init__(
        self, model: str, *, device: str | None = None, batch_size: int = 32, prompts: Mapping[str, str] | None = None
    ) -> None:
        self._batch_size = batch_size
        self._model = _load(model, device, dict(prompts or {}))
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


class CrossEncoderReranker:
    """Reads question and text together. Raises RerankerNotFound, RerankerUnsuitable, TransformersMissing."""

    def __init__(self, model: str, *, device: str | None = None, batch_size: int = 16) -> None:
        self._batch_size = batch_size
        self._model = _load_cross_encoder(model, device)
        if self._model.num_labels != 1:
            raise RerankerUnsuitable(model, self._model.num_labels)
        self._fingerprint = f"cross-encoder-{Path(model).name}-{_weights_digest(self._model)}"

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def probabilities(self, question: str, texts: Sequence[str]) -> Probabilities:
        if not texts:
            return np.zeros(0)
        pairs = [(question, text) for text in texts]
        # Some models' own last step is a sigmoid and some have none: the bare score is the same for all.
        scores = self._model.predict(
            pairs, batch_size=self._batch_size, show_progress_bar=False, activation_fn=lambda bare: bare
        )
        return np.asarray(1 / (1 + np.exp(-np.clip(np.asarray(scores, np.float64), -30, 30))), np.float64)


def _load(model: str, device: str | None, prompts: dict[str, str]) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise TransformersMissing from error
    try:
        return SentenceTransformer(model, device=device, prompts=prompts)
    except (OSError, ValueError, RuntimeError) as error:
        raise EncoderNotFound(model, _reason(error)) from error


def _load_cross_encoder(model: str, device: str | None) -> Any:
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise TransformersMissing from error
    try:
        return CrossEncoder(model, device=device)
    except (OSError, ValueError, RuntimeError) as error:
        raise RerankerNotFound(model, _reason(error)) from error


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else "原因不明"


def _weights_digest(model: Any) -> str:
    """A digest of every parameter and of the prompts, so that a model changed under the same name is another one."""
    digest = hashlib.sha256(repr(sorted(model.prompts.items())).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().view(-1).float().numpy().tobytes())
    return digest.hexdigest()[:16]
