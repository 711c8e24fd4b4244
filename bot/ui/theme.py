"""How everything looks: the bot's colours, one for each family of disciplines among them, and one frame."""

import discord

from bot.ui.components import TEXT_AT_MOST, Item
from bot.ui.text import clip_shown, length

GOLD = discord.Colour(0xE8B23A)  # the bot speaking
AMBER = discord.Colour(0xD97B29)  # something to mend
GREEN = discord.Colour(0x4C9A5B)  # it worked out
GREY = discord.Colour(0x80848E)  # closed

_FAMILIES = {
    "combat": discord.Colour(0xC8402F),
    "athletics": discord.Colour(0xE2752B),
    "ball games": discord.Colour(0x7A9A3A),
    "winter": discord.Colour(0x6FB3D9),
    "water": discord.Colour(0x2C7FB8),
    "wheels and saddles": discord.Colour(0x8C6D46),
    "dance": discord.Colour(0xD45D9A),
    "music": discord.Colour(0x8A5BC0),
    "mind": discord.Colour(0x4E6FC4),
    "craft": discord.Colour(0xB58B2C),
    "service": discord.Colour(0x5F7350),
    "heroes and magic": discord.Colour(0x9B3FB0),
    "stage and style": discord.Colour(0xE0679B),
    "capers": discord.Colour(0x3D8C84),
}


def colour_of(family: str) -> discord.Colour:
    """The accent of a family of disciplines; the bot's own gold for one that has none."""
    return _FAMILIES.get(family, GOLD)


def build_layout(*parts: Item) -> discord.ui.LayoutView:
    """A message of these parts, one under the other; its buttons work as long as it stands."""
    view = discord.ui.LayoutView(timeout=None)
    for part in parts:
        view.add_item(part)
    _fit(view)
    return view


def _fit(view: discord.ui.LayoutView) -> None:
    """Shorten the longest text where all of them together are more than a message holds.

    Whoever builds a message leaves room; this is for what nobody foresaw, and it loses words, not the message.
    """
    texts = [item for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]
    too_much = sum(length(text.content) for text in texts) - TEXT_AT_MOST
    if too_much > 0:
        longest = max(texts, key=lambda text: length(text.content))
        longest.content = clip_shown(longest.content, max(length(longest.content) - too_much, 8))
