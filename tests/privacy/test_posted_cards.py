"""What becomes of cards that stand in channels when the person who suggested is forgotten."""

import asyncio
import time
from typing import Any

import aiohttp
import discord
import pytest

from tests.club import PATIENCE, Club, answered, button, buttons, text
from tests.suggestions.people import change, delete, kept, posted_card, suggest, vote

FORGET, FORGET_ALL = "Forget me", "Forget me and my suggestions"
CARD = "/channels/*/messages/*"


async def erase(club: Club, way: str = FORGET) -> str:
    """Ana has herself erased; what the answer says."""
    asked = await club.ana.slash(club.channel, "privacy erase")
    return text(await club.ana.click(answered(asked), custom_id=buttons(asked)[way]))


def posted(club: Club) -> list[int]:
    """The ids of the messages in the channel."""
    return [message.id for message in club.channel.history()]


def sent(club: Club, method: str) -> int:
    """How many requests of that method were about a message in a channel."""
    return sum(r.method == method and r.path.startswith("/channels/") for r in club.env.http_requests)


async def test_her_cards_are_redrawn_without_her_name(club: Club) -> None:
    await change(club, cooldown_minutes=0, margin=1)
    open_card = await suggest(club, club.ana)
    accepted = await suggest(club, club.ana, film="Another Film Altogether", year="2001")
    await vote(club.ben, accepted)
    bens = await suggest(club, club.ben, film="A Third One", year="2002")
    before = posted(club)
    for number in (1, 2):
        assert f"<@{club.ana.id}>" in text(posted_card(club, await kept(club, number)))
    elsewhere = club.guild.create_text_channel("elsewhere")
    drawn = await club.ben.slash(elsewhere, "montage random", discipline="tin cracking")
    assert f"suggested by <@{club.ana.id}>" in text(drawn).lower()
    said = await erase(club)
    assert "redrawing 2 cards without your name" in said and "announced as accepted" in said
    for number, card in ((1, open_card), (2, accepted)):
        board = posted_card(club, await kept(club, number))
        assert board.id == answered(card).id
        assert str(club.ana.id) not in text(board)
    drawn = await club.ben.slash(elsewhere, "montage random", discipline="tin cracking")
    assert "Another Film" in text(drawn) and "suggested by" not in text(drawn).lower(), "in memory, too"
    assert button(posted_card(club, await kept(club, 1)), "Edit or withdraw"), "it is still voted on"
    assert "accepted by the vote" in text(posted_card(club, await kept(club, 2)))
    assert f"<@{club.ben.id}>" in text(posted_card(club, await kept(club, 3)))
    assert answered(bens).id in posted(club) and posted(club) == before


async def test_the_cards_of_suggestions_that_go_are_deleted(club: Club) -> None:
    await change(club, cooldown_minutes=0)
    hers = {answered(await suggest(club, club.ana, film=film)).id for film in ("One Film", "Something Else")}
    bens = await suggest(club, club.ben, film="A Third One", year="2002")
    said = await erase(club, FORGET_ALL)
    assert "deleting 2 cards" in said
    assert not hers & set(posted(club))
    assert answered(bens).id in posted(club)


async def test_without_cards_nothing_is_said_of_them(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    await vote(club.ana, card)
    said = await erase(club)
    assert "card" not in said and "announced" not in said
    await change(club, review_first=True)  # so that it has no card
    await suggest(club, club.ana)
    assert "redrawing" not in await erase(club)


@pytest.mark.parametrize(("way", "method"), [(FORGET, "PATCH"), (FORGET_ALL, "DELETE")])
@pytest.mark.parametrize("refusal", ["gone", "no access"])
async def test_what_discord_refuses_stays_and_nothing_else_happens(
    club: Club, way: str, method: str, refusal: str
) -> None:
    office = club.guild.create_text_channel("office")
    await change(club, moderator_channel_id=office.id)
    card = await suggest(club, club.ana)
    identity = answered(card).id
    if refusal == "gone":
        await delete(club, answered(card))
    else:
        club.env.inject_error(method, CARD, status=403, code=50001, times=None)
    before = posted(club)
    assert "### Forgotten" in await erase(club, way)
    await club.env.advance_time(60 * 60)
    assert sent(club, method) == 1, "it was tried again"
    assert posted(club) == before and office.last_message is None
    if way == FORGET:
        assert (await kept(club)).message_id == identity and (await kept(club)).trouble == ""


@pytest.mark.parametrize("status", [429, 503])
async def test_a_passing_trouble_is_outlived(club: Club, status: int) -> None:
    await change(club, cooldown_minutes=0)
    await suggest(club, club.ana)
    await suggest(club, club.ana, film="Another Film Altogether", year="2001")
    club.env.inject_error("PATCH", CARD, status=status)
    await erase(club)
    assert f"<@{club.ana.id}>" in text(posted_card(club, await kept(club, 1)))
    assert str(club.ana.id) not in text(posted_card(club, await kept(club, 2))), "the others need not wait"
    await club.env.advance_time(61)
    assert str(club.ana.id) not in text(posted_card(club, await kept(club, 1)))
    assert sent(club, "PATCH") == 3


async def test_a_lost_connection_is_outlived(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = answered(await suggest(club, club.ana)).id

    async def cut(_: Any) -> None:
        raise aiohttp.ServerDisconnectedError

    with monkeypatch.context() as cutting:
        cutting.setattr(discord.PartialMessage, "delete", cut)
        await erase(club, FORGET_ALL)
    assert identity in posted(club)
    await club.env.advance_time(61)
    assert identity not in posted(club)


def slow(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Discord takes its time over every card."""
    edit = discord.PartialMessage.edit

    async def edit_slowly(message: Any, **changes: Any) -> Any:
        await asyncio.sleep(seconds)
        return await edit(message, **changes)

    monkeypatch.setattr(discord.PartialMessage, "edit", edit_slowly)


async def test_the_answer_does_not_wait_for_the_cards(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    await suggest(club, club.ana)
    slow(monkeypatch, 2 * PATIENCE)
    assert "kept without your name: 1 suggestion" in await erase(club)
    assert f"<@{club.ana.id}>" in text(posted_card(club, await kept(club)))
    await club.env.advance_time(2 * PATIENCE + 1)
    assert str(club.ana.id) not in text(posted_card(club, await kept(club)))


async def test_a_stop_does_not_wait_for_them_either_and_the_next_start_goes_on(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await suggest(club, club.ana)
    with monkeypatch.context() as patience:
        slow(patience, 3600)
        await erase(club)
        began = time.monotonic()
        await club.restart()
        assert time.monotonic() - began < 2
        assert f"<@{club.ana.id}>" in text(posted_card(club, await kept(club)))
    await club.restart()
    await club.env.advance_time(1)
    assert str(club.ana.id) not in text(posted_card(club, await kept(club)))
    await club.restart()
    assert sent(club, "PATCH") == 1, "once is enough"


async def test_she_is_told_before_what_will_become_of_them(club: Club) -> None:
    await suggest(club, club.ana)
    asked = text(await club.ana.slash(club.channel, "privacy erase"))
    assert "they go too, with their cards" in asked and "Discord itself says above it who asked" in asked
    assert "others have voted" not in asked
