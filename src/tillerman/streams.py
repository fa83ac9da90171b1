"""Random streams: one seed enters a study, and each use draws from a stream named after itself."""

from __future__ import annotations

from hashlib import sha256

import numpy as np


def stream(seed: int, name: str) -> np.random.Generator:
    """A generator for one named use: the same seed and name always give the same numbers, whatever else is drawn."""
    digest = sha256(f"{seed}/{name}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
