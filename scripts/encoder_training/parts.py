"""What pieces share: characters, shorter words and word ends inside them, and the themes of their distribution.

A piece's trained vector is its own plus those of its parts, so that a rare piece learns from its kin (盐碱地 from 盐碱)
and a firm's word from the papers' words of the same theme. The sum is folded into the table that ships.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import MiniBatchKMeans

_THEME_SIZES = (3000, 500)  # fine and coarse
_THEME_WEIGHT = 0.7
_STARTS, _END = (4, 5, 6, 8), 4  # letters kept of an English word's beginning and end


def shared_parts(pieces: Sequence[str], start: NDArray[np.float32], seed: int) -> csr_matrix:
    """(pieces, parts): the weight of each part in each piece; `start` (pieces, d) tells the themes."""
    return hstack([_spelling(pieces), _THEME_WEIGHT * _themes(start, seed)]).tocsr().astype(np.float32)


def _spelling(pieces: Sequence[str]) -> csr_matrix:
    """Parts that at least two pieces have."""
    known, numbers = set(pieces), dict[str, int]()
    rows, columns = [], []
    for row, piece in enumerate(pieces):
        for part in _parts(piece, known):
            rows.append(row)
            columns.append(numbers.setdefault(part, len(numbers)))
    shape = (len(pieces), len(numbers))
    matrix = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    return matrix[:, np.bincount(matrix.indices, minlength=len(numbers)) > 1]


def _parts(piece: str, known: set[str]) -> Iterator[str]:
    if all("\u4e00" <= character <= "\u9fff" for character in piece):
        yield from piece
        for size in range(2, min(4, len(piece))):
            words = (piece[at : at + size] for at in range(len(piece) - size + 1))
            yield from (word for word in words if word in known)
    elif piece.isascii() and piece.isalpha() and len(piece) >= _END:
        yield from (f"^{piece[:size]}" for size in _STARTS if len(piece) >= size)
        yield f"{piece[-_END:]}$"


def _themes(start: NDArray[np.float32], seed: int) -> csr_matrix:
    """The cluster of each piece by the direction of its starting vector, at each of the sizes."""
    lengths = np.linalg.norm(start, axis=1)
    rows = np.flatnonzero(lengths > 1e-6)
    directions = start[rows] / lengths[rows, None]
    return hstack([_clusters(directions, rows, len(start), size, seed) for size in _THEME_SIZES])


def _clusters(
    directions: NDArray[np.float32], rows: NDArray[np.int64], pieces: int, size: int, seed: int
) -> csr_matrix:
    size = min(size, len(rows))
    found = MiniBatchKMeans(size, random_state=seed, batch_size=8192, n_init=1, max_iter=10).fit_predict(directions)
    return csr_matrix((np.ones(len(rows), np.float32), (rows, found)), shape=(pieces, size))
