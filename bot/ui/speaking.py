"""In which language something is said: a person's own while it is for them alone, the server's where others read
along, who need not learn what anybody has set.

Each is used as `with await publicly(interaction):`.
"""

from contextlib import AbstractContextManager, nullcontext

from bot.languages import language, speaking
from bot.ui.client import Interaction, UIClient
from bot.ui.context import guild_id_of, only_they_see

Speaking = AbstractContextManager[None]


async def publicly(interaction: Interaction) -> Speaking:
    """Around the making of an answer that all may see. Outside servers it is the person's language, too."""
    if interaction.guild_id is None:
        return nullcontext()
    code = interaction.guild_locale.value if interaction.guild_locale else None
    return speaking(await interaction.client.server_language(guild_id_of(interaction), code))


async def where_seen(interaction: Interaction, *, private: bool) -> Speaking:
    """Around an answer that only they see (`private`), or that all may."""
    return nullcontext() if private else await publicly(interaction)


async def where_pressed(interaction: Interaction) -> Speaking:
    """Around what is drawn in place of the message that was pressed: for those who see that."""
    return await where_seen(interaction, private=only_they_see(interaction))


async def in_server(client: UIClient, guild_id: int) -> Speaking:
    """Around what is posted in a server without anybody having asked, or whoever has."""
    return speaking(await client.server_language(guild_id) if guild_id else language())
