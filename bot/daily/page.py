"""The daily post's page of the settings panel."""

from collections.abc import Sequence
from typing import Unpack

import discord

from bot.catalogue import Filters
from bot.client import Interaction, MontageBot
from bot.daily.cards import status_text
from bot.daily.commands import guild_of, minute_of, zone_typed
from bot.daily.posts import Changes
from bot.daily.store import Daily
from bot.daily.zones import show_time, zone_words
from bot.guilds import ELSEWHERE, SettingsPage, toggle
from bot.ui.answers import ask
from bot.ui.components import ActionRow, Button, ChannelSelect, Item, RoleSelect, TextDisplay
from bot.ui.forms import form, text_field
from bot.ui.persistent import PersistentItem, chosen
from bot.ui.registries import Values
from bot.ui.text import number_in

_PAGE = "daily"


async def _change(interaction: Interaction, **changes: Unpack[Changes]) -> None:
    await interaction.client.services.daily_posts.change(guild_of(interaction), **changes)
    await interaction.client.services.settings_panel.show(interaction, _PAGE)


class DailyChannel(PersistentItem[ChannelSelect], template=r"daily:channel"):
    """Where it is posted."""

    def __init__(self, channel_id: int | None = None) -> None:
        chosen = [discord.SelectDefaultValue.from_channel(discord.Object(channel_id))] if channel_id else []
        super().__init__(
            ChannelSelect(
                custom_id="daily:channel",
                channel_types=[discord.ChannelType.text, discord.ChannelType.news],
                placeholder="Where it is posted",
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
                placeholder="A role to call (nobody is called)",
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
        label = "Open a thread under each" if to == "on" else "No threads"
        super().__init__(Button(label=label, custom_id=f"daily:thread:{to}"))

    async def on_press(self, interaction: Interaction) -> None:
        await _change(interaction, thread=self.to == "on")


class DailyTime(PersistentItem[Button], template=r"daily:time"):
    """Opens the form with the time and its zone, which begins the post where there is none."""

    def __init__(self, label: str = "Change the time") -> None:
        super().__init__(Button(label=label, style=discord.ButtonStyle.primary, custom_id="daily:time"))

    async def on_press(self, interaction: Interaction) -> None:
        daily = await interaction.client.services.daily_posts.get(guild_of(interaction).id)
        modal = form("daily-time", "", "When the montage comes")
        time, timezone = (show_time(daily.minute), zone_words(daily.timezone)) if daily else ("", "")
        modal.add_item(text_field("time", "Time, like 18:30 or 6:30 pm", 40, typed=time))
        modal.add_item(text_field("timezone", "A big city in your time zone", 40, typed=timezone))
        await ask(interaction, modal)


class DailyStop(PersistentItem[Button], template=r"daily:stop"):
    """Ends it."""

    def __init__(self) -> None:
        super().__init__(Button(label="Stop it", style=discord.ButtonStyle.danger, custom_id="daily:stop"))

    async def on_press(self, interaction: Interaction) -> None:
        await interaction.client.services.daily_posts.stop(guild_of(interaction).id)
        await interaction.client.services.settings_panel.show(interaction, _PAGE)


def add_page(bot: MontageBot) -> None:
    """Add the page to the panel, with its controls."""

    async def draw(interaction: Interaction) -> Sequence[Item]:
        daily = await bot.services.daily_posts.get(interaction.guild_id or 0)
        return [*_items(daily, interaction.guild), *await _publishing(interaction, daily)]

    async def timed(interaction: Interaction, _: str, values: Values) -> None:
        guild, posts = guild_of(interaction), bot.services.daily_posts
        minute, zone = minute_of(values.get("time", "")), zone_typed(values.get("timezone", ""))
        if await posts.get(guild.id) is None:
            await posts.start(
                guild,
                channel_id=interaction.channel_id or 0,
                minute=minute,
                timezone=zone,
                filters=Filters(),
                role_id=None,
                thread=False,
            )
        else:
            await posts.change(guild, minute=minute, timezone=zone)
        await bot.services.settings_panel.show(interaction, _PAGE)

    bot.services.settings_panel.add(SettingsPage(_PAGE, "Daily post", draw))
    bot.forms.add("daily-time", timed)
    bot.add_dynamic_items(DailyChannel, DailyRole, DailyThread, DailyTime, DailyStop)


async def _publishing(interaction: Interaction, daily: Daily | None) -> list[Item]:
    """Whether followers get it: asked where the channel can have any."""
    guild, settings = (
        interaction.guild,
        await interaction.client.services.guild_settings.get(interaction.guild_id or 0),
    )
    channel = guild.get_channel(daily.channel_id) if guild and daily else None
    if not settings.publish_daily and not (isinstance(channel, discord.TextChannel) and channel.is_news()):
        return []
    return [toggle(question, settings) for question in ELSEWHERE[_PAGE]]


def _items(daily: Daily | None, guild: discord.Guild | None) -> list[Item]:
    items: list[Item] = [TextDisplay(f"## Daily post\n{status_text(daily, guild)}")]
    if daily is None:
        items.append(ActionRow(DailyTime("Start one in this channel")))
    else:
        items += [
            ActionRow(DailyChannel(daily.channel_id if guild and guild.get_channel(daily.channel_id) else None)),
            ActionRow(DailyRole(daily.role_id if guild and guild.get_role(daily.role_id or 0) else None)),
            ActionRow(DailyTime(), DailyThread("off" if daily.thread else "on"), DailyStop()),
        ]
    return items
