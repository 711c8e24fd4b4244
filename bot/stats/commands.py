"""/montage stats."""

from collections.abc import Sequence
from itertools import count as count_up

import discord
from discord import app_commands

from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.languages import _, ngettext
from bot.stats.charts import Chart, guild_charts, in_words, is_worth_a_picture, taste_charts
from bot.ui.answers import answers, defer, reply
from bot.ui.components import Container, MediaGallery, TextDisplay, attachment, picture
from bot.ui.context import guild_id_of
from bot.ui.speaking import where_seen
from bot.ui.text import escape
from bot.ui.theme import GOLD, build_layout
from bot.voting import rank

_WEEKS = 12


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add `/montage stats` to the group `/montage`."""

    @montage.command(name="stats", description="A picture of what this server loves, or of your own taste.")
    @app_commands.describe(me="Your own taste instead. Only you see it.")
    @answers
    async def stats(interaction: Interaction, me: bool = False) -> None:
        with await where_seen(interaction, private=me):
            heading, charts = await (of_person(interaction) if me else of_guild(interaction))
            renderer, drawn = bot.services.charts, [chart for chart in charts if is_worth_a_picture(chart)]
            if not all(map(renderer.is_ready, drawn)):
                await defer(interaction, private=me)
            files = [attachment(await renderer.render(chart), _file(n)) for n, chart in enumerate(drawn)]
            view = _view(heading, charts)
        await reply(interaction, view, private=me, files=files)

    async def of_guild(interaction: Interaction) -> tuple[str, tuple[Chart, ...]]:
        guild_id, votes = guild_id_of(interaction), bot.services.votes
        montages = {m.id: m for m in bot.catalogue.visible_to(guild_id)}
        tallies = await votes.tallies(guild_id)
        ranked = rank(list(montages), tallies)
        total = sum(r.up + r.down for r in ranked)
        hidden = sum(tallies[m.id].votes for m in bot.catalogue.hidden_from(guild_id) if m.id in tallies)
        if not total and hidden:
            raise UserError(
                ngettext(
                    "There is {number} vote here so far, and what they are for is hidden: this server shows only "
                    "some montages, and whoever manages it chose which in `/settings`. Vote on one that is shown, "
                    "and I have something to draw.",
                    "There are {number} votes here so far, and what they are for is hidden: this server shows only "
                    "some montages, and whoever manages it chose which in `/settings`. Vote on one that is shown, "
                    "and I have something to draw.",
                    hidden,
                )
            )
        if not total:
            raise UserError(
                _("Nobody has voted here yet, so it would be a very calm picture. Begin with `/montage random`.")
            )
        charts = guild_charts(ranked, montages, await votes.votes_by_week(guild_id, _WEEKS, montages))
        heading = (
            ngettext(
                "## What this server loves\n-# {number} vote so far",
                "## What this server loves\n-# {number} votes so far",
                total,
            )
            if guild_id
            else ngettext(
                "## What direct messages love\n-# {number} vote so far",
                "## What direct messages love\n-# {number} votes so far",
                total,
            )
        )
        if hidden:
            more = ngettext(
                "There is {number} vote more on montages that this server hides.",
                "There are {number} votes more on montages that this server hides.",
                hidden,
            )
            heading += f". {more}"
        return heading, charts

    async def of_person(interaction: Interaction) -> tuple[str, tuple[Chart, ...]]:
        guild_id = guild_id_of(interaction)
        choices = await bot.services.votes.choices_of(interaction.user.id)
        known = [(m, choice) for key, choice in choices.items() if (m := bot.catalogue.get(guild_id, key))]
        hidden = sum(m.id in choices for m in bot.catalogue.hidden_from(guild_id))
        if not known and hidden:
            raise UserError(
                ngettext(
                    "There is {number} vote of yours, and what they are for is hidden in this server. Ask me in "
                    "another one, or in a direct message.",
                    "There are {number} votes of yours, and what they are for is hidden in this server. Ask me in "
                    "another one, or in a direct message.",
                    hidden,
                )
            )
        if not known:
            raise UserError(_("You haven't voted on anything yet. `/montage for-me` asks you about five."))
        charts = taste_charts(known)
        if not charts:
            raise UserError(
                ngettext(
                    "{number} vote of yours, and nothing has fired you up yet: a blank page, and I "
                    "can't frame that. `/montage for-me` asks you about five.",
                    "{number} votes of yours, and nothing has fired you up yet: a blank page, and I "
                    "can't frame that. `/montage for-me` asks you about five.",
                    len(known),
                )
            )
        return ngettext(
            "## Your taste\n-# {number} vote of yours. Only you can see this.",
            "## Your taste\n-# {number} votes of yours. Only you can see this.",
            len(known),
        ), charts


def _file(number: int) -> str:
    return f"stats-{number + 1}.png"


def _view(heading: str, charts: Sequence[Chart]) -> discord.ui.LayoutView:
    """The pictures under each other, each as wide as the message, so that a phone shows them large."""
    container = Container(accent_colour=GOLD)
    container.add_item(TextDisplay(heading))
    files = count_up()
    for chart in charts:
        if is_worth_a_picture(chart):
            container.add_item(MediaGallery(picture(f"attachment://{_file(next(files))}", in_words(chart))))
        else:
            container.add_item(TextDisplay(escape(in_words(chart))))
    return build_layout(container)
