"""Pictures as arrays: rows of pixels of 8 bits, one grey value or red, green and blue each."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

Pixels = npt.NDArray[Any]
Quad = npt.NDArray[Any]
"""Four corners in pixels: top-left, top-right, bottom-right, bottom-left."""
