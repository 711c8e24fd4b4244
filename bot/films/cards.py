"""How it looks where a film can be watched. No I/O, no decisions."""

from collections.abc import Sequence

import discord

from bot import clock
from bot.catalogue import Montage, localised
from bot.films.offers import OFFER_KINDS
from bot.films.regions import region_name
from bot.films.store import KnownOffers
from bot.languages import _, enumerated
from bot.ui.components import ActionRow, Button, Container, Item, TextDisplay, thumbnail
from bot.ui.text import clean, clip, escape, montage_title, named
from bot.ui.theme import GOLD, build_layout

# Characters of the services of one kind; the longest real lists have some 300.
_SERVICES_AT_MOST = 500


def poster(address: str, montage: Montage) -> Item:
    """The film's poster, to stand beside the first words of its card."""
    return thumbnail(
        address, _("The poster of {film} ({year})", film=clean(localised(montage).film), year=montage.year)
    )


def offers_card(
    montage: Montage, known: KnownOffers, region: str | None, page: str | None, *selects: Item
) -> discord.ui.LayoutView:
    """Where it can be watched in a country; without one the question which. `page`: TMDB's own about it."""
    container = Container(accent_colour=GOLD)
    container.add_item(TextDisplay(_("## Where to watch {film}", film=montage_title(montage))))
    container.add_item(TextDisplay(_words(known, region)))
    for select in selects:
        container.add_item(ActionRow(select))
    if page is not None:
        container.add_item(ActionRow(Button(label=_("More at TMDB"), url=page)))
    when = f"<t:{known.checked_at // clock.SECOND}:R>"
    container.add_item(TextDisplay(_("-# As JustWatch listed it {when}, by way of TMDB.", when=when)))
    return build_layout(container)


def _words(known: KnownOffers, region: str | None) -> str:
    if not known.offers:
        return _("Nowhere that I know of, not in any country. Somebody must have a tape in a box somewhere.")
    if region is None:
        return _("Every country has its own shelf. Which one are you in?")
    name = escape(region_name(region))
    offered = known.offers.get(region, {})
    if not offered:
        return _("**{name}**\nNothing there at the moment. It may be back, older and in better shape.", name=name)
    kinds = [named(_(words), _services(offered[kind])) for kind, words in OFFER_KINDS.items() if kind in offered]
    return "\n".join([f"**{name}**", *(f"- {line}" for line in kinds)])


def _services(services: Sequence[str]) -> str:
    return escape(clip(enumerated(map(clean, services)), _SERVICES_AT_MOST))
