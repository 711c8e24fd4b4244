"""Suggestions as posts of a forum."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest
import simcord
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import DAY
from bot.suggestions.forum_tags import TAGS, TAGS_OF_POST, Tag, applied_tags, is_closed, tag_for
from tests.club import Club, answered, text
from tests.suggestions.people import change, kept, press, suggest, vote

_CLASSICS = {"id": "77", "name": "Classics", "moderated": False, "emoji_id": None, "emoji_name": None}
ids = st.integers(1, 30)
states = st.sampled_from(list(TAGS))


@given(state=states, remembered=st.dictionaries(states, ids, max_size=5), there=st.lists(ids, unique=True))
def test_the_tag_that_was_made_for_it_is_used_whatever_it_is_called(
    state: Any, remembered: dict[Any, int], there: list[int]
) -> None:
    available = [Tag(tag, "renamed") for tag in there]
    found = tag_for(state, remembered, available)
    assert found == (remembered[state] if remembered.get(state) in there else None)


def test_one_that_people_made_is_taken_by_its_name_but_not_from_another_state() -> None:
    available = [Tag(1, "made it"), Tag(2, "Not this time")]
    assert tag_for("accepted", {}, available) == 1
    assert tag_for("accepted", {"accepted": 9}, available) == 1, "the one that was made is gone"
    assert tag_for("accepted", {"open": 1}, available) is None, "it stands for another state, and was renamed"


@given(state_tag=st.none() | ids, of_states=st.sets(ids), now=st.lists(ids, unique=True, max_size=5))
def test_a_post_has_the_tag_of_its_state_and_what_people_put_on_it(
    state_tag: int | None, of_states: set[int], now: list[int]
) -> None:
    tags = applied_tags(state_tag, of_states, now)
    assert len(tags) <= TAGS_OF_POST and len(set(tags)) == len(tags)
    assert state_tag is None or tags[0] == state_tag
    assert not (set(tags) - {state_tag}) & of_states
    others = [tag for tag in now if tag not in of_states and tag != state_tag]
    assert [tag for tag in tags if tag != state_tag] == others[: TAGS_OF_POST - 1]
    assert applied_tags(state_tag, of_states, tags) == tags


def test_tag_names_fit() -> None:
    assert all(1 <= len(name) <= 20 for name, _ in TAGS.values())


async def forum_of(club: Club, **settings: Any) -> simcord.ChannelHandle:
    forum = club.guild.create_forum_channel("ideas")
    await change(club, suggestion_channel_id=forum.id, **settings)
    return forum


def names(club: Club, forum: simcord.ChannelHandle) -> dict[int, str]:
    return {int(tag["id"]): tag["name"] for tag in club.env.backend.channels[forum.id].available_tags}


async def post_of(club: Club, number: int = 1) -> Any:
    """The thread as Discord has it."""
    return club.env.backend.channels[(await kept(club, number)).channel_id or 0]


async def tags_of(club: Club, forum: simcord.ChannelHandle, number: int = 1) -> list[str]:
    return [names(club, forum)[tag] for tag in (await post_of(club, number)).applied_tags]


async def card_of(club: Club, number: int = 1) -> discord.Message:
    suggestion = await kept(club, number)
    channel = club.bot.get_partial_messageable(suggestion.channel_id or 0, guild_id=club.guild_id)
    return await channel.fetch_message(suggestion.message_id or 0)


async def test_each_is_a_post_with_the_tag_of_its_state_and_closes_when_it_is_decided(club: Club) -> None:
    forum = await forum_of(club, margin=1)
    said = await suggest(club, club.ana)
    suggestion = await kept(club)
    assert suggestion.is_post and suggestion.channel_id != forum.id
    assert f"https://discord.com/channels/{club.guild_id}/{suggestion.channel_id}" in text(said)
    post = await post_of(club)
    assert post.parent_id == forum.id and post.name.startswith("The Great Biscuit Heist (1999): Learning to crack")
    assert await tags_of(club, forum) == ["Up for the vote"]
    await vote(club.ben, await card_of(club))
    assert await tags_of(club, forum) == ["Made it"]
    assert (await post_of(club)).thread_metadata.archived
    said_in_post = [text(m) async for m in club.bot.get_partial_messageable(post.id).history()]
    assert any("made it" in words for words in said_in_post), "the announcement stands in the post"
    assert set(names(club, forum).values()) == {"Up for the vote", "Made it"}


async def test_a_closed_post_is_opened_for_a_change_and_again_for_the_vote(club: Club) -> None:
    forum = await forum_of(club, voting_days=1)
    await suggest(club, club.ana)
    club.env.backend.advance_clock(DAY / 1000)
    await club.env.advance_time(70)
    assert await tags_of(club, forum) == ["Not this time"]
    assert (await post_of(club)).thread_metadata.archived
    assert "Not this time" in text(await card_of(club))
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    await press(club.mia, panel, "Reopen the vote")
    assert await tags_of(club, forum) == ["Up for the vote"]
    assert not (await post_of(club)).thread_metadata.archived
    assert "The last bell rings" in text(await card_of(club))


async def test_what_people_do_to_tags_is_respected(club: Club) -> None:
    forum = await forum_of(club, cooldown_minutes=0)
    await suggest(club, club.ana)
    backend = club.env.backend
    (open_tag,) = names(club, forum)
    renamed = [{**backend.channels[forum.id].available_tags[0], "name": "Vote!"}, _CLASSICS]
    backend.edit_channel(forum.id, {"available_tags": renamed})
    backend.edit_channel((await post_of(club)).id, {"applied_tags": [open_tag, 77]})
    await suggest(club, club.ana, film="Another Heist Entirely", scene="A ladder is carried")
    assert await tags_of(club, forum, 2) == ["Vote!"], "renamed, it is still the one"
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    form = await press(club.mia, panel, "Decline")
    await club.mia.submit_modal(form, {"why": "We had it."})
    assert await tags_of(club, forum, 1) == ["Not this time", "Classics"]
    backend.edit_channel(forum.id, {"available_tags": [_CLASSICS]})
    await suggest(club, club.ana, film="The Third One", scene="Somebody learns to knit")
    assert await tags_of(club, forum, 3) == ["Up for the vote"], "deleted, it is made again"


async def test_a_pinned_post_stays_open(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    forum = await forum_of(club, margin=1)
    await suggest(club, club.ana)
    monkeypatch.setattr(discord.Thread, "flags", property(lambda self: discord.ChannelFlags(pinned=True)))
    await vote(club.ben, await card_of(club))
    assert await tags_of(club, forum) == ["Made it"] and not (await post_of(club)).thread_metadata.archived


async def test_a_forum_that_asks_for_a_tag_gets_one_or_the_card_goes_elsewhere(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    forum = await forum_of(club, cooldown_minutes=0)

    async def forbidden(*_: object, **__: object) -> None:
        raise discord.Forbidden(SimpleNamespace(status=403, reason="Forbidden"), {"code": 50013})  # type: ignore[arg-type]

    monkeypatch.setattr(discord.ForumChannel, "create_tag", forbidden)
    await suggest(club, club.ana)
    assert (await kept(club)).is_post and (await post_of(club)).applied_tags == []

    async def asks(*_: object, applied_tags: list[object], **__: object) -> None:
        assert not applied_tags
        raise discord.HTTPException(SimpleNamespace(status=400, reason="Bad"), {"code": 40067})  # type: ignore[arg-type]

    monkeypatch.setattr(discord.ForumChannel, "create_thread", asks)
    await suggest(club, club.ana, film="Another Heist Entirely", scene="A ladder is carried")
    second = await kept(club, 2)
    assert second.channel_id == club.channel.id and not second.is_post
    assert f"<#{forum.id}> asks for a tag on every post" in second.trouble


async def test_a_locked_post_stays_locked(club: Club) -> None:
    await forum_of(club, cooldown_minutes=0, margin=1)
    await suggest(club, club.ana)
    thread = await post_of(club)
    thread.thread_metadata.locked = True
    await vote(club.ben, await card_of(club))
    assert thread.thread_metadata.locked and thread.thread_metadata.archived


async def test_a_forum_that_is_full_of_tags_is_used_without_them_and_says_so_once(club: Club) -> None:
    office = club.guild.create_text_channel("office")
    forum = await forum_of(club, cooldown_minutes=0, moderator_channel_id=office.id)
    full = [_CLASSICS | {"id": str(100 + n), "name": f"tag {n}"} for n in range(20)]
    club.env.backend.edit_channel(forum.id, {"available_tags": full})
    await suggest(club, club.ana)
    await suggest(club, club.ana, film="Another Heist Entirely", scene="A ladder is carried")
    assert (await post_of(club, 2)).applied_tags == []
    assert len([m for m in office.history() if "twenty tags" in text(m)]) == 1


async def test_one_who_withdraws_closes_the_post(club: Club) -> None:
    forum = await forum_of(club)
    await suggest(club, club.ana)
    await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1")
    assert await tags_of(club, forum) == ["Taken back"] and (await post_of(club)).thread_metadata.archived
    assert is_closed("withdrawn") and not is_closed("waiting")


async def test_a_forum_is_chosen_in_the_panel_if_the_bot_may_post_there(club: Club) -> None:
    forum = club.guild.create_forum_channel("ideas")
    panel = await club.mia.slash(club.channel, "settings")
    picked = await club.mia.select(answered(panel), [forum], custom_id="set:channel:suggestion_channel_id")
    assert f"**Channel: {forum.mention}**" in text(picked)
