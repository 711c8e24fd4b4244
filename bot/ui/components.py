"""Discord's components, with their type parameter filled in once, and bounded: what Discord would refuse for its
length never leaves.

Words are cut to what fits. What is read again, an id or a value, is never cut, for it would mean something else:
one that is too long is refused where it is made. Lengths are those of `bot.ui.text.length`.

The parameter is left open because discord.py declares `DynamicItem` an item of the old kind of view, though it
works in a `LayoutView` as well: with the right parameter no row could hold a persistent button.
"""

from io import BytesIO
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import discord
from discord import app_commands

from bot.errors import UserError
from bot.languages import _
from bot.ui.text import clip, length

View = Any
# For what discord.py calls, and what subclasses narrow to the bot's own interaction.
AnyInteraction: TypeAlias = discord.Interaction[Any]
Item = discord.ui.Item[View]
ActionRow = discord.ui.ActionRow[View]
Container = discord.ui.Container[View]
MediaGallery = discord.ui.MediaGallery[View]
Section = discord.ui.Section[View]
Separator = discord.ui.Separator[View]
TextDisplay = discord.ui.TextDisplay[View]

# What Discord takes of each.
ID_AT_MOST = 100
BUTTON_LABEL_AT_MOST = 80
ADDRESS_AT_MOST = 512
OPTION_AT_MOST = 100
OPTIONS_AT_MOST = 25
PLACEHOLDER_AT_MOST = 150
THREAD_NAME_AT_MOST = 100
ALT_AT_MOST = 1_024
TEXT_AT_MOST = 4_000  # all texts of a message together
_FILE_NAME_AT_MOST = 100
# Stands where nothing is left.
_NOTHING = "…"


def bounded_id(custom_id: str) -> str:
    """`custom_id`. Raises UserError for one that Discord would not give back: it holds more than fits."""
    if length(custom_id) > ID_AT_MOST:
        raise UserError(_("That is more than I can hold on to at once. Ask for less, in fewer words, please."))
    return custom_id


def bounded(text: str, most: int) -> str:
    """`text` cut to `most`; never empty, which Discord refuses, too."""
    return clip(text.strip(), most) or _NOTHING


def thread_name(text: str) -> str:
    """What a thread may be called."""
    return bounded(text, THREAD_NAME_AT_MOST)


def attachment(content: bytes, name: str) -> discord.File:
    """A file under a name that stays as it is: Discord changes whatever is no plain letter, digit, dot or dash."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-._") else "-" for c in name)
    stem, dot, ending = plain.rpartition(".")
    room = _FILE_NAME_AT_MOST - len(dot + ending)
    return discord.File(BytesIO(content), f"{stem[:room]}{dot}{ending}" if room > 0 else plain[:_FILE_NAME_AT_MOST])


class Button(discord.ui.Button[View]):
    """A button with bounded words, id and address. An address that is no web address, or too long, is a bug."""

    def __init__(
        self,
        *,
        label: str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        custom_id: str | None = None,
        url: str | None = None,
        emoji: str | None = None,
        disabled: bool = False,
    ) -> None:
        if url is not None and (length(url) > ADDRESS_AT_MOST or urlsplit(url).scheme != "https"):
            raise ValueError(f"no button can lead to an address of {length(url)} characters, or not of the web")
        super().__init__(
            label=bounded(label, BUTTON_LABEL_AT_MOST),
            style=style,
            custom_id=None if custom_id is None else bounded_id(custom_id),
            url=url,
            emoji=emoji,
            disabled=disabled,
        )


def option(label: str, value: str, *, default: bool = False) -> discord.SelectOption:
    """One of the options of a select."""
    return discord.SelectOption(label=bounded(label, OPTION_AT_MOST), value=bounded_id(value), default=default)


def choice(name: str, value: str) -> app_commands.Choice[str] | None:
    """One of the choices that open while somebody types; None for one that Discord could not give back."""
    if not value or length(value) > OPTION_AT_MOST:
        return None
    return app_commands.Choice(name=bounded(name, OPTION_AT_MOST), value=value)


class Select(discord.ui.Select[View]):
    """A select with bounded words and id."""

    def __init__(
        self,
        *,
        custom_id: str,
        options: list[discord.SelectOption],
        placeholder: str | None = None,
        min_values: int = 1,
        max_values: int = 1,
    ) -> None:
        super().__init__(
            custom_id=bounded_id(custom_id),
            options=options[:OPTIONS_AT_MOST],
            placeholder=None if placeholder is None else bounded(placeholder, PLACEHOLDER_AT_MOST),
            min_values=min_values,
            max_values=max_values,
        )


class ChannelSelect(discord.ui.ChannelSelect[View]):
    """The same for channels."""

    def __init__(self, *, custom_id: str, placeholder: str | None = None, **more: Any) -> None:
        more["placeholder"] = None if placeholder is None else bounded(placeholder, PLACEHOLDER_AT_MOST)
        super().__init__(custom_id=bounded_id(custom_id), **more)


class RoleSelect(discord.ui.RoleSelect[View]):
    """The same for roles."""

    def __init__(self, *, custom_id: str, placeholder: str | None = None, **more: Any) -> None:
        more["placeholder"] = None if placeholder is None else bounded(placeholder, PLACEHOLDER_AT_MOST)
        super().__init__(custom_id=bounded_id(custom_id), **more)


def thumbnail(address: str, alt: str) -> discord.ui.Thumbnail[View]:
    """A small picture beside some words, with words for whoever can't see it."""
    return discord.ui.Thumbnail(address, description=bounded(alt, ALT_AT_MOST))


def picture(address: str, alt: str) -> discord.MediaGalleryItem:
    """A picture, with words for whoever can't see it."""
    return discord.MediaGalleryItem(address, description=bounded(alt, ALT_AT_MOST))
