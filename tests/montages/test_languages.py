"""/montage show and find, and filters, for people who speak another language than their server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalogue.translated import context_of
from bot.languages.catalogues import MONTAGES
from bot.preview.simulation import speak
from tests.club import Club, answered, button, montage_id, options, shipped_montages, text
from tests.languages.speech import speaking_of, write

# So many montages are told with this word that there is a second page of them.
WORD = "Schinderei"


@pytest.fixture(autouse=True)
def german(tmp_path: Path) -> Iterator[None]:
    """A bot that has learned a little German, before it starts."""
    told: dict[str | tuple[str, str], str | tuple[str, ...]] = {}
    for number, montage in enumerate(shipped_montages()[:12]):
        told[context_of(montage.id, "scene"), montage.scene] = f"{WORD} {number}"
    rocky = next(m for m in shipped_montages() if m.id == "rocky-1976")
    told |= {("rocky-1976 film", rocky.film): "Die Faust", ("rocky-1976 scene", rocky.scene): "Museumstreppe"}
    write(tmp_path, "de", {("discipline", "boxing"): "Boxen", "## Where to begin": "## Wo anfangen"})
    write(tmp_path, "de", told, domain=MONTAGES)
    with speaking_of(tmp_path):
        yield


@pytest.fixture(autouse=True)
async def _clients(german: None, club: Club) -> None:
    """Everybody's Discord is set to German, and the server to English."""
    speak(club.bot, "de")
    await club.bot.services.guild_settings.change(club.guild_id, language="en")


async def test_what_a_person_types_is_found_and_shown_in_the_server_s_language(club: Club) -> None:
    shown = await club.ana.slash(club.channel, "montage find", words="museumstreppe")
    assert not shown.ephemeral and montage_id(shown) == "rocky-1976"
    assert "## Rocky (1976)" in text(shown) and "Museumstreppe" not in text(shown)
    await club.bot.services.guild_settings.change(club.guild_id, language="de")
    shown = await club.ana.slash(club.channel, "montage show", montage="die faust")
    assert "## Die Faust (1976)" in text(shown) and "**Museumstreppe**" in text(shown)
    assert "Boxen" in text(shown) and "riginally “Rocky”" in text(shown)


async def test_pages_stay_in_the_language_of_who_asked_whoever_turns_them(club: Club) -> None:
    shown = await club.ana.slash(club.channel, "montage find", words=WORD)
    assert not shown.ephemeral and len(options(shown)) == 10
    assert WORD not in text(shown).replace(f"“{WORD}”", "")
    first = list(options(shown))
    turned = await club.ben.click(answered(shown), custom_id=button(shown, "Next"))
    assert options(turned) and not options(turned).keys() & set(first)
    back = await club.ben.click(answered(turned), custom_id=button(turned, "Back"))
    assert list(options(back)) == first


async def test_a_filter_that_nothing_passes_is_dropped_in_the_same_language(club: Club) -> None:
    refused = await club.ana.slash(club.channel, "montage find", words=WORD, decade=1910)
    way = button(refused, "Without")
    shown = await club.ana.click(answered(refused), custom_id=way)
    assert len(options(shown)) == 10


async def test_names_are_completed_in_the_person_s_language_and_in_english(club: Club) -> None:
    for typed in ("museumstr", "die fau", "rocky stairs museum"):
        choices = await club.ana.autocomplete(club.channel, "montage show", "montage", typed)
        assert ("Die Faust (1976): Museumstreppe", "rocky-1976") in [(c["name"], c["value"]) for c in choices][:3]


@pytest.mark.parametrize("typed", ["Boxen", "boxn", "boxing", "Boxing"])
async def test_a_discipline_is_chosen_in_either_language(club: Club, typed: str) -> None:
    choices = await club.ana.autocomplete(club.channel, "montage random", "discipline", typed)
    assert ("Boxen", "boxing") in [(c["name"], c["value"]) for c in choices]
    shown = await club.ana.slash(club.channel, "montage top", discipline=typed)
    assert "-# boxing" in text(shown)
    await club.bot.services.guild_settings.change(club.guild_id, language="de")
    assert "-# Boxen" in text(await club.ana.slash(club.channel, "montage top", discipline=typed))


@pytest.mark.parametrize("typed", ["Türkei", "turkei", "Turkey", "Türke"])
async def test_a_country_is_chosen_in_either_language(club: Club, typed: str) -> None:
    choices = await club.ana.autocomplete(club.channel, "montage random", "country", typed)
    assert ("Türkei", "Turkey") in [(c["name"], c["value"]) for c in choices]
    shown = await club.ana.slash(club.channel, "montage random", country=typed)
    found = club.bot.catalogue.get(club.guild_id, montage_id(shown))
    assert found and "Turkey" in found.country


async def test_a_discipline_is_suggested_in_the_person_s_language(club: Club) -> None:
    await club.bot.services.guild_settings.change(club.guild_id, cooldown_minutes=0, minimum_account_days=0)
    form = await club.ana.slash(club.channel, "suggest")
    typed = {
        "film": "Zzyzx",
        "year": "1999",
        "scene": "An old gym",
        "why": "So loud, and then so soft.",
        "discipline": "boxen",
    }
    await club.ana.submit_modal(form, typed)
    (suggestion,) = await club.bot.services.suggestions.in_states(club.guild_id, "open")
    assert suggestion.entry.discipline == "boxing"
