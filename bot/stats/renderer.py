"""Pictures, drawn one at a time and off the event loop; the latest are kept."""

import asyncio

from cachetools import LRUCache

from bot.languages import language
from bot.stats.charts import Chart

# Pictures kept, of about 40 kB each, 75 ms to draw: many people of a server ask for the same ones.
_KEPT = 48


class ChartRenderer:
    """The one owner of drawn pictures."""

    def __init__(self) -> None:
        self._drawn: LRUCache[tuple[str, Chart], bytes] = LRUCache(_KEPT)
        self._drawing = asyncio.Lock()

    def is_ready(self, chart: Chart) -> bool:
        """Whether this one needs no drawing."""
        return (language(), chart) in self._drawn

    async def render(self, chart: Chart) -> bytes:
        """The panel as a PNG."""
        async with self._drawing:
            key = language(), chart
            drawn = self._drawn.get(key)
            if drawn is None:
                drawn = self._drawn[key] = await asyncio.to_thread(_draw, chart)
            return drawn


def _draw(chart: Chart) -> bytes:
    from bot.stats.drawing import draw  # noqa: PLC0415 - matplotlib is large: only for those who look

    return draw(chart)
