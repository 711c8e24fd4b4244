"""Casting a vote: whether the person may, and what follows from it."""

from collections.abc import Callable
from typing import Protocol

from cachetools import LRUCache, TTLCache

from bot import clock
from bot.client import Interaction
from bot.ui.context import guild_id_of
from bot.voting.store import Choice, Vote, VoteStore

# How long a press whose answer was lost is remembered, and how many of them.
_REPEATED_WITHIN = 10 * clock.SECOND
_PRESSES_KEPT = 10_000


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
        self._unanswered: TTLCache[tuple[int, str, int], Choice] = TTLCache(
            _PRESSES_KEPT, ttl=_REPEATED_WITHIN, timer=clock.steady
        )
        # Who has just been told that their first vote counts: taken back and cast again, it is no news.
        self._greeted: LRUCache[tuple[int, int], bool] = LRUCache(_PRESSES_KEPT)
        # Told of every vote that was cast with a button.
        self.observers: list[Callable[[Vote], None]] = []

    async def cast(self, interaction: Interaction, montage_id: str, choice: Choice) -> Vote:
        """A press of a vote button; a second one takes the vote back. Raises UserError where the rules refuse."""
        await self._rules.check(interaction, montage_id)
        guild_id, user_id = guild_id_of(interaction), interaction.user.id
        # Who pressed again because Discord lost the answer means the same as before, and takes nothing back.
        repeated = self._unanswered.pop((guild_id, montage_id, user_id), None) is choice
        write = self._store.choose if repeated else self._store.cast
        vote = await write(guild_id, montage_id, user_id, choice, clock.now())
        for observer in self.observers:
            observer(vote)
        return vote

    def answer_was_lost(self, interaction: Interaction, montage_id: str, choice: Choice) -> None:
        """The vote is written, and the person cannot see it: the same press within seconds is not a second one."""
        self._unanswered[guild_id_of(interaction), montage_id, interaction.user.id] = choice

    def is_their_first(self, interaction: Interaction, vote: Vote) -> bool:
        """Whether it is the first vote ever of that person in that server; once for each."""
        key = guild_id_of(interaction), interaction.user.id
        if not vote.first or vote.choice is Choice.NONE or not key[0] or key in self._greeted:
            return False
        self._greeted[key] = True
        return True

    async def support(self, interaction: Interaction, montage_id: str) -> Vote:
        """A vote for it that a second time does not take back. Raises UserError where the rules refuse."""
        await self._rules.check(interaction, montage_id)
        return await self._store.choose(
            guild_id_of(interaction), montage_id, interaction.user.id, Choice.UP, clock.now()
        )

    async def follow(self, interaction: Interaction, montage_id: str, vote: Vote) -> bool:
        """What follows from a vote; True where that has answered the click already."""
        return await self._rules.after_vote(interaction, montage_id, vote)
