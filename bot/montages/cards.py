"""How a montage looks. No I/O, no decisions: the same montage looks the same wherever it appears."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

import discord

from bot.catalogue import Montage, Reading
from bot.ui.look import colour_of, laid_out
from bot.ui.text import capital, escape, host_of, prose, title
from bot.voting import Tally, vote_buttons


def montage_card(montage: Montage, tally: Tally, *extra: discord.ui.Item[Any]) -> discord.ui.LayoutView:
    """The card; `extra` buttons (two at most) stand beside those for voting."""
    container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=colour_of(montage.family))
    story, small_print = _texts(montage)
    container.add_item(discord.ui.TextDisplay(story))
    container.add_item(discord.ui.Separator(spacing=discord.SeparatorSpacing.small))
    container.add_item(discord.ui.TextDisplay(small_print))
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(*vote_buttons(montage.id, tally), *extra)
    row.add_item(discord.ui.Button(label="Find the clip", emoji="🎬", url=clip_address(montage)))
    container.add_item(row)
    return laid_out(container)


def clip_address(montage: Montage) -> str:
    """A search for the clip; an address of the clip itself would rot."""
    return f"https://www.youtube.com/results?search_query={quote_plus(f'{montage.film} {montage.year} montage')}"


@lru_cache(maxsize=1_000)
def _texts(montage: Montage) -> tuple[str, str]:
    """What is written on its card, which never changes: two thirds of a card's cost, for about 1.5 kB each."""
    return _story(montage), _small_print(montage)


def _story(montage: Montage) -> str:
    lines = [f"## {title(montage.film, montage.year)}", f"**{escape(montage.scene)}**"]
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
    about = [what, *([montage.place] if montage.place else [])]
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
    if montage.age_rating:
        made.append(f"rated {escape(montage.age_rating)}")
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
