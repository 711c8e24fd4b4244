"""The server's own language, chosen in /settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.club import answered, button, open_club, options, text
from tests.languages.speech import Said, speaking_of, write

SAMPLE = "I know a great many training montages, and I have seen every one too often."
GERMAN: Said = {
    SAMPLE: "Ich kenne sehr viele Trainingsmontagen, und jede einzelne viel zu gut.",
    "## Where to begin": "## Wo anfangen",
}


@pytest.fixture
def german(tmp_path: Path) -> Iterator[None]:
    """A bot that has learned two sentences."""
    write(tmp_path, "de", GERMAN)
    with speaking_of(tmp_path):
        yield


async def test_a_server_chooses_its_language_and_sees_at_once_how_that_sounds(german: None, tmp_path: Path) -> None:
    async with open_club(tmp_path / "club.db") as club:
        panel = await club.mia.slash(club.channel, "settings")
        page = await club.mia.click(answered(panel), custom_id=button(panel, "Content"))
        assert f"> {SAMPLE}" in text(page) and "**Language: the one this server gave Discord**" in text(page)
        there = {label: value for label, value in options(page).items() if value in ("en", "de", "None")}
        assert list(there.values()) == ["None", "en", "de"] and "Deutsch" in there
        chosen = await club.mia.select(answered(page), ["de"], custom_id="set:pick:language")
        assert "**Language: Deutsch** · default: the one" in text(chosen)
        assert f"> {GERMAN[SAMPLE]}" in text(chosen), "the panel is for Mia alone, whose Discord is English"
        assert text(await club.ana.slash(club.channel, "montage top")).startswith("## Wo anfangen")
        await club.restart()
        assert text(await club.ana.slash(club.channel, "montage top")).startswith("## Wo anfangen")


async def test_nobody_is_asked_while_there_is_only_one(tmp_path: Path) -> None:
    with speaking_of(tmp_path):
        async with open_club(tmp_path / "club.db") as club:
            panel = await club.mia.slash(club.channel, "settings")
            page = await club.mia.click(answered(panel), custom_id=button(panel, "Content"))
            assert "Language" not in text(page)


async def test_a_server_that_speaks_german_on_discord_is_spoken_to_in_german(german: None, tmp_path: Path) -> None:
    async with open_club(tmp_path / "club.db") as club:
        guild = club.bot.get_guild(club.guild_id)
        assert guild is not None
        assert await club.bot.server_language(club.guild_id) == "en"
        assert await club.bot.server_language(club.guild_id, "de") == "de"
        await club.bot.services.guild_settings.change(club.guild_id, language="en")
        assert await club.bot.server_language(club.guild_id, "de") == "en", "what it chose wins"
        await club.bot.services.guild_settings.change(club.guild_id, language="tlh")
        assert await club.bot.server_language(club.guild_id, "de") == "de", "one that is not there chooses nothing"
