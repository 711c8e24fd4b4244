"""How a montage looks. No I/O, no decisions: the same montage looks the same wherever it appears."""

from collections.abc import Callable
from datetime import date
from urllib.parse import quote_plus

import discord

from bot.catalogue import Montage, Reading
from bot.ui.components import ADDRESS_AT_MOST, ActionRow, Button, Container, Item, Separator, TextDisplay
from bot.ui.dates import month_of
from bot.ui.text import capital, cut, escape, host_of, length, prose, title
from bot.ui.theme import build_layout, colour_of
from bot.voting import Tally, vote_buttons

# When a montage (its id) became the champion of a server; None for one that never did.
ChampionSince = Callable[[int, str], date | None]

_SEARCH = "https://www.youtube.com/results?search_query="


def montage_card(
    montage: Montage, tally: Tally, *extra: Item, champion_since: date | None = None
) -> discord.ui.LayoutView:
    """The card; `extra` buttons (two at most) stand beside those for voting.

    `champion_since`: when it won a bracket of the server that sees the card.
    """
    container = Container(accent_colour=colour_of(montage.family))
    container.add_item(TextDisplay(_story(montage, champion_since)))
    container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    container.add_item(TextDisplay(_small_print(montage)))
    row = ActionRow(*vote_buttons(montage.id, tally), *extra)
    row.add_item(Button(label="Find the clip", emoji="🎬", url=clip_address(montage)))
    container.add_item(row)
    return build_layout(container)


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


def _story(montage: Montage, champion_since: date | None) -> str:
    lines = [f"## {title(montage.film, montage.year)}", f"**{escape(montage.scene)}**"]
    if champion_since:
        lines.append(f"🏆 Champion of this server, {month_of(champion_since)}")
    if montage.tagline:
        lines.append(f"*{escape(montage.tagline)}*")
    lines += ["", prose(montage.blurb)]
    if montage.bits:
        lines += ["", *(f"- {prose(capital(bit))}" for bit in montage.bits)]
    return "\n".join(lines)


def _small_print(montage: Montage) -> str:
    what = capital(montage.discipline)
    if montage.medium != "film":
        what += f", {montage.medium}"
    about = [what, *([montage.location] if montage.location else [])]
    if montage.position:
        about.append(f"{montage.position} of the {'series' if 'series' in montage.medium else 'film'}")
    if montage.song:
        about.append(
            f"♪\N{NO-BREAK SPACE}{montage.song.title}"
            + (f" by {montage.song.performer}" if montage.song.performer else "")
        )
    elif montage.composer:
        about.append(f"♪\N{NO-BREAK SPACE}{montage.composer}")
    lines = [" · ".join(map(escape, about))]
    made = []
    if montage.director:
        made.append("directed by " + escape(", ".join(montage.director)))
    if montage.suitable_from is not None:
        made.append(f"suitable from {montage.suitable_from}" if montage.suitable_from else "suitable for all ages")
    if montage.age_rating:
        made.append(f"rated {escape(montage.age_rating)} in the United States")
    if montage.imdb:
        made.append(f"[IMDb](https://www.imdb.com/title/{montage.imdb}/)")
    if montage.link:
        made.append(f"[{host_of(montage.link)}]({montage.link})")
    if made:
        lines.append(capital(" · ".join(made)))
    if montage.content_notes:
        lines.append("Good to know before: " + escape(", ".join(montage.content_notes)))
    lines += [_reading(reading) for reading in montage.reading]
    return "\n".join(f"-# {line}" for line in lines)


def _reading(reading: Reading) -> str:
    source = ", ".join(escape(str(part)) for part in (reading.author, reading.where, reading.year) if part)
    text = f"Further reading: “{escape(reading.title)}”"
    if source:
        text += f" ({source})"
    return f"{text}. {escape(reading.note)}" if reading.note else text
