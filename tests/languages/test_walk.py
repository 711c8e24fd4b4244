"""The bot in a language that nobody speaks: whatever people press, nothing English comes, and nothing is cut."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import simcord

from bot.app import create_bot
from bot.catalogue import Montage
from bot.preview.opening import open_club as open_preview
from bot.preview.simulation import speak
from bot.preview.welcome import CardButton, CommandButton
from bot.preview.world import World
from bot.settings import Settings
from bot.ui.dates import MONTHS, WEEKDAYS
from tests.club import Club, Shown, answered, buttons, components, newest, open_club
from tests.languages.pseudo import CODE, said, write_pseudo
from tests.languages.speech import speaking_of

# A vowel without a mark in a word of several letters: English. What stands in code, links, mentions is not said.
_ENGLISH = re.compile(r"[A-Za-z]{4,}")
_MARKED = re.compile("[àéîöûýÀÉÎÖÛÝ]|^\\W*$")
_NOT_SAID = re.compile(r"`[^`]*`|\(https?://[^)]*\)|https?://\S+|<[^>]*>|\{[^}]*\}")


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with that language."""
    folder = tmp_path_factory.mktemp("locales")
    write_pseudo(folder)
    with speaking_of(folder):
        yield folder


@asynccontextmanager
async def speaking_club(folder: Path) -> AsyncIterator[Club]:
    """A club in which everybody speaks it, and the server too."""
    async with open_club(folder / "club.db") as club:
        speak(club.bot, "en-XA")
        await club.bot.services.guild_settings.change(club.guild_id, language=CODE)
        yield club


def told(shown: Shown) -> list[str]:
    """Every text of a message: what is written, on buttons, in selects."""
    found = []
    for component in components(shown):
        found += [component.get(key) for key in ("content", "label", "placeholder")]
        found += [option["label"] for option in component.get("options", ())]
    return [text for text in found if text]


def in_english(club: Club, shown: Shown) -> list[str]:
    """The lines that hold a word without marks, but for names of films, songs, people and countries."""
    known = {
        word for montage in club.bot.catalogue.shipped for word in _ENGLISH.findall(_names_in(montage).lower())
    }
    known |= {name.lower() for name in (*WEEKDAYS, *MONTHS)}  # the CLDR has no such language
    known |= {"club", "montage", "imdb", "tmdb", "justwatch", "mania", "discord", "hrlm", "europe", "berlin"}
    lines = [line for text in told(shown) for line in text.splitlines()]
    return [
        line
        for line in lines
        if any(
            word.lower() not in known and re.search("[aeiou]", word)
            for word in _ENGLISH.findall(_NOT_SAID.sub(" ", line))
        )
    ]


def _names_in(montage: Montage) -> str:
    titles = montage.film, montage.original_title, montage.seen_as, montage.song, montage.country, montage.language
    read = [(reading.title, reading.author, reading.where) for reading in montage.reading]
    return str((titles, montage.director, montage.composer, read))


COMMANDS = [
    ("montage random", {}),
    ("montage random", {"discipline": "boxing", "decade": 1930, "mood": "funny"}),
    ("montage show", {"montage": "rocky-iv-1985"}),
    ("montage show", {"montage": "zzzzzzz"}),
    ("montage find", {"words": "stàîrs"}),
    ("montage find", {"words": "qqqqqqqq"}),
    ("montage top", {}),
    ("montage top", {"whose": "editors"}),
    ("montage top", {"period": "7 days"}),
    ("montage for-me", {}),
    ("montage duel", {}),
    ("montage saved", {}),
    ("montage stats", {}),
    ("montage stats", {"me": True}),
    ("montage today", {}),
    ("settings", {}),
    ("suggestions list", {}),
    ("suggestions notify", {"when_decided": True}),
    ("suggestions export", {}),
    ("moderate review", {}),
    ("daily status", {}),
    ("daily stop", {}),
    ("daily preview", {}),
    ("bracket status", {}),
    ("bracket stop", {}),
    ("bracket history", {}),
    ("privacy export", {}),
    ("privacy erase", {}),
    ("help", {}),
]


@pytest.mark.parametrize(("command", "options"), COMMANDS, ids=str)
async def test_every_command_answers_in_it(
    pseudo: Path, tmp_path: Path, command: str, options: dict[str, object]
) -> None:
    async with speaking_club(tmp_path) as club:
        shown = await club.mia.slash(club.channel, command, **options)
        assert in_english(club, shown) == []


async def test_every_page_of_the_settings_and_of_the_help_is_in_it(pseudo: Path, tmp_path: Path) -> None:
    async with speaking_club(tmp_path) as club:
        for command, pages in (("settings", "set:page"), ("help", "help:")):
            first = await club.mia.slash(club.channel, command)
            others = [one for one in buttons(first).values() if one.startswith(pages)]
            assert len(others) == 4
            for custom_id in others:
                again = await club.mia.slash(club.channel, command)
                page = await club.mia.click(answered(again), custom_id=custom_id)
                assert in_english(club, page) == []


@asynccontextmanager
async def speaking_preview(database: Path) -> AsyncIterator[World]:
    bot = create_bot(Settings(database=database))
    bot.add_dynamic_items(CommandButton, CardButton)
    try:
        async with simcord.run(bot) as env:
            speak(bot, "en-XA")
            yield await open_preview(env, bot, empty=True, locale="en-XA")
    finally:
        await bot.close()


async def test_all_that_the_bot_posts_at_the_preview_s_start_is_in_it(pseudo: Path, tmp_path: Path) -> None:
    async with speaking_preview(tmp_path / "preview.db") as world:
        form = await world.viewers[0].slash(world.channel, "suggest")
        typed = {"film": "Zzyzx", "year": "1999", "scene": "Änöld", "why": "Ït ïs sö lüd änd", "discipline": "böx"}
        await world.viewers[0].submit_modal(form, typed)
    async with speaking_preview(tmp_path / "preview.db") as world:  # its card is put up anew
        posted = [message for message in world.channel.history() if message.components]
        labels = [text for message in posted for text in buttons(message)]
        assert any(text.startswith(said("Fired up")[:5]) for text in labels)
        assert [text for text in labels if not _MARKED.search(text)] == []
        assert world.channel._channel.topic == said("Where the montages are.")


async def test_a_vote_and_a_saved_montage_are_noted_in_it(pseudo: Path, tmp_path: Path) -> None:
    async with speaking_club(tmp_path) as club:
        card = await club.ana.slash(club.channel, "montage show", montage="rocky-iv-1985")
        noted = [one for one in buttons(card).values() if one.startswith(("vote:", "save:"))]
        assert len(noted) == 3
        for custom_id in noted:
            pressed = await club.ana.click(answered(card), custom_id=custom_id)
            assert in_english(club, pressed) == []


async def test_a_suggestion_lives_and_a_daily_post_comes_in_it(pseudo: Path, tmp_path: Path) -> None:
    async with speaking_club(tmp_path) as club:
        await club.bot.services.guild_settings.change(club.guild_id, cooldown_minutes=0, minimum_account_days=0)
        form = await club.ana.slash(club.channel, "suggest")
        typed = {
            "film": "Zzyzx Rüd",
            "year": "1999",
            "scene": "Än Öld Gým",
            "why": "Ït ïs sö lüd änd söft",
            "discipline": "böxîng",
        }
        sent = await club.ana.submit_modal(form, typed)
        assert in_english(club, sent) == []
        review = await club.mia.slash(club.channel, "moderate look", suggestion="1")
        assert in_english(club, review) == []
        for custom_id in [one for one in buttons(review).values() if one.startswith(("sg:voters", "sg:accept"))]:
            await club.mia.click(answered(review), custom_id=custom_id)
        started = await club.mia.slash(
            club.channel, "daily start", channel=club.channel, time="18:30", timezone="Europe/Berlin"
        )
        assert in_english(club, started) == []
        club.env.backend.advance_clock(5.6 * 3600)
        await club.env.advance_time(70)
        assert in_english(club, newest(club.channel)) == []


async def test_why_somebody_is_blocked_is_kept_in_no_language(pseudo: Path, tmp_path: Path) -> None:
    async with speaking_club(tmp_path) as club:
        await club.bot.services.guild_settings.change(club.guild_id, minimum_account_days=0)
        form = await club.ana.slash(club.channel, "suggest")
        typed = {"film": "Zzyzx", "year": "1999", "scene": "Änöld", "why": "Ït ïs sö lüd änd", "discipline": "böx"}
        await club.ana.submit_modal(form, typed)
        review = await club.mia.slash(club.channel, "moderate look", suggestion="1")
        (block,) = [one for one in buttons(review).values() if one.startswith("sg:block")]
        await club.mia.click(answered(review), custom_id=block)
        (blocked,) = await club.bot.services.moderation.blocked(club.guild_id)
        assert str(blocked.why) == "over suggestion 1"
        assert in_english(club, await club.mia.slash(club.channel, "moderate unblock")) == []


async def test_a_person_s_own_language_stays_theirs(pseudo: Path, tmp_path: Path) -> None:
    """Ana's Discord is set to it, the server's to English: nobody else learns what hers is."""
    async with speaking_club(tmp_path) as club:
        await club.bot.services.guild_settings.change(club.guild_id, language="en")
        public = await club.ana.slash(club.channel, "montage top")
        private = await club.ana.slash(club.channel, "montage saved")
        assert in_english(club, public) and not public.ephemeral
        assert private.ephemeral and in_english(club, private) == []
        await club.bot.services.guild_settings.change(club.guild_id, language=CODE)
        assert in_english(club, await club.ana.slash(club.channel, "montage top")) == []
