"""The daily post's page of the settings panel."""

from collections.abc import Sequence
from typing import Unpack

import discord

from bot.catalogue import Filters
from bot.client import Interaction, MontageBot
from bot.daily.cards import refused_form, status_text
from bot.daily.posts import Changes, DailyStatus
from bot.daily.reading import date_typed, minute_of, rhythm_typed, zone_typed
from bot.daily.rhythm import EVERY_DAY
from bot.daily.steps import PAGE, DailyStep, guild_of, steps_for
from bot.daily.store import Daily
from bot.daily.typed_rhythms import as_typed, rhythm_examples
from bot.daily.typed_times import show_time
from bot.daily.zones import zone_words
from bot.errors import UserError
from bot.guilds import ELSEWHERE, SettingsPage, toggle
from bot.languages import N_, _, apart
from bot.ui.answers import ask, reply
from bot.ui.components import ActionRow, Button, ChannelSelect, Item, RoleSelect, Select, TextDisplay, option
from bot.ui.forms import form, text_field
from bot.ui.persistent import PersistentItem, chosen
from bot.ui.registries import Values
from bot.ui.text import number_in

# Characters that the fields of the form take: together with its name they fit into the button that fills it again.
_TIME_AT_MOST, _ZONE_AT_MOST, _RHYTHM_AT_MOST, _UNTIL_AT_MOST = 12, 36, 36, 40
_NEVER = "never"


async def _change(interaction: Interaction, **changes: Unpack[Changes]) -> None:
    await interaction.client.services.daily_posts.change(guild_of(interaction), **changes)
    await interaction.client.services.settings_panel.show(interaction, PAGE)


class DailyChannel(PersistentItem[ChannelSelect], template=r"daily:channel"):
    """Where it is posted."""

    def __init__(self, channel_id: int | None = None) -> None:
        chosen = [discord.SelectDefaultValue.from_channel(discord.Object(channel_id))] if channel_id else []
        super().__init__(
            ChannelSelect(
                custom_id="daily:channel",
                channel_types=[discord.ChannelType.text, discord.ChannelType.news],
                placeholder=_("Where it is posted"),
                default_values=chosen,
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        await _change(interaction, channel_id=number_in(chosen(interaction)) or 0)


class DailyRole(PersistentItem[RoleSelect], template=r"daily:role"):
    """Whom it calls."""

    def __init__(self, role_id: int | None = None) -> None:
        chosen = [discord.SelectDefaultValue.from_role(discord.Object(role_id))] if role_id else []
        super().__init__(
            RoleSelect(
                custom_id="daily:role",
                placeholder=_("Whom to call: nobody"),
                min_values=0,
                default_values=chosen,
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        await _change(interaction, role_id=number_in(chosen(interaction)))


class DailyThread(PersistentItem[Button], template=r"daily:thread:(?P<to>on|off)"):
    """Whether a thread is opened under each post."""

    def __init__(self, to: str) -> None:
        self.to = to
        label = _("Open a thread under each") if to == "on" else _("No threads")
        super().__init__(Button(label=label, custom_id=f"daily:thread:{to}"))

    async def on_press(self, interaction: Interaction) -> None:
        await _change(interaction, thread=self.to == "on")


class DailyTime(PersistentItem[Button], template=r"daily:time(?::(?P<typed>[\s\S]*))?"):
    """Opens the form with the time, its zone and the rhythm, which begins the post where there is none.

    `typed`: what was typed before and could not be taken, to be mended.
    """

    def __init__(self, typed: str | None = None, label: str = "") -> None:
        self.typed = typed
        custom_id = "daily:time" if typed is None else f"daily:time:{typed}"
        super().__init__(
            Button(
                label=label or _("Change the time or the days"),
                style=discord.ButtonStyle.primary,
                custom_id=custom_id,
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        daily = await interaction.client.services.daily_posts.get(guild_of(interaction).id)
        time, timezone, rhythm = "", "", as_typed(EVERY_DAY)
        if self.typed is not None:
            time, timezone, rhythm = (*self.typed.split("|"), "", "")[:3]
        elif daily is not None:
            time, timezone = show_time(daily.minute), zone_words(daily.timezone)
            rhythm = as_typed(daily.rhythm)
        modal = form("daily-time", "", _("When the montage comes"))
        modal.add_item(text_field("time", _("Time of day"), _TIME_AT_MOST, typed=time, hint=_("18:30, or 6:30 pm")))
        modal.add_item(
            text_field(
                "timezone",
                _("A big city in your time zone"),
                _ZONE_AT_MOST,
                typed=timezone,
                hint=_("Berlin, Mumbai, New York, or UTC+2"),
            )
        )
        modal.add_item(
            text_field(
                "rhythm",
                _("On which days"),
                _RHYTHM_AT_MOST,
                typed=rhythm,
                hint=apart(rhythm_examples()),
            )
        )
        await ask(interaction, modal)


class DailyPause(PersistentItem[Button], template=r"daily:pause(?::(?P<typed>[\s\S]*))?"):
    """Opens the form that asks until when there is no post; `typed` as in `DailyTime`."""

    def __init__(self, typed: str | None = None, label: str = "…") -> None:
        self.typed = typed
        custom_id = "daily:pause" if typed is None else f"daily:pause:{typed}"
        super().__init__(Button(label=label, custom_id=custom_id))

    async def on_press(self, interaction: Interaction) -> None:
        guild_of(interaction)
        modal = form("daily-pause", "", _("A pause"))
        modal.add_item(
            text_field(
                "until",
                _("The day it begins again"),
                _UNTIL_AT_MOST,
                typed=self.typed or "",
                hint=_("24 December, Monday, or 2 weeks"),
            )
        )
        await ask(interaction, modal)


_WEEKS = (
    N_("Week in montages: Mondays"),
    N_("Week in montages: Tuesdays"),
    N_("Week in montages: Wednesdays"),
    N_("Week in montages: Thursdays"),
    N_("Week in montages: Fridays"),
    N_("Week in montages: Saturdays"),
    N_("Week in montages: Sundays"),
)


class DailyWeek(PersistentItem[Select], template=r"daily:week"):
    """On which day the week in montages comes, or never."""

    def __init__(self, weekday: int | None = None) -> None:
        options = [option(_("No week in montages"), _NEVER, default=weekday is None)]
        options += [option(_(words), str(number), default=number == weekday) for number, words in enumerate(_WEEKS)]
        super().__init__(Select(custom_id="daily:week", options=options))

    async def on_press(self, interaction: Interaction) -> None:
        guild, posts = guild_of(interaction), interaction.client.services.daily_posts
        weekday = number_in(chosen(interaction))
        if weekday is None:
            await posts.stop_week(guild.id)
        else:
            await posts.start_week(guild, weekday)
        await interaction.client.services.settings_panel.show(interaction, PAGE)


class DailyStop(PersistentItem[Button], template=r"daily:stop"):
    """Ends it."""

    def __init__(self) -> None:
        super().__init__(Button(label=_("Stop it"), style=discord.ButtonStyle.danger, custom_id="daily:stop"))

    async def on_press(self, interaction: Interaction) -> None:
        await interaction.client.services.daily_posts.stop(guild_of(interaction).id)
        await interaction.client.services.settings_panel.show(interaction, PAGE)


def add_page(bot: MontageBot) -> None:
    """Add the page to the panel, with its controls."""

    posts, panel = bot.services.daily_posts, bot.services.settings_panel

    async def draw(interaction: Interaction) -> Sequence[Item]:
        status = await posts.status(interaction.guild_id or 0)
        return [*_items(status, interaction.guild), *await _publishing(interaction, status.daily)]

    async def timed(interaction: Interaction, _argument: str, values: Values) -> None:
        typed = [values.get(name, "") for name in ("time", "timezone", "rhythm")]
        try:
            await keep(interaction, *typed)
        except UserError as refusal:
            again = DailyTime("|".join(text.replace("|", " ") for text in typed), _("Open the form again"))
            await reply(interaction, refused_form(str(refusal), again), private=True)
        else:
            await panel.show(interaction, PAGE)

    async def keep(interaction: Interaction, time: str, timezone: str, typed_rhythm: str) -> None:
        guild = guild_of(interaction)
        minute, zone = minute_of(time), zone_typed(timezone)
        before = await posts.get(guild.id)
        rhythm = before.rhythm if before else EVERY_DAY
        if typed_rhythm:  # a form that was opened before it asked for the days changes none
            rhythm = rhythm_typed(typed_rhythm)
        if before is not None:
            await posts.change(guild, minute=minute, timezone=zone, rhythm=rhythm)
            return
        await posts.start(
            guild,
            channel_id=interaction.channel_id or 0,
            minute=minute,
            timezone=zone,
            filters=Filters(),
            role_id=None,
            thread=False,
            rhythm=rhythm,
        )

    async def paused(interaction: Interaction, _argument: str, values: Values) -> None:
        guild, typed = guild_of(interaction), values.get("until", "")
        try:
            day = date_typed(typed, await posts.today(guild.id))
            await posts.pause(guild.id, day)
        except UserError as refusal:
            again = DailyPause(typed, _("Open the form again"))
            await reply(interaction, refused_form(str(refusal), again), private=True)
        else:
            await panel.show(interaction, PAGE)

    panel.add(SettingsPage(PAGE, N_("Daily post"), draw))
    bot.forms.add("daily-time", timed)
    bot.forms.add("daily-pause", paused)
    bot.add_dynamic_items(
        DailyChannel, DailyRole, DailyThread, DailyTime, DailyPause, DailyWeek, DailyStep, DailyStop
    )


async def _publishing(interaction: Interaction, daily: Daily | None) -> list[Item]:
    """Whether followers get it: asked where the channel can have any."""
    guild, settings = (
        interaction.guild,
        await interaction.client.services.guild_settings.get(interaction.guild_id or 0),
    )
    channel = guild.get_channel(daily.channel_id) if guild and daily else None
    if not settings.publish_daily and not (isinstance(channel, discord.TextChannel) and channel.is_news()):
        return []
    return [toggle(question, settings) for question in ELSEWHERE[PAGE]]


def _items(status: DailyStatus, guild: discord.Guild | None) -> list[Item]:
    daily, week = status.daily, status.week
    items: list[Item] = [TextDisplay(_("## Daily post\n{status_text}", status_text=status_text(status, guild)))]
    if daily is None:
        return [*items, ActionRow(DailyTime(label=_("Start one in this channel")))]
    channel = daily.channel_id if guild and guild.get_channel(daily.channel_id) else None
    role = daily.role_id if guild and guild.get_role(daily.role_id or 0) else None
    items += [ActionRow(DailyChannel(channel)), ActionRow(DailyRole(role))]
    if daily.due_at is not None:
        items.append(ActionRow(DailyWeek(week.weekday if week else None)))
        can_pause = [] if status.paused_until else [DailyPause(None, _("Pause"))]
        items.append(ActionRow(DailyTime(), *can_pause, *steps_for(status, "panel")))
    else:
        items.append(ActionRow(DailyTime()))
    return [*items, ActionRow(DailyThread("off" if daily.thread else "on"), DailyStop())]
