"""Opening the club: the server, what has happened in it, and what stands in its channel."""

import simcord

from bot import clock
from bot.client import MontageBot
from bot.errors import StartError
from bot.languages import language_for, speaking
from bot.preview.channel import put_up
from bot.preview.club import begin_blank, kept_in, live_on
from bot.preview.simulation import move_clock_to, real_time
from bot.preview.welcome import first_message
from bot.preview.world import World, make_world
from bot.suggestions import Suggestion
from bot.ui.speaking import in_server

# What is known of films is asked before anything is put up, and so long ago that it still holds today.
_ASKED_BEFORE = 29 * clock.DAY


async def open_club(env: simcord.Env, bot: MontageBot, *, empty: bool, locale: str = "en-US") -> World:
    """What the database holds, or else a club that lives or (`empty`) a blank one. Raises StartError.
    The world's clock shows the real time when this returns.
    """
    kept = await kept_in(bot.database)
    if empty and kept is not None and kept.founded_at is not None:
        raise StartError(
            f"{bot.settings.database} holds a club that lives. Add --fresh for a blank one in its place, or choose "
            "another file with --database."
        )
    blank = empty or (kept is not None and kept.founded_at is None)
    with speaking(language_for(locale)):
        world, now = make_world(env, blank=blank, locale=locale), real_time()
    if blank:
        await begin_blank(bot, world.guild_id)
    else:
        await live_on(bot, world.ids, now, kept)
    if pictures := bot.services.films.client is not None:
        move_clock_to(env, now - _ASKED_BEFORE)
        await _ask_about_films(bot, world.guild_id)
    close = await _one_vote_short(bot, world.guild_id)
    with await in_server(bot, world.guild_id):
        greeting = first_message(close, blank=blank, pictures=pictures)
        await put_up(env, bot, world, now, greeting)
    return world


async def _ask_about_films(bot: MontageBot, guild_id: int) -> None:
    """Have everything known that cards will show: the shipped films, and those of suggestions."""
    films = bot.services.films
    await films.routine.stop()
    for suggestion in await bot.services.suggestions.in_states(guild_id, "open", "accepted"):
        films.links(guild_id, suggestion.as_montage(""))
    await films.turn()
    await films.routine.start()


async def _one_vote_short(bot: MontageBot, guild_id: int) -> Suggestion | None:
    margin = (await bot.services.guild_settings.get(guild_id)).margin
    for suggestion in await bot.services.suggestions.in_states(guild_id, "open"):
        tally = await bot.services.votes.tally(guild_id, suggestion.montage_id)
        if tally.up - tally.down == margin - 1:
            return suggestion
    return None
