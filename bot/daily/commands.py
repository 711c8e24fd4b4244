"""/montage today and /daily."""

from datetime import timedelta
from typing import Literal

import discord
from discord import app_commands

from bot import clock
from bot.catalogue import Filters
from bot.client import Interaction, MontageBot
from bot.daily import cards
from bot.daily.reading import minute_of, rhythm_typed, zone_typed
from bot.daily.resting import add_resting
from bot.daily.rhythm import rhythm_words
from bot.daily.schedule import start_of
from bot.daily.steps import guild_of, steps_for
from bot.daily.typed_rhythms import as_typed, offered_rhythms
from bot.daily.typed_zones import matching_zones, zone_label
from bot.errors import UserError
from bot.languages import N_, _
from bot.montages import AgainButton, montage_card
from bot.ui.answers import answers, notice, reply
from bot.ui.components import TextDisplay, choice
from bot.ui.context import guild_id_of
from bot.ui.filters import filtered
from bot.ui.speaking import publicly
from bot.ui.text import capital
from bot.ui.theme import GREEN

_NOTHING_TODAY = N_(
    "There is nothing to show today: what this server hides, and what its daily post asks for, leave no "
    "montage over. Somebody who manages the server can change that with `/settings`."
)


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add `/montage today` to its group, and `/daily`."""

    @montage.command(name="today", description="The montage of the day: one pick, the same for everybody here.")
    @answers
    async def today(interaction: Interaction) -> None:
        guild_id = guild_id_of(interaction)
        found, day, zone = await bot.services.today.now(guild_id, clock.moment(clock.now()))
        if found is None:
            raise UserError(_(_NOTHING_TODAY))
        tally, film = await bot.services.votes.tally(guild_id, found.id), bot.services.films.links(guild_id, found)
        won = bot.services.champions.since(guild_id, found.id)
        with await publicly(interaction):
            card = montage_card(found, tally, AgainButton(""), film=film, champion_since=won)
            heading = cards.today_heading(start_of(day + timedelta(days=1), zone))
            view = cards.with_heading(card, heading)
        await reply(interaction, view)

    daily = app_commands.Group(
        name="daily",
        description="A montage a day, posted by itself.",
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @daily.command(name="start", description="Post the montage of the day in a channel, every day at this time.")
    @app_commands.describe(
        channel="Where it is posted",
        time="When, by the clock on your wall: 18:30, or 6:30 pm",
        timezone="Start typing a big city near you, a country, or an offset like UTC+2",
        rhythm="On which days: every day, or “Mon, Wed, Fri”, “weekends”, “every 3 days”",
        role="A role to call with each post; nobody is called without it",
        thread="Open a thread under each post to talk about it",
    )
    @filtered
    @answers
    async def start(
        interaction: Interaction,
        channel: discord.TextChannel,
        time: app_commands.Range[str, 1, 20],
        timezone: app_commands.Range[str, 1, 60],
        filters: Filters,
        rhythm: app_commands.Range[str, 1, 60] = "every day",
        role: discord.Role | None = None,
        thread: bool = False,
    ) -> None:
        guild = guild_of(interaction)
        _daily, due = await bot.services.daily_posts.start(
            guild,
            channel_id=channel.id,
            minute=minute_of(time),
            timezone=zone_typed(timezone),
            filters=filters,
            role_id=role.id if role else None,
            thread=thread,
            rhythm=rhythm_typed(rhythm),
        )
        status = await bot.services.daily_posts.status(guild.id)
        await reply(interaction, cards.started(status, due), private=True)

    @start.autocomplete("timezone")
    async def zones(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        now = clock.moment(clock.now())
        made = [choice(zone_label(offer, now), offer.zone) for offer in matching_zones(typed)]
        return [one for one in made if one is not None]

    @start.autocomplete("rhythm")
    async def rhythms(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        made = [choice(capital(rhythm_words(one)), as_typed(one)) for one in offered_rhythms(typed)]
        return [one for one in made if one is not None]

    @daily.command(name="stop", description="No daily post any more.")
    @answers
    async def stop(interaction: Interaction) -> None:
        stopped = await bot.services.daily_posts.stop(guild_of(interaction).id)
        said = _("Stopped. The gym is quiet again.") if stopped else _("There was no daily post to stop.")
        await reply(interaction, notice(said, accent=GREEN), private=True)

    @daily.command(name="status", description="Where and when the daily post comes, and whether anything is wrong.")
    @answers
    async def status(interaction: Interaction) -> None:
        guild = guild_of(interaction)
        status = await bot.services.daily_posts.status(guild.id)
        await reply(interaction, cards.status_card(status, guild, *steps_for(status)), private=True)

    @daily.command(name="preview", description="See how a post looks. Only you see it, and nobody is called.")
    @app_commands.describe(of="Today's montage, or the week in montages as it would be now")
    @answers
    async def preview(
        interaction: Interaction, of: Literal["today's montage", "the week in montages"] = "today's montage"
    ) -> None:
        guild = guild_of(interaction)
        status = await bot.services.daily_posts.status(guild.id)
        if of == "the week in montages":
            await reply(interaction, await bot.services.week_poster.view(guild.id, status.today), private=True)
            return
        found, day, _zone = await bot.services.today.now(guild.id, clock.moment(clock.now()))
        if found is None:
            raise UserError(_(_NOTHING_TODAY))
        asked = status.daily
        role = guild.get_role(asked.role_id) if asked and asked.role_id else None
        view = await bot.services.daily_poster.post_view(guild.id, found, day, role.id if role else None)
        if note := cards.preview_note(asked, guild):
            view.add_item(TextDisplay(note))
        await reply(interaction, view, private=True)

    add_resting(bot, daily)
    bot.tree.add_command(daily)
