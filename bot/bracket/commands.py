"""/bracket."""

from typing import Literal

import discord
from discord import app_commands

from bot.bracket import cards
from bot.bracket.buttons import GoOnButton, StopButton, WholeButton, drawn_file, picture_of
from bot.bracket.course import Bracket, Source
from bot.bracket.words import history_label, history_row
from bot.catalogue import Filters, Montage
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.guilds import lacking, require_guild
from bot.languages import _
from bot.ui.answers import answers, defer, reply
from bot.ui.context import guild_id_of
from bot.ui.filters import filtered
from bot.ui.lists import list_view, pages_of
from bot.ui.text import number_in

_HISTORY = "brackets"
_ENTRY = "bracket-"


def add_commands(bot: MontageBot) -> None:
    """Add `/bracket`."""
    brackets, store, votes = bot.services.brackets, bot.services.bracket_store, bot.services.bracket_votes

    group = app_commands.Group(
        name="bracket",
        description="Montages against each other, until one is the champion.",
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="start", description="Begin a bracket: round by round, until one montage is the champion.")
    @app_commands.describe(
        size="How many montages take part",
        channel="Where the rounds are posted",
        hours="How many hours each round is open",
        source="The best of the whole ranking, or of what members suggested and the server accepted",
    )
    @app_commands.rename(hours="round", source="from")
    @filtered
    @answers
    async def start(
        interaction: Interaction,
        size: Literal[8, 16, 32],
        channel: discord.TextChannel,
        filters: Filters,
        hours: Literal[12, 24, 48] = 24,
        source: Source = "top",
    ) -> None:
        guild = require_guild(interaction)
        course = await brackets.start(
            guild, channel_id=channel.id, size=size, source=source, filters=filters, hours=hours
        )
        there = guild.get_channel(channel.id)
        pictures = there is not None and not lacking(there, "attach_files")
        await reply(interaction, cards.started(course, size, pictures=pictures), private=True)

    @group.command(name="status", description="How the bracket stands, and whether anything is wrong.")
    @answers
    async def status(interaction: Interaction) -> None:
        course = await brackets.running(require_guild(interaction).id)
        drawn = picture_of(bot, course)
        if not bot.services.charts.is_ready(drawn):
            await defer(interaction, private=True)
        view = cards.status_card(
            course,
            course.names(bot.catalogue),
            await votes.turnout(course.bracket),
            interaction.guild,
            drawn,
            *([GoOnButton(str(course.bracket.id))] if course.bracket.problem else []),
        )
        await reply(interaction, view, private=True, files=await drawn_file(bot, drawn))

    @group.command(name="stop", description="End the bracket without a champion. I ask once.")
    @answers
    async def stop(interaction: Interaction) -> None:
        course = await brackets.running(require_guild(interaction).id)
        await reply(interaction, cards.stop_question(course, StopButton(str(course.bracket.id))), private=True)

    @group.command(name="history", description="The brackets of this server, and who won them.")
    @answers
    async def history(interaction: Interaction) -> None:
        await reply(interaction, await bot.lists.page(interaction, _HISTORY, "", 0), private=True)

    async def page_of_history(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
        guild_id = guild_id_of(interaction)
        over = await store.over(guild_id)
        if not over:
            raise UserError(_("No bracket has been fought to its end here yet. `/bracket start` begins one."))
        shown, page, pages = pages_of(over, page)
        won: list[tuple[Bracket, Montage | None]] = [
            (bracket, bot.catalogue.get(guild_id, champion_id)) for bracket, champion_id in shown
        ]
        return list_view(
            _HISTORY,
            query,
            _("## The brackets of this server"),
            [history_row(bracket, champion) for bracket, champion in won],
            [(history_label(bracket, champion), f"{_ENTRY}{bracket.id}") for bracket, champion in won],
            page,
            pages,
        )

    async def opened(interaction: Interaction, identity: str) -> discord.ui.LayoutView | None:
        number = number_in(identity.removeprefix(_ENTRY)) if identity.startswith(_ENTRY) else None
        if number is None:
            return None
        course = await brackets.course(guild_id_of(interaction), number)
        names = course.names(bot.catalogue)
        return cards.whole_card(course, names, None, WholeButton(str(number), "0", ""))

    bot.lists.add(_HISTORY, page_of_history)
    bot.lists.add_opener(opened)
    bot.tree.add_command(group)
