"""Pictures, drawn one at a time and off the event loop; the latest are kept."""

import asyncio

from bot.latest import Latest
from bot.stats.panels import Panel

# Pictures kept, of about 40 kB each: many people of a server ask for the same ones.
_KEPT = 48


class Pictures:
    """The one owner of drawn pictures."""

    def __init__(self) -> None:
        self._drawn: Latest[Panel, bytes] = Latest(_KEPT)
        self._drawing = asyncio.Lock()

    def is_ready(self, panel: Panel) -> bool:
        """Whether this one needs no drawing."""
        return panel in self._drawn

    async def of(self, panel: Panel) -> bytes:
        """The panel as a PNG."""
        async with self._drawing:
            drawn = self._drawn.get(panel)
            return drawn or self._drawn.put(panel, await asyncio.to_thread(_draw, panel))


def _draw(panel: Panel) -> bytes:
    from bot.stats.picture import draw  # noqa: PLC0415 - matplotlib is large: only for those who look

    return draw(panel)
