"""Casting a vote, with what other features have to say about it."""

from collections.abc import Awaitable, Callable, Iterable

from bot import clock
from bot.client import Interaction
from bot.ui.places import place_of
from bot.voting.board import A_WEEK, spans
from bot.voting.memory import VoteMemory
from bot.voting.store import Choice, Tallies, Tally, Vote

# Raises UserError where the person may not vote on that montage.
Check = Callable[[Interaction, str], Awaitable[None]]
# Told after a vote; may answer the click itself and says so by returning True.
Follower = Callable[[Interaction, str, Vote], Awaitable[bool]]


class Voting:
    """The one way to vote. Features add checks (may this person?) and followers (what follows from it?)."""

    def __init__(self, store: VoteMemory) -> None:
        self.store = store
        self.checks: list[Check] = []
        self.followers: list[Follower] = []

    async def press(self, interaction: Interaction, montage_id: str, choice: Choice) -> Vote:
        """A press of a vote button; raises UserError where a check refuses."""
        await self._check(interaction, montage_id)
        return await self.store.press(place_of(interaction), montage_id, interaction.user.id, choice, clock.now())

    async def support(self, interaction: Interaction, montage_id: str) -> Vote:
        """A vote for it that a second time does not take back; raises UserError where a check refuses."""
        await self._check(interaction, montage_id)
        return await self.store.support(place_of(interaction), montage_id, interaction.user.id, clock.now())

    async def tell(self, interaction: Interaction, montage_id: str, vote: Vote) -> bool:
        """Tell the followers of a vote that was given; True once one of them has answered the click."""
        for follower in self.followers:
            if await follower(interaction, montage_id, vote):
                return True
        return False

    async def _check(self, interaction: Interaction, montage_id: str) -> None:
        for check in self.checks:
            await check(interaction, montage_id)

    async def voters(self, place: int, montage_id: str) -> list[tuple[int, Choice]]:
        """(person, choice) of everybody whose vote counts, the earliest first."""
        return await self.store.voters(place, montage_id)

    async def tally(self, place: int, montage_id: str) -> Tally:
        """The counts of one montage."""
        return await self.store.tally(place, montage_id)

    async def tallies(self, place: int) -> Tallies:
        """The counts of everything that was voted on in a place."""
        return await self.store.tallies(place)

    async def trend(self, place: int, days: int | None) -> tuple[Tallies, Tallies]:
        """The counts of the last `days` (None: of all votes), and what they were without the last week
        (or for a single week, those of the week before).

        Only votes that still stand count: one that was changed since counts where and when it was last cast.
        """
        today = clock.now() // clock.DAY
        if days is None:
            return await self.store.tallies(place), await self.store.tallies_until(place, today - A_WEEK)
        return await self.store.trend(place, *spans(today, days))

    async def stamp(self, place: int) -> int:
        """A number that changes with every vote in a place."""
        return await self.store.stamp(place)

    async def votes_by_week(self, place: int, weeks: int, montages: Iterable[str]) -> list[int]:
        """How many votes on these montages were cast in each of the last `weeks` spans of seven days, the latest
        last.
        """
        today = clock.now() // clock.DAY
        numbers = [0] * weeks
        by_day = await self.store.votes_of_days(place, today - 7 * weeks + 1, montages)
        for day, votes in by_day.items():
            numbers[weeks - 1 - max(today - day, 0) // 7] += votes
        return numbers

    async def choices_of(self, user_id: int) -> dict[str, Choice]:
        """What one person thinks of each montage, wherever they said so last."""
        return await self.store.of_person(user_id)
