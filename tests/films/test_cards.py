"""Posters, trailers and where to watch, as people see them; and a bot without a token, which has none of them."""

import re
from pathlib import Path
from typing import Any

import pytest
import simcord
from aiohttp import web

from bot.catalogue import Catalogue
from bot.films.offers import OFFER_KINDS
from bot.privacy import policy
from bot.voting import Choice
from tests.club import (
    Club,
    Shown,
    answered,
    button,
    buttons,
    components,
    label,
    montage_id,
    newest,
    open_club,
    options,
    text,
)
from tests.databases import traced
from tests.docs import ROOT
from tests.films.cinema import few, in_a_hurry, open_cinema
from tests.suggestions.people import change, kept, press, suggest, vote

POSTER = "https://image.tmdb.org/t/p/w185/rocky-iv-1985.png"


def thumbnails(shown: Shown) -> list[dict[str, Any]]:
    return [component for component in components(shown) if component["type"] == 11]


def links(shown: Shown) -> dict[str, str]:
    return {c["label"]: c["url"] for c in components(shown) if c.get("url") and c.get("label")}


async def rocky(club: Club, channel: simcord.ChannelHandle | None = None) -> simcord.InteractionResult:
    return await club.ana.slash(channel or club.channel, "montage show", montage="rocky-iv-1985")


async def test_a_card_has_the_poster_in_words_too_the_trailer_and_where_to_watch(path: Path) -> None:
    async with open_cinema(path) as (club, tmdb):
        card = await rocky(club)
        (thumbnail,) = thumbnails(card)
        assert thumbnail["media"]["url"] == POSTER
        assert thumbnail["description"] == "The poster of Rocky IV (1985)"
        assert list(links(card)) == ["Clip", "Trailer"]
        assert links(card)["Trailer"] == "https://www.youtube.com/watch?v=made-up-001"
        assert button(card, "Where to watch") == "watch:rocky-iv-1985"
        assert tmdb.requests == [], "a card is drawn with what is known"


async def test_every_way_to_a_card_gives_the_same_one(path: Path) -> None:
    async with open_cinema(path) as (club, _):
        today = await club.ana.slash(club.channel, "montage today")
        random = await club.ana.slash(club.channel, "montage random", discipline="boxing")
        await club.mia.slash(
            club.channel, "daily start", channel=club.channel, time="18:00", timezone="Europe/Berlin"
        )
        club.env.backend.advance_clock(24 * 3600)
        await club.bot.services.daily_delivery.turn()
        for card in (today, random, newest(club.channel)):
            assert len(thumbnails(card)) == 1 and any(name == "Where to watch" for name in buttons(card))


async def test_a_vote_keeps_the_poster(path: Path) -> None:
    async with open_cinema(path) as (club, _):
        card = await rocky(club)
        voted = await vote(club.ben, card)
        assert label(voted, "Fired up") == "Fired up · 1"
        assert thumbnails(voted)[0]["media"]["url"] == POSTER and "Trailer" in links(voted)


async def test_without_a_token_all_is_as_it_was_and_nothing_is_sent_anywhere(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected: list[object] = []

    async def connect(*request: object, **more: object) -> None:
        connected.append(request)
        raise OSError("no network in this test")

    monkeypatch.setattr("aiohttp.TCPConnector.connect", connect)
    async with open_club(path) as club:
        card = await rocky(club)
        assert thumbnails(card) == [] and list(links(card)) == ["Clip"]
        assert not any(name == "Where to watch" for name in buttons(card))
        assert "TMDB" not in text(await club.ana.slash(club.channel, "help"))
        assert text(await club.ana.slash(club.channel, "privacy policy")) == policy()
        panel = await club.mia.slash(club.channel, "settings")
        content = await press(club.mia, panel, "Content")
        assert "Posters" not in text(content)
        suggested = await suggest(club, club.ana)
        assert thumbnails(suggested) == []
        await club.env.advance_time(25 * 3600)
        assert club.bot.services.films.client is None and connected == []


async def test_a_button_of_a_time_with_a_token_says_that_this_is_over(path: Path) -> None:
    async with open_cinema(path) as (club, _):
        card = await rocky(club)
        await club.bot.services.films.close()
        club.bot.services.films.client = None
        refused = await press(club.ana, card, "Where to watch")
        assert refused.ephemeral and "any more" in text(refused)


async def test_a_server_turns_posters_off_in_its_settings(path: Path) -> None:
    async with open_cinema(path) as (club, _):
        content = await press(club.mia, await club.mia.slash(club.channel, "settings"), "Content")
        assert "**Posters: on** · default" in text(content)
        off = await club.mia.click(answered(content), custom_id="set:flip:posters:off")
        assert "**Posters: off** · default: on" in text(off)
        card = await rocky(club)
        assert thumbnails(card) == [] and "Trailer" in links(card)
        random = await club.ana.slash(club.channel, "montage random")
        assert thumbnails(random) == []
        await club.mia.click(answered(off), custom_id="set:flip:posters:on")
        assert len(thumbnails(await rocky(club))) == 1


async def test_where_to_watch_asks_for_the_country_where_no_language_names_one(path: Path) -> None:
    async with open_cinema(path) as (club, _):
        asked = await press(club.ana, await rocky(club), "Where to watch")
        assert asked.ephemeral and "Which one are you in?" in text(asked)
        assert "United States" not in text(asked) and "TMDB" not in str(links(asked))
        assert not any(o.get("default") for c in components(asked) for o in c.get("options", ()))
        told = await club.ana.select(answered(asked), ["DE"], custom_id=button(asked, "Choose a country"))
        assert answered(told).id == answered(asked).id
        shown = text(told)
        assert "**Germany**" in shown and "As JustWatch listed it" in shown and "by way of TMDB" in shown
        assert links(told)["More at TMDB"] == "https://www.themoviedb.org/movie/1/watch?locale=DE"


async def test_every_country_of_the_list_can_be_reached_page_by_page(path: Path) -> None:
    async with open_cinema(path) as (club, tmdb):
        answer = await press(club.ana, await rocky(club), "Where to watch")
        seen: set[str] = set()
        for _ in range(9):
            offered = options(answer)
            seen |= {value for value in offered.values() if value.isalpha()}
            following = next((value for name, value in offered.items() if name.startswith("More: ")), None)
            if following is None:
                break
            (custom_id,) = [c["custom_id"] for c in components(answer) if c.get("options")]
            answer = await club.ana.select(answered(answer), [following], custom_id=custom_id)
            assert "Which one are you in?" in text(answer), "turning the page chooses nothing"
        assert seen == tmdb.films[0].offers.keys()


async def test_a_language_that_names_a_country_is_the_default(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.films.buttons._text", lambda locale: "pt-BR")
    async with open_cinema(path) as (club, tmdb):
        brazil = tmdb.films[0].offers.get("BR")
        told = await press(club.ana, await rocky(club), "Where to watch")
        assert "**Brazil**" in text(told)
        if brazil:
            for kind in brazil:
                assert f"- {OFFER_KINDS[kind]}: " in text(told)


@pytest.mark.parametrize("offers", [{}, {"DE": {"free": [{"provider_name": "Das **Erste**"}]}}])
async def test_a_film_that_is_to_be_had_nowhere_or_in_one_country(path: Path, offers: dict[str, Any]) -> None:
    async with open_cinema(path) as (club, tmdb):
        tmdb.films[0] = tmdb.films[0]._replace(offers=offers)
        told = await press(club.ana, await rocky(club), "Where to watch")
        if not offers:
            assert "Nowhere that I know of" in text(told) and not options(told)
        else:
            assert options(told) == {"Germany": "DE"}
            germany = await club.ana.select(answered(told), ["DE"], custom_id=button(told, "Choose"))
            assert r"- Free: Das \*\*Erste\*\*" in text(germany)


async def test_while_tmdb_is_silent_the_answer_is_a_sentence(path: Path) -> None:
    async def broken(request: web.Request) -> web.Response:
        return web.Response(status=503)

    async with open_cinema(path) as (club, tmdb):
        tmdb.trouble = broken
        card = await rocky(club)
        assert len(thumbnails(card)) == 1
        refused = await press(club.ana, card, "Where to watch")
        assert refused.ephemeral and "press it again in a few minutes" in text(refused)


async def test_a_card_of_what_a_server_hides_now_says_nothing_more(path: Path) -> None:
    async with open_cinema(path) as (club, tmdb):
        card = await rocky(club)
        await change(club, hidden_notes=("violence",))
        refused = await press(club.ana, card, "Where to watch")
        assert "not shown here any more" in text(refused) and tmdb.requests == []


async def test_a_suggestion_gets_its_poster_at_the_next_showing(path: Path) -> None:
    async with open_cinema(path) as (club, tmdb):
        await change(club, margin=1)
        rocky = tmdb.films[0]
        tmdb.films.append(
            rocky._replace(number=900, title="The Great Biscuit Heist", year=1999, imdb=None, poster="/tin.jpg")
        )
        card = await suggest(club, club.ana)
        assert thumbnails(card) == []
        assert [path for path, _ in tmdb.requests] == ["/3/search/movie", "/3/search/tv", "/3/movie/900"]
        for _, query in tmdb.requests:
            assert not {str(club.ana.id), str(club.guild_id)} & set(query.values()), "films only, never a person"
        again = await club.ben.slash(club.channel, "suggestions show", suggestion="1")
        assert thumbnails(again)[0]["description"] == "The poster of The Great Biscuit Heist (1999)"
        await vote(club.ben, card)
        assert (await kept(club)).state == "accepted"
        montage = await club.ben.slash(club.channel, "montage show", montage="s1")
        assert len(thumbnails(montage)) == 1 and montage_id(montage) == "s1"
        told = await press(club.ben, montage, "Where to watch")
        assert "Where to watch The Great Biscuit Heist" in text(told)


async def test_what_waits_for_a_moderator_is_not_asked_about(path: Path) -> None:
    async with open_cinema(path) as (club, tmdb):
        await change(club, review_first=True)
        await suggest(club, club.ana)
        assert tmdb.requests == []


async def test_cards_cost_no_trip_to_the_database_more(path: Path, tmp_path: Path) -> None:
    """What is known of films is in memory: random, top and a vote run the same statements with and without."""

    async def statements(club: Club) -> list[str]:
        await club.bot.services.votes.cast(club.guild_id, "rocky-iv-1985", 1, Choice.UP, 1)
        for _ in range(2):  # the second time everything that is kept in memory is there
            async with traced(club.bot.database) as run:
                card = await club.ana.slash(club.channel, "montage random")
                await vote(club.ben, card)
                await vote(club.ben, card)
                await club.ana.slash(club.channel, "montage top")
        return [re.sub(r"'[^']*'|\d+", "?", statement) for statement in run]

    async with open_cinema(path) as (club, _):
        with_films = await statements(club)
    async with open_club(tmp_path / "plain.db") as club:
        without = await statements(club)
    assert sorted(with_films) == sorted(without) and not any("film" in one for one in with_films)


async def test_help_and_policy_say_whom_the_bot_asks(path: Path) -> None:
    async with open_cinema(path) as (club, _):
        shown = text(await club.ana.slash(club.channel, "help"))
        assert "uses TMDB but is not endorsed or certified by TMDB" in shown and "JustWatch" in shown
        assert text(await club.ana.slash(club.channel, "privacy policy")) == policy(films=True)
    about_films = policy(films=True).removeprefix(policy()).strip()
    assert about_films and about_films in (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")


async def test_the_buttons_work_after_a_restart(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.load_catalogue", lambda: Catalogue(few()))
    async with open_cinema(path) as (club, tmdb):
        card = await rocky(club)
        asked = await press(club.ana, card, "Where to watch")
        await club.restart()
        club.bot.services.films.client = in_a_hurry(tmdb.address)
        told = await club.ana.select(answered(asked), ["DE"], custom_id=button(asked, "Choose a country"))
        assert "**Germany**" in text(told)
