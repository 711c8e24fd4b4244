"""Who is in the make-believe club, and how they vote: the same people with the same taste at every start. No I/O.

Time is counted in days since the club was founded, as fractions: 3.5 is the middle of its fourth day.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from bot.catalogue import Montage
from bot.shelf.store import Mark
from bot.voting import Choice

# How old the club is when somebody first sees it: a little more than the weeks that `/montage stats` shows.
AGE = 98
# Members who were there from the first day; then one more joins every second day.
_FOUNDERS = 9
# Votes on a usual day, from the first one on and now.
_FIRST_VOTES, _VOTES = 3.0, 11.0
# The day of the first duel, and how many of the best known montages meet in them.
_FIRST_DUEL, _DUELLISTS = 40, 16
# So many of the editors' order everybody has heard of.
_FAMOUS = 10
# A place in the order of what is well known counts for as little as this many places more.
_SPREAD = 5.0


class Member(NamedTuple):
    """Somebody made up. `loves` and `cold` are families of disciplines; `posts` is how eagerly they vote."""

    name: str
    loves: tuple[str, ...]
    cold: tuple[str, ...] = ()
    posts: float = 1.0


class ClubIds(NamedTuple):
    """Where the club is: its server and channel, and the ids of MEMBERS in their order."""

    guild_id: int
    channel_id: int
    members: Sequence[int]


class CastVote(NamedTuple):
    """One of them votes."""

    member: int  # index in MEMBERS
    montage_id: str
    choice: Choice
    day: float


class Marked(NamedTuple):
    """One of those who are played has saved a montage, or noted that they have seen it."""

    member: int
    montage_id: str
    mark: Mark
    day: float


class Side(NamedTuple):
    """Which of two montages somebody chooses in a bracket, and what share of the round has passed by then."""

    member: int
    pair: int
    lower: bool
    after: float


class HeldDuel(NamedTuple):
    """Two montages that met, and (member, 1 the first, -1 the second, 0 neither) of everybody who chose."""

    first_id: str
    second_id: str
    choices: tuple[tuple[int, int], ...]
    day: float


# Those whom the person at the page can be, in the order of the page's list.
PLAYED = ("Ana", "Ben", "Mia")
# How many votes each of them has given before: Ben's taste is still to be learnt.
_PLAYED_VOTES = (14, 3, 21)
# What they keep on their lists, and out of how many of the best known in their families: the last two are seen, of
# which one is saved, too.
_LISTED, _LISTED_OF = (6, 5, 7), 30

MEMBERS = (
    Member("Ana", ("combat", "athletics"), ("stage and style",)),
    Member("Ben", ("music", "dance"), ("service",)),
    Member("Mia (moderator)", ("ball games", "mind", "winter")),
    Member("Priya", ("mind", "stage and style"), ("combat",), 2.0),
    Member("Old Tom", ("combat",), ("heroes and magic",), 2.5),
    Member("Zeynep", ("dance", "music"), (), 1.5),
    Member("Kofi", ("ball games", "athletics"), ("capers",), 1.5),
    Member("Lucía", ("dance", "stage and style")),
    Member("Henrik", ("winter", "wheels and saddles"), ("dance",), 2.0),
    Member("Aoife", ("music", "craft"), (), 1.5),
    Member("Big Dave", ("combat", "service"), ("stage and style",), 3.0),
    Member("Mei", ("combat", "mind"), (), 2.0),
    Member("Tariq", ("capers", "heroes and magic")),
    Member("Noor", ("water", "winter")),
    Member("Yusuf", ("service",), ("dance",), 0.5),
    Member("Grandma Jo", ("dance", "craft"), ("service", "combat"), 2.0),
    Member("Samir", ("combat", "athletics"), (), 1.5),
    Member("Ines", ("wheels and saddles", "athletics")),
    Member("Olu", ("ball games",), ("mind",), 1.5),
    Member("Kasia", ("mind", "capers")),
    Member("Pavel", ("winter", "service"), (), 0.5),
    Member("Mateo", ("ball games", "music"), ("winter",)),
    Member("Freya", ("heroes and magic", "combat"), (), 1.5),
    Member("Jonas", ("capers", "craft")),
    Member("Amara", ("dance", "athletics")),
    Member("Coach Pete", ("ball games", "athletics", "combat"), ("mind",), 2.5),
    Member("Rin", ("combat", "craft"), (), 1.5),
    Member("Elodie", ("stage and style", "music"), ("ball games",)),
    Member("Bram", ("wheels and saddles",), (), 0.5),
    Member("Sunita", ("mind", "dance")),
    Member("Wolf", ("service", "combat"), ("music",), 0.5),
    Member("Chidi", ("mind", "music"), ("capers",)),
    Member("Lotte", ("water", "craft")),
    Member("Gus", ("heroes and magic", "capers"), (), 1.5),
    Member("Farah", ("stage and style", "dance"), ("service",)),
    Member("Ivo", ("athletics", "winter")),
    Member("Tess", ("ball games", "heroes and magic"), (), 1.5),
    Member("Marek", ("combat",), ("dance", "music")),
    Member("Dalia", ("music", "mind")),
    Member("Quill", ("capers",), (), 0.5),
    Member("Ravi", ("ball games", "craft"), ("combat",)),
    Member("Nell", ("heroes and magic", "stage and style")),
    Member("Hana", ("winter", "music"), ("combat",)),
)


class MemberTastes:
    """What everybody thinks of everything."""

    def __init__(self, montages: Sequence[Montage]) -> None:
        self._known = _best_known_first(montages)
        self._ids = [montage.id for montage in self._known]
        self._by_id = {montage.id: montage for montage in montages}
        self._position = {montage.id: position for position, montage in enumerate(self._known)}
        self._reach = cache(self._reach_of)

    def votes(self, day: int) -> Iterator[CastVote]:
        """What the members vote on that day; not those who are played."""
        random = _random(f"votes of day {day}")
        usual = _FIRST_VOTES + (_VOTES - _FIRST_VOTES) * min(day / AGE, 1)
        weekend = 1.6 if day % 7 in (5, 6) else 1.0
        there = _members_on(day)
        eager = list(accumulate(MEMBERS[member].posts for member in there))
        for _ in range(round(random.uniform(0.5, 1.5) * usual * weekend)):
            (member,) = random.choices(there, cum_weights=eager)
            yield self._vote(member, random, day)

    def votes_of_the_played(self) -> Iterator[CastVote]:
        """What Ana, Ben and Mia have voted before somebody plays them."""
        for member, number in enumerate(_PLAYED_VOTES):
            random = _random(f"votes of {MEMBERS[member].name}")
            for _ in range(number):
                yield self._vote(member, random, random.randrange(10, AGE - 2))

    def duels(self, day: int) -> Iterator[HeldDuel]:
        """The duels of that day."""
        random = _random(f"duels of day {day}")
        if day < _FIRST_DUEL:
            return
        for _ in range(random.choice((0, 1, 1, 2))):
            first, second = random.sample(self._known[:_DUELLISTS], 2)
            choosing = random.sample(_members_on(day), random.randint(3, 6))
            choices = tuple((member, self._prefers(member, first, second, random)) for member in choosing)
            yield HeldDuel(first.id, second.id, choices, day + random.random())

    def marks_of_the_played(self) -> Iterator[Marked]:
        """The lists of Ana, Ben and Mia: most is saved for later, some is seen."""
        for member, number in enumerate(_LISTED):
            random = _random(f"list of {MEMBERS[member].name}")
            loved = [montage.id for montage in self._known if montage.family in MEMBERS[member].loves]
            for left, montage_id in enumerate(random.sample(loved[:_LISTED_OF], number), -number + 1):
                day = random.uniform(AGE / 2, AGE - 3)
                if left < 0:
                    yield Marked(member, montage_id, "saved", day)
                if left >= -1:
                    yield Marked(member, montage_id, "seen", day + 2)

    def sides(self, pairs: Sequence[tuple[Montage, Montage]], day: int) -> Iterator[Side]:
        """How half of the members choose in a bracket's round that opens on that day; not those who are played."""
        random, there = _random(f"bracket on day {day}"), _members_on(day)
        for member in random.sample(there, len(there) // 2):
            after = random.random() ** 3  # many of them soon
            for number, (first, second) in enumerate(pairs):
                ahead = self._liking(member, first) - self._liking(member, second) + random.gauss(0, 0.5)
                yield Side(member, number, ahead < 0, after)

    def _vote(self, member: int, random: Random, day: int) -> CastVote:
        (montage_id,) = random.choices(self._ids, cum_weights=self._reach(member))
        montage = self._by_id[montage_id]
        mind = _random(f"{MEMBERS[member].name} on {montage_id}").random()  # whenever they vote, they vote the same
        choice = Choice.UP if mind < self._liking(member, montage) else Choice.DOWN
        return CastVote(member, montage_id, choice, day + random.random())

    def _reach_of(self, member: int) -> list[float]:
        """How likely they come to vote on each montage, added up from the best known on."""
        return list(
            accumulate(
                (3.0 if montage.family in MEMBERS[member].loves else 1.0) / (position + _SPREAD)
                for position, montage in enumerate(self._known)
            )
        )

    def _liking(self, member: int, montage: Montage) -> float:
        """The chance that they like it."""
        liking = 0.6 + 0.3 * _quality(montage)
        if montage.family in MEMBERS[member].loves:
            liking += 0.25
        if montage.family in MEMBERS[member].cold:
            liking -= 0.35
        return liking

    def _prefers(self, member: int, first: Montage, second: Montage, random: Random) -> int:
        ahead = self._liking(member, first) - self._liking(member, second)
        ahead += (self._position[second.id] - self._position[first.id]) / _DUELLISTS
        drawn = ahead + random.gauss(0, 0.5)
        return 0 if abs(drawn) < 0.06 else 1 if drawn > 0 else -1


def _members_on(day: int) -> range:
    """Those who have joined by then, without the played ones, who vote when somebody plays them."""
    return range(len(PLAYED), min(len(PLAYED) + _FOUNDERS + day // 2, len(MEMBERS)))


def _best_known_first(montages: Sequence[Montage]) -> list[Montage]:
    """What the editors put first, then the others in an order that is always the same."""
    return sorted(montages, key=lambda m: (min(_editors_rank(m), _FAMOUS + 1), _random(f"known {m.id}").random()))


def _editors_rank(montage: Montage) -> int:
    return montage.editors_rank or _FAMOUS + 1


@cache
def _quality(montage: Montage) -> float:
    """How good it is, from -1 to 1; the famous are never bad. Kept: 12 µs, and each of thousands of votes asks."""
    luck = _random(f"quality of {montage.id}").uniform(-1, 1)
    return abs(luck) if _editors_rank(montage) <= _FAMOUS else luck


def _random(what: str) -> Random:
    return Random(f"montage club, {what}")  # noqa: S311 - make-believe


def ids_by_name(ids: Sequence[int]) -> Mapping[str, int]:
    """Each member's id by their name; `ids` in the order of MEMBERS."""
    return {member.name: identity for member, identity in zip(MEMBERS, ids, strict=True)}
