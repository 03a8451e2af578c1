"""What search needs of an index of vectors: whoever implements this can stand behind it."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class VectorIndex(Protocol):
    """Unit vectors by row number; rows are numbered from zero without gaps."""

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        ...

    def add(self, vectors: NDArray[np.float32]) -> range:
        """Append vectors (n × dimensions, unit length) and return their row numbers."""
        ...

    def replace(self, row: int, vector: NDArray[np.float32]) -> None:
        """Put another vector in a row's place."""
        ...

    def search(
        self, vector: NDArray[np.float32], k: int, mask: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return (rows, cosines), best first, of the k nearest among the rows that `mask` allows."""
        ...
