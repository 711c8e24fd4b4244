"""Casting a vote: whether the person may, and what follows from it."""

from collections.abc import Callable
from typing import Protocol

from bot import clock
from bot.client import Interaction
from bot.ui.context import guild_id_of
from bot.voting.store import Choice, Vote, VoteStore


class VoteRules(Protocol):
    """What the suggestions have to say about votes."""

    async def check(self, interaction: Interaction, montage_id: str) -> None:
        """Raises UserError where the person may not vote on that montage."""

    async def after_vote(self, interaction: Interaction, montage_id: str, vote: Vote) -> bool:
        """What follows from a vote; True where this has answered the click already."""


class Voting:
    """The one way to vote."""

    def __init__(self, store: VoteStore, rules: VoteRules) -> None:
        self._store, self._rules = store, rules
        # Told of every vote that was cast with a button.
        self.observers: list[Callable[[Vote], None]] = []

    async def cast(self, interaction: Interaction, montage_id: str, choice: Choice) -> Vote:
        """A press of a vote button; a second one takes the vote back. Raises UserError where the rules refuse."""
        await self._rules.check(interaction, montage_id)
        vote = await self._store.cast(
            guild_id_of(interaction), montage_id, interaction.user.id, choice, clock.now()
        )
        for observer in self.observers:
            observer(vote)
        return vote

    async def support(self, interaction: Interaction, montage_id: str) -> Vote:
        """A vote for it that a second time does not take back. Raises UserError where the rules refuse."""
        await self._rules.check(interaction, montage_id)
        return await self._store.support(guild_id_of(interaction), montage_id, interaction.user.id, clock.now())

    async def follow(self, interaction: Interaction, montage_id: str, vote: Vote) -> bool:
        """What follows from a vote; True where that has answered the click already."""
        return await self._rules.after_vote(interaction, montage_id, vote)
