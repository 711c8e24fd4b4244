"""Pictures, drawn one at a time and off the event loop; the latest are kept."""

import asyncio
from collections import OrderedDict

from bot.stats.panels import Panel

# Pictures kept, of about 100 kB each: many people of a server ask for the same one.
_KEPT = 16


class Pictures:
    """The one owner of drawn pictures."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[tuple[Panel, ...], bytes] = OrderedDict()
        self._drawing = asyncio.Lock()

    def is_ready(self, panels: tuple[Panel, ...]) -> bool:
        """Whether this one needs no drawing."""
        return panels in self._drawn

    async def of(self, panels: tuple[Panel, ...]) -> bytes:
        """The panels as a PNG."""
        async with self._drawing:
            if panels not in self._drawn:
                self._drawn[panels] = await asyncio.to_thread(_draw, panels)
                while len(self._drawn) > _KEPT:
                    self._drawn.popitem(last=False)
            self._drawn.move_to_end(panels)
            return self._drawn[panels]


def _draw(panels: tuple[Panel, ...]) -> bytes:
    from bot.stats.picture import draw  # noqa: PLC0415 - matplotlib is large: only for those who look

    return draw(panels)
