"""/daily pause, skip and week: what interrupts the rhythm, and what comes once a week."""

from typing import Literal

from discord import app_commands

from bot.client import Interaction, MontageBot
from bot.daily import cards
from bot.daily.reading import date_typed
from bot.daily.steps import DailyStep, guild_of, skipped_view
from bot.daily.typed_dates import offered_dates
from bot.languages import _
from bot.ui.answers import answers, notice, reply
from bot.ui.components import choice
from bot.ui.dates import WEEKDAYS
from bot.ui.theme import GREEN

_Day = Literal["never", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def add_resting(bot: MontageBot, daily: app_commands.Group) -> None:
    """Add the three to the group `/daily`."""

    @daily.command(name="pause", description="No daily post until a day you name; then it begins again by itself.")
    @app_commands.describe(until="The day it begins again: “24 December”, “Monday”, “2 weeks”")
    @answers
    async def pause(interaction: Interaction, until: app_commands.Range[str, 1, 40]) -> None:
        posts, guild = bot.services.daily_posts, guild_of(interaction)
        day = date_typed(until, await posts.today(guild.id))
        _daily, due = await posts.pause(guild.id, day)
        await reply(interaction, cards.paused(day, due, DailyStep("resume", "here")), private=True)

    @pause.autocomplete("until")
    async def days(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        today = await bot.services.daily_posts.today(interaction.guild_id or 0)
        made = [choice(words, day.isoformat()) for words, day in offered_dates(typed, today)]
        return [one for one in made if one is not None]

    @daily.command(name="skip", description="No daily post today. The days after go on as before.")
    @answers
    async def skip(interaction: Interaction) -> None:
        done = await bot.services.daily_posts.skip(guild_of(interaction).id)
        await reply(interaction, skipped_view(done), private=True)

    @daily.command(name="week", description="The week in montages: once a week, what was loved and what is new.")
    @app_commands.describe(day="On which day of the week it is posted, or never")
    @answers
    async def week(interaction: Interaction, day: _Day) -> None:
        posts, guild = bot.services.daily_posts, guild_of(interaction)
        if day == "never":
            await posts.stop_week(guild.id)
            await reply(interaction, notice(_("No week in montages, then."), accent=GREEN), private=True)
            return
        wanted = await posts.start_week(guild, WEEKDAYS.index(day))
        await reply(interaction, cards.week_wanted(wanted), private=True)
