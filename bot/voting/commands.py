"""/montage top."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import discord
from discord import app_commands

from bot import clock
from bot.catalogue import Filters, Montage, localised
from bot.catalogue.stored_filters import encode_filters
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.languages import N_, NN_, _, in_a_row, ngettext
from bot.ui.answers import answers, reply
from bot.ui.components import ActionRow
from bot.ui.context import guild_id_of
from bot.ui.filters import filtered, nothing_matches, under_filters
from bot.ui.lists import PAGE, AskButton, list_view, pages_of, switch_row
from bot.ui.speaking import publicly
from bot.ui.text import escape, montage_label, montage_title
from bot.voting.board import DUELS, TOP, Board, Scope, Window
from bot.voting.cards import rank_row, ranked_row, unranked_row
from bot.voting.ranking import FEW_VOTES, Ranked, movement, rank_voted

# The buttons that ask for other days.
_WINDOWS: Mapping[Window, str] = {"all time": N_("All time"), "30 days": N_("30 days"), "7 days": N_("7 days")}


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add `/montage top` to the group `/montage`."""

    @montage.command(name="top", description="The ranking: voted here, everywhere, or by the editors. Ten a page.")
    @app_commands.rename(scope="whose", window="period", by="ranked_by", of="what")
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
        name, query = TOP, board.encode()
        if of == "suggested":
            if (scope, window, by) != ("this server", "all time", "votes"):
                raise UserError(
                    _(
                        "Suggestions are ranked by all votes of this server: leave `whose`, `period` and "
                        "`ranked_by` out."
                    )
                )
            name, query = "top-suggested", encode_filters(filters)
        elif by == "duels":
            if scope == "editors" or window != "all time":
                raise UserError(
                    _("People hold duels, and those count for all time: leave `whose` or `period` out.")
                )
            name = DUELS
        with await publicly(interaction):
            page = await bot.lists.page(interaction, name, query, 0)
        await reply(interaction, page)

    async def ranking(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
        board, guild_id = Board.decode(query), guild_id_of(interaction)
        everything = (
            bot.catalogue.visible_to(guild_id)
            if board.scope == "this server"
            else bot.catalogue.shipped_visible_to(guild_id)
        )
        montages = {m.id: m for m in board.filters.apply(everything)}
        if not montages:
            raise nothing_matches(
                board.filters,
                everything,
                lambda fewer, label: AskButton(TOP, replace(board, filters=fewer).encode(), label),
            )
        if board.scope == "editors":
            return _editors_list(board, list(montages.values()), page)
        ranked, climbed = await _ranked(guild_id, board, list(montages))
        voted = {r.key for r in ranked}
        everyone: list[Ranked[str] | Montage] = [*ranked, *(m for m in montages.values() if m.id not in voted)]
        shown, page, pages = pages_of(everyone, page)
        rows, entries = [], []
        for number, one in enumerate(shown, page * PAGE):
            if isinstance(one, Ranked):
                m = montages[one.key]
                rows.append(ranked_row(one, montage_title(m), escape(localised(m).scene), climbed.get(m.id, 0)))
                entries.append((f"{one.rank}. {montage_label(m)}", m.id))
            else:
                if number in (page * PAGE, len(ranked)):
                    rows.append(_divider(board, alone=not ranked))
                rows.append(unranked_row(montage_title(one), escape(localised(one).scene)))
                entries.append((montage_label(one), one.id))
        return list_view(
            TOP,
            board.encode(),
            under_filters(_heading(board, guild_id) if ranked else _("## Where to begin"), board.filters),
            rows,
            entries,
            page,
            pages,
            _footnote(board, [one for one in shown if isinstance(one, Ranked)], climbed),
            _switches(board),
        )

    async def _ranked(guild_id: int, board: Board, keys: list[str]) -> tuple[list[Ranked[str]], dict[str, int]]:
        """The ranking of what has votes, and the places that each has climbed since last week."""
        if board.scope == "everywhere":
            now, before = await bot.services.everywhere.trend(board.days)
        else:
            now, before = await bot.services.votes.trend(guild_id, board.days)
        ranked = rank_voted(keys, now)
        return ranked, movement(ranked, rank_voted(keys, before))

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

    bot.lists.add(TOP, ranking, made_from)


def _editors_list(board: Board, montages: Sequence[Montage], page: int) -> discord.ui.LayoutView:
    shown, page, pages = pages_of(montages, page)
    ranked = list(enumerate(shown, page * PAGE + 1))
    return list_view(
        TOP,
        board.encode(),
        under_filters(_("## The best montages, say the editors"), board.filters),
        [rank_row(rank, montage_title(m), escape(localised(m).scene)) for rank, m in ranked],
        [(f"{rank}. {montage_label(m)}", m.id) for rank, m in ranked],
        page,
        pages,
        _("They argued for a week. Where nobody has voted yet, their order stands."),
        _switches(board),
    )


def _divider(board: Board, *, alone: bool) -> str:
    """The line before what nobody has voted on. `alone`: that is all there is."""
    if not alone:
        if board.days is None:
            return _("-# No votes yet; in the editors' order:")
        return ngettext(
            "-# No votes in the last {number} day; in the editors' order:",
            "-# No votes in the last {number} days; in the editors' order:",
            board.days,
        )
    if board.filters.active and board.days is not None:
        return ngettext(
            "-# Nobody has voted on any of these in the last {number} day, so this is the editors' order. "
            "Open one and press a button: yours counts first.",
            "-# Nobody has voted on any of these in the last {number} days, so this is the editors' order. "
            "Open one and press a button: yours counts first.",
            board.days,
        )
    if board.filters.active:
        return _(
            "-# Nobody has voted on any of these yet, so this is the editors' order. Open one and press a button: "
            "yours counts first."
        )
    if board.days is not None:
        return ngettext(
            "-# Nobody has voted in the last {number} day, so this is the editors' order. "
            "Open one and press a button: yours counts first.",
            "-# Nobody has voted in the last {number} days, so this is the editors' order. "
            "Open one and press a button: yours counts first.",
            board.days,
        )
    return _(
        "-# Nobody has voted yet, so this is the editors' order. Open one and press a button: yours counts first."
    )


def _switches(board: Board) -> tuple[ActionRow, ...]:
    """The same ranking for other days, and of other people."""
    now, by_editors = board.encode(), replace(board, scope="editors", window="all time")
    people = [
        (_("Here"), replace(board, scope="this server")),
        (_("Everywhere"), replace(board, scope="everywhere")),
        (_("Editors"), by_editors),
    ]
    whose = switch_row(TOP, "xyz", [(label, other.encode()) for label, other in people], now)
    if board.scope == "editors":
        return (whose,)
    days = [(_(label), replace(board, window=window).encode()) for window, label in _WINDOWS.items()]
    return switch_row(TOP, "abc", days[::-1], now), whose


def _heading(board: Board, guild_id: int) -> str:
    if board.days is None:
        if board.scope == "everywhere":
            return _("## The best montages, says everybody")
        return (
            _("## The best montages, says this server")
            if guild_id
            else _("## The best montages, say direct messages")
        )
    headings = NN_(
        "## The best montages, say direct messages, votes of the last {number} day",
        "## The best montages, say direct messages, votes of the last {number} days",
    )
    if board.scope == "everywhere":
        headings = NN_(
            "## The best montages, says everybody, votes of the last {number} day",
            "## The best montages, says everybody, votes of the last {number} days",
        )
    elif guild_id:
        headings = NN_(
            "## The best montages, says this server, votes of the last {number} day",
            "## The best montages, says this server, votes of the last {number} days",
        )
    return ngettext(*headings, board.days)


def _footnote(board: Board, shown: Sequence[Ranked[str]], climbed: Mapping[str, int]) -> str:
    """What the marks on a page mean, as far as it shows any."""
    notes = []
    if any(r.is_new for r in shown):
        notes.append(_("“new”: fewer than {votes} votes, so its place may still jump about.", votes=FEW_VOTES))
    if any(climbed.get(r.key) for r in shown):
        notes.append(_("▲▼: places since last week."))
    if board.scope == "everywhere":
        notes.append(
            _("Everybody counts once, no server for more than fifty, and accounts in their first week wait.")
        )
    return in_a_row(notes)
