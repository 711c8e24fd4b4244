"""/help."""

import discord
from discord import app_commands

from bot.client import Interaction, MontageBot
from bot.help.groups import BACK, GROUPS, TO_BEGIN_WITH, group_of
from bot.help.listing import CommandEntry, entries
from bot.languages import N_, _, language
from bot.languages.command_names import MENU, names_in
from bot.ui.answers import answers, reply, update
from bot.ui.components import ActionRow, Button, Container, Separator, TextDisplay
from bot.ui.context import guild_id_of
from bot.ui.persistent import PersistentItem
from bot.ui.text import boldly_named
from bot.ui.theme import GOLD, build_layout

# TMDB's terms ask for these words.
_ATTRIBUTION = N_(
    "-# Posters, trailers and where to watch: this bot uses TMDB but is not endorsed or certified by TMDB. Where "
    "to watch comes from JustWatch."
)


class HelpPage(PersistentItem[Button], template=r"help:(?P<page>[a-z]{1,20})"):
    """Turns to a page: the beginning, or what each command of one group does."""

    def __init__(self, page: str) -> None:
        self.page = page
        super().__init__(Button(label=_(GROUPS.get(page, BACK)), custom_id=f"help:{page}"))

    async def on_press(self, interaction: Interaction) -> None:
        await update(interaction, help_view(interaction, self.page))


def help_view(interaction: Interaction, page: str = "everybody") -> discord.ui.LayoutView:
    """What can be done where the person is: a few to begin with and the names of the rest, or one group in full."""
    bot, in_server = interaction.client, bool(guild_id_of(interaction))
    manages = in_server and interaction.permissions.manage_guild
    shown = [e for e in entries(bot.tree) if (manages or not e.managers) and (in_server or e.direct)]
    groups = {name: [e for e in shown if group_of(e) == name] for name in GROUPS}
    container = Container(accent_colour=GOLD)
    if groups.get(page):
        container.add_item(TextDisplay(_("## {page}", page=_(GROUPS[page]))))
        container.add_item(TextDisplay("\n".join(_line(bot, entry) for entry in groups[page])))
        container.add_item(ActionRow(HelpPage("everybody")))
        return build_layout(container)
    first = [entry for name in TO_BEGIN_WITH for entry in shown if entry.name == name]
    container.add_item(TextDisplay(_("## What I can do for you")))
    container.add_item(TextDisplay("\n".join(_line(bot, entry) for entry in first)))
    container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    rest = {name: left for name, group in groups.items() if (left := [e for e in group if e not in first])}
    lines = [
        boldly_named(_(GROUPS[name]), " ".join(_named(bot, entry) for entry in group))
        for name, group in rest.items()
        if group
    ]
    container.add_item(TextDisplay("\n".join(lines)))
    container.add_item(TextDisplay(_("-# What each of them does:")))
    container.add_item(ActionRow(*(HelpPage(name) for name, group in groups.items() if group)))
    if bot.services.films.client is not None:
        container.add_item(TextDisplay(_(_ATTRIBUTION)))
    return build_layout(container)


def _named(bot: MontageBot, entry: CommandEntry) -> str:
    return f"*{names_in(language(), MENU, (entry.name,))[entry.name]}*" if entry.menu else bot.mention(entry.name)


def _line(bot: MontageBot, entry: CommandEntry) -> str:
    says = _(entry.says)
    return f"- {_named(bot, entry)} {says}"


def add_commands(bot: MontageBot) -> None:
    """Add `/help`."""

    @bot.tree.command(name="help", description="What I can do, as links that put a command into your message box.")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @answers
    async def show_help(interaction: Interaction) -> None:
        await reply(interaction, help_view(interaction), private=True)

    bot.add_dynamic_items(HelpPage)
