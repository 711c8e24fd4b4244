"""What an erase does not lift: a server's limits, for thirty days, without anybody's id."""

import pytest

from bot.database import Database
from bot.suggestions.traces import Traces
from tests.club import Club, answered, text
from tests.suggestions.people import FIELDS, change, kept, press, shown, suggest, vote

FILMS = ("Zebra Crossing", "Kappa House", "The Umbrella Mender", "Nine Lamps", "Ox and Plough")


async def _erase(club: Club, *, everything: bool = False) -> None:
    card = await club.ana.slash(club.channel, "privacy erase")
    await club.ana.click(answered(card), custom_id="erase:all" if everything else "erase:most")


@pytest.mark.parametrize("everything", [False, True])
async def test_the_pause_between_suggestions_outlives_an_erase(club: Club, everything: bool) -> None:
    await suggest(club, club.ana)
    await _erase(club, everything=everything)
    assert "rests between rounds" in text(await club.ana.slash(club.channel, "suggest"))
    await club.env.advance_time(6 * 60)
    assert (await club.ana.slash(club.channel, "suggest")).modal is not None


async def test_so_does_how_many_may_be_open(club: Club) -> None:
    await change(club, cooldown_minutes=0, open_per_member=3)
    for film in FILMS[:3]:
        await suggest(club, club.ana, film=film, scene=f"{film} at dawn")
        await _erase(club)
    assert "3 suggestions" in text(await club.ana.slash(club.channel, "suggest"))
    assert len(await club.bot.services.suggestions.in_states(club.guild_id, "open")) == 3


async def test_an_erased_authors_own_is_closed_to_their_vote(club: Club) -> None:
    card = await suggest(club, club.ana)
    await _erase(club)
    refused = await vote(club.ana, card)
    assert refused.ephemeral and "It's yours" in text(shown(refused))
    assert await club.bot.database.read("SELECT * FROM vote") == []


async def test_one_report_is_one_report(club: Club) -> None:
    mods = club.guild.create_text_channel("mods")
    await change(club, moderator_channel_id=mods.id)
    card = await suggest(club, club.ben)
    for turn in range(3):
        form = await press(club.ana, card, "Report")
        await club.ana.submit_modal(form, {"why": "spam spam spam"})
        if turn == 0:  # after that there is nothing left to erase
            await _erase(club)
    assert len([m for m in mods.history() if "was reported" in text(m)]) == 1


async def test_an_erased_author_can_be_blocked_and_unblocked(club: Club) -> None:
    await suggest(club, club.ana)
    await _erase(club)
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    blocked = await press(club.mia, panel, "Block its author")
    assert "Whoever suggested it can't suggest" in text(shown(blocked))
    await club.env.advance_time(10 * 60)
    assert "not to take suggestions from you" in text(await club.ana.slash(club.channel, "suggest"))
    assert str(club.ana.id) not in str(
        [tuple(r) for r in await club.bot.database.read("SELECT * FROM blocked_trace")]
    )
    listed = await club.mia.slash(club.channel, "moderate unblock")
    assert "somebody: over suggestion 1" in text(listed)
    await press(club.mia, listed, "Unblock")
    assert (await club.ana.slash(club.channel, "suggest")).modal is not None


async def test_a_moderators_draft_keeps_no_words_of_an_erased_author(club: Club) -> None:
    await suggest(club, club.ana)
    form = await press(club.mia, await club.mia.slash(club.channel, "moderate look", suggestion="1"), "Accept")
    await club.mia.submit_modal(form, FIELDS | {"year": "soon"})
    assert len(await club.bot.database.read("SELECT * FROM draft")) == 1
    await _erase(club)
    assert await club.bot.database.read("SELECT * FROM draft") == []


async def test_nothing_is_kept_about_people_who_are_not_erased_and_traces_go_after_thirty_days(club: Club) -> None:
    await suggest(club, club.ana)
    assert await club.bot.database.read("SELECT * FROM erased_trace") == []
    await _erase(club)
    rows = await club.bot.database.read("SELECT * FROM erased_trace")
    assert len(rows) == 1 and str(club.ana.id) not in str(tuple(rows[0]))
    assert (await kept(club)).author_id is None
    for days in (29, 1):  # what is over is gone within the hour
        assert len(await club.bot.database.read("SELECT * FROM erased_trace")) == 1
        club.env.backend.advance_clock(days * 24 * 3600)
        await club.env.advance_time(3600)
    assert await club.bot.database.read("SELECT * FROM erased_trace") == []


async def test_a_trace_is_of_one_person_in_one_server_and_one_database(database: Database) -> None:
    traces = Traces(database)
    assert await traces.trace(1, 2) == await Traces(database).trace(1, 2)
    assert len({await traces.trace(guild, user) for guild in (1, 2, 12) for user in (1, 2, 22)}) == 9
