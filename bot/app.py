"""The bot, put together: the one place that knows every feature."""

from discord import app_commands

from bot import (
    bracket,
    daily,
    duels,
    films,
    guilds,
    help,
    montages,
    privacy,
    recommending,
    shelf,
    stats,
    suggestions,
    voting,
)
from bot.catalogue import Catalogue, load_catalogue
from bot.client import MontageBot, ShardedMontageBot
from bot.commands_sync import sync_commands
from bot.services import Services
from bot.settings import Settings
from bot.shards import Slot
from bot.ui.lists import AskButton, OpenButton, OpenSelect, PageButton


def create_bot(settings: Settings, catalogue: Catalogue | None = None, slot: Slot | None = None) -> MontageBot:
    """A client that is not connected yet, with every feature added.

    `slot` is what this process serves, where several share the shards.
    It opens its database in `setup_hook` and closes it in `close()`. Raises StartError for a catalogue
    that has something to mend.
    """
    catalogue = catalogue or load_catalogue()
    slot = slot or Slot()
    bot: MontageBot
    if not slot.alone:
        shards = slot.shards
        bot = ShardedMontageBot(settings, catalogue, slot, shard_count=shards.count, shard_ids=list(shards.ids))
    elif settings.shards == "off":
        bot = MontageBot(settings, catalogue, slot)
    else:
        count = None if settings.shards == "auto" else int(settings.shards)
        bot = ShardedMontageBot(settings, catalogue, slot, shard_count=count)
    bot.services = Services(bot)
    montage = app_commands.Group(
        name="montage",
        description="Training montages: picked, ranked, found.",
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )
    bot.tree.add_command(montage)
    for feature in (
        guilds,
        films,
        montages,
        voting,
        suggestions,
        recommending,
        duels,
        shelf,
        stats,
        daily,
        bracket,
        privacy,
        help,
    ):
        feature.setup(bot, montage)
    bot.add_dynamic_items(PageButton, AskButton, OpenButton, OpenSelect)
    bot.add_opening(lambda: sync_commands(bot))
    return bot
