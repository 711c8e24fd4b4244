"""How a montage looks. No I/O, no decisions: the same montage looks the same wherever it appears."""

from collections.abc import Callable
from datetime import date
from urllib.parse import quote_plus

import discord

from bot.catalogue import Montage, Reading, localised
from bot.catalogue.filters import describe
from bot.catalogue.tokens import plain
from bot.films import FilmLinks, WatchButton, poster
from bot.languages import _, enumerated, in_a_row
from bot.shelf import SaveButton
from bot.ui.components import ADDRESS_AT_MOST, ActionRow, Button, Container, Item, Section, Separator, TextDisplay
from bot.ui.dates import month_of
from bot.ui.text import as_sentence, bracketed, capital, cut, escape, host_of, length, prose, title
from bot.ui.theme import build_layout, colour_of
from bot.voting import Choice, Tally, vote_buttons

# Buttons that stand side by side where the card is as wide as it gets.
_IN_A_ROW = 4
# When a montage (its id) became the champion of a server; None for one that never did.
ChampionSince = Callable[[int, str], date | None]

_SEARCH = "https://www.youtube.com/results?search_query="


def montage_card(
    montage: Montage,
    tally: Tally,
    *steps: Item,
    mine: Choice = Choice.NONE,
    film: FilmLinks | None = None,
    champion_since: date | None = None,
) -> discord.ui.LayoutView:
    """The card, from top to bottom: name, story, votes, bits and facts, and what to do next.

    The votes stand in the middle, so that a phone shows them to whoever reads from the top and to whoever sees the
    end of the message first. `steps`: buttons between the clip and Save, three at most. `mine`: the vote of the
    person who alone sees the card. `film`: what is known of its film. `champion_since`: when it won a bracket of
    the server that sees the card.
    """
    told = localised(montage)
    head = TextDisplay(_head(told, champion_since))
    return build_layout(
        Container(
            Section(head, accessory=poster(film.poster, montage)) if film and film.poster else head,
            *([TextDisplay(prose(told.blurb))] if told.blurb else []),
            ActionRow(*vote_buttons(montage.id, tally, mine)),
            Separator(spacing=discord.SeparatorSpacing.small),
            *([TextDisplay(_bits(told))] if told.bits else []),
            TextDisplay(_facts(told, _other_title(montage, told))),
            *_next_steps(montage, film, *steps, SaveButton(montage.id)),
            accent_colour=colour_of(montage.family),
        )
    )


def _next_steps(montage: Montage, film: FilmLinks | None, *steps: Item) -> list[Item]:
    """The clip, ways to the film where it is known, and the `steps`: in one row, or in two if they are many."""
    film_steps: list[Item] = [Button(label=_("Clip"), emoji="🎬", url=clip_address(montage))]
    if film is not None and film.trailer:
        film_steps.append(Button(label=_("Trailer"), emoji="🎞️", url=film.trailer))
    if film is not None:
        film_steps.append(WatchButton(montage.id))
    if film is None or len(film_steps) + len(steps) <= _IN_A_ROW:
        return [ActionRow(*film_steps, *steps)]
    return [ActionRow(*film_steps), ActionRow(*steps)]


def clip_address(montage: Montage) -> str:
    """A search for the clip; an address of the clip itself would rot.

    One for everybody: a card is seen by people of many countries, and where this site is not to be had, neither is
    Discord. Written out a letter can take twelve characters: of a title that would be too long it asks for the
    beginning.
    """
    about, film = f" {montage.year} montage", montage.film
    while len(address := f"{_SEARCH}{quote_plus(film + about, errors='ignore')}") > ADDRESS_AT_MOST:
        film = cut(film, length(film) - 1)
    return address


def _head(montage: Montage, champion_since: date | None) -> str:
    lines = [f"## {title(montage.film, montage.year)}", f"**{escape(montage.scene)}**"]
    if champion_since:
        lines.append(_("🏆 Champion of this server, {month}", month=month_of(champion_since)))
    if montage.tagline:
        lines.append(f"*{escape(montage.tagline)}*")
    return "\n".join(lines)


def _bits(montage: Montage) -> str:
    return "\n".join(f"- {prose(capital(bit))}" for bit in montage.bits)


def _other_title(montage: Montage, told: Montage) -> str | None:
    """What a film is called where it comes from, or in English, where the card has another title for it; not where
    that only says more: `Rocky IV – Der Kampf des Jahrhunderts`.
    """
    if told.film == montage.film:
        return None
    other = montage.original_title or montage.film
    return None if plain(told.film).startswith(plain(other)) else other


def _facts(montage: Montage, other_title: str | None) -> str:
    what = [capital(montage.discipline)]
    if montage.medium != "film":
        what.append(_(montage.medium))
    about = [enumerated(what), *([montage.location] if montage.location else [])]
    if montage.position:
        where = _(montage.position)
        series = "series" in montage.medium
        about.append(_("{where} of the series", where=where) if series else _("{where} of the film", where=where))
    if montage.song:
        song, performer = f"♪\N{NO-BREAK SPACE}{montage.song.title}", montage.song.performer
        about.append(_("{song} by {performer}", song=song, performer=performer) if performer else song)
    elif montage.composer:
        about.append(f"♪\N{NO-BREAK SPACE}{montage.composer}")
    lines = [" · ".join(map(escape, about))]
    if made := _made(montage, other_title):
        lines.append(capital(" · ".join(made)))
    if montage.content_notes:
        lines.append(_("Good to know before: {notes}", notes=escape(enumerated(map(_, montage.content_notes)))))
    lines += [_reading(reading) for reading in montage.reading]
    return "\n".join(f"-# {line}" for line in lines)


def _made(montage: Montage, other_title: str | None) -> list[str]:
    """Who made it, for whom, and where there is more."""
    made: list[str] = []
    if other_title:
        made.append(_("originally “{title}”", title=escape(other_title)))
    if montage.director:
        made.append(_("directed by {names}", names=escape(enumerated(montage.director))))
    if montage.suitable_from is not None:
        made.append(describe("suitable_from", montage.suitable_from))
    if montage.age_rating:
        made.append(_("rated {rating} in the United States", rating=escape(montage.age_rating)))
    if montage.imdb:
        made.append(f"[IMDb](https://www.imdb.com/title/{montage.imdb}/)")
    if montage.suggested_by:
        made.append(_("suggested by {person}", person=f"<@{montage.suggested_by}>"))
    if montage.link:
        made.append(f"[{host_of(montage.link)}]({montage.link})")
    return made


def _reading(reading: Reading) -> str:
    source = enumerated(escape(str(part)) for part in (reading.author, reading.where, reading.year) if part)
    text = _("Further reading: “{title}”", title=escape(reading.title))
    if source:
        text = bracketed(text, source)
    return in_a_row((as_sentence(text), escape(reading.note))) if reading.note else text
