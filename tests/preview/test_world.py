"""The club that the preview plays in."""

from bot.preview.world import settle_in
from tests.club import Club, text
from tests.suggestions.people import suggest, vote


async def test_in_a_club_of_three_a_suggestion_can_win(club: Club) -> None:
    await settle_in(club.bot.services.guild_settings, club.guild_id)
    card = await suggest(club, club.ana)
    await vote(club.ben, card)
    assert "accepted by the vote" in text(await vote(club.mia, card))


async def test_what_the_moderator_has_set_there_stays(club: Club) -> None:
    servers = club.bot.services.guild_settings
    await servers.change(club.guild_id, margin=3)
    await settle_in(servers, club.guild_id)
    assert (await servers.get(club.guild_id)).margin == 3
