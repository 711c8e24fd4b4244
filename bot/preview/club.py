"""The make-believe club's past, written through the bot's own stores: votes, duels, suggestions, the daily post."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot import clock
from bot.catalogue import Filters
from bot.client import MontageBot
from bot.daily import Daily, DailyStore
from bot.database import Database, remember, remembered
from bot.guilds import GuildSettings
from bot.preview.members import AGE, CastVote, HeldDuel, MemberTastes, ids_by_name
from bot.preview.stories import BLOCKED, STORIES, Story
from bot.suggestions import Suggestion
from bot.voting import Choice

# Nobody waits between two suggestions here.
SETTINGS: Mapping[str, int] = {"cooldown_minutes": 0}
# A club of three never leads by five: in a blank one a suggestion wins by two.
BLANK_SETTINGS: Mapping[str, int] = {"margin": 2, "cooldown_minutes": 0}
# The hour of the daily post, unless the day is younger.
_POSTED_AT = 8

_MEMO = "preview club"
_BLANK = "blank"


class ClubIds(NamedTuple):
    """Where the club is: its server and channel, and the ids of MEMBERS in their order."""

    guild_id: int
    channel_id: int
    members: Sequence[int]


class SavedClub(NamedTuple):
    """What a preview's database holds. `founded_at` is None in a blank one, where nobody is made up."""

    founded_at: int | None
    days_lived: int = 0


async def kept_in(database: Database) -> SavedClub | None:
    """What it holds; None where no preview has begun yet."""
    if (kept := await remembered(database, _MEMO)) is not None:
        founded, _, lived = kept.partition(" ")
        return SavedClub(None) if founded == _BLANK else SavedClub(int(founded), int(lived))
    # One of a version that had no club: whoever played with it finds it as it was.
    lived_in = await database.read("SELECT 1 FROM vote UNION ALL SELECT 1 FROM suggestion LIMIT 1")
    return SavedClub(None) if lived_in else None


async def begin_blank(bot: MontageBot, guild_id: int) -> None:
    """A club in which nothing has happened; what somebody has set there stays."""
    await _settle_in(bot, guild_id, BLANK_SETTINGS)
    await remember(bot.database, _MEMO, _BLANK)


async def live_on(bot: MontageBot, club: ClubIds, now: int, kept: SavedClub | None) -> None:
    """Found the club, or let the members go on from where the last preview left them; `now` in milliseconds.

    The database says only at the very end that it is done: one that was interrupted does the same again.
    """
    founded = now - AGE * clock.DAY if kept is None or kept.founded_at is None else kept.founded_at
    lived = kept.days_lived if kept else 0
    today = (now - founded) // clock.DAY
    days = range(max(lived, today - AGE), today)
    taste = MemberTastes(bot.catalogue.shipped)
    votes = [vote for day in days for vote in taste.votes(day)]
    if not lived:
        votes += taste.votes_of_the_played()
    await _cast(bot, club, founded, sorted(votes, key=lambda vote: vote.day))
    await _hold(bot, club, founded, [duel for day in days for duel in taste.duels(day)])
    if not lived:
        await _settle_in(bot, club.guild_id, SETTINGS)
        await _tell(bot, club, now)
        await _ask_for_a_daily_post(bot.database, club, now)
    await remember(bot.database, _MEMO, f"{founded} {today}")


async def _settle_in(bot: MontageBot, guild_id: int, settings: Mapping[str, int]) -> None:
    """Unless a moderator has set anything else."""
    if await bot.services.guild_settings.get(guild_id) == GuildSettings():
        await bot.services.guild_settings.change(guild_id, **settings)


async def _cast(bot: MontageBot, club: ClubIds, founded: int, votes: Iterable[CastVote]) -> None:
    """All at once, so that the database writes them together."""
    choose = bot.services.votes.choose
    await asyncio.gather(
        *(choose(club.guild_id, v.montage_id, club.members[v.member], v.choice, _at(founded, v.day)) for v in votes)
    )


async def _hold(bot: MontageBot, club: ClubIds, founded: int, duels: Sequence[HeldDuel]) -> None:
    store, guild_id = bot.services.duel_store, club.guild_id
    opened = await asyncio.gather(
        *(store.open(guild_id, duel.first_id, duel.second_id, _at(founded, duel.day)) for duel in duels)
    )
    await asyncio.gather(
        *(
            store.choose(guild_id, number.id, club.members[member], value, _at(founded, duel.day))
            for number, duel in zip(opened, duels, strict=True)
            for member, value in duel.choices
        )
    )


def _at(founded: int, day: float) -> int:
    return founded + int(day * clock.DAY)


async def _tell(bot: MontageBot, club: ClubIds, now: int) -> None:
    """The suggestions with all that became of them, and who is blocked."""
    services, ids = bot.services, ids_by_name(club.members)
    if await services.suggestions.in_states(club.guild_id):
        return  # told by a start that was interrupted afterwards
    for story in STORIES:
        suggestion = await _suggested(bot, club, story, now)
        made = suggestion.created_at
        voters = [*((name, Choice.UP) for name in story.up), *((name, Choice.DOWN) for name in story.down)]
        pause = int((story.age - story.ended) * clock.DAY / (len(voters) + 1))
        for number, (name, choice) in enumerate(voters, 1):
            await services.votes.choose(
                club.guild_id, suggestion.montage_id, ids[name], choice, made + number * pause
            )
        await _end(bot, club, suggestion, story, now - int(story.ended * clock.DAY))
        for name, why in story.reports:
            await services.moderation.report(suggestion, ids[name], why, made + clock.HOUR)
    name, why = BLOCKED
    await services.moderation.block(club.guild_id, ids[name], ids["Mia (moderator)"], why, now - 20 * clock.DAY)
    await services.decisions.open()  # what was accepted is in the catalogue from now on


async def _suggested(bot: MontageBot, club: ClubIds, story: Story, now: int) -> Suggestion:
    suggestion = await bot.services.suggestions.add(
        club.guild_id,
        ids_by_name(club.members)[story.by],
        story.entry,
        now - int(story.age * clock.DAY),
        settings=GuildSettings(cooldown_minutes=0, review_first=story.end == "waiting"),
        channel_id=club.channel_id,
    )
    if suggestion is None:
        raise RuntimeError("only a draft can have been sent before")
    return suggestion


async def _end(bot: MontageBot, club: ClubIds, suggestion: Suggestion, story: Story, at: int) -> None:
    ids, change = ids_by_name(club.members), bot.services.suggestion_changes.change
    match story.end:
        case "voted in":
            done = await change(suggestion, "accepted", "votes", by=None, at=at, settings=GuildSettings())
        case "accepted":
            done = await change(suggestion, "accepted", "moderator", by=ids["Mia (moderator)"], at=at)
        case "declined":
            done = await change(
                suggestion, "declined", "moderator", by=ids["Mia (moderator)"], at=at, why=story.why
            )
        case "withdrawn":
            done = await change(suggestion, "withdrawn", "author", by=ids[story.by], at=at)
        case "waiting" | "open":
            return
    if done is None:
        raise RuntimeError(f"{story.entry.film} cannot end as {story.end}")
    await bot.services.suggestion_changes.told(done.event)


async def _ask_for_a_daily_post(database: Database, club: ClubIds, now: int) -> None:
    """At eight; in the small hours at the hour that has just struck, so that there is one already."""
    moment = clock.moment(now)
    daily = Daily(
        guild_id=club.guild_id,
        channel_id=club.channel_id,
        minute=min(moment.hour, _POSTED_AT) * 60,
        timezone="UTC",
        filters=Filters(),
        day=moment.date(),
        due_at=now,
    )
    await DailyStore(database).put(daily)
