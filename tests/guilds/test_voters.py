"""Who may vote: any of several roles, or some time as a member, and everybody where neither is asked."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import DAY
from bot.guilds.voters import Voter, may_vote, why_no_vote
from tests.club import Club, answered, button, label, text
from tests.suggestions.people import change, kept, shown, suggest, vote

NOW = 20_000 * DAY


@dataclass(frozen=True)
class Asked:
    voter_roles: tuple[str, ...] = ()
    minimum_member_days: int = 0


role_ids = st.sets(st.integers(1, 6))
joined = st.none() | st.integers(0, 400).map(lambda days: NOW - days * DAY)


@given(wanted=role_ids, days=st.integers(0, 365), roles=role_ids, joined_at=joined)
def test_any_of_what_is_asked_for_is_enough(
    wanted: set[int], days: int, roles: set[int], joined_at: int | None
) -> None:
    asked = Asked(tuple(map(str, wanted)), days)
    been_here = days > 0 and joined_at is not None and NOW - joined_at >= days * DAY
    expected = (not wanted and not days) or bool(wanted & roles) or been_here
    assert may_vote(asked, Voter(roles, joined_at), NOW) is expected
    if not expected:
        reason = why_no_vote(asked, Voter(roles, joined_at))
        assert all(f"<@&{role}>" in reason for role in wanted)
        assert (f"{days} day" in reason) is bool(days)
        assert ("<t:" in reason) is (days > 0 and joined_at is not None)


@given(wanted=role_ids, days=st.integers(0, 365), roles=role_ids, joined_at=joined, more=role_ids)
def test_a_role_more_or_a_day_more_never_shuts_anybody_out(
    wanted: set[int], days: int, roles: set[int], joined_at: int | None, more: set[int]
) -> None:
    asked = Asked(tuple(map(str, wanted)), days)
    if may_vote(asked, Voter(roles, joined_at), NOW):
        assert may_vote(asked, Voter(roles | more, joined_at), NOW + DAY)


async def test_a_role_is_asked_for_privately_and_what_was_cast_stays(club: Club) -> None:
    coach, cutman = club.guild.create_role(name="Coach"), club.guild.create_role(name="Cutman")
    eve = club.member("eve", days=100)
    card = await suggest(club, club.ana)
    await vote(club.ben, card)
    await change(club, voter_roles=(str(coach.id), str(cutman.id)))
    refused = await vote(eve, card)
    assert answered(refused).ephemeral
    assert f"you need <@&{coach.id}> or <@&{cutman.id}>" in text(shown(refused))
    roles = club.env.backend.guilds[club.guild_id].members
    roles[eve.id].role_ids.append(cutman.id)
    again = await vote(eve, card)
    assert label(again, "Fired up") == "Fired up · 2", "Ben's vote has stayed"


async def test_a_time_of_membership_is_asked_for_with_the_day_that_ends_it(club: Club) -> None:
    card = await suggest(club, club.ana)
    await change(club, minimum_member_days=30)
    eve = club.member("eve", days=100)
    refused = await vote(eve, card)
    assert "members of at least 30 days. Your first bell rings <t:" in text(shown(refused))
    club.env.backend.advance_clock(31 * DAY / 1000)
    assert label(await vote(eve, card), "Fired up") == "Fired up · 1"


async def test_it_does_not_concern_the_ranking(club: Club) -> None:
    await change(club, voter_roles=("1",))
    card = await club.ben.slash(club.channel, "montage show", montage="rocky-1976")
    assert label(await vote(club.ben, card), "Fired up") == "Fired up · 1"


async def test_one_that_was_there_already_takes_no_vote_either(club: Club) -> None:
    await suggest(club, club.ana)
    await change(club, voter_roles=("1",))
    question = await suggest(club, club.ben)
    refused = await club.ben.click(answered(question), custom_id=button(question, "That's it"))
    assert "you need a deleted role" in text(shown(refused))
    assert (await kept(club)).state == "open"


async def test_the_panel_picks_roles_and_drops_them(club: Club) -> None:
    coach = club.guild.create_role(name="Coach")
    panel = await club.mia.slash(club.channel, "settings")
    rules = await club.mia.click(answered(panel), custom_id=button(panel, "Voting rules"))
    assert "**Who votes: everybody** · default" in text(rules)
    picked = await club.mia.select(answered(rules), [coach], custom_id="set:roles:voter_roles")
    assert f"**Who votes: <@&{coach.id}>** · default: everybody" in text(picked)
    assert (await club.bot.services.guild_settings.get(club.guild_id)).voter_roles == (str(coach.id),)
    dropped = await club.mia.select(answered(picked), [], custom_id="set:roles:voter_roles")
    assert "**Who votes: everybody** · default" in text(dropped)
