"""In which language something is said: a person's own while it is for them alone, the server's where others read
along, who need not learn what anybody has set.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.languages import language, speaking
from bot.ui.client import Interaction, UIClient
from bot.ui.context import guild_id_of, only_they_see


@asynccontextmanager
async def publicly(interaction: Interaction) -> AsyncIterator[None]:
    """Around the making of an answer that all may see. Outside servers it is the person's language, too."""
    if interaction.guild_id is None:
        yield
        return
    code = interaction.guild_locale.value if interaction.guild_locale else None
    with speaking(await interaction.client.server_language(guild_id_of(interaction), code)):
        yield


@asynccontextmanager
async def where_seen(interaction: Interaction, *, private: bool) -> AsyncIterator[None]:
    """Around an answer that only they see (`private`), or that all may."""
    if private:
        yield
    else:
        async with publicly(interaction):
            yield


@asynccontextmanager
async def where_pressed(interaction: Interaction) -> AsyncIterator[None]:
    """Around what is drawn in place of the message that was pressed: for those who see that."""
    async with where_seen(interaction, private=only_they_see(interaction)):
        yield


@asynccontextmanager
async def in_server(client: UIClient, guild_id: int) -> AsyncIterator[None]:
    """Around what is posted in a server without anybody having asked, or whoever has."""
    with speaking(await client.server_language(guild_id) if guild_id else language()):
        yield
