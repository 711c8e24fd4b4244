"""What the privacy feature adds to the bot."""

import structlog
from discord import app_commands

from bot.client import MontageBot
from bot.montages import forget_drawn
from bot.privacy.commands import add_commands
from bot.privacy.records import Erased
from bot.routine import Routine

log = structlog.get_logger(__name__)
_DAY_SECONDS = 24 * 60 * 60.0


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/privacy`, and the routine that deletes what servers left behind."""
    services = bot.services
    add_commands(bot)

    def votes_were_deleted() -> None:
        services.votes.forget()
        services.everywhere.outdate()
        services.duel_rankings.outdate()

    async def forget_person(user_id: int, erased: Erased) -> None:
        services.decks.forget(user_id)
        services.title_index.forget()
        votes_were_deleted()
        for guild_id, montage_id in erased.suggestions:
            bot.catalogue.remove(guild_id, montage_id)
        bot.catalogue.forget_author(user_id)
        forget_drawn()
        services.card_cleanup.routine.wake()

    async def forget_guild(guild_id: int) -> None:
        services.decks.forget(guild_id)
        services.guild_settings.forget(guild_id)
        services.title_index.forget(guild_id)
        bot.catalogue.forget(guild_id)
        votes_were_deleted()

    async def forget_everything() -> None:
        """Anybody may have been erased."""
        await services.decks.forget_all()
        await services.guild_settings.open()
        services.title_index.forget()
        await services.decisions.open()
        votes_were_deleted()
        forget_drawn()
        services.card_cleanup.routine.wake()

    bot.messages.after_gap(forget_everything)
    services.privacy.person_followers.append(forget_person)
    services.privacy.server_followers.append(forget_guild)
    bot.add_opening(services.privacy.erase_again)

    async def purge() -> float:
        for guild_id in await services.presence.gone_for_good(bot.discord_time.now()):
            if bot.get_guild(guild_id) is None:
                gone = await services.privacy.erase_server(guild_id)
                log.info("a server that left is forgotten", guild=guild_id, rows=gone.total())
        return _DAY_SECONDS

    bot.add_routine(Routine("servers that left", purge))
