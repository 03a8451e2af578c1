"""Exact nearest neighbours under a filter: FAISS's flat index with a bitmap of the rows allowed."""

import faiss
import numpy as np
from numpy.typing import NDArray


class ExactIndex:
    """Vectors by row number; a replaced row is appended anew and its old row marked dead."""

    def __init__(self, dimensions: int) -> None:
        """Hold vectors of that many dimensions."""
        self._index = faiss.IndexFlatIP(dimensions)
        self._live = np.zeros(0, np.bool_)

    @property
    def rows(self) -> int:
        """Return how many rows there are, the dead ones too."""
        return int(self._index.ntotal)

    def add(self, vectors: NDArray[np.float32]) -> range:
        """Append vectors (n × dimensions, unit length) and return their row numbers."""
        first = self.rows
        self._index.add(np.ascontiguousarray(vectors, np.float32))
        self._live = np.concatenate([self._live, np.ones(len(vectors), np.bool_)])
        return range(first, self.rows)

    def retire(self, row: int) -> None:
        """Never find this row again."""
        self._live[row] = False

    def search(
        self, vector: NDArray[np.float32], k: int, mask: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return (rows, cosines), best first, of the k nearest among live rows that `mask` allows.

        Exact: costs one inner product an allowed row.
        """
        allowed = self._live if mask is None else self._live & mask
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
