"""What happened to a suggestion, whole; and who may see what of it."""

from tests.club import Club, newest, text
from tests.suggestions.people import FIELDS, press, suggest, vote


async def _report(club: Club, why: str = "it is a swindle") -> None:
    form = await press(club.ben, newest(club.channel), "Report")
    await club.ben.submit_modal(form, {"why": why})


async def _panel(club: Club) -> str:
    return text(await club.mia.slash(club.channel, "moderate look", suggestion="1"))


async def _decline(club: Club) -> None:
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    await club.mia.submit_modal(await press(club.mia, panel, "Decline"), {"why": "too much of it"})


async def test_undoing_a_decline_brings_its_reports_back(club: Club) -> None:
    await suggest(club, club.ana)
    await _report(club)
    await _decline(club)
    assert "🚩" not in await _panel(club)
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    await press(club.mia, panel, "Undo")
    assert "🚩 **1 report**" in await _panel(club) and "it is a swindle" in await _panel(club)
    assert await club.bot.services.moderation.reported(club.guild_id) == 1


async def test_reports_settled_by_hand_stay_settled_when_a_later_decision_is_undone(club: Club) -> None:
    await suggest(club, club.ana)
    await _report(club)
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    await press(club.mia, panel, "The reports are settled")
    await _decline(club)
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    await press(club.mia, panel, "Undo")
    assert "🚩" not in await _panel(club)


async def test_everything_that_happened_has_its_line(club: Club) -> None:
    await suggest(club, club.ana)
    await _report(club)
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    await press(club.mia, panel, "The reports are settled")
    form = await press(club.mia, await club.mia.slash(club.channel, "moderate look", suggestion="1"), "Accept")
    await club.mia.submit_modal(form, FIELDS | {"film": "The Great Cake Heist"})
    await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1")
    told = await _panel(club)
    happened = told[told.index("What happened") :]
    for line in (
        f"withdrawn by <@{club.ana.id}>",
        f"accepted in other words by <@{club.mia.id}>",
        f"reports settled by <@{club.mia.id}>",
        f"reported by <@{club.ben.id}>",
    ):
        assert line in happened
    assert happened.index("withdrawn") < happened.index("accepted") < happened.index("reported by")


async def test_an_author_who_moderates_does_not_read_who_reported_them(club: Club) -> None:
    await suggest(club, club.mia)
    await _report(club)
    told = await _panel(club)
    assert "it is a swindle" in told and str(club.ben.id) not in told


async def test_a_vote_that_was_taken_back_leaves_nothing(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    await vote(club.ana, card)
    await vote(club.ana, card)
    assert await club.bot.database.read("SELECT * FROM vote") == []
    assert "I keep nothing about you" in text(await club.ana.slash(club.channel, "privacy export"))
