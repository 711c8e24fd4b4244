"""What is kept about people: read, exported, erased."""

import json
from typing import Any

import pytest
import simcord

from bot.catalogue import Montage
from bot.privacy import policy, records
from bot.privacy.tables import TABLES, Fate, KeptTable
from tests.club import Club, answered, button, buttons, label, montage_id, text

GOOD = {
    "film": "Yentl",
    "year": "1983",
    "scene": "Studying by candlelight",
    "why": "She learns by night what nobody would teach her by day.",
    "discipline": "study",
}


async def rows(club: Club, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in await club.bot.database.read(f"SELECT * FROM {table}")]  # noqa: S608


async def a_life(club: Club) -> tuple[simcord.InteractionResult, simcord.InteractionResult]:
    """Ana votes, suggests, leaves a draft and looks at montages in direct messages; Ben votes with her."""
    card = await club.ana.slash(club.channel, "montage random")
    for person in (club.ana, club.ben):
        await person.click(answered(card), custom_id=button(card, "Fired up"))
    await club.ana.submit_modal(await club.ana.slash(club.channel, "suggest"), {**GOOD, "year": "19xx"})
    suggested = await club.ana.submit_modal(await club.ana.slash(club.channel, "suggest"), GOOD)
    await club.ben.click(answered(suggested), custom_id=button(suggested, "Fired up"))
    await club.ana.user.slash("montage random")
    return card, suggested


async def test_the_policy_is_one_text_and_fits_a_message(club: Club) -> None:
    shown = await club.ana.slash(club.channel, "privacy policy")
    assert shown.ephemeral
    assert text(shown) == policy()
    assert len(policy()) <= 4000
    assert text(await club.ana.user.slash("privacy policy")) == policy()


async def test_an_export_has_everything_and_nobody_else(club: Club) -> None:
    card, _ = await a_life(club)
    answer = await club.ana.slash(club.channel, "privacy export")
    assert answer.ephemeral
    (file,) = answered(answer).attachments
    exported = json.loads(await file.read())
    assert exported["person"] == str(club.ana.id)
    kept = exported["everything_kept"]
    assert {name: len(found) for name, found in kept.items()} == {
        "votes": 1,
        "suggestions": 1,
        "drafts": 1,
        "montages shown in direct messages": 1,
    }
    assert kept["votes"][0] == {
        "guild_id": str(club.guild_id),
        "montage_id": montage_id(card),
        "user_id": str(club.ana.id),
        "value": 1,
        "cast_at": "2026-11-24T12:00:00+00:00",
    }
    assert kept["suggestions"][0]["film"] == "Yentl"
    assert str(club.ben.id) not in json.dumps(exported)


async def test_nobody_known_is_told_so(club: Club) -> None:
    for command in ("export", "erase"):
        answer = await club.ana.slash(club.channel, f"privacy {command}")
        assert "I keep nothing about you" in text(answer)
        assert answer.ephemeral
        assert not buttons(answer)
        assert not answered(answer).attachments


async def test_erasing_asks_once_and_keeps_suggestions_without_a_name(club: Club) -> None:
    card, _ = await a_life(club)
    asked = await club.ana.slash(club.channel, "privacy erase")
    assert asked.ephemeral
    assert "1 vote, 1 suggestion, 1 draft and 1 montage shown in direct messages" in text(asked)
    assert len(await rows(club, "vote")) == 3
    done = await club.ana.click(answered(asked), custom_id="erase:most")
    assert "deleted: 1 vote, 1 draft and 1 montage shown in direct messages" in text(done)
    assert "kept without your name: 1 suggestion" in text(done)
    assert not buttons(done)
    assert {vote["user_id"] for vote in await rows(club, "vote")} == {club.ben.id}
    assert [s["author_id"] for s in await rows(club, "suggestion")] == [None]
    assert await rows(club, "draft") == []
    again = await club.mia.slash(club.channel, "montage show", montage=montage_id(card))
    assert label(again, "Fired up") == "Fired up · 1", "the tally has corrected itself"
    top = await club.mia.slash(club.channel, "montage top", what="suggested")
    assert "🔥 1" in text(top)
    assert "I keep nothing about you" in text(await club.ana.slash(club.channel, "privacy export"))


async def test_the_ranking_of_all_servers_corrects_itself_too(club: Club) -> None:
    card, _ = await a_life(club)
    everywhere = club.bot.services.everywhere
    assert (await everywhere.trend(None))[0][montage_id(card)].up == 2
    asked = await club.ana.slash(club.channel, "privacy erase")
    await club.ana.click(answered(asked), custom_id="erase:most")
    assert (await everywhere.trend(None))[0][montage_id(card)].up == 1


async def test_the_ranking_by_duels_corrects_itself_too(club: Club) -> None:
    duel = await club.ana.slash(club.channel, "montage duel")
    for person in (club.ana, club.ben):
        await person.click(answered(duel), custom_id=button(duel, "This one"))
    ranked = await club.ben.slash(club.channel, "montage top", ranked_by="duels")
    assert "Won 2 of 2" in text(ranked)
    asked = await club.ana.slash(club.channel, "privacy erase")
    assert "Of yours I keep 1 duel," in text(asked)
    await club.ana.click(answered(asked), custom_id="erase:most")
    ranked = await club.ben.slash(club.channel, "montage top", ranked_by="duels")
    assert "Won 1 of 1" in text(ranked)


async def test_suggestions_go_too_when_asked_with_all_votes_on_them(club: Club) -> None:
    _, suggested = await a_life(club)
    gone = montage_id(suggested)
    accepted = Montage(id=gone, film="Yentl", year=1983, scene="Studying", discipline="study", blurb="She learns.")
    club.bot.catalogue.put(club.guild_id, accepted)
    asked = await club.ana.slash(club.channel, "privacy erase")
    done = await club.ana.click(answered(asked), custom_id=button(asked, "Forget me and my suggestions"))
    assert "1 suggestion" in text(done)
    assert await rows(club, "suggestion") == []
    assert gone not in {vote["montage_id"] for vote in await rows(club, "vote")}
    assert gone not in {tally["montage_id"] for tally in await rows(club, "tally")}
    assert club.bot.catalogue.get(club.guild_id, gone) is None


async def test_keeping_everything_keeps_everything(club: Club) -> None:
    await a_life(club)
    asked = await club.ana.slash(club.channel, "privacy erase")
    await club.ana.click(answered(asked), custom_id=button(asked, "Keep everything"))
    assert len(await rows(club, "vote")) == 3


async def test_without_suggestions_there_is_no_question_about_them(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    asked = await club.ana.slash(club.channel, "privacy erase")
    assert set(buttons(asked)) == {"Forget me", "Keep everything"}


async def test_what_memory_holds_is_forgotten_too(club: Club) -> None:
    await club.ana.user.slash("montage random")
    decks = club.bot.services.decks
    assert club.ana.id in decks._decks
    asked = await club.ana.user.slash("privacy erase")
    await club.ana.user.click(asked.response, custom_id="erase:most")
    assert club.ana.id not in decks._decks


async def test_an_erase_is_whole_or_not_at_all(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    await a_life(club)
    broken = KeptTable(table="no_such_table", says="nothing", person={"user_id": Fate.GONE})
    real = TABLES
    before = len(await rows(club, "vote"))
    with monkeypatch.context() as breaking:
        breaking.setattr(records, "TABLES", (*real, broken))
        with pytest.raises(Exception, match="no_such_table"):
            await records.Records(club.bot.database).erase_person(club.ana.id)
    assert len(await rows(club, "vote")) == before


async def test_a_block_outlives_an_erase_and_a_report_does_not(club: Club) -> None:
    card = await club.ana.submit_modal(await club.ana.slash(club.channel, "suggest"), GOOD)
    form = await club.ben.click(answered(card), custom_id=button(card, "Report"))
    await club.ben.submit_modal(form, {"why": "I have seen it"})
    await club.mia.slash(club.channel, "moderate block", member=club.ben)
    asked = await club.ben.slash(club.channel, "privacy erase")
    done = await club.ben.click(answered(asked), custom_id=button(asked, "Forget me"))
    assert "deleted: 1 report\n- kept: 1 block, which only moderators can lift" in text(done)
    assert await rows(club, "report") == []
    assert [row["user_id"] for row in await rows(club, "blocked")] == [club.ben.id]
    assert "asked me not to take suggestions" in text(await club.ben.slash(club.channel, "suggest"))


async def test_a_change_that_a_moderator_made_and_took_back_is_one(club: Club) -> None:
    card = await club.ana.submit_modal(await club.ana.slash(club.channel, "suggest"), GOOD)
    panel = await club.mia.click(answered(card), custom_id=button(card, "Edit or withdraw"))
    form = await club.mia.click(answered(panel), custom_id=button(panel, "Decline"))
    panel = await club.mia.submit_modal(form, {"why": "Not on a Sunday"})
    await club.mia.click(answered(panel), custom_id=button(panel, "Undo"))
    asked = await club.mia.slash(club.channel, "privacy erase")
    assert "Of yours I keep 1 change to suggestions," in text(asked)
    done = await club.mia.click(answered(asked), custom_id=button(asked, "Forget me"))
    assert "kept without your name: 1 change to suggestions" in text(done)
    assert [(row["by_id"], row["undone_by"]) for row in await rows(club, "suggestion_event")] == [(None, None)]


async def test_a_suggestion_without_its_author_is_nobodys_to_edit(club: Club) -> None:
    await club.ana.submit_modal(await club.ana.slash(club.channel, "suggest"), GOOD)
    asked = await club.ana.slash(club.channel, "privacy erase")
    custom = next(c for name, c in buttons(asked).items() if name == "Forget me")
    await club.ana.click(answered(asked), custom_id=custom)
    assert await club.ana.autocomplete(club.channel, "suggestions edit", "suggestion", "yentl") == []
    assert "isn't yours" in text(await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1"))
    assert "from somebody\n" in text(await club.ben.slash(club.channel, "suggestions show", suggestion="1"))
