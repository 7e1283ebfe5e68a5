"""The built-in bilingual static model, read by model2vec: no torch, ready in half a second."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from model2vec import StaticModel
from scipy.sparse import csr_matrix

from matcher.encode.errors import DimensionsInvalid, EncoderNotFound
from matcher.encode.protocol import Vectors, normalised
from matcher.encode.static_model import digest, missing_file

_BATCH = 1024


class BuiltinEncoder:
    """`folder` is in Sentence Transformers' own format; `dimensions` keeps the first ones (Matryoshka).

    Raises EncoderNotFound, DimensionsInvalid.
    """

    def __init__(self, folder: Path, dimensions: int | None = None) -> None:
        if missing := missing_file(folder):
            raise EncoderNotFound(str(folder), f"缺少文件 {missing}")
        model = StaticModel.from_pretrained(folder, max_length=None, normalize=False, force_download=False)
        if dimensions is not None and not 0 < dimensions <= model.dim:
            raise DimensionsInvalid(dimensions, model.dim)
        self._model = model
        self._dimensions = dimensions or int(model.dim)
        # Sums in half precision are three times slower, and rounded.
        self._table = np.asarray(model.embedding[:, : self._dimensions], np.float32)
        self._digest = digest(folder)

    @property
    def fingerprint(self) -> str:
        return f"builtin-{self._digest}-{self._dimensions}"

    @property
    def dimensions(self) -> int:
        return self._dimensions

    @property
    def table(self) -> Vectors:
        """(pieces, dimensions): a text has the direction of the sum of its pieces."""
        return self._table

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        rows = [self._sums(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return normalised(np.concatenate([np.zeros((0, self._dimensions), np.float32), *rows]))

    def _sums(self, texts: Sequence[str]) -> Vectors:
        """The sum of each text's pieces, which has the direction of their mean."""
        return np.asarray(self.piece_counts(texts) @ self._table, np.float32)

    def piece_counts(self, texts: Sequence[str]) -> csr_matrix:
        """(len(texts), pieces): how often each piece stands in each text."""
        pieces = self._model.tokenize(list(texts))
        ends = np.cumsum([0, *map(len, pieces)])
        ids = np.fromiter(chain.from_iterable(pieces), np.int64, count=int(ends[-1]))
        return csr_matrix((np.ones(len(ids), np.float32), ids, ends), shape=(len(texts), len(self._table)))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_documents(texts)
