"""The filter options as people use them."""

import re

import pytest

from bot.catalogue import Filters
from bot.catalogue.stored_filters import encode_filters
from bot.montages.commands import WORDS_AT_MOST
from bot.montages.random import AgainButton
from bot.ui.components import ActionRow
from bot.ui.filters import nothing_matches
from bot.ui.lists import page_row
from bot.ui.theme import build_layout
from tests.catalogue.test_filters import LONGEST
from tests.club import Club, answered, button, buttons, montage_id, newest, options, text


async def test_filters_combine_on_random(club: Club) -> None:
    for _ in range(3):
        card = await club.ana.slash(
            club.channel, "montage random", discipline="combat", decade=1980, mood="funny", country="United States"
        )
        shown = club.bot.catalogue.get(club.guild_id, montage_id(card))
        assert shown and shown.family == "combat" and shown.decade == 1980
        assert "funny" in shown.moods and "United States" in shown.country


async def test_filters_combine_on_top(club: Club) -> None:
    shown = await club.ana.slash(
        club.channel, "montage top", discipline="dance", kind="practice", family_friendly=True
    )
    assert "-# dance · practice · family friendly" in text(shown)
    wanted = Filters(discipline="dance", kind="practice", family_friendly=True)
    matching = [m.id for m in wanted.apply(club.bot.catalogue.visible_to(club.guild_id))]
    assert matching and sorted(options(shown).values()) == sorted(matching)


async def test_filters_combine_on_find_and_stay_on_the_next_page(club: Club) -> None:
    shown = await club.ana.slash(
        club.channel, "montage find", words="training", medium="film", country="United States"
    )
    everything = club.bot.catalogue.search(club.guild_id, "training")
    matching = list(Filters(medium="film", country="United States").apply(everything))
    assert f"## {len(matching)} montages for “training”" in text(shown)
    assert list(options(shown).values()) == [m.id for m in matching[:10]]
    following = await club.ben.click(answered(shown), custom_id=button(shown, "Next"))
    assert list(options(following).values()) == [m.id for m in matching[10:20]]
    assert "-# from United States · film" in text(following)


@pytest.mark.parametrize("command", ["montage random", "montage top", "montage find"])
async def test_when_nothing_passes_it_says_which_filter_to_drop_to_get_how_many(command: str, club: Club) -> None:
    asked = {"discipline": "boxing", "decade": 1950, "mood": "gritty"}
    searched = {"words": "boxing"} if command == "montage find" else {}
    refused = await club.ana.slash(club.channel, command, **asked, **searched)
    assert refused.ephemeral
    among = (
        club.bot.catalogue.search(club.guild_id, "boxing")
        if searched
        else club.bot.catalogue.visible_to(club.guild_id)
    )
    boxing = len(Filters(discipline="boxing", mood="gritty").apply(among))
    fifties = len(Filters(decade=1950, mood="gritty").apply(among))
    asked_for = "all of these at once: **boxing**, **from the 1950s**, **gritty**. Let go of something?"
    assert text(refused) == (
        f"Nothing I have for “boxing” is {asked_for}" if searched else f"Nothing here is {asked_for}"
    )
    ways = [f"Without “the 1950s”: {boxing}", *([f"Without “boxing”: {fifties}"] if fifties else [])]
    assert list(buttons(refused)) == ways
    shown = await club.ana.click(answered(refused), custom_id=button(refused, ways[0]))
    assert not shown.ephemeral, "what was asked for was for everybody"
    wanted = Filters(discipline="boxing", mood="gritty")
    for found in options(shown).values() or [montage_id(shown)]:
        assert wanted.matches(montage) if (montage := club.bot.catalogue.get(club.guild_id, found)) else False


async def test_when_no_single_filter_is_to_blame_it_says_so(club: Club) -> None:
    refused = await club.ana.slash(
        club.channel, "montage random", decade=1920, medium="anime series", country="France"
    )
    assert "no single filter is to blame" in text(refused)


async def test_discipline_and_country_are_completed_from_the_catalogue(club: Club) -> None:
    for option, typed, first in [
        ("discipline", "", "All of combat"),
        ("discipline", "bo", "Bobsleigh"),
        ("discipline", "bobsled", "Bobsleigh"),
        ("discipline", "soccer", "Football"),
        ("discipline", "danc", "All of dance"),
        ("discipline", "kung", "Kung fu"),
        ("discipline", "skatng", "Figure skating"),
        ("country", "", "Argentina"),
        ("country", "kore", "South Korea"),
        ("country", "unit", "United Kingdom"),
    ]:
        for command in ("montage random", "montage top"):
            choices = await club.ana.autocomplete(club.channel, command, option, typed)
            assert 1 <= len(choices) <= 25
            assert choices[0]["name"] == first, (option, typed, [c["name"] for c in choices][:5])


async def test_every_discipline_can_be_reached_by_typing_it(club: Club) -> None:
    for discipline in sorted({m.discipline for m in club.bot.catalogue.shipped})[::9]:
        choices = await club.ana.autocomplete(club.channel, "montage random", "discipline", discipline)
        assert discipline in {c["value"] for c in choices}


async def test_a_discipline_that_was_typed_and_not_picked_is_understood(club: Club) -> None:
    for typed in ("Bobsleighh", "bobs", " BOBSLEIGH", " Bobsled"):
        card = await club.ana.slash(club.channel, "montage random", discipline=typed)
        assert montage_id(card) == "cool-runnings-1993"
    card = await club.ana.slash(club.channel, "montage random", discipline="skating")
    montage = club.bot.catalogue.get(club.guild_id, montage_id(card))
    assert montage and montage.discipline == "figure skating"


async def test_another_discipline_is_not_put_in_the_place_of_one_that_there_is_nothing_of(club: Club) -> None:
    for typed in ("knitting", "curling"):
        refused = await club.ana.slash(club.channel, "montage random", discipline=typed)
        assert refused.ephemeral and text(refused) == f"Nothing here is **{typed}**. Let go of something?"


async def test_words_with_a_bar_in_them_do_not_become_filters(club: Club) -> None:
    shown = await club.ana.slash(club.channel, "montage find", words="training | ?:gym  |", kind="training")
    assert "for “training ?:gym”" in text(shown)
    following = await club.ana.click(answered(shown), custom_id=button(shown, "Next"))
    assert "for “training ?:gym”" in text(following) and "-# training" in text(following)


def test_the_longest_filters_and_words_fit_into_a_button() -> None:
    row = page_row("find", f"{'w' * WORDS_AT_MOST}|{encode_filters(LONGEST)}", 998, 999)
    identities = [item.custom_id for item in row.children]  # type: ignore[attr-defined]
    assert max(map(len, identities)) <= 100
    assert all(re.fullmatch(r"p:find:[phn]\d+:w+\|.*", identity) for identity in identities)
    assert len(AgainButton(encode_filters(LONGEST)).item.custom_id or "") <= 100


def test_what_somebody_typed_stays_words_in_the_answer() -> None:
    said = str(nothing_matches(Filters(discipline="[free](https://evil.example)", decade=1980), ()))
    assert "[free](" not in said.replace("\\[", "") and "https://" not in said


async def test_language_and_age_are_filters_like_all_others(club: Club) -> None:
    for command in ("montage random", "montage top", "montage find"):
        words = {"words": "training"} if command.endswith("find") else {}
        shown = await club.ana.slash(club.channel, command, language="Finnish", suitable_from=12, **words)
        assert shown.response is not None
    card = await club.ana.slash(club.channel, "montage random", language="japanese", suitable_from=6)
    montage = club.bot.catalogue.get(club.guild_id, montage_id(card))
    assert montage is not None and "Japanese" in montage.language and (montage.suitable_from or 0) <= 6
    again = await club.ana.click(answered(card), custom_id=button(card, "Another one"))
    montage = club.bot.catalogue.get(club.guild_id, montage_id(again))
    assert montage is not None and "Japanese" in montage.language
    offered = await club.ana.autocomplete(club.channel, "montage random", "language", "finn")
    assert [choice["value"] for choice in offered][:1] == ["Finnish"]
    ranked = await club.ana.slash(club.channel, "montage top", language="Finnish", whose="editors")
    assert "in Finnish" in text(ranked) or "Finnish" in text(ranked)


async def test_a_button_of_a_released_version_still_works_and_a_made_up_one_is_refused(club: Club) -> None:
    for stored, works in {"9----|": True, "9----|boxing": True, "z----|": False, ".9x": False}.items():
        view = build_layout(ActionRow(AgainButton(stored)))
        view.stop()
        await club.bot.get_partial_messageable(club.channel.id).send(view=view)
        shown = await club.ana.click(newest(club.channel), custom_id=f"again:{stored}")
        if works:
            montage = club.bot.catalogue.get(club.guild_id, montage_id(shown))
            assert montage is not None and montage.decade == 1980
        else:
            assert shown.ephemeral
