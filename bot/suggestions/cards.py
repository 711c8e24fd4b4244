"""How a suggestion looks, and the note that says what to mend."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.suggestions.entry import FIELDS, LABELS, Typed
from bot.suggestions.store import Suggestion
from bot.ui.look import AMBER, colour_of
from bot.ui.text import clip, escape, title
from bot.voting import Tally, vote_buttons


def suggestion_card(suggestion: Suggestion, tally: Tally, family: str) -> discord.ui.LayoutView:
    """The card that is put to the vote."""
    entry = suggestion.entry
    by = f"<@{suggestion.author_id}>" if suggestion.author_id else "somebody who has left"
    container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=colour_of(family))
    container.add_item(discord.ui.TextDisplay(f"-# Suggestion {suggestion.id}, from {by}"))
    container.add_item(
        discord.ui.TextDisplay(
            f"## {title(entry.film, entry.year)}\n**{escape(entry.scene)}**\n\n{escape(entry.why)}"
        )
    )
    container.add_item(discord.ui.Separator(spacing=discord.SeparatorSpacing.small))
    container.add_item(discord.ui.TextDisplay(f"-# {escape(entry.discipline)} · Fired up? Then say so:"))
    container.add_item(discord.ui.ActionRow(*vote_buttons(suggestion.montage_id, tally)))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    return view


def mend_note(typed: Typed, problems: Mapping[str, str], button: discord.ui.Item[Any]) -> discord.ui.LayoutView:
    """What was typed, with what is wrong beside it, and the button that opens the form again."""
    lines = []
    for name in FIELDS:
        value = escape(clip(" ".join(getattr(typed, name).split()), 200)) or "*nothing*"
        problem = f"\n⚠️ **{LABELS[name]}** {problems[name]}." if name in problems else ""
        lines.append(f"**{LABELS[name]}:** {value}{problem}")
    container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=AMBER)
    container.add_item(
        discord.ui.TextDisplay(
            "### Nearly there\nNothing you typed is lost. Mend what is marked and send it again."
        )
    )
    container.add_item(discord.ui.TextDisplay("\n".join(lines)))
    container.add_item(discord.ui.ActionRow(button))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    return view
