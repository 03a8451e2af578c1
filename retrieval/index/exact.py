"""Exact nearest neighbours under a filter: FAISS's flat index with a bitmap of the rows allowed."""

import faiss
import numpy as np
from numpy.typing import NDArray


class ExactIndex:
    """Vectors by row number; a changed one is written over the old."""

    def __init__(self, dimensions: int) -> None:
        """Hold vectors of that many dimensions."""
        self._index = faiss.IndexFlatIP(dimensions)

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return int(self._index.ntotal)

    def add(self, vectors: NDArray[np.float32]) -> range:
        """Append vectors (n × dimensions, unit length) and return their row numbers."""
        first = self.rows
        self._index.add(np.ascontiguousarray(vectors, np.float32))
        return range(first, self.rows)

    def replace(self, row: int, vector: NDArray[np.float32]) -> None:
        """Put another vector in a row's place."""
        held = faiss.rev_swig_ptr(self._index.get_xb(), self.rows * self._index.d)
        held.reshape(self.rows, self._index.d)[row] = vector

    def search(
        self, vector: NDArray[np.float32], k: int, mask: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return (rows, cosines), best first, of the k nearest among the rows that `mask` allows.

        Exact: costs one inner product an allowed row.
        """
        allowed = np.ones(self.rows, np.bool_) if mask is None else mask
        k = min(k, int(np.count_nonzero(allowed)))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(bits)
        cosines, rows = self._index.search(
            np.ascontiguousarray(vector[None], np.float32),
            k,
            params=faiss.SearchParameters(sel=selector),
        )
        return rows[0], cosines[0]
