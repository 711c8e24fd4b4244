"""/moderate: the moderators' commands, and the lists of who voted and who is blocked."""

import discord
from discord import app_commands

from bot import clock
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.languages import _, ngettext
from bot.suggestions.options import Every, suggestion_given
from bot.suggestions.review.buttons import add_buttons
from bot.suggestions.review.cards import blocked_list
from bot.suggestions.review.panel import next_review_panel, review_panel
from bot.suggestions.review.permissions import COMMAND
from bot.ui.answers import answers, notice, reply
from bot.ui.context import guild_id_of
from bot.ui.lists import list_view, pages_of
from bot.ui.text import clean, cut
from bot.ui.theme import GREEN
from bot.voting import Choice

# Of why somebody is blocked.
_REASON_AT_MOST = 200


def add_review(bot: MontageBot) -> None:
    """The moderators' commands, the message's menu, and the review panel."""
    group = app_commands.Group(
        name=COMMAND,
        description="Suggestions, for moderators: the queue, who voted, who may not suggest.",
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="review", description="What is reported, waiting for review or open, one after the other.")
    @answers
    async def review(interaction: Interaction) -> None:
        reported = await bot.services.moderation.reported(guild_id_of(interaction))
        remark = (
            ngettext("🚩 {number} suggestion reported.", "🚩 {number} suggestions reported.", reported)
            if reported
            else ""
        )
        await reply(interaction, await next_review_panel(interaction, remark=remark), private=True)

    @group.command(name="look", description="One suggestion, with everything that happened to it.")
    @app_commands.describe(suggestion="Its number, or start typing the film")
    @answers
    async def look(interaction: Interaction, suggestion: app_commands.Transform[str, Every]) -> None:
        found = await suggestion_given(interaction, suggestion, Every)
        await reply(interaction, await review_panel(interaction, found), private=True)

    @group.command(name="voters", description="Who voted on a suggestion, and how.")
    @app_commands.describe(suggestion="Its number, or start typing the film")
    @answers
    async def voters(interaction: Interaction, suggestion: app_commands.Transform[str, Every]) -> None:
        found = await suggestion_given(interaction, suggestion, Every)
        await reply(interaction, await bot.lists.page(interaction, "voters", found.montage_id, 0), private=True)

    @group.command(name="block", description="A member may not suggest or report here any more.")
    @app_commands.describe(member="Who it is", reason="For the other moderators")
    @answers
    async def block(
        interaction: Interaction, member: discord.User, reason: app_commands.Range[str, 0, _REASON_AT_MOST] = ""
    ) -> None:
        why = cut(clean(reason), _REASON_AT_MOST)
        await bot.services.moderation.block(
            guild_id_of(interaction), member.id, interaction.user.id, why, clock.now()
        )
        words = _(
            "<@{id}> can't suggest or report here any more. What they suggested stays, and they may vote.",
            id=member.id,
        )
        await reply(interaction, notice(words, accent=GREEN), private=True)

    @group.command(name="unblock", description="A member may suggest here again.")
    @app_commands.describe(member="Who it is; leave it out for the list of those who are blocked")
    @answers
    async def unblock(interaction: Interaction, member: discord.User | None = None) -> None:
        if member is None:
            await reply(interaction, await bot.lists.page(interaction, "blocked", "", 0), private=True)
            return
        if not await bot.services.moderation.unblock(guild_id_of(interaction), member.id):
            raise UserError(_("<@{id}> is not blocked here.", id=member.id))
        await reply(
            interaction, notice(_("<@{id}> may suggest here again.", id=member.id), accent=GREEN), private=True
        )

    @bot.tree.context_menu(name="Moderate suggestion")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True)
    @app_commands.allowed_installs(guilds=True)
    @answers
    async def moderate_message(interaction: Interaction, message: discord.Message) -> None:
        found = await bot.services.suggestions.at_message(guild_id_of(interaction), message.id)
        if found is None:
            raise UserError(
                _("That message is not the card of a suggestion. `/moderate look` finds one by its number.")
            )
        await reply(interaction, await review_panel(interaction, found), private=True)

    bot.tree.add_command(group)
    bot.lists.add("voters", _voters)
    bot.lists.add("blocked", _blocked)
    add_buttons(bot)


async def _voters(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
    """Who voted; `query` is the montage's id."""
    await interaction.client.services.moderators.require(interaction)
    votes = await interaction.client.services.votes.voters(guild_id_of(interaction), query)
    if not votes:
        raise UserError(_("Nobody has voted on that one yet."))
    shown, page, pages = pages_of(votes, page)
    rows = [f"{'🔥' if choice is Choice.UP else '🧊'} <@{person}>" for person, choice in shown]
    heading = ngettext(
        "## {number} vote on suggestion {suggestion}",
        "## {number} votes on suggestion {suggestion}",
        len(votes),
        suggestion=query.removeprefix("s"),
    )
    return list_view("voters", query, heading, rows, [], page, pages)


async def _blocked(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
    """Who may not suggest here."""
    await interaction.client.services.moderators.require(interaction)
    blocked = await interaction.client.services.moderation.blocked(guild_id_of(interaction))
    if not blocked:
        raise UserError(_("Nobody is blocked here."))
    shown, page, pages = pages_of(blocked, page)
    return blocked_list(shown, page, pages)
