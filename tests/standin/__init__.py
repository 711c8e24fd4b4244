"""A stand-in for Discord on loopback: REST and gateway, with switches for trouble.

For what a simulated Discord inside the process cannot show: discord.py's own retries, reconnecting, real
sockets, overlapping interactions, and a bot that is a process of its own and can be killed.

    async with StandIn() as discord:                      # serves in this event loop
        async with logged_in(create_bot(...), discord):   # the real client, pointed at it
            card = await discord.slash("ana", "montage random")
            up = next(c["custom_id"] for c in walk(card.components) if c.get("label", "").startswith("Fired"))
            voted = await discord.click("ana", card, up)
            mended = await discord.submit("ben", "form:suggest:0", {"film": "Rocky", ...})

    async with StandIn() as discord, bot_process(discord, database) as process:
        await discord.connected()                         # the bot is another process: `python -m bot run`
        process.kill()                                    # SIGKILL

`python -m tests.standin` serves in a process of its own and prints its address.

Switches: `discord.trouble("/callback", status=429, retry_after=0.2, times=2)` for requests whose path
matches; `discord.token = "another"` answers 401; `discord.silent = True` stops heartbeats being
acknowledged; `discord.invalidate(...)` and `discord.hang_up(code)` end the session;
`discord.gateway.script.append(("identify", 4000))` has a connection to come go wrong at that step.
"""

from tests.pointed import TOKEN, point_at
from tests.standin.answer import Answer, walk
from tests.standin.running import bot_process, logged_in
from tests.standin.server import Sent, StandIn

__all__ = ["TOKEN", "Answer", "Sent", "StandIn", "bot_process", "logged_in", "point_at", "walk"]
