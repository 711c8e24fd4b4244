"""/montage top."""

from typing import Literal

import discord
from discord import app_commands

from bot.catalogue import Filters
from bot.client import Interaction, MontageBot, place_of
from bot.errors import UserError
from bot.ui.answers import answers, reply
from bot.ui.filters import filtered, nothing_matches, under_filters
from bot.ui.lists import list_view, pages_of
from bot.ui.text import clip, escape, title
from bot.voting.cards import ranked_row
from bot.voting.ranking import FEW_VOTES, Ranked, rank
from bot.voting.voting import Voting


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add `/montage top` to the group `/montage`."""

    @montage.command(name="top", description="The ranking this server voted, ten a page.")
    @app_commands.describe(of="The catalogue, or what members suggested and is still being voted on")
    @filtered
    @answers
    async def top(
        interaction: Interaction, filters: Filters, of: Literal["montages", "suggested"] = "montages"
    ) -> None:
        await reply(interaction, await bot.lists.page(interaction, f"top-{of}", filters.encode(), 0))

    async def ranking(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
        place, filters = place_of(interaction), Filters.decode(query)
        everything = bot.catalogue.of(place)
        montages = {m.id: m for m in filters.of(everything)}
        if not montages:
            raise UserError(nothing_matches(filters, everything))
        ranked = rank(list(montages), await bot.service(Voting).tallies(place))
        shown, page, pages = pages_of(ranked, page)
        where = "this server" if place else "direct messages"
        voted = any(r.up or r.down for r in ranked)
        heading = f"## The best montages, says {where}" if voted else "## Where to begin"
        return list_view(
            "top-montages",
            query,
            under_filters(heading, filters),
            [ranked_row(r, title((m := montages[r.key]).film, m.year), escape(m.scene)) for r in shown],
            [(clip(f"{r.rank}. {montages[r.key].label}", 100), r.key) for r in shown],
            page,
            pages,
            _footnote(ranked),
        )

    bot.lists.add("top-montages", ranking)


def _footnote(ranked: list[Ranked[str]]) -> str:
    if not any(r.up or r.down for r in ranked):
        return (
            "Nobody has voted yet, so this is the editors' order. Open one and press a button: yours counts first."
        )
    return f"“new”: fewer than {FEW_VOTES} votes, so its place may still jump about."
