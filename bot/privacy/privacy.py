"""Forgetting a person or a server, on disk and in memory."""

from collections import Counter
from collections.abc import Awaitable, Callable

from bot.aliases import JsonObject
from bot.privacy.records import Erased, Record, Records
from bot.slots import Messages

ForgetPerson = Callable[[int, Erased], Awaitable[None]]
ForgetServer = Callable[[int], Awaitable[None]]


class Privacy:
    """The one way to forget while the bot runs. Features that keep copies in memory add how to drop them.

    Whoever is forgotten in one process is forgotten in all.
    """

    def __init__(self, records: Records, messages: Messages) -> None:
        self._records, self._messages = records, messages
        messages.hear("person erased", self._person_was_erased)
        messages.hear("server erased", self._server_was_erased)
        self.person_followers: list[ForgetPerson] = []
        self.server_followers: list[ForgetServer] = []

    async def records(self, user_id: int) -> dict[str, list[Record]]:
        """Everything kept about a person."""
        return await self._records.of_person(user_id)

    async def counts(self, user_id: int) -> dict[str, int]:
        """How much that is, by what it is."""
        return await self._records.counts_of_person(user_id)

    async def erase_person(self, user_id: int, *, suggestions_too: bool) -> Erased:
        """See `Records.erase_person`."""
        erased = await self._records.erase_person(user_id, suggestions_too=suggestions_too)
        await self._forget_person(user_id, erased)
        return erased

    async def erase_again(self) -> None:
        """See `Records.erase_again`: for a database that was a backup until now."""
        again = await self._records.erase_again()
        for user_id, erased in again.people.items():
            await self._forget_person(user_id, erased)
        for guild_id in again.servers:
            await self._forget_server(guild_id)

    async def erase_server(self, guild_id: int) -> Counter[str]:
        """See `Records.erase_server`."""
        gone = await self._records.erase_server(guild_id)
        await self._forget_server(guild_id)
        return gone

    async def _forget_person(self, user_id: int, erased: Erased) -> None:
        for follower in self.person_followers:
            await follower(user_id, erased)
        await self._messages.tell("person erased", id=user_id, suggestions=erased.suggestions)

    async def _forget_server(self, guild_id: int) -> None:
        for follower in self.server_followers:
            await follower(guild_id)
        await self._messages.tell("server erased", id=guild_id)

    async def _person_was_erased(self, message: JsonObject) -> None:
        erased = Erased(suggestions=[(int(guild_id), str(montage)) for guild_id, montage in message["suggestions"]])
        for follower in self.person_followers:
            await follower(int(message["id"]), erased)

    async def _server_was_erased(self, message: JsonObject) -> None:
        for follower in self.server_followers:
            await follower(int(message["id"]))
