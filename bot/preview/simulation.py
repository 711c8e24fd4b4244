"""Everything the preview needs of simcord that simcord does not promise: its private names stay in here.

Written against simcord 3.2.1, which `pyproject.toml` pins.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import discord
import simcord
from simcord.backend.access import can_access_message
from simcord.backend.cdn import CDN_BASE
from simcord.components import walk_components
from simcord.enums import SELECT_TYPES

_FIRST_NUMBER = 1000  # Discord numbers the parts of a message from 1, and there are forty at most


def seconds_behind(env: simcord.Env) -> float:
    """How far the simulated world's clock is behind the real one; it begins on the first of January 2026."""
    return (datetime.now(UTC) - env.now()).total_seconds()


def move_clock_to_now(env: simcord.Env) -> None:
    """Bring a world that has just been made to this moment."""
    env.backend.advance_clock(max(0.0, seconds_behind(env)))


def give_face(env: simcord.Env, bot: discord.Client, name: str, picture: bytes) -> dict[str, tuple[str, bytes]]:
    """Call the bot and its role `name`, and give it a picture; returns the assets that its page must be given."""
    if bot.user is None:
        raise RuntimeError("the bot has not logged in")
    user = env.backend.users[bot.user.id]
    for role in (role for guild in env.backend.guilds.values() for role in guild.roles.values()):
        role.name = name if role.name == user.name else role.name
    user.name, user.avatar = name, "montage"
    return {f"{CDN_BASE}/avatars/{user.id}/{user.avatar}.png": ("face.png", picture)}


def keep_address(page: simcord.Preview, key: str) -> None:
    """Use `key` in the page's address, instead of one that changes at every start."""
    page.capability = key


def mend_drawing(page: simcord.Preview) -> None:
    """Have the page show the newest message, and in every select what it stands at.

    By itself it stays where it is once a message comes while the box for commands shrinks, taking the reader for
    somebody who has scrolled up; it never loses sight of its target. And it keeps what was chosen in a select for
    whatever stands in that place later.
    """
    simulation: Any = page
    publish, shown, numbers = simulation._publish, dict[str, int](), count(_FIRST_NUMBER)

    def publish_mended(window: Any, **reason: Any) -> None:
        messages = list(simulation.env.backend.messages.get(window.channel_id, {}).values())
        newest = _newest(simulation.env, window, messages)
        if newest > shown.get(window.id, 0):
            window.target_id, window.window_end_id = newest, None
        shown[window.id] = newest
        for message in messages:
            _renew_selects(message, numbers)
        publish(window, **reason)

    simulation._publish = publish_mended


def _newest(env: Any, window: Any, messages: list[Any]) -> int:
    """The id of the newest message that the person at `window` may see; 0 if there is none."""
    seen = (
        message.id
        for message in reversed(messages)
        if can_access_message(env, window.channel_id, message, window.viewer, history=True)
    )
    return next(seen, 0)


def _renew_selects(message: Any, numbers: Iterator[int]) -> None:
    """Make each select another one, for the page, whenever it was sent anew: then its number is small again."""
    for component in walk_components(message.components):
        if component["type"] in SELECT_TYPES and component["id"] < _FIRST_NUMBER:
            component["id"] = next(numbers)


class Heart:
    """Lets the simulated world's time run with the real one."""

    def __init__(self, env: simcord.Env, page: simcord.Preview) -> None:
        self._env, self._page = env, page

    async def beat(self) -> None:
        """Catch up with the real clock; skipped while somebody acts.

        The page is drawn anew only when something happened by itself just then: it refuses what is pressed
        on a drawing that is not the latest, and an action draws its own effects.
        """
        page: Any = self._page
        behind = seconds_behind(self._env)
        if page._active_action is not None or behind <= 0:
            return
        happened = len(self._env.backend.transcript)
        try:
            await self._env.advance_time(behind)
            page._advance_presentation_time()  # what the page counts "3 minutes ago" from
            if len(self._env.backend.transcript) != happened:
                await self._page.refresh()
        except simcord.SetupError:
            return  # somebody pressed at this very moment: their action first
