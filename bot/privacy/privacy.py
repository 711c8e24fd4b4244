"""Forgetting a person or a server, on disk and in memory."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from bot.privacy.records import Erased, Records

ForgetPerson = Callable[[int, Erased], Awaitable[None]]
ForgetServer = Callable[[int], Awaitable[None]]


class Privacy:
    """The one way to forget while the bot runs. Features that keep copies in memory add how to drop them."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.person_followers: list[ForgetPerson] = []
        self.server_followers: list[ForgetServer] = []

    async def records(self, user_id: int) -> dict[str, list[dict[str, Any]]]:
        """Everything kept about a person."""
        return await self._records.of_person(user_id)

    async def counts(self, user_id: int) -> dict[str, int]:
        """How much that is, by what it is."""
        return await self._records.counts_of_person(user_id)

    async def erase_person(self, user_id: int, *, suggestions_too: bool) -> Erased:
        """See `Records.erase_person`."""
        erased = await self._records.erase_person(user_id, suggestions_too=suggestions_too)
        for follower in self.person_followers:
            await follower(user_id, erased)
        return erased

    async def erase_again(self) -> None:
        """See `Records.erase_again`: for a database that was a backup until now."""
        again = await self._records.erase_again()
        for user_id, erased in again.people.items():
            for forget_person in self.person_followers:
                await forget_person(user_id, erased)
        for guild_id in again.servers:
            for forget_server in self.server_followers:
                await forget_server(guild_id)

    async def erase_server(self, guild_id: int) -> Counter[str]:
        """See `Records.erase_server`."""
        gone = await self._records.erase_server(guild_id)
        for follower in self.server_followers:
            await follower(guild_id)
        return gone
