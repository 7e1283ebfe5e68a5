"""Exact search by inner product over vectors in half precision; the one door to faiss."""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from matcher.index.protocol import Scores, Vectors

Half = NDArray[np.float16]
Flags = NDArray[np.bool_]
Longs = NDArray[np.int64]

# Half to single precision by bits: exponents differ by 112. Five times as fast as numpy's astype.
_SIGN_AND_REST = np.int32(-0x70002000)
_EXPONENT_SHIFT = np.float32(2.0**112)


class DenseRows:
    """Rows (n, d) that never change; faiss keeps the only copy."""

    def __init__(self, rows: Half) -> None:
        kind = faiss.ScalarQuantizer.QT_fp16
        self._faiss = faiss.IndexScalarQuantizer(rows.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        if len(rows):
            self._faiss.add_sa_codes(np.ascontiguousarray(rows).view(np.uint8))

    @property
    def rows(self) -> Half:
        """All rows (n, d), a view."""
        count, width = self._faiss.ntotal, self._faiss.d
        if not count:
            return np.zeros((0, width), np.float16)
        codes = faiss.rev_swig_ptr(self._faiss.codes.data(), count * width * 2)
        return codes.view(np.float16).reshape(count, width)

    def take(self, places: Longs) -> Vectors:
        """The rows at `places` (n, d) in single precision."""
        return widen(self.rows[places])

    def nearest(self, vector: Vectors, count: int, live: Flags | None) -> tuple[Longs, Scores]:
        """Places and inner products of the best rows, best first; only rows marked `live` (all when None)."""
        count = min(count, self._faiss.ntotal)
        if count <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        # Waking a second thread for one query costs more than it brings; the setting holds for this thread only.
        faiss.omp_set_num_threads(1)
        query = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
        scores, places = self._faiss.search(query, count, params=_only(live))
        found = places[0] >= 0
        return places[0][found], scores[0][found]


def narrow(vectors: Vectors) -> Half:
    """To half precision, which is how vectors are kept."""
    return np.asarray(vectors, np.float32).astype(np.float16)


def widen(rows: Half) -> Vectors:
    """To single precision, exactly (no infinities, no NaN)."""
    bits = rows.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= _SIGN_AND_REST
    wide = bits.view(np.float32)
    wide *= _EXPONENT_SHIFT
    return wide


def _only(live: Flags | None) -> Any:
    if live is None:
        return None
    # The stubs of faiss know only the C++ signatures.
    selector: Any = faiss.IDSelectorBitmap
    parameters: Any = faiss.SearchParameters
    return parameters(sel=selector(np.packbits(live, bitorder="little")))
