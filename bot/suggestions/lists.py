"""/suggestions list, and the ranking of what is being voted on."""

from random import Random

import discord

from bot.catalogue.stored_filters import decode_filters
from bot.client import Interaction, MontageBot
from bot.clock import SECOND
from bot.errors import UserError
from bot.languages import N_, _, numeral
from bot.suggestions.cards import waiting_card
from bot.suggestions.lifecycle import STATES, State, may_see
from bot.suggestions.suggestion import Suggestion
from bot.ui.context import guild_id_of
from bot.ui.filters import under_filters
from bot.ui.lists import list_view, pages_of
from bot.ui.text import escape
from bot.voting import Choice, Tally, rank, ranked_row

_HEADINGS = {
    "open": N_("## Waiting for your vote"),
    "accepted": N_("## What this server made its own"),
    "declined": N_("## Not this time"),
    "mine": N_("## Your suggestions"),
}
_NOTHING = {
    "open": N_("Nothing is waiting for votes here. Be the first: `/suggest`."),
    "accepted": N_("Nothing has been accepted here yet. Suggest something: `/suggest`."),
    "declined": N_("Nothing has been declined here. A kind crowd, or a quiet one."),
    "mine": N_("You have suggested nothing here yet. Everybody has one montage in them: `/suggest`."),
}
_WAITS = N_(
    "Nothing is up for the vote yet. Yours waits for a moderator to look at it first: see "
    "`/suggestions list which:mine`."
)
_STATES: dict[str, tuple[State, ...]] = {
    "open": ("open",),
    "accepted": ("accepted",),
    "declined": ("declined",),
    "mine": (),
}


def add_lists(bot: MontageBot) -> None:
    """The lists, and the card of a suggestion picked from one."""
    bot.lists.add("suggestions", _page)
    bot.lists.add("top-suggested", _most_wanted)
    bot.lists.add_opener(_opened)


async def _page(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
    """`query` is which, order and a seed: `open.random.4711`."""
    which, order, seed = (*query.split("."), "", "")[:3]
    bot, guild_id = interaction.client, guild_id_of(interaction)
    which = which if which in _HEADINGS else "open"
    found = await bot.services.suggestions.in_states(guild_id, *_STATES[which])
    if which == "mine":
        found = [s for s in found if s.author_id == interaction.user.id]
    if not found:
        raise UserError(await _nothing(interaction, which))
    tallies = await bot.services.votes.tallies(guild_id)
    shown, page, pages = pages_of(_ordered(found, order, seed, tallies), page)
    return list_view(
        "suggestions",
        query,
        _(_HEADINGS[which]),
        [_row(s, tallies.get(s.montage_id, Tally()), with_state=which == "mine") for s in shown],
        [(s.label, s.montage_id) for s in shown],
        page,
        pages,
    )


async def _nothing(interaction: Interaction, which: str) -> str:
    """What to say of a list that is empty; something of the person's own may be waiting for a moderator."""
    if which == "open":
        waiting = await interaction.client.services.suggestions.in_states(guild_id_of(interaction), "waiting")
        if any(s.author_id == interaction.user.id for s in waiting):
            return _(_WAITS)
    return _(_NOTHING[which])


def _ordered(found: list[Suggestion], order: str, seed: str, tallies: dict[str, Tally]) -> list[Suggestion]:
    match order:
        case "oldest":
            return found
        case "random":  # the seed travels in the buttons, so that the pages belong together
            return Random(seed).sample(found, len(found))  # noqa: S311 - a list of films
        case "most wanted":
            by_id = {s.montage_id: s for s in found}
            return [by_id[r.key] for r in rank(list(by_id), tallies)]
        case _:
            return found[::-1]


def _row(suggestion: Suggestion, tally: Tally, *, with_state: bool) -> str:
    entry = suggestion.entry
    facts = [f"🔥 {numeral(tally.up)}", f"🧊 {numeral(tally.down)}"]
    if with_state:
        facts.append(_(STATES[suggestion.state]))
    if suggestion.state == "open" and suggestion.closes_at is not None:
        facts.append(_("last bell {soon}", soon=f"<t:{suggestion.closes_at // SECOND}:R>"))
    standing = " · ".join(facts)
    return f"**{suggestion.id}.** **{entry.title}** {escape(entry.scene)}\n-# {standing}"


async def _most_wanted(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
    bot, guild_id, filters = interaction.client, guild_id_of(interaction), decode_filters(query)
    if not guild_id:
        raise UserError(_("Suggestions belong to a server: ask in one that has me."))
    waiting = {
        s.montage_id: s
        for s in await bot.services.suggestions.in_states(guild_id, "open")
        if filters.matches(s.as_montage(bot.catalogue.family_of(s.entry.discipline)))
    }
    if not waiting:
        if not filters.active:
            raise UserError(await _nothing(interaction, "open"))
        asked = escape(str(filters))
        raise UserError(
            _("Nothing is waiting for votes here under {filters}. Be the first: `/suggest`.", filters=asked)
        )
    shown, page, pages = pages_of(rank(list(waiting), await bot.services.votes.tallies(guild_id)), page)
    rows, entries = [], []
    for r in shown:
        entry = waiting[r.key].entry
        rows.append(ranked_row(r, entry.title, escape(entry.scene)))
        entries.append((f"{r.rank}. {entry.label}", r.key))
    heading = under_filters(_("## Suggested, and waiting for your vote"), filters)
    return list_view("top-suggested", query, heading, rows, entries, page, pages)


async def _opened(interaction: Interaction, montage_id: str) -> discord.ui.LayoutView | None:
    suggestions = interaction.client.services.suggestions
    suggestion = await suggestions.of_montage(guild_id_of(interaction), montage_id)
    return await seen_by(interaction, suggestion, alone=True) if suggestion else None


async def seen_by(
    interaction: Interaction, suggestion: Suggestion, *, alone: bool = False
) -> discord.ui.LayoutView:
    """Its card, for somebody who may look at it. Raises UserError for anybody else.

    `alone`: nobody else sees it, so it shows their own vote.
    """
    bot = interaction.client
    author = suggestion.author_id == interaction.user.id
    if not may_see(suggestion.state, author=author, moderator=False):
        moderator = await bot.services.moderators.include(interaction)
        if not may_see(suggestion.state, author=author, moderator=moderator):
            raise UserError(_("There is no suggestion {id} to look at here.", id=suggestion.id))
    if suggestion.state == "waiting":
        return waiting_card(suggestion)
    mine = Choice.NONE
    if alone:
        mine = await bot.services.votes.choice_of(suggestion.guild_id, suggestion.montage_id, interaction.user.id)
    return await bot.services.publisher.card(suggestion, mine=mine)
