"""/suggest, and the list of what is being voted on."""

import discord
from discord import app_commands

from bot import clock
from bot.catalogue import Filters
from bot.client import Interaction, MontageBot, place_of
from bot.errors import UserError
from bot.suggestions.cards import mend_note, suggestion_card
from bot.suggestions.entry import Typed, read_entry
from bot.suggestions.form import MendButton, suggestion_form
from bot.suggestions.store import SuggestionStore, suggestion_number
from bot.ui.answers import answers, ask, reply
from bot.ui.forms import Values
from bot.ui.lists import list_view, pages_of
from bot.ui.text import clip, escape, title
from bot.voting import Voting, rank, ranked_row


def add_commands(bot: MontageBot) -> None:
    """Add `/suggest` and what belongs to it."""
    store = bot.service(SuggestionStore)

    @bot.tree.command(name="suggest", description="Suggest a montage of your own. The server votes on it.")
    @app_commands.allowed_contexts(guilds=True)
    @app_commands.allowed_installs(guilds=True)
    @answers
    async def suggest(interaction: Interaction) -> None:
        await ask(interaction, suggestion_form(Typed()))

    async def sent(interaction: Interaction, argument: str, values: Values) -> None:
        place, author = place_of(interaction), interaction.user.id
        if not place:
            raise UserError("Suggestions belong to a server: use `/suggest` in one.")
        typed = Typed.of(values)
        entry, problems = read_entry(typed, clock.moment(clock.now()).year)
        if entry is None:
            draft = await store.keep_draft(place, author, typed, clock.now())
            await reply(interaction, mend_note(typed, problems, MendButton(str(draft))), private=True)
            return
        suggestion = await store.add(place, author, entry, clock.now())
        tally = await bot.service(Voting).tally(place, suggestion.montage_id)
        message = await reply(interaction, suggestion_card(suggestion, tally, family_of(bot, entry.discipline)))
        await store.posted(suggestion.id, interaction.channel_id or 0, message)
        if argument.isdigit() and int(argument):
            await store.drop_draft(author, int(argument))

    async def suggested(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
        place = place_of(interaction)
        waiting = {s.montage_id: s for s in await store.of(place, "open")}
        filters = Filters.decode(query)
        keys = [
            key for key, s in waiting.items() if filters.matches(s.as_montage(family_of(bot, s.entry.discipline)))
        ]
        if not keys:
            raise UserError(
                "Nothing is waiting for votes here"
                + (f" under {escape(str(filters))}" if filters.active else "")
                + ". Be the first: `/suggest`."
            )
        ranked = rank(keys, await bot.service(Voting).tallies(place))
        shown, page, pages = pages_of(ranked, page)
        rows, entries = [], []
        for r in shown:
            entry = waiting[r.key].entry
            rows.append(ranked_row(r, title(entry.film, entry.year), escape(entry.scene)))
            entries.append((clip(f"{r.rank}. {entry.film} ({entry.year}): {entry.scene}", 100), r.key))
        heading = "## Suggested, and waiting for your vote"
        return list_view("top-suggested", query, heading, rows, entries, page, pages)

    async def opened(interaction: Interaction, montage_id: str) -> discord.ui.LayoutView | None:
        number, place = suggestion_number(montage_id), place_of(interaction)
        suggestion = await store.get(place, number) if number is not None else None
        if suggestion is None:
            return None
        tally = await bot.service(Voting).tally(place, montage_id)
        return suggestion_card(suggestion, tally, family_of(bot, suggestion.entry.discipline))

    bot.forms.add("suggest", sent)
    bot.lists.add("top-suggested", suggested)
    bot.lists.add_opener(opened)


def family_of(bot: MontageBot, discipline: str) -> str:
    """The family of a discipline that the catalogue knows; empty for one it does not."""
    wanted = discipline.casefold()
    return next((m.family for m in bot.catalogue.shipped if m.discipline.casefold() == wanted), "")
