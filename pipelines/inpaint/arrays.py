"""The kinds of arrays that inpainting works on; rows first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Colours = NDArray[np.uint8]
"""(h, w, 3), 8 bits a channel, RGB."""

Grey = NDArray[np.uint8]
"""(h, w), 8 bits: a mask as it is painted."""

Shares = NDArray[np.float32]
"""(h, w), from 0 to 1."""

Flags = NDArray[np.bool_]
"""(h, w), where something is."""

Floats = NDArray[np.float32]
"""Numbers of any shape; the docstring says which."""

Corners = NDArray[np.intp]
"""(n, 2), rows and columns."""
