"""What the privacy feature adds to the bot."""

import structlog
from discord import app_commands

from bot.client import MontageBot
from bot.duels import Standings
from bot.montages import Decks
from bot.privacy.commands import add_commands
from bot.privacy.privacy import Privacy
from bot.privacy.records import Erased, Records
from bot.routine import Routine
from bot.servers import Presence, Servers
from bot.settings import backup_folder
from bot.suggestions import Leftovers, Titles
from bot.voting import Everywhere

log = structlog.get_logger(__name__)
_DAY_SECONDS = 24 * 60 * 60.0


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/privacy`, and the routine that deletes what servers left behind."""
    privacy = Privacy(Records(bot.database, backup_folder(bot.settings)))
    bot.add_service(privacy)
    add_commands(bot)

    def count_again() -> None:
        bot.service(Everywhere).outdate()
        bot.service(Standings).outdate()

    async def forget_person(user_id: int, erased: Erased) -> None:
        bot.service(Decks).forget(user_id)
        bot.service(Titles).forget()
        count_again()
        for place, montage_id in erased.suggestions:
            bot.catalogue.remove(place, montage_id)
        bot.service(Leftovers).routine.wake()

    async def forget_server(place: int) -> None:
        bot.service(Decks).forget(place)
        bot.service(Servers).forget(place)
        bot.service(Titles).forget(place)
        bot.catalogue.forget(place)
        count_again()

    privacy.person_followers.append(forget_person)
    privacy.server_followers.append(forget_server)
    bot.add_opening(privacy.erase_again)

    async def purge() -> float:
        for place in await bot.service(Presence).gone_for_good(bot.discord_time.now()):
            if bot.get_guild(place) is None:
                gone = await privacy.erase_server(place)
                log.info("a server that left is forgotten", guild=place, rows=gone.total())
        return _DAY_SECONDS

    purging = Routine("servers that left", purge)
    bot.add_listener("ready", purging.start)
    bot.add_closing(purging.stop)
