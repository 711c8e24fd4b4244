"""What members do with suggestions: look, edit, take back, report."""

import pytest

from tests.club import Club, answered, buttons, label, newest, options, text
from tests.suggestions.people import FIELDS, change, kept, posted_card, press, suggest, vote

FILMS = ("Zebra", "Quilting", "Monsoon", "Kettle", "Harvest", "Violin", "Ladder", "Oyster", "Bamboo", "Cactus")
MORE = ("Dynamo", "Fjord")


async def several(club: Club, *films: str) -> None:
    await change(club, cooldown_minutes=0, open_per_member=50)
    for number, film in enumerate(films):
        await suggest(club, club.ana, film=film, year=str(1990 + number))


async def test_edit_until_somebody_else_has_voted(club: Club) -> None:
    card = await suggest(club, club.ana)
    form = await club.ana.slash(club.channel, "suggestions edit", suggestion="1")
    await club.restart()
    told = await club.ana.submit_modal(form, FIELDS | {"scene": "Opening a tin at last"})
    assert told.ephemeral and "Changed" in text(told)
    assert "Opening a tin at last" in text(posted_card(club, await kept(club)))
    form = await club.ana.slash(club.channel, "suggestions edit", suggestion="1")
    await vote(club.ben, card)
    late = await club.ana.submit_modal(form, FIELDS)
    assert "voted on it already" in text(late) and (await kept(club)).entry.scene == "Opening a tin at last"
    refused = await club.ana.slash(club.channel, "suggestions edit", suggestion="1")
    assert refused.modal is None and "voted on it already" in text(refused)


async def test_a_title_names_ones_own_before_anybody_elses(club: Club) -> None:
    await change(club, cooldown_minutes=0)
    for person, film in ((club.ana, "Golf Hotel"), (club.ana, "Golf Hotel Two"), (club.ben, "Golf Hotel Three")):
        card = await suggest(club, person, film=film)
        if "one of these" in text(card):
            await press(person, card, "No, it's new")
    form = await club.ana.slash(club.channel, "suggestions edit", suggestion="golf hotel")
    assert form.modal is not None
    await club.ana.slash(club.channel, "suggestions withdraw", suggestion="golf hotel")
    assert [(await kept(club, number)).state for number in (1, 2, 3)] == ["withdrawn", "open", "open"]
    for typed in ("Golf Hotel Three", "hotl"):  # nothing is guessed where it would be gone
        assert "no suggestion" in text(await club.ana.slash(club.channel, "suggestions withdraw", suggestion=typed))
    await suggest(club, club.ana, film="Golf Hotel Four")
    several = await club.ana.slash(club.channel, "suggestions withdraw", suggestion="golf")
    assert "or more than one" in text(several) and (await kept(club, 2)).state == "open"


async def test_a_title_that_is_a_number(club: Club) -> None:
    await suggest(club, club.ana, film="1917", year="2019")
    assert "1917 (2019)" in text(await club.ben.slash(club.channel, "suggestions show", suggestion="1917"))
    assert "no suggestion “2019”" in text(await club.ben.slash(club.channel, "suggestions show", suggestion="2019"))


async def test_an_edit_with_something_to_mend_comes_back_as_an_edit(club: Club) -> None:
    await suggest(club, club.ana)
    form = await club.ana.slash(club.channel, "suggestions edit", suggestion="1")
    note = await club.ana.submit_modal(form, FIELDS | {"year": "nope"})
    await club.restart()
    form = await press(club.ana, note, "Open the form again")
    await club.ana.submit_modal(form, FIELDS | {"year": "2000"})
    suggestion = await kept(club)
    assert suggestion.entry.year == 2000 and suggestion.id == 1


async def test_withdraw_and_the_card_says_so(club: Club) -> None:
    card = await suggest(club, club.ana)
    await vote(club.ben, card)
    told = await club.ana.slash(club.channel, "suggestions withdraw", suggestion="biscuit")
    assert "Taken back" in text(told)
    posted = posted_card(club, await kept(club))
    assert buttons(posted) == {} and "**Withdrawn**" in text(posted)
    again = await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1")
    assert "nothing to take back" in text(again)
    assert "no suggestion" in text(await club.ben.slash(club.channel, "suggestions show", suggestion="1"))


async def test_withdrawing_an_accepted_one_takes_it_out_of_the_catalogue(club: Club) -> None:
    await change(club, margin=1)
    await vote(club.ben, await suggest(club, club.ana))
    await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1")
    assert club.bot.catalogue.get(club.guild_id, "s1") is None
    assert "I know no montage" in text(await club.ben.slash(club.channel, "montage show", montage="s1"))


async def test_what_its_author_took_back_they_can_put_back_for_an_hour(club: Club) -> None:
    await change(club, cooldown_minutes=0, open_per_member=1)
    card = await suggest(club, club.ana)
    await vote(club.ben, card)
    told = await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1")
    await club.restart()
    back = await press(club.ana, told, "Put it back")
    assert "It's back" in text(back) and (await kept(club)).state == "open"
    assert label(posted_card(club, await kept(club)), "Fired up") == "Fired up · 1"
    again = await club.ana.click(answered(told), custom_id="sg:put-back:1") if buttons(told) else None
    assert again is None, "the button has gone with the answer"

    told = await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1")
    await suggest(club, club.ana, film="Another Film Altogether", year="2001")
    assert "as many as this server takes" in text(await press(club.ana, told, "Put it back"))
    await club.ana.slash(club.channel, "suggestions withdraw", suggestion="2")
    await club.bot.services.moderation.block(club.guild_id, club.ana.id, club.mia.id, "", 1)
    assert "not to take suggestions from you" in text(await press(club.ana, told, "Put it back"))
    await club.bot.services.moderation.unblock(club.guild_id, club.ana.id)
    club.env.backend.advance_clock(60 * 60 + 60)
    assert "a moderator can still" in text(await press(club.ana, told, "Put it back")).lower()
    assert (await kept(club)).state == "withdrawn"


@pytest.mark.parametrize("who", ["ben", "mia"])
async def test_nobody_edits_or_withdraws_somebody_elses(club: Club, who: str) -> None:
    await suggest(club, club.ana)
    person = getattr(club, who)
    for command in ("suggestions edit", "suggestions withdraw"):
        refused = await person.slash(club.channel, command, suggestion="1")
        assert refused.modal is None and "isn't yours" in text(refused)
    assert (await kept(club)).state == "open"


async def test_the_authors_own_choices_on_the_card(club: Club) -> None:
    card = await suggest(club, club.ana)
    note = await press(club.ana, card, "Edit or withdraw")
    assert note.ephemeral and set(buttons(note)) == {"Edit", "Withdraw"}
    await club.restart()
    assert (await press(club.ana, note, "Edit")).modal is not None
    await press(club.ana, note, "Withdraw")
    assert (await kept(club)).state == "withdrawn"
    stranger = await press(club.ben, await suggest(club, club.mia), "Edit or withdraw")
    assert "for the moderators" in text(stranger)


async def test_who_waits_for_a_moderator_is_told_so_and_not_to_be_the_first(club: Club) -> None:
    await change(club, review_first=True)
    await suggest(club, club.ana)
    for command, asked in (("suggestions list", {}), ("montage top", {"what": "suggested"})):
        assert "Yours waits for a moderator" in text(await club.ana.slash(club.channel, command, **asked))
        others = text(await club.ben.slash(club.channel, command, **asked))
        assert "Be the first" in others and "waits for a moderator" not in others


async def test_lists(club: Club) -> None:
    await several(club, *FILMS[:4])
    newest = text(await club.ben.slash(club.channel, "suggestions list"))
    oldest = text(await club.ben.slash(club.channel, "suggestions list", order="oldest"))
    assert newest.index("Quilting") < newest.index("Zebra") and oldest.index("Zebra") < oldest.index("Quilting")
    shown = await club.ben.slash(club.channel, "suggestions show", suggestion="3")
    await vote(club.ben, shown)
    wanted = text(await club.ben.slash(club.channel, "suggestions list", order="most wanted"))
    assert wanted.index("Monsoon") < wanted.index("Zebra") and "🔥 1 · 🧊 0" in wanted
    await club.ana.slash(club.channel, "suggestions withdraw", suggestion="4")
    assert "Kettle" not in text(await club.ben.slash(club.channel, "suggestions list"))
    mine = await club.ana.slash(club.channel, "suggestions list", which="mine")
    assert mine.ephemeral and "withdrawn" in text(mine) and "Kettle" in text(mine)
    assert "nothing here yet" in text(await club.ben.slash(club.channel, "suggestions list", which="mine"))
    assert "accepted here yet" in text(await club.ben.slash(club.channel, "suggestions list", which="accepted"))
    top = await club.ben.slash(club.channel, "montage top", what="suggested")
    assert "Monsoon" in text(top).splitlines()[1]


async def test_what_is_most_wanted_names_its_filters_and_takes_no_others(club: Club) -> None:
    await suggest(club, club.ana, discipline="boxing")
    top = await club.ben.slash(club.channel, "montage top", what="suggested", discipline="combat")
    assert "waiting for your vote\n-# combat" in text(top)
    for asked in ({"whose": "everywhere"}, {"period": "7 days"}, {"ranked_by": "duels"}):
        refused = await club.ben.slash(club.channel, "montage top", what="suggested", **asked)
        assert refused.ephemeral and "leave `whose`, `period` and `ranked_by` out" in text(refused)


async def test_random_pages_belong_together(club: Club) -> None:
    await several(club, *FILMS, *MORE)
    first = await club.ben.slash(club.channel, "suggestions list", order="random")
    page_one = text(first)
    await club.restart()
    second = await press(club.ben, first, "Next")
    names = [
        line for shown in (page_one, text(second)) for line in shown.splitlines() if "Learning to crack" in line
    ]
    assert len(set(names)) == 12
    back = await press(club.ben, second, "Back")
    assert text(back) == page_one


async def test_opening_one_from_the_list_to_vote(club: Club) -> None:
    await suggest(club, club.ana)
    listed = await club.ben.slash(club.channel, "suggestions list")
    opened = await club.ben.select(answered(listed), list(options(listed).values()))
    assert opened.ephemeral and "Fired up · 0" in buttons(opened)


async def test_what_is_offered_while_typing(club: Club) -> None:
    await several(club, "Alpha Film", "Beta Film")
    await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1")
    offered = await club.ben.autocomplete(club.channel, "suggestions show", "suggestion", "film")
    assert [c["name"] for c in offered] == ["2 · Beta Film (1991): Learning to crack a tin in the dark"]
    assert await club.ben.autocomplete(club.channel, "suggestions edit", "suggestion", "film") == []
    own = await club.ana.autocomplete(club.channel, "suggestions edit", "suggestion", "beta")
    assert [c["value"] for c in own] == ["2"]


async def test_a_title_finds_only_what_the_person_may_see(club: Club) -> None:
    await several(club, "Zebra", "Quilting")
    await change(club, review_first=True)
    await suggest(club, club.ana, film="Monsoon")
    await club.ana.slash(club.channel, "suggestions withdraw", suggestion="zebra")
    for film in ("Zebra", "Monsoon"):  # withdrawn, and waiting for a moderator
        hidden = await club.ben.slash(club.channel, "suggestions show", suggestion=film)
        assert f"no suggestion “{film}” here" in text(hidden), "it told a number that nobody had asked for"
        assert f"## {film} (" in text(await club.mia.slash(club.channel, "moderate look", suggestion=film))
    assert "Monsoon" in text(await club.ana.slash(club.channel, "suggestions show", suggestion="Monsoon"))
    for command in ("suggestions edit", "suggestions withdraw"):
        refused = await club.ben.slash(club.channel, command, suggestion="Monsoon")
        assert refused.modal is None and "You have no suggestion “Monsoon” here" in text(refused)


async def test_somebody_elses_title_does_not_stand_before_ones_own(club: Club) -> None:
    await several(club, "Quilting")
    await suggest(club, club.ben, film="The Quilting Bee", year="1993", scene="Needles at dawn")
    form = await club.ben.slash(club.channel, "suggestions edit", suggestion="quilting")
    assert form.modal is not None and "The Quilting Bee" in str(form.modal)
    form = await club.ana.slash(club.channel, "suggestions edit", suggestion="quilting")
    assert form.modal is not None and "Bee" not in str(form.modal)


async def test_a_report_reaches_the_moderators_and_nobody_else(club: Club) -> None:
    office = club.guild.create_text_channel("office")
    await change(club, moderator_channel_id=office.id)
    card = await suggest(club, club.ana)
    form = await press(club.ben, card, "Report")
    await club.restart()
    told = await club.ben.submit_modal(form, {"why": "It gives the ending away @everyone"})
    assert told.ephemeral and "Thank you" in text(told)
    assert "was reported" in text(newest(office)) and str(club.ben.id) not in text(newest(office))
    assert newest(club.channel).id == answered(card).id
    panel = await club.mia.slash(office, "moderate review")
    assert panel.ephemeral and "1 suggestion reported" in text(panel)
    assert f"<@{club.ben.id}>: It gives the ending away @\u200beveryone" in text(panel)
    again = await club.ben.submit_modal(await press(club.ben, card, "Report"), {"why": "Again"})
    assert "before" in text(again)
    settled = await press(club.mia, panel, "The reports are settled")
    assert "🚩" not in text(settled)
    assert await club.bot.services.moderation.reported(club.guild_id) == 0


async def test_ones_own_is_not_reported_but_taken_back(club: Club) -> None:
    refused = await press(club.ana, await suggest(club, club.ana), "Report")
    assert refused.modal is None and "withdraw" in text(refused)
