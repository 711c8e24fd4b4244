"""/montage top."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import discord
from discord import app_commands

from bot import clock
from bot.catalogue import Filters, Montage
from bot.catalogue.stored_filters import encode_filters
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.ui.answers import answers, reply
from bot.ui.context import guild_id_of
from bot.ui.filters import filtered, nothing_matches, under_filters
from bot.ui.lists import list_view, pages_of
from bot.ui.text import escape, montage_label, title
from bot.voting.board import DUELS, Board, Scope, Window
from bot.voting.cards import rank_row, ranked_row
from bot.voting.ranking import FEW_VOTES, Ranked, movement, rank


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add `/montage top` to the group `/montage`."""

    @montage.command(name="top", description="The ranking: voted here, everywhere, or by the editors. Ten a page.")
    @app_commands.describe(
        scope="Whose ranking: this server's, everybody's everywhere, or the editors'",
        window="Count all votes, or only those of the last days",
        by="By votes, or by who wins the duels",
        of="The catalogue, or what members suggested and is still being voted on",
    )
    @filtered
    @answers
    async def top(
        interaction: Interaction,
        filters: Filters,
        scope: Scope = "this server",
        window: Window = "all time",
        by: Literal["votes", "duels"] = "votes",
        of: Literal["montages", "suggested"] = "montages",
    ) -> None:
        board = Board(scope=scope, window=window, filters=filters)
        name, query = "top-montages", board.encode()
        if of == "suggested":
            if (scope, window, by) != ("this server", "all time", "votes"):
                raise UserError(
                    "Suggestions are ranked by all votes of this server: leave `scope`, `window` and `by` out."
                )
            name, query = "top-suggested", encode_filters(filters)
        elif by == "duels":
            if scope == "editors" or window != "all time":
                raise UserError("People hold duels, and those count for all time: leave `scope` or `window` out.")
            name = DUELS
        await reply(interaction, await bot.lists.page(interaction, name, query, 0))

    async def ranking(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
        board, guild_id = Board.decode(query), guild_id_of(interaction)
        everything = (
            bot.catalogue.visible_to(guild_id)
            if board.scope == "this server"
            else bot.catalogue.shipped_visible_to(guild_id)
        )
        montages = {m.id: m for m in board.filters.apply(everything)}
        if not montages:
            raise UserError(nothing_matches(board.filters, everything))
        if board.scope == "editors":
            return _editors_list(query, board, montages.values(), page)
        ranked, climbed = await _ranked(guild_id, board, list(montages))
        if not any(r.up or r.down for r in ranked):
            return _unvoted_list(query, board, montages.values(), page)
        shown, page, pages = pages_of(ranked, page)
        return list_view(
            "top-montages",
            query,
            under_filters(_heading(board, guild_id), board.filters),
            [
                ranked_row(r, title((m := montages[r.key]).film, m.year), escape(m.scene), climbed.get(r.key, 0))
                for r in shown
            ],
            [(f"{r.rank}. {montage_label(montages[r.key])}", r.key) for r in shown],
            page,
            pages,
            _footnote(board, shown, climbed),
        )

    async def _ranked(guild_id: int, board: Board, keys: list[str]) -> tuple[list[Ranked[str]], dict[str, int]]:
        """The ranking, and the servers that each has climbed since last week."""
        if board.scope == "everywhere":
            now, before = await bot.services.everywhere.trend(board.days)
        else:
            now, before = await bot.services.votes.trend(guild_id, board.days)
        ranked = rank(keys, now)
        return ranked, movement(ranked, rank(keys, before))

    async def made_from(interaction: Interaction, query: str) -> object:
        """All that a page of the ranking says follows from these."""
        board, guild_id, today = Board.decode(query), guild_id_of(interaction), clock.now() // clock.DAY
        if board.scope == "this server":
            return guild_id, today, await bot.services.votes.version(guild_id), bot.catalogue.visible_to(guild_id)
        return (
            guild_id,
            today,
            await bot.services.everywhere.trend(board.days),
            bot.catalogue.shipped_visible_to(guild_id),
        )

    bot.lists.add("top-montages", ranking, made_from)


def _editors_list(query: str, board: Board, montages: Iterable[Montage], page: int) -> discord.ui.LayoutView:
    placed = [(m.editors_rank, m) for m in montages if m.editors_rank is not None]
    if not placed:
        raise UserError(f"The editors put nothing under **{escape(str(board.filters))}** on their list.")
    footnote = "They argued for a week. Where nobody has voted yet, their order stands."
    return _ranked_list(query, board, "## The best montages, say the editors", placed, page, footnote)


def _unvoted_list(query: str, board: Board, montages: Iterable[Montage], page: int) -> discord.ui.LayoutView:
    these = " on any of these" if board.filters.active else ""
    when = "yet" if board.days is None else f"in the last {board.window}"
    footnote = f"Nobody has voted{these} {when}, so this is the editors' order. "
    footnote += "Open one and press a button: yours counts first."
    return _ranked_list(query, board, "## Where to begin", list(enumerate(montages, 1)), page, footnote)


def _ranked_list(
    query: str, board: Board, heading: str, placed: Sequence[tuple[int, Montage]], page: int, footnote: str
) -> discord.ui.LayoutView:
    """Montages with the servers that no votes gave them."""
    shown, page, pages = pages_of(placed, page)
    return list_view(
        "top-montages",
        query,
        under_filters(heading, board.filters),
        [rank_row(rank_shown, title(m.film, m.year), escape(m.scene)) for rank_shown, m in shown],
        [(f"{rank_shown}. {montage_label(m)}", m.id) for rank_shown, m in shown],
        page,
        pages,
        footnote,
    )


def _heading(board: Board, guild_id: int) -> str:
    who = "says this server" if guild_id else "say direct messages"
    if board.scope == "everywhere":
        who = "says everybody"
    when = "" if board.days is None else f", votes of the last {board.window}"
    return f"## The best montages, {who}{when}"


def _footnote(board: Board, shown: Sequence[Ranked[str]], climbed: Mapping[str, int]) -> str:
    """What the marks on a page mean, as far as it shows any."""
    notes = []
    if any(r.is_new for r in shown):
        notes.append(f"“new”: fewer than {FEW_VOTES} votes, so its place may still jump about.")
    if any(climbed.get(r.key) for r in shown):
        notes.append("▲▼: places since last week.")
    if board.scope == "everywhere":
        notes.append("Everybody counts once, no server for more than fifty, and accounts in their first week wait.")
    return " ".join(notes)
