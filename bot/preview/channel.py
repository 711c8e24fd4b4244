"""What stands in the channel when somebody opens the page: put up anew at each start, everything at its own time.

The simulated Discord forgets all messages when it ends; the database remembers what they were about.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import NamedTuple

import discord
import simcord

from bot import clock
from bot.aliases import Coro
from bot.bracket import RoundStore
from bot.bracket.delivery import nonce_of as nonce_of_round
from bot.client import MontageBot
from bot.daily import DailyStore, day_at, nonce_of, upcoming, wall_clock, zone_of
from bot.preview.members import MEMBERS
from bot.preview.simulation import move_clock_to, say
from bot.preview.stories import CHATTER
from bot.preview.world import World
from bot.suggestions import Suggestion

# Suggestions that are decided keep their card for so long; who scrolls up further finds nothing new.
_DECIDED_SHOWN = 14 * clock.DAY


class _Message(NamedTuple):
    """Something to put up, and when that was."""

    at: int
    send: Callable[[], Coro[None]]


async def put_up(env: simcord.Env, bot: MontageBot, world: World, now: int, welcome: discord.ui.LayoutView) -> None:
    """Cards, the daily post, a little chatter and the welcome, the oldest first; the clock is `now` afterwards."""
    messages = [
        *await _cards(bot, world, now),
        *await _daily_post(bot, world, now),
        *await _bracket_round(bot, world),
        *_chatter(env, world, now),
    ]
    for message in sorted(messages, key=lambda message: message.at):
        move_clock_to(env, message.at)
        await message.send()
    move_clock_to(env, now)
    await bot.services.bracket_delivery.turn()  # a round that has ended meanwhile is not to push the welcome away
    await bot.get_partial_messageable(world.channel.id).send(view=welcome)


async def _cards(bot: MontageBot, world: World, now: int) -> list[_Message]:
    """The cards of suggestions; all others know that they have none any more."""
    store, messages = bot.services.suggestions, []
    for suggestion in await store.in_states(world.guild_id):
        fresh = now - suggestion.created_at < _DECIDED_SHOWN
        if suggestion.state == "open" or (fresh and suggestion.state in ("accepted", "declined")):
            messages.append(_Message(suggestion.created_at, partial(_put_up_card, bot, world, suggestion)))
        elif suggestion.message_id is not None:
            await store.posted(suggestion.id, suggestion.channel_id or world.channel.id, None)
    return messages


async def _put_up_card(bot: MontageBot, world: World, suggestion: Suggestion) -> None:
    card = await bot.services.publisher.card(suggestion)
    card.stop()
    channel_id = suggestion.channel_id or world.channel.id
    message = await bot.get_partial_messageable(channel_id).send(view=card)
    await bot.services.publisher.record_card(suggestion, channel_id, message.id)


async def _daily_post(bot: MontageBot, world: World, now: int) -> list[_Message]:
    """The latest post that is due, as it was made or would have been."""
    daily = await DailyStore(bot.database).get(world.guild_id)
    if daily is None or daily.filters is None:
        return []
    zone, moment = zone_of(daily.timezone), clock.moment(now)
    day = day_at(moment, zone)
    if (at := wall_clock(day, daily.minute, zone)) > moment:
        day -= timedelta(days=1)
        at = wall_clock(day, daily.minute, zone)

    async def send() -> None:
        store = DailyStore(bot.database)
        montage = await bot.services.today.pick_for(world.guild_id, day, daily.readable_filters)
        if montage is None:
            return
        nonce = nonce_of(world.guild_id, day)
        message = await bot.services.daily_poster.post(daily, montage, day, nonce)
        await store.claim(world.guild_id, day, clock.now())
        await store.done(daily, day, message, upcoming(moment, daily.minute, zone))

    return [_Message(clock.milliseconds(at), send)]


async def _bracket_round(bot: MontageBot, world: World) -> list[_Message]:
    """The post of the round that is open, if it stood in the channel."""
    store = bot.services.bracket_store
    bracket = await store.running(world.guild_id)
    post = await store.post(bracket) if bracket else None
    if bracket is None or post is None or post.claim.message_id is None:
        return []
    opened = post.claim.claimed_at

    async def send() -> None:
        message = await bot.services.bracket_poster.post(bracket, opened, post.ends_at, nonce_of_round(bracket))
        await RoundStore(bot.database).done(bracket, message)

    return [_Message(opened, send)]


async def _say(env: simcord.Env, world: World, member: simcord.MemberActor, words: str) -> None:
    say(env, world.channel, member, words)


def _chatter(env: simcord.Env, world: World, now: int) -> Iterator[_Message]:
    by_name = dict(zip((member.name for member in MEMBERS), world.members, strict=False))
    for days, name, words in CHATTER:
        if name in by_name:  # nobody is made up in a blank club
            yield _Message(now - int(days * clock.DAY), partial(_say, env, world, by_name[name], words))
