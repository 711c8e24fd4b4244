"""/montage stats."""

import io
from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.stats.panels import Panel, in_words, server_panels, taste_panels
from bot.stats.pictures import Pictures
from bot.ui.answers import answers, reply, take_time
from bot.ui.look import GOLD, laid_out
from bot.ui.places import place_of
from bot.ui.text import count
from bot.voting import Voting, rank

_WEEKS = 12


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add `/montage stats` to the group `/montage`."""

    @montage.command(name="stats", description="A picture of what this server loves, or of your own taste.")
    @app_commands.describe(me="Your own taste instead. Only you see it.")
    @answers
    async def stats(interaction: Interaction, me: bool = False) -> None:
        heading, panels = await (of_person(interaction) if me else of_place(interaction))
        pictures = bot.service(Pictures)
        if not all(map(pictures.is_ready, panels)):
            await take_time(interaction, private=me)
        files = [discord.File(io.BytesIO(await pictures.of(panel)), _file(n)) for n, panel in enumerate(panels)]
        await reply(interaction, _view(heading, panels), private=me, files=files)

    async def of_place(interaction: Interaction) -> tuple[str, tuple[Panel, ...]]:
        place, voting = place_of(interaction), bot.service(Voting)
        montages = {m.id: m for m in bot.catalogue.of(place)}
        ranked = rank(list(montages), await voting.tallies(place))
        votes = sum(r.up + r.down for r in ranked)
        if not votes:
            raise UserError(
                "Nobody has voted here yet, so it would be a very calm picture. Begin with `/montage random`."
            )
        loves = "this server loves" if place else "direct messages love"
        panels = server_panels(ranked, montages, await voting.votes_by_week(place, _WEEKS, montages))
        return f"## What {loves}\n-# {count(votes, 'vote')} so far", panels

    async def of_person(interaction: Interaction) -> tuple[str, tuple[Panel, ...]]:
        place = place_of(interaction)
        choices = await bot.service(Voting).choices_of(interaction.user.id)
        known = [(m, choice) for key, choice in choices.items() if (m := bot.catalogue.get(place, key))]
        if not known:
            raise UserError("You haven't voted on anything yet. `/montage for-me` asks you about five.")
        panels = taste_panels(known)
        if not panels:
            raise UserError(
                f"{count(len(known), 'vote')} of yours, and nothing has fired you up yet: a blank page, and I "
                "can't frame that. `/montage for-me` asks you about five."
            )
        return f"## Your taste\n-# {count(len(known), 'vote')} of yours. Only you can see this.", panels


def _file(number: int) -> str:
    return f"stats-{number + 1}.png"


def _view(heading: str, panels: Sequence[Panel]) -> discord.ui.LayoutView:
    """The pictures under each other, each as wide as the message, so that a phone shows them large."""
    container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=GOLD)
    container.add_item(discord.ui.TextDisplay(heading))
    for number, panel in enumerate(panels):
        item = discord.MediaGalleryItem(f"attachment://{_file(number)}", description=in_words(panel))
        container.add_item(discord.ui.MediaGallery(item))
    return laid_out(container)
