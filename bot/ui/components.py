"""Discord's components, with their type parameter filled in once.

It is `Any` because discord.py declares `DynamicItem` an item of the old kind of view, though it works in a
`LayoutView` as well: with the right parameter no row could hold a persistent button.
"""

from typing import Any

import discord

Item = discord.ui.Item[Any]
ActionRow = discord.ui.ActionRow[Any]
Button = discord.ui.Button[Any]
ChannelSelect = discord.ui.ChannelSelect[Any]
Container = discord.ui.Container[Any]
Label = discord.ui.Label[Any]
MediaGallery = discord.ui.MediaGallery[Any]
RoleSelect = discord.ui.RoleSelect[Any]
Section = discord.ui.Section[Any]
Select = discord.ui.Select[Any]
Separator = discord.ui.Separator[Any]
TextDisplay = discord.ui.TextDisplay[Any]
TextInput = discord.ui.TextInput[Any]
