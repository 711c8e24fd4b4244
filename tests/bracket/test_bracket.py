"""/bracket as people use it: moderators begin, look and stop; members vote."""

from datetime import date
from typing import Any

import discord
import pytest
import simcord

from bot import clock
from bot.bracket import Champions, RoundStore
from bot.catalogue import Catalogue, Filters
from bot.client import Interaction
from bot.errors import UserError
from bot.montages import montage_card
from bot.preview.simulation import speak
from bot.voting import Choice, Tally
from tests.club import (
    Club,
    Shown,
    answered,
    button,
    buttons,
    components,
    montage_id,
    newest,
    options,
    text,
)
from tests.databases import traced
from tests.guilds.test_leaving import days_pass, remove_bot

HOUR = 3600


async def start(club: Club, size: int = 8, **more: Any) -> simcord.InteractionResult:
    """Mia begins a bracket, and its first round comes."""
    begun = await club.mia.slash(club.channel, "bracket start", **({"size": size, "channel": club.channel} | more))
    await come_to_rest(club)
    return begun


async def come_to_rest(club: Club) -> None:
    """What is due has been done: what posts by itself waits for its turn for moments."""
    await club.env.advance_time(1)


def without(club: Club, name: str, **permissions: bool) -> simcord.ChannelHandle:
    """A channel in which the bot lacks something."""
    assert club.bot.user is not None
    return club.guild.create_text_channel(
        name, overwrites={club.bot.user: discord.PermissionOverwrite(**permissions)}
    )


async def next_round(club: Club, hours: float = 24) -> discord.Message:
    """The time passes; the newest message of the channel then."""
    club.env.backend.advance_clock(hours * HOUR + 1)
    club.bot.services.bracket_delivery.routine.wake()
    await come_to_rest(club)
    return newest(club.channel)


def picks(shown: Shown) -> list[str]:
    """The custom ids of the two sides on a ballot."""
    return [c["custom_id"] for c in components(shown) if c.get("custom_id", "").startswith("bracket-pick")]


async def ballot(person: simcord.MemberActor, club: Club) -> simcord.InteractionResult:
    """What somebody sees who presses Vote under the newest round."""
    post = [m for m in posts(club) if "Vote" in buttons(m)][-1]
    return await person.click(post, custom_id=button(post, "Vote"))


async def vote(person: simcord.MemberActor, club: Club, *sides: int) -> simcord.InteractionResult:
    """Press the upper (0) or lower (1) side of one match after the other."""
    shown = await ballot(person, club)
    for side in sides:
        shown = await person.click(answered(shown), custom_id=picks(shown)[side])
    return shown


def posts(club: Club) -> list[discord.Message]:
    """All posts of brackets, the oldest first."""
    return sorted((m for m in club.channel.history() if "The whole bracket" in buttons(m)), key=lambda m: m.id)


async def test_from_the_first_round_to_the_champion_s_card(club: Club) -> None:
    begun = await start(club)
    assert answered(begun).ephemeral and "8 montages, 3 rounds of 24 hours each" in text(begun)
    post = newest(club.channel)
    assert "The quarter-finals" in text(post) and "against" in text(post)
    assert post.attachments[0].filename == "bracket.png"
    (gallery,) = [c for c in components(post) if c["type"] == 12]
    assert "Rocky IV against Million Dollar Baby" in gallery["items"][0]["description"]

    done = await vote(club.ana, club, 1, 0, 0, 0)
    assert answered(done).ephemeral and "That was all of them" in text(done)
    assert "**Million Dollar Baby (2004)** over Rocky IV (1985)" in text(done)
    await vote(club.ben, club, 1)
    second = await next_round(club)
    assert "**Million Dollar Baby (2004)** beat Rocky IV (1985), 2 to 0" in text(second)
    assert "The semi-finals" in text(second)

    await next_round(club)
    last = await next_round(club)
    assert "🏆 Mulan (1998) is the champion of Montage Club" not in text(last)
    assert "is the champion of Montage Club" in text(last) and "Vote" not in buttons(last)
    assert len(posts(club)) == 4
    (won,) = await club.bot.services.bracket_store.champions()
    for shown in (
        await club.ana.slash(club.channel, "montage show", montage=won[1]),
        await club.ana.slash(club.channel, "montage show", montage="whiplash-2014"),
    ):
        assert ("🏆 Champion of this server, November 2026" in text(shown)) == (
            won[1] in str(list(components(shown)))
        )
    await club.restart()
    shown = await club.ana.slash(club.channel, "montage show", montage=won[1])
    assert "Champion of this server" in text(shown)
    elsewhere = await club.ana.user.slash("montage show", montage=won[1])
    assert "Champion" not in text(elsewhere)


async def test_the_two_sides_of_a_match_are_joined_in_the_language_of_whoever_reads(club: Club) -> None:
    await start(club)
    speak(club.bot, "de")
    done = await vote(club.ana, club, 1, 0, 0, 0)
    labels = list(options(done))
    assert [" oder " in label for label in labels] == [True] * 4, labels


async def test_it_is_seeded_by_the_votes_of_the_server(club: Club) -> None:
    for person in range(1, 6):
        await club.bot.services.votes.cast(club.guild_id, "whiplash-2014", person, Choice.UP, 1)
    await start(club)
    assert "**Whiplash (2014)** (no.\N{NO-BREAK SPACE}1)" in text(newest(club.channel))


async def test_filters_and_fewer_than_asked_for(club: Club) -> None:
    boxing = Filters(discipline="boxing", decade=1970).apply(club.bot.catalogue.visible_to(club.guild_id))
    assert 2 <= len(boxing) < 32
    begun = await start(club, 32, discipline="boxing", decade=1970)
    assert "no more than that for a bracket of 32" in text(begun)
    assert "boxing · the 1970s" in text(newest(club.channel))
    nothing = await club.mia.slash(
        club.channel, "bracket start", size=8, channel=club.channel, discipline="boxing", mood="tender", decade=1910
    )
    assert answered(nothing).ephemeral and "Nothing here is all of these at once" in text(nothing)


async def test_one_at_a_time_and_stopping_asks_once(club: Club) -> None:
    await start(club)
    mine = await ballot(club.ana, club)
    again = await start(club)
    assert "One bracket at a time" in text(again)
    asked = await club.mia.slash(club.channel, "bracket stop")
    assert answered(asked).ephemeral and "Stop the bracket?" in text(asked)
    assert (await club.bot.services.bracket_store.running(club.guild_id)) is not None
    stopped = await club.mia.click(answered(asked), custom_id=button(asked, "Yes"))
    assert "Stopped" in text(stopped)
    assert "That bracket is over" in text(await club.ana.click(answered(mine), custom_id=picks(mine)[0]))
    await next_round(club, 50)
    assert len(posts(club)) == 1
    history = await club.mia.slash(club.channel, "bracket history")
    assert "Stopped: The quarter-finals" in text(history)
    for what in ("stop", "status"):
        assert "No bracket is running" in text(await club.mia.slash(club.channel, f"bracket {what}"))


async def test_after_the_start_everybody_goes_on_at_once(club: Club) -> None:
    await club.mia.slash(club.channel, "bracket start", size=8, channel=club.channel)
    post = newest(club.channel)
    assert "The quarter-finals" in text(post)
    assert "The quarter-finals" in text(await club.mia.slash(club.channel, "bracket status"))
    mine = await club.ana.click(post, custom_id=button(post, "Vote"))
    mine = await club.ana.click(answered(mine), custom_id=picks(mine)[1])
    assert "Match 2 of 4" in text(mine)
    assert montage_id(await club.ben.slash(club.channel, "montage random"))
    asked = await club.mia.slash(club.channel, "bracket stop")
    assert "Stopped" in text(await club.mia.click(answered(asked), custom_id=button(asked, "Yes")))
    assert list(buttons(posts(club)[-1])) == ["The whole bracket"]
    late = await club.ana.click(answered(mine), custom_id=picks(mine)[0])
    assert "That bracket is over" in text(late)
    assert "No bracket is running" in text(await club.mia.slash(club.channel, "bracket status"))


async def stop(club: Club) -> simcord.InteractionResult:
    """Mia stops it, and is sure."""
    asked = await club.mia.slash(club.channel, "bracket stop")
    stopped = await club.mia.click(answered(asked), custom_id=button(asked, "Yes"))
    await come_to_rest(club)
    return stopped


def edits(club: Club) -> int:
    """How often a message of a channel was changed, or was to be."""
    return len([r for r in club.env.http_requests if r.method == "PATCH" and "/channels/" in r.path])


async def test_the_post_of_a_stopped_bracket_says_so_and_offers_no_vote(club: Club) -> None:
    await start(club)
    await vote(club.ana, club, 1)
    second = await next_round(club)
    assert "Vote" in buttons(second)
    await stop(club)
    post = newest(club.channel)
    assert post.id == second.id and list(buttons(post)) == ["The whole bracket"]
    assert "Stopped: The semi-finals" in text(post) and "beat Rocky IV (1985), 1 to 0" in text(post)
    assert "Ends" not in text(post) and "you may change yours" not in text(post)
    assert [file.filename for file in post.attachments] == ["bracket.png"]
    assert len([c for c in components(post) if c["type"] == 12]) == 1
    whole = await club.ana.click(post, custom_id=button(post, "The whole bracket"))
    assert "### The semi-finals" in text(whole)
    done = edits(club)
    await club.restart()
    await next_round(club, 50)
    assert edits(club) == done == 1 and len(posts(club)) == 2


async def test_a_stopped_post_speaks_the_server_s_language_and_needs_no_picture(club: Club) -> None:
    plain = without(club, "plain", attach_files=False)
    await start(club, channel=plain)
    await club.bot.services.guild_settings.change(club.guild_id, language="de")
    await stop(club)
    post = newest(plain)
    assert "Abgebrochen: Das Viertelfinale" in text(post) and len(buttons(post)) == 1
    assert not post.attachments and not [c for c in components(post) if c["type"] == 12]


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (400, 30046), (404, 10008), (404, 10003)])
async def test_a_post_that_may_not_be_changed_does_not_keep_a_bracket_from_stopping(
    club: Club, status: int, code: int
) -> None:
    await start(club)
    club.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code, times=None)
    assert "Stopped" in text(await stop(club))
    assert "That bracket is over" in text(await ballot(club.ana, club))
    for _ in range(6):
        await next_round(club, 24)
    assert edits(club) == 1, "final is final"
    assert len(posts(club)) == len(club.channel.history()) == 1, "and nobody is bothered with it"
    history = await club.mia.slash(club.channel, "bracket history")
    assert "Stopped: The quarter-finals" in text(history) and "1 to" not in text(history)
    assert "8 montages" in text(await start(club))


async def test_a_post_is_changed_once_discord_is_back(club: Club) -> None:
    await start(club)
    club.env.inject_error("PATCH", "/channels/*/messages/*", status=503, times=1)
    assert "Stopped" in text(await stop(club))
    assert "Vote" in buttons(newest(club.channel))
    await next_round(club, 0.1)
    assert "Vote" not in buttons(newest(club.channel)) and edits(club) == 2


async def test_of_a_server_that_is_left_a_stopped_post_waits_until_it_is_forgotten(club: Club) -> None:
    await start(club)
    club.env.inject_error("PATCH", "/channels/*/messages/*", status=503, times=1)
    await stop(club)
    await remove_bot(club)
    rounds = RoundStore(club.bot.database)
    for _ in range(3):
        club.env.backend.advance_clock(HOUR)
        club.bot.services.bracket_delivery.routine.wake()
        await come_to_rest(club)
        due, now = await rounds.next_due(), clock.milliseconds(club.env.now())
        assert due is not None and now < due <= now + clock.HOUR, "no more than a look an hour"
    assert edits(club) == 1
    await days_pass(club, 31)
    assert await rounds.next_due() is None


async def test_one_that_could_not_go_on_loses_the_button_of_its_latest_post(club: Club) -> None:
    await start(club)
    club.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=None)
    await next_round(club)
    assert "Failing since" in text(await club.mia.slash(club.channel, "bracket status"))
    await stop(club)
    (post,) = posts(club)
    assert "Stopped: The semi-finals" in text(post) and "Vote" not in buttons(post)


async def test_history_opens_a_bracket_with_all_its_matches(club: Club) -> None:
    await start(club)
    await vote(club.ana, club, 1)
    for _ in range(3):
        await next_round(club)
    history = await club.mia.slash(club.channel, "bracket history")
    (identity,) = options(history).values()
    (select,) = [c["custom_id"] for c in components(history) if c["type"] == 3]
    opened = await club.mia.select(answered(history), [identity], custom_id=select)
    assert "beat Rocky IV (1985), 1 to 0" in text(opened) and "### The final" in text(opened)
    whole = await club.mia.click(answered(opened), custom_id=button(opened, "The whole bracket"))
    assert answered(whole).attachments and text(whole) == text(opened)


async def test_who_may_not_vote_is_told_why_and_nothing_is_kept(club: Club) -> None:
    async def nobody(interaction: Interaction) -> None:
        raise UserError("Only for those with gloves.")

    await start(club)
    mine = await ballot(club.ana, club)
    club.bot.services.brackets._may_vote = nobody
    refused = await club.ana.click(answered(mine), custom_id=picks(mine)[0])
    assert "Only for those with gloves." in text(refused)
    assert "Only for those with gloves." in text(await ballot(club.ben, club))
    assert await club.bot.database.read("SELECT * FROM bracket_vote") == []


async def test_a_choice_is_changed_and_pages_turn(club: Club) -> None:
    await start(club)
    shown = await vote(club.ana, club, 1, 1, 1, 1)
    (change,) = [c["custom_id"] for c in components(shown) if c["type"] == 3]
    page = await club.ana.select(answered(shown), ["2"], custom_id=change)
    assert "Match 3 of 4" in text(page) and "Yours" in buttons(page)
    back = await club.ana.click(answered(page), custom_id=button(page, "Back"))
    assert "Match 2 of 4" in text(back) and "This one" in buttons(back)
    forth = await club.ana.click(answered(back), custom_id=button(back, "Next"))
    changed = await club.ana.click(answered(forth), custom_id=picks(forth)[0])
    assert "✓ Yours is Creed (2015)" in text(changed)
    rows = await club.bot.database.read("SELECT seed FROM bracket_vote ORDER BY position")
    assert [row["seed"] for row in rows] == [8, 5, 2, 6]


async def test_the_buttons_of_a_round_that_is_over_lead_to_the_next(club: Club) -> None:
    await start(club)
    first = newest(club.channel)
    mine = await ballot(club.ana, club)
    second = await next_round(club)
    for refused in (
        await club.ana.click(first, custom_id=button(first, "Vote")),
        await club.ana.click(answered(mine), custom_id=picks(mine)[0]),
    ):
        assert answered(refused).ephemeral and f"/{second.id}" in text(refused)


async def test_the_ballot_works_after_a_restart(club: Club) -> None:
    await start(club)
    mine = await ballot(club.ana, club)
    await club.restart()
    assert "Match 2 of 4" in text(await club.ana.click(answered(mine), custom_id=picks(mine)[0]))
    assert len(posts(club)) == 1


async def test_a_montage_hidden_by_family_friendly_is_named_nowhere_and_goes_out(club: Club) -> None:
    await start(club)
    await vote(club.ana, club, 1)
    hidden = club.bot.catalogue.get(club.guild_id, "million-dollar-baby-2004")
    assert hidden is not None and not hidden.family_friendly
    await club.bot.services.guild_settings.change(club.guild_id, family_friendly_only=True)
    page = await ballot(club.ben, club)
    assert "no longer shown here" in text(page)
    status = await club.mia.slash(club.channel, "bracket status")
    second = await next_round(club)
    whole = await club.ana.click(second, custom_id=button(second, "The whole bracket"))
    for shown in (page, status, second, whole):
        assert "Million Dollar Baby" not in str(list(components(shown)))
    assert "goes on without a fight" in text(second)


async def test_a_lost_permission_is_told_and_it_goes_on_in_another_channel(club: Club) -> None:
    await start(club)
    await vote(club.ana, club, 1)
    # As if it had been taken away there: the round that is open was posted in a channel that is silent now.
    silent = without(club, "silent", send_messages=False)
    await club.bot.database.write("UPDATE bracket SET channel_id = :channel", channel=silent.id)
    await next_round(club)
    assert len(posts(club)) == 1
    other = club.guild.create_text_channel("the-ring")
    status = await club.mia.slash(other, "bracket status")
    assert "Failing since" in text(status) and "Send Messages" in text(status)
    await club.mia.click(answered(status), custom_id=button(status, "Go on"))
    await come_to_rest(club)
    assert "beat Rocky IV (1985), 1 to 0" in text(newest(other))


async def test_without_attach_files_it_comes_in_words(club: Club) -> None:
    plain = without(club, "plain", attach_files=False)
    begun = await start(club, channel=plain)
    assert "**Attach Files**" in text(begun)
    post = newest(plain)
    assert "The quarter-finals" in text(post) and not post.attachments
    assert not [c for c in components(post) if c["type"] == 12]


async def test_export_and_erase_know_the_votes_and_what_was_decided_stays(club: Club) -> None:
    await start(club)
    await vote(club.ana, club, 1, 1)
    await vote(club.ben, club, 1)
    await next_round(club)
    await vote(club.ana, club, 0)
    privacy = club.bot.services.privacy
    kept = (await privacy.records(club.ana.id))["votes in brackets"]
    assert len(kept) == 3 and kept[0]["user_id"] == str(club.ana.id)
    erased = await privacy.erase_person(club.ana.id, suggestions_too=False)
    assert erased.gone["votes in brackets"] == 3
    last = await next_round(club)
    assert "got no votes" in text(last), "in a round that is open nothing of theirs counts any more"
    whole = await club.ben.click(last, custom_id=button(last, "The whole bracket"))
    assert "beat Rocky IV (1985), 2 to 0" in text(whole), "what was decided is numbers, and nobody's name"
    await privacy.erase_server(club.guild_id)
    for table in ("bracket", "bracket_entrant", "bracket_match", "bracket_round", "bracket_vote"):
        assert await club.bot.database.read(f"SELECT * FROM {table}") == []  # noqa: S608


async def test_votes_in_brackets_are_no_votes_in_the_ranking(club: Club) -> None:
    await start(club)
    await vote(club.ana, club, 0, 0, 0, 0)
    assert await club.bot.services.votes.tallies(club.guild_id) == {}


async def test_a_vote_takes_one_trip_and_one_statement_that_writes(club: Club) -> None:
    await start(club)
    mine = await ballot(club.ana, club)
    async with traced(club.bot.database) as statements:
        await club.ana.click(answered(mine), custom_id=picks(mine)[0])
    assert len(statements) == 2, statements
    assert statements[0].lstrip().startswith("INSERT INTO bracket_vote")


async def test_a_large_bracket_fits_into_its_messages(club: Club) -> None:
    await start(club, 32)
    for _ in range(2):
        post = await next_round(club)
    whole = await club.ana.click(post, custom_id=button(post, "The whole bracket"))
    assert "### The round of 32" in text(whole) and "### The quarter-finals" in text(whole)
    assert "…" not in text(whole).split("###")[-1]
    page = await ballot(club.ana, club)
    assert "Match 1 of 4" in text(page)
    await stop(club)
    stopped = text(newest(club.channel))
    assert "Stopped: The quarter-finals" in stopped and text(whole).split("###")[1:] == stopped.split("###")[2:]


async def test_suggested_montages_alone(club: Club) -> None:
    refused = await club.mia.slash(
        club.channel, "bracket start", size=8, channel=club.channel, **{"from": "suggested"}
    )
    assert answered(refused).ephemeral and "fewer than two suggestions" in text(refused)


def test_a_card_says_since_when_it_is_the_champion(catalogue: Catalogue) -> None:
    montage = catalogue.shipped[0]
    with_line = montage_card(montage, Tally(), champion_since=date(2026, 11, 30))
    (story, *_) = [item.content for item in with_line.walk_children() if isinstance(item, discord.ui.TextDisplay)]
    assert "🏆 Champion of this server, November 2026" in story


async def test_of_several_crowns_the_latest_counts(club: Club) -> None:
    champions = Champions(club.bot.services.bracket_store)
    champions.crown(1, "rocky-1976", 0)
    champions.crown(1, "rocky-1976", 40 * 24 * HOUR * 1000)
    assert champions.since(1, "rocky-1976") == date(1970, 2, 10)
    champions.forget(1)
    assert champions.since(1, "rocky-1976") is None
