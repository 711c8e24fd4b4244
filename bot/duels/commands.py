"""/montage duel, and the list behind /montage top by:duels."""

from collections import Counter
from dataclasses import replace

import discord
from discord import app_commands

from bot.client import Interaction, MontageBot
from bot.duels.buttons import start_duel
from bot.duels.cards import standing_row
from bot.errors import UserError
from bot.languages import _
from bot.ui.answers import answers
from bot.ui.context import guild_id_of
from bot.ui.filters import nothing_matches, under_filters
from bot.ui.lists import AskButton, list_view, pages_of
from bot.ui.text import escape, montage_label
from bot.voting import DUELS, Board


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add `/montage duel` to the group `/montage`."""

    @montage.command(name="duel", description="Two montages head to head: which one gets you going?")
    @answers
    async def duel(interaction: Interaction) -> None:
        await start_duel(interaction)

    async def ranking(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
        board, guild_id = Board.decode(query), guild_id_of(interaction)
        everywhere = board.scope == "everywhere"
        everything = (
            bot.catalogue.shipped_visible_to(guild_id) if everywhere else bot.catalogue.visible_to(guild_id)
        )
        montages = {m.id: m for m in board.filters.apply(everything)}
        if not montages:
            raise nothing_matches(
                board.filters,
                everything,
                lambda fewer, label: AskButton(DUELS, replace(board, filters=fewer).encode(), label),
            )
        ranked = [
            s
            for s in await bot.services.duel_rankings.ranking(None if everywhere else guild_id)
            if s.montage_id in montages
        ]
        if not ranked:
            if board.filters.active:
                asked = escape(str(board.filters))
                raise UserError(
                    _(
                        "No duel of **{filters}** has been decided yet. Start one with `/montage duel`.",
                        filters=asked,
                    )
                )
            raise UserError(_("No duel has been decided yet. Start one with `/montage duel`."))
        level = Counter(s.rank for s in ranked)
        shown, page, pages = pages_of(ranked, page)
        heading = _("## Who wins everybody's duels")
        if not everywhere:
            heading = _("## Who wins this server's duels") if guild_id else _("## Who wins your duels")
        return list_view(
            DUELS,
            query,
            under_filters(heading, board.filters),
            [standing_row(s, montages[s.montage_id], level[s.rank] - 1) for s in shown],
            [(f"{s.rank}. {montage_label(montages[s.montage_id])}", s.montage_id) for s in shown],
            page,
            pages,
            _("As long as two may still be equals, they share a rank. More duels tell them apart."),
        )

    bot.lists.add(DUELS, ranking)
