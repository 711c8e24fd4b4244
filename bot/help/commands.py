"""/help."""

import discord
from discord import app_commands

from bot.client import Interaction, MontageBot
from bot.help.listing import CommandEntry, entries
from bot.ui.answers import answers, reply, update
from bot.ui.components import ActionRow, Button, Container, TextDisplay
from bot.ui.context import guild_id_of
from bot.ui.persistent import PersistentItem
from bot.ui.theme import GOLD, build_layout

# TMDB's terms ask for these words.
_ATTRIBUTION = (
    "-# Posters, trailers and where to watch: this bot uses TMDB but is not endorsed or certified by TMDB. Where "
    "to watch comes from JustWatch."
)


class HelpPage(PersistentItem[Button], template=r"help:(?P<page>everybody|managers)"):
    """Turns between what everybody can do and what is for those who manage the server."""

    def __init__(self, page: str) -> None:
        self.page = page
        label = "For those who manage the server" if page == "managers" else "For everybody"
        super().__init__(Button(label=label, custom_id=f"help:{page}"))

    async def on_press(self, interaction: Interaction) -> None:
        await update(interaction, help_view(interaction, managers=self.page == "managers"))


def help_view(interaction: Interaction, *, managers: bool) -> discord.ui.LayoutView:
    """What can be done where the person is; those who manage the server find the way to the rest."""
    bot, in_server = interaction.client, bool(guild_id_of(interaction))
    shown = [e for e in entries(bot.tree) if e.managers == managers and (in_server or e.direct)]
    heading = "## For those who manage the server" if managers else "## What I can do for you"
    container = Container(
        TextDisplay(heading),
        TextDisplay("\n".join(_line(bot, entry) for entry in shown)),
        accent_colour=GOLD,
    )
    if bot.services.films.client is not None:
        container.add_item(TextDisplay(_ATTRIBUTION))
    if in_server and interaction.permissions.manage_guild:
        container.add_item(ActionRow(HelpPage("everybody" if managers else "managers")))
    return build_layout(container)


def _line(bot: MontageBot, entry: CommandEntry) -> str:
    return f"- {f'**{entry.name}**' if entry.menu else bot.mention(entry.name)} {entry.says}"


def add_commands(bot: MontageBot) -> None:
    """Add `/help`."""

    @bot.tree.command(name="help", description="What I can do, as links that put a command into your message box.")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @answers
    async def show_help(interaction: Interaction) -> None:
        await reply(interaction, help_view(interaction, managers=False), private=True)

    bot.add_dynamic_items(HelpPage)
