"""/montage today and /daily."""

from datetime import timedelta

import discord
from discord import app_commands

from bot import clock
from bot.catalogue import Filters
from bot.client import Interaction, MontageBot
from bot.daily import cards
from bot.daily.schedule import start_of
from bot.daily.zones import ZoneOffer, matching_zones, meanings, read_time, zone_label, zone_named
from bot.errors import UserError
from bot.guilds import require_manager
from bot.montages import montage_card
from bot.ui.answers import answers, notice, reply
from bot.ui.components import TextDisplay, choice
from bot.ui.context import guild_id_of
from bot.ui.filters import filtered
from bot.ui.text import clean, cut, escape
from bot.ui.theme import GREEN

# Characters of what was typed that are said back, and zones that are offered in words.
_TYPED_AT_MOST, _OFFERS_IN_WORDS = 60, 5
_NOTHING_TODAY = (
    "There is nothing to show today: what this server hides, and what its daily post asks for, leave no "
    "montage over. Somebody who manages the server can change that with `/settings`."
)


def _said(typed: str) -> str:
    return f"“{escape(cut(clean(typed), _TYPED_AT_MOST))}”"


def minute_of(typed: str) -> int:
    """The minute of the day that somebody typed. Raises UserError."""
    minute = read_time(typed)
    if minute is None:
        raise UserError(f"{_said(typed)} is no time I can set a clock by. Write it like `18:30` or `6:30 pm`.")
    return minute


def zone_typed(typed: str) -> str:
    """The time zone that somebody typed, as it is stored. Raises UserError, with what it may mean."""
    zone = zone_named(typed)
    if zone is not None:
        return zone
    said = _said(typed)
    meant = [ZoneOffer(zone) for zone in meanings(typed)]
    offers = meant or (matching_zones(typed, _OFFERS_IN_WORDS) if typed.strip() else [])
    if not offers:
        raise UserError(
            f"I know no time zone like {said}. Try a big city near you, like Paris, Mumbai or Lima, or `UTC+2`."
        )
    now = clock.moment(clock.now())
    asked = f"{said} is more than one clock." if meant else f"I know no time zone called {said}."
    which = "Which one is yours?" if len(offers) > 1 else "Is it this one?"
    lines = "\n".join(f"- {escape(zone_label(offer, now))}" for offer in offers)
    raise UserError(f"{asked} {which} Type its name as it stands here:\n{lines}")


def guild_of(interaction: Interaction) -> discord.Guild:
    """The server that a manager speaks for. Raises UserError for anybody else."""
    require_manager(interaction)
    if interaction.guild is None:
        raise UserError("I have to be a member of the server for that one.")
    return interaction.guild


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add `/montage today` to its group, and `/daily`."""

    @montage.command(name="today", description="The montage of the day: one pick, the same for everybody here.")
    @answers
    async def today(interaction: Interaction) -> None:
        guild_id = guild_id_of(interaction)
        found, day, zone = await bot.services.today.now(guild_id, clock.moment(clock.now()))
        if found is None:
            raise UserError(_NOTHING_TODAY)
        tally = await bot.services.votes.tally(guild_id, found.id)
        card = montage_card(found, tally, champion_since=bot.services.champions.since(guild_id, found.id))
        heading = cards.today_heading(start_of(day + timedelta(days=1), zone))
        await reply(interaction, cards.with_heading(card, heading))

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
        role: discord.Role | None = None,
        thread: bool = False,
    ) -> None:
        asked, due = await bot.services.daily_posts.start(
            guild_of(interaction),
            channel_id=channel.id,
            minute=minute_of(time),
            timezone=zone_typed(timezone),
            filters=filters,
            role_id=role.id if role else None,
            thread=thread,
        )
        await reply(interaction, cards.started(asked, due), private=True)

    @start.autocomplete("timezone")
    async def zones(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        now = clock.moment(clock.now())
        made = [choice(zone_label(offer, now), offer.zone) for offer in matching_zones(typed)]
        return [one for one in made if one is not None]

    @daily.command(name="stop", description="No daily post any more.")
    @answers
    async def stop(interaction: Interaction) -> None:
        stopped = await bot.services.daily_posts.stop(guild_of(interaction).id)
        said = "Stopped. The gym is quiet again." if stopped else "There was no daily post to stop."
        await reply(interaction, notice(said, accent=GREEN), private=True)

    @daily.command(name="status", description="Where and when the daily post comes, and whether anything is wrong.")
    @answers
    async def status(interaction: Interaction) -> None:
        guild = guild_of(interaction)
        await reply(interaction, cards.status(await bot.services.daily_posts.get(guild.id), guild), private=True)

    @daily.command(name="preview", description="See how today's post looks. Only you see it, and nobody is called.")
    @answers
    async def preview(interaction: Interaction) -> None:
        guild = guild_of(interaction)
        asked = await bot.services.daily_posts.get(guild.id)
        if asked is None:
            raise UserError(cards.status_text(None, guild))
        found, day, _ = await bot.services.today.now(guild.id, clock.moment(clock.now()))
        if found is None:
            raise UserError(_NOTHING_TODAY)
        role = guild.get_role(asked.role_id) if asked.role_id else None
        view = await bot.services.daily_poster.post_view(asked, found, day, role.id if role else None)
        if note := cards.preview_note(asked, guild):
            view.add_item(TextDisplay(note))
        await reply(interaction, view, private=True)

    bot.tree.add_command(daily)
