"""The gap's way down, as a line of blocks."""

from collections.abc import Sequence
from math import log10

BLOCKS = "▁▂▃▄▅▆▇█"
LEAST = 1e-5


def gap_chart(gaps: Sequence[float], width: int) -> str:
    """The last `width` gaps as blocks on a logarithmic scale from the least to the greatest of all gaps so far."""
    if not gaps:
        return ""
    levels = [log10(max(LEAST, gap)) for gap in gaps]
    low, high = min(levels), max(levels)
    span = high - low or 1.0
    return "".join(BLOCKS[round((level - low) / span * (len(BLOCKS) - 1))] for level in levels[-width:])
