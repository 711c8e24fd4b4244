"""Two processes, each with half of the shards: neither judges what belongs to the other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date

import pytest
from discord.ui import LayoutView
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.app import create_bot
from bot.client import MontageBot
from bot.daily import WeekStore
from bot.daily.week_store import WeekPost
from bot.database import Database
from bot.guilds import GuildSettings, GuildSettingsStore, Presence
from bot.publishing import PublicationStore
from bot.publishing.store import Publication
from bot.settings import Address, Settings
from bot.shards import EVERY_SHARD, NotServingError, Shards, Slot
from bot.suggestions import DeadlineStore, ImportStore, SuggestionStore, Traces
from bot.suggestions.entry import Entry
from bot.voting import Choice, VoteStore
from tests.standin import StandIn, logged_in
from tests.standin.payloads import guild

FIRST, SECOND = Shards(2, range(1)), Shards(2, range(1, 2))
ENTRY = Entry("Rocky", 1976, "The steps", "Because.", "boxing", "")
CHANNELS = {0: 700_000_000_000_000_010, 1: 700_000_000_000_000_011}


def guild_of(shard: int, shards: int = 2, number: int = 0) -> int:
    """A server's id that comes over that shard."""
    base = 700_000_000_000_000_000 >> 22
    return (base - base % shards + shard + shards * number) << 22 | 5


A, B = guild_of(0), guild_of(1)


@asynccontextmanager
async def half(address: Address, standin: StandIn, shards: Shards) -> AsyncIterator[MontageBot]:
    """The real bot with these shards, ready."""
    bot = create_bot(Settings(database=address), slot=Slot(shards))
    bot._connection.guild_ready_timeout = 0.05
    async with logged_in(bot, standin):
        async with asyncio.timeout(20):
            await bot.wait_until_ready()
            await asyncio.gather(*bot.serving)
        yield bot


def discord() -> StandIn:
    return StandIn(guilds=[guild(A, [CHANNELS[0]]), guild(B, [CHANNELS[1]])])


async def daily_posts_everywhere(bot: MontageBot) -> None:
    for place, where in ((A, CHANNELS[0]), (B, CHANNELS[1])):
        await bot.database.write(
            """
            INSERT INTO daily (guild_id, channel_id, minute, timezone, filters, thread, day, due_at)
            VALUES (:place, :channel, 0, 'UTC', '', 0, :day, 1)
            """,
            place=place,
            channel=where,
            day=clock.moment(clock.now()).date().isoformat(),
        )


async def test_nobody_marks_the_others_servers_as_left_nor_forgets_them(address: Address) -> None:
    async with discord() as standin:
        async with half(address, standin, FIRST) as bot:
            assert [g.id for g in bot.guilds] == [A]
        async with half(address, standin, SECOND) as bot:
            assert [g.id for g in bot.guilds] == [B]
            rows = await bot.database.read("SELECT guild_id, left_at FROM server ORDER BY guild_id")
            assert [tuple(row) for row in rows] == sorted([(A, None), (B, None)])
            await bot.database.write("UPDATE server SET left_at = 1")
            assert await bot.services.presence.gone_for_good(clock.now()) == [B]
            await bot.services.presence.compare([], clock.now())
            assert await bot.database.read("SELECT 1 FROM server WHERE guild_id = :id AND left_at = 1", id=A)


async def test_nobody_posts_nor_postpones_the_others_daily_posts(address: Address) -> None:
    async with discord() as standin, half(address, standin, SECOND) as bot:
        await bot.services.daily_delivery.routine.stop()  # which may be in the middle of its first turn
        await daily_posts_everywhere(bot)
        await bot.services.daily_delivery.turn()
        posted = [sent.path for sent in standin.sent if sent.path.endswith("/messages")]
        assert posted == [f"/channels/{CHANNELS[1]}/messages"]
        rows = await bot.database.read("SELECT due_at FROM daily WHERE guild_id = :id", id=A)
        assert [row["due_at"] for row in rows] == [1], "the first one's post was put off"
        assert await bot.services.daily_delivery.turn() > 1, (
            "it must not look again and again for what is not its own"
        )


async def test_nobody_follows_up_on_the_others_suggestions(address: Address) -> None:
    async with discord() as standin, half(address, standin, SECOND) as bot:
        await bot.services.decisions.catching_up.stop()
        made = {}
        for place, where in ((A, CHANNELS[0]), (B, CHANNELS[1])):
            made[place] = await bot.services.suggestions.add(
                place, 7, ENTRY, 1, settings=GuildSettings(), channel_id=where
            )
            assert made[place] is not None
            for voter in range(10):
                montage = made[place].montage_id  # type: ignore[union-attr]
                await bot.services.votes.cast(place, montage, 100 + voter, Choice.UP, clock.now())
        await bot.services.decisions._catch_up()
        states = await bot.database.read("SELECT guild_id, state, message_id FROM suggestion ORDER BY id")
        assert [(row["guild_id"], row["state"]) for row in states] == [(A, "open"), (B, "accepted")]
        assert states[0]["message_id"] is None, "its card was posted by a process that does not serve the server"
        assert not [sent for sent in standin.sent if str(CHANNELS[0]) in sent.path]


async def test_what_a_start_reads_is_ones_own(database: Database) -> None:
    for place in (A, B):
        await GuildSettingsStore(database).set(place, {"family_friendly_only": True})
    assert await GuildSettingsStore(database, FIRST).choosing("family_friendly_only") == [A]
    assert await GuildSettingsStore(database, SECOND).choosing("family_friendly_only") == [B]
    await Presence(database, FIRST).compare([A], 1)
    await Presence(database, SECOND).compare([B], 2)
    assert len(await database.read("SELECT 1 FROM server WHERE left_at IS NULL")) == 2


async def test_nobody_does_what_waits_in_the_others_servers(database: Database) -> None:
    """Weeks, publications, votes that end, cards of lists: each store is asked for its own."""
    made = []
    for place in (A, B):
        suggestion = await SuggestionStore(database, Traces(database)).add(
            place, 7, ENTRY, 1, settings=GuildSettings(voting_days=1)
        )
        assert suggestion is not None
        made.append(suggestion.id)
        await database.write("UPDATE suggestion SET imported = 1 WHERE id = :id", id=suggestion.id)
        await WeekStore(database).put(WeekPost(place, 0, date(2026, 11, 23), 1))
        await PublicationStore(database).ask(Publication(place + 1, place + 2, place), 1)
    for number, (place, shards) in enumerate(((A, FIRST), (B, SECOND))):
        weeks, deadlines = WeekStore(database, shards), DeadlineStore(database, shards)
        assert [week.guild_id for week in await weeks.due(9, 9)] == [place] and await weeks.next_due() == 1
        assert [one.guild_id for one in await PublicationStore(database, shards).waiting()] == [place]
        assert [one.id for one in await ImportStore(database, shards).to_post()] == [made[number]]
        assert [one.id for one in await deadlines.over(clock.now())] == [made[number]]
        assert await deadlines.guilds_with_ends() == [place] and await deadlines.next_end()
    await database.write("DELETE FROM suggestion WHERE id = :id", id=made[1])
    await WeekStore(database).end(B)
    assert await WeekStore(database, SECOND).next_due() is None
    assert await DeadlineStore(database, SECOND).next_end() is None


async def test_votes_of_others_places_are_never_kept(database: Database) -> None:
    """Whoever carries the bot into direct messages or a foreign server may come over any shard."""
    first, second = (VoteStore(database, shards) for shards in (FIRST, SECOND))
    await second.cast(0, "rocky-1976", 1, Choice.UP, 1)
    assert (await second.tally(0, "rocky-1976")).up == 1
    await first.cast(0, "rocky-1976", 2, Choice.UP, 1)
    assert (await second.tally(0, "rocky-1976")).up == 2


class Lent(Slot):
    """A slot that can be taken away."""

    holds = True


def losing(slot: Lent, view: Callable[..., Awaitable[LayoutView]]) -> Callable[..., Awaitable[LayoutView]]:
    """The same, and the slot is another's when it is done."""

    async def lost(*given: object) -> LayoutView:
        made = await view(*given)
        slot.holds = False
        return made

    return lost


async def test_nothing_leaves_for_discord_from_a_slot_that_may_be_anothers(address: Address) -> None:
    slot = Lent(SECOND, 1)
    bot = create_bot(Settings(database=address, slots=2), slot=slot)
    async with discord() as standin, logged_in(bot, standin):
        shown = await standin.slash("ana", "montage random", guild_id=B)
        await daily_posts_everywhere(bot)
        sent = len(standin.sent)
        slot.holds = False
        with pytest.raises(NotServingError):
            await bot.get_partial_messageable(CHANNELS[1]).send("late")
        slot.holds, meanwhile = True, bot.services.daily_delivery.turn()
        with pytest.MonkeyPatch.context() as lost:  # between the look at what is due and the request
            lost.setattr(bot.services.daily_poster, "post_view", losing(slot, bot.services.daily_poster.post_view))
            assert await meanwhile > 1
        press = asyncio.create_task(standin.click("ana", shown, shown.custom_id("Fired up"), guild_id=B))
        await asyncio.sleep(0.2)
        assert len(standin.sent) == sent and not press.done()
        press.cancel()
        rows = await bot.database.read("SELECT due_at FROM daily WHERE guild_id = :id", id=B)
        assert [row["due_at"] for row in rows] == [1], "what another does is not put off"
        assert not await bot.database.read("SELECT 1 FROM vote")


async def test_the_requests_of_daily_posts_are_shared_out(address: Address) -> None:
    gaps = [
        create_bot(Settings(database=address, slots=slots)).services.daily_delivery._pacer._gap
        for slots in (None, 4)
    ]
    assert gaps[1] == pytest.approx(4 * gaps[0])


@given(shards=st.integers(1, 64), slots=st.integers(1, 8), place=st.integers(0, 2**63 - 1))
def test_each_server_has_one_owner_and_sql_agrees(shards: int, slots: int, place: int) -> None:
    import sqlite3  # noqa: PLC0415

    every = [Shards(shards * slots, range(n * shards, (n + 1) * shards)) for n in range(slots)]
    owners = [n for n, own in enumerate(every) if own.owns(place)]
    assert len(owners) == 1 and EVERY_SHARD.owns(place)
    assert every[0].owns(0) and every[0].first
    with sqlite3.connect(":memory:") as database:
        for own in every:
            ((found,),) = database.execute(f"SELECT {own.owned(':place')}", {"place": place} if slots > 1 else {})
            assert bool(found) is own.owns(place)
    database.close()


@pytest.mark.parametrize(("shards", "says"), [(Shards(16, range(4, 8)), "4-7 of 16"), (FIRST, "0 of 2")])
def test_shards_are_told_in_words(shards: Shards, says: str) -> None:
    assert str(shards) == says
