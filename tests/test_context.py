"""Whose votes count where: servers that have the bot, and everywhere else."""

from pathlib import Path
from typing import Any

import discord
import pytest

from bot.app import create_bot
from bot.catalogue import Montage
from bot.settings import Settings
from bot.ui.context import guild_id_of, scope_id_of

GUILD, USER = 500, 900


def interaction(path: Path, guild: int | None, owners: dict[str, str]) -> discord.Interaction[Any]:
    """An interaction as Discord's gateway sends it."""
    user = {"id": str(USER), "username": "ana", "discriminator": "0", "avatar": None}
    where: dict[str, Any] = {"user": user}
    if guild:
        member: dict[str, Any] = {
            "user": user,
            "roles": [],
            "permissions": "0",
            "joined_at": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
        }
        where = {"guild_id": str(guild), "member": member}
    payload = {
        "id": "1",
        "application_id": "2",
        "type": 2,
        "token": "t",
        "version": 1,
        "channel": {"id": "3", "type": 0 if guild else 1, "name": "the-gym", "position": 0},
        "channel_id": "3",
        "data": {"id": "4", "name": "montage", "type": 1},
        "entitlements": [],
        "attachment_size_limit": 0,
        "authorizing_integration_owners": owners,
        "locale": "en-GB",
        **where,
    }
    bot = create_bot(Settings(database=path))
    me: Any = {"id": "2", "username": "montage", "discriminator": "0", "avatar": None}
    bot._connection.user = discord.ClientUser(state=bot._connection, data=me)
    return discord.Interaction(data=payload, state=bot._connection)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("guild", "owners", "guild_id", "scope"),
    [
        (GUILD, {"0": str(GUILD)}, GUILD, GUILD),  # the server has the bot
        (GUILD, {"0": str(GUILD), "1": str(USER)}, GUILD, GUILD),  # the server and the person have it
        (GUILD, {"1": str(USER)}, 0, USER),  # the person carries it into a server that has not
        (None, {"0": "0"}, 0, USER),  # a direct message
        (None, {"1": str(USER)}, 0, USER),
    ],
)
async def test_where_votes_belong(
    path: Path, guild: int | None, owners: dict[str, str], guild_id: int, scope: int
) -> None:
    asked = interaction(path, guild, owners)
    assert (guild_id_of(asked), scope_id_of(asked)) == (guild_id, scope)


@pytest.mark.parametrize(("owners", "offered"), [({"0": str(GUILD)}, ["Tin cracking"]), ({"1": str(USER)}, [])])
async def test_filters_offer_what_that_server_has(path: Path, owners: dict[str, str], offered: list[str]) -> None:
    asked = interaction(path, GUILD, owners)
    bot: Any = asked.client
    theirs = Montage(id="s1", film="Tins", year=1999, scene="In the dark", discipline="tin cracking", blurb="!")
    bot.catalogue.put(GUILD, theirs)
    top = bot.tree.get_command("montage").get_command("top")
    choices = await top._params["discipline"].autocomplete(asked, "tin cr")
    assert [choice.name for choice in choices] == offered
