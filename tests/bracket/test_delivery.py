"""Each round ends and is followed by the next exactly once, whatever happens on the way."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import clock
from bot.bracket.course import Bracket
from bot.bracket.delivery import nonce_of
from bot.bracket.round_store import Decide
from bot.catalogue import Catalogue
from bot.database import Database
from bot.delivery import GIVE_UP_AFTER, LaterError, RefusedError
from tests.bracket.world import GUILD_ID, HOURS, Killed, Watch, World, frozen
from tests.databases import Engine, throwaway


@pytest.fixture
def watch() -> Iterator[Watch]:
    with frozen() as watch:
        yield watch


@pytest.fixture
async def world(database: Database, catalogue: Catalogue, watch: Watch) -> World:
    world = World(database, catalogue, watch)
    await world.start()
    return world


async def test_a_round_a_day_and_then_the_champion(world: World) -> None:
    for hour in range(100):
        await world.turn(hour)
    assert world.channel.rounds == [1, 2, 3, 4]
    assert [(at.day, at.hour) for at in world.channel.sent_at] == [(24, 12), (25, 12), (26, 12), (27, 12)]
    course = await world.course()
    assert course.bracket.champion_seed == 1 and course.bracket.ended_at is not None
    assert world.champions.since(GUILD_ID, course.entrants[1]) == world.channel.sent_at[-1].date()
    assert await world.rounds.next_due() is None


async def test_the_votes_decide_and_a_tie_goes_to_the_better_seed(world: World) -> None:
    await world.turn(0)
    assert await world.vote(1, 0, 8, 1, 2, 3) == [True] * 3  # 8 beats 1
    assert await world.vote(1, 0, 1, 4) == [True]
    await world.vote(1, 1, 4, 1)
    await world.vote(1, 1, 5, 2)  # level
    await world.turn(HOURS)
    first, second, third, *_ = (await world.course()).of_round(1)
    assert (first.winner, first.decided_by, first.first_votes, first.second_votes) == (8, "votes", 1, 3)
    assert (second.winner, second.decided_by) == (4, "seed")
    assert (third.winner, third.decided_by, third.first_votes) == (2, "seed", 0)
    assert [m.seeds for m in (await world.course()).of_round(2)] == [(8, 4), (2, 3)]


async def test_a_vote_may_be_moved_until_the_round_ends_and_not_after(world: World) -> None:
    await world.turn(0)
    await world.vote(1, 0, 1, 1)
    await world.vote(1, 0, 8, 1)
    (line, *_) = await world.ballots.ballot(GUILD_ID, world.number, 1, 1)
    assert line.chosen == 8
    world.watch.to(HOURS - 0.01)
    assert await world.vote(1, 0, 1, 1) == [True]
    world.watch.to(HOURS)  # nobody has ended it yet, but it is over
    assert await world.vote(1, 0, 8, 1) == [False]
    await world.turn(HOURS + 1)
    assert await world.vote(1, 0, 8, 1) == [False]
    (match, *_) = (await world.course()).of_round(1)
    assert (match.winner, match.first_votes, match.second_votes) == (1, 1, 0)


async def test_nobody_votes_for_who_is_not_in_the_match_in_another_round_or_from_elsewhere(world: World) -> None:
    await world.turn(0)
    assert await world.vote(1, 0, 5, 1) == [False]
    assert await world.vote(2, 0, 1, 1) == [False]
    assert await world.vote(1, 9, 1, 1) == [False]
    counted, lines = await world.ballots.vote(GUILD_ID + 1, world.number, 1, 0, 1, 1, clock.now())
    assert not counted and lines == []


async def test_a_bye_takes_no_votes(database: Database, catalogue: Catalogue, watch: Watch) -> None:
    world = World(database, catalogue, watch)
    await world.start(5)
    await world.turn(0)
    assert await world.vote(1, 0, 1, 1) == [False]
    assert await world.vote(1, 1, 5, 1) == [True]
    assert [line.match.seeds for line in await world.ballots.ballot(GUILD_ID, world.number, 1, 1)] == [(4, 5)]


async def test_no_vote_before_its_post_stands(world: World) -> None:
    world.channel.before.append(RefusedError("no"))
    await world.turn(0)
    assert await world.vote(1, 0, 1, 1) == [False]


async def test_one_at_a_time(world: World) -> None:
    assert await world.start() is None
    assert await world.start(guild_id=GUILD_ID + 1) is not None
    assert await world.store.stop(GUILD_ID, 1, clock.now())
    assert await world.start() is not None


@pytest.mark.parametrize(
    "after", [1 / 60, 0.5, 5.5, 30], ids=["a minute", "half an hour", "five hours", "too long"]
)
async def test_killed_between_sending_and_writing_it_down(world: World, after: float) -> None:
    await world.turn(0)
    await world.vote(1, 0, 8, 1)
    world.channel.after.append(Killed())
    with pytest.raises(BaseExceptionGroup):
        await world.turn(HOURS)
    assert world.channel.rounds == [1, 2]
    world.restarted()
    for hour in range(200):
        await world.turn(HOURS + after + hour)
    assert world.channel.rounds == [1, 2, 3, 4]
    assert (await world.course()).of_round(1)[0].winner == 8


@pytest.mark.parametrize("after", [1 / 60, 5.5, 60], ids=["a minute", "five hours", "longer than the round"])
async def test_killed_between_deciding_and_sending(world: World, after: float) -> None:
    """Whoever was to vote has all the time that was promised, from when the post really comes."""
    await world.turn(0)
    world.channel.before.append(Killed())
    with pytest.raises(BaseExceptionGroup):
        await world.turn(HOURS)
    assert world.channel.rounds == [1]
    world.restarted()
    await world.turn(HOURS + after)
    assert world.channel.rounds == [1, 2]
    await world.turn(HOURS + after + HOURS - 0.1)
    assert world.channel.rounds == [1, 2]
    assert await world.vote(2, 0, 4, 1) == [True]
    await world.turn(HOURS + after + HOURS)
    assert world.channel.rounds == [1, 2, 3]


async def test_the_votes_are_counted_once_though_it_is_killed(world: World) -> None:
    """What the post says is what is kept: nothing that comes later changes who has won."""
    await world.turn(0)
    await world.vote(1, 0, 8, 1)
    world.channel.after.append(Killed())
    with pytest.raises(BaseExceptionGroup):
        await world.turn(HOURS)
    world.restarted()
    assert await world.vote(1, 0, 1, 2, 3, 4) == [False] * 3
    await world.turn(HOURS + 1)
    assert (await world.course()).of_round(2)[0].first == 8
    assert int(world.channel.winners[1], 16) & 1 == 1


async def test_an_outage_over_the_end_of_a_round_makes_the_next_one_late_and_whole(world: World) -> None:
    await world.turn(0)
    await world.vote(1, 0, 8, 1)
    await world.turn(HOURS * 3)
    assert world.channel.rounds == [1, 2]
    assert (await world.course()).of_round(1)[0].winner == 8
    await world.turn(HOURS * 4 - 1)
    assert world.channel.rounds == [1, 2]
    await world.turn(HOURS * 4)
    assert world.channel.rounds == [1, 2, 3]


async def test_errors_of_discord_s_are_tried_again_within_minutes(world: World) -> None:
    world.channel.before += [LaterError("Discord answered 503")] * 3
    for minute in range(5):
        await world.turn(minute / 60)
    assert world.channel.rounds == [1]
    course = await world.course()
    assert course.posts[1].ends_at == clock.milliseconds(world.channel.sent_at[0]) + HOURS * clock.HOUR


async def test_where_it_cannot_look_the_nonce_keeps_it_single(world: World) -> None:
    world.channel.can_look = False
    world.channel.after.append(LaterError("Discord answered 500"))
    await world.turn(0)
    await world.turn(1 / 60)
    assert world.channel.rounds == [1]
    await world.turn(HOURS + 1)
    assert world.channel.rounds == [1, 2]


async def test_where_it_cannot_look_and_the_nonce_is_forgotten_none_comes_twice(world: World) -> None:
    world.channel.can_look = False
    world.channel.after.append(LaterError("Discord answered 500"))
    await world.turn(0)
    await world.turn(3)
    await world.turn(HOURS)
    assert world.channel.rounds == [1, 2]


async def test_the_clock_set_back_brings_no_second_post_and_ends_nothing_early(world: World) -> None:
    await world.turn(0)
    await world.turn(HOURS)
    for hour in (3, 20, HOURS, HOURS + 1, 2 * HOURS - 1):
        await world.turn(hour)
    assert world.channel.rounds == [1, 2]
    await world.turn(2 * HOURS)
    assert world.channel.rounds == [1, 2, 3]


async def test_the_clock_set_forward_and_back_again(world: World) -> None:
    await world.turn(0)
    await world.turn(HOURS * 10)  # the round is over by that clock
    for hour in range(1, HOURS * 11):
        await world.turn(hour)
    assert world.channel.rounds == [1, 2]
    for hour in range(HOURS * 11, HOURS * 14):
        await world.turn(hour)
    assert world.channel.rounds == [1, 2, 3, 4]


async def test_a_lost_permission_stops_it_after_three_days_and_it_goes_on_from_there(world: World) -> None:
    await world.turn(0)
    await world.vote(1, 0, 8, 1)
    world.channel.before += [RefusedError("the channel is gone")] * 500
    for hour in range(HOURS, HOURS * 6):
        await world.turn(hour)
    bracket = (await world.course()).bracket
    assert bracket.due_at is None and bracket.problem == "the channel is gone"
    assert world.channel.told == ["the channel is gone"] and world.channel.rounds == [1]
    assert GIVE_UP_AFTER == 3 * clock.DAY
    world.channel.before.clear()
    assert await world.store.go_on(GUILD_ID, world.number, 2, clock.now())
    await world.turn(HOURS * 6)
    course = await world.course()
    assert world.channel.rounds == [1, 2] and course.bracket.channel_id == 2 and course.bracket.problem is None
    assert course.of_round(2)[0].first == 8
    assert not await world.store.go_on(GUILD_ID, world.number, 2, clock.now()), "nothing is wrong any more"


async def test_a_fault_of_one_server_s_does_not_touch_the_others(world: World) -> None:
    await world.start(guild_id=GUILD_ID + 1)
    world.channel.before.append(KeyError("a bug"))
    await world.turn(0)
    assert world.channel.rounds == [1] and len(world.channel.warned) == 1
    await world.turn(1)
    assert world.channel.rounds == [1, 1]


async def test_stopped_while_its_post_is_on_the_way(world: World) -> None:
    await world.turn(0)

    send = world.channel.post

    async def post_and_stop(*args: object) -> int:
        message = await send(*args)  # type: ignore[arg-type]
        assert await world.store.stop(GUILD_ID, world.number, clock.now())
        return message

    world.channel.post = post_and_stop  # type: ignore[method-assign, assignment]
    await world.turn(HOURS)
    for hour in range(HOURS, HOURS * 9):
        await world.turn(hour)
    assert world.channel.rounds == [1, 2]
    bracket = (await world.course()).bracket
    assert bracket.ended_at is not None and bracket.champion_seed is None
    assert await world.vote(2, 0, 1, 1) == [False]
    assert world.channel.stopped == [2] and bracket.due_at is None


# --- the post of one that was stopped ---


async def stopped(world: World) -> None:
    """Its first round is open, and somebody stops it an hour later."""
    await world.turn(0)
    world.watch.to(1)
    assert await world.store.stop(GUILD_ID, world.number, clock.now())


@pytest.mark.parametrize("killed", ["before", "after"])
async def test_killed_while_its_post_is_changed(world: World, killed: str) -> None:
    await stopped(world)
    getattr(world.channel, killed).append(Killed())
    with pytest.raises(BaseExceptionGroup):
        await world.turn(1)
    world.restarted()
    for hour in range(1, HOURS * 2):
        await world.turn(hour)
    assert set(world.channel.stopped) == {1} and await world.rounds.next_due() is None


@pytest.mark.parametrize("trouble", [RefusedError("the message is gone"), KeyError("a bug")])
async def test_what_cannot_be_changed_is_left_and_nobody_hears_of_it(world: World, trouble: Exception) -> None:
    await stopped(world)
    world.channel.before.append(trouble)
    await world.turn(1)
    bracket = (await world.course()).bracket
    assert bracket.due_at is None and bracket.problem is None and bracket.failing_since is None
    assert not world.channel.stopped and not world.channel.warned and not world.channel.told
    assert await world.start() is not None


async def test_a_post_that_was_sent_and_not_noted_down_is_changed_too(world: World) -> None:
    world.channel.after.append(LaterError("Discord answered 500"))
    await stopped(world)
    assert (await world.course()).posts[1].claim.message_id is None
    await world.turn(1)
    assert world.channel.rounds == world.channel.stopped == [1]


async def test_a_post_that_nobody_could_look_for_is_looked_for_again(world: World) -> None:
    await world.turn(0)
    world.channel.after.append(KeyError("a bug"))
    await world.turn(HOURS)
    world.channel.can_look = False
    await world.turn(HOURS + 1)
    assert (await world.course()).posts[2].claim.message_id == 0
    world.channel.can_look = True
    world.watch.to(HOURS + 2)
    assert await world.store.stop(GUILD_ID, world.number, clock.now())
    await world.turn(HOURS + 2)
    assert world.channel.rounds == [1, 2] and world.channel.stopped == [2]


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_stopped_while_the_final_is_decided(
    world: World, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await world.turn(number * HOURS)
    close, stop = world.rounds.close, partial(world.store.stop, GUILD_ID, world.number)

    async def stopped_meanwhile(bracket: Bracket, decide: Decide, is_here: Callable[[int], bool]) -> Bracket | None:
        assert moment == "after" or await stop(clock.now())
        following = await close(bracket, decide, is_here)
        assert moment == "before" or await stop(clock.now())
        return following

    monkeypatch.setattr(world.rounds, "close", stopped_meanwhile)
    for hour in range(3 * HOURS, 5 * HOURS):
        await world.turn(hour)
    assert world.channel.stopped == [3 if moment == "before" else 4] == world.channel.rounds[-1:]
    assert (await world.course()).bracket.due_at is None and await world.store.champions() == []


async def test_one_that_is_stopped_before_anything_was_posted_is_done(world: World) -> None:
    world.channel.before.append(RefusedError("no"))
    await stopped(world)
    await world.turn(1)
    assert world.channel.rounds == world.channel.stopped == []
    assert await world.rounds.next_due() is None


async def test_a_new_one_may_begin_while_the_old_one_s_post_waits(world: World) -> None:
    await stopped(world)
    world.channel.before.append(LaterError("Discord answered 503"))
    assert await world.start() is not None
    await world.turn(1)
    await world.turn(1.1)
    assert world.channel.rounds == [1, 1] and world.channel.stopped == [1]


# --- montages that go while it runs ---


async def test_who_is_hidden_goes_out_and_the_other_on(world: World) -> None:
    await world.turn(0)
    course = await world.course()
    hidden = world.catalogue.get(GUILD_ID, course.entrants[1])
    assert hidden is not None and hidden.content_notes
    await world.vote(1, 0, 1, 1, 2, 3)
    world.catalogue.restrict(GUILD_ID, hidden.content_notes)
    here = {seed for seed, name in course.entrants.items() if world.catalogue.get(GUILD_ID, name)}
    assert 1 not in here
    for hour in range(HOURS, HOURS * 4):
        await world.turn(hour)
    course = await world.course()
    assert course.bracket.champion_seed == (min(here) if here else None)
    first = course.of_round(1)[0]
    assert first.decided_by == "absence"


async def test_a_deleted_suggestion_goes_out_too(world: World) -> None:
    await world.turn(0)
    await world.database.write("DELETE FROM bracket_entrant WHERE seed = 1")
    for hour in range(HOURS, HOURS * 4):
        await world.turn(hour)
    course = await world.course()
    assert course.of_round(1)[0].winner == 8 and course.bracket.champion_seed == 2


async def test_where_everybody_is_gone_there_is_no_champion(world: World) -> None:
    await world.turn(0)
    await world.database.write("DELETE FROM bracket_entrant")
    for hour in range(HOURS, HOURS * 4):
        await world.turn(hour)
    bracket = (await world.course()).bracket
    assert world.channel.rounds == [1, 2, 3, 4]
    assert bracket.ended_at is not None and bracket.champion_seed is None
    assert await world.store.champions() == []


# --- after a restore ---


async def test_after_a_restore_what_everybody_has_read_stays_true(world: World) -> None:
    """The backup is of the first hour: it knows no votes, and the post of the second round stands."""
    await world.turn(0)
    await world.vote(1, 0, 8, 1)
    await world.turn(HOURS)
    assert world.channel.rounds == [1, 2]
    await world.database.write("DELETE FROM bracket_vote")
    await world.database.write("DELETE FROM bracket_round WHERE round > 1")
    await world.database.write("DELETE FROM bracket_match WHERE round > 1")
    await world.database.write(
        "UPDATE bracket_match SET winner_seed = NULL, reason = NULL, first_votes = NULL, second_votes = NULL"
    )
    await world.database.write("UPDATE bracket SET round = 1, due_at = (SELECT ends_at FROM bracket_round)")
    world.watch.to(HOURS + 2)
    await world.database.write("UPDATE origin SET restored_at = :at", at=clock.now())
    world.restarted()
    await world.turn(HOURS + 2)
    assert world.channel.rounds == [1, 2]
    course = await world.course()
    assert course.of_round(1)[0].winner == 8 and course.of_round(1)[0].decided_by == "memory"
    assert course.posts[2].ends_at == clock.milliseconds(world.channel.sent_at[1]) + HOURS * clock.HOUR
    for hour in range(HOURS + 3, HOURS * 4):
        await world.turn(hour)
    assert world.channel.rounds == [1, 2, 3, 4]


async def test_after_a_restore_a_channel_that_cannot_be_read_gets_no_second_post(world: World) -> None:
    await world.turn(0)
    world.watch.to(HOURS + 2)
    await world.database.write("UPDATE origin SET restored_at = :at", at=clock.now())
    world.channel.can_look = False
    await world.turn(HOURS + 2)
    bracket = (await world.course()).bracket
    assert world.channel.rounds == [1] and bracket.problem == "no permission to read" and bracket.round == 1
    world.channel.can_look = True
    await world.turn(HOURS + 4)
    assert world.channel.rounds == [1, 2] and world.channel.looked == 1


def test_a_nonce_is_the_post_s_own_and_fits() -> None:
    nonces = {
        nonce_of(
            Bracket(
                id=number,
                guild_id=1,
                channel_id=1,
                size=32,
                source="top",
                filters=None,
                hours=24,
                round=part,
                started_at=1,
                due_at=1,
            )
        )
        for number in (1, 2**63 - 1)
        for part in range(1, 7)
    }
    assert len(nonces) == 12 and max(map(len, nonces)) <= 25


moves = st.lists(
    st.tuples(
        st.sampled_from(["minutes", "hours", "a day", "back"]),
        st.integers(1, 30),
        st.sampled_from(["fine", "refused", "500", "500 but posted", "killed", "killed after posting"]),
    ),
    max_size=30,
)


@pytest.mark.thorough
@settings(max_examples=30)
@given(moves=moves, entrants=st.integers(2, 9))
@example(moves=[("minutes", 1, "refused"), *[("a day", 1, "refused")] * 3], entrants=2)
def test_every_round_once_and_in_order_whatever_happens(
    moves: list[tuple[str, int, str]], entrants: int, catalogue: Catalogue, engine: Engine
) -> None:
    async def play(watch: Watch) -> None:
        async with throwaway(engine) as database:
            await database.open()
            world = World(database, catalogue, watch)
            await world.start(entrants)
            hours = 0.0
            for step, size, fate in moves:
                hours += {"minutes": size / 60, "hours": 1, "a day": 24, "back": -size / 10}[step]
                breaks: dict[str, Callable[[], None]] = {
                    "refused": lambda: world.channel.before.append(RefusedError("no")),
                    "500": lambda: world.channel.before.append(LaterError("500")),
                    "500 but posted": lambda: world.channel.after.append(LaterError("500")),
                    "killed": lambda: world.channel.before.append(Killed()),
                    "killed after posting": lambda: world.channel.after.append(Killed()),
                }
                world.channel.before.clear()
                world.channel.after.clear()
                breaks.get(fate, lambda: None)()
                try:
                    await world.turn(hours)
                except BaseExceptionGroup:
                    world.restarted()
            world.channel.before.clear()
            world.channel.after.clear()
            for days in range(1, 8):
                await world.turn(hours + 25 * days)
            posted = Counter(world.channel.rounds)
            assert set(posted.values()) <= {1}  # one that is refused until it is given up has none
            assert world.channel.rounds == sorted(world.channel.rounds)
            bracket = (await world.course()).bracket
            if bracket.problem is None:
                assert bracket.ended_at is not None and len(posted) == bracket.rounds + 1

    with frozen() as watch:
        asyncio.run(play(watch))
